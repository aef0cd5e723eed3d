"""The faults of a hostile network that need more than one answer: whole polls, whole crowds, silent sockets."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fetching import NOW, fetch, refused
from hostile_server import HostileServer, ok, status
from loopback import rss

from aggregator.app import App, Paths
from aggregator.fetch import Fetcher, Request
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.settings import Settings

TEXT = "<p>Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet, die zwölf Millionen Euro kostete.</p>"
FEED = rss(("1", "Neue Halle eröffnet", TEXT)).encode()


def polls(folder: Path, url: str, times: int) -> list[Report]:
    """What becomes of so many polls of one feed by the whole program."""

    async def go() -> list[Report]:
        source = Source(id="a", adapter="feed", url=url, allow_private=True)
        settings = Settings(folder=folder / "config", sources=(source,), pace=0.0, deadline=5.0)
        paths = Paths(folder / "config", folder / "data", folder / "feeds")
        found = []
        async with App.open(paths, settings) as app:
            for _ in range(times):
                found += await app.poll([source])
        return found

    return asyncio.run(go())


@contextmanager
def silent(backlog: int) -> Iterator[int]:
    """The port of a socket that listens and never accepts."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(backlog)
        yield listening.getsockname()[1]


def test_n12_a_server_that_never_completes_the_connection() -> None:
    """Its queue is full, so that connecting hangs: left at the deadline."""
    with silent(0) as port:
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        began = time.monotonic()
        error = refused(f"http://127.0.0.1:{port}/", deadline=0.5)
        for filler in fillers:
            filler.close()
    assert error.reason == "timeout"
    assert time.monotonic() - began < 1.5


def test_n12_a_server_that_never_answers_the_greeting_of_tls() -> None:
    """Accepted by the system, and then nothing."""
    with silent(8) as port:
        began = time.monotonic()
        assert refused(f"https://127.0.0.1:{port}/", deadline=0.5).reason == "timeout"
    assert time.monotonic() - began < 1.5


def test_n14_two_hundred_stalled_servers_hold_nobody_up() -> None:
    """Each a host of its own; a hundred healthy ones are answered within seconds, while all of them hang."""

    async def stall(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    with HostileServer(address="0.0.0.0") as server:
        server.play("/stall", stall)
        server.say("/ok", ok(b"x"))

        async def run() -> tuple[float, int]:
            async with Fetcher(
                user_agent="t/1", clock=lambda: NOW, deadline=30.0, resolver=lambda h: [_numbered(h)]
            ) as fetcher:

                async def one(name: str, path: str) -> None:
                    url = server.url(path, host=f"{name}.example")
                    await fetcher.fetch(Request(url, allow_private=True, robots=path == "/stall"))

                stalled = [asyncio.create_task(one(f"stalled{n}", "/stall")) for n in range(200)]
                while server.seen("/stall") < 64:
                    await asyncio.sleep(0.05)
                began = time.monotonic()
                await asyncio.gather(*(one(f"healthy{n}", "/ok") for n in range(100)))
                seconds, hanging = time.monotonic() - began, sum(not t.done() for t in stalled)
                for task in stalled:
                    task.cancel()
                await asyncio.wait(stalled, timeout=2.0)
                assert all(t.cancelled() for t in stalled), "shutting down must get through"
                return seconds, hanging

        seconds, hanging = asyncio.run(run())
    assert hanging == 200
    assert seconds < 5.0


def _numbered(host: str) -> str:
    number = int("".join(c for c in host if c.isdigit()) or 0)
    return f"127.{20 if host.startswith('stalled') else 30}.{number // 250}.{number % 250 + 1}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "text/html"),
        (b"<html><title>Captcha</title><body><form>Are you a robot?</form></body></html>", "application/rss+xml"),
        (b"<html><body><form action='/login'><input type=password></form></body></html>", "text/html"),
        (b"Access denied.", "text/plain"),
        (b"", "application/rss+xml"),
        (b"   \r\n ", "application/rss+xml"),
        (b"{}", "application/json"),
    ],
)  # fmt: skip
def test_n16_a_page_in_place_of_a_feed_is_a_failure(
    body: bytes, kind: str, site: HostileServer, tmp_path: Path
) -> None:
    """Block page, captcha, login, nothing: never "nothing new", and what was stored before stays known. What is known
    for a wall is told as one.
    """
    url = site.say("/feed.xml", ok(FEED))
    assert polls(tmp_path, url, 1)[0].counts == {"new": 1}
    site.say("/feed.xml", ok(body, f"Content-Type: {kind}"))
    report = polls(tmp_path, url, 1)[0]
    assert (report.outcome, report.problems[0].reason) in {
        ("failed", reason) for reason in ("not_a_feed", "access_denied", "login", "empty", "binary")
    }
    site.say("/feed.xml", ok(FEED))
    assert polls(tmp_path, url, 1)[0].counts == {"unchanged": 1}


def test_n17_a_tag_that_changes_each_time_costs_no_reading(site: HostileServer, tmp_path: Path) -> None:
    """The bytes are compared by their hash."""
    asked: list[int] = []

    async def play(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(1)
        writer.write(ok(FEED, f'ETag: "v{len(asked)}"'))

    reports = polls(tmp_path, site.play("/feed.xml", play), 4)
    assert [r.outcome for r in reports] == ["ok", "unchanged", "unchanged", "unchanged"]
    assert 'If-None-Match: "v3"' in site.heads["/feed.xml"][3]


def test_n17_a_304_that_nobody_asked_for_is_a_failure_of_its_own(site: HostileServer, tmp_path: Path) -> None:
    """The first poll had nothing to compare with."""
    report = polls(tmp_path, site.say("/feed.xml", status("304 Not Modified")), 1)[0]
    assert (report.outcome, report.problems[0].reason) == ("failed", "protocol")


def test_n20_two_thousand_cookies_are_neither_kept_nor_sent(site: HostileServer) -> None:
    """Supercookies of a public suffix among them; the document is read all the same."""
    cookies = [f"Set-Cookie: c{n}=v; Domain=co.uk; Path=/" for n in range(2_000)]
    site.say("/end", ok(b"x", *cookies))
    url = site.say("/start", status("302 Found", "Location: /end", *cookies))
    for _ in range(2):
        assert fetch(url).content == b"x"
    assert all("\r\ncookie:" not in head.lower() for heads in site.heads.values() for head in heads)


def test_n20_a_quarter_of_a_megabyte_of_headers_is_refused(site: HostileServer) -> None:
    """Before any of it is kept."""
    site.say("/headers", ok(b"x", *(f"X-{n}: {'a' * 1_000}" for n in range(270))))
    assert refused(site.url("/headers")).reason in ("too_large", "protocol")
