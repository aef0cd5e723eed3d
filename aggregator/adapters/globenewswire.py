"""GlobeNewswire: RSS with ``dc:contributor``, tickers and ISINs as categories; ninjs; pages with ``| Source: X``.

Shapes: the feeds under ``/RssFeed/``, addresses ``/news-release/2026/02/19/3241153/0/en/Headline.html``, of which the
number is the same in all languages and the part behind it says which one this is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aggregator.adapters import Item, ninjs, wirefeed
from aggregator.adapters.wirepage import Layout
from aggregator.model import Document, Draft, Source

_LANGUAGE = re.compile(r"/news-release/\d{4}/\d\d/\d\d/\d+/\d+/([a-z]{2})(?:-[a-zA-Z]{2,4})?/")


def read(document: Document, source: Source) -> Iterator[Item]:
    """The releases of a feed, of the interface, or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _item(draft: Draft) -> Draft:
    language = _LANGUAGE.search(draft.url)
    return replace(draft, language=language[1] if language else draft.language)


_WIRE = wirefeed.Wire(
    name="globenewswire",
    scheme="gnw",
    layout=Layout(
        issuer=("//*[contains(@class, 'article-source')]//a", "//meta[@name='author']/@content"),
        published=("//*[contains(@class, 'article-published')]//time/@datetime",),
        title=("//h1[contains(@class, 'article-headline')]",),
        keywords=("//*[contains(@class, 'article-tags')]//a",),
        securities=("//meta[@name='ticker']/@content", "//meta[@name='ISIN']/@content"),
    ),
    item=_item,
    stories=ninjs.stories,
)
