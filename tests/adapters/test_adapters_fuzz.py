"""Any bytes at all: drafts, problems, or a typed refusal; nothing else ever comes out."""

from __future__ import annotations

import re
from pathlib import Path

from adapters_samples import document, item, rss, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.adapters import article, discovery, email, feed, jsonlist, pdf, sitemap, text
from aggregator.errors import ReadError
from aggregator.model import Draft, Follow, Problem, Recipe

ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'><title>T</title><entry><id>1</id>"
    "<title type='html'>A &amp;amp; B</title><link href='x'/><updated>2026-11-12T10:00:00Z</updated>"
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div></content></entry></feed>"
)
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>x</p>", "tags": ["a"]}]}'
SEEDS = [
    s.encode()
    for s in (
        rss(item(1), item(2, text="<![CDATA[<p>x</p>]]>")),
        ATOM,
        JSON,
        "<!doctype html><title>x</title>",
    )
]
PIECES = [
    *(
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<!DOCTYPE a [",
        b"\x00",
        b"\xff",
        b"&#xD800;",
    ),
    *(b"</item>", b"<item>", b"xml:base='", b"\xef\xbb\xbf", b"<?xml encoding='", b"utf-16", b"http://["),
    *(b"\xed\xa0\x80", b'"', b"'", b"{", b"[", b"1e999"),
]
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "adapters"
MAILS = [path.read_bytes() for path in sorted(GOLDEN.glob("email/*.eml"))]
MAIL_PIECES = [
    *(
        b"\n\n",
        b"\n--m\n",
        b"\n--alt\n",
        b"boundary=",
        b"=?utf-8?b?",
        b"=?x?q?=",
        b"?=",
        b"\xff",
        b"\x00",
        b": ",
    ),
    *(
        b"\nContent-Type: message/rfc822\n\n",
        b"\nContent-Type: multipart/mixed; boundary=q\n\n--q\n",
        b"charset=hex",
    ),
    *(
        b"\nContent-Transfer-Encoding: base64\n",
        b"\nContent-Transfer-Encoding: x-uuencode\n",
        b"charset*=utf-16''%ff",
    ),
    *(
        b"format=flowed",
        b"\n> ",
        b"<blockquote>",
        b"<table><tr><td>",
        b"<!--",
        b"filename*0*=''%ff%",
        b"\n-- \n",
        b"\n",
    ),
    *(
        b"\nVon: x\nGesendet: y\nBetreff: z\n",
        b"\nbegin 644 x\n",
        b"display:none",
        b"\nMessage-ID: <\n",
        b'"',
        b"\r",
    ),
]
PDFS = [path.read_bytes() for path in sorted(GOLDEN.glob("pdf/*.pdf"))]
PDF_PIECES = [
    *(
        b"/Kids [2 0 R]",
        b"/Count 999999999",
        b"endobj",
        b"stream\n",
        b"/Length 99999999",
        b"2 0 R",
        b"<<",
        b">>",
        b"(",
        b"[",
    ),
    *(
        b"/Encrypt 1 0 R",
        b"/Filter /FlateDecode",
        b"startxref\n0",
        b" Tf",
        b"1e99",
        b"/Parent 2 0 R",
        b"/Prev 9",
        b"\xff",
    ),
]
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@st.composite
def mutations(draw: st.DrawFn, seeds: list[bytes] = SEEDS, pieces: list[bytes] = PIECES) -> bytes:
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 30))
        data[at : at + length] = draw(st.sampled_from(pieces) | st.binary(max_size=8))
    return bytes(data)


CHARSETS = st.sampled_from(["", "utf-8", "iso-8859-1", "utf-16", "utf-7", "hex", "shift_jis", "ü"])
BYTES = st.binary(max_size=300) | mutations() | mutations()


def check(item: object) -> None:
    assert isinstance(item, Draft | Problem)
    if isinstance(item, Draft):
        shown = (item.key, item.title, item.content, item.summary, item.url, item.company, *item.categories)
        assert item.key
        assert not any(ILLEGAL.search(value) for value in shown)
        assert item.url == "" or item.url.startswith(("http://", "https://"))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES, CHARSETS, st.booleans())
def test_any_bytes_through_the_feed_adapter(data: bytes, charset: str, complete: bool) -> None:
    """Legal strings, web addresses, a key; or a ReadError."""
    try:
        found = list(feed.read(document(data, charset=charset, complete=complete), source(role="wire")))
    except ReadError:
        return
    for each in found:
        check(each)


@settings(max_examples=200, deadline=None)
@given(BYTES, CHARSETS, st.sampled_from(["a.txt", "a.md", "a.html", "a"]))
def test_any_bytes_through_the_text_adapter(data: bytes, charset: str, name: str) -> None:
    """One legal draft; or a ReadError."""
    try:
        (found,) = text.read(document(data, charset=charset, key=name), source())
    except ReadError:
        return
    check(found)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300) | mutations(MAILS, MAIL_PIECES), st.booleans())
def test_any_bytes_through_the_email_adapter(data: bytes, complete: bool) -> None:
    """Legal drafts and problems; or a ReadError."""
    try:
        found = list(email.read(document(data, key="a.eml", complete=complete), source()))
    except ReadError:
        return
    for each in found:
        check(each)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300) | mutations(PDFS, PDF_PIECES))
def test_any_bytes_through_the_pdf_adapter(data: bytes) -> None:
    """One legal draft; or a ReadError."""
    try:
        (found,) = pdf.read(document(data, key="a.pdf"), source())
    except ReadError:
        return
    check(found)


@settings(max_examples=200, deadline=None)
@given(BYTES)
def test_any_bytes_through_discovery(data: bytes) -> None:
    """Never an exception."""
    assert discovery.looks_like(document(data)) in ("feed", "html", "json", "text", "binary")
    assert all(url.startswith("http") for url, _ in discovery.announced_feeds(document(data)))


LISTS = [
    p.read_bytes() for name in ("article", "jsonlist", "sitemap") for p in sorted(GOLDEN.glob(f"{name}/*.*"))
]
LIST_PIECES = [
    *PIECES,
    b"}",
    b"]",
    b"null",
    b"://",
    b"../",
    b"\\u0000",
    b"\\ud800",
    b"</script>",
    b"</url>",
    b"<loc>",
]
RECIPE = Recipe(
    data="script#__NEXT_DATA__", items=("props.pageProps.releases", "*.*.*"), url=("/{slug}", "link"), title=("headline",),
    published=("publishedAt",), deck=("teaser",), content=("body",), next=("next",),
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300) | mutations(LISTS, LIST_PIECES), st.sampled_from([None, RECIPE]), st.booleans()
)
def test_any_bytes_through_the_adapters_of_lists_and_pages(
    data: bytes, recipe: Recipe | None, complete: bool
) -> None:
    """Legal drafts, follows to addresses of the web, problems; or a ReadError."""
    said = Draft(
        key="k", content="", content_type="text/plain", fetched_at=document(b"").fetched_at, summary="s"
    )
    for adapter, listed in ((article, said), (article, None), (jsonlist, None), (sitemap, None)):
        page = document(data, complete=complete, listed=listed, requested="https://source.example/news/a")
        try:
            found = list(adapter.read(page, source(recipe=recipe, follow="auto")))
        except ReadError:
            continue
        for each in found:
            if isinstance(each, Follow):
                assert each.url.startswith(("http://", "https://"))
                assert not ILLEGAL.search(each.url)
            check(
                each.listed
                if isinstance(each, Follow) and each.listed
                else each
                if isinstance(each, Draft)
                else said
            )
