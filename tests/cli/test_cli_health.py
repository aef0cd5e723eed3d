"""What an operator meets at the command line when a source is held, or reads badly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from cli_cranes import feed as feed_of_cranes
from cli_cranes import page, release
from cli_shell import Shell
from loopback import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def feed(first: int, count: int) -> str:
    """Short invented notices; each has a headline and words of its own."""
    rows = "".join(
        f"<item><title>Kran Nummer {n} wird in Halle {n * 7} geprüft</title><link>https://hafen.example/{n}</link>"
        f"<guid>{n}</guid><pubDate>Mon, 02 Nov 2026 {n % 24:02}:00:00 +0100</pubDate>"
        f"<description>Prüfbericht {n}: {' '.join(f'wort{n * 31 + k}' for k in range(12))}</description></item>"
        for n in range(first, first + count)
    )
    return f'<rss version="2.0"><channel><title>Hafen</title><link>https://hafen.example</link>{rows}</channel></rss>'


def hold(shell: Shell, site: Site) -> None:
    """A source whose second poll was too much at once."""
    url = site.put("/feed.xml", feed(97, 3))
    shell.config("settings.toml", "pace = 0\n")
    shell.config(
        "sources.toml",
        f'[[source]]\nid = "hafen"\nurl = "{url}"\ntitle = "Hafen Presse"\nallow_private = true\nfollow = "never"\n',
    )
    shell("poll")
    site.put("/feed.xml", feed(99, 31))
    shell("poll")


def test_a_held_source_is_told_shown_and_released(shell: Shell, site: Site) -> None:
    """`poll` and `status` say so, `show` lists it, `release` publishes it, and then all is well."""
    hold(shell, site)
    assert "hafen: 30 held back" in shell.err
    assert "aggregator sources release hafen" in shell.err
    shown = shell("status", code=1)
    assert "hafen: held: 30 new releases at once are held back" in shown
    assert "`aggregator sources release hafen` publishes it, with `--drop` discards it" in shown
    (source,) = json.loads(shell("status", "--json", code=1))["sources"]
    assert (source["state"], source["since"] is None, "health" in source) == ("held", False, False)
    record = json.loads(shell("sources", "show", "hafen", "--json"))
    assert len(record["held"]) == 30
    assert record["held"][0]["url"] == "https://hafen.example/100"
    assert "30 releases held back:" in shell("sources", "show", "hafen")
    shell("sources", "release", "hafen", code=2)
    assert "add --yes" in shell.err
    counts = json.loads(shell("sources", "release", "hafen", "--yes", "--json"))["counts"]
    assert sum(counts.values()) == 30
    assert len(feedparser.parse((shell.folder / "feeds/all.atom").read_bytes()).entries) == 33
    assert "well" in shell("status")
    shell("sources", "release", "hafen")
    assert 'nothing of "hafen" is held back' in shell.err


def test_what_is_dropped_stays_away(shell: Shell, site: Site) -> None:
    """Discarded for good; the next poll finds nothing new."""
    hold(shell, site)
    shell("sources", "release", "hafen", "--drop", "--yes")
    assert "30 dropped" in shell.err
    shell("poll")
    assert "held" not in shell.err
    assert len(feedparser.parse((shell.folder / "feeds/all.atom").read_bytes()).entries) == 3


def test_a_folder_has_no_recipe(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    shell.config("sources.toml", '[[source]]\nid = "inbox"\nurl = "../texts"\n')
    shell("sources", "repair", "inbox", code=2)
    assert "no recipe to repair" in shell.err


def test_a_recipe_that_works_is_left_as_it_is(shell: Shell, site: Site) -> None:
    """A feed that can be read needs no repair."""
    url = site.put("/feed.xml", feed(97, 3))
    shell.config("sources.toml", f'[[source]]\nid = "hafen"\nurl = "{url}"\nallow_private = true\n')
    before = (shell.folder / "config/sources.toml").read_bytes()
    record = json.loads(shell("sources", "repair", "hafen", "--json"))
    assert (record["works"], record["items_now"]) == (True, 3)
    assert "can be read as it is (3 items); nothing was changed" in shell.err
    assert (shell.folder / "config/sources.toml").read_bytes() == before


def test_a_page_that_changed_is_read_anew(shell: Shell, site: Site) -> None:
    """The classes have other names: the difference is shown, the recipe is written when agreed, and polled."""
    pytest.importorskip("aggregator.discovery.lists")
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", media_type="text/plain")  # allowed by its owner
    url = site.put("/presse", page("neuigkeit"), media_type="text/html")
    shell.config("settings.toml", "pace = 0\n")
    shell.config(
        "sources.toml",
        f'[[source]]\nid = "hafen"\nadapter = "newsroom"\nurl = "{url}"\nallow_private = true\nrobots = false\n\n'
        '[source.recipe]\nitems = ["div.meldung"]\nurl = ["h3 a@href"]\ntitle = ["h3"]\npublished = ["time@datetime"]\n',
    )
    before = (shell.folder / "config/sources.toml").read_bytes()
    shown = shell("sources", "repair", "hafen", "--dry-run")
    assert "before: 0 items; after: 9 items" in shown
    assert (shell.folder / "config/sources.toml").read_bytes() == before
    shell("sources", "repair", "hafen", code=2)
    shell("sources", "repair", "hafen", "--yes")
    assert b"neuigkeit" in (shell.folder / "config/sources.toml").read_bytes()
    record = json.loads(shell("sources", "repair", "hafen", "--json"))
    assert (record["works"], record["items_now"]) == (True, 9)


def test_a_source_that_fails_is_told_in_one_zone_and_with_what_helps(shell: Shell, site: Site) -> None:
    """The screen has no times of another zone than its own; JSON keeps UTC. A 410 said once does not end anything."""
    shell.config("settings.toml", 'pace = 0\ntimezone = "Asia/Tokyo"\n')
    away, gone = site.url("/away.xml"), site.put("/gone.xml", b"gone", status=410)
    shell.config(
        "sources.toml",
        f'[[source]]\nid = "fort"\nurl = "{away}"\nallow_private = true\n'
        f'[[source]]\nid = "ende"\nurl = "{gone}"\nallow_private = true\n',
    )
    shell("poll", code=1)
    shown = shell("status", code=1)
    assert "fort: `aggregator sources repair fort` looks where on its site it went" in shown
    assert "where it says so again most of a day later" in shown
    assert next(line for line in shown.splitlines() if line.startswith("ende")).split()[-1] != "–"
    record = json.loads(shell("sources", "show", "fort", "--json"))
    assert record["remedy"].startswith("`aggregator sources repair fort`")
    assert "UTC" in record["evidence"]
    assert "UTC" not in shell("sources", "show", "fort")


def test_why_a_hub_is_not_subscribed_to_is_told(shell: Shell, site: Site) -> None:
    """A service without a public address only polls, and `show` says so."""
    hub = '<link rel="hub" href="https://hub.example.com/"/><link rel="self" href="https://hafen.example/feed"/>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Hafen</title>{hub}</feed>'
    url = site.put("/feed.xml", atom, media_type="application/atom+xml")
    shell.config("sources.toml", f'[[source]]\nid = "hafen"\nurl = "{url}"\nallow_private = true\n')
    shell("poll")
    assert "not subscribed yet; it could not call back: `base_url`" in shell("sources", "show", "hafen")
    shell.config("settings.toml", 'base_url = "https://feeds.example.com"\n')
    assert "call back" not in shell("sources", "show", "hafen")
    shell.config("settings.toml", "websub = false\n")
    assert "switched off" in shell("sources", "show", "hafen")


HOME = (
    "<html lang=de><head><title>Hafen AG</title></head><body><nav><a href='{}'>{}</a></nav>"
    "<main><p>{}</p></main></body></html>"
)
WELCOME = "Willkommen bei der Hafen AG, die seit 1911 Güter umschlägt."


def moved(shell: Shell, site: Site) -> None:
    """A newsroom that is polled under /presse and then stands elsewhere, where the home page links it."""
    url = site.put("/presse", page("meldung"), media_type="text/html")
    for n in range(1, 12):
        site.put(f"/presse/kran-{n}-wird-geprueft", release(n), media_type="text/html")
    shell.config("settings.toml", "pace = 0\n")
    shell.config(
        "sources.toml",
        f'[[source]]\nid = "hafen"\nadapter = "newsroom"\nurl = "{url}"\nallow_private = true\n\n'
        '[source.recipe]\nitems = ["div.meldung"]\nurl = ["h3 a@href"]\ntitle = ["h3"]\n'
        'published = ["time@datetime"]\n',
    )
    shell("poll")
    home = HOME.format("/aktuell/pressemitteilungen", "Pressemitteilungen", WELCOME)
    site.put("/", home, media_type="text/html")
    site.put("/aktuell/pressemitteilungen", page("karte", first=3), media_type="text/html")


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, "", {}),
        (301, "", {"Location": "/"}),
        (
            200,
            HOME.format("/aktuell/pressemitteilungen", "Zu den Pressemitteilungen", "Wir sind umgezogen."),
            {},
        ),
    ],
)
def test_a_newsroom_that_moved_within_its_site_is_found(
    shell: Shell, site: Site, status: int, body: str, headers: dict[str, str]
) -> None:
    """The old address is gone, leads home, or has no list any more: the new one is proposed with the difference, asked
    for, and written; nothing is published twice."""
    moved(shell, site)
    site.put("/presse", body, media_type="text/html", status=status, headers=headers, validators=False)
    shown = shell("sources", "repair", "hafen", "--dry-run")
    assert f"address: {site.url('/presse')} -> {site.url('/aktuell/pressemitteilungen')}" in shown
    assert "after: 9 items, 7 of them known, 2 new" in shown
    assert "/aktuell" not in (shell.folder / "config/sources.toml").read_text("utf-8")
    shell("sources", "repair", "hafen", code=2)
    assert "add --yes" in shell.err
    record = json.loads(shell("sources", "repair", "hafen", "--yes", "--json"))
    assert record["url"] == {"now": site.url("/presse"), "after": site.url("/aktuell/pressemitteilungen")}
    shell("poll")
    assert len(feedparser.parse((shell.folder / "feeds/all.atom").read_bytes()).entries) == 11


def test_a_site_without_any_newsroom_says_what_was_looked_at(shell: Shell, site: Site) -> None:
    """Exit code 1, nothing is written."""
    moved(shell, site)
    for path in ("/presse", "/aktuell/pressemitteilungen"):
        del site.pages[path]
    before = (shell.folder / "config/sources.toml").read_bytes()
    shown = shell("sources", "repair", "hafen", code=1)
    assert "now: not_found" in shown
    assert site.url("/") in shown
    assert "no list of releases was found, on it or from its site's home page" in shell.err
    assert (shell.folder / "config/sources.toml").read_bytes() == before


def test_a_feed_that_is_gone_is_found_again_behind_the_newsroom(shell: Shell, site: Site) -> None:
    """The home page leads to the newsroom, which announces a feed elsewhere: that is proposed and written."""
    url = site.put("/rss.xml", feed_of_cranes(site))
    shell.config("settings.toml", "pace = 0\n")
    shell.config(
        "sources.toml",
        f'[[source]]\nid = "hafen"\nadapter = "feed"\nurl = "{url}"\nallow_private = true\nfollow = "never"\n',
    )
    shell("poll")
    site.put("/", HOME.format("/presse/", "Presse", WELCOME), media_type="text/html")
    link = "<link rel=alternate type='application/rss+xml' href='/neu/feed.xml'>"
    site.put(
        "/presse/", page("meldung", first=3).replace("<title>", f"{link}<title>"), media_type="text/html"
    )
    site.put("/neu/feed.xml", feed_of_cranes(site, first=3))
    del site.pages["/rss.xml"]
    shown = shell("sources", "repair", "hafen", "--yes")
    assert f"address: {url} -> {site.url('/neu/feed.xml')}" in shown
    assert "after: 9 items, 7 of them known, 2 new" in shown
    record = json.loads(shell("sources", "repair", "hafen", "--json"))
    assert (record["works"], record["items_now"]) == (True, 9)
