"""The writer: what was fetched, what was decided, what became of it.

Every method that writes expects an open `settling()` transaction. Verdicts come from `matching`; the
store only carries them out. It reads no clock: `now` is an argument.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aggregator import codec
from aggregator.codec import Packed
from aggregator.errors import StoreError
from aggregator.model import (
    Candidate,
    Company,
    Document,
    Label,
    Learnt,
    Problem,
    Source,
    SourceRole,
    Topic,
    Verdict,
)
from aggregator.store import bodies, candidates, database, followed, health, held, moves, refused, robots
from aggregator.store.arranging import Arranging
from aggregator.store.arrivals import Arrivals
from aggregator.store.database import moment, stamp
from aggregator.store.feeds import FeedRegistry
from aggregator.store.followed import Followed
from aggregator.store.learning import Learning
from aggregator.store.moves import NOWHERE, Move
from aggregator.store.overrules import Overrules
from aggregator.store.releases import Releases
from aggregator.store.websub import Subscriptions


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of a document from its last fetch."""

    etag: str
    last_modified: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Memory:
    """What the store knows of a source before it is polled."""

    documents: Mapping[str, DocumentState]
    """Its lists, feeds and files, by document key."""
    due: Sequence[Followed] = ()
    """Pages that its lists led to and that are to be asked for now, and the parts of its list."""
    move: Move = NOWHERE
    """Where it has moved to."""
    listed: frozenset[bytes] = frozenset()
    """What its list showed last, as `arrivals.key_hash` has it."""


_INSERT_SOURCE = """
    INSERT OR IGNORE INTO sources (id, title, url, adapter, role, content, every, active, settings, next_due)
    VALUES (:id, :title, :url, :adapter, :role, :content, :every, :active, :settings, :now)"""
_UPDATE_SOURCE = """
    UPDATE sources SET title = :title, url = :url, adapter = :adapter, role = :role, content = :content,
        next_due = CASE WHEN every = :every THEN next_due ELSE min(next_due, :now) END,
        every = :every, active = :active, settings = :settings
    WHERE id = :id"""


def _source_values(source: Source, every: float, active: bool, now: datetime) -> dict[str, object]:
    return {
        "id": source.id, "title": source.title, "url": source.url, "adapter": source.adapter, "role": source.role,
        "content": source.content, "every": every, "active": active, "now": stamp(now),
        "settings": codec.encode_source(source),
    }  # fmt: skip


def _read_as(settings: str) -> tuple[object, ...]:
    """What decides which items a source gives, and which of their texts."""
    if not settings:
        return ()
    source = codec.decode_source(settings)
    return source.url, source.adapter, source.recipe, source.allow, source.skip, source.follow


_TOLERANCE, _FURTHEST = timedelta(minutes=1), timedelta(days=34)
"""How far ahead a stored time of a poll may be, and when the next poll is at most: once a month, by cron."""


def _times(source: Source) -> tuple[str, str, str]:
    """Of a source, what says when it is polled; its interval stands in a column of its own."""
    return source.cron, source.hours, source.timezone


class Store:
    """One connection that writes. Use from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.db = database.open_database(folder, write=True)
        self._c = self.db.conn
        self.feeds = FeedRegistry(self._c)
        self.learning = Learning(self._c)
        self.releases = Releases(self._c, self.feeds, self.learning)
        self.overrules = Overrules(self._c, self.releases)
        self.arrivals = Arrivals(self._c)
        self.subscriptions = Subscriptions(self._c)
        self.arranging = Arranging(self._c, self.releases, self.overrules)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def settling(self) -> Iterator[None]:
        """One write transaction. Everything of a batch of polls, validators included, or nothing."""
        try:
            with self.trouble(), database.transaction(self._c):
                yield
                self.feeds.flush()
                self.learning.flush()
        finally:
            self.feeds.forget()
            self.learning.forget()

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """A full disk or a lock held for too long becomes a `StoreError` with the remedy."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self._folder}: {error}; {database.remedy(error)}") from error

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of a settling (a poll, an item) that can fail without the others."""
        with database.savepoint(self._c):
            yield

    # -- what the operator wants, mirrored so that the database explains itself ---------------------

    def sync(
        self,
        sources: Sequence[tuple[Source, float]],
        companies: Sequence[Company],
        topics: Sequence[Topic],
        now: datetime,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Take over the configuration: sources with their interval in seconds, names of feeds."""
        with self.settling():
            self._sync_sources(sources, now)
            self.feeds.sync(companies, topics, titles or {}, now)

    def _sync_sources(self, sources: Sequence[tuple[Source, float]], now: datetime) -> None:
        query = "SELECT id, url, adapter, title, content, settings FROM sources"
        known = {row[0]: row[1:] for row in self._c.execute(query)}
        ids = json.dumps([s.id for s, _ in sources])
        self._c.execute(
            "UPDATE sources SET active = 0 WHERE active = 1 AND id NOT IN (SELECT value FROM json_each(?))",
            (ids,),
        )
        for source, every in sources:
            values = _source_values(source, every, not source.paused, now)
            if source.id not in known:
                self._c.execute(_INSERT_SOURCE, values)
                continue
            url, adapter, title, content, settings = known[source.id]
            if url != source.url:
                moves.forget(self._c, source.id)
            elif settings != values["settings"]:
                moves.unretire(self._c, source.id)
            if settings != values["settings"] and _times(codec.decode_source(settings)) != _times(source):
                self._c.execute("UPDATE sources SET next_due = min(next_due, :now) WHERE id = :id", values)
            if (url, adapter) != (source.url, source.adapter):  # a mended address is tried now
                self._c.execute("UPDATE sources SET next_due = :now, failures = 0 WHERE id = :id", values)
            if settings != values["settings"] and _read_as(settings) != _read_as(str(values["settings"])):
                self._read_anew(source, url)
            if (title, content) != (source.title, source.content):  # entries say both
                self.releases.rewrite_source(source.id)
            self._c.execute(_UPDATE_SOURCE, values)
        self.mend_times(now)

    def _read_anew(self, source: Source, before: str) -> None:
        """What a source's list gave, and its server's word that it is what it was, say nothing of what it gives now."""
        health.forget(self._c, source.id)
        self.arrivals.forget_listed(source.id)
        if "://" in source.url:  # a folder's files are looked for when it is polled
            refused.forget(self._c, source.id, self.refused_documents(source.id))
        if source.url.startswith(("http://", "https://")):  # mails and files stay read
            self.forget_documents(source.id, {before, source.url})
            followed.drop_parts(self._c, source.id, ())
            if before != source.url:
                bodies.forget(self._c, source.id)

    def mend_times(self, now: datetime) -> None:
        """A clock that was once ahead must not keep a source waiting: what was polled later than `now`, or is due
        later than any schedule has it, is due within its interval, each source at a time of its own."""
        rows = self._c.execute(
            "SELECT id, every, coalesce(last_polled, '') FROM sources WHERE last_polled > ?1 OR next_due > ?2"
            " OR (last_polled IS NULL AND next_due > ?3)",
            [stamp(now + late) for late in (_TOLERANCE, _FURTHEST, timedelta(days=1.1))],
        ).fetchall()
        for id, every, polled in rows:
            spread = zlib.crc32(id.encode()) / 2**32 * min(every, 3600) if polled else 0
            self._c.execute(
                "UPDATE sources SET next_due = min(next_due, ?), last_polled = min(last_polled, ?) WHERE id = ?",
                (stamp(now + timedelta(seconds=spread)), stamp(now), id),
            )

    def due(self, now: datetime, limit: int = 1000) -> list[str]:
        """Ids of the active sources that are due and not gone, the longest waiting first."""
        rows = self._c.execute(
            "SELECT id FROM sources s WHERE active = 1 AND next_due <= ?"
            " AND NOT EXISTS (SELECT 1 FROM moves WHERE source = s.id AND retired_at != '')"
            " ORDER BY next_due LIMIT ?",
            (stamp(now), limit),
        )
        return [row[0] for row in rows]

    # -- what a poll needs to know -------------------------------------------------------------------

    def documents(self, source: str) -> dict[str, DocumentState]:
        """Validators and digests of a source's documents, by document key."""
        rows = self._c.execute(
            "SELECT key, etag, last_modified, digest FROM documents WHERE source = ?", (source,)
        )
        return {key: DocumentState(etag, modified, digest) for key, etag, modified, digest in rows}

    def memory(self, source: str, now: datetime, most: int = 200) -> Memory:
        """What a poll of a source begins with; of the pages that wait at most so many."""
        move = moves.load(self._c, source).get(source, NOWHERE)
        waiting = followed.due(self._c, source, now, most)
        return Memory(self.documents(source), waiting, move, self.arrivals.listed(source) or frozenset())

    def followed(self, source: str, urls: Iterable[str]) -> dict[str, Followed]:
        """What is known of these pages of a source, by address."""
        return followed.of(self._c, source, urls)

    def digests(self, source: str, limit: int = 2000) -> dict[str, bytes]:
        """Digest of each of a source's latest drafts, by item key: equal needs no reading."""
        rows = self._c.execute(
            "SELECT key, draft_digest FROM copies WHERE source = ? ORDER BY id DESC LIMIT ?", (source, limit)
        )
        return dict(rows.fetchall()) | held.digests(self._c, source)

    def learnt(self, source: str) -> Learnt:
        """What the stored releases teach about the next texts of a source."""
        return self.learning.of(source)

    def known_sources(self) -> list[Source]:
        """Every source that ever gave a copy, as it was last configured or ingested."""
        return [codec.decode_source(row[0]) for row in self._c.execute("SELECT settings FROM sources")]

    def drafts(self, source: str, since: str, after: int, limit: int) -> list[tuple[int, bytes, bytes]]:
        """Stored drafts of a source beyond the copy `after`, as (copy, draft, digest of the draft).

        `since` is ``YYYY-MM-DD`` or empty.
        """
        rows = self._c.execute(
            "SELECT c.id, t.draft, c.draft_digest FROM copies c JOIN texts t ON t.copy = c.id"
            " WHERE c.source = ? AND c.id > ? AND coalesce(c.published, c.first_seen) >= ? ORDER BY c.id LIMIT ?",
            (source, after, since, limit),
        )
        return rows.fetchall()

    def next_due(self, source: str) -> datetime | None:
        """When a source is polled next; None for one that is not known."""
        row = self._c.execute("SELECT next_due FROM sources WHERE id = ?", (source,)).fetchone()
        return moment(row[0]) if row else None

    def failures(self, source: str) -> int:
        row = self._c.execute("SELECT failures FROM sources WHERE id = ?", (source,)).fetchone()
        return row[0] if row else 0

    def last_success(self, source: str) -> datetime | None:
        """When a source was last polled without a failure."""
        row = self._c.execute("SELECT last_success FROM sources WHERE id = ?", (source,)).fetchone()
        return database.moment(row[0]) if row and row[0] else None

    def introduce(self, source: Source, now: datetime) -> None:
        """Know a source that is in no configuration (texts read by hand) by what it was ingested as."""
        self._c.execute(_INSERT_SOURCE, _source_values(source, 0, False, now))

    def is_read_otherwise(self, source: Source) -> bool:
        """Whether a source was configured to be read in another way since this poll of it began."""
        row = self._c.execute("SELECT settings FROM sources WHERE id = ?", (source.id,)).fetchone()
        own = codec.encode_source(source)
        return row is not None and row[0] != own and _read_as(row[0]) != _read_as(own)

    # -- settling ------------------------------------------------------------------------------------

    def candidates(self, item: Packed) -> list[Candidate]:
        return candidates.find(self._c, item)

    def apply(self, item: Packed, verdict: Verdict, now: datetime, by: str = "rules") -> frozenset[str]:
        """Carry a verdict out. Returns the labels whose feeds it changes."""
        owners = self.arranging.shown(verdict.again) if verdict.again else {}
        labels = self.releases.apply(item, verdict, now, by)
        if owners:
            labels |= self.arranging.arrange(item.source, item.key, owners, now)
        return labels | self.arranging.gather(item.source, item.key, verdict)

    def is_alone(self, source: str, key: str) -> bool:
        """Whether a copy is the only one of its release."""
        query = "SELECT count(*) FROM copies WHERE release = (SELECT release FROM copies WHERE source = ? AND key = ?)"
        return int(self._c.execute(query, (source, key)).fetchone()[0]) == 1

    def role(self, source: str) -> SourceRole:
        """What kind of place a source is."""
        row = self._c.execute("SELECT role FROM sources WHERE id = ?", (source,)).fetchone()
        return row[0] if row else "mixed"

    def remember_documents(
        self, source: str, documents: Iterable[tuple[str, str, DocumentState]], now: datetime
    ) -> None:
        """Save validators: rows of (key, url, state). Only in the transaction of what they vouch for."""
        self._c.executemany(
            "INSERT OR REPLACE INTO documents (source, key, url, etag, last_modified, digest, fetched_at)"
            " VALUES (?,?,?,?,?,?,?)",
            [(source, k, url, s.etag, s.last_modified, s.digest, stamp(now)) for k, url, s in documents],
        )

    def remember_pages(
        self, source: str, pages: Iterable[Followed], parts: Collection[str] | None = None
    ) -> None:
        """Save what is known of followed pages; `parts` are those that the list, read anew, is made of."""
        if parts is not None:
            followed.drop_parts(self._c, source, parts)
        followed.save(self._c, source, pages)

    def keep_bodies(self, source: str, documents: Iterable[Document]) -> None:
        """Keep the bytes of lists for `sources test`."""
        bodies.save(self._c, source, documents)

    def remember_move(self, source: str, move: Move) -> None:
        """Keep where a source has moved to, or that it is gone."""
        moves.save(self._c, source, move)

    def retired(self) -> set[str]:
        """The sources that are gone and not polled any more."""
        return moves.retired(self._c)

    def robots(self, origin: str) -> dict[str, Any] | None:
        """What an origin's robots.txt said last, by the names of `fetch.robots.Known`."""
        return robots.load(self._c, origin)

    def remember_robots(self, found: Iterable[Mapping[str, Any]]) -> None:
        """Keep what robots.txt files said."""
        robots.save(self._c, found)

    def forget_documents(self, source: str, keys: Collection[str]) -> None:
        """Drop validators, so that these documents are asked for again in full."""
        self._c.executemany("DELETE FROM documents WHERE source = ? AND key = ?", [(source, k) for k in keys])

    def note_refused(
        self, source: str, read: Collection[str], found: Iterable[refused.Refused], now: datetime
    ) -> None:
        """Remember what the documents that were `read` are refused for now: (key of the document, problem)."""
        refused.replace(self._c, source, read, found, stamp(now))

    def refused_documents(self, source: str) -> set[str]:
        """Keys of the documents of a source of which something is refused."""
        return refused.documents(self._c, source)

    def forget_refused(self, source: str, keys: Collection[str]) -> None:
        """Refused documents that are gone count no more."""
        refused.forget(self._c, source, keys)

    def record_poll(
        self,
        source: str,
        *,
        at: datetime,
        seconds: float,
        outcome: str,
        counts: Mapping[str, int],
        problems: Sequence[Problem],
        next_due: datetime | None,
    ) -> None:
        """What a poll gave, and when the next one is due. ``outcome``: ok, unchanged or failed.

        Without `next_due` (texts read by hand, or pushed by a hub) the source's schedule and state stay as they are.
        """
        if next_due is not None:
            news = any(counts.get(relation) for relation in ("new", "update", "series"))
            self._reschedule(source, at, outcome == "failed", news, problems, next_due)
        if outcome == "unchanged" and not problems:
            return  # nothing happened: the source's own row says when
        self._c.execute(
            "INSERT INTO polls (source, at, seconds, outcome, counts, problems) VALUES (?,?,?,?,?,?)",
            (source, stamp(at), round(seconds, 3), outcome, json.dumps(dict(counts)),
             json.dumps([[p.reason, p.detail[:500], p.where[:500]] for p in problems[:50]], ensure_ascii=False)),
        )  # fmt: skip

    def _reschedule(
        self,
        source: str,
        at: datetime,
        failed: bool,
        news: bool,
        problems: Sequence[Problem],
        next_due: datetime,
    ) -> None:
        first = problems[0] if problems else Problem("", "")
        self._c.execute(
            "UPDATE sources SET next_due=:due, last_polled=:at,"
            " last_success = CASE WHEN :failed THEN last_success ELSE :at END,"
            " last_new = CASE WHEN :news THEN :at ELSE last_new END,"
            " failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END, reason=:reason, detail=:detail WHERE id=:id",
            {"due": stamp(next_due), "at": stamp(at), "failed": failed, "news": news,
             "reason": first.reason if failed else "", "detail": first.detail[:2000] if failed else "", "id": source},
        )  # fmt: skip

    def note_new(self, source: str, now: datetime) -> None:
        """A hub sent something new of a source; whether it can be polled, that does not say."""
        self._c.execute("UPDATE sources SET last_new = ? WHERE id = ?", (stamp(now), source))

    def prune_polls(self, now: datetime, keep: timedelta = timedelta(days=90)) -> None:
        self._c.execute("DELETE FROM polls WHERE at < ?", (stamp(now - keep),))
        robots.prune(self._c, now)

    def note(self, name: str) -> str:
        """A value remembered under a name; empty when there is none."""
        row = self._c.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_note(self, name: str, value: str) -> None:
        self._c.execute("INSERT OR REPLACE INTO notes (name, value) VALUES (?,?)", (name, value))

    # -- publishing ----------------------------------------------------------------------------------

    def dirty(self) -> frozenset[Label]:
        """Labels whose feeds are older than what they show."""
        return frozenset(Label(r[0]) for r in self._c.execute("SELECT label FROM feeds WHERE dirty = 1"))

    def published(self, labels: Collection[str] | None) -> None:
        """Mark feeds as being up to date; None means all."""
        if labels is None:
            self._c.execute("UPDATE feeds SET dirty = 0 WHERE dirty = 1")
        else:
            self._c.executemany("UPDATE feeds SET dirty = 0 WHERE label = ?", [(label,) for label in labels])

    def forget_entries(self) -> None:
        """Drop every written entry: they were written for another site or by another version."""
        self._c.execute("DELETE FROM entries")
