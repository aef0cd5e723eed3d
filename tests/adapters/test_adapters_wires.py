"""Wires: which adapter an address has, teasers and their pages, and the numbers that join editions of one release."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator import adapters, matching, reading
from aggregator.adapters import wirefeed, wirepage, wires
from aggregator.errors import ReadError
from aggregator.model import Copy, Document, Draft, Follow, Source
from aggregator.preparing import Vocabulary, prepare
from aggregator.settings import load

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WIRES = sorted(wires.names())


def _source(wire: str, **values: object) -> Source:
    made = Source(id="wire", adapter=wire, url="https://www.example.com/feed", role="wire")
    return replace(made, **values)  # type: ignore[arg-type]


def _items(wire: str, name: str, source: Source | None = None, **values: object) -> list[adapters.Item]:
    content = (GOLDEN / "adapters" / wire / name).read_bytes()
    document = Document(url=f"https://www.example.com/{name}", content=content, fetched_at=NOW)
    document = replace(document, **values)  # type: ignore[arg-type]
    return list(adapters.load(wire)(document, source or _source(wire)))


def _draft(wire: str, name: str) -> Draft:
    (item,) = _items(wire, name)
    assert isinstance(item, Draft)
    return item


def _copy(wire: str, name: str) -> Copy:
    found = reading.read(_draft(wire, name), _source(wire))
    assert isinstance(found, Copy), found
    return found


def _feed_of(wire: str) -> str:
    return next(
        p.name for p in sorted((GOLDEN / "adapters" / wire).glob("*_feed.*")) if "expected" not in p.name
    )


def _pages(wire: str, part: str) -> list[str]:
    return sorted(p.name for p in (GOLDEN / "adapters" / wire).glob(f"*{part}.html"))


# -- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("https://www.presseportal.de/rss/presseportal.rss2", "presseportal"),
        ("https://api.presseportal.de/api/article/all?api_key=x", "presseportal"),
        ("https://www.presseportal.ch/rss/", "presseportal"),
        ("https://www.ots.at/rss/wirtschaft", "apa_ots"),
        ("https://www.eqs-news.com/de/feed/", "eqs"),
        ("https://www.globenewswire.com/RssFeed/orgclass/1", "globenewswire"),
        ("https://www.prnewswire.com/rss/news-releases-list.rss", "prnewswire"),
        ("https://www.newswire.ca/rss/x.rss", "prnewswire"),
        ("https://feed.businesswire.com/rss/home/?rss=G1QF", "businesswire"),
        ("https://FEED.BUSINESSWIRE.COM./rss/", "businesswire"),
        ("https://notbusinesswire.com/rss", ""),
        ("https://businesswire.com.example.com/rss", ""),
        ("https://www.example.com/presseportal.de/rss", ""),
        ("http://[bad", ""),
        ("/srv/texts", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address_names_its_wire(address: str, wire: str) -> None:
    """Sub-domains belong to their wire; a name inside another host or a path does not."""
    assert wires.for_address(address) == wire


def test_every_wire_is_an_adapter() -> None:
    """The table of hosts and the list of adapters agree."""
    assert set(WIRES) <= set(adapters.names())


def test_a_wires_address_needs_no_adapter_and_no_role(tmp_path: Path) -> None:
    """The adapter follows from the address, and the role from the adapter; what is written counts."""
    (tmp_path / "settings.toml").write_text('title = "T"\nbase_url = "https://feeds.example.com"\n', "utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "a"\nurl = "https://www.presseportal.de/rss/presseportal.rss2"\n'
        '[[source]]\nid = "b"\nurl = "https://www.prnewswire.com/rss/x.rss"\nrole = "issuer"\n'
        '[[source]]\nid = "c"\nurl = "https://www.ots.at/rss/index"\nadapter = "feed"\n',
        "utf-8",
    )
    a, b, c = load(tmp_path).sources
    assert (a.adapter, a.role) == ("presseportal", "wire")
    assert (b.adapter, b.role) == ("prnewswire", "issuer")
    assert (c.adapter, c.role) == ("feed", "mixed")


# -- teasers and pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
def test_a_teaser_leads_to_its_page(wire: str) -> None:
    """Each item of a wire's feed names its page, is read by the same adapter, and goes along."""
    items = _items(wire, _feed_of(wire))
    assert items
    for item in items:
        assert isinstance(item, Follow)
        assert item.reader == wire
        assert item.listed is not None
        assert item.listed.url == item.url
        assert "T" in item.listed.published


LISTS = {
    "presseportal": ("https://www.presseportal.de/nr/904477", "https://www.presseportal.de/pm/904477/77781{:02}"),
    "apa_ots": ("https://www.ots.at/pressemappe/4711/bahn", "https://www.ots.at/presseaussendung/OTS_20261124_OTS00{:02}/zug"),
    "eqs": ("https://www.eqs-news.com/de/company/halvorsen", "https://www.eqs-news.com/de/news/corporate/halvorsen/21248{:02}"),
    "globenewswire": (
        "https://www.globenewswire.com/en/search/organization/Fjordlys",
        "https://www.globenewswire.com/news-release/2026/11/24/33911{:02}/0/en/Tide.html",
    ),
    "prnewswire": (
        "https://www.prnewswire.com/news/harvest-prairie-mills/",
        "https://www.prnewswire.com/news-releases/harvest-prairie-mills-grows-3021188{:02}.html",
    ),
    "businesswire": (
        "https://www.businesswire.com/newsroom/quillon",
        "https://www.businesswire.com/news/home/202611240053{:02}/en/Quillon",
    ),
}  # fmt: skip
"""Of each wire a page that lists a customer's releases, and the pages that it leads to."""

SUBJECTS = ("Neues Werk in Emden eröffnet", "Umsatz steigt im dritten Quartal", "Vorstand wird erweitert",
            "Auftrag aus Norwegen gewonnen", "Kran hebt vierhundert Tonnen", "Forschung zu Wasserstoff")  # fmt: skip


def _list_page(wire: str) -> Document:
    url, release = LISTS[wire]
    rows = "".join(
        f'<article class="news"><p class="date">{20 - n}.11.2026</p><h3><a href="{release.format(n + 10)}">{title}</a></h3>'
        f"</article>"
        for n, title in enumerate(SUBJECTS)
    )
    page = f'<html lang="de"><title>Pressemitteilungen</title><main><h1>Meldungen</h1>{rows}</main></html>'
    return Document(url=url, content=page.encode(), fetched_at=NOW, media_type="text/html")


@pytest.mark.parametrize("wire", WIRES)
def test_a_page_that_lists_releases_leads_to_them(wire: str) -> None:
    """A customer's page at a wire, given as the source: each release once, read by the wire's adapter, with its day."""
    document = _list_page(wire)
    found = list(adapters.load(wire)(document, _source(wire, url=document.url)))
    assert [i.listed.title for i in found if isinstance(i, Follow) and i.listed] == list(SUBJECTS)
    assert {i.reader for i in found if isinstance(i, Follow)} == {wire}
    assert {i.listed.published[:8] for i in found if isinstance(i, Follow) and i.listed} == {"2026-11-"}


@pytest.mark.parametrize("wire", WIRES)
def test_a_page_of_a_wire_is_read_as_such_whoever_leads_there(wire: str) -> None:
    """A newsroom's list, a sitemap and a watched page lead to a wire too: its issuer, minute and number are not lost."""
    name = next(n for n in _pages(wire, "_page") if "correction" not in n and "translation" not in n)
    url = LISTS[wire][1].format(10)
    content = (GOLDEN / "adapters" / wire / name).read_bytes()
    listed = Draft(key="k", content="", content_type="text/plain", fetched_at=NOW, url=url, title="Kurz")
    document = Document(url=url, content=content, fetched_at=NOW, listed=listed, requested=url)
    (draft,) = adapters.load("article")(document, _source("newsroom"))
    assert isinstance(draft, Draft)
    assert draft.company == _draft(wire, name).company != ""
    assert draft.published == _draft(wire, name).published
    assert (draft.key, draft.listed) == ("k", listed)
    assert draft.identifiers


@pytest.mark.parametrize("wire", WIRES)
def test_nothing_is_followed_where_the_source_says_so(wire: str) -> None:
    """``follow = "never"`` takes the items as they are."""
    items = _items(wire, _feed_of(wire), _source(wire, follow="never"))
    assert {type(i) for i in items} == {Draft}


@pytest.mark.parametrize("wire", WIRES)
def test_a_page_that_cannot_be_had_leaves_what_the_feed_said(wire: str) -> None:
    """No content: the listed draft is the release."""
    listed = _items(wire, _feed_of(wire), _source(wire, follow="never"))[0]
    assert isinstance(listed, Draft)
    empty = Document(url=listed.url, content=b"", fetched_at=NOW, listed=listed)
    assert list(adapters.load(wire)(empty, _source(wire))) == [listed]


@pytest.mark.parametrize("wire", WIRES)
def test_a_page_keeps_the_identity_of_its_item(wire: str) -> None:
    """Key and address are the feed's, whatever the page calls itself; the item stands beside it as evidence."""
    listed = _items(wire, _feed_of(wire), _source(wire, follow="never"))[0]
    assert isinstance(listed, Draft)
    name = next(n for n in _pages(wire, "_page") if "correction" not in n and "translation" not in n)
    (page,) = _items(wire, name, url=listed.url, listed=listed)
    assert isinstance(page, Draft)
    assert (page.key, page.url, page.listed) == (listed.key, listed.url, listed)
    assert set(listed.identifiers) <= set(page.identifiers)
    assert len(page.content) > len(listed.content)


@pytest.mark.parametrize("wire", WIRES)
def test_every_page_gives_its_issuer_and_its_minute(wire: str) -> None:
    """The declared issuer and a time of day stand on each page, and reach the copy."""
    for name in _pages(wire, "_page"):
        draft = _draft(wire, name)
        assert draft.company
        assert draft.published[10:11] == "T"
        copy = _copy(wire, name)
        assert copy.date_precision == "minute"
        assert copy.declared_issuer == draft.company


# -- editions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
def test_a_correction_bears_the_number_of_what_it_corrects(wire: str) -> None:
    """It shares a number with the first version, is marked, and is decided to be a correction."""
    first = next(n for n in _pages(wire, "_page") if "_correction" not in n and "_translation" not in n)
    first = {"eqs": "de_page.html", "prnewswire": "en_page.html", "globenewswire": "en_page.html"}.get(
        wire, first
    )
    (second,) = _pages(wire, "_correction_page")
    assert _shared(wire, first, second)
    assert "correction" in _copy(wire, second).marks


@pytest.mark.parametrize("wire", WIRES)
def test_a_translation_bears_the_number_of_its_original(wire: str) -> None:
    """The notice below a translation names the original, on whichever wire that is."""
    (name,) = _pages(wire, "_translation_page")
    originals = {
        "apa_ots": ("prn", "302118844"),
        "presseportal": ("bw", "20261124005312"),
        "businesswire": ("bw", "20261124005312"),
        "prnewswire": ("prn", "302118844"),
        "globenewswire": ("gnw", "3391153"),
        "eqs": ("eqs", "2124954"),
    }
    assert originals[wire] in _draft(wire, name).identifiers


@pytest.mark.parametrize(
    ("wire", "first", "second"),
    [
        ("globenewswire", "en_page.html", "no_page.html"),
        ("businesswire", "en_page.html", "fr_page.html"),
        ("prnewswire", "en_page.html", "fr_page.html"),
        ("eqs", "de_page.html", "en_page.html"),
    ],
)
def test_languages_of_one_release_share_a_number(wire: str, first: str, second: str) -> None:
    """A strong identifier joins them, and their languages differ."""
    assert _shared(wire, first, second)
    assert _draft(wire, first).language[:2] != _draft(wire, second).language[:2]


def _shared(wire: str, first: str, second: str) -> set[tuple[str, str]]:
    return set(matching.strong_identifiers(_copy(wire, first))) & set(
        matching.strong_identifiers(_copy(wire, second))
    )


def test_a_link_to_another_release_is_no_edition() -> None:
    """ "More from this source" and a reference in the text name other releases."""
    other = "https://www.prnewswire.com/news-releases/other-302000001.html"
    html = (
        f'<html><body><p>As reported in <a href="{other}">an earlier release</a>, sales grew.</p>'
        f'<div><h2>Also from this source</h2><a href="{other}">Other</a></div></body></html>'
    )
    found = wirepage.read_page(html, "https://www.example.com/", wirepage.Layout())
    assert found.editions == []


def test_a_tag_without_end_costs_no_square() -> None:
    """X-03: fifty thousand attributes, which the parser compares each with all before it."""
    tag = "<div title='>' " + " ".join(f"a{n}=1" for n in range(50_000)) + ">"
    began = time.process_time()
    found = wirepage.read_page(
        f"<html lang=de><body>{tag}<h1>Halle</h1>",
        "https://www.example.com/",
        wirepage.Layout(title=("//h1",)),
    )
    assert time.process_time() - began < 2
    assert found.title == "Halle"


@pytest.mark.parametrize("space", [" ", "\n" * 400])
@pytest.mark.parametrize("block", ["div", "section", "li"])
def test_a_notice_brings_in_no_links_of_its_neighbours(block: str, space: str) -> None:
    """What holds the notice also holds "More from": only the notice's own paragraph counts."""
    own, other = (f"https://www.prnewswire.com/news-releases/x-30200000{n}.html" for n in (1, 2))
    html = (
        f'<html><body><div><{block}>{space}<p>View original content: <a href="{own}">{own}</a></p></{block}>'
        f'{space}<{block}><h3>More</h3><a href="{other}">Other</a></{block}>{space}</div></body></html>'
    )
    found = wirepage.read_page(html, "https://www.example.com/", wirepage.Layout())
    assert found.editions == [own]


# -- fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nasdaq:QLLN", ("ticker", "NASDAQ:QLLN")),
        ("OTC Markets:FJLYF", ("ticker", "OTC:FJLYF")),
        ("TSX-V:DEX", ("ticker", "TSX-V:DEX")),
        ("NYSE American: XYZ", ("ticker", "NYSE:XYZ")),
        ("US0378331005", ("isin", "US0378331005")),
        ("US0378331006", None),
        ("Calendar of Events", None),
        ("Mergers: and Acquisitions", None),
        ("", None),
    ],
)
def test_a_category_is_a_security_only_where_it_is_nothing_else(
    text: str, found: tuple[str, str] | None
) -> None:
    """Tickers with their exchange and ISINs with their check digit; topics are none."""
    assert wirefeed.security(text) == found


@pytest.mark.parametrize(
    ("wire", "name", "issuer", "minute"),
    [
        ("globenewswire", "en_globenewswire_style", "Pelorus Marine Energy A/S", "2023-09-05T07:00"),
        ("prnewswire", "en_prnewswire_style", "Harvestone Mills, Inc.", "2024-04-16T08:30"),
        ("businesswire", "en_businesswire_style", "Quillon Networks", "2021-09-14T10:00"),
        ("apa_ots", "de_ots_kammer", "Tischlerinnung Alpenland", "2024-01-09T09:12"),
        (
            "presseportal",
            "de_presseportal_versicherung",
            "Arlener Versicherungsverein a.G.",
            "2024-05-14T09:30",
        ),
        ("eqs", "de_eqs_news", "Novalith Medizintechnik AG", ""),
    ],
)
def test_whole_pages_with_all_their_boxes_give_the_same_fields(
    wire: str, name: str, issuer: str, minute: str
) -> None:
    """The fields are found among menus, teasers and scripts as well."""
    content = (GOLDEN / "pages" / f"{name}.html").read_bytes()
    document = Document(url=f"https://www.example.com/{name}", content=content, fetched_at=NOW)
    (draft,) = adapters.load(wire)(document, _source(wire))
    assert isinstance(draft, Draft)
    assert draft.company == issuer
    assert draft.published.startswith(minute)


def test_the_issuer_of_a_wires_field_gets_the_release() -> None:
    """Class A evidence: the wire's own field decides, and the house may have a feed."""
    made = prepare(_draft("presseportal", "de_page.html"), _source("presseportal"), Vocabulary.of([], []))
    assert hasattr(made, "filing")
    issuers = [(m.name, m.publishable) for m in made.filing.companies if m.role == "issuer"]
    assert issuers == [("Halvorsen Kranbau AG", True)]


# -- what is broken ------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"[" * 100_000, b"\0\1\2", b"just words"])
def test_what_is_no_document_of_a_wire_is_refused_by_name(wire: str, content: bytes) -> None:
    """A `ReadError`, and nothing else, for an empty answer, broken JSON, another JSON, and noise."""
    document = Document(url="https://www.example.com/x", content=content, fetched_at=NOW)
    with pytest.raises(ReadError):
        list(adapters.load(wire)(document, _source(wire)))


@pytest.mark.parametrize("wire", WIRES)
def test_a_page_cut_off_anywhere_never_raises(wire: str) -> None:
    """Half a page is read as far as it goes, with the item at hand."""
    listed = _items(wire, _feed_of(wire), _source(wire, follow="never"))[0]
    assert isinstance(listed, Draft)
    content = (GOLDEN / "adapters" / wire / _pages(wire, "_correction_page")[0]).read_bytes()
    for end in range(1, len(content), 97):
        document = Document(url=listed.url, content=content[:end], fetched_at=NOW, listed=listed)
        (item,) = adapters.load(wire)(document, _source(wire))
        assert isinstance(item, Draft)
        assert item.key == listed.key


@pytest.mark.parametrize("offer", ["Read more", "Weiterlesen …", "Lire la suite »"])
def test_a_long_item_that_offers_to_read_on_is_followed(offer: str) -> None:
    """As in every other feed: a wire's customer may write a long beginning."""
    long = "<p>Die neue Halle der Tann AG in Lindau bietet Platz für hundert Pressen und Öfen.</p>" * 40
    url = "https://www.globenewswire.com/news-release/2026/11/03/3000001/0/de/tann.html"
    item = f"<item><title>Neue Halle</title><link>{url}</link><description><![CDATA[{long}{{}}]]></description></item>"
    feed = f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>"

    def read(end: str) -> adapters.Item:
        content = feed.replace("{}", end).encode()
        document = Document(
            url="https://www.globenewswire.com/rss",
            content=content,
            fetched_at=datetime(2026, 11, 3, tzinfo=UTC),
        )
        return next(iter(adapters.load("globenewswire")(document, _source("globenewswire"))))

    assert isinstance(read(""), Draft)
    assert isinstance(read(f"<p>{offer}</p>"), Follow)
