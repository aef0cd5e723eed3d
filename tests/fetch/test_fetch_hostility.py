"""Servers that stall, lie, flood and break off: each ends in one typed error or in what can be used."""

from __future__ import annotations

import asyncio
import gzip
import os
import tracemalloc
import zlib

import pytest
from fetching import NOW, fetch, refused
from hostile_server import HostileServer, ok, status

from aggregator.errors import FetchError
from aggregator.fetch import Fetcher, Request
from aggregator.model import Document

LIMITS = {"max_wire": 200_000, "max_body": 500_000}
MIB = 1 << 20


def bomb(megabytes: int) -> bytes:
    """So many megabytes of nothing, as gzip, made piece by piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    nothing = bytes(1_000_000)
    return b"".join([packer.compress(nothing) for _ in range(megabytes)] + [packer.flush()])


def test_a_gzip_bomb_is_refused_in_little_memory(server: HostileServer) -> None:
    """300 MB in 300 kB: neither the ratio nor the size gets through, and nothing piles up (N-10)."""
    url = server.say("/bomb", ok(bomb(300), "Content-Encoding: gzip"))
    tracemalloc.start()
    try:
        error = refused(url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.reason == "too_large"
    assert peak < 32 * MIB


def test_a_body_that_grows_a_thousandfold_is_refused_within_its_limit(server: HostileServer) -> None:
    """10 MB of nothing in 10 kB would still be a document by its size (N-10)."""
    error = refused(server.say("/ratio", ok(bomb(10), "Content-Encoding: gzip")))
    assert error.reason == "too_large"
    assert "times its size" in error.detail


def test_a_body_may_not_grow_beyond_its_limit_when_unpacked(server: HostileServer) -> None:
    """Whatever the ratio (N-10)."""
    text = os.urandom(300_000) * 2
    assert (
        refused(
            server.say("/grows", ok(gzip.compress(text), "Content-Encoding: gzip")), max_body=500_000
        ).reason
        == "too_large"
    )


def test_many_gzip_members_are_refused(server: HostileServer) -> None:
    """Each costs a fresh decompressor."""
    body = gzip.compress(b"") * 2_000
    assert refused(server.say("/many", ok(body, "Content-Encoding: gzip"))).reason == "too_large"


@pytest.mark.parametrize(
    "encodings",
    [
        ["br"],
        ["zstd"],
        ["deflate"],
        ["compress"],
        ["gzip, gzip"],
        ["gzip", "gzip"],
        ["br, gzip"],
        ["gzip"] * 3_000,
    ],
)
def test_an_encoding_that_was_not_offered_is_refused(encodings: list[str], server: HostileServer) -> None:
    """Only one layer of gzip is ever unpacked (N-10)."""
    raw = ok(gzip.compress(gzip.compress(b"x")), *(f"Content-Encoding: {name}" for name in encodings))
    error = refused(server.say("/encoding", raw))
    assert error.reason == "encoding"
    assert len(str(error)) < 500


def test_a_body_that_is_not_the_gzip_it_claims_is_refused(server: HostileServer) -> None:
    """Plain text under a gzip header, and a member whose checksum is wrong."""
    assert refused(server.say("/not-gzip", ok(b"<rss/>", "Content-Encoding: gzip"))).reason == "encoding"
    broken = bytearray(gzip.compress(b"text" * 1000))
    broken[-6] ^= 0xFF
    assert refused(server.say("/bad-crc", ok(bytes(broken), "Content-Encoding: gzip"))).reason == "encoding"


def test_what_arrived_before_the_connection_broke_is_usable_but_marked(server: HostileServer) -> None:
    """Truncated gzip, a short body, a cut chunk: complete is False (N-11, X-09)."""
    text = os.urandom(50_000)
    packed = gzip.compress(text)
    cases = {
        "/cut-gzip": ok(packed[:20_000], "Content-Encoding: gzip"),
        "/cut-gzip-close": ok(packed[:20_000], "Content-Encoding: gzip", length=False),
        "/short": ok(text[:10_000], "Content-Length: 50000", length=False),
        "/cut-chunk": ok(
            b"2710\r\n" + text[:10_000] + b"\r\n2710\r\nabc", "Transfer-Encoding: chunked", length=False
        ),
    }
    for path, raw in cases.items():
        document = fetch(server.say(path, raw))
        assert isinstance(document, Document)
        assert not document.complete, path
        assert len(document.content) >= 9_000
        assert text.startswith(document.content[:10_000])


def test_a_body_that_the_closing_connection_ends_is_complete(server: HostileServer) -> None:
    """Without a length there is nothing to compare with; plain and gzip."""
    for raw in (
        ok(b"text", length=False),
        ok(gzip.compress(b"text"), "Content-Encoding: gzip", length=False),
    ):
        document = fetch(server.say("/close", raw))
        assert (document.content, document.complete) == (b"text", True)


def test_a_connection_that_breaks_before_any_of_the_body_is_an_error(server: HostileServer) -> None:
    """There is nothing that could be used."""
    assert refused(server.say("/nothing", ok(b"", "Content-Length: 100", length=False))).reason == "truncated"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200\x00 OK\r\n\r\n",
        b"HTTP/1.1 OK 200\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"<html>not http at all</html>",
        ok(b"x", "Content-Length: -5", length=False),
        ok(b"x", "Content-Length: 1", "Content-Length: 2", length=False),
        ok(b"x", "Content-Length: ten", length=False),
        ok(b"x", "Transfer-Encoding: rot13", length=False),
        ok(b"zz\r\nx", "Transfer-Encoding: chunked", length=False),
        ok(b"x", "X-Nul: a\x00b"),
        ok(b"x", "No colon here"),
        ok(b"x", "X-Big: " + "a" * 300_000),
        ok(b"x", *[f"X-{n}: {'a' * 40}" for n in range(6_000)]),
    ],
)
def test_a_broken_answer_is_one_typed_error(raw: bytes, server: HostileServer) -> None:
    """Whatever the libraries raise below, only FetchError comes out (N-11, N-20)."""
    error = refused(server.say("/broken", raw))
    assert error.reason in ("protocol", "truncated", "too_large")
    assert "\n" not in str(error)


def test_a_length_that_lies_low_ends_the_body_there(server: HostileServer) -> None:
    """Bytes beyond the declared end belong to nothing; a gzip body is then marked incomplete."""
    assert fetch(server.say("/low", ok(b"abcdef", "Content-Length: 3", length=False))).content == b"abc"
    packed = gzip.compress(os.urandom(1_000))
    raw = ok(packed, "Content-Encoding: gzip", "Content-Length: 500", length=False)
    assert not fetch(server.say("/low-gzip", raw)).complete


def test_a_flood_is_cut_off_at_the_limit(server: HostileServer) -> None:
    """Announced, unannounced, endless in chunks (N-11)."""
    assert (
        refused(
            server.say("/announced", ok(b"x", "Content-Length: 104857600", length=False)), **LIMITS
        ).reason
        == "too_large"
    )
    assert refused(server.say("/big", ok(b"x" * 600_000, length=False)), **LIMITS).reason == "too_large"
    sent = []

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ok(b"", "Transfer-Encoding: chunked", length=False))
        while True:
            writer.write(b"2000\r\n" + b"x" * 8192 + b"\r\n")
            sent.append(8192)
            await writer.drain()

    assert refused(server.play("/endless", endless), **LIMITS).reason == "too_large"
    assert sum(sent) < 16 * MIB


def test_a_body_in_crumbs_is_refused(server: HostileServer) -> None:
    """A chunk per byte costs a thousand times its size in work."""
    raw = ok(b"1\r\nx\r\n" * 30_000, "Transfer-Encoding: chunked", length=False)
    assert refused(server.say("/crumbs", raw)).reason == "protocol"


def test_the_body_of_a_redirect_is_never_read(server: HostileServer) -> None:
    """A bomb or an endless body there costs nothing (N-08)."""
    server.say("/after-bomb", ok(b"end"))
    sent = []

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /after-bomb\r\nContent-Encoding: gzip\r\n\r\n")
        while True:
            writer.write(bytes(65_536))
            sent.append(65_536)
            await writer.drain()

    assert fetch(server.play("/redirect-flood", endless)).content == b"end"
    assert sum(sent) < 16 * MIB


async def _stall(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def _drip_headers(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _drip_body(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _interim(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("play", [_stall, _drip_headers, _drip_body, _interim])
def test_a_slow_server_is_left_at_the_deadline(play: object, server: HostileServer) -> None:
    """A byte now and then keeps every per-operation timeout content; the total deadline is what ends it (N-12)."""
    error = refused(server.play("/slow", play), deadline=0.4)  # type: ignore[arg-type]
    assert error.reason == "timeout"
    assert "0.4 seconds" in error.detail


def test_the_deadline_spans_all_redirects(server: HostileServer) -> None:
    """Hops that are quick enough one by one are not enough together."""

    def slowly(location: str) -> object:
        async def play(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.2)
            writer.write(status("302 Found", f"Location: {location}"))

        return play

    for hop in range(5):
        server.play(f"/tired/{hop}", slowly(f"/tired/{hop + 1}"))  # type: ignore[arg-type]
    server.say("/tired/5", ok(b"too late"))
    assert refused(server.url("/tired/0"), deadline=0.5).reason == "timeout"
    assert server.seen("/tired/5") == 0


def test_a_flood_of_interim_responses_is_cut_off(server: HostileServer) -> None:
    """Each of them costs work, so their bytes are counted like headers."""

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()

    assert refused(server.play("/interim", flood)).reason == "too_large"


def test_a_closed_port_is_a_typed_error() -> None:
    """Refused connections name the host."""
    error = refused("http://127.0.0.1:1/".replace(":1/", ":2/"))
    assert error.reason == "connect"
    assert "127.0.0.1" in error.detail


def test_one_broken_source_never_touches_another(server: HostileServer) -> None:
    """All faults and a healthy source at once: one document, and a typed error for each of the others."""
    urls = [
        server.say("/mix/ok", ok(b"fine")),
        server.play("/mix/stall", _stall),
        server.say("/mix/garbage", b"\x00\xff" * 100),
        server.say("/mix/bomb", ok(bomb(30), "Content-Encoding: gzip")),
        server.say("/mix/port", status("302 Found", "Location: http://a:99999/")),
        "http://ex..com/",
        "http://[",
    ]

    async def run() -> list[object]:
        async with Fetcher(
            user_agent="test/1", clock=lambda: NOW, pace=0, per_host=9, deadline=2.0
        ) as fetcher:
            asking = [fetcher.fetch(Request(url, allow_private=True, robots=False)) for url in urls]
            return await asyncio.gather(*asking, return_exceptions=True)

    first, *others = asyncio.run(run())
    assert isinstance(first, Document)
    assert [type(other) for other in others] == [FetchError] * 6
    reasons = [other.reason for other in others if isinstance(other, FetchError)]
    assert reasons == ["timeout", "protocol", "too_large", "redirects", "bad_url", "bad_url"]


def test_being_cancelled_is_not_swallowed(server: HostileServer) -> None:
    """Shutting down must get through, and leaves no connection behind."""
    url = server.play("/cancelled", _stall)

    async def run() -> bool:
        async with Fetcher(user_agent="test/1", clock=lambda: NOW) as fetcher:
            task = asyncio.create_task(fetcher.fetch(Request(url, allow_private=True, robots=False)))
            while not server.seen("/cancelled"):
                await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.wait([task])
            return task.cancelled()

    assert asyncio.run(run())
