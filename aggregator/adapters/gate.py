"""The gate: what a feed parser may be given, decided before it sees a byte.

Opens a document by what it is, not by what it is declared to be: size, encoding, format, illegal
characters, document types and entities, truncation, number of items, depth and attributes. What comes
out is text that a parser reads in linear time, or a `ReadError`. The parsers are never given the
original bytes, an address, or a name of a file; nothing is expanded, fetched or opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aggregator.adapters import charsets, markup
from aggregator.adapters.dates import as_iso
from aggregator.errors import ReadError
from aggregator.model import Document, Problem

if TYPE_CHECKING:
    from lxml import etree

MAX_BYTES = 64 * 1024 * 1024
"""Largest feed that is opened at all."""
MAX_ITEMS = 1000
"""Items of one document that are read; the newest ones."""

_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel", "entry"})
_JUNK_LIMIT = 100_000
_BURIED_ROOT = re.compile(r"<\?xml\s|<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_ITEM_DATE = re.compile(
    r"<(?:\w+:)?(?:pubDate|published|updated|date|issued|modified)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?([^<\]]{4,60})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]*>([^<]{1,300})", re.IGNORECASE)
_PASSWORD = re.compile(r"<input[^<>]*type\s*=\s*[\"']?password", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed that may be parsed."""

    kind: Literal["xml", "json"]
    text: str
    """Legal, without XML declaration and document type."""
    tree: etree._Element | None = None
    """The root of a well-formed document."""
    notes: tuple[str, ...] = ()
    """What was repaired, for every draft of it."""
    problems: tuple[Problem, ...] = ()
    """What of the document is lost."""


def open_feed(document: Document) -> Opened:
    """Open a feed by its content.

    Raises ReadError: ``empty``, ``too_large``, ``binary``, ``parse_limit``, ``not_a_feed`` with what
    it is instead.
    """
    data = document.content
    if not data.strip(b" \t\r\n\0"):
        raise ReadError("empty", "the document is empty")
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a feed may have {MAX_BYTES:,}")
    decoded = charsets.decode(data, document.charset)
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    early = () if document.complete else (problem(document, "truncated", "the connection ended early"),)
    if text[:1] in "{[":
        return Opened("json", text, notes=decoded.notes, problems=early)
    return _open_xml(document, text, decoded.notes, early)


def problem(document: Document, reason: str, detail: str) -> Problem:
    """A Problem of the whole document."""
    return Problem(reason, detail, document.requested or document.url)


def _open_xml(document: Document, text: str, notes: tuple[str, ...], early: tuple[Problem, ...]) -> Opened:
    root, text, junk = _feed_root(document, text)
    notes += junk
    entities = markup.harmless_entities(text[slice(*root.doctype)]) if root.doctype else {}
    # From here on the text begins with the root: declaration, document type and comments are gone.
    text, cut = _newest(document, text[root.start :])
    tree = parse_strictly(text)
    if tree is not None:
        return Opened("xml", text, tree, notes, cut + early)
    text, repairs = markup.repair(text, entities)
    text, lost = _whole(document, text, root.name)
    text = _without_tail(text, root.name)
    return Opened("xml", text, parse_strictly(text), notes + repairs, cut + (lost or early))


def parse_strictly(text: str) -> etree._Element | None:
    """The root of a well-formed document; None for any other. Expands nothing, fetches nothing."""
    from lxml import etree

    # A parser for each document: one that is kept also keeps the names of every document it saw.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _feed_root(document: Document, text: str) -> tuple[markup.Root, str, tuple[str, ...]]:
    """The root of a feed, the text that it stands in, and a note where junk was cut off before it."""
    root = markup.find_root(text)
    name = root.name.rpartition(":")[2].lower()
    if name in _FEED_ROOTS:
        return root, text, ("text before the feed was dropped",) if root.junk else ()
    if name != "html":
        # A warning of the server's own scripts, as text or as HTML, before the feed.
        buried = _BURIED_ROOT.search(text, 1, _JUNK_LIMIT)
        if buried:
            inner = markup.find_root(text[buried.start() :])
            if inner.name.rpartition(":")[2].lower() in _FEED_ROOTS:
                return inner, text[buried.start() :], ("text before the feed was dropped",)
    raise ReadError("not_a_feed", _what_instead(document, text, name))


def _what_instead(document: Document, text: str, root: str) -> str:
    if root == "opml":
        return "this is an OPML list of feeds, not a feed: import it as sources"
    if root in ("urlset", "sitemapindex"):
        return "this is a sitemap, not a feed"
    if not root and "<" not in text[:1000]:
        return f"this is plain text, not a feed; it begins {' '.join(text[:60].split())!r}"
    from aggregator.adapters.discovery import announced_feeds, is_html

    if not is_html(text):
        return f"the root element <{root[:40]}> belongs to no feed format" if root else "no element is in it"
    title = _TITLE.search(text[:200_000])
    what = "a login page" if _PASSWORD.search(text[:500_000]) else "an HTML page"
    named = f" ({' '.join(title[1].split())[:80]!r})" if title else ""
    feeds = announced_feeds(document)
    hint = f"; it announces the feed {feeds[0][0]}" if feeds else ""
    return f"this is {what}{named}, not a feed{hint}"


def _newest(document: Document, text: str) -> tuple[str, tuple[Problem, ...]]:
    """At most `MAX_ITEMS` items, the newest by their dates; without dates the first ones."""
    # Counting is hundreds of times cheaper than finding the items, and nearly always says no.
    if sum(map(text.count, ("<item", "<ITEM", "<entry", ":item", ":entry"))) <= MAX_ITEMS:
        return text, ()
    spans = markup.find_items(text).spans
    if len(spans) <= MAX_ITEMS:
        return text, ()
    dates: list[str] = []
    for start, end in spans:
        found = _ITEM_DATE.search(text, start, end)
        # An item without a date is as old as the one before it.
        dates.append(_comparable(found[1]) if found else (dates[-1] if dates else "9"))
    order = sorted(range(len(spans)), key=lambda i: dates[i], reverse=True)  # stable: the first of equals
    kept = tuple(spans[i] for i in sorted(order[:MAX_ITEMS]))
    return markup.with_items(text, 0, kept, spans[0][0]), (too_many_items(document, len(spans)),)


def too_many_items(document: Document, count: int) -> Problem:
    """What is said where only the newest items of a long feed were read."""
    return problem(document, "too_many_items", f"it has {count:,} items; the newest {MAX_ITEMS:,} were read")


def _comparable(text: str) -> str:
    """A date to sort by. Zones are left out: hours do not matter among thousands of items."""
    iso = as_iso(text)
    return iso if iso[:4].isdigit() else ""


def _whole(document: Document, text: str, root: str) -> tuple[str, tuple[Problem, ...]]:
    """The whole items of a feed without its end; an item that was cut in the middle is no item."""
    items = markup.find_items(text)
    last = items.spans[-1][1] if items.spans else 0
    if text.find(f"</{root}", last) >= 0:
        return text, ()
    if not items.spans:
        first = items.unfinished if items.unfinished is not None else text.rfind("<")
        if text.find(">", 0, max(first, 0)) < 0:
            raise ReadError("broken", "the feed ends within its first tag")
        kept = markup.with_items(text, 0, (), first)
    else:
        kept = markup.with_items(text, 0, items.spans, items.spans[0][0])
    detail = f"the feed ends early; whole items read: {len(items.spans)}"
    return kept, (problem(document, "truncated", detail),)


def _without_tail(text: str, root: str) -> str:
    """The feed without what follows its end, unless there are items in that."""
    end = text.rfind(f"</{root}")
    closed = text.find(">", end) + 1 if end >= 0 else 0
    return text[:closed] if closed else text
