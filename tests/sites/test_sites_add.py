"""`sources add` on every invented newsroom of the kit, over loopback: given only the address, all releases, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from aggregator import app, finding
from aggregator.errors import UsageError
from aggregator.fetch import Fetcher
from aggregator.model import Source
from aggregator.reading.dates import parse_date
from aggregator.settings import Settings
from aggregator.workers import Workers
from sites import catalogue
from sites.fourth import catalogue as fourth
from sites.kit import Site, serve
from sites.score import Found, score
from sites.second import catalogue as second
from sites.third import catalogue as third

SHORT: dict[str, str] = {}
"""Sites that are not read to perfection yet, each with the reason. A site that comes right has to leave."""

GROUPS = {
    "tuned": catalogue.tuned,
    "held back": catalogue.held_back,
    "second": second.every,
    "third": third.every,
    "fourth": fourth.every,
}


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """One pool for all sites: starting one takes longer than reading one."""
    made = app.workers(Settings(folder=tmp_path_factory.mktemp("add")))
    yield made
    made.close()


async def added(site: Site, client: Fetcher, settings: Settings, workers: Workers) -> str:
    """What is wrong with the way that is found for a site, in words; empty where nothing is."""
    with serve(site) as running:
        asked = Source(id="new", adapter="", url=running.entry, allow_private=True, timezone=site.zone)
        try:
            found = await finding.find(settings, asked, client, workers)
        except UsageError:
            return "nothing was found" if site.releases else ""
        result = score(
            running, [_item(d.url, d.title, d.published, site) for d in (*found.way.items, *found.further)]
        )
        if found.way.adapter == "sitemap" and not any(d.title for d in found.way.items):
            result.titles = []  # a plain sitemap names none: the pages do, and they are read for it
        return (
            ""
            if result.perfect
            else f"{result} {result.missing} {result.wrong} {result.titles} {result.dates}"
        )


def _item(url: str, title: str, published: str, site: Site) -> Found:
    day = parse_date(published, tz=site.zone) if published else None
    return url, title, day.value if day else None


async def sweep(sites: Sequence[Site], folder: Path, workers: Workers) -> dict[str, str]:
    """What is wrong, by site; each is read by its own clock."""
    settings, wrong = Settings(folder=folder, pace=0.0, per_host=8), dict[str, str]()
    for site in sites:
        async with app.fetcher(settings) as client:
            client._clock = lambda site=site: site.now  # type: ignore[misc]
            if why := await added(site, client, settings, workers):
                wrong[site.name] = why
    return wrong


@pytest.mark.parametrize("group", GROUPS)
def test_every_newsroom_is_found_and_read_by_its_address_alone(
    group: str, tmp_path: Path, workers: Workers
) -> None:
    """Right address, title and day of each release and nothing that is none; nothing at all where there are none."""
    sites = GROUPS[group]()
    wrong = asyncio.run(sweep(sites, tmp_path, workers))
    assert wrong.keys() - SHORT.keys() == set(), "\n".join(wrong.values())
    assert {s.name for s in sites if s.name in SHORT} - wrong.keys() == set(), (
        "these come right: take them out"
    )
