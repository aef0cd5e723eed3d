"""Business Wire: RSS of first paragraphs, ninjs, and pages with microdata.

Shapes: addresses ``/news/home/20260219005188/en/Headline``, of which the number is the same in all languages unless a
translation was ordered later; that one has a number of its own and says ``View source version on businesswire.com``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aggregator.adapters import Item, ninjs, wirefeed
from aggregator.adapters.wirepage import Layout
from aggregator.model import Document, Draft, Source

_LANGUAGE = re.compile(r"/home/\d{14}/([a-z]{2})(?:-[a-zA-Z]{2,4})?(?:/|$)")
_COUNTED = re.compile(r"[?&]feedref=[^&#]*")
"""What its feeds add to each address to count clicks; it changes, and the address is what a page is known by."""


def read(document: Document, source: Source) -> Iterator[Item]:
    """The releases of a feed, of the interface, or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _item(draft: Draft) -> Draft:
    language = _LANGUAGE.search(draft.url)
    url, key = _COUNTED.sub("", draft.url), _COUNTED.sub("", draft.key)
    return replace(draft, url=url, key=key, language=language[1] if language else draft.language)


_WIRE = wirefeed.Wire(
    name="businesswire",
    scheme="bw",
    layout=Layout(
        issuer=("//*[contains(@class, 'bw-release-logos')]//img/@alt",),
        published=("//*[contains(@class, 'bw-release-timestamp')]//time/@datetime",),
        title=("//h1[@itemprop='headline']", "//h1[contains(@class, 'epi-fontLg')]"),
        securities=("//*[@itemprop='tickerSymbol']/@content", "//*[@itemprop='tickerSymbol']"),
    ),
    item=_item,
    stories=ninjs.stories,
)
