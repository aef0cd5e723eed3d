"""What takes days: moves that are confirmed, sources that are gone, trouble that is waited out, rules that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Site, rss, serving

from aggregator import app as wiring
from aggregator.app import App, Paths
from aggregator.ingest import Haul, Report, moving
from aggregator.ingest.freshness import longest, stated
from aggregator.model import Problem, Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.store.moves import NOWHERE, Move

TEXT = (
    "<p>Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau der Halle kostete nach Angaben "
    "des Unternehmens 12,5 Millionen Euro und dauerte vierzehn Monate.</p><p>In der Halle entstehen künftig Bauteile "
    "für Windräder. Rund 140 Menschen arbeiten dort im Zweischichtbetrieb, berichtete das Unternehmen.</p>"
)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Days:
    """An application that is polled at times of the test's choosing."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.now = START
        self.source = Source(id="newsroom", adapter="feed", url="", allow_private=True)
        monkeypatch.setattr(wiring, "clock", lambda: self.now)

    def poll(self, **later: float) -> Report:
        """The report of a poll so much later."""
        self.now += timedelta(**later)
        return self._do(lambda app: app.poll([self.source]))[0]

    def due(self, **later: float) -> list[str]:
        """What would be polled so much later."""
        when = self.now + timedelta(**later)
        return self._do(lambda app: app.in_store(lambda: app.store.due(when)))

    def _do(self, work):  # type: ignore[no-untyped-def]
        async def go():  # type: ignore[no-untyped-def]
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                return await work(app)

        return asyncio.run(go())

    def state(self) -> dict[str, object]:
        shelf = Shelf.open(self.paths.data)
        try:
            return next(s for s in shelf.sources() if s["id"] == "newsroom")
        finally:
            shelf.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(tmp_path, monkeypatch)


def feed(site: Site, path: str, *titles: str) -> str:
    return site.put(path, rss(*((title, title, f"{TEXT}<p>{title}.</p>") for title in titles)))


def moved(site: Site, path: str, there: str, code: int = 301) -> str:
    return site.put(path, "", status=code, headers={"Location": there}, validators=False)


def asked(site: Site, path: str) -> int:
    return sum(p == path for p, _ in site.requests)


def test_a_move_within_the_site_is_adopted_when_it_is_confirmed(site: Site, days: Days) -> None:
    """Three polls on two days; then the new address is asked directly, under the old keys and validators."""
    days.source = replace(days.source, url=moved(site, "/old.xml", "/new.xml"))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    assert days.poll().counts == {"new": 1}
    days.poll(hours=1)
    assert days.state()["polled_at"] == ""
    days.poll(days=1)
    assert days.state()["polled_at"] == site.url("/new.xml")
    before = asked(site, "/old.xml")
    assert days.poll(hours=1).outcome == "unchanged"
    assert asked(site, "/old.xml") == before
    path, headers = site.requests[-1]
    assert (path, "If-None-Match" in headers) == ("/new.xml", True)
    feed(site, "/new.xml", "Neue Halle eröffnet", "Zweite Halle geplant")
    report = days.poll(hours=1)
    assert report.counts.get("new") == 1
    assert days.state()["url"] == site.url("/old.xml")


def test_three_polls_of_one_day_confirm_nothing(site: Site, days: Days) -> None:
    """A mistake of an afternoon is none of ours."""
    days.source = replace(days.source, url=moved(site, "/old.xml", "/new.xml"))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    for _ in range(6):
        days.poll(hours=1)
    assert days.state()["polled_at"] == ""


@pytest.mark.parametrize("code", [302, 303, 307])
def test_other_redirects_are_followed_and_never_adopted(code: int, site: Site, days: Days) -> None:
    """They are the server's business of the moment."""
    days.source = replace(days.source, url=moved(site, "/old.xml", "/new.xml", code))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    for _ in range(5):
        days.poll(days=1)
    assert days.state()["polled_at"] == ""


def test_an_adopted_address_that_fails_is_given_up(site: Site, days: Days) -> None:
    """The configured one is asked again at the next poll: nothing is for good."""
    days.source = replace(days.source, url=moved(site, "/old.xml", "/new.xml", 308))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    for _ in range(3):
        days.poll(days=1)
    assert days.state()["polled_at"] == site.url("/new.xml")
    del site.pages["/new.xml"]
    feed(site, "/old.xml", "Neue Halle eröffnet")
    assert days.poll(days=1).problems[0].reason == "not_found"
    assert days.poll(days=1).outcome in ("ok", "unchanged")
    assert days.state()["polled_at"] == ""


def test_an_edited_address_forgets_where_the_old_one_went(site: Site, days: Days) -> None:
    """What the operator writes counts."""
    days.source = replace(days.source, url=moved(site, "/old.xml", "/new.xml"))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    for _ in range(3):
        days.poll(days=1)
    days.source = replace(days.source, url=feed(site, "/third.xml", "Neue Halle eröffnet"))
    days.poll(days=1)
    assert (days.state()["polled_at"], site.requests[-1][0]) == ("", "/third.xml")


def test_410_retires_a_source_when_it_is_said_twice(site: Site, days: Days) -> None:
    """Most of a day apart; it is then due no more, and its state says so."""
    days.source = replace(days.source, url=site.put("/feed.xml", "", status=410))
    assert days.poll().problems[0].reason == "gone"
    days.poll(hours=2)
    assert (days.state()["gone_since"], days.due(days=3)) == ("", ["newsroom"])
    days.poll(days=1)
    assert days.state()["gone_since"]
    assert days.due(days=400) == []


def test_a_retired_source_comes_back_when_it_answers_or_is_edited(site: Site, days: Days) -> None:
    """Polled by hand, or with any other setting."""
    days.source = replace(days.source, url=site.put("/feed.xml", "", status=410))
    days.poll()
    days.poll(days=1)
    days.source = replace(days.source, title="Presse")
    assert days.due(days=3) == ["newsroom"]
    days.poll(days=1)
    days.poll(days=1)
    assert days.due(days=3) == []
    feed(site, "/feed.xml", "Neue Halle eröffnet")
    assert days.poll(days=1).outcome == "ok"
    assert days.due(days=3) == ["newsroom"]


def test_404_is_a_failure_however_often_it_comes(site: Site, days: Days) -> None:
    """Pages come back; only 410 says that they will not."""
    days.source = replace(days.source, url=site.url("/nothing.xml"))
    for _ in range(10):
        assert days.poll(days=1).problems[0].reason == "not_found"
    assert days.due(days=3) == ["newsroom"]


def test_n18_a_week_of_500_is_waited_out(site: Site, days: Days) -> None:
    """Asked after twice the time each time, a day at most, never at the same minute; kept, and well again at once."""
    days.source = replace(
        days.source, url=site.put("/feed.xml", "oops", status=500), every=3600.0, robots=False
    )
    waits = []
    while days.now < START + timedelta(days=7):
        report = days.poll()
        assert report.problems[0].reason == "server_error"
        waits.append((report.next_due - days.now).total_seconds() / 3600)
        days.now = report.next_due
    assert len(waits) == asked(site, "/feed.xml") <= 13
    assert all(0.9 * n <= wait <= n for n, wait in zip((1, 2, 4, 8, 16, 24, 24), waits, strict=False))
    assert len({wait % 1 for wait in waits}) > 1
    feed(site, "/feed.xml", "Neue Halle eröffnet")
    assert days.poll().counts == {"new": 1}
    assert days.due(hours=1.1) == ["newsroom"]


@pytest.mark.parametrize(
    ("said", "least", "most"), [("3", 54, 60), ("7200", 120, 126), ("9" * 11, 1440, 1446)]
)
def test_n18_retry_after_is_kept_within_reason(
    said: str, least: float, most: float, site: Site, days: Days
) -> None:
    """From the source's own interval to a day, in minutes here; never earlier than was asked for."""
    url = site.put("/feed.xml", "", status=429, headers={"Retry-After": said}, validators=False)
    days.source = replace(days.source, url=url, every=3600.0, robots=False)
    wait = (days.poll().next_due - days.now).total_seconds() / 60
    assert least <= wait <= most


def test_what_robots_txt_says_is_kept_over_a_restart(site: Site, days: Days) -> None:
    """One that forbids the feed is a failure with its remedy; it is asked for once a day, and heard when it changes."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /feed", media_type="text/plain")
    days.source = replace(days.source, url=feed(site, "/feed.xml", "Neue Halle eröffnet"))
    for _ in range(3):
        report = days.poll(hours=2)
        assert (report.outcome, report.problems[0].reason) == ("failed", "robots")
    assert (asked(site, "/robots.txt"), asked(site, "/feed.xml")) == (1, 0)
    site.put("/robots.txt", "User-agent: *\nDisallow:", media_type="text/plain")
    assert days.poll(days=1).counts == {"new": 1}


def test_a_crawl_delay_of_hours_is_the_least_time_between_two_polls(site: Site, days: Days) -> None:
    """Whatever interval is configured."""
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 14400", media_type="text/plain")
    days.source = replace(days.source, url=feed(site, "/feed.xml", "Neue Halle eröffnet"), every=600.0)
    hours = (days.poll().next_due - days.now).total_seconds() / 3600
    assert 4.0 <= hours <= 4.1


def haul(url: str, there: str, day: int = 1, failure: str = "") -> Haul:
    source = Source(id="a", adapter="feed", url=url)
    when = START + timedelta(days=day)
    problem = Problem(failure, "") if failure else None
    return Haul(source, when, when, moved_to=there, failure=problem)


def polls(url: str, *there: str) -> Move:
    """After as many polls, a day apart, each of which ended at one of these addresses."""
    move = NOWHERE
    for day, end in enumerate(there):
        move = moving.after(move, haul(url, end, day), failed=False)
    return move


def test_n09_another_site_is_only_suggested() -> None:
    """After three confirmations; the old address stays in use, and is asked first for as long as it redirects."""
    url, there = "https://www.alt.example/feed", "https://www.neu.example/feed"
    assert polls(url, there, there).told()["suggested"] == ""
    move = polls(url, there, there, there, there)
    assert (move.address, move.told()["suggested"]) == ("", there)
    assert moving.after(move, haul(url, "", 9), failed=False) == NOWHERE


def test_n09_an_end_that_changes_confirms_nothing() -> None:
    """Session ids in the address, or a redirect that is turned back and forth."""
    url = "https://a.example/feed"
    assert polls(url, *(f"https://a.example/feed?s={n}" for n in range(9))).address == ""
    assert (
        polls(url, "https://a.example/x", "", "https://a.example/x", "", "https://a.example/x").address == ""
    )


def test_n09_nobody_outside_names_an_address_inside(site: Site, days: Days) -> None:
    """A source in a private network that is sent to another host there: followed, as permitted, and never kept."""
    there = site.url("/new.xml", host="localhost")
    days.source = replace(days.source, url=moved(site, "/old.xml", there))
    feed(site, "/new.xml", "Neue Halle eröffnet")
    for _ in range(5):
        assert days.poll(days=1).outcome in ("ok", "unchanged")
    state = days.state()
    assert (state["polled_at"], state["suggested"]) == ("", "")


def test_a_failing_poll_neither_confirms_nor_forgets() -> None:
    """The server may be down for a day in the middle of moving."""
    url, there = "https://a.example/feed", "https://a.example/new"
    move = polls(url, there, there)
    move = moving.after(move, haul(url, "", 3, "timeout"), failed=True)
    assert moving.after(move, haul(url, there, 4), failed=False).address == there


def test_the_front_page_is_no_newsroom() -> None:
    """A rebuilt site sends every old address there."""
    url, there = "https://a.example/presse/feed", "https://a.example/"
    move = polls(url, there, there, there)
    assert (move.address, move.told()["suggested"]) == ("", there)


def test_a_move_back_to_the_configured_address_ends_the_adoption() -> None:
    """Then there is nothing to remember."""
    url, there = "https://a.example/feed", "https://a.example/new"
    move = polls(url, there, there, there)
    assert move == Move(address=there)
    for day in (4, 5, 6):
        move = moving.after(move, haul(url, url, day), failed=False)
    assert move == NOWHERE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://firma.example/a", "https://firma.example/b", True),
        ("http://firma.example/a", "https://www.firma.example/a", True),
        ("https://presse.firma.example/", "https://www.firma.example/presse/", True),
        ("https://www.firma.example/", "https://www.andere.example/", False),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://press.a.co.uk/", "https://a.co.uk/", True),
        ("https://firma.example/", "https://firma.example.org/", False),
        ("http://10.0.0.1/", "http://10.0.0.2/", False),
        ("http://10.0.0.1/", "http://10.0.0.1:8080/", True),
        ("http://intranet/", "http://server/", False),
    ],
)
def test_what_one_site_is(one: str, other: str, same: bool) -> None:
    """The same host, or below the same registered name."""
    assert moving.same_site(one, other) is same


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        (b"<rss><channel><ttl>60</ttl><item>", 3600.0),
        (b"<rss><channel><ttl>999999</ttl><item>", 86_400.0),
        (b"<rss><channel><ttl>0</ttl><item>", None),
        (b"<rss><channel><ttl>soon</ttl><item>", None),
        (b"<rss><channel><item><ttl>60</ttl></item>", None),
        (b"<rss><channel><sy:updatePeriod>\n hourly </sy:updatePeriod>", 3600.0),
        (b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600.0),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600.0),
        (b"<sy:updatePeriod>yearly</sy:updatePeriod>", 86_400.0),
        (b"", None),
    ],
)
def test_what_a_feed_says_of_its_rhythm_is_read(head: bytes, seconds: float | None) -> None:
    """In its head alone, and a day at most."""
    assert stated(head) == seconds
    assert longest(None, seconds) == seconds
    assert longest(7.0, seconds) == max(7.0, seconds or 0.0)
