"""Sitemaps as documents: forms, dates, which pages are releases, and hostile ones (X-12)."""

from __future__ import annotations

import gzip
import resource
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.adapters import sitemap
from aggregator.adapters.listing import paths
from aggregator.errors import ReadError
from aggregator.model import Document, Follow, Problem, Source

URL = "https://www.tannwerke.example/sitemap.xml"
NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def items(content: bytes | str, *, url: str = URL, complete: bool = True, **settings: Any) -> list[Any]:
    data = content if isinstance(content, bytes) else content.encode()
    document = Document(
        url=url, content=data, fetched_at=datetime(2026, 11, 22, tzinfo=UTC), complete=complete
    )
    source = Source(**{"id": "s", "adapter": "sitemap", "url": URL, **settings})
    return list(sitemap.read(document, source))


def urls(content: bytes | str, **more: Any) -> list[str]:
    return [
        i.url.removeprefix("https://www.tannwerke.example")
        for i in items(content, **more)
        if isinstance(i, Follow)
    ]


def urlset(*rows: str, root: str = "urlset", attributes: str = f'xmlns="{NS}"') -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {attributes}>{"".join(rows)}</{root}>'


def row(path: str, more: str = "", tag: str = "url") -> str:
    place = path if "://" in path or ":" in path[:6] else f"https://www.tannwerke.example{path}"
    return f"<{tag}><loc>{place}</loc>{more}</{tag}>"


def dated(path: str, day: str) -> str:
    return row(path, f"<lastmod>{day}</lastmod>")


def test_lastmod_is_a_hint_and_no_date_of_publication() -> None:
    """It becomes `updated`; the news extension's date is the release's own."""
    news = (
        f"<n:news xmlns:n='{NEWS}'><n:publication><n:name>T</n:name><n:language>de</n:language></n:publication>"
        "<n:publication_date>2026-11-12T08:30:00+01:00</n:publication_date><n:title>Neue &amp; große Presse</n:title>"
        "</n:news>"
    )
    text = urlset(
        dated("/presse/alt", "2026-11-02"), row("/presse/neu", f"<lastmod>2026-11-20</lastmod>{news}")
    )
    new, old = [i.listed for i in items(text)]
    assert (new.published, new.updated, new.title, new.language) == (
        "2026-11-12T08:30:00+01:00", "2026-11-20", "Neue & große Presse", "de"
    )  # fmt: skip
    assert (old.key, old.published, old.updated) == (
        "https://www.tannwerke.example/presse/alt",
        "",
        "2026-11-02",
    )


def test_the_newest_come_first() -> None:
    """By what they say of themselves; those that say nothing follow in their order."""
    text = urlset(
        row("/presse/a"), dated("/presse/b", "2026-01-02"), dated("/presse/c", "2026-11-02"), row("/presse/d")
    )
    assert urls(text) == ["/presse/c", "/presse/b", "/presse/a", "/presse/d"]


def test_images_videos_and_other_languages_are_no_pages() -> None:
    """Extensions have addresses and titles of their own."""
    google, w3 = "http://www.google.com/schemas/sitemap-image/1.1", "http://www.w3.org/1999/xhtml"
    extra = (
        f"<i:image xmlns:i='{google}'><i:loc>https://www.tannwerke.example/b.jpg</i:loc><i:title>Bild</i:title></i:image>"
        f"<x:link xmlns:x='{w3}' rel='alternate' hreflang='en' href='https://www.tannwerke.example/en/press/a'/>"
    )
    (found,) = items(urlset(row("/presse/a", extra)))
    assert (found.url, found.listed.title) == ("https://www.tannwerke.example/presse/a", "")


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/de/presse/pressemitteilungen/2026/neue-presse.html", "press"),
        ("/en/press-releases/new-press", "press"),
        ("/fr/espace-presse/communiques-de-presse/presse", "press"),
        ("/es/sala-de-prensa/prensa-nueva", "press"),
        ("/it/comunicati-stampa/nuova-pressa", "press"),
        ("/aktuelles/2026/11/halle", "news"),
        ("/news/4711", "news"),
        ("/newsroom/halle", "press"),
        ("/presse", ""),
        ("/presse/kontakt", ""),
        ("/news/page/3", ""),
        ("/news/category/holz", ""),
        ("/produkte/presse-3000", ""),
        ("/unternehmen/pressen", ""),
        ("/", ""),
    ],
)
def test_sections_are_known_by_the_names_in_an_address(path: str, section: str) -> None:
    """A page inside a section, not the section, its contacts or its archives; words stand alone."""
    assert paths.section_of(f"https://www.tannwerke.example{path}") == section


def test_without_a_rule_the_press_section_is_taken_before_the_news() -> None:
    """A blog beside a press section is none of it; where there is only news, news it is."""
    both = urlset(row("/presse/a"), row("/news/b"), row("/produkte/c"))
    assert urls(both) == ["/presse/a"]
    assert urls(urlset(row("/news/b"), row("/produkte/c"))) == ["/news/b"]


def test_the_operator_says_what_is_taken_and_what_is_left_out() -> None:
    """Beginnings of paths, hosts and languages."""
    text = urlset(row("/de/werk/a"), row("/en/werk/a"), row("/de/werk/intern/b"), row("/presse/c"),
                  row("https://presse.tann.example/werk/d"))  # fmt: skip
    assert urls(text, allow=("/de/werk", "/en/werk"), skip=("/de/werk/intern",)) == [
        "/de/werk/a",
        "/en/werk/a",
    ]
    assert urls(text, allow=("/de/werk", "/en/werk"), skip=("en",)) == ["/de/werk/a", "/de/werk/intern/b"]
    assert urls(text, allow=("/werk", "presse.tann.example")) == ["https://presse.tann.example/werk/d"]


def test_a_sitemap_of_other_things_says_so() -> None:
    """Only where it is the source itself: a piece of an index may hold products."""
    text = urlset(row("/produkte/a"), row("/produkte/b"))
    with pytest.raises(ReadError) as error:
        items(text)
    assert error.value.reason == "no_releases"
    assert items(text, url="https://www.tannwerke.example/produkte.xml") == []


def test_a_system_that_stamps_every_page_says_nothing() -> None:
    """One time for most pages is that of the file; fetching all of them each day is what it would cost."""
    stamped = [dated(f"/presse/{n}", "2026-11-22T03:00:00Z") for n in range(8)]
    found = {i.url[-1]: i.listed.updated for i in items(urlset(*stamped, dated("/presse/9", "2026-11-20")))}
    assert found.pop("9") == "2026-11-20"
    assert set(found.values()) == {""}


def test_an_index_leads_to_its_pieces() -> None:
    """Those named after news first, then the newest; at most fifty, itself never."""
    rows = [row("/produkte.xml", "<lastmod>2026-11-20</lastmod>", "sitemap"), row("/press-sitemap.xml", "", "sitemap"),
            row("/sitemap.xml", "", "sitemap")]  # fmt: skip
    found = items(urlset(*rows, root="sitemapindex"))
    assert [(i.kind, i.reader, i.url.rpartition("/")[2]) for i in found] == [
        ("part", "sitemap", "press-sitemap.xml"), ("part", "sitemap", "produkte.xml")
    ]  # fmt: skip
    many = items(urlset(*(row(f"/{n}.xml", "", "sitemap") for n in range(50_000)), root="sitemapindex"))
    assert len(many) == 51
    assert isinstance(many[-1], Problem)


def test_robots_txt_names_sitemaps() -> None:
    """Case, comments and relative addresses as they come; each once."""
    text = (
        "User-agent: *\nDisallow: /x\nSitemap: https://www.tannwerke.example/a.xml # all\nSITEMAP:/b.xml\n"
        "sitemap: /b.xml\nSitemap: file:///etc/passwd\n"
    )
    assert sitemap.from_robots(text, "https://www.tannwerke.example/robots.txt") == (
        "https://www.tannwerke.example/a.xml", "https://www.tannwerke.example/b.xml"
    )  # fmt: skip
    assert urls(text, url="https://www.tannwerke.example/robots.txt") == ["/a.xml", "/b.xml"]


def test_other_forms_are_read() -> None:
    """Plain text, RSS, a wrong namespace, none, capitals in the encoding, gzip in the file."""
    page = "https://www.tannwerke.example/presse/a"
    assert urls(f"\ufeff{page}\r\nhttps://www.tannwerke.example/presse/b\r\n") == ["/presse/a", "/presse/b"]
    rss = f"<rss version='2.0'><channel><item><title>A</title><link>{page}</link></item></channel></rss>"
    assert urls(rss) == ["/presse/a"]
    assert urls(
        urlset(row("/presse/a"), attributes="xmlns='https://www.google.com/schemas/sitemap/0.84'")
    ) == ["/presse/a"]
    assert urls(urlset(row("/presse/a"), attributes="")) == ["/presse/a"]
    packed = gzip.compress(urlset(row("/presse/a")).encode())
    assert urls(packed) == ["/presse/a"]
    half = urlset(row("/presse/a"), row("/presse/b")).encode()
    assert urls(gzip.compress(half[:90]) + gzip.compress(half[90:])) == ["/presse/a", "/presse/b"]


def test_a_sitemap_that_breaks_off_gives_its_whole_entries() -> None:
    """And says so, so that its validators are not kept."""
    text = urlset(*(row(f"/presse/{n}") for n in range(9)))
    found = items(text[: text.index("/presse/7") + len("/presse/")])
    assert [i.url[-1] for i in found if isinstance(i, Follow)] == list("0123456")
    assert [i.reason for i in found if isinstance(i, Problem)] == ["truncated"]
    long = urlset(*(row(f"/presse/{n * 7919 % 10007}") for n in range(3000))).encode()
    packed = gzip.compress(long)
    cut = items(packed[: len(packed) // 2])
    assert len(cut) > 100
    assert isinstance(cut[-1], Problem)
    assert {i.url.encode() for i in cut[:-1]} <= set(long.replace(b"<", b">").split(b">"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html><body><h1>Not found</h1></body></html>", "not_a_sitemap"),
        (b'{"a": 1}', "not_a_sitemap"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x1f\x8b\x08\x00garbage", "broken"),
        (b"Please come back later", "not_a_sitemap"),
    ],
)
def test_what_is_none_is_refused_by_name(content: bytes, reason: str) -> None:
    """Block pages, other files, broken archives."""
    with pytest.raises(ReadError) as error:
        items(content)
    assert error.value.reason == reason


def test_a_gzip_bomb_is_stopped_while_it_unpacks() -> None:
    """X-12: a gigabyte of blanks is refused after fifty megabytes."""
    block = gzip.compress(b" " * 64_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError) as error:
        items(block * 16)
    assert error.value.reason == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_many_small_pieces_are_refused() -> None:
    """X-12: two hundred thousand empty gzip members, each of which costs a copy of the rest."""
    began = time.process_time()
    with pytest.raises(ReadError) as error:
        items(gzip.compress(b"") * 200_000)
    assert error.value.reason == "too_large"
    assert time.process_time() - began < 2


def test_of_a_list_of_addresses_no_more_are_looked_at_than_a_sitemap_may_have() -> None:
    """X-12: plain text has the same fifty thousand."""
    lines = [f"https://www.tannwerke.example/presse/{n}\n" for n in range(60_000)]
    assert items("".join(lines))[-1].detail.startswith("it names 50,000 releases")
    with pytest.raises(ReadError):
        items("https://www.tannwerke.example/produkte/1\n" * 50_000 + lines[0])


def test_entities_are_neither_expanded_nor_fetched() -> None:
    """X-01, X-02: declarations of a document type are cut off before anything is parsed."""
    bomb = '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f"<urlset xmlns='{NS}'><url><loc>https://www.tannwerke.example/presse/&x;</loc></url>{row('/presse/b')}</urlset>"
    assert [u for u in urls(bomb + body) if "root" in u or "aaaa" in u] == []
    assert "/presse/b" in urls(bomb + body)


def test_ten_thousand_releases_are_read_of_a_longer_list() -> None:
    """X-12: the newest, and the rest is told."""
    rows = [dated(f"/presse/{n}", f"20{n // 1000:02}-01-{1 + n % 28:02}") for n in range(12_000)]
    found = items(urlset(*rows))
    assert sum(isinstance(i, Follow) for i in found) == 10_000
    assert found[-1].reason == "too_many_items"
    assert min(i.listed.updated for i in found if isinstance(i, Follow)) >= "2002"


def test_depth_and_attributes_end_in_time() -> None:
    """X-03: what the parser gives up on is a problem of the document."""
    for hostile in ("<a>" * 300_000, "<url " + " ".join(f"a{n}='1'" for n in range(20_000)) + ">"):
        try:
            found = items(f"<urlset>{row('/presse/a')}{hostile}")
        except ReadError:
            continue
        assert [i.url for i in found if isinstance(i, Follow)] == ["https://www.tannwerke.example/presse/a"]
