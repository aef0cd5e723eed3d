"""Releases that look alike and were kept apart: what an operator should look at."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from aggregator.errors import UsageError
from aggregator.model import Candidate
from aggregator.store.candidates import fingerprint, records
from aggregator.store.database import moment


class Decided(NamedTuple):
    """A judgement: ``same`` or ``never``, of two copies, by number."""

    verdict: str
    at: datetime
    one: int
    other: int


# Whether the operator keeps copies of two releases apart: those that come later are not asked about again.
_PARTED = """EXISTS (
        SELECT 1 FROM copies x JOIN overrules o ON o.source_a = x.source AND o.key_a = x.key
        JOIN copies y ON y.source = o.source_b AND y.key = o.key_b
        WHERE o.verdict = 'never' AND x.release IN ({0}, {1}) AND y.release IN ({0}, {1}) AND x.release != y.release)"""
# Pairs of copies stay when their releases become one, so that they are there when that is undone.
# Of two releases one pair is enough: the one that was found last.
_UNCERTAIN = f"""
    SELECT a.id, b.id, max(v.at) FROM reviews v JOIN copies a ON a.id = v.copy JOIN copies b ON b.id = v.other
    WHERE a.release != b.release AND NOT {_PARTED.format("a.release", "b.release")}
    GROUP BY min(a.release, b.release), max(a.release, b.release) ORDER BY max(v.at) DESC, a.id, b.id"""  # noqa: S608 - ours
_OF = " UNION ".join(
    f"SELECT o.release FROM copies m JOIN reviews v ON v.{mine} = m.id JOIN copies o ON o.id = v.{other}"  # noqa: S608 - ours
    f" WHERE m.release = :me AND o.release != :me AND NOT {_PARTED.format(':me', 'o.release')}"
    for mine, other in (("copy", "other"), ("other", "copy"))
)


def uncertain(c: sqlite3.Connection) -> list[tuple[int, int, datetime]]:
    """Pairs of copies that are not one release and were not judged by the operator, and when they were found."""
    return [(one, other, moment(at)) for one, other, at in c.execute(_UNCERTAIN).fetchall()]


def decided(c: sqlite3.Connection) -> list[Decided]:
    """What the operator decided himself and what holds now, the latest first. One command judges many pairs of
    copies, of which one is told."""
    query = (
        "SELECT o.verdict, o.at, a.id, a.release, b.id, b.release FROM overrules o"
        " JOIN copies a ON a.source = o.source_a AND a.key = o.key_a"
        " JOIN copies b ON b.source = o.source_b AND b.key = o.key_b ORDER BY o.at DESC, a.id, b.id"
    )
    found: dict[tuple[object, ...], Decided] = {}
    for verdict, at, one, mine, other, theirs in c.execute(query):
        key = (verdict, at, frozenset((mine, theirs)))
        found.setdefault(key, Decided(verdict, moment(at), one, other))
    return list(found.values())


def waiting(c: sqlite3.Connection) -> int:
    """How many pairs of releases wait for the operator: as many as `uncertain` lists."""
    return int(c.execute(f"SELECT count(*) FROM ({_UNCERTAIN})").fetchone()[0])  # noqa: S608 - ours


def of(c: sqlite3.Connection, release: int) -> list[int]:
    """The releases that look like this one and that the operator has not judged."""
    return [row[0] for row in c.execute(_OF, {"me": release})]


def candidate(c: sqlite3.Connection, copy: int) -> Candidate:
    """A stored copy as it is compared. Raises `UsageError` where there is none of that number."""
    row = c.execute(
        "SELECT r.id, r.canonical FROM copies c JOIN releases r ON r.id = c.release WHERE c.id = ?", (copy,)
    ).fetchone()
    if row is None:
        raise UsageError(f"no copy {copy}; `aggregator releases show ID` shows the numbers of its copies")
    release, canonical = row
    text, filing = records(c, copy)
    return Candidate(release=release, copy_id=copy, canonical=canonical == copy, copy=text, filing=filing,
                     fingerprint=fingerprint(c, copy))  # fmt: skip
