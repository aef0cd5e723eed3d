"""What a hub sends while nothing can be stored is not lost: a real lock on the real database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from hub import Hub
from loopback import Site
from test_websub_service import House, feed, with_house

from aggregator import scheduler


@contextmanager
def locked(h: House) -> Iterator[None]:
    """Another program writes to the database and does not end."""
    h.app.store.db.conn.execute("PRAGMA busy_timeout = 200")
    other = sqlite3.connect(h.app.paths.data / "aggregator.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_hub_is_told_to_send_again_what_could_not_be_taken(tmp_path: Path, hub: Hub, site: Site) -> None:
    """503 with Retry-After; the second time it is taken."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        body = feed(site, hub, "ein Kran", "eine Presse")
        with locked(h):
            answer = await h.push(body)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        await h.tick()
        assert await h.titles() == {"Muster AG nimmt eine Presse in Betrieb"}
        assert (await h.push(body)).status_code == 202
        await h.tick()
        assert "Muster AG nimmt ein Kran in Betrieb" in await h.titles()

    with_house(tmp_path, hub, site, work)


def test_what_was_taken_and_could_not_be_stored_is_read_once_it_can(
    tmp_path: Path, hub: Hub, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub was told that it is taken, so nobody sends it again; it waits with us."""
    monkeypatch.setattr(scheduler, "HOLD", 0)
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        polls = h.polls()
        assert (await h.push(feed(site, hub, "ein Kran", "eine Presse"))).status_code == 202
        with locked(h):
            await h.tick()
        assert await h.titles() == {"Muster AG nimmt eine Presse in Betrieb"}
        await h.tick()
        assert "Muster AG nimmt ein Kran in Betrieb" in await h.titles()
        assert h.polls() == polls, "what was pushed was read, and the newsroom not asked"

    with_house(tmp_path, hub, site, work)


def test_a_feed_that_much_was_pushed_of_is_asked_once_it_can_be_stored(
    tmp_path: Path, hub: Hub, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many pushes that none of them was kept: the feed has them all, also where the first poll cannot be stored."""
    monkeypatch.setattr(scheduler, "HOLD", 0)
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        polls = h.polls()
        site.put("/feed.xml", feed(site, hub, "ein Kran", "eine Presse"))
        for _ in range(scheduler.MOST_PUSHED):
            await h.push(feed(site, hub, "eine Presse"))
        with locked(h):
            await h.tick()
        await h.tick()
        assert "Muster AG nimmt ein Kran in Betrieb" in await h.titles()
        assert h.polls() == polls + 2

    with_house(tmp_path, hub, site, work)


def test_where_settling_fails_the_feed_is_asked_at_once(
    tmp_path: Path, hub: Hub, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug that meets a push costs the push: what it held stands in the feed too."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        site.put("/feed.xml", feed(site, hub, "ein Kran", "eine Presse"))
        polls = h.polls()
        assert (await h.push(feed(site, hub, "ein Kran", "eine Presse"))).status_code == 202
        with monkeypatch.context() as patch:
            patch.setattr(import_module("aggregator.ingest.settle"), "admitted", _broken)
            await h.tick()
        assert await h.titles() == {"Muster AG nimmt eine Presse in Betrieb"}
        await h.tick()
        assert h.polls() == polls + 1
        assert "Muster AG nimmt ein Kran in Betrieb" in await h.titles()

    with_house(tmp_path, hub, site, work)


def _broken(_store: object, haul: object) -> object:
    if haul.harvest.prepared:  # type: ignore[attr-defined]
        raise ValueError("a bug")
    return (), 0
