"""The service: one ticking job over the due times in the database, and the web server beside it.

APScheduler carries three jobs; it never holds one per source. When each source is due stands in
SQLite, so that a restart neither forgets a source nor polls all at once.
"""

from __future__ import annotations

import asyncio
import logging
import math
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC
from functools import partial
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from aggregator.app import App, clock
from aggregator.errors import AggregatorError, ConfigError
from aggregator.ingest import Report
from aggregator.model import Document, Source
from aggregator.orders import carry_out
from aggregator.publish import PublishReport
from aggregator.settings import Settings, load
from aggregator.store import orders as ledger
from aggregator.subscriber import Subscriber

log = logging.getLogger(__name__)

TICK = 1
"""Seconds between two looks at what is due."""

HOLD = 60
"""Seconds without polling after nothing could be stored."""

BACK = 60
"""Seconds by which the clock may be put back without anybody taking note."""
SUBSCRIBE = 15
"""Seconds between two looks at the subscriptions that something is to be done about."""

MOST_PUSHED = 4
"""Documents of one source that wait to be read; at that many its feed is asked for, which has them all."""

GRACE = 4.0
"""Seconds that polls under way get to end after SIGTERM; what is not settled by then is polled again."""

JOB_DEFAULTS = {
    "misfire_grace_time": None,  # the default of one second drops jobs that are late
    "coalesce": True,
    "max_instances": 1,
}


class Service:
    """Polls what is due and publishes what changed, until told to stop."""

    def __init__(
        self,
        app: App,
        on_reports: Callable[[list[Report]], object],
        on_publish: Callable[[], object],
        tell: Callable[[str], object],
        subscriber: Subscriber | None = None,
    ) -> None:
        self._app = app
        self._subscriber = subscriber
        if subscriber is not None:
            subscriber.on_push = self.pushed
        self._pushed: dict[str, list[Document]] = {}
        self._on_reports, self._on_publish, self._tell = on_reports, on_publish, tell
        self._polling: set[str] = set()
        self._asked = Counter[str]()
        """Sources that commands wait for: the schedule leaves them to these."""
        self._passes: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._refiling = asyncio.Lock()
        self._reloading = asyncio.Lock()
        self._held_until = 0.0
        self._ahead = -math.inf
        self._publishing = asyncio.Lock()
        self._config_stamp = self._stamp()
        self._stop = asyncio.Event()
        self.config_error = ""
        """Why a changed configuration is not in use."""

    async def run(self, beside: Callable[[asyncio.Event], Awaitable[None]] | None = None) -> None:
        """Work until SIGTERM or SIGINT. `beside` (the web server) runs meanwhile and ends with it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)
        scheduler.add_job(self.tick, "interval", seconds=TICK, next_run_time=clock())
        scheduler.add_job(self.reload, "interval", seconds=5)
        scheduler.add_job(self.obey, "interval", seconds=TICK)
        scheduler.add_job(self._tidy, "interval", hours=24)
        if self._subscriber is not None:
            scheduler.add_job(self._subscriber.tend, "interval", seconds=SUBSCRIBE)
        await self._app.in_store(self._begin_anew)
        scheduler.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                if beside is not None:
                    tasks.create_task(_run(beside, self._stop))
                publisher = tasks.create_task(self._publisher())
                refiling = tasks.create_task(self._refile())
                await self._stop.wait()
                publisher.cancel()
                refiling.cancel()
        finally:
            # APScheduler's own shutdown cancels what runs; we let polls end, within reason.
            scheduler.pause()
            await self._drain()
            scheduler.shutdown(wait=False)
            if self._changed.is_set():
                await self.publish()

    async def tick(self) -> None:
        """Start a pass over the sources that are due and not being polled."""
        if asyncio.get_running_loop().time() < self._held_until:
            return
        await self._watch_clock()
        due = await self._app.in_store(lambda: self._app.store.due(clock()))
        sources = {s.id: s for s in self._app.settings.sources}
        pending = dict.fromkeys([*self._pushed, *due])
        taken = self._polling | (+self._asked).keys()
        ready = [sources[i] for i in pending if i in sources and i not in taken]
        if ready:
            self._polling |= {s.id for s in ready}
            task = asyncio.create_task(self._pass(ready, self._taken(ready)))
            self._passes.add(task)
            task.add_done_callback(self._passes.discard)

    async def _watch_clock(self) -> None:
        """Where the clock on the wall was put back, nothing would be due until it has caught up."""
        ahead = clock().timestamp() - asyncio.get_running_loop().time()
        if ahead < self._ahead - BACK:
            log.warning("the clock was put back by %d s", self._ahead - ahead)
            await self._app.in_store(self._app.mend_times)
        self._ahead = ahead

    def pushed(self, source: str, document: Document) -> None:
        """A hub sent what is new of a source: read soon. Where much comes at once, the source is asked instead."""
        waiting = self._pushed.setdefault(source, [])
        if len(waiting) < MOST_PUSHED:
            waiting.append(document)

    def _taken(self, sources: list[Source]) -> dict[str, list[Document]]:
        """What was pushed of these sources; of those of which too much was, nothing: their feeds are asked."""
        taken = {s.id: self._pushed.pop(s.id) for s in sources if s.id in self._pushed}
        known = {s.id for s in self._app.settings.sources}
        self._pushed = {i: d for i, d in self._pushed.items() if i in known}
        return {source: d if len(d) < MOST_PUSHED else [] for source, d in taken.items()}

    async def _pass(self, sources: list[Source], pushed: Mapping[str, list[Document]]) -> None:
        unread = dict(pushed)

        def settled(reports: list[Report]) -> None:
            for report in reports:
                if unread.pop(report.source, None) and report.outcome == "failed":
                    self._pushed.setdefault(report.source, [])  # nothing of it is stored: its feed is asked

        try:
            await self._poll(sources, settled, pushed=pushed)
        except AggregatorError as error:
            # A full disk, say. Nothing could be stored, so every source is due at once: without a
            # pause they would be fetched in full every second.
            self._held_until = asyncio.get_running_loop().time() + HOLD
            log.error("poll: %s; polling again in %d s", error, HOLD)
            for source, documents in unread.items():  # a hub sends nothing twice that was taken
                self._pushed[source] = [*documents, *self._pushed.get(source, [])][:MOST_PUSHED]

    async def _poll(
        self, sources: Sequence[Source], settled: Callable[[list[Report]], object], **how: Any
    ) -> list[Report]:
        """Poll sources that nobody polls at the moment. Each is free again once it is settled, and may be taken by
        another pass while this one goes on: so at its end only those are freed that it still has."""
        left = {s.id for s in sources}
        self._polling |= left

        def tell(reports: list[Report]) -> None:
            done = {r.source for r in reports}
            self._polling.difference_update(done)
            left.difference_update(done)
            settled(reports)
            self._on_reports(reports)
            if any(r.changed for r in reports):
                self._changed.set()

        try:
            return await self._app.poll(sources, on_reports=tell, **how)
        finally:
            self._polling -= left

    # -- what commands ask of the service --------------------------------------------------------------

    async def obey(self) -> None:
        """Take up what commands left word of (`store.orders`), each as a task of its own: some take minutes."""
        try:
            taken = await self._app.in_store(self._take_up)
        except AggregatorError as error:
            log.error("orders: %s", error)
            return
        for number, order in taken:
            task = asyncio.create_task(self._obey(number, order))
            self._passes.add(task)
            task.add_done_callback(self._passes.discard)

    def _take_up(self) -> list[tuple[int, dict[str, Any]]]:
        store = self._app.store
        if not ledger.waiting(store.db.conn):
            return []
        with store.settling():
            return ledger.begin(store.db.conn, clock())

    def _begin_anew(self) -> None:
        with self._app.store.settling():
            ledger.begin_anew(self._app.store.db.conn)

    async def _obey(self, number: int, order: dict[str, Any]) -> None:
        """Carry out one order with the configuration as it is now, publish, and write down what came of it. That
        nothing could be published is an error for whoever asked, as it is without a service."""
        try:
            await self.reload()
            result = await carry_out(self._app, order, self._poll_now)
            result["published"] = asdict(await self._publish(everything=order["do"] == "publish"))
        except AggregatorError as error:
            result = {"error": str(error), "code": error.exit_code}
        except Exception as error:
            log.exception("an order failed")  # a bug: loud, and whoever waits is told
            result = {"error": f"internal: {type(error).__name__}: {error}", "code": 1}

        def note() -> None:
            with self._app.store.settling():
                ledger.done(self._app.store.db.conn, number, result, clock())

        try:
            await self._app.in_store(note)
        except AggregatorError as error:
            log.error("orders: %s", error)

    async def _poll_now(self, sources: Sequence[Source], backfill: int) -> list[Report]:
        """Poll as somebody asked: at once, and those that are being polled once that has ended."""
        reports, waiting = list[Report](), list(sources)
        self._asked.update(s.id for s in waiting)
        try:
            while waiting:
                free = [s for s in waiting if s.id not in self._polling]
                if not free:
                    await asyncio.sleep(TICK / 5)
                    continue
                waiting = [s for s in waiting if s not in free]
                self._asked.subtract(s.id for s in free)
                reports += await self._poll(free, lambda _: None, settle_seconds=0.0, backfill=backfill)
        finally:
            self._asked.subtract(s.id for s in waiting)
        return reports

    # -- the way out -------------------------------------------------------------------------------------

    async def _publisher(self) -> None:
        """Publish when something changed: soon, and once for all that comes in together."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            await self.publish()
            await asyncio.sleep(TICK)

    async def publish(self) -> None:
        """Write what changed. A failure is told and tried again with the next."""
        try:
            await self._publish()
        except AggregatorError as error:
            log.error("publish: %s", error)

    async def _publish(self, *, everything: bool = False) -> PublishReport:
        """Write what changed, or all; one at a time."""
        async with self._publishing:
            report = await self._app.in_store(partial(self._app.publish, everything=everything))
            self._on_publish()
            return report

    async def reload(self) -> None:
        """Take over a changed configuration. One with a mistake is told of, and the old one stays."""
        async with self._reloading:
            await self._reload()

    async def _reload(self) -> None:
        if self._app.feeds_missing():
            await self.publish()  # somebody deleted them: they are a projection, and come back
        stamp = self._stamp()
        if stamp == self._config_stamp:
            return
        try:
            settings = load(self._app.paths.config)
            kept = _needs_restart(self._app.settings, settings)
            await self._app.reconfigure(settings)
        except ConfigError as error:
            self._config_stamp, self.config_error = stamp, str(error)
            self._tell(f"the changed configuration is not in use:\n{error}")
            return
        except AggregatorError as error:
            log.error("the changed configuration is not in use yet: %s", error)
            return  # a full disk, say: tried again
        self._config_stamp, self.config_error = stamp, ""
        if kept:
            self._tell(f"these settings take effect at the next start: {', '.join(kept)}")
        self._tell("the changed configuration is in use")
        await self.publish()
        await self._refile()

    async def _refile(self) -> None:
        """File what is stored by changed companies and topics, as one would expect of a rule."""
        async with self._refiling:
            try:
                if not await self._app.in_store(self._app.words_changed):
                    return
                found = await self._app.reprocess()
            except AggregatorError as error:
                log.error("filing by the changed companies and topics: %s", error)
                return
        self._tell(f"companies, topics or kept lines changed: {len(found)} stored texts were filed anew")
        self._changed.set()

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        files = sorted(self._app.paths.config.glob("*.toml"))
        return tuple((f.name, s.st_mtime_ns, s.st_size) for f in files if (s := f.stat()))

    async def _tidy(self) -> None:
        def prune() -> None:
            with self._app.store.settling():
                self._app.store.prune_polls(clock())

        await self._app.in_store(prune)

    async def _drain(self) -> None:
        if self._passes:
            _, late = await asyncio.wait(self._passes, timeout=GRACE)
            if late:
                self._app.stop()
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _run(beside: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    try:
        await beside(stop)
    finally:
        stop.set()  # a service without its web server ends


def _needs_restart(before: Settings, after: Settings) -> list[str]:
    """Settings of the HTTP client that differ: it is made once."""
    names = ("contact", "concurrency", "per_host", "pace", "deadline", "max_bytes")
    return [name for name in names if getattr(before, name) != getattr(after, name)]
