"""What one text can be to another, with the ground for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aggregator.model import Evidence

Kind = Literal[
    "same", "excerpt", "translation", "correction", "withdrawal", "update", "series", "review", "different"
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two texts are to each other, why, and how sure the grounds are (0 to 1)."""

    kind: Kind
    rule: str
    why: str
    strength: float = 0.0

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.rule, self.why)
