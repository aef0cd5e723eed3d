"""Who polls a source when: passes that overlap, and what commands ask for meanwhile. The real service, in this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from loopback import rss

from aggregator.app import App, Paths, clock
from aggregator.model import Source
from aggregator.scheduler import Service
from aggregator.settings import Settings
from aggregator.store import orders

PATIENCE = 20.0


class Gates:
    """A web server whose every answer waits until the test lets it go."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.doors: dict[str, threading.Event] = {}
        self.inside: dict[str, int] = {}
        self.came: dict[str, int] = {}

    def source(self, id: str) -> Source:
        self.doors[f"/{id}"] = threading.Event()
        url = f"http://127.0.0.1:{self.port}/{id}"
        return Source(id=id, adapter="feed", url=url, allow_private=True, follow="never", robots=False)


@contextmanager
def gated() -> Iterator[Gates]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gates.came[self.path] = gates.came.get(self.path, 0) + 1
            gates.inside[self.path] = gates.inside.get(self.path, 0) + 1
            gates.doors[self.path].wait(PATIENCE)
            gates.inside[self.path] -= 1
            body = rss((f"{self.path}-1", f"Ein Kran für {self.path}", "Der Kran steht. " * 20)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gates = Gates(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield gates
    finally:
        for door in gates.doors.values():
            door.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def gates() -> Iterator[Gates]:
    with gated() as running:
        yield running


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():
            await asyncio.sleep(0.01)


def serve(folder: Path, sources: tuple[Source, ...], work: Callable[[Service, App], Awaitable[None]]) -> None:
    async def go() -> None:
        paths = Paths(folder / "config", folder / "data", folder / "feeds")
        async with App.open(paths, Settings(folder=paths.config, sources=sources, pace=0.0)) as app:
            service = Service(app, lambda _: None, lambda: None, lambda _: None)
            try:
                await work(service, app)
            finally:
                await service._drain()

    asyncio.run(go())


def make_due(app: App, id: str) -> None:
    with app.store.settling():
        app.store.db.conn.execute("UPDATE sources SET next_due = '' WHERE id = ?", (id,))


def test_a_source_is_never_polled_twice_at_once(tmp_path: Path, gates: Gates) -> None:
    """A pass that ends gives back only what it still had: what it settled long ago is being polled by a later one."""
    fast, slow = gates.source("fast"), gates.source("slow")

    async def work(service: Service, app: App) -> None:
        await service.tick()
        gates.doors["/fast"].set()
        await until(lambda: "fast" not in service._polling)
        gates.doors["/fast"].clear()
        make_due(app, "fast")
        await service.tick()
        await until(lambda: gates.inside["/fast"] == 1)
        gates.doors["/slow"].set()
        await until(lambda: "slow" not in service._polling and len(service._passes) == 1)
        await service.tick()
        await asyncio.sleep(0.3)
        assert gates.came["/fast"] == 2
        assert service._polling == {"fast"}
        gates.doors["/fast"].set()

    serve(tmp_path, (fast, slow), work)


def test_what_somebody_asks_for_waits_for_no_source_that_is_polled_again_and_again(
    tmp_path: Path, gates: Gates
) -> None:
    """`aggregator poll` wants two sources of which one is always being polled by the schedule: it has its turn."""
    one, two = gates.source("one"), gates.source("two")

    async def work(service: Service, app: App) -> None:
        gates.doors["/one"].set()
        await service.tick()
        await until(lambda: "one" not in service._polling and gates.inside["/two"] == 1)
        gates.doors["/one"].clear()
        asked = asyncio.create_task(service._poll_now([one, two], 0))
        await until(lambda: gates.came["/one"] == 2)  # the free one at once
        gates.doors["/two"].set()
        await until(lambda: "two" not in service._polling)
        make_due(app, "two")
        await service.tick()
        await asyncio.sleep(0.3)
        assert gates.came["/two"] == 1, "the schedule leaves to the command what it asked for"
        gates.doors["/one"].set()
        async with asyncio.timeout(PATIENCE):
            assert [r.source for r in await asked] == ["one", "two"]
        make_due(app, "two")
        await service.tick()
        await until(lambda: gates.came["/two"] == 3)

    serve(tmp_path, (one, two), work)


def test_a_command_is_told_that_what_it_asked_for_could_not_be_published(
    tmp_path: Path, gates: Gates
) -> None:
    """As it would be without a service: the command ends with 1, and not as if the feeds were there."""

    async def work(service: Service, app: App) -> None:
        (tmp_path / "feeds").write_text("in the way", "utf-8")
        number = orders.place(tmp_path / "data", {"do": "publish"}, clock())
        assert number is not None
        await service.obey()
        await service._drain()
        said = orders.outcome(tmp_path / "data", number)
        assert said is not None
        assert said["code"] == 1
        assert str(tmp_path / "feeds") in said["error"]

    serve(tmp_path, (), work)
