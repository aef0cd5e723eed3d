"""What is known of a source's rhythm, in words and numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from aggregator.rhythm.history import History, Hits, rate, shape
from aggregator.timetable import DAYS

_NAMES = tuple(day.capitalize() for day in DAYS)


def rhythm(history: History, now: datetime, zone: ZoneInfo) -> str:
    """``publishes about 3 a week, mostly Tue–Thu 8–11; the next hour in which something is likely begins 08:00``."""
    share = shape(history.hits)
    return f"publishes about {often(rate(history, now.timestamp(), zone))}{mostly(share)}; {likely(share, now, zone)}"


def often(weekly: float) -> str:
    """A rate in the unit in which it is one or more."""
    for name, number in (("an hour", weekly / 168), ("a day", weekly / 7), ("a week", weekly)):
        if number >= 0.95:
            return f"{number:.0f} {name}"
    return f"{max(weekly * 30.4 / 7, 0.1):.1f} a month"


@lru_cache(4096)
def mostly(share: Hits) -> str:
    """The days and hours in which most of it appears; empty where there are none."""
    days = [sum(share[day * 24 : day * 24 + 24]) for day in range(7)]
    chosen: list[int] = []
    for day in sorted(range(7), key=lambda d: -days[d]):
        if sum(days[d] for d in chosen) < 0.7:
            chosen.append(day)
    by_hour = [sum(share[day * 24 + hour] for day in chosen) for hour in range(24)]
    first, last = _core(by_hour)
    if len(chosen) > 5 and last - first > 18:
        return ", at all hours"
    return f", mostly {_ranges(sorted(chosen))} {first}–{last}"


def _core(by_hour: list[float]) -> tuple[int, int]:
    """The shortest run of hours that holds seven tenths."""
    wanted = 0.7 * sum(by_hour)
    runs = [(last - first, first, last) for first in range(24) for last in range(first + 1, 25)]
    return next((f, t) for _, f, t in sorted(runs) if sum(by_hour[f:t]) >= wanted)


def _ranges(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        _NAMES[run[0]] if len(run) == 1 else f"{_NAMES[run[0]]}–{_NAMES[run[-1]]}" for run in runs
    )


def likely(share: Hits, now: datetime, zone: ZoneInfo) -> str:
    """When the next hour begins that is at least half as likely as the likeliest."""
    local, enough = now.astimezone(zone), max(share) / 2
    this = local.weekday() * 24 + local.hour
    if share[this] >= enough:
        return "this is an hour in which something is likely"
    further = next(n for n in range(1, 168) if share[(this + n) % 168] >= enough)
    then = local.replace(tzinfo=None) + timedelta(hours=further)
    day = "" if then.date() == local.date() else f"{_NAMES[then.weekday()]} "
    return f"the next hour in which something is likely begins {day}{then:%H}:00"


def span(seconds: float) -> str:
    """A length of time as a person says it: ``18 min``, ``2.5 h``, ``3 d``."""
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit or (seconds >= unit and seconds % unit < 1):
            return f"{seconds / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
