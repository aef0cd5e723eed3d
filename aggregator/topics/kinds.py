"""What sort of announcement a release is: results, personnel, product, ...

One kind for a release, by words in the headline, and only where that says nothing by words at the
beginning of the text. The words are data (`data/kinds.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from aggregator.model import Copy
from aggregator.text import fold
from aggregator.topics._data import table
from aggregator.topics.terms import WORD

_GAP = 6
"""Words that ``...`` may stand for at most."""
_LEAD_WORDS = 60
"""How far into the first paragraph its patterns are looked for."""
_NOTICES = frozenset({"label", "mark", "note", "kicker"})
"""Blocks that head a regulated notice."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words in order; ``None`` stands for a gap."""

    kind: int
    use: str
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
        return _shown(min(by_title, key=lambda pattern: pattern.kind), "headline")
    notices = " ".join(block.text for block in copy.blocks if block.type in _NOTICES)
    opening = _words(f"{notices} {copy.deck}") + _words(copy.lead)[:_LEAD_WORDS]
    by_lead = [pattern for pattern in _found(opening, "lead") if pattern.kind not in vetoed]
    return _shown(min(by_lead, key=lambda pattern: pattern.kind), "opening") if by_lead else ("", "")


def _shown(pattern: _Pattern, where: str) -> tuple[str, str]:
    return list(KINDS)[pattern.kind], f"{where}: {pattern.text}"


def _words(text: str) -> list[str]:
    return [_key(word) for word in WORD.findall(text)]


_key = lru_cache(maxsize=20_000)(fold)


def _found(words: Sequence[str], use: str) -> Iterator[_Pattern]:
    """All patterns of one use that stand in the words."""
    for place, word in enumerate(words):
        for pattern in _starting(word):
            if pattern.use == use and _follows(pattern.words[1:], words, place + 1):
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


@lru_cache(maxsize=50_000)
def _starting(word: str) -> tuple[_Pattern, ...]:
    """The patterns whose first word this is; asked once for each different word."""
    return tuple(
        pattern for pattern in _patterns() if pattern.words[0] is not None and _fits(pattern.words[0], word)
    )


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(number, use, text, _parsed(text))
        for number, kind in enumerate(table("kinds")["kind"])
        for use in ("title", "lead", "unless")
        for text in kind.get(use, ())
    )


def _parsed(text: str) -> tuple[str | None, ...]:
    return tuple(None if word == "..." else fold(word) for word in text.split())
