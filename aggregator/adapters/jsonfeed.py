"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), as leniently as its readers are. No adapter itself."""

from __future__ import annotations

import json
import re
from typing import Any

from aggregator.adapters.feeditems import Piece, RawFeed, RawFile, RawItem
from aggregator.adapters.links import web_url
from aggregator.adapters.markup import legal
from aggregator.errors import ReadError

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_ITEM_KEYS = frozenset({"content_html", "content_text", "date_published", "external_url"})


def read_json(text: str, url: str) -> tuple[RawFeed, str]:
    """Parse a JSON Feed; also says what is lost where the JSON ends early (else empty).

    Raises ReadError ``broken`` for no JSON, ``not_a_feed`` for other JSON, ``parse_limit``.
    """
    try:
        data, lost = _parse(text)
    except RecursionError as error:
        raise ReadError("parse_limit", "the JSON is nested too deep") from error
    except ValueError as error:
        # Also for a number of thousands of digits, which Python refuses to convert.
        raise ReadError("broken", f"the JSON is broken: {str(error)[:200]}") from error
    if not isinstance(data, dict) or not _is_feed(data):
        raise ReadError("not_a_feed", "this is JSON, but no JSON Feed: it has no list of items with texts")
    return _feed(data, url), lost


def _parse(text: str) -> tuple[Any, str]:
    """The JSON, or of a JSON that breaks off among its items the whole ones. Raises ValueError."""
    try:
        return json.loads(text), ""
    except ValueError:
        start = _ITEMS.search(text)
        if not start:
            raise
        items, at = [], start.end()
        decoder = json.JSONDecoder()
        while (begin := _BETWEEN.match(text, at)) and text[begin.end() : begin.end() + 1] == "{":
            try:
                item, at = decoder.raw_decode(text, begin.end())
            except ValueError:
                break
            items.append(item)
        if not items:
            raise
        head = json.loads(text[: start.end()] + "]}")
        return {**head, "items": items}, f"the JSON breaks off; whole items read: {len(items)}"


def _feed(data: dict[str, Any], url: str) -> RawFeed:
    home = web_url(_text(data, "home_page_url"), url)
    hubs = _dicts(data, "hubs")
    return RawFeed(
        title=_text(data, "title"),
        language=_text(data, "language"),
        home=home,
        hub=next((web_url(_text(hub, "url"), url) for hub in hubs), ""),
        base=url,
        older=web_url(_text(data, "next_url"), url),
        items=[_item(item) for item in _dicts(data, "items")],
    )


def _is_feed(data: dict[str, Any]) -> bool:
    items = data.get("items")
    if "jsonfeed.org/version" in _text(data, "version"):
        return isinstance(items, list) or items is None
    return isinstance(items, list) and any(
        isinstance(i, dict) and not _ITEM_KEYS.isdisjoint(i) for i in items
    )


def _text(values: dict[str, Any], name: str) -> str:
    """A string, or a number where a string belongs (ids of JSON Feed 1.0)."""
    value = values.get(name)
    if isinstance(value, bool):
        return ""
    return legal(value) if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _dicts(values: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = values.get(name)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _item(item: dict[str, Any]) -> RawItem:
    pieces = [
        Piece(text=_text(item, "content_html"), form="html"),
        Piece(text=_text(item, "content_text"), form="plain"),
        Piece(text=_text(item, "summary"), form="plain"),
    ]
    author = item.get("author")
    authors = [*_dicts(item, "authors"), *([author] if isinstance(author, dict) else [])]
    tags = item.get("tags")
    return RawItem(
        id=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        pieces=pieces,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        language=_text(item, "language"),
        organisations=[_text(a, "name") for a in authors],
        categories=[t for t in tags if isinstance(t, str)] if isinstance(tags, list) else [],
        files=_files(item),
    )


def _files(item: dict[str, Any]) -> list[RawFile]:
    pictures = [RawFile(url=_text(item, name)) for name in ("image", "banner_image")]
    attached = [
        RawFile(
            url=_text(a, "url"),
            media_type=_text(a, "mime_type"),
            length=_text(a, "size_in_bytes"),
            title=_text(a, "title"),
        )
        for a in _dicts(item, "attachments")
    ]
    return [*pictures, *attached]
