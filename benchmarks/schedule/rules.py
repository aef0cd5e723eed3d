"""Rules of when to poll: ours, a fixed interval, and two others built anew from their description.

CommaFeed and Miniflux are described in their source (`FeedRefreshIntervalCalculator`, the entry-frequency
scheduler); nothing of it is copied. A rule sees what a list shows and gives the time of the next poll.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from aggregator.rhythm import History, Look, Plan, learn, next_poll
from benchmarks.schedule.sources import Newsroom

MINUTE, HOUR, DAY, WEEK = 60.0, 3600.0, 86400.0, 604800.0


@dataclass(frozen=True)
class Poll:
    """What a poll at `now` found."""

    now: float
    shown: Sequence[float]
    """Times of the items in the list."""
    fresh: Sequence[float]
    """Of those that were not there before."""


class Rule(Protocol):
    """One source's schedule."""

    def polled(self, poll: Poll) -> float:
        """The time of the next poll."""
        ...


class Fixed:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def polled(self, poll: Poll) -> float:
        return poll.now + self._seconds


class CommaFeed:
    """5 min to 4 h; by the age of the newest item, else half of the mean gap, a quarter of the ceiling at most."""

    base, ceiling = 5 * MINUTE, 4 * HOUR

    def polled(self, poll: Poll) -> float:
        return poll.now + self._seconds(poll.now, poll.shown)

    def _seconds(self, now: float, shown: Sequence[float]) -> float:
        age = now - shown[-1] if shown else 365 * DAY
        for days, part in ((30, 1), (14, 2), (7, 4)):
            if age >= days * DAY:
                return self.ceiling / part
        gap = (shown[-1] - shown[0]) / (len(shown) - 1) if len(shown) > 1 else self.ceiling
        return min(max(gap / 2, self.base), self.ceiling / 4)


class Miniflux:
    """Entry frequency: a week divided by the weekly rate, 5 min to 24 h; looked at in ticks of an hour."""

    tick = HOUR

    def polled(self, poll: Poll) -> float:
        lately = [t for t in poll.shown if t > poll.now - WEEK]
        seconds = DAY
        if len(lately) > 1:
            spacing = (lately[-1] - lately[0]) / (len(lately) - 1)
            seconds = min(max(spacing, 5 * MINUTE), DAY)
        due = poll.now + seconds
        return due + (-due % self.tick)


class Ours:
    """The rhythm of `aggregator.rhythm`, as the service uses it."""

    def __init__(self, room: Newsroom, plan: Plan | None = None) -> None:
        self.room, self.plan = room, plan or Plan(timezone=room.zone)
        self._zone = ZoneInfo(room.zone)
        self._history: History | None = None
        self._before: datetime | None = None

    def polled(self, poll: Poll) -> float:
        at, shown, fresh = datetime.fromtimestamp(poll.now, UTC), poll.shown, poll.fresh
        items = [self._dated(t) for t in fresh]
        overran = self._before is not None and len(shown) > 2 and len(fresh) == len(shown)
        look = Look(at, self._before, items, len(shown), overran)
        self._history = learn(self._history, look, self._zone)
        self._before = at
        return next_poll(self._history, at, self.plan, id=self.room.id, explain=False).at.timestamp()

    def _dated(self, moment: float) -> tuple[datetime | None, bool]:
        if not self.room.dates:
            return None, False
        local = datetime.fromtimestamp(moment, self._zone)
        return (local, True) if self.room.dates == "minute" else (local.replace(hour=12, minute=0), False)
