"""The distinct words of a text by the key that makes two spellings one, and where a word stands."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.text import key


class Spelled:
    """The distinct words of a text by key, possessives also under the word without its s."""

    __slots__ = ("_by_key", "_possessive", "_words")

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._by_key = dict(zip(map(key, words), words, strict=True))
        self._possessive = [folded[:-1] for folded in self._by_key if folded[-1:] == "s"]

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._by_key or wanted in self._possessive

    def among(self, wanted: Mapping[str, object]) -> set[str]:
        """Those of the wanted keys that the text has a word of."""
        return (wanted.keys() & self._by_key.keys()).union(filter(wanted.__contains__, self._possessive))

    def spellings(self, wanted: str) -> list[str]:
        """The words of this key."""
        keys = (wanted, wanted + "s")
        if len(self._words) == len(self._by_key):
            return [self._by_key[k] for k in keys if k in self._by_key]
        return [word for word in self._words if key(word) in keys]


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
