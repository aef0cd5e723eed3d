"""The end of a text where nothing is marked: downloads, the press contact, the company's profile, dated teasers.

Markers open most of these (`sections`, `tail`). Pages often leave them out and rely on their layout: a name, a
telephone number, a file's size, a paragraph that says what the company is. Looked at from the end, after the
sections are known. Pure; tags only.
"""

from __future__ import annotations

import re

from aggregator.model import BODY_TYPES
from aggregator.reading import dates, names
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.sections import REACHABLE
from aggregator.text import fold

_LATE = 0.4
"""Share of the text that stands before the ending, at least."""
_SHORT = 120


def read_ending(work: Work) -> None:
    """Tag what ends a text and says nothing of the kind."""
    _downloads(work)
    _teasers(work)
    _contact(work)
    _profile(work)


def _body(work: Work) -> list[int]:
    return [i for i, p in enumerate(work.pieces) if p.type in BODY_TYPES]


# ------------------------------------------------------------------------------------------------ downloads

_SIZE = r"\d+(?:[.,]\d+)?\s?(?:kb|mb|gb|kib|mib|bytes)\b"
_FORMAT = r"(?:jpe?g|png|tiff?|gif|svg|eps|pdf|zip|docx?|xlsx?|pptx?|mp[34]|mov|webp)"
_FILE = re.compile(
    rf"{_SIZE}\W*$|\.{_FORMAT}\W*(?:\(?[^()]{{0,30}}\)?)?$|[(\[,|·]\s?{_FORMAT}\b[^()]{{0,30}}[)\]]?$|^(?:{_FORMAT}|application/[\w.+-]+|image/[\w.+-]+)$",
    re.I,
)


def _downloads(work: Work) -> None:
    """Names, formats and sizes of files, and the words around them."""
    words = lexicon().downloads
    for index in _body(work):
        piece = work.pieces[index]
        if piece.kind == "table" or any(len(line) > 90 for line in piece.text.split("\n")):
            continue
        lines = piece.text.split("\n")
        if all(_FILE.search(line) or fold(line).strip(" :.→»›↓") in words for line in lines):
            piece.tag("chrome", "chrome.download")


# -------------------------------------------------------------------------------------------------- teasers


def _teasers(work: Work) -> None:
    """Two or more dates, each with a headline behind it, that end a text: other releases."""
    pieces = work.pieces
    dated = [
        i
        for i, p in enumerate(pieces)
        if p.type in BODY_TYPES and p.at >= _LATE and len(p.text) <= 60 and dates.match_line(p.text, work.style)
    ]
    if len(dated) < 2 or any(b - a > 5 for a, b in zip(dated, dated[1:], strict=False)):
        return
    start = dated[0]
    before = pieces[start - 1]
    # The first headline stands before its date, or a heading of the whole row does.
    if before.type in BODY_TYPES and (before.kind == "heading" or (len(before.text) <= _SHORT and not before.sentence)):
        start -= 1
    for piece in pieces[start:]:
        if piece.type in BODY_TYPES:
            piece.tag("teaser", "teaser.dated")


# -------------------------------------------------------------------------------------------------- contact


def _contact(work: Work) -> None:
    """Short lines that end a text, one of them an address or a number: whom to ask."""
    run: list[Piece] = []
    for index in reversed(_body(work)):
        piece = work.pieces[index]
        reachable = bool(REACHABLE.search(piece.text))
        if piece.at < _LATE or len(piece.text) > (400 if reachable else _SHORT) or piece.kind == "table":
            break
        if piece.sentence and not reachable and not piece.text.endswith("?"):
            break
        run.append(piece)
    if not any(REACHABLE.search(p.text) for p in run):
        return
    # Above the first line with a number stand a name and an office, not the last heading of the text.
    top = max(i for i, p in enumerate(run) if REACHABLE.search(p.text))
    for place, piece in enumerate(run[: top + 4]):
        if place > top and (piece.kind != "text" or len(piece.text) > 60):
            break
        piece.tag("contact", "contact.unmarked")


# -------------------------------------------------------------------------------------------------- profile

_FEWEST, _SIGNS = 3, 2
"""Paragraphs of a text that has a profile behind it; words of profiles that it must hold."""


def _profile(work: Work) -> None:
    """The last paragraph, where it says what the issuer is: its name, then "is a leading maker of ..."."""
    body = _body(work)
    prose = [i for i in body if work.pieces[i].type in ("paragraph", "quote")]
    if len(prose) < _FEWEST or any(p.type == "boilerplate" for p in work.pieces):
        return
    last = work.pieces[prose[-1]]
    if last.at < _LATE or last.type != "paragraph" or len(last.text) < 100 or '"' in last.text or "„" in last.text:
        return
    if not names.subject(last.text, _before(work, prose[-1])) or not names.profiled(last.text, _SIGNS):
        return
    above = work.pieces[prose[-1] - 1]
    if above.type == "heading":
        above.tag("boilerplate", "boilerplate.unmarked")
    last.tag("boilerplate", "boilerplate.unmarked")


def _before(work: Work, index: int) -> str:
    return "\n".join(p.text for p in work.pieces[:index] if p.type in (*BODY_TYPES, "title", "deck"))
