"""Forms sent to hubs: the guard of everything that is fetched, and redirects that keep the method."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fetching import NOW
from hostile_server import HostileServer
from test_fetch_addresses import LOOPBACK

from aggregator.errors import FetchError
from aggregator.fetch import Fetcher
from aggregator.fetch.posting import Posted

FORM = [("hub.mode", "subscribe"), ("hub.topic", "https://www.example.com/ä?a=1&b=2")]


def post(url: str, *, allow_private: bool = True, **settings: Any) -> Posted:
    async def run() -> Posted:
        defaults: dict[str, Any] = {
            "user_agent": "test/1",
            "clock": lambda: NOW,
            "pace": 0.0,
            "deadline": 5.0,
        }
        async with Fetcher(**{**defaults, **settings}) as fetcher:
            return await fetcher.post_form(url, FORM, allow_private=allow_private)

    return asyncio.run(run())


def refused(url: str, **settings: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        post(url, **settings)
    return caught.value


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_spelling_of_loopback_is_posted_to(host: str, canary: HostileServer) -> None:
    """A hub's address stands in other people's feeds; the canary listener hears nothing."""
    error = refused(f"http://{host}:{canary.port}/hub", allow_private=False)
    assert error.reason in ("bad_url", "blocked_address")


def test_a_hub_whose_name_leads_inward_is_not_posted_to(canary: HostileServer) -> None:
    """A public name with a private address."""
    url = canary.url("/hub", host="hub.example")
    error = refused(url, allow_private=False, resolver=lambda _: ["127.0.0.1"])
    assert error.reason == "blocked_address"


def _answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def test_a_form_arrives_encoded(server: HostileServer) -> None:
    """And the answer comes back with the beginning of what it says."""
    server.say("/hub-takes", _answer("202 Accepted", body=b"all\r\nright"))
    assert post(server.url("/hub-takes")) == Posted(202, "all right")


def test_a_refusal_is_an_answer(server: HostileServer) -> None:
    """Also one without end: a sentence of it is read."""
    server.say("/hub-refuses", _answer("403 Forbidden", body=b"no " * 100_000))
    answer = post(server.url("/hub-refuses"))
    assert not answer.taken
    assert len(answer.text) <= 2_000


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_that_keeps_the_method_is_followed(server: HostileServer, status: str) -> None:
    """The hub has moved."""
    server.say("/hub-moved", _answer(status, "Location: /hub-there"))
    server.say("/hub-there", _answer("202 Accepted"))
    assert post(server.url("/hub-moved")).status == 202


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other"])
def test_a_redirect_that_would_lose_the_form_is_not(server: HostileServer, status: str) -> None:
    """It is an answer that does not take it."""
    server.say("/hub-lost", _answer(status, "Location: /hub-there"))
    assert not post(server.url("/hub-lost")).taken


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/", "blocked_address"),
        ("http://127.0.0.1:25/", "redirects"),
        ("file:///etc/passwd", "redirects"),
        ("/hub-circle", "redirects"),
    ],
)
def test_no_redirect_leads_where_it_may_not(server: HostileServer, location: str, reason: str) -> None:
    """Cloud metadata, other services, files, circles: refused with their name."""
    server.say("/hub-circle", _answer("307 Temporary Redirect", "Location: /hub-circle"))
    server.say("/hub-away", _answer("307 Temporary Redirect", f"Location: {location}"))
    assert refused(server.url("/hub-away")).reason == reason


def test_an_answer_of_a_feed_carries_its_hub(server: HostileServer) -> None:
    """``Link`` headers are kept with the document: hub and self, nothing else."""
    from fetching import fetch

    headers = ('Link: <https://hub.example.com/>; rel="hub"', "Link: </feed>; rel=self, </2>; rel=next")
    server.say("/linked", _answer("200 OK", "Content-Type: text/xml", *headers, body=b"<rss/>"))
    document = fetch(server.url("/linked"))
    assert getattr(document, "links", None) == (("hub", "https://hub.example.com/"), ("self", "/feed"))
