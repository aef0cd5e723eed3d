"""Academies, associations, ministries and other houses without a legal form.

Weak by nature: what is found here is shown as a mention and never becomes an issuer or a feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from aggregator.companies._data import table
from aggregator.companies.mining import Found

_CAP = r"(?:[A-ZÄÖÜ][\w&’'+-]*\w|[A-Z]{2,})"
_DOTTED = r"[A-ZÄÖÜ]\w+\.[A-ZÄÖÜ]\w+"
_ENDINGS = {"f": "e", "m": "er", "n": "es"}


def organisations(text: str, words: frozenset[str]) -> Iterator[Found]:
    """Houses named by a head word, or listed behind a cue such as ``auf Einladung von``."""
    if any(word.endswith(_german_tails()) for word in words):
        yield from _german(text)
    if not words.isdisjoint(_english_heads()):
        yield from _english(text)
    if not words.isdisjoint(_cue_words()):
        yield from _hosts(text)


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


@cache
def _german_pattern() -> re.Pattern[str]:
    heads = "|".join(h for heads in table("organisations")["german"].values() for h in heads)
    head = rf"(?:(?:[A-ZÄÖÜ][\wäöüß]*-?)?(?i:{heads}))(?:e?s)?\b"
    adjective = r"(?:[A-ZÄÖÜ][\wäöüß-]*(?:ische|liche|ale|sche|erte|ige)[rnms]? )?"
    # "Institut für Metalle der Chinesischen Akademie" are two houses: the tail stops before the next one.
    next_house = rf"(?!\w+(?:ischen|lichen) \w*(?i:{heads}))"
    tail = rf"(?: (?:für|der|des|zu) {next_house}{_CAP}(?:(?:, | und ){_CAP})*| [A-ZÄÖÜ][a-zäöüß]+)?"
    return re.compile(rf"\b(?P<adjective>{adjective})(?P<head>{head})(?P<tail>{tail})")


def _german(text: str) -> Iterator[Found]:
    for found in _german_pattern().finditer(text):
        adjective, head, tail = found["adjective"].strip(), found["head"], found["tail"]
        if not adjective and not tail:
            continue
        base = re.sub(r"e?s$", "", head) if head.lower() not in _genders() else head
        gender = next((g for h, g in _genders().items() if base.lower().endswith(h)), "")
        if adjective and gender:
            adjective = re.sub(r"e[rnms]?$", _ENDINGS[gender], adjective)
        yield Found(f"{adjective} {base}{tail}".strip(), found.span())


@cache
def _english_heads() -> frozenset[str]:
    return frozenset(table("organisations")["english"]["heads"])


@cache
def _english_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(_english_heads()))
    words = rf"{_CAP}(?: {_CAP})*"
    return re.compile(
        rf"\b(?:(?P<plain>(?:{_CAP} ){{1,4}}(?:{heads}))\b(?! (?:of|for) [A-Z])"
        rf"|(?P<long>(?:{_CAP} ){{0,3}}(?:{heads}) (?:of|for)(?: the)? {words}))"
    )


def _english(text: str) -> Iterator[Found]:
    openers = frozenset(table("names")["openers"])
    for found in _english_pattern().finditer(text):
        name, start = found[0], found.start()
        while (first := name.partition(" "))[0] in openers:
            name, start = first[2], start + len(first[0]) + 1
        if len(name.split()) > 1:
            yield Found(name, (start, found.end()))


@cache
def _cue_words() -> frozenset[str]:
    words = (
        cue.split()[1 if cue.startswith(("in ", "at the", "im ", "auf ")) else 0]
        for cue in table("organisations")["hosts"]["cues"]
    )
    return frozenset([w for word in words for w in (word, word.capitalize())] + ["the", "invitation"])


@cache
def _host_pattern() -> re.Pattern[str]:
    cues = "|".join(map(re.escape, table("organisations")["hosts"]["cues"]))
    name = rf"(?:(?:der|dem|des|die|the) )?(?:{_DOTTED}|{_CAP}(?: {_CAP})+|[A-ZÄÖÜ]{{3,}})"
    return re.compile(
        rf"(?i:\b(?:{cues}))(?: (?:von|vom|der|des|dem|by|of))? (?P<list>{name}(?:(?:,| und| sowie| and)+ {name})*)"
    )


def _hosts(text: str) -> Iterator[Found]:
    rejected = frozenset(table("organisations")["reject"]["first"])
    for found in _host_pattern().finditer(text):
        at = found.start("list")
        for piece in re.finditer(
            rf"(?:(der|dem|des|die|the) )?({_DOTTED}|{_CAP}(?: {_CAP})*)", found["list"]
        ):
            name = piece[2]
            # Two capitalised words without an article are more often a person than a house.
            certain = piece[1] or "." in name or name.isupper() or len(name.split()) > 2
            if certain and name.split()[0] not in rejected:
                yield Found(name, (at + piece.start(2), at + piece.end(2)))
