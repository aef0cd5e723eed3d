"""What each site's robots.txt said to us last, so that polls from cron do not ask each time.

Rows are handed out and taken as plain values, named as in `fetch.robots.Known`: neither room knows the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aggregator.store.database import moment, stamp

UNUSED = timedelta(days=60)
"""After which an origin that nobody asked for is forgotten."""
_TIMES = ("read_at", "until", "failed_since")


def load(c: sqlite3.Connection, origin: str) -> dict[str, Any] | None:
    """What is known of an origin, ``https://example.com``; None where nothing is."""
    cursor = c.execute("SELECT * FROM robots WHERE origin = ?", (origin,))
    row = cursor.fetchone()
    if row is None:
        return None
    values = dict(zip([d[0] for d in cursor.description], row, strict=True))
    return values | {name: moment(values[name]) if values[name] else None for name in _TIMES}


def save(c: sqlite3.Connection, found: Iterable[Mapping[str, Any]]) -> None:
    c.executemany(
        "INSERT OR REPLACE INTO robots (origin, lines, read_at, until, failed_since, why)"
        " VALUES (:origin, :lines, :read_at, :until, :failed_since, :why)",
        [{**row, **{name: stamp(row[name]) if row[name] else "" for name in _TIMES}} for row in found],
    )


def prune(c: sqlite3.Connection, now: datetime) -> None:
    c.execute("DELETE FROM robots WHERE until < ?", (stamp(now - UNUSED),))
