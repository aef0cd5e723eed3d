"""Rooms of small firms on site builders: Webflow, Squarespace, Wix, HubSpot, Shopify."""

from __future__ import annotations

import json
from datetime import date, datetime
from email.utils import format_datetime
from html import escape as esc
from zoneinfo import ZoneInfo

from sites.kit import Site
from sites.prose import us_date

from .desk import Desk, at_times, on

NEW_YORK = ZoneInfo("America/New_York")


def webflow_startup() -> Site:
    """A start-up on Webflow: one collection of own releases, one of coverage, one of vacancies, all `w-dyn-item`."""
    d = Desk("webflow_startup", "Quillbeam", "en")
    found = d.write(d.days(8, date(2026, 5, 5), 40), lambda n, s, day: f"/press/{s}")
    jobs = d.some("job", 5, "/careers/{slug}")

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html data-wf-page="64f" data-wf-site="64e" lang="en"><head><meta charset="utf-8"><title>{esc(title)} | Quillbeam</title><meta content="Webflow" name="generator"></head><body class="body-3">
<div data-collapse="medium" class="navbar w-nav"><div class="container w-container"><a href="/" class="w-nav-brand">Quillbeam</a><nav class="w-nav-menu">{"".join(f'<a href="{p}" class="nav-link w-nav-link">{esc(t)}</a>' for _, ls in menu for p, t in ls[:2])}</nav></div></div>{inner}<div class="footer-2"><div class="text-block-12">© 2026 Quillbeam Ltd</div></div></body></html>"""

    menu = d.menu("/{slug}")
    own = "".join(
        f'<div role="listitem" class="collection-item-4 w-dyn-item"><a href="{r.url_path}" class="link-block-7 w-inline-block"><div class="text-block-31">{us_date(on(r))}</div><h4 class="heading-22">{esc(r.title)}</h4><p class="paragraph-9">{esc(r.deck)}</p><div class="w-condition-invisible tag">Featured</div><div class="text-link">Read more</div></a></div>'
        for r in found
    )
    cover = "".join(
        f'<div role="listitem" class="w-dyn-item"><a href="https://paper{n}.example/q" class="link-block-8 w-inline-block"><div class="text-block-31">May {n + 1}, 2026</div><h4 class="heading-22">Why {t} runs on Quillbeam</h4></a></div>'
        for n, t in enumerate(("Millbrook Falls", "Dunmore Bay", "Ashcombe", "Fort Lindell"))
    )
    roles = "".join(
        f'<div role="listitem" class="w-dyn-item"><a href="{p}" class="w-inline-block"><h4>{esc(t)}</h4><div>Remote</div></a></div>'
        for p, t in jobs
    )
    d.put(
        "/press",
        frame(
            "Press",
            f'<div class="section-9"><h1 class="heading-21">Press</h1><div class="w-dyn-list"><div role="list" class="w-dyn-items">{own}</div></div></div><div class="section-10"><h2>Quillbeam in the news</h2><div class="w-dyn-list"><div role="list" class="w-dyn-items">{cover}</div></div></div><div class="section-11"><h2>Join us</h2><div class="w-dyn-list"><div role="list" class="w-dyn-items">{roles}</div></div></div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="section-12"><h1 class="heading-24">{esc(r.title)}</h1><div class="text-block-33">{us_date(on(r))}</div><div class="rich-text-block w-richtext">{d.text(r)}</div></div>'
        ),
    )
    return d.done(frame, "/press", found, zone="Europe/London")


def squarespace_press() -> Site:
    """A mill's press blog on Squarespace: American short dates (5/7/26), alternating images."""
    d = Desk("squarespace_press", "Ellery Tide Mills", "en")
    found = d.write(
        d.days(9, date(2026, 5, 7), 30), lambda n, s, day: f"/press/{day.year}/{day.month}/{day.day}/{s}"
    )
    menu = "".join(
        f'<div class="header-nav-item header-nav-item--collection"><a href="{p}">{esc(t)}</a></div>'
        for _, ls in d.menu("/{slug}")[:3]
        for p, t in ls[:3]
    )

    def short(day: date) -> str:
        return f"{day.month}/{day.day}/{day:%y}"

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>{esc(title)} — Ellery Tide Mills</title><!-- This is Squarespace. --></head><body class="tweak-blog-alternating-side-by-side-width-full"><div id="siteWrapper"><header class="header">{menu}<div class="header-actions"><a href="/cart">Cart (0)</a></div></header><main id="page">{inner}</main><footer class="sections">Ellery Tide Mills · Open daily 10–5</footer></div></body></html>"""

    posts = "".join(
        f"""<article class="blog-alternating-side-by-side blog-item is-loaded"><a href="{r.url_path}" class="image-wrapper" data-animation-role="image"><img data-src="/i.jpg" alt=""></a><div class="blog-meta-section"><span class="blog-meta-primary"><span class="blog-categories-list"><a href="/press/category/News" class="blog-categories">News</a></span></span><span class="blog-meta-delimiter"></span><time class="blog-date" pubdate data-animation-role="date">{short(on(r))}</time></div><div class="blog-more"><h1 class="blog-title"><a href="{r.url_path}" data-no-animation>\n  {esc(r.title)}\n</a></h1><div class="blog-excerpt"><div class="blog-excerpt-wrapper"><p>{esc(r.deck)}</p></div></div><a href="{r.url_path}" class="blog-more-link">Read More</a></div></article>"""
        for r in found
    )
    d.other("/press/category/News", "News")
    d.other("/cart", "Cart")
    d.put(
        "/press",
        frame(
            "Press",
            f'<section class="page-section"><div class="blog-alternating-side-by-side-wrapper">{posts}</div></section>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article class="entry"><div class="blog-item-top-wrapper"><time class="dt-published blog-meta-item" datetime="{on(r)}">{short(on(r))}</time><h1 class="entry-title">{esc(r.title)}</h1></div><div class="sqs-block-content">{d.text(r)}</div></article>'
        ),
    )
    return d.done(frame, "/press", found, zone="America/New_York")


def wix_soup() -> Site:
    """A builder site of nested hashed boxes: this year's dates have no year, a reading time stands beside them."""
    d = Desk("wix_soup", "Kettlewick Cargo Bikes", "en")
    found = d.write(d.days(8, date(2026, 5, 16), 45), lambda n, s, day: f"/post/{s}")
    bar = "".join(
        f'<li class="itemDepth02233374943" data-state="link"><a class="YP9bbg" href="{p}"><div class="xbTV5j"><p class="G9rRV7">{esc(t)}</p></div></a></li>'
        for _, ls in d.menu("/{slug}")[:4]
        for p, t in ls[:2]
    )
    shop = "".join(
        f'<div class="s__6dG" data-hook="product-item-root"><a href="{d.other(f"/product-page/bike-{n}", f"Bike {n}")}"><div><div><h3 class="sN2gZk">Bike {n}</h3></div></div></a><span>£{n}99.00</span></div>'
        for n in range(4, 9)
    )

    def day_text(day: date) -> str:
        return f"{day:%b} {day.day}" + ("" if day.year == 2026 else f", {day.year}")

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="generator" content="Wix.com Website Builder"><title>{esc(title)} | Kettlewick Cargo Bikes</title></head><body><div id="SITE_CONTAINER"><div id="main_MF"><div id="site-root"><div id="masterPage" class="mesh-layout"><header><div class="comp-kx1"><ul class="KcpHeO">{bar}</ul></div></header><main id="PAGES_CONTAINER"><div id="SITE_PAGES"><div class="dBAkHi"><div class="HT5ybB"><div data-mesh-id="ContainerinlineContent" data-testid="inline-content">{inner}</div></div></div></div></main><footer><div class="KcpHeO"><p class="font_8 wixui-rich-text__text">©2026 by Kettlewick Cargo Bikes. Proudly invented.</p></div></footer></div></div></div></div></body></html>"""

    cells = "".join(
        f"""<div class="gallery-item-container item-container-regular" data-hook="item-container"><div><div class="tFQ1p9"><div class="pu51Xe"><div class="YmxfLz"><div class="aUcZTU"><div data-hook="image" class="C2k"></div></div><div class="sOr3bn"><div class="rX8uZc"><ul class="post-metadata"><li class="p7oVkq"><span title="{day_text(on(r))}" class="post-metadata__date time-ago" data-hook="time-ago">{day_text(on(r))}</span></li><li class="p7oVkq"><span class="post-metadata__readTime" data-hook="time-to-read">{2 + n % 3} min read</span></li></ul></div><a class="O16KGI pu51Xe" href="%%BASE%%{r.url_path}"><div class="post-title blog-hover-container-element-color"><h2 class="bD0vt9"><p>{esc(r.title)}</p></h2></div></a><div class="BOlnTh"><div class="JMCi2v" style="-webkit-line-clamp:3">{esc(r.deck)}</div></div><div class="footer"><button aria-label="{n * 3} views">{n * 3}</button></div></div></div></div></div></div></div>"""
        for n, r in enumerate(found)
    )
    d.put(
        "/news",
        frame(
            "News",
            f'<div class="comp-l2"><h1 class="font_2"><span>Press &amp; News</span></h1></div><div class="comp-l3"><div class="pro-gallery">{cells}</div></div><div class="comp-l9"><h2 class="font_2">Best sellers</h2><div data-hook="product-list">{shop}</div></div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article class="ZC"><ul><li><span>{day_text(on(r))}</span></li></ul><h1 class="H3vOVf"><span>{esc(r.title)}</span></h1><script type="application/ld+json">{{"@type":"BlogPosting","datePublished":"{on(r)}T09:14:00.000Z"}}</script><div class="rich">{d.text(r, "span")}</div></article>'
        ),
    )
    return d.done(frame, "/news", found, zone="Europe/London")


def hubspot_shell() -> Site:
    """A software firm's news: the page loads its list by script, only the RSS of its head holds the releases."""
    d = Desk("hubspot_shell", "Ledgerlark", "en")
    found = d.write(
        at_times(d.days(10, date(2026, 5, 18), 12), d.dice, NEW_YORK), lambda n, s, day: f"/company/news/{s}"
    )
    blog = "".join(
        f'<div class="blog-card"><a href="{p}">{esc(t)}</a><span>May {n + 2}, 2026</span></div>'
        for n, (p, t) in enumerate(d.some("blogpost", 5, "/blog/{slug}"))
    )
    menu = "".join(
        f'<li class="hs-menu-item hs-menu-depth-1">{g}<ul>{"".join(f"<li class=hs-menu-item><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{slug}")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{esc(title)}</title><meta name="generator" content="HubSpot"><link rel="alternate" type="application/rss+xml" title="News" href="%%BASE%%/company/news/rss.xml"><link rel="alternate" type="application/rss+xml" title="Blog" href="%%BASE%%/blog/rss.xml"></head><body><div class="hs-menu-wrapper"><ul>{menu}</ul></div><div class="body-container-wrapper">{inner}</div><div class="recent-blog"><h3>From the blog</h3>{blog}</div></body></html>"""

    def rss(title: str, items: list[tuple[str, str, datetime, str]]) -> str:
        inner = "".join(
            f"<item><title>{esc(t)}</title><link>%%BASE%%{p}</link><guid>%%BASE%%{p}</guid><pubDate>{format_datetime(w)}</pubDate><description><![CDATA[<p>{esc(k)}</p>]]></description></item>"
            for p, t, w, k in items
        )
        return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title><link>%%BASE%%/</link><description>{title}</description>{inner}</channel></rss>'

    d.put(
        "/company/news",
        frame(
            "News",
            '<h1>Company news</h1><div class="hs-blog-post-listing" data-endpoint="/_hcms/posts"><div class="spinner">Loading…</div></div><noscript>Please enable JavaScript.</noscript>',
        ),
    )
    d.put(
        "/company/news/rss.xml",
        rss(
            "News",
            [(r.url_path, r.title, r.published, r.deck) for r in found if isinstance(r.published, datetime)],
        ),
        "application/rss+xml",
    )
    d.put(
        "/blog/rss.xml",
        rss(
            "Blog",
            [
                (p, p.rsplit("/", 1)[1], datetime(2026, 5, 2, tzinfo=NEW_YORK), "")
                for p in d.not_releases
                if p.startswith("/blog/")
            ],
        ),
        "application/rss+xml",
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="blog-post"><h1><span id="hs_cos_wrapper_name">{esc(r.title)}</span></h1><div class="hubspot-author">Ledgerlark Press · {us_date(on(r))}</div><div class="hs_cos_wrapper">{d.text(r)}</div></div>'
        ),
    )
    return d.done(frame, "/company/news", found, listing="/company/news/rss.xml", zone="America/New_York")


def shop_press() -> Site:
    """A shop whose press releases are a second blog; recipes, products and reviews fill the page."""
    d = Desk("shop_press", "Wenlow Kettle Tea", "en")
    found = d.write(d.days(6, date(2026, 4, 30), 50), lambda n, s, day: f"/blogs/press/{s}")
    recipes = "".join(
        f'<div class="article-card-wrapper"><a href="{p}" class="full-unstyled-link">{esc(t)}</a></div>'
        for p, t in d.some("blogpost", 4, "/blogs/recipes/{slug}")
    )
    goods = "".join(
        f'<li class="grid__item"><div class="card-wrapper product-card-wrapper"><h3 class="card__heading"><a href="{d.other(f"/products/tea-{n}", f"Tea {n}")}">Tea {n}</a></h3><div class="price">£{n}.50</div></div></li>'
        for n in range(3, 11)
    )
    review = "".join(
        f'<div class="review"><b>Lovely tea, number {n}</b><span>{n:02}/05/2026</span></div>'
        for n in range(3, 8)
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html class="no-js" lang="en"><head><meta charset="utf-8"><title>{esc(title)} – Wenlow Kettle Tea</title></head><body class="gradient"><div class="announcement-bar">Free delivery until 31 May 2026</div><header-drawer>{"".join(f'<a href="{p}">{esc(t)}</a>' for p, t in d.some("report", 4, "/pages/{slug}"))}</header-drawer><main id="MainContent">{inner}</main><section class="shopify-section"><h2>Best sellers</h2><ul class="grid product-grid">{goods}</ul>{review}</section></body></html>"""

    cards = "".join(
        f"""<div class="blog-articles__article article"><div class="article-card-wrapper card-wrapper underline-links-hover"><div class="card article-card card--standard"><div class="card__content"><div class="card__information"><h3 class="card__heading h2"><a href="{r.url_path}" class="full-unstyled-link">{esc(r.title)}</a></h3><div class="article-card__info caption-with-letter-spacing h5"><span class="circle-divider"><time datetime="{on(r)}T08:00:00Z">{us_date(on(r))}</time></span><span>Wenlow Kettle</span></div><p class="article-card__excerpt rte-width">{esc(r.deck)}</p></div></div></div></div></div>"""
        for r in found
    )
    ld = json.dumps({"@context": "https://schema.org", "@type": "Organization", "name": "Wenlow Kettle Tea"})
    d.put(
        "/blogs/press",
        frame(
            "Press",
            f'<script type="application/ld+json">{ld}</script><div class="main-blog page-width"><h1 class="title--primary">Press</h1><div class="blog-articles">{cards}</div></div><div class="featured-blog"><h2>Recipes</h2>{recipes}</div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article class="article-template"><h1>{esc(r.title)}</h1><time datetime="{on(r)}T08:00:00Z">{us_date(on(r))}</time><div class="article-template__content rte">{d.text(r)}</div></article>'
        ),
    )
    return d.done(frame, "/blogs/press", found, zone="Europe/London")


SITES = (webflow_startup, squarespace_press, wix_soup, hubspot_shell, shop_press)
