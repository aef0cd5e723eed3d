"""What a server may answer, and what becomes of it: documents, validators, statuses, redirects."""

from __future__ import annotations

import gzip
import logging

import pytest
from fetching import NOW, fetch, refused
from hostile_server import HostileServer, ok, status

from aggregator.errors import UsageError
from aggregator.fetch import Fetcher, Unchanged


def test_a_document_says_where_it_came_from(server: HostileServer) -> None:
    """Address, declared type and charset, validators, and the time of the clock that was given."""
    url = server.say(
        "/plain",
        ok(
            b"<rss/>",
            'Content-Type: Application/RSS+xml; Charset="ISO-8859-1"',
            'ETag: W/"a-1"',
            "Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT",
        ),
    )
    document = fetch(url)
    assert (document.url, document.requested, document.content) == (url, url, b"<rss/>")
    assert (document.media_type, document.charset) == ("application/rss+xml", "iso-8859-1")
    assert (document.etag, document.last_modified) == ('W/"a-1"', "Sun, 22 Nov 2026 10:00:00 GMT")
    assert document.fetched_at == NOW
    assert document.complete


def test_the_request_is_honest_and_small(server: HostileServer) -> None:
    """User-Agent as given, gzip only, validators sent, no cookies, nothing from the environment."""
    url = server.say("/asked", ok(b"x"))
    fetch(
        url,
        etag='"a"',
        last_modified="Sun, 22 Nov 2026 10:00:00 GMT",
        user_agent="Bot/1 (+https://example.com)",
    )
    lines = server.heads["/asked"][0].split("\r\n")
    assert lines[0] == "GET /asked HTTP/1.1"
    headers = dict(line.split(": ", 1) for line in lines[1:] if line)
    assert headers.pop("Accept").startswith("application/atom+xml")
    assert headers == {
        "Host": f"127.0.0.1:{server.port}",
        "User-Agent": "Bot/1 (+https://example.com)",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "If-None-Match": '"a"',
        "If-Modified-Since": "Sun, 22 Nov 2026 10:00:00 GMT",
    }


def test_not_modified_is_an_answer_of_its_own(server: HostileServer) -> None:
    """The validators to use next time are the server's newer ones, else those that were sent."""
    url = server.say("/304", status("304 Not Modified", 'ETag: "b"'))
    assert fetch(url, etag='"a"') == Unchanged(url, '"b"', "")
    url = server.say("/304-bare", status("304 Not Modified"))
    assert fetch(url, etag='"a"') == Unchanged(url, '"a"', "")


def test_not_modified_without_being_asked_is_an_error(server: HostileServer) -> None:
    """There is no copy at hand that it could mean (N-17)."""
    url = server.say("/304-unasked", status("304 Not Modified"))
    assert refused(url).reason == "protocol"
    assert refused(url, etag='"ü"').reason == "protocol"


@pytest.mark.parametrize(
    "etag", ['"\xfc"', '"' + "a" * 70_000 + '"', '"' + "a" * 511 + '"', '"a b"', '"\x1b[2J"', '"a"\t"b"']
)
def test_a_tag_that_cannot_be_sent_back_is_not_kept(etag: str, server: HostileServer) -> None:
    """It would break every later poll of the source (N-17)."""
    document = fetch(server.say("/bad-etag", ok(b"x", f"ETag: {etag}")))
    assert document.etag == ""
    assert document.content == b"x"


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 2099 00:00:00 GMT", "yesterday", "\xfc", "", "Sun, 99 Foo 2026 25:00:00 GMT"]
)
def test_a_date_that_cannot_be_compared_with_is_not_kept(date: str, server: HostileServer) -> None:
    """No date, or one in the future, which would say "not modified" for decades (N-17)."""
    assert fetch(server.say("/bad-date", ok(b"x", f"Last-Modified: {date}"))).last_modified == ""


def test_stored_validators_that_cannot_be_sent_are_left_out(server: HostileServer) -> None:
    """Whatever is in the database, the request goes out."""
    url = server.say("/bad-stored", ok(b"x"))
    fetch(url, etag='"ü"', last_modified="Thu, 01 Jan 2099 00:00:00 GMT")
    assert "If-" not in server.heads["/bad-stored"][0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("410 Gone", "gone"),
        ("429 Too Many Requests", "rate_limited"),
        ("404 Not Found", "not_found"),
        ("500 Oops", "server_error"),
        ("503 Busy", "server_error"),
        ("401 Unauthorized", "walled"),
        ("403 Forbidden", "walled"),
        ("451 Unavailable For Legal Reasons", "walled"),
        ("206 Partial Content", "http_status"),
        ("204 No Content", "http_status"),
        ("300 Multiple Choices", "http_status"),
        ("999 Request denied", "http_status"),
    ],
)
def test_other_statuses_have_their_reasons(line: str, reason: str, server: HostileServer) -> None:
    """The status is told, and nothing of a refusal's body is taken for the document (N-18)."""
    error = refused(server.say("/status", status(line)))
    assert (error.reason, error.status) == (reason, int(line[:3]))
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("1", 60.0),
        ("0", 60.0),
        ("10000000000", 86_400.0),
        ("9" * 5000, 86_400.0),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300.0),
        ("Sun, 22 Nov 2020 12:05:00 GMT", 60.0),
        ("Sun, 22 Nov 2099 12:05:00 GMT", 86_400.0),
        ("-5", None),
        ("soon", None),
        ("1e3", None),
        ("", None),
    ],
)
def test_retry_after_is_read_and_clamped(value: str, seconds: float | None, server: HostileServer) -> None:
    """Between a minute and a day, as number or date; nonsense counts as not said (N-18)."""
    for line in ("429 Too Many Requests", "503 Service Unavailable"):
        assert refused(server.say("/retry", status(line, f"Retry-After: {value}"))).retry_after == seconds


def test_retry_after_is_heard_only_where_it_means_waiting(server: HostileServer) -> None:
    """A 404 does not set the pace."""
    assert refused(server.say("/retry-404", status("404 Not Found", "Retry-After: 600"))).retry_after is None


def test_an_empty_body_is_a_document(server: HostileServer) -> None:
    """Whether an empty document means anything is for its reader to say."""
    assert fetch(server.say("/empty", ok(b""))).content == b""
    assert fetch(server.say("/empty-gzip", ok(b"", "Content-Encoding: gzip"))).complete


def test_a_gzip_body_is_unpacked(server: HostileServer) -> None:
    """Under both names that servers use for it, and in several members."""
    text = b"<rss>" + b"Pressemitteilung " * 20_000 + b"</rss>"
    for name in ("gzip", "X-GZip"):
        document = fetch(server.say("/gzip", ok(gzip.compress(text), f"Content-Encoding: {name}")))
        assert (document.content, document.complete) == (text, True)
    members = gzip.compress(text[:100]) + gzip.compress(b"") + gzip.compress(text[100:]) + b"\0" * 10
    assert fetch(server.say("/members", ok(members, "Content-Encoding: gzip"))).content == text


def test_a_redirect_is_followed_and_the_final_address_told(server: HostileServer) -> None:
    """Relative, absolute, with a fragment, with spaces, in UTF-8, with a user name that is dropped."""
    goal = server.say("/goal%20%C3%BC?x=1", ok(b"there"))
    for location in (
        "/goal%20%C3%BC?x=1",
        "goal ü?x=1".encode().decode("latin-1"),
        f"{goal}#top",
        f"//127.0.0.1:{server.port}/goal%20%C3%BC?x=1",
        goal.replace("//", "//user:secret@"),
    ):
        for line in ("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"):
            url = server.say("/moved", status(line, f"Location: {location}"))
            document = fetch(url, etag='"a"')
            assert (document.url, document.requested, document.content) == (goal, url, b"there")
    assert 'If-None-Match: "a"' in server.heads["/goal%20%C3%BC?x=1"][-1]


def test_five_redirects_are_followed_and_six_are_not(server: HostileServer) -> None:
    """N-07."""
    for hop in range(1, 7):
        server.say(f"/hop/{hop}", status("302 Found", f"Location: /hop/{hop - 1}"))
    server.say("/hop/0", ok(b"end"))
    assert fetch(server.url("/hop/5")).content == b"end"
    error = refused(server.url("/hop/6"))
    assert (error.reason, "more than 5" in error.detail) == ("redirects", True)


def test_a_circle_of_redirects_is_noticed_at_once(server: HostileServer) -> None:
    """N-07: no address is asked twice."""
    server.say("/circle/a", status("302 Found", "Location: /circle/b"))
    server.say("/circle/b", status("302 Found", "Location: /circle/a"))
    error = refused(server.url("/circle/a"))
    assert (error.reason, "circle" in error.detail) == ("redirects", True)
    assert (server.seen("/circle/a"), server.seen("/circle/b")) == (1, 1)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "redirects"),
        ("ftp://example.com/x", "redirects"),
        ("data:text/html,x", "redirects"),
        ("javascript:alert(1)", "redirects"),
        ("http://example.com:22/", "redirects"),
        ("http://example.com:99999/", "redirects"),
        ("http:///", "redirects"),
        ("http://ex..com/", "redirects"),
        ("http://exa\x01mple.com/", "redirects"),
        ("\\\\example.com\\x", "redirects"),
        ("http://[::1", "redirects"),
        ("", "redirects"),
        ("http://169.254.169.254/latest/meta-data", "blocked_address"),
        ("http://[fd00:ec2::254]/", "blocked_address"),
        ("http://0x7f000001/", "redirects"),
    ],
)
def test_a_redirect_leads_only_where_it_may(location: str, reason: str, server: HostileServer) -> None:
    """The reason names the hop; inward addresses are named by class (N-06, N-07)."""
    error = refused(server.say("/astray", status("302 Found", f"Location: {location}")))
    assert error.reason == reason
    assert "hop 1" in error.detail or "after 1 redirect" in error.detail or not location


def test_a_public_source_cannot_be_redirected_inward(canary: HostileServer, server: HostileServer) -> None:
    """Each hop is judged by the source's own permission: here the first hop fails already (N-06)."""
    url = server.say("/inward", status("302 Found", f"Location: http://127.0.0.1:{canary.port}/"))
    assert refused(url, allow_private=False).reason == "blocked_address"
    assert refused(url).reason == "redirects"  # another port than the one that was configured


def test_a_redirect_without_an_address_says_so(server: HostileServer) -> None:
    """N-07."""
    assert refused(server.say("/nowhere", status("302 Found"))).reason == "redirects"


def test_cookies_are_never_sent_back(server: HostileServer) -> None:
    """Not even on the next hop of the same redirect (N-20)."""
    cookies = [f"Set-Cookie: c{n}=v; Domain=com; Path=/" for n in range(500)]
    server.say("/cookie-end", ok(b"x"))
    fetch(server.say("/cookie-start", status("302 Found", "Location: /cookie-end", *cookies)))
    assert "\r\ncookie:" not in server.heads["/cookie-end"][0].lower()


def test_the_environment_changes_nothing(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy from the environment would bypass the guard."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert fetch(server.say("/no-proxy", ok(b"direct"))).content == b"direct"


def test_nothing_is_logged_that_holds_the_address(
    server: HostileServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses may carry tokens (O-07)."""
    caplog.set_level(logging.DEBUG)
    fetch(server.say("/quiet?token=canary-secret", ok(b"x")))
    error = refused(server.say("/loud?token=canary-secret", status("500 No")))
    assert "canary-secret" not in caplog.text + str(error) + repr(error.args)


def test_a_user_agent_that_cannot_be_sent_is_refused_at_once() -> None:
    """It would fail every single request."""
    for agent in ("", "Bot\r\nX: y", "Bötchen"):
        with pytest.raises(UsageError):
            Fetcher(user_agent=agent, clock=lambda: NOW)
