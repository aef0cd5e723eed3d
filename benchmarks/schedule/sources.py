"""200 invented sources with rhythms of nine kinds, and when each publishes. Same seed, same month."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

START = datetime(2026, 10, 12, tzinfo=UTC)
"""A Monday; the clocks of Europe and of America go back within the month."""
DAYS = 28
END = START + timedelta(days=DAYS)
PAST = 240
"""Days before the month of which the lists still tell."""

Weight = Callable[[datetime], float]
"""How likely a release is at a local time; a day of the usual kind sums up to about 1 over its hours."""


@dataclass(frozen=True)
class Newsroom:
    """A source that publishes at `times`."""

    id: str
    kind: str
    zone: str
    """The time zone that the operator configured, which need not be where it publishes."""
    size: int
    """Items that its list holds."""
    dates: str
    """What the list says of when an item was published: ``minute``, ``day`` or nothing."""
    times: tuple[float, ...]

    def listed(self, now: float) -> tuple[int, int]:
        """The items that the list shows, as a range of `times`."""
        last = bisect_right(self.times, now)
        return max(0, last - self.size), last

    def month(self) -> tuple[float, ...]:
        return tuple(t for t in self.times if START.timestamp() <= t < END.timestamp())


def _bell(hour: float, middle: float, width: float) -> float:
    return math.exp(-(((hour - middle) / width) ** 2) / 2) / (width * 2.507)


def _arrivals(random: Random, zone: str, daily: float, weight: Weight) -> list[float]:
    """A Poisson process whose intensity is `daily` times the weight of each local hour."""
    found = []
    for begin, local in _hours(zone):
        for _ in range(_poisson(random, daily * weight(local))):
            minute = random.choice((0, 0, 0, 30, *range(60)))  # editors like the full hour
            found.append(begin + minute * 60 + random.randrange(60))
    return sorted(found)


@cache
def _hours(zone: str) -> list[tuple[float, datetime]]:
    """Each hour, as a moment and as the local time."""
    hours = [START + timedelta(hours=hour) for hour in range(-PAST * 24, DAYS * 24)]
    return [(hour.timestamp(), hour.astimezone(ZoneInfo(zone))) for hour in hours]


def _poisson(random: Random, expected: float) -> int:
    if expected <= 0:
        return 0
    count, product, limit = 0, random.random(), math.exp(-expected)
    while product > limit:
        count += 1
        product *= random.random()
    return count


def _office(random: Random, middle: float = 10.0) -> Weight:
    """An office has its hour and its days."""
    hour, width = random.gauss(middle, 1.2), random.uniform(0.8, 3.0)
    days = [random.gammavariate(1.5, 1) for _ in range(5)]
    days = [*(d * 5 / sum(days) * 7 / 5 for d in days), 0.02, 0.02]
    return lambda t: days[t.weekday()] * _bell(t.hour + 0.5, hour, width)


def _police(random: Random) -> Weight:
    del random
    return lambda t: 0.6 * _bell(t.hour + 0.5, 12, 2.5) + 0.4 / 24


def _wire(random: Random) -> Weight:
    """A wire's busy hours on workdays, and bursts: two or three half hours a week of five times as much."""
    burst = {(random.randrange(5), random.choice((7, 8, 9, 13, 16, 22))) for _ in range(3)}

    def weight(t: datetime) -> float:
        usual = (0.9 if t.weekday() < 5 else 0.12) * (
            _bell(t.hour + 0.5, 9, 2) * 0.6 + _bell(t.hour + 0.5, 15, 3) * 0.4
        )
        return usual + (0.12 if (t.weekday(), t.hour) in burst and (t.day + t.hour) % 3 else 0) + 0.003

    return weight


def _quarterly(random: Random) -> Weight:
    month, usual = random.randrange(3), _office(random, 8.0)
    return lambda t: usual(t) * (1.0 if t.month % 3 == month and 4 <= t.day <= 12 else 0.04)


def _weekend(random: Random) -> Weight:
    hour = random.uniform(15, 20)
    return lambda t: 3.5 * _bell(t.hour + 0.5, hour, 2) if t.weekday() > 4 else 0.0


def _holiday(random: Random) -> Weight:
    """Closed for ten days, then everything that had waited in two."""
    usual, back = _office(random), random.choice((23, 26))

    def weight(t: datetime) -> float:
        if (t.year, t.month) == (2026, 10) and back - 10 <= t.day < back:
            return 0.0
        return usual(t) * (8 if (t.year, t.month) == (2026, 10) and back <= t.day < back + 2 else 1)

    return weight


def _hourly(random: Random) -> list[float]:
    minute = random.randrange(60)
    first = START - timedelta(days=PAST)
    return [
        (first + timedelta(hours=h, minutes=minute)).timestamp() + random.randrange(90)
        for h in range((PAST + DAYS) * 24)
    ]


def _dead(random: Random) -> list[float]:
    begin = START.timestamp() - random.uniform(90, 200) * 86400
    return sorted(begin - random.uniform(0, 300) * 86400 for _ in range(20))


Make = Callable[[Random], tuple[str, list[float]]]
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def _made(weight: Callable[[Random], Weight], daily: Callable[[Random], float], zone: str = BERLIN) -> Make:
    """A kind of source by its weights and its rate; the operator of half of the foreign ones sets no time zone."""

    def make(random: Random) -> tuple[str, list[float]]:
        return random.choice((BERLIN, zone)), _arrivals(random, zone, daily(random), weight(random))

    return make


KINDS: tuple[tuple[str, int, Make], ...] = (
    ("office", 70, _made(_office, lambda r: 0.5 * 20 ** r.random() / 7)),
    ("us", 15, _made(_office, lambda r: r.uniform(1, 9) / 7, NEW_YORK)),
    ("police", 20, _made(_police, lambda r: r.uniform(2, 15))),
    ("wire", 8, _made(_wire, lambda _: 300.0)),
    ("quarterly", 20, _made(_quarterly, lambda _: 1.2)),
    ("weekend", 10, _made(_weekend, lambda r: r.uniform(2, 6) / 7)),
    ("dead", 25, lambda r: (BERLIN, _dead(r))),
    ("holiday", 12, _made(_holiday, lambda r: r.uniform(3, 8) / 7)),
    ("hourly", 20, lambda r: (BERLIN, _hourly(r))),
)


def newsrooms(seed: int, kinds: tuple[tuple[str, int, Make], ...] = KINDS) -> list[Newsroom]:
    """All 200, or so many of some kinds."""
    made = []
    for kind, number, make in kinds:
        for index in range(number):
            random = Random(f"{seed} {kind} {index}")
            zone, times = make(random)
            size = 20 if kind == "wire" else random.choice((10, 10, 15, 20, 50))
            dates = random.choice(("minute", "minute", "minute", "day", ""))
            made.append(Newsroom(f"{kind}-{index}", kind, zone, size, dates, tuple(times)))
    return made
