"""A WebSub hub on the loopback address: it verifies, and it pushes, rightly and wrongly signed."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

import httpx


class Hub:
    """`asked` holds the forms that came; `answers` what was said to each question at a callback."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hub"
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, str]] = []
        self.verifies, self.status, self.lease, self.location = True, 202, "3600", ""
        self._threads: list[threading.Thread] = []

    def take(self, fields: dict[str, str]) -> None:
        self.asked.append(fields)
        if self.verifies and self.status == 202:
            thread = threading.Thread(target=self.ask_back, args=(fields,))
            self._threads.append(thread)
            thread.start()

    def ask_back(self, fields: dict[str, str], challenge: str = "c0ffee<b>") -> None:
        """Ask whether a request is meant."""
        query = {"hub.mode": fields["hub.mode"], "hub.topic": fields["hub.topic"], "hub.challenge": challenge}
        query["hub.lease_seconds"] = self.lease
        self.ask(fields["hub.callback"], query)

    def ask(self, callback: str, query: dict[str, str]) -> httpx.Response:
        answer = httpx.get(f"{callback}?{urlencode(query)}", trust_env=False)
        self.answers.append((answer.status_code, answer.text))
        return answer

    def push(
        self, body: bytes, secret: str | None = None, method: str = "sha256", **headers: str
    ) -> httpx.Response:
        """Send content to the callback that was given last, signed with its secret unless told otherwise."""
        last = self.asked[-1]
        key = (last.get("hub.secret", "") if secret is None else secret).encode()
        if key:
            headers["X-Hub-Signature"] = (
                f"{method}={hmac.new(key, body, getattr(hashlib, method)).hexdigest()}"
            )
        headers = {"Content-Type": "application/rss+xml; charset=utf-8", **headers}
        return httpx.post(last["hub.callback"], content=body, headers=headers, trust_env=False)

    def settle(self) -> None:
        """Wait until every question that is under way is answered."""
        while self._threads:
            self._threads.pop().join(10)


@contextmanager
def running() -> Iterator[Hub]:
    """A hub that runs; stopped at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if self.path == "/hub" and not hub.location:
                hub.take({name: values[0] for name, values in parse_qs(body).items()})
            self.send_response(hub.status)
            if hub.location:
                self.send_header("Location", hub.location)
            said = b"" if hub.status == 202 else b"no such <topic> here"
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub = Hub(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.settle()
        server.shutdown()
        server.server_close()
        thread.join()
