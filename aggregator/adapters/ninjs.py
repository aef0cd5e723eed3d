"""ninjs (IPTC's news in JSON, 1.x and 2.x), as wires hand it to their customers. No adapter itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.adapters.wirefeed import objects, security, string, strings
from aggregator.model import Attachment, Document, Draft
from aggregator.text import one_line

_MOST_FILES = 50


def stories(data: Any, document: Document) -> Iterator[Draft]:
    """A draft for each item that has an ``uri`` and a headline. Names of fields are read in either case."""
    for item in objects(_lowered(data), "uri"):
        headline = string(item, "headline", "title") or _of_list(item.get("headlines"))
        body = string(item, "body_xhtml", "body_html", "body", "body_text") or _of_list(item.get("bodies"))
        if headline:
            yield _draft(item, headline, body, document)


def _lowered(data: Any, depth: int = 6) -> Any:
    if isinstance(data, dict) and depth:
        return {str(k).lower(): _lowered(v, depth - 1) for k, v in data.items()}
    if isinstance(data, list) and depth:
        return [_lowered(v, depth - 1) for v in data]
    return data


def _of_list(value: Any) -> str:
    """``headlines`` and ``bodies`` of ninjs 2: objects with a ``value``."""
    return next(iter(_values(value)), "")


def _values(value: Any) -> Iterator[str]:
    """The values of such a list, uncut."""
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict) and string(entry, "value"):
            yield string(entry, "value")


def _draft(item: dict[str, Any], headline: str, body: str, document: Document) -> Draft:
    links = [string(item, "altids"), string(item, "url", "link", "weburl"), string(item, "uri")]
    url = next((found for link in links if (found := web_url(link))), "")
    organisations = strings(item.get("organisation") or item.get("organisations"), "name")
    return Draft(
        key=string(item, "uri"),
        content=body,
        content_type="text/html" if "<" in body else "text/plain",
        fetched_at=document.fetched_at,
        url=url,
        base=url or document.url,
        title=one_line(headline),
        summary=string(item, "description_text", "description"),
        published=as_iso(string(item, "firstpublished", "firstcreated", "versioncreated")),
        updated=as_iso(string(item, "versioncreated")),
        language=string(item, "language")[:35],
        company=next(iter(organisations), ""),
        categories=strings(item.get("subject") or item.get("subjects"), "name"),
        attachments=tuple(_files(item.get("associations")))[:_MOST_FILES],
        identifiers=tuple(_securities(item)),
    )


def _files(associations: Any) -> Iterator[Attachment]:
    found = associations.values() if isinstance(associations, dict) else associations or []
    for entry in found if isinstance(found, list) else list(found):
        if not isinstance(entry, dict):
            continue
        renditions = entry.get("renditions")
        several = renditions.values() if isinstance(renditions, dict) else renditions or []
        for rendition in [*several, entry][:1] if several else [entry]:
            url = web_url(string(rendition, "href", "url")) if isinstance(rendition, dict) else ""
            if url:
                kind = string(rendition, "mimetype", "contenttype").lower()
                yield Attachment(
                    url=url, media_type=kind, title=string(entry, "headline", "description_text")
                )


def _securities(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """ISINs and tickers among the ``symbols`` of the organisations."""
    for house in item.get("organisation") or item.get("organisations") or []:
        for symbol in house.get("symbols") or [] if isinstance(house, dict) else []:
            if isinstance(symbol, dict):
                ticker, exchange = string(symbol, "ticker", "symbol"), string(symbol, "exchange")
                isin = security(string(symbol, "isin"))
                yield from [isin] if isin else []
                found = security(f"{exchange}:{ticker}") if ticker and exchange else None
                yield from [found] if found else []
