"""Which topics a copy is filed under, with the words that say so.

A topic's score adds up over the parts of the release. A word that is repeated counts half as much
each time and at most twice, so that one passing word never carries a topic alone. Boilerplate weighs
nothing unless a rule says so: otherwise every release of a house would be about its own trade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import compress, product
from typing import NamedTuple

from aggregator.model import BODY_TYPES, Copy, Mention, Near, Topic, TopicMatch
from aggregator.text import key, tokens
from aggregator.topics.rulebook import Phrase, Rule, Rulebook
from aggregator.topics.terms import WORD, Script, script_of, stands_in

_AND = r"(?:und|oder|sowie|bzw\.|and|or|&)"
# Both start at the hyphen, which is rare, and look back from there.
_CUT_END = re.compile(rf"-(?:,? {_AND} (?:\w+-,? {_AND} )?|/)(\w{{5,}})")
_CUT_START = re.compile(r"-(\w{3,})")
_WORD_BEFORE = re.compile(r"\w{3,}$")
_WHOLE_BEFORE = re.compile(rf"(\w{{5,}})(?: {_AND} |, |/)$")
_SHARES = (1.0, 0.5)
"""What the first and second mention of one term in one kind of part count; further ones nothing."""


class _Spoken(NamedTuple):
    """One stretch of text with its words."""

    kind: str
    line: int | None
    text: str
    words: tuple[str, ...]


class _Find(NamedTuple):
    """One phrase of one topic, found."""

    phrase: Phrase
    part: int
    start: int
    end: int


def match(copy: Copy, mentions: tuple[Mention, ...], kind: str, rulebook: Rulebook) -> tuple[TopicMatch, ...]:
    """The topics of a copy, matched ones first and best first, then the near misses.

    A near miss reaches half of its `min_score`, or was vetoed. `mentions` and `kind` serve the rules
    that ask for companies, roles or kinds.
    """
    spoken = list(_spoken(copy))
    finds = _finds(spoken, script_of(copy.language), rulebook)
    made = []
    for number, rule in enumerate(rulebook.rules):
        topic = rule.topic
        if rule.has_terms and number not in finds:
            continue
        if not _applies(topic, copy, mentions, kind):
            continue
        if rule.has_terms:
            made.append(_judge(rule, finds[number], spoken))
        elif topic.companies or topic.kinds:
            made.append(
                TopicMatch(topic.id, topic.min_score, True, ("every release of its companies or kinds",))
            )
    shown = (m for m in made if m is not None)
    return tuple(sorted(shown, key=lambda m: (not m.matched, -m.score, m.id)))


def _applies(topic: Topic, copy: Copy, mentions: tuple[Mention, ...], kind: str) -> bool:
    """The conditions of a rule that are not about words."""
    if topic.langs and copy.language != "und" and copy.language.partition("-")[0] not in topic.langs:
        return False
    if topic.kinds and kind not in topic.kinds:
        return False
    if not topic.companies:
        return True
    roles = topic.roles or ("issuer", "co-issuer", "subject", "partner", "parent", "mention")
    return any(m.id in topic.companies and m.role in roles for m in mentions)


# -- what is said ---------------------------------------------------------------------------------


def _spoken(copy: Copy) -> Iterator[_Spoken]:
    lines: dict[str, int] = {block.type: block.line for block in reversed(copy.blocks)}
    for name, kind, text in (
        ("kicker", "title", copy.kicker),
        ("title", "title", copy.title),
        ("deck", "deck", copy.deck),
    ):
        if text:
            yield _Spoken(kind, lines.get(name), text, tokens(text))
    lead_seen = False
    for block in copy.blocks:
        kind = block.type if block.type in ("caption", "boilerplate") else ""
        if block.type in BODY_TYPES:
            kind = "body" if lead_seen or block.type not in ("paragraph", "quote") else "lead"
            lead_seen = lead_seen or kind == "lead"
        if kind:
            yield _Spoken(kind, block.line, block.text, tokens(block.text))


def _finds(spoken: list[_Spoken], script: Script, rulebook: Rulebook) -> dict[int, list[_Find]]:
    """All phrases found, by number of their topic."""
    found: dict[int, list[_Find]] = defaultdict(list)
    starting, second, phrases = rulebook.starting[script], rulebook.second[script], rulebook.phrases
    for index, part in enumerate(spoken):
        begun = compress(range(len(part.words)), map(starting.__getitem__, part.words))
        starts = [(place, part.words[place]) for place in begun]
        for place, word in (*starts, *_suspended(part.text, rulebook)):
            following = part.words[place + 1] if place + 1 < len(part.words) else ""
            for number in starting[word]:
                phrase = phrases[number]
                size = len(phrase.terms)
                if size == 1 or (
                    number in second[following]
                    and _continues(phrase, part.words[place : place + size], script)
                ):
                    found[phrase.topic].append(_Find(phrase, index, place, place + size))
    return found


def _continues(phrase: Phrase, words: tuple[str, ...], script: Script) -> bool:
    """Whether the words from the third on are those of the phrase."""
    return len(words) == len(phrase.terms) and all(
        stands_in(term, word, key(word), "off", script)
        for term, word in zip(phrase.terms[2:], words[2:], strict=True)
    )


def _suspended(text: str, rulebook: Rulebook) -> Iterator[tuple[int, str]]:
    """Compounds that a suspended hyphen stands for, with the place of the word that is cut."""
    if "- " in text or "-," in text or "-/" in text:
        for found in _CUT_END.finditer(text):
            stem = _WORD_BEFORE.search(text, max(0, found.start() - 40), found.start())
            if stem and (word := rulebook.suspended(stem[0], found[1], leading=True)):
                yield len(WORD.findall(text[: stem.start()])), word
    if " -" in text or "/-" in text:
        for found in _CUT_START.finditer(text):
            whole = _WHOLE_BEFORE.search(text, max(0, found.start() - 60), found.start())
            if whole and (word := rulebook.suspended(found[1], whole[1], leading=False)):
                yield len(WORD.findall(text[: found.start()])), word


# -- what it is worth -------------------------------------------------------------------------------


def _is_far(rule: Rule, finds: list[_Find], spoken: list[_Spoken]) -> bool:
    """Whether no counting can make these finds a near miss: mostly one word in passing."""
    most = sum(rule.weights[spoken[f.part].kind] for f in finds)
    return most < rule.topic.min_score / 2 - 0.01 and all(f.phrase.use != "none" for f in finds)


class _Point(NamedTuple):
    """What one find, or a pair of finds that stand close together, is worth."""

    value: float
    find: _Find
    near: _Find | None = None


def _judge(rule: Rule, finds: list[_Find], spoken: list[_Spoken]) -> TopicMatch | None:
    """The verdict on one topic; None where it is not even a near miss."""
    topic = rule.topic
    weighed = [f for f in finds if rule.weights.get(spoken[f.part].kind, 0.0) > 0]
    if _is_far(rule, weighed, spoken):
        return None
    excepted = {(f.part, w) for f in weighed if f.phrase.use == "except" for w in range(f.start, f.end)}
    counted = [f for f in weighed if f.phrase.use != "except" and (f.part, f.start) not in excepted]
    points = [*_term_points(rule, counted, spoken), *_near_points(rule, counted, spoken)]
    score = round(sum(point.value for point in points), 2)
    vetoes = [f for f in counted if f.phrase.use == "none"]
    seen = {f.phrase.text for f in counted if f.phrase.use == "all"}
    missing = [text for text in topic.all if text not in seen]
    matched = score >= topic.min_score and not vetoes and not missing
    if not matched and not (vetoes and points) and score < topic.min_score / 2:
        return None
    evidence = [f"veto: {_shown(f, spoken)}" for f in vetoes]
    evidence += [f"missing: {text}" for text in missing]
    evidence += [_reason(point, spoken) for point in sorted(points, key=lambda point: -point.value)]
    return TopicMatch(topic.id, score, matched, tuple(evidence))


def _reason(point: _Point, spoken: list[_Spoken]) -> str:
    beside = f" near {_words(point.near, spoken)}" if point.near is not None else ""
    return f"{_shown(point.find, spoken)}{beside} +{point.value:g}"


def _term_points(rule: Rule, finds: list[_Find], spoken: list[_Spoken]) -> Iterator[_Point]:
    """Points of the terms; one word counts for one term, the longest."""
    taken: set[tuple[int, int]] = set()
    counts: dict[tuple[str, str], int] = {}
    for found in sorted((f for f in finds if f.phrase.use in _TERMS), key=_rank):
        places = {(found.part, word) for word in range(found.start, found.end)}
        if places & taken:
            continue
        taken |= places
        kind = spoken[found.part].kind
        times = counts.get((found.phrase.text, kind), 0)
        counts[found.phrase.text, kind] = times + 1
        if times < len(_SHARES):
            yield _Point(rule.weights[kind] * _SHARES[times], found)


_TERMS = frozenset({"any", "all", "phrase"})


def _rank(found: _Find) -> tuple[int, int, int, int]:
    """The longer phrase first where two share a word."""
    return (found.part, found.start - found.end, -len(found.phrase.text), found.start)


def _near_points(rule: Rule, finds: list[_Find], spoken: list[_Spoken]) -> Iterator[_Point]:
    """One count of the part's weight for each pair of word groups that stands close together."""
    if not rule.near:
        return
    by_use: dict[str, list[_Find]] = defaultdict(list)
    for found in finds:
        by_use[found.phrase.use].append(found)
    for index, near in enumerate(rule.near):
        kinds: set[str] = set()
        pairs = product(by_use[f"a{index}"], by_use[f"b{index}"])
        for one, other in (pair for pair in pairs if _is_near(*pair, near)):
            kind = spoken[one.part].kind
            if kind not in kinds:
                kinds.add(kind)
                yield _Point(rule.weights[kind], one, other)


def _is_near(a: _Find, b: _Find, near: Near) -> bool:
    if a.part != b.part or (a.start < b.end and b.start < a.end):
        return False
    distance = b.start - a.end if b.start >= a.end else a.start - b.end
    return distance < near.within and (b.start >= a.end or not near.ordered)


def _words(found: _Find, spoken: list[_Spoken]) -> str:
    return " ".join(spoken[found.part].words[found.start : found.end])


def _shown(found: _Find, spoken: list[_Spoken]) -> str:
    part = spoken[found.part]
    line = f", line {part.line}" if part.line is not None else ""
    return f"{part.kind}: {_words(found, spoken)} ({found.phrase.text}{line})"
