"""Lists of releases in the data of pages: found, described by a recipe that works, and told from other lists."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.adapters import jsonlist
from aggregator.discovery import data_lists
from aggregator.discovery.candidate import Candidate
from aggregator.model import Document, Draft, Follow, Source

URL = "https://www.tannwerke.example/presse/"
NEWS = [
    ("Tannwerke pressen Rahmen aus Birkenholz", "rahmen-birke", "2026-11-12T08:30:00+01:00"),
    ("Neue Lehrwerkstatt in Moosach eröffnet", "lehrwerkstatt", "2026-10-02T10:00:00+02:00"),
    ("Aufsichtsrat beruft Ortrun Halmer in den Vorstand", "vorstand", "2026-09-15T09:00:00+02:00"),
    ("Sägerei stellt auf Strom vom eigenen Dach um", "saegerei-strom", "2026-07-01T11:00:00+02:00"),
]
MENU = [
    {"title": "Produkte und Anwendungen", "url": "/produkte"},
    {"title": "Karriere bei uns", "url": "/karriere"},
    {"title": "Über das Unternehmen", "url": "/unternehmen"},
]
EVENTS = [
    {"title": f"Messe Nummer {n} in Beispielstadt", "url": f"/termine/{n}", "startDate": f"2027-0{n}-11"}
    for n in (1, 2, 3)
]


def document(content: str, url: str = URL) -> Document:
    return Document(url=url, content=content.encode(), fetched_at=datetime(2026, 11, 22, tzinfo=UTC))


def source(url: str = URL) -> Source:
    return Source(id="s", adapter="jsonlist", url=url)


def page(data: str, *, links: bool = True, folder: str = "/presse/") -> str:
    rows = (
        "".join(f'<li><a href="{folder}{slug}.html">{title}</a></li>' for title, slug, _ in NEWS)
        if links
        else ""
    )
    return (
        f"<!doctype html><html lang='de'><head><title>Presse | Tannwerke</title></head><body><nav><a "
        f"href='/produkte'>Produkte</a></nav><ul>{rows}</ul>{data}</body></html>"
    )


def first(content: str, url: str = URL) -> Candidate:
    return data_lists.find(document(content, url), source(url))[0]


def told(drafts: Any) -> list[tuple[str, str, str]]:
    """What a list says: headline, the name in the address, and the day."""
    return [(d.title, d.url.rpartition("/")[2].removesuffix(".html"), d.published[:10]) for d in drafts]


WANTED = [(title, slug, when[:10]) for title, slug, when in NEWS]


def script(value: Any, kind: str = "application/json", more: str = "") -> str:
    return f'<script type="{kind}"{more}>{json.dumps(value)}</script>'


def item_list() -> str:
    rows = [
        {
            "@type": "ListItem",
            "position": n,
            "item": {
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": when,
                "url": f"https://www.tannwerke.example/presse/{slug}.html",
                "image": {"@type": "ImageObject", "url": "/a.jpg"},
            },
        }
        for n, (title, slug, when) in enumerate(NEWS, 1)
    ]
    crumbs = [
        {"@type": "ListItem", "position": n, "name": name, "item": f"https://www.tannwerke.example/{n}"}
        for n, name in enumerate(("Die Startseite", "Über uns und mehr", "Presse und Medien"), 1)
    ]
    lists = [
        {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": crumbs},
        {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": rows},
    ]
    return "".join(script(each, "application/ld+json") for each in lists)


def collection() -> str:
    rows = [
        {"@type": "NewsArticle", "headline": t, "datePublished": w, "url": f"/presse/{s}.html"}
        for t, s, w in NEWS
    ]
    return script(
        {"@type": "CollectionPage", "name": "Presse", "mainEntity": {"hasPart": rows}}, "application/ld+json"
    )


def next_state() -> str:
    rows = [
        {
            "id": n,
            "headline": t,
            "slug": s,
            "publishedAt": w,
            "updatedAt": "2026-11-20T00:00:00Z",
            "teaser": f"{t}. " * 3,
            "image": {"url": f"/bilder/{s}.jpg", "alt": f"Ein Bild von {t}"},
        }
        for n, (t, s, w) in enumerate(NEWS)
    ]
    props = {
        "menu": MENU,
        "events": EVENTS,
        "page": {"modules": [{"type": "teaser"}, {"type": "list", "news": {"list": rows}}]},
    }
    return script({"props": {"pageProps": props}}, more=' id="__NEXT_DATA__"')


def epoch_state() -> str:
    rows = [
        {"title": t, "link": f"/presse/{s}.html", "date": round(datetime.fromisoformat(w).timestamp() * 1000)}
        for t, s, w in NEWS
    ]
    return (
        f"<script>window.__INITIAL_STATE__ = {json.dumps({'press': {'all': rows}, 'menu': MENU})};</script>"
    )


def apollo() -> str:
    store: dict[str, Any] = {
        f"PressRelease:{n}": {
            "__typename": "PressRelease",
            "id": str(n),
            "name": t,
            "date": w,
            "path": f"/presse/{s}.html",
        }
        for n, (t, s, w) in enumerate(NEWS)
    }
    return f"<script>window.__APOLLO_STATE__ = {json.dumps({'cache': store})}</script>"


def by_year() -> str:
    groups = [
        {"year": w[:4], "articles": [{"title": t, "url": f"/presse/{s}.html", "date": w}]} for t, s, w in NEWS
    ]
    return script({"state": {"archive": groups}}, more=' id="state"')


def streamed() -> str:
    rows = [{"title": t, "href": f"/presse/{s}.html", "date": w} for t, s, w in NEWS]
    text = "2:" + json.dumps(["$", "$L7", None, {"posts": rows}]) + "\n"
    return f"<script>self.__next_f.push({json.dumps([1, text])})</script>"


@pytest.mark.parametrize("data", [item_list, collection, next_state, epoch_state, apollo, by_year, streamed])
def test_the_list_in_a_pages_data_is_found_and_its_recipe_works(data: Any) -> None:
    """Headline, address and day of each release; the adapter reads with the recipe what was promised."""
    content = page(data())
    found = first(content)
    assert told(found.items) == WANTED
    assert found.score >= 0.5
    assert found.evidence
    assert (found.title, found.language) == ("Presse | Tannwerke", "de")
    read = jsonlist.read(document(content), replace(source(), recipe=found.recipe))
    assert (
        told(i.listed if isinstance(i, Follow) else i for i in read if isinstance(i, Draft | Follow))
        == WANTED
    )


def test_a_slug_becomes_an_address_as_the_pages_own_links_show_it() -> None:
    """The template is learnt from links; without any a guess is made and trusted less."""
    found = first(page(next_state()))
    assert found.recipe is not None
    assert found.recipe.url == ("/presse/{slug}.html",)
    deep = first(page(next_state(), folder="/de/medien/meldungen/2026/"))
    assert deep.recipe is not None
    assert deep.recipe.url == ("/de/medien/meldungen/2026/{slug}.html",)


def test_fields_have_a_second_locator_where_another_says_the_same() -> None:
    """So that one may break."""
    rows = [
        {"title": t, "name": t, "url": f"/presse/{s}", "slug": s, "date": w, "dateIso": w[:10]}
        for t, s, w in NEWS
    ]
    found = first(page(script({"a": {"b": {"press": {"items": rows}}}}, more=' id="x"')).replace(".html", ""))
    assert found.recipe is not None
    for locators in (found.recipe.items, found.recipe.url, found.recipe.title, found.recipe.published):
        assert len(locators) == 2, found.recipe


def test_the_last_change_is_not_the_date() -> None:
    """Two dates in each object: the one of publication is taken."""
    found = first(page(next_state()))
    assert found.recipe is not None
    assert found.recipe.published[0] == "publishedAt"


@pytest.mark.parametrize(
    "value",
    [
        {"menu": MENU},
        {"navigation": {"items": MENU}},
        {"events": EVENTS},
        {
            "products": [
                {"title": f"Presse der Reihe {n} für Rahmen", "url": f"/produkte/{n}", "date": "2026-01-02"}
                for n in (1, 2, 3)
            ]
        },
        {
            "rows": [
                {
                    "@type": "Event",
                    "name": f"Tag der offenen Tür {n}",
                    "url": f"/t/{n}",
                    "startDate": "2027-01-02",
                }
                for n in (1, 2)
            ]
        },
        {
            "gallery": [
                {"title": f"Bild von der Halle {n}", "url": f"/bilder/{n}.jpg", "date": "2026-01-02"}
                for n in (1, 2)
            ]
        },
        {"numbers": list(range(1000))},
        {"rows": [{"a": 1}, {"a": 2}]},
    ],
)
def test_other_lists_are_not_sure(value: Any) -> None:
    """Menus, events, products, galleries and numbers are no press releases."""
    found = data_lists.find(document(page(script(value, more=' id="x"'), links=False)), source())
    assert [c.score for c in found if c.score >= 0.5] == []


def test_the_article_of_an_article_page_is_no_list() -> None:
    """Its JSON-LD names itself, its site, its publisher and its breadcrumbs."""
    graph = [
        {
            "@type": "WebPage",
            "name": "Rahmen aus Birke - Tannwerke",
            "url": URL + "a",
            "datePublished": NEWS[0][2],
        },
        {
            "@type": "NewsArticle",
            "headline": "Rahmen aus Birke werden gepresst",
            "url": URL + "a",
            "datePublished": NEWS[0][2],
        },
        {"@type": "WebSite", "name": "Tannwerke AG aus Moosach", "url": "https://www.tannwerke.example/"},
        {
            "@type": "Organization",
            "name": "Tannwerke AG in Moosach",
            "url": "https://www.tannwerke.example/u",
        },
    ]
    found = data_lists.find(
        document(page(script({"@graph": graph}, "application/ld+json"), links=False)), source()
    )
    assert [c for c in found if c.score >= 0.5] == []


def test_articles_in_microdata_are_a_list_of_the_page() -> None:
    """With the newsroom adapter's locators."""
    rows = "".join(
        f'<article itemscope itemtype="http://schema.org/NewsArticle"><a itemprop="url" '
        f'href="/presse/{s}.html"><h3 itemprop="headline">{t}</h3></a>'
        f'<time itemprop="datePublished" datetime="{w}">am Tag</time></article>'
        for t, s, w in NEWS
    )
    found = first(page(rows, links=False))
    assert (found.adapter, told(found.items)) == ("newsroom", WANTED)
    assert found.recipe is not None
    assert len(found.recipe.items) == 2


def test_a_json_document_is_looked_through_too() -> None:
    """An API that answers the page's script."""
    rows = [{"headline": t, "permalink": f"/presse/{s}", "datum": w[:10]} for t, s, w in NEWS]
    found = first(
        json.dumps({"meta": {"total": 4}, "result": {"news": rows}}), "https://www.tannwerke.example/api/news"
    )
    assert told(found.items) == WANTED
    assert found.recipe is not None
    assert (found.recipe.data, found.recipe.items[0]) == ("", "result.news")


def test_wordpress_posts_are_known_as_such() -> None:
    """The list that `wordpress` leads to."""
    rows = [
        {
            "id": n,
            "date": w[:19],
            "link": URL + s,
            "title": {"rendered": t},
            "content": {"rendered": "<p>Text</p>"},
        }
        for n, (t, s, w) in enumerate(NEWS)
    ]
    found = first(json.dumps(rows), "https://www.tannwerke.example/wp-json/wp/v2/posts?per_page=4")
    assert (told(found.items), found.recipe) == (WANTED, jsonlist.WORDPRESS)
    assert found.next_url.endswith("page=2")


API = "<link rel='https://api.w.org/' href='/wp-json/'>"
ROOT = "https://www.tannwerke.example/"


@pytest.mark.parametrize(
    ("head", "body", "address"),
    [
        (API, "", f"{ROOT}wp-json/wp/v2/posts?per_page=20"),
        (API.replace("/wp-json/", "/?rest_route=/"), "", f"{ROOT}?rest_route=/wp/v2/posts&per_page=20"),
        ("<link href='/blog/wp-content/x.css'>", "", f"{ROOT}blog/wp-json/wp/v2/posts?per_page=20"),
        (f"{API}<link rel='alternate' href='/wp-json/wp/v2/categories/17'>", "", "categories=17"),
        (API, " class='archive post-type-archive-press_release x'", "/wp/v2/press_release?"),
        (
            API,
            " data-list='/wp-json/wp/v2/posts?categories=7&amp;per_page=3'",
            "content,excerpt&categories=7",
        ),
        (
            f'{API}<script>fetch("/wp-json/wp/v2/press_release?per_page=9")</script>',
            "",
            "/v2/press_release?per_page=20",
        ),
        (
            f"{API}<script>a='https:\\/\\/t.example\\/wp-json\\/wp\\/v2\\/news'</script>",
            "",
            "/wp/v2/news?per_page",
        ),
        (f"{API}<link href='/wp-json/wp/v2/pages/31'>", "", f"{ROOT}wp-json/wp/v2/posts?per_page=20"),
        ("<meta name='generator' content='TYPO3'>", "", ""),
    ],
)
def test_the_api_of_a_wordpress_site(head: str, body: str, address: str) -> None:
    """As announced, in a folder, without pretty addresses, of a category, of a type of its own; or none."""
    found = data_lists.wordpress(
        document(f"<!doctype html><html><head>{head}</head><body{body}></body></html>")
    )
    assert address in found
    assert bool(found) == bool(address)


def test_the_press_category_of_a_blog_can_be_asked_for() -> None:
    """Two requests: which categories there are, then only their posts."""
    head = "<link rel='https://api.w.org/' href='https://www.tannwerke.example/wp-json/'>"
    asked = document(f"<!doctype html><html><head>{head}</head><body></body></html>")
    assert "slug=presse,pressemitteilungen" in data_lists.wordpress_categories(asked)
    posts = data_lists.wordpress(asked)
    answer = json.dumps([{"id": 4, "slug": "presse", "count": 9}, {"id": 5, "slug": "press", "count": 0}])
    assert data_lists.in_category(posts, document(answer)) == f"{posts}&categories=4"
    large = json.dumps([{"id": n} for n in range(100_000)])
    for nothing in ("[]", "{}", "<html>", '[{"id": "x"}]', '[{"id": 1e999}]', "[" * 900_000, large):
        assert data_lists.in_category(posts, document(nothing)) == posts


def test_feeds_and_sitemaps_are_looked_for_in_few_places() -> None:
    """Below the page before the root of its site; each once, the likeliest first."""
    found = data_lists.feed_paths("https://www.tannwerke.example/presse/meldungen")
    assert found[:5] == [
        "https://www.tannwerke.example/presse/meldungen/feed/",
        "https://www.tannwerke.example/presse/meldungen/rss.xml",
        "https://www.tannwerke.example/feed/",
        "https://www.tannwerke.example/rss.xml",
        "https://www.tannwerke.example/presse/meldungen?type=9818",
    ]
    assert len(found) == len(set(found)) <= 25
    assert data_lists.feed_paths("https://t.example/a/index.html")[0] == "https://t.example/a/feed/"
    assert data_lists.feed_paths("https://t.example/")[0] == "https://t.example/feed/"
    assert data_lists.sitemap_paths("https://t.example/a/b?c")[0] == "https://t.example/sitemap.xml"


def test_hostile_pages_end() -> None:
    """Depth, width, circles of names, broken scripts: nothing is raised, and little is spent."""
    deep = '{"a":' * 900 + "1" + "}" * 900
    wide = json.dumps({"a": [[{"t": "x"}] * 50] * 2000})
    many = "{}," * 50_000
    pages = [deep, "[" * 100_000, wide, "", "\0\0", page("<script>" * 2000)]
    pages += [page(f"<script id='x'>{wide}</script>"), page(script([{}] * 50_000, more=' id="x"'))]
    pages += [page(f"<div data-x='{{\"a\":[{many}{{}}]}}'></div>")]
    for text in pages:
        assert data_lists.find(document(text), source()) == []
