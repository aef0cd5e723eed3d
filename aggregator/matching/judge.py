"""What two texts are to each other, from their comparison: a ladder, the first rung that holds decides.

Invariants, held by tests:

- The judgement of a pair is the same whichever comes first; only which of the two is the excerpt, the
  correction or the withdrawal depends on their own marks and lengths, never on arrival.
- Nothing here is a single threshold. Shared wording proposes, and what a release is disposes: its
  numbers, dates, names, title, beginning, issuer and day.
- When in doubt the two stay apart and are listed for review: a false merge loses a release.
"""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.matching.compare import Comparison
from aggregator.matching.foreign import judge_foreign
from aggregator.matching.judgement import Judgement
from aggregator.matching.signs import (
    LONG,
    NEAR,
    SHORT,
    again,
    dated_text,
    hollow,
    is_prose,
    menu,
    names_conflict,
    news,
    no_conflict,
    numbers_conflict,
    paraphrase,
    period_conflict,
    same_site_enough,
    scanned_alike,
    titles_agree,
    titles_allow,
    verbatim,
    whole,
    within,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks exactly one of the two texts carries."""

    correction: bool = False
    update: bool = False
    withdrawal: bool = False


def judge(c: Comparison, marks: Marks | None = None) -> Judgement:
    """What the two texts of a comparison are to each other, by their text alone."""
    marks = marks or Marks()
    if not c.alike:
        return Judgement(
            "different", "different.words", "no word groups, quotation, title or address in common"
        )
    if c.foreign:
        return judge_foreign(c)
    if (found := _marked(c, marks)) is not None:
        return found
    for rung in (
        _short,
        _rubbish,
        _identical,
        _added,
        _one_change,
        _series,
        _follow_up,
        _frame,
        _few_numbers,
        _wording,
    ):
        if (found := rung(c)) is not None:
            return found
    return _last(c)


# -- rungs: each returns a judgement or hands on ------------------------------------------------


def _marked(c: Comparison, marks: Marks) -> Judgement | None:
    """A text that says that it corrects, withdraws or renews another one which it closely resembles."""
    if not (marks.correction or marks.update or marks.withdrawal):
        return None
    alike = max(c.jaccard, c.containment, c.covered)
    about = c.title.equal or (c.title.similar >= 0.6 and c.title.words >= 3) or alike >= 0.8
    if period_conflict(c) or c.issuer == "different" or not within(c, NEAR) or not about:
        return None
    share = c.differing if c.numbers_aligned >= 4 else 0.0
    if marks.withdrawal and (c.title.equal or alike >= 0.5):
        return Judgement("withdrawal", "match.withdrawal", _said("is marked as withdrawn", c), 0.9)
    if marks.correction and (alike >= 0.5 or c.title.equal) and share <= 0.25:
        return Judgement("correction", "match.correction", _said("is marked as a correction", c), 0.9)
    if marks.update and (alike >= 0.3 or c.title.equal):
        return Judgement("update", "differ.update", _said("is marked as an update or reminder", c), 0.8)
    return None


def _short(c: Comparison) -> Judgement | None:
    """Too few words to prove anything by themselves."""
    shorter, longer = c.words
    if shorter >= SHORT:
        return None
    if longer < SHORT:
        return _both_short(c)
    same_start = c.title.equal or (c.title.similar >= 0.7 and c.title.words >= 3)
    enough = 20 if not same_start else 8
    kept = max(c.covered, c.containment)
    told = c.quotes >= 1 or c.numbers_fewer >= 3 or (c.longest >= 35 and is_prose(c))
    cut_out = shorter >= 30 and kept >= 0.95 and told
    in_lead = c.lead_place <= 0.35 or same_start or cut_out
    if (
        shorter >= enough
        and kept >= (0.7 if same_start or c.misspelt else 0.85)
        and in_lead
        and no_conflict(c)
        and within(c, NEAR)
        and c.issuer != "different"
    ):
        why = f"{kept:.0%} of its {shorter} words stand in the full text"
        return Judgement("excerpt", "match.excerpt", why, kept)
    if kept >= 0.6 and same_start:
        return Judgement(
            "review", "review.short", f"only {shorter} words to compare, {kept:.0%} of them shared"
        )
    if paraphrase(c):
        return Judgement("review", "review.paraphrase", "other words, but the same names and numbers")
    return Judgement("different", "different.short", f"{shorter} words are too few to prove a match")


def _both_short(c: Comparison) -> Judgement:
    """Two teasers or notes: one only with the same headline, on the same days, and with particulars.

    "Further information follows", "page not found": equal words that many firms and pages show.
    """
    shorter, longer = c.words
    nearly = c.identical or (shorter >= 20 and c.covered >= 0.9 and c.lead_place <= 0.1 and no_conflict(c))
    why = f"{shorter} and {longer} words, {c.covered:.0%} of them shared"
    if c.prose < 0.12:
        return Judgement("different", "different.prose", f"{c.prose:.0%} function words are no prose")
    if c.issuer == "different" or not nearly or c.title.similar < 0.8:
        return Judgement("different", "different.short", f"{why}: too few to prove a match")
    particular = c.numbers_fewer >= 1 and c.title.words >= 3 and shorter >= (12 if c.same_site else 20)
    told = (c.issuer == "equal" and c.title.words >= 2 and c.sentences >= 1) or particular
    if c.title.equal and told and within(c, 3.0) and not period_conflict(c):
        return Judgement("same", "match.short", f"{why}, with title and day, issuer {c.issuer}", 0.9)
    return Judgement("review", "review.short", f"{why}, but issuer, title or day do not prove it")


def _rubbish(c: Comparison) -> Judgement | None:
    """Menus, error pages, consent walls and raw bytes resemble each other and mean nothing.

    A release has sentences, and it has particulars: a number, a quotation, or at least a headline.
    """
    headed = c.title.equal and c.title.words >= 4 and c.prose >= 0.12
    if headed or c.numbers_aligned >= 8:
        return None
    if not is_prose(c):
        return Judgement(
            "different", "different.prose", f"{c.sentences} sentences in {c.words[0]} words are no prose"
        )
    particular = c.numbers_fewer or c.quotes or titles_agree(c) or scanned_alike(c) or whole(c)
    if not particular and c.covered >= 0.35:
        return Judgement(
            "review", "review.particulars", "the shared wording holds no number, quotation or headline"
        )
    return None


def _identical(c: Comparison) -> Judgement | None:
    if not c.identical or c.words[0] < SHORT:
        return None
    if c.title.periods and (c.title.masked_equal or not within(c, 5.0)):
        return _series_of(f"titles name two periods: {', '.join(c.title.periods)}")
    if not within(c, NEAR) and not dated_text(c) and c.words[0] < LONG:
        return Judgement(
            "review", "review.evergreen", f"the same {c.words[0]} words again after {c.days:.0f} days"
        )
    return Judgement("same", "match.body", f"the same {c.words[0]} words in the same order", 1.0)


def _added(c: Comparison) -> Judgement | None:
    """An earlier text with a paragraph that says that it was added: "Update, 4 June: …"."""
    if not c.added or max(c.covered, c.containment) < 0.5 or period_conflict(c) or numbers_conflict(c):
        return None
    return Judgement("update", "differ.update", _said("has a paragraph that was added later", c), 0.7)


def _one_change(c: Comparison) -> Judgement | None:
    """One figure differs, in one place or throughout, in a text that is word for word the same: it was mended.

    A sibling of a template differs in more than one thing; another day or another name is another occasion, but in a
    long text.
    """
    if not verbatim(c) or not c.numbers_changed or c.issuer == "different" or not within(c, 10.0):
        return None
    few = c.numbers_changed == 1 or c.numbers_changed <= 0.04 * c.numbers_aligned
    if not few or (c.dates_differ and c.words[0] < 300):
        return None
    why = f"of {c.numbers_aligned} corresponding numbers one was changed: {' / '.join(c.number_pairs[0])}"
    mended = c.jaccard >= 0.85 and c.covered_longer >= 0.95 and not c.misspelt
    return Judgement("correction" if mended else "same", "match.numbers", why, 0.7)


def _series(c: Comparison) -> Judgement | None:
    """Siblings of a template: the wording is shared, and what the wording is about is not."""
    if max(c.jaccard, c.containment, c.covered) < 0.2:
        return None
    if period_conflict(c):
        return _series_of(f"titles name two periods: {', '.join(c.title.periods)}")
    if c.securities == "different" and c.differing > 0:
        return _series_of("they are about different securities")
    if names_conflict(c):
        pairs = ", ".join(f"{a} / {b}" for a, b, _ in c.swaps[:3])
        return _series_of(f"names take each other's place: {pairs}")
    if numbers_conflict(c):
        return _series_of(f"{c.contradicting} of {c.numbers_aligned} corresponding numbers differ")
    return None


def _follow_up(c: Comparison) -> Judgement | None:
    """A text that says so, or that sets a new beginning before an earlier one: it continues that one."""
    whole = c.covered >= 0.6
    if c.follow_up and whole and c.lead_place >= 0.12:
        return Judgement("update", "differ.update", _said("continues the earlier text", c), 0.8)
    another_day = c.same_site and c.dates_differ and c.days is not None and c.days >= 2
    if another_day and not c.title.equal and max(c.covered, c.containment) >= 0.5 and c.numbers_changed <= 3:
        return Judgement("update", "differ.update", _said("names another day, on another day", c), 0.6)
    new_start = c.lead_place >= 0.3 and whole and c.words[1] - c.words[0] >= 60
    if new_start and c.same_site and not c.title.equal and c.title.similar < 0.8:
        return Judgement(
            "update", "differ.update", _said("puts a new beginning before the earlier text", c), 0.6
        )
    return None


def _frame(c: Comparison) -> Judgement | None:
    """Only beginning and end are shared: a page's furniture or an "About" text."""
    shorter, longer, shared = c.middle
    why = f"only beginning and end are shared; of the {shorter} and {longer} words between, {shared:.0%}"
    if hollow(c) or menu(c) or (c.frame_only and not c.title.equal):
        return Judgement("different", "different.frame", why)
    return None


def _few_numbers(c: Comparison) -> Judgement | None:
    """One or two numbers differ in texts that are otherwise one: a correction, where one place says so."""
    if not c.contradicting or max(c.jaccard, c.containment) < 0.35:
        return None
    pairs = ", ".join(f"{a} / {b}" for a, b in c.number_pairs[:3])
    why = f"{c.contradicting} of {c.numbers_aligned} corresponding numbers differ: {pairs}"
    agree, near = titles_allow(c), c.jaccard >= 0.8
    if near and agree and _corrected(c):
        return Judgement("correction", "match.numbers", why, 0.7)
    # An edited reprint rounds, miscounts or adds a number of its own: there the wording decides.
    edited = c.jaccard < 0.8 and c.differing <= 0.15 and c.numbers_kept >= 0.7 and (agree or c.longest >= 25)
    slip = c.contradicting == 1 and not c.dates_differ and c.numbers_aligned >= 5
    # The same day, or no day known and nothing else changed: what stands between is a typing error.
    at_once = c.days <= 3 if c.days is not None else c.numbers_aligned >= 8 and c.jaccard >= 0.9
    typing_error = near and slip and agree and at_once
    if edited or typing_error:
        return None
    return Judgement("review", "review.numbers", why)


def _corrected(c: Comparison) -> bool:
    """One or two numbers differ in a text that one place issued anew within days.

    Another day is the mark of a series, unless it is the only thing that changed, at once.
    """
    one_place = c.same_site or (c.issuer == "equal" and c.numbers_aligned >= 8)
    if c.dates_differ and not (c.contradicting == 1 and c.numbers_aligned >= 8 and within(c, 3.0)):
        return False
    return one_place and c.contradicting <= 2 and c.differing < 0.2 and within(c, 10.0)


def _wording(c: Comparison) -> Judgement | None:
    """Enough of the wording is shared for one text to be made from the other."""
    contained = max(c.containment, c.covered)
    if not (c.jaccard >= 0.35 or (contained >= 0.5 and c.narrative >= 0.4)):
        return None
    if (doubt := _doubt(c, contained)) is not None:
        return Judgement("review", *doubt)
    return _copy_or_excerpt(c, contained)


def _doubt(c: Comparison, contained: float) -> tuple[str, str] | None:
    """What speaks against a copy although the wording is shared: rule and reason."""
    agree, much = titles_agree(c), f"{contained:.0%} shared"
    facts_kept = c.quotes >= 1 and c.numbers_fewer >= 6 and c.numbers_kept >= 0.9
    if (
        not agree
        and not facts_kept
        and (c.head < 0.2 or (c.lead < 0.15 and contained < 0.6 and c.lead_place > 0))
    ):
        return "review.tail", f"{much}, but only after the beginnings"
    # A box in front of a text is no digest of several; of one of these, hardly a quarter is any one text.
    digest = 0.25 if c.covered >= 0.97 and not c.contradicting else 0.4
    if not agree and c.lead_place >= 0.3 and c.covered_longer < digest and c.issuer != "equal":
        return "review.digest", f"{much}, deep inside a longer text"
    facts = c.numbers_fewer >= 4 and c.numbers_kept >= 0.8 and c.lead >= 0.35
    if c.issuer == "different" and contained < 0.75 and not facts:
        return "review.issuer", f"{much}, but two issuers"
    if not within(c, NEAR) and not (contained >= 0.8 and dated_text(c)) and not again(c):
        return "review.evergreen", f"{much}, but {c.days:.0f} days apart"
    if news(c):
        return (
            "review.news",
            f"{much}, but each says {c.numbers_own} numbers and more that the other does not",
        )
    few_kept = c.numbers_fewer >= 3 and c.numbers_kept <= 0.5
    if c.same_site and not same_site_enough(c):
        return "review.site", f"{much} within one site, and the titles differ"
    if (c.numbers_fewer >= 5 and c.numbers_kept < 0.5 and contained < 0.9) or (few_kept and contained < 0.7):
        return "review.numbers", f"{much}, but only {c.numbers_kept:.0%} of the numbers"
    return None


def _last(c: Comparison) -> Judgement:
    """Little wording is shared: quotations, numbers, names and title have to agree."""
    contained = max(c.containment, c.covered)
    kept = c.numbers_kept if c.numbers_fewer >= 3 else 0.0
    signs = [
        c.longest >= 12,
        c.quotes >= 1,
        kept >= 0.8,
        titles_agree(c),
        c.lead >= 0.35,
        c.narrative >= 0.25,
        c.anchors is not None and c.anchors.names_share >= 0.6 and c.anchors.names >= 5,
        c.issuer == "equal",
    ]
    apart = c.same_site or c.issuer == "different" or not within(c, NEAR) or news(c)
    equal_facts = c.numbers_aligned >= 6 and not c.contradicting and c.numbers_kept >= 0.7
    if not apart and equal_facts and c.covered >= 0.35 and c.narrative >= 0.3:
        why = f"{c.covered:.0%} of the wording, and {c.numbers_aligned} corresponding numbers, all equal"
        return Judgement("same", "match.evidence", why, contained)
    possible = c.narrative >= 0.15 and not apart
    begun = c.lead >= 0.3 or kept >= 0.9
    if possible and begun and contained >= 0.2 and sum(signs) >= 5 and not c.swaps and c.contradicting <= 1:
        why = f"{contained:.0%} of the wording, a run of {c.longest} words, {kept:.0%} of the numbers"
        return Judgement("same", "match.evidence", why, contained)
    if paraphrase(c):
        return Judgement("review", "review.paraphrase", "other words, but the same names and numbers")
    if sum(signs) >= 4 and contained >= 0.15 and not c.frame_only:
        return Judgement("review", "review.evidence", f"{contained:.0%} of the wording is shared")
    return Judgement(
        "different", "different.words", f"{c.groups[0]} of {min(c.groups[1:])} word groups shared"
    )


def _copy_or_excerpt(c: Comparison, contained: float) -> Judgement:
    shorter, longer = c.words
    shared, one, two = c.groups
    why = f"{shared} of {min(one, two)} word groups shared ({c.containment:.0%}; of all {c.jaccard:.0%})"
    if c.numbers_aligned:
        why += f", {c.numbers_aligned - c.numbers_differ} of {c.numbers_aligned} corresponding numbers equal"
    cut = c.covered >= 0.9 and shorter < 120 and longer >= 1.3 * shorter and c.lead_place <= 0.35
    if cut:
        return Judgement("excerpt", "match.excerpt", why, contained)
    return Judgement("same", "match.body", why, contained)


def _series_of(why: str) -> Judgement:
    return Judgement("series", "veto.series", why)


def _said(what: str, c: Comparison) -> str:
    return f"one of them {what}; {max(c.containment, c.covered):.0%} of the wording is shared"
