"""Which words of two texts belong to each other: shared runs, wherever they stand, and what replaced what.

Runs are found through an index of word groups, so a reordered text is aligned as well as one in the
old order, in time proportional to the length of both.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aggregator.matching.tokens import Text

RUN = 3
"""Words from which a shared run counts: two in a row meet by chance."""
GAP = 25
"""Words between two shared runs up to which the two sides are taken for each other's replacement."""
STRIDE = 16
LOOSE = 12
"""Words that may interrupt the shared beginning or end of two texts."""
PLACES = 12
"""Places of one word group that are tried, nearest first: tables repeat theirs hundreds of times."""
ENDS = 8
"""... and at the very start and end of a text, where only one shared run holds them."""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` equal words at position `a` of one text and `b` of the other."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Words ``[a, a_end)`` of one text that stand where ``[b, b_end)`` stand in the other."""

    a: int
    a_end: int
    b: int
    b_end: int

    @property
    def tight(self) -> bool:
        """Whether hardly more than one word stands in another's place."""
        return max(self.a_end - self.a, self.b_end - self.b) <= 3

    @property
    def balanced(self) -> bool:
        """Whether both sides are long enough to replace each other; else one was left out or added."""
        shorter, longer = sorted((self.a_end - self.a, self.b_end - self.b))
        return longer <= 4 or shorter >= 0.4 * longer


def runs(first: Text, second: Text) -> list[Run]:
    """Shared runs of at least `RUN` words in the order of `second`, no word used twice."""
    last, repeated, groups = first.places, first.repeated, second.triples
    found: list[Run] = []
    taken = bytearray(len(first.words))
    end = expected = 0
    for j in [j for j, group in enumerate(groups) if group in last]:
        if j < end:
            continue
        group = groups[j]
        best = _best(first.words, second.words, repeated.get(group) or (last[group],), j, expected, taken)
        if best is not None:
            found.append(best)
            taken[best.a : best.a + best.length] = b"\x01" * best.length
            end, expected = j + best.length, best.a + best.length
    return found


def _best(
    first: Sequence[str],
    second: Sequence[str],
    places: Sequence[int],
    j: int,
    expected: int,
    taken: bytearray,
) -> Run | None:
    """The longest run from one of `places`; among equals the one nearest to where the text goes on."""
    if len(places) > PLACES:
        near = bisect(places, expected)
        places = places[max(0, near - PLACES // 2) : near + PLACES // 2]
    best, best_key = None, (0, 0)
    for i in places:
        used = taken.find(1, i)
        length = _equal(first, second, i, j, min((len(first) if used < 0 else used) - i, len(second) - j))
        key = (length, -abs(i - expected))
        if length >= RUN and (best is None or key > best_key):
            best, best_key = Run(i, j, length), key
    return best


def _equal(first: Sequence[str], second: Sequence[str], i: int, j: int, room: int) -> int:
    """How many words from `i` and `j` on are equal, at most `room`: in strides, then word by word."""
    length = 0
    while (
        length + STRIDE <= room
        and first[i + length : i + length + STRIDE] == second[j + length : j + length + STRIDE]
    ):
        length += STRIDE
    while length < room and first[i + length] == second[j + length]:
        length += 1
    return length


def gaps(found: list[Run], first: int, second: int) -> list[Gap]:
    """What was replaced: the words between neighbouring runs, and the ends. Lengths in words."""
    out = []
    for before, after in pairwise(found):
        gap = Gap(before.a + before.length, after.a, before.b + before.length, after.b)
        if gap.a <= gap.a_end and (gap.a_end - gap.a) <= GAP and (gap.b_end - gap.b) <= GAP:
            out.append(gap)
    if found:
        head, tail = found[0], found[-1]
        if head.a <= ENDS and head.b <= ENDS:
            out.append(Gap(0, head.a, 0, head.b))
        a, b = tail.a + tail.length, tail.b + tail.length
        if first - a <= ENDS and second - b <= ENDS:
            out.append(Gap(a, first, b, second))
    return [g for g in out if g.a < g.a_end or g.b < g.b_end]


def coverage(found: list[Run], length: int, *, second: bool) -> bytearray:
    """For each word of a text whether it stands in a shared run."""
    covered = bytearray(length)
    for run in found:
        start = run.b if second else run.a
        covered[start : start + run.length] = b"\x01" * run.length
    return covered


def frame(found: list[Run], first: int, second: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where what is shared from the start ends, and where what is shared to the end starts, per text.

    A few words between the runs (a date, a page number) do not interrupt the shared part.
    """
    start, end = (0, 0), (first, second)
    by_place = sorted(found, key=lambda r: r.a)
    for run in by_place:
        if run.a - start[0] > LOOSE or not 0 <= run.b - start[1] <= LOOSE:
            break
        start = run.a + run.length, run.b + run.length
    for run in reversed(by_place):
        behind = end[0] - run.a - run.length, end[1] - run.b - run.length
        if not 0 <= behind[0] <= LOOSE or not 0 <= behind[1] <= LOOSE or run.a < start[0] or run.b < start[1]:
            break
        end = run.a, run.b
    return start, end
