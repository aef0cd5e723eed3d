"""Names of companies in texts: boundaries, possessives, hyphens, case.

A text is looked at word by word: the first word of a name is a dictionary look-up, so that the cost
follows the length of the text and not the number of names. Word boundaries, possessives and hyphen
compounds are then properties of the words: ``Wilopark`` is another word than ``Wilo``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from aggregator.companies._data import words_of
from aggregator.companies.words import Words, places
from aggregator.text import key, tokens

WORD = re.compile(r"\w+")
_HYPHENS = "-‑"


class Name(NamedTuple):
    """One spelling under which one company is looked for."""

    company: str
    """Id; empty for a phrase in which no company is meant."""
    written: str
    keys: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands between the words, without spaces and hyphens."""
    weak: bool
    """Too ordinary a word to count alone."""
    capital: bool
    """Written with a capital."""
    short: bool
    """An abbreviation: few letters, all of them capitals."""


@dataclass(slots=True)
class Names:
    """Many names, found together, leftmost and longest first."""

    _starts: dict[str, list[Name]] = field(default_factory=dict)
    """By the key of the first word."""
    _words: dict[str, list[str]] = field(default_factory=dict)
    """The starts that a word of a text may be: itself, and the one that it is the possessive of."""

    def add(self, company: str, written: str, *, weak: bool = False) -> None:
        """Look for this spelling too; a spelling without a letter or digit is ignored."""
        name = _name(company, written, weak)
        if name.keys:
            names = self._starts.get(name.keys[0])
            if names is None:
                names = self._starts[name.keys[0]] = []
                self._words.setdefault(name.keys[0], []).insert(0, name.keys[0])
                self._words.setdefault(name.keys[0] + "s", []).append(name.keys[0])
            if name not in names:
                names.append(name)

    def scan(self, text: str, words: Words | None = None) -> list[tuple[int, int, Name]]:
        """``(start, end, name)`` in order, without overlap. `words` are those of the text, where known."""
        if not self._starts:
            return []
        known = Words(frozenset(tokens(text))) if words is None else words
        spans: list[tuple[int, int, Name]] = []
        for found, word in known.among(self._words):
            for start in self._words[found]:
                names = [n for n in self._starts[start] if len(n.keys) == 1 or _is_possible(n, known)]
                names.sort(key=lambda name: (-len(name.keys), name.weak))
                for at in places(text, word) if names else ():
                    if at and not _may_begin(text, at):
                        continue
                    for name in names:
                        end = _end(text, at, at + len(word), found, name)
                        if end > at:
                            spans.append((at, end, name))
                            break
        spans.sort(key=lambda span: span[:2])
        return _without_overlap(spans)


@lru_cache(maxsize=8192)
def _name(company: str, written: str, weak: bool) -> Name:
    found = list(WORD.finditer(written))
    gaps = tuple(_gap(written[a.end() : b.start()]) for a, b in pairwise(found))
    letters = [c for c in written if c.isalpha()]
    short = 0 < len(letters) <= 4 and all(map(str.isupper, letters))
    return Name(company, written, tuple(key(m[0]) for m in found), gaps, weak, written[:1].isupper(), short)


def _is_possible(name: Name, known: Words) -> bool:
    """Whether all words of a name occur in the text at all: cheaper than looking at every place."""
    return all(map(known.has, name.keys))


def _without_overlap(spans: list[tuple[int, int, Name]]) -> list[tuple[int, int, Name]]:
    kept, done = [], 0
    for span in spans:
        if span[0] >= done:
            kept.append(span)
            done = span[1]
    return kept


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What two spellings of a name have in common: ``WILO-Gruppe`` = ``Wilo Gruppe``."""
    return " ".join(map(key, WORD.findall(name)))


def _gap(between: str) -> str:
    if between in (" ", "-"):
        return ""
    return "".join(between.replace("-", " ").replace("‑", " ").split())


def _end(text: str, at: int, end: int, first: str, name: Name) -> int:
    """Where the name ends whose first word, of key `first`, stands here; -1 where it does not stand here."""
    last = len(name.gaps)
    if first != name.keys[0] and (last or not _is_possessive(first, name.keys[0])):
        return -1
    for index, gap in enumerate(name.gaps, 1):
        found = _after_gap(text, end, gap)
        if found is None:
            return -1
        there, wanted = key(found[0]), name.keys[index]
        if there != wanted and not (index == last and _is_possessive(there, wanted)):
            return -1
        end = found.end()
    return end if _fits_case(text[at:end], name) and _may_follow(text, end) else -1


def _may_begin(text: str, at: int) -> bool:
    """No part of an address or path, nor of a longer hyphenated name."""
    before = text[at - 1]
    if before in "@/\\" or (before == "." and at > 1 and text[at - 2].isalnum()):
        return False
    return before not in _HYPHENS or _may_precede(text, at - 1)


def _after_gap(text: str, at: int, gap: str) -> re.Match[str] | None:
    """The next word, if what stands before it is what the name has there."""
    if text.startswith(" ", at) and (found := WORD.match(text, at + 1)) is not None:
        return None if gap else found
    found = WORD.search(text, at, at + 40)
    if found is None or found.start() - at > 4:
        return None
    between = text[at : found.start()]
    if "\n" in between or _gap(between) != gap or (gap == "." and between != "."):
        return None
    # The search ended after 40 characters, the word need not.
    return WORD.match(text, found.start())


def _is_possessive(word: str, wanted: str) -> bool:
    return (
        len(word) == len(wanted) + 1
        and word.endswith("s")
        and word[:-1] == wanted
        and wanted[-1] not in "sxz"
    )


def _may_precede(text: str, hyphen: int) -> bool:
    """``Ex-Siemens`` names Siemens; ``Mercedes-Benz`` names no company Benz."""
    found = re.search(r"\w+$", text[max(0, hyphen - 12) : hyphen])
    return found is None or found[0].lower() in words_of("cues", "prefixes")


def _may_follow(text: str, end: int) -> bool:
    """A domain (``wilo.com``) or an address (``wilo@``) is no mention."""
    if end >= len(text):
        return True
    return text[end] != "@" and not (text[end] == "." and end + 1 < len(text) and text[end + 1].isalnum())


def _fits_case(found: str, name: Name) -> bool:
    """The case rule: a capitalised name starts with a capital, a short one in capitals stays so."""
    if name.capital and not found[0].isupper():
        return False
    return not name.short or all(c.isupper() for c in found[: len(name.written)] if c.isalpha())
