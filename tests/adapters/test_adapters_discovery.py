"""Which feeds a page announces, and what a document looks like."""

from __future__ import annotations

import pytest
from adapters_samples import document, item, rss

from aggregator.adapters.discovery import announced_feeds, looks_like

PAGE = """<!doctype html><html><head>
<!-- <link rel="alternate" type="application/rss+xml" href="/commented"> -->
<script>var x = '<link rel="alternate" type="application/rss+xml" href="/script">';</script>
<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">
<link title='Presse &amp; News' href='/feed.xml?a=1&amp;b=2' type='application/rss+xml' rel='alternate'>
<LINK REL="ALTERNATE home" TYPE="application/atom+xml; charset=utf-8" HREF="https://other.example/atom">
<link rel=alternate type=application/feed+json href=feed.json>
<link rel="alternate" type="application/rss+xml" href="/feed.xml?a=1&b=2">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body></body></html>"""


def test_announced_feeds_in_the_order_of_the_page() -> None:
    """Absolute, each once, with titles; nothing from comments, scripts or other schemes."""
    assert announced_feeds(document(PAGE, url="https://page.example/de/")) == (
        ("https://page.example/feed.xml?a=1&b=2", "Presse & News"),
        ("https://other.example/atom", ""),
        ("https://page.example/de/feed.json", ""),
    )


def test_base_is_respected() -> None:
    """`<base href>` of the page resolves its links."""
    page = "<base href='https://b.example/x/'><link rel=alternate type=application/rss+xml href=f>"
    assert announced_feeds(document(page)) == (("https://b.example/x/f", ""),)


@pytest.mark.parametrize(
    "page",
    ["<link " * 200_000, "<!--" * 200_000, "<script>" * 100_000, "<link rel='" * 100_000, "<" * 500_000,
     "<link rel=alternate type=application/rss+xml href=" + "a" * 900_000 + ">", "\x00" * 1000, "%PDF-1.4"],
)  # fmt: skip
def test_hostile_pages_announce_nothing(page: str) -> None:
    """In linear time."""
    assert announced_feeds(document(page)) == ()


def test_no_more_than_fifty_feeds() -> None:
    """A page with thousands of them announces its first."""
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{n}>" for n in range(5000))
    assert len(announced_feeds(document(links))) == 50


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (rss(item()), "feed"),
        ("<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        ('{"a": 1}', "json"),
        (PAGE, "html"),
        ("<p>A fragment</p>", "html"),
        ("A plain text with a < sign.", "text"),
        ("<opml version='2.0'/>", "text"),
        (b"%PDF-1.4", "binary"),
        (rss(item()).encode("utf-16"), "feed"),
        (b"", "text"),
    ],
)
def test_what_it_looks_like(content: bytes | str, kind: str) -> None:
    """By content alone."""
    assert looks_like(document(content)) == kind
