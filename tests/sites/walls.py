"""Mixed walls, pinned items, calendars, and dates without a year or in rarer forms."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Release, Site
from .maker import Maker
from .prose import SHORT_DE, dotted, long_date, month, us_date


def wall() -> Site:
    """A newsroom wall: releases, stories, events, social posts in one list of tiles, told apart by a label."""
    m = Maker("wall", "Hafen Ahrenstedt", section="/newsroom", skin="builder", show=dotted)
    found = m.take(14, date(2026, 5, 19), lambda n, d, s: f"/newsroom/presse/{s}", deck=True)
    stories = m.others("blogpost", "/newsroom/stories", 8, (-2, -11, -25))
    events = m.others("event", "/newsroom/events", 6, (9, 20))
    tiles = []
    for n, r in enumerate(found):
        tiles.append(
            f'<div class="tile tile--press"><span class="label">Pressemitteilung</span><span class="date">{dotted(r.day)}</span><h3><a href="{r.url_path}">{escape(r.title)}</a></h3><p>{escape(r.deck)}</p></div>'
        )
        if n < 8:
            t, u, d = stories[n]
            tiles.append(
                f'<div class="tile tile--story"><span class="label">Story</span><span class="date">{dotted(d)}</span><h3><a href="{u}">{escape(t)}</a></h3><p>{escape(m.writer.deck())}</p></div>'
            )
        if n < 6:
            t, u, d = events[n]
            tiles.append(
                f'<div class="tile tile--event"><span class="label">Termin</span><span class="date">{dotted(d)}</span><h3><a href="{u}">{escape(t)}</a></h3></div>'
            )
            tiles.append(
                f'<div class="tile tile--social"><span class="label">LinkedIn</span><span class="date">{dotted(r.day)}</span><p>{escape(m.writer.deck())}</p><a href="https://social.example/hafen/{n}">Zum Beitrag</a></div>'
            )
    m.put(
        "/newsroom", "Newsroom", f'<div class="masonry">{"".join(tiles)}</div><button>Mehr anzeigen</button>'
    )
    return m.site("/newsroom", found, notes="one list of four kinds; label, class and address tell the kind")


def wall_en() -> Site:
    """The same in English, kinds told by a pretitle and by the folder of the address."""
    m = Maker(
        "wall_en",
        "Fort Lindell Aerospace",
        "en",
        section="/newsroom",
        skin="aem",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(15, date(2026, 5, 19), lambda n, d, s: f"/newsroom/press-releases/{s}.html")
    videos = m.others("event", "/newsroom/videos", 7, (-3, -12, -31), ".html")
    posts = m.others("blogpost", "/newsroom/features", 8, (-1, -8, -16), ".html")
    cards = [(r.day, "Press Release", r.title, r.url_path) for r in found]
    cards += [(d, "Video", t, u) for t, u, d in videos] + [(d, "Feature", t, u) for t, u, d in posts]
    rows = "".join(
        f'<article class="card"><a href="{u}"><p class="card__kicker">{kind}</p><h3 class="card__headline">{escape(t)}</h3><p class="card__date">{us_date(d)}</p></a></article>'
        for d, kind, t, u in sorted(cards, key=lambda c: (c[0], c[1] == "Press Release", c[3]), reverse=True)
    )
    m.put("/newsroom", "Newsroom", f'{m.filters()}<div class="cards">{rows}</div>', aside=m.contact())
    return m.site(
        "/newsroom",
        found,
        tuned=False,
        notes="press releases, videos and features in one list of equal cards",
    )


def pinned() -> Site:
    """A pinned release on top, a ticker, a 'most read' box and a month calendar; the list below."""
    m = Maker(
        "pinned", "Kurort Tannwil", "de", section="/presse", skin="drupal", zone="Europe/Zurich", show=dotted
    )
    found = m.take(16, date(2026, 5, 18), lambda n, d, s: f"/presse/{s}")
    top = found[6]
    hero = f'<div class="hero-news"><a href="{top.url_path}"><span>Wichtig</span><h2>{escape(top.title)}</h2></a><p>{dotted(top.day)}</p></div>'
    rows = "".join(
        f'<li><div class="when">{dotted(r.day)}</div><a href="{r.url_path}">{escape(r.title)}</a></li>'
        for r in found
    )
    read = "".join(
        f'<li><a href="{r.url_path}">{escape(r.title)}</a></li>' for r in (found[9], found[2], found[12])
    )
    days = "".join(
        f'<td><a href="/kalender/2026-05-{d:02d}">{d}</a></td>' + ("</tr><tr>" if d % 7 == 3 else "")
        for d in range(1, 32)
    )
    m.bad += [f"/kalender/2026-05-{d:02d}" for d in range(1, 32)]
    m.put(
        "/presse",
        "Medienmitteilungen",
        f'{hero}<ul class="list">{rows}</ul>',
        aside=f'<h3>Meistgelesen</h3><ol>{read}</ol><table class="calendar"><caption>Mai 2026</caption><tr>{days}</tr></table>',
    )
    return m.site("/presse", found, tuned=False, notes="one release twice; calendar of 31 dated links")


def mai_12() -> Site:
    """A German Wix page: 'Mai 12' in this year, 'Dez. 4, 2025' before, and '2 Min. Lesezeit'."""
    m = Maker("mai_12", "Atelier Kollmar", section="/presse", skin="builder")
    found = m.take(18, date(2026, 5, 12), lambda n, d, s: f"/post/{s}", gap=(8, 20))

    def short(d: date) -> str:
        name = f"{SHORT_DE[d.month - 1]} {d.day}"
        return name if d.year == 2026 else f"{name}, {d.year}"

    rows = "".join(
        f'<div role="listitem" data-hook="item-container"><a href="%%BASE%%{r.url_path}" tabindex="-1"><img alt=""></a><span title="{short(r.day)}" data-hook="post-metadata__date">{short(r.day)}</span><span>2 Min. Lesezeit</span><a href="%%BASE%%{r.url_path}"><h2>{escape(r.title)}</h2></a></div>'
        for r in found
    )
    m.put("/presse", "Presse", f'<div data-hook="post-list">{rows}</div>', aside=m.products(6))
    return m.site("/presse", found, notes="month before day in German, year left out in the current one")


def may_12() -> Site:
    """A Squarespace list: 'May 12' in this year, 'Dec 4, 2025' before; title first."""
    m = Maker(
        "may_12",
        "Tilbury Pottery",
        "en",
        section="/press",
        skin="builder",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(17, date(2026, 5, 12), lambda n, d, s: f"/press/{s}", gap=(8, 22))

    def short(d: date) -> str:
        name = f"{month(d, 'en')[:3]} {d.day}"
        return name if d.year == 2026 else f"{name}, {d.year}"

    rows = "".join(
        f'<article class="blog-item"><h1 class="blog-title"><a href="{r.url_path}">{escape(r.title)}</a></h1><div class="blog-meta-section"><time class="blog-date">{short(r.day)}</time><span>Written by <a href="/press?author=5f">Press Team</a></span></div></article>'
        for r in found
    )
    m.put(
        "/press",
        "Press",
        f'<div class="blog-list">{rows}</div>',
        aside=m.events(4, "articles") + m.newsletter(),
    )
    return m.site(
        "/press", found, tuned=False, notes="year left out in the current year; headings are all h1"
    )


def iso_dates() -> Site:
    """A Nordic group in English: '2026-05-12 08:00 CEST · Regulatory' before the title."""
    m = Maker(
        "iso_dates",
        "Norrholma Group AB",
        "en",
        section="/investors/press-releases",
        ending="/",
        skin="bootstrap",
        zone="Europe/Stockholm",
        show=lambda d: d.isoformat(),
    )
    found = m.take(
        20, date(2026, 5, 19), lambda n, d, s: f"/investors/press-releases/{d.year}/{s}/", minutes=True
    )
    rows = "".join(
        f'<div class="mfn-item"><div class="mfn-date">{r.published:%Y-%m-%d %H:%M} {r.published.tzname()}</div><div class="mfn-tags"><span>Regulatory</span></div><div class="mfn-title"><a href="{r.url_path}">{escape(r.title)}</a></div></div>'
        for r in found
    )
    m.put(
        m.section,
        "Press releases",
        f'<div class="mfn-list">{rows}</div>',
        aside=m.events(5, "cards", "/investors/calendar") + m.downloads(6, "cards", "/investors/reports"),
    )
    return m.site(
        m.section, found, tuned=False, notes="ISO dates with a zone's name; reports and calendar beside"
    )


def dash_dates() -> Site:
    """A Dutch municipality: '12-05-2026' after the title, in brackets."""
    m = Maker(
        "dash_dates",
        "Gemeente Heerenbroek",
        "nl",
        section="/nieuws/persberichten",
        skin="drupal",
        zone="Europe/Amsterdam",
        show=lambda d: f"{d:%d-%m-%Y}",
    )
    found = m.take(22, date(2026, 5, 20), lambda n, d, s: f"/nieuws/persberichten/{s}")
    rows = "".join(
        f'<li><a class="siteLink" href="{r.url_path}">{escape(r.title)} <span class="datum">({r.day:%d-%m-%Y})</span></a></li>'
        for r in found
    )
    m.put(
        m.section,
        "Persberichten",
        f'<ul class="nieuws">{rows}</ul>',
        aside=m.events(5) + m.jobs(3) + m.downloads(4),
    )
    return m.site(
        m.section, found, notes="the date stands inside the link, after the title, and is no part of it"
    )


def inside_link() -> Site:
    """Everything in one line of one link: 'May 12, 2026 | Press release | Title'."""
    m = Maker(
        "inside_link",
        "Osgoode Tools",
        "en",
        section="/company/press",
        skin="wordpress",
        zone="America/Chicago",
        show=us_date,
    )
    found = m.take(18, date(2026, 5, 14), lambda n, d, s: f"/company/press/{s}")
    rows = "".join(
        f'<p><a href="{r.url_path}"><b>{us_date(r.day)}</b> | <i>Press release</i> | <span>{escape(r.title)}</span></a></p>'
        for r in found
    )
    m.put(m.section, "Press", rows, aside=m.blog(5) + m.products(4))
    return m.site(m.section, found, tuned=False, notes="date and kind inside the link, before the title")


def boxed() -> Site:
    """A German bank: h4 is 'Meldung vom 12. Mai 2026', the title a paragraph, the link 'Details'; ARIA tabs by year."""
    m = Maker("boxed", "Bank für Gemeingut", section="/presse/archiv", skin="aem")
    found = m.take(19, date(2026, 5, 13), lambda n, d, s: f"/presse/archiv/meldung.{d:%Y%m%d}.{n}.html")

    def box(r: Release) -> str:
        return f'<div class="box"><h4>Meldung vom {long_date(r.day, "de")}</h4><p class="box__title">{escape(r.title)}</p><a href="{r.url_path}" aria-label="Details zu {escape(r.title)}"><span>Details</span></a></div>'  # type: ignore[arg-type]

    m.put(m.section, "Archiv", "".join(map(box, found)), aside=m.downloads(4) + m.events(4))
    return m.site(m.section, found, notes="headings are dates, titles are paragraphs, links say 'Details'")


SITES = (wall, wall_en, pinned, mai_12, may_12, iso_dates, dash_dates, inside_link, boxed)
