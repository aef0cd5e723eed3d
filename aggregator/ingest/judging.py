"""The verdict on one text: the operator's, else that of the matching."""

from __future__ import annotations

from dataclasses import replace

from aggregator.codec import Packed
from aggregator.model import SAME_RELEASE, Evidence, Verdict
from aggregator.store import Store

NOTHING_LIKE_IT = Verdict("new", None, None, (Evidence("match.none", "nothing stored is like it"),))


def judge(packed: Packed, store: Store) -> Verdict:
    """The verdict of `matching.decide`, after what the operator decided himself."""
    candidates = store.candidates(packed)
    partners = store.overrules.partners(packed.source, packed.key)
    if not candidates and not partners:
        return NOTHING_LIKE_IT
    own = next((c for c in candidates if (c.copy.source, c.copy.key) == (packed.source, packed.key)), None)
    parted = {release for verdict, _, release in partners if verdict == "never"}
    same = next(((copy, release) for verdict, copy, release in partners if verdict == "same"), None)
    if same is not None and own is None:
        evidence = Evidence("operator.merge", f"merged by hand with copy {same[0]}")
        return Verdict("copy", same[1], same[0], (evidence,), again=tuple({same[1], *parted}))
    from aggregator import matching  # not for a poll without news

    parted.discard(own.release if own else -1)
    others = [c for c in candidates if c.release not in parted]
    verdict = matching.decide(packed.unpack(), others, store.role(packed.source))
    return verdict if own or not parted else _parted(verdict, parted)


def _parted(verdict: Verdict, parted: set[int]) -> Verdict:
    """Which of two copies that are kept apart goes with a release does not depend on who came first."""
    joined = {verdict.release} if verdict.relation in SAME_RELEASE and verdict.release else set()
    return replace(verdict, again=tuple(sorted({*verdict.again, *parted, *joined})))
