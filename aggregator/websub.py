"""WebSub (W3C Recommendation of 23 January 2018), the subscriber's side of it: forms, answers, signatures, leases.

Pure: no network, no store, no clock. `subscriber` carries it out, `store.websub` keeps it. A subscription goes

    found ─ask─► asked ─verified─► live ─renew at two thirds of its lease─► live …
                   └──────────────► denied (asked again after a week)       └─ source gone ─► leaving ─► forgotten

What a hub pushes is used only where its signature is right; nothing else that comes to a callback has any effect.
Polling goes on beside it: a hub may forget us, and nobody would tell.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from typing import Literal
from urllib.parse import urljoin, urlsplit

LEASE = timedelta(days=10)
"""How long we ask for; hubs give what they like."""
LEAST_LEASE, MOST_LEASE = timedelta(minutes=2), timedelta(days=90)
CONFIRM = timedelta(minutes=10)
"""How long a hub may take to verify what it accepted."""
RETRY_LEAST, RETRY_MOST = timedelta(minutes=10), timedelta(days=1)
DENIED_FOR = timedelta(days=7)
MOST_GOODBYES = 3
"""Attempts to unsubscribe before a subscription is left to run out."""

STRETCH, STRETCH_MOST = 4.0, 6 * 3600.0
"""How much less often a source is polled whose hub has proved itself, and the longest interval that comes of it."""

_METHODS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}
_HEAD = 65_536
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_LINK = re.compile(r"<(?:\w+:)?link\s([^<>]{1,2000})>")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_HUBS = re.compile(r'"hubs"\s*:\s*(\[[^\]]{0,4000}\])')
_SELF = re.compile(r'"feed_url"\s*:\s*("(?:[^"\\]|\\.){1,2000}")')
_LONGEST = 2_000

State = Literal["found", "asked", "live", "denied", "leaving"]
Mode = Literal["subscribe", "unsubscribe"]


@dataclass(frozen=True, slots=True)
class Announced:
    """Where a feed says that its changes are announced."""

    hub: str
    topic: str
    """The address that the hub knows the feed by (``rel=self``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed at one hub. Times are UTC."""

    token: str
    """Last part of the callback's address: 256 bits that nobody guesses."""
    secret: str
    """What the hub signs with."""
    source: str
    topic: str
    hub: str
    state: State = "found"
    asked_at: datetime | None = None
    """When the hub accepted a request that it has not verified yet; None where none is open."""
    due: datetime | None = None
    """When something is to be done about it: asked, asked again, renewed, given up."""
    lease_until: datetime | None = None
    last_push: datetime | None = None
    """When content with a right signature came last; None also where a poll then found what no push had told."""
    pushes: int = 0
    failures: int = 0
    """Requests in a row that came to nothing."""
    reason: str = ""
    """Why the last one did."""

    @property
    def mode(self) -> Mode:
        """What the hub is asked for next."""
        return "unsubscribe" if self.state == "leaving" else "subscribe"


def new(source: str, announced: Announced, now: datetime) -> Subscription:
    """A subscription that is to be asked for, with a callback and a secret of its own."""
    return Subscription(
        token=secrets.token_urlsafe(32),
        secret=secrets.token_urlsafe(48),
        source=source,
        topic=announced.topic,
        hub=announced.hub,
        due=now,
    )


# -- discovery -----------------------------------------------------------------------------------


def announced(content: bytes, base: str, links: Sequence[tuple[str, str]] = ()) -> Announced | None:
    """The hub that a feed from `base` names, in its ``Link`` headers (rel, address) or before its first item.

    A hub without TLS is none for a feed with it: whoever sits on the way could then speak for the feed.
    """
    found = dict(reversed(links)) if any(rel == "hub" for rel, _ in links) else _in_document(content)
    hub, topic = _web(found.get("hub", ""), base), _web(found.get("self", ""), base) or base
    if not hub or (urlsplit(topic).scheme == "https" and urlsplit(hub).scheme != "https"):
        return None
    return Announced(hub, topic)


def _in_document(content: bytes) -> dict[str, str]:
    head = content[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _in_json(head.decode("utf-8", "replace"))
    item = _ITEM.search(head)
    found: dict[str, str] = {}
    for match in _LINK.finditer(head[: item.start() if item else _HEAD].decode("utf-8", "replace")):
        values = {name: unescape(a or b) for name, a, b in _ATTRIBUTE.findall(match[1])}
        for rel in values.get("rel", "").lower().split():
            if rel in ("hub", "self"):
                found.setdefault(rel, values.get("href", ""))
    return found


def _in_json(head: str) -> dict[str, str]:
    hubs, own = _HUBS.search(head), _SELF.search(head)
    try:
        listed = json.loads(hubs[1]) if hubs else []
        topic = json.loads(own[1]) if own else ""
    except (ValueError, RecursionError):
        return {}
    urls = [
        h.get("url", "") for h in listed if isinstance(h, dict) and str(h.get("type")).lower() == "websub"
    ]
    return {"hub": str(urls[0]) if urls else "", "self": topic}


def _web(reference: str, base: str) -> str:
    try:
        url = urljoin(base, reference.strip()) if reference.strip() else ""
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    # Half characters, which JSON can spell, could not be stored; controls could not be asked for.
    return url if usable and len(url) <= _LONGEST and url.isprintable() else ""


# -- what is asked, and what is answered ------------------------------------------------------------


def form(subscription: Subscription, callback: str) -> list[tuple[str, str]]:
    """The fields of a request to the hub (section 5.1)."""
    fields = [
        ("hub.callback", callback),
        ("hub.mode", subscription.mode),
        ("hub.topic", subscription.topic),
    ]
    if subscription.mode == "subscribe":
        fields += [
            ("hub.lease_seconds", str(int(LEASE.total_seconds()))),
            ("hub.secret", subscription.secret),
        ]
    return fields


@dataclass(frozen=True, slots=True)
class Intent:
    """What a hub wants to know at the callback (section 5.3), or tells there (5.2)."""

    mode: Literal["subscribe", "unsubscribe", "denied"]
    topic: str
    challenge: str = ""
    lease: timedelta | None = None
    reason: str = ""


def intent(query: Mapping[str, str]) -> Intent | None:
    """The hub's question or refusal; None where the parameters are neither."""
    mode, topic, challenge = (query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
    if mode == "denied" and topic:
        return Intent("denied", topic, reason=query.get("hub.reason", "")[:300])
    if mode not in ("subscribe", "unsubscribe") or not topic or not 0 < len(challenge) <= _LONGEST:
        return None
    seconds = query.get("hub.lease_seconds", "")
    known = seconds.isascii() and seconds.isdigit() and len(seconds) < 12
    lease = timedelta(seconds=min(int(seconds), int(MOST_LEASE.total_seconds()))) if known else None
    return Intent("subscribe" if mode == "subscribe" else "unsubscribe", topic, challenge, lease)


def is_wanted(subscription: Subscription, asked: Intent) -> bool:
    """Whether we did ask for what a hub wants to have confirmed: the same topic, the same mode, and not long ago."""
    return (
        asked.topic == subscription.topic
        and asked.mode == subscription.mode
        and subscription.asked_at is not None
    )


def is_signed(secret: str, body: bytes, header: str) -> bool:
    """Whether ``X-Hub-Signature: method=hex`` is the HMAC of the body (section 7.1). Compared in constant time."""
    method, _, given = header.strip().partition("=")
    digest = _METHODS.get(method.strip().lower())
    if digest is None or not secret:
        return False
    made = hmac.new(secret.encode(), body, digest).hexdigest()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode("utf-8", "replace"))


# -- what becomes of it -----------------------------------------------------------------------------


def accepted(subscription: Subscription, now: datetime) -> Subscription:
    """After the hub took a request: it has some minutes to verify it."""
    state = subscription.state if subscription.state in ("live", "leaving") else "asked"
    return replace(subscription, state=state, asked_at=now, due=now + CONFIRM)


def failed(
    subscription: Subscription, reason: str, now: datetime, wait: float | None = None
) -> Subscription | None:
    """After a request that came to nothing: asked again, later each time. None where it is given up."""
    failures = subscription.failures + 1
    if subscription.state == "leaving" and failures >= MOST_GOODBYES:
        return None
    pause = min(RETRY_LEAST * 2 ** min(failures - 1, 10), RETRY_MOST)
    pause = max(pause, timedelta(seconds=min(wait or 0.0, RETRY_MOST.total_seconds())))
    ended = subscription.state == "live" and (subscription.lease_until or now) <= now
    return replace(
        subscription,
        state="found" if ended or subscription.state == "asked" else subscription.state,
        asked_at=None,
        due=now + pause,
        failures=failures,
        reason=reason[:300],
    )


def verified(subscription: Subscription, lease: timedelta | None, now: datetime) -> Subscription:
    """After the hub asked back and was told yes: live, to be renewed when two thirds of the lease are over."""
    lease = min(max(lease or LEASE, LEAST_LEASE), MOST_LEASE)
    return replace(
        subscription,
        state="live",
        asked_at=None,
        lease_until=now + lease,
        due=now + lease * 2 / 3,
        failures=0,
        reason="",
    )


def denied(subscription: Subscription, reason: str, now: datetime) -> Subscription:
    """After the hub said no, at once or later (section 5.2): asked again after a week."""
    why = f"the hub refuses it: {reason}" if reason else "the hub refuses it"
    return replace(
        subscription, state="denied", asked_at=None, lease_until=None, due=now + DENIED_FOR, reason=why[:300]
    )


def leaving(subscription: Subscription, now: datetime) -> Subscription | None:
    """A subscription that nobody wants any more; None where the hub never knew of it."""
    known = subscription.asked_at is not None or (subscription.lease_until or now) > now
    return replace(subscription, state="leaving", asked_at=None, due=now, failures=0) if known else None


def pushed(subscription: Subscription, now: datetime) -> Subscription:
    """After content with a right signature came."""
    return replace(subscription, last_push=now, pushes=subscription.pushes + 1)


def is_proven(subscription: Subscription, now: datetime) -> bool:
    """Whether a hub may be relied on a little: it pushed, and no poll has since found what it had not told."""
    return (
        subscription.state == "live"
        and subscription.last_push is not None
        and (subscription.lease_until or now) > now
    )


def told(subscription: Subscription) -> str:
    """A subscription in words, without its token and secret. Times are UTC."""
    until = subscription.lease_until
    said = {
        "found": "not subscribed yet",
        "asked": "subscription asked for",
        "live": f"live until {until:%Y-%m-%d %H:%M} UTC" if until else "live",
        "denied": "subscription denied",
        "leaving": "being unsubscribed",
    }[subscription.state]
    pushes = f", {subscription.pushes} pushes" if subscription.pushes else ""
    why = f" ({subscription.reason})" if subscription.reason else ""
    return f"{subscription.hub}: {said}{pushes}{why}"


def stretch(every: float, proven: bool) -> float:
    """Seconds between two polls: longer where a proven hub tells of changes, but never off.

    An interval that is longer already stays as it is.
    """
    return max(every, min(every * STRETCH, STRETCH_MOST)) if proven else every
