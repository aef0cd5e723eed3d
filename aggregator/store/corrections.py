"""What subscribers were told of (corrections, withdrawals), and which entries they may drop."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from aggregator.model import Copy, Correction, Tombstone
from aggregator.rendering.phrases import phrases
from aggregator.store.candidates import records
from aggregator.store.database import moment, stamp

MOST_GONE = 50
"""Tombstones of one feed at most."""

# Each reads what it gives, in the order of an index, however much was ever taken back.
_BURIED = """
    SELECT uid, at, heir FROM tombstones g WHERE label = ? AND NOT EXISTS (SELECT 1 FROM releases WHERE uid = g.uid)
    ORDER BY at DESC, uid LIMIT ?"""
_WITHDRAWN = """
    SELECT r.uid, l.withdrawn, '' FROM labels l JOIN releases r ON r.id = l.release
    WHERE l.label = ? AND l.withdrawn != '' ORDER BY l.withdrawn DESC, r.uid LIMIT ?"""
_ALL_WITHDRAWN = """
    SELECT uid, updated, '' FROM releases WHERE status = 'withdrawn' ORDER BY updated DESC, uid LIMIT ?"""


def said(old: Copy, new: Copy) -> tuple[str, ...]:
    """What a correction changed of what was shown. Who corrects somebody else's text has a headline of his own."""
    from aggregator import matching  # not for a poll without news

    if "withdrawal" in old.marks and "withdrawal" not in new.marks:
        mark = old.kicker or str(phrases(old.language)["withdrawn"]).strip("[]")
        return (f"− „{mark}“", *matching.changes(old, new))
    if old.source != new.source:
        old, new = (replace(copy, title="", deck="") for copy in (old, new))
    return matching.changes(old, new)


def is_told(c: sqlite3.Connection, release: int, changes: Collection[str]) -> bool:
    """Whether subscribers know of a correction: a wire repeats what the issuer corrected, and it is no news again.

    One in which nothing differs from the text that is shown says nothing new.
    """
    rows = c.execute(
        "SELECT changes FROM corrections WHERE release = ? AND status = 'corrected'", (release,)
    ).fetchall()
    return bool(rows) and (not changes or any(json.loads(row[0]) == list(changes) for row in rows))


def tell(c: sqlite3.Connection, release: int, at: datetime) -> None:
    """Record what became of a release, with its title and address as they are now."""
    uid, status, changes, canonical = c.execute(
        "SELECT uid, status, changes, canonical FROM releases WHERE id = ?", (release,)
    ).fetchone()
    copy, filing = records(c, canonical)
    authors = json.dumps([m.name for m in filing.issuers], ensure_ascii=False)
    c.execute(
        "INSERT INTO corrections (release, uid, at, status, title, url, language, authors, changes)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        (release, uid, stamp(at), status, copy.title, copy.url, copy.language, authors, changes),
    )


def withdraw(c: sqlite3.Connection, release: int, now: datetime) -> None:
    """A release turns out to be one that was taken back: its notice came before its text, or its entry was another."""
    changed = c.execute(
        "UPDATE releases SET status = 'withdrawn', changes = '[]',"
        " updated = CASE WHEN first_seen < ?1 THEN max(updated, ?1) ELSE updated END"
        " WHERE id = ?2 AND status != 'withdrawn'",
        (stamp(now), release),
    )
    if changed.rowcount:
        tell(c, release, now)


def inherit(c: sqlite3.Connection, release: int, heir: int, now: datetime) -> None:
    """A release becomes part of another one: what was taken back stays taken back under the other's id, and what
    was corrected says there what changed, since its mended text is the one that is shown. That was told already."""
    status, changes, updated = c.execute(
        "SELECT status, changes, updated FROM releases WHERE id = ?", (release,)
    ).fetchone()
    if status == "withdrawn":
        withdraw(c, heir, now)
    elif status == "corrected":
        c.execute(
            "UPDATE releases SET status = 'corrected', changes = ?, updated = max(updated, ?)"
            " WHERE id = ? AND status = 'current'",
            (changes, updated, heir),
        )


def part(c: sqlite3.Connection, old: int, new: int, now: datetime) -> None:
    """A copy of `old` became the release `new`: each is corrected or withdrawn as far as its own copies say so.

    What was taken back by the copy that left is shown again, newer than its tombstone was.
    """
    status, changes = c.execute("SELECT status, changes FROM releases WHERE id = ?", (old,)).fetchone()
    if status == "current":
        return
    if _was_edited(c, new, status) and _says(c, new, status):
        c.execute("UPDATE releases SET status = ?, changes = ? WHERE id = ?", (status, changes, new))
    if _says(c, old, status):
        return
    told = c.execute(
        "SELECT changes FROM corrections WHERE release = ? AND status = 'corrected' ORDER BY id DESC LIMIT 1",
        (old,),
    ).fetchone()
    mended = status == "withdrawn" and told is not None and _says(c, old, "corrected")
    c.execute(
        "UPDATE releases SET updated = CASE status WHEN 'withdrawn' THEN max(updated, ?) ELSE updated END,"
        " status = ?, changes = ? WHERE id = ?",
        (stamp(now), *(("corrected", told[0]) if mended else ("current", "[]")), old),
    )


def _says(c: sqlite3.Connection, release: int, status: str) -> bool:
    """Whether a copy of a release is marked as withdrawn; or corrects it: marked so, as a copy or by its own edit."""
    rows = c.execute("SELECT id, relation FROM copies WHERE release = ?", (release,)).fetchall()
    marks = {mark for row, _ in rows for mark in records(c, row)[0].marks}
    if status == "withdrawn":
        return "withdrawal" in marks
    return "correction" in marks | {relation for _, relation in rows} or _was_edited(c, release, status)


def _was_edited(c: sqlite3.Connection, release: int, status: str) -> bool:
    """Whether a copy of a release came to be corrected or withdrawn by an edit that subscribers heard of."""
    relation = "withdrawal" if status == "withdrawn" else "correction"
    query = "SELECT 1 FROM revisions WHERE release = ? AND relation = ? AND significant LIMIT 1"
    return c.execute(query, (release, relation)).fetchone() is not None


def latest(c: sqlite3.Connection, limit: int) -> list[Correction]:
    """The latest corrections and withdrawals, the newest first."""
    rows = c.execute(
        "SELECT uid, at, status, title, url, language, authors, changes FROM corrections"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [
        Correction(uid=uid, at=moment(at), status=status, title=title, url=url, language=language,
                   authors=tuple(json.loads(authors)), changes=tuple(json.loads(changes)))
        for uid, at, status, title, url, language, authors, changes in rows
    ]  # fmt: skip


def bury(c: sqlite3.Connection, release: int, heir: int, now: datetime) -> None:
    """A release becomes part of another one: its entry may be dropped wherever it stood. Before its labels go."""
    uid = c.execute("SELECT uid FROM releases WHERE id = ?", (release,)).fetchone()[0]
    kept = c.execute("SELECT uid FROM releases WHERE id = ?", (heir,)).fetchone()[0]
    c.execute(
        "INSERT OR IGNORE INTO tombstones (label, at, uid, heir) SELECT label, ?2, ?3, ?4 FROM labels WHERE release = ?1"
        " UNION SELECT 'all', ?2, ?3, ?4",
        (release, stamp(now), uid, kept),
    )
    c.execute("UPDATE corrections SET release = ? WHERE release = ?", (heir, release))


def gone(c: sqlite3.Connection, labels: Collection[str], *, everything: bool) -> list[Tombstone]:
    """The entries of these feeds that may be dropped, the latest first; with `everything` the withdrawn ones of all."""
    found = {
        row
        for label in labels
        for query in (_BURIED, _WITHDRAWN)
        for row in c.execute(query, (label, MOST_GONE))
    }
    if everything:
        found.update(c.execute(_ALL_WITHDRAWN, (MOST_GONE,)))
    stones = [Tombstone(uid, moment(at), heir) for uid, at, heir in sorted(found)]
    return sorted(stones, key=lambda stone: stone.when, reverse=True)[:MOST_GONE]
