"""The parts of a copy that may speak about companies. Teasers, chrome and debris are not among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from aggregator.companies.words import Words
from aggregator.model import BODY_TYPES, Copy
from aggregator.text import tokens

PartKind = Literal["title", "deck", "lead", "body", "caption", "boilerplate", "contact", "source", "note"]

TOLD: frozenset[str] = frozenset({"title", "deck", "lead", "body", "caption"})
"""The parts in which the release itself speaks."""

_KINDS: dict[str, PartKind] = {
    "caption": "caption", "boilerplate": "boilerplate", "contact": "contact", "source": "source", "note": "note",
}  # fmt: skip
_SEAM = "\n\n"


class Part(NamedTuple):
    kind: PartKind
    text: str
    line: int | None
    start: int
    """Offset in the whole."""

    @property
    def where(self) -> str:
        """``lead, line 7``, for evidence."""
        return f"{self.kind}, line {self.line}" if self.line is not None else self.kind


@dataclass(frozen=True, slots=True)
class Whole:
    """All parts in reading order and as one text, so that it is searched once."""

    parts: tuple[Part, ...]
    text: str
    words: Words
    starts: list[int]

    def part_at(self, offset: int) -> Part:
        """The part in which an offset of the whole lies."""
        return self.parts[bisect_right(self.starts, offset) - 1]


def whole_of(copy: Copy) -> Whole:
    """The parts of a copy that count; the first paragraph is the lead."""
    parts: list[Part] = []
    starts: list[int] = []
    at = 0
    for kind, text, line in _texts(copy):
        parts.append(Part(kind, text, line, at))
        starts.append(at)
        at += len(text) + len(_SEAM)
    texts = [part.text for part in parts]
    words = frozenset().union(*map(tokens, texts))
    return Whole(tuple(parts), _SEAM.join(texts), Words(words), starts)


def _texts(copy: Copy) -> Iterator[tuple[PartKind, str, int | None]]:
    lines: dict[str, int] = {block.type: block.line for block in reversed(copy.blocks)}
    if copy.kicker:
        yield "title", copy.kicker, lines.get("kicker")
    if copy.title:
        yield "title", copy.title, lines.get("title")
    if copy.deck:
        yield "deck", copy.deck, lines.get("deck")
    lead_seen = False
    for block in copy.blocks:
        kind = _KINDS.get(block.type)
        if block.type in BODY_TYPES:
            is_lead = not lead_seen and block.type in ("paragraph", "quote")
            kind = "lead" if is_lead else "body"
            lead_seen = lead_seen or is_lead
        if kind is not None and block.text:
            yield kind, block.text, block.line
