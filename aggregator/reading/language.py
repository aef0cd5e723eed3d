"""Which language a text is in, by its small words. The body decides, never the headline.

The languages of `aggregator.languages`; anything else is ``und``. Deterministic, about 30 µs.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_uppercase

from aggregator.languages import languages
from aggregator.text import Memo, fold

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 900
"""Characters that are looked at; the verdict does not change behind that."""
_MIN_HITS = 4
_MIN_SHARE = 0.12
"""Share of small words in running text of these languages is 0.3 to 0.5; in others by chance below 0.1."""
_LETTERS = ascii_uppercase
"""One for each language: more than 26 would need two signs."""


@cache
def _table() -> tuple[tuple[str, ...], dict[str, str]]:
    names = tuple(languages())
    table: dict[str, str] = {}
    for letter, name in zip(_LETTERS, names, strict=False):
        for word in set(languages()[name]["small_words"].split()):
            table[word] = table.get(word, "") + letter
    return names, table


@cache
def small_words() -> frozenset[str]:
    """The small words of all languages, folded: what is left of a line is its content."""
    return frozenset(fold(word) for word in _table()[1])


def _read_chunk(chunk: str) -> str:
    table = _table()[1]
    return "".join("w" + table.get(word, "") for word in _WORD.findall(chunk))


_chunk = Memo(_read_chunk, 20_000).__getitem__
"""For what stands between two spaces: a ``w`` for each word, behind it the letters of its languages."""


def detect(text: str) -> tuple[str, float]:
    """The language (``de`` ... or ``und``) and the confidence, 0 to 1.

    Confidence is the lead over the second best; texts with fewer than four small words are ``und``.
    """
    names = _table()[0]
    read = "".join(map(_chunk, text[:_SAMPLE].lower().split()))
    words = read.count("w")
    scores = [read.count(letter) for letter in _LETTERS[: len(names)]]
    order = sorted(range(len(names)), key=scores.__getitem__, reverse=True)
    best, second = scores[order[0]], scores[order[1]]
    if best < _MIN_HITS or best < _MIN_SHARE * words:
        return "und", 0.0
    return names[order[0]], round((best - second) / best, 3)


def settle(body: str, *declared: str) -> str:
    """The language of a release: its body's, where that is clear; else the first declared one."""
    found, confidence = detect(body)
    if found != "und" and confidence >= 0.25:
        return found
    for tag in declared:
        primary = re.split(r"[-_]", tag.strip().lower())[0]
        if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3:
            return primary
    return found
