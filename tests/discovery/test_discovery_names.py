"""What names say of a list: of the page and its headings in any script, of addresses, and of documents and the press of others."""

from __future__ import annotations

import pytest
from discovery_lists import DAYS, EXPECTED, URL, best, rows, told
from discovery_pages import NOW, TITLES

from aggregator.adapters.listing import paths, words
from aggregator.discovery import Candidate, comparing, lists
from aggregator.discovery.candidate import SURE
from aggregator.model import Document, Draft, Source


@pytest.mark.parametrize(("name", "clear"), [
    ("最新ニュースリリース一覧", 2), ("2026年プレスリリース", 2), ("公司新闻稿中心", 2), ("本社の報道発表資料", 2), ("集团新闻动态", 1),
    ("会社からのお知らせ", 1), ("보도자료", 2), ("Пресс-релизы", 2), ("البيانات الصحفية", 2), ("製品情報", 0), ("产品中心", 0),
])  # fmt: skip
def test_a_newsroom_is_known_by_its_name_in_scripts_without_spaces(name: str, clear: int) -> None:
    """There the word stands inside a longer name; elsewhere it is a word of its own."""
    assert words.newsroom(name) == clear


def test_a_word_of_a_newsroom_inside_another_word_is_none_where_spaces_are() -> None:
    """`Espresso` and `express` are no press."""
    assert [words.newsroom(name) for name in ("Espresso machines", "Expressversand", "Wassermelonen")] == [
        0,
        0,
        0,
    ]


def page(
    heading: str,
    body: str,
    *,
    title: str = "Kestrel Pumps",
    url: str = "https://www.kestrel-pumps.example/company/",
) -> Document:
    html = f"<html lang=en><head><title>{title}</title></head><body><main><h1>{heading}</h1>{body}</main></body></html>"
    return Document(url=url, content=html.encode(), fetched_at=NOW)


def score(document: Document) -> float:
    """How sure the best list of a page is; 0 where there is none."""
    found = lists.find(document, Source(id="k", adapter="newsroom", url=document.url))
    return found[0].score if found else 0.0


DOCUMENTS = (
    "<ul>"
    + "".join(f"<li><a href='/files/{n}-kestrel.pdf'>{t}</a></li>" for n, t in enumerate(TITLES))
    + "</ul>"
)


@pytest.mark.parametrize(("heading", "taken"), [
    ("Press Releases", True), ("Pressemitteilungen", True), ("Brochures", False), ("For our shareholders", False), ("News", False),
])  # fmt: skip
def test_documents_without_dates_are_releases_below_their_name_only(heading: str, taken: bool) -> None:
    """Small firms put PDFs below "Press Releases"; everywhere else such a list is of manuals and reports."""
    document = page(heading, DOCUMENTS, url="https://www.kestrel-pumps.example/news/")
    assert (score(document) >= SURE) is taken


COVERAGE = "<ul>" + "".join(
    f"<li><time>{d}</time> <a href='/media-coverage/{n}-kestrel-in-the-paper'>{t}</a></li>" for n, (t, d) in enumerate(EXPECTED)
) + "</ul>"  # fmt: skip


@pytest.mark.parametrize("heading", ["In the media", "Press coverage", "Pressespiegel", "Rassegna stampa"])
def test_what_others_write_of_a_house_is_none_of_its_releases(heading: str) -> None:
    """Dated, newest first, with headlines, below a word for the press: all but the house's own."""
    own = COVERAGE.replace("/media-coverage/", "/company/news/")
    assert score(page(heading, own)) < SURE
    assert score(page("Press releases", own)) >= SURE


def test_of_coverage_and_releases_on_one_page_the_releases_are_taken() -> None:
    """Whatever stands first."""
    others = "".join(
        f"<li><i>{d}</i> <a href='/newsroom/paper/{n}-of-kestrel'>The paper: {t}</a></li>"
        for n, (t, d) in enumerate(EXPECTED)
    )
    body = f"<section><h2>In the media</h2><ul>{others}</ul></section><section><h2>Releases</h2><ul>"
    assert (
        told(best(body + "".join(rows("<li><a href='{u}'>{t}</a> <i>{iso}</i></li>")) + "</ul></section>"))
        == EXPECTED
    )


def test_the_way_back_to_what_stands_above_the_page_is_no_release() -> None:
    """A last row that leads to the section around; what lies below the page, or beside it, or the page by another query is."""
    last = "<li><a href='{u}'>To the overview of all our company news</a> <i>2026-01-05</i></li>"
    made = "".join(rows("<li><a href='{u}'>{t}</a> <i>{iso}</i></li>"))
    for folder in ("/", "/company", "/company/"):
        document = page(
            "Press releases",
            f"<ul>{made}{last.replace('{u}', folder)}</ul>",
            url="https://www.kestrel-pumps.example/company/press/2026/",
        )
        found = lists.find(document, Source(id="k", adapter="newsroom", url=document.url))[0]
        assert told(found) == EXPECTED
    here = "https://www.kestrel-pumps.example/company/press/2026/"
    assert [paths.by_default(url, here) for url in (
        "https://www.kestrel-pumps.example/company/press", "https://www.kestrel-pumps.example/company/press/?id=7",
        "https://www.kestrel-pumps.example/company/pressure", "https://www.kestrel-pumps.example/company/press/2026/",
        "https://news.kestrel-pumps.example/company/press",
    )] == ["index", "", "", "", ""]  # fmt: skip
    above = "https://www.kestrel-pumps.example/company/press"
    assert paths.by_default(above, "https://www.kestrel-pumps.example/company/pressure/2026/") == ""


def way(adapter: str, days: tuple[str, ...]) -> Candidate:
    """The same seven releases by a way of this kind, with these days."""
    items = tuple(
        Draft(key=f"{URL}/{n}", url=f"{URL}/{n}", title=title, published=day, summary="", content="",
              content_type="text/html", base=URL, language="en", fetched_at=NOW)
        for n, (title, day) in enumerate(zip(TITLES, days, strict=True))
    )  # fmt: skip
    return Candidate(adapter=adapter, url=URL, items=items, score=0.9)


UNDATED = ("",) * len(DAYS)


def test_data_without_the_dates_that_the_page_shows_is_not_taken() -> None:
    """Subscribers would get all of it as of the day of the first poll; the page knows better."""
    accepted, why = comparing.judged(way("jsonlist", UNDATED), way("newsroom", DAYS))
    assert not accepted
    assert why.endswith("but 0% of them have a date there and 100% on the page")


@pytest.mark.parametrize(
    ("given", "visible"), [(DAYS, DAYS), (DAYS, UNDATED), (UNDATED, UNDATED), ((*DAYS[:4], "", "", ""), DAYS)]
)
def test_data_is_taken_where_it_has_most_dates_or_the_page_has_none(
    given: tuple[str, ...], visible: tuple[str, ...]
) -> None:
    """Where neither has any nothing is lost; a few that are missing are read from the releases' own pages."""
    assert comparing.judged(way("jsonlist", given), way("newsroom", visible))[0]
