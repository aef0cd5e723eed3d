"""A form sent to a web server, under the same guard and limits as everything that is fetched.

For WebSub hubs, whose addresses stand in other people's feeds: the connection is judged in `transport`, and a
redirect is followed only where its status keeps the method (307, 308), hop by hop with the same rules as documents.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import httpcore
import httpx

from aggregator.errors import FetchError
from aggregator.fetch import address as addresses
from aggregator.fetch.address import Address
from aggregator.fetch.lanes import Lanes
from aggregator.fetch.transport import GuardedTransport, TooLongError
from aggregator.text import one_line

MOST_HOPS = 3
_KEEPING = frozenset({307, 308})
_SHOWN = 2_000
"""Bytes of an answer that are read: it is a sentence at most."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a server answered to a form."""

    status: int
    text: str
    """The beginning of its answer, as one line."""

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Poster:
    """What sending needs of its fetcher."""

    transport: GuardedTransport
    lanes: Lanes
    user_agent: str
    deadline: float

    async def post(self, url: str, fields: Sequence[tuple[str, str]], *, allow_private: bool) -> Posted:
        """Send a form. Raises `FetchError` as fetching does; a status that refuses is an answer."""
        try:
            return await self._follow(url, urlencode(fields).encode(), allow_private)
        except FetchError as error:
            detail = one_line(error.detail)[:300]
            raise FetchError(addresses.shown(url), error.reason, detail, status=error.status) from error
        except TimeoutError as error:
            detail = f"no answer within {self.deadline:g} seconds"
            raise FetchError(addresses.shown(url), "timeout", detail) from error
        except Exception as error:  # whatever the libraries raise: one hub's trouble
            reason = "connect" if isinstance(error, httpcore.NetworkError | OSError) else "protocol"
            detail = one_line(f"{type(error).__name__}: {error}")[:200]
            raise FetchError(addresses.shown(url), reason, detail) from error

    async def _follow(self, url: str, body: bytes, allow_private: bool) -> Posted:
        address = addresses.parse(url)
        asked_port = address.port
        if asked_port in addresses.BAD_PORTS:
            raise FetchError(url, "bad_url", f"port {asked_port} belongs to another service than HTTP")
        for _ in range(MOST_HOPS + 1):
            async with self.lanes.turn(address.host), asyncio.timeout(self.deadline):
                answer = await self._send(address, body, allow_private)
            if isinstance(answer, Posted):
                return answer
            address = _next_hop(url, address, answer, asked_port)
        raise FetchError(url, "redirects", f"redirected more than {MOST_HOPS} times, last to {address.host}")

    async def _send(self, address: Address, body: bytes, allow_private: bool) -> Posted | str:
        request = httpx.Request(
            "POST",
            str(address),
            headers=[
                ("Host", address.netloc),
                ("User-Agent", self.user_agent),
                ("Accept", "text/plain, */*;q=0.5"),
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Content-Length", str(len(body))),
                ("Connection", "close"),
            ],
            stream=httpx.ByteStream(body),
            extensions={"allow_private": allow_private},
        )
        response = await self.transport.handle_async_request(request)
        try:
            location = str(response.headers.get("location", ""))
            if response.status_code in _KEEPING and location:
                return location
            return Posted(response.status_code, one_line(await _beginning(response)))
        finally:
            await response.aclose()


async def _beginning(response: httpx.Response) -> str:
    assert isinstance(response.stream, httpx.AsyncByteStream)  # as GuardedTransport gives it
    read = b""
    try:
        async for piece in response.stream:
            read += piece
            if len(read) >= _SHOWN:
                break
    except (httpcore.NetworkError, httpcore.RemoteProtocolError, TooLongError):
        pass  # the status is the answer
    return read[:_SHOWN].decode("utf-8", "replace")


def _next_hop(asked: str, base: Address, location: str, asked_port: int) -> Address:
    try:
        there = addresses.follow(base, location)
    except ValueError as error:
        raise FetchError(asked, "redirects", f"redirected nowhere: {one_line(str(error))}") from error
    if base.scheme == "https" and there.scheme == "http":
        raise FetchError(asked, "tls", f"redirected without TLS to {there.host}")
    if there.port not in addresses.REDIRECT_PORTS and there.port != asked_port:
        raise FetchError(asked, "redirects", f"redirected to port {there.port} of {there.host}")
    return there
