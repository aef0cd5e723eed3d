"""Releases that look alike and were kept apart: what an operator should look at."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from aggregator.model import Candidate
from aggregator.store.candidates import fingerprint, records
from aggregator.store.database import moment

# Of two releases one pair is enough: the one that was found last.
_UNCERTAIN = """
    SELECT a.id, b.id, max(v.at) FROM reviews v
    JOIN copies a ON a.id = v.copy JOIN copies b ON b.id = v.other
    WHERE a.release != b.release AND NOT EXISTS (SELECT 1 FROM overrules o WHERE o.verdict = 'never' AND (
        (o.source_a = a.source AND o.key_a = a.key AND o.source_b = b.source AND o.key_b = b.key)
        OR (o.source_a = b.source AND o.key_a = b.key AND o.source_b = a.source AND o.key_b = a.key)))
    GROUP BY min(a.release, b.release), max(a.release, b.release) ORDER BY max(v.at) DESC, a.id, b.id"""


def uncertain(c: sqlite3.Connection) -> list[tuple[int, int, datetime]]:
    """Pairs of copies that are not one release and were not judged by the operator, and when they were found."""
    return [(one, other, moment(at)) for one, other, at in c.execute(_UNCERTAIN).fetchall()]


def of(c: sqlite3.Connection, release: int) -> list[int]:
    """The releases that look like this one."""
    halves = (
        f"SELECT o.release FROM copies m JOIN reviews v ON v.{mine} = m.id JOIN copies o ON o.id = v.{other}"  # noqa: S608 - columns are ours
        " WHERE m.release = :release AND o.release != :release"
        for mine, other in (("copy", "other"), ("other", "copy"))
    )
    return [r[0] for r in c.execute(" UNION ".join(halves), {"release": release})]


def candidate(c: sqlite3.Connection, copy: int) -> Candidate:
    """A stored copy as it is compared."""
    release, canonical = c.execute(
        "SELECT r.id, r.canonical FROM copies c JOIN releases r ON r.id = c.release WHERE c.id = ?", (copy,)
    ).fetchone()
    text, filing = records(c, copy)
    return Candidate(release=release, copy_id=copy, canonical=canonical == copy, copy=text, filing=filing,
                     fingerprint=fingerprint(c, copy))  # fmt: skip
