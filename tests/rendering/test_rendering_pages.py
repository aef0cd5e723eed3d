"""The index page and the OPML list every feed, whatever the feeds are called."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html
from rendering_samples import SITE, gallery, info

from aggregator.model import FeedInfo
from aggregator.rendering import Site, grouped, index, opml
from aggregator.rendering.entry import entry
from aggregator.rendering.phrases import phrases

GOLDEN = Path(__file__).parents[1] / "golden" / "rendering"
FEEDS = [
    info("topic/aluminium", "Aluminium", count=1),
    info("all", "Alles", count=6),
    info("company/zeta-ag", "Zeta AG", count=0),
    info("company/aerzte-gmbh", "Ärzte <GmbH> & Co.", count=12, subtitle='Mit "Anführung"'),
]


def _page(feeds: list[FeedInfo], site: Site = SITE) -> bytes:
    return index.render(grouped(feeds), [entry(release, site) for release in gallery()], site)


@pytest.mark.parametrize("name", ["index.html", "feeds.opml"])
def test_page_and_list_are_as_they_were(name: str, request: pytest.FixtureRequest) -> None:
    """Golden files; `--update-golden` rewrites them."""
    made = _page(FEEDS) if name == "index.html" else opml.render(SITE.title, grouped(FEEDS), SITE)
    golden = GOLDEN / name
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(made)
    assert made.decode() == golden.read_text("utf-8")


def test_feeds_are_grouped_and_sorted_as_people_read() -> None:
    assert [(name, [f.label for f in feeds]) for name, feeds in grouped(FEEDS)] == [
        ("", ["all"]),
        ("company", ["company/aerzte-gmbh", "company/zeta-ag"]),
        ("topic", ["topic/aluminium"]),
        ("kind", []),
    ]


def test_the_opml_lists_every_feed_once_with_its_address() -> None:
    root = ElementTree.fromstring(opml.render("T & T", grouped(FEEDS), SITE))
    addresses = [o.get("xmlUrl") for o in root.iter("outline") if o.get("xmlUrl")]
    assert sorted(addresses) == sorted(f"https://press.example/feeds/{f.label}.atom" for f in FEEDS)
    assert root.findtext("head/title") == "T & T"
    assert root.find("head/dateCreated") is None, "the same feeds must give the same bytes"
    folders = [o.get("text") for o in root.findall("body/outline") if not o.get("xmlUrl")]
    assert folders == ["Unternehmen", "Themen"], "no empty folder"


def test_the_page_links_every_feed_and_the_newest_releases() -> None:
    page = html.fromstring(_page(FEEDS))
    links = {a.get("href") for a in page.iter("a")}
    assert {f"{f.label}.atom" for f in FEEDS} | {"feeds.opml"} <= links
    assert "https://fachblatt.example/artikel/1?utm_source=feed" in links
    assert "3. Juni 2025" in page.text_content()
    assert "12 Mitteilungen" in page.text_content()
    assert "1 Mitteilung" in page.text_content()


def test_nothing_on_the_page_is_taken_for_markup() -> None:
    page = _page(FEEDS)
    assert b"<GmbH>" not in page
    assert b"alert(1)</script>" not in page
    assert not html.fromstring(page).xpath("//script | //img | //@onclick | //iframe")


def test_the_pages_policy_allows_its_own_style_sheet_only() -> None:
    page = _page(FEEDS).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "style=" not in page
    assert not html.fromstring(page).xpath("//link[@rel='stylesheet']")


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_empty_page_says_so(language: str) -> None:
    site = replace(SITE, language=language)
    page = index.render(grouped([]), [], site).decode()
    assert page.count('class="empty"') == 4
    assert str(phrases(language)["nothing_new"]) in page
    assert f'<html lang="{language}">' in page


def test_the_page_is_sound_for_a_screen_reader() -> None:
    page = html.fromstring(_page(FEEDS))
    assert len(page.xpath("//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert page.xpath("//main")
    assert page.xpath("//a[@class='skip']/@href") == ["#feeds"]


def test_every_language_has_every_phrase() -> None:
    assert set(phrases("de")) == set(phrases("en"))
    assert phrases("fr") == phrases("en")
    assert phrases("de-AT") == phrases("de")
