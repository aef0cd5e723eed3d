"""Sites with feeds: the right one among others, one that is linked only, one that died; and articles as entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from .kit import Body, Release, Site
from .maker import Maker
from .prose import dotted, long_date

RSS = "application/rss+xml; charset=UTF-8"


def rss(m: Maker, name: str, found: Sequence[Release]) -> Body:
    """An RSS 2.0 feed of releases that have a minute."""
    items = "".join(
        f"<item><title>{escape(r.title)}</title><link>%%BASE%%{escape(r.url_path)}</link><guid isPermaLink='false'>%%BASE%%{escape(r.url_path)}</guid>"
        f"<pubDate>{format_datetime(r.published)}</pubDate><description>{escape(r.deck)}</description></item>"  # type: ignore[arg-type]
        for r in found
    )
    head = f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{escape(m.company)} - {name}</title><link>%%BASE%%</link><description>{name}</description>"
    return f"{head}{items}</channel></rss>".encode(), RSS


def announced(path: str, title: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'


def plain_list(m: Maker, found: Sequence[Release]) -> str:
    rows = "".join(
        f'<li><span class="date">{m.show(r.day)}</span> <a href="{escape(r.url_path)}">{escape(r.title)}</a></li>'
        for r in found
    )  # type: ignore[arg-type]
    return f'<ul class="news-list">{rows}</ul>'


def strangers(m: Maker, base: str, count: int, newest: date) -> list[Release]:
    """Posts with articles that are no releases."""
    posts = m.take(count, newest, lambda n, d, s: f"{base}/{s}/", minutes=True, deck=True)
    m.bad += [p.url_path for p in posts]
    return posts


def feed_category() -> Site:
    """WordPress: a category page announces the feed of everything, of comments and of the category."""
    m = Maker("feed_category", "Ostmann Werkzeuge", section="/category/presse/", ending="/", skin="wordpress")
    found = m.take(10, date(2026, 5, 18), lambda n, d, s: f"/{d:%Y/%m}/{s}/", minutes=True, deck=True)
    posts = strangers(m, "/werkstatt", 10, date(2026, 5, 19))
    mixed = sorted([*found, *posts], key=lambda r: r.published, reverse=True)[:10]  # type: ignore[arg-type,return-value]
    m.pages["/feed/"] = rss(m, "Alles", mixed)
    m.pages["/comments/feed/"] = rss(
        m, "Kommentare", [Release(f"{posts[0].url_path}#comment-1", "Von: Leser", posts[0].published)]
    )
    m.pages["/category/presse/feed/"] = rss(m, "Presse", found)
    head = announced("%%BASE%%/feed/", "Ostmann &raquo; Feed") + announced(
        "%%BASE%%/comments/feed/", "Ostmann &raquo; Kommentar-Feed"
    )
    head += announced("%%BASE%%/category/presse/feed/", "Ostmann &raquo; Presse Kategorie-Feed")
    m.put(m.section, "Kategorie: Presse", plain_list(m, found), head=head, aside=m.archive("") + m.tags())
    return m.site(
        m.section,
        found,
        notes="three announced feeds; only the category's is right; the first one mixes blog and press",
    )


def feed_of_jobs() -> Site:
    """Feeds for vacancies, events and news are announced, in this order."""
    m = Maker(
        "feed_of_jobs",
        "Ashcombe General Hospital",
        "en",
        section="/news-centre",
        skin="drupal",
        zone="Europe/London",
    )
    found = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/news-centre/{s}", minutes=True, deck=True)
    for base, name in (("/vacancies", "Vacancies"), ("/whats-on", "Events")):
        m.pages[f"{base}/rss.xml"] = rss(m, name, strangers(m, base, 12, date(2026, 5, 19)))
    m.pages["/news-centre/rss.xml"] = rss(m, "News", found)
    head = (
        announced("/vacancies/rss.xml", "Vacancies")
        + announced("/whats-on/rss.xml", "Events")
        + announced("/news-centre/rss.xml", "News")
    )
    m.put(m.section, "News centre", plain_list(m, found), head=head, aside=m.jobs(4) + m.events(4))
    return m.site(m.section, found, tuned=False, notes="three announced feeds; the last one is right")


def feed_linked() -> Site:
    """No link tag: the newsroom links a page 'RSS-Feeds', which lists the feeds."""
    m = Maker("feed_linked", "Kammer der Imker", section="/presse/meldungen", skin="typo3", show=dotted)
    found = m.take(15, date(2026, 5, 13), lambda n, d, s: f"/presse/meldungen/{s}", minutes=True, deck=True)
    m.pages["/rss/presse.xml"] = rss(m, "Presse", found)
    m.pages["/rss/termine.xml"] = rss(m, "Termine", strangers(m, "/termine", 8, date(2026, 5, 15)))
    m.put(
        "/service/rss-feeds",
        "RSS-Feeds",
        '<ul><li><a href="/rss/termine.xml">Termine</a></li><li><a href="/rss/presse.xml">Pressemeldungen</a></li></ul>',
    )
    m.put(
        m.section,
        "Meldungen",
        plain_list(m, found) + '<p><a class="rss" href="/service/rss-feeds">RSS-Feeds</a></p>',
        aside=m.contact(),
    )
    return m.site(m.section, found, notes="feed or list will do; the feed of events will not")


def feed_dead() -> Site:
    """The announced feed is of press releases, but stopped at the relaunch in 2023; the page went on."""
    m = Maker(
        "feed_dead",
        "Castle Wenlow Chocolates",
        "en",
        section="/press-releases",
        skin="aem",
        zone="Europe/London",
    )
    found = m.take(18, date(2026, 5, 15), lambda n, d, s: f"/press-releases/{s}", minutes=True)
    old = m.take(10, date(2023, 3, 8), lambda n, d, s: f"/node/{500 + n}", minutes=True)
    m.bad += [r.url_path for r in old]
    m.pages["/press/feed.rss"] = rss(m, "Press releases", old)
    m.put(
        m.section,
        "Press releases",
        plain_list(m, found),
        head=announced("/press/feed.rss", "Press releases"),
        aside=m.products(5),
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        notes="the announced feed ended three years ago; the list on the page is fresh",
    )


def feed_empty() -> Site:
    """The announced feed is there and empty; the list is on the page."""
    m = Maker("feed_empty", "Fährverein Steinfurth", section="/presse/", ending="/", skin="builder")
    found = m.take(13, date(2026, 5, 8), lambda n, d, s: f"/presse/{s}/", deck=True)
    m.pages["/presse/feed.xml"] = rss(m, "Presse", [])
    rows = "".join(
        f'<section class="item"><h3><a href="{r.url_path}">{escape(r.title)}</a></h3><p><b>{long_date(r.day, "de")}.</b> {escape(r.deck)}</p></section>'
        for r in found
    )  # type: ignore[arg-type]
    m.put("/presse/", "Presse", rows, head=announced("/presse/feed.xml", "Presse"), aside=m.events(4))
    return m.site("/presse/", found, notes="an announced feed without items")


def feed_atom() -> Site:
    """A German site with an Atom feed at a well-known path that nothing announces; the page is an empty app."""
    m = Maker("feed_atom", "Nebelhorn Audio GmbH", section="/presse", skin="tailwind")
    found = m.take(12, date(2026, 5, 19), lambda n, d, s: f"/presse/{s}", minutes=True, deck=True)
    entries = "".join(
        f'<entry><title>{escape(r.title)}</title><link rel="alternate" href="%%BASE%%{r.url_path}"/><id>%%BASE%%{r.url_path}</id><published>{iso(r)}</published><updated>{iso(r)}</updated><summary>{escape(r.deck)}</summary></entry>'
        for r in found
    )
    m.pages["/atom.xml"] = (f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Nebelhorn Presse</title><id>%%BASE%%/atom.xml</id><updated>{iso(found[0])}</updated>{entries}</feed>'.encode(), "application/atom+xml")  # fmt: skip
    m.put("/presse", "Presse", '<div id="root"></div>', aside=m.products(4))
    return m.site(
        "/presse",
        found,
        tuned=False,
        listing="/atom.xml",
        notes="/atom.xml is announced nowhere; nothing on the page",
    )


def iso(release: Release) -> str:
    """The moment of a release that has one."""
    assert isinstance(release.published, datetime)
    return release.published.isoformat()


def article_entry() -> Site:
    """The address given is one release; its breadcrumb leads to the list."""
    m = Maker("article_entry", "Winkelmoos Textil", section="/presse/mitteilungen", skin="typo3")
    found = m.take(14, date(2026, 5, 12), lambda n, d, s: f"/presse/mitteilungen/{s}")
    m.put(m.section, "Mitteilungen", plain_list(m, found), aside=m.events(4))
    return m.site(
        found[3].url_path,
        found,
        listing=m.section,
        notes="entry is a release; related teasers on it are only three",
    )


def article_entry_en() -> Site:
    """An American release as entry: 'Back to newsroom' is a button; the list is a table."""
    m = Maker(
        "article_entry_en",
        "Pine & Harbor Hotels",
        "en",
        section="/newsroom",
        skin="bootstrap",
        zone="America/New_York",
        marks=("og", "jsonld", "dateline"),
    )

    def body(r: Release) -> str:
        return f'<a class="back" href="/newsroom">Back to newsroom</a>{m.article(r)}'

    found = m.take(16, date(2026, 5, 18), lambda n, d, s: f"/newsroom/news/{d:%Y-%m-%d}-{s}", body=body)
    rows = m.rows([(r.title, r.url_path, r.day) for r in found], "table", "grid")  # type: ignore[misc]
    m.put("/newsroom", "Newsroom", rows, aside=m.blog(4, "table") + m.jobs(3, "table"))
    return m.site(
        found[1].url_path,
        found,
        tuned=False,
        listing="/newsroom",
        notes="entry is a release with a back button",
    )


def late_summer() -> Site:
    """A theatre that was last heard of nine months ago: an old list is a list."""
    m = Maker("late_summer", "Freilichtbühne Karlsbrück", section="/presse/", ending="/", skin="wordpress")
    found = m.take(12, date(2025, 8, 22) - timedelta(days=1), lambda n, d, s: f"/presse/{s}/")
    m.put("/presse/", "Presse", plain_list(m, found), aside=m.events(8) + m.tags())
    return m.site("/presse/", found, notes="newest release is nine months old; events are fresh")


SITES = (feed_category, feed_of_jobs, feed_linked, feed_dead, feed_empty, feed_atom, article_entry, article_entry_en, late_summer)  # fmt: skip
