"""Ministries, cities, chambers, universities, clinics, agencies."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import chunks, rss

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
    month_year,
    nav_divs,
    slug,
    stamped,
    timed,
    timedelta,
    us_date,
    year,
)

GSB = frame(
    """<html lang="de"><head>[[head]]</head><body class="gsb startseite js-off" data-nn="4711"><div class="wrapperOuter"><ul class="c-skiplinks"><li><a href="#content">Zum Inhalt</a></li></ul><header class="l-header"><div class="c-logo"><a href="/DE/Home/home_node.html">[[company]]</a></div><nav class="c-nav-primary">[[menu]]</nav></header>
<div id="content" class="l-content-wrapper"><div class="c-breadcrumb">[[crumbs]]</div><main class="main row"><div class="content small-12"><h1 class="isFirstInSlot">[[title]]</h1>[[main]]</div></main><div class="l-sidebar">[[aside]]</div></div><footer class="l-footer">[[footer]]</footer></div></body></html>""",
    "Government Site Builder",
)
CITY = frame(
    """<html lang="de-DE"><head>[[head]]</head><body id="layoutGridOhneRechts"><div id="SP-Layout"><div class="SP-Header"><a href="/">[[company]]</a><div class="SP-Navigation">[[menu]]</div></div><div id="SP-Content"><article class="SP-Article"><header class="SP-ArticleHeader"><h1 class="SP-Headline--article"><span>[[title]]</span></h1></header>[[main]]</article><aside class="SP-Sidebar">[[aside]]</aside></div><div class="SP-Footer">[[footer]]</div></div></body></html>""",
    "Sitepark Information Enterprise Server - IES",
)
SWISS = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body><div class="mod-header"><a class="mod-header__logo" href="/">[[company]]</a><ul class="mod-langswitch"><li><a href="/de/medien" class="is-active">de</a></li><li><a href="/fr/medias" hreflang="fr">fr</a></li></ul><div class="mod-mainnavigation">[[menu]]</div></div><div class="mod-pageheader"><h1>[[title]]</h1></div><main class="lyt-wrapper">[[main]]</main><div class="lyt-footer">[[aside]][[footer]]</div></body></html>"""
)
DRUPAL = frame(
    """<html lang="[[lang]]" dir="ltr"><head>[[head]]</head><body class="path-presse page-view"><div class="dialog-off-canvas-main-canvas"><header class="site-header" role="banner"><a href="/" rel="home"><img src="/themes/custom/x/logo.svg" alt="Start"></a><nav id="block-mainnavigation">[[menu]]</nav></header><main role="main"><div class="block-page-title-block"><h1><span>[[title]]</span></h1></div><div id="block-content" class="block">[[main]]</div></main><aside>[[aside]]</aside><footer role="contentinfo">[[footer]]</footer></div></body></html>""",
    "Drupal 11 (https://www.drupal.org)",
)
CIVIC = frame(
    """<html lang="en"><head>[[head]]</head><body class="subpage widePage"><div id="divToolbars"></div><div class="siteWrap"><header id="headerWrap"><div class="megaMenu">[[menu]]</div></header><main id="cc5d2" class="main fr-box"><div id="moduleContent"><div class="newsflash"><h1 id="versionHeadLine">[[title]]</h1>[[main]]</div></div></main><div class="graphicButtons">[[aside]]</div><footer>[[footer]]<div>Government Websites by Civic&reg;</div></footer></div></body></html>""",
    nav=nav_divs,
)


def ministerium_gsb() -> Site:
    """A ministry's search form is the list; addresses carry a session and a page's number of origin."""
    m = Room(
        "ministerium_gsb",
        "Landesministerium für Wasser und Boden",
        GSB,
        stamped,
        "public",
        section="/DE/Presse/presse_node.html",
        ending=".html",
    )
    at = "/SiteGlobals/Forms/Suche/Pressesuche/Pressesuche_Formular.html"
    rel = m.take(
        60,
        date(2026, 5, 19),
        lambda n, d, s: f"/SharedDocs/Pressemitteilungen/DE/{d:%Y}/{d:%m%d}-{s[:30].strip('-')}-{n}.html",
        gap=(1, 8),
    )

    def one(r: Release) -> str:
        return (
            f'<div class="c-search-result-teaser"><p class="c-search-result-teaser__meta"><span class="c-topline">Pressemitteilung</span> <span class="sep">|</span> <span class="c-date">{dotted(day(r))}</span></p><h2 class="c-search-result-teaser__headline">'
            f'<a class="c-search-result-teaser__link" href="{r.url_path};jsessionid=0A9F44C1.live871?nn=4711">{e(r.title)}</a></h2><div class="c-search-result-teaser__text"><p>{m.lead(r, 150)}</p></div></div>'
        )

    pages = list(chunks(rel, 15))
    for n, rows in enumerate(pages, 1):
        turn = "".join(
            f'<li><a href="{at}?nn=4711&amp;gtp=4712_list%253D{k}">{k}</a></li>'
            for k in range(1, len(pages) + 1)
        )
        m.draw(
            at + ("" if n == 1 else f"?nn=4711&gtp=4712_list%253D{n}"), "Pressemitteilungen", rows, one,
            f'{m.filters()}<p class="result-count">{len(rel)} Ergebnisse, Seite {n} von {len(pages)}</p><div class="c-search-result-list">', f'</div><div class="c-nav-index"><ul>{turn}</ul></div>', aside=m.contact(),
        )  # fmt: skip
    m.pages["/DE/Presse/presse_node.html"] = m.page(
        "Presse",
        f'<div class="c-teaser"><h2><a href="{at}?nn=4711">Pressemitteilungen</a></h2><p>Alle Mitteilungen zum Suchen.</p></div><div class="c-teaser"><h2><a href="/DE/Presse/Reden/reden_node.html">Reden</a></h2></div>{m.events(4)}',
    )
    return m.build("/DE/Presse/presse_node.html", pages[0], more=rel[15:], listing=at)


def stadt_nummern() -> Site:
    """A city: days as headings, a number before each title."""
    m = Room(
        "stadt_nummern",
        "Stadt Uferhausen",
        CITY,
        datelined,
        "public",
        section="/rathaus/presse/index.php",
        ending=".php",
    )
    rel = m.take(
        70, date(2026, 5, 20), lambda n, d, s: f"/rathaus/presse/pressearchiv/{n:05d}.php", gap=(0, 3)
    )
    number = {r.url_path: n for n, r in zip(range(212, 0, -1), rel, strict=False)}
    inner = "".join(
        f'<h3 class="SP-Day">{["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"][d.weekday()]}, {long_date(d, "de")}</h3><ul class="SP-LinkList">' + "".join(
            f'<li><span class="nr">Nr. {number[r.url_path]}/2026:</span> <a class="SP-Link" href="{r.url_path}">{e(r.title)}</a></li>' for r in rows
        ) + "</ul>"
        for d, rows in by(rel, day)
    )  # fmt: skip
    m.put(
        "/rathaus/presse/index.php",
        "Pressemitteilungen",
        f"<p>Pressemitteilungen abonnieren Sie unter Newsletter.</p>{inner}",
        aside=m.events(6) + m.contact(),
    )
    return m.build("/rathaus/presse/index.php", rel)


def kanton_zweisprachig() -> Site:
    """A canton: a German list and its French twin, the day before the title within the link."""
    m = Room(
        "kanton_zweisprachig",
        "Kanton Aarboden",
        SWISS,
        stamped,
        "public",
        section="/de/medien",
        zone="Europe/Zurich",
    )
    rel = m.take(
        30, date(2026, 5, 13), lambda n, d, s: f"/de/medien/medienmitteilungen/{d:%Y}/{s}", gap=(2, 10)
    )

    def one(r: Release) -> str:
        return f'<li class="mod-linklist__item"><a class="mod-linklist__link" href="{r.url_path}"><span class="mod-linklist__date">{dotted(day(r))}</span><span class="mod-linklist__title">{e(r.title)}</span><span class="mod-linklist__unit">Departement {m.dice.choice(("Bau", "Inneres", "Bildung", "Gesundheit"))}</span></a></li>'

    span = f'<form class="mod-filter"><label>Zeitraum <input name="from" value="01.01.2026"> – <input name="to" value="{dotted(date(2026, 5, 20))}"></label></form>'
    m.draw(
        "/de/medien",
        "Medienmitteilungen",
        rel,
        one,
        span + '<ul class="mod-linklist">',
        "</ul>",
        head='<link rel="alternate" hreflang="fr" href="%%BASE%%/fr/medias">',
        aside=m.contact(),
    )
    twin = Room("kanton_fr", "Canton d’Aarboden", SWISS, stamped, language="fr")
    other = [twin.writer.title() for _ in rel]
    rows = "".join(
        f'<li class="mod-linklist__item"><a class="mod-linklist__link" href="{m.not_a_release(t, f"/fr/medias/communiques/{slug(t)}")}"><span class="mod-linklist__date">{dotted(day(r))}</span><span class="mod-linklist__title">{e(t)}</span></a></li>'
        for r, t in zip(rel, other, strict=True)
    )
    m.put("/fr/medias", "Communiqués de presse", f'<ul class="mod-linklist">{rows}</ul>')
    return m.build("/de/medien", rel)


def uni_monate() -> Site:
    """A university: months as headings, a number and a faculty above the title, two columns of events with ranges of days."""
    m = Room(
        "uni_monate", "Universität Hohenmark", DRUPAL, timed, "public", section="/presse/pressemitteilungen"
    )
    rel = m.take(52, date(2026, 5, 18), lambda n, d, s: f"/presse/pressemitteilungen/{d:%Y}/{s}", gap=(1, 6))

    def one(r: Release) -> str:
        return f'<div class="item"><div class="topline">{m.dice.choice(("Forschung", "Campus", "Transfer", "Lehre"))} · Pressemitteilung {m.dice.randint(1, 99)}/{year(r)}</div><h4><a href="{r.url_path}">{e(r.title)}</a></h4><p class="subline">{m.lead(r, 90)}</p><span class="stamp">{day(r):%d.%m.}</span></div>'

    inner = "".join(
        f'<div class="view-grouping"><div class="view-grouping-header"><h3>{name}</h3></div><div class="view-grouping-content">{"".join(map(one, rows))}</div></div>'
        for name, rows in by(rel, month_year)
    )
    ranges = "".join(
        f'<li><a href="{at}">{e(t)}</a> <span>{d.day}.–{long_date(d + timedelta(days=2), "de")}</span></li>'
        if d.day < 27
        else f'<li><a href="{at}">{e(t)}</a> <span>{long_date(d, "de")}</span></li>'
        for t, at, d in m.others("event", "/termine", 6, (4, 11, 19))
    )
    m.put(
        "/presse/pressemitteilungen",
        "Pressemitteilungen",
        f'<div class="view view-press">{inner}</div>',
        aside=f"<h2>Veranstaltungen</h2><ul>{ranges}</ul>" + m.contact(),
    )
    return m.build("/presse/pressemitteilungen", rel)


def klinikum_drupal() -> Site:
    """A clinic's hub shows news, events and portraits; its list is behind `Alle Meldungen`."""
    m = Room("klinikum_drupal", "Klinikum Seeberg", DRUPAL, stamped, "public", section="/aktuelles")
    rel = m.take(40, date(2026, 5, 15), lambda n, d, s: f"/aktuelles/meldungen/{s}", gap=(2, 11))

    def one(r: Release) -> str:
        return (
            f'<div class="views-row"><article class="node node--type-news node--view-mode-teaser" data-history-node-id="{len(r.url_path) * 31}"><div class="field--name-field-media"><img src="/sites/default/files/styles/t/k.jpg" alt=""></div><div class="node__content"><span class="field--name-field-date"><time datetime="{day(r)}T12:00:00Z">{day(r):%d.%m.%y}</time></span>'
            f'<h2 class="node__title"><a href="{r.url_path}" rel="bookmark"><span>{e(r.title)}</span></a></h2><div class="field--name-body"><p>{m.lead(r, 120)}</p></div><ul class="links inline"><li class="node-readmore"><a href="{r.url_path}" rel="tag" title="{e(r.title)}">Weiterlesen<span class="visually-hidden"> über {e(r.title)}</span></a></li></ul></div></article></div>'
        )

    pages = list(chunks(rel, 10))
    for n, rows in enumerate(pages):
        turn = "".join(
            f'<li class="pager__item"><a href="?page={k}"><span class="visually-hidden">Page </span>{k + 1}</a></li>'
            for k in range(len(pages))
        )
        m.draw(
            "/aktuelles/meldungen" + (f"?page={n}" if n else ""),
            "Alle Meldungen",
            rows,
            one,
            '<div class="view-content">',
            f'</div><nav class="pager"><ul>{turn}</ul></nav>',
            aside=m.contact(),
        )
    three = "".join(
        f'<div class="swiper-slide"><a href="{r.url_path}"><h3>{e(r.title)}</h3></a></div>' for r in rel[:4]
    )
    m.put(
        "/aktuelles",
        "Aktuelles",
        f'<h2>Meldungen</h2><div class="swiper">{three}</div><a href="/aktuelles/meldungen">Alle Meldungen</a>{m.events(5, "cards")}{m.blog(4, "cards")}{m.jobs(3)}',
    )
    return m.build("/aktuelles", pages[0], more=rel[10:], listing="/aktuelles/meldungen")


def kammer_ies() -> Site:
    """A chamber: `Nr. | day` above the title, the title's second line in the same link is a Dachzeile of its own."""
    m = Room("kammer_ies", "IHK Obermain-Ost", CITY, datelined, "public", section="/presse/pressemeldungen")
    rel = m.take(
        38, date(2026, 5, 12), lambda n, d, s: f"/presse/pressemeldungen/{s}-{6100000 + n * 17}", gap=(2, 12)
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        return f'<section class="teaser teaser--press"><p class="teaser__meta"><span>Nr. {n}</span> | <span>{dotted(day(r))}</span></p><a class="teaser__link" href="{r.url_path}"><span class="teaser__kicker">{m.dice.choice(("Ausbildung", "Standortpolitik", "International", "Recht und Steuern"))}</span><h2 class="teaser__headline">{e(r.title)}</h2></a><p class="teaser__text">{m.lead(r, 130)} <a href="{r.url_path}">mehr</a></p></section>'

    top = "".join(f'<li><a href="{r.url_path}">{e(r.title)}</a></li>' for r in m.dice.sample(rel, 4))
    side = f"<h3>Meistgelesen</h3><ol>{top}</ol><h3>Ansprechpartner</h3>{m.contact()}{m.downloads(3)}"
    m.put(
        "/presse/pressemeldungen",
        "Pressemeldungen",
        "".join(map(one, zip(range(len(rel), 0, -1), rel, strict=True))),
        aside=side,
    )
    return m.build("/presse/pressemeldungen", rel)


def behoerde_ecl() -> Site:
    """A European agency in the component library of the Commission, filtered by a query."""
    m = Room(
        "behoerde_ecl",
        "European Inland Ports Agency",
        DRUPAL,
        stamped,
        "english",
        "en",
        section="/newsroom/news_en",
        zone="Europe/Brussels",
    )
    rel = m.take(45, date(2026, 5, 18), lambda n, d, s: f"/newsroom/news/{s}-{d:%Y-%m-%d}_en", gap=(2, 10))

    def one(r: Release) -> str:
        return (
            f'<div class="ecl-content-item-block__item"><article class="ecl-content-item"><div class="ecl-content-block ecl-content-item__content-block"><ul class="ecl-content-block__primary-meta-container"><li class="ecl-content-block__primary-meta-item">Press release</li><li class="ecl-content-block__primary-meta-item"><time datetime="{day(r)}T12:00:00Z">{long_date(day(r), "en")}</time></li></ul>'
            f'<div class="ecl-content-block__title"><a href="{r.url_path}" class="ecl-link ecl-link--standalone">{e(r.title)}</a></div><div class="ecl-content-block__description"><p>{m.lead(r)}</p></div><ul class="ecl-content-block__secondary-meta-container"><li><span class="ecl-content-block__secondary-meta-label">{m.dice.randint(2, 5)} min read</span></li></ul></div></article></div>'
        )

    pages = list(chunks(rel, 10))
    for n, rows in enumerate(pages):
        turn = "".join(
            f'<li class="ecl-pagination__item"><a href="/newsroom/news_en?f%5B0%5D=type%3Apress_release&amp;page={k}" aria-label="Go to page {k + 1}">{k + 1}</a></li>'
            for k in range(len(pages))
        )
        facets = '<aside class="ecl-facets"><h2>Filter by</h2><ul><li><a href="/newsroom/news_en?f%5B0%5D=type%3Apress_release">Press release (45)</a></li><li><a href="/newsroom/news_en?f%5B0%5D=type%3Aspeech">Speech (12)</a></li></ul></aside>'
        for at in (
            ["/newsroom/news_en", "/newsroom/news_en?f%5B0%5D=type%3Apress_release"]
            if n == 0
            else [f"/newsroom/news_en?f%5B0%5D=type%3Apress_release&page={n}"]
        ):
            m.draw(
                at,
                "News",
                rows,
                one,
                facets + f'<h2>News ({len(rel)})</h2><div class="ecl-content-item-block">',
                f'</div><nav class="ecl-pagination"><ul>{turn}</ul></nav>',
            )
    speeches = "".join(
        f'<div class="ecl-content-item-block__item"><a href="{at}">{e(t)}</a></div>'
        for t, at, _ in m.others("event", "/newsroom/speeches", 5, (-9, -30))
    )
    m.put("/newsroom/news_en?f%5B0%5D=type%3Aspeech", "News", f"<h2>News (12)</h2>{speeches}")
    return m.build("/newsroom/news_en?f%5B0%5D=type%3Apress_release", pages[0], more=rel[10:])


def us_city() -> Site:
    """An American town's news flash: query addresses, `Posted on`, a `Read on...` link."""
    m = Room(
        "us_city",
        "City of Millbrook Falls",
        CIVIC,
        stamped,
        "english",
        "en",
        section="/CivicAlerts.aspx",
        zone="America/Chicago",
        show=us_date,
    )
    m.writer.titles = m.writer.words["titles_public"]
    rel = m.take(25, date(2026, 5, 19), lambda n, d, s: f"/CivicAlerts.aspx?AID={1200 + n}", gap=(1, 7))

    def one(r: Release) -> str:
        return f'<div class="item intro"><h3><a class="hyperlink" href="{r.url_path}" id="newsFlashLink">{e(r.title)}</a></h3><div class="pageStyles"><p>{m.lead(r, 170)} <a href="{r.url_path}"><span class="visuallyhidden">{e(r.title)}</span> Read on...</a></p></div><div class="date">Posted on: <span>{us_date(day(r))}</span></div></div>'

    body = m.draw(
        "/CivicAlerts.aspx",
        "News Flash",
        rel,
        one,
        '<div class="listCategory"><h2>Home - Spotlights</h2>',
        '</div><p><a href="/CivicAlerts.aspx?ARC=L">News Flash Archive</a></p>',
        aside=m.events(5, "table") + m.newsletter(),
    )
    return m.build(body, rel)


def ngo_sperrfrist() -> Site:
    """An NGO: notes of an embargo above some titles, a feed, pictures for the press below."""
    m = Room("ngo_sperrfrist", "Flussretter e.V.", DRUPAL, datelined, "public", section="/presse")
    rel = m.take(20, date(2026, 5, 12), lambda n, d, s: f"/presse/{d:%Y-%m}/{s}", gap=(4, 19))

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        note = (
            f'<p class="embargo"><strong>Sperrfrist: {long_date(day(r), "de")}, {7 + n % 4}:00 Uhr</strong></p>'
            if n % 4 == 1
            else ""
        )
        return f'<article class="press-teaser">{note}<h3 class="press-teaser__title"><a href="{r.url_path}">{e(r.title)}</a></h3><p class="press-teaser__meta">Presseinformation | {m.writer.home}, {dotted(day(r))}</p><p>{m.lead(r, 120)}</p></article>'

    rss(m, rel[:8], "/presse/rss.xml", "/presse")
    m.put(
        "/presse",
        "Presse",
        "".join(map(one, enumerate(rel))) + m.gallery(8) + m.newsletter(),
        head='<link rel="alternate" type="application/rss+xml" title="Presse" href="/presse/rss.xml">',
        aside=m.contact(),
    )
    return m.build("/presse", rel)


SITES = (
    ministerium_gsb,
    stadt_nummern,
    kanton_zweisprachig,
    uni_monate,
    klinikum_drupal,
    kammer_ies,
    behoerde_ecl,
    us_city,
    ngo_sperrfrist,
)
