"""Rooms with company beside them: twins in another language, press reviews, tabs, days inside of links, other languages."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import chunks

from .desk import (
    Room,
    by,
    date,
    datelined,
    day,
    dotted,
    e,
    frame,
    long_date,
    month,
    slug,
    stamped,
    timed,
    year,
)
from .enterprise import AEM, PLAIN
from .german import CONTAO, T3
from .public import CITY, DRUPAL, GSB

INSTITUTE = frame(
    """<html><head>[[head]]</head><body><table class="layout"><tr><td class="kopf" colspan="2"><a href="/">[[company]]</a></td></tr><tr><td class="navi">[[menu]]</td><td class="inhalt"><h1>[[title]]</h1>[[main]]<hr>[[aside]]</td></tr><tr><td colspan="2">[[footer]]</td></tr></table></body></html>"""
)


def twin_en() -> Site:
    """The entry is the English root of a German maker; the German room is another list of other addresses."""
    m = Room("twin_en", "Steinau Compressors", T3, datelined, "english", "en", section="/en/press/")
    rel = m.take(24, date(2026, 5, 13), lambda n, d, s: f"/en/press/{s}/", gap=(4, 18))

    def one(r: Release) -> str:
        return f'<div class="article"><span class="news-list-date">{long_date(day(r), "en")}</span><h2><a href="{r.url_path}">{e(r.title)}</a></h2><div class="teaser-text">{m.lead(r, 120)}</div><a href="{r.url_path}" class="more">Read more</a></div>'

    m.draw(
        "/en/press/",
        "Press releases",
        rel,
        one,
        '<div class="news-list-view">',
        "</div>",
        aside=m.contact() + m.events(3),
    )
    german = Room("twin_de", "Steinau Verdichter", T3, stamped, "industry")
    rows = ""
    for r in rel:
        title = german.writer.title()
        rows += f'<div class="article"><span class="news-list-date">{dotted(day(r))}</span><h2><a href="{m.not_a_release(title, f"/presse/{slug(title)}/")}">{e(title)}</a></h2></div>'
    m.put("/presse/", "Pressemitteilungen", f'<div class="news-list-view">{rows}</div>')
    m.put(
        "/",
        "Steinau Verdichter",
        '<p>Verdichter für Luft und Gas.</p><a href="/presse/">Presse</a> <a href="/en/" hreflang="en">English</a>',
    )
    m.put(
        "/en/",
        "Compressed air since 1921",
        m.products(6) + '<p><a href="/en/press/">Press releases</a></p>' + m.jobs(3),
        head='<link rel="alternate" hreflang="de" href="%%BASE%%/">',
    )
    return m.build("/en/", rel, listing="/en/press/")


def pressespiegel() -> Site:
    """Other papers' texts about the firm stand above its own releases, with days and in the same markup."""
    m = Room("pressespiegel", "Solargut Genossenschaft", PLAIN, stamped, "industry", section="/presse")
    rel = m.take(17, date(2026, 5, 11), lambda n, d, s: f"/presse/{s}", gap=(6, 25))

    def row(title: str, at: str, when: date, more: str) -> str:
        return f'<div class="press-row"><div class="press-row__date">{dotted(when)}</div><div class="press-row__body"><h3><a href="{at}">{e(title)}</a></h3>{more}</div></div>'

    papers = "".join(
        row(
            f"{m.writer.slot('person')} im Gespräch",
            f"https://zeitung{n}.example/wirtschaft/{n}",
            day(r),
            f"<p>Zeitung {n + 1}, Wirtschaft</p>",
        )
        for n, r in enumerate(rel[:6])
    )
    mine = "".join(row(r.title, r.url_path, day(r), f"<p>{m.lead(r, 100)}</p>") for r in rel)
    m.put(
        "/presse",
        "Presse",
        f'<section id="spiegel"><h2>Wir in den Medien</h2>{papers}</section><section id="mitteilungen"><h2>Pressemitteilungen</h2>{mine}</section>{m.gallery(4)}',
        aside=m.contact(),
    )
    return m.build("/presse", rel)


def reiter() -> Site:
    """Three tabs on one page: releases, dated events, files with days; all are in the markup at once."""
    m = Room(
        "reiter", "Wiesengrund Kliniken", AEM, stamped, "public", section="/de/presse.html", ending=".html"
    )
    rel = m.take(23, date(2026, 5, 18), lambda n, d, s: f"/de/presse/{d:%Y}/{s}.html", gap=(3, 14))

    def item(title: str, at: str, when: date) -> str:
        return f'<li class="cmp-list__item"><article><a class="cmp-list__item-link" href="{at}"><span class="cmp-list__item-title">{e(title)}</span></a><span class="cmp-list__item-date">{long_date(when, "de")}</span></article></li>'

    panels = (
        ("Termine", "".join(item(*f) for f in m.others("event", "/de/termine", 8, (4, 9, 26), ".html"))),
        ("Pressemitteilungen", "".join(item(r.title, r.url_path, day(r)) for r in rel)),
        (
            "Downloads",
            "".join(item(*f) for f in m.others("report", "/content/dam/presse", 7, (-20, -70), ".pdf")),
        ),
    )
    tabs = "".join(
        f'<li role="tab" class="cmp-tabs__tab" aria-controls="p{n}">{name}</li>'
        for n, (name, _) in enumerate(panels)
    )
    inner = "".join(
        f'<div id="p{n}" role="tabpanel" class="cmp-tabs__tabpanel"><ul class="cmp-list">{rows}</ul></div>'
        for n, (_, rows) in enumerate(panels)
    )
    m.put(
        "/de/presse.html",
        "Presse",
        f'<div class="cmp-tabs"><ol role="tablist">{tabs}</ol>{inner}</div>',
        aside=m.contact(),
    )
    return m.build("/de/presse.html", rel)


def institut_inline() -> Site:
    """An institute's hand-made list: day and title are the text of one link, parted by a dash."""
    m = Room(
        "institut_inline",
        "Institut für Schwingungslehre",
        INSTITUTE,
        datelined,
        "public",
        section="/presse/index.html",
        ending=".html",
    )
    rel = m.take(27, date(2026, 4, 28), lambda n, d, s: f"pm{d:%y%m%d}.html", gap=(10, 40))
    rel = [Release("/presse/" + r.url_path, r.title, r.published) for r in rel]
    m.pages.clear()
    for r in rel:
        m.add_article(r)
    inner = "".join(
        f'<p><img src="/pfeil.gif" alt=""> <a href="{r.url_path.removeprefix("/presse/")}">{dotted(day(r))} - {e(r.title)}</a></p>'
        for r in rel
    )
    m.put("/presse/index.html", "Pressemitteilungen", inner, aside=m.contact())
    return m.build("/presse/index.html", rel)


def statistik_vom() -> Site:
    """An office of statistics: `Pressemitteilung Nr. 171 vom 12. Mai 2026` above each title; the newest ones once more as `Zum Thema`."""
    m = Room(
        "statistik_vom",
        "Landesamt für Zählung",
        GSB,
        datelined,
        "public",
        section="/DE/Presse/Pressemitteilungen/_inhalt.html",
        ending=".html",
    )
    rel = m.take(
        30,
        date(2026, 5, 20),
        lambda n, d, s: f"/DE/Presse/Pressemitteilungen/{d:%Y}/{d:%m}/PD{d:%y}_{140 + n}_{n}.html",
        gap=(1, 3),
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        return f'<div class="c-result c-result--PressRelease"><a href="{r.url_path}" class="c-result__link"><span class="c-result__topline">Pressemitteilung Nr. {n} vom {long_date(day(r), "de")}</span><span class="c-result__heading">{e(r.title)}</span></a><p>{m.lead(r, 160)}</p></div>'

    m.put(
        "/DE/Presse/Pressemitteilungen/_inhalt.html",
        "Pressemitteilungen",
        "".join(map(one, zip(range(171, 0, -1), rel, strict=False))),
        aside="<h2>Zum Thema</h2><ul>"
        + "".join(f'<li><a href="{r.url_path}">{e(r.title)}</a></li>' for r in rel[2:5])
        + "</ul>"
        + m.contact(),
    )
    return m.build("/DE/Presse/Pressemitteilungen/_inhalt.html", rel)


def relativ() -> Site:
    """`vor 3 Tagen` for this week's rows, whose day only the time element's attribute tells."""
    m = Room("relativ", "Quellwerk Digital", PLAIN, timed, "industry", section="/newsroom")
    rel = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/newsroom/{s}", gap=(1, 9), minutes=True)

    def one(r: Release) -> str:
        ago = (date(2026, 5, 20) - day(r)).days
        shown = (
            f"vor {ago} Tag{'en' if ago > 1 else ''}"
            if ago < 8
            else f"{day(r).day}. {month(day(r), 'de')[:3].upper()} {year(r)}"
        )
        return f'<div class="post"><a class="post__link" href="{r.url_path}"><h2 class="post__title">{e(r.title)}</h2></a><div class="post__foot"><time datetime="{m.moment(r)}">{shown}</time> · {m.dice.randint(1, 6)} Min. · {m.dice.randint(20, 900)} Aufrufe</div></div>'

    m.draw(
        "/newsroom", "Newsroom", rel, one, '<div class="posts">', "</div>", aside=m.newsletter() + m.blog(3)
    )
    return m.build("/newsroom", rel)


def council_ordinal() -> Site:
    """A British council: `Tuesday 12th May 2026` below each title, topics as links, an `Older news` page."""
    m = Room(
        "council_ordinal",
        "Ashcombe District Council",
        CITY,
        stamped,
        language="en",
        section="/news",
        zone="Europe/London",
        titles="titles_public",
    )
    rel = m.take(32, date(2026, 5, 19), lambda n, d, s: f"/news/article/{n + 900}/{s}", gap=(1, 6))

    def one(r: Release) -> str:
        n = day(r).day
        nth = "th" if n in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        return f'<li class="list__item"><h3 class="list__heading"><a class="list__link" href="{r.url_path}">{e(r.title)}</a></h3><p class="list__date">{day(r):%A} {n}{nth} {month(day(r), "en")} {year(r)}</p><p>{m.lead(r, 110)}</p></li>'

    pages = list(chunks(rel, 20))
    m.draw(
        "/news",
        "Latest news",
        pages[0],
        one,
        '<ul class="list list--record">',
        '</ul><p><a href="/news/older">Older news</a></p>',
        aside=m.events(5) + m.newsletter(),
    )
    m.draw("/news/older", "Older news", pages[1], one, '<ul class="list list--record">', "</ul>")
    return m.build("/news", pages[0], more=pages[1])


def france_drupal() -> Site:
    """A French group: `Communiqué de presse`, day and reading time in one line above the title."""
    m = Room(
        "france_drupal",
        "Groupe Valmeroy",
        DRUPAL,
        datelined,
        language="fr",
        section="/fr/espace-presse/communiques",
        zone="Europe/Paris",
    )
    rel = m.take(28, date(2026, 5, 12), lambda n, d, s: f"/fr/espace-presse/communiques/{s}", gap=(3, 15))

    def one(r: Release) -> str:
        return f'<div class="views-row"><article class="teaser-cp"><p class="teaser-cp__info"><span>Communiqué de presse</span> – <span>{long_date(day(r), "fr")}</span> – <span>{m.dice.randint(2, 6)} min de lecture</span></p><h3><a href="{r.url_path}" hreflang="fr">{e(r.title)}</a></h3><a class="btn-pdf" href="{m.not_a_release("PDF", r.url_path + ".pdf")}">Télécharger le PDF</a></article></div>'

    m.draw(
        "/fr/espace-presse/communiques",
        "Communiqués de presse",
        rel,
        one,
        m.filters() + '<div class="view-content">',
        "</div>",
        aside=m.contact() + m.events(3),
    )
    m.put(
        "/fr", "Groupe Valmeroy", m.products(5) + '<a href="/fr/espace-presse/communiques">Espace presse</a>'
    )
    return m.build("/fr", rel, listing="/fr/espace-presse/communiques")


def niederlande() -> Site:
    """A Dutch network operator: short months with a dot-free three letters, cards with an arrow."""
    m = Room(
        "niederlande",
        "Waterland Netbeheer",
        PLAIN,
        stamped,
        language="nl",
        section="/pers/persberichten",
        zone="Europe/Amsterdam",
    )
    rel = m.take(24, date(2026, 5, 15), lambda n, d, s: f"/pers/persberichten/{s}", gap=(3, 14))

    def one(r: Release) -> str:
        return f'<article class="tile"><div class="tile__label">Persbericht</div><p class="tile__date">{day(r).day} {["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"][day(r).month - 1]} {year(r)}</p><h3 class="tile__title">{e(r.title)}</h3><a class="tile__arrow" href="{r.url_path}" aria-label="{e(r.title)}"><svg></svg></a></article>'

    m.draw(
        "/pers/persberichten", "Persberichten", rel, one, '<div class="tiles">', "</div>", aside=m.contact()
    )
    return m.build("/pers/persberichten", rel)


def ticino() -> Site:
    """A bank in Ticino: an Italian list by year and month, the day alone beside each title."""
    m = Room(
        "ticino",
        "Banca del Lago",
        CONTAO,
        datelined,
        language="it",
        section="/media/comunicati.html",
        zone="Europe/Zurich",
        ending=".html",
    )
    rel = m.take(29, date(2026, 5, 8), lambda n, d, s: f"/media/comunicati/{s}.html", gap=(6, 20))
    inner = "".join(
        f"<h2>{y}</h2>" + "".join(
            f"<h3>{month(day(part[0]), 'it').capitalize()}</h3><dl>" + "".join(f'<dt>{day(r).day:02d}</dt><dd><a href="{r.url_path}">{e(r.title)}</a></dd>' for r in part) + "</dl>"
            for _, part in by(rows, lambda r: day(r).month)
        )
        for y, rows in by(rel, year)
    )  # fmt: skip
    m.put("/media/comunicati.html", "Comunicati stampa", inner, aside=m.contact() + m.downloads(3))
    return m.build("/media/comunicati.html", rel)


SITES = (
    twin_en,
    pressespiegel,
    reiter,
    institut_inline,
    statistik_vom,
    relativ,
    council_ordinal,
    france_drupal,
    niederlande,
    ticino,
)
