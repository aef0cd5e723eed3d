"""The server lives in somebody else's loop: no signals of its own, errors with a name, a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from pathlib import Path

import httpx
import pytest

from aggregator.errors import AggregatorError
from aggregator.web import FeedTable, make_app, patience, serve


def test_a_taken_port_is_named_with_a_remedy(feeds: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            AggregatorError, match=rf"127\.0\.0\.1:{port}: cannot listen.*choose another port"
        ):
            serve(make_app(FeedTable(feeds)), "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"), [("no-such-host.invalid", 0), ("192.0.2.1", 0), ("127.0.0.1", 99999), ("ä" * 80, 1)]
)
def test_an_impossible_address_is_named(host: str, port: int, feeds: Path) -> None:
    with pytest.raises(AggregatorError, match=f"{host}:{port}"):
        serve(make_app(FeedTable(feeds)), host, port)


def test_it_takes_no_signals_and_ends_when_told(feeds: Path) -> None:
    """The command line's handler must still be there while the server runs, and the port free after it."""

    async def life() -> tuple[int, object, int]:
        server = serve(make_app(FeedTable(feeds)), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{server.port}/all.atom")
            handler = signal.getsignal(signal.SIGTERM)
            server.should_exit = True
        await asyncio.wait_for(task, 10)
        return answer.status_code, handler, server.port

    before = signal.getsignal(signal.SIGTERM)
    code, during, port = asyncio.run(life())
    assert (code, during) == (200, before)
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_idle_connections_do_not_hold_up_the_end(feeds: Path) -> None:
    async def life() -> None:
        server = serve(make_app(FeedTable(feeds)), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /all.atom HTTP/1.1\r\nHost: x\r\n")  # and never the rest
        await writer.drain()
        await asyncio.sleep(0.2)
        server.should_exit = True
        await asyncio.wait_for(task, 10)
        assert await reader.read() == b""
        writer.close()

    asyncio.run(life())


def test_headers_without_end_are_cut_off_and_others_are_served(feeds: Path) -> None:
    """W-05: neither memory nor time without bound for one client."""

    async def life() -> None:
        server = serve(make_app(FeedTable(feeds)), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        with contextlib.suppress(ConnectionError):
            writer.write(b"GET /all.atom HTTP/1.1\r\nHost: x\r\n")
            for number in range(400):
                writer.write(b"X-%d: " % number + b"a" * 1000 + b"\r\n")
                await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 10)
            assert not answer.startswith(b"HTTP/1.1 200")
        writer.close()
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"http://127.0.0.1:{server.port}/all.atom")).status_code == 200
        server.should_exit = True
        await asyncio.wait_for(task, 10)

    asyncio.run(life())


def test_a_request_that_never_ends_is_given_up(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header drip; a finished request and an idle connection are not meant."""
    monkeypatch.setattr(patience, "MOST_SECONDS", 0.3)

    async def life() -> None:
        server = serve(make_app(FeedTable(feeds)), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        good_reader, good = await asyncio.open_connection("127.0.0.1", server.port)
        good.write(b"GET /company/x.atom HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await good_reader.readuntil(b"<feed/>")).startswith(b"HTTP/1.1 200")
        reader, slow = await asyncio.open_connection("127.0.0.1", server.port)
        slow.write(b"GET /all.atom HTTP/1.1\r\nHost")
        assert await asyncio.wait_for(reader.read(), 10) == b""
        good.write(b"GET /company/x.atom HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await good_reader.readuntil(b"<feed/>")).startswith(b"HTTP/1.1 200")
        slow.close()
        good.close()
        server.should_exit = True
        await asyncio.wait_for(task, 10)

    asyncio.run(life())
