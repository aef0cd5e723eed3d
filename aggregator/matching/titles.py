"""What two titles have in common, and whether they name two members of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aggregator.matching.spelling import respelling
from aggregator.matching.tokens import Text, plain, split
from aggregator.matching.vocabulary import vocabulary

if TYPE_CHECKING:
    from aggregator.matching.compare import Matchable

_QUARTER = re.compile(r"\bq([1-4])\b|\b([1-4])q\b|\b([1-4])\. ?quartal|\b(\w+)s? (?:quartal|quarter)")
_HALF = re.compile(r"\bh([12])\b|\b(\w+)s? (?:halbjahr|half)\b|\b(9m|neunmonat\w*|nine.month\w*)")
_WEEK = re.compile(r"\b(?:kw|kalenderwoche|week)\s*(\d{1,2})\b|\b(\d{1,2})\. (?:kw|kalenderwoche|woche)\b")
_NUMBERED = re.compile(
    r"(?<![\d.,])(\d{1,3})\.(?=\s+[a-z])|\b(?:nr|no|nummer|number|teil|part|ausgabe|issue|folge)\.?\s*(\d{1,4})\b"
)
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?:/\d\d(?:\d\d)?)?(?![\d,])")


@dataclass(frozen=True, slots=True)
class TitleMeasures:
    """Two titles against each other."""

    equal: bool = False
    """The same words, channel prefixes aside."""
    similar: float = 0.0
    """Share of the words of the title with fewer (stop words aside) that the other has."""
    jaccard: float = 0.0
    """Share of all words of both that both have."""
    words: int = 0
    """Content words of the title with fewer."""
    periods: tuple[str, ...] = ()
    """``Q1 / Q2``, ``2024 / 2025``, ``24. / 25.``: what names two members of a row."""
    missing: bool = False
    """Whether one of the two texts has none."""
    masked_equal: bool = False
    """Equal once digits and such periods are left out: the titles are one template."""


def measure_titles(first: Matchable, second: Matchable) -> TitleMeasures:
    """Measure the titles of two copies; symmetric but for the order inside `periods`."""
    one, two = first.fingerprint.title_key, second.fingerprint.title_key
    a, b = _content(one), _content(two)
    fewer, more = sorted((a, b), key=lambda s: (len(s), sorted(s)))
    shared = len(fewer & more) + _misspelt(fewer - more, more - fewer)
    return TitleMeasures(
        equal=bool(one) and one == two,
        similar=shared / len(fewer) if fewer else 0.0,
        jaccard=shared / len(a | b) if a | b else 0.0,
        words=len(fewer),
        missing=not one or not two,
        periods=_conflicts(first.copy.title, second.copy.title),
        masked_equal=bool(one) and bool(two) and _masked(one) == _masked(two),
    )


@lru_cache(maxsize=512)
def _misspelt(one: frozenset[str], two: frozenset[str]) -> int:
    """How many words of one headline are a slip away from a word of the other."""
    return len(respelling(one, Text(list(two), [], [], "").by_ends)) if one and two else 0


def _content(key: str) -> frozenset[str]:
    return frozenset(key.split()) - vocabulary().stopwords


@lru_cache(maxsize=512)
def _masked(key: str) -> str:
    known = vocabulary()
    rows = [
        w for w in key.split() if not w[0].isdigit() and w not in known.months and w not in known.ordinals
    ]
    return " ".join(w for w in rows if not re.fullmatch(r"[qh]\d", w))


def _conflicts(one: str, two: str) -> tuple[str, ...]:
    a, b = periods(one), periods(two)
    return tuple(
        f"{'/'.join(sorted(a[kind]))} ≠ {'/'.join(sorted(b[kind]))}"
        for kind in a
        if a[kind] and b[kind] and not a[kind] & b[kind]
    )


@lru_cache(maxsize=512)
def periods(title: str) -> dict[str, frozenset[str]]:
    """Quarter, half, week, month, year and running number that a title names, by kind."""
    known = vocabulary()
    text = plain(title).lower()
    words = split(text)
    return {
        "quarter": _found(_QUARTER, text),
        "half": _found(_HALF, text),
        "week": _found(_WEEK, text),
        "number": _found(_NUMBERED, text),
        "month": frozenset(str(known.months[w]) for w in words if w in known.months and len(w) > 3),
        "year": _found(_YEAR, text),
    }


def _found(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    ordinals = vocabulary().ordinals
    groups = (next(filter(None, m.groups()), "") for m in pattern.finditer(text))
    return frozenset(str(ordinals.get(g, g)) for g in groups if g.isdigit() or g in ordinals or g[:1] == "9")
