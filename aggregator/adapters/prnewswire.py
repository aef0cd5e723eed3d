"""PR Newswire and CNW: RSS with ``dc:contributor``, ``prn:industry`` and ``prn:subject``; pages with ``News provided by``.

Shapes: addresses ``/news-releases/headline-302118844.html``; each language has a number of its own, and its page names
the other ones. Its feeds carry no tickers; its pages mark them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.adapters import Item, wirefeed
from aggregator.adapters.feeditems import RawFeed
from aggregator.adapters.wirepage import Fields, Layout
from aggregator.model import Document, Draft, Source

if TYPE_CHECKING:
    from lxml import etree

_SPACED = re.compile(r"/?\s*C\s?O\s?R\s?R\s?E\s?C\s?T\s?I\s?O\s?N\b")
_HEADLINE = 300
_VIDEO = ("youtube.com", "youtu.be", "vimeo.com")
"""Hosts of what its feeds call pictures: the page of a film, declared as image/jpeg."""


def read(document: Document, source: Source) -> Iterator[Item]:
    """The releases of a feed or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _touch(feed: RawFeed, tree: etree._Element | None) -> None:
    """Industries and subjects, which no feed but this one has, by the address of their item."""
    if tree is None:
        return
    named: dict[str, list[str]] = {}
    for item in tree.iter("item"):
        said = [e.text for e in item if e.text and _is_label(e.tag)]
        named[(item.findtext("link") or "").strip()] = said
    for entry in feed.items:
        entry.categories = [*named.get(entry.link, ()), *entry.categories]


def _is_label(tag: object) -> bool:
    space, _, name = str(tag).rpartition("}")
    return "prnewswire" in space and name in ("industry", "subject")


def _item(draft: Draft) -> Draft:
    """Without the codes of three letters that stand beside the names of subjects, and without films for pictures."""
    files = tuple(a for a in draft.attachments if not (urlsplit(a.url).hostname or "").endswith(_VIDEO))
    named = tuple(c for c in draft.categories if not (len(c) <= 3 and c.isupper()))
    return replace(draft, categories=named, attachments=files)


def _page(draft: Draft, fields: Fields) -> Draft:
    """``/C O R R E C T I O N -- Muster, Inc./`` names nothing but the house: the headline stands below the notice."""
    headline = fields.corrected
    if _SPACED.match(draft.title) and 0 < len(headline) <= _HEADLINE and "/PRNewswire/" not in headline:
        return replace(draft, title=f"CORRECTION: {headline}")
    return draft


_WIRE = wirefeed.Wire(
    name="prnewswire",
    scheme="prn",
    layout=Layout(
        issuer=(
            "(//p[normalize-space()='News provided by'])[1]/following::a[1]",
            "//meta[@name='author']/@content",
        ),
        published=("//meta[@name='date']/@content",),
        title=("//*[contains(@class, 'release-header')]//h1", "//*[contains(@class, 'detail-headline')]//h1"),
        corrected=("(//p[contains(., 'corrected release follows')])[1]/following::p[1]",),
        securities=(
            "//a[contains(@class, 'ticket-symbol')]/@data-symbol",
            "//*[@data-prn-ticker]/@data-prn-ticker",
        ),
    ),
    item=_item,
    page=_page,
    touch=_touch,
)
