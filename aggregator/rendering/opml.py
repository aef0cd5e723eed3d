"""The list of all feeds as OPML 2.0, for import into a feed reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from aggregator.model import FeedInfo
from aggregator.rendering import Site
from aggregator.rendering.phrases import phrases
from aggregator.text import one_line


def render(title: str, groups: Iterable[tuple[str, tuple[FeedInfo, ...]]], site: Site) -> bytes:
    """OPML bytes: one outline for each group (see `rendering.grouped`), feeds without group first.

    No ``dateCreated``: the same feeds give the same bytes.
    """
    words = phrases(site.language)
    root: Any = etree.Element("opml", version="2.0")
    head: Any = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title)
    body: Any = etree.SubElement(root, "body")
    for name, feeds in groups:
        parent = body
        if name and feeds:
            label = str(words.get(name, name.capitalize()))
            parent = etree.SubElement(body, "outline", text=label, title=label)
        for feed in feeds:
            _outline(parent, feed, site)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _outline(parent: Any, feed: FeedInfo, site: Site) -> None:
    title = one_line(feed.title) or feed.label
    attributes = {
        "type": "rss",  # what OPML calls every feed, Atom too
        "text": title,
        "title": title,
        "xmlUrl": site.feed_url(feed.label),
        "htmlUrl": site.home_url,
    }
    if feed.subtitle:
        attributes["description"] = one_line(feed.subtitle)
    etree.SubElement(parent, "outline", attributes)
