"""The distinct words of a text by the key that makes two spellings one, and where a word stands."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress

from aggregator.text import key


class Words:
    """The distinct words of a text, and their keys."""

    __slots__ = ("_keys", "_known", "all")

    def __init__(self, words: frozenset[str]) -> None:
        self.all = words
        self._keys = tuple(map(key, words))
        self._known = frozenset(self._keys)

    def has(self, wanted: str) -> bool:
        """Whether a word of this key, or its possessive, is among them."""
        return wanted in self._known or wanted + "s" in self._known

    def among(self, wanted: Mapping[str, object]) -> list[tuple[str, str]]:
        """``(key, word)`` of the words whose keys are wanted, in no order."""
        found = wanted.keys() & self._known
        if not found:
            return []
        pairs = zip(self._keys, self.all, strict=True)
        return list(compress(pairs, map(found.__contains__, self._keys)))


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
