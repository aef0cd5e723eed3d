"""Plain RSS and Atom, read from the tree that the gate has already built: many times feedparser's speed.

Claims only what it is sure to read exactly as feedparser does (held by a test that compares the two on
every well-formed feed of the corpus). Anything it does not know, any element in an unusual place, with
unusual attributes or twice, makes it decline the whole document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.adapters import older
from aggregator.adapters.fastatom import read_atom
from aggregator.adapters.fastfields import (
    ATOM,
    BASE,
    DC,
    LANG,
    MODULES,
    RDF,
    Declined,
    Handler,
    bare,
    enclosure,
    pass_over,
    string,
    tag_of,
)
from aggregator.adapters.feeditems import Piece, RawFeed, RawItem
from aggregator.adapters.links import web_url

if TYPE_CHECKING:
    from lxml import etree

_RSS1 = "{http://purl.org/rss/1.0/}"
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


def read_quickly(root: etree._Element, url: str) -> RawFeed | None:
    """The feed of a well-formed document from `url`; None where it is not plainly RSS or Atom."""
    try:
        if root.tag == "rss":
            return _rss(root, url)
        if root.tag == f"{RDF}RDF":
            return _rdf(root, url)
        if root.tag == f"{ATOM}feed":
            return read_atom(root, url)
    except Declined:
        pass
    return None


def _rss(root: etree._Element, url: str) -> RawFeed:
    if len(root) != 1 or root[0].tag != "channel" or not set(root.attrib) <= {"version", LANG}:
        raise Declined
    return _feed(root, root[0], root[0].findall("item"), "", url)


def _rdf(root: etree._Element, url: str) -> RawFeed:
    channel = root.find(f"{_RSS1}channel")
    known = {f"{_RSS1}{name}" for name in ("channel", "item", "image", "textinput")}
    if channel is None or any(child.tag not in known for child in root) or not set(root.attrib) <= {LANG}:
        raise Declined
    return _feed(root, channel, root.findall(f"{_RSS1}item"), _RSS1, url)


def _feed(
    root: etree._Element, channel: etree._Element, items: list[etree._Element], space: str, url: str
) -> RawFeed:
    if sum(1 for _ in root.iter(f"{space}item")) != len(items):
        raise Declined  # items in places where only feedparser looks for them
    feed = _head(channel, space, url)
    feed.language = root.get(LANG) or feed.language
    feed.items = [_item(item, space) for item in items]
    return feed


def _head(channel: etree._Element, space: str, url: str) -> RawFeed:
    """What a channel says of itself. Its attributes and elements must not change how items are read."""
    if not set(channel.attrib) <= {f"{RDF}about"}:
        raise Declined
    feed = RawFeed(base=url)
    for child in channel:
        name = tag_of(child).removeprefix(space)
        if name == "title":
            feed.title = feed.title or string(child)
        elif name == "link":
            feed.home = feed.home or web_url(string(child), url)
        elif name in ("language", f"{DC}language"):
            feed.language = string(child)
        elif name == f"{ATOM}link" and child.get("rel") == "hub":
            feed.hub = feed.hub or web_url(child.get("href", ""), url)
        elif name == f"{ATOM}link":
            older.note(feed, child.get("rel", ""), child.get("href", ""), url)
        elif name == "generator":
            feed.generator = child.text or ""
        if LANG in child.attrib or BASE in child.attrib:
            raise Declined
    return feed


def _item(element: etree._Element, space: str) -> RawItem:
    if element.attrib and not set(element.attrib) <= {f"{RDF}about"}:
        raise Declined
    item = RawItem(id=element.get(f"{RDF}about", ""))
    seen: set[str] = set()
    for child in element:
        tag = tag_of(child)
        name = tag.removeprefix(space)
        handler = _OWN.get(name)
        if handler is None:
            handler = MODULES.get(tag)
        elif name in seen and name not in _REPEATABLE:
            raise Declined
        seen.add(name)
        if handler is None:
            pass_over(child)
        else:
            handler(item, child)
    if "link" in seen and not item.link and item.permalink:
        raise Declined
    if not item.published:
        item.published, item.updated = item.updated, ""
    return item


def _title(item: RawItem, element: etree._Element) -> None:
    item.title = bare(element)


def _link(item: RawItem, element: etree._Element) -> None:
    item.link = bare(element)


def _guid(item: RawItem, element: etree._Element) -> None:
    item.id = bare(element, "isPermaLink")
    if element.get("isPermaLink", "true") == "true":
        item.permalink = item.id


def _description(item: RawItem, element: etree._Element) -> None:
    item.pieces.append(Piece(text=bare(element)))


def _published(item: RawItem, element: etree._Element) -> None:
    item.published = bare(element)


def _author(item: RawItem, element: etree._Element) -> None:
    """``mail@example.org (Name)``, or just a name."""
    item.organisations.append(_MAIL.sub("", bare(element)).strip(" ()<>"))


def _category(item: RawItem, element: etree._Element) -> None:
    item.categories.append(bare(element, "domain"))


_REPEATABLE = frozenset({"category", "enclosure"})
_OWN: dict[str, Handler] = {
    "title": _title,
    "link": _link,
    "guid": _guid,
    "description": _description,
    "pubDate": _published,
    "author": _author,
    "category": _category,
    "enclosure": enclosure,
}
