"""H-07 to H-13: deceiving characters, bombs, pages without a text, giants, and text that looks like markup."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import feedparser
import pytest
from hostility_desk import NOW, NS, SITE, SOURCE, TEXT, Desk, draft, page, reading
from lxml import html

from aggregator import limits
from aggregator.model import Attachment, Copy, Document
from aggregator.preparing import Vocabulary, harvest

DECEIVING = "".join(
    map(
        chr,
        (
            *range(0x202A, 0x202F),
            *range(0x2060, 0x206A),
            0x200B,
            0x200E,
            0x200F,
            0xFEFF,
            0xAD,
            0xE0041,
            0xE007F,
        ),
    )
)


def shown(copy: Copy) -> str:
    """All that a copy may show."""
    return "\n".join(
        (
            copy.title,
            copy.kicker,
            copy.deck,
            *(b.text + b.html for b in copy.blocks),
            *copy.keywords,
            copy.declared_issuer,
        )
    )


@pytest.mark.parametrize("sign", [*DECEIVING, "\x80", "\x9f", "\x00", "\x1b", "\ufffe", "\ud800"])
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
def test_h07_no_character_deceives(sign: str, kind: str) -> None:
    """H-07: bidi controls, zero-width and tag characters, C1 and C0 go, in text, title and names; what is visible stays."""
    text = TEXT.replace("Halle", f"Ha{sign}lle")
    made = draft(
        f"<p>{text}</p><p>{text} <b>{text}</b></p>" if kind == "text/html" else f"{text}\n\n{text}",
        kind,
        title=f"Neue Ha{sign}lle",
        company=f"Muster{sign}werke GmbH",
        categories=(f"Ha{sign}lle",),
    )
    copy = reading(made).copy
    assert sign not in shown(copy)
    assert (copy.title, copy.declared_issuer, copy.keywords) == ("Neue Halle", "Musterwerke GmbH", ("Halle",))
    assert "neue Halle eröffnet" in copy.body


@pytest.mark.parametrize(
    "reference",
    ["&#8238;", "&#x202e;", "&#8203;", "&shy;", "&#xE0041;", "&#8;", "&#xFFFE;", "&#xD800;", "&zwnj;&#8294;"],
)
@pytest.mark.parametrize(
    "wrap",
    [
        "<p>{}</p>",
        "<pre>{}</pre>",
        "<ul><li>{}</li><li>b</li></ul>",
        "<h2>{}</h2>",
        "<table><tr><td>{}</td><td>1</td></tr></table>",
    ],
)
def test_h07_references_bring_no_such_character_in(reference: str, wrap: str) -> None:
    """H-07: they become characters only when the markup is parsed, in every kind of block."""
    found = shown(
        reading(draft(f"<p>{TEXT}</p>" + wrap.format(f"Die Ha{reference}lle steht") + f"<p>{TEXT}</p>")).copy
    )
    assert not {c for c in found if c in DECEIVING or c in "\x08\ufffe\ud800"}


def test_h07_composed_and_decomposed_letters_are_one(desk: Desk) -> None:
    """H-07: NFC, so that names are found however they were typed."""
    published = desk.published(draft(f"<p>{TEXT}</p>".replace("ö", "o\u0308"), title="Halle ero\u0308ffnet"))
    assert published.texts("title") == ["Halle eröffnet"]
    assert "neue Halle eröffnet" in published.texts("content")[0]


BOMBS = {
    "nested div": "<div>" * 100_000 + TEXT,
    "closed nested div": "<div>" * 100_000 + TEXT + "</div>" * 100_000,
    "nested lists in blocks": "<ul><li><div>" * 80 + TEXT,
    "nested lists in blocks, many": ("<ul><li><div>" * 60 + TEXT) * 20,
    "nested tables": "<table><tr><td>" * 3_000 + TEXT,
    "nested inline": "<b><i><a href=/x>" * 30_000 + f"<p>{TEXT}</p>" * 2_000,
    "nested quotes": "<blockquote>" * 50_000 + TEXT,
    "attributes": "<p " + "a=b " * 100_000 + f">{TEXT}</p>",
    "attributes of many names": "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + f">{TEXT}</p>",
    "attributes behind a sign": "<p title='>' "
    + " ".join(f"a{n}=b" for n in range(100_000))
    + f">{TEXT}</p>",
    "long attribute": "<p title='" + "x" * 3_000_000 + f"'>{TEXT}</p>",
    "unclosed comment": f"<p>{TEXT}</p><!--" + "a" * 1_000_000,
    "unclosed comments": "<!--" * 300_000,
    "unclosed script": f"<p>{TEXT}</p><script>" + "if (a < b) {" * 100_000,
    "unclosed tag": f"<p>{TEXT}</p><p " + "a" * 1_000_000,
    "unclosed quote": f"<p>{TEXT}</p><a href='" + "a>b" * 300_000,
    "angle brackets": "<" * 1_000_000,
    "entities": "&amp;" * 500_000,
    "broken entities": "&" * 1_000_000,
    "paragraphs": f"<p>{TEXT}</p>" * 20_000,
    "headings": "<h2>Über die Musterwerke GmbH</h2>" * 30_000,
    "quotes": "".join(
        f"<blockquote>„Wir freuen uns über Halle {n} sehr.“</blockquote>" for n in range(10_000)
    ),
    "dates": "<p>02.11.2026</p>" * 30_000,
    "images": "<img src=/a.jpg>" * 50_000,
    "links": "<a href='https://newsroom.example/a'>Halle</a> " * 50_000,
    "JSON-LD": "<script type='application/ld+json'>" + "[" * 150_000 + "</script>",
    "JSON-LD objects": "<script type='application/ld+json'>" + '{"@graph":[' * 15_000 + "</script>",
    "one word": "a" * 3_000_000,
    "one line of numbers": "1.2.2026 " * 200_000,
    "spaces": " " * 3_000_000 + TEXT,
    "combining marks": "a" + "\u0301" * 300_000,
    "brackets": "[" * 500_000 + "](" * 100_000,
    "asterisks": "*" * 500_000 + " **a" * 50_000,
    "backticks": "`a" * 300_000,
    "blocks around an image": "<div>" * 200 + "<img src=/a.jpg>" + "<i> </i> " * 150_000,
    "background again and again": (TEXT + "\n\n") * 50 + "Hintergrund: Die Muster AG ist ein Haus.\n" * 9_000,
    "nodes": "<p>a<br>b" * 300_000,
    "twenty megabytes": f"<p>{TEXT}</p>\n" * 110_000,
}
WHOLE = "<!doctype html><html><head><title>Halle</title></head><body><main><h1>Neue Halle</h1>"


@pytest.mark.parametrize(
    ("kind", "before"), [("text/html", ""), ("text/html", WHOLE), ("text/plain", ""), ("text/markdown", "")]
)
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_h08_a_bomb_is_read_or_given_up_in_time(bomb: str, kind: str, before: str) -> None:
    """H-08: far from the square of its size; `benchmarks/fuzzing` asks for 2 s, the workers enforce them."""
    started = time.process_time()
    found = reading(draft(before + bomb, kind))
    assert time.process_time() - started < limits.CONTAINER_SECONDS
    assert found.copy.title


def test_h08_depth_fits_into_the_stack_of_a_caller() -> None:
    """H-08: the walk is recursive; it has to work where a hundred calls are open already."""

    def down(calls: int) -> str:
        return down(calls - 1) if calls else reading(draft("<ul><li><div><p><b>" * 300 + TEXT)).copy.title

    assert sys.getrecursionlimit() == 1000, "what the programs run with"
    assert down(100) == "Neue Halle eröffnet"


CONSENT = """<div class="cookie-layer"><h2>Wir verwenden Cookies</h2><p>Wir und unsere 734 Partner verarbeiten Ihre Daten,
um Inhalte zu messen. Mit einem Klick auf „Alle akzeptieren“ stimmen Sie
der Verarbeitung Ihrer personenbezogenen Daten zu.</p>
<button>Alle akzeptieren</button><button>Einstellungen</button></div>"""


def test_h09_a_consent_wall_is_never_a_releases_text(desk: Desk) -> None:
    """H-09: a page that shows nothing else is refused; nothing of it is published."""
    refused = desk.put(page(CONSENT, "<title>Cookies</title>"), now=NOW)
    assert [r.reason for r in refused] == ["consent_wall"]
    assert desk.publish().entries == []


def test_h09_a_banner_before_a_release_stays_out_of_it(desk: Desk) -> None:
    """H-09: the page has both; the release is read without the banner."""
    text = f"<p>{TEXT}</p><p>In der Halle arbeiten künftig 140 Menschen.</p>"
    body = f"{CONSENT}<main><h1>Neue Halle eröffnet</h1>{text}</main>"
    published = desk.published(page(body, "<title>Neue Halle eröffnet</title>"))
    assert published.texts("title") == ["Neue Halle eröffnet"]
    assert "140 Menschen" in published.texts("content")[0]
    for words in ("Cookies", "Partner", "akzeptieren"):
        assert words not in published.texts("content")[0]


@pytest.mark.parametrize(
    "content",
    ["", "<p></p>", "<img src='/a.jpg'>", "<p>Pressemitteilung</p>", "<div><a href='/'>Start</a></div>"],
)
def test_h09_an_item_without_a_text_is_published_by_its_title_and_link(desk: Desk, content: str) -> None:
    """H-09: title, address and a note; the text is never made up of something else."""
    published = desk.published(draft(content))
    assert published.texts("title") == ["Neue Halle eröffnet"]
    assert "https://newsroom.example/a/1" in published.links()
    words = html.fragment_fromstring(published.texts("content")[0], create_parent="div").text_content()
    assert set(words.split()) <= {"Neue", "Halle", "eröffnet", "Weiterlesen:", "Musterwerke", "Newsroom"}
    assert "title only" in reading(draft(content)).copy.notes


def test_h09_a_page_of_nothing_but_links_is_no_release() -> None:
    """H-09: the whole page is not taken for its text."""
    links = "".join(
        f"<li><a href='/m/{n}'>Meldung Nummer {n} aus dem Hause</a> 0{n}.11.2026</li>" for n in range(1, 10)
    )
    found = reading(
        page(f"<nav><a href='/'>Start</a></nav><h1>Presse</h1><ul>{links}</ul>", "<title>Presse</title>")
    )
    assert found.refusal is not None


def test_h10_a_giant_body_gives_way_and_is_marked(desk: Desk) -> None:
    """H-10: 5 MB of an item end at a block's border, and the entry says so; the feed stays small and whole."""
    one = f"<p>Absatz {{}}: {TEXT}</p>"
    giant = draft("".join(one.format(n) for n in range(25_000)), key="giant")
    copy = reading(giant).copy
    assert "markup was cut to its bounds" in copy.notes
    assert all(b.text.endswith("mitteilte.") for b in copy.blocks if b.type == "paragraph")
    published = desk.published(
        giant, draft(f"<p>Eine andere Meldung über ein Schiff: {TEXT[::-1]}</p>", key="2", title="Schiff")
    )
    assert len(published.entries) == 2
    assert len(published.feeds["all.atom"]) < SITE.max_bytes


def test_h10_ten_thousand_images_are_a_few_enclosures(desk: Desk) -> None:
    """H-10: the first ones; the text is all there."""
    pictures = "".join(f"<img src='/bild-{n}.jpg' alt='Bild {n}'>" for n in range(10_000))
    published = desk.published(
        draft(f"<p>{TEXT}</p>{pictures}<p>Am Ende steht dieser Satz über die Halle.</p>")
    )
    enclosures = [ln for ln in published.entries[0].findall("a:link", NS) if ln.get("rel") == "enclosure"]
    assert 1 <= len(enclosures) <= 50
    assert enclosures[0].get("href") == "https://newsroom.example/bild-0.jpg"
    assert "Am Ende steht dieser Satz" in published.texts("content")[0]


@pytest.mark.parametrize(
    "words",
    [
        "a ]]> b",
        "a\u00a0b",
        "<?php echo 1 ?>",
        "<!-- kein Kommentar -->",
        "🚀 👩‍👩‍👧 ❤️",
        "שלום עליכם",
        "مرحبا بالعالم",
        "5 < 6 & 7 > 3",
        "&nbsp; &amp;amp;",
        "„a“ ‚b‘ «c»",
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
def test_h11_odd_text_comes_back_as_it_was(desk: Desk, words: str, kind: str) -> None:
    """H-11: to the letter, for three parsers, once it is told from markup; no-break spaces become spaces."""
    from html import escape

    text = f"Die Halle zeigt {words} in Beispielstadt. {TEXT}"
    published = desk.published(
        draft(f"<p>{escape(text)}</p>" if kind == "text/html" else text, kind, title=f"Halle {words} offen")
    )
    expected = text.replace("\u00a0", " ")
    contents = (
        published.texts("content")[0],
        feedparser.parse(published.feeds["all.atom"]).entries[0].content[0].value,
    )
    for content in contents:
        found = html.fragment_fromstring(content, create_parent="div").text_content()
        assert expected in " ".join(found.split())
    assert published.texts("title") == [f"Halle {words} offen".replace("\u00a0", " ")]


def test_h12_enclosures_are_sane(desk: Desk) -> None:
    """H-12: impossible lengths and types go, other schemes go, and of five hundred some are enough."""
    bad = (
        Attachment(
            url="https://newsroom.example/1.mp3", media_type="audio/mpeg", length=-1, title="x" * 9_000
        ),
        Attachment(url="https://newsroom.example/2.mp3", media_type="audio/mpeg\nx: y", length=2**80),
        Attachment(url="javascript:alert(1)", media_type="text/html", length=1),
        Attachment(url="//newsroom.example/3.mp3", media_type="<b>", length=7),
        Attachment(url="https://user:pw@newsroom.example/4.mp3", length=0),
        *(Attachment(url=f"https://newsroom.example/x{n}.jpg") for n in range(500)),
    )
    published = desk.published(draft(attachments=bad))
    found = [ln for ln in published.entries[0].findall("a:link", NS) if ln.get("rel") == "enclosure"]
    assert len(found) <= 50
    assert [(ln.get("href"), ln.get("type"), ln.get("length")) for ln in found[:4]] == [
        ("https://newsroom.example/1.mp3", "audio/mpeg", None),
        ("https://newsroom.example/2.mp3", "audio/mpeg", None),
        ("https://newsroom.example/3.mp3", "audio/mpeg", "7"),
        ("https://newsroom.example/4.mp3", "audio/mpeg", "0"),
    ]
    assert all(len(ln.get("title", "")) <= 300 for ln in found)


@pytest.mark.parametrize(
    "text",
    [
        f"<script>alert(1)</script> {TEXT}",
        f"<p>{TEXT}</p> <img src=x onerror=alert(1)>",
        f"<b>{TEXT}</b> &lt;i&gt;",
        f"<!doctype html><html>{TEXT}",
    ],
)
def test_h13_plain_text_is_never_trusted_as_markup(desk: Desk, text: str) -> None:
    """H-13: it is shown letter by letter, whatever it looks like; a file named .txt is plain text too."""
    published = desk.published(draft(text, "text/plain"))
    content = html.fragment_fromstring(published.texts("content")[0], create_parent="div")
    assert {e.tag for e in content.iterdescendants()} == {"p"}
    assert text in content.text_content()


def test_h13_a_text_file_that_holds_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    """H-13: from the bytes on, as a poll of a folder reads them."""
    text = f"Neue Halle\n\n<img src=x onerror=alert(1)> {TEXT}\n\n{TEXT}"
    file = Document(url=(tmp_path / "a.txt").as_uri(), content=text.encode(), fetched_at=NOW, key="a.txt")
    found = harvest([file], SOURCE, Vocabulary.of((), ()), {}, "text").prepared[0].unpack().copy
    assert "<img src=x onerror=alert(1)>" in found.body
    assert all("<img" not in b.html for b in found.blocks)


def test_h08_a_text_that_is_one_table() -> None:
    """H-08: found by the fuzzer: nothing above the rows, and lines of a length that looks like wrapping."""
    assert reading(draft("a|a\n|aa" + "|a" * 18 + "|\na|a", "text/plain", title="a" + "|a" * 26)).copy.title
