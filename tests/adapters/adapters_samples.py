"""Invented documents for the tests of the adapters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aggregator.adapters import feed
from aggregator.model import Document, Draft, Problem, Source

URL = "https://source.example/news/feed.xml"


def document(content: bytes | str, **fields: Any) -> Document:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return Document(
        **{"url": URL, "fetched_at": datetime(2026, 11, 22, tzinfo=UTC), "content": data, **fields}
    )


def source(**fields: Any) -> Source:
    """A feed of which the items are read and no page is looked at."""
    return Source(**{"id": "s", "adapter": "feed", "url": URL, "follow": "never", **fields})


def item(number: int = 1, *, title: str = "", text: str = "Der Text", more: str = "") -> str:
    link, guid = f"<link>https://source.example/{number}</link>", f"<guid>g{number}</guid>"
    return f"<item><title>{title or f'Meldung {number}'}</title>{link}{guid}<description>{text}</description>{more}</item>"


def rss(*items: str, before: str = "", attributes: str = "") -> str:
    head = f"{before}<rss version='2.0'{attributes}><channel><title>Presse</title><link>https://source.example/</link>"
    return f"{head}{''.join(items)}</channel></rss>"


def read(
    content: bytes | str, *, of: Source | None = None, **fields: Any
) -> tuple[list[Draft], list[Problem]]:
    found = list(feed.read(document(content, **fields), of or source()))
    return [i for i in found if isinstance(i, Draft)], [i for i in found if isinstance(i, Problem)]
