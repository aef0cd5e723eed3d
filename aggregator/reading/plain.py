"""Plain text to pieces: lines, paragraphs that were wrapped by hand, lists and tables.

A line is a paragraph, unless the text is wrapped at a column (mails, wires, text taken from PDF). Then
lines are joined again, and words that were divided at the line's end are made whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

from aggregator.reading.lines import single
from aggregator.reading.pieces import Material, Piece

MAX_LINES = 10_000

_BULLET = re.compile(r"(?:[-–—*•·▪◦‣○●►➢✓]|\d{1,2}[.)])\s+(?=\S)")
_CELLS = re.compile(r"\t+|\s{3,}|\s*\|\s*")
_UNWRAPPED = 110  # A longest line above this many characters means that nobody wrapped it.
_AND = re.compile(r"(?:und|oder|bzw\.?|sowie|and|or|et|ou|e|ed|y|o|en|of)\b")


def read(text: str) -> Material:
    """The pieces of a plain text; `Piece.line` is the line in it, counted from 1."""
    lines = text.split("\n")
    notes = []
    if len(lines) > MAX_LINES:
        lines, notes = lines[:MAX_LINES], [f"cut after {MAX_LINES} lines"]
    groups = _groups(lines)
    width = _width(groups)
    pieces: list[Piece] = []
    for group in groups:
        pieces.extend(_pieces(group, width))
    return Material(pieces, notes=notes)


Line = tuple[int, str]


def _groups(lines: list[str]) -> list[list[Line]]:
    """Lines between blank lines. A row of spaces or a lone quotation mark of a mail is blank too."""
    groups: list[list[Line]] = []
    current: list[Line] = []
    for number, line in enumerate(lines, 1):
        if line.strip(" \t\u00a0>"):
            current.append((number, line.rstrip()))
        elif current:
            groups.append(current)
            current = []
    if current:
        groups.append(current)
    return groups


def _width(groups: list[list[Line]]) -> int:
    """The column at which the text was wrapped; 0 where it was not.

    Wrapped text shows in lines that could not have taken the first word of the next one.
    """
    longest = max((len(line) for group in groups for _, line in group), default=0)
    if longest > _UNWRAPPED or longest < 40:
        return 0
    pairs = [(a[1], b[1]) for group in groups for a, b in pairwise(group)]
    full = sum(_full(a, b, longest) for a, b in pairs)
    return longest if full >= 2 and full * 2 >= len(pairs) else 0


def _full(line: str, following: str, width: int) -> bool:
    # A tenth of slack: proportional text of PDFs, and wrapping that looked at bytes.
    first = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(first) > width * 0.9


def _pieces(group: list[Line], width: int) -> list[Piece]:
    table = _table(group)
    if table:
        return [table]
    pieces: list[Piece] = []
    in_company: bool | None = None
    for number, line in _joined(group, width):
        text = single(line)
        if not text:
            continue
        bullet = _BULLET.match(text)
        if bullet and not text[0].isdigit() and pieces and pieces[-1].kind == "list":
            pieces[-1].text += "\n" + text[bullet.end() :]
            continue
        if bullet and not text[0].isdigit():
            # Dashes make a list only in company; a round bullet does alone, a number never.
            in_company = _in_company(group) if in_company is None else in_company
            if in_company or text[0] in "•·▪◦‣○●►➢✓":
                pieces.append(Piece(text[bullet.end() :], number, "list", gap=not pieces))
                continue
        pieces.append(Piece(text, number, gap=not pieces))
    return pieces


def _in_company(group: list[Line]) -> bool:
    return sum(_BULLET.match(line.strip()) is not None for _, line in group) > 1


def _joined(group: list[Line], width: int) -> list[Line]:
    if not width or len(group) == 1:
        return group
    out = [group[0]]
    before = group[0][1]
    for number, line in group[1:]:
        start, text = out[-1]
        if _full(before, line, width) and not _BULLET.match(line.strip()):
            out[-1] = (start, _glue(text, line.strip()))
        else:
            out.append((number, line))
        before = line
    return out


def _glue(text: str, line: str) -> str:
    """Two lines as one; ``Aluminium-`` + ``industrie`` is one word, ``Textil-`` + ``und`` is not."""
    if (
        len(text) > 2
        and text[-1] in "-\u00ad"
        and text[-2].isalpha()
        and line[:1].islower()
        and not _AND.match(line)
    ):
        return text[:-1] + line
    return f"{text} {line}"


def _table(group: list[Line]) -> Piece | None:
    """Rows of at least two cells each, three rows or more: tabs, wide gaps or bars between them."""
    if len(group) < 3:
        return None
    rows = [[c for c in _CELLS.split(line.strip().strip("|")) if c] for _, line in group]
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 3 or len(wide) < 0.7 * len(rows):
        return None
    text = "\n".join("\t".join(single(cell) for cell in row) for row in rows if row)
    return Piece(text, group[0][0], "table")
