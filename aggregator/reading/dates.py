"""Dates as press releases write them: every language that is read, both orders, wires' time stamps.

`parse_date` reads a whole string that should be a date; `search` and `match` find one in a line.
Nothing is guessed: a string without a day is no date, an impossible day is no date, and a year that is
not written comes from the caller or not at all. No clock; every regular expression here is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from aggregator.reading.grammar import grammar

Precision = Literal["minute", "day", "month"]

# No date that a source states is longer; prose is never handed to the parser.
_MAX_LENGTH = 120
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A date found in a text."""

    value: datetime
    """Aware. A day without a time stands at 12:00 of the zone, so that the calendar day survives."""
    precision: Precision
    text: str
    """As written."""
    start: int
    end: int
    """Offsets of `text` in the searched string."""
    note: str = ""
    """What was assumed: ``ambiguous day/month``, ``year assumed``, ``midnight read as day``."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a source writes: which number is the day, where its clock stands, what year goes unsaid."""

    day_first: bool = True
    tz: str = "Europe/Berlin"
    near: datetime | None = None
    """For a date without a year: the latest such day that is not after this instant (plus a day)."""
    dotted_day_first: bool = True
    """Like `day_first`, for numbers with dots, which only some houses in the United States write month first."""


# What every date with a year holds; a cheap look before the full grammar is tried at every letter.
_CORE = re.compile(r"\d[.]\s?\d{1,2}\.\s?\d|(?:19|20|21)\d\d(?!\d)|\d[/-]\d{1,2}[/-]\d|['’ ]\d\d(?!\d)")


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The IANA zone of this name; UTC where there is none (the settings refuse such a name earlier)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


@lru_cache(maxsize=4096)
def local(day: date, clock: time, tz: tzinfo) -> datetime:
    """A wall clock time as a fixed offset.

    A time that the zone skips (start of summer time) moves forward by the hour; one that comes twice is
    the first of the two.
    """
    there = datetime.combine(day, clock, tz).astimezone(UTC).astimezone(tz)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0)


# ------------------------------------------------------------------------------------- whole strings


@lru_cache(maxsize=4096)
def parse_date(
    text: str, *, day_first: bool = True, tz: str = "Europe/Berlin", language: str = ""
) -> Found | None:
    """Read a string that should be one date: ISO 8601, RFC 822, epoch seconds, or as people write.

    `tz` is the zone of a time without one. A stated offset is kept, except UTC, which is converted:
    systems write it where the local day is meant. Midnight sharp is a day without a time.
    English written in the United States (``en-US``) puts the month first.
    """
    return whole(text, Style(day_first and language.lower() not in ("en-us", "en_us"), tz))


def whole(text: str, style: Style) -> Found | None:
    """The same by a source's style."""
    text = " ".join(text[: _MAX_LENGTH + 1].split())
    if not text or len(text) > _MAX_LENGTH or not any(c.isdigit() for c in text):
        return None
    return _iso(text, style) or _epoch(text, style) or match_line(text, style)


_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?", re.I
)


def _iso(text: str, style: Style) -> Found | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        value = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    clock = value.time() if len(text) > 10 else None
    return _found(value.date(), clock, value.tzinfo, style, text, 0, len(text))


def _epoch(text: str, style: Style) -> Found | None:
    if not text.isascii() or not text.isdigit() or len(text) not in (10, 13):
        return None
    value = datetime.fromtimestamp(int(text[:10]), UTC)
    return _found(value.date(), value.time(), UTC, style, text, 0, len(text))


_AROUND = re.compile(r"[\s(\[|·•–—\-^]*")
_AFTER = re.compile(r"(?:\s?(?:uhr|uur|h))?[\s)\]|·•–—\-:.,]*$", re.I)


def match_line(text: str, style: Style) -> Found | None:
    """The date of a line that holds nothing else (brackets, a weekday and a final dash may stand by)."""
    if len(text) > _MAX_LENGTH:
        return None
    opening = _AROUND.match(text)
    found = match(text, style, opening.end() if opening else 0)
    return found if found and _AFTER.match(text, found.end) else None


# ------------------------------------------------------------------------------------ inside a line


def match(text: str, style: Style, at: int = 0) -> Found | None:
    """The date that begins at this offset, with its time of day where one follows."""
    low = _lower(text)
    return _read(text, low, grammar().date.match(low, at), style)


def search(text: str, style: Style, at: int = 0, end: int = 240) -> Found | None:
    """The first date in the text between two offsets."""
    low = _lower(text[:end])
    core = _CORE.search(low, at) if style.near is None else None
    if core is None and style.near is None:
        return None
    # A weekday, an article, a day and a month's name may stand before the year.
    start = max(at, core.start() - 40) if core else at
    for hit in grammar().date.finditer(low, start):
        found = _read(text, low, hit, style)
        if found:
            return found
    return None


_START = re.compile(r"\b(?:\d|[^\W\d_]+)")


def search_starts(text: str, style: Style, last: int) -> Found | None:
    """The first date that begins at the start of a word up to an offset."""
    low, known, after = _lower(text), grammar(), 0
    for start in _START.finditer(low):
        if start.start() > last:
            break
        able = start.start() >= after and (start[0].isdigit() or start[0] in known.openers)
        hit = known.date.match(low, start.start()) if able else None
        if hit:
            found = _read(text, low, hit, style)
            if found:
                return found
            after = hit.end()
    return None


def without_day(text: str) -> str:
    """A text without the day and month, but no year, that it ends with: "LISBON, Aug 9 " is "LISBON, "."""
    hit = grammar().day_at_end.search(_lower(text))
    return text[: hit.start()] if hit else text


def with_time_before(text: str, found: Found, style: Style) -> Found:
    """The date, with the time of day that stands before it, as in "00:01 BST on Tuesday 14 May 2024"."""
    hit = grammar().before.search(_lower(text[: found.start])) if found.precision == "day" else None
    clock, tz = _clock_of(hit)
    if hit is None or clock is None:
        return found
    start, written = hit.start(), text[hit.start() : found.end]
    return _found(found.value.date(), clock, tz, style, written, start, found.end) or found


def _lower(text: str) -> str:
    low = text.lower()
    # A few letters grow when lowered; offsets must stay true.
    return low if len(low) == len(text) else text


def _read(text: str, low: str, hit: re.Match[str] | None, style: Style) -> Found | None:
    if hit is None:
        return None
    parts = {k[0]: v for k, v in hit.groupdict().items() if v is not None}
    day, note = _day(parts, style)
    if day is None:
        return None
    clock, tz, end = _clock(low, hit.end())
    found = _found(day, clock, tz, style, text[hit.start() : end], hit.start(), end)
    return replace(found, note=note) if found and note else found


def _day(parts: dict[str, str], style: Style) -> tuple[date | None, str]:
    note = ""
    number = parts["m"].rstrip(".")
    month = int(number) if number.isdigit() else grammar().months[number]
    day = int(parts["d"])
    if parts.get("s") == "/" and number.isdigit() and len(parts["d"]) <= 2 and "y" in parts:
        day, month, note = _order(day, month, style)
    if "x" in parts and not style.dotted_day_first:
        day, month = month, day
    if "y" not in parts:
        return _nearest(day, month, style), "year assumed"
    return _date(_year(parts["y"]), month, day), note


def _order(first: int, second: int, style: Style) -> tuple[int, int, str]:
    """Day and month of ``a/b/year``: what is over twelve is the day, else the source's habit."""
    if first > 12 or second > 12:
        return (second, first, "") if second > 12 else (first, second, "")
    note = "" if first == second else "ambiguous day/month"
    return (first, second, note) if style.day_first else (second, first, note)


def _year(text: str) -> int:
    number = int(text.lstrip("'’"))
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, style: Style) -> date | None:
    if style.near is None:
        return None
    limit = (style.near + timedelta(days=1)).date()
    for year in range(limit.year, limit.year - 5, -1):
        found = _date(year, month, day)
        if found and found <= limit:
            return found
    return None


def _clock(low: str, at: int) -> tuple[time | None, tzinfo | None, int]:
    """The time of day that follows a date, its own zone, and where it ends."""
    hit = grammar().time.match(low, at)
    clock, tz = _clock_of(hit)
    return (clock, tz, hit.end()) if hit and clock else (None, None, at)


def _clock_of(hit: re.Match[str] | None) -> tuple[time | None, tzinfo | None]:
    if not hit or not (hit["minute"] or hit["half"]):
        return None, None
    hour, half = int(hit["hour"]), hit["half"] or ""
    if half.startswith(("a", "p")):
        if hour > 12:
            return None, None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    second = min(int(hit["second"] or 0), 59)
    return time(hour % 24, int(hit["minute"] or 0), second), _stated_zone(hit["zone"])


def _stated_zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name == "z":
        return UTC
    known = grammar().zones.get(name)
    if known is not None:
        return zone(known) if isinstance(known, str) else timezone(timedelta(hours=known))
    sign, digits = (-1 if "-" in name else 1), re.sub(r"\D", "", name)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    # ``+99:99`` is no offset; the time is then read as local.
    return timezone(sign * offset) if offset <= timedelta(hours=14) else None


def _found(
    day: date, clock: time | None, stated: tzinfo | None, style: Style, text: str, start: int, end: int
) -> Found | None:
    # 1 January 1970 is what systems write for "unknown".
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR or day == date(1970, 1, 1):
        return None
    here = zone(style.tz)
    if clock is None or clock == time(0, 0):
        note = "" if clock is None else "midnight read as day"
        return Found(local(day, _NOON, here), "day", text, start, end, note)
    value = local(day, clock.replace(tzinfo=None), stated or here)
    if stated is not None and value.utcoffset() == timedelta(0):
        value = _moved(value, here)
    return Found(value, "minute", text, start, end)


def _moved(value: datetime, to: tzinfo) -> datetime:
    there = value.astimezone(to)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0)


# ----------------------------------------------------------------------------------------- addresses

_IN_URL: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str, str]]], ...] = (
    (re.compile(r"[/_-]((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?=[/_.?-]|$)"), lambda m: (m[1], m[2], m[3])),
    (re.compile(r"[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?(?=[/_.?-]|$)"), lambda m: (m[1], m[2], m[3])),
    (re.compile(r"[/_-](\d\d)-(\d\d)-((?:19|20)\d\d)(?=[/_.?-]|$)"), lambda m: (m[3], m[2], m[1])),
    (re.compile(r"/((?:19|20)\d\d)/(\d\d)(?=/)"), lambda m: (m[1], m[2], "")),
)


def in_url(url: str, tz: str = "Europe/Berlin") -> Found | None:
    """The date in an address: ``/2023/07/25/``, ``-20230725``, or only ``/2023/07/`` (a month)."""
    for pattern, parts in _IN_URL:
        hit = pattern.search(url[:1000])
        if not hit:
            continue
        year, month, day = parts(hit)
        found = _date(int(year), int(month), int(day or 1))
        if found:
            value = local(found, _NOON, zone(tz))
            text = hit.group().strip("/_-")
            return Found(value, "day" if day else "month", text, hit.start(), hit.end())
    return None
