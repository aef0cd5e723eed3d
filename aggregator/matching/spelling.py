"""One spelling for words that two texts spell otherwise.

A scanned page, a text taken from a PDF, a hasty editor, British beside American English: letters are taken for
others, words run together or fall apart at a line's end. Word groups see two strangers there, although a reader sees
one text. So before such a pair is aligned, words of the one that the other lacks are given the other's nearest
spelling. Figures are never touched: another number is another fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aggregator.matching.tokens import LETTERS, LONG_WORD, Text, ends

KINSHIP = 0.3
"""Share of the smaller vocabulary that the other text has: below, two texts have nothing to be spelt alike."""
MOST = 200
"""Words with one beginning that are looked at."""
MOST_WORDS = 20_000
"""Different words of both texts together, above which nothing is respelt: no release has as many, a hostile text has."""
NOTICED = 0.02
"""Share of the words of the shorter text from which respelling says something about the pair."""


def respelling(words: Iterable[str], by_ends: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The spelling nearest to each of `words`, where one is near enough; ``by_ends`` as `Text.by_ends`.

    Compared are words that begin or end alike: a slip leaves the beginning or the end of a word whole.
    """
    found = {}
    for word in words:
        if len(word) >= LETTERS and not word.isdigit():
            cutoff = 2 if len(word) >= LONG_WORD else 1
            near = [c for end in ends(word, len(word)) for c in by_ends.get(end, ())[:MOST]]
            best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=cutoff) if near else None
            if best is not None:
                found[word] = best[0]
    return found


def respelt(left: Text, right: Text) -> tuple[Text, Text, int] | None:
    """Both texts with one spelling for what they spell otherwise, and how many words were changed.

    None where the two are no kin or nearly nothing is spelt otherwise. The words of the results stand in the same
    places as those of `written_alike`.
    """
    one, two = left.different, right.different
    if len(one) + len(two) > MOST_WORDS or len(one & two) < KINSHIP * min(len(one), len(two)):
        return None
    nearest = respelling(two - one, left.by_ends)
    back = respelling(one - two - frozenset(nearest.values()), right.by_ends)
    back = {word: spelt for word, spelt in back.items() if spelt not in nearest}
    changed = _count(left, back) + _count(right, nearest)
    if changed < 2 or changed < NOTICED * min(len(left.words), len(right.words)):
        return None
    return _renamed(left, back), _renamed(right, nearest), changed


def nearly(one: str, two: str) -> bool:
    """Whether two names are one in a text in which many words are misspelt."""
    return OSA.normalized_distance(one, two, score_cutoff=0.35) <= 0.35


def written_alike(left: Text, right: Text) -> tuple[Text, Text]:
    """Both texts with those words apart which one of them writes apart and the other together."""
    one, two = left.different, right.different
    return _apart(left, _together(right, one - two)), _apart(right, _together(left, two - one))


def _count(text: Text, spelling: Mapping[str, str]) -> int:
    return sum(w in spelling for w in text.words) if spelling else 0


def _renamed(text: Text, spelling: Mapping[str, str]) -> Text:
    return replace(text, words=[spelling.get(w, w) for w in text.words]) if spelling else text


def _together(text: Text, wanted: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Neighbours in a text which, written together, are one of the `wanted` words."""
    long = {w for w in wanted if len(w) >= 2 * LETTERS - 2 and w.isalpha()}
    return {a + b: (a, b) for a, b in pairwise(text.words) if a + b in long} if long else {}


def _apart(text: Text, parts: Mapping[str, tuple[str, str]]) -> Text:
    if not parts:
        return text
    words: list[str] = []
    shown: list[str] = []
    quoted: list[bool] = []
    for word, spelt, inside in zip(text.words, text.shown, text.quoted, strict=True):
        first, second = parts.get(word, (word, ""))
        words += [first, second] if second else [first]
        shown += [spelt[: len(first)], spelt[len(first) :]] if second else [spelt]
        quoted += [inside, inside] if second else [inside]
    return replace(text, words=words, shown=shown, quoted=quoted)
