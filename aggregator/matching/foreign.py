"""What two texts in two languages are to each other: names and numbers have to be kept. Pure."""

from __future__ import annotations

from aggregator.matching.compare import Comparison
from aggregator.matching.judgement import Judgement
from aggregator.matching.signs import NEAR, period_conflict, within


def judge_foreign(c: Comparison) -> Judgement:
    """Two languages: names and numbers have to be kept. Of an update it is the update's translation that says so too."""
    found = _kept(c)
    if found.kind == "translation" and c.renewed:
        return Judgement(
            "update", "differ.update", f"one of them continues an earlier text; {found.why}", 0.6
        )
    return found


def _kept(c: Comparison) -> Judgement:
    a = c.anchors
    # Partners of one deal each name themselves as issuer, in their own languages.
    joint = a is not None and a.names_share >= 0.8 and a.numbers >= 8 and c.days is not None and c.days <= 3
    strangers = c.issuer == "different" and not joint
    if a is None or strangers or not within(c, NEAR) or period_conflict(c):
        return Judgement(
            "different", "different.language", "two languages, and issuer, date or period differ"
        )
    shorter, longer = c.words
    numbers = a.numbers_share if shorter >= 0.5 * longer else a.numbers_kept
    why = f"{a.names} names ({a.names_share:.0%}) and {a.numbers} numbers ({numbers:.0%}) are kept"
    # Six equal numbers are hardly chance; then fewer names have to survive (a language with many loan
    # words keeps fewer of them).
    if shorter >= 40 and a.numbers >= 6 and numbers >= 0.7 and a.names >= 3 and a.names_share >= 0.25:
        return Judgement("translation", "match.translation", why, numbers)
    # A free translation leaves figures out and converts some; what one text says, the other nearly always does.
    free = a.names >= 5 and a.names_share >= 0.8 and a.numbers >= 5 and a.numbers_kept >= 0.7
    if shorter >= 40 and free:
        return Judgement("translation", "match.translation", why, a.numbers_kept)
    plenty = a.numbers >= 3 or (a.numbers >= 1 and a.names >= 6) or (a.names >= 8 and a.names_share >= 0.6)
    if shorter >= 40 and a.names >= 3 and a.names_share >= 0.45 and numbers >= 0.6 and plenty:
        return Judgement("translation", "match.translation", why, min(a.names_share, numbers))
    if shorter >= 40 and a.names_share >= 0.38 and numbers >= 0.5 and a.numbers >= 2 and a.names >= 3:
        return Judgement("review", "review.translation", why)
    return Judgement("different", "different.language", why)
