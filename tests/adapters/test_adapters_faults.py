"""Hostile and broken feeds: each is read as far as it is whole, or refused with a typed reason."""

from __future__ import annotations

import codecs
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from adapters_samples import document, item, read, rss, source

from aggregator.adapters import feed
from aggregator.errors import ReadError

LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'lol'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)


def refused(content: bytes | str, **fields: object) -> ReadError:
    with pytest.raises(ReadError) as error:
        read(content, **fields)
    return error.value


@pytest.mark.parametrize(
    "declared",
    [
        LAUGHS + "]>",
        "<!DOCTYPE rss [<!ENTITY a9 '" + "x" * 100_000 + "'>]>",
        "<!DOCTYPE rss [<!ENTITY a9 '&a9;'>]>",
        "<!DOCTYPE rss [<!ENTITY % p '<!ENTITY a9 \"%p;%p;\">'>%p;]>",
    ],
    ids=["billion laughs", "quadratic", "recursive", "parameter"],
)
def test_entities_are_never_expanded(declared: str) -> None:
    """X-01: the name stays as text, and the other item is untouched."""
    drafts, _ = read(rss(item(1, title="&a9;"), item(2), before=declared))
    assert [d.title for d in drafts] == ["&a9;", "Meldung 2"]


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    """X-02: a canary file and a canary server behind entities, DTDs, XInclude and stylesheets."""
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY")
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    include = f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{canary.as_uri()}' parse='text'/>"
    try:
        for place in (canary.as_uri(), url):
            for before in (
                f"<!DOCTYPE rss [<!ENTITY e SYSTEM '{place}'>]>",
                f"<!DOCTYPE rss SYSTEM '{place}'>",
                f"<!DOCTYPE rss [<!ENTITY % e SYSTEM '{place}'>%e;]>",
                f"<?xml-stylesheet href='{place}'?>",
            ):
                drafts, _ = read(rss(item(1, title="A &e; B", more=include), item(2), before=before))
                assert "CANARY" not in repr(drafts)
                assert [d.key for d in drafts] == ["g1", "g2"]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []


ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(100_000))


@pytest.mark.parametrize(
    "content",
    [
        rss(item(1, text="<a>" * 200_000 + "</a>" * 200_000)),
        rss(item(1, text="<a>" * 200_000)),
        rss(item(1).replace("<title>", f"<title {ATTRIBUTES}>")),
        rss(item(1).replace("<title>", f"<title {ATTRIBUTES}>"), "<b>"),
        rss(item(1, title="x" * 11_000_000)),
        rss(item(1).replace("<title>", f"<title a='{'x' * 11_000_000}'>")),
        rss(item(1), f"<!--{'x' * 11_000_000}-->"),
        rss(item(1, text=f"<![CDATA[{'x' * 11_000_000}]]>")),
        "[" * 1_000_000,
    ],
    ids=[
        "depth",
        "depth, left open",
        "attributes",
        "attributes, broken",
        "title",
        "attribute",
        "comment",
        "cdata",
        "json",
    ],
)
def test_excess_is_refused(content: str) -> None:
    """X-03: shapes on which parsers need minutes are never given to them."""
    assert refused(content).reason == "parse_limit"


def test_many_namespaces_are_no_trouble() -> None:
    """X-03: 20,000 declarations on the root."""
    drafts, _ = read(rss(item(), attributes="".join(f" xmlns:n{n}='urn:{n}'" for n in range(20_000))))
    assert len(drafts) == 1


@pytest.mark.parametrize("tail", ["", "<b>"], ids=["well-formed", "broken"])
def test_the_newest_thousand_of_many_items_are_read(tail: str) -> None:
    """X-04: by date, not by place; what was left out is a problem."""
    dated = [item(n, more=f"<pubDate>2026-01-{1 + n // 100:02}</pubDate>") for n in range(3000)]
    drafts, problems = read(rss(*dated, tail))
    assert [d.key for d in drafts] == [f"g{n}" for n in range(2000, 3000)]
    assert [p.reason for p in problems] == ["too_many_items"]


def test_many_items_without_dates_keep_their_first() -> None:
    """X-04: a feed shows its newest item first where it does not say otherwise."""
    drafts, _ = read(rss(*(item(n) for n in range(1500))))
    assert [d.key for d in drafts] == [f"g{n}" for n in range(1000)]


POISON = [
    "\x00",
    "\x08",
    "\x1b",
    "\ufffe",
    "&#8;",
    "&#x1b;",
    "&#0;",
    "&#xD800;",
    "&#xFFFF;",
    "&#x110000;",
    "&#99999999999;",
]


@pytest.mark.parametrize("poison", POISON, ids=ascii)
def test_a_poisoned_item_is_scrubbed_and_its_siblings_live(poison: str) -> None:
    """X-05: characters that XML forbids, raw and as references, in every field."""
    drafts, _ = read(rss(item(1, title=f"A{poison}B", text=f"C{poison}D"), item(2)))
    assert [d.title for d in drafts] == ["AB", "Meldung 2"]
    assert drafts[0].content == "CD"


def test_half_characters_are_scrubbed() -> None:
    """X-05: a lone surrogate as raw bytes, and escaped in JSON."""
    drafts, _ = read(rss(item(1, title="A?B"), item(2)).encode().replace(b"A?B", b"A\xed\xa0\x80B"))
    assert [d.title for d in drafts] == ["AB", "Meldung 2"]
    drafts, _ = read(
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A\\ud800B\\u0000"}]}'
    )
    assert drafts[0].title == "AB"


DECLARED = '<?xml version="1.0" encoding="%s"?>'


@pytest.mark.parametrize(
    ("data", "charset", "note"),
    [
        (rss(item(1, title="Köln €")).encode(), "", "valid UTF-8"),
        (rss(item(1, title="Köln €")).encode("cp1252"), "", "nothing declared"),
        (rss(item(1, title="Köln €"), before=DECLARED % "utf-8").encode("cp1252"), "", "labelled utf-8"),
        (rss(item(1, title="Köln €"), before=DECLARED % "utf-8").encode("cp1252"), "iso-8859-1", "HTTP is right"),
        (rss(item(1, title="Köln €"), before=DECLARED % "iso-8859-1").encode(), "", "XML is wrong"),
        (rss(item(1, title="Köln €"), before=DECLARED % "utf-16").encode(), "utf-16", "false utf-16"),
        (rss(item(1, title="Köln €"), before=DECLARED % "utf-8").encode("utf-16"), "iso-8859-1", "mark wins"),
        (codecs.BOM_UTF8 + rss(item(1, title="Köln €"), before=DECLARED % "koi8-r").encode(), "cp1251", "mark wins"),
        (rss(item(1, title="Köln €")).encode("utf-16-be"), "", "utf-16 without a mark"),
        (rss(item(1, title="Köln €"), before=DECLARED % "iso-8859-15").encode("iso-8859-15"), "", "declared"),
        (rss(item(1, title="Köln €")).encode("gb18030"), "gb18030", "declared"),
        *((rss(item(1, title="Köln €")).encode(), c, "no text encoding") for c in
          ("utf-7", "hex", "zlib", "idna", "undefined", "rot13", "unicode_escape", "no-such-thing", "\x00")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_letters_survive_every_label(data: bytes, charset: str, note: str) -> None:
    """X-06: byte order mark, then HTTP, then XML; what cannot be true is not believed."""
    drafts, _ = read(data, charset=charset)
    assert drafts[0].title == "Köln €"


def test_http_wins_over_xml_where_both_are_possible() -> None:
    """X-06: the bytes of "Łódź" mean other letters in Latin-1."""
    data = rss(item(1, title="Łódź"), before=DECLARED % "iso-8859-1").encode("iso-8859-2")
    assert read(data, charset="iso-8859-2")[0][0].title == "Łódź"
    assert read(data)[0][0].title != "Łódź"


def test_single_wrong_bytes_do_not_spoil_the_rest() -> None:
    """X-06: UTF-8 with a Windows-1252 letter in it."""
    data = rss(item(1, title="Müller und K?ln")).encode().replace(b"K?ln", b"K\xf6ln")
    assert read(data)[0][0].title == "Müller und Köln"


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (rss(item(1)) + rss(item(2)), 2),
        ("<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>1</b><br />\n" + rss(item(1)), 1),
        ("Notice: undefined index\n<?xml version='1.0'?>" + rss(item(1)), 1),
        (rss(item(1), before="<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 300_000 + "]>"), 1),
        (rss(item(1), before="<?a b?>" * 300_000), 1),
        (rss(item(1), "<?a b?>" * 300_000), 1),
        (rss(item(1)) + "\n<script>count()</script>", 1),
        ("\ufeff\n\n" + rss(item(1)), 1),
    ],
    ids=[
        "two",
        "HTML before",
        "text before",
        "doctype",
        "instructions",
        "instructions inside",
        "tail",
        "blank lines",
    ],
)
def test_what_is_around_a_feed_does_not_hide_it(content: str, count: int) -> None:
    """X-07: concatenated documents, junk before the prolog, a document type of megabytes."""
    assert len(read(content)[0]) == count


@pytest.mark.parametrize(
    "declared", ["text/html", "application/json", "image/png", "", "application/atom+xml"]
)
def test_the_declared_type_does_not_matter(declared: str) -> None:
    """X-08: the format follows from the content."""
    assert len(read(rss(item()), media_type=declared)[0]) == 1


def test_mixed_vocabularies_are_read() -> None:
    """X-08: RSS that says it is Atom, and Atom elements in RSS."""
    claimed = rss(item(1), attributes=" xmlns='http://www.w3.org/2005/Atom'")
    mixed = rss(
        item(1, more="<a:updated>2026-11-12T10:00:00Z</a:updated>"),
        attributes=" xmlns:a='http://www.w3.org/2005/Atom'",
    )
    assert [d.title for d in read(claimed)[0]] == ["Meldung 1"]
    assert [d.title for d in read(mixed)[0]] == ["Meldung 1"]


WHOLE = rss(item(1), item(2, text="<![CDATA[Das </item> ist <b>Text</b>]]>"), item(3))


def test_a_feed_cut_anywhere_gives_its_whole_items_only() -> None:
    """X-09: at every byte; never half an item, always a problem."""
    full = {d.key: d for d in read(WHOLE)[0]}
    begin = WHOLE.index("<channel>") + 1
    for cut in range(begin, len(WHOLE) - len("</rss>") + 1):
        drafts, problems = read(WHOLE[:cut])
        assert all(d.content == full[d.key].content and d.title == full[d.key].title for d in drafts), cut
        assert len(drafts) == WHOLE[:cut].replace("Das </item>", "").count("</item>"), cut
        assert [p.reason for p in problems] == ["truncated"], cut


def test_a_feed_cut_in_its_first_tag_is_refused() -> None:
    """X-09: where there is nothing that could be whole."""
    assert refused(WHOLE[:10]).reason == "broken"


def test_a_connection_that_ended_early_is_reported() -> None:
    """X-09: also where everything that came is whole."""
    drafts, problems = read(WHOLE, complete=False)
    assert (len(drafts), [p.reason for p in problems]) == (3, ["truncated"])


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/feed", "/etc/passwd", "file:///etc/passwd", os.devnull], ids=str
)
def test_a_body_that_is_an_address_is_only_text(address: str) -> None:
    """X-11: never fetched, never opened."""
    assert refused(address).reason == "not_a_feed"


def test_a_body_that_names_a_file_is_not_opened(tmp_path: Path) -> None:
    """X-11: with a feed in the file, which would be readable."""
    there = tmp_path / "feed.xml"
    there.write_text(rss(item()))
    assert refused(str(there)).reason == "not_a_feed"


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\t", "empty", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary", "PDF"),
        (b"\x1f\x8b\x08\x00", "binary", "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", "PNG"),
        (bytes(range(256)) * 20, "binary", "binary"),
        (b"Just a note.", "not_a_feed", "plain text"),
        (b"<!DOCTYPE html><title>Access Denied</title>", "not_a_feed", "an HTML page ('Access Denied')"),
        (b"<html><title>Anmelden</title><input type='password'>", "not_a_feed", "a login page"),
        (b"<html><link rel=alternate type=application/rss+xml href=/f>", "not_a_feed", "https://source.example/f"),
        (b'{"error": "not found"}', "not_a_feed", "no JSON Feed"),
        (b"[1, 2]", "not_a_feed", "no JSON Feed"),
        (b'{"version": ', "broken", "JSON"),
        (b'{"items": ' + b"9" * 5000 + b"}", "broken", "JSON"),
        (b"<opml version='2.0'><body/></opml>", "not_a_feed", "OPML"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "not_a_feed", "sitemap"),
        (b"<invoice><total>1</total></invoice>", "not_a_feed", "<invoice>"),
        (b"<!-- nothing -->", "not_a_feed", "no element"),
        (b"<" * 1000, "not_a_feed", "no element"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_by_name(content: bytes, reason: str, detail: str) -> None:
    """The operator reads what the address gives instead."""
    error = refused(content)
    assert error.reason == reason
    assert detail in error.detail


def test_a_document_beyond_the_cap_is_refused_unread() -> None:
    """A feed has no 64 MiB."""
    assert refused(b"<rss>" + b" " * (64 << 20)).reason == "too_large"


def test_refusals_are_raised_before_the_first_item_is_asked_for() -> None:
    """A caller may keep the iterator for later."""
    with pytest.raises(ReadError):
        feed.read(document(b""), source())


def test_one_giant_item_does_not_cost_its_siblings() -> None:
    """An item of more than five million characters is a problem, the others are drafts."""
    drafts, problems = read(rss(item(1, text="x" * 5_000_001), item(2)))
    assert [d.key for d in drafts] == ["g2"]
    assert [p.reason for p in problems] == ["too_large"]
