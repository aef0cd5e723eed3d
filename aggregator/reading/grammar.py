"""The grammar of dates: regular expressions made of the names that all languages have for days and months.

Every expression here is linear. Pure; read once for each process.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aggregator.languages import words
from aggregator.months import months


@dataclass(frozen=True, slots=True)
class Grammar:
    """The expressions that find dates, on lower-cased text."""

    months: Mapping[str, int]
    openers: frozenset[str]
    """The words that a date may begin with."""
    zones: dict[str, str | float]
    date: re.Pattern[str]
    time: re.Pattern[str]
    """The time of day behind a date."""
    day_at_end: re.Pattern[str]
    before: re.Pattern[str]
    """The time of day before a date: "00:01 BST on Tuesday"."""


def _names(names: list[str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


@cache
def grammar() -> Grammar:
    """Made of the months, weekdays and small words of every language, and of `data/calendar.toml`."""
    raw = (resources.files(__package__) / "data" / "calendar.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    known = months()
    openers = frozenset(name.split("-")[0] for name in (*known, *words("weekdays"), *words("date_articles")))
    behind, before = _time_patterns(list(data["zones"]))
    month = rf"(?:{_names(list(known))})\.?"
    day_at_end = re.compile(rf"\b(?:{month}\s\d{{1,2}}|\d{{1,2}}\.?\s{month})[\s,]*$")
    return Grammar(known, openers, data["zones"], _date_pattern(known), behind, day_at_end, before)


def _date_pattern(known: Mapping[str, int]) -> re.Pattern[str]:
    month = rf"(?:{_names(list(known))})(?![^\W\d_])\.?"
    weekday = rf"(?:(?:{_names(words('weekdays'))})(?![^\W\d_])\.?,?\s+)?"
    day, year = r"(?:[0-2]?\d|3[01])", r"(?:(?:19|20|21)\d\d|['’]?\d\d)(?!\d)"
    full = r"(?:19|20|21)\d\d(?!\d)"
    forms = (
        rf"(?P<y1>{full})(?P<s1>[-/.])(?P<m1>[01]?\d)(?P=s1)(?P<d1>{day})(?!\d)",
        rf"(?P<d2>{day})(?P<x2>\.)\s?(?P<m2>[0-3]?\d)\.\s?(?P<y2>{year})",
        rf"(?P<d3>{day})(?P<s3>[/-])(?P<m3>{day})(?P=s3)(?P<y3>{year})",
        rf"(?P<d4>{day})(?:\.|st|nd|rd|th|er|º|°)?[\s/-]?(?:(?:de|of)\s|d['’])?(?P<m4>{month})"
        rf",?[\s/-]?(?:(?:de|del|of)\s)?(?P<y4>{year})(?![:.]\d)(?:\s(?:(?:{_names(words('year_words'))})(?!\w)|г\.|года|року))?",
        # Hungarian and Lithuanian, Latvian; Chinese, Japanese and Korean.
        rf"(?P<y8>{full})\.?\s(?:m\.\s)?(?P<m8>{month})\s(?P<d8>{day})(?!\d)(?:\.|\sd\.)?",
        rf"(?P<y9>{full})\.\sgada\s(?P<d9>{day})\.\s(?P<m9>{month})",
        rf"(?P<y7>{full})\.\s(?P<m7>[01]?\d)\.\s(?P<d7>{day})(?!\d)\.?",
        rf"(?P<y0>{full})\s?[年년]\s?(?P<m0>[01]?\d)\s?[月월]\s?(?P<d0>{day})\s?[日号일]",
        rf"(?P<m5>{month})(?:\s|(?<=\.))(?P<d5>{day})(?:st|nd|rd|th|\.)?\s?,?\s(?P<y5>{full})",
        # Without a year: only where something follows that ends a dateline.
        rf"(?P<m6>{month})\s(?P<d6>{day})(?:st|nd|rd|th|\sd\.)?(?=\s*(?:[-–—/(:]|,?\s*$))",
        rf"(?P<d>{day})\.?\s(?P<m>{month})(?=\s*(?:[-–—/(:]|$))",
    )
    article = rf"(?:(?:{_names(words('date_articles'))})\s+)?"
    # "am Dienstag, den 5. Mai", "le jeudi 5 octobre".
    before = rf"(?:{article}{weekday}{article})"
    return re.compile(rf"(?<![\w/])(?<!\w-)(?<!\d[.,]){before}(?:{'|'.join(forms)})")


def _time_patterns(zones: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = rf"(?:{_names(zones)}|z)(?![^\W_]|[+-]\d)"
    zone = rf"(?P<zone>{known}|(?:utc|gmt)\s?[+-]\d{{1,2}}(?::?\d\d)?(?!\d)|[+-]\d\d:?\d\d(?!\d))"
    half = rf"[ap]\.?m(?!\w)\.?|(?:{_names(words('hour_words'))}|h)(?!\w)"
    clock = (
        r"(?P<hour>[01]?\d|2[0-4])"
        rf"(?:(?:[:hu]|\.(?=\d\d\s?(?:{half})))(?P<minute>[0-5]\d)(?::(?P<second>[0-6]\d)(?:[.,]\d{{1,9}})?)?)?(?!\d)"
        rf"\s?(?P<half>{half})?(?:\s?\(?{zone}\)?)?"
    )
    words_before = _names(words("time_words"))
    return (
        re.compile(rf"(?:t|\s?[,;/|·•–—-]\s?|\s)?(?:(?:{words_before})\s)?\s?{clock}"),
        re.compile(rf"(?<![\w.:]){clock},?\s{{1,3}}(?:(?:on|del?|d[uo]|dia|op|van|dnia|am)\s+)?$"),
    )
