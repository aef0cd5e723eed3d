"""A small web server on the loopback address, for tests that poll something real."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What an address answers. With `validators`, a repeated request gets a 304."""

    body: bytes
    status: int = 200
    media_type: str = "application/rss+xml"
    validators: bool = True
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """Pages by path; `requests` holds (path, headers) of all that came."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str = "/feed.xml", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: str | bytes, **more: object) -> str:
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **more)  # type: ignore[arg-type]
        return self.url(path)


@contextmanager
def serving() -> Iterator[Site]:
    """A running server; stopped at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, Page(b"nothing here", 404, "text/plain"))
            etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
            if page.validators and page.status == 200 and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.body)))
            if page.validators:
                self.send_header("ETag", etag)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rss(*items: tuple[str, str, str], link: str = "https://newsroom.example") -> str:
    """An RSS 2.0 feed of (guid, title, HTML) items, all of 2 November 2026."""
    from xml.sax.saxutils import escape

    entries = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title><link>{link}/{guid}</link>"
        f"<pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate><description>{escape(text)}</description></item>"
        for guid, title, text in items
    )
    head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Newsroom</title><link>{link}</link>"
    return f"{head}{entries}</channel></rss>"
