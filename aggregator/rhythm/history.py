"""What is learnt of a source's rhythm from the times at which its items appeared.

A rate (items a week), an hour-of-week profile in the source's own time zone, and how quickly its list fills.
Old evidence fades: after `MEMORY` it counts 37 %. Press offices publish Monday to Friday from 7 to 18; that is
what is believed of a source until its own items say otherwise. No I/O, no clock; seconds since 1970.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

HOUR, DAY, WEEK = 3600.0, 86400.0, 604800.0
MEMORY = 90 * DAY
SAFETY = 3
"""A window is looked at so many times while it is filled."""
LEAST_EVER = 60.0
"""Seconds: however quickly a list fills, its source is asked no more often."""
HORIZON = 2 * 365 * DAY
LONGEST_FILL = 4 * DAY
"""Lists that fill more slowly than in these seconds overrun with no interval."""
MOST_RECENT, MOST_WEEKS = 120, 13

_RATE_ITEMS, _RATE_WEEKS = 0.5, 0.25  # what is believed of a rate before anything is known: 2 a week
_PRIOR_SHAPE, _PRIOR_DAY = 4.0, 15.0  # items that the office hours, and that alike weekdays, are worth
_OUTSIDE = 0.15  # of all items, outside office hours

Hits = tuple[float, ...]
"""A number for each hour of the week, from Monday 0:00."""


def _office() -> Hits:
    inside = [day < 5 and 7 <= hour < 18 for day in range(7) for hour in range(24)]
    return tuple((1 - _OUTSIDE) / 55 if i else _OUTSIDE / 113 for i in inside)


PRIOR = _office()
_BEFORE = tuple(accumulate(PRIOR, initial=0.0))


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source's rhythm."""

    since: float
    """Time from which on all of its items are known."""
    at: float
    """Time to which `hits` have faded."""
    hits: Hits = (0.0,) * 168
    recent: tuple[int, ...] = ()
    """Times of the latest items, sorted."""
    peaks: tuple[tuple[int, int, int], ...] = ()
    """(week since 1970, part of the week, seconds in which its list was filled then at its busiest)."""
    size: int = 0
    """Items that its list holds; 0 where it is no list of the last N."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a source showed."""

    at: datetime
    before: datetime | None
    """The last look that succeeded; None at the first."""
    items: Sequence[tuple[datetime | None, bool]] = ()
    """Of each item that was not there before: when it was published, and whether that is exact to the minute."""
    size: int = 0
    overran: bool = False
    """Whether nothing of the last look was there any more."""


# -- learning ------------------------------------------------------------------------------------------


def learn(history: History | None, look: Look, zone: ZoneInfo) -> History:
    """The history after a look. Items that were published long before teach when their source publishes;
    they are no arrivals."""
    now = look.at.timestamp()
    before = look.before.timestamp() if look.before and look.before.timestamp() < now else None
    sorted_out = _Sorted.of(look, now, before, zone)
    if history is None:
        history = History(since=min([now, *(t for t, _ in sorted_out.old)]), at=now)
    history = replace(history, size=look.size or history.size)
    if not look.items:
        return history
    hits = [h * math.exp(-max(now - history.at, 0) / MEMORY) for h in history.hits]
    for moment, exact in sorted_out.old:
        start = moment if exact else _midnight(moment, zone)
        _spread(hits, start, start + (1 if exact else DAY), math.exp(-(now - moment) / MEMORY), zone)
    for moment in sorted_out.arrived:
        _spread(hits, moment, moment + 1, 1.0, zone)
    came: list[float] = list(sorted_out.arrived)
    if before is not None and (unseen := sorted_out.undated):
        _spread(hits, max(before, now - WEEK), now, unseen, zone)
        came += [before + (now - before) * (i + 0.5) / unseen for i in range(unseen)]
    if before is None:
        came = [t for t, exact in sorted_out.old if exact]
    recent = tuple(sorted([*history.recent, *map(int, came)])[-MOST_RECENT:])
    gap = now - before if before else 0.0
    peaks = _peaks(history, recent, look, gap, sorted_out.undated, zone) if history.size >= 3 else ()
    return replace(history, at=now, hits=tuple(hits), recent=recent, peaks=peaks)


@dataclass(slots=True)
class _Sorted:
    """New items by what their dates tell."""

    arrived: list[float] = field(default_factory=list)
    undated: int = 0
    old: list[tuple[float, bool]] = field(default_factory=list)

    @classmethod
    def of(cls, look: Look, now: float, before: float | None, zone: ZoneInfo) -> _Sorted:
        made = cls()
        for published, exact in look.items:
            moment = published.timestamp() if published else math.inf
            exact = exact and published is not None and not _is_midnight(published, zone)
            if before is None:
                if now - HORIZON < moment <= now:
                    made.old.append((moment, exact))
            elif moment < before - DAY:
                if moment > now - HORIZON:
                    made.old.append((moment, exact))
            elif exact and before < moment <= now:
                made.arrived.append(moment)
            else:
                made.undated += 1  # no date, one of the day, or shown later than it is dated
        return made


def _is_midnight(moment: datetime, zone: ZoneInfo) -> bool:
    """Midnight sharp is how a date without a time is often written."""
    return any(
        (m.hour, m.minute, m.second) == (0, 0, 0) for m in (moment.astimezone(UTC), moment.astimezone(zone))
    )


def _midnight(moment: float, zone: ZoneInfo) -> float:
    local = datetime.fromtimestamp(moment, zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def steps(start: float, end: float, zone: ZoneInfo) -> Iterator[tuple[int, float, float]]:
    """The hours of the week that a stretch of time goes through, as (hour, from, to)."""
    while start < end:
        local = datetime.fromtimestamp(start, zone)
        rest = HOUR - local.minute * 60 - local.second - local.microsecond / 1e6
        stop = min(start + rest, end)
        yield local.weekday() * 24 + local.hour, start, stop
        start = stop


def _spread(hits: list[float], start: float, end: float, weight: float, zone: ZoneInfo) -> None:
    """Count what came at some time of a stretch: in the hours in which it is likely."""
    parts = [(hour, PRIOR[hour] * (stop - begin)) for hour, begin, stop in steps(start, end, zone)]
    total = sum(part for _, part in parts)
    for hour, part in parts:
        hits[hour] += weight * part / total


def part_of(hour: int) -> int:
    """The part of the week that an hour of the week is in: two hours of workdays, or of weekends."""
    return (hour >= 120) * 12 + hour % 24 // 2


def _peaks(
    history: History, recent: tuple[int, ...], look: Look, gap: float, undated: int, zone: ZoneInfo
) -> tuple[tuple[int, int, int], ...]:
    size, now = history.size, look.at.timestamp()
    kept = {(week, part): fill for week, part, fill in history.peaks}

    def note(end: float, seconds: float) -> None:
        if seconds <= LONGEST_FILL:
            local = datetime.fromtimestamp(end, zone)
            cell = int(end // WEEK), part_of(local.weekday() * 24 + local.hour)
            kept[cell] = min(kept.get(cell, 1 << 40), max(int(seconds), 1))

    wide = min(size, MOST_RECENT)
    for last in range(max(wide, len(recent) - 2 * len(look.items)), len(recent) + 1):
        held = recent[last - wide : last]
        # What is dated to a few minutes was put there in one go, and no interval would see it come.
        if held[-1] - held[0] <= LONGEST_FILL and len({t // 60 for t in held}) >= max(3, wide // 4):
            note(held[-1], (held[-1] - held[0]) * size / wide)
    if gap and undated >= 3 and undated * 4 >= size:
        note(now, gap * size / undated)
    if gap and look.overran:
        note(now, gap / 2)
    first = int(now // WEEK) - MOST_WEEKS
    return tuple(sorted((week, part, fill) for (week, part), fill in kept.items() if week > first))


# -- what is known -------------------------------------------------------------------------------------


def rate(history: History, now: float, zone: ZoneInfo) -> float:
    """Items a week."""
    now = max(now, history.at)  # a clock that was put back makes nothing busier
    count = sum(history.hits) * math.exp(-max(now - history.at, 0) / MEMORY)
    age = max(now - history.since, 0)
    if age < WEEK:  # a few hours of the night tell of more than a few hours of the day
        observed = (_share_until(now, zone) - _share_until(now - age, zone)) % 1.0
    else:
        observed = MEMORY / WEEK * (1 - math.exp(-age / MEMORY))
    items = _RATE_ITEMS + count
    return items / (observed + _RATE_WEEKS * _RATE_ITEMS / items)


def _share_until(moment: float, zone: ZoneInfo) -> float:
    """Of the items of a usual week, the part that came before this time of it."""
    local = datetime.fromtimestamp(moment, zone)
    hour = local.weekday() * 24 + local.hour
    return _BEFORE[hour] + PRIOR[hour] * local.minute / 60


@lru_cache(4096)
def shape(hits: Hits) -> Hits:
    """The share of each hour of the week: its own items, what is like it on other weekdays, office hours."""
    count = sum(hits)
    if count < 0.01:
        return PRIOR
    smooth = [0.25 * hits[h - 1] + 0.5 * hits[h] + 0.25 * hits[(h + 1) % 168] for h in range(168)]
    workday = [sum(smooth[day * 24 + hour] for day in range(5)) / 5 for hour in range(24)]
    pooled = [workday[h % 24] if h < 120 else smooth[h] for h in range(168)]
    alike = [(_PRIOR_SHAPE * p + s) / (_PRIOR_SHAPE + count) for p, s in zip(PRIOR, pooled, strict=True)]
    return tuple((_PRIOR_DAY * a + s) / (_PRIOR_DAY + count) for a, s in zip(alike, smooth, strict=True))


@lru_cache(4096)
def fills(
    peaks: tuple[tuple[int, int, int], ...], week: int, least: float
) -> tuple[float, tuple[float, ...]]:
    """Seconds in which the list was filled at its busiest: in all, and in each of the 24 parts of the week
    (infinite where that never happened).

    So quick that it is looked at below the usual floor only where that was this week or in two weeks: one
    odd day is no rhythm.
    """
    by_part: list[list[tuple[int, int]]] = [[] for _ in range(24)]
    for at, part, fill in peaks:
        if week - MOST_WEEKS < at <= week:
            by_part[part].append((fill, at))
    parts = []
    for found in map(sorted, by_part):
        quickest = float(found[0][0]) if found else math.inf
        again = quickest if found and found[0][1] == week else found[1][0] if len(found) > 1 else math.inf
        parts.append(max(quickest, min(least * SAFETY, again)))
    return min(parts), tuple(parts)


# -- stored --------------------------------------------------------------------------------------------


def encode(history: History) -> str:
    """JSON, of the hours only those that are not empty."""
    hits = {str(h): round(n, 4) for h, n in enumerate(history.hits) if n >= 0.0001}
    return json.dumps(
        {"since": int(history.since), "at": int(history.at), "hits": hits, "recent": history.recent,
         "peaks": history.peaks, "size": history.size}, separators=(",", ":"),
    )  # fmt: skip


def decode(text: str) -> History:
    raw = json.loads(text)
    hits = [0.0] * 168
    for hour, count in raw["hits"].items():
        hits[int(hour)] = count
    peaks = tuple((week, part, fill) for week, part, fill in raw["peaks"])
    return History(raw["since"], raw["at"], tuple(hits), tuple(raw["recent"]), peaks, raw["size"])
