"""A real server on loopback that says whatever bytes a test gives it, and remembers who asked.

It runs in a thread with an event loop of its own, so that the client under test has its loop to itself.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable

Play = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class HostileServer:
    """One path per fault: `say` serves fixed bytes, `play` runs a coroutine; any other path is not found."""

    def __init__(self, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1", port: int = 0) -> None:
        self.heads: dict[str, list[str]] = {}
        """Request heads seen, by path."""
        self.connections = 0
        self.address, self.port = address, port
        self._plays: dict[str, Play] = {}
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> HostileServer:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def url(self, path: str, host: str = "", scheme: str = "http") -> str:
        """An address of this server."""
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    def say(self, path: str, raw: bytes) -> str:
        """Serve exactly these bytes and close; the address. A path may begin with a host: that one's alone."""

        async def play(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(raw)
            await writer.drain()

        return self.play(path, play)

    def play(self, path: str, play: Play) -> str:
        """Run a coroutine for this path; the connection is closed at its end."""
        self._plays[path] = play
        return self.url(path)

    def seen(self, path: str) -> int:
        """How many requests this path had."""
        return len(self.heads.get(path, []))

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._talk, self.address, self.port, ssl=self._tls, backlog=200)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            first = await reader.readexactly(1)
            if first == b"\x16":  # a TLS greeting where plain HTTP is spoken
                writer.write(status("400 Bad Request"))
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            self.heads.setdefault(path, []).append(head)
            host = head.partition("\r\nHost: ")[2].partition("\r\n")[0].partition(":")[0]
            play = self._plays.get(f"{host}{path}", self._plays.get(path))
            if play is None:
                writer.write(status("404 Not Found"))
            else:
                await play(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def ok(body: bytes, *headers: str, length: bool = True) -> bytes:
    """A 200 response with these headers, and with its true length unless told otherwise."""
    lines = ["HTTP/1.1 200 OK", *headers] + ([f"Content-Length: {len(body)}"] if length else [])
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def status(line: str, *headers: str) -> bytes:
    """A response without a body."""
    return "\r\n".join([f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "", ""]).encode("latin-1")
