"""The table holds what is published, within bounds, and notices changes cheaply."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aggregator.web import FeedTable


def _get(table: FeedTable, address: str) -> bytes | None:
    async def get() -> bytes | None:
        found = table.ready(address) or await table.get(address)
        return found.plain.body if found else None

    return asyncio.run(get())


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_only_published_files_are_in_it(feeds: Path) -> None:
    table = FeedTable(feeds)
    assert len(table) == 6
    assert "/company/wilo.atom" in table
    assert "/link.atom" not in table
    assert "/.aggregator-feeds" not in table


def test_a_missing_folder_is_an_empty_table_that_fills(tmp_path: Path) -> None:
    clock = Clock()
    table = FeedTable(tmp_path / "later", clock=clock)
    assert _get(table, "/all.atom") is None
    (tmp_path / "later").mkdir()
    (tmp_path / "later/all.atom").write_bytes(b"<feed/>")
    assert _get(table, "/all.atom") is None, "looked at a moment ago"
    clock.now += 2
    assert _get(table, "/all.atom") == b"<feed/>"


def test_a_change_is_noticed_after_the_interval_or_when_told(feeds: Path) -> None:
    clock = Clock()
    table = FeedTable(feeds, clock=clock)
    _get(table, "/company/x.atom")
    (feeds / "company/x.atom").write_bytes(b"<feed>1</feed>")
    assert _get(table, "/company/x.atom") == b"<feed/>"
    table.refresh(["company/x.atom"])
    assert _get(table, "/company/x.atom") == b"<feed>1</feed>"
    (feeds / "company/x.atom").write_bytes(b"<feed>22</feed>")
    clock.now += 1.5
    assert _get(table, "/company/x.atom") == b"<feed>22</feed>"


def test_a_removed_feed_is_forgotten_at_once_when_told(feeds: Path) -> None:
    table = FeedTable(feeds, clock=Clock())
    assert _get(table, "/company/x.atom")
    (feeds / "company/x.atom").unlink()
    table.refresh(["company/x.atom"])
    assert "/company/x.atom" not in table
    assert _get(table, "/company/x.atom") is None


def test_an_unchanged_feed_is_not_read_again(feeds: Path) -> None:
    clock = Clock()
    table = FeedTable(feeds, clock=clock)
    asyncio.run(table.get("/all.atom"))
    first = table.ready("/all.atom")
    clock.now += 5
    assert table.ready("/all.atom") is None
    asyncio.run(table.get("/all.atom"))
    assert table.ready("/all.atom") is first


def test_memory_is_bounded_and_every_feed_is_served_all_the_same(feeds: Path) -> None:
    bodies = {}
    for number in range(20):
        bodies[f"/company/c{number}.atom"] = str(number).encode() * 5000
        (feeds / f"company/c{number}.atom").write_bytes(bodies[f"/company/c{number}.atom"])
    table = FeedTable(feeds, budget=30_000, clock=Clock())
    for _ in range(2):
        assert {address: _get(table, address) for address in bodies} == bodies
    assert sum(table.ready(address) is not None for address in bodies) < 6


def test_many_who_ask_at_once_get_the_same_file(feeds: Path) -> None:
    table = FeedTable(feeds)

    async def ask() -> set[int]:
        return {id(found) for found in await asyncio.gather(*(table.get("/all.atom") for _ in range(50)))}

    assert len(asyncio.run(ask())) == 1


def test_a_feed_replaced_by_a_link_is_not_followed(feeds: Path) -> None:
    clock = Clock()
    table = FeedTable(feeds, clock=clock)
    assert _get(table, "/all.atom")
    (feeds / "all.atom").unlink()
    (feeds / "all.atom").symlink_to(feeds.parent / "secret.atom")
    clock.now += 2
    assert _get(table, "/all.atom") is None
