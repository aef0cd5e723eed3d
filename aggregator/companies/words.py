"""Words of a text with their places, and the key by which two spellings of a word are one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from aggregator.text import fold

WORD = re.compile(r"\w+")

# Words repeat over releases: 60,000 keys are about 10 MB and make folding a dictionary look-up.
key = lru_cache(maxsize=60_000)(fold)

Spelled = Mapping[str, tuple[str, ...]]
"""The distinct words of a text by key, possessives also under the word without its s."""


def spelled(words: Collection[str]) -> Spelled:
    """Distinct words, by key."""
    found: dict[str, tuple[str, ...]] = {}
    for folded, word in zip(map(key, words), words, strict=True):
        found[folded] = (*found[folded], word) if folded in found else (word,)
        if folded[-1] == "s":
            found[folded[:-1]] = (*found.get(folded[:-1], ()), word)
    return found


def places(text: str, word: str) -> list[int]:
    """Offsets at which `word` stands as a whole word of `text`."""
    found, at, size = [], text.find(word), len(word)
    while at >= 0:
        end = at + size
        if not (at and _in_word(text[at - 1])) and not (end < len(text) and _in_word(text[end])):
            found.append(at)
        at = text.find(word, at + 1)
    return found


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
