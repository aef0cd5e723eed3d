"""Two copies measured against each other: numbers only, no judgement.

Every measure is symmetric: `compare(a, b) == compare(b, a)`, because the pair is put into a fixed
order before anything is aligned. So a verdict does not depend on which copy came first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from aggregator.matching import align, numbers, tokens
from aggregator.matching.spelling import nearly, respelt, written_alike
from aggregator.matching.titles import TitleMeasures, measure_titles
from aggregator.matching.tokens import Text, without_year
from aggregator.matching.translate import Anchors, measure_anchors
from aggregator.matching.vocabulary import vocabulary
from aggregator.matching.wording import describe
from aggregator.model import Copy, Filing, Fingerprint

GROUP = 4
"""Words of the groups that similarity is counted in."""
LEAD = 60
"""Words of the beginning that says what is new."""
HEAD = 0.4
"""Part of a text that is its own; "About" texts and disclaimers stand behind it."""
MISSPELT = 0.03
"""Share of the words that are spelt otherwise, from which a text is taken for scanned or carelessly typed."""
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
    numbers_own: int = 0
    """How many different numbers each of the two says, where it does not share the other's wording, that the other
    does not have; the fewer of the two."""
    dates_shared: int = 0
    """Full dates that both bodies state."""
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

    @property
    def jaccard(self) -> float:
        shared, shorter, longer = self.groups
        return shared / max(1, shorter + longer - shared)

    @property
    def containment(self) -> float:
        shared, shorter, longer = self.groups
        return shared / max(1, min(shorter, longer))

    @property
    def misspelt(self) -> bool:
        """Whether so many words are spelt otherwise that figures, too, may have been misread."""
        return self.respelt >= MISSPELT * 2 * self.words[0]

    @property
    def contradicting(self) -> int:
        """Aligned numbers that contradict each other; in an edited text rounded or moved ones do not."""
        return self.numbers_differ - (self.numbers_soft if self.jaccard < 0.8 else 0)

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
    """Measure two copies. Symmetric; reads no clock and no store."""
    first, second = sorted((a, b), key=_order)
    languages = (first.copy.language, second.copy.language)
    words = (first.fingerprint.words, second.fingerprint.words)
    foreign = other_language(*languages) or _unknown_language(first, second)
    if not foreign and not _worth_aligning(first, second):
        return Comparison(alike=False, languages=languages, words=words)
    left, right = (tokens.read(item.copy.body, item.copy.language) for item in (first, second))
    measured = {"anchors": measure_anchors(left, right)} if foreign else _measured(left, right, first, second)
    return Comparison(
        alike=True, foreign=foreign, languages=languages, words=words, sentences=min(left.sentences, right.sentences),
        prose=1.0 if foreign else _prose(left, right, languages[0]),
        **_circumstances(first, second), **measured,
    )  # fmt: skip


def _prose(left: Text, right: Text, language: str) -> float:
    # A text in which reading found no language at all has to show some words of one.
    known = language == "und" or language[:2].lower() in vocabulary().languages
    return min(left.function_words, right.function_words) if known else 1.0


def _circumstances(first: Matchable, second: Matchable) -> dict[str, Any]:
    return {
        "identical": first.fingerprint.body_hash == second.fingerprint.body_hash,
        "quotes": len({*first.fingerprint.quotes} & {*second.fingerprint.quotes}),
        "title": measure_titles(first, second),
        "days": days_apart(first.copy, second.copy),
        "issuer": _issuers(first, second),
        "securities": _securities(first.copy, second.copy),
        "same_site": same_site(first.copy, second.copy),
        "follow_up": _says_follow_up(first.copy) != _says_follow_up(second.copy),
    }


def other_language(first: str, second: str) -> bool:
    """Whether both languages are known and differ (``de-AT`` is ``de``)."""
    one, two = first[:2].lower(), second[:2].lower()
    return one != two and "un" not in (one, two) and bool(one) and bool(two)


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


def _measured(left: Text, right: Text, first: Matchable, second: Matchable) -> dict[str, Any]:
    """The pair as it is written, or with one spelling where it is spelt otherwise."""
    if left.words != right.words:
        left, right = written_alike(left, right)
        if (found := respelt(left, right)) is not None:
            one, two, changed = found
            return _aligned(left, right, first, second, one, two, changed)
    return _aligned(left, right, first, second, left, right)


def _aligned(
    left: Text, right: Text, first: Matchable, second: Matchable, one: Text, two: Text, respelt: int = 0
) -> dict[str, Any]:
    """What `left` and `right` say; ``one`` and ``two`` are the same texts as their words are compared."""
    titles = (first.fingerprint.title_key, second.fingerprint.title_key)
    found = align.runs(one.words, two.words, one.triples, two.triples)
    cover_left = align.coverage(found, len(one.words), second=False)
    cover_right = align.coverage(found, len(two.words), second=True)
    holes = align.gaps(found, len(one.words), len(two.words))
    misspelt = respelt / (2 * max(1, min(len(one.words), len(two.words))))
    return {
        "respelt": respelt,
        "groups": (len(one.groups & two.groups), max(1, len(one.groups)), max(1, len(two.groups))),
        "covered": _share(cover_left),
        "covered_longer": _share(cover_right),
        "narrative": max(_narrative(cover_left, left.quoted), _narrative(cover_right, right.quoted)),
        "lead": max(_share(cover_left[:LEAD]), _share(cover_right[:LEAD])),
        "head": max(_share(c[: int(HEAD * len(c))]) for c in (cover_left, cover_right)),
        "lead_place": _lead_place(found, len(right.words)),
        **_middle(found, cover_left, cover_right, left, right),
        "longest": max((r.length for r in found), default=0),
        **_numbers(left, right, cover_left, holes, misspelt),
        "numbers_own": min(_own(left, cover_left, right), _own(right, cover_right, left)),
        "swaps": _swaps(left, right, [*holes, *_renamed(found, left, right)], titles, misspelt >= MISSPELT),
        "anchors": measure_anchors(left, right) if _share(cover_left) < 0.35 else None,
    }


def _renamed(found: list[align.Run], left: Text, right: Text) -> Iterator[align.Gap]:
    """Words of shared runs that are spelt otherwise in the same way twice: another name, and no slip."""
    places = [
        (a, b)
        for run in found
        for a, b in zip(range(run.a, run.a + run.length), range(run.b, run.b + run.length), strict=True)
        if left.words[a] != right.words[b]
    ]
    often = Counter((left.words[a], right.words[b]) for a, b in places)
    for a, b in places:
        if often[left.words[a], right.words[b]] >= 2:
            yield align.Gap(a, a + 1, b, b + 1)


def _share(covered: bytearray) -> float:
    return sum(covered) / max(1, len(covered))


def _narrative(covered: bytearray, quoted: list[bool]) -> float:
    own = [c for c, q in zip(covered, quoted, strict=True) if not q]
    return sum(own) / max(1, len(own)) if len(own) >= 20 else 0.0


def _lead_place(found: list[align.Run], longer: int) -> float:
    opening = [r for r in found if r.a < LEAD]
    return min(r.b for r in opening) / max(1, longer) if opening else 0.0


def _middle(
    found: list[align.Run], cover_left: bytearray, cover_right: bytearray, left: Text, right: Text
) -> dict[str, Any]:
    """Cut the shared beginning and the shared end off; what is between, and how much of it is shared."""
    start, end = align.frame(found, len(left.words), len(right.words))
    one, two = slice(start[0], end[0]), slice(start[1], end[1])
    parts = cover_left[one], cover_right[two]
    shared = max(map(_share, parts)) if all(parts) else 1.0
    values = [_values(left, one), _values(right, two)]
    fewer = min(map(len, values))
    return {
        "middle": (len(parts[0]), len(parts[1]), shared),
        "middle_numbers": len(values[0] & values[1]) / fewer if fewer >= 3 else 0.0,
    }


def _values(text: Text, part: slice) -> set[str]:
    return {text.words[i] for i in text.number_places if part.start <= i < part.stop}


def _numbers(
    left: Text, right: Text, cover_left: bytearray, holes: list[align.Gap], misspelt: float
) -> dict[str, Any]:
    aligned = sum(cover_left[i] for i in left.number_places)
    pairs: list[tuple[str, str]] = []
    for gap in holes:
        if gap.balanced:
            one = [w for w in left.words[gap.a : gap.a_end] if w in left.numbers]
            two = [w for w in right.words[gap.b : gap.b_end] if w in right.numbers]
            aligned += min(len(one), len(two))
            if one and two:
                found = numbers.differing(one, two)
                # Between longer passages, a count and a sum are not each other's replacement.
                pairs += found if gap.tight else [p for p in found if not numbers.worlds_apart(*p)]
    fewer, more = sorted((set(left.numbers), set(right.numbers)), key=lambda s: (len(s), sorted(s)))
    loose = {without_year(w) for w in more}
    # Figures are misread no more often than words are: beyond that, they are other figures.
    misread = misspelt >= MISSPELT and len(pairs) <= max(1.0, 4 * misspelt * aligned)
    return {
        "numbers_aligned": aligned,
        "numbers_differ": len(pairs),
        "dates_differ": sum(numbers.is_date(x) or numbers.is_date(y) for x, y in pairs),
        "numbers_soft": sum(
            numbers.rounded(x, y)
            or x in right.numbers
            or y in left.numbers
            or (misread and numbers.slip(x, y))
            for x, y in pairs
        ),
        "number_pairs": tuple(pairs[:12]),
        "numbers_kept": _kept(fewer, loose, misread),
        "numbers_fewer": len(fewer),
        "dates_shared": sum(w.count("-") == 2 and not w.startswith("0-") for w in fewer & more),
    }


def _own(text: Text, covered: bytearray, other: Text) -> int:
    return len({text.words[i] for i in text.number_places if not covered[i]} - other.numbers.keys())


def _kept(fewer: set[str], more: set[str], misread: bool) -> float:
    kept = (
        without_year(w) in more or (misread and len(w) >= 3 and any(numbers.slip(w, x) for x in more))
        for w in fewer
    )
    return sum(kept) / len(fewer) if fewer else 1.0


def _swaps(
    left: Text, right: Text, holes: list[align.Gap], titles: tuple[str, str], misspelt: bool
) -> tuple[tuple[str, str, int], ...]:
    """Names that replace each other: capitals on both sides, neither known to the other text.

    Headlines count as one more place.
    """
    words_left, words_right = frozenset(left.words), frozenset(right.words)
    found = []
    for gap in holes:
        one = _capitals(left, gap.a, gap.a_end, words_right)
        two = _capitals(right, gap.b, gap.b_end, words_left)
        if one and two:
            found.append((one, two))
    if not found:
        return ()
    in_titles = [frozenset(title.split()) for title in titles]
    counted: Counter[tuple[str, str]] = Counter()
    for words_one, words_two in found:
        one = [w for w in words_one if w in left.names]
        two = [w for w in words_two if w in right.names]
        a, b = " ".join(one), " ".join(two)
        if not one or not two or a.startswith(b) or b.startswith(a):  # "Calif." and "California" are one
            continue
        if not (misspelt and nearly(a, b)):
            counted[a, b] += 1 if counted[a, b] else 1 + _heads(one, two, in_titles)
    return tuple((a, b, n) for (a, b), n in sorted(counted.items(), key=lambda x: (-x[1], x[0])))


def _heads(one: list[str], two: list[str], titles: list[frozenset[str]]) -> bool:
    return titles[0].issuperset(one) and titles[1].issuperset(two)


def _capitals(text: Text, start: int, end: int, others: frozenset[str]) -> list[str]:
    """The words of a gap, if all are written with a capital and the other text has none of them."""
    stop = vocabulary().stopwords
    inner = [i for i in range(start, end) if text.words[i] not in text.numbers and text.words[i] not in stop]
    if not 1 <= len(inner) <= 5 or not all(text.shown[i][0].isupper() for i in inner):
        return []
    words = [text.words[i] for i in inner]
    return [] if any(w in others for w in words) else words
