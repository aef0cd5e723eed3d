"""The list of releases on a page is found without any selector, and its recipe gives it again."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from discovery_pages import FOOTER, NOW, Sample, all_pages, page

from aggregator.adapters import recipes
from aggregator.adapters.listing.page import Page
from aggregator.discovery import Candidate, lists
from aggregator.model import Document, Draft, Source

SAMPLES = all_pages()


def document(html: str, url: str) -> Document:
    return Document(url=url, content=html.encode(), fetched_at=NOW, media_type="text/html")


def source(url: str) -> Source:
    return Source(id="kestrel", adapter="newsroom", url=url)


@cache
def best_of(name: str) -> Candidate:
    """The best list of a sample; found once."""
    sample = SAMPLES[name]
    return lists.find(document(sample.html, sample.url), source(sample.url))[0]


def told(items: tuple[Draft, ...] | list[Draft]) -> list[tuple[str, str, str]]:
    return [(i.url, i.title, i.published[:10]) for i in items]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_best_list_is_the_press_list(name: str) -> None:
    """Address, title and day of every release, in the order of the page, and nothing else."""
    sample = SAMPLES[name]
    best = best_of(name)
    assert told(best.items) == list(sample.items)
    assert best.score > 0.8
    assert best.next_url == sample.next_url


@pytest.mark.parametrize("name", SAMPLES)
def test_the_recipe_gives_the_same_again(name: str) -> None:
    """What is pinned is carried out by the recipe alone, without the detector."""
    sample = SAMPLES[name]
    held = document(sample.html, sample.url)
    best = best_of(name)
    assert best.recipe is not None
    applied = recipes.apply(best.recipe, Page(held, source(sample.url)))
    assert applied.items == list(best.items)
    assert applied.failed == []


@pytest.mark.parametrize("name", SAMPLES)
def test_recipes_have_no_names_of_machines(name: str) -> None:
    """No hash of a build tool and no position in a chain stands in a selector."""
    recipe = best_of(name).recipe
    assert recipe is not None
    written = " ".join(
        x for f in ("items", "url", "title", "published", "deck", "next") for x in getattr(recipe, f)
    )
    assert not re.search(r"nth-|sc-1a2b3c|css-9xyz|__[A-Za-z]*\d|post-9\d\d", written)


NAMED = [
    n
    for n in SAMPLES
    if n not in ("query_only", "definitions", "table", "several_lists", "flat", "date_before", "years")
]


@pytest.mark.parametrize("name", NAMED)
def test_one_locator_of_a_field_may_break(name: str) -> None:
    """After a redesign of every class name the locators of structure still give each release, and it is told."""
    sample = SAMPLES[name]
    best = best_of(name)
    assert best.recipe is not None
    renamed = re.sub(r'class="([^"]+)"', 'class="other"', sample.html)
    applied = recipes.apply(best.recipe, Page(document(renamed, sample.url), source(sample.url)))
    assert [i.url for i in applied.items] == [url for url, _, _ in sample.items]
    assert [i.title for i in applied.items] == [title for _, title, _ in sample.items]


def test_what_a_page_without_releases_gives() -> None:
    """A page of prose, menus and events is no list of releases."""
    html = page(
        "<h1>Our history</h1>" + "<p>The company was founded in a shed by two sisters.</p>" * 30,
        title="History",
    )
    url = "https://www.kestrel-pumps.example/history"
    assert [c for c in lists.find(document(html, url), source(url)) if c.score > 0.5] == []


def test_a_list_of_one_needs_clear_signs() -> None:
    """One dated release under the heading of a newsroom is a list; one dated event is none."""
    card = '<div class="pm"><h3><a href="{}">{}</a></h3><span>18.05.2026</span></div>'
    url = "https://www.kestrel-pumps.example/presse/pressemitteilungen"
    press = page(
        "<h1>Pressemitteilungen</h1>"
        + card.format("/presse/neues-werk-in-nordhafen", "Neues Werk in Nordhafen")
    )
    found = lists.find(document(press, url), source(url))
    assert told(found[0].items) == [
        (
            "https://www.kestrel-pumps.example/presse/neues-werk-in-nordhafen",
            "Neues Werk in Nordhafen",
            "2026-05-18",
        )
    ]
    event = page(
        "<h1>Termine</h1>" + card.format("/termine/tag-der-offenen-tuer", "Tag der offenen Tür im Werk"),
        title="x",
    )
    url = "https://www.kestrel-pumps.example/termine"
    assert all(c.score < found[0].score for c in lists.find(document(event, url), source(url)))


def test_an_event_of_tomorrow_is_no_release() -> None:
    """Dates in the future speak against a list, whatever else it shows."""
    html = f"<html><body>{FOOTER.replace('footer', 'section')}</body></html>"
    url = "https://www.kestrel-pumps.example/"
    assert [c for c in lists.find(document(html, url), source(url)) if c.score > 0.5] == []


def test_what_the_operator_skips_is_left_out_and_told() -> None:
    """`skip` takes an item away by the beginning of its path; `allow` brings back what is left out by default."""
    sample = SAMPLES["typo3"]
    first = sample.items[0][0]
    path = first.removeprefix("https://www.kestrel-pumps.example")
    best = lists.find(document(sample.html, sample.url), replace(source(sample.url), skip=(path,)))[0]
    assert told(best.items) == list(sample.items[1:])
    assert any("left out: skip" in e for e in best.evidence)


def _without_main(sample: Sample) -> str:
    return sample.html.replace("<main>", "<div>").replace("</main>", "</div>")


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_depends_on_the_main_element(name: str) -> None:
    """Older pages have no `main`: the same list is found."""
    sample = SAMPLES[name]
    best = lists.find(document(_without_main(sample), sample.url), source(sample.url))[0]
    assert told(best.items) == list(sample.items)


def test_a_page_that_is_no_page_gives_nothing() -> None:
    """Bytes of a picture and an empty answer are no candidates, and no error."""
    for content in (b"\x89PNG\r\n\x1a\n" + bytes(200), b"", b"   "):
        held = Document(url="https://www.kestrel-pumps.example/", content=content, fetched_at=NOW)
        assert lists.find(held, source(held.url)) == []
