"""Lines whose class says what they are: date, byline, kicker, deck, caption, boilerplate.

Class names are evidence with a limit: each is believed for lines of the size that such a part has, and in the
place where it stands. The names are `roles` in `data/page.toml`. Pure; tags only.
"""

from __future__ import annotations

import re

from aggregator.reading import dates, titles
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.survey import facts

_LONGEST = {"caption": 600, "date": 100, "author": 150, "kicker": 120, "deck": 700}
_FACT = 100
_NUMBER = re.compile(r"[\d/ -]{1,12}")
_HEAD = 30
"""Pieces in which a head is over."""


def read_roles(work: Work) -> None:
    """Tag the pieces whose class is believed."""
    if not work.page:
        return
    head = True
    title = _title(work)
    for index, piece in enumerate(work.pieces):
        if piece.type is not None:
            continue
        role = piece.role if len(piece.text) <= _LONGEST.get(piece.role, 0) else ""
        if role == "caption" and piece.kind in ("text", "quote"):
            piece.kind = "caption"
        elif head and index < _HEAD and role:
            _in_head(work, piece, role, before=index < title)
        if piece.type is None and len(piece.text) <= _FACT and not piece.level and (facts().match(piece.low) or (head and _NUMBER.fullmatch(piece.text))):
            piece.tag("note", "note.fact")
        head = head and not _is_prose(piece)


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
        piece.tag("note", "note.byline")
    elif role == "kicker" and not piece.sentence:
        piece.tag("kicker", "kicker.class")
    elif role == "deck" and not before and not titles.same(piece.text, work.title):
        piece.tag("deck", "deck.class")
