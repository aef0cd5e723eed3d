"""What of a source's documents is kept out of the store now, and why.

A refused document is read once and then unchanged, so the polls do not go on about it; this table does,
until it is read again or gone. It holds the last word on each document, not a history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import Any

from aggregator.model import Problem

Refused = tuple[str, Problem]
"""The key of the document as it was asked for, and what is wrong with it or with an item in it."""


def replace(
    c: sqlite3.Connection, source: str, read: Collection[str], found: Iterable[Refused], at: str
) -> None:
    """Take over what the documents that were `read` are refused for now; the others stay as they are."""
    if held := documents(c, source):
        forget(c, source, held & set(read))
    c.executemany(
        "INSERT OR REPLACE INTO refused (source, document, place, reason, detail, at) VALUES (?,?,?,?,?,?)",
        [(source, d, p.where[:500], p.reason, p.detail[:500], at) for d, p in found],
    )


def documents(c: sqlite3.Connection, source: str) -> set[str]:
    """Keys of the documents of a source of which something is refused."""
    return {row[0] for row in c.execute("SELECT DISTINCT document FROM refused WHERE source = ?", (source,))}


def forget(c: sqlite3.Connection, source: str, keys: Iterable[str]) -> None:
    """Drop what is known of these documents: they were read again, or they are gone."""
    c.executemany("DELETE FROM refused WHERE source = ? AND document = ?", [(source, k) for k in keys])


def counts(c: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many are refused for which reason, the most frequent first, by source."""
    found: dict[str, dict[str, int]] = {}
    query = "SELECT source, reason, count(*) AS n FROM refused GROUP BY source, reason ORDER BY source, n DESC, reason"
    for source, reason, number in c.execute(query):
        found.setdefault(source, {})[reason] = number
    return found


def of(c: sqlite3.Connection, source: str, limit: int) -> list[dict[str, Any]]:
    """The refusals of a source as ``{"where","reason","detail","at"}``, the latest first."""
    rows = c.execute(
        "SELECT place, reason, detail, at FROM refused WHERE source = ? ORDER BY at DESC, place LIMIT ?",
        (source, limit),
    )
    return [{"where": w, "reason": r, "detail": d, "at": at} for w, r, d, at in rows]
