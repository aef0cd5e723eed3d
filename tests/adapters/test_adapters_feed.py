"""What a feed's items become: identity, titles, texts, addresses, declared issuers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from adapters_samples import document, item, read, rss, source

from aggregator.adapters import feed


def keys(content: str, **fields: object) -> list[str]:
    return [d.key for d in read(content, **fields)[0]]


def test_identity_survives_edited_title_and_address() -> None:
    """X-10: the guid decides, whatever else changes."""
    before = read(rss(item(1)))[0][0]
    after = read(rss(item(1, title="Neu").replace("source.example/1", "other.example/x")))[0][0]
    assert before.key == after.key
    assert before.title != after.title


@pytest.mark.parametrize("guid", ["", "<guid/>", "<guid> </guid>"])
def test_without_a_guid_the_link_is_the_identity(guid: str) -> None:
    """X-10: missing and empty guids alike."""
    assert keys(rss(item(1).replace("<guid>g1</guid>", guid))) == ["https://source.example/1"]


def test_without_guid_and_link_title_and_date_are_the_identity() -> None:
    """X-10: the same on every day and in every order, and never made from the time of fetching."""
    bare = "<item><title>{}</title><pubDate>2026-11-12</pubDate><description>x</description></item>"
    content = rss(bare.format("A"), bare.format("B"))
    first = keys(content)
    later = [
        d.key
        for d in feed.read(replace(document(content), fetched_at=datetime(2027, 1, 1, tzinfo=UTC)), source())
    ]
    assert first == later
    assert first == keys(rss(bare.format("B"), bare.format("A")))[::-1]
    assert len(set(first)) == 2


def test_identity_does_not_depend_on_where_the_feed_is() -> None:
    """A relative guid stays as it is when the feed moves."""
    assert keys(rss(item(1)), url="https://elsewhere.example/") == keys(rss(item(1)))


def test_the_same_item_twice_is_one_draft() -> None:
    """X-10: repetitions in one document are merged."""
    assert keys(rss(item(1), item(2), item(1))) == ["g1", "g2"]


def test_one_guid_for_different_items_gives_each_its_own_key() -> None:
    """X-10: no release takes another one's place, and the keys stay when the feed moves on."""
    shared = [item(n).replace(f"g{n}", "site") for n in range(1, 6)]
    newer, older = keys(rss(*shared[:4])), keys(rss(*shared[1:]))
    assert len(set(newer)) == 4
    assert newer[1:] == older[:3]


def test_of_dated_versions_of_one_entry_the_newest_is_read() -> None:
    """RFC 4287 4.1.1: the same id, title and link with another `updated` is the same entry."""
    entry = (
        "<entry><id>tag:x,2026:1</id><title>A</title><link href='https://x.example/1'/>"
        "<updated>2026-11-{}T00:00:00Z</updated><content>{}</content></entry>"
    )
    atom = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry.format(10, 'old')}{entry.format(12, 'new')}</feed>"
    )
    assert [(d.key, d.content) for d in read(atom)[0]] == [("tag:x,2026:1", "new")]


def test_a_giant_guid_becomes_a_short_key() -> None:
    """X-10: ten megabytes of guid are still one identity."""
    giant = rss(item(1).replace("g1", "g" * 9_000_000), item(2))
    assert [len(k) < 600 for k in keys(giant)] == [True, True]
    assert keys(giant) == keys(giant)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&T und R&D", "AT&T und R&D"),
        ("&lt;b&gt;Fett&lt;/b&gt;", "Fett"),
        ("&amp;lt;b&amp;gt;Fett&amp;lt;/b&amp;gt;", "Fett"),
        ("<![CDATA[<b>Fett</b> &amp; mehr]]>", "Fett & mehr"),
        ("H&lt;sub&gt;2&lt;/sub&gt;O", "H2O"),
        ("Zeile&lt;br/&gt;Zeile", "Zeile Zeile"),
        ("5 &lt; 6 und 7 &gt; 3", "5 < 6 und 7 > 3"),
        ("Rund 5 Mrd.&amp;nbsp;&amp;euro;", "Rund 5 Mrd. €"),
        ("  Zwei \n Zeilen ", "Zwei Zeilen"),
        ("Ein &lt;Platzhalter&gt; bleibt", "Ein <Platzhalter> bleibt"),
        ("gut\u202egnal", "gutgnal"),
    ],
)
def test_titles_become_plain_text(written: str, shown: str) -> None:
    """H-03: HTML in titles is undone, escaped once or twice; signs of comparison are no tags."""
    assert read(rss(item(1, title=written)))[0][0].title == shown


def test_the_richest_text_wins_whatever_its_element() -> None:
    """Never less: a long description is not replaced by a short content:encoded."""
    space = " xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    for text, encoded in (("kurz", "lang " * 20), ("lang " * 20, "kurz")):
        draft = read(
            rss(item(1, text=text, more=f"<content:encoded>{encoded}</content:encoded>"), attributes=space)
        )[0][0]
        assert draft.content == ("lang " * 20).strip()
        assert draft.summary == "kurz"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "feed:x", "http://", "https://a:99999/",
     "mailto:a@b.example", "  JavaScript:alert(1)", "java\tscript:alert(1)", "https:///x"],
)  # fmt: skip
def test_only_web_addresses_are_kept(link: str) -> None:
    """H-02: everything else is dropped; the draft stays."""
    content = rss(
        f"<item><title>A</title><link>{link.replace('&', '&amp;')}</link><guid isPermaLink='false'>1</guid></item>"
    )
    draft = read(content)[0][0]
    assert (draft.url, draft.key) == ("", "1")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://source.example/a"),
        ("../a", "https://source.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("a?b=1&amp;c=2", "https://source.example/news/a?b=1&c=2"),
        ("https://user:secret@source.example/a", "https://source.example/a"),
        ("https://good.example@evil.example/", "https://evil.example/"),
        ("\n  https://source.example/a \n", "https://source.example/a"),
        ("HTTPS://Source.example/A", "https://Source.example/A"),
    ],
)
def test_links_are_absolute_and_without_secrets(link: str, url: str) -> None:
    """H-05 and H-06: resolved against where the feed was found; userinfo stripped."""
    assert read(rss(item(1).replace("https://source.example/1", link)))[0][0].url == url


def test_a_guid_that_is_an_address_stands_in_for_a_link() -> None:
    """RSS 2.0: unless it says that it is none."""
    content = "<item><title>A</title><guid{}>https://source.example/p</guid></item>"
    assert read(rss(content.format("")))[0][0].url == "https://source.example/p"
    assert read(rss(content.format(" isPermaLink='false'")))[0][0].url == ""


def test_attachments_are_kept_sane() -> None:
    """H-12: no other schemes, no impossible lengths or types, no more than fifty."""
    bad = (
        "<enclosure url='javascript:x' type='a/b' length='1'/><enclosure url='https://a.example/1' type='a b' length='-1'/>"
        f"<enclosure url='https://a.example/2' type='audio/mpeg' length='{2**80}'/>"
    )
    many = "".join(
        f"<enclosure url='https://a.example/x{n}' type='image/png' length='5'/>" for n in range(500)
    )
    first = read(rss(item(1, more=bad)))[0][0].attachments
    assert [(a.url, a.media_type, a.length) for a in first] == [
        ("https://a.example/1", "", None),
        ("https://a.example/2", "audio/mpeg", None),
    ]
    assert len(read(rss(item(1, more=many)))[0][0].attachments) == 50


DC = " xmlns:dc='http://purl.org/dc/elements/1.1/'"


def test_a_wire_names_the_issuer_and_other_sources_name_journalists() -> None:
    """`company` is filled for the role wire only."""
    content = rss(item(1, more="<dc:creator>Nordhafen AG</dc:creator>"), attributes=DC)
    assert read(content, of=source(role="wire"))[0][0].company == "Nordhafen AG"
    assert read(content, of=source(role="outlet"))[0][0].company == ""


def test_a_publisher_that_is_the_same_everywhere_is_the_wire() -> None:
    """dc:publisher counts only where it differs from item to item."""
    wire = rss(*(item(n, more="<dc:publisher>Draht AG</dc:publisher>") for n in (1, 2)), attributes=DC)
    each = rss(*(item(n, more=f"<dc:publisher>Firma {n} AG</dc:publisher>") for n in (1, 2)), attributes=DC)
    assert [d.company for d in read(wire, of=source(role="wire"))[0]] == ["", ""]
    assert [d.company for d in read(each, of=source(role="wire"))[0]] == ["Firma 1 AG", "Firma 2 AG"]


def test_a_feed_describes_itself() -> None:
    """For `sources add`: title, language, home page, hub, number of items."""
    atom = " xmlns:atom='http://www.w3.org/2005/Atom'"
    extra = "<language>de</language><atom:link rel='hub' href='https://hub.example/'/>"
    info = feed.describe(document(rss(extra, item(1), item(2), attributes=atom)))
    assert info == feed.FeedInfo("Presse", "de", "https://source.example/", "https://hub.example/", 2)


def test_a_json_feed_of_many_items_keeps_the_newest() -> None:
    """X-04 for JSON: by date, in the order of the feed."""
    items = [
        {"id": str(n), "content_text": "x", "date_published": f"{2000 + n // 100}-01-01"} for n in range(1500)
    ]
    drafts, problems = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert [d.key for d in drafts] == [str(n) for n in range(500, 1500)]
    assert [p.reason for p in problems] == ["too_many_items"]
