"""Is it known? One incoming copy against its candidates, with the evidence for the answer.

Decided purely: no store, no clock, and no knowledge of how the candidates were found. A copy is matched
to the leading text of its language and version, never to a third copy, so likeness is not handed on from
copy to copy. Where it may itself lead, or bridge what was apart, the verdict names the releases that have
to be arranged anew (`matching.arrange`), so that the result does not depend on who came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from aggregator.matching.canonical import standing
from aggregator.matching.changes import changes, significant
from aggregator.matching.compare import Comparison, compare
from aggregator.matching.judge import judge
from aggregator.matching.relate import LINKED, SAME, TEXT, Tie, continues, relate, relation
from aggregator.model import (
    SAME_RELEASE,
    Candidate,
    Copy,
    Evidence,
    Prepared,
    Relation,
    SourceRole,
    Verdict,
)

_ONE_TEXT = frozenset({"copy", "excerpt", "translation"})


@dataclass(frozen=True)
class _Finding:
    candidate: Candidate
    tie: Tie

    @cached_property
    def standing(self) -> tuple[object, ...]:
        return standing(self.candidate, self.candidate.role)

    @property
    def preference(self) -> tuple[object, ...]:
        """Best first; equal strength goes to the better text, whatever the order of the candidates."""
        return self.tie.preference, self.standing


def decide(incoming: Prepared, candidates: Sequence[Candidate], role: SourceRole = "mixed") -> Verdict:
    """What `incoming` is to what is known; ``new`` where it is nothing to any candidate.

    `role` is that of its source.
    """
    own = [c for c in candidates if _own(incoming.copy, c.copy)]
    for candidate in own:
        if (verdict := _own_item(incoming, candidate)) is not None:
            return _edited(verdict, incoming, candidate, candidates, role)
    known = {id(c) for c in own}
    return _matched(incoming, [c for c in candidates if id(c) not in known], role)


def _edited(
    verdict: Verdict, incoming: Prepared, own: Candidate, candidates: Sequence[Candidate], role: SourceRole
) -> Verdict:
    """An item that says something else than before stays its release; where it says what another release says now
    (its page took the place of a teaser), both are one and have to be arranged anew."""
    if incoming.fingerprint.body_hash == own.fingerprint.body_hash:
        return verdict
    found = _matched(incoming, [c for c in candidates if c.release != own.release], role)
    like = [found.release] if found.relation in _ONE_TEXT and found.release is not None else []
    again = tuple(dict.fromkeys((own.release, *like, *found.again))) if like else ()
    return replace(verdict, review=found.review, again=again)


def _matched(incoming: Prepared, others: Sequence[Candidate], role: SourceRole) -> Verdict:
    place = standing(incoming, role)
    findings = _findings(incoming, [c for c in others if c.leader])
    if (text := next((f for f in findings if f.tie.kind in TEXT and f.standing < place), None)) is not None:
        return _joined(incoming, text, findings)
    # It leads: what stands behind it and is like it, followers of others included, may have to follow it.
    third = _findings(incoming, [c for c in others if not c.leader])
    behind = [f for f in third if f.tie.kind in TEXT and place < f.standing]
    verdict = _verdict(incoming, findings, behind)
    before = [f.candidate.copy_id for f in third if f.tie.kind in SAME and f not in behind]
    return replace(verdict, review=tuple(dict.fromkeys((*verdict.review, *_rivals(verdict, before)))))


def _rivals(verdict: Verdict, copies: Sequence[int]) -> Sequence[int]:
    """Third copies that the text is like although it is not like the one they are matched to."""
    return copies if verdict.relation not in SAME_RELEASE else ()


def _findings(incoming: Prepared, candidates: Sequence[Candidate]) -> list[_Finding]:
    return sorted((_Finding(c, relate(incoming, c)) for c in candidates), key=_preference)


def _preference(finding: _Finding) -> tuple[object, ...]:
    return finding.preference


def _own(copy: Copy, other: Copy) -> bool:
    return copy.source == other.source and copy.key == other.key


# -- the source's own item, seen again ----------------------------------------------------------


def _own_item(incoming: Prepared, stored: Candidate) -> Verdict | None:
    """The same item of the same source: as it was, edited, or (None) its key used for another text."""
    if _shown(incoming.copy) == _shown(stored.copy):
        return _of("unchanged", stored, Evidence("match.key", "the same item of the same source, unchanged"))
    comparison = compare(incoming, stored)
    if _reused(comparison):
        return None
    key = Evidence("match.key", f"the same item of the same source ({incoming.copy.key})")
    changed = changes(stored.copy, incoming.copy)
    how = Evidence("match.changes", "; ".join(changed) or "only punctuation, case or spacing")
    if "withdrawal" in incoming.copy.marks and "withdrawal" not in stored.copy.marks:
        return _of("withdrawal", stored, key, how)
    if "withdrawal" in stored.copy.marks and "withdrawal" not in incoming.copy.marks:
        return _of(
            "correction", stored, key, Evidence("edit.reinstated", "it is no longer marked as withdrawn")
        )
    if not significant(stored.copy, incoming.copy):
        return _of("revision", stored, key, Evidence("edit.cosmetic", how.detail))
    marked = "correction" in incoming.copy.marks and "correction" not in stored.copy.marks
    nearly = comparison.jaccard >= 0.8 or comparison.words[0] < 60
    if marked or (nearly and 1 <= comparison.numbers_differ <= 2):
        return _of("correction", stored, key, how)
    return _of("revision", stored, key, how)


def _reused(c: Comparison) -> bool:
    """Whether a key (a guid, an address) now names another release than before."""
    if c.title.equal:
        return c.numbers_aligned >= 6 and c.differing >= 0.4 and not _near(c, 2.0)
    if c.foreign:
        return judge(c).kind == "different" and not _near(c, 2.0)
    strangers = max(c.containment, c.covered) < 0.2 and min(c.words) >= 20
    if strangers:
        return c.title.similar < 0.7
    return judge(c).kind == "series" and (bool(c.title.periods) or c.differing >= 0.3)


def _near(c: Comparison, days: float) -> bool:
    return c.days is None or c.days <= days


def _shown(copy: Copy) -> tuple[object, ...]:
    """Everything of a copy that its readers see."""
    return (
        copy.title, copy.kicker, copy.deck, copy.canonical_url, copy.language, copy.published, copy.marks,
        tuple((b.type, b.text, b.html) for b in copy.blocks), copy.source_line, copy.attachments,
    )  # fmt: skip


# -- another text -------------------------------------------------------------------------------


def _joined(incoming: Prepared, found: _Finding, findings: Sequence[_Finding]) -> Verdict:
    """A further copy of a text that is known in a better one: nothing else changes."""
    release = found.candidate.release
    rivals = [f.candidate.copy_id for f in findings if f.tie.kind in SAME and f.candidate.release != release]
    return _of(
        relation(found.tie, incoming, found.candidate), found.candidate, *found.tie.evidence,
        review=tuple(dict.fromkeys((*rivals, *_doubtful(findings)))),
    )  # fmt: skip


def _verdict(incoming: Prepared, findings: Sequence[_Finding], behind: Sequence[_Finding]) -> Verdict:
    """The verdict on a text that leads, from its likeness to other leaders."""
    like = [*(f for f in findings if f.tie.kind in SAME), *behind]
    again = tuple(dict.fromkeys(f.candidate.release for f in like))
    if not findings:
        return Verdict("new", None, again=again)
    best, doubtful = findings[0], _doubtful(findings)
    siblings = tuple(f.candidate.copy_id for f in findings if f.tie.kind == "series")
    kind = best.tie.kind
    if kind in SAME:
        how = relation(best.tie, incoming, best.candidate)
        found = _of(how, best.candidate, *best.tie.evidence, review=doubtful)
        return replace(found, again=again, siblings=siblings)
    if kind in LINKED:
        found = _of(kind, best.candidate, *best.tie.evidence, review=doubtful)  # type: ignore[arg-type]
        if kind == "update" and not continues(incoming, best.candidate):
            found = replace(found, relation="new", release=None, continued_by=best.candidate.release)
        return replace(found, siblings=siblings, again=again)
    closest = next((f for f in findings if f.tie.kind == "review"), best)
    return Verdict("new", None, closest.candidate.copy_id, closest.tie.evidence, doubtful, again)


def _doubtful(findings: Sequence[_Finding]) -> tuple[int, ...]:
    return tuple(f.candidate.copy_id for f in findings if f.tie.kind == "review")


def _of(relation: Relation, stored: Candidate, *evidence: Evidence, review: tuple[int, ...] = ()) -> Verdict:
    return Verdict(relation, stored.release, stored.copy_id, tuple(evidence), review)
