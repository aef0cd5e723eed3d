"""The words that matching has to know, from `vocabulary.toml`: read once, shaped for look-ups."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aggregator.months import months


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`vocabulary.toml`, ready for look-ups by folded word."""

    title_prefixes: re.Pattern[str]
    title_suffixes: re.Pattern[str]
    follow_up: re.Pattern[str]
    added: re.Pattern[str]
    strong_schemes: frozenset[str]
    home_languages: Mapping[str, str]
    security_schemes: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, str]
    scales: Mapping[str, int]
    scales_de: Mapping[str, int]
    numerals: Mapping[str, str]
    ordinals: Mapping[str, int]
    stopwords: frozenset[str]
    languages: frozenset[str]
    """Those whose stop words are known."""
    special: frozenset[str]
    """All words that get a spelling of their own: months, weekdays, number words."""


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _folded(word: str) -> str:
    from aggregator.matching.tokens import plain  # which reads texts by this vocabulary

    return plain(word).lower()


def _prefixes(prefixes: list[str], legal_forms: list[str]) -> re.Pattern[str]:
    """``EQS-News:``, ``KORREKTUR -``, ``Correction / Company:``, and an issuer's name before a colon."""
    marker = rf"(?:{_either(prefixes)})\b(?:\s*/[^/:]*/?)?(?:\s*[:–—/|]+|\s+-)"
    issuer = rf"[^:]{{2,60}}\b(?:{_either(legal_forms)})\b\.?\s*:"
    return re.compile(rf"\W*(?:{marker}|{issuer})\s*")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary; the file is read at the first call of a process."""
    raw = tomllib.loads((resources.files(__package__) / "vocabulary.toml").read_text("utf-8"))
    named = {_folded(name): number for name, number in months().items() if len(name) > 3}
    raw["months"] = named | raw["months"]
    weekdays = {word: f"weekday:{n}" for word, n in raw["weekdays"].items()}
    numerals = {word: str(n) for word, n in raw["numerals"].items()}
    return Vocabulary(
        title_prefixes=_prefixes(raw["title_prefixes"], raw["legal_forms"]),
        title_suffixes=re.compile(rf"\s*[(\[](?:{_either(raw['title_suffixes'])})[)\]]\s*\Z"),
        follow_up=re.compile(rf"\b(?:{_either(raw['follow_up'])})\b"),
        added=re.compile(rf"^\W*(?:{_either(raw['added'])})\b[^:\n]{{0,40}}:\s*\w", re.MULTILINE),
        strong_schemes=frozenset(raw["strong_schemes"]),
        home_languages={
            f: language for language, forms in raw["home_languages"].items() for f in forms.split()
        },
        security_schemes=frozenset(raw["security_schemes"]),
        months=raw["months"],
        weekdays=weekdays,
        scales=raw["scales"],
        scales_de={**raw["scales"], **raw["scales_de"]},
        numerals=numerals,
        ordinals=raw["ordinals"],
        stopwords=frozenset(w for words in raw["stopwords"].values() for w in words.split()),
        languages=frozenset(raw["stopwords"]),
        special=frozenset([*raw["months"], *weekdays, *numerals]),
    )
