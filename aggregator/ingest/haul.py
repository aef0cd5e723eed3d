"""What one poll of one source brought home, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.fetch.imapaddress import is_imap
from aggregator.harvest import Harvest
from aggregator.ingest.refilling import Refill
from aggregator.model import Document, Draft, Learnt, Problem, Source
from aggregator.store import DocumentState
from aggregator.store.followed import Followed
from aggregator.store.moves import NOWHERE, Move
from aggregator.websub import Announced

RETRIED = ("internal", "missing_extra")
"""Problems after which a file or mail is read again: they are ours and not its own."""


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
    recalled: tuple[Mapping[str, bytes], Learnt] | None = None
    """What the store knew of the source when the first document was read."""
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
    pages: dict[str, str] = field(default_factory=dict)
    """The page of each text that was read from one, by the text's key."""
    items: list[str] = field(default_factory=list)
    """Keys of the items that the list shows, in its order; empty where it did not change."""
    overran: bool = False
    """Whether nothing that the list showed at the last poll is on it any more: items may have been missed."""
    older_pages: int = 0
    """Further pages that were read for that reason."""
    refill: Refill | None = None
    """What the sitemaps of its site gave where they led to no end, or where a backfill had no further page."""
    closed: bool = False
    """Whether these led back to what was known."""
    backfilled: int = 0
    """Further pages that were read because somebody asked for them."""
    filled: Mapping[str, int] = field(default_factory=dict)
    """How many of these have a ``date``, a ``title`` and a ``text`` in the list."""
    shown: frozenset[str] = frozenset()
    """Keys of all items that the list shows, on all of its pages and pieces that were read."""
    listing: list[Draft] = field(default_factory=list)
    """Items of a list that were looked at and not read."""
    fresh_for: float | None = None
    """Seconds for which the list stays as it is, says its server or the feed itself (a day at most, its longest
    say); None where neither says anything. For whoever decides when to ask again."""
    least_wait: float = 0.0
    """Seconds for which the site's Crawl-delay wants the source left alone; 0 where a poll can keep it."""
    move: Move = NOWHERE
    """What was known of its whereabouts when the poll began."""
    moved_to: str = ""
    """Where permanent redirects led; empty where there were none."""
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


def is_lasting(source: Source) -> bool:
    """Whether its documents stay as they are: files and mails are broken for good, a page may be whole again."""
    return is_local(source) or is_imap(source.url)


def is_web(source: Source) -> bool:
    """Whether a source is asked over HTTP."""
    return source.url.startswith(("http://", "https://"))


def is_paged(source: Source) -> bool:
    """Whether a source is a list that may have further pages: sitemaps are whole, and a single page is one."""
    return is_web(source) and source.adapter not in ("sitemap", "article")
