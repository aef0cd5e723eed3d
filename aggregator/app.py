"""The wiring: the only clock, the HTTP client, the worker processes, the store's thread and the paths.

    async with App.open(paths, settings) as app:
        reports = await app.poll(settings.sources)
        app.publish()

Everything below gets what it needs as an argument; everything above asks an `App`.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from aggregator import __version__, websub
from aggregator.codec import Packed
from aggregator.errors import AggregatorError
from aggregator.fetch import Fetcher
from aggregator.fetch.robots import Known
from aggregator.ingest import Gatherer, Haul, Report, Trail, is_local, release, settle
from aggregator.model import Document, Learnt, Problem, Source
from aggregator.publish import PublishReport, publish
from aggregator.rendering import ALL, Site
from aggregator.rhythm import Plan
from aggregator.settings import Settings
from aggregator.store import Memory, Rereading, Shelf, Store, View
from aggregator.store.followed import Followed
from aggregator.workers import Workers

T = TypeVar("T")

FOLDER_EVERY = 20.0
"""Seconds between two looks into a folder: it costs nobody anything, and a dropped file should show."""

BATCH = 200
"""Polls settled in one transaction at most."""

REREADINGS = 3
"""Passes of a reprocessing at most: what a pass teaches is used in the next, for the sources it concerns."""

LINGER = 0.05
"""Seconds for which settling waits for more polls to come in: one transaction then serves them all."""

_INSTANCE = uuid.UUID("3b0f2d64-5e0b-58f6-9d8e-6f3cf4c1f0aa")


def clock() -> datetime:
    """The time. The one place of the house that asks for it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Paths:
    """The three folders, three truths."""

    config: Path
    data: Path
    feeds: Path


def site(settings: Settings, instance: str = "") -> Site:
    """The settings that rendering needs."""
    from aggregator.topics.kinds import KINDS

    return Site(
        title=settings.title,
        base_url=settings.base_url,
        language=settings.language,
        author=settings.author or settings.title,
        entries=settings.feed_entries,
        max_bytes=settings.feed_max_bytes,
        topics={t.id: t for t in settings.topics},
        kinds={
            kind: titles[1 if settings.language.startswith("de") else 0] for kind, titles in KINDS.items()
        },
        instance=instance,
    )


def view(settings: Settings) -> View:
    """The settings that choose what of a release its feeds show."""
    own = {f"company/{c.id}": (c.series, c.languages) for c in settings.companies}
    own |= {f"topic/{t.id}": (t.series, t.languages) for t in settings.topics}
    return View(
        settings.languages,
        settings.series,
        settings.series_days,
        feeds={label: series for label, (series, _) in own.items() if series},
        read_in={label: languages for label, (_, languages) in own.items() if languages is not None},
    )


def workers(settings: Settings) -> Workers:
    """Processes that read with these settings' companies and topics: one a processor, within reason."""
    return Workers(settings.companies, settings.topics, max(1, min(os.cpu_count() or 1, 4)))


def every(settings: Settings, source: Source) -> float:
    """Seconds between two polls of a source."""
    if source.every is not None:
        return source.every
    return FOLDER_EVERY if is_local(source) else settings.every


def plan(settings: Settings, source: Source, proven: bool = False) -> Plan:
    """What the settings say of when a source is polled; less often where a hub has `proven` to tell of changes."""
    return Plan(
        every=websub.stretch(every(settings, source), proven and source.every is None),
        least=settings.every_least,
        most=settings.every_most,
        fixed=source.every is not None or is_local(source),
        cron=source.cron,
        hours=source.hours,
        timezone=source.timezone,
    )


@dataclass(slots=True)
class Batch:
    """Documents at hand, with the source that they belong to."""

    source: Source
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _NotMeant(Exception):  # noqa: N818 - no error: takes a dry run's changes back
    pass


class App:
    """One opened data folder at work. Make it with `App.open`."""

    def __init__(
        self, paths: Paths, settings: Settings, store: Store, fetcher: Fetcher, threads: ThreadPoolExecutor
    ) -> None:
        self.paths, self.settings, self.store, self.fetcher = paths, settings, store, fetcher
        self._thread = threads
        self._stopped = threading.Event()
        self.workers = workers(settings)

    @classmethod
    @asynccontextmanager
    async def open(cls, paths: Paths, settings: Settings) -> AsyncIterator[App]:
        """Open the store (creating it at the first time) and the HTTP client; close both at the end.

        The caller holds the data folder's lock (`store.lock.hold`).
        """
        thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        store = Store(paths.data)
        try:
            async with fetcher(settings) as client:
                app = cls(paths, settings, store, client, thread)
                client.robots.recall = app._robots
                await app.in_store(app._sync)
                try:
                    yield app
                finally:
                    app.stop()
                    app.workers.close()
        finally:
            thread.shutdown(wait=True)
            store.close()

    def stop(self) -> None:
        """Break off what is being settled, since the program ends; it is polled again next time."""
        self._stopped.set()

    async def in_store(self, work: Callable[[], T]) -> T:
        """Run something in the one thread that owns the store."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _sync(self) -> None:
        kinds = site(self.settings).kinds
        self.store.releases.kinds = {f"kind/{kind}": title for kind, title in kinds.items()}
        sources = [(s, every(self.settings, s)) for s in self.settings.sources]
        german = self.settings.language.startswith("de")
        titles = {ALL: "Alle Mitteilungen" if german else "All releases", **self.store.releases.kinds}
        self.store.sync(sources, self.settings.companies, self.settings.topics, clock(), titles)
        if not self.store.note("filed_with"):
            self._remember_words()
        with self.store.settling():
            self.store.prune_polls(clock())

    async def reconfigure(self, settings: Settings) -> None:
        """Go on with other settings; polls that are under way end with the old ones."""
        before, self.settings = self.settings, settings
        try:
            await self.in_store(self._sync)
        except BaseException:
            self.settings = before
            raise
        self.workers.retire()
        self.workers = workers(settings)

    # -- the way in ----------------------------------------------------------------------------------

    async def poll(
        self,
        sources: Sequence[Source],
        *,
        settle_seconds: float = 2.0,
        backfill: int = 0,
        pushed: Mapping[str, Sequence[Document]] | None = None,
        on_reports: Callable[[list[Report]], object] | None = None,
    ) -> list[Report]:
        """Poll sources, all at once; of their lists also so many further pages (`backfill`).

        Reports come as they are settled: a slow source delays no other. `pushed` is what hubs sent, by source: it is
        read in place of the list.

        Raises `StoreError` when nothing can be stored; what was gathered is then asked for again.
        """
        now = clock()
        known = await self.in_store(lambda: {s.id: self.store.memory(s.id, now) for s in sources})
        hauls: asyncio.Queue[Haul | None] = asyncio.Queue()
        reports: list[Report] = []
        with self.workers.busy() as busy:
            gatherer = Gatherer(
                self.fetcher, busy, clock, self._recall, self._pages, settle_seconds, trail=self._trail
            )
            sent = pushed or {}
            tasks = [
                asyncio.create_task(_gather(gatherer, s, known[s.id], hauls, backfill, sent.get(s.id, ())))
                for s in sources
            ]
            try:
                waiting = len(tasks)
                while waiting:
                    came = await _several(hauls, waiting)
                    waiting -= len(came)
                    settled = await self._settle([haul for haul in came if haul is not None])
                    reports += settled
                    if on_reports is not None:
                        on_reports(settled)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        return reports

    async def _recall(self, source: str) -> tuple[Mapping[str, bytes], Learnt]:
        return await self.in_store(lambda: (self.store.digests(source), self.store.learnt(source)))

    async def _pages(self, source: str, urls: Sequence[str]) -> Mapping[str, Followed]:
        return await self.in_store(lambda: self.store.followed(source, urls))

    async def _trail(self, source: str) -> Trail:
        return await self.in_store(
            lambda: Trail(Shelf(self.store.db.conn).addresses(source), self.store.last_success(source))
        )

    async def _robots(self, origin: str) -> Known | None:
        known = await self.in_store(lambda: self.store.robots(origin))
        return Known(**known) if known else None

    async def ingest(self, batches: Sequence[Batch]) -> list[Report]:
        """Read, decide and store documents that are at hand already."""
        reports: list[Report] = []
        gatherer = Gatherer(self.fetcher, self.workers, clock, self._recall, self._pages)
        for batch in batches:
            haul = await gatherer.take(batch.source, batch.documents)
            haul.harvest.problems = [*batch.problems, *haul.harvest.problems]
            reports += await self._settle([haul])
        return reports

    async def _settle(self, hauls: list[Haul]) -> list[Report]:
        allowed = [asdict(known) for known in self.fetcher.robots.learnt()]

        def work() -> list[Report]:
            proven = self.store.subscriptions.proven(clock())
            reports = settle(
                self.store, hauls, lambda s: plan(self.settings, s, s.id in proven), self._stopped
            )
            if allowed:
                with self.store.settling():
                    self.store.remember_robots(allowed)
            return reports

        return await self.in_store(work)

    async def release(self, source: Source, *, drop: bool = False) -> Report:
        """Publish what of a source is held back, read with today's rules; or drop it for good."""
        learnt = await self.in_store(partial(self.store.learnt, source.id))
        waiting = await self.in_store(lambda: Shelf(self.store.db.conn).held(source.id))
        read: list[tuple[int, Packed]] = []
        if not drop:
            with self.workers.busy() as busy:
                read = await busy.again([(h.row, h.draft) for h in waiting], source, learnt)
        return await self.in_store(
            lambda: release(self.store, source, waiting, dict(read), clock(), drop=drop)
        )

    async def reprocess(self, *, since: str = "", dry_run: bool = False) -> list[Rereading]:
        """Read stored drafts again with today's rules, companies and topics. Ids and matches stay.

        `since` is ``YYYY-MM-DD``: only copies of that day or later. With `dry_run` nothing is kept.
        """
        sources = {s.id: s for s in await self.in_store(self.store.known_sources)}
        sources |= {s.id: s for s in self.settings.sources}
        found: list[Rereading] = []
        knew: dict[str, Learnt] = {}
        for _ in range(REREADINGS):
            for source in sources.values():
                learnt = await self.in_store(partial(self.store.learnt, source.id))
                if learnt != knew.get(source.id):
                    found += await self._reread_source(source, learnt, since, dry_run)
                    knew[source.id] = learnt
        if not dry_run and not since:
            await self.in_store(self._remember_words)
        return found

    async def _reread_source(
        self, source: Source, learnt: Learnt, since: str, dry_run: bool
    ) -> list[Rereading]:
        found: list[Rereading] = []
        after = 0
        with self.workers.busy() as busy:
            while drafts := await self.in_store(partial(self.store.drafts, source.id, since, after, 400)):
                after = drafts[-1][0]
                digests = {row: digest for row, _, digest in drafts}
                read = await busy.again([(row, draft) for row, draft, _ in drafts], source, learnt)
                items = [(row, item, digests[row]) for row, item in read]
                found += await self.in_store(partial(self._reread, items, dry_run))
        return found

    def _reread(self, items: list[tuple[int, Packed, bytes]], dry_run: bool) -> list[Rereading]:
        found: list[Rereading] = []
        with suppress(_NotMeant), self.store.settling():
            for row, item, digest in items:
                if (different := self.store.releases.reread(row, item, digest)) is not None:
                    found.append(different)
            if dry_run:
                raise _NotMeant
        return found

    def words_changed(self) -> bool:
        """Whether releases were read with other companies, topics and kept lines than are configured now."""
        said = self.store.note("filed_with")
        return bool(said) and said != self._words()

    def _words(self) -> str:
        # What their feeds show of a release is no word that it is found by.
        said: tuple[object, ...] = tuple(
            tuple(replace(one, series=None, languages=None) for one in those)
            for those in (self.settings.companies, self.settings.topics)
        )
        if kept := [(s.id, s.keep) for s in self.settings.sources if s.keep]:
            said = (*said, kept)
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _remember_words(self) -> None:
        with self.store.settling():
            self.store.set_note("filed_with", self._words())

    def mend_times(self) -> None:
        """Poll on time after the clock was put back. Runs in the store's thread (`in_store`)."""
        with self.store.settling():
            self.store.mend_times(clock())

    def counts(self) -> tuple[int, int]:
        """Releases and feeds there are. Runs in the store's thread (`in_store`)."""
        shelf = Shelf(self.store.db.conn)
        return shelf.totals()["releases"], len([f for f in shelf.feeds() if f.count])

    # -- the way out ---------------------------------------------------------------------------------

    def publish(self, *, everything: bool = False) -> PublishReport:
        """Write the feeds that changed, or all of them. Runs in the store's thread (`in_store`)."""
        said = self._published_with()
        if said != self.store.note("published_with"):
            everything = True
            with self.store.settling():
                self.store.forget_entries()
        labels = None if everything or self.feeds_missing() else self.store.dirty()
        events = str(Shelf(self.store.db.conn).latest_event())
        if labels is not None and not labels and events == self.store.note("published_events"):
            return PublishReport()
        with self.store.trouble():
            report = publish(
                Shelf(self.store.db.conn, view(self.settings)), self.paths.feeds, self._site(), labels=labels
            )
        with self.store.settling():
            self.store.published(labels)
            self.store.set_note("published_with", said)
            self.store.set_note("published_events", events)
        return report

    def feeds_missing(self) -> bool:
        """Whether nothing is published, or what was is gone."""
        return not (self.paths.feeds / "index.html").exists()

    def _site(self) -> Site:
        instance = self.store.note("instance")
        if not instance:
            # From the address at the first start, then stored: a later move keeps the feeds' ids.
            instance = str(uuid.uuid5(_INSTANCE, self.settings.base_url))
            with self.store.settling():
                self.store.set_note("instance", instance)
        return site(self.settings, instance)

    def _published_with(self) -> str:
        """Changes when feeds have to be written anew although no release changed."""
        said = repr((__version__, site(self.settings), view(self.settings)))
        return hashlib.sha256(said.encode()).hexdigest()


async def _gather(
    gatherer: Gatherer,
    source: Source,
    memory: Memory,
    hauls: asyncio.Queue[Haul | None],
    backfill: int,
    pushed: Sequence[Document],
) -> None:
    """Put a source's haul into the queue; None where gathering was cancelled, so that nobody waits."""
    haul = None
    try:
        haul = await gatherer.gather(source, memory, backfill, pushed)
    finally:
        hauls.put_nowait(haul)


async def _several(queue: asyncio.Queue[Haul | None], most: int) -> list[Haul | None]:
    """At least one haul, and those that come within `LINGER` seconds of it."""
    hauls = [await queue.get()]
    if most > 1:
        await asyncio.sleep(LINGER)
    while len(hauls) < BATCH and not queue.empty():
        hauls.append(queue.get_nowait())
    return hauls


def fetcher(settings: Settings) -> Fetcher:
    """The HTTP client of these settings.

    Raises `AggregatorError` where the guard of private addresses would not hold on this machine.
    """
    from aggregator.fetch import guard

    if broken := guard.self_test():
        raise AggregatorError(
            "nothing is fetched, since private addresses are not told from public ones here: "
            + "; ".join(broken)
        )
    return Fetcher(
        user_agent=settings.user_agent,
        clock=clock,
        concurrency=settings.concurrency,
        per_host=settings.per_host,
        pace=settings.pace,
        deadline=settings.deadline,
        max_body=settings.max_bytes,
    )
