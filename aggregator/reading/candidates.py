"""Where the body comes from: what the page shows, or what its data holds. The better one wins, and says why.

A page that fills itself with scripts shows little of its text, and often carries it as JSON-LD or as the
state of its framework. A text is never replaced by a shorter one. Pure.
"""

from __future__ import annotations

from aggregator.reading import markup, plain
from aggregator.reading.lines import whole
from aggregator.reading.pieces import Material, Piece

_FEWEST = 300
"""Letters that a text out of the page's data must have to be preferred."""
_CLEARLY = 1.6
"""How much longer it must be than what the page shows: data holds boilerplates and contacts as well."""


def complete(material: Material) -> None:
    """Take the body from the page's data where the page itself shows too little of it."""
    shown = _letters(material.pieces)
    best, where = shown, ""
    chosen: list[Piece] = []
    for place, text in material.bodies:
        pieces = _pieces(text)
        letters = _letters(pieces)
        if letters >= _FEWEST and letters > _CLEARLY * best:
            best, where, chosen = letters, place, pieces
    if not chosen:
        return
    heads = [p for p in material.pieces if p.level == 1][:1]
    material.pieces = [*heads, *chosen]
    for number, piece in enumerate(material.pieces, 1):
        piece.line = number
    material.notes.append(f"body from {where}: {best} letters, the page shows {shown}")


def _letters(pieces: list[Piece]) -> int:
    return round(sum(len(p.text) * (1.0 - p.links) for p in pieces))


def _pieces(text: str) -> list[Piece]:
    if "<p" in text or "<br" in text or "<div" in text:
        return markup.fragment(text, "").pieces
    return plain.read(whole(text)).pieces
