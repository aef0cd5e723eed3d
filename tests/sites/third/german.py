"""German houses: TYPO3 with query details, Contao, a Land's portal, police, a hospital, a bank, a club, a university."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from sites.kit import Release, Site
from sites.prose import SHORT_DE, dotted, long_date, month
from sites.skins import Sheet

from .desk import Desk, chunks, e, pdf, sitemap, years

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


# -- TYPO3 EXT:news, detail in the query -----------------------------------------------------------------------------
def _t3_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(
        f'<li class="sub"><a href="{at}" title="{e(n)}">{e(n)}</a><ul>{"".join(f"<li><a href={chr(34)}{u}{chr(34)} title={chr(34)}{e(t)}{chr(34)}>{e(t)}</a></li>" for t, u in links)}</ul></li>'
        for n, at, links in m.navigation()
    )
    return f"""<!DOCTYPE html>
<html lang="de-DE"><head><meta charset="utf-8"><!-- This website is powered by TYPO3 - inspiring people to share! --><title>{e(s.title)}: {e(m.company)}</title><meta name="generator" content="TYPO3 CMS"><link rel="canonical" href="%%BASE%%{e(s.path)}"/>{s.head}</head>
<body id="p34"><header><a href="/" class="logo"><img src="/typo3conf/ext/site/logo.svg" width="180" height="60" alt=""></a><nav class="main-nav"><ul>{menu}</ul></nav></header>
<div class="stage"><img src="/fileadmin/_processed_/stage.jpg" alt=""></div><main><div id="c118" class="frame frame-default frame-type-header"><h1>{e(s.title)}</h1></div>{s.main}</main>
<footer><div id="c7" class="frame frame-type-text"><p>{e(m.company)}<br>Werkstraße 17<br>00000 {e(m.writer.home)}</p></div><ul class="meta"><li><a href="/impressum">Impressum</a></li><li><a href="/datenschutz">Datenschutz</a></li></ul></footer></body></html>"""


def _t3_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div class="news news-single"><div class="article" itemscope itemtype="http://schema.org/Article"><div class="footer"><p><span class="news-list-date"><time itemprop="datePublished" datetime="{r.day}">{dotted(r.day)}</time></span></p></div><div class="teaser-text" itemprop="description"><p>{m.lead(r)}</p></div><div class="news-text-wrap" itemprop="articleBody">{m.paras(r)}</div><div class="news-backlink-wrap"><a href="/aktuelles/pressemitteilungen">Zurück</a></div></div></div>"""


def typo3_query() -> Site:
    """Only `Mehr erfahren` is a link; the detail is told in the query with a cHash; the pager is a query too."""
    m = Desk("typo3_query", "Ellerbrock Fördertechnik", "de", _t3_chrome, _t3_article, section="/aktuelles/pressemitteilungen", marks=())  # fmt: skip

    def path(n: int, day: date, name: str) -> str:
        return f"/aktuelles/detail?tx_news_pi1%5Baction%5D=detail&tx_news_pi1%5Bcontroller%5D=News&tx_news_pi1%5Bnews%5D={n + 211}&cHash={n * 7919 + 268435456:08x}{n * 104729 + 16777216:08x}"

    rels = m.take(23, date(2026, 5, 6), path, gap=(8, 21))

    def row(r: Release) -> str:
        assert r.day
        return f"""<div class="article articletype-0" itemscope="itemscope" itemtype="http://schema.org/Article"><div class="news-img-wrap"><img loading="lazy" src="/fileadmin/_processed_/csm_{r.day:%j}.jpg" alt=""></div><div class="header"><h3><span itemprop="headline">{e(r.title)}</span></h3></div><div class="teaser-text"><div itemprop="description"><p>{m.lead(r)}</p></div><a class="more" title="{e(r.title)}" href="{e(r.url_path)}">Mehr erfahren</a></div><div class="footer"><p><span class="news-list-date">{dotted(r.day)}</span><span class="news-list-category">Unternehmen</span></p></div></div>"""

    parts = list(chunks(rels, 10))
    for n, rows in enumerate(parts):
        pager = "".join(f'<li><a href="{m.section}?tx_news_pi1%5BcurrentPage%5D={i + 1}&amp;cHash=ab{i}f">{i + 1}</a></li>' for i in range(3))  # fmt: skip
        m.put(m.section + (f"?tx_news_pi1%5BcurrentPage%5D={n + 1}&cHash=ab{n}f" if n else ""), "Pressemitteilungen", f'<div id="c402" class="frame frame-default frame-type-list"><div class="news"><div class="news-list-view" id="news-container-402">{"".join(row(r) for r in rows)}<ul class="f3-widget-paginator">{pager}</ul></div></div></div>')  # fmt: skip
    return m.site(m.section, parts[0], more=rels[10:])


# -- Contao ----------------------------------------------------------------------------------------------------------
def _contao_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(f'<li class="sibling"><a href="{u}" class="sibling" itemprop="url"><span itemprop="name">{e(n)}</span></a></li>' for n, u, _ in m.navigation())  # fmt: skip
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="UTF-8"><title>{e(s.title)} - {e(m.company)}</title><base href="%%BASE%%/"><meta name="generator" content="Contao Open Source CMS">{s.head}</head><body id="top" class="mac chrome blink"><div id="wrapper"><header id="header"><div class="inside"><a href="./"><img src="files/theme/logo.svg" alt="{e(m.company)}"></a><nav class="mod_navigation block" itemscope itemtype="http://schema.org/SiteNavigationElement"><ul class="level_1">{menu}</ul></nav></div></header>
<div id="container"><main id="main"><div class="inside">{s.main}</div></main><aside id="right"><div class="inside"><div class="mod_eventlist block"><h2>Termine</h2><div class="event layout_upcoming upcoming"><a href="termine/tag-der-offenen-tuer.html" title="Tag der offenen Tür">Tag der offenen Tür</a> <time datetime="2026-06-13">(13.06.2026)</time></div><div class="event layout_upcoming"><a href="termine/fachforum-dach.html">Fachforum Dach</a> <time datetime="2026-09-24">(24.09.2026)</time></div></div></div></aside></div><footer id="footer"><div class="inside"><a href="impressum.html">Impressum</a> <a href="datenschutz.html">Datenschutz</a></div></footer></div></body></html>"""


def _contao_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<div class="mod_newsreader block"><div class="layout_full block"><h1>{e(r.title)}</h1><p class="info"><time datetime="{r.published.isoformat()}" itemprop="datePublished">{r.published:%d.%m.%Y %H:%M}</time> von {m.writer.press_person()}</p><div class="ce_text block">{m.paras(r)}</div></div><p class="back"><a href="javascript:history.go(-1)" title="Zurück">Zurück</a></p></div>"""


def contao_base() -> Site:
    """`<base>` and relative links, `info` with time and author above the headline, `Weiterlesen …` below."""
    m = Desk("contao_base", "Steinfurther Dachziegelwerke", "de", _contao_chrome, _contao_article, section="/presse.html", ending=".html", marks=())  # fmt: skip
    rels = m.take(
        14, date(2026, 4, 29), lambda n, d, s: f"/presse-detail/{s}.html", gap=(12, 40), minutes=True
    )

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        css = ("first " if n == 0 else "") + ("even" if n % 2 else "odd")
        return f"""<div class="layout_latest arc_3 block {css}" itemscope itemtype="http://schema.org/Article"><p class="info"><time datetime="{r.published.isoformat()}" itemprop="datePublished">{r.published:%d.%m.%Y %H:%M}</time> von {m.writer.press_person()}</p><h2 itemprop="name"><a href="{r.url_path[1:]}" title="Den Artikel lesen: {e(r.title)}" itemprop="url">{e(r.title)}</a></h2><div class="ce_text block" itemprop="description"><p>{m.lead(r)}</p></div><p class="more"><a href="{r.url_path[1:]}" title="Den Artikel lesen: {e(r.title)}">Weiterlesen …<span class="invisible"> {e(r.title)}</span></a></p></div>"""

    for n, rows in enumerate(chunks(rels, 7)):
        m.put(m.section + (f"?page_n7={n + 1}" if n else ""), "Presse", f'<div class="mod_article block" id="article-12"><h1 class="ce_headline">Presse</h1><div class="mod_newslist block">{"".join(row(i, r) for i, r in enumerate(rows))}<nav class="pagination block" aria-label="Seitenumbruch-Menü"><p>Seite {n + 1} von 2</p><ul><li><strong class="active">1</strong></li><li><a href="presse.html?page_n7=2" class="link" title="Gehe zu Seite 2">2</a></li></ul></nav></div></div>')  # fmt: skip
    m.put("/", "Startseite", f'<div class="mod_article"><h1>Dächer seit 1926</h1><p>{e(m.writer.about())}</p><p><a href="presse.html">Presse</a></p></div>')  # fmt: skip
    return m.site("/", rels[:7], more=rels[7:], listing=m.section)


# -- a ministry in a Land's portal -----------------------------------------------------------------------------------
def _land_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de" class="no-js"><head><meta charset="utf-8"><title>{e(s.title)}: Niederwalden.example</title>{s.head}</head><body class="page page--ministry"><ul class="skiplinks"><li><a href="#content">Zum Inhalt</a></li></ul><header class="page-header"><div class="page-header__leichte"><a href="/de/leichte-sprache">Leichte Sprache</a> <a href="/de/gebaerdensprache">Gebärdensprache</a> <a href="/en">English</a></div><a class="logo" href="/de">{e(m.company)}</a><nav class="main-navigation"><ul><li><a href="/de/service/presse">Presse</a><ul><li><a href="/de/service/presse/pressemitteilungen">Pressemitteilungen</a></li><li><a href="/de/service/presse/reden">Reden und Interviews</a></li><li><a href="/de/service/presse/mediathek">Mediathek</a></li></ul></li><li><a href="/de/regierung">Regierung</a></li><li><a href="/de/bw-gestalten">Land gestalten</a></li><li><a href="/de/service/publikationen">Publikationen</a></li></ul></nav></header>
<main id="content">{s.main}</main><footer><ul><li><a href="/de/impressum">Impressum</a></li><li><a href="/de/barrierefreiheit">Barrierefreiheit</a></li></ul><p>Folgen Sie uns: <a href="https://mastodon.example/@land">Mastodon</a></p></footer></body></html>"""


def _land_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article class="article"><header class="article__header"><ul class="article__meta"><li class="article__date">{dotted(r.day)}</li></ul><h1>{e(r.title)}</h1></header><p class="article__intro">{m.lead(r, 300)}</p><div class="article__body">{m.paras(r)}</div></article>"""


def land_portal() -> Site:
    """One page of large and small teasers: date and dossier in a list of facts, a kicker before the headline in its anchor."""
    m = Desk("land_portal", "Ministerium für Verkehr Niederwalden", "de", _land_chrome, _land_article, section="/de/service/presse/pressemitteilungen", titles="titles_public", marks=("og",), press=False)  # fmt: skip
    rels = m.take(
        30, date(2026, 5, 20), lambda n, d, s: f"/de/service/presse/pressemitteilung/pid/{s}", gap=(0, 3)
    )
    topics = ("Radverkehr", "Schiene", "Straßenbau", "Luftreinhaltung", "Förderung")

    def row(n: int, r: Release) -> str:
        assert r.day
        return f"""<article class="teaser teaser--{"large" if n == 0 else "list"}"><div class="teaser__image"><picture><source srcset="/i/{n}.webp"><img src="/i/{n}.jpg" alt="Symbolbild"></picture><span class="teaser__copyright">Bild: © Land Niederwalden</span></div><ul class="teaser__facts"><li class="teaser__topic"><a href="/de/thema/{topics[n % 5].lower().replace("ß", "ss").replace("ö", "oe")}">{topics[n % 5]}</a></li><li class="teaser__date">{long_date(r.day, "de")}</li></ul><h2 class="teaser__headline"><a class="teaser__link" href="{r.url_path}">{e(r.title)}</a></h2><p class="teaser__text">{m.lead(r, 200)} <a class="link-more" href="{r.url_path}" aria-hidden="true" tabindex="-1">Mehr</a></p></article>"""

    pages = list(chunks(rels, 15))
    for n, rows in enumerate(pages):
        form = '<form class="filterform"><label>Ressort<select name="r"><option>Alle</option><option>Verkehr</option></select></label><label>Von<input type="date" name="von"></label><label>Bis<input type="date" name="bis"></label><button>Filtern</button></form><p class="resultcount">30 Ergebnisse gefunden</p>'
        m.put(m.section + (f"?seite={n + 1}" if n else ""), "Pressemitteilungen", f'<h1>Pressemitteilungen</h1>{form}<div class="teaserlist">{"".join(row(i, r) for i, r in enumerate(rows))}</div><nav class="pagination"><a class="pagination__next" href="{m.section}?seite=2">Nächste Seite</a></nav>')  # fmt: skip
    return m.site(m.section, pages[0], more=rels[15:])


# -- police ----------------------------------------------------------------------------------------------------------
def _pol_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} - Polizei Karlsbrück</title>{s.head}</head><body class="template-land"><div id="page-wrapper"><header id="header"><div class="html5-section inner"><a href="/" class="html5-figure">Karlsbrück.example</a></div><nav class="html5-nav"><ul><li><a href="/polizei/service/">Service</a></li><li><a href="/polizei/aufgaben/">Aufgaben</a></li><li><a href="/polizei/verkehr/">Verkehr</a></li><li><a href="/polizei/polizeimeldungen/">Polizeimeldungen</a></li><li><a href="/polizei/beruf/">Beruf</a></li></ul></nav></header><div id="layout-grid"><div id="layout-grid__area--maincontent">{s.main}</div><div class="modul-sidebar"><h3>Onlinewache</h3><a href="/polizei/internetwache/">Anzeige erstatten</a><h3>Notruf</h3><a href="tel:110">110</a></div></div><footer><a href="/polizei/impressum">Impressum</a></footer></div></body></html>"""


def _pol_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<div class="article"><h1 class="title">{e(r.title)}</h1><div class="polizeimeldung">Polizeimeldung vom {dotted(r.published)}</div><div class="polizeimeldung">{e(m.writer.home)}</div><div class="textile"><p><strong>Nr. {r.published:%j}</strong></p>{m.paras(r, 3)}</div></div>"""


def police_table() -> Site:
    """A tabular list of a year: `12.05.2026 10:30 Uhr` in a cell, headline and place of the event in the other."""
    m = Desk("police_table", "Polizei Karlsbrück", "de", _pol_chrome, _pol_article, section="/polizei/polizeimeldungen/", titles="titles_public", marks=(), press=False)  # fmt: skip
    rels = m.take(60, date(2026, 5, 20), lambda n, d, s: f"/polizei/polizeimeldungen/{d.year}/pressemitteilung.{1660000 + n * 13}.php", gap=(0, 2), minutes=True)  # fmt: skip
    # the newest morning is before the reader's now, and times of one day fall
    rels.sort(key=lambda r: str(r.published), reverse=True)
    while rels[0].published and str(rels[0].published) > "2026-05-20 10:30":
        rels.pop(0)

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<li class="row-fluid"><div class="span2 cell nowrap date">{r.published:%d.%m.%Y %H:%M} Uhr</div><div class="span10 cell text"><a href="{r.url_path}">{e(r.title)}</a><span class="category">Ereignisort: {m.writer.words["places"][n % 8]}</span></div></li>"""

    pages = list(chunks(rels, 50))
    for n, rows in enumerate(pages):
        m.put(m.section + (f"?page_at_1_0={n + 1}" if n else ""), "Polizeimeldungen", f'<h1 class="title">Polizeimeldungen</h1><div class="modul-text_bild"><p>Hier finden Sie die aktuellen Meldungen der Polizei. <a href="/polizei/polizeimeldungen/archiv/">Zum Archiv</a></p></div><form><select name="Bezirk"><option>Alle Ortsteile</option></select></form><div class="modul-autoteaser"><h2>Polizeimeldungen</h2><ul class="list--tablelist"><li class="header"><div class="span2 head date">Datum</div><div class="span10 head text">Titel</div></li>{"".join(row(i, r) for i, r in enumerate(rows))}</ul><div class="pager"><a href="{m.section}?page_at_1_0=2">2</a></div></div>')  # fmt: skip
    return m.site(m.section, pages[0], more=rels[50:])


# -- a hospital ------------------------------------------------------------------------------------------------------
def _clinic_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} – {e(m.company)}</title>{s.head}</head><body><div class="emergency"><a href="/notfall">Notfall</a> <a href="tel:112">112</a></div><header><a href="/" class="brand">{e(m.company)}</a><nav class="offcanvas"><ul><li><a href="/kliniken">Kliniken &amp; Zentren</a><ul><li><a href="/kliniken/kardiologie">Kardiologie</a></li><li><a href="/kliniken/geburtshilfe">Geburtshilfe</a></li><li><a href="/kliniken/unfallchirurgie">Unfallchirurgie</a></li></ul></li><li><a href="/patienten">Patienten &amp; Besucher</a></li><li><a href="/karriere">Karriere</a></li><li><a href="/ueber-uns/aktuelles">Aktuelles</a></li><li><a href="/spenden">Spenden</a></li></ul></nav></header>{s.main}<section class="contact-tiles"><div class="tile"><h4>Zentrale</h4><p>00 00 / 123-0</p></div><div class="tile"><h4>Unternehmenskommunikation</h4><p>{m.writer.press_person()}</p></div></section><footer><a href="/impressum">Impressum</a><a href="/hinweisgeber">Hinweisgebersystem</a></footer></body></html>"""


def _clinic_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<main class="detail"><p class="date">{long_date(r.day, "de")}</p><h1>{e(r.title)}</h1><p class="lead">{m.lead(r)}</p>{m.paras(r)}<a class="btn" href="/ueber-uns/aktuelles/presse">Zurück zur Übersicht</a></main>"""


def hospital_badges() -> Site:
    """A badge of day, short month and year in spans; dates of courses in the same badge beside the list."""
    m = Desk("hospital_badges", "Klinikum Oberwalden", "de", _clinic_chrome, _clinic_article, section="/ueber-uns/aktuelles/presse", titles="titles_public", marks=("og",))  # fmt: skip
    rels = m.take(20, date(2026, 5, 15), lambda n, d, s: f"/ueber-uns/aktuelles/presse/{s}", gap=(4, 12))

    def badge(d: date) -> str:
        return f'<div class="datebadge"><span class="datebadge-day">{d.day:02d}</span><span class="datebadge-month">{SHORT_DE[d.month - 1]}</span><span class="datebadge-year">{d.year}</span></div>'

    def row(r: Release) -> str:
        assert r.day
        return f'<a class="news-item" href="{r.url_path}">{badge(r.day)}<div class="news-item-body"><h3>{e(r.title)}</h3><p>{m.lead(r, 120)}</p><span class="fake-link">weiterlesen</span></div></a>'

    courses = "".join(f'<a class="event-item" href="{u}">{badge(d)}<div><h4>{e(t)}</h4><p>18:00 Uhr, Hörsaal</p></div></a>' for t, u, d in m.others("event", "/veranstaltungen", 4, (8, 15, 29)))  # fmt: skip
    m.put(m.section, "Pressemitteilungen", f'<main><h1>Pressemitteilungen</h1><div class="grid"><div class="col-8 news-list">{"".join(row(r) for r in rels)}<a class="btn" href="{m.section}/archiv">Archiv</a></div><div class="col-4"><h2>Veranstaltungen und Kurse</h2>{courses}<a href="/veranstaltungen">Alle Veranstaltungen</a></div></div></main>')  # fmt: skip
    return m.site(m.section, rels)


# -- a bank: one accordion a year, PDF only ----------------------------------------------------------------------------
def _bank_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title></head><body><header class="mkp-header"><a href="/de/home.html">{e(m.company)}</a><nav><ul><li><a href="/de/home/privatkunden.html">Privatkunden</a></li><li><a href="/de/home/firmenkunden.html">Firmenkunden</a></li><li><a href="/de/home/ihre-bank/presse.html">Presse</a></li></ul></nav><a class="login" href="/banking">Online-Banking</a></header><div class="if6_outer">{s.main}</div><footer><ul><li><a href="/de/home/toolbar/impressum.html">Impressum</a></li><li><a href="/de/home/toolbar/preise.html">Preise &amp; Hinweise</a></li></ul><p>BLZ 000 000 00, BIC XXXXDE00XXX</p></footer></body></html>"""


def bank_accordion() -> Site:
    """`<details>` per year, day and month only, and the release is a PDF whose size stands in the link's text beside."""
    m = Desk("bank_accordion", "Volksbank Mühlengrund eG", "de", _bank_chrome, _clinic_article, section="/de/home/ihre-bank/presse.html", press=False, marks=())  # fmt: skip
    rels = m.take(36, date(2026, 5, 11), lambda n, d, s: f"/content/dam/f1193-0/presse/{d:%Y-%m-%d}_pm-{s[:40].strip('-')}.pdf", gap=(9, 25))  # fmt: skip
    for r in rels:
        pdf(m, r.url_path)

    def row(n: int, r: Release) -> str:
        assert r.day
        return f'<li class="download-item"><span class="download-date">{r.day:%d.%m.}</span> <a href="{r.url_path}" target="_blank" class="download-link">{e(r.title)}</a> <span class="filesize">(PDF, {n * 13 % 400 + 80} KB)</span></li>'

    body = "".join(f'<details class="accordion"{" open" if y == 2026 else ""}><summary class="accordion-title"><h3>{y}</h3></summary><div class="accordion-content"><ul>{"".join(row(n, r) for n, r in enumerate(rows))}</ul></div></details>' for y, rows in years(rels).items())  # fmt: skip
    m.put(m.section, "Presse", f'<h1>Presse</h1><p>Hier finden Sie unsere Pressemitteilungen zum Herunterladen.</p><h2>Pressemitteilungen</h2>{body}<h2>Bildmaterial</h2><ul><li><a href="/content/dam/f1193-0/logo.zip">Logo der Bank (ZIP, 2 MB)</a></li><li><a href="/content/dam/f1193-0/vorstand.jpg">Foto des Vorstands (JPG, 4 MB)</a></li></ul><h2>Ihr Kontakt</h2><p>{m.writer.press_person()}, Pressesprecherin</p>')  # fmt: skip
    m.bad += ["/content/dam/f1193-0/logo.zip", "/content/dam/f1193-0/vorstand.jpg"]
    return m.site(m.section, rels)


# -- a football club -------------------------------------------------------------------------------------------------
def _club_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html data-n-head-ssr lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><div id="__nuxt"><div id="__layout"><div class="app"><header class="app-header"><a href="/" class="crest nuxt-link-active"><img src="/crest.svg" alt="{e(m.company)}"></a><nav><a href="/news">News</a><a href="/teams/profis">Profis</a><a href="/tickets">Tickets</a><a href="https://shop.example">Fanshop</a><a href="/medien/presse">Medien</a></nav><div class="next-match"><span>34. Spieltag</span><strong>SV Lingenau – {e(m.company)}</strong><span>Sa. 23.05.26, 15:30</span></div></header>{s.main}<section class="sponsors"><a href="https://bank.example"><img alt="Bank"></a><a href="https://brauerei.example"><img alt="Brauerei"></a></section><footer><a href="/impressum">Impressum</a></footer></div></div></div></body></html>"""


_CLUB = (
    "{p} verlängert bis 2029", "Stadionumbau: Stadtrat stimmt für Neubau der Nordtribüne", "Außerordentliche Mitgliederversammlung am 14. Juni", "{p} wechselt zum FC {o}", "Klub schließt Geschäftsjahr mit Überschuss von {n} Millionen Euro", "Frauen: Aufstieg in die zweite Liga perfekt", "Neuer Hauptsponsor ab Juli", "Stellungnahme zu den Vorfällen in {o}", "{n}.000 Dauerkarten verkauft", "Trainerteam der U19 steht", "{p} am Knie operiert", "Ligagericht reduziert Strafe nach Spiel in {o}",
    "Anstoßzeiten für die Spieltage 30 bis 33 stehen fest", "Spende von {n}.000 Euro an das Kinderhospiz", "Sonderzug nach {o}: Informationen für Fans", "Klub eröffnet Ausstellung zum 100-jährigen Bestehen", "Leihe beendet: {p} kehrt zurück", "Nachwuchszentrum erneut mit drei Sternen ausgezeichnet", "Trauer um Ehrenpräsident Willi Sandhop", "Wintertrainingslager findet in {o} statt",
)  # fmt: skip


def club_media() -> Site:
    """Server-drawn Nuxt: one anchor a card with `Di. 12.05.26`, a chip and the headline; the next match in the head."""
    m = Desk("club_media", "FC Eintracht Brunsrode", "de", _club_chrome, _clinic_article, section="/medien/presse", titles="titles_public", marks=("og",), press=False)  # fmt: skip
    names = ("Mirko Abendroth", "Jonas Wichert", "Levin Okafor", "Tadej Krol", "Ben Hüskes")

    def title(n: int) -> str:
        return _CLUB[n].format(p=names[n * 3 % 5], o=m.writer.words["places"][n % 8], n=n + 4)  # fmt: skip

    rels = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/medien/presse/{s}-{n}", gap=(2, 7), title=title)

    def card(n: int, r: Release) -> str:
        assert r.day
        chip = ("Verein", "Profis", "Frauen")[n % 3]
        return f'<a href="{r.url_path}" class="card card--{"xl" if n == 0 else "m"}" data-v-4a1c><div class="card__media" data-v-4a1c><img data-v-4a1c loading="lazy" src="/img/{n}.webp" alt=""></div><div class="card__content" data-v-4a1c><span class="card__chip" data-v-4a1c>{chip}</span><span class="card__date" data-v-4a1c>{DAYS[r.day.weekday()]}. {r.day:%d.%m.%y}</span><div class="card__headline" data-v-4a1c>{e(r.title)}</div></div></a>'

    m.put(m.section, "Presse", f'<main><h1 class="page-title">Presse</h1><div class="tabs"><button class="active">Pressemitteilungen</button><button>Akkreditierung</button><button>Downloads</button></div><div class="cards">{"".join(card(n, r) for n, r in enumerate(rels))}</div><button class="load-more">Mehr laden</button></main>')  # fmt: skip
    return m.site(m.section, rels)


# -- a university ----------------------------------------------------------------------------------------------------
def _uni_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="de"><head><meta charset="utf-8"/><title>{e(s.title)} — {e(m.company)}</title><meta name="generator" content="Plone - http://plone.org"/>{s.head}</head><body class="template-newslist section-presse" dir="ltr"><div id="portal-top"><a id="portal-logo" href="/"><img src="/logo.png" alt="{e(m.company)}"/></a><ul id="portal-globalnav"><li><a href="/studium">Studium</a></li><li><a href="/forschung">Forschung</a></li><li><a href="/fakultaeten">Fakultäten</a></li><li><a href="/presse">Presse</a></li></ul></div><div id="portal-breadcrumbs">Sie sind hier: <a href="/">Startseite</a> → {e(s.title)}</div><div id="content">{s.main}</div><div id="portal-column-two"><dl class="portlet portletEvents"><dt class="portletHeader">Termine</dt><dd class="portletItem odd"><a href="/termine/ringvorlesung-wasser">Ringvorlesung Wasser</a><span class="portletItemDetails">27.05.2026 18:15</span></dd><dd class="portletItem even"><a href="/termine/dies-academicus">Dies academicus</a><span class="portletItemDetails">10.06.2026</span></dd></dl></div><div id="portal-footer"><a href="/impressum">Impressum</a></div></body></html>"""


def _uni_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<h1 class="documentFirstHeading">{e(r.title)}</h1><div class="documentByLine"><span class="documentPublished"><span>veröffentlicht</span>: {long_date(r.day, "de")}</span></div><p class="documentDescription">{m.lead(r)}</p><div id="content-core">{m.paras(r)}</div>"""


def university_months() -> Site:
    """A definition list below each month's heading: `12.5.` and number in the `dt`, the headline in the `dd`; a sitemap."""
    m = Desk("university_months", "Universität Lingenau", "de", _uni_chrome, _uni_article, section="/presse/mitteilungen-2026", titles="titles_public", marks=("og",), press=False)  # fmt: skip
    rels = m.take(40, date(2026, 5, 18), lambda n, d, s: f"/presse/mitteilungen-2026/{n:03d}-{s}", gap=(2, 4))
    rels = [r for r in rels if r.day and r.day.year == 2026]

    body = ""
    for (_, _), group in groupby(rels, key=lambda r: (r.day.year, r.day.month) if r.day else (0, 0)):
        rows = list(group)
        assert rows[0].day
        inner = "".join(f'<dt>{r.day.day}.{r.day.month}.</dt><dd><a class="internal-link" href="{r.url_path}">{e(r.title)}</a></dd>' for r in rows if r.day)  # fmt: skip
        body += f'<h2>{month(rows[0].day, "de")} {rows[0].day.year}</h2><dl class="pm-liste">{inner}</dl>'
    past = "".join(f'<li><a href="/presse/mitteilungen-{y}">Pressemitteilungen {y}</a></li>' for y in (2025, 2024, 2023, 2022))  # fmt: skip
    m.put(m.section, "Pressemitteilungen 2026", f'<h1 class="documentFirstHeading">Pressemitteilungen 2026</h1><p class="discreet">Die Mitteilungen können frei verwendet werden.</p>{body}<h2>Frühere Jahre</h2><ul>{past}</ul>')  # fmt: skip
    sitemap(m, [("/", "2026-05-01"), ("/studium", "2026-03-02"), (m.section, "2026-05-18")] + [(r.url_path, str(r.day)) for r in rels])  # fmt: skip
    return m.site(m.section, rels)


SITES = (typo3_query, contao_base, land_portal, police_table, hospital_badges, bank_accordion, club_media, university_months)  # fmt: skip
