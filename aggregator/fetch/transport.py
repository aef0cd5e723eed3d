"""A guarded HTTP/1.1 connection for each request, under httpx's transport interface.

httpx's own transport reaches the network through a pool whose cost grows with the square of its
connections, looks names up where one hanging name stops all, and cannot be told which addresses are
allowed. Here a name is looked up in `resolver`, every answer is judged by `guard`, the socket is
connected to a judged address and its peer compared before one byte is sent; then httpcore's HTTP/1.1
connection speaks over it. TLS is checked against the host name, and the ``Host`` header carries it.

Connections are not kept: a poller asks each host once in many minutes.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence

import httpcore
import httpx

from aggregator.errors import FetchError
from aggregator.fetch import guard
from aggregator.fetch.resolver import Resolver

CONNECT_DEADLINE = 10.0
"""Seconds for one connection attempt with its TLS handshake; then the next address is tried."""
MOST_ADDRESSES = 4
HEADER_BYTES = 262_144
"""Bytes that may arrive before the response's headers are complete; stops endless interim responses."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends one request over one new connection to an address that may be connected to.

    The request extension ``allow_private`` (bool) lets private networks through for that request.
    Raises `FetchError` with the host as its address (``dns``, ``blocked_address``, ``connect``, ``tls``),
    `TooLongError`, and httpcore's own errors. ``max_wire`` is the number of bytes that one response may send.
    """

    def __init__(self, resolver: Resolver, *, max_wire: int) -> None:
        self._resolver = resolver
        self._max_wire = max_wire
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response with its headers read; its stream must be closed by the caller."""
        asked = request.url
        url = httpcore.URL(
            scheme=asked.raw_scheme, host=asked.raw_host, port=asked.port, target=asked.raw_path
        )
        private = bool(request.extensions.get("allow_private"))
        stream = await self._connect(url, allow_private=private)
        connection = httpcore.AsyncHTTP11Connection(origin=url.origin, stream=stream)
        wire = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream)
        try:
            response = await connection.handle_async_request(wire)
        except BaseException:
            await stream.aclose()  # httpcore does not close when it is cancelled before it began
            raise
        stream.allow(self._max_wire)
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    async def _connect(self, url: httpcore.URL, *, allow_private: bool) -> _Stream:
        host = url.host.decode("ascii").strip("[]")
        addresses = await self.judged(host, allow_private=allow_private)
        tls = self._context() if url.scheme == b"https" else None
        failure: Exception | None = None
        for address in addresses[:MOST_ADDRESSES]:
            try:
                async with asyncio.timeout(CONNECT_DEADLINE):
                    return await _open(address, url.origin.port, tls, host)
            except ssl.SSLError as error:
                raise FetchError(host, "tls", _tls_reason(host, error)) from error
            except OSError as error:  # TimeoutError among them
                failure = error
        what = "no answer in time" if isinstance(failure, TimeoutError) else str(failure)
        raise FetchError(host, "connect", f"{host} cannot be connected to: {what}") from failure

    async def judged(self, host: str, *, allow_private: bool) -> Sequence[str]:
        """The addresses of a host, if all of them may be connected to; FetchError ``dns``, ``blocked_address``."""
        addresses = await self._addresses(host)
        if why := guard.first_refusal(addresses, allow_private=allow_private):
            raise FetchError(host, "blocked_address", _blocked(host, why))
        return addresses

    async def _addresses(self, host: str) -> Sequence[str]:
        if guard.is_numeric(host):
            return (host,)
        try:
            addresses = await self._resolver.lookup(host)
        except (OSError, UnicodeError) as error:
            raise FetchError(host, "dns", f"{host} cannot be looked up: {error}") from error
        if not addresses:
            raise FetchError(host, "dns", f"{host} has no address")
        return addresses

    def _context(self) -> ssl.SSLContext:
        # Made on first use: reading the certificate store takes 20 to 40 ms.
        if self._tls is None:
            self._tls = httpcore.default_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


class _Stream(httpcore.AsyncNetworkStream):
    """asyncio's reader and writer as httpcore wants them, with a limit on what may arrive."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._left = HEADER_BYTES

    def allow(self, count: int) -> None:
        """From now on so many more bytes may arrive."""
        self._left = count

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - httpcore's signature
        try:
            data = await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLongError("more bytes than a response may have")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - httpcore's signature
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        # Nothing is owed to the server any more, and a polite TLS farewell could be waited for in vain.
        self._writer.transport.abort()


class TooLongError(Exception):
    """A response that sends more than it may."""


class _Body(httpx.AsyncByteStream):
    """httpcore's response body as httpx wants it."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._response.aiter_stream()

    async def aclose(self) -> None:
        await self._response.aclose()


async def _open(address: str, port: int, tls: ssl.SSLContext | None, host: str) -> _Stream:
    """A connection to exactly this address; OSError, ssl.SSLError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (address, port))
        if not guard.same(sock.getpeername()[0], address):
            raise ConnectionAbortedError("the connection leads to another address than the one checked")
        name = None if tls is None else host
        reader, writer = await asyncio.open_connection(sock=sock, ssl=tls, server_hostname=name)
    except BaseException:
        sock.close()
        raise
    return _Stream(reader, writer)


def _blocked(host: str, why: str) -> str:
    remedy = "allow_private = true in the source, or --allow-private, permits private networks"
    return f"{host} is at a {why} address: not asked ({remedy})"


def _tls_reason(host: str, error: ssl.SSLError) -> str:
    told = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
    return f"{host} has no trustworthy certificate or speaks no TLS we accept: {told or error}"
