"""The parts of a copy that may speak about companies. Teasers, chrome and debris are not among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aggregator.companies.words import WORD
from aggregator.model import BODY_TYPES, Copy

PartKind = Literal["title", "deck", "lead", "body", "caption", "boilerplate", "contact", "source", "note"]

TOLD: frozenset[str] = frozenset({"title", "deck", "lead", "body", "caption"})
"""The parts in which the release itself speaks."""

_KINDS: dict[str, PartKind] = {
    "caption": "caption", "boilerplate": "boilerplate", "contact": "contact", "source": "source", "note": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    kind: PartKind
    text: str
    line: int | None
    words: frozenset[str]
    """The distinct words of the text."""

    @property
    def where(self) -> str:
        """``lead, line 7``, for evidence."""
        return f"{self.kind}, line {self.line}" if self.line is not None else self.kind


def parts_of(copy: Copy) -> list[Part]:
    """The parts in reading order; the first paragraph is the lead."""
    lines: dict[str, int] = {block.type: block.line for block in reversed(copy.blocks)}
    made = [_part("title", text, lines.get(kind)) for kind, text in _heads(copy)]
    if copy.deck:
        made.append(_part("deck", copy.deck, lines.get("deck")))
    lead_seen = False
    for block in copy.blocks:
        kind = _KINDS.get(block.type)
        if block.type in BODY_TYPES:
            is_lead = not lead_seen and block.type in ("paragraph", "quote")
            kind = "lead" if is_lead else "body"
            lead_seen = lead_seen or is_lead
        if kind is not None and block.text:
            made.append(_part(kind, block.text, block.line))
    return made


def _heads(copy: Copy) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in (("kicker", copy.kicker), ("title", copy.title)) if text]


def _part(kind: PartKind, text: str, line: int | None) -> Part:
    return Part(kind, text, line, frozenset(WORD.findall(text)))
