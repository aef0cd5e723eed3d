"""Academies, associations, ministries and other houses without a legal form.

Weak by nature: what is found here is shown as a mention and never becomes an issuer or a feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress

from aggregator.companies._data import table, words_of
from aggregator.companies.mining import Found
from aggregator.companies.words import places
from aggregator.text import Memo

_CAP = r"(?:[A-ZÄÖÜ][\w&’'+-]*\w|[A-Z]{2,})"
_DOTTED = r"[A-ZÄÖÜ]\w+\.[A-ZÄÖÜ]\w+"
_ENDINGS = {"f": "e", "m": "er", "n": "es"}


def organisations(text: str, words: frozenset[str]) -> Iterator[Found]:
    """Houses named by a head word, or listed behind a cue such as ``auf Einladung von``.

    Starts from the few words that can be heads, so that a text without one costs next to nothing. German
    heads come first, then English ones, then the lists, each in the order of the text.
    """
    signs = [(word, _sign(word)) for word in compress(words, map(_sign, words))]
    for wanted, house_at in ((_GERMAN, _german), (_ENGLISH, _english)):
        heads = [word for word, sign in signs if sign & wanted]
        spans = sorted((at, at + len(word)) for word in heads for at in places(text, word)) if heads else ()
        yield from filter(None, (house_at(text, start, end) for start, end in spans))
    cues = {cue for word, sign in signs if sign & _CUE for cue in _cues_with(word)}
    if cues:
        yield from _hosts(text, sorted(cues, key=table("organisations")["hosts"]["cues"].index))


_GERMAN, _ENGLISH, _CUE = 1, 2, 4


def _sign_of(word: str) -> int:
    """What a word may be: a head, or part of a cue."""
    return (
        _GERMAN * (word[0].isupper() and word.endswith(_german_tails()))
        + _ENGLISH * (word in _english_heads())
        + _CUE * _begins_or_ends_cue(word)
    )


_sign = Memo(_sign_of, 60_000).__getitem__


def _begins_or_ends_cue(word: str) -> bool:
    ends, begins = _all_edges()
    lowered = word.lower()
    return lowered.endswith(ends) or lowered.startswith(begins)


def _cues_with(word: str) -> list[str]:
    """The cues that this word may be the longest word of."""
    ends, begins = _cue_edges()
    lowered = word.lower()
    found = [cue for part, cues in ends.items() if lowered.endswith(part) for cue in cues]
    return found + [cue for part, cues in begins.items() if lowered.startswith(part) for cue in cues]


@cache
def _cue_edges() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The cues by their longest word, with which a word of the text ends, or begins.

    Where that word does not stand, the cue does not. Only the first word of a cue may be the end of a
    longer word, and only another one its beginning.
    """
    ends: dict[str, list[str]] = {}
    begins: dict[str, list[str]] = {}
    for cue in table("organisations")["hosts"]["cues"]:
        longest = max(cue.split(), key=len)
        (ends if cue.startswith(longest) else begins).setdefault(longest, []).append(cue)
    return ends, begins


@cache
def _all_edges() -> tuple[tuple[str, ...], tuple[str, ...]]:
    ends, begins = _cue_edges()
    return tuple(ends), tuple(begins)


@cache
def _genders() -> dict[str, str]:
    return {
        head.lower(): gender for gender, heads in table("organisations")["german"].items() for head in heads
    }


@cache
def _german_tails() -> tuple[str, ...]:
    heads = [head for heads in table("organisations")["german"].values() for head in heads]
    genitives = [h + e for h in heads for e in ("", "s", "es")]
    return (*genitives, *(g.lower() for g in genitives))


_ADJECTIVE = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*(?:ische|liche|ale|sche|erte|ige)[rnms]? $")


@cache
def _german_tail() -> re.Pattern[str]:
    heads = "|".join(h for heads in table("organisations")["german"].values() for h in heads)
    # "Institut für Metalle der Chinesischen Akademie" are two houses: the tail stops before the next one.
    next_house = rf"(?!\w+(?:ischen|lichen) \w*(?i:{heads}))"
    return re.compile(rf" (?:für|der|des|zu) {next_house}{_CAP}(?:(?:, | und ){_CAP})*| [A-ZÄÖÜ][a-zäöüß]+")


def _german(text: str, start: int, end: int) -> Found | None:
    """The house whose head word stands here, its adjective set right; None for a bare head word."""
    adjective, tail = _ADJECTIVE.search(text, max(0, start - 40), start), _german_tail().match(text, end)
    if not text[start].isupper() or (adjective is None and tail is None):
        return None
    begin = adjective.start() if adjective else start
    stop = tail.end() if tail else end
    name = _upright(adjective[0].strip() if adjective else "", text[start:end], tail[0] if tail else "")
    return Found(name, (begin, stop))


def _upright(adjective: str, head: str, tail: str) -> str:
    """``Chinesischen`` + ``Akademie`` to the ``Chinesische Akademie``."""
    base = head if head.lower().endswith(tuple(_genders())) else re.sub(r"e?s$", "", head)
    gender = next((g for h, g in _genders().items() if base.lower().endswith(h)), "f")
    return f"{re.sub(r'e[rnms]?$', _ENDINGS[gender], adjective)} {base}{tail}".strip()


@cache
def _english_heads() -> frozenset[str]:
    return frozenset(table("organisations")["english"]["heads"])


_LEFT = re.compile(rf"(?<![\w.-])(?:{_CAP} ){{1,4}}$")
_OF = re.compile(rf" (?:of|for)(?: the)? {_CAP}(?: {_CAP})*")


def _english(text: str, start: int, end: int) -> Found | None:
    """``Muster Industry Association``, ``University of Exampleton``."""
    left, right = _LEFT.search(text, max(0, start - 80), start), _OF.match(text, end)
    begin, stop = left.start() if left else start, right.end() if right else end
    words = text[begin:stop].split(" ")
    while words and words[0] in words_of("names", "openers"):
        begin += len(words.pop(0)) + 1
    return Found(" ".join(words), (begin, stop)) if len(words) > 1 else None


_LISTED = rf"(?:(?:der|dem|des|die|the) )?(?:{_DOTTED}|{_CAP}(?: {_CAP})+|[A-ZÄÖÜ]{{3,}})"
_LIST = re.compile(rf"(?: (?:von|vom|der|des|dem|by|of))? ({_LISTED}(?:(?:,| und| sowie| and)+ {_LISTED})*)")
_PIECE = re.compile(rf"(?:(der|dem|des|die|the) )?({_DOTTED}|{_CAP}(?: {_CAP})*)")


def _hosts(text: str, cues: list[str]) -> Iterator[Found]:
    """The houses of a list behind one of the cues."""
    lowered = text.lower()
    for cue in cues:
        at = lowered.find(cue)
        while at >= 0:
            if (found := _LIST.match(text, at + len(cue))) is not None:
                yield from _pieces(found[1], found.start(1))
            at = lowered.find(cue, at + 1)


def _pieces(listed: str, offset: int) -> Iterator[Found]:
    rejected = frozenset(table("organisations")["reject"]["first"])
    for piece in _PIECE.finditer(listed):
        name = piece[2]
        # Two capitalised words without an article are more often a person than a house.
        certain = piece[1] or "." in name or name.isupper() or len(name.split()) > 2
        if certain and name.split()[0] not in rejected:
            yield Found(name, (offset + piece.start(2), offset + piece.end(2)))
