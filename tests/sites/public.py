"""Police, ministries, town halls, universities: public offices write differently from companies."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import NOW, Site
from .maker import Maker
from .prose import dotted, long_date, month

CRIMES = (
    "Radfahrer bei Zusammenstoß leicht verletzt", "Zeugen nach Einbruch in Gartenlaube gesucht", "Unbekannte besprühen Bushaltestelle",
    "Vermisste Seniorin wohlbehalten gefunden", "Lastwagen verliert Ladung auf der Landstraße", "Kontrollen an der Grundschule: neun Fahrer zu schnell",
    "Polizei warnt vor falschen Handwerkern", "Entlaufene Ziegen blockieren die Bahnstrecke", "Brand einer Scheune, keine Verletzten",
    "Fahrraddieb auf frischer Tat ertappt", "Unfallflucht auf dem Parkplatz am Markt", "Geldbörse im Zug gestohlen",
)  # fmt: skip


def police() -> Site:
    """A police newsroom: each title begins with the office's code, date and time above it; several a day."""
    m = Maker(
        "police",
        "Polizeiinspektion Brunsrode",
        section="/dienststellen/brunsrode/presse",
        titles="titles_public",
        skin="drupal",
        show=dotted,
    )
    found = m.take(
        32,
        date(2026, 5, 20),
        lambda n, d, s: f"/presse/pm/57922/{6270000 + n * 137}",
        gap=(0, 1),
        minutes=True,
        title=lambda n: (
            f"POL-BRU: {m.dice.choice(CRIMES)} ({m.dice.choice(m.writer.words['places'])}, {n + 1})"
        ),
    )
    found = sorted((r for r in found if r.published <= NOW), key=lambda r: r.published, reverse=True)
    rows = "".join(
        f'<article class="news"><div class="news-meta"><div class="date">{dotted(r.day)} – {r.published:%H:%M}</div></div><h3 class="news-headline-clamp"><a href="{r.url_path}" title="{escape(r.title)}"><span>{escape(r.title)}</span></a></h3></article>'
        for r in found
    )
    nav = '<a class="pagination-next" href="/dienststellen/brunsrode/presse/30">Weiter</a>'
    older = m.take(
        30,
        m.workday(found[-1].day),
        lambda n, d, s: f"/presse/pm/57922/{6210000 + n * 91}",
        gap=(1, 2),
        title=lambda n: f"POL-BRU: {m.dice.choice(CRIMES)} (Altkreis {n + 1})",
    )
    rest = "".join(
        f'<article class="news"><div class="date">{dotted(r.day)} – 09:1{n % 10}</div><h3><a href="{r.url_path}">{escape(r.title)}</a></h3></article>'
        for n, r in enumerate(older)
    )
    m.put(m.section, "Blaulicht", f"{rows}{nav}", aside=m.tags(6, "/blaulicht/thema") + m.events(3))
    m.put(f"{m.section}/30", "Blaulicht", rest)
    return m.site(
        m.section,
        found,
        more=older,
        notes="same prefix in every title, several on one day; next page is a path with an offset",
    )


def police_uk() -> Site:
    """A British force: appeals and court results in cards with time, '09:14 12/05/2026', a ward filter."""
    m = Maker(
        "police_uk",
        "Wenshire Constabulary",
        "en",
        section="/news/wenshire/news/",
        ending="/",
        titles="titles_public",
        skin="tailwind",
        zone="Europe/London",
    )
    found = m.take(
        16,
        date(2026, 5, 20),
        lambda n, d, s: f"/news/wenshire/news/{d.year}/{month(d, 'en').lower()}/{s}/",
        gap=(0, 2),
        minutes=True,
    )
    found.sort(key=lambda r: r.published, reverse=True)
    found = [r for r in found if r.published <= NOW]
    rows = "".join(
        f'<li class="c-card"><a href="{r.url_path}" class="c-card__link"><h3>{escape(r.title)}</h3><p class="c-card__meta">{r.published:%H:%M %d/%m/%Y}</p></a></li>'
        for r in found
    )
    m.put(
        m.section,
        "News and appeals",
        f'{m.filters()}<ul class="c-cards">{rows}</ul>',
        aside=m.jobs(4, "cards") + m.events(5, "cards"),
    )
    return m.site(m.section, found, tuned=False, notes="time before a UK date, the whole card is one link")


def ministry() -> Site:
    """A ministry: 'Pressemitteilung Nr. 54/2026 | 12.05.2026' above each title."""
    m = Maker(
        "ministry",
        "Ministerium für Küste und Fischerei",
        section="/DE/Presse/presse_node.html",
        ending=".html",
        titles="titles_public",
        skin="typo3",
        show=dotted,
    )
    found = m.take(
        20,
        date(2026, 5, 18),
        lambda n, d, s: f"/SharedDocs/Pressemitteilungen/DE/{d.year}/{n + 34:03d}-{s[:30].strip('-')}.html",
    )
    rows = "".join(
        f'<li class="c-teaser-list__item"><div class="c-teaser"><p class="c-topline"><span class="type">Pressemitteilung</span> Nr. {r.url_path.split("/")[-1][:3].lstrip("0")}/{r.day.year} | <span class="date">{dotted(r.day)}</span></p><h2><a class="c-more" href="{r.url_path[1:]};jsessionid=9F2C.live{n % 3}?nn=1842">{escape(r.title)}</a></h2></div></li>'
        for n, r in enumerate(found)
    )
    for n, r in enumerate(found):
        m.pages[f"{r.url_path};jsessionid=9F2C.live{n % 3}"] = m.pages[r.url_path]
    m.put(
        m.section,
        "Presse",
        f'<ul class="c-teaser-list">{rows}</ul>',
        head='<base href="%%BASE%%/">',
        aside=m.events(5, "ul", "/SharedDocs/Termine") + m.downloads(4, "ul", "/SharedDocs/Publikationen"),
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        notes="GSB: base href, ;jsessionid in links; a release's address may be given with or without it",
    )


def university() -> Site:
    """A university press office: numbered releases, institute as kicker, date at the end after a dash."""
    m = Maker(
        "university",
        "Hochschule Oberwalden",
        section="/universitaet/presse/pressemitteilungen",
        titles="titles_public",
        skin="drupal",
        marks=("og", "dateline"),
    )
    found = m.take(
        25,
        date(2026, 5, 19),
        lambda n, d, s: f"/universitaet/presse/pressemitteilungen/{d.year}/{d.month}/{s}",
        deck=True,
    )
    rows = "".join(
        f'<div class="pm-item"><p class="kicker">Fakultät für Maschinenbau</p><h3>{escape(r.title)}</h3><p>{escape(r.deck)} — <time>{long_date(r.day, "de")}</time> <a href="{r.url_path}" class="internal-link">Zur Pressemitteilung</a></p></div>'
        for r in found
    )
    m.put(
        m.section,
        "Pressemitteilungen",
        f'<div class="pm-list">{rows}</div>',
        aside=m.events(6, "ul", "/veranstaltungen")
        + m.jobs(5, "ul", "/stellen")
        + m.blog(3, "ul", "/campusmagazin"),
    )
    return m.site(m.section, found, notes="title not linked; date after the deck")


def council_uk() -> Site:
    """A British council: a plain list, 'Published: Tuesday, 12th May 2026', notices and meetings beside."""
    m = Maker(
        "council_uk",
        "Wenlow Borough Council",
        "en",
        section="/news",
        titles="titles_public",
        skin="bootstrap",
        zone="Europe/London",
    )
    found = m.take(
        14, date(2026, 5, 19), lambda n, d, s: f"/news/article/{800 + n}/{s.replace('-', '_')}", deck=True
    )

    def nth(n: int) -> str:
        return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"

    rows = "".join(
        f'<li class="listing__item"><h2><a class="listing__link" href="{r.url_path}">{escape(r.title)}</a></h2><p class="listing__date">Published: {r.day:%A}, {nth(r.day.day)} {month(r.day, "en")} {r.day.year}</p><p>{escape(r.deck)}</p></li>'
        for r in found
    )
    m.put(
        "/news",
        "News",
        f'<ul class="listing listing--news">{rows}</ul><p class="pager"><a href="/news?p=2" rel="next">Next</a></p>',
        aside=m.events(6, "ul", "/meetings") + m.downloads(4, "ul", "/notices"),
    )
    older = m.take(9, date(2025, 11, 12), lambda n, d, s: f"/news/article/{600 + n}/{s.replace('-', '_')}")
    m.put(
        "/news?p=2",
        "News",
        "<ul class='listing'>"
        + "".join(
            f'<li class="listing__item"><h2><a href="{r.url_path}">{escape(r.title)}</a></h2><p>Published: {nth(r.day.day)} {month(r.day, "en")} {r.day.year}</p></li>'
            for r in older
        )
        + "</ul>",
    )
    return m.site("/news", found, more=older, notes="ordinal dates with weekday; meetings with dates beside")


SITES = (police, police_uk, ministry, university, council_uk)
