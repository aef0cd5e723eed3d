"""The 25 verdicts: what a second text is when the first one is known."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from matching_texts import VERDICTS, stored, verdict_texts

from aggregator.matching import decide
from aggregator.model import SAME_RELEASE

CASES = tomllib.loads((VERDICTS / "verdicts.toml").read_text("utf-8"))["verdicts"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['n']:02d} {c['a']} {c['b']}")
def test_verdict(case: dict[str, Any]) -> None:
    """The relation, and whether a doubtful pair is listed for review."""
    texts = verdict_texts()
    verdict = decide(texts[case["b"]], [stored(texts[case["a"]])])
    assert verdict.relation == case["is"], verdict.evidence
    assert bool(verdict.review) == case.get("review", False), verdict.evidence
    assert verdict.evidence


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['n']:02d} {c['b']} {c['a']}")
def test_verdict_in_the_other_order(case: dict[str, Any]) -> None:
    """Whichever of the two arrives first, they are one release or two."""
    texts = verdict_texts()
    verdict = decide(texts[case["a"]], [stored(texts[case["b"]])])
    assert verdict.relation == case.get("reverse", case["is"]), verdict.evidence
    assert (verdict.relation in SAME_RELEASE) == (case["is"] in SAME_RELEASE)
