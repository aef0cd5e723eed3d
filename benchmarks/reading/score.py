"""What a reading is worth beside what a person expects. Pure; every measure is defined here.

Words are the lower-cased runs of ``\\w`` and are counted as often as they stand. Titles are compared
whole after folding white space and typographic quotes and dashes to ASCII; upper and lower case count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from benchmarks.reading.ours import Reading
from benchmarks.reading.pages import Page

_WORD = re.compile(r"\w+")
_ASCII = str.maketrans(
    {**dict.fromkeys("‘’‚‛′´`", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
KINDS = {
    **dict.fromkeys(("article", "release"), ("release", "article")),
    **dict.fromkeys(("listing", "collection", "list"), ("list",)),
}
"""Which kinds of ours are right for a page type of the corpus; other types are not counted."""


@dataclass(frozen=True, slots=True)
class Overlap:
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Score:
    """One reading of one page. None where the page expects nothing of the sort."""

    words: Overlap
    title: bool | None
    date: Literal["right", "wrong", "none"] | None
    kind: bool | None
    found: tuple[int, int]
    """Must-have strings that are in the text, of how many."""
    absent: tuple[int, int]
    """Must-not-have strings that are not in it, of how many."""


@dataclass(frozen=True, slots=True)
class Summary:
    """All scores of a group. Counts are (right, of); the words are means of the pages' values."""

    pages: int
    words: Overlap
    title: tuple[int, int]
    dates: dict[str, int]
    """How many are ``right``, ``wrong`` and ``none``."""
    kind: tuple[int, int]
    found: tuple[int, int]
    absent: tuple[int, int]


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def overlap(found: str, expected: str) -> Overlap:
    """Precision, recall and F1 of the words; two empty texts agree."""
    ours, theirs = Counter(words(found)), Counter(words(expected))
    if not ours and not theirs:
        return Overlap(1.0, 1.0, 1.0)
    common = (ours & theirs).total()
    if not common:
        return Overlap(0.0, 0.0, 0.0)
    precision, recall = common / ours.total(), common / theirs.total()
    return Overlap(precision, recall, 2 * precision * recall / (precision + recall))


def fold(text: str) -> str:
    """White space and typographic signs as a typewriter has them."""
    return " ".join(text.translate(_ASCII).split())


def score(page: Page, reading: Reading) -> Score:
    """Compare one reading with what its page expects."""
    return Score(
        words=overlap(reading.text, page.text),
        title=fold(reading.title) == fold(page.title) if page.title else None,
        date=_date(page.date, reading.date) if page.date else None,
        kind=reading.kind in KINDS[page.kind] if page.kind in KINDS and reading.kind else None,
        found=_found(page, reading),
        absent=_absent(page, reading),
    )


def _date(expected: str, found: str) -> Literal["right", "wrong", "none"]:
    if not found:
        return "none"
    return "right" if found == expected else "wrong"


def _found(page: Page, reading: Reading) -> tuple[int, int]:
    """Upper and lower case, white space and typographic signs do not count."""
    text = fold(reading.text).lower()
    return sum(fold(wanted).lower() in text for wanted in page.must), len(page.must)


def _absent(page: Page, reading: Reading) -> tuple[int, int]:
    """As whole words ("Home" is not in "homes"); what the expected text itself holds is not asked."""
    asked = [unwanted for unwanted in page.must_not if not _holds(page.text, unwanted)]
    return sum(not _holds(reading.text, unwanted) for unwanted in asked), len(asked)


def _holds(text: str, phrase: str) -> bool:
    pattern = rf"(?<!\w){re.escape(fold(phrase).lower())}(?!\w)"
    return re.search(pattern, fold(text).lower()) is not None


def summary(scores: Sequence[Score]) -> Summary:
    """The group's figures; there must be at least one score."""
    dates = Counter(s.date for s in scores if s.date)
    return Summary(
        pages=len(scores),
        words=Overlap(
            *(mean(getattr(s.words, name) for s in scores) for name in ("precision", "recall", "f1"))
        ),
        title=_right(s.title for s in scores),
        dates={name: dates[name] for name in ("right", "wrong", "none")},
        kind=_right(s.kind for s in scores),
        found=_sum(s.found for s in scores),
        absent=_sum(s.absent for s in scores),
    )


def _right(answers: Iterable[bool | None]) -> tuple[int, int]:
    counted = [answer for answer in answers if answer is not None]
    return sum(counted), len(counted)


def _sum(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    hits, of = zip(*counts, strict=True)
    return sum(hits), sum(of)


def only_in(text: str, other: str) -> list[str]:
    """The lines of a text that the other lacks: fewer than half of their runs of three words are in it."""
    known = f" {' '.join(words(other))} "
    lines = ((line.strip(), _runs(words(line))) for line in text.split("\n"))
    return [line for line, runs in lines if runs and sum(run in known for run in runs) * 2 < len(runs)]


def _runs(tokens: list[str]) -> list[str]:
    if not tokens:
        return []
    return [f" {' '.join(tokens[i : i + 3])} " for i in range(max(1, len(tokens) - 2))]
