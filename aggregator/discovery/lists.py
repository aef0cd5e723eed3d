"""The list of releases on a page, found without any selector, as candidates of the `newsroom` adapter."""

from __future__ import annotations

from collections import Counter

from aggregator.adapters.listing import find as listing
from aggregator.adapters.listing import paths
from aggregator.adapters.listing.page import Page
from aggregator.discovery.candidate import Candidate
from aggregator.errors import ReadError
from aggregator.model import Document, Source


def find(document: Document, source: Source) -> list[Candidate]:
    """The lists of a page that may be its press releases, best first, at most three; empty for no page.

    `items` are those that the default filter and the source's `allow` and `skip` leave; `evidence` says how many
    it left out, and for which fields of the recipe only one locator could be had.
    """
    try:
        page = Page(document, source)
    except ReadError:
        return []
    return in_page(page)


def in_page(page: Page) -> list[Candidate]:
    """The same of a page that is taken apart already."""
    return [made for found in listing.lists(page) if (made := _candidate(page, found)).items]


def _candidate(page: Page, found: listing.Found) -> Candidate:
    out = paths.left_out([i.url for i in found.items], page.source, page.document.url)
    kept = [i for i in found.items if i.url not in out]
    told = [f"{count} of its items are left out: {why}" for why, count in Counter(out.values()).items()]
    return Candidate(
        adapter="newsroom",
        url=page.document.url,
        recipe=found.recipe,
        items=tuple(kept),
        next_url=found.next_url,
        score=round(found.score, 3),
        evidence=(*found.evidence, *told),
        title=found.title,
        language=page.language,
    )
