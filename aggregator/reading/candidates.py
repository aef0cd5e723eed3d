"""Where the text comes from: what the page shows, what its data holds, or what its list says of it. The better one
wins, and says why.

A page that fills itself with scripts shows little of its text, and often carries it as JSON-LD or as the
state of its framework. A text is never replaced by a shorter one. Pure.
"""

from __future__ import annotations

from aggregator.model import BODY_TYPES, Copy, Refusal
from aggregator.reading import markup, plain
from aggregator.reading.lines import whole
from aggregator.reading.pieces import Material, Piece
from aggregator.text import words

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


_TELLING = 4
"""Words of a listed headline from which on a page that shares none of them is another text."""


def instead(page: Copy | Refusal, listed: Copy | Refusal) -> str:
    """Why what a list says of a text is kept in place of the page that it led to; empty where the page is better.

    `page` and `listed` are the readings of both. A text is never replaced by a shorter one, by a refusal, or by
    somebody else's; but a short page that corrects or withdraws its text is what it says.
    """
    if isinstance(listed, Refusal):
        return ""
    said = _length(listed)
    if isinstance(page, Refusal):
        # A headline is not a text; it stands for a page that is there and may not be read.
        return f"the page is refused: {page.reason}" if said or page.reason in _WALLS else ""
    if _CHANGES & set(page.marks):
        return ""
    if said and _is_other(page, listed):
        return "the page holds another text"
    letters = _length(page)
    return f"the page has {letters} letters, the list {said}" if letters < said else ""


_WALLS = ("access_denied", "consent_wall", "login", "script_only")
_CHANGES = frozenset({"correction", "withdrawal", "update"})


def _length(copy: Copy) -> int:
    """Letters of the text and its deck. A copy that is nothing but its headline has none."""
    text = sum(len(b.text) for b in copy.blocks if b.type in BODY_TYPES) + len(copy.deck)
    return 0 if "title only" in copy.notes else text


def _is_other(page: Copy, listed: Copy) -> bool:
    """Whether a page shares no telling word with the headline and the text that its list shows."""
    told = _stems(f"{listed.title} {listed.body[:_COMPARED]}")
    shown = _stems(f"{page.title} {page.deck} {page.body}")
    return len(_stems(listed.title)) >= _TELLING and len(told & shown) * 20 < len(told)


_COMPARED = 600
_STEM = 6


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) > 3}
