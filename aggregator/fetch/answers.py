"""What one response means: a document, an unchanged one, a redirect, or a failure with a name.

Bodies are inflated by hand, because a client's own decoders cannot be capped (see `inflate`). The body of
a redirect is never read, that of a refusal only in its first bytes, to tell a wall from a server that is
down. Nothing here opens a connection.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

import httpcore
import httpx

from aggregator.errors import FetchError
from aggregator.fetch import address as addresses
from aggregator.fetch import headers, walls
from aggregator.fetch.address import Address
from aggregator.fetch.inflate import Gzip, Plain, TooMuchError
from aggregator.fetch.request import Request, Unchanged
from aggregator.fetch.transport import TooLongError
from aggregator.model import Document
from aggregator.text import one_line

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_PERMANENT = frozenset([301, 308])
_OK = frozenset([200, 203])
# A body in crumbs costs processor time per crumb, so very many very small ones are an attack.
_CRUMBS, _CRUMB_BYTES = 20_000, 16
LEAST_LOOK = 16_384
"""Bytes of a refusal's body that are looked at for the marks of a wall."""
_REASONS = {404: "not_found", 410: "gone", 429: "rate_limited"}
_WAITS = frozenset([429, 503])


@dataclass(frozen=True, slots=True)
class Redirect:
    """The server's word that the document is elsewhere."""

    location: str
    permanent: bool
    """301 or 308: the new address is to be used from now on (RFC 9110, sections 15.4.2 and 15.4.9)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The time of fetching, and bytes as sent and as unpacked."""

    now: datetime
    wire: int
    body: int


async def read(
    request: Request, address: Address, response: httpx.Response, limits: Limits
) -> Document | Unchanged | Redirect:
    """The meaning of a response; FetchError where it is a refusal or cannot be used."""
    status = response.status_code
    if status in _OK:
        return await _document(request, address, response, limits)
    if status == 304:
        return _unchanged(request, response, limits.now)
    if status in _REDIRECTS:
        return Redirect(_location(request, response), status in _PERMANENT)
    raise await _refused(request, response, limits)


def validators(request: Request, now: datetime) -> tuple[str, str]:
    """What may be sent of the validators at hand."""
    return headers.entity_tag(request.etag), headers.modified(request.last_modified, now)


def next_hop(request: Request, base: Address, location: str, asked_port: int, hop: int) -> Address:
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


def _unchanged(request: Request, response: httpx.Response, now: datetime) -> Unchanged:
    sent_etag, sent_modified = validators(request, now)
    if not (sent_etag or sent_modified):
        detail = "the server says 304 (not modified) although nothing was said to compare with"
        raise FetchError(request.url, "protocol", detail, status=304)
    etag = headers.entity_tag(response.headers.get("etag", ""))
    modified = headers.modified(response.headers.get("last-modified", ""), now)
    fresh = headers.fresh_for(response.headers, now)
    return Unchanged(request.url, etag or sent_etag, modified or sent_modified, fresh_for=fresh)


async def _refused(request: Request, response: httpx.Response, limits: Limits) -> FetchError:
    status = response.status_code
    reason = _REASONS.get(status, "server_error" if 500 <= status <= 599 else "http_status")
    detail = f"the server answered {status}"
    wall = walls.named(status, response.headers, await _beginning(request, response))
    if wall:
        reason, detail = "walled", f"{detail}: {wall}, {walls.REMEDY}"
    wait = None
    if status in _WAITS:
        wait = headers.retry_after(response.headers.get("retry-after", ""), limits.now)
    if wait:
        detail += f" and asks for {wait:.0f} s of patience"
    return FetchError(request.url, reason, detail, status=status, retry_after=wait)


async def _beginning(request: Request, response: httpx.Response) -> bytes:
    """The first bytes of a refusal's body, where a wall may have written its name; nothing where it lies."""
    if response.status_code not in walls.TELLING:
        return b""
    try:
        body = _body(request, response, LEAST_LOOK)
        await _fill(response, body, LEAST_LOOK)
    except (FetchError, TooLongError, _CrumbsError, zlib.error):
        return b""
    except (httpcore.NetworkError, httpcore.RemoteProtocolError):
        pass  # what came is enough
    except TooMuchError:
        pass
    return body.content()[:LEAST_LOOK]


async def _document(request: Request, address: Address, response: httpx.Response, limits: Limits) -> Document:
    most = request.first or limits.body
    body = _body(request, response, most)
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > limits.wire and not request.first:
        raise FetchError(request.url, "too_large", f"{declared[:20]} bytes are announced")
    arrived = await _read(request, response, body)
    content = body.content()
    if not arrived and not content:
        raise FetchError(request.url, "truncated", "the connection ended before anything of use came")
    kind = response.headers.get("content-type", "")
    return Document(
        url=str(address),
        content=content,
        fetched_at=limits.now,
        requested=request.url,
        media_type=headers.media_type(kind),
        charset=headers.charset(kind),
        etag=headers.entity_tag(response.headers.get("etag", "")),
        last_modified=headers.modified(response.headers.get("last-modified", ""), limits.now),
        complete=arrived and body.whole,
        fresh_for=headers.fresh_for(response.headers, limits.now),
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
    """Fill the body; False where it is not all there: the connection ended early, or only its beginning is
    wanted."""
    try:
        return await _fill(response, body, request.first)
    except (TooMuchError, TooLongError) as error:
        if request.first:
            return False
        raise FetchError(request.url, "too_large", f"refused: {error}") from error
    except _CrumbsError as error:
        raise FetchError(request.url, "protocol", "the body comes in crumbs of a few bytes") from error
    except zlib.error as error:
        raise FetchError(
            request.url, "encoding", f"the body is not the gzip it claims to be: {error}"
        ) from error
    except (httpcore.NetworkError, httpcore.RemoteProtocolError):
        return False


class _CrumbsError(Exception):
    pass


async def _fill(response: httpx.Response, body: Plain, first: int) -> bool:
    """Take what comes, of its beginning at least so many bytes; False where more may follow."""
    assert isinstance(response.stream, httpx.AsyncByteStream)  # as GuardedTransport gives it, not decoded
    pieces = size = 0
    async for piece in response.stream:
        pieces, size = pieces + 1, size + len(piece)
        if pieces > _CRUMBS and size < pieces * _CRUMB_BYTES:
            raise _CrumbsError
        body.feed(piece)
        if first and size >= first:
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
