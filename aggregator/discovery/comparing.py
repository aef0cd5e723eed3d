"""Whether two ways to read an address give the same releases: by their addresses and headlines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aggregator.discovery.candidate import Candidate
from aggregator.model import Draft
from aggregator.reading.dates import parse_date
from aggregator.text import canonical_url, fold

SURE = 0.5
"""Score from which a list is taken for one of press releases."""

COVERED, COMPARED = 0.6, 10
"""Share of the newest releases of the page's list that another way has to give, and of its own that the
page has to show; how many are compared."""


def judged(candidate: Candidate, shown: Candidate | None) -> tuple[bool, str]:
    """Whether a way gives what the page shows and little else, and the reason in words."""
    if not candidate.items:
        return False, "there is nothing in it"
    if shown is None:
        return candidate.score >= SURE, "the page itself shows no list to compare it with"
    share, of = coverage(candidate.items, shown.items)
    what = f"{share} of the {of} newest releases of the page are in it"
    if share < COVERED * of:
        return False, what
    own, count = coverage(shown.items, _as_new(candidate.items, shown.items))
    if own < COVERED * count:
        return False, f"{what}, but only {own} of its own {count} newest are on the page"
    return True, what


def _as_new(items: Sequence[Draft], shown: Sequence[Draft]) -> Sequence[Draft]:
    """Those that are as new as what the page shows: older ones may well have left it."""
    days = [d.published[:10] for d in shown if d.published]
    if len(days) < len(shown):
        return items[: len(shown)]
    return [d for d in items if _day(d.published) >= min(days)]


def _day(published: str) -> str:
    """The day of a date as it was written, as ``YYYY-MM-DD``; empty where it is none."""
    found = parse_date(published)
    return found.value.date().isoformat() if found else ""


def coverage(given: Iterable[Draft], shown: Sequence[Draft]) -> tuple[int, int]:
    """How many of the newest releases of a list another one gives too, and of how many: by address or headline."""
    addresses, titles = set[str](), set[str]()
    for draft in given:
        addresses.add(canonical_url(draft.url))
        titles.add(fold(draft.title))
    newest = shown[:COMPARED]
    found = [d for d in newest if canonical_url(d.url) in addresses - {""} or fold(d.title) in titles - {""}]
    return len(found), len(newest)


def holds(found: Candidate, few: Candidate) -> bool:
    """Whether a list gives what a shorter one does, and more."""
    share, of = coverage(found.items, few.items)
    return len(found.items) > len(few.items) and share >= COVERED * of
