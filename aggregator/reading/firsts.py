"""Which letters a pattern of the data files can begin with, so that most patterns need not be tried.

Hundreds of markers are compared with the start of every line; a line begins with one letter. Understands
what the data files use and answers "any" for everything else, so that nothing is ever missed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Letters = frozenset[str] | None
"""The letters; None means any."""


def letters(pattern: str) -> Letters:
    """The letters and digits that a match of this regular expression can begin with; None: any sign."""
    found, empty = _alternatives(pattern)
    if found is None or empty or not all(c.isalnum() for c in found):
        return None
    return found


def _alternatives(pattern: str) -> tuple[Letters, bool]:
    found: set[str] = set()
    may_be_empty = False
    for part in _split(pattern):
        some, empty = _sequence(part)
        if some is None:
            return None, empty
        found |= some
        may_be_empty |= empty
    return frozenset(found), may_be_empty


def _split(pattern: str) -> list[str]:
    """The alternatives at the top level."""
    parts, depth, last, at = [], 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "[":
            at = pattern.find("]", at + 2)
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append(pattern[last:at])
            last = at + 1
        at += 2 if sign == "\\" else 1
    return [*parts, pattern[last:]]


_OPTIONAL = re.compile(r"[?*]|\{0")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")


def _sequence(pattern: str) -> tuple[Letters, bool]:
    """The first letters of items in a row, as long as the ones before can be left out."""
    found: set[str] = set()
    at = 0
    while at < len(pattern):
        some, empty, at = _item(pattern, at)
        if some is None:
            return None, False
        found |= some
        empty = empty or bool(_OPTIONAL.match(pattern, at))
        quantifier = _QUANTIFIER.match(pattern, at)
        at = quantifier.end() if quantifier else at
        if not empty:
            return frozenset(found), False
    return frozenset(found), True


def _item(pattern: str, at: int) -> tuple[Letters, bool, int]:
    """One letter, class or group: its first letters, whether it can be empty, and where it ends."""
    sign = pattern[at]
    if sign == "(":
        end = _closing(pattern, at)
        inner = pattern[at + 1 : end].removeprefix("?:")
        some, empty = (None, False) if inner.startswith("?") else _alternatives(inner)
        return some, empty, end + 1
    if sign == "[":
        end = pattern.find("]", at + 2)
        return _class(pattern[at + 1 : end]), False, end + 1
    if sign == "\\":
        escaped = pattern[at + 1]
        if escaped == "d":
            return frozenset("0123456789"), False, at + 2
        return (None if escaped.isalnum() else frozenset(escaped)), False, at + 2
    return (None if sign in ".^$" else frozenset(sign)), False, at + 1


def _closing(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "[":
            at = pattern.find("]", at + 2)
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at
        at += 2 if sign == "\\" else 1
    return at


def _class(inner: str) -> Letters:
    plain = inner.isprintable() and not set(inner) & set("^\\-")
    return frozenset(inner) if plain else None


class Starts:
    """Many patterns that are compared with the start of a text, as one regular expression for each first letter."""

    def __init__(self, patterns: list[tuple[str, str]], join: Callable[[list[tuple[str, str]]], str]) -> None:
        """`patterns` are pairs of a name and a regular expression in the order in which they are tried;
        `join` makes one expression of such a list, which may allow for four signs before it."""
        self._patterns = [(letters(pattern), name, pattern) for name, pattern in patterns]
        self._join = join
        self._compiled: dict[str, re.Pattern[str]] = {}

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The match at this offset."""
        first = text[at : at + 1]
        if not first.isalnum():
            first = next((c for c in text[at + 1 : at + 5] if c.isalnum()), "")
        pattern = self._compiled.get(first)
        return (pattern or self._compile(first)).match(text, at)

    def _compile(self, first: str) -> re.Pattern[str]:
        known = any(first in some for some, _, _ in self._patterns if some)
        if not known and first:
            return self._compiled.get("") or self._compile("")
        fitting = [(name, pattern) for some, name, pattern in self._patterns if some is None or first in some]
        made = self._compiled[first] = re.compile(self._join(fitting))
        return made
