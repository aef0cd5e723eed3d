"""WARC archives: which answers of a crawl are texts, under which key, and what no archive may do."""

from __future__ import annotations

import gzip
import sys
import time
import zlib

import pytest
from adapters_samples import document, source

from aggregator.adapters import load
from aggregator.errors import ReadError
from aggregator.model import Draft, Problem

LEAD = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet und dafür 140 Menschen eingestellt."
)
PAGE = f"<html><head><title>Neue Halle</title></head><body><h1>Neue Halle</h1><p>{LEAD}</p></body></html>".encode()
RSS = (
    "<rss version='2.0'><channel><title>x</title><item><title>Aus dem Feed</title><guid>g1</guid>"
    f"<description>{LEAD}</description></item></channel></rss>"
).encode()


def record(
    uri: str, payload: bytes, kind: str = "response", date: str = "2026-03-02T09:00:00Z", of: str = ""
) -> bytes:
    """One record as crawlers write it."""
    of = of or "application/http; msgtype=response"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-000000000000>\r\nContent-Type: {of}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def http(
    body: bytes, status: str = "200 OK", of: str = "text/html; charset=utf-8", headers: str = ""
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {of}\r\n{headers}\r\n".encode() + body


def items(data: bytes, **more: object) -> list[Draft | Problem]:
    found = load("warc")(document(data, key="dump.warc.gz", **more), source(adapter="text"))
    return [item for item in found if isinstance(item, Draft | Problem)]


def keys(data: bytes) -> list[str]:
    return [item.key for item in items(data) if isinstance(item, Draft)]


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as error:
        items(data)
    return error.value


def test_pages_feeds_and_texts_of_a_crawl_are_read() -> None:
    """Each under its address, by what it is; pictures, styles, requests and revisits are passed over."""
    data = (
        record("https://example.com/", b"software: x", "warcinfo", of="application/warc-fields")
        + record("https://example.com/news/1", b"GET /", "request", of="application/http; msgtype=request")
        + record("https://example.com/news/1", http(PAGE))
        + record("https://example.com/feed", http(RSS, of="application/rss+xml"))
        + record("https://example.com/a.png", http(b"\x89PNG", of="image/png"))
        + record("https://example.com/a.css", http(b"p {}", of="text/css"))
        + record("https://example.com/news/2", http(b"", "304 Not Modified"), "revisit")
        + record("https://example.com/c.txt", LEAD.encode(), "resource", of="text/plain")
        + record("dns:example.com", b"1.2.3.4", "resource", of="text/dns")
        + record("https://example.com/old", http(PAGE, "404 Not Found"))
        + record("https://example.com/wall", http(PAGE, "503 Service Unavailable"))
    )
    assert keys(data) == ["https://example.com/news/1", "g1", "https://example.com/c.txt"]
    assert items(data) == items(gzip.compress(data))


def test_every_record_may_be_compressed_on_its_own() -> None:
    """As the standard recommends: so a reader can jump."""
    one, two = record("https://example.com/1", http(PAGE)), record("https://example.com/2", http(PAGE))
    assert keys(gzip.compress(one) + gzip.compress(two)) == ["https://example.com/1", "https://example.com/2"]


def test_the_date_of_the_crawl_is_no_date_of_publication() -> None:
    """It is when the page was fetched."""
    (draft,) = items(record("https://example.com/1", http(PAGE), date="2019-05-06T07:08:09Z"))
    assert isinstance(draft, Draft)
    assert draft.fetched_at.isoformat() == "2019-05-06T07:08:09+00:00"
    assert draft.published == ""
    assert draft.url == "https://example.com/1"


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_answers_of_an_address_the_last_counts(turned: bool) -> None:
    """By their dates, wherever they stand in the archive."""
    old = record("https://example.com/1", http(b"<p>Alt</p>"), date="2025-01-01T00:00:00Z")
    new = record("https://example.com/1", http(PAGE), date="2026-01-01T00:00:00Z")
    (draft,) = items(new + old if turned else old + new)
    assert isinstance(draft, Draft)
    assert "Neue Halle" in draft.content


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip\r\n"),
        (PAGE, "Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
        (
            b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]),
            "Transfer-Encoding: chunked\r\n",
        ),
        (PAGE, "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_codings_of_the_wire_are_taken_off(body: bytes, headers: str) -> None:
    """Gzip, deflate and chunks; also where the crawler had done so and left the header."""
    (draft,) = items(record("https://example.com/1", http(body, headers=headers)))
    assert isinstance(draft, Draft)
    assert draft.content.encode() == PAGE


def test_the_charset_of_an_answer_is_heard() -> None:
    """As for a page that is fetched."""
    (draft,) = items(
        record("https://example.com/1", http(LEAD.encode("cp1252"), of="text/plain; charset=windows-1252"))
    )
    assert isinstance(draft, Draft)
    assert draft.content == LEAD


def test_one_bad_record_costs_itself() -> None:
    """A coding that nobody reads, a bomb, an empty page: named by their address, the others are read."""
    bomb = gzip.compress(b"a" * 60_000_000)
    data = (
        record("https://example.com/br", http(b"\x0b\x02\x80", headers="Content-Encoding: br\r\n"))
        + record("https://example.com/bomb", http(bomb, headers="Content-Encoding: gzip\r\n"))
        + record("https://example.com/none", http(b""))
        + record("https://example.com/good", http(PAGE))
    )
    began = time.monotonic()
    found = items(data)
    assert time.monotonic() - began < 5
    assert [i.key for i in found if isinstance(i, Draft)] == ["https://example.com/good"]
    said = {i.where.rpartition("/")[2]: i.reason for i in found if isinstance(i, Problem)}
    assert said == {"br": "encoding", "bomb": "too_large", "none": "empty"}


def test_an_archive_that_ends_early_gives_what_came_before() -> None:
    """And says so: it is not read to its end."""
    data = gzip.compress(record("https://example.com/1", http(PAGE))) + gzip.compress(
        record("https://example.com/2", http(PAGE * 50))
    )
    for end in (len(data) - 40, len(data) // 2 + 20):
        found = items(data[:end], complete=False)
        assert any(isinstance(i, Draft) and i.key == "https://example.com/1" for i in found)
        assert any(isinstance(i, Problem) and i.reason == "truncated" for i in found)


def test_an_archive_within_an_archive_is_not_opened() -> None:
    """Whatever it is declared to be."""
    inner = gzip.compress(record("https://example.com/inner", http(PAGE)))
    assert refused(record("https://example.com/x.warc.gz", http(inner, of="text/plain"))).reason == "no_text"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 something else", "not_a_warc"),
        (b"<html>", "not_a_warc"),
        (b"WARC/1.0\r\ngarbage" * 50, "no_text"),
        (gzip.compress(b"no archive at all" * 100, mtime=0), "broken"),
    ],
)
def test_what_is_no_archive_is_refused_by_its_reason(data: bytes, reason: str) -> None:
    """Typed, whatever it is called."""
    assert refused(data).reason == reason


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    error = refused(record("https://example.com/1", http(PAGE)))
    assert error.reason == "missing_extra"
    assert "press-release-aggregator[warc]" in error.detail
