"""Lists of feeds: what is taken from one, however it is written, and what no list may do."""

from __future__ import annotations

import time

import pytest

from aggregator.adapters import opml
from aggregator.errors import ReadError


def listed(*outlines: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def urls(data: bytes) -> list[str]:
    return [entry.xml_url for entry in opml.read(data).entries]


def reasons(data: bytes) -> list[str]:
    return [problem.reason for problem in opml.read(data).problems]


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as error:
        opml.read(data)
    return error.value


FEED = '<outline type="rss" text="Musterwerke" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="de"/>'


def test_a_feed_is_taken_with_what_the_list_says_of_it() -> None:
    """Title, addresses, language, and the outlines and categories in which it stands."""
    inner = FEED.replace('language="de"', 'language="de" category="/Industrie/Metall,neu"')
    (entry,) = opml.read(
        listed(f'<outline text="Presse"><outline title="Stahl">{inner}</outline></outline>')
    ).entries
    assert (entry.title, entry.xml_url, entry.html_url, entry.language) == (
        "Musterwerke", "https://a.example/feed", "https://a.example/", "de",
    )  # fmt: skip
    assert entry.groups == ("Presse/Stahl", "Industrie/Metall", "neu")


@pytest.mark.parametrize(
    "outline",
    [
        '<outline XMLURL=" https://a.example/feed " text="a"/>',
        '<outline xmlurl="https://a.example/feed"/>',
        '<outline type="atom" url="https://a.example/feed" title="a"/>',
        '<outline url="https://a.example/feed" title="a"/>',
        '<Outline xmlUrl="https://a.example/feed"/>',
        '<outline xmlUrl="https://a.example/feed" text="Brot &amp; Butter &nbsp; &undefined; & mehr"/>',
    ],
)
def test_programs_write_lists_in_their_own_ways(outline: str) -> None:
    """Case, spaces, missing types, undeclared entities, a bare ampersand."""
    assert urls(listed(outline)) == ["https://a.example/feed"]


def test_an_address_that_stands_twice_is_one_feed() -> None:
    """With the groups of both places."""
    found = opml.read(listed(f'<outline text="A">{FEED}</outline>', f'<outline text="B">{FEED}</outline>'))
    (entry,) = found.entries
    assert entry.groups == ("A", "B")


def test_what_cannot_be_followed_is_told_with_the_reason() -> None:
    """Pages without a feed, other lists, addresses that are none."""
    data = listed(
        '<outline text="Seite" htmlUrl="https://a.example/news"/>',
        '<outline text="Liste" type="include" url="https://a.example/more.opml"/>',
        '<outline text="Datei" xmlUrl="file:///etc/passwd"/>',
        '<outline text="Skript" xmlUrl="javascript:alert(1)"/>',
        '<outline text="Leer" type="rss" xmlUrl=""/>',
    )
    assert reasons(data) == ["no_feed", "other_list", "bad_url", "bad_url", "no_feed"]
    assert urls(data) == []


def test_lists_in_the_charsets_of_their_time_are_read() -> None:
    """Also where the label is wrong."""
    text = '<?xml version="1.0" encoding="{}"?><opml><body><outline text="Süd" xmlUrl="https://a.example/f"/></body></opml>'
    for label, codec in (("iso-8859-1", "latin-1"), ("utf-8", "cp1252"), ("utf-16", "utf-16")):
        (entry,) = opml.read(text.format(label).encode(codec)).entries
        assert entry.title == "Süd"


def test_broken_lists_are_read_as_far_as_they_go() -> None:
    """An end that is missing, an element that nobody opened, a second list behind the first."""
    assert urls(listed(FEED)[:-16]) == ["https://a.example/feed"]
    assert urls(listed(FEED).replace(b"</body>", b"</nobody>")) == ["https://a.example/feed"]
    assert urls(listed(FEED) + listed(FEED.replace("a.example", "b.example"))) == [
        "https://a.example/feed", "https://b.example/feed",
    ]  # fmt: skip


def test_no_entity_is_expanded_and_no_file_opened() -> None:
    """A billion laughs stay a name, an external entity too."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    began = time.monotonic()
    found = opml.read(listed('<outline text="&l11;&x;" xmlUrl="https://a.example/f"/>', head=head))
    assert time.monotonic() - began < 2
    assert len(found.entries[0].title) < 100


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "empty"),
        (b"PK\x03\x04" + b"\0" * 100, "binary"),
        (b"<html><body>404</body></html>", "not_a_list"),
        (b"<rss version='2.0'/>", "not_a_list"),
        (b"just words", "not_a_list"),
        (b"<opml>" + b"<outline text='a'>" * 100_000, "parse_limit"),
    ],
)
def test_what_is_no_list_is_refused_by_its_reason(data: bytes, reason: str) -> None:
    """Typed, and at once."""
    assert refused(data).reason == reason


def test_a_list_without_bounds_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(opml, "MAX_ENTRIES", 2)
    data = listed(*(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(5)))
    assert len(urls(data)) == 2
    assert reasons(data) == ["too_many_items"]


def test_people_and_their_feeds_are_read_from_rdf() -> None:
    """FOAF as planets publish it."""
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
      xmlns:rss="http://purl.org/rss/1.0/"><foaf:Agent><foaf:name>Werk Nord</foaf:name><foaf:weblog>
      <foaf:Document rdf:about="https://a.example/"><rss:channel rdf:about="https://a.example/feed"/></foaf:Document>
      </foaf:weblog></foaf:Agent></rdf:RDF>"""
    (entry,) = opml.read(data).entries
    assert (entry.title, entry.xml_url, entry.html_url) == (
        "Werk Nord",
        "https://a.example/feed",
        "https://a.example/",
    )


FOLDER = '<outline text="' + "y" * 1_000 + '">'
HOSTILE = {
    "long names above thousands of feeds": FOLDER * 240
    + "".join(f'<outline text="t" xmlUrl="https://a{n}.example/f"/>' for n in range(3_000))
    + "</outline>" * 240,
    "one feed in thousands of folders": "".join(
        f'<outline text="g{n}"><outline text="t" xmlUrl="https://a.example/f"/></outline>'
        for n in range(8_000)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_list_costs_no_more_than_its_size(name: str) -> None:
    """Of names a beginning is kept, of folders a few: with each feed, whatever stands above it."""
    began = time.process_time()
    found = opml.read(f'<opml version="2.0"><body>{HOSTILE[name]}</body></opml>'.encode())
    assert time.process_time() - began < 2
    assert found.entries
    assert sum(len(group) for entry in found.entries for group in entry.groups) < 10_000_000
    assert max(len(entry.groups) for entry in found.entries) <= 100


def test_people_within_people_are_looked_at_once() -> None:
    """RDF: two hundred and forty of them around twenty thousand elements."""
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/">'
        + "<foaf:Agent>" * 240 + "<foaf:x/>" * 20_000 + "</foaf:Agent>" * 240 + "</rdf:RDF>"
    )  # fmt: skip
    began = time.process_time()
    assert [p.reason for p in opml.read(data.encode()).problems] == ["no_feed"]
    assert time.process_time() - began < 3
