"""One look at a document: what it is, and every way in which it shows or announces releases.

Everything pure that `finding` wants to know of a page, in one call, so that a hostile page is read once and
in a worker process with limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from aggregator.adapters import recipes
from aggregator.adapters.discovery import announced_feeds, looks_like
from aggregator.adapters.feed import FeedInfo, describe
from aggregator.adapters.listing.page import Page
from aggregator.discovery import data_lists, lists, newsrooms
from aggregator.discovery.candidate import Candidate
from aggregator.errors import ReadError
from aggregator.model import Document, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen in one document."""

    kind: str
    """``feed``, ``sitemap``, ``html``, ``json``, ``text``, ``binary``."""
    feed: FeedInfo | None = None
    """What a feed says of itself."""
    broken: str = ""
    """Why a feed cannot be read."""
    feeds: tuple[tuple[str, str], ...] = ()
    """(address, title) of the feeds that a page announces."""
    data: tuple[Candidate, ...] = ()
    """Lists in the page's data (JSON-LD, microdata, the state of a framework), or in a JSON document."""
    lists: tuple[Candidate, ...] = ()
    """Lists on the page itself, the likeliest first."""
    home: bool = False
    """Whether a page is the first of a site that is no newsroom itself: its teasers are a choice."""
    room: bool = False
    """Whether a page is a newsroom by its address: one without a list is no release, but an empty room."""
    newsrooms: tuple[tuple[str, str, float], ...] = ()
    """(address, why, score) of links that lead to press releases, the likeliest first."""
    wordpress: str = ""
    """Address of a WordPress site's list of posts."""
    categories: str = ""
    """Address of that site's list of categories."""


def look(document: Document, source: Source) -> Look:
    """What a document is and shows. Never raises for what it holds."""
    kind = looks_like(document)
    if kind == "feed":
        return _feed(document)
    if kind in ("text", "binary") and _is_sitemap(document):
        return Look(kind="sitemap")
    if kind == "json":
        return Look(kind="json", data=tuple(data_lists.find(document, source)))
    if kind != "html":
        return Look(kind=kind)
    try:
        page = Page(document, source)
    except ReadError:
        page = None
    return Look(
        kind="html",
        feeds=announced_feeds(document),
        data=tuple(_pinned(data_lists.find(document, source), page)),
        lists=tuple(lists.in_page(page)) if page else (),
        home=newsrooms.is_home(document.url),
        room=newsrooms.is_room(document.url),
        newsrooms=tuple(newsrooms.in_page(page)) if page else (),
        wordpress=data_lists.wordpress(document),
        categories=data_lists.wordpress_categories(document),
    )


HOLDS = 0.9
"""Share of the items that were seen which a recipe has to give again."""


def _pinned(found: Iterable[Candidate], page: Page | None) -> Iterator[Candidate]:
    """Candidates with recipes of selectors, as these give them: without locators that find nothing on this page,
    which would be taken for broken ones at every poll. One that does not hold is left out."""
    for candidate in found:
        recipe = candidate.recipe
        if candidate.adapter != "newsroom" or recipe is None or page is None:
            yield candidate
            continue
        applied = recipes.apply(recipe, page)
        if len(applied.items) < HOLDS * len(candidate.items):
            continue
        working: dict[str, Any] = {
            name: tuple(text for text in getattr(recipe, name) if f"{name}: {text}" not in applied.failed)
            for name in ("items", "url", "title", "published", "deck", "content")
        }
        yield replace(candidate, recipe=replace(recipe, **working), items=tuple(applied.items))


def _feed(document: Document) -> Look:
    try:
        return Look(kind="feed", feed=describe(document))
    except ReadError as error:
        return Look(kind="feed", broken=error.detail or error.reason)


def _is_sitemap(document: Document) -> bool:
    head = document.content[:4000].lower()
    return document.content[:2] == b"\x1f\x8b" or b"<urlset" in head or b"<sitemapindex" in head
