"""How long a feed says that it may be left alone: RSS ``ttl`` and the syndication module's period. Pure.

Said in the head of a feed, before its items; what is said of nothing or of nonsense counts as not said.
"""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 86_400.0
"""Seconds that are believed: a newsroom that says a week is still asked every day."""
HEAD: Final = 16_384
"""Bytes of a document that are its head at most."""

_TTL = re.compile(rb"<ttl>\s*([0-9]{1,9})\s*</ttl>")
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</sy:updatePeriod>")
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*([0-9]{1,4})\s*</sy:updateFrequency>")
_SECONDS = {
    b"hourly": 3600,
    b"daily": 86_400,
    b"weekly": 604_800,
    b"monthly": 2_592_000,
    b"yearly": 31_536_000,
}


def stated(content: bytes) -> float | None:
    """Seconds between two changes that a feed announces (RSS 2.0: ``ttl`` in minutes); a day at most."""
    head = re.split(rb"<(?:item|entry)[\s>]", content[:HEAD], maxsplit=1)[0]
    if (ttl := _TTL.search(head)) is not None and int(ttl[1]):
        return min(int(ttl[1]) * 60.0, MOST)
    if (period := _PERIOD.search(head)) is None:
        return None
    often = _FREQUENCY.search(head)
    return min(_SECONDS[period[1]] / max(int(often[1]) if often else 1, 1), MOST)


def longest(*said: float | None) -> float | None:
    """The longest of what is said; None where nothing is."""
    return max((s for s in said if s is not None), default=None)
