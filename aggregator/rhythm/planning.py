"""When a source is looked at next: its rhythm, what the settings say, and what its server asks for.

**How often.** Items that come with intensity λ(t), looked for r(t) times an hour, wait 1/2r(t) on average. For a
given number of requests ∫r the waiting ∫λ/2r is least where λ/r² is the same at all times (Lagrange), so
r ∝ √λ: an hour that is four times as busy is looked at twice as often. The factor is one for all sources, by
which the sum over all of them is least, too; it is chosen so that a source of `USUAL` items a week costs
as many requests as one look `every` so many seconds.

**Lists that hold the last N items** are looked at before N/3 more are expected, and three times while they
would be filled at their busiest, also where that is below the floor of the settings.

Pure: times are arguments.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from aggregator import timetable
from aggregator.rhythm import words
from aggregator.rhythm.history import (
    DAY,
    HOUR,
    LEAST_EVER,
    PRIOR,
    SAFETY,
    WEEK,
    History,
    Hits,
    fills,
    part_of,
    rate,
    shape,
    steps,
)

USUAL = 3.0
"""Items a week of the source whose looks cost as much as one at each usual interval."""
COSTLIEST = 2.0
"""Times the looks of the usual interval that a source may cost, however much it publishes: it is polite. Only
a list that would overrun costs more."""
SPREAD = 0.1
"""Sources that wait for the same time come up to this part of it earlier."""
BEHIND = 300.0
"""Seconds at most by which a look comes later than its server asked for: a day does not become a day and two hours."""
OPENING = 600.0
"""Seconds over which sources are spread that wait for an office to open."""

_UNIT = 168 / sum(math.sqrt(USUAL * share) for share in PRIOR)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the settings say of a source, in seconds."""

    every: float = 3600.0
    """The usual interval."""
    least: float = 300.0
    most: float = 21600.0
    fixed: bool = False
    """Whether `every` is meant as it stands."""
    cron: str = ""
    hours: str = ""
    timezone: str = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Answer:
    """How the server took the last look."""

    failures: int = 0
    """Looks in a row that failed; 0 after one that succeeded."""
    retry_after: float = 0.0
    """Seconds for which it asked to be left alone."""
    fresh_for: float = 0.0
    """Seconds for which it says that its answer stays as it is."""


USUAL_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Next:
    """The next look, and why it is then."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What the rhythm asks for."""

    seconds: float
    most: float = math.inf
    """Seconds after which items may be missed."""
    known: bool = True


def next_poll(
    history: History | None,
    now: datetime,
    plan: Plan,
    *,
    id: str,
    answer: Answer = USUAL_ANSWER,
    explain: bool = True,
) -> Next:
    """When the source `id` is looked at after a look that ended `now`; without `explain` its reason stays short.

    Never sooner than its server asked for (`retry_after`; after failures a day at most).
    """
    zone = ZoneInfo(plan.timezone)
    spread = zlib.crc32(f"{id} {now:%j}".encode()) / 2**32
    if plan.cron:
        at, why = _by_cron(now, plan, answer, zone)
        return Next(at, why)
    asked = answer.retry_after
    if answer.failures:
        seconds, why = _after_failure(history, now, plan, answer)
        asked = min(asked, DAY)
    elif plan.fixed:
        seconds, why = plan.every, f"fixed: every {words.span(plan.every)}"
    else:
        seconds, why = _by_rhythm(history, now, plan, answer, zone, explain)
    seconds *= 1 - spread * SPREAD
    if asked > seconds:
        seconds, why = (
            asked + spread * min(asked * SPREAD, BEHIND),
            f"its server asked to be left alone for {words.span(asked)}",
        )
    at = now + timedelta(seconds=seconds)
    if plan.hours:
        at, why = _within_hours(now, at, plan, spread, zone, why, sooner=not (answer.failures or asked))
    return Next(at, why)


def _by_cron(now: datetime, plan: Plan, answer: Answer, zone: ZoneInfo) -> tuple[datetime, str]:
    asked = min(answer.retry_after, DAY) if answer.failures else answer.retry_after
    at = timetable.cron(plan.cron).after(now + timedelta(seconds=asked), zone)
    why = f"cron {plan.cron}, time of {plan.timezone}"
    return at or now + timedelta(seconds=plan.most), why  # a time always comes: settings see to it


def _after_failure(history: History | None, now: datetime, plan: Plan, answer: Answer) -> tuple[float, str]:
    """Twice the wait after each failure, a day at most."""
    usual = plan.every if plan.fixed else min(plan.every, wait(history, now, plan).seconds)
    seconds = min(usual * 2 ** min(answer.failures - 1, 10), DAY)
    times = "once" if answer.failures == 1 else f"{answer.failures} times in a row"
    return seconds, f"it failed {times}; after each failure twice the wait, a day at most"


def _by_rhythm(
    history: History | None, now: datetime, plan: Plan, answer: Answer, zone: ZoneInfo, explain: bool
) -> tuple[float, str]:
    found = wait(history, now, plan)
    seconds, why = found.seconds, ""
    if history is None or not found.known:
        why = f"nothing is known of its rhythm yet: the usual {words.span(plan.every)}"
    elif explain:
        why = words.rhythm(history, now, zone)
        filled, _ = fills(history.peaks, int(now.timestamp() // WEEK), min(plan.least, plan.every))
        if filled < math.inf:
            why += f"; list holds {history.size} items, filled in {words.span(filled)} at its busiest"
        if found.most < max(plan.most, plan.every):
            why += f" → at most {words.span(found.most)}"
    fresh = min(answer.fresh_for, max(plan.most, plan.every), found.most)
    if fresh > seconds:
        part = f", of which {words.span(fresh)} count" if fresh < answer.fresh_for else ""
        said = f"its server says that the answer stays as it is for {words.span(answer.fresh_for)}{part}"
        return fresh, f"{why}; {said}"
    # The hours named are the likely ones; the others are looked at too, and this look may well be in one of them.
    told = found.known and history is not None and explain
    return seconds, f"{why}; looked at again after about {words.span(seconds)}" if told else why


def _within_hours(
    now: datetime, at: datetime, plan: Plan, spread: float, zone: ZoneInfo, why: str, *, sooner: bool
) -> tuple[datetime, str]:
    """A time within the hours of the office: the last look is at closing time, the next when it opens.

    `sooner` says whether the last look may come before `at`: a server in trouble is left alone.
    """
    office = timetable.hours(plan.hours)
    opening, closing = office.window(now, zone)
    least = timedelta(seconds=min(plan.least, plan.every))
    if sooner and opening <= now and at > closing >= now + least:
        return closing, f"{why}; hours {plan.hours}: closing time"
    opening, closing = office.window(at, zone)
    if opening <= at:
        return at, f"{why}; hours {plan.hours}"
    at = opening + min(timedelta(seconds=OPENING), (closing - opening) / 4) * spread
    return at, f"{why}; hours {plan.hours}: when it opens"


def wait(history: History | None, now: datetime, plan: Plan) -> Wait:
    """How long to wait by the rhythm: until one look is due, and no list overruns."""
    start, zone = now.astimezone(UTC).timestamp(), ZoneInfo(plan.timezone)
    least, most = min(plan.least, plan.every), max(plan.most, plan.every)
    if history is None or (not any(history.hits) and start - history.since < WEEK):
        return Wait(plan.every, known=False)
    weekly, share = rate(history, start, zone), shape(history.hits)
    root = math.sqrt(weekly) * _UNIT
    root = min(root, COSTLIEST * 168 / _roots(share)) / plan.every
    full = history.size / SAFETY if history.size >= 3 else math.inf
    busiest, parts = fills(history.peaks, int(start // WEEK), least)
    seconds, safe = most, math.inf
    looks = items = 0.0
    for hour, begin, stop in steps(start, start + most, zone):
        dense = min(max(root * math.sqrt(share[hour]), 1 / most), 1 / least)
        # What came at the busiest may come again: at that time of the week, and a third of it at any.
        crowd = max(weekly * share[hour] / HOUR, history.size / min(parts[part_of(hour)], SAFETY * busiest))
        if looks < 1 <= looks + dense * (stop - begin):
            seconds = begin - start + (1 - looks) / dense
        if items + crowd * (stop - begin) >= full:
            safe = max(begin - start + (full - items) / crowd, LEAST_EVER)
            break
        looks += dense * (stop - begin)
        items += crowd * (stop - begin)
        if looks >= 1 and full == math.inf:
            break
    return Wait(min(seconds, safe), safe)


@lru_cache(4096)
def _roots(share: Hits) -> float:
    return sum(map(math.sqrt, share))
