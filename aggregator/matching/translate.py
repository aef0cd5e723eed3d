"""Whether two texts without a shared wording say the same: the names and numbers that both keep.

Measured on true pairs: .56 to .70 of the capitalised words and all numbers are kept by a
translation; texts that only share a company and a topic stay below .31.
"""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.matching.tokens import Text


@dataclass(frozen=True, slots=True)
class Anchors:
    """What survives a translation."""

    names: int
    """Capitalised words that both texts have."""
    names_share: float
    """... of those of the text with fewer."""
    numbers: int
    """Different numbers, dates and months that both texts have."""
    numbers_share: float
    """... of those that at least one of them has."""
    numbers_kept: float
    """... of those of the text with fewer."""


def measure_anchors(first: Text, second: Text) -> Anchors:
    """Names and numbers of two texts against each other; symmetric."""
    one, two = first.names, second.names
    shared_names = len(one & two)
    a, b = first.values, second.values
    shared = len(a & b)
    return Anchors(
        names=shared_names,
        names_share=shared_names / max(1, min(len(one), len(two))),
        numbers=shared,
        numbers_share=shared / len(a | b) if a | b else 1.0,
        numbers_kept=shared / min(len(a), len(b)) if a and b else 1.0,
    )
