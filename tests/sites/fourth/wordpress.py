"""WordPress as agencies build it: Elementor, Divi, Avada, Enfold, blocks, a trade magazine."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import chunks, rss

from .desk import (
    Room,
    date,
    datelined,
    day,
    dotted,
    e,
    frame,
    json,
    long_date,
    month,
    nav_divs,
    stamped,
    timed,
    year,
)

ELEMENTOR = frame(
    """<html lang="de-DE"><head>[[head]]</head><body class="page elementor-default elementor-kit-6 elementor-page"><header data-elementor-type="header" class="elementor elementor-location-header"><div class="e-con"><div class="elementor-widget-theme-site-logo"><a href="/"><img src="/wp-content/uploads/logo.webp" alt=""></a></div><nav class="elementor-nav-menu--main">[[menu]]</nav></div></header>
<div data-elementor-type="wp-page" class="elementor"><div class="e-con e-parent"><div class="elementor-widget-heading"><h2 class="elementor-heading-title">[[title]]</h2></div>[[main]]</div><div class="e-con">[[aside]]</div></div><footer data-elementor-type="footer" class="elementor elementor-location-footer">[[footer]]</footer></body></html>""",
    "WordPress 6.9; Elementor 3.35",
)
DIVI = frame(
    """<html lang="de"><head>[[head]]</head><body class="et_pb_pagebuilder_layout et_divi_theme"><div id="page-container"><header id="main-header"><div class="container logo_container"><a href="/">[[company]]</a></div><div id="et-top-navigation"><nav id="top-menu-nav">[[menu]]</nav></div></header><div id="et-main-area"><div id="main-content"><div class="et_pb_section"><h1>[[title]]</h1>[[main]]</div><div id="sidebar">[[aside]]</div></div>
<footer id="main-footer">[[footer]]</footer></div></div></body></html>"""
)
BLOCKS = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">[[company]]</a></p><nav class="wp-block-navigation">[[menu]]</nav></header><main class="wp-block-group"><h1 class="wp-block-post-title">[[title]]</h1><div class="entry-content wp-block-post-content">[[main]]</div></main>
<div class="wp-block-group alignwide">[[aside]]</div><footer class="wp-block-template-part">[[footer]]</footer></div></body></html>""",
    "WordPress 6.9.1",
)
MAGAZINE = frame(
    """<html lang="de"><head>[[head]]</head><body class="td-standard-pack home blog"><div class="td-header-wrap"><a class="td-logo" href="/">[[company]]</a><div class="td-main-menu">[[menu]]</div></div><div class="billboard" data-ad="1"><a href="https://ads.example/c?1"><img src="/ad.gif" alt="Anzeige"></a></div><div class="td-main-content-wrap"><h1 class="entry-title td-page-title">[[title]]</h1><div class="td-ss-main-content">[[main]]</div><div class="td-ss-main-sidebar">[[aside]]</div></div><div class="td-footer">[[footer]]</div></body></html>""",
    nav=nav_divs,
)


def heizung_elementor() -> Site:
    """Elementor's posts widget; the entry is the home page, whose menu leads to the list."""
    m = Room(
        "heizung_elementor", "Thermowald Heizsysteme", ELEMENTOR, stamped, "industry", section="/presse/"
    )
    rel = m.take(22, date(2026, 5, 13), lambda n, d, s: f"/{s}/", gap=(4, 18))

    def one(r: Release) -> str:
        return (
            f'<article class="elementor-post elementor-grid-item post-{len(r.title)} post type-post has-post-thumbnail"><a class="elementor-post__thumbnail__link" href="{r.url_path}" tabindex="-1"><div class="elementor-post__thumbnail"><img src="/wp-content/uploads/p.jpg" alt=""></div></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{r.url_path}">{e(r.title)}</a></h3>'
            f'<div class="elementor-post__meta-data"><span class="elementor-post-author">{m.writer.press_person()}</span><span class="elementor-post-date">{long_date(day(r), "de")}</span><span class="elementor-post-avatar">Keine Kommentare</span></div><div class="elementor-post__excerpt"><p>{m.lead(r, 110)}</p></div><a class="elementor-post__read-more" href="{r.url_path}">Weiterlesen »</a></div></article>'
        )

    pages = list(chunks(rel, 8))
    for n, rows in enumerate(pages, 1):
        turn = "".join(
            f'<a class="page-numbers" href="/presse/{f"page/{k}/" if k > 1 else ""}"><span class="elementor-screen-only">Seite</span>{k}</a>'
            for k in range(1, len(pages) + 1)
        )
        m.draw(
            f"/presse/page/{n}/" if n > 1 else "/presse/",
            "Presse",
            rows,
            one,
            '<div class="elementor-widget-posts"><div class="elementor-posts-container">',
            f'</div><nav class="elementor-pagination">{turn}</nav></div>',
            aside=m.contact(),
        )
    m.put(
        "/",
        "Wärme aus dem Wald",
        f'<div class="elementor-widget-text-editor"><p>{e(m.writer.about())}</p></div>{m.products(6)}{m.jobs(3)}<a class="elementor-button" href="/presse/">Presse</a>',
    )
    return m.build("/", pages[0], more=rel[8:], listing="/presse/")


def tore_divi() -> Site:
    """Divi's blog module: author, day and section in one line, older entries behind a link."""
    m = Room("tore_divi", "Torwart Industrietore", DIVI, timed, "industry", section="/news/")
    rel = m.take(27, date(2026, 5, 8), lambda n, d, s: f"/{d:%Y/%m/%d}/{s}/", gap=(5, 21))

    def one(r: Release) -> str:
        return (
            f'<article class="et_pb_post clearfix et_pb_blog_item_0"><div class="et_pb_image_container"><a href="{r.url_path}" class="entry-featured-image-url"><img src="/wp-content/uploads/t.jpg" alt="{e(r.title)}"></a></div><h2 class="entry-title"><a href="{r.url_path}">{e(r.title)}</a></h2>'
            f'<p class="post-meta">von <span class="author vcard"><a href="/author/redaktion/" rel="author">Redaktion</a></span> | <span class="published">{month(day(r), "de")} {day(r).day}, {year(r)}</span> | <a href="/category/presse/" rel="category tag">Presse</a>, <a href="/category/tore/" rel="category tag">Tore</a></p><div class="post-content"><p>{m.lead(r)}</p></div></article>'
        )

    pages = list(chunks(rel, 9))
    for n, rows in enumerate(pages, 1):
        older = (
            f'<div class="pagination"><div class="alignleft"><a href="/news/page/{n + 1}/?et_blog">« Ältere Einträge</a></div></div>'
            if n < len(pages)
            else ""
        )
        m.draw(
            f"/news/page/{n}/" if n > 1 else "/news/",
            "News",
            rows,
            one,
            '<div class="et_pb_blog_grid">',
            older + "</div>",
            aside=m.archive() + m.tags(5),
        )
    m.stub("Redaktion", m.not_a_release("Redaktion", "/author/redaktion/"))
    return m.build("/news/", pages[0], more=rel[9:])


def kueche_avada() -> Site:
    """Avada's timeline: a box with day over month and year beside each post, months as headings."""
    m = Room(
        "kueche_avada",
        "Tischlerei Grüngruber",
        BLOCKS,
        stamped,
        "industry",
        section="/aktuelles/",
        language="de",
        zone="Europe/Vienna",
    )
    rel = m.take(18, date(2026, 5, 4), lambda n, d, s: f"/aktuelles/{s}/", gap=(9, 33))

    def one(r: Release) -> str:
        return (
            f'<article class="fusion-post-timeline fusion-clearfix post"><div class="fusion-date-and-formats"><div class="fusion-date-box updated"><span class="fusion-date">{day(r).day}</span><span class="fusion-month-year">{day(r).month:02d}, {year(r)}</span></div><div class="fusion-format-box"><i class="fusion-icon-pen"></i></div></div>'
            f'<div class="fusion-post-content-wrapper"><h2 class="blog-shortcode-post-title entry-title"><a href="{r.url_path}">{e(r.title)}</a></h2><div class="fusion-post-content-container"><p>{m.lead(r, 130)}</p></div></div><div class="fusion-meta-info"><div class="fusion-alignright"><a class="fusion-read-more" href="{r.url_path}" aria-label="More on {e(r.title)}">Weiterlesen</a></div></div></article>'
        )

    m.draw(
        "/aktuelles/",
        "Aktuelles",
        rel,
        one,
        '<div class="fusion-blog-shortcode fusion-blog-layout-timeline">',
        "</div>",
        aside=m.gallery(6) + m.contact(),
    )
    return m.build("/aktuelles/", rel)


def seilbahn_enfold() -> Site:
    """Enfold's slider of posts in rows of three, a day below each excerpt, and the room's feed."""
    m = Room(
        "seilbahn_enfold",
        "Gratwerk Seilbahnen",
        DIVI,
        datelined,
        "industry",
        section="/presse/",
        zone="Europe/Vienna",
    )
    rel = m.take(21, date(2026, 5, 18), lambda n, d, s: f"/presse/{s}/", gap=(6, 24))

    def one(r: Release) -> str:
        return (
            f'<article class="slide-entry flex_column av_one_third post-entry"><a href="{r.url_path}" data-rel="slide-1" class="slide-image" title=""><img src="/wp-content/uploads/s.jpg" alt=""></a><div class="slide-content"><header class="entry-content-header"><h3 class="slide-entry-title entry-title"><a href="{r.url_path}" title="{e(r.title)}">{e(r.title)}</a></h3><span class="av-vertical-delimiter"></span></header>'
            f'<div class="slide-entry-excerpt entry-content">{m.lead(r, 100)}<div class="read-more-link"><a href="{r.url_path}" class="more-link">Mehr lesen<span class="more-link-arrow"></span></a></div></div></div><footer class="entry-footer"><div class="slide-meta"><time class="slide-meta-time updated">{dotted(day(r))}</time></div></footer></article>'
        )

    rows = "".join(
        f'<div class="slide-entry-wrap">{"".join(map(one, part))}</div>' for part in chunks(rel, 3)
    )
    rss(m, rel[:10], "/feed/", "/")
    head = '<link rel="alternate" type="application/rss+xml" title="Gratwerk Seilbahnen &raquo; Feed" href="/feed/">'
    m.put(
        "/presse/",
        "Presse",
        f'<div class="avia-content-slider avia-content-grid-active"><div class="avia-content-slider-inner">{rows}</div></div>',
        head=head,
        aside=m.contact() + m.events(3),
    )
    return m.build("/presse/", rel)


def stiftung_bloecke() -> Site:
    """The query block: sections above the title, the day below, a second query block of events beside it."""
    m = Room("stiftung_bloecke", "Stiftung Hellfeld", BLOCKS, stamped, "public", section="/presse/")
    rel = m.take(26, date(2026, 5, 19), lambda n, d, s: f"/presse/{s}/", gap=(3, 16), minutes=True)

    def one(r: Release) -> str:
        return (
            f'<li class="wp-block-post post type-post status-publish hentry"><div class="taxonomy-category wp-block-post-terms"><a href="/kategorie/pm/" rel="tag">Pressemitteilung</a><span class="wp-block-post-terms__separator">, </span><a href="/kategorie/bildung/" rel="tag">Bildung</a></div>'
            f'<h3 class="wp-block-post-title"><a href="{r.url_path}" target="_self">{e(r.title)}</a></h3><div class="wp-block-post-date"><time datetime="{m.moment(r)}">{long_date(day(r), "de")}</time></div><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{m.lead(r, 120)}</p></div></li>'
        )

    pages = list(chunks(rel, 10))
    for n, rows in enumerate(pages, 1):
        turn = (
            f'<nav class="wp-block-query-pagination"><a href="/presse/?query-0-page={n + 1}" class="wp-block-query-pagination-next">Nächste Seite</a></nav>'
            if n < len(pages)
            else ""
        )
        m.draw(
            "/presse/" + (f"?query-0-page={n}" if n > 1 else ""),
            "Presse",
            rows,
            one,
            '<div class="wp-block-query"><ul class="wp-block-post-template">',
            f"</ul>{turn}</div>",
            aside=m.events(4, "articles") + m.newsletter(),
        )
    return m.build("/presse/", pages[0], more=rel[10:])


def fachblatt() -> Site:
    """A trade magazine's news: author, reading time, comments, a paid box among the rows, most read beside them."""
    m = Room("fachblatt", "Pumpe und Ventil", MAGAZINE, timed, "industry", section="/news/", press=False)
    rel = m.take(
        32, date(2026, 5, 19), lambda n, d, s: f"/news/{s}-{7000 + n}.html", gap=(1, 2), minutes=True
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        paid = (
            '<div class="td_module_ad"><span>Anzeige</span><h3><a href="https://ads.example/c?2" rel="sponsored">Jetzt Whitepaper sichern: Dichtungen 2026</a></h3></div>'
            if n in (4, 13)
            else ""
        )
        return paid + (
            f'<div class="td_module_10 td_module_wrap"><div class="td-module-thumb"><a href="{r.url_path}" rel="bookmark" title="{e(r.title)}"><img src="/i.jpg" alt=""></a></div><div class="item-details"><a class="td-post-category" href="/ressort/technik/">{m.writer.slot("product")}</a><h3 class="entry-title td-module-title"><a href="{r.url_path}" rel="bookmark">{e(r.title)}</a></h3>'
            f'<div class="td-module-meta-info"><span class="td-post-author-name"><a href="/autor/{n % 4}/">{m.writer.slot("person")}</a> <span>-</span></span><span class="td-post-date"><time class="entry-date" datetime="{m.moment(r)}">{dotted(day(r))}</time></span><span class="readtime">Lesezeit: {n % 5 + 2} Minuten</span><span class="td-module-comments"><a href="{r.url_path}#respond">{n % 3}</a></span></div><div class="td-excerpt">{m.lead(r, 140)}</div></div></div>'
        )

    top = "".join(
        f'<div class="td_module_6"><span class="count">{n}</span><a href="{r.url_path}">{e(r.title)}</a></div>'
        for n, r in enumerate(m.dice.sample(rel, 5), 1)
    )
    data = json.dumps({"@context": "https://schema.org", "@type": "WebSite", "name": m.company})
    m.put(
        "/news/",
        "News",
        "".join(map(one, enumerate(rel))),
        head=f'<script type="application/ld+json">{data}</script>',
        aside=f'<div class="widget"><h4>Meistgelesen</h4>{top}</div>' + m.jobs(4) + m.newsletter(),
    )
    return m.build("/news/", rel)


SITES = (heizung_elementor, tore_divi, kueche_avada, seilbahn_enfold, stiftung_bloecke, fachblatt)
