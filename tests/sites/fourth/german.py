"""Machine builders and suppliers: TYPO3, Contao, Neos, Joomla, FirstSpirit, a shelf of PDF files."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import chunks, pdf

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
    paper,
    stamped,
    timed,
    year,
)

T3 = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body id="page-88" class="page doktype-1 backendlayout-pagets__sub">
<header class="page-header"><a class="logo" href="/"><img src="/typo3conf/ext/sitepackage/logo.svg" alt="[[company]]"></a><nav class="main-nav">[[menu]]</nav>
<div class="language-menu"><ul><li class="active">DE</li><li><a href="/en/" hreflang="en">EN</a></li></ul></div></header>
<div class="rootline">[[crumbs]]</div><!--TYPO3SEARCH_begin--><main id="content"><div id="c1201" class="frame frame-type-header"><h1>[[title]]</h1></div>
<div id="c1204" class="frame frame-type-list">[[main]]</div></main><!--TYPO3SEARCH_end--><aside class="col-aside">[[aside]]</aside><footer class="page-footer">[[footer]]</footer></body></html>""",
    "TYPO3 CMS",
)
CONTAO = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body id="top" class="win chrome layout-inner"><div id="wrapper"><header id="header"><div class="inside"><div class="ce_image"><a href="/"><img src="/files/theme/logo.svg" alt=""></a></div>
<nav class="mod_navigation block" itemscope>[[menu]]</nav></div></header><div id="container"><main id="main"><div class="inside"><div class="mod_article block"><h1 class="ce_headline">[[title]]</h1>[[main]]</div></div></main>
<aside id="right"><div class="inside">[[aside]]</div></aside></div><footer id="footer"><div class="inside">[[footer]]</div></footer></div></body></html>""",
    "Contao Open Source CMS",
)
NEOS = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="neos-page"><div class="cookie-punch"><p>[[cookies]]</p><button>[[accept]]</button></div><header class="o-header"><a class="o-header__brand" href="/">[[company]]</a><div class="o-header__nav">[[menu]]</div></header>
<div class="neos-contentcollection"><section class="o-stage"><h1 class="o-stage__headline">[[title]]</h1></section>[[main]]</div><div class="neos-contentcollection o-outro">[[aside]]</div><footer class="o-footer">[[footer]]</footer></body></html>""",
    nav=nav_divs,
)
JOOMLA = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="site com_content view-category layout-blog itemid-132"><header class="header container-header"><div class="navbar-brand"><a class="brand-logo" href="/">[[company]]</a></div><nav class="container-nav">[[menu]]</nav></header>
<div class="site-grid"><div class="grid-child container-component"><main><div class="page-header"><h1>[[title]]</h1></div>[[main]]</main></div><div class="grid-child container-sidebar-right">[[aside]]</div></div><footer class="container-footer">[[footer]]</footer></body></html>""",
    "Joomla! - Open Source Content Management",
)


def pumpen_typo3() -> Site:
    """EXT:news, plain URLs of a query, the teaser opens with place and day, two links for each item."""
    m = Room("pumpen_typo3", "Hallmayr Pumpen", T3, datelined, "industry", section="/unternehmen/presse")

    def own(n: int, _: date, s: str) -> str:
        return f"/index.php?id=88&tx_news_pi1%5Baction%5D=detail&tx_news_pi1%5Bnews%5D={400 + n}&cHash={hash_of(s):08x}"

    rel = m.take(34, date(2026, 5, 12), own, gap=(4, 20))

    def one(r: Release) -> str:
        return (
            f'<div class="article articletype-0" itemscope itemtype="http://schema.org/Article"><div class="header"><h3><a itemprop="url" title="{e(r.title)}" href="{e(r.url_path)}"><span itemprop="headline">{e(r.title)}</span></a></h3></div>'
            f'<div class="teaser-text"><div itemprop="description"><p>Ravenstadt, {long_date(day(r), "de")} – {m.lead(r)}</p></div><a class="more" title="{e(r.title)}" href="{e(r.url_path)}">weiterlesen</a></div></div>'
        )

    pages = list(chunks(rel, 10))
    for n, rows in enumerate(pages, 1):
        turn = "".join(
            f'<li><a href="/unternehmen/presse?tx_news_pi1%5BcurrentPage%5D={k}">{k}</a></li>'
            for k in range(1, len(pages) + 1)
        )
        at = "/unternehmen/presse" + ("" if n == 1 else f"?tx_news_pi1%5BcurrentPage%5D={n}")
        m.draw(
            at,
            "Presse",
            rows,
            one,
            '<div class="news"><div class="news-list-view">',
            f'<ul class="f3-widget-paginator">{turn}</ul></div></div>',
            aside=m.contact() + m.events(3) + m.downloads(3),
        )
    return m.build("/unternehmen/presse", pages[0], more=rel[10:])


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return sum((n + 7) * ord(c) * 7919 for n, c in enumerate(text))


def verband_typo3() -> Site:
    """An association's table `Datum | Ort | Titel`, 240 rows; the entry is its home page with a box of three."""
    m = Room(
        "verband_typo3",
        "Bundesverband Gebäudeleittechnik",
        T3,
        stamped,
        "public",
        section="/presse/mitteilungen/",
    )
    rel = m.take(240, date(2026, 5, 15), lambda n, d, s: f"/presse/mitteilungen/detail/{s}/", gap=(2, 9))

    def row(r: Release) -> str:
        return f'<tr><td class="datum">{dotted(day(r))}</td><td>{m.dice.choice(m.writer.words["places"])}</td><td><a href="{r.url_path}" class="internal-link">{e(r.title)}</a></td></tr>'

    m.draw(
        "/presse/mitteilungen/", "Pressemitteilungen", rel, row,
        m.filters() + '<table class="contenttable contenttable-1"><thead><tr><th>Datum</th><th>Ort</th><th>Titel</th></tr></thead><tbody>', "</tbody></table>", aside=m.contact() + m.newsletter(),
    )  # fmt: skip
    box = "".join(f'<li><a href="{r.url_path}">{e(r.title)}</a></li>' for r in rel[:3])
    m.put(
        "/",
        "Willkommen",
        f'<p>{e(m.writer.about())}</p><div class="frame"><h2>Presse</h2><ul class="ce-menu">{box}</ul><a href="/presse/mitteilungen/">Alle Pressemitteilungen</a></div>{m.events(5)}',
    )
    return m.build("/", rel, listing="/presse/mitteilungen/")


def lueftung_contao() -> Site:
    """Contao's accordion, one pane for each year, `info` above the title."""
    m = Room(
        "lueftung_contao",
        "Airolit Lüftung",
        CONTAO,
        timed,
        "industry",
        section="/aktuelles.html",
        ending=".html",
    )
    rel = m.take(41, date(2026, 4, 29), lambda n, d, s: f"/aktuelles-leser/{s}.html", gap=(8, 35))

    def one(r: Release) -> str:
        return (
            f'<div class="layout_latest arc_3 block"><p class="info"><time datetime="{day(r)}T08:00:00+02:00">{dotted(day(r))} 08:00</time></p><h2><a href="{r.url_path}" title="Den Artikel lesen: {e(r.title)}">{e(r.title)}</a></h2>'
            f'<div class="ce_text block"><p>{m.lead(r, 120)}</p></div><p class="more"><a href="{r.url_path}" title="Den Artikel lesen: {e(r.title)}">Weiterlesen … <span class="invisible">{e(r.title)}</span></a></p></div>'
        )

    panes = "".join(
        f'<section class="ce_accordionStart ce_accordion block"><div class="toggler">{y}</div><div class="accordion"><div><div class="mod_newslist block">{"".join(map(one, rows))}</div></div></div></section>'
        for y, rows in by(rel, year)
    )
    m.put("/aktuelles.html", "Aktuelles", panes, aside=m.contact() + m.jobs(4))
    return m.build("/aktuelles.html", rel)


def klima_neos() -> Site:
    """Neos: cards whose whole surface is a link, a line above the title, a slider that repeats the newest three."""
    m = Room(
        "klima_neos", "Frostner Klimatechnik", NEOS, stamped, "industry", section="/de/unternehmen/newsroom"
    )
    rel = m.take(24, date(2026, 5, 18), lambda n, d, s: f"/de/unternehmen/newsroom/{s}", gap=(3, 15))
    kinds = ("Produkte", "Unternehmen", "Karriere", "Referenzen", "Nachhaltigkeit")

    def card(r: Release) -> str:
        return (
            f'<a class="c-card c-card--news" href="{r.url_path}"><div class="c-card__media"><img loading="lazy" src="/_Resources/Persistent/{hash_of(r.title):x}/bild.jpg" alt=""></div><div class="c-card__body">'
            f'<div class="c-card__kicker">{m.dice.choice(kinds)}</div><div class="c-card__headline">{e(r.title)}</div><div class="c-card__text">{m.lead(r, 100)}</div><div class="c-card__date">{long_date(day(r), "de")}</div></div></a>'
        )

    slides = "".join(
        f'<div class="swiper-slide"><a href="{r.url_path}"><img src="/s.jpg" alt=""><span class="h2">{e(r.title)}</span><span class="btn">Jetzt lesen</span></a></div>'
        for r in rel[:3]
    )
    m.draw(
        "/de/unternehmen/newsroom",
        "Newsroom",
        rel,
        card,
        f'<div class="swiper">{slides}</div><div class="o-grid">',
        "</div>",
        aside=m.contact() + m.products(4),
    )
    m.put(
        "/de",
        "Frostner Klimatechnik",
        f'<div class="o-intro"><p>{e(m.writer.about())}</p></div>'
        + m.products(6)
        + '<a class="btn" href="/de/unternehmen/newsroom">Zum Newsroom</a>',
    )
    m.home_link = ("Startseite", "/de")
    return m.build("/de", rel, listing="/de/unternehmen/newsroom")


def getriebe_joomla() -> Site:
    """Joomla's blog of a category: details in a definition list, hits, author; most read beside it."""
    m = Room(
        "getriebe_joomla", "Zahnradwerk Ostrach", JOOMLA, stamped, "industry", section="/index.php/presse"
    )
    rel = m.take(28, date(2026, 5, 6), lambda n, d, s: f"/index.php/presse/{210 + n}-{s}", gap=(7, 30))

    def one(r: Release) -> str:
        return (
            f'<div class="blog-item" itemprop="blogPost"><div class="item-content"><div class="page-header"><h2 itemprop="headline"><a href="{r.url_path}" itemprop="url">{e(r.title)}</a></h2></div><dl class="article-info text-muted"><dt class="article-info-term">Details</dt>'
            f'<dd class="createdby"><span class="icon-user"></span>Geschrieben von: <span itemprop="name">{m.writer.press_person()}</span></dd><dd class="category-name">Kategorie: <a href="/index.php/presse">Presse</a></dd>'
            f'<dd class="published"><span class="icon-calendar"></span><time datetime="{day(r)}T10:00:00+02:00">Veröffentlicht: {long_date(day(r), "de")}</time></dd><dd class="hits">Zugriffe: {m.dice.randint(90, 4000)}</dd></dl>'
            f'<p>{m.lead(r)}</p><p class="readmore"><a class="btn" href="{r.url_path}" aria-label="Weiterlesen: {e(r.title)}">Weiterlesen …</a></p></div></div>'
        )

    top = "".join(
        f'<li><a href="{r.url_path}"><span>{e(r.title)}</span></a></li>' for r in m.dice.sample(rel, 5)
    )
    side = (
        f'<div class="card"><h3 class="card-header">Meistgelesen</h3><ul class="mostread">{top}</ul></div>'
        + m.events(3)
        + m.contact()
    )
    pages = list(chunks(rel, 7))
    for n, rows in enumerate(pages):
        turn = "".join(
            f'<li class="page-item"><a class="page-link" href="/index.php/presse{f"?start={k * 7}" if k else ""}">{k + 1}</a></li>'
            for k in range(len(pages))
        )
        m.draw(
            "/index.php/presse" + (f"?start={n * 7}" if n else ""),
            "Presse",
            rows,
            one,
            '<div class="com-content-category-blog blog"><div class="blog-items">',
            f'</div><ul class="pagination">{turn}</ul></div>',
            aside=side,
        )
    return m.build("/index.php/presse", pages[0], more=rel[7:])


def antriebe_firstspirit() -> Site:
    """FirstSpirit: a number before the title, a file beside it, months as headings."""
    m = Room(
        "antriebe_firstspirit",
        "Kettwerk Antriebe",
        NEOS,
        datelined,
        "industry",
        section="/de/presse/pressemitteilungen/index.jsp",
        ending=".jsp",
    )
    rel = m.take(
        46,
        date(2026, 5, 19),
        lambda n, d, s: f"/de/presse/pressemitteilungen/{d:%Y}/pm-{n:03d}.jsp",
        gap=(3, 12),
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        file = pdf(m, m.not_a_release("PDF", r.url_path.replace(".jsp", ".pdf")))
        return (
            f'<div class="list-entry"><div class="list-entry__left"><span class="no">Nr. {n:03d}/{year(r)}</span></div><div class="list-entry__right"><p class="date">{dotted(day(r))}</p><a class="title" href="{r.url_path}">{e(r.title)}</a>'
            f'<p><a class="dl" href="{file}">PDF herunterladen (<span>{m.dice.randint(80, 900)} KB</span>)</a></p></div></div>'
        )

    numbered = list(zip(range(len(rel), 0, -1), rel, strict=True))
    inner = "".join(
        f"<h2>{month}</h2>{''.join(one(p) for p in numbered if month_year(p[1]) == month)}"
        for month, _ in by(rel, month_year)
    )
    m.put(
        "/de/presse/pressemitteilungen/index.jsp",
        "Pressemitteilungen",
        m.filters() + inner,
        aside=m.contact(),
    )
    return m.build("/de/presse/pressemitteilungen/index.jsp", rel)


def zulieferer_pdf() -> Site:
    """Only files: a list for each month, the day before the title, size and kind behind it."""
    m = Room(
        "zulieferer_pdf",
        "Brennerhof Fahrwerk",
        CONTAO,
        stamped,
        "industry",
        section="/presse.html",
        ending=".html",
    )
    rel = m.take(
        30,
        date(2026, 5, 7),
        lambda n, d, s: f"/files/presse/{d:%Y}/{d:%Y%m%d}_PM_{s[:40].strip('-')}.pdf",
        gap=(5, 25),
    )
    for r in rel:
        paper(m, r)
    m.bad += ["/files/agb/AGB_2025.pdf", "/files/presse/Pressemappe.zip"]
    for at in m.bad:
        pdf(m, at)
    rows = "".join(
        f'<div class="ce_text"><h3>{name}</h3></div><div class="ce_downloads block"><ul>' + "".join(
            f'<li class="download-element ext-pdf">{dotted(day(r))} <a href="{r.url_path}" title="Datei herunterladen" type="application/pdf">{e(r.title)} <span class="size">({m.dice.randint(90, 990)},{m.dice.randint(0, 9)} KiB)</span></a></li>' for r in part
        ) + "</ul></div>"
        for name, part in by(rel, month_year)
    )  # fmt: skip
    side = '<div class="ce_download"><a href="/files/presse/Pressemappe.zip">Pressemappe (ZIP)</a> <a href="/files/agb/AGB_2025.pdf">AGB (PDF)</a></div>'
    m.put(
        "/presse.html",
        "Presse",
        f"<p>Hier finden Journalistinnen und Journalisten unsere Mitteilungen.</p>{rows}",
        aside=m.contact() + side,
    )
    return m.build("/presse.html", rel)


def fenster_typo3_cards() -> Site:
    """TYPO3 with bootstrap cards: tags, reading time, the day split over three elements; the entry is page two."""
    m = Room("fenster_typo3_cards", "Lichthaus Fenstersysteme", T3, timed, "industry", section="/news/")
    rel = m.take(36, date(2026, 5, 11), lambda n, d, s: f"/news/artikel/{s}/", gap=(3, 13))

    def card(r: Release) -> str:
        return (
            f'<div class="col-lg-4"><div class="card news-card h-100"><a href="{r.url_path}" class="stretched-link" aria-label="{e(r.title)}"></a><div class="news-card__date"><span class="d">{day(r).day:02d}</span><span class="m">{day(r).month:02d}</span><span class="y">{year(r)}</span></div>'
            f'<div class="card-body"><ul class="tags"><li>{m.writer.slot("product")}</li><li>Presse</li></ul><h2 class="card-title h5">{e(r.title)}</h2><p class="card-text">{m.lead(r, 90)}</p><span class="readtime">{m.dice.randint(2, 7)} Min.</span></div></div></div>'
        )

    pages = list(chunks(rel, 12))
    for n, rows in enumerate(pages, 1):
        turn = "".join(
            f'<li><a href="/news/{f"seite/{k}/" if k > 1 else ""}">{k}</a></li>'
            for k in range(1, len(pages) + 1)
        )
        m.draw(
            f"/news/seite/{n}/" if n > 1 else "/news/",
            "News",
            rows,
            card,
            '<div class="row g-4">',
            f'</div><nav><ul class="pagination">{turn}</ul></nav>',
            aside=m.tags() + m.newsletter(),
        )
    return m.build("/news/seite/2/", pages[1], more=[*pages[0], *pages[2]])


SITES = (
    pumpen_typo3,
    verband_typo3,
    lueftung_contao,
    klima_neos,
    getriebe_joomla,
    antriebe_firstspirit,
    zulieferer_pdf,
    fenster_typo3_cards,
)
