"""What scrolled by between two polls comes back from the sitemap of its site: over real HTTP, into a real store."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from loopback import Site, serving

import aggregator.app
from aggregator.app import App, Paths
from aggregator.ingest import Report, refilling
from aggregator.model import Recipe, Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.text import digest

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOUNS = (
    "Anlage Bahnhof Container Diesel Elektrik Fahrrad Getreide Hafen Insel Kaimauer Leuchtturm Mole Nebel "
    "Pegel Quartier Reede Schlepper Tonne Umschlag Werft"
)
WORDS = NOUNS.split()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class Room:
    """One source, polled by a real application whose clock stands where the test puts it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, site: Site) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.now, self.site = START, site
        self.source = Source(id="room", adapter="feed", url=site.url("/feed.xml"), allow_private=True)
        patch.setattr(aggregator.app, "clock", lambda: self.now)

    def poll(self, *, after: timedelta = timedelta(hours=1), backfill: int = 0) -> Report:
        async def go() -> list[Report]:
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                return await app.poll([self.source], settle_seconds=0.0, backfill=backfill)

        self.now += after
        self.site.requests.clear()
        (report,) = asyncio.run(go())
        return report

    def asked(self, beginning: str) -> list[str]:
        return [path for path, _ in self.site.requests if path.startswith(beginning)]

    def looked_at(self) -> set[int]:
        """The releases whose pages were asked for and that the list does not show, nor did before."""
        numbers = {int(path.removesuffix(".html").rpartition("-")[2]) for path in self.asked("/presse/2026/")}
        return numbers - {*range(20, 24), *range(28, 32)}

    def stored(self) -> set[int]:
        """The numbers of the releases that are published."""
        shelf = Shelf.open(self.paths.data)
        try:
            copies = [c.copy for row in shelf.rows() for c in shelf.copies(row)]
        finally:
            shelf.close()
        return {int(copy.title.rpartition(" ")[2]) for copy in copies}

    def gap(self) -> dict[str, object]:
        shelf = Shelf.open(self.paths.data)
        try:
            return shelf.gaps("room")[0]
        finally:
            shelf.close()

    def overrun(self, *, shown: Sequence[int] = range(28, 32)) -> Report:
        """The list shows the releases 20 to 23, and two days later 28 to 31: 24 to 27 scrolled by."""
        listed(self.site, range(20, 24))
        self.poll()
        listed(self.site, shown)
        return self.poll(after=timedelta(days=2))


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Room:
    return Room(tmp_path, monkeypatch, site)


def day(number: int) -> date:
    """Releases 24 and later are of the days of the gap, the earlier ones a day older each."""
    return date(2026, 11, 21) if number >= 24 else date(2026, 11, 20) - timedelta(days=24 - number)


def title(number: int) -> str:
    return f"{WORDS[number % 20]} am {WORDS[(number * 7 + 3) % 20]} geht in Betrieb, Vorhaben {number}"


def path(number: int) -> str:
    return f"/presse/2026/{title(number).lower().replace(' ', '-').replace(',', '')}.html"


def text(number: int) -> list[str]:
    """Two paragraphs that are like no other release's."""
    picked = digest(f"release {number}".encode())
    names = [
        WORDS[b % 20].lower() + WORDS[c % 20].lower() + str(b)
        for b, c in zip(picked, picked[9:], strict=False)
    ]
    said = [f"Für {a} und {b} zahlt die Nordhafen AG {len(a) * 3} Millionen Euro" for a, b in pairwise(names)]
    return [". ".join(said[:7]) + ".", ". ".join(said[7:14]) + "."]


def put(site: Site, number: int, *, dated: bool = True, on: date | None = None) -> str:
    told = on or day(number)
    stamp = f"<p class='date'><time datetime='{told}'>{told:%d.%m.%Y}</time></p>" if dated else ""
    body = "".join(f"<p>{p}</p>" for p in text(number))
    page = (
        f"<!doctype html><html lang='de'><head><title>{title(number)} - Nordhafen AG</title></head><body><main>"
        f"<h1>{title(number)}</h1>{stamp}{body}</main></body></html>"
    )
    return site.put(path(number), page, media_type="text/html; charset=utf-8")


def listed(site: Site, numbers: Iterable[int], head: str = "") -> None:
    """The feed shows these releases, the newest first, each with its whole text."""
    items = "".join(
        f"<item><guid isPermaLink='false'>n-{n}</guid><title>{title(n)}</title><link>{put(site, n)}</link>"
        f"<pubDate>{day(n):%a, %d %b %Y} 08:00:00 +0000</pubDate>"
        f"<description>{' '.join(text(n))}</description></item>"
        for n in sorted(numbers, reverse=True)
    )
    site.put(
        "/feed.xml", f"<rss version='2.0'><channel><title>Nordhafen</title>{head}{items}</channel></rss>"
    )


def sitemap(site: Site, entries: Iterable[tuple[str, str]], at: str = "/sitemap.xml") -> None:
    urls = "".join(
        f"<url><loc>{site.url(where)}</loc>{f'<lastmod>{mod}</lastmod>' if mod else ''}</url>"
        for where, mod in entries
    )
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    site.put(at, gzip.compress(body) if at.endswith(".gz") else body, media_type="application/xml")


def entries(site: Site, numbers: Iterable[int], mod: str = "") -> list[tuple[str, str]]:
    for number in numbers:
        if path(number) not in site.pages:
            put(site, number)
    return [(path(n), mod or day(n).isoformat()) for n in numbers]


def test_what_scrolled_by_comes_from_the_sitemap(room: Room, site: Site) -> None:
    """The sitemap names a release that was known: all between it and the list is there again, and it is told."""
    sitemap(
        site,
        [*entries(site, range(10, 32)), ("/karriere/2026/ein-neuer-kran-fahrer-gesucht.html", "2026-11-21")],
    )
    report = room.overrun()
    assert room.stored() == set(range(20, 32))
    problem = report.problems[0]
    assert problem.reason == "overrun"
    assert "4 releases taken from the sitemap of 127.0.0.1" in problem.detail
    assert problem.detail.endswith("nothing is missing")
    assert room.gap()["closed"] is True
    assert "4 releases taken from the sitemap" in str(room.gap()["said"])
    assert not room.asked("/karriere"), "it is built otherwise than the known releases"
    assert room.looked_at() == set(range(24, 28)), "what is older was not touched since"


def test_a_gap_that_was_filled_is_no_trouble(room: Room, site: Site) -> None:
    """It is told with the poll; the source's state says that releases may be missing only where they may."""

    def state() -> object:
        shelf = Shelf.open(room.paths.data)
        try:
            return next(s["health"] for s in shelf.sources())
        finally:
            shelf.close()

    sitemap(site, entries(site, range(10, 32)))
    room.overrun()
    assert state() == "well"
    listed(site, range(36, 40))
    room.poll(after=timedelta(days=2))
    assert state() == "overran", "its sitemap does not name them"


def test_it_is_done_once_for_a_gap(room: Room, site: Site) -> None:
    """The next poll asks for no sitemap again."""
    sitemap(site, entries(site, range(10, 32)))
    room.overrun()
    listed(site, range(28, 33))
    room.poll()
    assert room.asked("/sitemap") == []
    assert 32 in room.stored()


def test_an_index_of_zipped_parts_named_by_robots(room: Room, site: Site) -> None:
    """The latest part is read first, and the one that names a known release is the last that is asked for."""
    parts = {
        "/maps/a-2026-11.xml.gz": range(18, 32),
        "/maps/a-2026-10.xml.gz": range(5, 18),
        "/maps/pages.xml": range(0),
    }
    for where, numbers in parts.items():
        sitemap(site, entries(site, numbers), where)
    named = "".join(
        f"<sitemap><loc>{site.url(w)}</loc><lastmod>2026-{m}-21</lastmod></sitemap>"
        for w, m in zip(parts, (11, 10, "09"), strict=True)
    )
    site.put("/maps/index.xml", f"<sitemapindex>{named}</sitemapindex>", media_type="application/xml")
    site.put(
        "/robots.txt",
        f"User-agent: *\nAllow: /\nSitemap: {site.url('/maps/index.xml')}\n",
        media_type="text/plain",
    )
    room.overrun()
    assert room.stored() == set(range(20, 32))
    assert room.asked("/maps") == ["/maps/index.xml", "/maps/a-2026-11.xml.gz"]
    assert room.asked("/sitemap.xml") == []


def test_a_part_with_old_releases_ends_no_search(room: Room, site: Site) -> None:
    """An index whose oldest part was touched last: it names what was known, and what scrolled by stands in the other."""
    sitemap(site, entries(site, range(2, 23)), "/post-sitemap.xml")
    sitemap(site, entries(site, range(23, 32)), "/post-sitemap2.xml")
    named = "".join(
        f"<sitemap><loc>{site.url(where)}</loc><lastmod>2026-11-{day}</lastmod></sitemap>"
        for where, day in (("/post-sitemap.xml", 22), ("/post-sitemap2.xml", 21))
    )
    site.put("/sitemap.xml", f"<sitemapindex>{named}</sitemapindex>", media_type="application/xml")
    room.overrun()
    assert room.stored() == set(range(20, 32))
    assert room.gap()["closed"] is True


def test_a_sitemap_that_lags_behind_closes_no_gap(room: Room, site: Site) -> None:
    """It was written before the newest releases: what it names is taken, and that there may be more is told."""
    sitemap(site, entries(site, range(18, 26)))
    room.overrun()
    assert room.stored() == {*range(20, 26), *range(28, 32)}
    assert room.gap()["closed"] is False


def test_lastmod_is_a_hint_and_the_page_says_its_day(room: Room, site: Site) -> None:
    """A relaunch touches pages of years: those that are older by their own date are no news and not stored."""
    sitemap(site, entries(site, range(5, 32), "2026-11-21"))
    room.overrun()
    assert room.stored() == set(range(20, 32))
    assert room.looked_at() == {*range(5, 20), *range(24, 28)}
    assert room.gap()["closed"] is True


def test_a_page_without_a_date_is_left_out_and_told(room: Room, site: Site) -> None:
    """Nobody can tell whether it belongs into the gap, so the gap stays one."""
    put(site, 25, dated=False)
    sitemap(site, entries(site, range(18, 32)))
    report = room.overrun()
    assert room.stored() == set(range(20, 32)) - {25}
    assert "1 page without a date left out" in report.problems[0].detail
    assert room.gap()["closed"] is False


def test_the_date_of_a_news_sitemap_dates_a_page_that_says_none(room: Room, site: Site) -> None:
    """``news:publication_date`` is a date of publication, as `lastmod` is none."""
    put(site, 25, dated=False)
    news = "".join(
        f"<url><loc>{site.url(path(n))}</loc><n:news><n:publication_date>{day(n)}T10:00:00+01:00</n:publication_date>"
        f"<n:title>{title(n)}</n:title></n:news></url>"
        for n in (23, 25)
    )
    space = "http://www.google.com/schemas/sitemap-news/0.9"
    site.put("/sitemap.xml", f"<urlset xmlns:n='{space}'>{news}</urlset>", media_type="application/xml")
    room.overrun()
    assert 25 in room.stored()


def test_a_page_that_fails_waits_and_comes_later(room: Room, site: Site) -> None:
    """The gap is told as open; the page is asked for again as any page is."""
    sitemap(site, entries(site, range(18, 32)))
    page, site.pages[path(26)] = site.pages[path(26)], site.pages[path(26)].__class__(b"", 503, "text/plain")
    report = room.overrun()
    assert "1 page could not be had yet" in report.problems[0].detail
    assert 26 not in room.stored()
    site.pages[path(26)] = page
    room.poll()
    assert 26 in room.stored()


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"", "text/html", "1 page with no release that could be read"),
        (b"\x00\x01\x02\x03" * 500, "application/octet-stream", "1 page could not be had yet"),
    ],
    ids=["empty", "binary"],
)
def test_a_page_that_cannot_be_read_leaves_the_gap_open(
    room: Room, site: Site, body: bytes, kind: str, told: str
) -> None:
    """It came, and nothing could be made of it: that is no page of another time."""
    sitemap(site, entries(site, range(18, 32)))
    site.pages[path(26)] = site.pages[path(26)].__class__(body, 200, kind)
    report = room.overrun()
    assert told in report.problems[0].detail
    assert room.gap()["closed"] is False


def test_an_archive_that_says_no_dates_is_not_fetched(room: Room, site: Site) -> None:
    """Without `lastmod` a few pages are tried; hundreds are not, and that is told."""
    numbers = range(100, 100 + refilling.MOST_PAGES + 1)
    sitemap(site, [(path(n), "") for n in [*numbers, *range(18, 32)]])
    report = room.overrun()
    assert room.looked_at() == set()
    assert room.stored() == {*range(20, 24), *range(28, 32)}
    assert "without a date left out" in report.problems[0].detail


def test_a_few_pages_of_which_the_sitemap_says_nothing_are_tried(room: Room, site: Site) -> None:
    """Their own dates decide."""
    sitemap(site, [(where, "") for where, _ in entries(site, range(12, 32))])
    room.overrun()
    assert room.stored() == set(range(20, 32))


def test_what_the_operator_leaves_out_stays_out(room: Room, site: Site) -> None:
    """`skip` holds for the sitemap too."""
    room.source = aggregator.app.replace(room.source, skip=(path(25),))
    sitemap(site, entries(site, range(18, 32)))
    room.overrun()
    assert room.stored() == set(range(20, 32)) - {25}


def test_pages_are_never_followed_where_that_is_set(room: Room, site: Site) -> None:
    """``follow = "never"``: no sitemap is asked for, since it leads to pages only."""
    room.source = aggregator.app.replace(room.source, follow="never")
    sitemap(site, entries(site, range(18, 32)))
    room.overrun()
    assert room.asked("/sitemap") == []
    assert room.asked("/presse") == []


def test_a_site_without_a_sitemap_says_so(room: Room, site: Site) -> None:
    """Three usual places are asked, and no more."""
    report = room.overrun()
    assert (
        "127.0.0.1 has no sitemap that could be read, and what came before them may be missing"
        in report.problems[0].detail
    )
    assert len(room.asked("/sitemap")) + len(room.asked("/news-sitemap")) == refilling.USUAL_PLACES


def test_a_long_gap_is_filled_within_bounds(room: Room, site: Site) -> None:
    """At most so many pages, the newest first; that there are more is told."""
    many = range(100, 170)
    for n in many:
        put(site, n, on=date(2026, 11, 21))
    sitemap(
        site, [*((path(n), f"2026-11-21T{n % 24:02}:00:00Z") for n in many), *entries(site, range(18, 24))]
    )
    report = room.overrun()
    assert len(room.looked_at()) == refilling.MOST_PAGES
    assert "20 pages not asked for, too many" in report.problems[0].detail
    assert room.gap()["closed"] is False


def test_a_backfill_without_a_next_page_takes_the_sitemap_and_says_so(room: Room, site: Site) -> None:
    """Older releases come with their own dates, whatever the sitemap says, also where the list did not change."""
    listed(site, range(20, 24))
    room.poll()
    sitemap(site, entries(site, range(14, 24), "2026-11-20"))
    report = room.poll(backfill=1)
    assert room.stored() == set(range(14, 24))
    (problem,) = report.problems
    assert problem.reason == "backfill"
    assert "its list names no next page; 6 releases taken from the sitemap of 127.0.0.1" in problem.detail


def test_a_backfill_reads_all_parts_of_an_index(room: Room, site: Site) -> None:
    """The newest part has what is known; what is older stands in the others."""
    for where, numbers in (("/new.xml", range(18, 24)), ("/old.xml", range(12, 18))):
        sitemap(site, entries(site, numbers), where)
    named = "".join(f"<sitemap><loc>{site.url(where)}</loc></sitemap>" for where in ("/new.xml", "/old.xml"))
    site.put("/sitemap.xml", f"<sitemapindex>{named}</sitemapindex>", media_type="application/xml")
    listed(site, range(20, 24))
    room.poll()
    room.poll(backfill=2)
    assert room.stored() == set(range(12, 24))


def test_each_backfill_goes_further_back(room: Room, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for before and waits for another try takes the place of nothing older."""
    monkeypatch.setattr(refilling, "MOST_PAGES", 2)
    listed(site, range(20, 24))
    room.poll()
    sitemap(site, entries(site, range(14, 24)))
    for number in (19, 18):
        site.pages[path(number)] = site.pages[path(number)].__class__(b"", 410, "text/plain")
    room.poll(backfill=1)
    room.poll(backfill=1)
    assert room.stored() == set(range(16, 18)) | set(range(20, 24))


def test_a_backfill_without_anything_says_what_to_do(room: Room, site: Site) -> None:
    """Nothing is silent."""
    listed(site, range(20, 24))
    room.poll()
    (problem,) = room.poll(backfill=3).problems
    assert problem.reason == "backfill"
    assert "has no sitemap" in problem.detail
    assert "`aggregator sources add`" in problem.detail


def test_a_backfill_of_an_unchanged_list_finds_its_next_page(room: Room, site: Site) -> None:
    """The server would say that nothing changed; the next page is named in what it keeps to itself then."""
    head = "<generator>https://wordpress.org/?v=6.4</generator>"
    listed(site, range(16, 20), head)
    site.pages["/feed.xml?paged=2"] = site.pages["/feed.xml"]
    listed(site, range(20, 24), head)
    room.poll()
    report = room.poll(backfill=2)
    assert room.stored() == set(range(16, 24))
    assert [p.detail for p in report.problems if p.reason == "backfill"] == [], "a third page was asked for"


def test_a_list_that_ends_earlier_says_after_how_many_pages(room: Room, site: Site) -> None:
    """Two further pages were asked for, and there is one."""
    head = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='next' href='{site.url('/older.xml')}'/>"
    listed(site, range(16, 20))
    site.pages["/older.xml"] = site.pages["/feed.xml"]
    listed(site, range(20, 24), head)
    room.poll()
    report = room.poll(backfill=2)
    assert [p.detail for p in report.problems if p.reason == "backfill"] == [
        "its list ends after 1 page more"
    ]


def test_a_newsroom_without_a_next_page_is_refilled_too(room: Room, site: Site) -> None:
    """A list page that shows four releases, read by a recipe."""

    def page(numbers: Iterable[int]) -> str:
        rows = "".join(
            f"<li class='item'><time datetime='{day(n)}'></time><a href='{put(site, n)}'>{title(n)}</a></li>"
            for n in sorted(numbers, reverse=True)
        )
        return f"<html lang='de'><body><main><h1>Presse</h1><ul>{rows}</ul></main></body></html>"

    recipe = Recipe(items=("li.item",), url=("a@href",), title=("a",), published=("time@datetime",))
    room.source = aggregator.app.replace(
        room.source, adapter="newsroom", url=site.url("/presse/"), recipe=recipe
    )
    sitemap(site, entries(site, range(15, 32)))
    site.put("/presse/", page(range(20, 24)), media_type="text/html")
    room.poll()
    site.put("/presse/", page(range(28, 32)), media_type="text/html")
    report = room.poll(after=timedelta(days=2))
    assert room.stored() == set(range(20, 32))
    assert report.problems[0].reason == "overrun"


@pytest.mark.parametrize(
    ("url", "alike"),
    [
        ("https://www.a.example/press/2026/11/new-plant-opens", True),
        ("https://a.example/press/2019/02/an-older-plant-opens", True),
        ("https://a.example/jobs/2026/11/new-plant-manager-wanted", False),
        ("https://a.example/press/contact", False),
        ("https://shop.a.example/press/2026/11/new-plant-opens", False),
        ("https://a.example/press/2026/11/new-plant-opens?print=1", False),
        ("https://a.example/", False),
    ],
)
def test_addresses_are_known_by_their_build(url: str, alike: bool) -> None:
    """Host, folders with numbers made alike, and the kind of name at the end."""
    known = [f"https://www.a.example/press/2026/0{n}/the-plant-number-{n}-opens" for n in range(1, 6)]
    assert (refilling.shape(url) in refilling.usual_shapes(known)) is alike


def test_releases_at_the_root_are_known_by_their_parameter() -> None:
    """WordPress without telling addresses: a number in `p`. A word below the root without one may be any page."""
    known = [f"https://a.example/?p={n}" for n in range(100, 105)]
    assert refilling.shape("https://www.a.example/?p=7") in refilling.usual_shapes(known)
    assert refilling.shape("https://www.a.example/?page_id=7") not in refilling.usual_shapes(known)
    assert not refilling.usual_shapes(["https://a.example/imprint", "https://a.example/history"])


def test_a_sitemap_that_is_the_source_itself_is_whole(room: Room, site: Site) -> None:
    """There is nothing older to ask for, and that is said."""
    sitemap(site, entries(site, range(20, 24)))
    room.source = aggregator.app.replace(room.source, adapter="sitemap", url=site.url("/sitemap.xml"))
    room.poll()
    (problem,) = room.poll(backfill=1).problems
    assert (problem.reason, problem.detail) == (
        "backfill",
        "it has no further pages: all of it is read at each poll",
    )
    assert room.asked("/news-sitemap") == []
