"""Is it known? One incoming copy against its candidates, with the evidence for the answer.

Decided purely: no store, no clock, and no knowledge of how the candidates were found. Every copy is
compared with the text that its release is shown by (or the one in its own language), never with a
third copy, so likeness is not handed on from copy to copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from aggregator.matching.changes import changes, significant
from aggregator.matching.compare import Comparison, Matchable, compare, host, other_language
from aggregator.matching.judge import Judgement, Marks, judge
from aggregator.matching.vocabulary import vocabulary
from aggregator.model import Candidate, Copy, Evidence, Prepared, Relation, Verdict

_SAME = frozenset({"same", "excerpt", "translation", "correction", "withdrawal"})
_LINKED = frozenset({"update", "series"})


@dataclass(frozen=True, slots=True)
class _Finding:
    candidate: Candidate
    comparison: Comparison
    judgement: Judgement


def decide(incoming: Prepared, candidates: Sequence[Candidate]) -> Verdict:
    """What `incoming` is to what is known; ``new`` where it is nothing to any candidate."""
    own = [c for c in candidates if _own(incoming.copy, c.copy)]
    for candidate in own:
        if (verdict := _own_item(incoming, candidate)) is not None:
            return verdict
    known = {id(c) for c in own}
    texts = _texts(incoming.copy, [c for c in candidates if id(c) not in known])
    findings = sorted((_finding(incoming, c) for c in texts), key=_preference)
    return _verdict(incoming, findings)


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
    if other_language(*c.languages):
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


def _texts(copy: Copy, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of each release the texts to compare with: the canonical one, one in the copy's own language,
    and those that share an address, a wire's number or every word with it."""
    chosen: dict[int, Candidate] = {}
    by_release: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_release.setdefault(candidate.release, []).append(candidate)
    for members in by_release.values():
        members.sort(key=lambda c: (not c.canonical, -c.fingerprint.words, c.copy_id))
        near = next((m for m in members if not other_language(m.copy.language, copy.language)), members[0])
        for member in members:
            if member is members[0] or member is near or _identity(copy, member.copy):
                chosen[member.copy_id] = member
    return list(chosen.values())


def _identity(one: Copy, two: Copy) -> str:
    """The address or wire number that both bear; empty where there is none."""
    if one.canonical_url and one.canonical_url == two.canonical_url and one.canonical_url != host(one):
        return one.canonical_url
    strong = vocabulary().strong_schemes
    shared = {(i.scheme, i.value) for i in one.identifiers if i.scheme in strong}
    shared &= {(i.scheme, i.value) for i in two.identifiers if i.scheme in strong}
    return " ".join(min(shared)) if shared else ""


def _finding(incoming: Prepared, candidate: Candidate) -> _Finding:
    comparison = compare(incoming, candidate)
    judgement = judge(comparison, _marks(incoming, candidate))
    identity = _identity(incoming.copy, candidate.copy)
    if identity and judgement.kind not in _SAME:
        judgement = _by_identity(comparison, judgement, identity)
    return _Finding(candidate, comparison, judgement)


def _by_identity(c: Comparison, judgement: Judgement, identity: str) -> Judgement:
    """An address or wire number says "same" unless the texts are plainly two releases."""
    foreign = other_language(*c.languages)
    if judgement.kind in _LINKED or (foreign and judgement.kind == "different" and c.words[0] >= 40):
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


_ORDER = {
    "same": 0,
    "excerpt": 0,
    "correction": 0,
    "withdrawal": 0,
    "translation": 1,
    "update": 2,
    "series": 3,
}


def _preference(finding: _Finding) -> tuple[object, ...]:
    """Best first; equal strength goes to the older release, whatever the order of the candidates."""
    kind, candidate = finding.judgement.kind, finding.candidate
    return (
        _ORDER.get(kind, 4), -round(finding.judgement.strength, 2), -round(finding.comparison.jaccard, 2),
        finding.comparison.days or 0.0, candidate.release, not candidate.canonical, candidate.copy_id,
    )  # fmt: skip


def _verdict(incoming: Prepared, findings: Sequence[_Finding]) -> Verdict:
    doubtful = tuple(f.candidate.copy_id for f in findings if f.judgement.kind == "review")
    if not findings:
        return Verdict("new", None)
    best = findings[0]
    others = {f.candidate.copy_id: f for f in findings[1:] if f.judgement.kind in _SAME}
    rivals = tuple(i for i, f in others.items() if f.candidate.release != best.candidate.release)
    if best.judgement.kind in _SAME:
        relation = _relation(incoming, best)
        review = tuple(dict.fromkeys((*rivals, *doubtful)))
        return _of(relation, best.candidate, *_evidence(best), review=review)
    if best.judgement.kind in _LINKED:
        linked: Relation = "update" if best.judgement.kind == "update" else "series"
        return _of(linked, best.candidate, *_evidence(best), review=doubtful)
    closest = next((f for f in findings if f.judgement.kind == "review"), best)
    return Verdict("new", None, closest.candidate.copy_id, _evidence(closest), doubtful)


def _relation(incoming: Prepared, finding: _Finding) -> Relation:
    """What the incoming copy is to the release: of the two texts it may be the full or the older one."""
    kind, candidate = finding.judgement.kind, finding.candidate
    if kind == "excerpt" and incoming.fingerprint.words > candidate.fingerprint.words:
        return "copy"
    if kind in ("correction", "withdrawal") and _is_earlier(kind, incoming.copy, candidate.copy):
        return "copy"
    if kind == "same":
        return "copy"
    assert kind in get_args(Relation)
    return kind  # type: ignore[return-value]


def _is_earlier(kind: str, incoming: Copy, stored: Copy) -> bool:
    """Whether the incoming copy is the text that was corrected or withdrawn, and only came late."""
    if (kind in incoming.marks) != (kind in stored.marks):
        return kind in stored.marks
    return bool(incoming.published and stored.published and incoming.published < stored.published)


def _evidence(finding: _Finding) -> tuple[Evidence, ...]:
    measured = "; ".join(finding.comparison.lines())
    return finding.judgement.evidence, Evidence("measured", measured)


def _of(relation: Relation, stored: Candidate, *evidence: Evidence, review: tuple[int, ...] = ()) -> Verdict:
    return Verdict(relation, stored.release, stored.copy_id, tuple(evidence), review)
