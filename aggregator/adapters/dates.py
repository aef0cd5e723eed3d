"""Dates as feeds and front matter write them, made ISO 8601; what is not sure is left as it stands.

Nothing is invented here: no time zone is added where none was stated, a day is never completed to an
instant, and a date that does not exist (30 February, 0000-00-00) stays the string that it was.
Reads RFC 822 with the slips of real feeds (German names, ``10:30 AM EST``), the ISO and W3C forms,
Unix time in seconds or milliseconds, and dates with months by number or name in every language that is read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from aggregator.months import months

_LONGEST = 80
_YEARS = range(1970, 2101)

_RFC822 = re.compile(
    r"(?:[A-Za-z]{3},\s+)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d\d):(\d\d):(\d\d)\s+([+-]\d{4}|GMT|UTC|Z)"
)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:(?:[Tt]|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s*([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,]\d+)?)?|[.](\d\d)(?=\s*(?:uhr|h\b)))"
    r"(?:\s*([ap])\.?m\b\.?)?(?:\s*uhr)?"
)
_HOUR = re.compile(r"(?<![\d.:])(\d{1,2})\s*([ap])\.?m\b\.?|(?<![\d.:])(\d{1,2})\s*(?=uhr)")
_OFFSET = re.compile(r"(?:(?:gmt|utc)\s*)?(?<![\w-])([+-])(\d\d):?(\d\d)\b|(?:gmt|utc)\s*([+-])(\d{1,2})\b")
_NUMERIC = (
    (re.compile(r"\b(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})\b"), "ymd"),
    (re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)\b"), "dmy"),
    (re.compile(r"\b(?P<d>\d{1,2})(?P<s>[/-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)\b"), "order"),
)
_NAME = r"(?P<n>[^\W\d_]{3,12})"
_NAMED = (
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º)?[\s.-]*(?:de\s+)?{_NAME}\.?,?[\s-]*(?:de\s+)?(?P<y>\d{{4}}|\d\d)\b"
    ),
    # Also the Unix clock's form, Tue Nov 24 10:30:00 2026: its time is cut out before this is tried.
    re.compile(rf"\b{_NAME}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?,?\s+(?P<y>\d{{4}})\b"),
)
_WORD = re.compile(r"\w+")


@cache
def _names() -> tuple[Mapping[str, int], dict[str, int | str], frozenset[str]]:
    table = tomllib.loads((resources.files(__package__) / "dates.toml").read_text("utf-8"))
    return months(), table["zones"], frozenset(table["words"]["ignored"])


def as_iso(text: str, *, day_first: bool = True) -> str:
    """The date as ISO 8601, else the text itself, trimmed.

    ``2026-11-24T10:30:00+01:00`` where a zone was stated, ``2026-11-24T10:30:00`` where not,
    ``2026-11-24`` for a mere day. `day_first` decides ``05/06/2026``. Texts over 80 characters are
    no dates.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return text[:200]
    return _as_iso(text, day_first)


@lru_cache(maxsize=2048)
def _as_iso(text: str, day_first: bool) -> str:
    try:
        value = _quick(text) or _slow(text.casefold(), day_first)
    except (ValueError, OverflowError, KeyError):
        return text
    return value or text


def holds_day(text: str) -> bool:
    """Whether a day with its year is written somewhere in a text."""
    try:
        return _take_day(text.casefold(), True)[0] is not None
    except ValueError:
        return False  # 30 February


def _quick(text: str) -> str:
    """The two standard forms and Unix time, each by one expression."""
    found = _RFC822.fullmatch(text)
    if found:
        day, name, year, hour, minute, second, zone = found.groups()
        month = _names()[0].get(name.lower())
        if month:
            return _stamp(_day(year, month, day), (hour, minute, second), _zone(zone))
    found = _ISO.fullmatch(text)
    if found:
        year, month_text, day, hour, minute, second, zone = found.groups()
        when = _day(year, month_text, day)
        return _stamp(when, (hour, minute, second or 0), _zone(zone)) if hour else when.isoformat()
    found = _EPOCH.fullmatch(text)
    if found:
        return datetime.fromtimestamp(int(found[1]), UTC).isoformat()
    return ""


def _slow(text: str, day_first: bool) -> str:
    """Take out the time, the zone and the date; a date is sure only if nothing else is left."""
    clock, text = _take_clock(text)
    offset, text = _take_offset(text)
    name, text = _take_zone_name(text) if clock else (None, text)
    zone = offset or name
    when, text = _take_day(text, day_first)
    if when is None or any(word not in _names()[2] for word in _WORD.findall(text)):
        return ""
    return _stamp(when, clock, _zone(zone)) if clock else when.isoformat()


def _take_clock(text: str) -> tuple[tuple[int, int, int] | None, str]:
    found = _CLOCK.search(text)
    if found:
        hour, minute, second, dotted, half = found.groups()
        clock = (_hour(int(hour), half), int(minute or dotted), int(second or 0))
    else:
        found = _HOUR.search(text)
        if not found:
            return None, text
        clock = (_hour(int(found[1] or found[3]), found[2]), 0, 0)
    return clock, f"{text[: found.start()]} {text[found.end() :]}"


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        # "13:15 PM" is written by generators that append the half to a 24-hour clock.
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def _take_offset(text: str) -> tuple[str | None, str]:
    found = _OFFSET.search(text)
    if not found:
        return None, text
    sign, hours, minutes, sign2, hours2 = found.groups()
    zone = f"{sign}{hours}{minutes}" if sign else f"{sign2}{int(hours2):02}00"
    return zone, f"{text[: found.start()]} {text[found.end() :]}"


def _take_zone_name(text: str) -> tuple[str | None, str]:
    for found in _WORD.finditer(text):
        if found[0] in _names()[1]:
            return found[0], f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _take_day(text: str, day_first: bool) -> tuple[date | None, str]:
    for pattern, order in _NUMERIC:
        found = pattern.search(text)
        if found:
            day, month = found["d"], found["m"]
            if order == "order" and _is_month_first(int(day), int(month), day_first):
                day, month = month, day
            return _day(found["y"], month, day), f"{text[: found.start()]} {text[found.end() :]}"
    for named in _NAMED:
        for found in named.finditer(text):
            number = _names()[0].get(found["n"])
            if number:
                return _day(found["y"], number, found["d"]), f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _is_month_first(first: int, second: int, day_first: bool) -> bool:
    if first > 12 or second > 12:
        return second > 12
    return not day_first


def _day(year: str, month: str | int, day: str) -> date:
    """Raises ValueError for a day that does not exist, or a year that no release has."""
    number = int(year) + (2000 if int(year) < 70 else 1900) if len(year) == 2 else int(year)
    if number not in _YEARS and number != 9999:
        raise ValueError(year)
    return date(number, int(month), int(day))


def _zone(text: str | None) -> tzinfo | None:
    """Raises ValueError for an offset that no place on Earth has."""
    if not text:
        return None
    known = _names()[1].get(text.lower())
    if isinstance(known, str):
        return ZoneInfo(known)
    if known is None:
        digits = text[1:].replace(":", "").ljust(4, "0")
        known = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if text[0] == "-" else 1)
        if abs(known) > 14 * 60 or int(digits[2:]) > 59:
            raise ValueError(text)
    return timezone(timedelta(minutes=known)) if known else UTC


def _stamp(day: date, clock: tuple[int | str, ...], zone: tzinfo | None) -> str:
    hour, minute, second = (int(part) for part in clock)
    if (hour, minute, second) == (24, 0, 0):
        day, hour = day + timedelta(days=1), 0
    moment = time(hour, minute, min(second, 59) if second == 60 else second)
    return datetime.combine(day, moment, zone).isoformat()
