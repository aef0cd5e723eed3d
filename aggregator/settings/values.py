"""One value of a TOML file: is it of the right sort, and what is it in our own units?

A check takes what `tomllib` read and returns what the model holds; what it refuses it refuses with
the remedy. Nothing here knows in which file or under which key the value stood.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from aggregator import timetable
from aggregator.text import one_line, scrub

Check = Callable[[Any], Any]

ID_LIMIT = 60
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SHORTEST, LONGEST = MINUTE, 31 * DAY

_ID = re.compile(rf"(?!-)[a-z0-9-]{{1,{ID_LIMIT}}}(?<!-)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_QUANTITY = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("w", "week", "weeks"), 7 * DAY),
}
_BYTES = {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
_BYTES |= {"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}


class WrongError(Exception):
    """A value is refused. ``remedy`` says what to write; ``shown`` replaces the value in the message."""

    def __init__(self, remedy: str, *, shown: str | None = None) -> None:
        self.remedy, self.shown = remedy, shown
        super().__init__(remedy)


def show(value: object, limit: int = 60) -> str:
    """A value as a person wrote it, safe to print: one line, no control characters, cut at `limit`."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=True)
    except (TypeError, ValueError):
        text = str(value)
    text = _CONTROL.sub("", scrub(text))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ``""``."""
    from difflib import get_close_matches

    by_case = {name.lower(): name for name in known}
    return next((by_case[m] for m in get_close_matches(word.lower(), by_case, n=1, cutoff=0.7)), "")


def meant(word: str, known: Iterable[str]) -> str:
    """What to say of an unknown word: the known one it resembles, else which words are known."""
    names = sorted(known)
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    if not names:
        return "none is configured"
    return "known: " + ", ".join(names[:12]) + (", …" if len(names) > 12 else "")


def text(value: Any) -> str:
    """A string of one line; spaces around it are dropped."""
    if not isinstance(value, str):
        raise WrongError('write a text in quotes, as in "Wilo"')
    if value.isascii() and value.isprintable():
        return " ".join(value.split())  # what `one_line` comes to, at a tenth of its price
    if _CONTROL.search(value):
        raise WrongError("write it in one line, without control characters")
    return one_line(value)


def filled(value: Any) -> str:
    """A string of one line that is not empty."""
    if not (made := text(value)):
        raise WrongError("write a text that is not empty")
    return made


def texts(value: Any) -> tuple[str, ...]:
    """A list of strings, none of them empty."""
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise WrongError('write a list of texts, as in ["one", "two"]')
    return tuple(filled(v) for v in value)


def some(value: Any) -> tuple[str, ...]:
    """A list of strings with at least one entry."""
    if not (made := texts(value)):
        raise WrongError("write at least one entry")
    return made


def one_or_more(value: Any) -> tuple[str, ...]:
    """A text, or a list of texts."""
    return (filled(value),) if isinstance(value, str) else texts(value)


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongError("write true or false, without quotes")
    return value


def ident(value: Any) -> str:
    """An id: it names a feed's file and address, so it is plain and short."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise WrongError(
            f"write up to {ID_LIMIT} small letters, digits and hyphens, no hyphen at either end,"
            ' as in "wilo-newsroom"'
        )
    return value


def ident_or_empty(value: Any) -> str:
    return "" if value == "" else ident(value)


def idents(value: Any) -> tuple[str, ...]:
    return tuple(ident(v) for v in texts(value))


def choice(*options: str) -> Check:
    """One of these words."""

    def check(value: Any) -> str:
        if isinstance(value, str) and value in options:
            return value
        near = nearest(value, options) if isinstance(value, str) else ""
        hint = f'; did you mean "{near}"?' if near else ""
        raise WrongError("write one of " + ", ".join(f'"{o}"' for o in options) + hint)

    return check


def choices(*options: str) -> Check:
    """A list of some of these words."""
    one = choice(*options)
    return lambda value: tuple(one(v) for v in texts(value))


def matching(pattern: str, remedy: str) -> Check:
    """A string of this form, or an empty one."""
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        made = text(value)
        if made and not compiled.fullmatch(made):
            raise WrongError(remedy)
        return made

    return check


def all_matching(pattern: str, remedy: str) -> Check:
    """A list of strings of this form."""
    one = matching(pattern, remedy)

    def check(value: Any) -> tuple[str, ...]:
        for entry in texts(value):
            try:
                one(entry)
            except WrongError:
                raise WrongError(remedy, shown=show(entry)) from None
        return texts(value)

    return check


def number(low: float, high: float, unit: str = "") -> Check:
    """A number from `low` to `high`, as float."""

    def check(value: Any) -> float:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if not plain or not low <= value <= high:  # nan fails both comparisons
            raise WrongError(f"write a number from {low:g} to {high:g}{unit and ' ' + unit}")
        return float(value)

    return check


def whole(low: int, high: int) -> Check:
    """A whole number from `low` to `high`."""

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise WrongError(f"write a whole number from {low} to {high}")
        return value

    return check


def interval(value: Any) -> float:
    """Seconds of ``"15 min"``, ``"6 h"``, ``"1 d"`` or a number of seconds; 1 min to 31 d."""
    seconds = math.nan
    if isinstance(value, str) and (found := _QUANTITY.fullmatch(value.strip())):
        seconds = float(found[1]) * _SECONDS.get(found[2].lower(), math.nan)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    if math.isnan(seconds):
        raise WrongError('write a number with a unit, as in "15 min", "6 h" (1 min to 31 d)')
    if not SHORTEST <= seconds <= LONGEST:
        raise WrongError('write at least "1 min" and at most "31 d"')
    return seconds


def cron(value: Any) -> str:
    """A line of a crontab, or an empty text."""
    return _timed(timetable.cron, value)


def hours(value: Any) -> str:
    """Office hours, or an empty text."""
    return _timed(timetable.hours, value)


def _timed(read: Callable[[str], object], value: Any) -> str:
    made = text(value)
    try:
        if made:
            read(made)
    except ValueError as error:
        raise WrongError(str(error)) from None
    return made


def spell_interval(seconds: float) -> str | float:
    """The interval as a person would write it, ``"15 min"``; a bare number where no unit divides it."""
    for unit, name in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1.0, "s")):
        if seconds % unit == 0:
            return f"{int(seconds // unit)} {name}"
    return seconds


def size(low: int, high: int) -> Check:
    """Bytes of ``"15 MB"`` or of a number of bytes."""

    def check(value: Any) -> int:
        amount = math.nan
        if isinstance(value, str) and (found := _QUANTITY.fullmatch(value.strip())):
            amount = float(found[1]) * _BYTES.get(found[2].lower(), math.nan)
        elif isinstance(value, int) and not isinstance(value, bool):
            amount = float(value)
        if not low <= amount <= high:
            raise WrongError(f'write a size, as in "15 MB" ({low // 1000} kB to {high // 1_000_000} MB)')
        return int(amount)

    return check


@cache
def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
        return False
    return True


def zone(value: Any) -> str:
    """An IANA time zone."""
    name = filled(value)
    if _is_zone(name):
        return name
    from zoneinfo import available_timezones

    near = nearest(name, available_timezones())
    hint = f'; did you mean "{near}"?' if near else ""
    raise WrongError(f'write an IANA time zone, as in "Europe/Berlin"{hint}')


language = matching(_LANGUAGE.pattern, 'write a language tag, as in "de" or "en-GB"')


def options(value: Any) -> dict[str, str]:
    """A table of texts that only the adapter understands."""
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise WrongError('write a table of texts, as in { limit = "50" }')
    return dict(value)
