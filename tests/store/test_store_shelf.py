"""What the reader finds, and that it finds it by an index: a store grows for years."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.errors import StoreError, UsageError
from aggregator.store import Shelf, Store

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LABELS = ("company/neu", "company/alt", "topic/bau", "kind/product")


class Rows:
    """A store with rows of its own, without texts: releases with labels, copies and reviews."""

    def __init__(self, folder: Path, releases: int = 60) -> None:
        self.store = Store(folder)
        self.c: sqlite3.Connection = self.store.db.conn
        self.labels: dict[int, set[str]] = {}
        self.published: dict[int, str] = {}
        self.source: dict[int, str] = {}
        chance = random.Random(7)
        self.c.execute("PRAGMA foreign_keys = OFF")
        for row in range(1, releases + 1):
            day = (NOW - timedelta(days=chance.randrange(30))).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.published[row], self.source[row] = day, f"s{row % 3}"
            self.labels[row] = {label for label in LABELS if chance.random() < 0.4}
            self._add(row, day)
        for label, alias_of in (("company/alt", "company/neu"), ("company/neu", ""), ("topic/bau", "")):
            self.c.execute(
                "INSERT INTO feeds (label, title, identity, configured, alias_of, minted_at) VALUES (?,?,?,0,?,?)",
                (label, label, label, alias_of, "2026-01-01T00:00:00Z"),
            )
        self.shelf = Shelf(self.c)

    def _add(self, row: int, day: str) -> None:
        self.c.execute(
            "INSERT INTO releases (id, uid, canonical, first_seen, published, updated) VALUES (?,?,?,?,?,?)",
            (row, f"urn:uuid:{row:08x}-aaaa", row, day, day, day),
        )
        self.c.execute(
            "INSERT INTO copies VALUES (?,?,?,?,?,'','de','','',?,'','',0,'',x'','new',?,?,0)",
            (row, row, self.source[row], f"key {row}", f"https://example.com/{row}", day, day, day),
        )
        for label in self.labels[row]:
            self.c.execute("INSERT INTO labels (label, published, release) VALUES (?,?,?)", (label, day, row))

    def newest(self, *any_of: str) -> list[int]:
        """What a plain look at every release gives."""
        rows = [r for r, labels in self.labels.items() if labels & set(any_of)]
        return sorted(rows, key=lambda r: (self.published[r], r), reverse=True)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    made = Rows(tmp_path)
    yield made
    made.store.close()


def test_a_feed_that_goes_on_under_another_name_has_the_releases_of_both(rows: Rows) -> None:
    """Newest first, each once; its namesake has its own only."""
    both = rows.newest("company/alt", "company/neu")
    for limit in (1, 5, 1000):
        assert rows.shelf.latest("company/alt", limit) == both[:limit]
        assert rows.shelf.latest("company/neu", limit) == rows.newest("company/neu")[:limit]
        assert rows.shelf.latest("kind/product", limit) == rows.newest("kind/product")[:limit]


def test_feeds_are_counted_with_their_newest_release(rows: Rows) -> None:
    """Those of an alias with those of the name that it goes on under."""
    feeds = {str(f.label): f for f in rows.shelf.feeds()}
    own, other = rows.newest("company/alt"), rows.newest("company/neu")
    assert feeds["company/neu"].count == len(other)
    assert feeds["company/alt"].count == len(own) + len(other)
    assert not feeds["company/alt"].listed
    newest = rows.published[rows.newest("company/alt", "company/neu")[0]]
    assert feeds["company/alt"].newest == datetime.fromisoformat(newest)


@pytest.mark.parametrize("labels", [[], ["topic/bau"], ["topic/bau", "company/neu"], [*LABELS[1:]]], ids=len)
@pytest.mark.parametrize("source", ["", "s1", "nobody"])
@pytest.mark.parametrize("since", ["", "2026-10-20"])
@pytest.mark.parametrize("limit", [0, 3])
def test_filters_are_joined(rows: Rows, labels: list[str], source: str, since: str, limit: int) -> None:
    """A release has all the labels; the limit counts what is left."""
    wanted = [
        row
        for row in sorted(rows.published, key=lambda r: (rows.published[r], r), reverse=True)
        if set(labels) <= rows.labels[row]
        and source in ("", rows.source[row])
        and rows.published[row] >= since
    ]
    assert rows.shelf.rows(labels=labels, source=source, since=since, limit=limit) == wanted[: limit or None]


def test_labels_of_many_releases_come_at_once(rows: Rows) -> None:
    """In order, and nothing for a release without any."""
    assert rows.shelf.labels(list(rows.labels)) == {
        r: tuple(sorted(found)) for r, found in rows.labels.items()
    }


def test_reviews_are_seen_from_both_sides(rows: Rows) -> None:
    """Whichever copy came first; a release never looks like itself."""
    rows.c.execute("UPDATE copies SET release = 4 WHERE id = 5")
    rows.c.executemany("INSERT INTO reviews VALUES (?,?,'')", [(1, 2), (3, 1), (4, 5), (5, 2), (2, 4)])
    assert sorted(rows.shelf.reviews(1)) == [2, 3]
    assert sorted(rows.shelf.reviews(2)) == [1, 4]
    assert rows.shelf.reviews(4) == [2]
    assert rows.shelf.reviews(9) == []


def test_a_release_is_found_by_whatever_names_it(rows: Rows) -> None:
    """Its number, its id or the beginning of it, the address or the key of a copy."""
    for reference in ("7", "urn:uuid:00000007-aaaa", "00000007", "https://example.com/7", "key 7"):
        assert rows.shelf.find(reference) == 7, reference


@pytest.mark.parametrize(
    "reference", ["0", "9" * 19, "9" * 5000, "0000", "", "nothing", "\udcff", "urn:uuid:00000007-b", "aaaa"]
)
def test_what_names_no_release_or_several_is_refused(rows: Rows, reference: str) -> None:
    """As wrong use, never as another error."""
    with pytest.raises(UsageError, match="found for"):
        rows.shelf.find(reference)


def test_what_is_asked_often_is_found_by_an_index(rows: Rows) -> None:
    """No query of a single release or feed reads a whole table."""
    asked: list[str] = []
    rows.c.set_trace_callback(asked.append)
    rows.shelf.reviews(1)
    rows.shelf.find("key 7")
    rows.shelf.latest("company/alt", 10)
    rows.shelf.labels([1, 2])
    rows.shelf.rows(labels=["topic/bau", "company/neu"], source="s1", limit=10)
    rows.c.set_trace_callback(None)
    assert len(asked) >= 7
    for query in asked:
        plan = [step[3] for step in rows.c.execute(f"EXPLAIN QUERY PLAN {query}")]
        tables = [step for step in plan if step.startswith("SCAN")]
        assert all("owners" in step or "json_each" in step for step in tables), (query, plan)
        assert not any("ORDER BY" in step for step in plan if "labels" in query and "json_each" not in query)


def test_the_newest_of_a_source_need_no_sorting(rows: Rows) -> None:
    """What a poll asks before it reads."""
    query = "SELECT key, draft_digest FROM copies WHERE source = 's1' ORDER BY id DESC LIMIT 10"
    assert [s[3] for s in rows.c.execute(f"EXPLAIN QUERY PLAN {query}")] == [
        "SEARCH copies USING INDEX copies_source (source=?)"
    ]


def test_nothing_stored_is_told_from_a_lost_database(tmp_path: Path) -> None:
    """The first is no error."""
    assert Shelf.open_if_any(tmp_path) is None
    Store(tmp_path).close()
    opened = Shelf.open_if_any(tmp_path)
    assert opened is not None
    assert opened.totals()["releases"] == 0
    opened.close()
    for path in tmp_path.glob("aggregator.db*"):
        path.unlink()
    with pytest.raises(StoreError, match="is gone"):
        Shelf.open_if_any(tmp_path)
