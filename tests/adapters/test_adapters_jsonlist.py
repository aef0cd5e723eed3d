"""Lists in JSON and in the scripts of pages: paths, templates, dates, texts, and what is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.adapters import jsonlist, scriptdata
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Recipe, Source

URL = "https://www.tannwerke.example/api/news?size=20"
WP = "https://www.tannwerke.example/wp-json/wp/v2/posts?per_page=2"
TEXT = "<p>" + "Die Presse formt neunzig Rahmen in der Stunde und kostete sechs Millionen Euro. " * 4 + "</p>"
ROWS = [
    {"headline": "Rahmen aus Birke &amp; Buche", "slug": "rahmen-birke", "date": "2026-11-12T08:30:00+01:00"},
    {"headline": "Neue Lehrwerkstatt", "slug": "lehrwerkstatt", "date": "2026-10-02"},
]
RECIPE = Recipe(items=("data.items",), url=("/presse/{slug}",), title=("headline",), published=("date",))


def items(content: Any, *, url: str = URL, recipe: Recipe | None = RECIPE, **settings: Any) -> list[Any]:
    data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
    document = Document(url=url, content=data, fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    return list(
        jsonlist.read(document, Source(id="s", adapter="jsonlist", url=url, recipe=recipe, **settings))
    )


def listed(content: Any, **more: Any) -> list[Draft]:
    """What the list says of its items, whether or not their pages are looked at."""
    return [
        i.listed if isinstance(i, Follow) else i
        for i in items(content, **more)
        if getattr(i, "kind", "") != "next"
    ]


def post(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "date": f"2026-11-{number:02}T09:15:00", "modified_gmt": "2026-11-20T10:00:00",
        "link": f"https://www.tannwerke.example/{number}/", "title": {"rendered": f"Meldung &#8222;{number}&#8220;"},
        "content": {"rendered": TEXT + TEXT, "protected": False},
        "excerpt": {"rendered": "<p>Die Presse &hellip;</p>"}, **more,
    }  # fmt: skip


def test_items_are_found_by_path_and_addresses_by_template() -> None:
    """Names with dots; a slug becomes an address of the site; entities are undone."""
    first, second = listed({"data": {"items": ROWS}})
    assert (first.key, first.url) == ("https://www.tannwerke.example/presse/rahmen-birke",) * 2
    assert (first.title, first.published) == ("Rahmen aus Birke & Buche", "2026-11-12T08:30:00+01:00")
    assert second.published == "2026-10-02"
    assert [type(i) for i in items({"data": {"items": ROWS}})] == [Follow, Follow]


def test_the_second_locator_takes_over_where_the_first_finds_nothing() -> None:
    """One name of an API may change without a release being lost."""
    broken = Recipe(items=("result.rows", "data.*"), url=("href", "/presse/{slug}"), title=("title", "headline"),
                    published=("published_at", "date"))  # fmt: skip
    assert listed({"data": {"items": ROWS}}, recipe=broken) == listed({"data": {"items": ROWS}})


def test_stars_go_through_groups() -> None:
    """A list that is grouped by year, as an array or by name."""
    groups = {"2026": {"news": ROWS[:1]}, "2025": {"news": ROWS[1:]}}
    recipe = Recipe(items=("years.*.news",), url=("/presse/{slug}",), title=("headline",))
    assert [d.title for d in listed({"years": groups}, recipe=recipe)] == [
        "Rahmen aus Birke & Buche",
        "Neue Lehrwerkstatt",
    ]
    assert len(listed({"years": list(groups.values())}, recipe=recipe)) == 2
    assert len(listed(ROWS, recipe=Recipe(items=("*",), url=("/p/{slug}",), title=("headline",)))) == 2


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (1794468600, "2026-11-12T07:30:00+00:00"),
        (1794468600000, "2026-11-12T07:30:00+00:00"),
        ("12.11.2026", "2026-11-12"),
        ("12. November 2026", "2026-11-12"),
        ("November 12, 2026", "2026-11-12"),
        ({"value": "2026-11-12"}, "2026-11-12"),
        (None, ""),
        (True, ""),
    ],
)
def test_dates_in_all_their_forms(value: Any, iso: str) -> None:
    """Seconds, milliseconds, as people write, inside an object, and none."""
    (found,) = listed({"data": {"items": [ROWS[0] | {"date": value}]}})
    assert found.published == iso


def test_wordpress_is_read_without_a_recipe() -> None:
    """Whole texts are drafts; the excerpt, the change and the site's own clock go with them."""
    first, second, more = items([post(1), post(2)], url=WP, recipe=None)
    assert isinstance(first, Draft)
    assert (first.title, first.published, first.updated) == (
        "Meldung „1“", "2026-11-01T09:15:00", "2026-11-20T10:00:00Z"
    )  # fmt: skip
    assert (first.content_type, first.content, first.summary) == ("text/html", TEXT + TEXT, "Die Presse …")
    assert second.url == "https://www.tannwerke.example/2/"
    assert (more.kind, more.url) == (
        "next",
        "https://www.tannwerke.example/wp-json/wp/v2/posts?per_page=2&page=2",
    )
    assert len(items([post(1)], url=WP, recipe=None)) == 1


def test_a_post_without_its_text_is_followed() -> None:
    """Some sites give excerpts only, or keep the text for those who log in."""
    (found, *_) = items([post(1, content={"rendered": "", "protected": True})], url=WP, recipe=None)
    assert isinstance(found, Follow)
    assert found.listed is not None
    assert found.listed.content == "Die Presse …"


def test_an_api_of_another_host_may_lead_to_the_newsroom() -> None:
    """Most items are on one site: its pages are the list's own."""
    rows = [{"headline": r["headline"], "link": f"https://news.tann.example/{r['slug']}"} for r in ROWS]
    recipe = Recipe(items=("*",), url=("link",), title=("headline",))
    assert all(isinstance(i, Follow) for i in items(rows, url="https://api.cms.example/v1", recipe=recipe))


def test_what_the_operator_left_out_is_left_out() -> None:
    """`skip` holds for lists as for sitemaps; what is allowed besides takes nothing away."""
    assert len(listed({"data": {"items": ROWS}}, allow=("/jobs/", "en"))) == 2
    found = listed({"data": {"items": ROWS}}, skip=("/presse/lehr",))
    assert [d.title for d in found] == ["Rahmen aus Birke & Buche"]


def test_an_empty_list_is_no_failure_and_a_missing_one_is() -> None:
    """Nothing new, and a page that was rebuilt, are told apart."""
    assert items({"data": {"items": []}}) == []
    for content in ({"data": {"rows": ROWS}}, {"data": {"items": [{"x": 1}]}}, {"error": "no"}):
        with pytest.raises(ReadError) as error:
            items(content)
        assert error.value.reason == "not_a_list"


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "empty"), ("{broken", "broken"), ("<!doctype html><h1>Wait</h1>", "broken"), ("[" * 100_000, "broken"),
     ("\x89PNG", "broken"), ('{"a": ' + "9" * 5000 + "}", "broken")],
)  # fmt: skip
def test_what_is_none_is_refused_by_name(content: str, reason: str) -> None:
    """Block pages, deep nesting, endless numbers."""
    with pytest.raises(ReadError) as error:
        items(content)
    assert error.value.reason == reason


def test_addresses_are_of_the_web_only() -> None:
    """H-02: a slug or a link cannot become another scheme or another host's."""
    recipe = Recipe(items=("*",), url=("link", "/presse/{slug}"), title=("headline",))
    rows = [{"headline": "A", "link": "javascript:alert(1)"}, {"headline": "B", "link": "file:///etc/passwd", "slug": "b"},
            {"headline": "C", "slug": "//evil.example/x"}]  # fmt: skip
    assert [d.url for d in listed(rows, recipe=recipe)] == [
        "https://www.tannwerke.example/presse/b", "https://www.tannwerke.example/presse/evil.example/x"
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------- in a page

STATE = {"props": {"pageProps": {"news": {"list": ROWS}}}}
PATHS = {"url": ("/presse/{slug}",), "title": ("headline",), "published": ("date",)}


def page(script: str) -> str:
    return f"<!doctype html><html><head><title>Presse</title></head><body><div id='app'></div>{script}</body></html>"


def rsc() -> str:
    row = json.dumps(["$", "ul", None, {"items": ROWS}])
    text = f'0:["$","div",null,{{}}]\n1a:{row}\n'
    halves = text[:40], text[40:]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, half])})</script>" for half in halves)


def devalue() -> str:
    flat: list[Any] = [["ShallowReactive", 1], {"data": 2}, [3, 7]]
    for row in ROWS:
        at = len(flat)
        flat += [{"headline": at + 1, "slug": at + 2, "date": at + 3}, *row.values()]
    return f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(flat)}</script>'


@pytest.mark.parametrize(
    ("script", "data", "path"),
    [
        (f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>', "script#__NEXT_DATA__",
         "props.pageProps.news.list"),
        (f"<script>window.__INITIAL_STATE__ = {json.dumps(STATE)};(function(){{}}());</script>",
         "//script[contains(., '__INITIAL_STATE__')]", "props.pageProps.news.list"),
        (f"<script>window.__STATE__ = JSON.parse({json.dumps(json.dumps(STATE))});</script>",
         "//script[contains(., '__STATE__')]", "props.pageProps.news.list"),
        (f"<script>window.__NUXT__={json.dumps(STATE)[:-1]},x:1,".replace(",x:1,", ',"x":undefined}') + "</script>",
         "//script[contains(., '__NUXT__')]", "props.pageProps.news.list"),
        (rsc(), "//script[contains(., '__next_f.push')]", "3.items"),
        (devalue(), "script#__NUXT_DATA__", "data"),
        (f"<div id='list' data-page='{json.dumps(STATE)}'></div>", "#list@data-page", "props.pageProps.news.list"),
    ],
    ids=["next", "redux", "parse", "nuxt2", "app router", "nuxt3", "attribute"],
)  # fmt: skip
def test_the_data_of_a_pages_scripts_is_read_by_the_same_paths(script: str, data: str, path: str) -> None:
    """Each framework's way of leaving its state in the page."""
    recipe = Recipe(data=data, items=(path,), **PATHS)
    found = listed(page(script), url="https://www.tannwerke.example/presse/", recipe=recipe)
    assert [(d.title, d.url.rpartition("/")[2]) for d in found] == [
        ("Rahmen aus Birke & Buche", "rahmen-birke"), ("Neue Lehrwerkstatt", "lehrwerkstatt")
    ]  # fmt: skip


def test_a_broken_locator_says_what_is_wrong() -> None:
    """The operator wrote it."""
    with pytest.raises(ReadError, match="is no locator"):
        items(page(""), recipe=Recipe(data="script[", items=("a",), **PATHS))


def test_hostile_payloads_end() -> None:
    """Values that name each other in a circle or a thousandfold, scripts that are none."""
    circle = [["Reactive", 1], {"a": 1, "b": 1}]
    assert scriptdata.parsed(json.dumps(circle)) is not None
    wide = [["Reactive", 1], [2] * 1000, [3] * 1000, [4] * 1000, [5] * 1000, 1]
    assert scriptdata.parsed(json.dumps(wide)) is not None
    for script in (
        "",
        "x",
        "var a = ;",
        "window.x = [",
        "=" * 100_000,
        "a={" * 50_000,
        "JSON.parse(" * 50_000,
    ):
        assert scriptdata.parsed(script) is None


def test_odd_names_of_scripts_are_passed_over() -> None:
    """What no locator can be written for is not looked at, and nothing is raised."""
    rows = json.dumps({"a": [{"b": "c" * 300}]})
    odd = f"<script id='a\"]b'>{rows}</script><script type='x\"json'>{rows}</script><p data-a.b='{rows}'></p>"
    assert list(scriptdata.every(page(odd))) == []


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("/wp-json/wp/v2/posts?per_page=2&page=3", "/wp-json/wp/v2/posts?per_page=2&page=4"),
        (
            "/wp-json/wp/v2/posts?categories[]=4&categories[]=9&per_page=2&_fields=id,title",
            "/wp-json/wp/v2/posts?categories[]=4&categories[]=9&per_page=2&_fields=id,title&page=2",
        ),
        ("/?rest_route=/wp/v2/posts&per_page=2", "/?rest_route=/wp/v2/posts&per_page=2&page=2"),
    ],
)
def test_the_next_page_of_wordpress_is_asked_for_as_the_first_was(asked: str, named: str) -> None:
    """Categories that stand there twice count twice, and what is written without escapes is known again on page two."""
    root = "https://nordhafen.example"
    document = Document(url=root + asked, content=b"[]", fetched_at=datetime(2026, 11, 2, tzinfo=UTC))
    read_from_settings = Recipe(items=("*",), url=("link",), title=("title.rendered",))
    assert jsonlist.next_page([[]], read_from_settings, document, 2) == root + named
    assert jsonlist.next_page([[]], read_from_settings, document, 1) == "", (
        "a page that is not full is the last"
    )
