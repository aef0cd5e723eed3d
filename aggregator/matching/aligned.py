"""What two texts of one language share word for word, and what stands in the place of what: numbers only.

Measured from the shared runs (`align`) and from what is kept with each text (`tokens.Text`), so that of two
texts nothing is made twice that one of them has by itself. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from aggregator.matching import align, numbers
from aggregator.matching.spelling import nearly, respelt, written_alike
from aggregator.matching.tokens import Text, without_year
from aggregator.matching.translate import measure_anchors
from aggregator.matching.vocabulary import vocabulary

LEAD = 60
"""Words of the beginning that says what is new."""
MISSPELT = 0.03
"""Share of the words that are spelt otherwise, from which a text is taken for scanned or carelessly typed."""
MOST_PAIRS = 40_000
"""Pairs of figures among which slips are looked for: two tables of thousands are not compared cell by cell."""
HEAD = 0.4
"""Part of a text that is its own; "About" texts and disclaimers stand behind it."""


def measure_aligned(left: Text, right: Text, titles: tuple[str, str]) -> dict[str, Any]:
    """The fields of a `Comparison` that come from the words; `titles` are the folded headlines of both.

    Measured as the two are written, or with one spelling for what they spell otherwise.
    """
    if left.words == right.words:
        return _measured(left, right, titles, left, right, 0)
    left, right = written_alike(left, right)
    one, two, changed = respelt(left, right) or (left, right, 0)
    return _measured(left, right, titles, one, two, changed)


def _measured(
    left: Text, right: Text, titles: tuple[str, str], one: Text, two: Text, changed: int
) -> dict[str, Any]:
    """``one`` and ``two`` are the texts as they are aligned; `changed` counts their words of another spelling."""
    found = align.runs(one, two)
    cover_left = align.coverage(found, len(one.words), second=False)
    cover_right = align.coverage(found, len(two.words), second=True)
    holes = align.gaps(found, len(one.words), len(two.words))
    misspelt = changed / (2 * max(1, min(len(one.words), len(two.words))))
    return {
        "respelt": changed,
        "misspelt": misspelt >= MISSPELT,
        "groups": (len(one.groups & two.groups), max(1, len(one.groups)), max(1, len(two.groups))),
        "covered": _share(cover_left),
        "covered_longer": _share(cover_right),
        "shared_prose": _prose(one, cover_left),
        "narrative": max(_narrative(cover_left, left), _narrative(cover_right, right)),
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
    return covered.count(1) / max(1, len(covered))


def _prose(text: Text, covered: bytearray) -> float:
    """A third of shared prose is function words, next to none of a shared menu."""
    stop, shared = vocabulary().stopwords, [w for w, c in zip(text.words, covered, strict=True) if c]
    return sum(map(stop.__contains__, shared)) / len(shared) if shared else 1.0


def _narrative(covered: bytearray, text: Text) -> float:
    own = text.unquoted.bit_count()
    return (int.from_bytes(covered, "little") & text.unquoted).bit_count() / own if own >= 20 else 0.0


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
    places = text.number_places
    return {text.words[i] for i in places[bisect_left(places, part.start) : bisect_left(places, part.stop)]}


def _numbers(
    left: Text, right: Text, cover_left: bytearray, holes: list[align.Gap], misspelt: float
) -> dict[str, Any]:
    aligned = sum(map(cover_left.__getitem__, left.number_places))
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
    fewer, more = _by_size(left, right)
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
        "numbers_changed": len(set(pairs)),
        "numbers_kept": _kept(fewer, more, misread),
        "numbers_fewer": len(fewer.numbers),
        "dates_shared": sum(
            w.count("-") == 2 and not w.startswith("0-") for w in fewer.numbers & more.numbers
        ),
    }


def _by_size(left: Text, right: Text) -> tuple[Text, Text]:
    """The text of fewer different numbers first; of as many, always the same one."""
    one, two = left.numbers, right.numbers
    if len(one) == len(two):
        return (left, right) if sorted(one) <= sorted(two) else (right, left)
    return (left, right) if len(one) < len(two) else (right, left)


def _own(text: Text, covered: bytearray, other: Text) -> int:
    return len({text.words[i] for i in text.number_places if not covered[i]} - other.numbers)


def _kept(fewer: Text, more: Text, misread: bool) -> float:
    if fewer.numbers <= more.numbers:
        return 1.0
    misread = misread and len(fewer.numbers) * len(more.numbers) <= MOST_PAIRS
    kept = (
        without_year(w) in more.yearless
        or (misread and len(w) >= 3 and any(numbers.slip(w, x) for x in more.yearless))
        for w in fewer.numbers
    )
    return sum(kept) / len(fewer.numbers)


def _swaps(
    left: Text, right: Text, holes: list[align.Gap], titles: tuple[str, str], misspelt: bool
) -> tuple[tuple[str, str, int], ...]:
    """Names that replace each other: capitals on both sides, neither known to the other text.

    Headlines count as one more place.
    """
    found = []
    for gap in holes:
        one = _capitals(left, gap.a, gap.a_end, right.different)
        if one and (two := _capitals(right, gap.b, gap.b_end, left.different)):
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
    stop, figures = vocabulary().stopwords, text.numbers
    inner = [
        (word, shown)
        for word, shown in zip(text.words[start:end], text.shown[start:end], strict=True)
        if word not in figures and word not in stop
    ]
    if not 1 <= len(inner) <= 5 or not all(shown[0].isupper() for _, shown in inner):
        return []
    words = [word for word, _ in inner]
    return words if others.isdisjoint(words) else []
