"""No door leads inside: whatever names an address, the same guard stands before it (N-01, N-04 to N-06).

The whole program runs here, with its real store, scheduler's poll and worker processes. One loopback address, 127.66.0.1,
is called public, so that a server on it can play the part of somebody outside; everything else is judged as
ever. The canary listens where every spelling of loopback leads, on the same port, and must hear nothing.
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_server import HostileServer, ok, status
from inward import ELSEWHERE, LOOPBACK
from loopback import rss

from aggregator import app as programs
from aggregator import finding, websub
from aggregator.app import App, Paths, clock
from aggregator.errors import FetchError, UsageError
from aggregator.fetch import Fetcher, guard
from aggregator.fetch.resolver import Resolver
from aggregator.ingest import Report
from aggregator.ingest.gather import MOST_PARTS
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store.followed import Followed
from aggregator.subscriber import Subscriber
from aggregator.websub import Announced
from aggregator.workers import Workers

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


def _mailbox(outside: HostileServer) -> tuple[list[Source], list[Followed]]:
    """A mailbox on such a host."""
    options = {"user": "press@example.com", "password_env": "PATH"}
    urls = [f"imaps://{host}:{outside.port}/INBOX" for host in INSIDE]
    return [Source(id=f"s{n}", adapter="email", url=u, options=options) for n, u in enumerate(urls)], []


DOORS: list[Door] = [_source, _robots, _redirect, _article, _part, _article_redirect, _mailbox]


def poll(folder: Path, sources: list[Source], pages: list[Followed], backfill: int = 0) -> dict[str, Report]:
    """The reports of one poll by the whole program; of the lists also so many further pages."""

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
            return await app.poll(sources, backfill=backfill)

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


@pytest.mark.usefixtures("canaries")
@pytest.mark.parametrize("relation", ["next", "prev-archive"])
def test_no_further_page_of_a_list_leads_inside(
    relation: str, outside: HostileServer, tmp_path: Path
) -> None:
    """The pages of older items that a feed names, when they are asked for by hand; what it shows itself is read."""
    sources = []
    for n, url in enumerate(inside(outside)):
        link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{relation}" href="{html.escape(url)}"/><item>'
        feed = rss((f"{n}", f"Halle {n} eröffnet", TEXT)).replace("<item>", link, 1)
        outside.say(f"o{n}.example/feed.xml", ok(feed.encode()))
        sources.append(Source(id=f"s{n}", adapter="feed", url=outside.url("/feed.xml", host=f"o{n}.example")))
    reports = poll(tmp_path, sources, [], backfill=2)
    assert all(r.outcome == "ok" and "new" in r.counts for r in reports.values())
    told = [
        p.reason for r in reports.values() for p in r.problems if p.reason not in ("repaired", "backfill")
    ]
    assert set(told) <= REFUSED
    assert told.count("blocked_address") > 30


@pytest.mark.usefixtures("canaries")
def test_no_hub_leads_inside(outside: HostileServer, tmp_path: Path) -> None:
    """A hub's address stands in a feed of somebody outside: at such a place, or redirected there under its method."""
    hubs = inside(outside)
    for n, url in enumerate(inside(outside)):
        there = f"Location: {url}".encode("utf-8", "replace").decode("latin-1").replace("\n", "%0A")
        outside.say(f"h{n}.example/hub", status("307 Temporary Redirect", there))
        hubs.append(outside.url("/hub", host=f"h{n}.example"))

    async def go() -> list[str]:
        sources = tuple(
            Source(id=f"s{n}", adapter="feed", url=f"https://s{n}.example/") for n in range(len(hubs))
        )
        settings = Settings(folder=tmp_path / "config", sources=sources, pace=0.0, deadline=5.0, websub=True,
                            base_url="https://aggregator.example")  # fmt: skip
        async with App.open(
            Paths(tmp_path / "config", tmp_path / "data", tmp_path / "feeds"), settings
        ) as app:
            app.fetcher._transport._resolver = Resolver(_resolve)
            made = [
                websub.new(s.id, Announced(h, s.url), clock()) for s, h in zip(sources, hubs, strict=True)
            ]

            def seed() -> None:
                with app.store.settling():
                    for subscription in made:
                        app.store.subscriptions.save(subscription)

            await app.in_store(seed)
            subscriber = Subscriber(app)
            for _ in range(len(hubs) // 20 + 1):
                await subscriber.tend()
            return await app.in_store(
                lambda: [app.store.subscriptions.by_token(s.token).reason for s in made]  # type: ignore[union-attr]
            )

    assert {reason.partition(":")[0] for reason in asyncio.run(go())} <= REFUSED


def _announcing(url: str) -> str:
    """A page that names an address in every way in which one is followed when a source is added."""
    there = html.escape(url)
    return (
        f'<html><head><link rel="alternate" type="application/rss+xml" href="{there}">'
        f'<link rel="https://api.w.org/" href="{there}"></head><body><a href="{there}">Pressemitteilungen</a>'
        f'<iframe src="{there}" title="Presse"></iframe></body></html>'
    )


@pytest.mark.usefixtures("canaries")
def test_nothing_that_a_page_announces_leads_inside(outside: HostileServer, tmp_path: Path) -> None:
    """`sources add`: its feeds, frames, links to a newsroom, WordPress's API, the sitemap in its robots.txt; and such
    an address itself."""
    asked = list(inside(outside))
    for n, url in enumerate(inside(outside)):
        outside.say(f"a{n}.example/", ok(_announcing(url).encode(), "Content-Type: text/html"))
        outside.say(f"a{n}.example/robots.txt", ok(f"Sitemap: {url}".encode("utf-8", "replace")))
        asked.append(outside.url("/", host=f"a{n}.example"))
    settings = Settings(folder=tmp_path, pace=0.0, deadline=5.0)

    async def go() -> list[str]:
        async with Fetcher(user_agent="test/1", clock=clock, pace=0.0, resolver=_resolve) as client:
            return [await _added(settings, url, client, workers) for url in asked]

    workers = programs.workers(settings)
    try:
        told = asyncio.run(go())
    finally:
        workers.close()
    assert all(told)
    assert sum("not asked" in t for t in told[len(INSIDE) :]) > 20


async def _added(settings: Settings, url: str, client: Fetcher, workers: Workers) -> str:
    """What is told of an address for which no way was found; empty where one was."""
    source = Source(id="new", adapter="", url=url)
    try:
        await finding.find(settings, source, client, workers)
    except (FetchError, UsageError) as error:
        return str(error)
    return ""
