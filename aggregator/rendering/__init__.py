"""Releases to bytes: Atom, OPML and one HTML page. Pure: no file, no clock, no network.

`entry` turns a release into an `Entry`, `atom` writes a feed (the only module that knows feedgen),
`opml` and `index` list the feeds. This module holds what all of them need: the site that they are
written for, and what a feed is called. Same input, same bytes: nothing in here may ask for the time,
the version or the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.model import FeedInfo, Label, Topic
from aggregator.text import fold

DEFAULT_BASE_URL = "http://127.0.0.1:8000"

ALL = Label("all")
"""The label of the feed that every release is in."""

GROUPS = ("company", "topic", "kind")
"""The folders of labels, in the order in which they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every published file says about the place that publishes it."""

    title: str = "Press releases"
    base_url: str = DEFAULT_BASE_URL
    """Where subscribers reach the folder, ``https://press.example.org/feeds``; a final slash is dropped."""
    language: str = "en"
    """BCP 47 tag of the feeds' own words (titles, index page); entries carry their own."""
    author: str = "Press Release Aggregator"
    entries: int = 100
    """Most entries in one feed."""
    max_bytes: int = 1_000_000
    """Most bytes of one feed; the oldest entries give way. Archives (RFC 5005) may hold the rest."""
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """The configured topics by id, for the titles and IPTC codes of categories."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Titles of the kinds by id."""
    instance: str = ""
    """What tells this installation from others, minted once and stored: part of every feed's id, so
    that two sites with a feed ``company/wilo`` do not claim the same id (RFC 4287 section 4.2.6)."""

    def __post_init__(self) -> None:
        # An empty address would make every link relative, and feed readers resolve those differently.
        object.__setattr__(self, "base_url", self.base_url.strip().rstrip("/") or DEFAULT_BASE_URL)

    def feed_url(self, label: str) -> str:
        """The address of a label's feed."""
        return f"{self.base_url}/{label}.atom"

    @property
    def home_url(self) -> str:
        """The address of the index page."""
        return f"{self.base_url}/index.html"


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as it stands in every feed that it is in."""

    id: str
    title: str
    updated: datetime
    data: bytes
    """``<entry>`` in UTF-8, without namespace declaration."""
    note: str = ""
    """What gave way, where the entry is not as it was given."""


def grouped(feeds: Iterable[FeedInfo]) -> list[tuple[str, tuple[FeedInfo, ...]]]:
    """Feeds by the folder of their label, sorted by title; known groups first, ``""`` leads them.

    The group ``""`` holds the labels without a folder (``all``). Empty groups of `GROUPS` are kept,
    so that a page can say that there is nothing yet.
    """
    groups: dict[str, list[FeedInfo]] = {"": [], **{name: [] for name in GROUPS}}
    for feed in feeds:
        groups.setdefault(feed.label.rpartition("/")[0], []).append(feed)
    return [(name, tuple(sorted(members, key=_order))) for name, members in groups.items()]


def _order(feed: FeedInfo) -> tuple[str, str]:
    return fold(feed.title), feed.label
