"""Site builders and small content management: WordPress blocks, Elementor, Webflow, Squarespace, Wix, HubSpot, Shopify, Ghost."""

from __future__ import annotations

import json
from datetime import date, datetime

from sites.kit import NOW, Release, Site
from sites.prose import long_date, month, us_date
from sites.skins import Sheet

from .desk import Desk, chunks, e, rss, short, sitemap


def _plain_article(m: Desk, r: Release) -> str:
    assert r.day
    return f'<article class="entry"><p class="entry-meta">{long_date(r.day, m.language)}</p><h1>{e(r.title)}</h1>{m.paras(r)}<h3>{m.label("contact")}</h3><p>{m.writer.press_person()}</p></article>'


# -- WordPress block theme --------------------------------------------------------------------------------------------------
def _wpb_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="UTF-8"/><title>{e(s.title)} – {e(m.company)}</title><link rel="alternate" type="application/rss+xml" title="{e(m.company)} » Flux" href="%%BASE%%/feed/"/><meta name="generator" content="WordPress 6.8.1"/>{s.head}</head><body class="archive category wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group alignwide is-layout-flex"><p class="wp-block-site-title"><a href="%%BASE%%" rel="home">{e(m.company)}</a></p><nav class="wp-block-navigation"><ul class="wp-block-navigation__container"><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/nos-metiers/"><span>Nos métiers</span></a></li><li class="wp-block-navigation-item"><a href="/carrieres/"><span>Carrières</span></a></li><li class="wp-block-navigation-item"><a href="/category/communiques/"><span>Presse</span></a></li></ul></nav></div></header><main class="wp-block-group">{s.main}</main><footer class="wp-block-template-part"><p>Fièrement propulsé par <a href="https://wp.example">WP</a></p><ul class="wp-block-latest-comments"><li>Aucun commentaire</li></ul></footer></div></body></html>"""


def wp_query_loop() -> Site:
    """The block editor's loop: image, headline, excerpt with its own link, `time` last; a feed of the newest ten."""
    m = Desk("wp_query_loop", "Ateliers Montclair", "fr", _wpb_chrome, _plain_article, section="/category/communiques/", ending="/", zone="Europe/Paris", marks=("og",), press=False)  # fmt: skip
    rels = m.take(25, date(2026, 5, 12), lambda n, d, s: f"/{d:%Y/%m/%d}/{s}/", gap=(5, 12), minutes=True)

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<li class="wp-block-post post-{4100 - n * 7} post type-post status-publish format-standard has-post-thumbnail hentry category-communiques"><figure class="wp-block-post-featured-image"><a href="%%BASE%%{r.url_path}" target="_self"><img src="/wp-content/uploads/{n}.jpg" alt="{e(r.title)}"/></a></figure><h2 class="wp-block-post-title has-large-font-size"><a href="%%BASE%%{r.url_path}" target="_self">{e(r.title)}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{m.lead(r, 220)} </p><p class="wp-block-post-excerpt__more-text"><a class="wp-block-post-excerpt__more-link" href="%%BASE%%{r.url_path}">Lire la suite</a></p></div><div class="wp-block-post-date"><time datetime="{r.published.isoformat()}"><a href="%%BASE%%{r.url_path}">{long_date(r.published, "fr")}</a></time></div></li>"""

    pages = list(chunks(rels, 10))
    for n, rows in enumerate(pages):
        m.put(f"/category/communiques/page/{n + 1}/" if n else m.section, "Communiqués", f'<h1 class="wp-block-query-title">Catégorie : <span>Communiqués</span></h1><div class="wp-block-query"><ul class="columns-3 wp-block-post-template is-layout-grid">{"".join(row(n * 10 + i, r) for i, r in enumerate(rows))}</ul><nav class="wp-block-query-pagination" aria-label="Pagination"><a href="/category/communiques/page/2/" class="wp-block-query-pagination-next">Page suivante</a></nav></div>')  # fmt: skip
    rss(m, rels[:10], "/feed/", "/")
    return m.site(m.section, pages[0], more=rels[10:], zone="Europe/Paris")


# -- Elementor ---------------------------------------------------------------------------------------------------------------
def _el_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(f'<li class="menu-item"><a href="{u}" class="elementor-item">{e(n)}</a></li>' for n, u, _ in m.navigation())  # fmt: skip
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="UTF-8"><title>{e(s.title)} - {e(m.company)}</title><meta name="generator" content="Elementor 3.29.0; features: e_font_icon_svg">{s.head}</head><body class="elementor-default elementor-page"><header data-elementor-type="header" class="elementor elementor-17"><div class="elementor-widget-theme-site-logo"><a href="%%BASE%%"><img src="/wp-content/uploads/logo.svg" alt=""></a></div><nav class="elementor-nav-menu--main"><ul class="elementor-nav-menu">{menu}</ul></nav><nav class="elementor-nav-menu--dropdown" aria-hidden="true"><ul class="elementor-nav-menu">{menu}</ul></nav></header><div data-elementor-type="wp-page" class="elementor elementor-210">{s.main}</div><footer data-elementor-type="footer"><div class="elementor-icon-list-items"><a href="/impressum/">Impressum</a><a href="/datenschutz/">Datenschutz</a></div></footer><div id="BorlabsCookieBox"><p>{m.label("cookies")}</p></div></body></html>"""


def elementor_posts() -> Site:
    """Posts widget on the home page's press part: `Weiterlesen »` and a meta row below; a second widget has blog posts."""
    m = Desk("elementor_posts", "Söhnlein Solartechnik", "de", _el_chrome, _plain_article, section="/presse/", ending="/", marks=("og",))  # fmt: skip
    rels = m.take(12, date(2026, 5, 7), lambda n, d, s: f"/presse/{s}/", gap=(10, 25))

    def post(r: Release | tuple[str, str, date]) -> str:
        title, url, day = (r.title, r.url_path, r.day) if isinstance(r, Release) else r
        assert day
        return f"""<article class="elementor-post elementor-grid-item post type-post status-publish" role="listitem"><a class="elementor-post__thumbnail__link" href="%%BASE%%{url}" tabindex="-1"><div class="elementor-post__thumbnail"><img src="/wp-content/uploads/{day:%j}.jpg" alt=""></div></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="%%BASE%%{url}">{e(title)}</a></h3><div class="elementor-post__meta-data"><span class="elementor-post-date">{long_date(day, "de")}</span><span class="elementor-post-avatar">Keine Kommentare</span></div><div class="elementor-post__excerpt"><p>{e(m.writer.paragraphs(url)[0][:110])}</p></div><a class="elementor-post__read-more" href="%%BASE%%{url}" aria-label="Mehr über {e(title)}" tabindex="-1">Weiterlesen »</a></div></article>"""

    blog = "".join(post(b) for b in m.others("blogpost", "/blog", 3, (-3, -18, -40), "/"))
    m.put(m.section, "Presse", f'<section class="elementor-section"><h1 class="elementor-heading-title">Presse</h1></section><section class="elementor-section"><div class="elementor-widget elementor-widget-heading"><h2 class="elementor-heading-title">Pressemitteilungen</h2></div><div class="elementor-widget elementor-widget-posts"><div class="elementor-posts-container elementor-posts elementor-grid" role="list">{"".join(post(r) for r in rels)}</div></div></section><section class="elementor-section"><h2 class="elementor-heading-title">Aus unserem Blog</h2><div class="elementor-posts-container elementor-posts elementor-grid" role="list">{blog}</div></section><section class="elementor-section"><h2 class="elementor-heading-title">Pressekontakt</h2><p>{m.writer.press_person()}</p></section>')  # fmt: skip
    sitemap(m, [("/", "2026-05-07"), (m.section, "2026-05-07"), ("/blog/", "2026-04-01")] + [(r.url_path, str(r.day)) for r in rels])  # fmt: skip
    return m.site(m.section, rels)


# -- Webflow -----------------------------------------------------------------------------------------------------------------
def _wf_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><!-- Last Published: Mon May 18 2026 --><html data-wf-page="66f" data-wf-site="66a" lang="en"><head><meta charset="utf-8"/><title>{e(s.title)}</title><meta content="Webflow" name="generator"/>{s.head}</head><body class="body"><div data-animation="default" class="navbar w-nav" role="banner"><div class="container w-container"><a href="/" class="brand w-nav-brand"><img src="/logo.svg" alt=""/></a><nav role="navigation" class="nav-menu w-nav-menu"><a href="/platform" class="nav-link w-nav-link">Platform</a><a href="/customers" class="nav-link w-nav-link">Customers</a><a href="/press" aria-current="page" class="nav-link w-nav-link w--current">Press</a><a href="/contact" class="button w-button">Book a demo</a></nav></div></div>{s.main}<footer class="footer"><a href="/privacy" class="footer-link">Privacy</a><div class="copyright">© 2026 {e(m.company)}</div></footer></body></html>"""


def webflow_press() -> Site:
    """Two collections: own releases, and coverage in papers with foreign links, which is none of the firm's."""
    m = Desk("webflow_press", "Kettlewick Robotics", "en", _wf_chrome, _plain_article, section="/press", zone="America/Los_Angeles", marks=(), press=False)  # fmt: skip
    rels = m.take(13, date(2026, 5, 5), lambda n, d, s: f"/press-releases/{s}", gap=(12, 33))

    own = "".join(f'<div role="listitem" class="press-item w-dyn-item"><a href="{r.url_path}" class="press-link w-inline-block"><div class="press-date">{us_date(r.day)}</div><h3 class="press-heading">{e(r.title)}</h3><div class="press-arrow">→</div></a></div>' for r in rels if r.day)  # fmt: skip
    papers = (("The Harrow Courier", "Kettlewick’s quiet warehouse robots", "April 22, 2026"), ("Industry Ledger", "Ten start-ups that lift heavy things", "March 3, 2026"), ("Ellery Evening Post", "Can robots learn manners?", "January 15, 2026"))  # fmt: skip
    cover = "".join(f'<div role="listitem" class="coverage-item w-dyn-item"><a href="https://paper{n}.example/story/{n * 71}" target="_blank" class="w-inline-block"><div class="coverage-outlet">{o}</div><h4 class="coverage-title">{t}</h4><div class="coverage-date">{d}</div></a></div>' for n, (o, t, d) in enumerate(papers))  # fmt: skip
    m.put(m.section, "Press", f'<section class="section"><div class="w-layout-blockcontainer container w-container"><h1>Press</h1><p>For media enquiries: <a href="mailto:press@kettlewick.example">press@kettlewick.example</a></p><h2>Press releases</h2><div class="w-dyn-list"><div role="list" class="press-list w-dyn-items">{own}</div></div><h2>In the news</h2><div class="w-dyn-list"><div role="list" class="w-dyn-items">{cover}</div></div><h2>Brand assets</h2><a href="/brand-kit.zip" class="button w-button">Download kit</a></div></section>')  # fmt: skip
    m.bad.append("/brand-kit.zip")
    m.pages["/brand-kit.zip"] = (b"PK\x05\x06" + bytes(18), "application/zip")
    return m.site(m.section, rels, zone="America/Los_Angeles")


# -- Squarespace --------------------------------------------------------------------------------------------------------------
def _sq_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="en-US"><head><meta charset="utf-8"><!-- This is Squarespace. --><title>{e(s.title)} — {e(m.company)}</title><link rel="alternate" type="application/rss+xml" title="RSS Feed" href="%%BASE%%/news?format=rss"/>{s.head}</head><body id="collection-61a" class="tweak-blog-basic-grid-list-meta-position-top"><div id="siteWrapper" class="site-wrapper"><header id="header" class="header"><div class="header-title-logo"><a href="/">{e(m.company)}</a></div><div class="header-nav-item header-nav-item--collection"><a href="/visit">Visit</a></div><div class="header-nav-item"><a href="/news">News</a></div><div class="header-nav-item"><a href="/donate">Donate</a></div></header><main id="page" class="container"><article class="sections" id="sections">{s.main}</article></main><footer class="sections" id="footer-sections"><p>{e(m.company)}, 1 Quay Street</p><div class="newsletter-block"><h2>Subscribe</h2><form><input type="email"></form></div></footer></div></body></html>"""


def squarespace_news() -> Site:
    """Grid items: `5/12/26` as date, headline, excerpt, `Read More`; months in the address; older posts by an offset."""
    m = Desk("squarespace_news", "Dunmore Bay Maritime Museum", "en", _sq_chrome, _plain_article, section="/news", titles="titles_public", zone="America/New_York", marks=("jsonld",), press=False)  # fmt: skip
    rels = m.take(28, date(2026, 5, 14), lambda n, d, s: f"/news/{d.year}/{d.month}/{d.day}/{s}", gap=(6, 15))

    def row(n: int, r: Release) -> str:
        assert r.day
        meta = f'<div class="blog-meta-section"><span class="blog-meta-primary"><span class="blog-categories-list"><a href="/news/category/Press+Release" class="blog-categories">Press Release</a></span><time class="blog-date" pubdate data-animation-role="date">{r.day.month}/{r.day.day}/{r.day:%y}</time></span><span class="blog-meta-delimiter"></span><span class="blog-meta-secondary"><span class="blog-author">Museum Staff</span></span></div>'
        return f"""<article class="blog-basic-grid--container entry blog-item is-loaded"><div class="blog-item-image"><a href="{r.url_path}" class="image-wrapper preFade" title="{e(r.title)}"><img data-src="/s/{n}.jpg" alt=""></a></div><div class="blog-basic-grid--text">{meta}<h1 class="blog-title"><a href="{r.url_path}" data-no-animation>{e(r.title)}</a></h1><div class="blog-excerpt"><div class="blog-excerpt-wrapper"><p>{m.lead(r)}</p></div></div><a class="blog-more-link" href="{r.url_path}" data-animation-role="content">Read More</a></div></article>"""

    pages = list(chunks(rels, 14))
    for n, rows in enumerate(pages):
        m.put(m.section + (f"?offset=17{n}8402400000" if n else ""), "News", f'<section class="page-section blog-basic-grid"><div class="blog-basic-grid collection-content-wrapper">{"".join(row(i, r) for i, r in enumerate(rows))}</div><nav class="blog-list-pagination"><div class="older"><a href="/news?offset=1718402400000" rel="next">Older Posts</a></div></nav></section>')  # fmt: skip
    rss(m, rels[:20], "/news?format=rss", "/news")
    return m.site(m.section, pages[0], more=rels[14:], zone="America/New_York")


# -- Wix ------------------------------------------------------------------------------------------------------------------------
def _wix_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><meta name="generator" content="Wix.com Website Builder"/><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><div id="SITE_CONTAINER"><div id="main_MF"><header id="SITE_HEADER"><wix-dropdown-menu><nav><ul><li><a data-testid="linkElement" href="%%BASE%%/"><p>Inicio</p></a></li><li><a data-testid="linkElement" href="%%BASE%%/productos"><p>Productos</p></a></li><li><a data-testid="linkElement" href="%%BASE%%/prensa"><p>Prensa</p></a></li></ul></nav></wix-dropdown-menu></header><main id="PAGES_CONTAINER">{s.main}</main><footer id="SITE_FOOTER"><p>©2026 por {e(m.company)}.</p></footer></div></div></body></html>"""


def wix_gallery() -> Site:
    """The builder's gallery: `hace 3 días` for the newest, `12 may`, and `3 dic 2025`; reading times and hearts beside."""
    m = Desk("wix_gallery", "Bodegas Almenar", "es", _wix_chrome, _plain_article, section="/prensa", zone="Europe/Madrid", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(14, date(2026, 5, 17), lambda n, d, s: f"/post/{s}", gap=(6, 26))

    def told(d: date) -> str:
        past = (NOW.date() - d).days
        if past < 7:
            return f"hace {past} días"
        name = month(d, "es")[:3]
        return f"{d.day} {name}" + ("" if d.year == 2026 else f" {d.year}")

    def item(n: int, r: Release) -> str:
        assert r.day
        return f"""<div class="gallery-item-container item-container-regular" data-hook="item-container" role="listitem"><article class="nkqC0Q blog-hover-container-element" data-hook="post-list-item"><a href="%%BASE%%{r.url_path}" class="O16KGI pu51Xe" tabindex="-1"><div class="sPeTjG" data-hook="gallery-item-image"><wow-image><img src="/media/{n}.jpg" alt="{e(r.title)}"></wow-image></div></a><div class="bD0vt9"><div class="UZa2Xr"><ul class="ETPbIy" data-hook="post-info-authors-avatar"><li><span data-hook="user-name" title="Prensa Almenar">Prensa Almenar</span></li><li><span title="{told(r.day)}" class="post-metadata__date time-ago" data-hook="time-ago">{told(r.day)}</span></li><li><span class="post-metadata__readTime" data-hook="time-to-read">2 Min. de lectura</span></li></ul></div><div class="post-list-item-wrapper__content"><a href="%%BASE%%{r.url_path}" class="O16KGI"><h2 class="bD0vt9 KNiaIk" data-hook="post-title"><p>{e(r.title)}</p></h2></a><div class="BOlnTh" data-hook="post-description"><p>{m.lead(r, 140)}</p></div></div><div class="footer"><span>{n * 7 + 4} visualizaciones</span><span>0 comentarios</span><button aria-label="Me gusta">{n}</button></div></div></article></div>"""

    m.put(m.section, "Prensa", f'<section data-hook="feed-page-root"><nav data-hook="blog-categories"><a href="/prensa/categories/premios">Premios</a></nav><h1>Notas de prensa</h1><div id="pro-gallery-container" role="list">{"".join(item(n, r) for n, r in enumerate(rels))}</div></section>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Madrid")


# -- HubSpot ----------------------------------------------------------------------------------------------------------------------
def _hs_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="en-us"><head><meta charset="utf-8"><title>{e(s.title)}</title><meta name="generator" content="HubSpot">{s.head}</head><body><div class="body-wrapper hs-blog-listing"><div data-global-resource-path="theme/header.html"><header class="header"><a href="/" class="header__logo"><img src="/hubfs/logo.png" alt="{e(m.company)}"></a><nav class="menu"><ul><li><a href="/solutions">Solutions</a></li><li><a href="/pricing">Pricing</a></li><li><a href="/resources">Resources</a></li><li><a href="/news">News</a></li></ul></nav></header></div><main id="main-content" class="body-container-wrapper">{s.main}</main><footer class="footer"><form class="hs-form"><label>Email<input type="email"></label></form><a href="/legal">Legal</a></footer></div></body></html>"""


def hubspot_listing() -> Site:
    """Listing posts without dates: only the articles tell the day; a big newest one, tags, authors, related links."""
    m = Desk("hubspot_listing", "Wenlow Analytics", "en", _hs_chrome, _plain_article, section="/news", zone="America/Chicago", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(10, date(2026, 5, 11), lambda n, d, s: f"/news/{s}", gap=(5, 20), minutes=True)

    def post(n: int, r: Release) -> str:
        tag = "h2" if n else "h1"
        return f"""<article class="blog-index__post blog-index__post--{"small" if n else "large"}"><a class="blog-index__post-image-wrapper" href="%%BASE%%{r.url_path}" aria-label="{e(r.title)}" style="background-image:url('/hubfs/{n}.jpg')"></a><div class="blog-index__post-content"><div class="blog-index__post-tags"><a class="blog-index__post-tag" href="/news/tag/press-releases">Press Releases</a></div><{tag} class="blog-index__post-title"><a href="%%BASE%%{r.url_path}" class="blog-index__post-title-link">{e(r.title)}</a></{tag}><div class="blog-index__post-author"><a href="/news/author/imogen-tarrant">{m.writer.press_person()}</a></div><p>{m.lead(r, 150)}</p></div></article>"""

    m.put(m.section, f"{m.company} News", f'<div class="content-wrapper"><div class="blog-header"><h1 class="blog-header__title">Company news</h1></div><section class="blog-index">{"".join(post(n, r) for n, r in enumerate(rels))}</section><nav class="pagination"><a class="pagination__link--active" href="/news/page/1">1</a><a href="/news/page/2">2</a><a class="pagination__link--next" href="/news/page/2">Next</a></nav></div>')  # fmt: skip
    return m.site(m.section, rels, dated="article", zone="America/Chicago")


# -- Shopify ----------------------------------------------------------------------------------------------------------------------
def _shop_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html class="js" lang="sv"><head><meta charset="utf-8"><title>{e(s.title)} – {e(m.company)}</title><link rel="alternate" type="application/atom+xml" title="Feed" href="/blogs/press.atom">{s.head}</head><body class="gradient"><div class="announcement-bar"><p>Fri frakt över 499 kr</p></div><header class="header"><a href="/" class="header__heading-link">{e(m.company)}</a><ul class="list-menu"><li><a href="/collections/all">Katalog</a></li><li><a href="/pages/om-oss">Om oss</a></li><li><a href="/blogs/press">Press</a></li></ul><a href="/cart">Varukorg</a></header><main id="MainContent">{s.main}</main><div class="shopify-section footer"><h2>Prenumerera</h2><a href="/policies/privacy-policy">Integritetspolicy</a><a href="/policies/refund-policy">Återbetalning</a></div></body></html>"""


def shopify_press() -> Site:
    """A shop's blog: article cards with `time`, Swedish month names, and a row of products with prices below."""
    m = Desk("shopify_press", "Skärnäs Keramik", "sv", _shop_chrome, _plain_article, section="/blogs/press", zone="Europe/Stockholm", marks=("og",), press=False)  # fmt: skip
    rels = m.take(9, date(2026, 5, 2), lambda n, d, s: f"/blogs/press/{s}", gap=(15, 40), minutes=True)
    cards = "".join(f'<div class="blog-articles__article article"><div class="article-card-wrapper card-wrapper underline-links-hover"><div class="card article-card card--standard article-card__image--medium"><div class="card__inner"><div class="card__media"><img srcset="/cdn/{n}.jpg 165w" alt=""></div></div><div class="card__content"><div class="card__information"><h3 class="card__heading h2"><a href="{r.url_path}" class="full-unstyled-link">{e(r.title)}</a></h3><div class="article-card__info caption-with-letter-spacing h5"><span class="circle-divider"><time datetime="{r.published.isoformat()}">{long_date(r.published, "sv")}</time></span></div><p class="article-card__excerpt rte-width">{m.lead(r, 120)}</p></div></div></div></div></div>' for n, r in enumerate(rels) if isinstance(r.published, datetime))  # fmt: skip
    goods = "".join(f'<li class="grid__item"><div class="card-wrapper product-card-wrapper"><h3 class="card__heading"><a href="{m.not_a_release(t, u)}" class="full-unstyled-link">{t}</a></h3><span class="price-item">{p} kr</span></div></li>' for t, u, p in (("Fat Ljung, 28 cm", "/products/fat-ljung", 449), ("Kanna Tall", "/products/kanna-tall", 620), ("Mugg Havre", "/products/mugg-havre", 189)))  # fmt: skip
    entries = "".join(f'<entry><id>%%BASE%%{r.url_path}</id><published>{r.published.isoformat()}</published><updated>{r.published.isoformat()}</updated><link rel="alternate" type="text/html" href="%%BASE%%{r.url_path}"/><title>{e(r.title)}</title><author><name>Press</name></author><content type="html">{e(m.paras(r))}</content></entry>' for r in rels if isinstance(r.published, datetime))  # fmt: skip
    m.pages["/blogs/press.atom"] = (f'<?xml version="1.0" encoding="UTF-8"?><feed xml:lang="sv" xmlns="http://www.w3.org/2005/Atom"><id>%%BASE%%/blogs/press.atom</id><title>{m.company} - Press</title><updated>2026-05-02T10:00:00+02:00</updated>{entries}</feed>'.encode(), "application/atom+xml; charset=utf-8")  # fmt: skip
    m.put(m.section, "Press", f'<div class="main-blog page-width"><h1 class="title--primary">Press</h1><div class="blog-articles">{cards}</div></div><div class="collection"><h2>Utvalda produkter</h2><ul class="product-grid">{goods}</ul></div>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Stockholm")


# -- Ghost -------------------------------------------------------------------------------------------------------------------------
def _ghost_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)}</title><meta name="generator" content="Ghost 5.120">{s.head}</head><body class="tag-template tag-press has-serif-title"><div class="gh-viewport"><header id="gh-navigation" class="gh-navigation"><a class="gh-navigation-logo" href="%%BASE%%">{e(m.company)}</a><nav><ul class="nav"><li class="nav-home"><a href="%%BASE%%/">Home</a></li><li class="nav-press nav-current"><a href="%%BASE%%/tag/press/">Press</a></li><li><a href="%%BASE%%/about/">About</a></li></ul></nav><a class="gh-button" href="#/portal/signup">Subscribe</a></header><main class="gh-main gh-outer">{s.main}</main><footer class="gh-footer"><a href="#/portal/signup">Sign up</a><a href="https://ghost.example">Powered by Ghost</a></footer></div></body></html>"""


def ghost_tag() -> Site:
    """A tag's page: the whole card is one anchor; `12 May 2026` with reading time; an RSS of the tag, and script state."""
    m = Desk("ghost_tag", "Fort Lindell Housing Trust", "en", _ghost_chrome, _plain_article, section="/tag/press/", ending="/", titles="titles_public", zone="Europe/Dublin", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(15, date(2026, 5, 13), lambda n, d, s: f"/{s}/", gap=(4, 18))
    cards = "".join(f'<article class="gh-card post tag-press{" no-image" if n % 3 else ""}"><a class="gh-card-link" href="{r.url_path}"><figure class="gh-card-image"><img src="/content/images/{n}.jpg" alt="{e(r.title)}"></figure><div class="gh-card-wrapper"><p class="gh-card-tag">Press</p><h3 class="gh-card-title is-title">{e(r.title)}</h3><p class="gh-card-excerpt is-body">{m.lead(r, 130)}</p><footer class="gh-card-meta"><span class="gh-card-author">By Walter Osgoode</span><time class="gh-card-date" datetime="{r.day}">{r.day.day:02d} {short(r, "en")} {r.day.year}</time><span class="gh-card-meta-wrapper">3 min read</span></footer></div></a></article>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    site = {
        "@context": "https://schema.org",
        "@type": "Series",
        "name": "Press",
        "url": "%%BASE%%/tag/press/",
    }
    m.put(m.section, "Press", f'<section class="gh-archive"><h1 class="gh-article-title">Press</h1><p class="gh-archive-description">A collection of 15 posts</p></section><section class="gh-container is-grid"><div class="gh-feed">{cards}</div></section><script type="application/ld+json">{json.dumps(site)}</script>')  # fmt: skip
    rss(m, rels, "/tag/press/rss/", m.section)
    return m.site(m.section, rels, zone="Europe/Dublin")


SITES = (wp_query_loop, elementor_posts, webflow_press, squarespace_news, wix_gallery, hubspot_listing, shopify_press, ghost_tag)  # fmt: skip
