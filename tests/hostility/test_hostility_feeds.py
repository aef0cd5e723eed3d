"""X-01 to X-13 on the whole way: a hostile server, one path for each fault, beside a healthy feed that has to be read.

What each fault does to the one document is tested in `adapters` by the same numbers; here the poll, the store and the
files that subscribers fetch are looked at. X-12 (sitemaps) is tested with the adapter of sitemaps, X-13 (readers that
die) with the worker processes.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest
from loopback import Site, rss, serving

from aggregator.app import App, Paths
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.settings import Settings

CANARY = "geheimnis-der-maschine-7431"
PLACES = (
    "Beispielstadt",
    "Oberbeispiel",
    "Musterhausen",
    "Nordbeispiel",
    "Seemuster",
    "Altmuster",
    "Neuhafen",
)
WORKS = (
    "ein Hallenbad mit drei Becken und einer Rutsche",
    "ein Feuerwehrhaus samt Raum für Schulungen",
    "ein Theater für fünfhundert Gäste",
    "ein Wasserwerk hinter dem alten Deich",
    "eine Brücke aus Holz über den Kanal",
    "eine Grundschule mit Garten auf dem Dach",
    "einen Bahnhof mit vier Gleisen",
)


def story(number: int) -> str:
    """One of seven invented texts that have little in common."""
    place, work = PLACES[number % 7], WORKS[number % 7]
    return (
        f"<p>{place} baut {work}. Der Auftrag hat einen Wert von {number + 3},7 Millionen Euro, und die Arbeiten "
        f"beginnen im {('März', 'Mai', 'Juli')[number % 3]}.</p><p>Nach {number + 9} Monaten soll alles fertig sein, "
        "teilte der Rat mit.</p>"
    )


GOOD = rss(("good-1", "Hallenbad für Beispielstadt", story(0)))
ITEM = (
    "<item><guid>x-1</guid><title>Feuerwehrhaus für Oberbeispiel</title>"
    f"<description><![CDATA[{story(1)}]]></description></item>"
)


def feed(items: str = ITEM, head: str = "", root: str = "rss version='2.0'") -> str:
    channel = f"<channel><title>x</title>{items}</channel>"
    return f"<?xml version='1.0' encoding='utf-8'?>{head}<{root}>{channel}</{root.split()[0]}>"


@dataclass
class Desk:
    """A healthy source and a hostile one, polled together."""

    folder: Path
    site: Site

    def poll(self, *, deadline: float = 10.0) -> dict[str, Report]:
        paths = Paths(self.folder / "config", self.folder / "data", self.folder / "feeds")
        sources = tuple(
            Source(id=id, adapter="feed", url=self.site.url(f"/{id}"), allow_private=True, follow="never")
            for id in ("good", "bad")
        )

        async def go() -> list[Report]:
            settings = Settings(folder=paths.config, sources=sources, pace=0.0, deadline=deadline)
            async with App.open(paths, settings) as app:
                reports = await app.poll(sources)
                await app.in_store(app.publish)
                return reports

        return {r.source: r for r in asyncio.run(go())}

    def titles(self) -> list[str]:
        parsed = feedparser.parse((self.folder / "feeds" / "all.atom").read_bytes())
        assert not parsed.bozo
        return sorted(e.title for e in parsed.entries)

    def published(self) -> str:
        return "".join(p.read_text("utf-8") for p in (self.folder / "feeds").rglob("*") if p.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as site:
        site.put("/good", GOOD)
        yield Desk(tmp_path, site)


def laughs() -> str:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return feed(
        ITEM.replace("Feuerwehrhaus", "&l11; Feuerwehrhaus"), f'<!DOCTYPE rss [<!ENTITY l0 "ha">{names}]>'
    )


def quadratic() -> str:
    return feed(
        ITEM + "<item><title>" + "&a;" * 50_000 + "</title></item>",
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
    )


def recursive() -> str:
    return feed(ITEM.replace("Oberbeispiel", "&a;"), '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>')


def deep() -> str:
    return feed("<a>" * 1_000_000)


def attributes() -> str:
    return feed("<item " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>" + ITEM)


def namespaces() -> str:
    return feed(root="rss version='2.0' " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(20_000)))


def long_attribute() -> str:
    return feed(f"<item x='{'a' * 20_000_000}'/>" + ITEM)


def long_comment() -> str:
    return feed(f"<!--{'a' * 20_000_000}-->" + ITEM)


BOMBS: list[Callable[[], str]] = [
    laughs,
    quadratic,
    recursive,
    deep,
    attributes,
    namespaces,
    long_attribute,
    long_comment,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_x01_x03_a_bomb_costs_its_own_source_alone(desk: Desk, bomb: Callable[[], str]) -> None:
    """X-01, X-03: entities, depth, attributes, namespaces, giants: read without expanding, or refused by name."""
    desk.site.put("/bad", bomb())
    reports = desk.poll()
    assert reports["good"].counts == {"new": 1}
    bad = reports["bad"]
    assert bad.seconds < 10
    assert bad.counts.get("new") == 1 or bad.problems[0].reason in (
        "parse_limit",
        "too_large",
        "broken",
        "timeout",
    )
    assert "ha" * 50 not in desk.published()


def test_x02_nothing_behind_an_entity_is_opened_or_fetched(desk: Desk, tmp_path: Path) -> None:
    """X-02: a file and an address behind entities, DTDs, stylesheets and XInclude."""
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    there = desk.site.put("/canary", CANARY)
    head = (
        f'<?xml-stylesheet href="{there}"?><!DOCTYPE rss SYSTEM "{there}" [<!ENTITY f SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY w SYSTEM "{there}"><!ENTITY % p SYSTEM "{there}">%p;]>'
    )
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    )
    desk.site.put("/bad", feed(ITEM.replace("Feuerwehrhaus", f"&f;&w;{include}Feuerwehrhaus"), head))
    assert desk.poll()["good"].counts == {"new": 1}
    assert CANARY not in desk.published()
    assert not [path for path, _ in desk.site.requests if path == "/canary"]


def test_x04_of_a_feed_without_end_the_newest_are_read(desk: Desk) -> None:
    """X-04: two hundred thousand items: a thousand at most, and it is told."""
    items = "".join(f"<item><title>Nr. {n}</title></item>" for n in range(200_000))
    desk.site.put("/bad", feed(items))
    reports = desk.poll(deadline=30)
    assert reports["good"].counts == {"new": 1}
    assert "too_many_items" in {p.reason for p in reports["bad"].problems}
    assert sum(reports["bad"].counts.values()) == 1001  # the thousand, and the word about the others


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\ufffe", "&#8;", "&#xD800;", "&#x110000;", "&#0;"])
def test_x05_an_illegal_character_costs_itself(desk: Desk, sign: str) -> None:
    """X-05: raw and as a reference; the item and its neighbour are published as legal XML."""
    other = (
        ITEM.replace("x-1", "x-2")
        .replace(story(1), story(2))
        .replace("Feuerwehrhaus für Oberbeispiel", "Theater")
    )
    desk.site.put("/bad", feed(ITEM.replace("Feuerwehr", f"Feuer{sign}wehr") + other))
    desk.poll()
    assert {"Theater", "Hallenbad für Beispielstadt"} < set(desk.titles())
    assert len(desk.titles()) == 3


@pytest.mark.parametrize(
    ("label", "codec", "declared"),
    [
        ("utf-8", "cp1252", ""),
        ("utf-16", "utf-8", ""),
        ("iso-8859-1", "utf-8", "text/xml; charset=utf-8"),
        ("utf-8", "utf-8", "text/xml; charset=hex"),
        ("utf-7", "utf-8", "text/xml; charset=utf-7"),
    ],
)
def test_x06_false_labels_lose_no_letter(desk: Desk, label: str, codec: str, declared: str) -> None:
    """X-06: labels that contradict the bytes or each other, and such as nobody may use."""
    desk.site.put("/bad", feed().replace("utf-8", label).encode(codec), media_type=declared or "text/xml")
    desk.poll()
    assert "Feuerwehrhaus für Oberbeispiel" in desk.titles()


@pytest.mark.parametrize(
    "document",
    [
        feed() + feed(),
        "Warning: mysql_connect() in <b>/srv/x.php</b>\n" + feed(),
        feed(head=f"<!DOCTYPE rss [{'<!-- x -->' * 500_000}]>"),
        feed(head="<?pi x?>" * 200_000),
        feed().replace("version='2.0'", "version='2.0' xmlns='http://www.w3.org/2005/Atom'"),
    ],
    ids=["two documents", "junk before", "document type of megabytes", "instructions", "false namespace"],
)
def test_x07_x08_odd_documents_are_read(desk: Desk, document: str) -> None:
    """X-07, X-08: concatenated, after junk, under a huge prolog, in a false namespace."""
    desk.site.put("/bad", document, media_type="application/json")
    desk.poll()
    assert "Feuerwehrhaus für Oberbeispiel" in desk.titles()


def test_x08_the_format_follows_from_the_content(desk: Desk) -> None:
    """X-08: a JSON Feed that is sent as XML; what is no feed at all is named."""
    item = {"id": "j", "title": "Feuerwehrhaus für Oberbeispiel", "content_html": story(1)}
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]})
    desk.site.put("/bad", body, media_type="application/rss+xml")
    desk.poll()
    assert "Feuerwehrhaus für Oberbeispiel" in desk.titles()
    desk.site.put("/bad", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, media_type="application/rss+xml")
    assert desk.poll()["bad"].problems[0].reason in ("binary", "not_a_feed")


def test_x09_half_an_item_is_never_stored_and_the_whole_feed_is_asked_for_again(desk: Desk) -> None:
    """X-09: cut within the second item, also within gzip; no validator is kept, so the next poll has it all."""
    second = (
        ITEM.replace("x-1", "x-2")
        .replace(story(1), story(2))
        .replace("Feuerwehrhaus für Oberbeispiel", "Theater")
    )
    whole = feed(ITEM + second)
    desk.site.put("/bad", whole[: whole.index("fünfhundert")])
    report = desk.poll()["bad"]
    assert report.counts["new"] == 1
    assert "truncated" in {p.reason for p in report.problems}
    assert "Theater" not in desk.titles()
    desk.site.put("/bad", gzip.compress(whole.encode())[:-200], headers={"Content-Encoding": "gzip"})
    desk.poll()
    desk.site.put("/bad", whole)
    desk.poll()
    assert "Theater" in desk.titles()
    assert not any("If-None-Match" in headers for path, headers in desk.site.requests if path == "/bad")


def changing(turn: int) -> str:
    return feed(
        "".join(
            f"<item><guid>turn-{turn}-{n}</guid><title>{PLACES[n]} baut {WORKS[n]}</title>"
            f"<pubDate>Mon, {n + 1:02} Mar 2026 09:00:00 +0100</pubDate>"
            f"<description><![CDATA[{story(n)}]]></description></item>"
            for n in range(1, 6)
        )
    )


def test_x10_guids_that_change_every_time_make_no_release_twice(desk: Desk) -> None:
    """X-10: texts of a day are known, whatever their numbers are now."""
    for turn in range(4):
        desk.site.put("/bad", changing(turn))
        report = desk.poll()["bad"]
        assert report.counts.get("new", 0) == (5 if turn == 0 else 0)
    assert len(desk.titles()) == 6


@pytest.mark.parametrize(
    "guid", ["", "<guid></guid>", f"<guid>{'g' * 2_000_000}</guid>", "<guid>same</guid>"]
)
def test_x10_items_without_a_usable_guid_stay_apart(desk: Desk, guid: str) -> None:
    """X-10: missing, empty, gigantic, the same for two releases: two releases, at every poll."""
    items = "".join(
        f"<item>{guid}<title>{PLACES[n]} baut</title><link>https://x.example/{n}</link>"
        f"<description><![CDATA[{story(n)}]]></description></item>"
        for n in (1, 2)
    )
    desk.site.put("/bad", feed(items))
    desk.poll()
    desk.poll()
    assert len(desk.titles()) == 3


def test_x11_a_body_that_is_an_address_is_a_text(desk: Desk, tmp_path: Path) -> None:
    """X-11: neither fetched nor opened, whichever parser is behind it."""
    secret = tmp_path / "feed.xml"
    secret.write_text(feed(ITEM.replace("Feuerwehrhaus", CANARY)))
    canary = desk.site.put("/canary", feed(ITEM.replace("Feuerwehrhaus", CANARY)))
    for body in (str(secret), secret.as_uri(), canary):
        desk.site.put("/bad", body)
        assert desk.poll()["bad"].problems[0].reason == "not_a_feed"
    assert CANARY not in desk.published()
    assert not [path for path, _ in desk.site.requests if path == "/canary"]
