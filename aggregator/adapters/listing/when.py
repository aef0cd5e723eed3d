"""Dates as lists show them: whole, without a year below a heading that has it, or as a time that has passed.

Everything is relative to the document's own fetch, never to a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import islice, pairwise

from aggregator.adapters.listing import words
from aggregator.months import months
from aggregator.reading import dates
from aggregator.text import fold

_SPLIT = re.compile(r"(\d{1,2})\W{1,3}(\d{1,2})\W{1,3}((?:19|20)\d\d)")
_DAY = re.compile(r"[^\W\d]{0,12}[.,]?\s?([0-3]?\d)(?:\.|st|nd|rd|th)?[,\s]*[^\W\d]{0,12}\.?")
_PERIOD = re.compile(r"(?:([^\W\d_]{3,12})\.?\s*[/,-]?\s*)?((?:19|20)\d\d)(?:\s*\(\d+\))?")
_NUMBERS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?=\s*(?:$|[:|·•–/-]))")
_NUMBERED = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/.-])")
_CLOCK = re.compile(r"(?:[^\W\d]{1,8}\.?\s)?\d{1,2}[:.h]\d\d(?!\d)")
"""A time of day behind a date, with the word for "at" or "o'clock" in any language."""
_CLOCK_BEHIND = re.compile(r"[\s,|·–-]+" + _CLOCK.pattern + r"(?:\s[^\W\d]{1,6}\.?)?\s*$")
_COMPARED = 500
"""Dates of a page that are compared to find out the order of day and month."""
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a month of one, that stands above a part of a list."""

    year: int
    month: int = 0


def period(text: str) -> Period | None:
    """The period that a heading names and nothing else: ``2024``, ``März 2024``, ``2024 (12)``."""
    hit = _PERIOD.fullmatch(text.strip(" :–-")) if len(text) <= 30 else None
    if hit is None:
        return None
    if not hit[1]:
        return Period(int(hit[2]))
    month = months().get(hit[1].lower())
    return Period(int(hit[2]), month) if month else None


def order(texts: Iterable[str], fallback: bool, fetched: datetime) -> tuple[bool, bool]:
    """Whether ``a/b/year``, and whether ``a.b.year``, puts the day first on this page: all its dates decide together.

    That order is right in which fewer dates are impossible or lie in the future and more of them stand newest
    first. One widget that writes otherwise does not outweigh a list. `fallback` where both read alike. With dots the
    month stands first only where no date is possible otherwise and all are so.
    """
    slashed, dotted = list[tuple[int, int, int]](), list[tuple[int, int, int]]()
    for hit in islice((hit for text in texts if (hit := _NUMBERED.search(text))), _COMPARED):
        numbers = int(hit[1]), int(hit[3]), int(hit[4]) + 2000 * (len(hit[4]) == 2)
        (dotted if hit[2] == "." else slashed).append(numbers)
    limit = (fetched + timedelta(days=1)).date().isoformat()
    first = _faults([_day(Period(year, b), a) if 1 <= b <= 12 else "" for a, b, year in slashed], limit)
    second = _faults([_day(Period(year, a), b) if 1 <= a <= 12 else "" for a, b, year in slashed], limit)
    strange = any(b > 12 for _, b, _ in dotted) and all(a <= 12 for a, _, _ in dotted)
    return fallback if first == second else first < second, not strange


def _faults(days: list[str], limit: str) -> int:
    """How badly a reading of all dates fits a list of what has happened, the newest first."""
    known = [day for day in days if day]
    rising = sum(a < b for a, b in pairwise(known))
    return 2 * (len(days) - len(known)) + sum(day > limit for day in known) + rising


@lru_cache(maxsize=4096)
def read(text: str, style: dates.Style, fetched: datetime, above: Period | None = None) -> str:
    """The date in a short text as ISO 8601 (a day, or with time and offset); empty where there is none.

    Remembered: detection and the recipes that it tries ask for the same texts many times.
    """
    text = " ".join(text[:_LONGEST].split())
    if any(c.isdigit() for c in text):
        whole = _whole(style)
        found = dates.whole(text, whole) or _apart(text, whole)
        if found and found.precision != "month":
            return iso(found)
        if hit := _SPLIT.search(text):
            found = dates.match_line(f"{hit[1]}.{hit[2]}.{hit[3]}", whole)
            if found:
                return iso(found)
        near = _near(style, fetched, above)
        found = dates.match_line(text, near) or _opening(text, near)
        if found:
            return iso(found)
        if hit := _NUMBERS.match(text):
            return _without_year(int(hit[1]), int(hit[2]), fetched, above)
        if above and above.month and (hit := _DAY.fullmatch(text)):
            return _day(above, int(hit[1]))
    return ago(text, fetched) if len(text) <= 60 else ""


@lru_cache(maxsize=64)
def _whole(style: dates.Style) -> dates.Style:
    return replace(style, near=None)


def _apart(text: str, style: dates.Style) -> dates.Found | None:
    """A date that stands apart in a line: first, behind a label or a sign, and not in the midst of a sentence."""
    found = dates.search(text, style)
    if found is None:
        return None
    before, after = text[: found.start].strip(), text[found.end :].strip()
    if not before:
        return found
    said = before.split()
    led = not before[-1].isalnum() or len(said) <= 3
    led = led or (len(said) <= 6 and fold(said[-1]) in words.entries("dates", "before"))
    return found if led and (not after[:1].isalnum() or _CLOCK.match(after)) else None


def iso(found: dates.Found) -> str:
    return found.value.date().isoformat() if found.precision == "day" else found.value.isoformat()


def _near(style: dates.Style, fetched: datetime, above: Period | None) -> dates.Style:
    if above is None or above.year >= fetched.year:
        return replace(style, near=fetched)
    return replace(style, near=datetime(above.year, 12, 30, tzinfo=UTC))


def _opening(text: str, near: dates.Style) -> dates.Found | None:
    """A day and month that a line of facts begins with: ``12 Mar | Press release``."""
    found = dates.match(text, near)
    return (
        found
        if found and text[found.end : found.end + 3].strip()[:1] in ("|", "·", "•", "–", "-", "/", ":")
        else None
    )


def _without_year(day: int, month: int, fetched: datetime, above: Period | None) -> str:
    """``12.05.`` in the year of its heading, else the latest such day that is not in the future."""
    for year in (above.year,) if above else (fetched.year, fetched.year - 1):
        made = _day(Period(year, month), day) if 1 <= month <= 12 else ""
        if made and (above or made <= (fetched + timedelta(days=1)).date().isoformat()):
            return made
    return ""


def _day(above: Period, day: int) -> str:
    try:
        return datetime(above.year, above.month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, names in words.table()["ago"]["units"].items() for word in names}


@cache
def _ago() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    ones = "|".join(map(re.escape, words.table()["ago"]["ones"]))
    forms = []
    for number, form in enumerate(words.table()["ago"]["patterns"]):
        pattern = re.escape(form).replace(r"\ ", r"\s?")
        pattern = pattern.replace(r"\{n\}", rf"(?P<n{number}>\d{{1,3}}|{ones})")
        forms.append(pattern.replace(r"\{u\}", rf"(?P<u{number}>{units})\b\.?"))
    return re.compile(r"\b(?:" + "|".join(forms) + r")")


_SPANS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 30 * 86400, "year": 365 * 86400}


def ago(text: str, fetched: datetime) -> str:
    """The day that "3 days ago" or "gestern" means, as ISO 8601."""
    said = _CLOCK_BEHIND.sub("", fold(text)).strip(" .,|·")
    if said in words.table()["ago"]["today"]:
        return fetched.date().isoformat()
    if said in words.table()["ago"]["yesterday"]:
        return (fetched - timedelta(days=1)).date().isoformat()
    hit = _ago().search(said)
    if hit is None:
        return ""
    parts = {k[0]: v for k, v in hit.groupdict().items() if v}
    number = int(parts["n"]) if parts["n"].isdigit() else 1
    return (fetched - timedelta(seconds=number * _SPANS[_units()[parts["u"]]])).date().isoformat()
