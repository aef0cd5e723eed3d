"""A thousand sources of which a hundred never answer: how late are the healthy ones polled?

    ./run bench hanging [--sources N] [--hanging N] [--every SECONDS] [--minutes M]

The service's own ticking runs over a real store, real worker processes and real sockets: every source has a
loopback host of its own, a hanging one accepts the connection and says nothing, in the middle of a document and not of its
robots.txt, which is the longer wait. Each source is polled every minute here, so that some minutes show what
a day would. Lateness is counted from the time at which a source was due to the time at which its poll was
settled. The first round, in which all are due at once, is left out. The same is measured without the hanging
ones, since a busy machine is late by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.app import App, Paths, clock
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.scheduler import TICK, Service
from aggregator.settings import Settings
from aggregator.store.database import moment, stamp
from benchmarks.polling import server
from benchmarks.polling.__main__ import newsrooms

PORT = 48_080


class Watched(Service):
    """The service, with a note of when each source was due, begun and settled."""

    def __init__(self, app: App) -> None:
        super().__init__(app, self._settled, lambda: None, lambda _: None)
        self.app, self.since = app, clock()
        self.due: dict[str, datetime] = {}
        self.late: list[float] = []
        self.outcomes: Counter[str] = Counter()

    async def tick(self) -> None:
        self.due |= await self.app.in_store(self._due)
        await super().tick()

    def _due(self) -> dict[str, datetime]:
        rows = self.app.store.db.conn.execute("SELECT id, next_due FROM sources")
        return {id: moment(at) for id, at in rows if id not in self._polling}

    def _settled(self, reports: list[Report]) -> None:
        now = clock()
        for report in reports:
            if self.due[report.source] < self.since:
                continue
            kind = "healthy" if report.source.startswith("healthy") else "hanging"
            reason = report.problems[0].reason if report.problems else report.outcome
            self.outcomes[f"{kind} {reason}"] += 1
            if kind == "healthy":
                self.late.append((now - self.due[report.source]).total_seconds())


@contextmanager
def silent(count: int) -> Iterator[list[str]]:
    """So many hosts that take a connection and never answer."""
    sockets = []
    for n in range(count):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((f"127.20.{n // 250}.{n % 250 + 1}", PORT))
        listening.listen(64)
        sockets.append(listening)
    try:
        yield [f"http://{s.getsockname()[0]}:{PORT}/feed.xml" for s in sockets]
    finally:
        for listening in sockets:
            listening.close()


async def watch(sources: list[Source], folder: Path, every: float, minutes: float) -> Watched:
    """The service at work for so long, after a first round and with the next times spread out."""
    settings = Settings(folder=folder / "config", sources=tuple(sources))
    async with App.open(Paths(folder / "config", folder / "data", folder / "feeds"), settings) as app:
        service = Watched(app)
        await app.poll([s for s in sources if s.id.startswith("healthy")])
        await app.in_store(lambda: spread(app, every))
        service.since = clock()
        end = asyncio.get_running_loop().time() + 60 * minutes
        while asyncio.get_running_loop().time() < end:
            await service.tick()
            await asyncio.sleep(TICK)
        for task in list(service._passes):
            task.cancel()
        await asyncio.gather(*service._passes, return_exceptions=True)
    return service


def spread(app: App, every: float) -> None:
    """Let the sources be due one after the other within an interval, as they are after some days."""
    connection, now = app.store.db.conn, clock()
    ids = [row[0] for row in connection.execute("SELECT id FROM sources ORDER BY id")]
    random.Random(1).shuffle(ids)
    with app.store.settling():
        for n, id in enumerate(ids):
            due = stamp(now + timedelta(seconds=every * n / len(ids)))
            connection.execute("UPDATE sources SET next_due = ? WHERE id = ?", (due, id))


def told(name: str, service: Watched) -> None:
    late = sorted(service.late)
    parts = [late[min(int(len(late) * q), len(late) - 1)] for q in (0.5, 0.95, 0.99, 1.0)]
    shown = "  ".join(
        f"{n} {p:6.2f} s" for n, p in zip(("median", "95 %", "99 %", "most"), parts, strict=True)
    )
    print(f"{name:<14}{len(late):>6} polls of healthy sources, late by {shown}")
    print(
        "              " + ", ".join(f"{n} {what}" for what, n in service.outcomes.most_common()), flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench hanging", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sources", type=int, default=1_000)
    parser.add_argument("--hanging", type=int, default=100)
    parser.add_argument("--every", type=float, default=60.0)
    parser.add_argument("--minutes", type=float, default=5.0)
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    healthy = chosen.sources - chosen.hanging
    with newsrooms(healthy) as rooms, silent(chosen.hanging) as mute:
        well = [f"http://{server.host(n)}:{rooms.port}/feed.xml" for n in range(healthy)]
        for name, urls in (("without", []), (f"{chosen.hanging} hanging", mute)):
            sources = [_source(f"healthy{n}", url, chosen.every) for n, url in enumerate(well)]
            sources += [_source(f"hanging{n}", url, chosen.every) for n, url in enumerate(urls)]
            with tempfile.TemporaryDirectory(prefix="aggregator-hanging-") as folder:
                told(name, asyncio.run(watch(sources, Path(folder), chosen.every, chosen.minutes)))


def _source(id: str, url: str, every: float) -> Source:
    asked = id.startswith("healthy")
    return Source(id=id, adapter="feed", url=url, every=every, allow_private=True, robots=asked)


if __name__ == "__main__":
    main()
