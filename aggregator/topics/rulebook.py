"""The operator's topics, compiled once: from a word of a text to the terms that it may begin.

Every different word is decided once and remembered, so that filing costs one dictionary look-up for
each word of a release, however many topics there are. Scores are made in `matching.py` of this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from aggregator.model import DEFAULT_WEIGHTS, Near, Topic
from aggregator.text import Memo, fold
from aggregator.topics.terms import MIN_TERM, SCRIPTS, WORD, Script, Term, stands_in, term

_REMEMBERED = 100_000
"""Words kept before the memory is emptied; about 20 MB."""
_Numbers = dict[str, list[int]]

Use = str
"""What a phrase is for in its topic: ``any``, ``all``, ``none``, ``except``, ``phrase``, ``a0``, ``b0``."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a rule: a word or several in order."""

    topic: int
    use: Use
    text: str
    terms: tuple[Term, ...]
    compound: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One topic, with what it needs at hand."""

    topic: Topic
    weights: Mapping[str, float]
    near: tuple[Near, ...]
    has_terms: bool


@dataclass(slots=True)
class Rulebook:
    """All topics. Picklable: it travels as its topics and is compiled again where it arrives."""

    topics: Sequence[Topic]
    rules: list[Rule] = field(init=False, repr=False)
    phrases: list[Phrase] = field(init=False, repr=False)
    starting: Mapping[Script, Memo[tuple[int, ...]]] = field(init=False, repr=False)
    """By script and word the numbers of the phrases that begin with the word, in order."""
    second: Mapping[Script, Memo[frozenset[int]]] = field(init=False, repr=False)
    """The same for the second words of phrases."""
    _by_start: _Numbers = field(init=False, repr=False)
    _by_end: _Numbers = field(init=False, repr=False)
    _by_second: _Numbers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.rules = [_rule(topic) for topic in self.topics]
        self.phrases = [p for number, topic in enumerate(self.topics) for p in _phrases(number, topic)]
        self._by_start, self._by_end, self._by_second = {}, {}, {}
        for number, phrase in enumerate(self.phrases):
            _enter(self._by_start, {form[:_KEY] for form in phrase.terms[0].forms}, number)
            if len(phrase.terms) > 1:
                _enter(self._by_second, {form[:_KEY] for form in phrase.terms[1].forms}, number)
            elif phrase.compound in _TAIL and len(phrase.terms[0].folded) >= MIN_TERM:
                _enter(self._by_end, {form[-MIN_TERM:] for form in phrase.terms[0].forms}, number)
        self.starting = {s: Memo(partial(self._look_up, script=s), _REMEMBERED) for s in SCRIPTS}
        self.second = {s: Memo(partial(self._look_up_second, script=s), _REMEMBERED) for s in SCRIPTS}

    def __reduce__(self) -> tuple[type[Rulebook], tuple[Sequence[Topic]]]:
        return Rulebook, (self.topics,)

    def _look_up(self, word: str, script: Script) -> tuple[int, ...]:
        folded = fold(word)
        numbers = set(self._by_start.get(folded[:_KEY], ()))
        if script != "plain":
            numbers.update(self._by_end.get(folded[-MIN_TERM:], ()))
        if not numbers:
            return ()
        return tuple(sorted(n for n in numbers if self._begins(self.phrases[n], word, folded, script)))

    def _begins(self, phrase: Phrase, word: str, folded: str, script: Script) -> bool:
        compound = phrase.compound if len(phrase.terms) == 1 else "off"
        return stands_in(phrase.terms[0], word, folded, compound, script)

    def _look_up_second(self, word: str, script: Script) -> frozenset[int]:
        folded = fold(word)
        numbers = self._by_second.get(folded[:_KEY], ())
        return frozenset(
            n for n in numbers if stands_in(self.phrases[n].terms[1], word, folded, "off", script)
        )

    def suspended(self, stem: str, other: str, *, leading: bool) -> str:
        """The compound that a suspended hyphen stands for, if a rule has a term for it.

        ``Textil- und Aluminiumbranche`` names the ``Textilbranche`` (`leading`); ``Stahlerzeugung und
        -verarbeitung`` the ``Stahlverarbeitung``. Empty where no rule knows such a word.
        """
        part, whole = fold(stem), fold(other)
        for number in self._by_start.get((part if leading else whole)[:_KEY], ()):
            wanted = self.phrases[number].terms[0]
            head, tail = (
                (part, wanted.folded[len(part) :]) if leading else (wanted.folded[: -len(part)], part)
            )
            fits = whole.endswith(tail) if leading else whole.startswith(head)
            if len(tail) >= 3 and len(head) >= 3 and wanted.folded == head + tail and fits:
                return wanted.written
        return ""


def _enter(numbers: _Numbers, keys: Iterable[str], number: int) -> None:
    for key in keys:
        numbers.setdefault(key, []).append(number)


_KEY = 3
_TAIL = frozenset({"tail", "both"})


def _rule(topic: Topic) -> Rule:
    has_terms = bool(topic.any or topic.all or topic.phrases or topic.near)
    return Rule(topic, {**DEFAULT_WEIGHTS, **topic.weights}, topic.near, has_terms)


def _phrases(number: int, topic: Topic) -> list[Phrase]:
    made: list[Phrase] = []

    def add(use: Use, texts: Sequence[str], compound: str, *, inflected: bool = True) -> None:
        for text in texts:
            words = WORD.findall(text)
            last = len(words) - 1
            terms = tuple(term(w, inflected=inflected, attribute=i < last) for i, w in enumerate(words))
            if terms:
                made.append(Phrase(number, use, text, terms, compound))

    add("any", topic.any, topic.compound)
    add("all", topic.all, topic.compound)
    add("none", topic.none, "off")
    add("phrase", topic.phrases, "off", inflected=False)
    add("except", topic.except_, "both")
    for index, near in enumerate(topic.near):
        add(f"a{index}", near.a, topic.compound)
        add(f"b{index}", near.b, topic.compound)
    return made
