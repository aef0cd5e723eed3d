"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed, told apart by what is in them.

The document goes through `gate`; plain RSS and Atom are then read by `fastfeed`, everything else by
`slowfeed`. Both give the same `RawFeed`, and `feeditems` makes drafts of it. A broken feed gives what
can be saved, and says with a `Problem` what cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.adapters import allowed, gate, older
from aggregator.adapters.feeditems import RawFeed, drafts, newest, plain
from aggregator.adapters.teasers import followed
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Source

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """What a feed says of itself, for the person who adds it."""

    title: str
    language: str
    home_url: str
    hub: str
    """Address of a WebSub hub that announces changes; empty where there is none."""
    items: int


Touch = Callable[[RawFeed, "etree._Element | None"], None]
"""Completes a feed by fields that only its publisher has; given the tree of a well-formed document too."""


def read(
    document: Document, source: Source, touch: Touch | None = None
) -> Iterator[Draft | Follow | Problem]:
    """The items of a feed as drafts, at most the newest 1,000; where older ones are; Problems for what was lost.

    An item that is only a teaser is a `Follow` to its page, see `teasers`. What the operator left out by its address
    is not there.

    Raises ReadError at once where the whole document is refused: ``empty``, ``not_a_feed``, ``binary``,
    ``too_large``, ``parse_limit``, ``broken``.
    """
    opened = gate.open_feed(document)
    feed, lost = parse(opened, document)
    if touch is not None:
        touch(feed, opened.tree)
    problems = list(opened.problems)
    if lost:
        problems.append(gate.problem(document, "truncated", lost))
    count = newest(feed, gate.MAX_ITEMS)
    if count > gate.MAX_ITEMS:
        problems.append(gate.too_many_items(document, count))
    items = followed(
        [*_wanted(drafts(feed, document, source, opened.notes), source), *problems],
        source,
        (document.url, feed.home or document.url),
    )
    return iter([*items, *older.pages(feed, document)])


def _wanted(items: Iterable[Draft | Problem], source: Source) -> Iterator[Draft | Problem]:
    return (i for i in items if not isinstance(i, Draft) or allowed.said(i.url, source, i.language) != "skip")


def describe(document: Document) -> FeedInfo:
    """What the feed says of itself. Raises ReadError as `read` does."""
    feed, _ = parse(gate.open_feed(document), document)
    return FeedInfo(plain(feed.title), feed.language.strip(), feed.home, feed.hub, len(feed.items))


def parse(opened: gate.Opened, document: Document) -> tuple[RawFeed, str]:
    """The feed of an opened document, and what the parser found missing (else empty).

    Read by the quickest reader that is sure of it. Raises ReadError.
    """
    try:
        return _parse(opened, document)
    except ReadError:
        raise
    except Exception as error:  # whatever a parser trips over is this document's trouble
        detail = f"it could not be read: {type(error).__name__}: {str(error)[:200]}"
        raise ReadError("broken", detail) from error


def _parse(opened: gate.Opened, document: Document) -> tuple[RawFeed, str]:
    if opened.kind == "json":
        from aggregator.adapters.jsonfeed import read_json

        return read_json(opened.text, document.url)
    from aggregator.adapters.fastfeed import read_quickly

    feed = read_quickly(opened.tree, document.url) if opened.tree is not None else None
    if feed is not None:
        return feed, ""
    from aggregator.adapters.slowfeed import read_slowly

    return read_slowly(opened.text, document.url), ""
