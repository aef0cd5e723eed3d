"""Which stored copies could be the same release: a handful found by indexes, never all pairs.

Each look-up answers one kind of sameness; `matching.decide` weighs what they bring up. The cost of
one more copy does not grow with the store: every query is an index look-up with a limit.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator import codec
from aggregator.codec import Packed
from aggregator.model import Candidate, Copy, Filing, Fingerprint
from aggregator.store.database import stamp

WINDOW = timedelta(days=45)
"""How far apart a reprint or a translation may lie (domain finding: they lag by weeks)."""

SHARED = 3
"""Sampled shingles that two texts must share to be compared."""

MOST = 24
"""Candidates handed to the decision at most, best supported first."""


def find(connection: sqlite3.Connection, item: Packed) -> list[Candidate]:
    """Stored copies worth comparing, each release with its canonical copy, best supported first."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for reason, rows in _lookups(connection, item):
        for (row,) in rows:
            if reason not in reasons[row]:
                reasons[row].append(reason)
    if not reasons:
        return []
    return _loaded(connection, reasons)


def _lookups(c: sqlite3.Connection, item: Packed) -> Iterator[tuple[str, Iterable[tuple[int]]]]:
    mark = item.fingerprint
    yield "key", c.execute("SELECT id FROM copies WHERE source = ? AND key = ?", (item.source, item.key))
    if item.canonical_url:
        yield (
            "url",
            c.execute(
                "SELECT id FROM copies WHERE canonical_url = ? AND canonical_url != '' LIMIT 12",
                (item.canonical_url,),
            ),
        )
    for identifier in item.identifiers:
        yield (
            "identifier",
            c.execute("SELECT copy FROM identifiers WHERE scheme = ? AND value = ? LIMIT 12", identifier),
        )
    if mark.words:
        yield "body", c.execute("SELECT id FROM copies WHERE body_hash = ? LIMIT 12", (mark.body_hash,))
    early, late = _window(item.published)
    if mark.title_key:
        yield (
            "title",
            c.execute(
                "SELECT id FROM copies WHERE title_key = ? AND (published IS NULL OR published BETWEEN ? AND ?) LIMIT 12",
                (mark.title_key, early, late),
            ),
        )
    yield "shingles", _sharing(c, "sketch", mark.sketch, min(SHARED, max(1, len(mark.sketch) // 3)))
    yield "quotes", _sharing(c, "quotes", mark.quotes, 1)
    if item.issuer and item.published is not None:
        yield (
            "issuer",
            c.execute(
                "SELECT id FROM copies WHERE issuer = ? AND issuer != '' AND published BETWEEN ? AND ? AND language != ?"
                " ORDER BY abs(julianday(published) - julianday(?)) LIMIT 12",
                (item.issuer, early, late, item.language, stamp(item.published)),
            ),
        )


def _window(published: datetime | None) -> tuple[str, str]:
    if published is None:
        return "0000", "9999"
    return stamp(published - WINDOW), stamp(published + WINDOW)


def _sharing(c: sqlite3.Connection, table: str, hashes: tuple[int, ...], least: int) -> Iterable[tuple[int]]:
    if not hashes:
        return ()
    query = (
        f"SELECT copy FROM {table} WHERE hash IN (SELECT value FROM json_each(?))"  # noqa: S608 - table is ours
        " GROUP BY copy HAVING count(*) >= ? ORDER BY count(*) DESC LIMIT 16"
    )
    return c.execute(query, (str(list(hashes)), least))


_CANDIDATES = """
    SELECT c.id, c.release, c.id = r.canonical, c.id = c.leader, coalesce(s.role, 'mixed')
    FROM copies c JOIN releases r ON r.id = c.release LEFT JOIN sources s ON s.id = c.source
    WHERE c.id IN (SELECT value FROM json_each(:rows))
       OR c.id IN (SELECT c2.leader FROM copies c2 WHERE c2.id IN (SELECT value FROM json_each(:rows)))
"""


def _loaded(c: sqlite3.Connection, reasons: dict[int, list[str]]) -> list[Candidate]:
    best = sorted(reasons, key=lambda row: ("key" not in reasons[row], -len(reasons[row]), row))[:MOST]
    found = [
        replace(candidate, reasons=tuple(reasons.get(candidate.copy_id, ())))
        for candidate in load(c, _CANDIDATES, {"rows": str(best)})
    ]
    return sorted(found, key=lambda f: ("key" not in f.reasons, -len(f.reasons), f.copy_id))


def load(c: sqlite3.Connection, query: str, values: dict[str, object]) -> list[Candidate]:
    """The copies that a query names, by rows of (copy, release, is it shown, does it lead, role)."""
    found = []
    for copy_id, release, shown, leads, role in c.execute(query, values).fetchall():
        copy, filing = records(c, copy_id)
        found.append(
            Candidate(
                release=release, copy_id=copy_id, canonical=bool(shown), leader=bool(leads), role=role, copy=copy,
                filing=filing, fingerprint=fingerprint(c, copy_id),
            )
        )  # fmt: skip
    return found


def members(c: sqlite3.Connection, releases: Iterable[int]) -> list[Candidate]:
    """All copies of these releases."""
    return load(c, _MEMBERS, {"releases": str(sorted(releases))})


_MEMBERS = """
    SELECT c.id, c.release, c.id = r.canonical, c.id = c.leader, coalesce(s.role, 'mixed')
    FROM copies c JOIN releases r ON r.id = c.release LEFT JOIN sources s ON s.id = c.source
    WHERE c.release IN (SELECT value FROM json_each(:releases)) ORDER BY c.id
"""


def records(c: sqlite3.Connection, copy_id: int) -> tuple[Copy, Filing]:
    """What a stored copy says and is filed under."""
    record, filing = c.execute("SELECT record, filing FROM texts WHERE copy = ?", (copy_id,)).fetchone()
    return codec.decode_copy(record), codec.decode_filing(filing)


def fingerprint(c: sqlite3.Connection, copy_id: int) -> Fingerprint:
    return codec.decode_fingerprint(
        c.execute("SELECT fingerprint FROM texts WHERE copy = ?", (copy_id,)).fetchone()[0]
    )
