"""French, Italian, Spanish, Dutch, Polish and Swedish newsrooms."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Site
from .maker import Maker
from .prose import dotted, long_date, month


def french() -> Site:
    """'Le 12 mai 2026' in a card, 'Lire la suite'; 1er for the first of a month."""
    m = Maker(
        "french",
        "Groupe Valmorin",
        "fr",
        section="/fr/presse/communiques",
        skin="drupal",
        zone="Europe/Paris",
    )
    found = m.take(21, date(2026, 5, 19), lambda n, d, s: f"/fr/presse/communiques/{s}", deck=True)
    rows = "".join(
        f'<div class="views-row"><div class="card-presse"><p class="date">Le {"1er" if r.day.day == 1 else r.day.day} {month(r.day, "fr")} {r.day.year}</p><h3>{escape(r.title)}</h3><p>{escape(r.deck)}</p><a href="{r.url_path}" class="btn-link" title="{escape(r.title)}">Lire la suite</a></div></div>'
        for r in found
    )
    m.put(m.section, "Communiqués de presse", rows, aside=m.events(4) + m.jobs(4) + m.tags(5))
    return m.site(m.section, found, notes="title not linked; French months")


def italian() -> Site:
    """A table of 'data' and 'titolo', 12/05/2026 in European order."""
    m = Maker(
        "italian",
        "Cantieri Marevento S.p.A.",
        "it",
        section="/media/comunicati-stampa",
        skin="bootstrap",
        zone="Europe/Rome",
        show=lambda d: f"{d:%d/%m/%Y}",
    )
    found = m.take(18, date(2026, 5, 12), lambda n, d, s: f"/media/comunicati-stampa/{d.year}/{s}")
    rows = "".join(
        f'<tr><td class="data">{r.day:%d/%m/%Y}</td><td><a href="{r.url_path}">{escape(r.title)}</a></td></tr>'
        for r in found
    )
    m.put(
        m.section,
        "Comunicati stampa",
        f"{m.filters()}<table><thead><tr><th>Data</th><th>Titolo</th></tr></thead><tbody>{rows}</tbody></table>",
        aside=m.events(5, "table") + m.downloads(4, "table"),
    )
    return m.site(m.section, found, tuned=False, notes="dd/mm/yyyy")


def spanish() -> Site:
    """WordPress blocks: title, then '12 de mayo de 2026'."""
    m = Maker(
        "spanish",
        "Hilaturas Berrocal",
        "es",
        section="/sala-de-prensa/",
        ending="/",
        skin="wordpress",
        zone="Europe/Madrid",
    )
    found = m.take(16, date(2026, 5, 14), lambda n, d, s: f"/sala-de-prensa/{s}/", deck=True)
    rows = "".join(
        f'<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="%%BASE%%{r.url_path}">{escape(r.title)}</a></h2><div class="wp-block-post-date"><time datetime="{r.published}T10:00:00+02:00">{long_date(r.day, "es")}</time></div><div class="wp-block-post-excerpt"><p>{escape(r.deck)}</p></div></li>'
        for r in found
    )
    m.put(
        m.section,
        "Notas de prensa",
        f'<ul class="wp-block-post-template">{rows}</ul>',
        aside=m.blog(5) + m.archive("", 6),
    )
    return m.site(m.section, found, notes="query loop block; '12 de mayo de 2026'")


def dutch() -> Site:
    """A prezly-like newsroom: story cards, '12 mei 2026', the card is one link."""
    m = Maker("dutch", "Vervoer De Schelde", "nl", section="/pers", skin="tailwind", zone="Europe/Amsterdam")
    found = m.take(17, date(2026, 5, 18), lambda n, d, s: f"/{s}")
    rows = "".join(
        f'<article class="StoryCard"><a class="StoryCard_link" href="{r.url_path}"><picture></picture><div class="StoryCard_content"><span class="StoryCard_date">{long_date(r.day, "nl")}</span><h2 class="StoryCard_title">{escape(r.title)}</h2></div></a></article>'
        for r in found
    )
    m.put(
        "/pers",
        "Pers",
        f'<div class="InfiniteStories">{rows}<button>Meer laden</button></div>',
        aside=m.products(4) + m.jobs(4),
    )
    return m.site("/pers", found, tuned=False, notes="releases have one-word paths at the root, like pages")


def polish() -> Site:
    """'12 maja 2026' in the genitive; date before the title in a flat div list."""
    m = Maker(
        "polish", "Zakłady Lipowiec S.A.", "pl", section="/biuro-prasowe", skin="aem", zone="Europe/Warsaw"
    )
    found = m.take(19, date(2026, 5, 13), lambda n, d, s: f"/biuro-prasowe/informacje/{s}", deck=True)
    rows = "".join(
        f'<div class="news"><div class="news-date">{long_date(r.day, "pl")} r.</div><div class="news-title"><a href="{r.url_path}">{escape(r.title)}</a></div><div class="news-lead">{escape(r.deck)}</div></div>'
        for r in found
    )
    m.put(m.section, "Informacje prasowe", rows, aside=m.events(4) + m.blog(4) + m.contact())
    return m.site(m.section, found, notes="months in the genitive, 'r.' after the year")


def swedish() -> Site:
    """A Mynewsdesk-like room: 'Pressmeddelanden • Maj 12, 2026 08:00 CEST' under the title; images and blog too."""
    m = Maker(
        "swedish",
        "Tallberga Kraft AB",
        "sv",
        section="/se/tallberga/pressreleases",
        skin="builder",
        zone="Europe/Stockholm",
    )
    found = m.take(
        15,
        date(2026, 5, 19),
        lambda n, d, s: f"/se/tallberga/pressreleases/{s}-{3380000 + n}",
        minutes=True,
        deck=True,
    )
    rows = "".join(
        f'<li class="card card--pressrelease"><h2><a href="{r.url_path}">{escape(r.title)}</a></h2><p class="type-date">Pressmeddelanden &nbsp;•&nbsp; {month(r.published, "sv").capitalize()} {r.day.day}, {r.day.year} {r.published:%H:%M} {"CEST" if r.published.dst() else "CET"}</p><p>{escape(r.deck)}</p></li>'
        for r in found
    )
    blog = "".join(
        f'<li class="card card--blog_post"><h2><a href="{u}">{t}</a></h2><p class="type-date">Blogginlägg &nbsp;•&nbsp; {month(d, "sv").capitalize()} {d.day}, {d.year} 10:00 CEST</p></li>'
        for t, u, d in m.others("blogpost", "/se/tallberga/blog_posts", 5, (-2, -11))
    )
    m.put(
        m.section,
        "Pressmeddelanden",
        f'<ul class="cards">{rows}</ul><h2>Blogginlägg</h2><ul class="cards">{blog}</ul>{m.gallery(6, "/se/tallberga/images")}',
    )
    return m.site(
        m.section, found, tuned=False, notes="'Maj 12, 2026 08:00 CEST'; blog posts in the same cards"
    )


def austrian() -> Site:
    """Vienna, 'Jänner' and 'Feber': Austrian months; date after the place."""
    m = Maker(
        "austrian",
        "Wienerwald Holzbau GmbH",
        section="/presse/aussendungen",
        skin="wordpress",
        zone="Europe/Vienna",
        show=dotted,
    )
    found = m.take(22, date(2026, 5, 11), lambda n, d, s: f"/presse/aussendungen/{s}", gap=(4, 16))
    rows = "".join(
        f'<p class="aussendung"><a href="{r.url_path}"><strong>{escape(r.title)}</strong></a><br>Wien, am {r.day.day}. {month(r.day, "de").replace("Januar", "Jänner").replace("Februar", "Feber")} {r.day.year}</p>'
        for r in found
    )
    m.put(m.section, "Presseaussendungen", rows, aside=m.downloads(4) + m.contact())
    return m.site(m.section, found, tuned=False, notes="Austrian month names; bare paragraphs")


SITES = (french, italian, spanish, dutch, polish, swedish, austrian)
