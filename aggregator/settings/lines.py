"""Which line of a TOML text a key stands in; `tomllib` gives values without their places.

The text is known to be valid TOML, so this scanner may be simple: it only tells table headings and
keys from what stands inside strings, brackets and comments. It is run when a place is needed (for a
mistake, or to edit), never on the way of a configuration that is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and list positions from the top: ``("source", 3, "every")``."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PARTS = re.compile(_PART)
# Alternatives in this order: a triple quote would otherwise read as an empty string and an open one.
_IN_VALUE = re.compile(
    r'"""(?:\\[\s\S]|(?!""")[\s\S])*"{3,5}'
    r"|'''(?:(?!''')[\s\S])*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A table heading, or a key with its value."""

    path: Path
    first: int
    """1-based line in which it begins."""
    last: int
    """1-based line in which it ends; equal to `first` unless the value spans lines."""
    heading: bool


class Layout:
    """The statements of one TOML text, in their order."""

    def __init__(self, text: str) -> None:
        self.statements: list[Statement] = []
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}
        self._table: Path = ()
        self._scan(text)

    def line(self, path: Path) -> int:
        """The 1-based line of this key, or of the nearest thing around it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _scan(self, text: str) -> None:
        position, line = 0, 1
        while position < len(text):
            end = self._statement(text, position, line)
            line += text.count("\n", position, end)
            position = end

    def _statement(self, text: str, position: int, line: int) -> int:
        """Note what begins in this line; where the next statement's line begins."""
        if found := _HEADER.match(text, position):
            self._table = self._resolve(_split(found[2]), array=found[1] == "[[")
            self._note(self._table, line, line, heading=True)
        elif found := _KEY.match(text, position):
            end = _end_of_value(text, found.end())
            last = line + text.count("\n", position, end - 1)
            self._note(self._table + _split(found[1]), line, last, heading=False)
            return end
        return (text.find("\n", position) + 1) or len(text)

    def _resolve(self, keys: tuple[str, ...], *, array: bool) -> Path:
        """``[topic.near]`` means the last topic so far: put the list positions in."""
        path: Path = ()
        for key in keys[:-1]:
            path += (key,)
            if path in self._lengths:
                path += (self._lengths[path] - 1,)
        path += (keys[-1],)
        if array:
            position = self._lengths.get(path, 0)
            self._lengths[path] = position + 1
            path += (position,)
        return path

    def _note(self, path: Path, first: int, last: int, *, heading: bool) -> None:
        self.statements.append(Statement(path, first, last, heading))
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], first)


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(dotted))


def _end_of_value(text: str, position: int) -> int:
    """Behind the line end that ends the value which begins at `position`."""
    depth = 0
    for token in _IN_VALUE.finditer(text, position):
        mark = token[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "\n" and depth <= 0:
            return token.end()
    return len(text)
