"""Banks, carmakers, chemicals, energy: AEM, Sitecore, SharePoint, Liferay, Kentico, Umbraco, Sitefinity, Salesforce, Magnolia, Pimcore, Ibexa."""

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
    json,
    long_date,
    month,
    month_year,
    nav_divs,
    stamped,
    timed,
    us_date,
    year,
)

AEM = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="page basicpage" id="page-1"><div class="root responsivegrid"><div class="aem-Grid aem-Grid--12"><div class="xf-header experiencefragment">[[menu]]</div><div class="title"><div class="cmp-title"><h1 class="cmp-title__text">[[title]]</h1></div></div>[[main]]<div class="container">[[aside]]</div><div class="xf-footer experiencefragment">[[footer]]</div></div></div></body></html>""",
    nav=nav_divs,
)
SITECORE = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="default-device bodyclass"><div id="wrapper"><header><div id="header" class="container"><div class="component image"><a href="/"><img src="/-/media/logo.svg" alt=""></a></div><div class="component navigation">[[menu]]</div></div></header><main><div id="content" class="container"><div class="component title"><div class="field-title"><h1>[[title]]</h1></div></div>[[main]]</div><div class="component">[[aside]]</div></main><footer><div id="footer">[[footer]]</div></footer></div></body></html>"""
)
SHAREPOINT = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body><form method="post" action="./Default.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTI"><div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-core-navigation">[[menu]]</div><div id="contentBox"><h1 class="ms-core-pageTitle"><span id="DeltaPlaceHolderPageTitleInTitleArea">[[title]]</span></h1><div id="DeltaPlaceHolderMain">[[main]]</div></div>[[aside]]<div id="foot">[[footer]]</div></div></div></form></body></html>""",
    "Microsoft SharePoint",
)
PLAIN = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body><header class="header"><a class="header__logo" href="/">[[company]]</a>[[menu]]</header><main class="main"><div class="intro"><h1>[[title]]</h1></div>[[main]]<section class="band">[[aside]]</section></main><footer class="footer">[[footer]]</footer></body></html>"""
)


def auto_aem() -> Site:
    """A carmaker in AEM: twelve items drawn, the address of the next part in a data attribute."""
    m = Room(
        "auto_aem",
        "Rovanta Automobile",
        AEM,
        datelined,
        "industry",
        section="/de/presse/mitteilungen.html",
        ending=".html",
    )
    rel = m.take(
        36, date(2026, 5, 18), lambda n, d, s: f"/de/presse/mitteilungen/{d:%Y}/{d:%m}/{s}.html", gap=(1, 8)
    )

    def one(r: Release) -> str:
        return f'<div class="cmp-newslist__item" data-cmp-item><a class="cmp-newslist__link" href="{r.url_path}" data-track="news"><div class="cmp-newslist__image cmp-image"><img src="/content/dam/p.jpg/_jcr_content/renditions/320.jpg" alt=""></div><div class="cmp-newslist__meta"><span class="cmp-newslist__date">{dotted(day(r))}</span><span class="cmp-newslist__cat">{m.dice.choice(("Modelle", "Produktion", "Motorsport", "Finanzen"))}</span></div><div class="cmp-newslist__title">{e(r.title)}</div></a></div>'

    pages = list(chunks(rel, 12))
    at = "/de/presse/mitteilungen.html"
    for n, rows in enumerate(pages):
        part = "/de/presse/mitteilungen/jcr:content/root/newslist.list"
        if n:
            m.pages[f"{part}.{n}.html"] = ("".join(map(one, rows)).encode(), "text/html; charset=utf-8")
    m.draw(
        at,
        "Pressemitteilungen",
        pages[0],
        one,
        f'<div class="newslist" data-infinite="true" data-next="{part}.1.html" data-total="{len(rel)}"><div class="cmp-newslist">',
        '</div><button class="cmp-newslist__more" hidden>Mehr anzeigen</button></div>',
        aside=m.contact() + m.gallery(6),
    )
    m.put("/de.html", "Willkommen", m.products(6) + f'<div class="teaser"><a href="{at}">Presse</a></div>')
    return m.build("/de.html", pages[0], more=rel[12:], listing=at)


def bank_sitecore() -> Site:
    """A bank's search results of Sitecore SXA; the entry is the list filtered for a year."""
    m = Room("bank_sitecore", "Hansa Kontor Bank", SITECORE, stamped, "money", section="/ueber-uns/presse")
    rel = m.take(48, date(2026, 5, 13), lambda n, d, s: f"/ueber-uns/presse/{d:%Y}/{s}", gap=(3, 15))

    def one(r: Release) -> str:
        return f'<li class="search-result-item"><div class="component content"><div class="field-newsdate">{dotted(day(r))}</div><div class="field-newstype">Pressemitteilung</div><div class="field-title"><a title="{e(r.title)}" href="{r.url_path}">{e(r.title)}</a></div><div class="field-content">{m.lead(r, 120)}</div></div></li>'

    groups = dict(by(rel, year))
    for at, rows in (
        ("/ueber-uns/presse", rel),
        *((f"/ueber-uns/presse?jahr={y}", rows) for y, rows in groups.items()),
    ):
        facets = "".join(
            f'<li><a href="/ueber-uns/presse?jahr={y}">{y} <span class="facet-count">({len(rows)})</span></a></li>'
            for y, rows in groups.items()
        )
        m.draw(
            at,
            "Presse",
            rows,
            one,
            f'<div class="component facet-single-selection-list"><ul>{facets}</ul></div><div class="component search-results"><div class="results-count">{len(rows)} Treffer</div><ul class="search-result-list">',
            "</ul></div>",
            aside=m.contact() + m.downloads(3),
        )
    return m.build("/ueber-uns/presse?jahr=2026", groups[2026], more=[r for r in rel if year(r) < 2026])


def chemie_sharepoint() -> Site:
    """SharePoint's content query: the day in American figures, `.aspx`, titles in link items."""
    m = Room(
        "chemie_sharepoint",
        "Calloway Chemical",
        SHAREPOINT,
        stamped,
        "english",
        "en",
        section="/news/Pages/default.aspx",
        zone="America/Chicago",
        ending=".aspx",
        show=us_date,
    )
    rel = m.take(
        44, date(2026, 5, 15), lambda n, d, s: f"/news/Pages/{d:%Y%m%d}-{s[:28].strip('-')}.aspx", gap=(3, 14)
    )

    def one(r: Release) -> str:
        return f'<li class="dfwp-item"><div class="item"><span class="newsdate">{day(r).month}/{day(r).day}/{year(r)}</span><div class="link-item"><a href="{r.url_path}" title="">{e(r.title)}</a><div class="description">{m.lead(r, 110)}</div></div></div></li>'

    m.draw(
        "/news/Pages/default.aspx",
        "News Releases",
        rel,
        one,
        '<div class="ms-webpart-zone"><div class="cbq-layout-main"><ul class="dfwp-column dfwp-list">',
        "</ul></div></div>",
        aside=m.events(3) + m.contact(),
    )
    return m.build("/news/Pages/default.aspx", rel)


def versicherer_liferay() -> Site:
    """Liferay's asset publisher: friendly addresses, the day with `|` after the title, no list element."""
    m = Room(
        "versicherer_liferay",
        "Wallburg Versicherungen",
        SITECORE,
        datelined,
        "money",
        section="/web/guest/presse",
    )
    rel = m.take(
        20,
        date(2026, 5, 11),
        lambda n, d, s: f"/web/guest/presse/-/asset_publisher/Xk2b/content/{s}?inheritRedirect=false",
        gap=(5, 20),
    )

    def one(r: Release) -> str:
        return f'<div class="asset-abstract mb-5"><h4 class="component-title"><a class="asset-title" href="{e(r.url_path)}"><span class="asset-anchor lfr-asset-anchor" id="a{len(r.title)}"></span>{e(r.title)}</a></h4><div class="asset-content"><div class="asset-summary">{m.lead(r, 130)}</div><div class="asset-more"><a href="{e(r.url_path)}">Mehr lesen<span class="hide-accessible sr-only">Über {e(r.title)}</span> »</a></div></div><div class="asset-details"><span>Veröffentlichungsdatum {day(r):%d.%m.%y}</span> | <span>{m.dice.randint(20, 900)} Ansichten</span></div></div>'

    m.draw(
        "/web/guest/presse",
        "Presse",
        rel,
        one,
        '<div class="portlet-boundary_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet">',
        "</div>",
        aside=m.contact(),
    )
    return m.build("/web/guest/presse", rel)


def kabel_kentico() -> Site:
    """Kentico: an accordion of years, rows of a day and a title in the same link, long titles."""
    m = Room("kabel_kentico", "Seidler Kabelwerk", PLAIN, timed, "industry", section="/unternehmen/news")
    m.writer.titles = [
        "{company} und {partner} vereinbaren für den Standort {place} eine Zusammenarbeit bei {product}, die {num} Arbeitsplätze sichert und den Verbrauch an Energie um {pct} Prozent senkt",
        *m.writer.titles,
    ]
    rel = m.take(
        58, date(2026, 5, 8), lambda n, d, s: f"/unternehmen/news/{s[:60].strip('-')}-{n}", gap=(6, 24)
    )
    inner = "".join(
        f'<details class="acc" {"open" if n == 0 else ""}><summary><h2>Meldungen {y}</h2></summary><div class="acc__body">'
        + "".join(
            f'<a class="acc__row" href="{r.url_path}"><b>{day(r):%d.%m.%Y}</b> {e(r.title)}</a>' for r in rows
        )
        + "</div></details>"
        for n, (y, rows) in enumerate(by(rel, year))
    )
    m.put("/unternehmen/news", "News", inner, aside=m.contact() + m.products(3))
    return m.build("/unternehmen/news", rel)


def sensor_umbraco() -> Site:
    """Umbraco: the title is no link, only `Read the full story` leads on."""
    m = Room(
        "sensor_umbraco",
        "Penhallow Sensors",
        PLAIN,
        stamped,
        "english",
        "en",
        section="/company/news/",
        zone="Europe/London",
    )
    rel = m.take(24, date(2026, 5, 13), lambda n, d, s: f"/company/news/{s}/", gap=(5, 20))

    def one(r: Release) -> str:
        return f'<div class="news-block"><div class="news-block__info"><span>{day(r).day} {month(day(r), "en")[:3]} {year(r)}</span> <span>By {m.writer.press_person()}</span></div><h3>{e(r.title)}</h3><p>{m.lead(r, 120)}</p><a class="btn btn--ghost" href="{r.url_path}">Read the full story</a></div>'

    m.draw(
        "/company/news/",
        "News",
        rel,
        one,
        '<div class="news-blocks">',
        "</div>",
        aside=m.events(3, "cards") + m.newsletter(),
    )
    return m.build("/company/news/", rel)


def netz_sitefinity() -> Site:
    """Sitefinity's list widget; the entry is the language's root with a ticker of the newest two."""
    m = Room("netz_sitefinity", "Ostnetz Verteilung", PLAIN, datelined, "industry", section="/de-de/presse")
    rel = m.take(
        30, date(2026, 5, 19), lambda n, d, s: f"/de-de/presse/presse-detail/{d:%Y/%m/%d}/{s}", gap=(3, 13)
    )

    def one(r: Release) -> str:
        return f'<li class="sflistListItem sfClearfix" data-sf-provider="OpenAccessDataProvider"><h3 class="sfnewsTitle"><a href="{r.url_path}">{e(r.title)}</a></h3><div class="sfnewsMetaInfo sfmetainfo">{long_date(day(r), "de")} | Von <span class="sfnewsAuthor">Unternehmenskommunikation</span></div><div class="sfnewsContent">{m.lead(r, 130)}</div></li>'

    m.draw(
        "/de-de/presse",
        "Presse",
        rel,
        one,
        '<ul class="sfnewsList sfnewsListTitleDateSummary">',
        "</ul>",
        aside=m.contact() + m.gallery(4),
    )
    tick = "".join(f'<a class="ticker__item" href="{r.url_path}">+++ {e(r.title)} +++</a>' for r in rel[:2])
    m.put(
        "/de-de",
        "Strom für den Osten",
        f'<div class="ticker">{tick}</div><p>{e(m.writer.about())}</p>{m.jobs(3)}{m.downloads(4)}',
    )
    return m.build("/de-de", rel, listing="/de-de/presse")


def energie_magnolia() -> Site:
    """Magnolia: news and events in two lists of one markup under headings of their own."""
    m = Room(
        "energie_magnolia",
        "Aaretal Energie",
        PLAIN,
        stamped,
        "industry",
        section="/ueber-uns/medien.html",
        zone="Europe/Zurich",
        ending=".html",
    )
    rel = m.take(19, date(2026, 5, 12), lambda n, d, s: f"/ueber-uns/medien/{d:%Y}/{s}.html", gap=(5, 22))

    def row(title: str, at: str, when: date) -> str:
        return f'<li class="linklist__item"><a class="linklist__link" href="{at}"><span class="linklist__meta">{when.day}. {month(when, "de")} {when.year}</span><span class="linklist__text">{e(title)}</span></a></li>'

    mine = "".join(row(r.title, r.url_path, day(r)) for r in rel)
    theirs = "".join(
        row(*found) for found in m.others("event", "/ueber-uns/anlaesse", 7, (5, 12, 29), ".html")
    )
    m.put(
        "/ueber-uns/medien.html",
        "Medien",
        f'<h2>Nächste Anlässe</h2><ul class="linklist">{theirs}</ul><h2>Medienmitteilungen</h2><ul class="linklist">{mine}</ul>{m.gallery(4)}',
        aside=m.contact(),
    )
    return m.build("/ueber-uns/medien.html", rel)


def moebel_pimcore() -> Site:
    """Pimcore: months as headings within one list, tags as links before the title, pictures that link too."""
    m = Room("moebel_pimcore", "Lindqvist Büromöbel", PLAIN, timed, "industry", section="/de/presse")
    rel = m.take(33, date(2026, 5, 15), lambda n, d, s: f"/de/presse/{s}~n{3000 + n}", gap=(3, 13))

    def one(r: Release) -> str:
        tags = "".join(
            f'<a href="/de/presse?tag={t.lower()}" class="badge">#{t}</a>'
            for t in m.dice.sample(["Objekt", "Messe", "Design", "Akustik"], 2)
        )
        return f'<div class="media"><a href="{r.url_path}" class="media__img"><picture><img src="/var/tmp/thumb/p.webp" alt="{e(r.title)}"></picture></a><div class="media__body"><div class="badges">{tags}</div><p class="media__title"><a href="{r.url_path}">{e(r.title)}</a></p><small class="text-muted">Jönstadt, {day(r).day}. {month(day(r), "de")[:3]}. {year(r)}</small></div></div>'

    inner = "".join(
        f'<h2 class="month">{name}</h2>{"".join(map(one, rows))}' for name, rows in by(rel, month_year)
    )
    for tag in ("objekt", "messe", "design", "akustik"):
        m.draw(f"/de/presse?tag={tag}", f"Presse #{tag}", rel[len(tag) :: 9], one)
    m.put("/de/presse", "Presse", f'<div class="news-list">{inner}</div>', aside=m.contact() + m.products(4))
    return m.build("/de/presse", rel)


def messe_ibexa() -> Site:
    """Ibexa: an exhibition's press room, the fair's name above each title in the same heading, `ISO` days."""
    m = Room(
        "messe_ibexa", "Messe Brunsrode", SITECORE, datelined, "public", section="/presse/pressemitteilungen"
    )
    rel = m.take(26, date(2026, 5, 19), lambda n, d, s: f"/presse/pressemitteilungen/{s}", gap=(2, 12))

    def one(r: Release) -> str:
        return f'<section class="ezcontent ez-line"><p class="attribute-byline"><span class="date">{day(r)}</span></p><h2><span class="fair">{m.dice.choice(("Aquatech Nord", "Gebäude + Licht", "Holzforum"))}</span> <a href="{r.url_path}">{e(r.title)}</a></h2><div class="attribute-short"><p>{m.lead(r, 140)}</p></div></section>'

    m.draw(
        "/presse/pressemitteilungen",
        "Pressemitteilungen",
        rel,
        one,
        m.filters() + '<div class="content-view-children">',
        "</div>",
        aside=m.events(6, "table") + m.contact(),
    )
    return m.build("/presse/pressemitteilungen", rel)


def logistik_salesforce() -> Site:
    """Salesforce's experience pages: slds tiles in the server's answer, the title's link has a label for readers of the screen."""
    m = Room(
        "logistik_salesforce",
        "Transvalis Logistics",
        AEM,
        stamped,
        "english",
        "en",
        section="/s/newsroom",
        zone="Europe/Amsterdam",
    )
    rel = m.take(21, date(2026, 5, 18), lambda n, d, s: f"/s/news/{s}?id=a0X{n:06d}", gap=(4, 17))

    def tile(r: Release) -> str:
        return f'<li class="slds-p-horizontal_small slds-size_1-of-3"><article class="slds-tile"><h3 class="slds-tile__title slds-truncate" title="{e(r.title)}"><a href="{e(r.url_path)}" aria-label="Open news article {e(r.title)}">{e(r.title)}</a></h3><div class="slds-tile__detail"><dl class="slds-list_horizontal"><dt class="slds-item_label">Published:</dt><dd class="slds-item_detail">{long_date(day(r), "en")}</dd><dt class="slds-item_label">Region:</dt><dd class="slds-item_detail">{m.dice.choice(("EMEA", "Americas", "APAC"))}</dd></dl></div></article></li>'

    data = json.dumps({"locale": "en", "total": len(rel)})
    m.draw(
        "/s/newsroom",
        "Newsroom",
        rel,
        tile,
        '<ul class="slds-grid slds-wrap">',
        f'</ul><script type="application/json" id="lwr">{data}</script>',
        aside=m.contact() + m.jobs(3),
    )
    return m.build("/s/newsroom", rel)


SITES = (
    auto_aem,
    bank_sitecore,
    chemie_sharepoint,
    versicherer_liferay,
    kabel_kentico,
    sensor_umbraco,
    netz_sitefinity,
    energie_magnolia,
    moebel_pimcore,
    messe_ibexa,
    logistik_salesforce,
)
