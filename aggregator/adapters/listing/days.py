"""Lists by the day: one term or heading says the day for all items below it. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from aggregator.adapters.listing.page import HEADINGS, Dated, Page

_OF_A_DAY = frozenset({*HEADINGS, "dt"})
_LETTERS = 40
"""Letters of a heading that says a day and nothing else."""
_MOST_OWN, _LEAST = 0.5, 0.8
"""Share of the items with dates of their own up to which these give way, and of those with a day above them."""


class _Dated(Protocol):
    block: int
    date: Dated | None
    iso: str


def fill(page: Page, blocks: Sequence[int], items: Sequence[_Dated]) -> None:
    """Give the items the day that stands above them, where more of them have such a one than a date of their own;
    never against the dates that most of them have."""
    above = _above(page, blocks, items)
    own = sum(bool(item.iso) for item in items)
    if sum(day is not None for day in above) <= max(own, _LEAST * len(items)):
        return
    pairs = list(zip(items, above, strict=True))
    agree = all(day is None or not item.iso or item.iso[:10] == day.iso[:10] for item, day in pairs)
    for item, day in pairs:
        if day is not None and (agree or own < _MOST_OWN * len(items)):
            item.date, item.iso = day, day.iso


def _above(page: Page, blocks: Sequence[int], items: Sequence[_Dated]) -> list[Dated | None]:
    """For each item the last heading of a day before it; all None where the list has fewer than two of them."""
    around = max(0, min(page.parent[page.parent[blocks[0]]], page.common(blocks[0], blocks[-1])))
    days = [page.dated[n] for n in page.between(page.dated_at, around, page.end[around])]
    apart = [
        day for day in days if _is_heading(page, blocks, day.at) and not _is_inside(page, blocks, day.at)
    ]
    if len(apart) < 2:
        return [None] * len(items)
    places = [day.at for day in apart]
    return [apart[n] if (n := bisect_right(places, item.block) - 1) >= 0 else None for item in items]


def _is_heading(page: Page, blocks: Sequence[int], i: int) -> bool:
    beside = page.tags[i] in ("p", "div") and page.parent[i] == page.parent[blocks[0]]
    return (beside or page.tags[i] in _OF_A_DAY) and page.letters[i] <= _LETTERS and not page.linked[i]


def _is_inside(page: Page, blocks: Sequence[int], i: int) -> bool:
    place = bisect_right(blocks, i) - 1
    return place >= 0 and page.within(i, blocks[place])
