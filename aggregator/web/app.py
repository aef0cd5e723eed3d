"""The application: GET and HEAD of what the table holds, a health report, the states of the sources, the
callbacks of hubs, and nothing else.

No address, host name or header of a request ever comes back in an answer, and no file system path
is made from one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from aggregator.errors import AggregatorError
from aggregator.web.table import ATOM, FIXED, FeedTable, Headers, Resource, Variant

log = logging.getLogger(__name__)

HEALTH, SOURCES = "/healthz", "/status"
CALLBACKS = "/websub/"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_BODY_SECONDS = 30.0
"""How long a hub may take to send what it has to say."""
_AGAIN = b"60"
"""Seconds after which a hub may send again what could not be stored."""
_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_JSON = (b"content-type", b"application/json")
_XML = b"application/xml; charset=utf-8"
_NO_STORE = (b"cache-control", b"no-store")
_BRIEFLY = (b"cache-control", b"public, max-age=30")
_STATES_FOR = 5.0
"""Seconds for which the states of the sources are told again as they are."""
_NOT_FOUND = b"There is nothing at this address. The list of all feeds is at /index.html\n"
_NOT_ALLOWED = b"Only GET and HEAD are answered here.\n"


class Callbacks(Protocol):
    """What stands behind ``/websub/<token>`` (`subscriber` has one)."""

    most_bytes: int
    """Of what a hub may send."""

    async def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """What a hub's question is answered with; None where nobody asked for what it says."""
        ...

    async def status(self, token: str) -> int:
        """What is to be answered before a body is read: 200 where it is wanted, 404, or 410 for one that was left."""
        ...

    async def deliver(self, token: str, headers: Mapping[str, str], body: bytes) -> None:
        """Take what a hub sends. Names of `headers` are in lower case. Raises `AggregatorError` where it cannot be taken
        now: the hub is told to send it again."""
        ...


def make_app(
    table: FeedTable,
    *,
    status: Callable[[], Mapping[str, Any]] | None = None,
    sources: Callable[[], Sequence[Mapping[str, Any]]] | None = None,
    callbacks: Callbacks | None = None,
) -> Starlette:
    """The application over a table. Without `callbacks`, hubs find nothing here.

    `sources` gives the states of the sources for ``/status``; it is called in a thread, once in a few seconds
    however many ask. Everybody may read them.

    `status` gives what ``/healthz`` reports besides ``ok`` and the number of ``feeds``; it is called in
    a thread. Its own ``ok`` decides between 200 and 503, and so does an exception, which is logged.
    """
    face = _Face(table, status, sources, callbacks)
    return Starlette(routes=[Route("/{path:path}", endpoint=face, include_in_schema=False)])


class _Face:
    """The whole application as one ASGI endpoint: a route's own request objects cost half of the speed."""

    def __init__(
        self,
        table: FeedTable,
        status: Callable[[], Mapping[str, Any]] | None,
        sources: Callable[[], Sequence[Mapping[str, Any]]] | None,
        callbacks: Callbacks | None,
    ) -> None:
        self._table, self._status, self._sources, self._callbacks = table, status, sources, callbacks
        self._said, self._said_at = b"", 0.0
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._callbacks is not None and scope["path"].startswith(CALLBACKS):
            await _call_back(self._callbacks, scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(scope, send, 405, [_TEXT, (b"allow", b"GET, HEAD"), _NO_STORE], _NOT_ALLOWED)
            return
        address = scope["path"]
        if address == HEALTH:
            await self._health(scope, send)
            return
        if address == SOURCES and self._sources is not None:
            await self._states(scope, send, self._sources)
            return
        address = "/index.html" if address == "/" else address
        resource = self._table.ready(address) or await self._table.get(address)
        if resource is None:
            await _answer(scope, send, 404, [_TEXT, _BRIEFLY], _NOT_FOUND)
        else:
            await _send_resource(scope, send, resource)

    async def _health(self, scope: Scope, send: Send) -> None:
        report: dict[str, Any] = {"ok": True, "feeds": len(self._table)}
        if self._status is not None:
            try:
                report.update(await run_in_threadpool(self._status))
            except Exception:  # whatever it is: the service is not well, and the feeds go on
                log.exception("the status could not be had")
                report["ok"] = False
        body = json.dumps(report, ensure_ascii=False, default=str).encode("utf-8", "replace")
        await _answer(scope, send, 200 if report["ok"] else 503, [_JSON, _NO_STORE], body)

    async def _states(
        self, scope: Scope, send: Send, sources: Callable[[], Sequence[Mapping[str, Any]]]
    ) -> None:
        async with self._asking:
            if not self._said or time.monotonic() - self._said_at > _STATES_FOR:
                try:
                    found = {"sources": await run_in_threadpool(sources)}
                except Exception:  # as with /healthz
                    log.exception("the states of the sources could not be had")
                    await _answer(scope, send, 503, [_TEXT, _NO_STORE], b"The states cannot be had now.\n")
                    return
                self._said = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
                self._said_at = time.monotonic()
        await _answer(scope, send, 200, [_JSON, _NO_STORE], self._said)


async def _call_back(callbacks: Callbacks, scope: Scope, receive: Receive, send: Send) -> None:
    """A hub's question (GET) or what it pushes (POST). Of a request nothing comes back but the hub's own challenge,
    as plain text and only where we asked for what it confirms."""
    try:
        await _answer_hub(callbacks, scope, receive, send)
    except AggregatorError as error:  # nothing can be stored now: the hub is to try again
        log.error("websub: %s", error)
        await _answer(scope, send, 503, [_TEXT, _NO_STORE, (b"retry-after", _AGAIN)], b"")


async def _answer_hub(callbacks: Callbacks, scope: Scope, receive: Receive, send: Send) -> None:
    token, method = scope["path"].removeprefix(CALLBACKS), scope["method"]
    if not _TOKEN.fullmatch(token) or method not in ("GET", "POST"):
        await _answer(scope, send, 404, [_TEXT, _NO_STORE], b"")
        return
    if method == "GET":
        challenge = await callbacks.confirm(token, _question(scope["query_string"]))
        body = b"" if challenge is None else challenge.encode("utf-8", "replace")
        await _answer(scope, send, 404 if challenge is None else 200, [_TEXT, _NO_STORE], body)
        return
    code = await callbacks.status(token)
    if code == 200:
        body_or_none = await _body(receive, callbacks.most_bytes)
        code = 413 if body_or_none is None else 202
        if body_or_none is not None:
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            await callbacks.deliver(token, headers, body_or_none)
    await _answer(scope, send, code, [_TEXT, _NO_STORE], b"")


def _question(query: bytes) -> dict[str, str]:
    """The parameters of a hub's question, of each the first; none where there are more than any hub sends."""
    try:
        pairs = parse_qsl(query.decode("latin-1"), max_num_fields=50)
    except ValueError:
        return {}
    return dict(reversed(pairs))


async def _body(receive: Receive, most: int) -> bytes | None:
    """A request's body; None where it is larger than it may be, or takes too long."""
    pieces, size = list[bytes](), 0
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None  # the other end is gone
                pieces.append(message.get("body", b""))
                size += len(pieces[-1])
                if size > most:
                    return None
                if not message.get("more_body"):
                    return b"".join(pieces)
    except TimeoutError:
        return None


async def _answer(scope: Scope, send: Send, code: int, headers: Headers, body: bytes) -> None:
    sized = [*headers, *FIXED, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": code, "headers": sized})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _send_resource(scope: Scope, send: Send, resource: Resource) -> None:
    asked = dict(scope["headers"])
    chosen = resource.plain
    if resource.gzip is not None and _takes_gzip(asked.get(b"accept-encoding", b"")):
        chosen = resource.gzip
    held = _held(asked, resource, chosen)
    if held is not None:
        await send({"type": "http.response.start", "status": 304, "headers": held.unmodified})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = _for_browsers(chosen.headers) if _is_browser(asked.get(b"accept", b"")) else chosen.headers
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else chosen.body
    await send({"type": "http.response.body", "body": body})


def _is_browser(accepted: bytes) -> bool:
    return b"text/html" in accepted and b"atom" not in accepted


def _for_browsers(headers: Headers) -> Headers:
    """Feeds as plain XML: Chromium shows Atom's own type as source text and ignores its style sheet."""
    return [(name, _XML if value == ATOM else value) for name, value in headers]


def _held(asked: Mapping[bytes, bytes], resource: Resource, chosen: Variant) -> Variant | None:
    """The variant that the client has already, by its conditions (RFC 9110, section 13)."""
    tags = asked.get(b"if-none-match")
    if tags is not None:
        # Weak comparison is a search: an opaque tag cannot hold a quote, so `"x"` is found as itself
        # or as W/"x" only. It costs the same for one tag and for ten thousand.
        if chosen.etag in tags or tags.strip() == b"*":
            return chosen
        other = resource.plain if chosen is resource.gzip else resource.gzip
        return other if other is not None and other.etag in tags else None
    since = asked.get(b"if-modified-since")
    return chosen if since is not None and resource.modified <= _seconds(since) <= time.time() else None


@lru_cache(maxsize=1024)
def _seconds(date: bytes) -> float:
    """An HTTP date; what is none is older than everything."""
    try:
        return parsedate_to_datetime(date.decode("latin-1")).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return -1.0


@lru_cache(maxsize=1024)
def _takes_gzip(accepted: bytes) -> bool:
    """Whether gzip is wanted at least as much as the plain bytes (RFC 9110, section 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name.removeprefix("x-")] = _weight(parameters)
    gzip = weights.get("gzip", weights.get("*", 0.0))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weight(parameters: list[str]) -> float:
    value = next((p.partition("=")[2] for p in parameters if p.partition("=")[0].strip() == "q"), "1")
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
