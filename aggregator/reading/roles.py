"""Lines whose class says what they are: date, byline, kicker, deck, caption.

Class names are evidence with a limit: each is believed for lines of the size that such a part has, and in the
place where it stands. The names are `roles` in `data/page.toml`. Pure; tags only.
"""

from __future__ import annotations

import re

from aggregator.reading import dates, titles
from aggregator.reading.named import facts, labelled_dates
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.sections import REACHABLE

_LONGEST = {"caption": 600, "date": 100, "author": 150, "kicker": 120, "deck": 700, "disclaimer": 5000}
_FACT = 100
_NUMBER = re.compile(r"[\d/ -]{1,10}")
_HEAD = 30
"""Pieces in which a head is over."""


def read_roles(work: Work) -> None:
    """Tag the pieces whose class is believed."""
    if not work.page:
        return
    head = True
    title = _title(work)
    captions = _captions(work)
    for index, piece in enumerate(work.pieces):
        if piece.type is not None:
            continue
        role = piece.role if len(piece.text) <= _LONGEST.get(piece.role, 0) else ""
        if role == "caption" and captions and piece.kind in ("text", "quote") and piece.mark != "label":
            piece.kind = "caption"
        elif role == "disclaimer" and not head:
            piece.tag("disclaimer", "disclaimer.class")
        elif head and index < _HEAD and role:
            _in_head(work, piece, role, before=index < title)
        if piece.kind == "table" and len(piece.text) <= 2 * _FACT and _tells_of_page(piece, head):
            piece.tag("note", "note.facts")
        if head and index < _HEAD and piece.type is None and _dated(work, piece):
            continue
        if (
            piece.type is None
            and len(piece.text) <= _FACT
            and not piece.level
            and _is_fact(work, piece, head)
        ):
            piece.tag("note", "note.fact")
        head = head and not _is_prose(piece)


_CAPTIONS = 0.4
"""Share of a text that captions may hold."""


def _captions(work: Work) -> bool:
    """Whether the class is believed: one that holds most of the text is not that of captions."""
    named = sum(len(p.text) for p in work.pieces if p.role == "caption")
    return named <= _CAPTIONS * sum(len(p.text) for p in work.pieces)


_AS_OF = re.compile(r"(?<!\w)(?:stand|released|issued|as of)(?!\w)")


def _tells_of_page(piece: Piece, head: bool) -> bool:
    """A small table with the day of publication; behind the head no figures ``as of`` a day."""
    return bool(labelled_dates(piece.text)) and (head or not _AS_OF.search(piece.low))


def _is_fact(work: Work, piece: Piece, head: bool) -> bool:
    """``Kategorie: Branche``; in the head a bare number too, that is no date and nobody's telephone."""
    if facts().match(piece.low):
        return True
    number = head and _NUMBER.fullmatch(piece.text)
    return bool(number) and not dates.match_line(piece.text, work.style) and not REACHABLE.search(piece.text)


def _title(work: Work) -> int:
    same = (i for i, p in enumerate(work.pieces[:_HEAD]) if work.title and titles.same(p.text, work.title))
    return next(same, -1)


def _is_prose(piece: Piece) -> bool:
    return piece.kind == "text" and piece.type is None and len(piece.text) > 240 and piece.sentence


def _in_head(work: Work, piece: Piece, role: str, *, before: bool) -> None:
    if role == "date" and piece.mark != "updated_label":
        found = dates.search(piece.text, work.style)
        if found:
            piece.tag("date", "date.class")
            work.date(found, "line", piece.line)
    elif role == "author" and not titles.same(piece.text, work.title):
        found = dates.search(piece.text, work.style)
        if found:
            work.date(found, "line", piece.line)
        piece.tag("note", "note.byline")
    elif role == "kicker" and not piece.sentence and piece.mark != "label":
        piece.tag("kicker", "kicker.class")
    elif role == "deck" and not before and not titles.same(piece.text, work.title):
        piece.tag("deck", "deck.class")


_BESIDE = 45
"""Letters beside the date of a line that gives the author, the time or the category as well."""


def _dated(work: Work, piece: Piece) -> bool:
    """``30.10.2023 10:15 von der Geschäftsstelle``: a line that begins with the date, or names the author."""
    if (
        piece.kind not in ("text", "list")
        or piece.level
        or len(piece.text) > _LONGEST["date"]
        or piece.sentence
    ):
        return False
    found = dates.search(piece.text, work.style)
    if (
        found is None
        or len(piece.text) - len(found.text) > _BESIDE
        or dates.match_line(piece.text, work.style)
    ):
        return False
    rest = (piece.text[: found.start] + " " + piece.text[found.end :]).lower()
    if piece.mark in ("updated_label", "embargo") or not (_BYLINE.search(rest) or not rest.strip(" ,:·|–—-")):
        return False
    piece.tag("date", "date.in_line")
    work.date(found, "line", piece.line)
    return True


_BYLINE = re.compile(
    r"(?<!\w)(?:von|by|posted|published|admin|redaktion|editor|uhr|newsdesk|staff|par|por|di|door|kommentare?|comments?)(?!\w)"
)
