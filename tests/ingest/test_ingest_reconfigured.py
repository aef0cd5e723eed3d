"""A source whose settings change while it is followed, also in the middle of a poll: nothing of the old is in the way."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ingest_simulated import START, Item, Press, item, rss
from loopback import Site, serving

from aggregator.app import App
from aggregator.ingest import Report
from aggregator.model import Document
from aggregator.settings import Settings
from aggregator.store import Store

DAY = timedelta(days=1)
LIST = "<!doctype html><html lang='de'><body><nav><a href='/'>Start</a></nav><h1>Presse</h1><ul>{}</ul></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def press(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(tmp_path, site, monkeypatch)


def listing(site: Site, items: list[Item], folders: tuple[str, ...]) -> str:
    """A newsroom's page with these releases in turn in these folders."""
    rows = "".join(
        f"<li><time datetime='{i.at:%Y-%m-%d}'>{i.at:%d.%m.%Y}</time> <a href='/{folders[n % len(folders)]}/{i.number}'>"
        f"{i.title}</a></li>"
        for n, i in enumerate(items)
    )
    return site.put("/presse/", LIST.format(rows), media_type="text/html; charset=utf-8")


def put_page(site: Site, folder: str, i: Item) -> None:
    site.put(
        f"/{folder}/{i.number}",
        f"<!doctype html><html lang='de'><head><title>{i.title}</title></head><body><main><h1>{i.title}</h1>"
        f"<p>Brake, {i.at:%d.%m.%Y}. {i.text}</p></main></body></html>",
        media_type="text/html; charset=utf-8",
    )


def test_what_is_allowed_now_is_read_although_the_list_did_not_change(press: Press, site: Site) -> None:
    """The operator mends what is left out; neither the server's 304 nor equal bytes may keep it away."""
    items = [item(n, START - DAY * n) for n in range(10)]
    for n, i in enumerate(items):
        put_page(site, ("news", "beton")[n % 2], i)
    press.source = replace(press.source, adapter="newsroom", url=listing(site, items, ("news", "beton")),
                           follow="auto", skip=("/beton/",))  # fmt: skip
    assert press.poll().counts == {"new": 5}
    press.source = replace(press.source, skip=())
    assert press.poll(after=timedelta(hours=1)).counts.get("new", 0) == 5


def test_an_address_that_is_mended_while_it_is_polled_is_read_anew(press: Press, site: Site) -> None:
    """The poll under way ends with the old address; what it says of that is not the new one's."""
    old = replace(
        press.source, url=site.put("/old.xml", "<rss version='2.0'><channel><title>x</title></channel></rss>")
    )
    new = replace(press.source, url=site.url("/feed.xml"))
    press.show([item(n, START - DAY * n) for n in range(5)])

    async def work(app: App) -> list[Report]:
        def put(source: object) -> Settings:
            return Settings(folder=press.paths.config, sources=(source,), pace=0.0, deadline=5.0)  # type: ignore[arg-type]

        await app.reconfigure(put(old))
        before = await app.in_store(lambda: app.store.due(app_clock()))
        assert before == ["newsroom"]
        gather = asyncio.create_task(app.poll([old], settle_seconds=0.0))
        await app.reconfigure(put(new))
        await gather
        assert await app.in_store(lambda: app.store.due(app_clock())) == ["newsroom"]
        return await app.poll([new], settle_seconds=0.0)

    def app_clock():  # type: ignore[no-untyped-def]
        return press.now

    press.source = old
    (report,) = press.do(work)
    assert report.counts == {"new": 5}


def test_a_push_says_nothing_of_whether_the_source_can_be_polled(press: Press, site: Site) -> None:
    """Its failures go on to be counted, so that a walled source stays walled and is not asked more often."""
    press.poll([item(n, START - DAY * n) for n in range(5)])
    site.put("/feed.xml", b"go away", status=403)
    for _ in range(3):
        press.poll()
    assert press.state() == "walled"
    told = len(press.entries("status"))
    sent = Document(url=press.source.url, content=rss([item(50, press.now)]).encode(), fetched_at=press.now,
                    requested=press.source.url, media_type="application/rss+xml")  # fmt: skip
    (report,) = press.do(lambda a: a.poll([press.source], settle_seconds=0.0, pushed={"newsroom": [sent]}))
    assert report.counts == {"new": 1}
    found = press.health()
    assert (found["health"], found["failures"]) == ("walled", 3)
    assert len(press.entries("status")) == told


def test_a_bug_met_by_the_check_up_of_one_source_costs_no_other(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is met again while the failure is noted."""

    def broken(store: Store, haul: object, *_: object) -> bool:
        if haul.source.id == "other":  # type: ignore[attr-defined]
            raise ValueError("a bug")
        return False

    press.show([item(n, START - DAY * n) for n in range(3)])
    monkeypatch.setattr(sys.modules["aggregator.ingest.settle"], "check_up", broken)
    other = replace(press.source, id="other")
    reports = press.do(lambda a: a.poll([other, press.source], settle_seconds=0.0))
    assert {r.source: r.outcome for r in reports} == {"newsroom": "ok", "other": "failed"}


@pytest.mark.parametrize(
    ("allow", "skip", "left"),
    [
        ((), ("/jobs/",), {"/news/1", "/news/jobs/3"}),
        ((), ("/Jobs/",), {"/news/1", "/news/jobs/3"}),
        (("/news/jobs/",), ("/news/",), {"/jobs/2", "/news/jobs/3"}),
        ((), ("newsroom.example/news/",), {"/jobs/2"}),
        ((), ("en",), {"/news/1", "/jobs/2", "/news/jobs/3"}),
    ],
)
def test_what_the_operator_leaves_out_of_a_feed_is_not_read(
    press: Press, allow: tuple[str, ...], skip: tuple[str, ...], left: set[str]
) -> None:
    """By the same words as on a page: the longest entry that fits decides."""
    paths = ("/news/1", "/jobs/2", "/news/jobs/3")
    shown = [item(n, START - DAY * n, url=f"https://newsroom.example{p}") for n, p in enumerate(paths)]
    press.source = replace(press.source, allow=allow, skip=skip)
    press.poll(shown)
    assert {e.link.removeprefix("https://newsroom.example") for e in press.entries()} == left
