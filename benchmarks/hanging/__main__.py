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
import multiprocessing
import random
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from aggregator.app import App, Paths, clock
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.scheduler import TICK, Service
from aggregator.settings import Settings
from aggregator.store.database import moment, stamp

PORT, HEALTHY_PORT = 48_080, 48_081
TEXT = "Die Werke Nummer {n} haben eine neue Halle eröffnet. Der Bau kostete {n} Millionen Euro und dauerte ein Jahr."
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Werke {n}</title><item><guid>{n}</guid>"
    "<title>Halle {n} eröffnet</title><pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate>"
    "<description>" + TEXT + "</description></item></channel></rss>"
)


class Healthy(asyncio.Protocol):
    """A newsroom with one release, on whichever loopback address it is asked; it answers a validator with 304."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET /robots.txt"):
            self.transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        elif b"If-None-Match" in data:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            body = FEED.format(n=self.transport.get_extra_info("sockname")[0].replace(".", "")).encode()
            head = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'
            self.transport.write(head.encode() + body)


def serve(ready: Event) -> None:
    """The healthy newsrooms, in a process of their own."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        await loop.create_server(Healthy, "0.0.0.0", HEALTHY_PORT, backlog=512)
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def newsrooms(count: int) -> Iterator[list[str]]:
    """The addresses of so many healthy feeds, a host each."""
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=serve, args=(ready,), daemon=True)
    process.start()
    ready.wait(30)
    try:
        yield [f"http://127.10.{n // 250}.{n % 250 + 1}:{HEALTHY_PORT}/feed.xml" for n in range(count)]
    finally:
        process.terminate()


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
    with newsrooms(healthy) as well, silent(chosen.hanging) as mute:
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
