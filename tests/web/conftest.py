"""A published folder, and a server over it on a loopback port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from aggregator.web import FeedTable, make_app, serve

FEED = b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry/>" * 400 + b"</feed>"


def make_folder(place: Path) -> Path:
    """A folder with feeds, and beside it and in it what must never be served."""
    folder = place / "feeds"
    (folder / "company").mkdir(parents=True)
    (folder / "company/wilo.atom").write_bytes(FEED)
    (folder / "company/x.atom").write_bytes(b"<feed/>")
    (folder / "all.atom").write_bytes(FEED)
    (folder / "index.html").write_bytes(b"<!doctype html><title>Feeds</title>")
    (folder / "feeds.opml").write_bytes(b"<opml/>")
    (folder / "feed.css").write_bytes(b"feed{display:block}")
    (folder / ".aggregator-feeds").write_bytes(b"secret")
    (folder / "company/.1-2.tmp").write_bytes(b"secret")
    (folder / "data.db").write_bytes(b"secret")
    (place / "secret.atom").write_bytes(b"secret")
    (folder / "link.atom").symlink_to(place / "secret.atom")
    (folder / "away").symlink_to(place)
    return folder


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


@contextmanager
def client_of(folder: Path) -> Iterator[httpx.Client]:
    with (
        running(make_app(FeedTable(folder, interval=0.0))) as port,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, headers={"accept-encoding": "identity"}
        ) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of one server for all tests that only read."""
    with client_of(make_folder(tmp_path_factory.mktemp("web"))) as made:
        yield made


@pytest.fixture
def own(feeds: Path) -> Iterator[httpx.Client]:
    """A client of a server over `feeds`, for tests that change them."""
    with client_of(feeds) as made:
        yield made


@contextmanager
def running(app: ASGIApp) -> Iterator[int]:
    """The application on a free port of this machine, in a loop of its own; gives the port."""
    server = serve(app, "127.0.0.1", 0)
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),))
    thread.start()
    try:
        yield server.port
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def run() -> Callable[..., Any]:
    """`running`, for tests that need a server of their own."""
    return running
