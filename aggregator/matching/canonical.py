"""Which copy of a release its readers are shown."""

from __future__ import annotations

from datetime import UTC, datetime

from aggregator.model import Copy, SourceRole

_FAR = datetime.max.replace(tzinfo=UTC)
_TRANSLATED = frozenset({"translation", "machine_translation"})


def canonical_rank(
    copy: Copy, role: SourceRole, issuer_domain_match: bool, completeness: int
) -> tuple[int, int, int, float, str, str]:
    """Sort key, the smallest is canonical.

    The issuer's own site, then a wire, then an outlet that names its source, then an outlet;
    originals before translations and these before machine translations; the most complete (words of
    the body, in steps of a tenth so that one added caption decides nothing); the earliest.
    """
    if role == "issuer" or issuer_domain_match:
        place = 0
    elif role == "wire":
        place = 1
    else:
        place = 2 if copy.source_line or copy.declared_issuer else 3
    translated = 2 if "machine_translation" in copy.marks else int(not _TRANSLATED.isdisjoint(copy.marks))
    published = (copy.published or _FAR).timestamp()
    return place, translated, -_step(completeness), published, copy.source, copy.key


def _step(words: int) -> int:
    """Tenths on a logarithmic scale: 300 and 310 words are equally complete, 200 and 300 are not."""
    step = 0
    while words > 10:
        words = words * 9 // 10
        step += 1
    return step
