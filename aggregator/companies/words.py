"""The distinct words of a text by the key that makes two spellings one, and where a word stands."""

from __future__ import annotations

from collections.abc import Collection

from aggregator.text import key


class Spelled:
    """The distinct words of a text by key, possessives also under the word without its s."""

    __slots__ = ("_first", "_others", "keys")

    def __init__(self, words: Collection[str]) -> None:
        self._first = dict(zip(map(key, words), words, strict=True))
        # Few words share their key with another one ("Die", "die"): only those are asked one by one.
        self._others = set(words).difference(self._first.values())
        self.keys = {*self._first, *(folded[:-1] for folded in self._first if folded[-1:] == "s")}

    def spellings(self, wanted: str) -> list[str]:
        """The words of this key."""
        found = [self._first[k] for k in (wanted, wanted + "s") if k in self._first]
        return found + [word for word in self._others if key(word) in (wanted, wanted + "s")]


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
