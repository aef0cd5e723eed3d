"""Where a feed says that its older items are. No adapter itself.

RFC 5005 links (``prev-archive`` of an archived feed, ``next`` of a paged one), ``next_url`` of a JSON Feed, and
the pages of WordPress, which every feed of it has under ``?paged=2`` without saying so.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aggregator.adapters.feeditems import RawFeed
from aggregator.adapters.links import web_url
from aggregator.model import Document, Follow

RELATIONS = ("prev-archive", "next")


def note(feed: RawFeed, relation: str, href: str, base: str) -> None:
    """Take over a link of a feed; that to an archive is worth more."""
    if relation in RELATIONS and (not feed.older or relation == RELATIONS[0]):
        feed.older = web_url(href, base) or feed.older


def pages(feed: RawFeed, document: Document) -> Iterator[Follow]:
    """The next page of a feed, if it is known to have one."""
    here = document.requested or document.url
    url = feed.older
    if not url and feed.items and "wordpress.org" in feed.generator.lower():
        url = _paged(here)
    if url and url not in (here, document.url):
        yield Follow(url=url, reader="feed", kind="next")


def _paged(url: str) -> str:
    """The page of a WordPress feed after this one; empty where the address is no web address."""
    parts = urlsplit(web_url(url))
    query = parse_qsl(parts.query, keep_blank_values=True)
    page = next((int(v) for k, v in query if k == "paged" and v.isdecimal() and len(v) < 6), 1)
    rest = [(k, v) for k, v in query if k != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*rest, ("paged", page + 1)]))) if parts.netloc else ""
