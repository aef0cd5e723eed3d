"""What subscribers get over HTTP, by real requests over loopback."""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from aggregator.web import FeedTable, make_app

Running = Callable[..., AbstractContextManager[int]]


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/", "text/html; charset=utf-8", b"<!doctype"),
        ("/index.html", "text/html; charset=utf-8", b"<!doctype"),
        ("/all.atom", "application/atom+xml; charset=utf-8", b"<?xml"),
        ("/company/wilo.atom", "application/atom+xml; charset=utf-8", b"<?xml"),
        ("/feeds.opml", "text/x-opml; charset=utf-8", b"<opml"),
        ("/feed.css", "text/css; charset=utf-8", b"feed{"),
    ],
)
def test_published_files_come_with_their_type(
    client: httpx.Client, path: str, kind: str, start: bytes
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.content.startswith(start)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "max-age" in answer.headers["cache-control"]
    assert "server" not in answer.headers


def test_a_browser_gets_a_feed_as_xml_that_it_shows_with_its_style_sheet(client: httpx.Client) -> None:
    """Chromium shows application/atom+xml as source text; feed readers get the type of Atom."""
    browser = client.get("/all.atom", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    reader = client.get("/all.atom", headers={"accept": "application/atom+xml, text/html;q=0.5"})
    assert browser.headers["content-type"] == "application/xml; charset=utf-8"
    assert reader.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "Accept" in browser.headers["vary"].split(", ")


def _raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


WAYS_OUT = [
    b"/../secret.atom",
    b"/company/../../secret.atom",
    b"/%2e%2e/secret.atom",
    b"/company/%2e%2e%2f%2e%2e%2fsecret.atom",
    b"/%252e%252e/secret.atom",
    b"/..%5csecret.atom",
    b"/..\\secret.atom",
    b"/company/wilo.atom%00",
    b"/company/wilo.atom%00.atom",
    b"//secret.atom",
    b"//etc/passwd",
    b"/away/secret.atom",
    b"/link.atom",
    b"/company/wilo.atom;x",
    b"/company/wilo.atom/",
    b"/company//wilo.atom",
    b"/company/",
    b"/company",
    b"/.aggregator-feeds",
    b"/company/.1-2.tmp",
    b"/data.db",
    b"/%ff%fe",
    b"/COMPANY/WILO.ATOM",
    b"/" + b"a" * 8000,
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_there_is_no_way_out_of_the_folder(path: bytes, client: httpx.Client) -> None:
    """W-01: what is not in the table is not there, however it is spelt."""
    request = b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = _raw(client.base_url.port or 0, request)
    assert answer.split(b" ", 2)[1] in (b"404", b"400")
    assert b"secret" not in answer


def test_nothing_of_a_request_comes_back(client: httpx.Client) -> None:
    """W-03, W-04: neither address nor host, so there is nothing to inject."""
    answer = client.get(
        "/<script>alert(1)</script>", headers={"host": "evil.example", "x-forwarded-host": "evil"}
    )
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert b"evil" not in answer.content
    assert b"alert" not in answer.content
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/all.atom", "/healthz", "/nothing"])
def test_only_get_and_head_are_answered(client: httpx.Client, method: str, path: str) -> None:
    """W-08."""
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/all.atom", "/", "/nothing", "/healthz"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_says_what_get_would_send(client: httpx.Client, path: str, encoding: str) -> None:
    get = client.get(path, headers={"accept-encoding": encoding})
    head = client.head(path, headers={"accept-encoding": encoding})
    assert head.content == b""
    assert head.status_code == get.status_code
    without_date = [{k: v for k, v in answer.headers.items() if k != "date"} for answer in (get, head)]
    assert without_date[0] == without_date[1]


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("*", True),
        ("gzip;q=0.5, identity;q=0.4", True),
        ("gzip;q=0.5, identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("deflate, br", False),
        ("", False),
        ("gzip;q=abc", False),
        (",;,=;q", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(client: httpx.Client, accepted: str, packed: bool) -> None:
    answer = client.get("/all.atom", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.content == client.get("/all.atom").content


def test_what_packing_does_not_shorten_is_sent_plain(client: httpx.Client) -> None:
    assert (
        "content-encoding" not in client.get("/company/x.atom", headers={"accept-encoding": "gzip"}).headers
    )


def test_the_two_encodings_have_different_strong_tags(client: httpx.Client) -> None:
    tags = {
        client.get("/all.atom", headers={"accept-encoding": e}).headers["etag"] for e in ("gzip", "identity")
    }
    assert len(tags) == 2
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "W/{}",
        '"other", {}',
        '"a","b" , W/{} ,"c"',
        "{},",
        "*",
        ", ".join(['"x"'] * 3000) + ", {}",
    ],
)
def test_a_tag_that_the_client_has_gives_304(client: httpx.Client, encoding: str, form: str) -> None:
    """W-06: lists, weak tags, the star, and ten thousand tags."""
    tag = client.get("/all.atom", headers={"accept-encoding": encoding}).headers["etag"]
    answer = client.get("/all.atom", headers={"accept-encoding": encoding, "if-none-match": form.format(tag)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == tag
    assert "content-type" not in answer.headers
    assert {"cache-control", "vary", "last-modified"} <= set(answer.headers)


@pytest.mark.parametrize("form", ['"other"', "garbage", "", '"', '"{}x"', "W/", "'*'"])
def test_another_tag_gives_the_feed_and_outweighs_a_date(client: httpx.Client, form: str) -> None:
    tag = client.get("/all.atom").headers["etag"].strip('"')
    late = formatdate(usegmt=True)
    answer = client.get("/all.atom", headers={"if-none-match": form.format(tag), "if-modified-since": late})
    assert answer.status_code == 200


def test_a_tag_of_the_other_encoding_is_the_same_feed(client: httpx.Client) -> None:
    plain = client.get("/all.atom").headers["etag"]
    answer = client.get("/all.atom", headers={"accept-encoding": "gzip", "if-none-match": plain})
    assert (answer.status_code, answer.headers["etag"]) == (304, plain)


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("same", 304),
        ("Sun, 01 Jan 2023 00:00:00 GMT", 200),
        ("Fri, 01 Jan 2099 00:00:00 GMT", 200),
        ("yesterday", 200),
        ("", 200),
        ("Tue, 99 Foo 2025 99:99:99 GMT", 200),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 200),
    ],
)
def test_a_date_is_a_condition_only_when_it_can_be_true(client: httpx.Client, date: str, code: int) -> None:
    """W-06: malformed dates and dates that have not come yet are passed over."""
    date = client.get("/all.atom").headers["last-modified"] if date == "same" else date
    assert client.get("/all.atom", headers={"if-modified-since": date}).status_code == code


def test_a_later_date_than_the_files_gives_304(own: httpx.Client, feeds: Path) -> None:
    os.utime(feeds / "all.atom", (1_700_000_000, 1_700_000_000))
    assert (
        own.get(
            "/all.atom", headers={"if-modified-since": formatdate(1_700_000_060, usegmt=True)}
        ).status_code
        == 304
    )
    assert (
        own.get(
            "/all.atom", headers={"if-modified-since": formatdate(1_699_999_999, usegmt=True)}
        ).status_code
        == 200
    )


def test_ranges_are_passed_over(client: httpx.Client) -> None:
    answer = client.get("/all.atom", headers={"range": "bytes=0-1," + "5-6," * 500 + "-1"})
    assert answer.status_code == 200


def test_a_changed_feed_is_seen_and_its_tag_fits_its_bytes(own: httpx.Client, feeds: Path) -> None:
    before = own.get("/all.atom")
    new = feeds / "all.new"
    new.write_bytes(b"<feed>" + b"neu" * 500 + b"</feed>")
    new.rename(feeds / "all.atom")
    after = own.get("/all.atom", headers={"if-none-match": before.headers["etag"], "accept-encoding": "gzip"})
    assert after.status_code == 200
    assert after.content.startswith(b"<feed>neu")
    assert after.headers["etag"] != before.headers["etag"]


def test_new_and_removed_feeds_are_noticed(own: httpx.Client, feeds: Path) -> None:
    assert own.get("/topic/neu.atom").status_code == 404
    (feeds / "topic").mkdir()
    (feeds / "topic/neu.atom").write_bytes(b"<feed/>")
    assert own.get("/topic/neu.atom").status_code == 200
    (feeds / "topic/neu.atom").unlink()
    assert own.get("/topic/neu.atom").status_code == 404


def test_the_packed_bytes_are_the_same_every_time(own: httpx.Client, feeds: Path) -> None:
    """No time stamp in the gzip header: caches compare bytes."""
    with own.stream("GET", "/all.atom", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert raw[4:8] == b"\0\0\0\0"
    assert gzip.decompress(raw) == (feeds / "all.atom").read_bytes()
    assert len(raw) == int(answer.headers["content-length"])


def test_health_is_a_json_report(feeds: Path, run: Running) -> None:
    with run(make_app(FeedTable(feeds), status=lambda: {"sources": 3, "late": "Müller"})) as port:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "feeds": 6, "sources": 3, "late": "Müller"}
    assert answer.headers["cache-control"] == "no-store"


def test_the_states_of_the_sources_are_asked_for_once_however_many_ask(feeds: Path, run: Running) -> None:
    """As JSON, never cached elsewhere; a store that cannot be read is a 503, and without one there is nothing."""
    asked: list[int] = []

    def states() -> list[dict[str, object]]:
        asked.append(1)
        return [{"id": "wilo", "state": "held", "evidence": "200 Mitteilungen: Müller"}]

    with run(make_app(FeedTable(feeds), sources=states)) as port:
        answers = [httpx.get(f"http://127.0.0.1:{port}/status", trust_env=False) for _ in range(5)]
        assert httpx.head(f"http://127.0.0.1:{port}/status", trust_env=False).content == b""
    assert {a.status_code for a in answers} == {200}
    assert answers[0].json() == {"sources": states()}
    assert answers[0].headers["cache-control"] == "no-store"
    assert len(asked) == 2, "one for all requests, one in the line above"

    def broken() -> list[dict[str, object]]:
        raise OSError("the store is locked")

    with run(make_app(FeedTable(feeds), sources=broken)) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/status", trust_env=False).status_code == 503
        assert httpx.get(f"http://127.0.0.1:{port}/all.atom", trust_env=False).status_code == 200
    with run(make_app(FeedTable(feeds))) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/status", trust_env=False).status_code == 404


def test_ill_health_is_a_503_and_the_feeds_go_on(feeds: Path, run: Running) -> None:
    """W-09: a store that cannot be read does not stop the feeds."""

    def broken() -> dict[str, object]:
        raise OSError("the store is locked")

    for status in (broken, lambda: {"ok": False}):
        with run(make_app(FeedTable(feeds), status=status)) as port:
            assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 503
            assert httpx.get(f"http://127.0.0.1:{port}/all.atom", trust_env=False).status_code == 200
