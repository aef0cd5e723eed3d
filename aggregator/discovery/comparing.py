"""Whether two ways to read an address give the same releases: by their addresses and headlines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aggregator.discovery.candidate import SURE, Candidate
from aggregator.model import Draft
from aggregator.reading.dates import parse_date
from aggregator.text import canonical_url, fold

COVERED, COMPARED = 0.6, 10
"""Share of the newest releases of the page's list that another way has to give, and of its own that the
page has to show; how many are compared."""

DATED = 0.5
"""Share of the releases that need a date in a way, where they have one on the page."""


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
    dated, visible = _dated(candidate.items), _dated(shown.items)
    if dated < DATED <= visible:
        return False, f"{what}, but {dated:.0%} of them have a date there and {visible:.0%} on the page"
    own, count = coverage(shown.items, _as_new(candidate.items, shown.items))
    if own < COVERED * count:
        return False, f"{what}, but only {own} of its own {count} newest are on the page"
    return True, what


def _dated(items: Sequence[Draft]) -> float:
    return sum(bool(d.published) for d in items) / max(1, len(items))


def missing(given: Iterable[Draft], shown: Sequence[Draft]) -> list[Draft]:
    """The releases of a page that another way does not give, by address and headline."""
    addresses, titles = _known(given)
    return [d for d in shown if canonical_url(d.url) not in addresses and fold(d.title) not in titles]


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
    newest = shown[:COMPARED]
    return len(newest) - len(missing(given, newest)), len(newest)


def _known(given: Iterable[Draft]) -> tuple[set[str], set[str]]:
    addresses, titles = set[str](), set[str]()
    for draft in given:
        addresses.add(canonical_url(draft.url))
        titles.add(fold(draft.title))
    return addresses - {""}, titles - {""}


def holds(found: Candidate, few: Candidate) -> bool:
    """Whether a list gives what a shorter one does, and more."""
    share, of = coverage(found.items, few.items)
    return len(found.items) > len(few.items) and share >= COVERED * of
