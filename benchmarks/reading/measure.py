"""Both readings of every page, and their processor time, taken in turn on one machine in one run.

Only reading is counted: imports and the first page are read before the clock starts, and neither the pipe
nor the scoring is in it. One process a side; while one reads, the other waits.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from benchmarks.reading.ours import Reading, ours
from benchmarks.reading.pages import Page
from benchmarks.reading.score import Score, score
from benchmarks.reading.trafilatura import Trafilatura

OURS = "ours"


class Scored(NamedTuple):
    reading: Reading
    score: Score


@dataclass(frozen=True, slots=True)
class Result:
    """One page, read by both."""

    page: Page
    ours: Scored
    theirs: Scored | None
    """None where the rival was not asked: it is off, or the document is no HTML page."""
    seconds: dict[str, float]
    """Processor time, the median of the rounds: ours, and each way to ask the rival."""

    @property
    def lead(self) -> float:
        """How much better our F1 is; beside no rival, the F1 itself."""
        return self.ours.score.words.f1 - (self.theirs.score.words.f1 if self.theirs else 0.0)


def compare(pages: Sequence[Page], rival: Trafilatura | None, rounds: int) -> list[Result]:
    """Read every page with both, in so many passes over all pages."""
    seconds: dict[str, defaultdict[str, list[float]]] = {page.id: defaultdict(list) for page in pages}
    for page in _first_of_each_form(pages):
        _both(page, rival, ours_first=True)
    readings: dict[str, tuple[Reading, Reading | None]] = {}
    for number in range(rounds):
        for position, page in enumerate(pages):
            mine, theirs, took = _both(page, rival, ours_first=(number + position) % 2 == 0)
            readings[page.id] = mine, theirs
            for name, value in took.items():
                seconds[page.id][name].append(value)
    return [_result(page, *readings[page.id], seconds[page.id]) for page in pages]


def _first_of_each_form(pages: Sequence[Page]) -> list[Page]:
    return list({page.form: page for page in reversed(pages)}.values())


def _both(
    page: Page, rival: Trafilatura | None, *, ours_first: bool
) -> tuple[Reading, Reading | None, dict[str, float]]:
    asked = rival if page.form == "html" else None
    if ours_first or not asked:
        mine, took = timed(page)
        theirs, others = asked.read(page) if asked else (None, {})
    else:
        theirs, others = asked.read(page)
        mine, took = timed(page)
    return mine, theirs, {OURS: took, **others}


def timed(page: Page) -> tuple[Reading, float]:
    """Our reading of a page, and its processor time in seconds."""
    started = time.process_time()
    reading = ours(page)
    return reading, time.process_time() - started


def _result(page: Page, mine: Reading, theirs: Reading | None, seconds: dict[str, list[float]]) -> Result:
    return Result(
        page=page,
        ours=Scored(mine, score(page, mine)),
        theirs=Scored(theirs, score(page, theirs)) if theirs else None,
        seconds={name: median(values) for name, values in seconds.items()},
    )


def texts_per_second(texts: Sequence[Page], at_least: int = 2000) -> float:
    """How many plain texts one process reads in a second of processor time, over enough repetitions."""
    for page in texts:
        ours(page)
    passes = -(-at_least // len(texts))
    return passes * len(texts) / sum(timed(page)[1] for _ in range(passes) for page in texts)
