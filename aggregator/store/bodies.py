"""The last bytes of the documents that are lists (feeds, newsrooms, sitemaps), for reading them again offline."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

from aggregator.model import Document
from aggregator.store.database import moment, stamp

LARGEST = 5_000_000
"""Bytes of a document that is kept; larger ones are only read."""


def save(c: sqlite3.Connection, source: str, documents: Iterable[Document]) -> None:
    c.executemany(
        "INSERT OR REPLACE INTO bodies (source, key, url, media_type, charset, at, content) VALUES (?,?,?,?,?,?,?)",
        [
            (source, d.place, d.url, d.media_type, d.charset, stamp(d.fetched_at), zlib.compress(d.content))
            for d in documents
            if len(d.content) <= LARGEST
        ],
    )


def of(c: sqlite3.Connection, source: str) -> list[Document]:
    """The kept documents of a source, in the order of their keys."""
    rows = c.execute(
        "SELECT key, url, media_type, charset, at, content FROM bodies WHERE source = ? ORDER BY key",
        (source,),
    )
    return [
        Document(url=url, content=zlib.decompress(content), fetched_at=moment(at), requested=key,
                 media_type=kind, charset=charset)
        for key, url, kind, charset, at, content in rows
    ]  # fmt: skip


def forget(c: sqlite3.Connection, source: str) -> None:
    """Its list stands elsewhere now."""
    c.execute("DELETE FROM bodies WHERE source = ?", (source,))
