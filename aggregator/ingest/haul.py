"""What one poll of one source brought home, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.harvest import Harvest
from aggregator.model import Document, Problem, Source
from aggregator.store import DocumentState
from aggregator.store.followed import Followed
from aggregator.websub import Announced


@dataclass(slots=True)
class Haul:
    """What one poll of one source brought home."""

    source: Source
    started: datetime
    finished: datetime
    harvest: Harvest = field(default_factory=Harvest)
    fetched: list[tuple[str, str, DocumentState]] = field(default_factory=list)
    """(key, url, state) of the documents that came, to be remembered if nothing of them failed."""
    read: set[str] = field(default_factory=set)
    """Keys of the documents that were read."""
    failure: Problem | None = None
    """Why the source could not be polled at all."""
    retry_after: float | None = None
    """Seconds that the server asked to be left alone."""
    by_hand: bool = False
    """Whether somebody ingested it: the source's schedule is left alone."""
    backfill: int = 0
    """Further pages of the list that were asked for; what they give is old and no news."""
    followed: list[Followed] = field(default_factory=list)
    """What is known of the pages of items after this poll."""
    whole: bool = False
    """Whether the list itself came, and was not only said to be as it was."""
    items: list[str] = field(default_factory=list)
    """Keys of the items that the list shows, in its order; empty where it did not change."""
    announced: Announced | None = None
    """Where the list, as it came, says that its changes are announced."""
    pushed: bool = False
    """Whether a hub sent what was read: perhaps a part of the list, and beside the schedule."""
    lists: list[Document] = field(default_factory=list)
    """The documents that are lists and that changed: their bytes are kept."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a poll. ``outcome``: ``ok``, ``unchanged`` or ``failed``."""

    source: str
    outcome: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    changed: frozenset[str]
    """Labels whose feeds changed."""
    seconds: float
    next_due: datetime


def is_local(source: Source) -> bool:
    """Whether a source is a folder or a file of this machine."""
    return "://" not in source.url
