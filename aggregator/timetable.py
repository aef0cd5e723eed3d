"""Times that a person set: a line of a crontab, and the hours of an office. Pure.

Both are wall time of one zone and give moments. At a change of the clocks a time that does not exist
moves forward by the change and one that comes twice counts the first time, unless every hour was asked
for: a source is polled neither twice nor not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MACROS = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * sun",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}  # fmt: skip
_FURTHEST = 3000
"""Days that are looked through: eight years, since 29 February may be that far."""

_ITEM = re.compile(r"(?P<low>\w+|\*)(?:-(?P<high>\w+))?(?:/(?P<step>\d+))?")
_DAY = "|".join(DAYS)
_RANGE = re.compile(
    rf"(?:(?P<first>{_DAY})(?:\s*-\s*(?P<last>{_DAY}))?\s+)?"
    r"(?P<from>\d{1,2})(?::(?P<from_min>\d\d))?\s*-\s*(?P<to>\d{1,2})(?::(?P<to_min>\d\d))?"
)


@dataclass(frozen=True, slots=True)
class Cron:
    """A line of a crontab. Days of the month and of the week join as in cron: where both are restricted,
    either will do."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """0 is Monday, as in `date.weekday`."""
    every_hour: bool
    any_day: bool
    any_weekday: bool

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The first time later than `moment`, in UTC; None where none comes within eight years."""
        day = moment.astimezone(zone).date() - timedelta(days=1)
        for _ in range(_FURTHEST):
            if self._on(day) and (at := next((t for t in self._times(day, zone) if t > moment), None)):
                return at
            day += timedelta(days=1)
        return None

    def _on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.weekday() in self.weekdays
        return (of_month and of_week) if self.any_day or self.any_weekday else (of_month or of_week)

    def _times(self, day: date, zone: ZoneInfo) -> list[datetime]:
        folds = (0, 1) if self.every_hour else (0,)
        return sorted(
            {
                datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold).astimezone(UTC)
                for hour in self.hours
                for minute in self.minutes
                for fold in folds
            }
        )


@cache
def cron(text: str) -> Cron:
    """Read ``minute hour day month weekday`` (weekday 0 and 7 are Sunday) or ``@daily`` and its like.

    Raises ValueError that says what to write.
    """
    fields = _MACROS.get(text.strip().lower(), text).lower().split()
    if len(fields) != 5:
        raise ValueError(
            'write five fields, minute hour day month weekday, as in "*/15 7-18 * * mon-fri", or "@daily"'
        )
    minutes = _field(fields[0], 0, 59, "the minute")
    hours = _field(fields[1], 0, 23, "the hour")
    days = _field(fields[2], 1, 31, "the day of the month")
    months = _field(fields[3], 1, 12, "the month", _MONTHS, 1)
    # cron counts from Sunday, and Sunday is 7 too; `date.weekday` counts from Monday.
    weekdays = {(n - 1) % 7 for n in _field(fields[4], 0, 7, "the weekday", ("sun", *DAYS[:6]), 0)}
    made = Cron(
        tuple(sorted(minutes)), tuple(sorted(hours)), frozenset(days), frozenset(months), frozenset(weekdays),
        len(hours) == 24, fields[2].startswith("*"), fields[4].startswith("*"),
    )  # fmt: skip
    if made.after(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC")) is None:
        raise ValueError("no such day ever comes: write another day of the month, or another month")
    return made


def _field(
    text: str, least: int, most: int, what: str, names: tuple[str, ...] = (), offset: int = 0
) -> set[int]:
    wrong = ValueError(
        f'{what} is a number from {least} to {most}, "*", or as in "{least}-{most}", "*/5", "{least},{most}"'
    )

    def number(word: str) -> int:
        value = names.index(word) + offset if word in names else int(word) if word.isdecimal() else -1
        if not least <= value <= most:
            raise wrong
        return value

    found: set[int] = set()
    for part in text.split(","):
        item = _ITEM.fullmatch(part)
        step = int(item["step"] or 1) if item else 0
        if item is None or not step or (item["low"] == "*" and item["high"]):
            raise wrong
        low = least if item["low"] == "*" else number(item["low"])
        if item["high"]:
            high = number(item["high"])
            # "fri-sun" and "sat-sun" end on the Sunday that is 7.
            high = 7 if most == 7 and high == 0 and low > 0 else high
        else:
            high = most if item["low"] == "*" or item["step"] else low
        if low > high:
            raise wrong
        found |= set(range(low, high + 1, step))
    return found


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office works: for each weekday (0 is Monday) ranges of minutes since midnight, sorted. One
    that ends beyond 1440 goes on into the next day."""

    days: tuple[tuple[tuple[int, int], ...], ...]

    def window(self, moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The range that is open at `moment`, else the next one, as (opening, closing) in UTC."""
        day = moment.astimezone(zone).date() - timedelta(days=1)
        while True:
            for start, end in self._ranges(day, zone):
                if end > moment:
                    return start, end
            day += timedelta(days=1)

    def _ranges(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for start, end in self.days[day.weekday()]:
            opening, closing = _moment(day, start, zone), _moment(day, end, zone)
            if opening < closing:  # else a change of the clocks left nothing of it
                yield opening, closing


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    day += timedelta(days=minutes // 1440)
    hour, minute = divmod(minutes % 1440, 60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


@cache
def hours(text: str) -> Hours:
    """Read ``mon-fri 7-18, sat 9:30-12``; without days every day is meant; ``22-6`` goes over midnight.

    Raises ValueError that says what to write.
    """
    wrong = ValueError('write days and hours, as in "mon-fri 7-18" or "mon-thu 7:30-18, fri 7-14"')
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for part in text.lower().split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            raise wrong
        start = int(found["from"]) * 60 + int(found["from_min"] or 0)
        end = int(found["to"]) * 60 + int(found["to_min"] or 0)
        minutes = (found["from_min"] or "0", found["to_min"] or "0")
        if start >= 1440 or end > 1440 or start == end or max(map(int, minutes)) > 59:
            raise wrong
        for day in _weekdays(found["first"], found["last"]):
            days[day].append((start, end if end > start else end + 1440))
    return Hours(tuple(tuple(sorted(ranges)) for ranges in days))


def _weekdays(first: str | None, last: str | None) -> Iterator[int]:
    if first is None:
        yield from range(7)
        return
    start = DAYS.index(first)
    for step in range((DAYS.index(last or first) - start) % 7 + 1):
        yield (start + step) % 7
