"""H-01 to H-06: markup and addresses of strangers, looked at where subscribers get them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import feedparser
import nh3
import pytest
from hostility_desk import NS, TEXT, Desk, Nodes, Published, draft, page, reading, tree
from hostility_vectors import vectors
from lxml import html

from aggregator.model import Attachment
from aggregator.reading.sanitise import fragment

VECTORS = tuple(vectors())
ELEMENTS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {"href", "colspan", "rowspan", "rel", "title", "hreflang", "start", "scope"}
WEB = re.compile(r"(?:https?://[^\s\"'<>\\@/]+(?:[/?#][^\s\"<>\\]*)?|mailto:[^\s\"'<>]*)")


def harmless(markup: str) -> None:
    """Nothing but known elements, known attributes and web addresses, for two parsers and a further cleaning."""
    seen = Nodes(markup)
    assert seen.odd == []
    for tag, attributes in (*seen.found, *tree(markup)):
        assert tag in ELEMENTS, (tag, markup)
        assert set(attributes) <= ATTRIBUTES, (attributes, markup)
        assert WEB.fullmatch(attributes.get("href", "https://a.example")), (attributes, markup)
    assert nh3.clean(markup, tags=ELEMENTS, attributes={"*": ATTRIBUTES}, link_rel=None) == nh3.clean(
        nh3.clean(markup, tags=nh3.ALLOWED_TAGS | ELEMENTS, link_rel=None),
        tags=ELEMENTS,
        attributes={"*": ATTRIBUTES},
        link_rel=None,
    )


def inside(vector: str) -> str:
    """A release with the attack in each kind of block."""
    return (
        f"<p>{TEXT} {vector}</p><h2>Zwischentitel {vector}</h2><p>{TEXT}</p><ul><li>{vector} eins</li><li>zwei</li></ul>"
        f"<table><tr><td>{vector}</td><td>1</td></tr><tr><td>a</td><td>2</td></tr></table>"
        f"<blockquote>{vector} Zitat</blockquote>"
        f"<figure><img src='/bild.jpg' alt='{vector}'><figcaption>Foto: {vector}</figcaption></figure><p>{TEXT}</p>"
    )


def test_h01_there_are_hundreds_of_vectors() -> None:
    """H-01: at least 300 different ones, or the tests below prove little."""
    assert len(VECTORS) >= 300


def test_h01_no_vector_survives_in_the_markup_of_a_block() -> None:
    """H-01: alone, in a feed item and in a whole page; cleaning a second time changes nothing."""
    for vector in VECTORS:
        once = fragment(vector, "https://newsroom.example/a/")
        harmless(once)
        assert fragment(once, "https://newsroom.example/a/") == once
        for made in (draft(inside(vector)), page(f"<main><h1>Neue Halle</h1>{inside(vector)}</main>")):
            for block in reading(made).copy.blocks:
                harmless(block.html)


@pytest.mark.timeout(300)
def test_h01_no_vector_reaches_a_feed_or_the_index_page(desk: Desk) -> None:
    """H-01: content, titles, authors, categories, links and the page, as three parsers read the files."""
    drafts = [
        draft(
            inside(vector),
            key=str(n),
            title=f"{n} {vector} Halle",
            company=f"{n} {vector} GmbH",
            url=f"https://newsroom.example/a/{n}",
            categories=(vector,),
            attachments=(Attachment(url=vector, title=vector),),
        )
        for n, vector in enumerate(VECTORS)
    ]
    desk.put(*drafts, apart=True)
    published = desk.publish()
    assert len(published.entries) >= 0.95 * len(VECTORS), "hardly any release is lost to an attack within it"
    for content in published.texts("content"):
        harmless(content)
    _look_at_feedparser(published)
    _look_at_the_page(published.index)
    for entry in published.entries:
        _are_web([link.get("href", "") for link in entry.findall("a:link", NS)])
        _are_web([uri.text or "" for uri in entry.iterfind(".//a:uri", NS)])


def _look_at_feedparser(published: Published) -> None:
    """What feedparser would still take out is at most the way in which it writes."""
    raw, cleaned = published.parsed(), published.cleaned()
    for before, after in zip(raw.entries, cleaned.entries, strict=True):
        assert Nodes(before.content[0].value).found == Nodes(after.content[0].value).found


def _look_at_the_page(markup: str) -> None:
    root = html.document_fromstring(markup)
    assert {
        e.tag for e in root.iter("script", "iframe", "object", "embed", "form", "img", "svg", "math", "base")
    } == set()
    assert [e.get("http-equiv") for e in root.iter("meta") if e.get("http-equiv")] == [
        "Content-Security-Policy"
    ]
    assert not [
        name
        for e in root.iter(html.etree.Element)
        for name in e.attrib
        if name.lower().startswith(("on", "style"))
    ]
    _are_web(
        e.get("href")
        for e in root.iter("a")
        if "://" in e.get("href", "") or ":" in e.get("href", "").partition("/")[0]
    )
    assert len(Nodes(markup).found) == len(list(root.iter(html.etree.Element)))


def _are_web(addresses: Iterable[str]) -> None:
    for found in addresses:
        assert WEB.fullmatch(found), found


@pytest.mark.parametrize(
    "scheme",
    [
        "javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "blob:https://a.example/1",
        "feed:x",
        "ms-msdt:/id",
    ],
)
def test_h02_no_other_scheme_in_any_place(desk: Desk, scheme: str) -> None:
    """H-02: links of the text, images, enclosures and the entry's own address; the entry stays."""
    made = draft(
        f"<p>{TEXT} <a href='{scheme}'>mehr</a> <img src='{scheme}' srcset='{scheme} 2x'></p>"
        f"<blockquote cite='{scheme}'>Zitat</blockquote>",
        url=scheme,
        base="https://newsroom.example/",
        attachments=(Attachment(url=scheme, media_type="audio/mpeg"),),
    )
    published = desk.published(made)
    assert published.texts("title") == ["Neue Halle eröffnet"]
    assert scheme.encode() not in published.feeds["all.atom"] + published.index.encode()
    _are_web(published.links())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Halle <b>fertig</b>", "Halle <b>fertig</b>"),
        ("Halle &lt;b&gt;fertig&lt;/b&gt;", "Halle &lt;b&gt;fertig&lt;/b&gt;"),
        ("<script>alert(1)</script> Halle", "<script>alert(1)</script> Halle"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
    ],
)
def test_h03_titles_are_text_whatever_they_look_like(desk: Desk, written: str, shown: str) -> None:
    """H-03: a draft's title is plain text (adapters undo HTML); it comes out letter by letter, of type text."""
    published = desk.published(draft(title=written, categories=(written,), company=f"{written} GmbH"))
    title = published.entries[0].find("a:title", NS)
    assert title is not None
    assert (title.text, title.get("type", "text")) == (shown, "text")
    assert html.document_fromstring(published.index).xpath("//ol//a/text()") == [shown]


PIXELS = (
    "<img src='https://pixel.example/p.gif' width=1 height=1>",
    "<img src='https://pixel.example/p.gif' width='0' height='0'>",
    "<img src='https://pixel.example/p.gif' width='1px' height='1px' alt=''>",
    "<img src='https://pixel.example/p.gif' style='width:1px;height:1px'>",
    "<img src='https://pixel.example/p.gif' style='display:none'>",
    "<img src='https://pixel.example/p.gif' hidden>",
    "<img src='https://www.google-analytics.com/collect?v=1'>",
    "<div style='background:url(https://pixel.example/p.gif)'></div>",
    "<a ping='https://pixel.example/p' href='https://newsroom.example/'>Newsroom</a>",
    "<link rel=prefetch href='https://pixel.example/p'>",
    "<picture><source srcset='https://pixel.example/p.gif'>"
    "<img src='https://pixel.example/p.gif' width=1 height=1></picture>",
    "<iframe src='https://pixel.example/p' width=1 height=1></iframe>",
    "<video src='https://pixel.example/p' poster='https://pixel.example/p'></video>",
    "<noscript><img src='https://pixel.example/p.gif'></noscript>",
    "<table background='https://pixel.example/p.gif'><tr><td>a</td><td>b</td></tr></table>",
)


@pytest.mark.parametrize("pixel", PIXELS)
def test_h04_no_reader_is_tracked(desk: Desk, pixel: str) -> None:
    """H-04: nothing of a pixel gets into a feed, neither as markup nor as an enclosure; the picture of the text does."""
    picture = "<img src='https://newsroom.example/halle.jpg' alt='Die Halle' width=800 height=600>"
    published = desk.published(draft(f"<p>{TEXT}</p>{picture}<p>{TEXT} {pixel}</p>"))
    assert b"pixel.example" not in published.feeds["all.atom"]
    assert b"google-analytics" not in published.feeds["all.atom"]
    assert "https://newsroom.example/halle.jpg" in published.links()


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/b", "https://newsroom.example/b"),
        ("b?c=1", "https://newsroom.example/a/b?c=1"),
        ("../b", "https://newsroom.example/b"),
        ("../../../../b", "https://newsroom.example/b"),
        ("//other.example/b", "https://other.example/b"),
        ("\\\\other.example\\b", "https://other.example/b"),
        ("https:\\\\other.example\\b", "https://other.example/b"),
        ("/\\other.example/b", "https://other.example/b"),
        ("#unten", None),
        ("", None),
        ("http://", None),
        ("https:///b", None),
        ("http://[::1", None),
        ("https://a.example:99999/", None),
    ],
)
@pytest.mark.parametrize(
    "hostile", ["", "<base href='https://evil.example/'>", "<base href='javascript:alert(1)//'>"]
)
def test_h05_addresses_are_absolute_and_no_base_is_believed(
    href: str, found: str | None, hostile: str
) -> None:
    """H-05: resolved against the page that was fetched, whatever it claims; else the link goes and its text stays."""
    body = f"<main><h1>Neue Halle</h1><p>{TEXT} <a href='{href}'>Zur Halle</a> sagte sie.</p><p>{TEXT}</p></main>"
    for made in (draft(f"{hostile}{body}"), page(body, hostile)):
        blocks = [b.html for b in reading(made).copy.blocks if "Zur Halle" in b.text]
        links = [
            a.get("href")
            for b in blocks
            for a in html.fragment_fromstring(b or "x", create_parent="p").iter("a")
        ]
        assert blocks
        assert links == ([found] if found else [])


def test_h05_without_a_base_a_relative_address_is_dropped(desk: Desk) -> None:
    """H-05: also ``xml:base``, which readers know and we do not; nothing relative is published."""
    made = draft(
        f"<div xml:base='https://evil.example/'><p>{TEXT} <a href='/b'>Zur Halle</a></p></div>",
        url="",
        base="",
    )
    published = desk.published(made)
    assert "Zur Halle" in published.texts("content")[0]
    assert "href" not in published.texts("content")[0]
    assert b"evil.example" not in published.feeds["all.atom"]


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://bank.example:443@evil.example/x", "https://evil.example/x"),
        ("https://bank.example%2F@evil.example/", "https://evil.example/"),
        ("https://user:secret@newsroom.example/", "https://newsroom.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://аpple.example/", "https://xn--pple-43d.example/"),
        ("https://p\u200baypal.example/", "https://paypal.example/"),
    ],
)
def test_h06_an_address_shows_where_it_leads(desk: Desk, href: str, host: str) -> None:
    """H-06: no user names, and hosts as ASCII, in the text and as the entry's own link."""
    published = desk.published(draft(f"<p>{TEXT} <a href='{href}'>Zur Halle</a></p>", url=href))
    parsed = feedparser.parse(published.feeds["all.atom"])
    assert f'href="{host}"' in parsed.entries[0].content[0].value
    assert [link.href for link in parsed.entries[0].links if link.rel == "alternate"] == [host]
    assert "@" not in " ".join(published.links())


def test_h06_editions_in_other_languages_are_addresses_and_languages() -> None:
    """H-06: what ``hreflang`` links claim is cleaned as every address is; a language is a language's tag."""
    head = (
        "<link rel=alternate hreflang=en href='https://user@newsroom.example/en\u202e'>"
        "<link rel=alternate hreflang=fr href='http://&shy;'>"
        "<link rel=alternate hreflang='<b>' href='https://newsroom.example/b'>"
        "<link rel=alternate hreflang=it href='javascript:alert(1)'>"
    )
    found = reading(page(f"<h1>Neue Halle</h1><p>{TEXT}</p>", head)).copy.editions
    assert found == (("en", "https://newsroom.example/en"),)
