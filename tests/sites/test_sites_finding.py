"""What an address is taken for when nobody says, and what is told of releases that the chosen way lacks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving

from aggregator import app, finding
from aggregator.errors import UsageError
from aggregator.finding import As, Finding
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.workers import Workers

HEADLINE = "Kestrel Pumps opens a second plant in Northport"
TEXT = "".join(
    f"<p>The plant in hall {n} makes {n * 40} pumps a day, and {n + 12} people of the town work there, said Ada Quill of Kestrel Pumps.</p>"
    for n in range(1, 9)
)
DAY = "<time datetime='2026-05-12'>May 12, 2026</time>"


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """One pool for all of them."""
    made = app.workers(Settings(folder=tmp_path_factory.mktemp("finding")))
    yield made
    made.close()


def text_page(day: str, head: str = "") -> str:
    body = f"<main><article><h1>{HEADLINE}</h1>{day}{TEXT}</article></main>"
    return (
        f"<!doctype html><html lang=en><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>"
    )


def found(site: Site, path: str, folder: Path, workers: Workers, wanted: As | None = None) -> Finding:
    """How an address of a site would be read."""

    async def look() -> Finding:
        settings = Settings(folder=folder, pace=0.0, per_host=8)
        asked = Source(id="new", adapter="", url=site.url(path), allow_private=True)
        async with app.fetcher(settings) as client:
            return await finding.find(settings, asked, client, workers, wanted)

    return asyncio.run(look())


CHANGED = '<meta property="article:modified_time" content="2026-05-12T08:00:00Z">'
NO_RELEASE = {
    "a home page": ("/", DAY, "", "a home page"),
    "a text that says no day": ("/plant", "", "", "a text without a date"),
    "a text that says only when it was changed": ("/plant", "", CHANGED, "a text without a date"),
}


@pytest.mark.parametrize("name", NO_RELEASE)
def test_what_may_be_any_page_is_watched_only_when_asked_for(
    name: str, tmp_path: Path, workers: Workers
) -> None:
    """Somebody who gives a home page wants its newsroom, and would be told of each change of its text instead."""
    path, day, head, why = NO_RELEASE[name]
    with serving() as site:
        site.put(path, text_page(day, head), media_type="text/html")
        with pytest.raises(
            UsageError, match=f"{why}, which is no release; `--as article` watches it all the same"
        ):
            found(site, path, tmp_path, workers)
        asked = found(site, path, tmp_path, workers, "article")
    assert (asked.way.adapter, [d.url for d in asked.way.items]) == ("article", [site.url(path)])


def test_a_text_that_says_its_day_is_taken_for_one_release(tmp_path: Path, workers: Workers) -> None:
    """Without being asked for: it is a release, and is watched for corrections."""
    with serving() as site:
        site.put("/plant", text_page(DAY), media_type="text/html")
        assert found(site, "/plant", tmp_path, workers).way.adapter == "article"


DAYS = ("2026-05-12", "2026-05-04", "2026-04-11", "2026-04-02", "2026-03-10", "2026-03-05", "2026-02-01")


def newsroom(site: Site, kept: int) -> None:
    """A list of seven releases, and a feed with the newest of them."""
    titles = [f"Kestrel Pumps opens plant number {n} in Northport" for n in range(7)]
    rows = "".join(
        f"<li><a href='/press/{n}-plant'>{t}</a> <time datetime='{d}'>{d}</time></li>"
        for n, (t, d) in enumerate(zip(titles, DAYS, strict=True))
    )
    head = "<title>Press</title><link rel=alternate type='application/rss+xml' href='/feed.xml'>"
    site.put("/press/", f"<html lang=en><head>{head}</head><body><main><h1>Press releases</h1><ul>{rows}</ul></main></body></html>",
             media_type="text/html")  # fmt: skip
    items = "".join(
        f"<item><title>{t}</title><link>{site.url(f'/press/{n}-plant')}</link><pubDate>{d}T08:00:00Z</pubDate></item>"
        for n, (t, d) in enumerate(list(zip(titles, DAYS, strict=True))[:kept])
    )
    site.put("/feed.xml", f"<rss version='2.0'><channel><title>Kestrel</title>{items}</channel></rss>")


def test_what_a_feed_lacks_of_its_page_is_told(tmp_path: Path, workers: Workers) -> None:
    """The two oldest: which ones, and the command that reads them."""
    with serving() as site:
        newsroom(site, 5)
        made = found(site, "/press/", tmp_path, workers)
        assert made.way.adapter == "feed"
        assert [d.url for d in made.further] == [site.url("/press/5-plant"), site.url("/press/6-plant")]
    told = "2 of the page's 7 releases are not in it; `aggregator poll ID --backfill 1` reads older ones, once it is added"
    assert told in made.tried


def test_a_feed_that_has_all_lacks_nothing(tmp_path: Path, workers: Workers) -> None:
    """And nothing is told."""
    with serving() as site:
        newsroom(site, 7)
        made = found(site, "/press/", tmp_path, workers)
    assert (made.way.adapter, made.further) == ("feed", ())
    assert not any("are not in it" in line for line in made.tried)
