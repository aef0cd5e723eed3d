"""`Fetcher`: one document from a web server, whole or refused for a named reason.

Redirects are followed by hand, because each hop is judged anew and a redirect's body is never read;
bodies are inflated by hand, because a client's own decoders cannot be capped (see `inflate`). No
cookies, no proxies or passwords from the environment, no retries: when to ask again is decided by
whoever asked.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from aggregator.errors import FetchError, UsageError
from aggregator.fetch import address as addresses
from aggregator.fetch import headers
from aggregator.fetch.address import Address
from aggregator.fetch.inflate import Gzip, Plain, TooMuchError
from aggregator.fetch.lanes import Lanes
from aggregator.fetch.posting import Posted, Poster
from aggregator.fetch.request import Request, Unchanged
from aggregator.fetch.resolver import Resolve, Resolver
from aggregator.fetch.transport import GuardedTransport, TooLongError
from aggregator.model import Document
from aggregator.text import one_line

MOST_HOPS = 5
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_OK = frozenset([200, 203])
_NO_BODY = httpx.ByteStream(b"")
# A body in crumbs costs processor time per crumb, so very many very small ones are an attack.
_CRUMBS, _CRUMB_BYTES = 20_000, 16


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
            return await self._follow(request)
        except FetchError as error:
            raise _retold(error, request.url) from error.__cause__
        except TimeoutError as error:
            detail = f"not complete within {self._deadline:g} seconds"
            raise FetchError(addresses.shown(request.url), "timeout", detail) from error
        except Exception as error:
            raise _failure(request.url, error) from error

    async def post_form(
        self, url: str, fields: Sequence[tuple[str, str]], *, allow_private: bool = False
    ) -> Posted:
        """Send a form, under the guard and limits of `fetch`. Raises `FetchError` where nobody answers."""
        poster = Poster(self._transport, self._lanes, self._user_agent, self._deadline)
        return await poster.post(url, fields, allow_private=allow_private)

    async def _follow(self, request: Request) -> Document | Unchanged:
        address = addresses.parse(request.url)
        asked_port, left, seen = address.port, self._deadline, set[Address]()
        if asked_port in addresses.BAD_PORTS:
            raise FetchError(
                request.url, "bad_url", f"port {asked_port} belongs to another service than HTTP"
            )
        while len(seen) <= MOST_HOPS and address not in seen:
            seen.add(address)
            async with self._lanes.turn(address.host):
                began = asyncio.get_running_loop().time()
                answer = await self._within(left, request, address, hop=len(seen) - 1)
                left -= asyncio.get_running_loop().time() - began
            if not isinstance(answer, str):
                return answer
            address = _next_hop(request, address, answer, asked_port, len(seen))
        what = "in a circle" if address in seen else f"more than {MOST_HOPS} times"
        raise FetchError(request.url, "redirects", f"redirected {what}, last to {address.host}")

    async def _within(
        self, seconds: float, request: Request, address: Address, *, hop: int
    ) -> Document | Unchanged | str:
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(request, address)
        except FetchError as error:
            if hop:
                error.detail = f"after {hop} redirect{'s' * (hop > 1)}: {error.detail}"
            raise

    async def _ask(self, request: Request, address: Address) -> Document | Unchanged | str:
        """One request: a document, an unchanged one, or the place it is redirected to."""
        asked = httpx.Request(
            "GET",
            str(address),
            headers=self._headers(request, address),
            stream=_NO_BODY,
            extensions={"allow_private": request.allow_private},
        )
        response = await self._transport.handle_async_request(asked)
        try:
            return await self._answer(request, address, response)
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
        etag, modified = self._validators(request)
        if etag:
            sent.append(("If-None-Match", etag))
        if modified:
            sent.append(("If-Modified-Since", modified))
        return sent

    def _validators(self, request: Request) -> tuple[str, str]:
        """What may be sent of the validators at hand."""
        return headers.entity_tag(request.etag), headers.modified(request.last_modified, self._clock())

    async def _answer(
        self, request: Request, address: Address, response: httpx.Response
    ) -> Document | Unchanged | str:
        status = response.status_code
        if status in _OK:
            return await self._document(request, address, response)
        if status == 304:
            return self._unchanged(request, response)
        if status in _REDIRECTS:
            return _location(request, response)
        raise self._refused(request, response)

    def _unchanged(self, request: Request, response: httpx.Response) -> Unchanged:
        sent_etag, sent_modified = self._validators(request)
        if not (sent_etag or sent_modified):
            detail = "the server says 304 (not modified) although nothing was said to compare with"
            raise FetchError(request.url, "protocol", detail, status=304)
        etag = headers.entity_tag(response.headers.get("etag", ""))
        modified = headers.modified(response.headers.get("last-modified", ""), self._clock())
        return Unchanged(request.url, etag or sent_etag, modified or sent_modified)

    def _refused(self, request: Request, response: httpx.Response) -> FetchError:
        status = response.status_code
        reason = {410: "gone", 429: "rate_limited"}.get(status, "http_status")
        wait = None
        if status in (429, 503):
            wait = headers.retry_after(response.headers.get("retry-after", ""), self._clock())
        detail = f"the server answered {status}" + (f" and asks for {wait:.0f} s of patience" if wait else "")
        return FetchError(request.url, reason, detail, status=status, retry_after=wait)

    async def _document(self, request: Request, address: Address, response: httpx.Response) -> Document:
        body = _body(request, response, self._max_body)
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared[:20]) > self._max_wire:
            raise FetchError(request.url, "too_large", f"{declared[:20]} bytes are announced")
        arrived = await _read(request, response, body)
        content = body.content()
        if not arrived and not content:
            raise FetchError(request.url, "truncated", "the connection ended before anything of use came")
        now = self._clock()
        kind = response.headers.get("content-type", "")
        return Document(
            url=str(address),
            content=content,
            fetched_at=now,
            requested=request.url,
            media_type=headers.media_type(kind),
            charset=headers.charset(kind),
            etag=headers.entity_tag(response.headers.get("etag", "")),
            last_modified=headers.modified(response.headers.get("last-modified", ""), now),
            complete=arrived and body.whole,
            links=headers.links(response.headers.get_list("link")),
        )


def _body(request: Request, response: httpx.Response, most: int) -> Plain:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return Plain(most)
    if encoding in ("gzip", "x-gzip"):
        return Gzip(most)
    detail = f"the body is packed as {one_line(encoding)[:60]!r} although only gzip was offered"
    raise FetchError(request.url, "encoding", detail)


async def _read(request: Request, response: httpx.Response, body: Plain) -> bool:
    """Fill the body; False where the connection ended before the end that was announced."""
    assert isinstance(response.stream, httpx.AsyncByteStream)  # as GuardedTransport gives it, not decoded
    pieces = size = 0
    try:
        async for piece in response.stream:
            pieces, size = pieces + 1, size + len(piece)
            if pieces > _CRUMBS and size < pieces * _CRUMB_BYTES:
                raise FetchError(request.url, "protocol", "the body comes in crumbs of a few bytes")
            body.feed(piece)
    except (TooMuchError, TooLongError) as error:
        raise FetchError(request.url, "too_large", f"refused: {error}") from error
    except zlib.error as error:
        raise FetchError(
            request.url, "encoding", f"the body is not the gzip it claims to be: {error}"
        ) from error
    except (httpcore.NetworkError, httpcore.RemoteProtocolError):
        return False
    return True


def _location(request: Request, response: httpx.Response) -> str:
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    if not raw.strip():
        raise FetchError(
            request.url, "redirects", f"the server answered {response.status_code} and does not say where"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _next_hop(request: Request, base: Address, location: str, asked_port: int, hop: int) -> Address:
    """The address of the next request; FetchError names the hop and what is wrong with it."""
    try:
        there = addresses.follow(base, location)
    except ValueError as error:
        raise FetchError(
            request.url, "redirects", f"hop {hop} leads nowhere: {one_line(str(error))}"
        ) from error
    if base.scheme == "https" and there.scheme == "http":
        raise FetchError(request.url, "tls", f"hop {hop} gives up TLS: {there.host} is asked for over http")
    if there.port not in addresses.REDIRECT_PORTS and there.port != asked_port:
        raise FetchError(request.url, "redirects", f"hop {hop} leads to port {there.port} of {there.host}")
    return there


def _retold(error: FetchError, asked: str) -> FetchError:
    """The same failure under the address that was asked for, fit for a log."""
    detail = one_line(error.detail)[:300]
    return FetchError(
        addresses.shown(asked), error.reason, detail, status=error.status, retry_after=error.retry_after
    )


def _failure(asked: str, error: Exception) -> FetchError:
    """A name for what the libraries raised."""
    reason = "connect" if isinstance(error, httpcore.NetworkError | OSError) else "protocol"
    if isinstance(error, TooLongError):
        reason = "too_large"
    detail = one_line(f"{type(error).__name__}: {error}")[:200]
    return FetchError(addresses.shown(asked), reason, detail)
