"""British and American company newsrooms: AEM, Drupal, WordPress, Squarespace, investor-relations hosts."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from .kit import NOW, Release, Site
from .maker import Maker
from .prose import long_date, us_date
from .skins import json_ld


def aem_cards() -> Site:
    """AEM: cards with image, category, title link and date after the title; 'Load more'."""
    m = Maker(
        "aem_cards",
        "Wainscott Mobility plc",
        "en",
        skin="aem",
        section="/en/newsroom.html",
        ending=".html",
        zone="Europe/London",
    )
    found = m.take(
        12,
        date(2026, 5, 19),
        lambda n, d, s: f"/en/newsroom/press-releases/{d.year}/{d:%m}/{s}.html",
        deck=True,
    )
    cards = "".join(
        f"""<div class="teaser card"><div class="cmp-teaser"><div class="cmp-teaser__image"><a href="{r.url_path}" aria-hidden="true" tabindex="-1"><img src="/content/dam/{n}.coreimg.jpeg" alt=""></a></div>
<div class="cmp-teaser__content"><p class="cmp-teaser__pretitle">Press release</p><h2 class="cmp-teaser__title"><a class="cmp-teaser__title-link" href="{r.url_path}">{escape(r.title)}</a></h2>
<div class="cmp-teaser__description"><p>{escape(r.deck)}</p></div><p class="cmp-teaser__meta">{long_date(r.day, "en")}</p></div></div></div>"""
        for n, r in enumerate(found)
    )
    main = f'{m.filters()}<div class="cmp-dynamiclist">{cards}</div><div class="button"><button class="cmp-button">Load more</button></div>'
    m.put(m.section, "Newsroom", main, aside=m.gallery() + m.contact())
    return m.site(
        m.section,
        found,
        notes="cards; two links per item; UK dates after the title; image gallery with dates",
    )


def drupal_views() -> Site:
    """Drupal views-row with a pager from 0 to 23: a whole site of 240 releases."""
    m = Maker(
        "drupal_views",
        "Kettlewick University",
        "en",
        titles="titles_public",
        skin="drupal",
        section="/news",
        zone="Europe/London",
        show=lambda d: f"{d:%A} {long_date(d, 'en')}",
    )
    found = m.take(240, date(2026, 5, 20), lambda n, d, s: f"/news/{d:%Y/%m}/{s}", gap=(1, 5), deck=True)

    def row(r: Release) -> str:
        return f"""<div class="views-row"><article class="node node--type-news-item node--view-mode-teaser"><div class="field field--name-field-date"><time datetime="{r.published}T12:00:00Z">{r.day:%A} {long_date(r.day, "en")}</time></div>
<h3><a href="{r.url_path}" rel="bookmark"><span>{escape(r.title)}</span></a></h3><div class="field--name-body"><p>{escape(r.deck)}</p></div></article></div>"""

    aside = m.events(6, "articles", "/events") + m.tags()
    for n in range(24):
        links = "".join(
            f'<li class="pager__item"><a href="?page={k}">{k + 1}</a></li>'
            for k in range(max(0, n - 3), min(24, n + 4))
            if k != n
        )
        links += (
            f'<li class="pager__item--next"><a href="?page={n + 1}" rel="next">Next ›</a></li><li><a href="?page=23">Last »</a></li>'
            if n < 23
            else ""
        )
        main = f'<div class="views-element-container"><div class="view view-news"><div class="view-content">{"".join(map(row, found[10 * n : 10 * n + 10]))}</div><nav class="pager"><ul>{links}</ul></nav></div></div>'
        m.put(f"/news?page={n}" if n else "/news", "News", main, aside=aside)
    return m.site(
        "/news",
        found[:10],
        more=found[10:],
        notes="240 releases, ?page=N, events as articles with time beside them",
    )


def wp_divi() -> Site:
    """A WordPress theme with articles, h2, time, '/page/2/' and a feed for comments only."""
    m = Maker(
        "wp_divi",
        "Calder Row Housing Association",
        "en",
        skin="wordpress",
        section="/news/",
        ending="/",
        zone="Europe/London",
        marks=("og", "jsonld", "time"),
    )
    found = m.take(27, date(2026, 5, 18), lambda n, d, s: f"/{s}/", minutes=True, deck=True)
    head = '<link rel="alternate" type="application/rss+xml" title="Calder Row &raquo; Comments Feed" href="%%BASE%%/comments/feed/">'
    m.pages["/comments/feed/"] = (COMMENTS.encode(), "application/rss+xml; charset=UTF-8")
    m.bad.append("/comments/feed/")

    def item(n: int, r: Release) -> str:
        return f"""<article id="post-{5000 - n}" class="post-{5000 - n} post type-post status-publish hentry category-news"><header class="entry-header"><h2 class="entry-title"><a href="%%BASE%%{r.url_path}" rel="bookmark">{escape(r.title)}</a></h2>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{r.published.isoformat()}">{us_date(r.day)}</time><time class="updated" datetime="{(r.published + timedelta(days=2)).isoformat()}">{us_date(r.day + timedelta(days=2))}</time></span> by <a href="/author/press/">Press office</a></div></header>
<div class="entry-content"><p>{escape(r.deck)}</p><a class="more-link" href="%%BASE%%{r.url_path}">Continue reading</a></div><footer><span class="cat-links"><a href="/category/news/" rel="category tag">News</a></span></footer></article>"""

    for n in (1, 2, 3):
        older = (
            f'<div class="nav-previous"><a href="%%BASE%%/news/page/{n + 1}/">Older posts</a></div>'
            if n < 3
            else ""
        )
        main = (
            "".join(item(k, r) for k, r in enumerate(found[9 * n - 9 : 9 * n]))
            + f'<nav class="navigation posts-navigation">{older}</nav>'
        )
        m.put(
            "/news/" if n == 1 else f"/news/page/{n}/",
            "News",
            main,
            head=head,
            aside=m.archive("", 8) + m.tags() + m.jobs(3),
        )
    return m.site(
        "/news/",
        found[:9],
        more=found[9:],
        not_releases=("/category/news/", "/author/press/"),
        tuned=False,
        notes="updated time beside published; comments feed must not be taken; /page/2/",
    )


COMMENTS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Comments for Calder Row</title><link>%%BASE%%</link>
<item><title>By: Reader on a new roof</title><link>%%BASE%%/a-post/#comment-12</link><pubDate>Mon, 18 May 2026 09:00:00 +0000</pubDate><description>Thanks for this.</description></item></channel></rss>"""


def ir_table() -> Site:
    """An investor-relations host: table, May 12, 2026, PDF icons, a select of years."""
    m = Maker(
        "ir_table",
        "Pinehurst Medical, Inc.",
        "en",
        skin="bootstrap",
        section="/news-releases",
        zone="America/New_York",
        show=us_date,
        marks=("og", "dateline"),
    )
    found = m.take(
        15, date(2026, 5, 19), lambda n, d, s: f"/news-releases/news-release-details/{s[:70]}", minutes=True
    )
    rows = "".join(
        f'<tr><td class="wd_date"><time datetime="{r.published.isoformat()}">{us_date(r.day)}</time></td><td><div class="nir-widget--news--headline"><a href="{r.url_path}" hreflang="en">{escape(r.title)}</a></div></td>'
        f'<td><a href="/node/{18000 + n}/pdf"><span class="sr-only">PDF Version</span></a></td></tr>'
        for n, r in enumerate(found)
    )
    for n in range(15):
        m.not_a_release("PDF Version", f"/node/{18000 + n}/pdf")
    filings = m.section_of(
        "downloads", m.rows(m.others("report", "/sec-filings", 5, (-20, -50)), "table", "filings")
    )
    m.put(
        m.section,
        "News Releases",
        f'{m.filters()}<table class="nirtable news-table"><thead><tr><th>Date</th><th>Title</th><th></th></tr></thead><tbody>{rows}</tbody></table>',
        aside=filings + m.events(4, "table"),
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        notes="IR table, US dates; filings and events in tables of the same build",
    )


def relative_en() -> Site:
    """'2 hours ago', 'yesterday', '3 days ago', then dates; title first, age after."""
    m = Maker(
        "relative_en",
        "Brightwater Labs",
        "en",
        skin="builder",
        section="/press",
        zone="America/New_York",
        show=us_date,
    )
    ages = [
        (0, "2 hours ago"),
        (1, "Yesterday"),
        (2, "2 days ago"),
        (4, "4 days ago"),
        (7, "a week ago"),
        (12, "12 days ago"),
        (21, "3 weeks ago"),
    ]
    found = [
        m.take(1, NOW.date() - timedelta(days=days), lambda k, d, s: f"/press/{s}")[0] for days, _ in ages
    ]
    shown = [text for _, text in ages]
    found += (older := m.take(6, date(2026, 4, 20), lambda n, d, s: f"/press/{s}"))
    shown += [us_date(r.day) for r in older]
    rows = "".join(
        f'<div role="listitem" class="w-dyn-item"><a href="{r.url_path}" class="news_link w-inline-block"><h3 class="heading-style-h5">{escape(r.title)}</h3><div class="text-size-small">{t}</div></a></div>'
        for r, t in zip(found, shown, strict=True)
    )
    m.put(
        "/press",
        "Press",
        f'<section class="section_news"><div class="w-dyn-list"><div role="list" class="w-dyn-items">{rows}</div></div></section>',
        aside=m.blog(5, "cards", "/resources") + m.newsletter(),
    )
    return m.site(
        "/press",
        found,
        tuned=False,
        notes="relative ages after the title, whole item is one link; a dated blog list below",
    )


def jsonld_list() -> Site:
    """A headless site that declares its list as an ItemList, and shows cards without dates."""
    m = Maker(
        "jsonld_list",
        "Osterley Transit",
        "en",
        skin="tailwind",
        section="/media/press-releases",
        zone="Europe/London",
        marks=("og", "jsonld", "time"),
    )
    found = m.take(16, date(2026, 5, 14), lambda n, d, s: f"/media/press-releases/{s}", minutes=True)
    listed = [
        {"@type": "ListItem", "position": n, "item": {"@type": "NewsArticle", "headline": r.title, "url": f"%%BASE%%{r.url_path}", "datePublished": r.published.isoformat()}}
        for n, r in enumerate(found, 1)
    ]  # fmt: skip
    cards = "".join(
        f'<a class="rounded-xl border p-6" href="{r.url_path}"><h3 class="text-xl">{escape(r.title)}</h3><span class="text-sm">Read more →</span></a>'
        for r in found
    )
    head = json_ld({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": listed})
    m.put(
        m.section,
        "Press releases",
        f'<div class="grid grid-cols-3 gap-6">{cards}</div>',
        head=head,
        aside=m.products(4),
    )
    return m.site(m.section, found, notes="JSON-LD ItemList is the only place of the dates")


SITES = (aem_cards, drupal_views, wp_divi, ir_table, relative_en, jsonld_list)
