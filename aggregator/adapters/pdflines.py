"""Lines of PDF pages to readable text: paragraphs, the headline, and what stands on every page.

A PDF knows where each line stands and nothing else. Lines keep the order in which the file draws them (which
keeps columns whole); gaps, sizes of type and line lengths say where a paragraph ends. Words: `pdf.toml`. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from aggregator.adapters.mailheads import headline
from aggregator.reading.plain import BULLET, glue
from aggregator.text import fold

_EDGE = 5
"""Lines at the top and at the bottom of a page that may be its header and footer."""
_LARGE = 1.15
"""Type that is larger than the body's by this factor is a heading's."""
_NARROWEST = 30
"""Characters of the longest line of a column of prose."""
_DIGITS = re.compile(r"\d+")
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0fc\u25aa\u25cf\u2023\u007f", "•"))
_END = (".", "!", "?", ":", "”", "“", '"', "«", "»")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    x: float
    y: float
    """Points from the left and from the bottom of the page."""
    size: float
    """Size of the type in points."""
    page: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    size: float
    page: int


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The text of all pages without running headers, footers and page numbers."""
    body = body_size(line for page in pages for line in page)
    lines = [line for page in _without_running(pages, body) for line in page]
    if not lines:
        return []
    widths, leads = _widths(lines), _leading(lines)
    out = [Paragraph(lines[0].text, lines[0].size, lines[0].page)]
    for before, line in pairwise(lines):
        if _goes_on(before, line, body, widths, leads):
            out[-1] = Paragraph(glue(out[-1].text, line.text), out[-1].size, out[-1].page)
        else:
            out.append(Paragraph(line.text, line.size, line.page))
    return out


def as_text(found: Iterable[Paragraph]) -> str:
    """Paragraphs with empty lines between them; the items of a list stand together."""
    text, listed = "", False
    for paragraph in found:
        bullet = bool(BULLET.match(paragraph.text)) and not paragraph.text[0].isdigit()
        text += ("\n" if bullet and listed else "\n\n" if text else "") + paragraph.text
        listed = bullet
    return text


def title(found: Sequence[Paragraph], body: float) -> str:
    """The first of the largest lines of the first page that says more than "press release"; else empty."""
    large = [p for p in found if p.page == 0 and p.size >= body * _LARGE and len(p.text) <= 300]
    for size in sorted({p.size for p in large}, reverse=True):
        for paragraph in large:
            if paragraph.size == size and len(paragraph.text.split()) >= 3 and headline(paragraph.text):
                return paragraph.text
    return ""


def body_size(lines: Iterable[Line]) -> float:
    """The size of type that most characters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


# -- what stands on every page -----------------------------------------------------------------------


def _without_running(pages: Sequence[Sequence[Line]], body: float) -> Iterator[list[Line]]:
    """The pages without page numbers, and without the lines that come again at the same edge of most pages.

    In large type on the first page such a line is the headline, which the others repeat.
    """
    filled = [page for page in pages if page]
    counts = Counter(key for page in filled for key in {_key(line) for line in _edges(page)})
    often = {key for key, n in counts.items() if n >= max(2, len(filled) / 2)}
    for page in filled:
        edges = set(_edges(page))
        yield [line for line in page if line not in edges or not _is_running(line, often, body, len(filled))]


def _is_running(line: Line, often: set[str], body: float, pages: int) -> bool:
    if line.page == 0 and line.size >= body * _LARGE:
        return False
    return _key(line) in often or _is_number(line.text, pages)


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.y)
    if len(by_height) <= 2 * _EDGE:
        # A short page: the text of its middle must not be taken for an edge twice.
        return by_height[: max(1, len(by_height) // 3)] + by_height[-max(1, len(by_height) // 3) :]
    return by_height[:_EDGE] + by_height[-_EDGE:]


def _key(line: Line) -> str:
    return _DIGITS.sub("0", fold(line.text))


@cache
def _number_pattern() -> re.Pattern[str]:
    table = tomllib.loads((resources.files(__package__) / "pdf.toml").read_text("utf-8"))["numbers"]
    page = "|".join(map(re.escape, table["page"]))
    of = "|".join(map(re.escape, table["of"]))
    return re.compile(
        rf"(?:(?:{page})\s*(?P<a>\d{{1,3}})(?:\s*(?:{of})\s*\d{{1,3}})?|(?P<b>\d{{1,3}})\s*(?:{of})\s*\d{{1,3}}"
        rf"|[-–—]\s*(?P<c>\d{{1,3}})\s*[-–—]|(?P<d>\d{{1,3}}))"
    )


def _is_number(text: str, pages: int) -> bool:
    """Whether a line is the number of a page, and not a number that is larger than the document."""
    found = _number_pattern().fullmatch(text.strip().lower())
    return found is not None and 0 < int(next(n for n in found.groups() if n)) <= pages + 1


# -- paragraphs --------------------------------------------------------------------------------------

_Column = tuple[int, int, float]


def _column(line: Line) -> _Column:
    return line.page, round(line.x / 40), line.size


def _widths(lines: Iterable[Line]) -> dict[_Column, int]:
    """Characters of the longest line of each column of each page, by size of type."""
    widths: dict[_Column, int] = {}
    for line in lines:
        widths[_column(line)] = max(widths.get(_column(line), 0), len(line.text))
    return widths


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of two lines, by size of type."""
    steps: dict[float, list[float]] = {}
    for a, b in pairwise(lines):
        if a.page == b.page and a.size == b.size and 0.5 * a.size < a.y - b.y < 2.5 * a.size:
            steps.setdefault(a.size, []).append(a.y - b.y)
    # The lower quarter: gaps between paragraphs are steps too, and short paragraphs have many.
    return {size: sorted(found)[len(found) // 4] for size, found in steps.items()}


def _goes_on(
    before: Line, line: Line, body: float, widths: dict[_Column, int], leads: dict[float, float]
) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if before.size != line.size or BULLET.match(line.text):
        return False
    step = before.y - line.y
    if before.page != line.page or step < 0:
        # The next page or column: a sentence that has not ended goes on.
        return not before.text.endswith(_END) and line.text[:1].islower() and _is_word(line.text)
    lead = leads.get(line.size, line.size * 1.2)
    if step > 1.3 * max(lead, 0.1) and step > 0.5:
        return False
    if line.size >= body * _LARGE:
        return True  # a headline of several lines
    width = widths[_column(before)]
    if width < _NARROWEST:
        return False  # addresses
    full = len(before.text) + 1 + len(line.text.split(None, 1)[0]) > 0.85 * width
    return full and not (before.text.endswith(_END) and len(before.text) < 0.75 * width)


def _is_word(text: str) -> bool:
    first = text.split(None, 1)[0]
    return "@" not in first and not first.startswith(("www.", "http"))


def clean(text: str) -> str:
    """One line as a PDF holds it: single spaces, bullets of symbol fonts as bullets."""
    return " ".join(text.translate(_BULLETS).split())
