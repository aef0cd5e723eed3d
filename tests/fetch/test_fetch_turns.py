"""Nobody waits for somebody else's trouble: name service, pace per host, places in all (N-13, N-14)."""

from __future__ import annotations

import asyncio
import threading

import pytest
from fetching import NOW, fetch, refused
from hostile_server import HostileServer, ok

from aggregator.fetch import Fetcher, Request
from aggregator.fetch.lanes import Lanes
from aggregator.fetch.resolver import Resolver


def test_fifty_hanging_names_do_not_hold_up_a_healthy_one(server: HostileServer) -> None:
    """asyncio's own resolver threads would be used up by six of them (N-13)."""
    server.say("/healthy", ok(b"x"))
    release = threading.Event()

    def resolve(host: str) -> list[str]:
        if host.startswith("hang"):
            release.wait(20)
        return ["127.0.0.1"]

    async def run() -> list[str]:
        ended: list[str] = []
        async with Fetcher(user_agent="t/1", clock=lambda: NOW, deadline=2.0, resolver=resolve) as fetcher:

            async def one(host: str) -> None:
                outcome = await asyncio.gather(
                    fetcher.fetch(
                        Request(server.url("/healthy", host=host), allow_private=True, robots=False)
                    ),
                    return_exceptions=True,
                )
                ended.append(f"{host} {getattr(outcome[0], 'reason', 'fine')}")

            await asyncio.gather(*(one(f"hang{n}.example") for n in range(50)), one("healthy.example"))
        return ended

    try:
        ended = asyncio.run(run())
    finally:
        release.set()
    assert ended[0] == "healthy.example fine"
    assert {line.split()[1] for line in ended[1:]} == {"timeout"}


def test_a_name_that_hangs_is_given_up_and_not_asked_again_at_once() -> None:
    """Its own deadline ends it; asking again would only collect hanging threads."""
    release, asked = threading.Event(), []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        release.wait(20)
        return []

    async def run() -> None:
        resolver = Resolver(resolve, deadline=0.1)
        with pytest.raises(OSError, match=r"within 0\.1 s"):
            await resolver.lookup("hang.example")
        with pytest.raises(OSError, match="short while ago"):
            await resolver.lookup("hang.example")

    try:
        asyncio.run(run())
    finally:
        release.set()
    assert asked == ["hang.example"]


def test_a_cancellation_that_comes_with_the_answer_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ends while a name is answered would otherwise fetch on until the deadline."""

    async def run() -> bool:
        resolver = Resolver(lambda _: [])
        answer: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
        monkeypatch.setattr(resolver, "_ask", lambda _: answer)
        task = asyncio.create_task(resolver.lookup("name.example"))
        await asyncio.sleep(0)
        answer.set_result(["127.0.0.1"])
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(run())


def test_names_that_lead_nowhere_are_a_typed_error(server: HostileServer) -> None:
    """No such name, no addresses, a resolver that breaks, an answer that is no address (N-13)."""

    def missing(_: str) -> list[str]:
        raise OSError("no such host")

    def broken(_: str) -> list[str]:
        raise UnicodeError("label too long")

    url = server.url("/", host="nowhere.example")
    assert refused(url, resolver=missing).reason == "dns"
    assert refused(url, resolver=broken).reason == "dns"
    assert refused(url, resolver=lambda _: []).reason == "dns"
    assert refused(url, resolver=lambda _: ["localhost"]).reason == "blocked_address"


def test_512_answers_are_no_trouble(server: HostileServer) -> None:
    """The first that can be connected to is used; only a few are tried (N-13)."""
    server.say("/answers", ok(b"x"))
    answers = ["127.0.0.1"] + [f"127.1.{n // 256}.{n % 256}" for n in range(511)]
    assert fetch(server.url("/answers", host="many.example"), resolver=lambda _: answers).content == b"x"


def test_the_next_address_is_tried_when_one_refuses(server: HostileServer) -> None:
    """A host with a dead address is still reached."""
    server.say("/second", ok(b"x"))
    answers = ["127.99.99.99", "127.0.0.1"]
    assert fetch(server.url("/second", host="two.example"), resolver=lambda _: answers).content == b"x"


def test_the_host_header_carries_the_name_and_not_the_address(server: HostileServer) -> None:
    """Connecting to a judged address must not change what the server is asked for."""
    server.say("/named", ok(b"x"))
    fetch(server.url("/named", host="bücher.example"), resolver=lambda _: ["127.0.0.1"])
    assert f"Host: xn--bcher-kva.example:{server.port}\r\n" in server.heads["/named"][0]


def _order(lanes: Lanes, *hosts: str) -> list[str]:
    """In which order these hosts got their turn when all came at once in this order."""
    started: list[str] = []

    async def one(host: str) -> None:
        async with lanes.turn(host):
            started.append(host)

    async def run() -> None:
        await asyncio.gather(*(one(host) for host in hosts))

    asyncio.run(run())
    return started


def test_a_host_that_waits_for_its_pace_holds_no_place() -> None:
    """With a single global place the other host still goes first."""
    lanes = Lanes(concurrency=1, per_host=2, pace=0.1)
    assert _order(lanes, "a", "a", "b") == ["a", "b", "a"]


def test_no_host_has_more_requests_at_once_than_allowed() -> None:
    """Two at a time, however many wait."""
    running: list[int] = [0]
    most: list[int] = []

    async def run() -> None:
        lanes = Lanes(concurrency=64, per_host=2, pace=0.0)

        async def one() -> None:
            async with lanes.turn("a"):
                running[0] += 1
                most.append(running[0])
                await asyncio.sleep(0.005)
                running[0] -= 1

        await asyncio.gather(*(one() for _ in range(12)))

    asyncio.run(run())
    assert (len(most), max(most)) == (12, 2)


def test_stalled_requests_step_aside_for_healthy_ones() -> None:
    """All places are taken by servers that never answer, and a healthy one still gets its turn (N-14)."""

    async def run() -> int:
        lanes = Lanes(concurrency=2, per_host=2, pace=0.0, patience=0.05)
        done = asyncio.Event()
        healthy = 0

        async def stalled(n: int) -> None:
            async with lanes.turn(f"stalled{n}"):
                await done.wait()

        tasks = [asyncio.create_task(stalled(n)) for n in range(6)]
        for n in range(10):
            async with lanes.turn(f"healthy{n}"):
                healthy += 1
        done.set()
        await asyncio.gather(*tasks)
        return healthy

    assert asyncio.run(run()) == 10


def test_a_failed_turn_is_given_back() -> None:
    """Errors and cancellations inside a turn leave no place occupied."""

    async def run() -> None:
        lanes = Lanes(concurrency=1, per_host=1, pace=0.0)
        for error in (ValueError, asyncio.CancelledError):
            with pytest.raises(error):
                async with lanes.turn("a"):
                    raise error
        async with lanes.turn("a"):
            pass

    asyncio.run(run())


def test_hosts_nobody_waits_for_are_forgotten() -> None:
    """Ten thousand hosts do not stay in memory for ever."""

    async def run() -> int:
        lanes = Lanes(concurrency=4, per_host=1, pace=0.0)
        for n in range(5_000):
            async with lanes.turn(f"host{n}"):
                pass
        return len(lanes)

    assert asyncio.run(run()) <= 1024
