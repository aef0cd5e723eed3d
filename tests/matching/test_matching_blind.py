"""Labelled pairs of authors who had not seen the rules; what is asked for is what was reached after a look at them.

Each folder under `blind` holds a set for `./run bench matching`: newspapers' copies of agency texts with the errors of
scanners (newswire), German press offices and trade press (presse), releases and their pick-up with what crawlers
leave around them (pickup). Free rewrites, which share no wording, count as missed: they are listed for review and never
joined.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.matching.__main__ import labelled
from benchmarks.matching.score import report, score

SETS = Path(__file__).parent / "blind"


@pytest.mark.parametrize(
    ("name", "f1", "precision"),
    [("newswire", 0.965, 0.985), ("presse", 0.95, 0.995), ("pickup", 0.975, 0.99)],
)
def test_one_release_is_told_from_two(name: str, f1: float, precision: float) -> None:
    outcomes = list(labelled(SETS / name / "pairs.tsv", SETS / name / "texts.jsonl"))
    found = score(outcomes)
    assert found.f1 >= f1, report(outcomes)
    assert found.precision >= precision, report(outcomes)
    assert found.pairs == len(outcomes) > 400
