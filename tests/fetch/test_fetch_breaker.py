"""A host in trouble is left alone, asked once after a while, and never given up."""

from __future__ import annotations

import asyncio

import pytest
from fetching import NOW, Clock, ask, visit
from hostile_server import HostileServer, ok, status

from aggregator.errors import FetchError
from aggregator.fetch import Fetcher, Request
from aggregator.fetch.breaker import Breaker

PLAIN = {"robots": False}


def test_three_failures_in_a_row_open_the_circuit(site: HostileServer) -> None:
    """Further requests fail at once, with the time at which it is asked again."""
    site.say("/down", status("500 Oops"))

    async def work(fetcher: Fetcher, _: Clock) -> tuple[list[str], FetchError]:
        found = [await ask(fetcher, site.url("/down"), **PLAIN) for _ in range(5)]
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(Request(site.url("/other"), allow_private=True, robots=False))
        return found, caught.value

    found, error = visit(work)
    assert found == ["server_error"] * 3 + ["circuit_open"] * 2
    assert site.seen("/down") == 3
    assert (error.retry_after, error.reason) == (300.0, "circuit_open")
    assert "asked again at 2026-11-22 12:05 UTC" in error.detail


def test_one_request_is_let_through_after_the_pause(site: HostileServer) -> None:
    """Half open: while it is under way nobody else asks; its answer closes the circuit."""
    site.say("/down", status("503 Busy"))

    async def slowly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(ok(b"well"))

    site.play("/well", slowly)

    async def work(fetcher: Fetcher, clock: Clock) -> list[str]:
        for _ in range(3):
            await ask(fetcher, site.url("/down"), **PLAIN)
        clock.forward(seconds=301)
        found = await asyncio.gather(*(ask(fetcher, site.url("/well"), **PLAIN) for _ in range(5)))
        assert len(fetcher.breaker) == 0
        return [*sorted(found), await ask(fetcher, site.url("/well"), **PLAIN)]

    assert visit(work, per_host=9) == ["circuit_open"] * 4 + ["well", "well"]
    assert site.seen("/well") == 2


def test_a_probe_that_fails_doubles_the_pause_up_to_an_hour(site: HostileServer) -> None:
    """Over a day of trouble a host is asked about once an hour, however often somebody wants something."""
    site.say("/down", status("500 Oops"))

    async def work(fetcher: Fetcher, clock: Clock) -> None:
        for _ in range(24 * 12):
            await ask(fetcher, site.url("/down"), **PLAIN)
            clock.forward(minutes=5)
        site.say("/down", ok(b"well"))
        clock.forward(minutes=60)
        assert await ask(fetcher, site.url("/down"), **PLAIN) == "well"

    visit(work)
    assert 24 <= site.seen("/down") <= 32


@pytest.mark.parametrize("line", ["404 Not Found", "403 Forbidden", "410 Gone", "304 Not Modified"])
def test_a_host_that_answers_is_well(line: str, site: HostileServer) -> None:
    """Whatever it says about one page."""
    site.say("/page", status(line))
    site.say("/down", status("500 Oops"))

    async def work(fetcher: Fetcher, _: Clock) -> set[str]:
        found = set()
        for _ in range(5):
            found.add(await ask(fetcher, site.url("/down"), **PLAIN))
            found.add(await ask(fetcher, site.url("/down"), **PLAIN))
            await ask(fetcher, site.url("/page"), **PLAIN)
        return found

    assert visit(work) == {"server_error"}


def test_a_host_that_asks_for_patience_gets_it_from_everybody(site: HostileServer) -> None:
    """One 429 with a time is enough, and holds for its other pages too: an hour at most, the source itself longer."""
    site.say("/busy", status("429 Too Many Requests", "Retry-After: 1800"))
    site.say("/very", status("429 Too Many Requests", "Retry-After: 80000"))
    site.say("/news", ok(b"news"))

    async def work(fetcher: Fetcher, clock: Clock) -> list[str]:
        found = []
        for path, minutes in (
            ("/busy", 29),
            ("/news", 2),
            ("/news", 0),
            ("/very", 59),
            ("/news", 2),
            ("/news", 0),
        ):
            found.append(await ask(fetcher, site.url(path), **PLAIN))
            clock.forward(minutes=minutes)
        return found

    assert visit(work) == ["rate_limited", "circuit_open", "news", "rate_limited", "circuit_open", "news"]


def test_the_hosts_are_told_apart(site: HostileServer) -> None:
    """The trouble of one is no other's."""
    site.say("/down", status("500 Oops"))
    site.say("/news", ok(b"news"))

    async def work(fetcher: Fetcher, _: Clock) -> str:
        for _ in range(4):
            await ask(fetcher, site.url("/down", host="127.0.0.1"), **PLAIN)
        return await ask(fetcher, site.url("/news", host="news.example"), **PLAIN)

    assert visit(work, resolver=lambda _: ["127.0.0.1"]) == "news"


def test_names_ports_and_deadlines_count_as_trouble(site: HostileServer) -> None:
    """Whatever keeps a host from being reached."""

    async def stall(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.play("/slow", stall)

    def resolve(host: str) -> list[str]:
        raise OSError("no such name")

    async def work(fetcher: Fetcher, _: Clock) -> list[str]:
        urls = [site.url("/slow"), "http://127.0.0.9:2/", site.url("/", host="nowhere.example")]
        return [await ask(fetcher, url, **PLAIN) for url in urls for _ in range(4)]

    found = visit(work, resolver=resolve, deadline=0.2)
    assert found[:4] == ["timeout"] * 3 + ["circuit_open"]
    assert found[4:8] == ["connect"] * 3 + ["circuit_open"]
    assert found[8:] == ["dns"] * 3 + ["circuit_open"]


def test_an_interrupted_probe_leaves_the_circuit_usable() -> None:
    """A cancelled request says nothing about its host, and the next one is the probe."""
    clock = Clock()
    breaker = Breaker(clock)

    def fail() -> None:
        with breaker.passage("a"):
            raise FetchError("a", "connect")

    for _ in range(3):
        with pytest.raises(FetchError):
            fail()
    clock.forward(minutes=6)
    with pytest.raises(asyncio.CancelledError), breaker.passage("a"):
        raise asyncio.CancelledError
    with breaker.passage("a"):
        pass
    assert len(breaker) == 0


def test_a_clock_that_was_set_back_keeps_nobody_out() -> None:
    """A pause of years is none."""
    clock = Clock()
    breaker = Breaker(clock)
    clock.forward(days=400)
    for _ in range(3):
        with pytest.raises(FetchError), breaker.passage("a"):
            raise FetchError("a", "dns")
    clock.now = NOW
    breaker.check("a")


def fail(breaker: Breaker, host: str) -> None:
    with pytest.raises(FetchError), breaker.passage(host):
        raise FetchError(f"https://{host}/", "timeout", "no answer")


def test_hosts_that_failed_once_are_forgotten_after_a_day() -> None:
    """A link to a page that is down is asked once and never again: its host may not be remembered for ever."""
    clock = Clock()
    breaker = Breaker(clock)
    for n in range(500):
        fail(breaker, f"down-{n}.example")
        clock.forward(seconds=600)
    assert len(breaker) == 144, "those of the last 24 hours"
    clock.forward(seconds=86_400)
    fail(breaker, "again.example")
    assert len(breaker) == 1


def test_of_very_many_hosts_those_that_failed_longest_ago_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that goes on failing stays left alone, however many others fail beside it."""
    monkeypatch.setattr("aggregator.fetch.breaker.MOST_HOSTS", 50)
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(3):
        fail(breaker, "dead.example")
    for n in range(200):
        fail(breaker, f"down-{n}.example")
        if n % 40 == 0:
            clock.forward(seconds=3601)
            fail(breaker, "dead.example")
    assert len(breaker) == 50
    with pytest.raises(FetchError) as caught:
        breaker.check("dead.example")
    assert caught.value.reason == "circuit_open"
