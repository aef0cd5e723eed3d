"""What came in too many at once and waits for the operator: drafts that are stored and not published.

A dropped one stays known by its id and its text, so that it does not come again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from aggregator.codec import Packed
from aggregator.store.database import moment, stamp


@dataclass(frozen=True, slots=True)
class Known:
    """A stored copy of a source, as far as an item is recognised by it."""

    row: int
    key: str
    url: str
    body_hash: str
    title_key: str
    language: str
    words: int


@dataclass(frozen=True, slots=True)
class Held:
    """One text that waits, or that was dropped."""

    row: int
    key: str
    title: str
    url: str
    at: datetime
    draft: bytes


_KNOWN = "SELECT id, key, url, body_hash, title_key, language, words FROM copies WHERE"


def twins(c: sqlite3.Connection, item: Packed) -> list[Known]:
    """The copies of the item's source that bear its headline and its date."""
    rows = c.execute(
        f"{_KNOWN} title_key = ? AND published IS ? AND source = ? LIMIT 12",
        (item.fingerprint.title_key, stamp(item.published) if item.published else None, item.source),
    )
    return [Known(*row) for row in rows]


def copies(c: sqlite3.Connection, release: int, source: str) -> list[Known]:
    """The copies of a release that a source gave."""
    rows = c.execute(
        f"{_KNOWN} release = ? AND source = ?",
        (release, source),
    )
    return [Known(*row) for row in rows]


def hold(c: sqlite3.Connection, source: str, items: Iterable[tuple[Packed, str]], now: datetime) -> int:
    """Keep texts back: (item, what it is known by whatever its id). Returns how many were not held yet."""
    new = 0
    for item, mark in items:
        old = c.execute(
            "SELECT row, dropped FROM held WHERE source = ?1 AND (key = ?2 OR (body_hash = ?3 AND ?3 != ''))"
            " ORDER BY key != ?2",
            (source, item.key, mark),
        ).fetchone()
        if old is None:
            c.execute(
                "INSERT INTO held (source, key, url, title, body_hash, digest, draft, at, dropped)"
                " VALUES (?,?,?,?,?,?,?,?,0)",
                (source, item.key, item.url, item.title, mark, item.draft_digest, item.draft, stamp(now)),
            )
            new += 1
        else:  # it has another id or another wording now
            c.execute(
                "UPDATE OR REPLACE held SET key = ?, url = ?, title = ?, digest = ?, draft = ? WHERE row = ?",
                (item.key, item.url, item.title, item.draft_digest, b"" if old[1] else item.draft, old[0]),
            )
    return new


def is_held(c: sqlite3.Connection, source: str, key: str, mark: str) -> bool:
    """Whether a text waits already or was dropped, under this id or another one."""
    row = c.execute(
        "SELECT 1 FROM held WHERE source = ?1 AND (key = ?2 OR (body_hash = ?3 AND ?3 != '')) LIMIT 1",
        (source, key, mark),
    ).fetchone()
    return row is not None


def digests(c: sqlite3.Connection, source: str) -> dict[str, bytes]:
    """Digests of the drafts that wait or were dropped, by key: equal needs no reading."""
    return dict(c.execute("SELECT key, digest FROM held WHERE source = ?", (source,)).fetchall())


def waiting(c: sqlite3.Connection, source: str, limit: int = -1) -> list[Held]:
    """What waits, in the order in which it came."""
    rows = c.execute(
        "SELECT row, key, title, url, at, draft FROM held WHERE source = ? AND dropped = 0 ORDER BY row LIMIT ?",
        (source, limit),
    )
    return [Held(row, key, title, url, moment(at), draft) for row, key, title, url, at, draft in rows]


def count(c: sqlite3.Connection, source: str) -> int:
    """How many wait."""
    query = "SELECT count(*) FROM held WHERE source = ? AND dropped = 0"
    return int(c.execute(query, (source,)).fetchone()[0])


def settled(c: sqlite3.Connection, rows: Collection[int]) -> None:
    """These were released: the store knows them as copies now."""
    c.executemany("DELETE FROM held WHERE row = ?", [(row,) for row in rows])


def drop(c: sqlite3.Connection, source: str) -> int:
    """Discard what waits; it stays known. Returns how much."""
    query = "UPDATE held SET dropped = 1, draft = x'' WHERE source = ? AND dropped = 0"
    return c.execute(query, (source,)).rowcount
