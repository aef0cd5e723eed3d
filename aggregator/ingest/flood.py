"""Too much at once, and texts under new ids. Pure: what is a flood, and which copy an item was before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from aggregator.codec import Packed
from aggregator.health import Sample
from aggregator.store.held import Known

LEAST = 10
"""So many new releases at once are never a flood."""

TIMES = 3
"""Beyond so many times what is usual, they are."""

SHORT = 20
"""Words below which two equal bodies may still be two texts."""


def limit(
    samples: Sequence[Sample], moments: Sequence[datetime], last: datetime | None, now: datetime
) -> int:
    """How many new releases at once a source's history explains.

    `moments` are the dates of its latest releases, `last` is its last successful poll: after a long absence
    there is more to catch up with, and of a wire the dates of its releases tell the pace from the first poll on.
    """
    most = max((s.news for s in samples), default=0)
    away = now - last if last else timedelta(0)
    times = sorted(moments)
    span = times[-1] - times[0] if len(times) > 2 else timedelta(0)
    expected = (len(times) - 1) * (away / span) if span >= timedelta(minutes=10) else 0.0
    return max(LEAST, TIMES * most, round(TIMES * expected))


def distinct(items: Iterable[Packed]) -> int:
    """Different texts among these."""
    return len({mark(item) or item.key for item in items})


def mark(item: Packed) -> str:
    """What a text is known by whatever its id; empty where it is too short for that."""
    return item.fingerprint.body_hash if item.fingerprint.words >= SHORT else ""


def is_twin(item: Packed, copy: Known) -> bool:
    """Whether a copy with the item's headline and date has its text too, as far as there is one to compare."""
    return item.fingerprint.body_hash == copy.body_hash or min(item.fingerprint.words, copy.words) < SHORT


def was(item: Packed, copies: Sequence[Known], shown: Collection[str]) -> Known | None:
    """The copy that this item was under another id. `copies` are those of its source in the release that it
    was found to be the text of; one whose id the source still shows (`shown`) is another item."""
    free = [c for c in copies if c.key not in shown and c.key != item.key and c.language == item.language]
    if not free:
        return None
    print_ = item.fingerprint
    return max(free, key=lambda c: (c.body_hash == print_.body_hash, c.title_key == print_.title_key, c.row))
