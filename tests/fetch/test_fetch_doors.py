"""No door leads inside: whatever names an address, the same guard stands before it (N-01, N-04 to N-06).

The whole program runs here, with its real store, scheduler's poll and worker processes. One loopback address, 127.66.0.1,
is called public, so that a server on it can play the part of somebody outside; everything else is judged as
ever. The canary listens where every spelling of loopback leads, on the same port, and must hear nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_server import HostileServer, ok, status
from inward import ELSEWHERE, LOOPBACK
from loopback import rss

from aggregator.app import App, Paths, clock
from aggregator.fetch import guard
from aggregator.fetch.resolver import Resolver
from aggregator.ingest import Report
from aggregator.ingest.gather import MOST_PARTS
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store.followed import Followed

OUTSIDE = "127.66.0.1"
INSIDE = [*LOOPBACK, *ELSEWHERE]
REFUSED = {"bad_url", "blocked_address", "redirects", "protocol"}
"""The last one: a Location with a NUL in it is no header."""
TEXT = "<p>Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet, die zwölf Millionen Euro kostete.</p>"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileServer]:
    """A server that counts as public, under any name that ends in .example."""
    judged = guard.refusal
    monkeypatch.setattr(
        guard,
        "refusal",
        lambda a, *, allow_private=False: "" if a == OUTSIDE else judged(a, allow_private=allow_private),
    )
    with HostileServer(address=OUTSIDE) as running:
        yield running


@pytest.fixture
def canaries(outside: HostileServer) -> Iterator[None]:
    """Listeners inside, on the same port."""
    with (
        HostileServer(address="127.0.0.1", port=outside.port) as four,
        HostileServer(address="::1", port=outside.port) as six,
    ):
        yield
        assert (four.connections, six.connections) == (0, 0), "the canary was connected to"


def inside(outside: HostileServer) -> list[str]:
    """Every address that leads inside, with the canary's port."""
    return [f"http://{host}:{outside.port}/canary" for host in INSIDE]


def home(outside: HostileServer) -> Source:
    """A healthy feed of somebody outside."""
    outside.say("home.example/feed.xml", ok(rss(("1", "Neue Halle eröffnet", TEXT)).encode()))
    return Source(id="home", adapter="feed", url=outside.url("/feed.xml", host="home.example"))


Door = Callable[[HostileServer], tuple[list[Source], list[Followed]]]
"""Sources to poll, and pages that the list of the source "home" led to."""


def _source(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """The configured address itself; the configuration would refuse most of them earlier."""
    return [
        Source(id=f"s{n}", adapter="feed", url=u, robots=False) for n, u in enumerate(inside(outside))
    ], []


def _robots(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """The robots.txt of such a place."""
    return [Source(id=f"s{n}", adapter="feed", url=u) for n, u in enumerate(inside(outside))], []


def _redirect(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """A feed of somebody outside that redirects there, at once or by way of a second one."""
    found = []
    for n, url in enumerate(inside(outside)):
        there = f"Location: {url}".encode("utf-8", "replace").decode("latin-1").replace("\n", "%0A")
        outside.say(f"r{n}.example/feed.xml", status("302 Found", "Location: /second"))
        outside.say(f"r{n}.example/second", status("301 Moved", there))
        found.append(Source(id=f"s{n}", adapter="feed", url=outside.url("/feed.xml", host=f"r{n}.example")))
    return found, []


def _pages(outside: HostileServer, *, part: bool) -> tuple[list[Source], list[Followed]]:
    now = clock()
    pages = [
        Followed(url=u, reader="feed" if part else "text", part=part, first_at=now, due=now)
        for u in inside(outside)
    ]
    return [home(outside)], pages[: MOST_PARTS - 1] if part else pages


def _article(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """The page of an item, as a feed or a list names it."""
    return _pages(outside, part=False)


def _part(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """A piece of a list, as a sitemap index names it."""
    return _pages(outside, part=True)


def _article_redirect(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """The page of an item that redirects there."""
    sources, _ = _redirect(outside)
    now = clock()
    pages = [Followed(url=s.url, reader="text", first_at=now, due=now) for s in sources]
    return [home(outside)], pages


# A door that asks for something else than a document (a hub) is one more function here.
DOORS: list[Door] = [_source, _robots, _redirect, _article, _part, _article_redirect]


def poll(folder: Path, sources: list[Source], pages: list[Followed]) -> dict[str, Report]:
    """The reports of one poll by the whole program."""

    async def go() -> list[Report]:
        settings = Settings(folder=folder / "config", sources=tuple(sources), pace=0.0, deadline=5.0)
        async with App.open(Paths(folder / "config", folder / "data", folder / "feeds"), settings) as app:
            app.fetcher._transport._resolver = Resolver(_resolve)

            def seed() -> None:
                with app.store.settling():
                    app.store.remember_pages("home", pages)

            if pages:  # a list that is as it was still has its parts
                (report,) = await app.poll(sources)
                assert report.counts == {"new": 1}
            await app.in_store(seed)
            return await app.poll(sources)

    return {r.source: r for r in asyncio.run(go())}


def _resolve(host: str) -> list[str]:
    """Names outside are ours; all others are asked for as usual, which `localhost` is the point of."""
    if host.endswith(".example"):
        return [OUTSIDE]
    from aggregator.fetch.resolver import system

    return system(host)


@pytest.mark.usefixtures("canaries")
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.strip("_"))
def test_no_address_leads_inside_through_any_door(door: Door, outside: HostileServer, tmp_path: Path) -> None:
    """N-01, N-04, N-05, N-06: each is refused for what it is."""
    sources, pages = door(outside)
    reports = poll(tmp_path, sources, pages)
    told = [p for r in reports.values() for p in r.problems if p.where != "home"]
    assert {p.reason for p in told} <= REFUSED
    assert len(told) == len(pages or sources)


@pytest.mark.usefixtures("canaries")
def test_no_robots_txt_leads_inside(outside: HostileServer, tmp_path: Path) -> None:
    """N-19: one that redirects there is none, and its site is read; but for one that cannot be read at all (NUL)."""
    sources = []
    for n, url in enumerate(inside(outside)):
        there = f"Location: {url}".encode("utf-8", "replace").decode("latin-1").replace("\n", "%0A")
        outside.say(f"n{n}.example/robots.txt", status("302 Found", there))
        outside.say(f"n{n}.example/feed.xml", ok(rss((f"{n}", f"Halle {n} eröffnet", TEXT)).encode()))
        sources.append(Source(id=f"s{n}", adapter="feed", url=outside.url("/feed.xml", host=f"n{n}.example")))
    reports = poll(tmp_path, sources, [])
    failed = {p.reason for r in reports.values() if r.outcome == "failed" for p in r.problems}
    assert failed == {"robots_unreachable"}
    assert sum(r.outcome == "ok" for r in reports.values()) == len(INSIDE) - 1
