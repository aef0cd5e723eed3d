"""Sites of many pages: years, months, offsets, hubs, and home pages that only lead to the newsroom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from .kit import Moved, Release, Site
from .maker import Maker
from .prose import dotted, long_date, month, us_date


def by(found: Sequence[Release], key: Callable[[date], object]) -> dict[object, list[Release]]:
    """Releases in groups, order kept."""
    groups: dict[object, list[Release]] = defaultdict(list)
    for r in found:
        groups[key(r.day)].append(r)  # type: ignore[arg-type]
    return groups


def year_pages() -> Site:
    """/presse/2026, /presse/2025 ...: tabs of years, dates without a year in the list."""
    m = Maker("year_pages", "Seilwerke Lingenau AG", section="/presse/2026", skin="drupal")
    found = m.take(85, date(2026, 5, 18), lambda n, d, s: f"/presse/{d.year}/{s}", gap=(7, 16))
    years = by(found, lambda d: d.year)
    for year, listed in years.items():
        tabs = "".join(
            f'<li{" class=active" if y == year else ""}><a href="/presse/{y}">{y}</a></li>' for y in years
        )
        rows = "".join(
            f'<li><span class="datum">{r.day.day}. {month(r.day, "de")}</span><a href="{r.url_path}">{escape(r.title)}</a></li>'
            for r in listed
        )
        m.put(
            f"/presse/{year}",
            f"Pressemitteilungen {year}",
            f'<ul class="jahre">{tabs}</ul><ul class="meldungen">{rows}</ul>',
            aside=m.contact() + m.downloads(),
        )
    m.pages["/presse"] = Moved("/presse/2026", 302)
    return m.site(
        "/presse",
        years[2026],
        more=[r for r in found if r.day.year < 2026],
        listing="/presse/2026",
        notes="entry redirects to the current year; '12. Mai' without year; other years behind tabs",
    )


def year_landing() -> Site:
    """A landing page that holds nothing but links to years; the newest year has the list."""
    m = Maker(
        "year_landing",
        "Ashcombe Ceramics plc",
        "en",
        section="/media/press-releases.html",
        ending=".html",
        skin="aem",
        zone="Europe/London",
    )
    found = m.take(
        90, date(2026, 5, 12), lambda n, d, s: f"/media/press-releases/{d.year}/{s}.html", gap=(6, 18)
    )
    years = by(found, lambda d: d.year)
    links = "".join(
        f'<li class="cmp-list__item"><a class="cmp-list__item-link" href="/media/press-releases/{y}.html"><span>{y}</span></a></li>'
        for y in years
    )
    m.put(
        m.section,
        "Press releases",
        f'<p>Our announcements by year.</p><ul class="cmp-list">{links}</ul>',
        aside=m.gallery(4),
    )
    for year, listed in years.items():
        rows = "".join(
            f'<div class="text"><div class="cmp-text"><p><b>{r.day.day} {month(r.day, "en")}</b><br><a href="{r.url_path}">{escape(r.title)}</a></p></div></div>'
            for r in listed
        )
        m.put(f"/media/press-releases/{year}.html", f"Press releases {year}", rows, aside=m.contact())
    return m.site(
        m.section,
        years[2026],
        more=[r for r in found if r.day.year < 2026],
        tuned=False,
        listing="/media/press-releases/2026.html",
        notes="landing page links the years; year only in heading and address",
    )


def year_accordion() -> Site:
    """All years on one page, nested lists in accordions; the year stands on the button only."""
    m = Maker(
        "year_accordion",
        "Baugenossenschaft Rote Erde",
        section="/aktuelles/presse",
        skin="bootstrap",
        show=lambda d: f"{d:%d.%m.}{d.year}",
    )
    found = m.take(48, date(2026, 5, 11), lambda n, d, s: f"/aktuelles/presse/artikel/{s}", gap=(14, 34))
    panels = "".join(
        f'<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button{"" if y == 2026 else " collapsed"}" data-bs-target="#y{y}">{y}</button></h2><div id="y{y}" class="accordion-collapse collapse"><ul>'
        + "".join(f'<li>{r.day:%d.%m.}: <a href="{r.url_path}">{escape(r.title)}</a></li>' for r in listed)
        + "</ul></div></div>"
        for y, listed in by(found, lambda d: d.year).items()
    )
    m.put(m.section, "Presse", f'<div class="accordion">{panels}</div>', aside=m.events(4) + m.contact())
    return m.site(m.section, found, notes="nested lists by year; '12.05.' plus the year of the button")


def month_headings() -> Site:
    """'May 2026' as heading, the day alone before each title."""
    m = Maker(
        "month_headings",
        "The Millbrook Trust",
        "en",
        section="/press/",
        ending="/",
        skin="builder",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(44, date(2026, 5, 15), lambda n, d, s: f"/press/{s}/", gap=(4, 17))
    groups = "".join(
        f'<h3 class="month">{name}</h3>'
        + "".join(
            f'<p class="entry"><em>{r.day.day}</em> <a href="{r.url_path}">{escape(r.title)}</a></p>'
            for r in listed
        )
        for name, listed in by(found, lambda d: f"{month(d, 'en')} {d.year}").items()
    )
    m.put(
        "/press/",
        "Press",
        f'<div class="rich-text-block w-richtext">{groups}</div>',
        aside=m.events(4) + m.newsletter(),
    )
    return m.site("/press/", found, tuned=False, notes="date split over heading and item; flat siblings")


def month_headings_de() -> Site:
    """'Mai 2026' above a list whose items say 'Mo, 18.'"""
    m = Maker(
        "month_headings_de",
        "Zoo Karlsbrück",
        section="/besuch/presse.php",
        ending=".php",
        skin="wordpress",
        marks=("og", "dateline"),
    )
    found = m.take(
        38, date(2026, 5, 18), lambda n, d, s: f"/besuch/presse.php?artikel={1200 + n}", gap=(3, 15)
    )
    names = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    groups = "".join(
        f'<div class="monat"><h2>{name}</h2><table>'
        + "".join(
            f'<tr><th>{names[r.day.weekday()]}, {r.day.day}.</th><td><a href="?artikel={r.url_path[-4:]}">{escape(r.title)}</a></td></tr>'
            for r in listed
        )
        + "</table></div>"
        for name, listed in by(found, lambda d: f"{month(d, 'de')} {d.year}").items()
    )
    m.put(m.section, "Presse", groups, aside=m.events(6, "table", "/besuch/kalender"))
    return m.site(m.section, found, notes="month headings, one table each; links that are a query only")


def big_wordpress() -> Site:
    """320 releases behind /page/2/ ... /page/32/."""
    m = Maker(
        "big_wordpress",
        "Flughafen Mühlenbeck GmbH",
        section="/newsroom/",
        ending="/",
        skin="wordpress",
        marks=("og", "jsonld", "time"),
    )
    found = m.take(320, date(2026, 5, 20), lambda n, d, s: f"/{d:%Y/%m/%d}/{s}/", gap=(1, 7), deck=True)
    aside = m.archive("", 12) + m.tags() + m.jobs(4) + m.contact()
    for n in range(1, 33):
        pages = "".join(
            f'<a class="page-numbers" href="%%BASE%%/newsroom/page/{k}/">{k}</a>'
            for k in (1, 2, 3, 32)
            if k != n
        )
        pages += (
            f'<a class="next page-numbers" href="%%BASE%%/newsroom/page/{n + 1}/">Ältere Meldungen &raquo;</a>'
            if n < 32
            else ""
        )
        rows = "".join(
            f'<article class="entry"><a class="entry-thumb" href="{r.url_path}"><img src="/wp-content/uploads/{r.day:%Y/%m}/bild.jpg" alt=""></a><div><time class="published" datetime="{r.published}">{long_date(r.day, "de")}</time><h2><a href="{r.url_path}">{escape(r.title)}</a></h2><p>{escape(r.deck)} <a href="{r.url_path}">[&hellip;]</a></p></div></article>'
            for r in found[10 * n - 10 : 10 * n]
        )
        m.put(
            "/newsroom/" if n == 1 else f"/newsroom/page/{n}/",
            "Newsroom",
            f"{rows}<nav class='pagination'>{pages}</nav>",
            aside=aside,
        )
    return m.site(
        "/newsroom/",
        found[:10],
        more=found[10:],
        tuned=False,
        notes="320 releases, /page/N/; three links per item; archive addresses look like articles' folders",
    )


def offset_city() -> Site:
    """A town: offsets of 20, 'Weiter', notices and events and tenders beside; 200 releases."""
    m = Maker(
        "offset_city",
        "Stadt Brunsrode",
        section="/rathaus/presse",
        titles="titles_public",
        skin="drupal",
        show=dotted,
    )
    found = m.take(
        200, date(2026, 5, 20), lambda n, d, s: f"/rathaus/presse/meldung.html?nr={3000 + n}", gap=(1, 4)
    )
    tenders = m.section_of(
        "downloads", m.rows(m.others("report", "/rathaus/amtsblatt", 6, (-6, -20), ".pdf"), "ul", "amtsblatt")
    )
    aside = tenders + m.events(6, "ul", "/leben/veranstaltungen") + m.jobs(4, "ul", "/rathaus/stellen")
    for start in range(0, 200, 20):
        nav = f'<a href="/rathaus/presse?offset={start - 20}">Zurück</a> ' if start else ""
        nav += f'<a href="/rathaus/presse?offset={start + 20}">Weiter</a>' if start < 180 else ""
        rows = "".join(
            f'<div class="meldung"><strong><a href="/rathaus/presse/meldung.html?nr={r.url_path[-4:]}">{escape(r.title)}</a></strong><br><small>Pressestelle, {dotted(r.day)}</small></div>'
            for r in found[start : start + 20]
        )
        m.put(
            f"/rathaus/presse?offset={start}" if start else "/rathaus/presse",
            "Pressemeldungen",
            f"{rows}<p class='blaettern'>{nav}</p>",
            aside=aside,
        )
    return m.site(
        "/rathaus/presse",
        found[:20],
        more=found[20:],
        notes="offset parameter; date after the title; gazette, tenders, events, jobs beside",
    )


def hub() -> Site:
    """A newsroom hub: three teasers, stories, social, and a link 'Alle Pressemitteilungen'."""
    m = Maker("hub", "Kaltbrunn Chemie AG", section="/newsroom", skin="aem", marks=("og", "jsonld", "time"))
    found = m.take(28, date(2026, 5, 18), lambda n, d, s: f"/newsroom/pressemitteilungen/{s}", deck=True)
    teasers = "".join(
        f'<div class="teaser"><span>{long_date(r.day, "de")}</span><h3><a href="{r.url_path}">{escape(r.title)}</a></h3></div>'
        for r in found[:3]
    )
    hub_main = f'<h2>Pressemitteilungen</h2><div class="teasers">{teasers}</div><a class="btn" href="/newsroom/pressemitteilungen">Alle Pressemitteilungen</a>{m.blog(6, "cards", "/newsroom/stories")}{m.gallery(4)}'
    m.put("/newsroom", "Newsroom", hub_main, aside=m.events(3) + m.contact())
    rows = "".join(
        f'<div class="list-item"><p class="eyebrow">{long_date(r.day, "de")}</p><h3><a href="{r.url_path}">{escape(r.title)}</a></h3><p>{escape(r.deck)}</p></div>'
        for r in found
    )
    m.put(
        "/newsroom/pressemitteilungen",
        "Pressemitteilungen",
        f'{m.filters()}<div class="list">{rows}</div>',
        aside=m.contact(),
    )
    return m.site(
        "/newsroom",
        found,
        listing="/newsroom/pressemitteilungen",
        notes="the hub shows 3 of 28; stories with dates must not be taken",
    )


def hub_en() -> Site:
    """A media hub with a featured release and 'View all press releases'."""
    m = Maker(
        "hub_en",
        "Dunmore Bay Brewing",
        "en",
        section="/media-hub/",
        ending="/",
        skin="builder",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(32, date(2026, 5, 14), lambda n, d, s: f"/media-hub/press-releases/{s}/")
    first = found[0]
    featured = f'<div class="featured"><a href="{first.url_path}"><h2>{escape(first.title)}</h2></a><p>{us_date(first.day)}</p></div>'
    m.put(
        "/media-hub/",
        "Media hub",
        f'{featured}{m.blog(5, "cards", "/media-hub/stories")}<a href="/media-hub/press-releases/" class="link">View all press releases</a>{m.downloads(5, "cards", "/media-hub/kits")}',
        aside=m.gallery(),
    )
    rows = "".join(
        f'<a href="{r.url_path}" class="row"><div class="row_date">{r.day.month}/{r.day.day}/{r.day.year}</div><div class="row_title">{escape(r.title)}</div></a>'
        for r in found
    )
    m.put("/media-hub/press-releases/", "Press releases", f'<div class="rows">{rows}</div>')
    return m.site(
        "/media-hub/",
        found,
        tuned=False,
        listing="/media-hub/press-releases/",
        notes="hub with one featured; list with US dates 5/14/2026, the row is the link",
    )


def home_de() -> Site:
    """The home page: the newsroom is behind 'Presse' in the menu; three teasers of releases and a slider."""
    m = Maker("home_de", "Werft Stellmacher", section="/unternehmen/presse.html", ending=".html")
    found = m.take(22, date(2026, 5, 6), lambda n, d, s: f"/unternehmen/presse/{s}.html", deck=True)
    news = "".join(
        f'<div class="news-teaser"><span>{dotted(r.day)}</span><a href="{r.url_path}">{escape(r.title)}</a></div>'
        for r in found[:3]
    )
    m.put(
        "/",
        "Werft Stellmacher",
        f'<div class="slider"><a href="/produkte/neuheiten-2026.html">Neu: 48-Meter-Fähre</a></div>{m.products(6)}<div class="news">{news}</div>{m.events(3)}',
        aside=m.newsletter(),
    )
    rows = "".join(
        f'<li><h3>{escape(r.title)}</h3><p><em>{long_date(r.day, "de")}</em> – {escape(r.deck)} <a href="{r.url_path}">Mehr lesen</a></p></li>'
        for r in found
    )
    m.put(
        m.section, "Pressemitteilungen", f'<ul class="presse">{rows}</ul>', aside=m.contact() + m.downloads()
    )
    return m.site(
        "/", found, listing=m.section, notes="entry is the home page; list: title not linked, 'Mehr lesen' is"
    )


def home_en() -> Site:
    """The home page of a retailer: the newsroom is behind the last menu and a link below the newsletter form."""
    m = Maker(
        "home_en", "Larkfield & Vane", "en", section="/about/newsroom", skin="tailwind", zone="Europe/London"
    )
    found = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/about/newsroom/{s}")
    m.put(
        "/",
        "Larkfield & Vane",
        m.products(12) + m.blog(6, "cards", "/journal"),
        aside=m.newsletter() + '<a href="/about/newsroom">Newsroom</a>',
    )
    rows = "".join(
        f'<li class="flex"><time class="w-40" datetime="{r.published}">{r.day.day} {month(r.day, "en")[:3]} {r.day.year}</time><a href="{r.url_path}">{escape(r.title)}</a></li>'
        for r in found
    )
    m.put(m.section, "Newsroom", f"<ul>{rows}</ul>", aside=m.contact())
    return m.site(
        "/",
        found,
        tuned=False,
        listing=m.section,
        notes="entry is a shop's home page full of products and journal posts",
    )


SITES = (year_pages, year_landing, year_accordion, month_headings, month_headings_de, big_wordpress, offset_city, hub, hub_en, home_de, home_en)  # fmt: skip
