"""What is strewn into the inputs: markup, markers of releases, dates, characters, data. All invented."""

# ruff: noqa: E501 -- the lines are data
from __future__ import annotations

import json

ADDRESSES = (
    "", "", "https://newsroom.example/2026/11/02/neue-halle", "https://newsroom.example/news/9999-99-99-x",
    "https://user:pw@newsroom.example:443/a?b=1#c", "http://[::1", "//host.example/x", "javascript:alert(1)",
    "https://newsroom.example/" + "a/" * 900, "https://bücher.example/ä", "/etc/hosts", "https://h.example:99999/",
)  # fmt: skip

TITLES = (
    "Musterwerke GmbH eröffnet neue Halle in Beispielstadt", "EQS-News: Muster AG: Ergebnis / Muster AG (deutsch)",
    "Korrektur: Sperrfrist 1.1.2024: x", "<b>Halle</b> &lt;script&gt;", "a" * 5_000, "Halle | Presse | Muster | X",
    "|" * 2_000, " - " * 1_000, "\u202eevil\u202c", "…", "??", "\ud800", "Pressemitteilung", "() [] ((((", "\x00\x08",
)  # fmt: skip

DATES = (
    "Mon, 02 Nov 2026 09:00:00 +0100", "2099-01-01", "9999-12-31T23:59:59+99:99", "0000-00-00", "30. Februar 2026",
    "1970-01-01", "0", "1761350400000", "9" * 400, "2026-03-29T02:30:00", "25.10.2026 02:30", "05/06/25", "heute", "x",
    "2026-11-02T09:00:00 CEST", "29.02.2023", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59-23:59", "1." * 500,
    "2026-11-02T10:00:00.123456789Z", "Dec 12, 26 AM PM", "١٢ نوفمبر ٢٠٢٦", "2026-11-02T24:00:00", "99.99.9999 99:99",
    "²⁰²⁶-¹¹-⁰²", "12 Nov 0000",
)  # fmt: skip

ENCODINGS = (
    ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("latin-1", "utf-8"), ("utf-16", "utf-8"), ("utf-8", "utf-16"),
    ("cp1252", "utf-8"), ("utf-8", "shift-jis"), ("utf-16-le", "latin-1"), ("utf-8", "ascii"), ("utf-7", "utf-8"),
)  # fmt: skip

TAGS = (
    "p", "div", "a", "b", "table", "tr", "td", "ul", "li", "ol", "h1", "h2", "h6", "span", "svg", "math", "style", "script",
    "template", "noscript", "title", "head", "body", "html", "main", "article", "nav", "footer", "form", "input", "select",
    "option", "textarea", "iframe", "object", "img", "figure", "figcaption", "blockquote", "pre", "time", "br", "dl", "dt",
    "plaintext", "xmp", "frameset", "base", "link", "meta", "x-y", "o:p", "caption", "colgroup", "ruby", "rt", "details",
)  # fmt: skip

ATTRIBUTES = (
    'class="date"', 'class="boilerplate contact caption teaser headline"', "id=x", 'href="javascript:alert(1)"', "onload=x()",
    'href="https://a.example/b"', 'href="//b@c.example"', 'src="data:image/png;base64,AAAA"', "hidden", 'style="display:none"',
    'datetime="9999-12-31T23:59:59+14:00"', 'itemprop="datePublished"', "colspan=99999999999", "rowspan=-1", "lang=de", "a=",
    'content="2026-13-45"', 'property="og:title"', "=", '"', "'", "/", "role=navigation", "aria-hidden=true", "type=password",
    "rel=canonical", "hreflang=x", 'name="date"', "\u202e=1", "a\x00b=c", "title='\"<>'", f'class="{"x " * 300}"', "width=1",
)  # fmt: skip

TOKENS = (
    "a", "9", "1.", "1. ", "Aa ", "ä", "-", "- ", "–", ".", ",", "|", " | ", "„", "“", "\"", "'", "(", ")", "[", "](", "<", ">", "&", "*", "_",
    "**a", "`", "#", "# ", "> ", "\t", " ", "\u00a0", "\n", "\n\n", "\r", "A-", "AG ", "GmbH & Co. ", "a@", "a.b", "+49 1 ", "/", "//", "http://",
    "www.", "a@b.", "1/2/", "12.12.", "20:20", "Mai 2", "\u0301", "\u200d", "\ufeff", "\ud800", "\U0001f468", "אב", "汉", "|a", "=", "--", "&amp;",
    "&#0;", "&#x202e;", "<b>", "</b>", "<a>", "(c) ", "© ", "Mr. ", "A. ", "\\", "$", "%20", "...", "…", "+1", "\x0b", "\x85", "İ", "ß", "ﬃ",
)  # fmt: skip

LINES = (
    "Beispielstadt, 2. November 2026 – Die Musterwerke GmbH hat eine neue Halle eröffnet.", "02.11.2026", "Mehr lesen",
    "„Wir freuen uns über die neue Halle in Beispielstadt“, sagt die Leiterin.", "Über die Musterwerke GmbH", "Kontakt:",
    "„Wir freuen uns über die neue Halle in Beispielstadt und danken allen.“", "Foto: Musterwerke", "Quelle: Musterwerke GmbH",
    "presse@musterwerke.example", "Telefon: +49 30 0000-000", "bild.jpg (1,2 MB)", "SOURCE Example Corp.", "# # #", "---",
    "| a | b |", "Datum\tUmsatz\tErgebnis", "- Punkt", "1. Punkt", "Weitere Artikel zum Thema", "ISIN: DE0000000000",
    "Musterwerke GmbH ist ein Unternehmen aus Beispielstadt, das seit 1950 Bauteile herstellt und viele Menschen beschäftigt.",
    "Muster AG / Schlagwort(e): Ergebnis", "(ots) -", "Sperrfrist: 1. Januar 2027", "<a href='/x'>Die Halle steht</a>", "“",
    '<div class="card"><h3><a href="/x">Die Halle steht</a></h3><time>02.11.2026</time></div>', "Tags: a, b", "a", "…",
    "–", "V.l.n.r.:", "About Example Corp. Example Corp. is a company.", "Forward-looking statements", "x" * 400,
)  # fmt: skip

PIECES = (
    *TOKENS, *LINES, *DATES, *(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS),
    *(f"<{tag} {attribute}>" for tag in ("p", "a", "div", "img", "meta", "time", "td") for attribute in ATTRIBUTES),
    "&nbsp;", "&shy;", "&#8238;", "&#xD800;", "&#99999999;", "&lt;script&gt;alert(1)&lt;/script&gt;", "&bogus;", "&", "&#", "]]>",
    "<![CDATA[", "<?php echo 1 ?>", "<!--", "-->", "<!DOCTYPE html>", "<!", "</", "<//>", "<p", "<a href='", "\x00", "\x1b[2J", "\x7f", "\u2028",
    "\u202e", "\u2066", "\u200b", "\u200f", "\U000e0041", "\ufffe", "\ufdd0", "\ud83d", "\udc00", "\U0001f468\u200d\U0001f469", "e\u0301", "שלום",
    "[a](javascript:x)", "![a](//b)", "**a**", "```", "Korrektur: ", "Bonn, 3. Mai 2024 – ", "(ots) - ", "Original-Content von: X, übermittelt durch news aktuell",
    "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<a href='java&#10;script:x'>x</a>", "<base href=//evil.example>",
    "<meta property='article:published_time' content='9999-12-31'>", "<title>X</title>", "<h1>Halle</h1>", "<link rel=canonical href=http://[>",
    "<link rel=canonical href='https://newsroom.example/\u202e&#8238;\x00'>", "<link rel=alternate hreflang='\u202ede' href='//a.example/\u200b'>",
)  # fmt: skip

NESTS = (
    ("<div>", "</div>"), ("<b>", "</b>"), ("<ul><li>", "</li></ul>"), ("<table><tr><td>", "</td></tr></table>"), ("<span>", "</span>"),
    ("<a href='/x'>", "</a>"), ("<blockquote>", "</blockquote>"), ("<section><p>", "</p></section>"), ("<svg>", "</svg>"),
    ("<noscript>", "</noscript>"), ("<template>", "</template>"), ("<font>", "</font>"), ("<form>", "</form>"), ("(", ")"), ("[", "]"),
    ("> ", ""), ("<dl><dt>", "</dt></dl>"), ("<select><option>", ""), ("„", "“"), ("<x-y>", "</x-y>"), ("<div class='related teaser'>", "</div>"),
    ("<math><mtext>", "</mtext></math>"), ("  - a\n", ""), ("<pre>", "</pre>"), ("<h2>", "</h2>"), ("<p><i>", "</i>"), ("<li>", ""),
)  # fmt: skip

UNCLOSED = (
    "<!--", "<!-- <!-- ", "<script>", "<script type='application/ld+json'>{", "<style>", "<textarea>", "<title>", "<plaintext>", "<xmp>", "<svg>",
    "<template>", "<noscript>", "<iframe>", "<select>", "<a href='", "<p title=\"", "<![CDATA[", "<?", "<!DOCTYPE", "</", "<math><style><!--",
)  # fmt: skip

_ARTICLE = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Halle", "datePublished": "2026-11-02",
    "articleBody": "Die Musterwerke GmbH hat eine neue Halle eröffnet. " * 20,
}  # fmt: skip

JSON = (
    "{", "[]", "null", "1", '"x"', "[" * 3_000, '{"a":' * 3_000, "[" * 3_000 + "]" * 3_000, "{\"@graph\": 1}", json.dumps(_ARTICLE),
    json.dumps(_ARTICLE)[:-30], json.dumps({**_ARTICLE, "articleBody": 1, "headline": ["x"], "datePublished": {}}), '{"@type": [1, null, "Article"]}',
    json.dumps({**_ARTICLE, "articleBody": "<p>a<div>" * 300}), json.dumps({"@graph": [_ARTICLE] * 9}), json.dumps([[[_ARTICLE]]]),
    json.dumps({**_ARTICLE, "headline": "\ud800\u202e\x00" * 9}), '{"@type": "Article", "headline": ' + "9" * 5_000 + "}", "NaN", "1e999999",
    json.dumps({**_ARTICLE, "articleBody": "\u202eDie\u200b Halle\x08 steht. " * 60}), '{"@type":"Article","datePublished":"' + "9" * 3000 + '"}',
    json.dumps({"@type": "Article", "mainEntity": {"@type": "Article", "mainEntity": _ARTICLE}}), "{'a': 1}", "<!--{}-->", "\ufeff{}",
)  # fmt: skip

BOMBS = (
    *LINES, *TOKENS, "<div>", "<p>", "<b>", "<p>a</p>", "<p>a<b>", "<a href=x>", "<a b=c ", " a=b", "<!--", "<", "<table><tr><td>", "<ul><li>a", "<li>a</li>",
    "<td>a</td>", "<tr><td>1</td><td>2</td></tr>", "<img src='/a.jpg'>", "<h2>Halle</h2>", "<h1>Halle</h1><p>Text der Halle.</p>", "<br>", "<script>", "</p>",
    "<p>„Wir freuen uns über die neue Halle in Beispielstadt und danken.“</p>", "<blockquote>Wir freuen uns sehr über die Halle</blockquote>\n",
    "<div class='related'><p>Die Halle steht seit gestern in Beispielstadt.</p></div>", "<meta name=date content=2026-11-02>", "<time>02.11.2026</time> ",
    "<link rel=alternate hreflang=de href=https://a.example/x>", "<nav><a href=/x>Start</a></nav>", "<input type=password>", "&amp;", "&#8238;", "&",
    "<noscript><p>Bitte</p></noscript>", "<script type='application/ld+json'>{\"@type\":\"Article\"}</script>", "<section><h2>Halle</h2>", "<dl><dt>a<dd>b",
    "<title>Halle</title>", "[a](b)", "![a](/b.jpg)", "**a** ", "`a` ", "| a | b |\n", "# Halle\n", "> Zitat\n", "Über Muster GmbH\n", "Die Muster GmbH. ",
)  # fmt: skip
