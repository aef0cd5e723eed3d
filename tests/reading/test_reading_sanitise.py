"""Markup of strangers: nothing dangerous survives, and no input is slow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from aggregator.model import Copy, Draft, Source
from aggregator.reading import read
from aggregator.reading.sanitise import address, bounded, fragment, without_start

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' data:text/html,x'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example/x'>x</a>",
    "<a href='\\\\evil.example\\x'>x</a>",
    "<blockquote cite='javascript:x'>x</blockquote>",
    "<form action='https://evil.example'><input name=a><button>ok</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<object data='x.swf'></object>",
    "<embed src=x>",
    "<link rel=stylesheet href=x>",
    "<style>@import 'x'</style>",
    "<b style='background:url(javascript:x)'>x</b>",
    "<p onclick=alert(1)>x</p>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<plaintext>x",
    "<xmp><script>x</script></xmp>",
    "<a href='https://bank.example@evil.example/'>x</a>",
    "<video poster='javascript:x'></video>",
    "<td background='javascript:x'>x</td>",
    "<a href='feed:javascript:x'>x</a>",
    "<a ping='https://evil.example' href='https://ok.example'>x</a>",
]
ALLOWED = {
    "a",
    "abbr",
    "b",
    "br",
    "code",
    "em",
    "i",
    "small",
    "strong",
    "sub",
    "sup",
    "blockquote",
    "caption",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}


def check(markup: str) -> None:
    """Parse again and look at every node."""
    for node in html.fragment_fromstring(markup or "x", create_parent="section").iterdescendants():
        assert node.tag in ALLOWED
        assert set(node.attrib) <= {"href", "colspan", "rowspan"}
        target = node.get("href", "https://x")
        assert target.startswith(("https://", "http://", "mailto:"))
        assert "@evil" not in target


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_survives_in_a_fragment_or_in_a_release(vector: str) -> None:
    """Each attack, alone and inside a release's paragraph, list and table."""
    once = fragment(vector, "https://site.example/a/")
    check(once)
    assert fragment(once, "https://site.example/a/") == once
    text = f"<p>Ein <b>Absatz</b> {vector} mit Text davor und dahinter.</p><ul><li>{vector} a</li><li>b</li></ul>"
    text += f"<table><tr><td>{vector}</td><td>1</td></tr></table>"
    draft = Draft(
        key="k",
        content=text,
        content_type="text/html",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        title="Titel",
    )
    result = read(draft, Source(id="s", adapter="feed", url="x"))
    assert isinstance(result, Copy)
    for block in result.blocks:
        check(block.html)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a?b=1&c=2", "https://site.example/a?b=1&c=2"),
        ("//other.example/x", "https://other.example/x"),
        ("../up", "https://site.example/up"),
        ("#top", ""),
        ("javascript:alert(1)", ""),
        ("https://user:pw@host.example/x", "https://host.example/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://[::1", ""),
        ("http://host.example:99999/", ""),
        ("https://host.example:443/x", "https://host.example/x"),
    ],
)
def test_addresses_are_absolute_and_without_names(url: str, expected: str) -> None:
    """Against the page; http, https and mailto only; hosts in ASCII."""
    assert address(url, "https://site.example/d/") == expected


def test_markup_is_cut_to_bounds_that_parsers_can_bear() -> None:
    """Size, depth and the length of one tag."""
    deep, cut = bounded("<div>" * 100_000 + "text" + "</div>" * 100_000, 10**7)
    assert (deep.count("<div>"), "text" in deep, cut) == (256, True, True)
    attributes, cut = bounded("<p>a</p><p " + "x=1 " * 100_000 + ">b</p>", 10**7)
    assert (len(attributes) < 100, "b" in attributes, cut) == (True, True, True)
    long, cut = bounded("<p>abc</p>" * 100, 55)
    assert (long.endswith(("</p>", "abc")), cut) == (True, True)


def test_the_dateline_leaves_the_markup_of_its_paragraph() -> None:
    """Letters are counted, emptied elements go."""
    assert without_start("<strong>Bonn, 1. Mai</strong> – Die <em>AG</em>", 11) == "Die <em>AG</em>"


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 50_000,
        "<a" + " b=c" * 100_000,
        "<" * 200_000,
        "<!--" * 50_000,
        "&" * 100_000,
        "<p>" + "<b>" * 20_000,
        "<table><tr><td>" * 5_000,
        "<ul><li>" * 5_000,
        "<p>" + "<span>a</span>" * 50_000,
        "a" * 300_000,
        "<p>" * 100_000,
        "<script>" * 10_000,
        "((((" * 50_000,
        "- " * 100_000,
        "[a](" * 50_000,
        "„" * 50_000,
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
@pytest.mark.timeout(20)
def test_hostile_sizes_end(content: str, kind: str) -> None:
    """Nothing raises, nothing hangs."""
    draft = Draft(key="k", content=content, content_type=kind, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
    read(draft, Source(id="s", adapter="feed", url="x"))
