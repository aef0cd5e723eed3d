"""What one copy is to another, with the circumstances that both bear: addresses, numbers of wires, marks.

Symmetric: which of the two comes first changes nothing but who is called the excerpt, the correction or
the withdrawal, and that follows from the two texts (`relation`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from aggregator.matching.compare import Comparison, Matchable, compare, host
from aggregator.matching.judge import Marks, judge
from aggregator.matching.judgement import Judgement
from aggregator.matching.vocabulary import vocabulary
from aggregator.model import Candidate, Copy, Evidence, Relation

TEXT = frozenset({"same", "excerpt"})
"""One text, shown in two places."""
EDITION = frozenset({"translation", "correction", "withdrawal"})
"""One release, in another language or version."""
SAME = TEXT | EDITION
LINKED = frozenset({"update", "series"})
_ORDER = {
    "same": 0, "excerpt": 0, "correction": 0, "withdrawal": 0, "translation": 1, "update": 2, "series": 3,
}  # fmt: skip
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Tie:
    """What two copies are to each other, and the measures behind it."""

    comparison: Comparison
    judgement: Judgement

    @property
    def kind(self) -> str:
        return self.judgement.kind

    @property
    def preference(self) -> tuple[float, ...]:
        """Best first; made of the two texts alone."""
        c = self.comparison
        return (
            _ORDER.get(self.kind, 4), -round(self.judgement.strength, 2), -round(c.jaccard, 2), c.days or 0.0
        )  # fmt: skip

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.judgement.evidence, Evidence("measured", "; ".join(self.comparison.lines()))


def relate(one: Matchable, two: Matchable) -> Tie:
    """Compare and judge two copies: as they are, and where they are not one text, as they were before edits.

    Only that they were one text counts of what they were. A reprint of the uncorrected text is a copy still.
    """
    now = _relate(one, two)
    if now.kind in TEXT:
        return now
    pairs = islice(product((one, *_earlier(one)), (two, *_earlier(two))), 1, None)
    once = [tie for a, b in pairs if (tie := _relate(a, b)).kind in TEXT]
    if not once:
        return now
    best = min(once, key=lambda tie: tie.preference)
    why = f"before a text was edited: {best.judgement.why}"
    return replace(best, judgement=replace(best.judgement, why=why))


def _earlier(item: Matchable) -> Sequence[Matchable]:
    return item.earlier if isinstance(item, Candidate) else ()


def _relate(one: Matchable, two: Matchable) -> Tie:
    comparison = compare(one, two)
    judgement = judge(comparison, _marks(one, two))
    shared = identity(one.copy, two.copy)
    if shared and judgement.kind not in SAME:
        judgement = _by_identity(comparison, judgement, shared)
    return Tie(comparison, judgement)


def relation(tie: Tie, one: Matchable, two: Matchable) -> Relation:
    """What `one` is to `two`: of the two texts it may be the full or the older one."""
    kind = tie.kind
    if kind == "excerpt" and one.fingerprint.words <= two.fingerprint.words:
        return "excerpt"
    if kind in ("correction", "withdrawal") and not _is_earlier(kind, one, two):
        return kind  # type: ignore[return-value]
    if kind in ("translation", "update", "series"):
        return kind  # type: ignore[return-value]
    return "copy"


def continues(one: Matchable, two: Matchable) -> bool:
    """Of two texts one of which continues the other: whether it is `one`."""
    for mark in ("update", "reminder"):
        if (mark in one.copy.marks) != (mark in two.copy.marks):
            return mark in one.copy.marks
    return version(one) > version(two)


def version(item: Matchable) -> tuple[object, ...]:
    """Sort key of the versions of one text, the latest last: by their days, then by the numbers in their
    keys, which sources count up; never by when we saw them."""
    copy = item.copy
    numbers = tuple(int(n) for n in _DIGITS.findall(copy.key)[-3:] if len(n) < 19)
    days = tuple(d.timestamp() if d else 0.0 for d in (copy.published, copy.updated))
    return days, numbers, item.fingerprint.body_hash, copy.source, copy.key


def _is_earlier(kind: str, one: Matchable, two: Matchable) -> bool:
    """Whether `one` is the text that was corrected or withdrawn."""
    if (kind in one.copy.marks) != (kind in two.copy.marks):
        return kind in two.copy.marks
    return version(one) < version(two)


def identity(one: Copy, two: Copy) -> str:
    """The address or wire number that both bear; empty where there is none."""
    if one.canonical_url and one.canonical_url == two.canonical_url and one.canonical_url != host(one):
        return one.canonical_url
    strong = vocabulary().strong_schemes
    shared = {(i.scheme, i.value) for i in one.identifiers if i.scheme in strong}
    shared &= {(i.scheme, i.value) for i in two.identifiers if i.scheme in strong}
    return " ".join(min(shared)) if shared else ""


def _by_identity(c: Comparison, judgement: Judgement, identity: str) -> Judgement:
    """An address or wire number says "same" unless the texts are plainly two releases."""
    foreign = c.foreign
    if judgement.kind in LINKED or (foreign and judgement.kind == "different" and c.words[0] >= 40):
        return judgement
    # A feed that links all its items to one page gives them one address, not one text.
    text = c.words[0] >= 20 and (c.title.similar >= 0.5 or c.covered >= 0.3)
    about = text or c.title.equal or c.title.jaccard >= 0.8
    if not (about or foreign):
        doubt = f"both bear {identity}, but title and text differ"
        return Judgement("review" if c.words[0] >= 20 else "different", "review.identity", doubt)
    kind = "translation" if foreign else "same"
    return Judgement(kind, "match.identity", f"both bear {identity}; {judgement.why}", 1.0)  # type: ignore[arg-type]


def _marks(one: Matchable, two: Matchable) -> Marks:
    differing = {*one.copy.marks} ^ {*two.copy.marks}
    return Marks(
        correction="correction" in differing,
        update=bool(differing & {"update", "reminder"}),
        withdrawal="withdrawal" in differing,
    )
