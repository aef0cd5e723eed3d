"""What a comparison shows, one question each: do headlines agree, do names or numbers contradict?"""

from __future__ import annotations

from aggregator.matching.compare import Comparison

SHORT = 60
"""Words below which a body alone never proves anything."""
LONG = 120
"""Words from which prose that is kept whole needs no figure to tell whose it is: no notice is as long."""
PROSE = 0.15
"""Share of function words below which words are no prose: it has a third and more of them."""
PARAPHRASE = 30
"""... and below which it cannot be told that a text says the same in other words."""
NEAR = 45.0
"""Days within which a release is reprinted."""
LATE = 150.0
"""Days up to which a nearly untouched text with its own dates and numbers is still a late reprint."""


def within(c: Comparison, days: float) -> bool:
    return c.days is None or c.days <= days


def is_prose(c: Comparison) -> bool:
    """Whether both texts have sentences, as a release has; menus, raw bytes and link lists have none."""
    return c.prose >= 0.12 and (c.sentences >= 3 or c.sentences * 90 >= c.words[0])


def whole(c: Comparison) -> bool:
    """Whether a long text stands in another from its beginning on, wherever the other goes on. Its length is counted
    in different word groups, since a notice says the same over and over."""
    own = c.groups[1]
    kept = (own >= 90 and c.covered >= 0.85) or (own >= 150 and c.longest >= 60)
    return kept and c.lead >= 0.7 and c.shared_prose >= PROSE


def verbatim(c: Comparison) -> bool:
    """Whether one text is nothing but the other, or a part of it, with a word changed here and there."""
    same = c.covered >= 0.95 and c.containment >= 0.85 and (c.jaccard >= 0.85 or c.words[0] >= LONG)
    return same and c.words[0] >= 70 and not c.swaps and not c.title.periods


def again(c: Comparison) -> bool:
    """Whether a long text is published once more, long after, and nothing in it was changed."""
    if c.words[0] < LONG or c.contradicting or c.swaps or c.title.periods or c.lead < 0.7:
        return False
    kept = max(c.jaccard, c.containment, c.covered)
    facts = c.numbers_aligned >= 6 and c.numbers_kept >= 0.7
    return (kept >= 0.9 and within(c, 400.0)) or (kept >= 0.7 and facts and within(c, LATE))


def menu(c: Comparison) -> bool:
    """Whether what two texts share is a menu and no prose."""
    return (
        c.shared_prose < PROSE and 0.2 <= c.covered < 0.95 and c.words[0] >= SHORT and c.numbers_aligned < 6
    )


def hollow(c: Comparison) -> bool:
    """Whether two texts begin and end alike and have nothing in common between, even under one headline, which may be
    the first line of a menu. An editor who rewrites the middle keeps a few of its words."""
    shorter, longer, shared = c.middle
    apart = min(shorter, longer) >= 75 and shared < 0.05
    return apart and (c.shared_prose < 0.25 or (c.numbers_aligned < 10 and c.middle_numbers < 0.5))


def scanned_alike(c: Comparison) -> bool:
    """Whether two texts are one from the beginning on, although misread: what pages share besides is spelt alike."""
    return c.misspelt and c.lead >= 0.5 and c.lead_place <= 0.2


def titles_agree(c: Comparison) -> bool:
    """Whether the headlines speak of one thing; one word ("News", "Datenschutz") speaks of nothing."""
    if c.title.equal:
        return c.title.words >= 2
    return c.title.similar >= 0.5 and c.title.words >= 3


def titles_allow(c: Comparison) -> bool:
    """... or one text has no headline that could contradict, and the wording is nearly the same."""
    return titles_agree(c) or (c.title.missing and c.jaccard >= 0.8)


def period_conflict(c: Comparison) -> bool:
    """Titles of one template that name two members; in freely worded titles the body must differ too."""
    if not c.title.periods:
        return False
    return c.title.masked_equal or c.title.jaccard >= 0.5 or c.numbers_differ >= 2


def names_conflict(c: Comparison) -> bool:
    """A name replaced throughout, or several names replaced, in texts that otherwise agree.

    One replaced word in one place is an editor's: "Konzern" for "Unternehmen".
    """
    throughout = any(n >= 2 for _, _, n in c.swaps)
    full = sum(" " in a and " " in b for a, b, _ in c.swaps)
    if c.jaccard >= 0.8:  # nothing else was edited: whatever changed is what it is about
        return throughout or full >= 1 or len(c.swaps) >= 2
    if c.jaccard >= 0.5 or c.covered >= 0.75:
        return throughout or full >= 2
    return (throughout and sum(n for _, _, n in c.swaps) >= 3) or full >= 3


def numbers_conflict(c: Comparison) -> bool:
    differ = c.contradicting
    if differ >= 3 and c.differing >= 0.1:
        return True
    if differ >= 2 and (c.differing >= 0.25 or (c.dates_differ and c.differing >= 0.1)):
        return True
    return differ >= 1 and c.dates_differ == differ and c.differing >= 0.3


def no_conflict(c: Comparison) -> bool:
    return not (period_conflict(c) or names_conflict(c) or c.contradicting >= 2)


def dated_text(c: Comparison) -> bool:
    """Whether the text itself fixes its day or its facts: another instance could not say the same."""
    facts = c.dates_shared >= 1 or (c.numbers_fewer >= 5 and titles_agree(c))
    return facts and c.contradicting == 0 and c.numbers_kept >= 0.8 and within(c, LATE)


def same_site_enough(c: Comparison) -> bool:
    if c.title.equal:
        return True
    contained = max(c.containment, c.covered)
    facts = c.numbers_aligned >= 6 and not c.contradicting and c.days is not None and c.days <= 3
    return c.jaccard >= 0.8 or (contained >= 0.8 and c.title.similar >= 0.5) or (contained >= 0.9 and facts)


def news(c: Comparison) -> bool:
    """Whether each text has facts of its own: the next day's story repeats the background and tells other numbers,
    and an editor who rewrites a lead has none to tell."""
    if c.numbers_own >= 15 and c.covered < 0.5:
        return True
    own = c.numbers_own >= (6 if c.misspelt else 3)
    return own and c.numbers_kept < 0.85 and c.covered < 0.7 and c.lead < 0.7


def paraphrase(c: Comparison) -> bool:
    a = c.anchors
    if a is None or not within(c, NEAR) or min(c.words) < PARAPHRASE:
        return False
    return a.names_share >= 0.45 and a.names >= 5 and a.numbers >= 2 and a.numbers_kept >= 0.8
