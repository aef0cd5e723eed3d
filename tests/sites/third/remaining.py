"""Lists whose dates stand in unusual places, and five sites that have no releases at all."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sites.kit import NOW, Release, Site
from sites.prose import long_date
from sites.skins import Sheet

from .desk import Desk, e, pdf, short, sitemap, years


def _article(m: Desk, r: Release) -> str:
    assert r.day
    return f'<article class="post-content"><h1>{e(r.title)}</h1><p class="when">{long_date(r.day, m.language)}</p>{m.paras(r)}<p class="boiler">{e(m.writer.about())}</p></article>'


def _bare_article(m: Desk, r: Release) -> str:
    return f'<article class="post-content"><h1>{e(r.title)}</h1>{m.paras(r)}</article>'


# -- WPBakery: the day only in the address -----------------------------------------------------------------------------
def _vc_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="it-IT"><head><meta charset="UTF-8"><title>{e(s.title)} | {e(m.company)}</title><meta name="generator" content="Powered by WPBakery Page Builder">{s.head}</head><body class="wpb-js-composer vc_responsive"><div id="top-bar"><a href="tel:+39000">+39 000</a></div><header id="site-header"><a href="/">{e(m.company)}</a><ul class="dropdown-menu sf-menu"><li><a href="/azienda/"><span class="link-inner">Azienda</span></a></li><li><a href="/prodotti/"><span class="link-inner">Prodotti</span></a></li><li><a href="/comunicati/"><span class="link-inner">Comunicati</span></a></li></ul></header><div id="content">{s.main}</div><footer id="footer"><div class="widget"><h4>Iscriviti</h4><form><input type="email"></form></div><a href="/privacy/">Privacy</a></footer></body></html>"""


def wpbakery_url_only() -> Site:
    """Picture tiles with headlines; neither list nor article tells a day, only the address does."""
    m = Desk("wpbakery_url_only", "Officine Valdossena", "it", _vc_chrome, _bare_article, section="/comunicati/", ending="/", zone="Europe/Rome", marks=(), press=False)  # fmt: skip
    rels = m.take(12, date(2026, 5, 11), lambda n, d, s: f"/{d:%Y/%m/%d}/{s}/", gap=(6, 22))
    tiles = "".join(f'<div class="vcex-post-type-entry col span_1_of_3"><div class="vcex-post-type-entry-media entry-media"><a href="%%BASE%%{r.url_path}" title="{e(r.title)}"><img class="lazyload" data-src="/wp-content/uploads/{n}.jpg" alt="{e(r.title)}"></a><noscript><a href="%%BASE%%{r.url_path}"><img src="/wp-content/uploads/{n}.jpg"></a></noscript></div><div class="entry-details"><h2 class="entry-title"><a href="%%BASE%%{r.url_path}">{e(r.title)}</a></h2><div class="entry-excerpt">{m.lead(r, 90)}</div><a class="entry-readmore theme-button" href="%%BASE%%{r.url_path}">Leggi tutto <span class="vcex-readmore-rarr">&rarr;</span></a></div></div>' for n, r in enumerate(rels))  # fmt: skip
    m.put(m.section, "Comunicati", f'<div class="vc_row wpb_row"><div class="wpb_column vc_column_container"><h1>Comunicati stampa</h1><div class="vcex-post-type-archive wpex-row">{tiles}</div></div></div>')  # fmt: skip
    return m.site(m.section, rels, dated="url", zone="Europe/Rome")


# -- tabs of years in which the PDF's name is the title ----------------------------------------------------------------
def _tab_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title></head><body><header class="c-header"><a href="/">{e(m.company)}</a><button class="c-burger">Menu</button><nav><a href="/investor">Investor</a><a href="/investor/selskabsmeddelelser">Selskabsmeddelelser</a><a href="/investor/finanskalender">Finanskalender</a></nav></header><main>{s.main}</main><footer><a href="/cookies">Cookies</a></footer></body></html>"""


def announcement_tabs() -> Site:
    """Company announcements: number, day and title of each, the link named `Download`; a panel for each year, one shown."""
    m = Desk("announcement_tabs", "Lyngbæk Biotek A/S", "da", _tab_chrome, _article, section="/investor/selskabsmeddelelser", zone="Europe/Copenhagen", marks=(), press=False)  # fmt: skip
    rels = m.take(26, date(2026, 5, 7), lambda n, d, s: f"/media/{1200 + n}/selskabsmeddelelse-{n:02d}-{d.year}.pdf", gap=(9, 24))  # fmt: skip
    for r in rels:
        pdf(m, r.url_path)

    def row(n: int, r: Release) -> str:
        assert r.day
        return f'<div class="c-doc"><div class="c-doc__no">Nr. {n}</div><div class="c-doc__date">{r.day.day}. {short(r, "da")}. {r.day.year}</div><div class="c-doc__title">{e(r.title)}</div><a class="c-doc__link" href="{r.url_path}" download>Download</a></div>'

    by = years(rels)
    tabs = "".join(f'<button role="tab" id="t{y}" aria-controls="p{y}" aria-selected="{str(y == 2026).lower()}">{y}</button>' for y in by)  # fmt: skip
    panels = "".join(f'<div role="tabpanel" id="p{y}" aria-labelledby="t{y}"{"" if y == 2026 else " hidden"}>{"".join(row(len(rows) - n, r) for n, r in enumerate(rows))}</div>' for y, rows in by.items())  # fmt: skip
    m.put(m.section, "Selskabsmeddelelser", f'<h1>Selskabsmeddelelser</h1><div role="tablist">{tabs}</div>{panels}<section><h2>Rapporter</h2><div class="c-doc"><div class="c-doc__title">Årsrapport 2025</div><a class="c-doc__link" href="{pdf(m, "/media/1090/aarsrapport-2025.pdf")}" download>Download</a></div></section>')  # fmt: skip
    m.bad.append("/media/1090/aarsrapport-2025.pdf")
    return m.site(m.section, rels, zone="Europe/Copenhagen")


# -- Astro islands -----------------------------------------------------------------------------------------------------------
def _astro_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en" data-astro-cid-sckkx6r4><head><meta charset="utf-8"><meta name="generator" content="Astro v5.7.5"><title>{e(s.title)}</title>{s.head}</head><body data-astro-cid-sckkx6r4><header data-astro-cid-3ef6ksr2><h2><a href="/">{e(m.company)}</a></h2><div class="internal-links"><a href="/network/">Network</a><a href="/tickets/">Tickets</a><a href="/press/" class="active">Press</a></div></header><main>{s.main}</main><footer data-astro-cid-sz7xmlte>&copy; 2026 {e(m.company)}. <a href="/accessibility/">Accessibility</a></footer></body></html>"""


def astro_islands() -> Site:
    """`time` without datetime and a short year, `26 Nov '25`; service notices with dates in a box beside the list."""
    m = Desk("astro_islands", "Ellery Tramways", "en", _astro_chrome, _article, section="/press/", ending="/", titles="titles_public", zone="Europe/London", marks=("og",), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 18), lambda n, d, s: f"/press/{s}/", gap=(7, 15))
    rows = "".join(f"<li data-astro-cid-5tznm7mj><a href=\"{r.url_path}\" data-astro-cid-5tznm7mj><h4 class=\"title\" data-astro-cid-5tznm7mj>{e(r.title)}</h4><p class=\"date\" data-astro-cid-5tznm7mj><time>{r.day.day} {short(r, 'en')} '{r.day:%y}</time></p></a></li>" for r in rels if r.day)  # fmt: skip
    today = NOW.date()
    notices = "".join(f'<li><a href="{m.not_a_release(t, u)}">{t}</a> <time>{(today + timedelta(n)).day} {(today + timedelta(n)):%b} \'26</time></li>' for t, u, n in (("Line 3: replacement buses", "/service/line-3/", 2), ("Lift out of order at Quay", "/service/lift-quay/", -1), ("Line 5: evening closures", "/service/line-5/", 9)))  # fmt: skip
    island = e(json.dumps({"topics": [0, ["all", "network", "people"]]}))
    m.put(m.section, "Press", f'<astro-island uid="Z1" component-url="/_astro/Filter.js" props="{island}" client="load" ssr><div class="filter"><button>All</button><button>Network</button><button>People</button></div></astro-island><section><h1>Press releases</h1><ul>{rows}</ul></section><aside><h2>Service notices</h2><ul>{notices}</ul></aside>')  # fmt: skip
    sitemap(m, [("/", "2026-05-18"), (m.section, "2026-05-18")] + [(r.url_path, "2026-05-18") for r in rels])
    return m.site(m.section, rels, zone="Europe/London")


# -- no releases: a board of jobs ----------------------------------------------------------------------------------------------
def _jobs_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | Jobs bei {e(m.company)}</title></head><body class="pst-jobs"><header><a href="/"><img src="/logo.png" alt="{e(m.company)}"></a><a href="/?language=en">English</a></header>{s.main}<footer><a href="/privacy-policy">Datenschutz</a><a href="/imprint">Impressum</a></footer></body></html>"""


def only_jobs() -> Site:
    """An applicants' portal: cards of vacancies with the day of posting; nothing that a press office wrote."""
    m = Desk("only_jobs", "Harmsdorf Logistik", "de", _jobs_chrome, _article, section="/jobs", press=False)
    jobs = m.others("job", "/job", 9, (-2, -7, -15, -31))
    cards = "".join(f'<a class="job-box-link" href="{u}" data-job-category="Lager"><div class="job-box"><div class="jb-title">{e(t)} (m/w/d)</div><div class="jb-description">Festanstellung, Vollzeit · {m.writer.words["places"][n % 8]}</div><span class="jb-date">Veröffentlicht am {d:%d.%m.%Y}</span></div></a>' for n, (t, u, d) in enumerate(jobs))  # fmt: skip
    m.put("/", "Stellenangebote", f'<section class="job-list-intro"><h1>Offene Stellen</h1><p>Komm ins Team!</p></section><div class="filters"><select><option>Alle Standorte</option></select></div><div class="job-list-desc">{cards}</div><p>Nichts dabei? <a href="/job/initiativ">Initiativbewerbung</a></p>')  # fmt: skip
    return m.site("/", ())


# -- a shop ------------------------------------------------------------------------------------------------------------------------
def _store_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)} – {e(m.company)}</title></head><body class="woocommerce woocommerce-page"><header class="site-header"><a href="/">{e(m.company)}</a><nav><ul class="menu"><li><a href="/shop/">Shop</a></li><li><a href="/product-category/lamps/">Lamps</a></li><li><a href="/delivery/">Delivery</a></li><li><a href="/my-account/">My account</a></li></ul></nav><a class="cart-contents" href="/cart/">£0.00 (0 items)</a></header><main>{s.main}</main><footer><a href="/returns/">Returns</a><a href="/terms/">Terms</a></footer></body></html>"""


def only_shop() -> Site:
    """WooCommerce products with sale ends and reviews that are dated."""
    m = Desk(
        "only_shop",
        "Cathcart Lamps",
        "en",
        _store_chrome,
        _article,
        section="/shop/",
        ending="/",
        press=False,
    )
    goods = m.others("product", "/product", 12, (-3,), "/")
    cells = "".join(f'<li class="product type-product instock"><a href="{u}" class="woocommerce-LoopProduct-link"><img src="/i/{n}.jpg" alt=""><h2 class="woocommerce-loop-product__title">{e(t.capitalize())} lamp</h2><span class="price"><span class="woocommerce-Price-amount">£{n * 9 + 24}.00</span></span></a><a href="?add-to-cart={n}" class="button add_to_cart_button">Add to basket</a></li>' for n, (t, u, _) in enumerate(goods))  # fmt: skip
    reviews = "".join(f'<li><a href="{goods[n][1]}#reviews">{e(goods[n][0].capitalize())} lamp</a><div class="star-rating">Rated 5 out of 5</div><span class="reviewer">by Joan, {d} May 2026</span></li>' for n, d in ((0, 12), (3, 9), (5, 2)))  # fmt: skip
    m.put("/", "Shop", f'<h1 class="page-title">Shop</h1><p class="woocommerce-result-count">Showing 1–12 of 48 results</p><form class="woocommerce-ordering"><select><option>Default sorting</option></select></form><ul class="products columns-4">{cells}</ul><div class="widget"><h2>Recent reviews</h2><ul class="product_list_widget">{reviews}</ul></div><div class="banner">Spring sale ends 31 May 2026</div>')  # fmt: skip
    return m.site("/", (), zone="Europe/London")


# -- a calendar ----------------------------------------------------------------------------------------------------------------------
def _cal_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title></head><body class="post-type-archive-tribe_events"><header><a href="/">{e(m.company)}</a><nav><a href="/agenda/">Agenda</a><a href="/billetterie/">Billetterie</a><a href="/le-lieu/">Le lieu</a></nav></header><main>{s.main}</main><footer><a href="/mentions/">Mentions légales</a></footer></body></html>"""


def only_calendar() -> Site:
    """The Events Calendar's list of a concert hall, with events of this month, some past, most to come."""
    m = Desk("only_calendar", "La Grange aux Concerts", "fr", _cal_chrome, _article, section="/agenda/", ending="/", press=False)  # fmt: skip
    today, rows = NOW.date(), ""
    names = ("Quatuor Delorme", "Nuit du jazz manouche", "Scène ouverte", "Récital : Solène Barrault", "Bal folk", "Ciné-concert", "Chœur de Montclair", "Fête de la musique")  # fmt: skip
    for n, name in enumerate(names):
        d = today + timedelta(days=n * 5 - 9)
        at = m.not_a_release(name, f"/event/{n}-{name.split()[0].lower()}/")
        rows += f'<div class="tribe-common-g-row tribe-events-calendar-list__event-row"><div class="tribe-events-calendar-list__event-date-tag"><time class="tribe-events-calendar-list__event-date-tag-datetime" datetime="{d}"><span class="weekday">{("lun", "mar", "mer", "jeu", "ven", "sam", "dim")[d.weekday()]}</span><span class="daynum">{d.day}</span></time></div><article class="tribe-events-calendar-list__event post-{n}"><time datetime="{d}"><span class="tribe-event-date-start">{long_date(d, "fr")} @ 20h30</span></time><h3 class="tribe-events-calendar-list__event-title"><a href="{at}" title="{name}" rel="bookmark">{name}</a></h3><p>Tarif : 18 €</p></article></div>'
    m.put("/agenda/", "Agenda", f'<h1>Agenda</h1><div class="tribe-events-header"><button>Liste</button><button>Mois</button></div><h2 class="tribe-events-calendar-list__month-separator"><time>mai 2026</time></h2><div class="tribe-events-calendar-list">{rows}</div><a href="/agenda/?ical=1">S’abonner au calendrier</a>')  # fmt: skip
    return m.site("/agenda/", (), zone="Europe/Paris")


# -- a list of links -------------------------------------------------------------------------------------------------------------------
def _links_chrome(m: Desk, s: Sheet) -> str:
    return f"""<html><head><title>{e(s.title)}</title><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body bgcolor="#ffffff"><center><h1>{e(m.company)}</h1><p><a href="/">Start</a> | <a href="/verein.html">Verein</a> | <a href="/links.html">Links</a> | <a href="/kontakt.html">Kontakt</a></p></center><hr>{s.main}<hr><p><small>Letzte Änderung: 03.05.2026</small></p></body></html>"""


def only_links() -> Site:
    """A small association's page of links to others, with a word on each."""
    m = Desk("only_links", "Heimatverein Brunsrode", "de", _links_chrome, _article, section="/links.html", ending=".html", press=False)  # fmt: skip
    others = (("Gemeinde Brunsrode", "gemeinde", "Öffnungszeiten des Rathauses"), ("Freiwillige Feuerwehr", "feuerwehr", "Einsätze und Übungen"), ("Kirchenkreis", "kirche", "Gottesdienste"), ("Archiv des Landkreises", "archiv", "Urkunden seit 1412"), ("Mühlenfreunde", "muehle", "Mahltage"), ("Wanderverband", "wandern", "Karten und Wege"), ("Museum im Speicher", "museum", "Sonderschau bis 30. August 2026"))  # fmt: skip
    rows = "".join(
        f'<li><a href="https://{h}.example/" target="_blank">{t}</a> – {w}</li>' for t, h, w in others
    )
    m.put("/links.html", "Links", f"<h2>Links</h2><p>Wir sind für fremde Inhalte nicht verantwortlich.</p><ul>{rows}</ul>")  # fmt: skip
    return m.site("/links.html", ())


# -- a plain home page ---------------------------------------------------------------------------------------------------------------------
def _home_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{e(m.company)}</title></head><body><header><a href="/">{e(m.company)}</a><nav><a href="/diensten">Diensten</a><a href="/projecten">Projecten</a><a href="/over-ons">Over ons</a><a href="/contact">Contact</a></nav></header>{s.main}<footer><p>KvK 00000000</p><a href="/privacy">Privacy</a></footer></body></html>"""


def only_home() -> Site:
    """A craftsman's page: services, projects with their year, voices of customers, opening hours."""
    m = Desk("only_home", "Timmerbedrijf Oosterling", "nl", _home_chrome, _article, section="/", press=False)
    jobs = (("Dakkapel Oudewaarde", "dakkapel-oudewaarde", 2025), ("Boerderij Heerenbroek", "boerderij-heerenbroek", 2024), ("Winkelpui Nieuwkerke", "winkelpui-nieuwkerke", 2024))  # fmt: skip
    tiles = "".join(f'<a class="project" href="{m.not_a_release(t, f"/projecten/{u}")}"><img src="/p/{u}.jpg" alt=""><h3>{t}</h3><span>{y}</span></a>' for t, u, y in jobs)  # fmt: skip
    m.put("/", m.company, f'<section class="hero"><h1>Vakwerk in hout</h1><a class="btn" href="/contact">Offerte aanvragen</a></section><section><h2>Onze diensten</h2><div class="tile"><h3><a href="/diensten/kozijnen">Kozijnen</a></h3></div><div class="tile"><h3><a href="/diensten/trappen">Trappen</a></h3></div></section><section><h2>Projecten</h2>{tiles}</section><blockquote>Netjes en op tijd. <cite>Fam. De Wit, 14 april 2026</cite></blockquote><section><h2>Openingstijden</h2><p>Gesloten van 27 juli t/m 14 augustus 2026.</p></section>')  # fmt: skip
    return m.site("/", (), zone="Europe/Amsterdam")


SITES = (wpbakery_url_only, announcement_tabs, astro_islands, only_jobs, only_shop, only_calendar, only_links, only_home)  # fmt: skip
