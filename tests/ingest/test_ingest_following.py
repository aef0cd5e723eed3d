"""Lists whose items are pages of their own, polled over real HTTP: what is asked for, stored, and asked for again."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from loopback import Site, serving
from newsroom import STORIES, TITLES

import aggregator.app
from aggregator.app import App, Batch, Paths
from aggregator.ingest import Report
from aggregator.model import Document, Recipe, Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.store.shelf import StoredCopy

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class Desk:
    """One source, polled by a real application whose clock stands where the test puts it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.now = START
        self.source = Source(id="room", adapter="feed", url="", allow_private=True)
        patch.setattr(aggregator.app, "clock", lambda: self.now)

    def poll(self, *, after: timedelta = timedelta(hours=1), backfill: int = 0) -> Report:
        async def go() -> list[Report]:
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                return await app.poll([self.source], settle_seconds=0.0, backfill=backfill)

        self.now += after
        (report,) = asyncio.run(go())
        return report

    def copies(self) -> dict[str, StoredCopy]:
        """What is stored, by headline; each release once."""
        shelf = Shelf.open(self.paths.data)
        try:
            found = [c for row in shelf.rows() for c in shelf.copies(row)]
        finally:
            shelf.close()
        by_title = {c.copy.title: c for c in found}
        assert len(by_title) == len(found)
        return by_title

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(next(self.paths.data.glob("*.db*")))) as c:
            return c.execute(query).fetchall()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def page(title: str, *, second: str = "", canonical: str = "") -> str:
    first, rest = STORIES[title]
    link = f"<link rel='canonical' href='{canonical}'>" if canonical else ""
    return (
        f"<!doctype html><html lang='de'><head><title>{title} - Nordhafen AG</title>{link}</head><body><nav><a href='/'>"
        f"Start</a> <a href='/presse/'>Presse</a></nav><main><h1>{title}</h1><p>Brake, 3. November 2026. {first}</p>"
        f"<p>{second or rest}</p><p>Pressekontakt: Nordhafen AG, presse@nordhafen.example</p></main></body></html>"
    )


def put_pages(site: Site, titles: tuple[str, ...] = TITLES) -> None:
    for title in titles:
        site.put(path(title), page(title), media_type="text/html; charset=utf-8")


def path(title: str) -> str:
    return f"/presse/{TITLES.index(title) + 100}"


def teasers(site: Site, titles: tuple[str, ...] = TITLES) -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>n-{TITLES.index(t)}</guid><title>{escape(t)}</title><link>{site.url(path(t))}"
        f"</link><pubDate>Tue, 03 Nov 2026 09:0{TITLES.index(t)}:00 +0100</pubDate>"
        f"<description>{escape(STORIES[t][0][:120])} […]</description></item>"
        for t in titles
    )
    return f"<rss version='2.0'><channel><title>Nordhafen</title><link>{site.url('/')}</link>{items}</channel></rss>"


def asked(site: Site) -> list[str]:
    """The paths that were asked for since the last look, but for what its host may be asked."""
    found = [p for p, _ in site.requests if p != "/robots.txt"]
    site.requests.clear()
    return found


def test_a_feed_of_teasers_gives_the_texts_of_its_pages(site: Site, desk: Desk) -> None:
    """Each release once, with its whole text, under its guid; the second poll asks for the feed alone."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    assert desk.poll().counts == {"new": 6}
    assert sorted(asked(site)) == sorted(["/feed.xml", *map(path, TITLES)])
    for title, stored in desk.copies().items():
        assert STORIES[title][1] in stored.copy.body
        assert stored.copy.key == f"n-{TITLES.index(title)}"
        assert {e.basis for e in stored.copy.dates} >= {"feed", "dateline"}
    assert desk.poll().outcome == "unchanged"
    assert asked(site) == ["/feed.xml"]


def test_a_new_item_costs_one_page(site: Site, desk: Desk) -> None:
    """The pages of items that are known are not asked for when the feed changes."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site, TITLES[1:])))
    desk.poll()
    asked(site)
    site.put("/feed.xml", teasers(site))
    assert desk.poll().counts == {"new": 1, "unchanged": 5}
    assert asked(site) == ["/feed.xml", path(TITLES[0])]


def test_a_correction_on_the_page_is_noticed_when_the_page_is_due(site: Site, desk: Desk) -> None:
    """After a day, though its feed says nothing of it; then after two; a page as it was costs a 304."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    desk.poll()
    fixed = STORIES[TITLES[0]][1].replace("zwei Jahren", "drei Jahren")
    site.put(path(TITLES[0]), page(TITLES[0], second=fixed), media_type="text/html; charset=utf-8")
    asked(site)
    assert desk.poll(after=timedelta(hours=5)).outcome == "unchanged"
    assert asked(site) == ["/feed.xml"]
    assert desk.poll(after=timedelta(hours=21)).counts == {"correction": 1}
    assert sorted(asked(site)) == sorted(["/feed.xml", *map(path, TITLES)])
    assert "drei Jahren" in desk.copies()[TITLES[0]].copy.body
    assert desk.poll(after=timedelta(hours=23)).outcome == "unchanged"
    assert asked(site) == ["/feed.xml"]


def test_a_page_that_fails_leaves_its_teaser_and_is_asked_for_again(site: Site, desk: Desk) -> None:
    """One release under one id: first the feed's words, then the page's; nobody else waits for it."""
    put_pages(site, TITLES[1:])
    site.put(path(TITLES[0]), b"busy", status=500)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    assert desk.poll().counts == {"new": 6}
    before = desk.copies()[TITLES[0]]
    assert (before.copy.key, STORIES[TITLES[0]][1] in before.copy.body) == ("n-0", False)
    put_pages(site, TITLES[:1])
    asked(site)
    assert desk.poll(after=timedelta(minutes=31)).outcome == "ok"
    assert asked(site) == ["/feed.xml", path(TITLES[0])]
    assert STORIES[TITLES[0]][1] in desk.copies()[TITLES[0]].copy.body
    assert desk.poll(after=timedelta(minutes=31)).outcome == "unchanged"


@pytest.mark.parametrize(
    "later", [{"status": 503}, {"status": 200, "body": "<h1>Access denied</h1>"}, {"status": 200, "body": ""}]
)
def test_a_text_that_was_read_is_not_replaced_when_its_page_fails_later(
    site: Site, desk: Desk, later: dict[str, object]
) -> None:
    """A server in trouble, a wall and an empty page: what is stored stays."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    desk.poll()
    body, status = str(later.get("body", "busy")), later["status"]
    site.put(
        path(TITLES[0]), f"<!doctype html>{body}" if body else b"", status=status, media_type="text/html"
    )
    desk.poll(after=timedelta(days=2))
    assert STORIES[TITLES[0]][1] in desk.copies()[TITLES[0]].copy.body


def test_a_corrected_teaser_has_its_page_read_again(site: Site, desk: Desk) -> None:
    """What the list says of a page is evidence too: new words of it are read with the page as it is."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    desk.poll()
    asked(site)
    site.put("/feed.xml", teasers(site).replace("09:00:00", "11:45:00"))
    desk.poll()
    assert asked(site) == ["/feed.xml", path(TITLES[0])]
    assert any("11:45" in str(e.value) for e in desk.copies()[TITLES[0]].copy.dates)


def test_a_list_that_says_something_new_at_every_poll_costs_each_page_once_an_hour(
    site: Site, desk: Desk
) -> None:
    """Counters of readers in a feed are no reason to fetch all its pages with it."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    desk.poll()
    asked(site)
    for minute in (10, 20):
        site.put("/feed.xml", teasers(site).replace(" […]", f" ({minute} Leser) […]"))
        desk.poll(after=timedelta(minutes=10))
        assert asked(site) == ["/feed.xml"]
    desk.poll(after=timedelta(minutes=41))
    assert sorted(asked(site)) == sorted(["/feed.xml", *map(path, TITLES)])


def test_pages_are_not_fetched_where_the_source_says_never(site: Site, desk: Desk) -> None:
    """`follow` is the operator's."""
    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)), follow="never")
    assert desk.poll().counts == {"new": 6}
    assert asked(site) == ["/feed.xml"]


def test_one_page_that_cannot_be_read_is_not_its_sources_failure(site: Site, desk: Desk) -> None:
    """A feed without news and a broken page behind it: the feed was polled well."""
    put_pages(site)
    text = teasers(site, TITLES[:1]).replace(f"{escape(STORIES[TITLES[0]][0][:120])} […]", "")
    site.put(path(TITLES[0]), b"\x89PNG\r\n\x1a\n" + bytes(100), media_type="image/png")
    desk.source = replace(desk.source, url=site.put("/feed.xml", text))
    report = desk.poll()
    assert report.outcome == "unchanged"
    assert [p.reason for p in report.problems] == ["not_a_page"]
    assert desk.ask("SELECT failures FROM sources") == [(0,)]


def test_a_text_that_could_not_be_stored_has_its_page_asked_for_again(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in settling costs the text nothing but time."""
    from aggregator.store import Store

    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    real = Store.apply

    def failing(self: Store, packed: object, *more: object) -> object:
        if getattr(packed, "key", "") == "n-2":
            raise ZeroDivisionError("a bug")
        return real(self, packed, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Store, "apply", failing)
        assert desk.poll().counts == {"new": 5, "failed": 1}
    assert desk.poll().counts["new"] == 1
    assert len(desk.copies()) == 6


# ------------------------------------------------------------------------------------------------- sitemaps


def sitemap(site: Site, titles: tuple[str, ...], *, touched: str = "2026-11-{:02}", more: str = "") -> str:
    rows = "".join(
        f"<url><loc>{site.url(path(t))}</loc><lastmod>{touched.format(10 + TITLES.index(t))}</lastmod></url>"
        for t in titles
    )
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}{more}</urlset>"


def index(site: Site, *names: str) -> str:
    rows = "".join(f"<sitemap><loc>{site.url(name)}</loc></sitemap>" for name in names)
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>"


def put_sitemaps(site: Site) -> str:
    others = "".join(
        f"<url><loc>{site.url(p)}</loc></url>" for p in ("/", "/produkte/kran", "/presse/kontakt")
    )
    site.put("/news-1.xml", sitemap(site, TITLES[:3], more=others), media_type="application/xml")
    site.put("/news-2.xml", sitemap(site, TITLES[3:]), media_type="application/xml")
    return site.put("/sitemap.xml", index(site, "/news-1.xml", "/news-2.xml"), media_type="application/xml")


def test_a_sitemap_index_gives_each_release_of_its_press_section_once(site: Site, desk: Desk) -> None:
    """Neither products nor contacts are asked for; an unchanged index still has its pieces looked at."""
    put_pages(site)
    desk.source = replace(desk.source, adapter="sitemap", url=put_sitemaps(site))
    assert desk.poll().counts == {"new": 6}
    maps = ["/sitemap.xml", "/news-1.xml", "/news-2.xml"]
    assert sorted(asked(site)) == sorted([*maps, *map(path, TITLES)])
    assert {c.copy.date_basis for c in desk.copies().values()} == {"dateline"}
    assert desk.poll().outcome == "unchanged"
    assert sorted(asked(site)) == sorted(maps)


def test_a_page_that_its_sitemap_says_was_touched_is_asked_whether_it_changed(site: Site, desk: Desk) -> None:
    """`lastmod` is a hint: the page is asked for with its validator, and no date comes of it."""
    put_pages(site)
    desk.source = replace(desk.source, adapter="sitemap", url=put_sitemaps(site))
    desk.poll()
    before = {t: c.copy.published for t, c in desk.copies().items()}
    asked(site)
    site.put("/news-2.xml", sitemap(site, TITLES[3:]).replace("2026-11-15", "2026-11-20"))
    desk.poll()
    assert [p for p, h in site.requests if p.startswith("/presse/") and "If-None-Match" in h] == [
        path(TITLES[5])
    ]
    assert {t: c.copy.published for t, c in desk.copies().items()} == before


def test_the_pieces_of_a_sitemap_outlive_one_bad_answer(site: Site, desk: Desk) -> None:
    """A block page in the place of the index is a failure, and the pieces are remembered for the next poll."""
    put_pages(site)
    desk.source = replace(desk.source, adapter="sitemap", url=put_sitemaps(site))
    desk.poll()
    good = site.pages["/sitemap.xml"]
    site.put("/sitemap.xml", "<!doctype html><html><h1>Please wait</h1></html>", media_type="text/html")
    report = desk.poll()
    assert (report.outcome, report.problems[0].reason) == ("failed", "not_a_sitemap")
    assert desk.ask("SELECT count(*) FROM followed WHERE part = 1") == [(2,)]
    site.pages["/sitemap.xml"] = good
    asked(site)
    desk.poll()
    assert sorted(asked(site)) == ["/news-1.xml", "/news-2.xml", "/sitemap.xml"]


def test_more_pages_than_a_poll_may_fetch_are_asked_for_over_several(site: Site, desk: Desk) -> None:
    """A hundred, the newest first; the others wait in the store, though the sitemap does not change."""
    paths = [f"/presse/{n}" for n in range(104)]
    days = [f"20{n // 12:02}-{n % 12 + 1:02}-15" for n in range(104)]
    rows = "".join(
        f"<url><loc>{site.url(p)}</loc><lastmod>{d}</lastmod></url>" for p, d in zip(paths, days, strict=True)
    )
    desk.source = replace(
        desk.source, adapter="sitemap", url=site.put("/sitemap.xml", f"<urlset>{rows}</urlset>")
    )
    desk.poll()
    assert sorted(asked(site)[1:]) == sorted(paths[4:])
    desk.poll(after=timedelta(minutes=5))
    assert sorted(asked(site)[1:]) == sorted(paths[:4])
    desk.poll(after=timedelta(minutes=5))
    assert asked(site) == ["/sitemap.xml"]


def test_a_sitemap_that_names_itself_and_goes_deep_ends(site: Site, desk: Desk) -> None:
    """X-12: three levels, each file once, whatever they name."""
    for depth in range(10):
        site.put(
            f"/sitemap-{depth}.xml",
            index(site, "/sitemap-0.xml", f"/sitemap-{depth}.xml", f"/sitemap-{depth + 1}.xml"),
        )
    desk.source = replace(desk.source, adapter="sitemap", url=site.url("/sitemap-0.xml"))
    desk.poll()
    assert asked(site) == ["/sitemap-0.xml", "/sitemap-1.xml", "/sitemap-2.xml"]


def test_an_index_of_thousands_costs_fifty_files(site: Site, desk: Desk) -> None:
    """X-12: at most fifty documents make up a list."""
    names = [f"/news-{n}.xml" for n in range(3000)]
    for name in names[:60]:
        site.put(name, sitemap(site, ()))
    desk.source = replace(desk.source, adapter="sitemap", url=site.put("/sitemap.xml", index(site, *names)))
    desk.poll()
    assert len(asked(site)) == 50


def test_nothing_is_asked_of_other_hosts(site: Site, desk: Desk) -> None:
    """X-12: entries of other hosts and of other schemes are left out, of an index as of a sitemap."""
    there = [site.url(name, host="localhost") for name in ("/a.xml", "/presse/1")]
    site.put(
        "/news.xml",
        sitemap(site, ()).replace(
            "</urlset>", f"<url><loc>{there[1]}</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"
        ),
    )
    text = index(site, "/news.xml").replace(
        "</sitemapindex>", f"<sitemap><loc>{there[0]}</loc></sitemap></sitemapindex>"
    )
    desk.source = replace(desk.source, adapter="sitemap", url=site.put("/sitemap.xml", text))
    desk.poll()
    assert asked(site) == ["/sitemap.xml", "/news.xml"]


# ------------------------------------------------------------------------------------------------ JSON lists


def posts(site: Site, titles: tuple[str, ...], **changed: str) -> str:
    rows = [
        {
            "id": 40 + TITLES.index(t),
            "date": f"2026-11-03T09:0{TITLES.index(t)}:00",
            "link": site.url(path(t)),
            "title": {"rendered": t},
            "content": {"rendered": "".join(f"<p>{changed.get(p[:9], p)}</p>" for p in STORIES[t])},
        }
        for t in titles
    ]
    return json.dumps(rows)


def test_a_wordpress_list_gives_whole_texts_and_no_page_is_fetched(site: Site, desk: Desk) -> None:
    """Polled twice: each release once; further pages only when they are asked for, and not remembered as pieces."""
    endpoint = "/wp-json/wp/v2/posts?per_page=4"
    site.put(endpoint, posts(site, TITLES[:4]), media_type="application/json")
    site.put(f"{endpoint}&page=2", posts(site, TITLES[4:]), media_type="application/json")
    desk.source = replace(desk.source, adapter="jsonlist", url=site.url(endpoint))
    assert desk.poll().counts == {"new": 4}
    assert desk.poll().outcome == "unchanged"
    assert asked(site) == [endpoint, endpoint]
    site.put(endpoint, posts(site, TITLES[:4]) + " ", media_type="application/json")
    assert desk.poll(backfill=3).counts == {"new": 2, "unchanged": 4}
    assert asked(site) == [endpoint, f"{endpoint}&page=2"]
    (usual,) = {tuple(json.loads(row[0])[-1][1:5]) for row in desk.ask("SELECT samples FROM health")}
    assert usual == (4, 4, 4, 4)  # what the further pages give is not the list's
    desk.poll()
    assert asked(site) == [endpoint]
    assert all(STORIES[t][1] in c.copy.body for t, c in desk.copies().items())


def test_a_correction_in_a_json_list_is_one(site: Site, desk: Desk) -> None:
    """The list holds the text, so that its change is seen at once."""
    desk.source = replace(
        desk.source, adapter="jsonlist", url=site.put("/wp-json/wp/v2/posts", posts(site, TITLES))
    )
    desk.poll()
    before = STORIES[TITLES[0]][0]
    site.put(
        "/wp-json/wp/v2/posts",
        posts(site, TITLES, **{before[:9]: before.replace("elf Monaten", "zwölf Monaten")}),
    )
    report = desk.poll()
    assert (report.counts["unchanged"], sum(report.counts.values())) == (5, 6)
    assert "zwölf Monaten" in desk.copies()[TITLES[0]].copy.body


def test_the_state_of_a_page_leads_to_its_releases(site: Site, desk: Desk) -> None:
    """A list that a script draws: its data names the pages, and each is fetched once."""
    put_pages(site)
    rows = [{"name": t, "slug": path(t).rpartition("/")[2], "day": "2026-11-03"} for t in TITLES]
    state = json.dumps({"props": {"pageProps": {"rows": rows}}})
    text = f"<!doctype html><html><body><script id='__NEXT_DATA__' type='application/json'>{state}</script></body></html>"
    recipe = Recipe(data="script#__NEXT_DATA__", items=("props.pageProps.rows",), url=("/presse/{slug}",),
                    title=("name",), published=("day",))  # fmt: skip
    url = site.put("/presse/", text, media_type="text/html")
    desk.source = replace(desk.source, adapter="jsonlist", url=url, recipe=recipe)
    assert desk.poll().counts == {"new": 6}
    assert {str(c.copy.published)[:10] for c in desk.copies().values()} == {"2026-11-03"}
    assert {"list", "dateline"} <= {e.basis for c in desk.copies().values() for e in c.copy.dates}
    asked(site)
    desk.poll()
    assert asked(site) == ["/presse/"]


# ------------------------------------------------------------------------------------- at hand, and gone wrong


def test_a_feed_of_teasers_that_is_ingested_by_hand_gives_its_teasers(site: Site, desk: Desk) -> None:
    """What is at hand is read; its pages are not fetched, and no item is lost for that."""

    async def go() -> list[Report]:
        settings = Settings(folder=desk.paths.config, sources=(desk.source,), pace=0.0, deadline=5.0)
        document = Document(url=site.url("/feed.xml"), content=teasers(site).encode(), fetched_at=START)
        async with App.open(desk.paths, settings) as app:
            return await app.ingest([Batch(desk.source, [document])])

    (report,) = asyncio.run(go())
    assert report.counts == {"new": 6}
    assert set(desk.copies()) == set(TITLES)
    assert asked(site) == []


def test_a_poll_that_cannot_be_settled_has_its_pages_asked_for_again(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken back is not remembered as read."""
    from aggregator.store import Store

    put_pages(site)
    desk.source = replace(desk.source, url=site.put("/feed.xml", teasers(site)))
    real, calls = Store.record_poll, [0]

    def failing(self: Store, *given: object, **more: object) -> None:
        calls[0] += 1
        if calls[0] == 1:
            raise ZeroDivisionError("a bug")
        real(self, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Store, "record_poll", failing)
        assert desk.poll().outcome == "failed"
    assert desk.ask("SELECT count(*) FROM followed") == [(0,)]
    assert desk.poll().counts == {"new": 6}


def test_items_that_share_a_page_are_each_kept(site: Site, desk: Desk) -> None:
    """Anchors of one page: the page is no item's own, and none of them is lost where all are followed."""
    put_pages(site, TITLES[:1])
    text = teasers(site)
    for title in TITLES[1:]:
        text = text.replace(f"{path(title)}<", f"{path(TITLES[0])}#{TITLES.index(title)}<")
    desk.source = replace(desk.source, url=site.put("/feed.xml", text))
    assert desk.poll().counts == {"new": 6}
    assert asked(site) == ["/feed.xml"]
