"""What all wires have in common: feeds and pages of teasers, an interface in JSON, a page for each release. No adapter.

A wire's adapter is a `Wire`: its number in an address, the layout of its pages, and what only its items say. An item
that is a teaser is followed to its page; the page is read with what the feed said of it at hand, and where it cannot be
had, what the feed said is the release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from aggregator.adapters import Item, charsets, discovery, feed, load, text, wirepage
from aggregator.adapters.feeditems import length_of
from aggregator.adapters.teasers import ends_early
from aggregator.adapters.wirepage import Fields, Layout
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Source
from aggregator.reading.identifiers import is_isin
from aggregator.text import one_line

TEASER = 1_500
"""Characters below which the text of an item is taken for the beginning of a release."""
LIST = 2
"""Releases that a page has to lead to for a list of the wire."""
SUBTITLE = 200
"""Characters below which the text of a story of an interface is none."""
_TICKER = re.compile(r"([A-Za-z][A-Za-z0-9 .&-]{1,30}?)\s?:\s?\"?([A-Z0-9][A-Z0-9.-]{0,11})\"?")
_MOST_SECURITIES = 20

Stories = Callable[[Any, Document], Iterator[Draft]]
"""Makes drafts of the JSON of a wire's interface; nothing where it is another JSON."""


def _unchanged(draft: Draft) -> Draft:
    return draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How one wire publishes."""

    name: str
    """Of its adapter."""
    scheme: str
    """Of its own numbers (`model.Identifier`)."""
    layout: Layout
    item: Callable[[Draft], Draft] = _unchanged
    """Completes an item of its feed or its page by what its title and its address say."""
    page: Callable[[Draft, Fields], Draft] | None = None
    """Completes a page by fields that are not those of all wires."""
    touch: feed.Touch | None = None
    stories: Stories | None = None


def read(document: Document, source: Source, wire: Wire) -> Iterator[Item]:
    """The releases of a wire's feed, interface or page. Raises ReadError as `feed.read` and `text.read` do."""
    if document.listed is not None and not document.content.strip():
        return iter([document.listed])
    kind = discovery.looks_like(document)
    if kind == "html" and document.listed is None and (leads := _list(document, source, wire)):
        return iter(leads)
    if document.listed is not None or kind == "html":
        return iter([_page(document, source, wire)])
    if kind == "json":
        return _interface(document, source, wire)
    # A wire's fields name its customers, whatever the role of the source is.
    items = feed.read(document, replace(source, role="wire", follow="never"), wire.touch)
    return (_lead(wire.item(_named(i, wire)), source, wire) if isinstance(i, Draft) else i for i in items)


def _lead(draft: Draft, source: Source, wire: Wire, least: int = TEASER) -> Draft | Follow:
    """The draft, or its page where it is a teaser of it."""
    beginning = length_of(draft.content[:50_000]) < least or ends_early(draft)
    wanted = source.follow == "always" or (source.follow == "auto" and beginning)
    return Follow(url=draft.url, reader=wire.name, listed=draft) if draft.url and wanted else draft


def _named(draft: Draft, wire: Wire) -> Draft:
    """An item with the wire's number and the securities that its categories name."""
    named = {category: security(category) for category in draft.categories}
    numbers = wirepage.numbers([draft.url, draft.key], wire.scheme)
    return replace(
        draft,
        identifiers=_once(*draft.identifiers, *numbers, *(found for found in named.values() if found)),
        categories=tuple(category for category, found in named.items() if not found),
    )


def security(text: str) -> tuple[str, str] | None:
    """``(isin, …)`` or ``(ticker, EXCHANGE:SYMBOL)`` where a field holds nothing else, as `reading` writes them."""
    text = text.strip()
    if len(text) == 12 and text.isascii() and text.isalnum() and text.isupper() and is_isin(text):
        return ("isin", text)
    ticker = _TICKER.fullmatch(text)
    return ("ticker", f"{ticker[1].split()[0].upper()}:{ticker[2].rstrip('.')}") if ticker else None


def securities(texts: list[str]) -> list[tuple[str, str]]:
    """Those in fields that may hold several, with commas between."""
    pieces = (piece for text in texts for piece in re.split(r"[,;]", text))
    return [found for piece in pieces if (found := security(piece))][:_MOST_SECURITIES]


def _once(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))


# -- pages ---------------------------------------------------------------------------------------


def _list(document: Document, source: Source, wire: Wire) -> list[Item]:
    """What a page of the wire that lists releases leads to (a customer's, a search); nothing where it is none.

    The wire's number in its address tells a release from a list, on the page and on the list alike.
    """
    if wirepage.numbers([document.url], wire.scheme):
        return []
    try:
        items = list(load("newsroom")(document, source))
    except ReadError:
        return []
    told = [i for i in items if isinstance(i, Draft | Follow) and wirepage.numbers([i.url], wire.scheme)]
    if len(told) < LIST:
        return []
    own = [replace(i, reader=wire.name) if isinstance(i, Follow) else i for i in told]
    return [*own, *(i for i in items if i not in told and not (isinstance(i, Follow) and i.kind == "text"))]


# -- the page of a release -----------------------------------------------------------------------


def _page(document: Document, source: Source, wire: Wire) -> Draft:
    """A page as a draft: the whole page for `reading`, and the wire's own fields beside it."""
    made = next(iter(text.read(document, source)))
    if not isinstance(made, Draft):
        raise ReadError("broken", "the page of a release holds no text")
    fields = wirepage.read_page(made.content, made.url or document.url, wire.layout)
    listed = document.listed
    own = [made.url, document.url, *([listed.url, listed.key] if listed else [])]
    draft = replace(
        made,
        key=listed.key if listed else made.key,
        url=(listed.url if listed else "") or made.url,
        title=fields.title or (listed.title if listed else ""),
        published=fields.published or (listed.published if listed else ""),
        updated=fields.updated,
        language=fields.language or made.language or (listed.language if listed else ""),
        company=fields.issuer or (listed.company if listed else ""),
        categories=tuple(dict.fromkeys((*(listed.categories if listed else ()), *fields.keywords))),
        attachments=listed.attachments if listed else (),
        identifiers=_once(
            *(listed.identifiers if listed else ()),
            *wirepage.numbers(own, wire.scheme),
            *wirepage.numbers(fields.editions),
            *securities(fields.securities),
        ),
        listed=listed,
    )
    draft = wire.item(draft)
    return wire.page(draft, fields) if wire.page else draft


# -- interfaces ----------------------------------------------------------------------------------


def _interface(document: Document, source: Source, wire: Wire) -> Iterator[Item]:
    """The stories of a JSON interface. A JSON Feed is read as a feed."""
    try:
        data = json.loads(charsets.decode(document.content, document.charset).text)
    except (ValueError, RecursionError) as error:
        raise ReadError("broken", f"the JSON is broken: {one_line(str(error))[:200]}") from error
    made = list(wire.stories(data, document)) if wire.stories else []
    if not made:
        raise ReadError("not_a_feed", f"this is JSON, but holds no story as {wire.name} writes them")
    # What an interface gives is whole, be it ever so short, unless it is a subtitle or ends in dots.
    return (_lead(wire.item(_named(draft, wire)), source, wire, least=SUBTITLE) for draft in made)


def objects(data: Any, mark: str) -> Iterator[dict[str, Any]]:
    """The objects that have the key `mark`: the data itself, those of its lists, and one level below."""
    inner = list(data.values()) if isinstance(data, dict) else []
    deeper = [v for d in inner if isinstance(d, dict) for v in d.values()]
    for value in (data, *inner, *deeper):
        for found in value if isinstance(value, list) else [value]:
            if isinstance(found, dict) and mark in found:
                yield found


def string(values: dict[str, Any], *names: str) -> str:
    """The first of these fields that is a text or a number, trimmed."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def strings(value: Any, *names: str) -> tuple[str, ...]:
    """A list of texts, or of objects that have a name; also where a single one stands without a list."""
    found = value if isinstance(value, list) else [value]
    texts = (string(v, *names) if isinstance(v, dict) else v if isinstance(v, str) else "" for v in found)
    return tuple(dict.fromkeys(t.strip()[:200] for t in texts if t.strip()))[:50]
