"""Dates in odd places: in the address, in pieces, only in the article, nowhere."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Release, Site
from .maker import Maker
from .prose import month, us_date


def url_date() -> Site:
    """The day is in the address and nowhere else."""
    m = Maker("url_date", "Kupferhof Festspiele", section="/presse/", ending="/", skin="wordpress", marks=())
    found = m.take(16, date(2026, 5, 13), lambda n, d, s: f"/{d:%Y/%m/%d}/{s}/")
    rows = "".join(f'<li class="lcp"><a href="{r.url_path}">{escape(r.title)}</a></li>' for r in found)
    m.put(
        "/presse/",
        "Presse",
        f'<p>Unsere Meldungen:</p><ul class="lcp_catlist">{rows}</ul>',
        aside=m.events(5) + m.archive("", 8),
    )
    return m.site(
        "/presse/", found, dated="url", notes="date only in the address; the month archive shares its folders"
    )


def url_date_en() -> Site:
    """The day is in the address in another form: 20260512-slug."""
    m = Maker(
        "url_date_en",
        "Harrowby Observatory",
        "en",
        section="/news/",
        ending="/",
        skin="builder",
        marks=(),
        zone="Europe/London",
    )
    found = m.take(19, date(2026, 5, 8), lambda n, d, s: f"/news/{d:%Y%m%d}-{s}/", deck=True)
    rows = "".join(
        f'<div class="post-item"><h4><a href="{r.url_path}">{escape(r.title)}</a></h4><p>{escape(r.deck)}</p></div>'
        for r in found
    )
    m.put("/news/", "News", f'<div class="posts">{rows}</div>', aside=m.events(4) + m.jobs(4))
    return m.site("/news/", found, tuned=False, dated="url", notes="date only in the address, as YYYYMMDD")


def split_spans() -> Site:
    """Day, month and year in spans of their own, made to look like a calendar leaf; events too."""
    m = Maker(
        "split_spans", "Handwerkskammer Oberwalden", section="/artikel/presse-12,0,77.html", skin="drupal"
    )
    found = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/artikel/{s}-12,0,{4000 + n}.html")

    def leaf(d: date) -> str:
        return f'<div class="leaf"><span class="d">{d.day:02d}</span><span class="m">{month(d, "de")[:3]}</span><span class="y">{d.year}</span></div>'

    rows = "".join(
        f'<li class="media">{leaf(r.day)}<div class="media-body"><a href="{r.url_path}">{escape(r.title)}</a></div></li>'
        for r in found
    )
    dates = "".join(
        f'<li class="media">{leaf(d)}<div class="media-body"><a href="{u}">{t}</a></div></li>'
        for t, u, d in m.others("event", "/termine", 6, (-5, 6, 20))
    )
    m.put(
        m.section,
        "Presse",
        f'<ul class="media-list">{rows}</ul>',
        aside=f'<h2>Termine</h2><ul class="media-list">{dates}</ul>',
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        notes="date in three spans without spaces; events in the very same markup",
    )


def split_en() -> Site:
    """May / 12 / 2026 in a block of its own, month first, and the title in the next cell."""
    m = Maker(
        "split_en",
        "Alder Bridge Bank",
        "en",
        section="/newsroom",
        skin="aem",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(15, date(2026, 5, 18), lambda n, d, s: f"/newsroom/{d.year}/{s}", deck=True)
    rows = "".join(
        f'<div class="news-row"><div class="news-row__date"><div class="mon">{month(r.day, "en")[:3].upper()}</div><div class="day">{r.day.day}</div><div class="yr">{r.day.year}</div></div><div class="news-row__text"><a href="{r.url_path}">{escape(r.title)}</a><p>{escape(r.deck)}</p></div></div>'
        for r in found
    )
    m.put(m.section, "Newsroom", rows + m.blog(4, "cards", "/insights"), aside=m.jobs(4) + m.contact())
    return m.site(m.section, found, notes="MAY / 12 / 2026 in three divs")


def article_only() -> Site:
    """No date in the list; each article tells it."""
    m = Maker(
        "article_only",
        "Tannwil Bergbahnen AG",
        section="/de/medien",
        skin="tailwind",
        zone="Europe/Zurich",
        marks=("jsonld", "time", "dateline"),
    )
    found = m.take(14, date(2026, 5, 11), lambda n, d, s: f"/de/medien/{s}", deck=True)
    rows = "".join(
        f'<article class="card"><a href="{r.url_path}"><img src="/img/{n}.avif" alt=""></a><h2><a href="{r.url_path}">{escape(r.title)}</a></h2><p>{escape(r.deck)}</p></article>'
        for n, r in enumerate(found)
    )
    m.put(m.section, "Medienmitteilungen", rows, aside=m.products(5) + m.events(4, "articles"))
    return m.site(m.section, found, dated="article", notes="list undated, events beside are dated")


def undated() -> Site:
    """No date anywhere: neither list nor article."""
    m = Maker(
        "undated",
        "Castle Wenlow Gardens",
        "en",
        section="/press",
        skin="builder",
        zone="Europe/London",
        marks=(),
    )
    found = [
        Release(r.url_path, r.title, None, r.deck)
        for r in m.take(9, date(2026, 5, 1), lambda n, d, s: f"/press/{s}", deck=True)
    ]
    for r in found:
        m.add_article(r)
    rows = "".join(
        f'<div class="summary-item"><a href="{r.url_path}" class="summary-title-link">{escape(r.title)}</a><div class="summary-excerpt"><p>{escape(r.deck)}</p></div></div>'
        for r in found
    )
    m.put("/press", "Press", f'<div class="summary-block">{rows}</div>', aside=m.products(6) + m.newsletter())
    return m.site(
        "/press", found, tuned=False, dated="none", notes="no dates; products in a list of like size"
    )


SITES = (url_date, url_date_en, split_spans, split_en, article_only, undated)
