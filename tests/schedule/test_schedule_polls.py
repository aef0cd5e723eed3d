"""The schedule through the real store: what overran is read on, restarts and clock jumps, what is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from schedule_room import START, Desk, World, feed, rss

from aggregator.errors import FetchError
from aggregator.ingest import Report

URL = "https://newsroom.example/feed"
WORDPRESS = "<generator>https://wordpress.org/?v=6.4</generator>"
Item = tuple[str, int, datetime]


def items(first: int, last: int, at: datetime = START) -> list[Item]:
    """Items with these numbers, the newest first, one a minute before `at`."""
    return [(f"n{n}", n, at - timedelta(minutes=last - n + 1)) for n in range(last - 1, first - 1, -1)]


def later(desk: Desk, hours: float = 1.0) -> datetime:
    desk.world.now += timedelta(hours=hours)
    return desk.world.now


def came(report: Report) -> int:
    """Items that were not there before, whatever they are to others."""
    return sum(
        number for relation, number in report.counts.items() if relation not in ("unchanged", "revision")
    )


def overran(desk: Desk, head: str = "", **pages: bytes) -> dict[str, object]:
    """A list of ten items, an hour later with ten others, of which it had shown none: counts and reasons."""
    desk.configure(feed())
    desk.world.pages[URL] = rss(items(0, 10), head)
    desk.poll("newsroom")
    now = later(desk)
    desk.world.pages[URL] = rss(items(22, 32, now), head)
    desk.world.pages |= {f"https://newsroom.example/{path}": body for path, body in pages.items()}
    report = desk.poll("newsroom")
    assert report.outcome == "ok", "an overrun is no failure"
    return {"new": came(report), "reasons": [p.reason for p in report.problems]}


@pytest.mark.parametrize(
    ("head", "second"),
    [
        (WORDPRESS, "feed?paged=2"),
        ("<atom:link rel='next' href='https://newsroom.example/older'/>", "older"),
        ("<atom:link rel='prev-archive' href='/older'/>", "older"),
    ],
)
def test_what_scrolled_by_is_read_from_the_next_page(desk: Desk, head: str, second: str) -> None:
    """The same poll goes on until it meets what it knows: nothing is lost, and it is told."""
    page = rss([*items(12, 22), *items(8, 12)], "<generator>x</generator>")
    found = overran(desk, head, **{second: page})
    assert found == {"new": 22, "reasons": ["overrun"]}
    assert {f"n{n}" for n in range(32)} == desk.copies("newsroom")
    (gap,) = desk.gaps("newsroom")
    assert (gap["size"], gap["pages"], gap["closed"]) == (10, 1, True)
    assert [url for _, url in desk.world.asked][2:] == [f"https://newsroom.example/{second}"]


def test_a_gap_without_further_pages_stays_one(desk: Desk) -> None:
    """It is told, recorded, and the source is polled sooner from now on."""
    assert overran(desk) == {"new": 10, "reasons": ["overrun"]}
    (gap,) = desk.gaps("newsroom")
    assert (gap["pages"], gap["closed"]) == (0, False)
    due = datetime.fromisoformat(str(desk.state("newsroom")["next_due"]))
    assert due - desk.world.now <= timedelta(minutes=10)
    assert "→ at most" in str(desk.state("newsroom")["schedule"])


def test_reading_on_ends_after_ten_pages(desk: Desk) -> None:
    """A list without end is not read to its end; its pages are no part of the list."""
    pages = {
        f"feed?paged={n}": rss([(f"p{n}-{i}", n * 100 + i, START) for i in range(10)], WORDPRESS)
        for n in range(2, 30)
    }
    assert overran(desk, WORDPRESS, **pages)["new"] == 110
    assert len(desk.world.asked) == 12
    later(desk)
    desk.poll("newsroom")
    assert len(desk.world.asked) == 13


def test_a_page_that_cannot_be_had_costs_nothing_else(desk: Desk) -> None:
    """The list itself is stored."""
    assert overran(desk, WORDPRESS)["new"] == 10
    assert desk.gaps("newsroom")[0]["closed"] is False


def poll_pair(desk: Desk, first: list[Item], second: list[Item]) -> list[str]:
    """Reasons that the second of two polls gives."""
    desk.configure(feed())
    desk.world.pages[URL] = rss(first, WORDPRESS)
    assert desk.poll("newsroom").problems == ()
    later(desk)
    desk.world.pages[URL] = rss(second, WORDPRESS)
    reasons = [p.reason for p in desk.poll("newsroom").problems]
    assert bool(desk.gaps("newsroom")) == ("overrun" in reasons)
    return reasons


def test_new_ids_for_old_texts_are_no_gap(desk: Desk) -> None:
    """A publisher that changes every id lost nothing."""
    old = items(0, 10)
    assert poll_pair(desk, old, [(f"new-{key}", n, at) for key, n, at in old]) == ["remapped"]


def test_a_list_in_another_order_is_no_gap(desk: Desk) -> None:
    assert poll_pair(desk, items(0, 10), items(0, 10)[::-1]) == []


def test_one_known_item_is_enough(desk: Desk) -> None:
    """Nine new ones of ten: just in time."""
    assert poll_pair(desk, items(0, 10), items(9, 19)) == []


@pytest.mark.parametrize("size", [1, 2])
def test_lists_of_one_or_two_items_say_nothing(desk: Desk, size: int) -> None:
    """They show others whenever there are any."""
    assert poll_pair(desk, items(0, size), items(10, 10 + size)) == []


def test_a_list_that_was_emptied_is_no_gap(desk: Desk) -> None:
    """Three of ten that begin anew."""
    assert poll_pair(desk, items(0, 10), items(30, 33)) == []


def test_older_items_again_are_no_gap(desk: Desk) -> None:
    """A list that shows now these, now those, of which all are known."""
    assert poll_pair(desk, items(0, 10), items(10, 20)) == ["overrun"]
    later(desk)
    desk.world.pages[URL] = rss(items(0, 10), WORDPRESS)
    assert desk.poll("newsroom").problems == ()


def test_another_address_is_another_list(desk: Desk) -> None:
    """A mended address shows other items: none of them scrolled by."""
    desk.configure(feed())
    desk.world.pages[URL] = rss(items(0, 10))
    desk.poll("newsroom")
    later(desk)
    desk.world.pages[f"{URL}.xml"] = rss(items(20, 30))
    desk.configure(feed(f"{URL}.xml"))
    assert desk.poll("newsroom").problems == ()
    assert desk.gaps("newsroom") == []


# -- the schedule itself ---------------------------------------------------------------------------------


def test_the_store_says_why_the_next_poll_is_then(desk: Desk) -> None:
    """In the record of a source, also after a failure."""
    desk.configure(feed())
    weeks = [(f"w{n}", n, START - timedelta(weeks=n, hours=-2)) for n in range(1, 20)]
    desk.world.pages[URL] = rss(weeks)
    desk.poll("newsroom")
    assert str(desk.state("newsroom")["schedule"]).startswith("publishes about")
    desk.world.pages[URL] = FetchError("http_status", URL, "503", retry_after=50_000)
    later(desk)
    report = desk.poll("newsroom")
    assert report.next_due - desk.world.now >= timedelta(seconds=50_000)
    assert "asked to be left alone for 13.9 h" in str(desk.state("newsroom")["schedule"])


def test_a_restart_neither_forgets_nor_bursts(desk: Desk) -> None:
    """After a week twenty sources are as they were: none is due that was not, and their rhythm is known."""
    sources = [feed(f"https://newsroom.example/{n}", f"s{n}") for n in range(20)]
    for source in sources:
        desk.world.pages[source.url] = rss(
            [(f"{source.id}-{n}", n, START - timedelta(days=n)) for n in range(1, 9)]
        )
    desk.configure(*sources)
    desk.run(START + timedelta(hours=12), timedelta(minutes=5))
    before = {s.id: (desk.state(s.id)["next_due"], desk.state(s.id)["schedule"]) for s in sources}
    due = desk.store.due(desk.world.now)
    desk.restart()
    assert {s.id: (desk.state(s.id)["next_due"], desk.state(s.id)["schedule"]) for s in sources} == before
    assert desk.store.due(desk.world.now) == due
    # T-07: after a night without power each is due once, and comes back spread.
    desk.world.now += timedelta(hours=20)
    assert len(desk.store.due(desk.world.now)) == 20
    ran = desk.run(desk.world.now + timedelta(seconds=30))
    assert sorted(r.source for _, r in ran) == sorted(s.id for s in sources)
    assert len({desk.state(s.id)["next_due"] for s in sources}) > 15


def test_a_weekend_survives_a_restart(desk: Desk) -> None:
    """Office hours and monthly lines wait for days: that is no clock that was ahead."""
    desk.world.now = datetime.fromisoformat("2026-10-16T18:00+00:00")
    desk.world.pages[URL] = rss(items(0, 5))
    desk.configure(feed(hours="mon-fri 7-18"), feed(id="monthly", cron="0 9 1 * *"))
    for id in ("newsroom", "monthly"):
        desk.poll(id)
    due = [str(desk.state(id)["next_due"]) for id in ("newsroom", "monthly")]
    assert due[0].startswith("2026-10-19T05:0")
    assert due[1] == "2026-11-01T08:00:00Z"
    desk.restart()
    assert [desk.state(id)["next_due"] for id in ("newsroom", "monthly")] == due


def test_other_hours_are_taken_over_at_once(desk: Desk) -> None:
    """A source whose times were changed does not wait for the old ones."""
    desk.world.pages[URL] = rss(items(0, 5))
    desk.configure(feed(cron="0 9 1 * *"))
    desk.poll("newsroom")
    desk.configure(feed(cron="0 9 1 * *"))
    assert desk.store.due(desk.world.now) == []
    desk.configure(feed(cron="0 9 * * *"))
    assert desk.store.due(desk.world.now) == ["newsroom"]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=-1), timedelta(days=-20000)])
def test_t05_a_clock_that_was_put_back_delays_nothing_for_longer_than_an_interval(
    desk: Desk, jump: timedelta
) -> None:
    """T-05: each source is polled within its interval, not all at once, and nothing is read as new again."""
    sources = [feed(f"https://newsroom.example/{n}", f"s{n}") for n in range(12)]
    for source in sources:
        desk.world.pages[source.url] = rss(items(0, 5))
    desk.configure(*sources)
    desk.run(START + timedelta(hours=3), timedelta(minutes=1))
    desk.world.now += jump
    with desk.store.settling():
        desk.store.mend_times(desk.world.now)
    ran = desk.run(desk.world.now + timedelta(hours=1, minutes=1), timedelta(minutes=1))
    assert {r.source for _, r in ran} == {s.id for s in sources}
    assert len({at for at, _ in ran[:12]}) > 6
    assert all(r.outcome == "unchanged" for _, r in ran)


def test_a_backfill_makes_no_source_busy(desk: Desk) -> None:
    """Texts of last year come in by the dozen; the schedule says what it said."""
    desk.configure(feed())
    year = START - timedelta(days=400)
    desk.world.pages[URL] = rss([(f"n{n}", n, START - timedelta(weeks=n)) for n in range(1, 11)], WORDPRESS)
    desk.poll("newsroom")
    later(desk)
    desk.world.pages[URL] = rss([(f"n{n}", n, START - timedelta(weeks=n)) for n in range(10)], WORDPRESS)
    desk.world.pages[f"{URL}?paged=2"] = rss(items(100, 140, year))
    report = desk.poll("newsroom", backfill=1)
    assert came(report) == 41
    why = str(desk.state("newsroom")["schedule"])
    assert "a week" in why or "a month" in why
    assert "→ at most" not in why


def test_a_busy_wire_is_never_overrun(desk: Desk, world: World) -> None:
    """Two days of a list of the last twenty, one item every three minutes by day: none is missed."""
    published = [
        START + timedelta(minutes=3 * n) for n in range(-40, 1000) if (n // 200) % 2 == 0 or n % 10 == 0
    ]

    def shown(now: datetime) -> bytes:
        last = [(f"w{n}", n, at) for n, at in enumerate(published) if at <= now][-20:]
        return rss(last[::-1])

    world.pages[URL] = shown
    desk.configure(feed())
    ran = desk.run(START + timedelta(hours=36), timedelta(minutes=1))
    seen = {f"w{n}" for n, at in enumerate(published) if START <= at <= ran[-1][0]}
    assert seen <= desk.copies("newsroom")
    assert desk.gaps("newsroom") == []
    assert len(ran) < 36 * 12
