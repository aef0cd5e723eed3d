"""What a subscriber reads of a release."""

from __future__ import annotations

import re

import pytest
from rendering_samples import BLOCKS, gallery, make_copy, make_release

from aggregator.model import Block, Earlier
from aggregator.rendering.content import SUMMARY_LENGTH, content, shorten, summary
from aggregator.rendering.markup import gate, safe_url


def _content(*blocks: Block, **changes: object) -> str:
    return content(make_release(copy=make_copy(deck="", blocks=blocks), **changes))


def test_every_part_of_the_body_has_its_element_in_reading_order() -> None:
    made = content(make_release())
    assert re.findall(r"<(p|h3|ul|table|blockquote|figure|hr|small)\b", made) == [
        "p", "p", "h3", "ul", "table", "blockquote", "p", "figure", "hr", "p", "small",
    ]  # fmt: skip
    assert "<li>eine Halle</li><li>zwei Pressen</li>" in made
    assert "<tr><td>2024</td><td>11.352</td></tr>" in made
    assert "„Wir bauen <em>schnell</em>“." in made


def test_debris_dateline_and_contact_stay_out() -> None:
    made = content(make_release())
    assert "Lesen Sie auch" not in made
    assert "presse@zirbel.example" not in made
    assert "3. Juni" not in made


def test_text_is_never_trusted() -> None:
    made = _content(Block("paragraph", "<img src=x onerror=alert(1)> & <b>", "p", 1))
    assert made == "<p>&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;</p>"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block("paragraph", "a\nb", "p", 1), "<p>a<br>b</p>"),
        (Block("paragraph", "a", "p", 1, html="<p>a <b>b</b></p>"), "<p>a <b>b</b></p>"),
        (Block("list", "a", "l", 1, html="<ol><li>a</li></ol>"), "<ol><li>a</li></ol>"),
        (Block("list", "a", "l", 1, html="<li>a</li>"), "<ul><li>a</li></ul>"),
        (Block("quote", "a", "q", 1, html="<blockquote>a</blockquote>"), "<blockquote>a</blockquote>"),
        (Block("heading", "a", "h", 1, html="<h4>a</h4>"), "<h4>a</h4>"),
        (
            Block("table", "a", "t", 1, html="<tr><td colspan=2>a</td></tr>"),
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
    ],
)
def test_markup_of_the_source_is_kept_where_it_is_whole(block: Block, expected: str) -> None:
    assert _content(block) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        '<a href="java&#10;script:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="/relative">x</a>',
        '<a href="//host/x">x</a>',
        '<blockquote cite="javascript:alert(1)">x</blockquote>',
        '<p style="background:url(//t.example/p)" onclick="x()">x</p>',
        '<iframe srcdoc="x"></iframe><form action="//e.example"><base href="//e.example"><meta http-equiv=refresh>',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<template><script>1</script></template><plaintext>",
    ],
)
def test_a_hole_in_an_earlier_stage_is_no_hole_in_the_feed(html: str) -> None:
    """What reading should have taken out is taken out at the last gate as well."""
    made = _content(Block("paragraph", "x", "p", 1, html=html))
    found = re.findall(r"<[a-z][^>]*>", made)
    assert all(
        re.fullmatch(r"<(p|a|blockquote|table|tbody)( href=\"https?://[^\"]*\")?>", tag) for tag in found
    ), made
    assert gate(made) == made, "stable when it is cleaned again"


def test_numeric_references_bring_no_illegal_character() -> None:
    assert _content(Block("paragraph", "x", "p", 1, html="a&#8;b&#xfffe;c&#x202e;d")) == "<p>abcd</p>"


def test_a_correction_says_first_what_it_changed() -> None:
    made = content(gallery()[1])
    assert made.startswith("<p><strong>Korrektur vom 5. Juni 2025: „11.352“ → „11.325“</strong></p>")


def test_a_withdrawn_release_keeps_nothing_of_its_text() -> None:
    release = gallery()[2]
    assert content(release) == "<p>This release has been withdrawn.</p>"
    assert summary(release) == "This release has been withdrawn."


def test_where_only_the_lead_is_allowed_it_is_followed_by_a_link() -> None:
    made = content(make_release(content="lead"))
    assert "Presswerk; Kosten" in made
    assert "zwei Pressen" not in made
    assert "Zirbel fertigt Profile" not in made
    assert made.endswith('?utm_source=feed">Weiterlesen: Fachblatt für Profile</a></p>')


def test_a_lead_that_is_the_whole_text_is_cut() -> None:
    long = Block("paragraph", "Wort " * 1000, "p", 1)
    assert len(_content(long, content="lead")) < SUMMARY_LENGTH + 300


def test_the_summary_is_deck_else_lead_else_anything_but_never_empty() -> None:
    assert summary(make_release()) == "Baubeginn noch in diesem Jahr"
    assert summary(make_release(copy=make_copy(deck=""))).startswith("Die Zirbel Werke AG baut")
    assert summary(make_release(copy=make_copy(deck="", blocks=()))) == "Zirbel Werke baut Presswerk"
    assert summary(make_release(copy=make_copy(deck="", title="", blocks=()), source_title="")).startswith(
        "urn:uuid:"
    )


def test_a_release_without_a_body_has_content_all_the_same() -> None:
    assert "Zirbel Werke baut Presswerk" in content(make_release(copy=make_copy(deck="", blocks=BLOCKS[:1])))


@pytest.mark.parametrize("text", ["Wort " * 200, "汉" * 900, "x" * 900])
def test_a_long_summary_is_cut_with_an_ellipsis(text: str) -> None:
    made = shorten(text.strip())
    assert SUMMARY_LENGTH // 2 < len(made) <= SUMMARY_LENGTH
    assert made.endswith("…")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bank.example@evil.example/x", "https://evil.example/x"),
        ("HTTPS://Straße.example/ä?ü=1#ö", "https://xn--strae-oqa.example/%C3%A4?%C3%BC=1#%C3%B6"),
        ("https:\\\\host.example\\a?b=\\c", "https://host.example/a?b=%5Cc"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://x.example/100%/a b", "https://x.example/100%25/a%20b"),
        ("https://exa\tmple.example/\n<x>", "https://example.example/%3Cx%3E"),
        ("https://x.example/a[1]#b#c", "https://x.example/a%5B1%5D#b%23c"),
        ("https://ex<a>.example/", ""),
        ("//host/x", ""),
        ("/x", ""),
        ("http://host:99999/", ""),
        ("http://[::1", ""),
        ("java\nscript:alert(1)", ""),
        ("ms-msdt:/id", ""),
        ("http://" + "ä" * 70 + ".example", ""),
        ("", ""),
    ],
)
def test_only_plain_web_addresses_pass(url: str, expected: str) -> None:
    assert safe_url(url) == expected
    assert safe_url(expected) == expected


def test_the_newest_of_a_series_names_those_that_it_stands_for() -> None:
    """By day and headline, with links that may be clicked; a withdrawn text names nothing."""
    older = (
        Earlier("2. Meldung <b>", "https://zirbel.example/2?a=1&b=2", make_release().published),
        Earlier("1. Meldung", "javascript:alert(1)", make_release().published),
    )
    made = _content(Block("paragraph", "Text.", "p", 1), earlier=older)
    assert "Zuvor in dieser Reihe:" in made
    assert (
        '<li>3. Juni 2025: <a href="https://zirbel.example/2?a=1&amp;b=2">2. Meldung &lt;b&gt;</a></li>'
        in made
    )
    assert "<li>3. Juni 2025: 1. Meldung</li>" in made
    assert "Meldung" not in content(make_release(earlier=older, status="withdrawn"))
