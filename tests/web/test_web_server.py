"""The server lives in somebody else's loop: no signals of its own, errors with a name, a clean end."""

from __future__ import annotations

import asyncio
import signal
import socket
from pathlib import Path

import httpx
import pytest

from aggregator.errors import AggregatorError
from aggregator.web import FeedTable, make_app, serve


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
