"""The reader: releases, feeds and history, for the way out and for the command line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aggregator.errors import UsageError
from aggregator.model import Copy, Evidence, FeedInfo, Filing, Label, Release, Sighting
from aggregator.rendering import Written
from aggregator.store import database
from aggregator.store.candidates import records
from aggregator.store.database import moment, stamp, transaction
from aggregator.store.feeds import ALL


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded verdict."""

    at: datetime
    copy: int
    relation: str
    candidate: int | None
    evidence: tuple[Evidence, ...]
    decided_by: str


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """One copy with what the store knows of it beyond its text."""

    row: int
    copy: Copy
    filing: Filing
    relation: str
    canonical: bool
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    at: datetime
    relation: str
    significant: bool
    changes: tuple[str, ...]
    title: str


class Shelf:
    """A view of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._c = connection

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Open the database of a data folder for reading. Raises `StoreError` where there is none."""
        return cls(database.open_database(folder, write=False).conn)

    def close(self) -> None:
        self._c.close()

    # -- feeds ---------------------------------------------------------------------------------------

    def feeds(self) -> list[FeedInfo]:
        """Every label that has a feed: all, the configured ones, and those with a release."""
        rows = self._c.execute("""
            SELECT f.label, f.title, f.subtitle, f.minted_at, f.configured, f.alias_of, count(l.release), max(l.published)
            FROM feeds f LEFT JOIN labels l ON l.label IN (f.label, f.alias_of) GROUP BY f.label ORDER BY f.label
        """).fetchall()
        total, newest = self._c.execute("SELECT count(*), max(published) FROM releases").fetchone()
        found = []
        for label, title, subtitle, minted, configured, alias_of, count, latest in rows:
            if label == ALL:
                count, latest = total, newest
            if configured or count:
                found.append(
                    FeedInfo(label=Label(label), title=title, subtitle=subtitle, count=count,
                             minted_at=moment(minted), newest=moment(latest) if latest else None, alias=bool(alias_of))
                )  # fmt: skip
        return found

    def latest(self, label: str, limit: int) -> list[int]:
        """Rows of a label's newest releases by date of publication, newest first."""
        if label == ALL:
            query, values = "SELECT id FROM releases ORDER BY published DESC, id DESC LIMIT ?", (limit,)
            return [r[0] for r in self._c.execute(query, values)]
        rows = self._c.execute(
            "SELECT DISTINCT release FROM labels WHERE label = ?1"
            " OR label = (SELECT nullif(alias_of, '') FROM feeds WHERE label = ?1)"
            " ORDER BY published DESC, release DESC LIMIT ?2",
            (label, limit),
        )
        return [r[0] for r in rows]

    def written(self, rows: Sequence[int]) -> dict[int, Written]:
        """Entries kept from an earlier pass, of releases that have not changed since."""
        found = self._c.execute(
            "SELECT release, id, title, updated, data, note FROM entries WHERE release IN (SELECT value FROM json_each(?))",
            (str(list(rows)),),
        )
        return {
            row: Written(uid, title, moment(updated), data, note)
            for row, uid, title, updated, data, note in found
        }

    def keep(self, written: Mapping[int, Written]) -> None:
        """Keep entries for later passes. For publishing, which has the store's own connection."""
        if not written:
            return
        values = [(row, w.id, w.title, stamp(w.updated), w.data, w.note) for row, w in written.items()]
        with transaction(self._c):
            self._c.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?,?,?)", values)

    def releases(self, rows: Sequence[int]) -> list[Release]:
        """Releases by row, in the order given."""
        found = {release.row: release for release in self._load(rows)} if rows else {}
        return [found[row] for row in rows]

    def _load(self, rows: Sequence[int]) -> Iterator[Release]:
        wanted = json.dumps(list(rows))
        sightings = self._sightings(wanted)
        query = """
            SELECT r.id, r.uid, r.first_seen, r.published, r.updated, r.status, r.changes, r.series, r.canonical,
                   c.source, coalesce(s.title, ''), coalesce(s.url, ''), coalesce(s.content, 'full')
            FROM releases r JOIN copies c ON c.id = r.canonical LEFT JOIN sources s ON s.id = c.source
            WHERE r.id IN (SELECT value FROM json_each(?))"""
        for row in self._c.execute(query, (wanted,)).fetchall():
            copy, filing = records(self._c, row[8])
            yield Release(
                row=row[0], uid=row[1], first_seen=moment(row[2]), published=moment(row[3]), updated=moment(row[4]),
                status=row[5], changes=tuple(json.loads(row[6])), series=row[7], copy=copy, filing=filing,
                source_title=row[10] or row[9], source_url=row[11], content=row[12], sightings=tuple(sightings[row[0]]),
            )  # fmt: skip

    def _sightings(self, wanted: str) -> dict[int, list[Sighting]]:
        found: dict[int, list[Sighting]] = {}
        query = """
            SELECT c.release, c.url, c.source, coalesce(nullif(s.title, ''), c.source), c.title, c.language,
                   c.relation, c.published
            FROM copies c JOIN releases r ON r.id = c.release LEFT JOIN sources s ON s.id = c.source
            WHERE c.release IN (SELECT value FROM json_each(?)) ORDER BY c.release, c.id != r.canonical, c.id"""
        for release, url, source, shown, title, language, relation, published in self._c.execute(
            query, (wanted,)
        ):
            found.setdefault(release, []).append(
                Sighting(url=url, source=source, source_title=shown, title=title, language=language,
                         relation=relation, published=moment(published) if published else None)
            )  # fmt: skip
        return found

    # -- one release ---------------------------------------------------------------------------------

    def find(self, reference: str) -> int:
        """Row of a release by number, Atom id or the beginning of one, or the URL or key of a copy.

        Raises `UsageError` when nothing or more than one release answers to it.
        """
        reference = reference.strip()
        if reference.isdecimal():
            rows = self._c.execute("SELECT id FROM releases WHERE id = ?", (int(reference),)).fetchall()
        else:
            uid = reference if reference.startswith("urn:uuid:") else f"urn:uuid:{reference}"
            rows = self._c.execute(
                "SELECT id FROM releases WHERE substr(uid, 1, length(?1)) = ?1"
                " UNION SELECT release FROM copies WHERE url = ?2 OR key = ?2",
                (uid if len(reference) >= 4 else "-", reference),
            ).fetchall()
        if len(rows) == 1:
            return int(rows[0][0])
        what = "no release" if not rows else f"{len(rows)} releases"
        raise UsageError(f"{what} found for {reference!r}; `aggregator releases list` shows their numbers")

    def copies(self, release: int) -> list[StoredCopy]:
        """All copies of a release, the shown one first."""
        rows = self._c.execute(
            "SELECT c.id, c.relation, c.id = r.canonical, c.first_seen FROM copies c JOIN releases r ON r.id = c.release"
            " WHERE c.release = ? ORDER BY c.id != r.canonical, c.id",
            (release,),
        ).fetchall()
        return [
            StoredCopy(row, *records(self._c, row), rel, bool(shown), moment(seen))
            for row, rel, shown, seen in rows
        ]

    def decisions(self, copy: int) -> list[Decision]:
        rows = self._c.execute(
            "SELECT at, copy, relation, candidate, evidence, decided_by FROM decisions WHERE copy = ? ORDER BY id",
            (copy,),
        )
        return [
            Decision(
                moment(at), row, relation, candidate, tuple(Evidence(*e) for e in json.loads(evidence)), by
            )
            for at, row, relation, candidate, evidence, by in rows
        ]

    def revisions(self, release: int) -> list[Revision]:
        rows = self._c.execute(
            "SELECT at, relation, significant, changes, json_extract(record, '$.title') FROM revisions"
            " WHERE release = ? ORDER BY id", (release,),
        )  # fmt: skip
        return [
            Revision(moment(a), rel, bool(s), tuple(json.loads(ch)), title or "")
            for a, rel, s, ch, title in rows
        ]

    def labels(self, release: int) -> tuple[str, ...]:
        rows = self._c.execute("SELECT label FROM labels WHERE release = ? ORDER BY label", (release,))
        return tuple(r[0] for r in rows)

    def reviews(self, release: int) -> list[int]:
        """Releases that look alike and were kept apart."""
        rows = self._c.execute(
            "SELECT DISTINCT other.release FROM reviews v JOIN copies mine ON mine.id IN (v.copy, v.other)"
            " JOIN copies other ON other.id IN (v.copy, v.other) AND other.release != mine.release"
            " WHERE mine.release = ?", (release,),
        )  # fmt: skip
        return [r[0] for r in rows]

    # -- lists ---------------------------------------------------------------------------------------

    def rows(self, *, label: str = "", since: str = "", source: str = "", limit: int = -1) -> list[int]:
        """Rows of releases, newest first. `since` is ``YYYY-MM-DD``; a negative limit means all."""
        query = """
            SELECT r.id FROM releases r
            WHERE (:label = '' OR EXISTS (SELECT 1 FROM labels l WHERE l.release = r.id AND l.label = :label))
              AND (:source = '' OR EXISTS (SELECT 1 FROM copies c WHERE c.release = r.id AND c.source = :source))
              AND r.published >= :since
            ORDER BY r.published DESC, r.id DESC LIMIT :limit"""
        values = {"label": label, "since": since, "source": source, "limit": limit}
        return [r[0] for r in self._c.execute(query, values)]

    def sources(self) -> list[dict[str, Any]]:
        """The state of every source that was ever polled or configured, with its counts."""
        cursor = self._c.execute("""
            SELECT s.id, s.title, s.url, s.adapter, s.role, s.every, s.active, s.next_due, s.last_polled, s.last_success,
                   s.last_new, s.failures, s.reason, s.detail,
                   (SELECT count(*) FROM copies c WHERE c.source = s.id) AS copies
            FROM sources s ORDER BY s.id""")
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def polls(self, source: str = "", limit: int = 10) -> list[dict[str, Any]]:
        """The last polls that had something to say, newest first."""
        rows = self._c.execute(
            "SELECT source, at, seconds, outcome, counts, problems FROM polls WHERE ?1 IN ('', source)"
            " ORDER BY id DESC LIMIT ?2", (source, limit),
        )  # fmt: skip
        return [
            {"source": s, "at": at, "seconds": sec, "outcome": out, "counts": json.loads(counts),
             "problems": [{"reason": r, "detail": d, "where": w} for r, d, w in json.loads(problems)]}
            for s, at, sec, out, counts, problems in rows
        ]  # fmt: skip

    def totals(self) -> dict[str, int]:
        """Numbers of releases, copies, revisions and open reviews."""
        row = self._c.execute(
            "SELECT (SELECT count(*) FROM releases), (SELECT count(*) FROM copies),"
            " (SELECT count(*) FROM revisions), (SELECT count(*) FROM reviews)"
        ).fetchone()
        return dict(zip(("releases", "copies", "revisions", "reviews"), row, strict=True))
