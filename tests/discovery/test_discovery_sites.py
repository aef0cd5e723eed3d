"""The invented newsrooms of the kit: what is found on the page of the list, and on the pages that lead there."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from sites import catalogue
from sites.kit import Moved, Running, Site, answer
from sites.score import Found, score

from aggregator.discovery import lists, newsrooms
from aggregator.model import Document, Source

ELSEWHERE = {"jsonld_list", "next_state", "nuxt_state", "state_40", "wp_rest", "news_sitemap"}
"""Sites whose releases, or their dates, are not in the markup of the page: other readers' business."""

NAMES = [s.name for s in catalogue.tuned() if s.name not in ELSEWHERE]


def fetched(site: Site, path: str) -> tuple[Running, Document]:
    running = Running(site, 8000, 8001)
    got = answer(site.pages, path)
    while isinstance(got, Moved):
        path, got = got.to, answer(site.pages, got.to)
    assert got is not None
    assert not callable(got)
    return running, Document(url=running.url(path), content=running.fill(got[0]), fetched_at=site.now)


def source(site: Site, document: Document) -> Source:
    return Source(id="kit", adapter="newsroom", url=document.url, timezone=site.zone)


def found(site: Site, document: Document) -> list[Found]:
    best = lists.find(document, source(site, document))

    def day(text: str) -> date | datetime | None:
        return None if not text else datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

    return [(i.url, i.title, day(i.published)) for i in (best[0].items if best else ())]


@pytest.mark.parametrize("name", NAMES)
def test_every_release_of_the_list_is_found(name: str) -> None:
    """Right address, title and day of each, and nothing that is no release."""
    site = catalogue.site(name)
    running, document = fetched(site, site.list_path)
    result = score(running, found(site, document))
    assert result.perfect, f"{result}\n{result.missing}\n{result.wrong}\n{result.titles}\n{result.dates}"


@pytest.mark.parametrize("name", ["home_de", "hub", "article_entry"])
def test_the_newsroom_is_named_by_the_page_before_it(name: str) -> None:
    """A home page, a hub and a release lead to the list: it is the first address that is given."""
    site = catalogue.site(name)
    _, document = fetched(site, site.entry)
    leads = newsrooms.links(document, source(site, document))
    assert site.listing in [urlsplit(url).path for url, _, _ in leads[:2]]
