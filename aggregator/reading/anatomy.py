"""From pieces to parts: the order in which a release is taken apart (docs/rules.md).

Mark every piece with the marker it begins with, cut the teaser tail, cut chrome and repeated lines, read
the head, then everything behind it. Cutting the tail first is what makes the rest work: its dates,
companies and topics belong to other releases.
"""

from __future__ import annotations

import re
from itertools import pairwise

from aggregator.model import BODY_TYPES
from aggregator.reading import ending, head, repeats, roles, sections, tail
from aggregator.reading.pieces import Piece, Work


def dissect(work: Work, debris: frozenset[str] = frozenset()) -> None:
    """Tag every piece of the work."""
    mark(work)
    tail.cut_outside(work)
    tail.cut_tail(work)
    place(work.pieces)
    tail.cut_chrome(work, debris)
    repeats.cut_repeats(work)
    roles.read_roles(work)
    head.read_head(work)
    sections.read_sections(work)
    ending.read_ending(work)
    _keep_some_body(work)


def mark(work: Work) -> None:
    """Note the marker at the start of each piece."""
    start = work.markers.start.match
    for piece in work.pieces:
        low = piece.text.lower()
        piece.low = low if len(low) == len(piece.text) else piece.text
        spaced = low[1:2] == " " == low[3:4] and _SPACED.match(low)
        hit = start(low.replace(" ", "") if spaced else piece.low)
        if hit and spaced:
            piece.mark, piece.end = hit.lastgroup or "", len(piece.text)
        elif hit:
            piece.mark, piece.end = hit.lastgroup or "", hit.end()
    for before, piece in pairwise(work.pieces):
        if piece.mark == "caption" and not piece.gap:
            _mark_described(before, piece)


_SPACED = re.compile(r"\W*\w(?: \w){4,40}\W*$")
"""``P R E S S E M I T T E I L U N G``."""


def _mark_described(before: Piece, credit: Piece) -> None:
    """A description and its credit in brackets in the next line are one caption."""
    alone = before.gap and not before.mark and before.kind == credit.kind == "text"
    if alone and len(before.text) <= 400 and credit.text[0] in "([" and credit.text.rstrip(".")[-1] in ")]":
        before.mark = "caption"


def place(pieces: list[Piece]) -> None:
    """Note how much of the text stands before each piece, the cut tail left out."""
    total = sum(len(p.text) for p in pieces if p.type is None) or 1
    before = 0
    for piece in pieces:
        piece.at = before / total
        if piece.type is None:
            before += len(piece.text)


def _keep_some_body(work: Work) -> None:
    """A teaser of one short line is text, not a deck: no release is left without any."""
    if any(p.type in BODY_TYPES for p in work.pieces):
        return
    for wanted in ("deck", "caption", "note"):
        for piece in work.pieces:
            if piece.type == wanted and piece.rule != "note.newsroom":
                piece.tag("paragraph", "body.only_text")
        if any(p.type in BODY_TYPES for p in work.pieces):
            return
    _headline_as_body(work)


def _headline_as_body(work: Work) -> None:
    """A note without a headline: its only line reads like text, so it is text, and names the release too."""
    for piece in work.pieces:
        if piece.type == "title" and not work.declared and (piece.sentence or len(piece.text) > 80):
            piece.tag("paragraph", "body.only_text")
            return
