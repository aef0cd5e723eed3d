"""The polling benchmark measures what it says: equal feeds every time, of the stated size, with 304s."""

from __future__ import annotations

from statistics import mean

import feedparser
import pytest

from benchmarks.polling.server import Newsrooms, host
from benchmarks.polling.texts import ITEMS, feed, release


def test_feeds_are_the_same_every_time() -> None:
    """Else two runs could not be compared."""
    assert feed(3, 0, "http://127.10.0.4:1") == feed(3, 0, "http://127.10.0.4:1")


def test_feeds_have_the_stated_size() -> None:
    """About 85 kB with 20 items of about 3.2 kB of text."""
    assert mean(len(feed(number, 0, "http://127.10.0.1:1")) for number in range(10)) == pytest.approx(
        85_000, rel=0.1
    )
    texts = ["\n".join(release(number, item)[1]) for number in range(10) for item in range(20)]
    assert mean(len(text.encode()) for text in texts) == pytest.approx(3_400, rel=0.1)


def test_the_next_edition_has_one_new_item_on_top() -> None:
    first, second = (feedparser.parse(feed(0, edition, "http://127.10.0.1:1")) for edition in (0, 1))
    assert not first.bozo
    assert len(first.entries) == len(second.entries) == ITEMS
    known = {entry.id for entry in first.entries}
    assert [entry.id in known for entry in second.entries] == [False] + [True] * (ITEMS - 1)


def test_server_answers_304_to_its_own_etag() -> None:
    """And anything but the feed, such as /robots.txt, does not exist."""
    rooms = Newsrooms(1, 80)
    full = rooms.answer(host(0), b"GET /feed.xml HTTP/1.1\r\nHost: x")
    etag = next(line for line in full.split(b"\r\n") if line.startswith(b"ETag: ")).removeprefix(b"ETag: ")
    again = b"GET /feed.xml HTTP/1.1\r\nIf-None-Match: " + etag
    assert full.startswith(b"HTTP/1.1 200")
    assert rooms.answer(host(0), again).startswith(b"HTTP/1.1 304")
    assert rooms.answer(host(0), b"GET /robots.txt HTTP/1.1").startswith(b"HTTP/1.1 404")
    rooms.edition = "next"
    assert rooms.answer(host(0), again).startswith(b"HTTP/1.1 200")
