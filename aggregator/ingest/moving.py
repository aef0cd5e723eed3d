"""Whether a source has moved, or is gone: one answer proves neither. Pure.

A permanent redirect (301, 308) is followed at once like any other. It is believed once it is `confirmed`
(`store.moves`): three successful polls in a row ended at the same address, on two different days. Within
the site the new address is then asked directly, under the source's old id and keys; one of another
site is only suggested, since whoever answers for a name for some days could otherwise keep a feed for
good. A source that answers 410 twice, most of a day apart, is retired. All of it is undone by the next
answer to the contrary, or when the operator edits the source.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from aggregator.ingest.haul import Haul
from aggregator.model import Problem, Source
from aggregator.store.moves import Move

GONE_FOR: Final = timedelta(hours=20)
LOST: Final = frozenset({"not_found", "gone", "dns", "connect", "tls", "redirects", "http_status", "robots"})
"""Failures after which an adopted address is given up, and the configured one asked again."""
_SHARED_LEVELS: Final = frozenset(
    {"ac", "co", "com", "edu", "go", "gob", "gov", "govt", "gv", "mil", "ne", "net", "or", "org"}
)
"""Second levels below a country under which names are registered: ``example.co.uk``."""


def after(move: Move, haul: Haul, failed: bool) -> Move:
    """What is known after a poll of a source."""
    if haul.failure is not None and haul.failure.reason == "gone" and not move.address:
        return _gone(move, haul.finished)
    move = replace(move, gone_at=None, retired_at=None) if not failed else move
    if failed:
        lost = haul.failure is not None and haul.failure.reason in LOST
        return (
            replace(move, address="", target="", times=0, first_at=None, last_at=None)
            if lost and move.address
            else move
        )
    return _seen(move, haul)


def told(move: Move, source: Source) -> list[Problem]:
    """What an operator should know of a source's whereabouts, as a hint for its check-up."""
    if move.address:
        detail = f"moved for good within its site, polled at {move.address}"
    elif move.confirmed:
        detail = (
            f"its server says that it moved to another site, {move.target}; look at it before you follow it"
        )
    else:
        return []
    return [Problem("moved", detail, source.id)]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site, as far as names alone tell: the same host, one below the other, or
    both below one registered name. Numeric hosts are their own site."""
    a, b = (urlsplit(u).hostname or "" for u in (one, other))
    if a == b:
        return True
    if _numeric(a) or _numeric(b):
        return False
    return _registered(a) == _registered(b) != ""


def _gone(move: Move, now: datetime) -> Move:
    since = move.gone_at or now
    return replace(
        move, gone_at=since, retired_at=move.retired_at or (now if now - since >= GONE_FOR else None)
    )


def _seen(move: Move, haul: Haul) -> Move:
    """After a poll that succeeded, at the end of permanent redirects or of none."""
    there, now = haul.moved_to, haul.finished
    if not there:
        return replace(move, target="", times=0, first_at=None, last_at=None)
    first, times = (move.first_at or now, move.times + 1) if there == move.target else (now, 1)
    move = replace(move, target=there, times=times, first_at=first, last_at=now)
    asked = haul.source.url
    if move.confirmed and same_site(asked, there) and not _to_the_front_page(asked, there):
        back = "" if there == asked else there
        return Move(address=back)
    return move


def _to_the_front_page(asked: str, there: str) -> bool:
    """Sites that were rebuilt send every old address to their front page, which is nobody's newsroom."""
    return urlsplit(there).path in ("", "/") and urlsplit(asked).path not in ("", "/")


def _registered(host: str) -> str:
    """The name that was registered, without a list of all suffixes: wrong only below hosts that many share, where
    two names are then one site that are not."""
    labels = host.removesuffix(".").split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_LEVELS
    return ".".join(labels[-3:] if shared else labels[-2:]) if len(labels) > 1 else ""


def _numeric(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
