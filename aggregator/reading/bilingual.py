"""A release that is followed by itself in another language: the first one is the release, the rest a note.

The second version is known by what a version has and an English boilerplate or quotation has not: a line
that announces it, a dateline of its own, or the numbers of the first version under a headline. Runs before
the language of the text is settled, so that only the first version speaks for it. Pure; tags only.
"""

from __future__ import annotations

import re

from aggregator.reading.dateline import opening
from aggregator.reading.dates import Style
from aggregator.reading.language import detect
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece

_LONG = 70
"""Characters from which a piece tells its language."""
_NUMBER = re.compile(r"\d{2,}(?:[.,'’\u00a0 ]\d{3})*")
_SHARED = 0.6
"""Share of the second version's numbers that the first one has; a boilerplate has numbers of its own."""
_HEAD = 160
_REACHABLE = re.compile(r"@|https?:|www\.|\d{3}[ /-]?\d{2}|\+\d")


def cut_other_version(pieces: list[Piece], style: Style) -> None:
    """Tag a second version in another language as a note; where there is none, nothing happens."""
    long = [i for i, p in enumerate(pieces) if len(p.text) >= _LONG and p.kind != "table"]
    if len(long) < 3:
        return
    # Two looks are enough to see that all of it is in one language, as nearly all texts are.
    first, last = _first_known(pieces, long[:3]), _first_known(pieces, long[:-4:-1])
    if "und" in (first, last) or first == last:
        return
    start = _start(pieces, long, first, style)
    if start is None:
        return
    for piece in pieces[start:]:
        piece.tag("note", "note.other_language")


def announces(piece: Piece) -> bool:
    """Whether a line says no more than that a version in another language stands here, or below."""
    return len(piece.text) < 90 and bool(lexicon().versions.match(piece.text.lower()))


def _first_known(pieces: list[Piece], indices: list[int]) -> str:
    # A headline, or a line of addresses, may hold too few small words to tell.
    return next((tongue for tongue in (_tongue(pieces, i) for i in indices) if tongue != "und"), "und")


def _tongue(pieces: list[Piece], index: int) -> str:
    return detect(pieces[index].text[:220])[0]


def _start(pieces: list[Piece], long: list[int], first: str, style: Style) -> int | None:
    """Index of the first line of the second version."""
    tongues = [(i, _tongue(pieces, i)) for i in long]
    other = [i for i, tongue in tongues if tongue not in (first, "und")]
    behind = max((i for i, tongue in tongues if tongue == first), default=-1)
    # A quotation in another language stands inside the first version; what counts is behind all of it.
    other = [i for i in other if i > behind]
    if not other or sum(len(pieces[i].text) for i in other) < 0.2 * sum(len(pieces[i].text) for i in long):
        return None
    start = _first_line(pieces, other[0], behind, style)
    head = pieces[start : other[0] + 2]
    told = any(announces(p) for p in head)
    dated = any(_dated(p, style) for p in head)
    if told or dated or (start < other[0] and _repeats_numbers(pieces, start)):
        return start
    return None


def _dated(piece: Piece, style: Style) -> bool:
    found = opening(piece.text, style)
    return found is not None and bool(found.place) and found.found is not None


def _first_line(pieces: list[Piece], index: int, behind: int, style: Style) -> int:
    """Back over headline, label and date, which are too short to tell their language."""
    start = index
    for at in range(index - 1, max(behind, index - 6), -1):
        piece = pieces[at]
        if announces(piece):
            return at
        prose = len(piece.text) > _HEAD or (piece.sentence and len(piece.text) > 50)
        if prose or (_REACHABLE.search(piece.text) and not _dated(piece, style)):
            break
        if piece.gap:
            start = at
    return start


def _repeats_numbers(pieces: list[Piece], start: int) -> bool:
    before, after = (
        {re.sub(r"\D", "", n) for p in part for n in _NUMBER.findall(p.text)}
        for part in (pieces[:start], pieces[start:])
    )
    return len(after) >= 3 and len(before & after) >= _SHARED * len(after)
