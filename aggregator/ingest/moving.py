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

from aggregator.adapters.links import same_site
from aggregator.ingest.haul import Haul
from aggregator.model import Problem, Source
from aggregator.store.moves import Move

GONE_FOR: Final = timedelta(hours=20)
LOST: Final = frozenset({"not_found", "gone", "dns", "connect", "tls", "redirects", "http_status", "robots"})
"""Failures after which an adopted address is given up, and the configured one asked again."""


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
