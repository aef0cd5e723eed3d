"""What reading a batch of documents gave: plain data between the workers and the way in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from aggregator.codec import Packed
from aggregator.model import Follow, Problem


@dataclass(slots=True)
class Harvest:
    prepared: list[Packed] = field(default_factory=list)
    """Copies that are new or changed, read, filed and fingerprinted."""
    unchanged: int = 0
    """Drafts that say what they said the last time."""
    seen: list[str] = field(default_factory=list)
    """Keys of all items that were shown, in the order of the documents, also of those that were known."""
    filled: Counter[str] = field(default_factory=Counter)
    """How many of the items shown have a ``date``, a ``title`` and a ``text``."""
    follows: list[Follow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Documents (key, or address as asked for) that were not read to their end: their validators are
    not kept, so that they are asked for again. An item that is refused for what it says is no reason
    to: the same bytes would be refused again."""
    documents: dict[str, str] = field(default_factory=dict)
    """The document of each problem whose place is not the document's key: an item, a line."""

    def absorb(self, other: Harvest) -> None:
        self.prepared += other.prepared
        self.unchanged += other.unchanged
        self.seen += other.seen
        self.filled += other.filled
        self.follows += other.follows
        self.problems += other.problems
        self.failed |= other.failed
        self.documents |= other.documents
