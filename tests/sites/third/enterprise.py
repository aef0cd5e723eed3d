"""Large firms' systems: Next.js with streamed state, AEM, an automaker's media site, ECL on Angular, SharePoint, WebForms, Sitecore and more."""

from __future__ import annotations

import json
from datetime import date, datetime

from sites.kit import Release, Site
from sites.prose import dotted, long_date, month, us_date
from sites.skins import Sheet

from .desk import Desk, chunks, e, pdf, robots, rss, short, sitemap, years


def _article(m: Desk, r: Release) -> str:
    assert r.day
    when = us_date(r.day) if str(m.zone).startswith("America") else long_date(r.day, m.language)
    return f'<article class="press-article"><div class="press-article__date">{when}</div><h1>{e(r.title)}</h1><div class="press-article__body"><p><b>{e(m.writer.home)}, {when}</b> – </p>{m.paras(r)}</div><div class="press-article__about"><p>{e(m.writer.about())}</p></div></article>'


# -- Next.js app router ---------------------------------------------------------------------------------------------------
def _next_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en" class="__variable_f367f3"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>{e(s.title)} | {e(m.company)}</title><link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/webpack-9a.js"/>{s.head}</head><body><div class="min-h-screen flex flex-col"><header class="sticky top-0 z-50 bg-white"><div class="hidden lg:flex"><a href="/en"><svg aria-label="{e(m.company)}"></svg></a><nav class="flex gap-6"><a class="text-sm" href="/en/products">Products</a><a href="/en/sustainability">Sustainability</a><a href="/en/newsroom">Newsroom</a><a href="/en/careers">Careers</a></nav></div><div class="lg:hidden"><button aria-label="Open menu"></button></div></header><main class="flex-1">{s.main}</main><footer class="bg-slate-900 text-white"><a href="/en/imprint">Imprint</a><a href="/en/privacy">Privacy</a></footer></div></body></html>"""


def next_streamed() -> Site:
    """Nine cards drawn twice (a row for phones, a grid for desks), the same in streamed state; more by an API."""
    m = Desk("next_streamed", "Harrowby Aerostructures", "en", _next_chrome, _article, section="/en/newsroom", zone="Europe/London", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(30, date(2026, 5, 19), lambda n, d, s: f"/en/newsroom/{s}", gap=(3, 9), minutes=True)

    def grid(r: Release) -> str:
        assert r.day
        return f'<a class="group flex flex-col rounded-2xl" href="{r.url_path}"><div class="relative aspect-video"><img alt="" loading="lazy" decoding="async" data-nimg="fill" src="/_next/image?url=%2F{r.day:%j}.jpg&amp;w=640&amp;q=75"/></div><div class="p-6"><div class="flex gap-2 text-xs text-slate-500"><span class="rounded-full bg-slate-100 px-2">Press release</span><span>{r.day.day} {short(r, "en")} {r.day.year}</span></div><p class="mt-2 text-lg font-semibold group-hover:underline">{e(r.title)}</p></div></a>'

    def phone(r: Release) -> str:
        assert r.day
        return f'<li class="border-b py-4"><a href="{r.url_path}"><span class="block text-xs">{r.day.day} {short(r, "en")} {r.day.year}</span><span class="font-medium">{e(r.title)}</span></a></li>'

    data = [{"id": n, "slug": r.url_path[13:], "title": r.title, "publishedAt": r.published.isoformat(), "type": "press-release"} for n, r in enumerate(rels) if isinstance(r.published, datetime)]  # fmt: skip
    flight = "6:" + json.dumps(["$", "$L9", None, {"initialItems": data[:9], "total": 30, "endpoint": "/api/newsroom"}]) + "\n"  # fmt: skip
    script = f"<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,{json.dumps(flight)}])</script>"
    first = rels[:9]
    m.put(m.section, "Newsroom", f'<section class="container"><h1 class="text-5xl">Newsroom</h1><div class="flex gap-2"><button>All</button><button>2026</button><button>2025</button></div><ul class="md:hidden">{"".join(phone(r) for r in first)}</ul><div class="hidden md:grid md:grid-cols-3 gap-8">{"".join(grid(r) for r in first)}</div><button class="btn">Load more</button></section><section class="bg-slate-50"><h2>Media contact</h2><p>{m.writer.press_person()}</p></section>{script}')  # fmt: skip
    m.pages["/api/newsroom"] = (json.dumps({"items": data, "total": 30}).encode(), "application/json")
    m.put("/en", m.company, f'<section class="hero"><h1>Wings for every weather</h1></section><section><h2>Latest</h2><div class="grid">{"".join(grid(r) for r in first[:3])}</div><a href="{m.section}">Go to newsroom</a></section>')  # fmt: skip
    return m.site("/en", first, more=rels[9:], listing=m.section, zone="Europe/London")


# -- AEM ---------------------------------------------------------------------------------------------------------------------
def _aem_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(f'<li class="cmp-navigation__item cmp-navigation__item--level-0"><a class="cmp-navigation__item-link" href="/content/ashcombe/us/en{u}">{e(n)}</a></li>' for n, u, _ in m.navigation())  # fmt: skip
    return f"""<!DOCTYPE HTML><html lang="en-US"><head><meta charset="UTF-8"/><title>{e(s.title)}</title><meta name="template" content="content-page"/><link rel="canonical" href="%%BASE%%{e(s.path)}"/><script src="/etc.clientlibs/core/wcm/components/commons/datalayer/v2/clientlibs.min.js" defer></script>{s.head}</head><body class="page basicpage" id="page-7f1" data-cmp-data-layer-enabled><div class="root container responsivegrid"><header class="experiencefragment"><nav class="cmp-navigation"><ul class="cmp-navigation__group">{menu}</ul></nav><div class="search"><section class="cmp-search" role="search"><input class="cmp-search__input"></section></div></header><main class="container responsivegrid">{s.main}</main><footer class="experiencefragment"><div class="cmp-text"><p>© 2026 {e(m.company)}</p></div><a href="/content/ashcombe/us/en/privacy.html">Privacy</a></footer></div></body></html>"""


def aem_two_lists() -> Site:
    """Two list components, corporate and product, both releases; dates in `span`s, teasers' tracking as attributes."""
    m = Desk("aem_two_lists", "Ashcombe Biologics", "en", _aem_chrome, _article, section="/content/ashcombe/us/en/newsroom.html", ending=".html", zone="America/New_York", marks=("og",), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 18), lambda n, d, s: f"/content/ashcombe/us/en/newsroom/{d:%Y/%m}/{s}.html", gap=(3, 9))  # fmt: skip

    def item(r: Release) -> str:
        assert r.day
        layer = e(json.dumps({f"teaser-{r.day:%j}": {"@type": "site/components/teaser", "dc:title": r.title, "xdm:linkURL": r.url_path}}))  # fmt: skip
        return f'<li class="cmp-list__item" data-cmp-data-layer="{layer}"><article><a class="cmp-list__item-link" href="{r.url_path}"><span class="cmp-list__item-title">{e(r.title)}</span><span class="cmp-list__item-date">{r.day:%B} {r.day.day}, {r.day.year}</span></a><span class="cmp-list__item-description">{m.lead(r)}</span></article></li>'

    corporate, product = rels[::2], rels[1::2]
    lists = "".join(f'<div class="title"><div class="cmp-title"><h2 class="cmp-title__text">{name}</h2></div></div><div class="list"><ul class="cmp-list">{"".join(item(r) for r in part)}</ul></div>' for name, part in (("Corporate press releases", corporate), ("Product press releases", product)))  # fmt: skip
    tiles = "".join(f'<div class="teaser"><div class="cmp-teaser"><div class="cmp-teaser__content"><h3 class="cmp-teaser__title"><a href="/content/ashcombe/us/en/{u}.html">{t}</a></h3><p>{d}</p></div></div></div>' for t, u, d in (("Media kit", "media/kit", "Photos, logos and fact sheets"), ("Statements on safety", "media/statements", "What we say when it matters"), ("Our leaders", "about/leadership", "Biographies and portraits")))  # fmt: skip
    m.put(m.section, "Newsroom", f'<div class="cmp-title"><h1 class="cmp-title__text">Newsroom</h1></div>{lists}<div class="teasers">{tiles}</div>')  # fmt: skip
    return m.site(m.section, [*corporate, *product], zone="America/New_York")


# -- an automaker's media site ----------------------------------------------------------------------------------------------
def _auto_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)} Media</title>{s.head}</head><body><header><a href="/germany"><img src="/logo.png" alt="{e(m.company)} Media"></a><select name="country"><option>Deutschland</option><option>Österreich</option></select><nav><ul><li><a href="/germany/topic/modelle">Modelle</a></li><li><a href="/germany/topic/unternehmen">Unternehmen</a></li><li><a href="/germany/article">Pressemeldungen</a></li><li><a href="/germany/presskit">Pressemappen</a></li><li><a href="/germany/photo">Fotos</a></li><li><a href="/germany/video">TV Footage</a></li></ul></nav><a href="/germany/login">Login</a> <a href="/germany/cart">Auswahl (0)</a></header><div id="content">{s.main}</div><footer><a href="/germany/legal">Rechtliche Hinweise</a><p>CO2-Emissionen: Angaben nach WLTP, Stand 05/2026.</p></footer></body></html>"""


def automaker_media() -> Site:
    """A slider of three, then rows: date and kind, headline, models as tags, lengths and attachments to select; kits beside."""
    m = Desk("automaker_media", "Karlsbrücker Motorenwerke", "de", _auto_chrome, _article, section="/germany/article", marks=("og",), press=False)  # fmt: skip
    rels = m.take(30, date(2026, 5, 20), lambda n, d, s: f"/germany/article/detail/T{400000 + n * 117}DE/{s}?language=de", gap=(1, 5))  # fmt: skip

    def row(n: int, r: Release) -> str:
        assert r.day
        return f"""<article class="newsfeed" data-id="T{n}"><div class="thumb"><a href="{e(r.url_path)}"><img src="/pressclub/thumb/P9{n:03d}.jpg" alt=""></a></div><div class="text"><div class="meta"><span class="date">{dotted(r.day)}</span> <span class="type">Pressemeldung</span></div><h3><a href="{e(r.url_path)}">{e(r.title)}</a></h3><p class="teaser">{m.lead(r, 200)}<span class="more"><a href="{e(r.url_path)}">mehr</a></span></p><div class="tags"><a href="/germany/topic/k{n % 7}">K{n % 7} Touring</a> · <a href="/germany/topic/technik">Technik</a></div><ul class="options"><li><a href="/germany/download/T{n}.pdf">Pressemeldung als PDF</a></li><li><a href="/germany/photo/set/{n}">Fotos ({n % 9 + 1})</a></li><li><label><input type="checkbox"> In Auswahl</label></li></ul></div></article>"""

    slides = "".join(f'<li class="slide"><a href="{e(r.url_path)}"><img src="/hero/{n}.jpg" alt="{e(r.title)}"><span class="headline">{e(r.title)}</span></a></li>' for n, r in enumerate(rels[:3]))  # fmt: skip
    kits = "".join(f'<li><a href="{m.not_a_release(t, u)}"><img src="/k.jpg" alt="">{t}</a> <span>{d}</span></li>' for t, u, d in (("Pressemappe: Der neue K4", "/germany/presskit/detail/K4DE", "03.03.2026"), ("Pressemappe: Jahrespressekonferenz 2026", "/germany/presskit/detail/JPKDE", "12.03.2026")))  # fmt: skip
    for n, rows in enumerate(chunks(rels, 15)):
        hero = f'<ul class="slider">{slides}</ul>' if n == 0 else ""
        m.put(m.section + (f"?page={n + 1}" if n else ""), "Pressemeldungen", f'{hero}<h1>Pressemeldungen</h1><div class="filter"><a href="?range=7">Letzte 7 Tage</a> <a href="?range=30">Letzte 30 Tage</a></div><div class="cols"><div class="feed">{"".join(row(n * 15 + i, r) for i, r in enumerate(rows))}<a class="next" href="{m.section}?page=2">Ältere Meldungen</a></div><aside><h2>Pressemappen</h2><ul class="kits">{kits}</ul><h2>Kommunikation</h2><p>{m.writer.press_person()}<br>Tel. +49 000 382</p></aside></div>')  # fmt: skip
    return m.site(m.section, rels[:15], more=rels[15:])


# -- ECL on Angular -----------------------------------------------------------------------------------------------------------
def _ecl_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)}</title><base href="/union/presscorner/">{s.head}</head><body class="ecl-typography"><app-root ng-version="18.2.0" ng-server-context="ssr"><header class="ecl-site-header"><a class="ecl-link ecl-site-header__logo-link" href="https://union.example"><img alt="Home - {e(m.company)}"></a><a class="ecl-site-header__language-selector" href="#">EN</a></header><nav class="ecl-breadcrumb"><ol><li class="ecl-breadcrumb__segment"><a href="/union/home">Home</a></li><li>Press corner</li></ol></nav><main class="ecl-container">{s.main}</main><footer class="ecl-site-footer"><a href="/union/cookies">Cookies</a><a href="/union/legal-notice">Legal notice</a></footer></app-root></body></html>"""


def ecl_presscorner() -> Site:
    """The union's component library: kind, date and place as facts above the headline; Angular's transfer state below."""
    m = Desk("ecl_presscorner", "Commission of the Northern Union", "en", _ecl_chrome, _article, section="/union/presscorner/home/en", titles="titles_public", zone="Europe/Brussels", marks=(), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 20), lambda n, d, s: f"/union/presscorner/detail/en/ip_26_{900 + n}", gap=(0, 2))  # fmt: skip

    def row(n: int, r: Release) -> str:
        assert r.day
        kind = "Statement" if n % 6 == 4 else "Press release"
        return f"""<li class="ecl-list-item"><article class="ecl-content-item"><div class="ecl-content-block ecl-content-item__content-block"><ul class="ecl-content-block__primary-meta-container"><li class="ecl-content-block__primary-meta-item">{kind}</li><li class="ecl-content-block__primary-meta-item"><time>{r.day.day} {r.day:%B} {r.day.year}</time></li><li class="ecl-content-block__primary-meta-item">Harrowby</li></ul><h3 class="ecl-content-block__title"><a href="{r.url_path}" class="ecl-link ecl-link--standalone">{e(r.title)}</a></h3><div class="ecl-content-block__description"><p>{m.lead(r, 260)}</p></div><ul class="ecl-content-block__secondary-meta-container"><li><span>IP/26/{900 + 20 - n}</span></li></ul></div></article></li>"""

    state = {"G.json.https://union.example/api/latestnews": {"body": {"docuLanguageListResources": [{"refCode": f"IP/26/{920 - n}", "title": r.title, "eventDate": str(r.day)} for n, r in enumerate(rels)]}}}  # fmt: skip
    m.put(m.section, "Press corner", f'<h1 class="ecl-page-header__title">Press corner</h1><section><h2>Latest news</h2><form><input placeholder="Search"><label>Document type<select><option>Press release</option></select></label></form><p>Showing results 1 to 20</p><ul class="ecl-list-unstyled">{"".join(row(n, r) for n, r in enumerate(rels))}</ul><nav class="ecl-pagination"><ul class="ecl-pagination__list"><li class="ecl-pagination__item"><a class="ecl-link" href="/union/presscorner/home/en?pagenumber=2">Next</a></li></ul></nav></section><section><h2>Calendar</h2><p><a href="/union/calendar/visit-port-ellery">Visit to Port Ellery</a> 28 May 2026</p></section><script id="ng-state" type="application/json">{json.dumps(state)}</script>')  # fmt: skip
    robots(m, "User-agent: *\nDisallow: /union/search\n")
    return m.site(m.section, rels, zone="Europe/Brussels")


# -- SharePoint ----------------------------------------------------------------------------------------------------------------
def _sp_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html dir="ltr" lang="en-US"><head><meta name="GENERATOR" content="Microsoft SharePoint"/><meta charset="utf-8"/><title>{e(s.title)}</title>{s.head}</head><body><form method="post" action="./Default.aspx" id="aspnetForm"><input type="hidden" id="__REQUESTDIGEST" value="0x0,19 May 2026 09:11:02 -0000"/><div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-core-navigation"><ul class="root static"><li class="static"><a class="static menu-item" href="/Pages/Default.aspx"><span class="menu-item-text">Home</span></a></li><li class="static"><a class="static menu-item" href="/About/Pages/Default.aspx"><span class="menu-item-text">About</span></a></li><li><a class="static menu-item" href="/News/Pages/Default.aspx"><span class="menu-item-text">News</span></a></li></ul></div><div id="contentRow"><div id="contentBox"><div id="DeltaPlaceHolderMain"><h1>{e(s.title)}</h1>{s.main}</div></div></div></div></div></form></body></html>"""


def sharepoint_webpart() -> Site:
    """A list web part: columns Title, Release Date (`5/12/2026`) and File; headline cells link to item pages."""
    m = Desk("sharepoint_webpart", "Wexcombe Port Authority", "en", _sp_chrome, _article, section="/News/Pages/Default.aspx", titles="titles_public", zone="America/New_York", marks=(), press=False)  # fmt: skip
    rels = m.take(30, date(2026, 5, 15), lambda n, d, s: f"/News/Pages/{s[:50].strip('-')}.aspx", gap=(4, 10))
    rows = "".join(f'<tr class="{"ms-alternating " if n % 2 else ""}ms-itmhover" iid="4,{n},0"><td class="ms-vb-title"><div class="ms-vb itx"><a class="ms-listlink" onfocus="OnLink(this)" href="%%BASE%%{r.url_path}">{e(r.title)}</a></div></td><td class="ms-vb2"><nobr>{r.day.month}/{r.day.day}/{r.day.year}</nobr></td><td class="ms-vb2"><a href="/News/Docs/NR{r.day:%y%m%d}.docx">Word</a></td></tr>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "News Releases", f'<div class="ms-webpartzone-cell"><div class="ms-webpart-chrome-title"><h2 class="ms-webpart-titleText"><span>News Releases</span></h2></div><table class="ms-listviewtable" summary="News"><thead><tr class="ms-viewheadertr"><th class="ms-vh2"><a href="?SortField=Title">Title</a></th><th class="ms-vh2"><a href="?SortField=ReleaseDate">Release Date</a></th><th class="ms-vh2">File</th></tr></thead><tbody>{rows}</tbody></table><table class="ms-bottompaging"><tr><td class="ms-paging">1 - 30</td><td><a href="javascript:" title="Next"><img alt="Next"></a></td></tr></table></div>')  # fmt: skip
    return m.site(m.section, rels, zone="America/New_York")


# -- ASP.NET WebForms ----------------------------------------------------------------------------------------------------------
def _wf_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"/><title>{e(s.title)}</title>{s.head}</head><body><form method="post" action="./notas.aspx" id="form1"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET"/><input type="hidden" name="__VIEWSTATE" value="/wEPDwULLTE"/><div id="cabecera"><a href="/default.aspx"><img src="/img/escudo.png" alt="{e(m.company)}"/></a><ul id="menu"><li><a href="/consejerias.aspx">Consejerías</a></li><li><a href="/tramites.aspx">Trámites</a></li><li><a href="/prensa/notas.aspx">Sala de prensa</a></li></ul></div><div id="centro">{s.main}</div><div id="pie"><a href="/aviso.aspx">Aviso legal</a></div></form></body></html>"""


def webforms_grid() -> Site:
    """A grid of spans with generated ids; the pager posts back; `Ver nota` opens the release, whose title is no link."""
    m = Desk("webforms_grid", "Junta de Torrelluna", "es", _wf_chrome, _article, section="/prensa/notas.aspx", zone="Europe/Madrid", marks=(), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/prensa/nota.aspx?id={52000 + n * 3}", gap=(0, 3))
    rows = "".join(f'<tr class="fila"><td><span id="ctl00_C_Grid_ctl{n + 2:02d}_lblFecha" class="fecha">{r.day:%d/%m/%Y}</span><br/><span id="ctl00_C_Grid_ctl{n + 2:02d}_lblTitulo" class="titulo">{e(r.title)}</span><br/><span class="entradilla">{m.lead(r)}</span><br/><a id="ctl00_C_Grid_ctl{n + 2:02d}_lnk" href="nota.aspx?id={r.url_path.split("=")[1]}">Ver nota</a></td></tr>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    pages = "".join(f"<td><a href=\"javascript:__doPostBack('ctl00$C$Grid','Page${n}')\">{n}</a></td>" for n in range(2, 11))  # fmt: skip
    m.put(m.section, "Notas de prensa", f'<h1>Notas de prensa</h1><div class="buscador"><input name="ctl00$C$txtTexto"/><input type="submit" value="Buscar"/></div><table cellspacing="0" id="ctl00_C_Grid" class="rejilla">{rows}<tr class="paginas"><td><table><tr><td><span>1</span></td>{pages}</tr></table></td></tr></table>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Madrid")


# -- Sitecore SXA ----------------------------------------------------------------------------------------------------------------
def _sxa_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html class="no-js" lang="fr"><head><meta charset="utf-8"/><title>{e(s.title)}</title>{s.head}</head><body class="default-device bodyclass"><div id="wrapper"><header><div id="header" class="container"><div class="component navigation"><ul class="clearfix"><li class="level1 item0 odd first rel-level1"><div class="navigation-title field-navigationtitle"><a href="/fr/groupe">Groupe</a></div></li><li class="level1"><a href="/fr/recherche">Recherche</a></li><li class="level1"><a href="/fr/media">Médias</a></li></ul></div></div></header><main><div id="content" class="container">{s.main}</div></main><footer><div class="component link-list"><ul><li><a href="/fr/mentions">Mentions légales</a></li></ul></div></footer></div></body></html>"""


def sitecore_pharma() -> Site:
    """A results component in French; the date is `12 mai` under a year's heading; the PDF beside it is the same text."""
    m = Desk("sitecore_pharma", "Laboratoires Brévilliers", "fr", _sxa_chrome, _article, section="/fr/media/communiques-de-presse", zone="Europe/Paris", marks=("og",), press=False)  # fmt: skip
    rels = m.take(28, date(2026, 5, 6), lambda n, d, s: f"/fr/media/communiques-de-presse/{d:%Y-%m-%d}-{s}", gap=(9, 22))  # fmt: skip

    def row(r: Release) -> str:
        assert r.day
        doc = pdf(m, f"/-/media/communiques/{r.day:%Y%m%d}-fr.pdf")
        m.bad.append(doc)
        day = "1er" if r.day.day == 1 else str(r.day.day)
        return f'<li class="item"><div class="field-publicationdate">{day} {month(r.day, "fr")}</div><div class="field-title"><a title="{e(r.title)}" href="{r.url_path}">{e(r.title)}</a></div><div class="field-document"><a href="{doc}" target="_blank">Télécharger le PDF</a></div></li>'

    body = "".join(f'<div class="component title"><h2 class="field-year">{y}</h2></div><div class="component search-results"><ul class="search-result-list">{"".join(row(r) for r in rows)}</ul></div>' for y, rows in years(rels).items())  # fmt: skip
    m.put(m.section, "Communiqués de presse", f'<h1>Communiqués de presse</h1><div class="component facet-dropdown"><select><option>Toutes les années</option></select></div>{body}')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Paris")


# -- Hugo -----------------------------------------------------------------------------------------------------------------------
def _hugo_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8"><meta name="generator" content="Hugo 0.147.2"><title>{e(s.title)} · {e(m.company)}</title><link rel="alternate" type="application/rss+xml" href="/press/index.xml" title="{e(m.company)}">{s.head}</head><body><header><a href="/">{e(m.company)}</a><nav><a href="/projects/">Projects</a> <a href="/press/">Press</a> <a href="/donate/">Donate</a></nav></header><main>{s.main}</main><footer><p>Registered charity. <a href="/privacy/">Privacy</a></p></footer></body></html>"""


def hugo_years() -> Site:
    """A static list by year: `Thu 14 May` before the headline; a feed of all."""
    m = Desk("hugo_years", "Kettlewick Rivers Trust", "en", _hugo_chrome, _article, section="/press/", zone="Europe/London", titles="titles_public", marks=(), press=False)  # fmt: skip
    rels = m.take(33, date(2026, 5, 14), lambda n, d, s: f"/press/{s}/", gap=(8, 21))
    body = "".join(f'<h2 id="{y}">{y}</h2><ul class="archive">{"".join(f"<li><span class={chr(34)}d{chr(34)}>{r.day:%a} {r.day.day} {r.day:%b}</span> <a href={chr(34)}{r.url_path}{chr(34)}>{e(r.title)}</a></li>" for r in rows if r.day)}</ul>' for y, rows in years(rels).items())  # fmt: skip
    m.put(m.section, "Press", f"<h1>Press</h1><p>Journalists can call us on 0000 000 000.</p>{body}")
    rss(m, rels, "/press/index.xml", m.section)
    return m.site("/", rels, listing=m.section, zone="Europe/London")


# -- a Swiss table with languages -------------------------------------------------------------------------------------------------
def _ch_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="de-CH"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title>{s.head}</head><body><header><a href="/de">{e(m.company)}</a><ul class="lang"><li>DE</li><li><a href="/fr/medien">FR</a></li><li><a href="/en/media">EN</a></li></ul><nav><a href="/de/konzern">Konzern</a><a href="/de/investoren">Investoren</a><a href="/de/medien">Medien</a></nav></header><main>{s.main}</main><footer><a href="/de/rechtliches">Rechtliches</a></footer></body></html>"""


def swiss_languages() -> Site:
    """Columns Datum, Titel, Sprache: the headline links the German page, small DE/FR/EN links the PDFs; ad hoc marked."""
    m = Desk("swiss_languages", "Rüttimoos Holding AG", "de", _ch_chrome, _article, section="/de/medien/medienmitteilungen", zone="Europe/Zurich", marks=("og",), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 12), lambda n, d, s: f"/de/medien/medienmitteilungen/{s}", gap=(8, 20))

    def row(n: int, r: Release) -> str:
        assert r.day
        links = "".join(f'<a class="lang-link" href="{pdf(m, f"/media/{r.day:%y%m%d}_{c}.pdf")}">{c.upper()}</a>' for c in ("de", "fr", "en"))  # fmt: skip
        m.bad.extend(f"/media/{r.day:%y%m%d}_{c}.pdf" for c in ("de", "fr", "en"))
        adhoc = '<sup title="Ad-hoc-Mitteilung gemäss Art. 53 KR">ad hoc</sup>' if n % 5 == 2 else ""
        return f'<tr><td data-label="Datum">{r.day.day}. {month(r.day, "de")} {r.day.year}</td><td data-label="Titel"><a href="{r.url_path}">{e(r.title)}</a> {adhoc}</td><td data-label="Download">{links}</td></tr>'

    m.put(m.section, "Medienmitteilungen", f'<h1>Medienmitteilungen</h1><table class="table table-responsive"><thead><tr><th>Datum</th><th>Titel</th><th>Download</th></tr></thead><tbody>{"".join(row(n, r) for n, r in enumerate(rels))}</tbody></table><h2>Abonnieren</h2><form><input type="email"><button>Senden</button></form>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Zurich")


# -- a list that only a script draws ----------------------------------------------------------------------------------------------
def _spa_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title><link rel="canonical" href="%%BASE%%{e(s.path)}">{s.head}<script src="/static/js/main.3b1.js" defer></script></head><body><header><a href="/en/home"><img src="/logo.svg" alt="{e(m.company)}"></a><nav><a href="/en/medicines">Medicines</a><a href="/en/science">Science</a><a href="/en/media/press-releases">Media</a></nav></header><main>{s.main}</main><footer><a href="/en/terms">Terms of use</a></footer></body></html>"""


def script_drawn_list() -> Site:
    """Nothing of the list is in the page: a component names its JSON endpoint; the sitemap tells all pages of releases."""
    m = Desk("script_drawn_list", "Tidewell Pharma", "en", _spa_chrome, _article, section="/en/media/press-releases", zone="Europe/London", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(
        24, date(2026, 5, 13), lambda n, d, s: f"/en/media/press-releases/{d.year}/{s}", gap=(7, 16)
    )
    data = [{"title": r.title, "url": r.url_path, "date": str(r.day), "summary": m.lead(r, 90), "tags": ["corporate"]} for r in rels]  # fmt: skip
    m.pages["/api/search/press-releases.json"] = (json.dumps({"total": 24, "results": data}).encode(), "application/json")  # fmt: skip
    m.put(m.section, "Press releases", '<h1>Press releases</h1><div class="js-listing" data-component="press-listing" data-endpoint="/api/search/press-releases.json" data-page-size="10" data-labels=\'{"more":"Load more","empty":"No results"}\'><div class="spinner" aria-hidden="true"></div></div><noscript>Please enable JavaScript to see our press releases.</noscript><h2>Media contact</h2><p>Media line: 0000 111 222</p>')  # fmt: skip
    sitemap(m, [("/en/home", "2026-05-01"), ("/en/medicines", "2026-02-11"), ("/en/science", "2026-02-11"), (m.section, "2026-05-13")] + [(r.url_path, str(r.day)) for r in rels])  # fmt: skip
    return m.site(m.section, rels, dated="article", zone="Europe/London")


SITES = (next_streamed, aem_two_lists, automaker_media, ecl_presscorner, sharepoint_webpart, webforms_grid, sitecore_pharma, hugo_years, swiss_languages, script_drawn_list)  # fmt: skip
