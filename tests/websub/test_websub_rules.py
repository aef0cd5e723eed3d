"""What WebSub asks of a subscriber: discovery, forms, questions, signatures, leases."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from aggregator import websub
from aggregator.fetch.headers import links
from aggregator.websub import Announced, Subscription

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
FEED = "https://www.example.com/news.rss"
FOUND = Announced("https://hub.example.com/", FEED)


def _new() -> Subscription:
    return websub.new("muster", FOUND, NOW)


def _live() -> Subscription:
    return websub.verified(websub.accepted(_new(), NOW), timedelta(days=3), NOW)


# -- discovery -----------------------------------------------------------------------------------

RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>'
    '{links}<item><title>I</title><atom:link rel="hub" href="https://evil.example/"/></item></channel></rss>'
)


@pytest.mark.parametrize(
    ("content", "header", "found"),
    [
        (RSS.format(links='<atom:link rel="hub" href="https://hub.example.com/"/>'), (), FOUND),
        (
            RSS.format(
                links="<atom:link href='https://hub.example.com/' rel='hub'/>"
                '<atom:link rel="self" href="https://www.example.com/x?a=1&amp;b=2"/>'
            ),
            (),
            Announced("https://hub.example.com/", "https://www.example.com/x?a=1&b=2"),
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="/hub"/><link rel="self" href="/a.atom"/>'
            "<entry/></feed>",
            (),
            Announced("https://www.example.com/hub", "https://www.example.com/a.atom"),
        ),
        (
            '{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://www.example.com/f.json",'
            '"hubs":[{"type":"rssCloud","url":"https://old.example/"},{"type":"WebSub","url":"https://hub.example.com/"}],'
            '"items":[]}',
            (),
            Announced("https://hub.example.com/", "https://www.example.com/f.json"),
        ),
        (
            RSS.format(links='<atom:link rel="hub" href="https://second.example/"/>'),
            ('<https://hub.example.com/>; rel="hub", <https://www.example.com/news.rss>; rel="self"',),
            FOUND,
        ),
        (RSS.format(links=""), ("<https://hub.example.com/>;rel=hub",), FOUND),
        (RSS.format(links=""), ('<https://www.example.com/?page=2>; rel="next"',), None),
        (RSS.format(links=""), (), None),
        (RSS.format(links='<atom:link rel="hub" href="http://hub.example.com/"/>'), (), None),
        (RSS.format(links='<atom:link rel="hub" href="javascript:x"/>'), (), None),
        (RSS.format(links='<atom:link rel="hub" href="https://u:p@hub.example.com/"/>'), (), None),
        (RSS.format(links='<atom:link rel="hub" href="http://["/>'), (), None),
        ('{"hubs": [{"type": 1}', (), None),
        ('{"hubs": ' + "[" * 3_900 + "]", (), None),
        ('{"hubs": [{"type": "WebSub", "url": "https://hub.example.com/\\ud800"}]}', (), None),
        (
            '{"feed_url": "https://www.example.com/\\ud800", "hubs": [{"type": "WebSub", "url": "https://hub.example.com/"}]}',
            (),
            Announced("https://hub.example.com/", FEED),
        ),
        (RSS.format(links='<atom:link rel="hub" href="https://hub.example.com/\x1b[2J"/>'), (), None),
        ("", (), None),
    ],
)
def test_a_feed_names_its_hub_before_its_items_or_in_headers(
    content: str, header: tuple[str, ...], found: Announced | None
) -> None:
    """Headers before the document; relative addresses; no hub of an item, none without TLS for a feed with it, and
    none that could not be stored or asked."""
    assert websub.announced(content.encode(), FEED, links(header)) == found


def test_looking_for_a_hub_costs_no_square() -> None:
    """A megabyte of half a link tag is looked through at once."""
    for piece in (b"<link ", b"<link a='", b'"hubs": [', b"<a:", b'"feed_url":"\\'):
        began = datetime.now(UTC)
        websub.announced(piece * (1_000_000 // len(piece)), FEED)
        websub.announced(b"{" + piece * (1_000_000 // len(piece)), FEED)
        assert (datetime.now(UTC) - began).total_seconds() < 2


# -- forms and questions -------------------------------------------------------------------------


def test_the_form_says_what_is_wanted() -> None:
    """Callback, mode, topic; with a subscription also lease and secret, with a farewell neither."""
    subscription = _new()
    fields = dict(websub.form(subscription, "https://feeds.example.com/websub/x"))
    assert fields["hub.mode"] == "subscribe"
    assert fields["hub.topic"] == FEED
    assert fields["hub.callback"] == "https://feeds.example.com/websub/x"
    assert len(fields["hub.secret"]) < 200
    assert int(fields["hub.lease_seconds"]) > 86_400
    gone = websub.leaving(_live(), NOW)
    assert gone is not None
    assert set(dict(websub.form(gone, "https://x.example"))) == {"hub.callback", "hub.mode", "hub.topic"}


def test_callbacks_and_secrets_are_never_the_same() -> None:
    """Each subscription has its own, long enough not to be guessed."""
    made = [_new() for _ in range(100)]
    assert len({s.token for s in made}) == len({s.secret for s in made}) == 100
    assert all(len(s.token) >= 43 for s in made)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"hub.mode": "subscribe"},
        {"hub.mode": "subscribe", "hub.topic": FEED},
        {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": ""},
        {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "x" * 5000},
        {"hub.mode": "publish", "hub.topic": FEED, "hub.challenge": "x"},
        {"hub.mode": "denied"},
    ],
)
def test_what_is_no_question_is_none(query: dict[str, str]) -> None:
    """A missing topic or challenge, another mode."""
    assert websub.intent(query) is None


def test_only_what_was_asked_is_confirmed() -> None:
    """Another topic, another mode, or nothing asked: no."""
    asked = websub.accepted(_new(), NOW)
    question = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "x"}

    def wanted(subscription: Subscription, **changed: str) -> bool:
        found = websub.intent({**question, **{f"hub.{k}": v for k, v in changed.items()}})
        assert found is not None
        return websub.is_wanted(subscription, found)

    assert wanted(asked)
    assert not wanted(asked, topic="https://other.example/")
    assert not wanted(asked, mode="unsubscribe")
    assert not wanted(_new())
    assert not wanted(_live())


# -- signatures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_right_signature_of_every_method_is_right(method: str) -> None:
    """The HMAC of the body, in either case."""
    made = hmac.new(b"key", b"body", getattr(hashlib, method)).hexdigest()
    assert websub.is_signed("key", b"body", f"{method}={made}")
    assert websub.is_signed("key", b"body", f" {method.upper()}={made.upper()} ")
    assert not websub.is_signed("key", b"body.", f"{method}={made}")
    assert not websub.is_signed("other", b"body", f"{method}={made}")
    assert not websub.is_signed("key", b"body", f"{method}={made[:-1]}")


@pytest.mark.parametrize(
    "header", ["", "sha256", "sha256=", "=x", "md5=900150983cd24fb0d6963f7d28e17f72", "sha256=ü", "none=none"]
)
def test_no_other_header_is_a_signature(header: str) -> None:
    """Nothing, half of one, a method that is none."""
    assert not websub.is_signed("key", b"abc", header)


def test_without_a_secret_nothing_is_signed() -> None:
    """An empty key would sign for everybody."""
    made = hmac.new(b"", b"body", hashlib.sha256).hexdigest()
    assert not websub.is_signed("", b"body", f"sha256={made}")


# -- leases --------------------------------------------------------------------------------------


def test_a_lease_is_renewed_when_two_thirds_are_over() -> None:
    """Three days are renewed after two."""
    live = _live()
    assert (live.state, live.lease_until, live.due) == (
        "live", NOW + timedelta(days=3), NOW + timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "kept"),
    [("5", timedelta(minutes=2)), ("0", websub.LEASE), ("", websub.LEASE), ("x", websub.LEASE),
     ("99999999999", timedelta(days=90)), ("86400", timedelta(days=1))],
)  # fmt: skip
def test_impossible_leases_are_bounded(given: str, kept: timedelta) -> None:
    """A lease of seconds would have us ask without end, one of centuries never again."""
    query = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "x", "hub.lease_seconds": given}
    found = websub.intent(query)
    assert found is not None
    assert websub.verified(_new(), found.lease, NOW).lease_until == NOW + kept


def test_a_renewal_that_fails_keeps_what_is_left_of_the_lease() -> None:
    """Live until the lease ends, then to be asked for anew; later each time, a day at most."""
    later = NOW + timedelta(days=2)
    once = websub.failed(_live(), "the hub answered 503", later)
    assert once is not None
    assert (once.state, once.failures, once.due) == ("live", 1, later + timedelta(minutes=10))
    subscription: Subscription | None = once
    for _ in range(20):
        assert subscription is not None
        subscription = websub.failed(subscription, "again", NOW + timedelta(days=4))
    assert subscription is not None
    assert (subscription.state, subscription.due) == ("found", NOW + timedelta(days=5))


def test_a_farewell_is_tried_three_times() -> None:
    """Then the hub's lease runs out by itself."""
    leaving: Subscription | None = websub.leaving(_live(), NOW)
    tries = 0
    while leaving is not None:
        leaving, tries = websub.failed(leaving, "no answer", NOW), tries + 1
    assert tries == 3
    assert websub.leaving(_new(), NOW) is None, "nobody says goodbye to a hub that knows nothing"


def test_a_refusal_is_asked_again_after_a_week() -> None:
    """The hub's reason is kept."""
    said = websub.denied(websub.accepted(_new(), NOW), "not our topic", NOW)
    assert (said.state, said.due) == ("denied", NOW + timedelta(days=7))
    assert "not our topic" in said.reason


def test_only_a_proven_hub_stretches_the_interval_and_never_to_nothing() -> None:
    """Four times as long, six hours at most, never shorter than it was, and not beyond the lease."""
    assert not websub.is_proven(_live(), NOW)
    proven = websub.pushed(_live(), NOW)
    assert websub.is_proven(proven, NOW)
    assert not websub.is_proven(proven, NOW + timedelta(days=3))
    assert websub.stretch(3600, proven=False) == 3600
    assert websub.stretch(3600, proven=True) == 4 * 3600
    assert websub.stretch(10_000, proven=True) == 6 * 3600
    assert websub.stretch(86_400, proven=True) == 86_400


def test_a_subscription_is_told_without_its_secrets() -> None:
    """State, time, pushes and reason in words; never token or secret."""
    live = websub.pushed(_live(), NOW)
    assert websub.told(live) == "https://hub.example.com/: live until 2026-11-29 12:00 UTC, 1 pushes"
    refused = websub.denied(live, "no", NOW)
    assert "subscription denied" in websub.told(refused)
    for subscription in (live, refused, _new()):
        assert subscription.token not in websub.told(subscription)
        assert subscription.secret not in websub.told(subscription)
