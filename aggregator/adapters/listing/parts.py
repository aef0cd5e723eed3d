"""Parts of a page: what they are called by headings that name a year or a month, and by the tabs that open them. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aggregator.adapters.listing import when
from aggregator.adapters.listing.texts import text_of
from aggregator.months import months

if TYPE_CHECKING:
    from aggregator.adapters.listing.page import Page

_LONGEST = 24
"""Letters of what names a period and nothing else."""
_BESIDE = 3
"""Elements between two periods that stand in a row."""


def periods(page: Page) -> tuple[list[int], list[when.Period]]:
    """Headings and tabs that name a year, a month, or a month below a year: their numbers, and what they name."""
    at: list[int] = []
    said: list[when.Period] = []
    year = 0
    for i, tag in enumerate(page.tags):
        if (
            not 3 <= page.letters[i] <= _LONGEST
            or page.silent[i]
            or page.zone[i]
            or tag in ("time", "option")
        ):
            continue
        heading = page.is_heading(i)
        if (page.wraps[i] and not heading) or not (page.digits[i] or heading) or page.leads_away(i):
            continue
        found = when.period(page.text(i))
        year = found.year if found and heading else year
        if found is None and heading and year and not page.digits[i]:
            month = months().get(page.text(i).strip(" :–-").lower())
            found = when.Period(year, month) if month else None
        if found and not (at and page.within(i, at[-1])):
            at.append(i)
            said.append(found)
    # Periods in a row are tabs: none of them stands above anything. A year may stand right above its first month.
    rows = {
        n
        for n, (a, b) in enumerate(pairwise(at))
        if b - page.end[a] <= _BESIDE and not (said[n].year == said[n + 1].year and not said[n].month)
    }
    kept = [n for n in range(len(at)) if n not in rows and n - 1 not in rows]
    return [at[n] for n in kept], [said[n] for n in kept]


def tabs(page: Page) -> dict[str, str]:
    """What the tabs of a page are called, by the id of the part that each opens."""
    found: dict[str, str] = {}
    for element in page.root.iter("a", "button", "li", "div", "span"):
        href = (element.get("href") or "")[:200]
        is_tab = element.get("role") == "tab" or "tab" in (
            element.get("data-toggle"), element.get("data-bs-toggle"),
        )  # fmt: skip
        opens = element.get("aria-controls") or (href[1:] if is_tab and href.startswith("#") else "")
        if is_tab and opens:
            found.setdefault(opens, text_of(element, 120))
    return found


def called(page: Page, i: int) -> str:
    """What the tab of a part, or the part itself, says that it is; empty where nothing does."""
    element = page.elements[i]
    return page.tabs.get(element.get("id") or "", "") or (element.get("aria-label") or "")[:120]
