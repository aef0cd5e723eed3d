"""`Fetcher`: one document from a web server, whole or refused for a named reason.

Redirects are followed by hand, because each hop is judged anew: by the site's robots.txt (`robots`), by how
its host is doing (`breaker`), by whose turn it is (`lanes`), by the addresses that its name has (`transport`). What the
response means is told in `answers`. No cookies, no proxies or passwords from the environment, no
retries: when to ask again is decided by whoever asked.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from aggregator.errors import FetchError, UsageError
from aggregator.fetch import address as addresses
from aggregator.fetch import answers, robots
from aggregator.fetch.address import Address
from aggregator.fetch.answers import Limits, Redirect
from aggregator.fetch.breaker import Breaker
from aggregator.fetch.lanes import Lanes
from aggregator.fetch.posting import Posted, Poster
from aggregator.fetch.request import Request, Unchanged
from aggregator.fetch.resolver import Resolve, Resolver
from aggregator.fetch.transport import GuardedTransport, TooLongError
from aggregator.model import Document
from aggregator.text import one_line

MOST_HOPS = 5
ROBOTS_DEADLINE = 10.0
"""Seconds that a robots.txt may take, beside those of the document."""
_NO_BODY = httpx.ByteStream(b"")
_Answer = Document | Unchanged | Redirect


class Fetcher:
    """The HTTP client of the whole program; an asynchronous context manager, one per event loop.

    ``clock`` gives the time of fetching (UTC). ``concurrency`` requests run at once, ``per_host`` of them
    to one host, whose starts are ``pace`` seconds apart. ``deadline`` is the seconds that one document may
    take from its first connection to its last byte, redirects included, waiting for its turn excluded.
    ``max_wire`` and ``max_body`` are bytes as sent and as unpacked. ``resolver`` replaces the name service:
    a blocking function from a host name to numeric addresses.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        concurrency: int = 64,
        per_host: int = 2,
        pace: float = 1.0,
        deadline: float = 30.0,
        max_wire: int = 10_000_000,
        max_body: int = 25_000_000,
        resolver: Resolve | None = None,
    ) -> None:
        if not (user_agent.isascii() and user_agent.isprintable() and user_agent.strip()):
            raise UsageError(f"user agent {user_agent!r} cannot be sent: use printable ASCII characters")
        self._user_agent, self._clock = user_agent, clock
        self._lanes = Lanes(concurrency=concurrency, per_host=per_host, pace=pace)
        self._deadline, self._max_wire, self._max_body = deadline, max_wire, max_body
        self._transport = GuardedTransport(Resolver(resolver), max_wire=max_wire)
        self._pace = pace
        self.robots = robots.Robots(clock)
        """What sites allow; its `recall` may be set to a store's memory."""
        self.breaker = Breaker(clock)
        """The hosts in trouble."""

    async def __aenter__(self) -> Self:
        # Both log full addresses, tokens in the query included.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()
        await asyncio.sleep(0)  # lets the last aborted connections close before the loop does

    async def fetch(self, request: Request) -> Document | Unchanged:
        """The document, or the server's word that it has not changed.

        Raises `FetchError` only; whatever else goes wrong below is turned into one here, because an
        unknown failure of one source must not touch another.
        """
        try:
            return await self._follow(request, self._deadline)
        except FetchError as error:
            raise _retold(error, request.url) from error.__cause__
        except TimeoutError as error:
            detail = f"not complete within {self._deadline:g} seconds"
            raise FetchError(addresses.shown(request.url), "timeout", detail) from error
        except Exception as error:
            raise _failure(request.url, error) from error

    def affordable(self, url: str, seconds: float) -> int:
        """How many requests to the host of an address its pace has room for in so many seconds; at least one."""
        try:
            pace = max(self._pace, self.robots.delay(addresses.parse(url)))
        except FetchError:
            return 1
        return max(1, int(seconds / pace)) if pace else sys.maxsize

    def least_wait(self, url: str) -> float:
        """Seconds before which an address is not asked for again because its site's Crawl-delay is longer than
        a poll can wait; 0 where it is not."""
        try:
            delay = self.robots.delay(addresses.parse(url))
        except FetchError:
            return 0.0
        return delay if delay > robots.SLOWEST else 0.0

    @asynccontextmanager
    async def reach(self, url: str, host: str, *, allow_private: bool) -> AsyncIterator[Sequence[str]]:
        """A turn at a host for another protocol than HTTP, with its judged addresses; FetchError about ``url``."""
        async with self._lanes.turn(host):
            try:
                judged = await self._transport.judged(host, allow_private=allow_private)
            except FetchError as error:
                raise _retold(error, url) from error.__cause__
            yield judged

    async def post_form(
        self, url: str, fields: Sequence[tuple[str, str]], *, allow_private: bool = False
    ) -> Posted:
        """Send a form, under the guard and limits of `fetch`. Raises `FetchError` where nobody answers."""
        poster = Poster(self._transport, self._lanes, self._user_agent, self._deadline)
        return await poster.post(url, fields, allow_private=allow_private)

    async def _follow(self, request: Request, left: float, *, prelude: bool = False) -> Document | Unchanged:
        """The end of the chain of redirects, within so many seconds of asking."""
        address = addresses.parse(request.url)
        asked, seen, moved, lasting = address, set[Address](), "", True
        if asked.port in addresses.BAD_PORTS:
            raise FetchError(
                request.url, "bad_url", f"port {asked.port} belongs to another service than HTTP"
            )
        while len(seen) <= MOST_HOPS and address not in seen:
            seen.add(address)
            self.breaker.check(address.host)
            pace = await self._robots_pace(request, address, hop=len(seen) - 1)
            async with self._lanes.turn(address.host, pace, prelude=prelude):
                began = asyncio.get_running_loop().time()
                answer = await self._within(left, request, address, hop=len(seen) - 1)
                left -= asyncio.get_running_loop().time() - began
            if not isinstance(answer, Redirect):
                return (
                    replace(answer, moved_to=moved) if moved and _may_move(request, asked, moved) else answer
                )
            address = answers.next_hop(request, address, answer.location, asked.port, len(seen))
            lasting = lasting and answer.permanent
            moved = str(address) if lasting else moved
        what = "in a circle" if address in seen else f"more than {MOST_HOPS} times"
        raise FetchError(request.url, "redirects", f"redirected {what}, last to {address.host}")

    async def _robots_pace(self, request: Request, address: Address, *, hop: int) -> float:
        """Seconds that the site wants between two requests; FetchError where it wants none of this one."""
        if not request.robots:
            return 0.0

        async def ask(file: Address) -> Document:
            wanted = Request(
                str(file),
                allow_private=request.allow_private,
                accept="text/plain, */*;q=0.5",
                robots=False,
                first=robots.FIRST,
            )
            try:
                answer = await self._follow(wanted, min(self._deadline, ROBOTS_DEADLINE), prelude=True)
            except (TimeoutError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                raise _failure(wanted.url, error) from error
            assert isinstance(answer, Document)  # no validators were sent
            return answer

        try:
            pace = await self.robots.pace(address, ask)
        except FetchError as error:
            raise _after(error, hop) from error.__cause__
        return min(pace, robots.SLOWEST)

    async def _within(self, seconds: float, request: Request, address: Address, *, hop: int) -> _Answer:
        try:
            with self.breaker.passage(address.host):
                async with asyncio.timeout(seconds):
                    return await self._ask(request, address)
        except FetchError as error:
            raise _after(error, hop) from error.__cause__

    async def _ask(self, request: Request, address: Address) -> _Answer:
        """One request: a document, an unchanged one, or the place it is redirected to."""
        asked = httpx.Request(
            "GET",
            str(address),
            headers=self._headers(request, address),
            stream=_NO_BODY,
            extensions={"allow_private": request.allow_private},
        )
        try:
            response = await self._transport.handle_async_request(asked)
        except httpcore.NetworkError as error:
            raise _failure(request.url, error) from error  # a host in trouble, for the breaker
        try:
            limits = Limits(self._clock(), self._max_wire, self._max_body)
            return await answers.read(request, address, response, limits)
        finally:
            await response.aclose()

    def _headers(self, request: Request, address: Address) -> list[tuple[str, str]]:
        sent = [
            ("Host", address.netloc),
            ("User-Agent", self._user_agent),
            ("Accept", request.accept),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        etag, modified = answers.validators(request, self._clock())
        if etag:
            sent.append(("If-None-Match", etag))
        if modified:
            sent.append(("If-Modified-Since", modified))
        return sent


def _may_move(request: Request, asked: Address, moved: str) -> bool:
    """Whether a permanent redirect is worth remembering. Where private networks may be asked, only within the host:
    nobody outside may name us an address in there (N-09)."""
    return not request.allow_private or addresses.parse(moved).host == asked.host


def _after(error: FetchError, hop: int) -> FetchError:
    """The failure of a hop, which says how many there were before it."""
    if hop and not error.hops:
        error.detail = f"after {hop} redirect{'s' * (hop > 1)}: {error.detail}"
        error.hops = hop
    return error


def _retold(error: FetchError, asked: str) -> FetchError:
    """The same failure under the address that was asked for, fit for a log."""
    detail = one_line(error.detail)[:400]
    return FetchError(
        addresses.shown(asked),
        error.reason,
        detail,
        status=error.status,
        retry_after=error.retry_after,
        hops=error.hops,
    )


def _failure(asked: str, error: Exception) -> FetchError:
    """A name for what the libraries raised."""
    reason = "connect" if isinstance(error, httpcore.NetworkError | OSError) else "protocol"
    if isinstance(error, TooLongError):
        reason = "too_large"
    if isinstance(error, TimeoutError):
        reason = "timeout"
    detail = one_line(f"{type(error).__name__}: {error}")[:200]
    return FetchError(addresses.shown(asked), reason, detail)
