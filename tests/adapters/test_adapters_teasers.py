"""Which items of a feed lead to their pages, and which are whole."""

from __future__ import annotations

import pytest
from adapters_samples import document, source

from aggregator.adapters import feed
from aggregator.adapters.links import same_site, site
from aggregator.model import Draft, Follow

SENTENCE = "Die Anlage formt neunzig Rahmen in der Stunde und kostete sechs Millionen Euro. "


def entry(number: int, text: str, *, link: str = "", more: str = "") -> str:
    place = link or f"https://source.example/presse/{number}"
    return (
        f"<item><title>Meldung {number}</title><guid isPermaLink='false'>g{number}</guid><link>{place}</link>"
        f"<description><![CDATA[{text}]]></description>{more}</item>"
    )


def followed(*items: str, **settings: object) -> list[bool]:
    head = "<rss version='2.0'><channel><title>P</title><link>https://www.source.example/</link>"
    text = f"{head}{''.join(items)}</channel></rss>"
    found = list(feed.read(document(text), source(follow="auto", **settings)))
    assert all(isinstance(i, Draft | Follow) for i in found)
    return [isinstance(i, Follow) for i in found]


@pytest.mark.parametrize(
    ("text", "is_teaser"),
    [
        ("", True),
        ("<p> </p>", True),
        (SENTENCE, True),
        (SENTENCE * 11, True),
        (SENTENCE * 14, False),
        (f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>", False),
        (f"{SENTENCE * 3}<br><br>{SENTENCE * 3}", False),
        (f"<p>{SENTENCE}</p><p>{SENTENCE}</p>", True),
        (f"<p>{SENTENCE * 9}</p><p>{SENTENCE * 9} […]</p>", True),
        (f"<p>{SENTENCE * 9}</p><p>{SENTENCE * 9} &hellip;</p>", True),
        (f"<p>{SENTENCE * 20}</p><p><a href='/presse/1'>Weiterlesen</a></p>", True),
        (f"<p>{SENTENCE * 20}</p><p>{SENTENCE} <a href='/presse/1'>Read more »</a></p>", True),
        (f"<p>{SENTENCE * 20}</p><p>{SENTENCE} <a href='/presse/1'>Lire la suite</a></p>", True),
        (f"<p>{SENTENCE * 20}</p><p>Damit lässt sich mehr lesen</p>", False),
        (f"<p>{SENTENCE * 3}</p><p>The post Meldung 1 appeared first on Federmann.</p>", True),
        ("<p>" + "x" * 500_000 + "</p>", False),
    ],
)
def test_a_teaser_is_known_by_its_end_and_its_length(text: str, is_teaser: bool) -> None:
    """No text, a cut one, an offer to read on, one short paragraph; a whole text stays."""
    assert followed(entry(1, text)) == [is_teaser]


def test_in_a_feed_of_single_paragraphs_longer_ones_are_looked_at_too() -> None:
    """Where two thirds hold one paragraph each, the feed gives first paragraphs."""
    long = SENTENCE * 20
    assert followed(entry(1, long), entry(2, SENTENCE), entry(3, SENTENCE)) == [True, True, True]
    whole = f"<p>{long}</p><p>{long}</p>"
    assert followed(entry(1, long), entry(2, whole), entry(3, whole)) == [False, False, False]


@pytest.mark.parametrize(
    "link",
    [
        "https://zeitung.example/a",
        "https://source.example/a.zip",
        "https://www.source.example/",
        "https://source.example/news/feed.xml",
        "mailto:presse@source.example",
    ],
)
def test_pages_of_others_files_and_the_list_itself_are_not_looked_at(link: str) -> None:
    """Unasked, that is; where the source says always, other owners' pages are."""
    assert followed(entry(1, SENTENCE, link=link)) == [False]
    assert followed(entry(1, SENTENCE, link=link), role="issuer") == [False]


def test_always_and_never_are_the_operators_words() -> None:
    """Whole texts and other owners' pages too, or none."""
    whole = f"<p>{SENTENCE * 9}</p><p>{SENTENCE * 9}</p>"
    items = entry(1, whole), entry(2, SENTENCE, link="https://zeitung.example/a")
    assert [len(items), *followed(*items)] == [2, False, False]
    text = f"<rss version='2.0'><channel><title>P</title>{''.join(items)}</channel></rss>"
    for word, count in (("always", 2), ("never", 0)):
        found = feed.read(document(text), source(follow=word))
        assert sum(isinstance(i, Follow) for i in found) == count


def test_a_pdf_is_a_page_and_a_recording_is_none() -> None:
    """What the article adapter can open, and what no text is behind."""
    sound = "<enclosure url='https://source.example/1.mp3' type='audio/mpeg' length='1'/>"
    assert followed(entry(1, "", link="https://source.example/bericht.pdf")) == [True]
    assert followed(entry(1, SENTENCE, more=sound)) == [False]


def test_the_item_as_the_feed_shows_it_goes_with_its_page() -> None:
    """Its key is the text's, whether or not the page can be had."""
    text = f"<rss version='2.0'><channel>{entry(7, SENTENCE + ' …')}</channel></rss>"
    (found,) = feed.read(document(text), source(follow="auto"))
    (same,) = feed.read(document(text), source(follow="never"))
    assert isinstance(found, Follow)
    assert (found.listed, found.kind, found.reader) == (same, "text", "article")


def test_owners_are_told_by_their_hosts() -> None:
    """Names below one name, two-part endings of countries, addresses of numbers."""
    assert same_site("https://presse.acme.example/a", "http://www.acme.example:8080/")
    assert not same_site("https://acme.co.uk/", "https://other.co.uk/")
    assert same_site("https://news.acme.co.uk/", "https://acme.co.uk/")
    assert not same_site("https://10.0.0.1/", "https://10.0.0.2/")
    assert [site(u) for u in ("", "mailto:a@b.example", "http://[::1]/")] == ["", "", "::1"]
