"""The `newsroom` adapter: by its recipe, by itself, and what it says when a page changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from discovery_pages import DECK, NOW, all_pages, page

from aggregator import adapters
from aggregator.adapters import recipes
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Recipe, Source

SAMPLE = all_pages()["typo3"]
RECIPE = Recipe(
    items=(".news-list-view > .article", "main div:has(> div > h3)"),
    url=("h3 a@href",),
    title=("h3",),
    published=("time@datetime", ".news-list-date"),
    deck=(".teaser-text p",),
    next=(".next a@href",),
)


def document(html: str, url: str = SAMPLE.url) -> Document:
    return Document(url=url, content=html.encode(), fetched_at=NOW)


def source(recipe: Recipe | None = RECIPE, **keys: object) -> Source:
    return replace(Source(id="kestrel", adapter="newsroom", url=SAMPLE.url, recipe=recipe), **keys)


def read(html: str, of: Source) -> list[Draft | Follow | Problem]:
    return list(adapters.load("newsroom")(document(html), of))


@pytest.mark.parametrize(
    "url", ["h3 a", "h3", ".//h3/a", "./descendant::a", "a@href", "(.//h3/a)[1]/@href", "./self::*"]
)
def test_an_address_is_that_of_the_link_that_is_found(url: str) -> None:
    """As a person writes it by hand: the link, or what it stands in; its words are never taken for an address."""
    made = read(SAMPLE.html, source(replace(RECIPE, url=(url,), next=(".next",))))
    assert made == read(SAMPLE.html, source(replace(RECIPE, next=(".next a@href",))))


@pytest.mark.parametrize("recipe", [RECIPE, None])
def test_each_release_is_followed_with_what_the_list_says(recipe: Recipe | None) -> None:
    """One Follow for each release, in order, then the next page; the key is the address in its canonical form."""
    *texts, onward = read(SAMPLE.html, source(recipe))
    assert [(f.url, f.reader, f.kind) for f in texts if isinstance(f, Follow)] == [
        (url, "article", "text") for url, _, _ in SAMPLE.items
    ]
    first = texts[0]
    assert isinstance(first, Follow)
    assert first.listed is not None
    assert (first.listed.title, first.listed.published, first.listed.summary) == (*SAMPLE.items[0][1:], DECK)
    assert first.listed.key == SAMPLE.items[0][0].removeprefix("https://www.")
    assert first.listed.language == "de"
    assert onward == Follow(url=SAMPLE.next_url, reader="newsroom", kind="next")


def test_without_following_the_list_is_the_text() -> None:
    """`follow = "never"`: the items themselves."""
    items = [i for i in read(SAMPLE.html, source(follow="never")) if isinstance(i, Draft)]
    assert [i.url for i in items] == [url for url, _, _ in SAMPLE.items]


def test_a_broken_locator_is_told_and_the_next_one_is_used() -> None:
    """The releases are there all the same; the Problem names the locator."""
    made = read(SAMPLE.html.replace('class="article ', 'class="card '), source())
    problems = [i for i in made if isinstance(i, Problem)]
    assert sum(isinstance(i, Follow) and i.kind == "text" for i in made) == len(SAMPLE.items)
    assert [p.reason for p in problems] == ["recipe"]
    assert "items: .news-list-view > .article" in problems[0].detail


def test_a_recipe_that_finds_nothing_is_an_error_that_names_its_locators() -> None:
    """A page of another build is not an empty list."""
    with pytest.raises(ReadError) as caught:
        read(page("<h1>Newsroom</h1><p>We have moved our news to another place.</p>"), source())
    assert caught.value.reason == "no_items"
    assert ".news-list-view > .article" in caught.value.detail


@pytest.mark.parametrize(
    "body",
    [
        '<div class="news-list-view"></div>',
        "<h1>Presse</h1><p>Zurzeit keine Pressemitteilungen vorhanden.</p>",
        "<h1>Press</h1><p>There are currently no press releases.</p>",
        "<h1>Presse</h1><p>Aucun communiqué pour le moment.</p>",
    ],
)
def test_an_empty_list_is_no_failure(body: str) -> None:
    """The place of the list is there and empty, or the page says that there is nothing."""
    assert read(page(body), source()) == []


def test_what_is_left_out_by_its_address_is_not_followed() -> None:
    """Events in the list are left out; `allow` brings them back; where nothing is left it is an error."""
    html = SAMPLE.html.replace(
        SAMPLE.items[0][0].removeprefix("https://www.kestrel-pumps.example"), "/events/open-house"
    )
    kept = [i for i in read(html, source()) if isinstance(i, Follow) and i.kind == "text"]
    assert [f.url for f in kept] == [url for url, _, _ in SAMPLE.items[1:]]
    allowed = [
        i for i in read(html, source(allow=("/events",))) if isinstance(i, Follow) and i.kind == "text"
    ]
    assert len(allowed) == len(SAMPLE.items)
    with pytest.raises(ReadError, match="left out"):
        read(SAMPLE.html, source(skip=("/press",)))


@pytest.mark.parametrize(
    "text", ["", "   ", "div >", "a[", "//a[", "./document('x')", "//a[$x]", "a" * 2000, "li:bogus(", "(("]
)
def test_a_wrong_locator_is_told_in_words(text: str) -> None:
    """What is neither a selector nor an expression, or wants more than a page, is refused with a reason."""
    assert recipes.check_locator(text)


@pytest.mark.parametrize(
    "text",
    ["li", ".news > li", "main article:has(time)", "time@datetime", "@href", "./text()[1]", "(.)", "//a[@rel='next']/@href",
     'a[href*="x@y"]', "./following-sibling::dd[1]//a@href", '[class^="styles_item"]'],
)  # fmt: skip
def test_a_right_locator_is_accepted(text: str) -> None:
    """CSS, XPath, attributes at the end and the item's own."""
    assert recipes.check_locator(text) == ""


def test_expressions_cannot_leave_the_page() -> None:
    """XPath has no function here that opens a file or runs a regular expression."""
    for text in ("./document('/etc/passwd')", "(document('http://127.0.0.1/'))", "//a[re:test(., 'a+')]"):
        said = recipes.check_locator(text)
        found = [] if said else recipes.found(recipes.compiled(text, within=False), _tree())
        assert said or found == []


def _tree():  # type: ignore[no-untyped-def]
    from aggregator.adapters.listing.page import Page

    return Page(document(SAMPLE.html), source()).root
