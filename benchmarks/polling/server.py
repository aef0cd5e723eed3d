"""The newsrooms: one small HTTP server on as many loopback hosts as there are feeds.

Runs in a process of its own and holds every answer ready in memory, so that it costs the clients under
test next to nothing. It prints its port, then obeys one word per line on standard input: ``first``
or ``next`` (which edition the feeds show); it answers each with what it has sent since the last one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from datetime import timedelta
from email.utils import format_datetime
from hashlib import sha256

from benchmarks.polling.texts import FIRST, ITEMS, feed

EDITIONS = {"first": 0, "next": 1}


def host(number: int) -> str:
    """One loopback address per feed, as 500 newsrooms are 500 hosts."""
    return f"127.10.{number // 250}.{number % 250 + 1}"


class Newsrooms:
    """All editions of all feeds, rendered before the first request."""

    def __init__(self, feeds: int, port: int) -> None:
        self.sent: Counter[str] = Counter()
        self.edition = "first"
        self._ready = {
            name: {host(n): _answers(n, first, port) for n in range(feeds)}
            for name, first in EDITIONS.items()
        }

    def answer(self, address: str, head: bytes) -> bytes:
        """The whole response to one request, given its head."""
        path = head.split(b" ", 2)[1]
        if path != b"/feed.xml":
            self.sent["404"] += 1
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        full, unchanged, etag = self._ready[self.edition][address]
        known = etag in head
        self.sent["304" if known else "200"] += 1
        return unchanged if known else full


def _answers(number: int, first: int, port: int) -> tuple[bytes, bytes, bytes]:
    body = feed(number, first, f"http://{host(number)}:{port}")
    etag = b'"' + sha256(body).hexdigest()[:16].encode() + b'"'
    modified = format_datetime(FIRST + timedelta(days=first + ITEMS), usegmt=True).encode()
    validators = b"ETag: " + etag + b"\r\nLast-Modified: " + modified + b"\r\n"
    ok = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
    length = b"Content-Length: " + str(len(body)).encode() + b"\r\n"
    return (
        ok + validators + length + b"\r\n" + body,
        b"HTTP/1.1 304 Not Modified\r\n" + validators + b"\r\n",
        etag,
    )


class Connection(asyncio.Protocol):
    def __init__(self, rooms: Newsrooms) -> None:
        self.rooms, self.buffer = rooms, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.address: str = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.transport.write(self.rooms.answer(self.address, head))


async def serve(feeds: int) -> None:
    loop = asyncio.get_running_loop()
    probe = await loop.create_server(asyncio.Protocol, host(0), 0)
    port: int = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    rooms = Newsrooms(feeds, port)
    hosts = [host(number) for number in range(feeds)]
    server = await loop.create_server(lambda: Connection(rooms), hosts, port, backlog=512)
    print(port, flush=True)
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    cpu = time.process_time()
    while line := (await commands.readline()).decode().strip():
        rooms.edition = line
        print(json.dumps({"sent": rooms.sent, "cpu": time.process_time() - cpu}), flush=True)
        rooms.sent, cpu = Counter(), time.process_time()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
