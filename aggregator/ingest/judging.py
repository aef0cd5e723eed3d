"""The verdict on one text: the operator's, else that of the matching."""

from __future__ import annotations

from aggregator.codec import Packed
from aggregator.model import Evidence, Verdict
from aggregator.store import Store

NOTHING_LIKE_IT = Verdict("new", None, None, (Evidence("match.none", "nothing stored is like it"),))


def judge(packed: Packed, store: Store) -> Verdict:
    """The verdict of `matching.decide`, after what the operator decided himself."""
    candidates = store.candidates(packed)
    if not candidates:
        return NOTHING_LIKE_IT
    overruled = store.overrules.of(packed.source, packed.key)
    same = next((c for c in candidates if overruled.get((c.copy.source, c.copy.key)) == "same"), None)
    own = next((c for c in candidates if (c.copy.source, c.copy.key) == (packed.source, packed.key)), None)
    if same is not None and own is None:
        evidence = Evidence("operator.merge", f"merged by hand with copy {same.copy_id}")
        return Verdict("copy", same.release, same.copy_id, (evidence,))
    from aggregator import matching  # not for a poll without news

    parted = {c.release for c in candidates if overruled.get((c.copy.source, c.copy.key)) == "never"}
    parted.discard(own.release if own else -1)
    return matching.decide(packed.unpack(), [c for c in candidates if c.release not in parted])
