"""What an invented site is, and the server that serves it on loopback.

A page's body may hold three marks, which the server replaces: `%%BASE%%` (scheme, host and port of the
site), `%%HOST%%` (host and port only, for protocol-relative links) and `%%WIRE%%` (base of a second host,
127.0.0.2, that serves `Site.wire`). A page is kept as (body, media type), as `Moved`, or as a callable that is
given the address as requested (path and query) and returns one of both. The sites know nothing of any reader.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

NOW = datetime(2026, 5, 20, 10, 30, tzinfo=UTC)
"""When the kit's readers look at the sites, unless a site says otherwise: a Wednesday."""


@dataclass(frozen=True)
class Moved:
    """A redirect to a path of the same site."""

    to: str
    status: int = 301


Body = tuple[bytes, str]
Page = Body | Moved | Callable[[str], "Body | Moved | None"]


@dataclass(frozen=True)
class Release:
    """One release as its site lists it.

    `url_path` begins with a slash, or with `%%WIRE%%` where the release stands on the other host. `published` is a
    date where the site tells the day, an aware datetime where list or article tell the minute, None where
    nobody can know. `deck` is the text that the list shows below the title, "" where it shows none.
    """

    url_path: str
    title: str
    published: date | datetime | None
    deck: str = ""

    @property
    def day(self) -> date | None:
        """The day in the site's own zone."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True)
class Site:
    """A whole invented site and what a reader must find on it, given only `entry`.

    `releases` are all that the list on the entry page holds (or the list on `listing`, where the entry only leads
    there), in the order of that list; what only its framework state holds counts too. `more` stand on following
    pages and archive years. `not_releases` are paths that must never be taken. `dated` says where the dates are:
    "list", "article" (only there), "url" (only there) or "none".
    """

    name: str
    entry: str
    pages: Mapping[str, Page]
    releases: tuple[Release, ...]
    more: tuple[Release, ...] = ()
    not_releases: tuple[str, ...] = ()
    language: str = "de"
    company: str = ""
    notes: str = ""
    tuned: bool = True
    listing: str = ""
    dated: str = "list"
    now: datetime = NOW
    zone: str = "Europe/Berlin"
    wire: Mapping[str, Page] = field(default_factory=dict)
    fallback: Callable[[str], Body] | None = None
    """Answers unknown paths with 200, as some sites do."""

    @property
    def list_path(self) -> str:
        """Where the list stands."""
        return self.listing or self.entry


class Running:
    """A site that is being served; `counts` are the requests by address (path and query)."""

    def __init__(self, site: Site, port: int, wire_port: int) -> None:
        self.site, self.port = site, port
        self.host = f"127.0.0.1:{port}"
        self.base = f"http://{self.host}"
        self.wire_base = f"http://127.0.0.2:{wire_port}"
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def entry(self) -> str:
        """The address that a person would type."""
        return self.url(self.site.entry)

    def url(self, path: str) -> str:
        """The absolute address of a path or of a release's `url_path`."""
        return path.replace("%%WIRE%%", self.wire_base) if path.startswith("%%") else self.base + path

    def fill(self, body: bytes) -> bytes:
        """A body with its marks replaced."""
        marks = ((b"%%BASE%%", self.base), (b"%%HOST%%", self.host), (b"%%WIRE%%", self.wire_base))
        for mark, value in marks:
            body = body.replace(mark, value.encode())
        return body

    def count(self, address: str) -> None:
        with self._lock:
            self.counts[address] += 1


def plain(address: str) -> str:
    """An address without percent escapes: compare two addresses in this form."""
    return unquote(address)


_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_TRACKING = re.compile(r"[?&](?:utm_\w+|nn)=[^&#]*")


def bare(address: str) -> str:
    """An address without escapes, fragment, session and tracking parts: two that are equal so lead to one release."""
    text = _SESSION.sub("", plain(address).partition("#")[0])
    text = _TRACKING.sub("", text)
    return text if "?" in text else text.replace("&", "?", 1)


def kept(pages: Mapping[str, Page], address: str) -> Page | None:
    """What is kept for an address; a callable is not called."""
    path = address.partition("?")[0]
    return next((pages[t] for t in (address, plain(address), path, plain(path)) if t in pages), None)


def answer(pages: Mapping[str, Page], address: str) -> Body | Moved | None:
    """What an address gives, escaped or not; a query that nothing is kept for is ignored, as servers do."""
    found = kept(pages, address)
    return found(address) if callable(found) else found


def document(site: Site, address: str) -> bytes:
    """The bytes of a page of the site or (`%%WIRE%%/...`) of its second host, marks not replaced; KeyError if none."""
    pages = site.wire if address.startswith("%%WIRE%%") else site.pages
    got = answer(pages, address.removeprefix("%%WIRE%%"))
    while isinstance(got, Moved):
        got = answer(pages, got.to)
    if got is None:
        raise KeyError(address)
    return got[0]


def _handler(running: Running, *, wire: bool) -> type[BaseHTTPRequestHandler]:
    site = running.site
    pages = site.wire if wire else site.pages

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            running.count(("%%WIRE%%" if wire else "") + self.path)
            got = answer(pages, self.path)
            if got is None and site.fallback and not wire:
                got = site.fallback(self.path)
            if isinstance(got, Moved):
                self.reply(got.status, b"", "text/html", Location=got.to)
            elif got is None:
                self.reply(404, b"<!doctype html><title>404</title><h1>Not found</h1>", "text/html")
            else:
                self.reply(200, running.fill(got[0]), got[1])

        do_HEAD = do_GET  # noqa: N815

        def reply(self, status: int, body: bytes, media_type: str, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serve(site: Site) -> Iterator[Running]:
    """The site on 127.0.0.1 and its second host on 127.0.0.2, on free ports; stopped at the end."""
    idle = BaseHTTPRequestHandler
    servers = [ThreadingHTTPServer((host, 0), idle) for host in ("127.0.0.1", "127.0.0.2")]
    running = Running(site, servers[0].server_address[1], servers[1].server_address[1])
    threads = []
    for server, wire in zip(servers, (False, True), strict=True):
        server.RequestHandlerClass = _handler(running, wire=wire)
        server.daemon_threads = True
        threads.append(threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True))
        threads[-1].start()
    try:
        yield running
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()
