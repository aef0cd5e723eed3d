"""One page as a document: its identity, what it is opened as, and when it is not the page that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.adapters import article
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Source

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOME = "https://www.tannwerke.example/presse/"
URL = "https://www.tannwerke.example/presse/4711-birkenrahmen"
PAGE = "<!doctype html><html lang='de'><head>{head}</head><body><h1>Rahmen aus Birke</h1><p>Ein Text.</p></body></html>"


def read(content: bytes | str, **fields: object) -> Draft:
    data = content if isinstance(content, bytes) else content.encode()
    given = {"url": URL, "requested": URL, "content": data, "fetched_at": NOW}
    document = Document(**(given | fields))  # type: ignore[arg-type]
    (found,) = article.read(document, Source(id="s", adapter="newsroom", url=HOME))
    assert isinstance(found, Draft)
    return found


def listed(**more: object) -> Draft:
    given = {"title": "Rahmen aus Birke", "summary": "Ein Anfang …", "url": f"{URL}?utm_source=rss"}
    return Draft(key="guid-1", content="", content_type="text/plain", fetched_at=NOW, **(given | more))  # type: ignore[arg-type]


def test_a_watched_page_is_known_by_its_canonical_address() -> None:
    """Without a list the page names itself."""
    link = "<link rel='canonical' href='/presse/4711-birkenrahmen'>"
    found = read(PAGE.format(head=link), url=f"{URL}?session=1", requested=f"{URL}?session=1")
    assert (found.key, found.url, found.content_type) == (URL, URL, "text/html")


@pytest.mark.parametrize(
    "canonical", ["/", "/presse/", "/de/", "https://cms.example/presse/4711-birkenrahmen", ""]
)
def test_a_template_that_names_the_entrance_on_every_page_is_not_believed(canonical: str) -> None:
    """Else all pages of a site would be one release."""
    found = read(PAGE.format(head=f"<link rel='canonical' href='{canonical}'>"))
    assert (found.key, found.url) == (URL, URL)


def test_the_lists_key_is_the_pages() -> None:
    """A feed item's guid stays its identity, and what its feed declared goes with it."""
    found = read(PAGE.format(head=""), listed=listed(company="Tannwerke AG", categories=("Holz",)))
    assert (found.key, found.url, found.company, found.categories) == (
        "guid-1",
        URL,
        "Tannwerke AG",
        ("Holz",),
    )
    assert found.listed == listed(company="Tannwerke AG", categories=("Holz",))


@pytest.mark.parametrize(
    "there", ["https://www.tannwerke.example/", "https://www.tannwerke.example/de/index.html", HOME]
)
def test_a_redirect_to_the_entrance_or_the_list_is_not_the_page(there: str) -> None:
    """The list's own words stay; without any the page is said to have moved."""
    assert read(PAGE.format(head=""), url=there, listed=listed()) == listed()
    with pytest.raises(ReadError, match="no page of one release"):
        read(PAGE.format(head=""), url=there)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("https://t.example/?p=12", "https://t.example/2026/rahmen-aus-birke/"),
        ("https://t.example/news/4711/rahmen-aus-birke", "https://t.example/news/4711"),
        ("http://t.example/news/rahmen", "https://www.t.example/news/rahmen/"),
        ("https://count.example/r/88", "https://t.example/news/rahmen"),
    ],
)
def test_a_redirect_to_the_pages_own_address_is_followed(asked: str, there: str) -> None:
    """Short links, counters, https and numbers lead to pages."""
    assert read(PAGE.format(head=""), url=there, requested=asked, listed=listed()).url == there


def test_nothing_leaves_what_the_list_said() -> None:
    """No content stands for a page that could not be had, even where the list has only a headline."""
    bare = listed(summary="")
    assert read(b"", listed=bare) == bare
    with pytest.raises(ReadError):
        read(b"")


def test_a_pdf_is_read_as_one_whatever_its_address_says() -> None:
    """The bytes decide, and the list's key stays."""
    data = (Path(__file__).parents[1] / "golden/adapters/pdf/one_page.pdf").read_bytes()
    found = read(data, media_type="text/html", listed=listed())
    assert (found.key, found.content_type, bool(found.content)) == ("guid-1", "text/plain", True)
    page = read(
        PAGE.format(head=""), url=f"{HOME}a.pdf", requested=f"{HOME}a.pdf", media_type="application/pdf"
    )
    assert page.content_type == "text/html"


def test_what_is_no_page_is_refused_by_name() -> None:
    """A picture, a feed, a file of data: with a list's words these stay."""
    for data in (b"\x89PNG\r\n\x1a\n" + bytes(64), b"<rss version='2.0'><channel/></rss>", b'{"a": 1}'):
        with pytest.raises(ReadError) as error:
            read(data)
        assert error.value.reason == "not_a_page"
        assert read(data, listed=listed()) == listed()
        with pytest.raises(ReadError):
            read(data, listed=listed(summary=""))


def test_letters_of_an_old_encoding_are_read() -> None:
    """The page's own declaration counts where the server makes none."""
    head = "<meta charset='windows-1252'><title>Größe</title>"
    assert "Größe" in read(PAGE.format(head=head).encode("cp1252")).content
