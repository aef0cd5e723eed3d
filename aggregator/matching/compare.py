"""Two copies measured against each other: numbers only, no judgement.

Every measure is symmetric: `compare(a, b) == compare(b, a)`, because the pair is put into a fixed
order before anything is aligned. So a verdict does not depend on which copy came first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from aggregator.matching import tokens
from aggregator.matching.aligned import measure_aligned
from aggregator.matching.titles import TitleMeasures, measure_titles
from aggregator.matching.tokens import Text
from aggregator.matching.translate import Anchors, measure_anchors
from aggregator.matching.vocabulary import vocabulary
from aggregator.matching.wording import describe
from aggregator.model import Copy, Filing, Fingerprint

FOREIGN, STRANGE = 40, 0.16
"""Words of a text, and share of the small words of known languages below which it is in none of them."""
UNTITLED = TitleMeasures()
WEAK_DATES = frozenset({"first_seen", "file"})
"""Dates that tell when we saw a text, not when it was issued."""


class Matchable(Protocol):
    """What can be compared: `model.Prepared` and `model.Candidate`."""

    @property
    def copy(self) -> Copy: ...
    @property
    def filing(self) -> Filing: ...
    @property
    def fingerprint(self) -> Fingerprint: ...


class _Side(NamedTuple):
    """All of a copy that a comparison may depend on."""

    copy: Copy
    filing: Filing
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that was measured between two copies. Shares are 0 to 1, dates in days.

    "Shorter" is the text of fewer words. `alike` is False where nothing was aligned because the
    fingerprints already show that the texts have nothing in common.
    """

    alike: bool
    languages: tuple[str, str]
    foreign: bool = False
    """Whether they are written in two languages."""
    words: tuple[int, int]
    """Words of the shorter and of the longer body."""
    identical: bool = False
    groups: tuple[int, int, int] = (0, 1, 1)
    """Shared word groups, those of the shorter, those of the longer."""
    covered: float = 0.0
    """Share of the shorter that stands in runs shared with the longer."""
    shared_prose: float = 1.0
    """Share of function words in what is shared, of the shorter text; 1 in languages whose words are not known."""
    covered_longer: float = 0.0
    narrative: float = 0.0
    """As `covered`, without long quotations."""
    lead: float = 0.0
    """Share of the better kept of the two beginnings that the other text holds."""
    head: float = 0.0
    """Share of the better kept of the two first parts (`HEAD` of each text) that the other holds."""
    lead_place: float = 0.0
    """Where in the longer the beginning of the shorter stands: 0 start, 1 end."""
    middle: tuple[int, int, float] = (0, 0, 1.0)
    """Words between a shared beginning and a shared end, on both sides, and the shared part of these."""
    middle_numbers: float = 0.0
    """Share of the numbers of one such middle that the other also has; 0 where there are under three."""
    longest: int = 0
    """Words of the longest shared run."""
    numbers_aligned: int = 0
    """Numbers and dates that stand in corresponding places."""
    numbers_differ: int = 0
    """... and are not equal."""
    dates_differ: int = 0
    """How many of the differing ones are dates, months or weekdays."""
    numbers_soft: int = 0
    """How many of the differing ones an editor explains, who rounds (``400``, ``402.6``) or moves them, or in a
    misspelt text a slip of one digit."""
    number_pairs: tuple[tuple[str, str], ...] = ()
    numbers_kept: float = 1.0
    """Share of the different numbers of the text with fewer that the other also has."""
    numbers_fewer: int = 0
    """How many different numbers the text with fewer has."""
    numbers_changed: int = 0
    """How many different replacements of one number by another there are; a figure that is mended throughout is one."""
    numbers_own: int = 0
    """How many different numbers each of the two says, where it does not share the other's wording, that the other
    does not have; the fewer of the two."""
    dates_shared: int = 0
    """Full dates that both bodies state."""
    misspelt: bool = False
    """Whether so many words are spelt otherwise that figures, too, may have been misread."""
    respelt: int = 0
    """Words that the two spell otherwise, and that were given one spelling to be compared."""
    swaps: tuple[tuple[str, str, int], ...] = ()
    """Names that take each other's place throughout, with the number of places."""
    quotes: int = 0
    """Shared quotations of at least 40 characters."""
    title: TitleMeasures = UNTITLED
    anchors: Anchors | None = None
    """Names and numbers kept, for texts in two languages or without a shared wording."""
    sentences: int = 0
    """Sentences of the text that has fewer."""
    prose: float = 1.0
    """Share of function words of the text that has fewer; 1 in languages whose words are not known."""
    days: float | None = None
    """Days between the two dates; None where one of them is not stated."""
    issuer: str = "unknown"
    """``equal``, ``different`` or ``unknown``."""
    securities: str = "unknown"
    """The same for the ISINs that the texts state."""
    same_site: bool = False
    """Whether both stand on one host or, without addresses, in one source."""
    follow_up: bool = False
    """Whether exactly one of them says that it continues an earlier text."""

    renewed: bool = False
    """Whether exactly one of them says in any way that it goes on from an earlier text."""
    added: bool = False
    """Whether exactly one of them has a paragraph that says that it was added later."""

    @property
    def jaccard(self) -> float:
        shared, shorter, longer = self.groups
        return shared / max(1, shorter + longer - shared)

    @property
    def containment(self) -> float:
        shared, shorter, longer = self.groups
        return shared / max(1, min(shorter, longer))

    @property
    def contradicting(self) -> int:
        """Aligned numbers that contradict each other; in an edited text rounded or moved ones do not."""
        explained = min(self.numbers_soft, max(1.0, 0.4 * self.numbers_aligned))
        return self.numbers_differ - (int(explained) if self.jaccard < 0.8 else 0)

    @property
    def differing(self) -> float:
        """Share of the aligned numbers that contradict each other."""
        return self.contradicting / max(1, self.numbers_aligned)

    @property
    def frame_only(self) -> bool:
        """Whether only beginning and end are shared, around two middles of their own."""
        shorter, longer, shared = self.middle
        enough = (
            min(shorter, longer) >= 40 and shorter >= 0.3 * self.words[0] and longer >= 0.3 * self.words[1]
        )
        # A rewritten middle keeps the numbers of the original; another text's middle has its own.
        kept = self.lead >= 0.5 and self.numbers_fewer >= 5 and self.numbers_kept >= 0.8
        return enough and shared < 0.2 and self.middle_numbers < 0.7 and not kept

    def lines(self) -> tuple[str, ...]:
        """The measures in plain words, for `explain`."""
        return describe(self)


def compare(a: Matchable, b: Matchable) -> Comparison:
    """Measure two copies. Symmetric; reads no clock and no store.

    The last pairs are remembered: what a verdict compared is compared again when its release is arranged anew.
    """
    first, second = sorted((_Side(i.copy, i.filing, i.fingerprint) for i in (a, b)), key=_order)
    small = max(first.fingerprint.words, second.fingerprint.words) <= KEPT_WORDS
    return _kept(first, second) if small else _measured(first, second)


def _measured(first: Matchable, second: Matchable) -> Comparison:
    languages = (first.copy.language, second.copy.language)
    words = (first.fingerprint.words, second.fingerprint.words)
    foreign = (other_language(*languages) or _unknown_language(first, second)) and not _same_words(
        first, second
    )
    if not foreign and not _worth_aligning(first, second):
        return Comparison(alike=False, languages=languages, words=words)
    one, two = languages if foreign else _one_language(first, second)
    left, right = tokens.read(first.copy.body, one), tokens.read(second.copy.body, two)
    titles = first.fingerprint.title_key, second.fingerprint.title_key
    measured: dict[str, Any]
    measured = {"anchors": measure_anchors(left, right)} if foreign else measure_aligned(left, right, titles)
    if foreign or not _small_words_known(one, left):
        measured["shared_prose"] = 1.0
    return Comparison(
        alike=True, foreign=foreign, languages=languages, words=words, sentences=min(left.sentences, right.sentences),
        prose=min(left.function_words, right.function_words) if not foreign and _small_words_known(one, left) else 1.0,
        **_circumstances(first, second, left, right), **measured,
    )  # fmt: skip


_kept = lru_cache(maxsize=2048)(_measured)
KEPT_WORDS = 5000
"""Texts of more words are compared again each time rather than kept in memory."""


def _small_words_known(language: str, text: Text) -> bool:
    if language == "und":
        # A text in which reading found no language has to show some words of one, unless its script is another.
        return sum(c > "\x7f" for c in text.plain[:500]) <= 100
    return language[:2].lower() in vocabulary().languages


def _circumstances(first: Matchable, second: Matchable, left: Text, right: Text) -> dict[str, Any]:
    said = _says_follow_up(first.copy), _says_follow_up(second.copy)
    return {
        "identical": first.fingerprint.body_hash == second.fingerprint.body_hash,
        "quotes": len({*first.fingerprint.quotes} & {*second.fingerprint.quotes}),
        "title": measure_titles(first, second),
        "days": days_apart(first.copy, second.copy),
        "issuer": _issuers(first, second),
        "securities": _securities(first.copy, second.copy),
        "same_site": same_site(first.copy, second.copy),
        "follow_up": said[0] != said[1],
        "added": left.added != right.added,
        "renewed": (said[0] or left.added) != (said[1] or right.added),
    }


def other_language(first: str, second: str) -> bool:
    """Whether both languages are known and differ (``de-AT`` is ``de``)."""
    one, two = first[:2].lower(), second[:2].lower()
    return one != two and "un" not in (one, two) and bool(one) and bool(two)


def _same_words(first: Matchable, second: Matchable) -> bool:
    """Whether two texts share wording, whatever languages were read in them and in the menus around them."""
    one, two = {*first.fingerprint.sketch}, {*second.fingerprint.sketch}
    return len(one & two) >= max(3, 0.2 * min(len(one), len(two)))


def _one_language(first: Matchable, second: Matchable) -> tuple[str, str]:
    """The language that both are read in, since ``1.250`` says one thing in both; the known one, else the longer's."""
    one, two = first.copy.language, second.copy.language
    known = one if two[:2].lower() in ("", "un") else two
    return known, known


def _unknown_language(first: Matchable, second: Matchable) -> bool:
    """Whether one is written in a language that reading does not know, the other in one that it knows."""
    unknown = [item for item in (first, second) if item.copy.language[:2].lower() in ("", "un")]
    if len(unknown) != 1 or unknown[0].fingerprint.words < FOREIGN:
        return False
    return tokens.read(unknown[0].copy.body, unknown[0].copy.language).function_words < STRANGE


def _order(item: Matchable) -> tuple[int, str, str, str, str]:
    mark = item.fingerprint
    return mark.words, mark.body_hash, mark.title_key, item.copy.source, item.copy.key


def _worth_aligning(first: Matchable, second: Matchable) -> bool:
    """Cheap first: a shared sampled hash, quotation, title or address; else the texts are strangers."""
    one, two = first.fingerprint, second.fingerprint
    return (
        one.body_hash == two.body_hash
        or bool(one.title_key and one.title_key == two.title_key)
        or not {*one.sketch}.isdisjoint(two.sketch)
        or not {*one.quotes}.isdisjoint(two.quotes)
        or min(one.words, two.words) < 60
        or bool(first.copy.canonical_url and first.copy.canonical_url == second.copy.canonical_url)
        or (first.copy.source, first.copy.key) == (second.copy.source, second.copy.key)
        or bool({*first.copy.marks} | {*second.copy.marks})
        or bool({*first.copy.identifiers} & {*second.copy.identifiers})
    )


def days_apart(first: Copy, second: Copy) -> float | None:
    """Days between the stated dates; None where one states none."""
    if first.published is None or second.published is None:
        return None
    if first.date_basis in WEAK_DATES or second.date_basis in WEAK_DATES:
        return None
    return abs((first.published - second.published).total_seconds()) / 86400


def host(copy: Copy) -> str:
    return copy.canonical_url.partition("/")[0].partition("?")[0]


def same_site(first: Copy, second: Copy) -> bool:
    """Whether one publisher shows both. Texts without an address may come from anywhere: a folder
    collects releases and their reprints alike."""
    return bool(host(first)) and host(first) == host(second)


def _issuers(first: Matchable, second: Matchable) -> str:
    one = {m.id for m in first.filing.issuers}
    two = {m.id for m in second.filing.issuers}
    if not one or not two:
        return "unknown"
    if one & two:
        return "equal"
    # A guess from position and wording is no ground to call two issuers different.
    guessed = all(m.basis == "score" for m in first.filing.issuers) or all(
        m.basis == "score" for m in second.filing.issuers
    )
    return "unknown" if guessed else "different"


def _securities(first: Copy, second: Copy) -> str:
    schemes = vocabulary().security_schemes
    one = {i.value for i in first.identifiers if i.scheme in schemes}
    two = {i.value for i in second.identifiers if i.scheme in schemes}
    if not one or not two:
        return "unknown"
    return "equal" if one & two else "different"


def _says_follow_up(copy: Copy) -> bool:
    return _continues(f"{copy.kicker} {copy.title} {copy.deck} {copy.lead[:600]}")


@lru_cache(maxsize=256)
def _continues(opening: str) -> bool:
    return bool(vocabulary().follow_up.search(tokens.plain(opening).lower()))
