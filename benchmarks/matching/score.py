"""Precision, recall and F1 of labelled pairs, confusion by kind, and the worst mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aggregator.matching import decide
from aggregator.model import SAME_RELEASE, Candidate, Prepared, Verdict

ONE_RELEASE = frozenset({"same", "correction", "translation"})
"""Labels whose two texts belong to one release; ``different`` and ``update`` are two."""


@dataclass(frozen=True)
class Outcome:
    """One labelled pair and what was decided."""

    name: str
    kind: str
    truth: str
    verdict: Verdict
    held_back: bool = False

    @property
    def said(self) -> str:
        return self.verdict.relation

    @property
    def merged(self) -> bool:
        return self.said in SAME_RELEASE

    @property
    def wanted(self) -> bool:
        return self.truth in ONE_RELEASE


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    pairs: int


def against(incoming: Prepared, stored: Prepared) -> Verdict:
    """What `decide` says of a text when one other is stored."""
    candidate = Candidate(
        release=1, copy_id=1, canonical=True, copy=stored.copy, filing=stored.filing, fingerprint=stored.fingerprint
    )  # fmt: skip
    return decide(incoming, [candidate])


def score(outcomes: Iterable[Outcome]) -> Score:
    """How well "one release" was told from "two releases"."""
    counted = Counter((o.merged, o.wanted) for o in outcomes)
    hit, false, missed = counted[True, True], counted[True, False], counted[False, True]
    precision = hit / (hit + false) if hit + false else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, sum(counted.values()))


def report(outcomes: Sequence[Outcome], worst: int = 20) -> str:
    """The whole report as text."""
    s = score(outcomes)
    lines = [
        f"pairs {s.pairs}  precision {s.precision:.4f}  recall {s.recall:.4f}  F1 {s.f1:.4f}",
        'of "one release": same, correction and translation are one; different and update are two',
        "",
        "label and kind, and how often what was decided (? = two releases, listed in `review`):",
    ]
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for outcome in outcomes:
        said = outcome.said + ("?" if outcome.verdict.review else "")
        kinds.setdefault((outcome.truth, outcome.kind), Counter())[said] += 1
    width = max((len(kind) for _, kind in kinds), default=4)
    for (truth, kind), answers in sorted(kinds.items()):
        counts = "  ".join(f"{name} {n}" for name, n in answers.most_common())
        lines.append(f"{truth:<12} {kind:<{width}}  {counts}")
    mistakes = [o for o in outcomes if o.merged != o.wanted]
    mistakes.sort(key=lambda o: (not o.merged, o.kind))
    lines += ["", f"{len(mistakes)} mistakes" + (f", the first {worst}:" if len(mistakes) > worst else ":")]
    for outcome in mistakes[:worst]:
        lines.append(f"- {outcome.name}: {outcome.truth} ({outcome.kind}), decided {outcome.said}")
        lines += [f"    {e.rule}: {e.detail}" for e in outcome.verdict.evidence]
    return "\n".join(lines)
