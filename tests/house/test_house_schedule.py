"""The benchmark of schedules measures what it says: the same month every time, counted rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.schedule.house import House
from benchmarks.schedule.rules import CommaFeed, Fixed, Miniflux, Ours, Poll
from benchmarks.schedule.simulate import one
from benchmarks.schedule.sources import END, KINDS, START, Newsroom, newsrooms

DAY = 86400.0
FIRST = START.timestamp()
FEW = tuple((kind, 1, make) for kind, _, make in KINDS)


def room(*times: float, size: int = 10) -> Newsroom:
    return Newsroom("r", "office", "Europe/Berlin", size, "minute", tuple(FIRST + t for t in times))


def test_there_are_two_hundred_of_nine_kinds_and_the_same_every_time() -> None:
    """Else two runs could not be compared."""
    assert sum(number for _, number, _ in KINDS) == 200
    assert newsrooms(3, FEW[:3]) == newsrooms(3, FEW[:3])


def test_what_scrolls_by_between_two_polls_is_counted_as_missed() -> None:
    """Thirty items in an hour, of which a list of ten keeps the last ten."""
    flood = room(*(5.5 * DAY + 60 * n for n in range(30)))
    outcome = one(flood, Fixed(DAY))
    assert (outcome.missed, len(outcome.delays)) == (20, 10)


def test_a_release_waits_until_the_next_poll() -> None:
    """And a fixed interval makes as many polls as fit into the month."""
    outcome = one(room(5 * DAY), Fixed(3600))
    assert 0 <= outcome.delays[0] < 3600
    assert outcome.requests in (28 * 24, 28 * 24 + 1)


@pytest.mark.parametrize(("age", "hours"), [(31, 4), (15, 2), (8, 1)])
def test_commafeed_goes_by_the_age_of_the_newest_item(age: float, hours: float) -> None:
    """As described: the ceiling of four hours, half of it, a quarter of it."""
    assert CommaFeed().polled(Poll(FIRST, (FIRST - age * DAY,), ())) == FIRST + hours * 3600


def test_commafeed_takes_half_of_the_mean_gap_else() -> None:
    """Between five minutes and an hour."""
    for gap, wait in ((600, 300), (4000, 2000), (90_000, 3600), (10, 300)):
        shown = tuple(FIRST - gap * n for n in range(3))[::-1]
        assert CommaFeed().polled(Poll(FIRST, shown, ())) == FIRST + wait


def test_miniflux_takes_the_mean_gap_of_last_week() -> None:
    """A day where there is none, and in ticks of an hour."""
    assert Miniflux().polled(Poll(FIRST, (FIRST - 3600,), ())) == FIRST + DAY
    assert Miniflux().polled(Poll(FIRST, (FIRST - 7200, FIRST - 100), ())) == FIRST + 7200


@pytest.mark.parametrize("kind", ["office", "wire"])
def test_our_rule_misses_nothing_and_waits_less_for_no_more_requests(kind: str) -> None:
    """One source of a kind: beside an interval that costs as much."""
    (source,) = newsrooms(5, tuple(k for k in FEW if k[0] == kind))
    ours = one(source, Ours(source))
    even = one(source, Fixed((END - START).total_seconds() / ours.requests))
    assert ours.missed == 0
    assert ours.mean < even.mean


def test_the_real_way_reads_what_was_published(tmp_path: Path) -> None:
    """A day of one police office through adapter, store and settling: all of it, with delays of minutes."""
    rooms = newsrooms(5, tuple(k for k in FEW if k[0] == "police"))
    outcome = House(tmp_path, rooms).run(days=1)
    assert outcome.missed == 0
    assert outcome.delays
    assert 10 < outcome.requests < 120
    assert all(0 <= delay < 3 * 3600 for delay in outcome.delays)
