"""Plain text to pieces: lines, paragraphs that were wrapped by hand, lists and tables.

A line is a paragraph, unless the text is wrapped at a column (mails, wires, text taken from PDF). Then
lines are joined again, and words that were divided at the line's end are made whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

from aggregator.reading.language import small_words
from aggregator.reading.lines import single
from aggregator.reading.pieces import Material, Piece
from aggregator.text import fold

MAX_LINES = 10_000
_HEAD = 5
"""Groups of lines among which a headline may be broken over two lines."""

BULLET = re.compile(r"(?:[-–—*•·▪◦‣○●►➢✓]|\d{1,2}[.)])\s+(?=\S)")
_CELLS = re.compile(r"\t+|\s{3,}|\s*\|\s*")
_UNWRAPPED = 110  # A longest line above this many characters means that nobody wrapped it.
_COLUMN = 22  # ... and below this, that they are single words.
_AND = re.compile(r"(?:und|oder|bzw\.?|sowie|and|or|et|ou|e|ed|y|o|en|of)\b")


def read(text: str) -> Material:
    """The pieces of a plain text; `Piece.line` is the line in it, counted from 1."""
    lines = text.split("\n")
    notes = []
    if len(lines) > MAX_LINES:
        lines, notes = lines[:MAX_LINES], [f"cut after {MAX_LINES} lines"]
    groups = _groups(lines)
    width = _width(groups)
    groups[:_HEAD] = [_headline_whole(group) for group in groups[:_HEAD]]
    pieces: list[Piece] = []
    for group in groups:
        pieces.extend(_pieces(group, width))
    return Material(pieces, notes=notes)


Line = tuple[int, str]

_WORD_GOES_ON = re.compile(r"[^\W\d_]+[,-]?\s+[^\W_]")


def _headline_whole(group: list[Line]) -> list[Line]:
    """A headline that was broken over two lines, as one: the second begins small, or the first ends so."""
    if not 1 < len(group) <= 3 or any(len(line) > 120 for _, line in group):
        return group
    whole = [group[0]]
    for number, line in group[1:]:
        start, text = whole[-1]
        if _goes_on(text, line.strip()):
            whole[-1] = (start, glue(text, line.strip()))
        else:
            whole.append((number, line))
    return whole


def _goes_on(line: str, following: str) -> bool:
    words = line.split()
    if len(words) < 3 or line[-1] in ".!?:;)" or not following or len(following.split()) < 2:
        return False
    if line[:1].isalpha() and following[0].islower() and _WORD_GOES_ON.match(following):
        return True
    small = small_words()
    if line.isupper():
        return following.isupper() and (fold(words[-1]) in small or fold(following.split()[0]) in small)
    return words[-1].islower() and words[-1] in small and not following.isupper()


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
    if longest > _UNWRAPPED or longest < _COLUMN:
        return 0
    pairs = [(a[1], b[1]) for group in groups for a, b in pairwise(group)]
    full = sum(is_full(a, b, longest) for a, b in pairs)
    # Short lines are a menu or a list, unless nearly all of many have no room left: a newspaper's column.
    fewest, share = (2, 0.5) if longest >= 40 else (10, 0.7)
    return longest if full >= fewest and full >= share * len(pairs) else 0


def is_full(line: str, following: str, width: int) -> bool:
    """Whether a line that is wrapped at `width` had no room for the first word of the next one."""
    # A tenth of slack: proportional text of PDFs, and wrapping that looked at bytes.
    first = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(first) > width * 0.9


def _pieces(group: list[Line], width: int) -> list[Piece]:
    first, last = _rows(group) if len(group) > 2 else (0, 0)
    if first < last:
        table = Piece(_cells_of(group[first:last]), group[first][0], "table", gap=first == 0)
        return [*_lines(group[:first], width), table, *_lines(group[last:], width, gap=False)]
    return _lines(group, width)


def _lines(group: list[Line], width: int, *, gap: bool = True) -> list[Piece]:
    pieces: list[Piece] = []
    in_company: bool | None = None
    for number, line in _joined(group, width):
        text = single(line)
        if not text:
            continue
        bullet = BULLET.match(text)
        if bullet and not text[0].isdigit() and pieces and pieces[-1].kind == "list":
            pieces[-1].text += "\n" + text[bullet.end() :]
            continue
        if bullet:
            # Dashes and numbers make a list only in company; a round bullet does alone.
            in_company = _in_company(group) if in_company is None else in_company
            if text[0] in "•·▪◦‣○●►➢✓" or (in_company and not text[0].isdigit()):
                pieces.append(Piece(text[bullet.end() :], number, "list", gap=gap and not pieces))
                continue
        pieces.append(Piece(text, number, gap=gap and not pieces))
    return pieces


def _in_company(group: list[Line]) -> bool:
    return sum(BULLET.match(line.strip()) is not None for _, line in group) > 1


def _joined(group: list[Line], width: int) -> list[Line]:
    if not width or len(group) < 2:
        return group
    out = [group[0]]
    before = group[0][1]
    for number, line in group[1:]:
        start, text = out[-1]
        if is_full(before, line, width) and not BULLET.match(line.strip()):
            out[-1] = (start, glue(text, line.strip()))
        else:
            out.append((number, line))
        before = line
    return out


def glue(text: str, line: str) -> str:
    """Two lines of one paragraph as one; ``Aluminium-`` + ``industrie`` is one word, ``Textil-`` + ``und`` is not."""
    if (
        len(text) > 2
        and text[-1] in "-\u00ad"
        and text[-2].isalpha()
        and line[:1].islower()
        and not _AND.match(line)
    ):
        return text[:-1] + line
    return f"{text} {line}"


def _rows(group: list[Line]) -> tuple[int, int]:
    """Where the table of a group begins and ends; both 0 where there is none.

    Rows of at least two cells each, three rows or more: tabs, wide gaps or bars between them. A heading above
    and a source line below are no rows, though no blank line parts them from the table.
    """
    if not any("\t" in line or "|" in line or "   " in line for _, line in group):
        return 0, 0
    counts = [len(_cells(line)) for _, line in group]
    wide = [index for index, count in enumerate(counts) if count > 1]
    if len(wide) < 3 or len(wide) < 0.7 * (wide[-1] + 1 - wide[0]):
        return 0, 0
    return wide[0], wide[-1] + 1


def _cells(line: str) -> list[str]:
    return [cell for cell in _CELLS.split(line.strip().strip("|")) if cell]


def _cells_of(rows: list[Line]) -> str:
    cells = (_cells(line) for _, line in rows)
    return "\n".join("\t".join(single(cell) for cell in row) for row in cells if row)
