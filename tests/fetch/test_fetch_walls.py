"""A wall against programs is told from a server that is down, and names what is left to do."""

from __future__ import annotations

import asyncio
import gzip
import time

import pytest
from fetching import fetch, refused
from hostile_server import HostileServer, status

CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"


def answer(line: str, body: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {line}", *headers, f"Content-Length: {len(body)}", "", ""])
    return head.encode("latin-1") + body


@pytest.mark.parametrize(
    ("line", "headers", "body", "reason", "named"),
    [
        ("403 Forbidden", [], b"", "walled", "a refusal"),
        ("401 Unauthorized", ["WWW-Authenticate: Basic"], b"", "walled", "a refusal"),
        ("403 Forbidden", ["cf-mitigated: challenge"], b"", "walled", "Cloudflare"),
        ("503 Service Unavailable", ["Server: cloudflare"], CHALLENGE, "walled", "Cloudflare"),
        ("503 Service Unavailable", ["Server: cloudflare"], b"<h1>Maintenance</h1>", "server_error", ""),
        ("521 Down", ["Server: cloudflare"], CHALLENGE, "server_error", ""),
        ("429 Too Many Requests", ["Retry-After: 60"], b"slow down", "rate_limited", ""),
        ("429 Too Many Requests", [], b"<div id=\"px-captcha\"></div>", "walled", "PerimeterX"),
        ("403 Forbidden", [], b"https://geo.captcha-delivery.com/captcha/?x", "walled", "DataDome"),
        ("403 Forbidden", [], b"<iframe src='/_Incapsula_Resource?x'>", "walled", "Imperva"),
        ("403 Forbidden", [], b"Reference&#32;&#35;18&#46;1 https&#58;errors.edgesuite.net", "walled", "Akamai"),
        ("405 Not Allowed", ["x-amzn-waf-action: captcha"], b"", "walled", "AWS WAF"),
        ("202 Accepted", ["x-amzn-waf-action: challenge"], b"", "walled", "AWS WAF"),
        ("202 Accepted", [], b"", "http_status", ""),
        ("503 Service Unavailable", [], b"<div class='h-captcha'>", "walled", "a robot check"),
        ("404 Not Found", [], CHALLENGE, "not_found", ""),
        ("410 Gone", [], CHALLENGE, "gone", ""),
    ],
)  # fmt: skip
def test_a_wall_is_named(
    line: str, headers: list[str], body: bytes, reason: str, named: str, site: HostileServer
) -> None:
    """By its status, or by the marks that it leaves in headers and body; the detail says what else could be read."""
    error = refused(site.say("/wall", answer(line, body, *headers)))
    assert (error.reason, error.status) == (reason, int(line[:3]))
    assert named in error.detail
    assert ("sitemap" in error.detail) is (reason == "walled")


def test_a_packed_wall_is_named_too(site: HostileServer) -> None:
    """As most are."""
    raw = answer("503 Busy", gzip.compress(CHALLENGE), "Content-Encoding: gzip")
    assert refused(site.say("/wall", raw)).reason == "walled"


@pytest.mark.parametrize("headers", [["Content-Encoding: br"], ["Content-Encoding: gzip"], []])
def test_a_body_that_lies_is_only_a_refusal(headers: list[str], site: HostileServer) -> None:
    """Nothing in it can make a refusal anything else, or cost anything."""
    assert (
        refused(site.say("/lies", answer("503 Busy", b"\x00\xff" * 9_000, *headers))).reason == "server_error"
    )
    bomb = gzip.compress(bytes(50_000_000))
    assert refused(site.say("/bomb", answer("403 No", bomb, "Content-Encoding: gzip"))).reason == "walled"


def test_a_refusal_without_end_is_left_at_its_beginning(site: HostileServer) -> None:
    """The first bytes are enough."""

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        while True:
            writer.write(b"no" * 8_192)
            await writer.drain()

    began = time.monotonic()
    assert refused(site.play("/endless", endless)).reason == "walled"
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        (["Cache-Control: max-age=600"], 600.0),
        (["Cache-Control: public, MAX-AGE=600, must-revalidate"], 600.0),
        (["Cache-Control: s-maxage=60, max-age=600", "Age: 100"], 500.0),
        (["Cache-Control: max-age=600", "Age: 9999"], 0.0),
        (["Cache-Control: max-age=600, no-cache"], 0.0),
        (["Cache-Control: no-store"], 0.0),
        (["Cache-Control: max-age=99999999999"], 86_400.0),
        (["Cache-Control: max-age=" + "9" * 500], None),
        (["Cache-Control: max-age=-5"], None),
        (["Cache-Control: private"], None),
        (["Cache-Control: x-max-age=5"], None),
        (["Expires: Sun, 22 Nov 2026 12:30:00 GMT"], 1800.0),
        (["Expires: Sun, 22 Nov 2099 12:30:00 GMT"], 86_400.0),
        (["Expires: Sun, 22 Nov 2020 12:30:00 GMT"], 0.0),
        (["Expires: 0"], 0.0),
        (["Cache-Control: max-age=60", "Expires: Sun, 22 Nov 2026 12:30:00 GMT"], 60.0),
    ],
)  # fmt: skip
def test_how_long_an_answer_stays_fresh_is_told(
    headers: list[str], seconds: float | None, site: HostileServer
) -> None:
    """With a document and with "not modified" alike; a day at most (RFC 9111)."""
    url = site.say("/fresh", answer("200 OK", b"x", *headers))
    assert fetch(url).fresh_for == seconds
    url = site.say("/fresh-304", status("304 Not Modified", *headers))
    assert fetch(url, etag='"a"').fresh_for == seconds


def test_the_end_of_permanent_redirects_is_told(site: HostileServer) -> None:
    """301 and 308 alone, up to the first redirect of another kind; also with "not modified"."""
    site.say("/end", answer("200 OK", b"x"))
    site.say("/same", status("304 Not Modified"))
    for path, line, there in (
        ("/a", "301 Moved", "/b"), ("/b", "308 Moved", "/end"), ("/c", "301 Moved", "/d"), ("/d", "302 Found", "/e"),
        ("/e", "301 Moved", "/end"), ("/f", "307 Temporary", "/a"), ("/g", "301 Moved", "/same"),
    ):  # fmt: skip
        site.say(path, status(line, f"Location: {there}"))
    assert fetch(site.url("/end")).moved_to == ""
    assert fetch(site.url("/a")).moved_to == site.url("/end")
    assert fetch(site.url("/c")).moved_to == site.url("/d")
    assert fetch(site.url("/f")).moved_to == ""
    assert fetch(site.url("/g"), etag='"a"').moved_to == site.url("/same")
