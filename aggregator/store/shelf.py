"""The reader: releases, feeds and history, for the way out and for the command line."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aggregator import codec, websub
from aggregator.errors import UsageError
from aggregator.health import Told
from aggregator.model import (
    Candidate,
    Copy,
    Correction,
    Document,
    Evidence,
    FeedInfo,
    Filing,
    Label,
    Release,
    Tombstone,
)
from aggregator.rendering import Written
from aggregator.store import (
    arrivals,
    bodies,
    corrections,
    database,
    health,
    held,
    learning,
    moves,
    refused,
    reviews,
    robots,
    showing,
)
from aggregator.store.candidates import records
from aggregator.store.database import moment, stamp, transaction
from aggregator.store.feeds import ALL
from aggregator.store.reviews import Decided
from aggregator.store.view import ORIGINALS, View
from aggregator.store.websub import Subscriptions
from aggregator.text import canonical_url

TOTALS = ("releases", "copies", "revisions", "reviews")
"""What `Shelf.totals` counts."""


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


# Keys are told apart by source, so they are looked up in each source that there is.
_FIND = """
    WITH RECURSIVE owners (source) AS (
        SELECT min(source) FROM copies
        UNION ALL SELECT (SELECT min(source) FROM copies WHERE source > owners.source) FROM owners WHERE source IS NOT NULL
    )
    SELECT id FROM releases WHERE uid >= :uid AND uid < :uid || char(0x10FFFF)
    UNION SELECT g.release FROM gone g JOIN releases r ON r.id = g.release WHERE g.uid >= :uid
        AND g.uid < :uid || char(0x10FFFF) AND NOT EXISTS (SELECT 1 FROM releases WHERE uid = g.uid)
    UNION SELECT release FROM copies WHERE url = :said AND url != ''
    UNION SELECT c.release FROM owners CROSS JOIN copies c ON c.source = owners.source AND c.key = :said
"""


@dataclass(frozen=True, slots=True)
class StoredText:
    """One copy of a source with the draft that it was read from."""

    copy_id: int
    key: str
    url: str
    title: str
    published: str | None
    draft: bytes
    copy: Copy
    filing: Filing

    def parts(self) -> dict[str, Any]:
        """What `sources test` compares."""
        from aggregator.records import issuer, when

        return {
            "title": self.copy.title, "published": when(self.copy.published),
            "issuer": (issuer(self.filing) or {}).get("name"), "labels": list(self.filing.labels),
            "body": self.copy.body, "language": self.copy.language,
        }  # fmt: skip


class Shelf:
    """A view of the store."""

    def __init__(self, connection: sqlite3.Connection, view: View = ORIGINALS) -> None:
        self._c, self._view = connection, view

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Open the database of a data folder for reading. Raises `StoreError` where there is none."""
        return cls(database.open_database(folder, write=False).conn)

    @classmethod
    def open_if_any(cls, folder: Path) -> Shelf | None:
        """The same, and None where nothing was stored yet. Raises `StoreError` where a database is gone."""
        return cls.open(folder) if database.present(folder) else None

    def close(self) -> None:
        self._c.close()

    # -- feeds ---------------------------------------------------------------------------------------

    def feeds(self) -> list[FeedInfo]:
        """Every label that ever had a feed. A feed once published stays, so that no address dies."""
        held = {
            label: (count, latest)
            for label, count, latest in self._c.execute(
                "SELECT label, count(*), max(published) FROM labels GROUP BY label"
            )
        }
        held[ALL] = self._c.execute("SELECT count(*), coalesce(max(published), '') FROM releases").fetchone()
        rows = self._c.execute(
            "SELECT label, title, subtitle, minted_at, configured, alias_of FROM feeds ORDER BY label"
        )
        found = []
        for label, title, subtitle, minted, configured, alias_of in rows:
            parts = [held.get(name, (0, "")) for name in (label, alias_of)]
            count, latest = sum(p[0] for p in parts), max(p[1] for p in parts)
            found.append(
                FeedInfo(label=Label(label), title=title, subtitle=subtitle, count=count, minted_at=moment(minted),
                         newest=moment(latest) if latest else None, listed=not alias_of and bool(configured or count))
            )  # fmt: skip
        return found

    def latest(self, label: str, limit: int) -> list[int]:
        """Rows of a label's newest releases by date of publication, newest first, series as its feed shows them."""
        return showing.latest(self._c, label, limit, self._view)

    def corrections(self, limit: int) -> list[Correction]:
        """The latest corrections and withdrawals, the newest first."""
        return corrections.latest(self._c, limit)

    def gone(self, label: str) -> list[Tombstone]:
        """The entries of a feed that its readers may drop, the latest first."""
        return corrections.gone(self._c, showing.names_of(self._c, label), everything=label == ALL)

    def written(self, rows: Sequence[int], label: str) -> dict[int, Written]:
        """Entries of a feed kept from an earlier pass, of releases that have not changed since. Feeds that prefer
        the same languages share them."""
        found = self._c.execute(
            "SELECT release, id, title, updated, data, note FROM entries"
            " WHERE languages = ? AND release IN (SELECT value FROM json_each(?))",
            (" ".join(self._preferred(label)), str(list(rows))),
        )
        return {
            row: Written(uid, title, moment(updated), data, note)
            for row, uid, title, updated, data, note in found
        }

    def keep(self, written: Mapping[int, Written], label: str) -> None:
        """Keep a feed's entries for later passes. For publishing, which has the store's own connection."""
        if not written:
            return
        said = " ".join(self._preferred(label))
        values = [(row, said, w.id, w.title, stamp(w.updated), w.data, w.note) for row, w in written.items()]
        with transaction(self._c):
            self._c.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?,?,?,?)", values)

    def releases(self, rows: Sequence[int], label: str = ALL) -> list[Release]:
        """Releases by row, in the order given, in the languages that the feed of this label prefers."""
        return showing.releases(self._c, rows, self._view, self._preferred(label))

    def _preferred(self, label: str) -> tuple[str, ...]:
        return (
            self._view.preferred(*showing.names_of(self._c, label))
            if self._view.read_in
            else self._view.languages
        )

    # -- one release ---------------------------------------------------------------------------------

    def find(self, reference: str) -> int:
        """Row of a release by number, Atom id or the beginning of one, or the URL or key of a copy. The id of an
        entry that became part of another one gives that one.

        Raises `UsageError` when nothing or more than one release answers to it.
        """
        reference = reference.strip()
        if reference.isdecimal():
            number = int(reference) if len(reference) < 19 else 0  # longer ones are no number of a row
            rows = self._c.execute("SELECT id FROM releases WHERE id = ?", (number,)).fetchall()
        else:
            uid = reference if reference.startswith("urn:uuid:") else f"urn:uuid:{reference}"
            named = uid if len(reference) >= 4 else "-"
            rows = self._c.execute(_FIND, {"uid": _text(named), "said": _text(reference)}).fetchall()
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

    def labels(self, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """What each of these releases is filed under, by row."""
        found: dict[int, list[str]] = {row: [] for row in rows}
        query = "SELECT release, label FROM labels WHERE release IN (SELECT value FROM json_each(?)) ORDER BY label"
        for release, label in self._c.execute(query, (json.dumps(list(rows)),)):
            found[release].append(label)
        return {row: tuple(labels) for row, labels in found.items()}

    def series(self, uid: str) -> list[int]:
        """The releases of a series, the newest first; none where `uid` is empty."""
        query = "SELECT id FROM releases WHERE series = ? AND series != '' ORDER BY published DESC, id DESC"
        return [row for (row,) in self._c.execute(query, (uid,))]

    def reviews(self, release: int) -> list[int]:
        """Releases that look alike and were kept apart."""
        return reviews.of(self._c, release)

    # -- lists ---------------------------------------------------------------------------------------

    def rows(
        self, *, labels: Sequence[str] = (), since: str = "", source: str = "", limit: int = 0
    ) -> list[int]:
        """Rows of the releases that have all these labels, newest first.

        `since` is ``YYYY-MM-DD``; a limit of 0 means all.
        """
        table, row = ("labels l", "l.release") if labels else ("releases l", "l.id")
        wanted, values = ["l.published >= ?"], [since]
        if labels:  # the first one is read in its own order, the others are looked up
            wanted.append("l.label = ?")
            values.append(labels[0])
        for label in labels[1:]:
            wanted.append(f"EXISTS (SELECT 1 FROM labels WHERE release = {row} AND label = ?)")  # noqa: S608 - ours
            values.append(label)
        if source:
            wanted.append(f"EXISTS (SELECT 1 FROM copies WHERE release = {row} AND source = ?)")  # noqa: S608 - ours
            values.append(source)
        query = (
            f"SELECT {row} FROM {table} WHERE {' AND '.join(wanted)}"  # noqa: S608 - ours
            f" ORDER BY l.published DESC, {row} DESC LIMIT ?"
        )
        most = min(limit, sys.maxsize) or -1
        return [r[0] for r in self._c.execute(query, (*values, most))]

    def sources(self) -> list[dict[str, Any]]:
        """The state of every source that was ever polled or configured, with its counts: `copies`, and what is
        `refused` now by reason; its `health` (empty where it was never assessed) with `since`, `evidence` and
        what its list `usual`ly gives; and where it went, as `moves.Move.told` names it."""
        cursor = self._c.execute("""
            SELECT s.id, s.title, s.url, s.adapter, s.role, s.every, s.active, s.next_due, s.last_polled, s.last_success,
                   s.last_new, s.failures, s.reason, s.detail, coalesce(r.why, '') AS schedule,
                   (SELECT count(*) FROM copies c WHERE c.source = s.id) AS copies
            FROM sources s LEFT JOIN rhythm r ON r.source = s.id ORDER BY s.id""")
        names = [d[0] for d in cursor.description]
        found, gone, well = refused.counts(self._c), moves.load(self._c), health.states(self._c)
        unknown = {"health": "", "since": None, "evidence": "", "usual": ""}
        return [
            dict(zip(names, row, strict=True))
            | {"refused": found.get(row[0], {})}
            | gone.get(row[0], moves.NOWHERE).told()
            | well.get(row[0], unknown)
            for row in cursor.fetchall()
        ]

    def roles(self) -> dict[str, tuple[str, str]]:
        """The role and the title of every source."""
        rows = self._c.execute("SELECT id, role, title FROM sources")
        return {id: (role, title) for id, role, title in rows}

    def uncertain(self) -> list[tuple[int, int, datetime]]:
        """Pairs of copies that look alike and were kept apart, and when they were found, the latest first."""
        return reviews.uncertain(self._c)

    def decided(self) -> list[Decided]:
        """What the operator decided himself, the latest first."""
        return reviews.decided(self._c)

    def candidate(self, copy: int) -> Candidate:
        """A stored copy as it is compared."""
        return reviews.candidate(self._c, copy)

    def overview(self) -> list[dict[str, Any]]:
        """The polled sources with their states, fit for everybody's eyes."""
        return health.overview(self._c)

    def addresses(self, source: str, limit: int = 500) -> list[str]:
        """Addresses of the latest texts of a source."""
        rows = self._c.execute(
            "SELECT url FROM copies WHERE source = ? AND url != '' ORDER BY id DESC LIMIT ?", (source, limit)
        )
        return [row[0] for row in rows]

    def sources_of(self, urls: Collection[str]) -> dict[str, int]:
        """How many of these addresses each source gave a text of, by source; for a handful of them."""
        query = """
            SELECT source, count(*) FROM (
                SELECT source, url FROM copies WHERE url != '' AND url IN (SELECT value FROM json_each(?))
                UNION
                SELECT source, url FROM copies
                WHERE canonical_url != '' AND canonical_url IN (SELECT value FROM json_each(?))
            ) GROUP BY source"""
        same = [canonical_url(url) for url in urls]
        return dict(self._c.execute(query, (json.dumps(list(urls)), json.dumps(same))).fetchall())

    def headlines(self, source: str, limit: int = 500) -> list[str]:
        """Titles of the latest texts of a source."""
        rows = self._c.execute(
            "SELECT title FROM copies WHERE source = ? ORDER BY id DESC LIMIT ?", (source, limit)
        )
        return [row[0] for row in rows]

    def held(self, source: str) -> list[held.Held]:
        """What of a source is held back, in the order in which it came."""
        return held.waiting(self._c, source)

    def events(self, limit: int) -> list[Told]:
        """The latest changes of the sources' states, the newest first."""
        return health.events(self._c, limit)

    def latest_event(self) -> int:
        """Number of the last change of state; 0 where there was none."""
        return health.latest_event(self._c)

    def refused(self, source: str, limit: int = 100) -> list[dict[str, Any]]:
        """What of a source is refused now, as ``{"where","reason","detail","at"}``, the latest first."""
        return refused.of(self._c, source, limit)

    def bodies(self, source: str) -> list[Document]:
        """The kept documents of a source that are lists."""
        return bodies.of(self._c, source)

    def stored_texts(self, source: str, limit: int) -> list[StoredText]:
        """A source's copies with their drafts, the latest first."""
        rows = self._c.execute(
            "SELECT c.id, c.key, c.url, c.title, c.published, t.draft, t.record, t.filing"
            " FROM copies c JOIN texts t ON t.copy = c.id WHERE c.source = ? ORDER BY c.id DESC LIMIT ?",
            (source, limit),
        )
        return [
            StoredText(row, key, url, title, published, draft,
                       codec.decode_copy(record), codec.decode_filing(filing))
            for row, key, url, title, published, draft, record, filing in rows
        ]  # fmt: skip

    def gaps(self, source: str) -> list[dict[str, Any]]:
        """Where its list overran between two polls, as ``{"since","at","size","pages","closed"}``, the latest first."""
        return arrivals.gaps(self._c, source)

    def hub(self, source: str) -> str:
        """What stands between us and the hubs of a source, in words; empty where it names none."""
        return "; ".join(map(websub.told, Subscriptions(self._c).of(source)))

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

    def robots(self, origin: str) -> dict[str, Any] | None:
        """What an origin's robots.txt said last, by the names of `fetch.robots.Known`."""
        return robots.load(self._c, origin)

    def repeated_lines(self, source: str) -> list[learning.RepeatedLine]:
        """The lines that are left out of a source's texts."""
        return learning.repeated_lines(self._c, source)

    def boilerplates(self, company: str) -> list[list[learning.Version]]:
        """A company's learnt boilerplates, each as its versions, the oldest first."""
        return learning.boilerplates(self._c, company)

    def totals(self) -> dict[str, int]:
        """Numbers of releases, copies, revisions and open reviews."""
        row = self._c.execute(
            "SELECT (SELECT count(*) FROM releases), (SELECT count(*) FROM copies), (SELECT count(*) FROM revisions)"
        ).fetchone()
        return dict(zip(TOTALS, (*row, reviews.waiting(self._c)), strict=True))


def _text(said: str) -> str:
    """A word of the command line as text: what is no UTF-8 there is nowhere in the store."""
    return said.encode("utf-8", "backslashreplace").decode()
