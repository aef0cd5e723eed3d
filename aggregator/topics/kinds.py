"""What sort of announcement a release is: results, personnel, product, ...

One kind for a release, by words in the headline, and only where that says nothing by words at the
beginning of the text. The words are data (`data/kinds.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Literal, NamedTuple

from aggregator.model import Copy
from aggregator.text import Memo, fold, key, tokens
from aggregator.topics._data import table
from aggregator.topics.terms import WORD

_GAP = 6
"""Words that ``...`` may stand for at most."""
_LEAD_WORDS = 60
"""How far into the first paragraph its patterns are looked for."""
_NOTICES = frozenset({"label", "mark", "note", "kicker"})
"""Blocks that head a regulated notice."""
_REMEMBERED = 20_000
"""Words whose patterns are kept, for each use of a pattern."""


Use = Literal["title", "lead", "unless"]


class _Pattern(NamedTuple):
    """Words in order; ``None`` stands for a gap."""

    kind: int
    text: str
    words: tuple[str | None, ...]


KINDS: Mapping[str, tuple[str, str]] = {
    kind["id"]: (kind["title_en"], kind["title_de"]) for kind in table("kinds")["kind"]
}
"""Titles of all kinds, English and German, in the order in which they are tried."""


def classify(copy: Copy) -> tuple[str, str]:
    """``(kind, evidence)``; both empty where no rule speaks."""
    if "editorial" in copy.marks:
        return "editorial", "marked as editorial"
    title = _words(f"{copy.kicker} | {copy.title}")
    vetoed = {pattern.kind for pattern in _found(title, "unless")}
    by_title = [pattern for pattern in _found(title, "title") if pattern.kind not in vetoed]
    if by_title:
        return _shown(min(by_title, key=_kind_of), "headline")
    notices = " ".join(block.text for block in copy.blocks if block.type in _NOTICES)
    opening = _words(f"{notices} {copy.deck}") + list(map(key, tokens(copy.lead)[:_LEAD_WORDS]))
    by_lead = [pattern for pattern in _found(opening, "lead") if pattern.kind not in vetoed]
    return _shown(min(by_lead, key=_kind_of), "opening") if by_lead else ("", "")


_kind_of = attrgetter("kind")


def _shown(pattern: _Pattern, where: str) -> tuple[str, str]:
    return list(KINDS)[pattern.kind], f"{where}: {pattern.text}"


def _words(text: str) -> list[str]:
    return list(map(key, WORD.findall(text)))


def _found(words: Sequence[str], use: Use) -> Iterator[_Pattern]:
    """All patterns of one use that stand in the words."""
    starting = _index(use).starting
    for place in compress(range(len(words)), map(starting, words)):
        for pattern in starting(words[place]):
            if _follows(pattern.words[1:], words, place + 1):
                yield pattern


def _follows(wanted: tuple[str | None, ...], words: Sequence[str], place: int) -> bool:
    if not wanted:
        return True
    if wanted[0] is None:
        return any(_follows(wanted[1:], words, at) for at in range(place, min(place + _GAP, len(words)) + 1))
    return place < len(words) and _fits(wanted[0], words[place]) and _follows(wanted[1:], words, place + 1)


def _fits(wanted: str, word: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word.endswith(wanted[1:]) if wanted.startswith("*") else word == wanted


class _Index:
    """The patterns of one use by their first word: whole, or how it begins or ends.

    A new word costs three look-ups, however many patterns there are.
    """

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self._patterns = patterns
        self._numbers: dict[str, list[int]] = {}
        firsts = [pattern.words[0] or "" for pattern in patterns]
        self._head = min((len(first) - 1 for first in firsts if first.endswith("*")), default=1)
        self._tail = min((len(first) - 1 for first in firsts if first.startswith("*")), default=1)
        for number, first in enumerate(firsts):
            if first.endswith("*"):
                first = f"{first[: self._head]}*"
            elif first.startswith("*"):
                first = f"*{first[-self._tail :]}"
            self._numbers.setdefault(first, []).append(number)
        self.starting = Memo(self._look_up, _REMEMBERED).__getitem__

    def _look_up(self, word: str) -> tuple[_Pattern, ...]:
        """The patterns whose first word this is, in the order of the file."""
        keys = (word, f"{word[: self._head]}*", f"*{word[-self._tail :]}")
        found = sorted(number for key in keys for number in self._numbers.get(key, ()))
        chosen = (self._patterns[number] for number in found)
        return tuple(pattern for pattern in chosen if pattern.words[0] and _fits(pattern.words[0], word))


@cache
def _index(use: Use) -> _Index:
    return _Index(
        [
            _Pattern(number, text, _parsed(text))
            for number, kind in enumerate(table("kinds")["kind"])
            for text in kind.get(use, ())
        ]
    )


def _parsed(text: str) -> tuple[str | None, ...]:
    return tuple(None if word == "..." else fold(word) for word in text.split())
