"""Sites whose list is read by machines: framework state, REST, sitemaps, and feeds that are the wrong ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .kit import Body, Release, Site
from .maker import Maker
from .prose import dotted, long_date, us_date

JSON = "application/json; charset=UTF-8"


def script(data: object, attributes: str) -> str:
    """A JSON script as frameworks embed it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"<script {attributes}>{text}</script>"


def skeleton(count: int) -> str:
    """What stands where the list will be."""
    return (
        '<div class="grid gap-6">' + '<div class="animate-pulse h-40 bg-slate-200"></div>' * count + "</div>"
    )


def strangers(m: Maker, slot: str, base: str, count: int = 6) -> list[dict[str, Any]]:
    """Other entries of the same state: jobs, events or posts, built like the releases."""
    return [
        {"id": f"x{n}", "title": t, "href": u, "date": d.isoformat(), "teaser": m.writer.deck()}
        for n, (t, u, d) in enumerate(m.others(slot, base, count, (-4, -15)))
    ]


def next_state() -> Site:
    """Next.js: the list is only in __NEXT_DATA__, beside events and jobs of the same build."""
    m = Maker(
        "next_state", "Halmwerk SE", skin="tailwind", section="/de/newsroom", marks=("og", "jsonld", "time")
    )
    found = m.take(40, date(2026, 5, 19), lambda n, d, s: f"/de/newsroom/{s}", deck=True, minutes=True)
    listed = [
        {"sys": {"id": f"7{n:03d}Kq", "type": "Entry"}, "headline": r.title, "href": r.url_path, "publishedAt": r.published.isoformat(), "teaser": r.deck, "category": "Pressemitteilung"}
        for n, r in enumerate(found)
    ]  # fmt: skip
    menu = [
        {"label": n, "href": p, "children": [{"label": a, "href": b} for a, b in links]}
        for n, p, links in m.navigation()
    ]
    sections = [
        {"__typename": "Hero", "headline": "Newsroom"},
        {"__typename": "PressList", "total": 40, "items": listed},
    ]
    sections += [{"__typename": "EventList", "items": strangers(m, "event", "/de/events")}, {"__typename": "JobTeasers", "items": strangers(m, "job", "/de/karriere/jobs")}]  # fmt: skip
    data = {"props": {"pageProps": {"locale": "de", "menu": menu, "page": {"slug": "newsroom", "updatedAt": "2026-05-20T06:00:00Z", "sections": sections}}}, "page": "/[locale]/[...slug]", "buildId": "kD83hs_2"}  # fmt: skip
    m.put(m.section, "Newsroom", skeleton(9) + script(data, 'id="__NEXT_DATA__" type="application/json"'))
    return m.site(
        m.section,
        found,
        notes="no anchor of a release in the HTML; 40 in __NEXT_DATA__ with events and jobs beside",
    )


def nuxt_state() -> Site:
    """Nuxt 2: window.__NUXT__ as a plain object, addresses as slugs beside the section's path."""
    m = Maker(
        "nuxt_state", "Port Ellery Ferries", "en", skin="builder", section="/news", zone="Europe/London"
    )
    found = m.take(22, date(2026, 5, 15), lambda n, d, s: f"/news/{s}", deck=True)
    posts = [{"id": 900 - n, "slug": r.url_path.split("/")[-1], "path": r.url_path, "title": r.title, "date": f"{r.published}T09:00:00.000Z", "excerpt": r.deck} for n, r in enumerate(found)]  # fmt: skip
    data = {"layout": "default", "data": [{"posts": posts, "timetables": strangers(m, "event", "/sailings")}], "fetch": {}, "error": None, "serverRendered": True, "routePath": "/news"}  # fmt: skip
    text = json.dumps(data).replace("/", "\\u002F")
    m.put(
        "/news",
        "News",
        f'<div class="news-list" v-cloak></div><script>window.__NUXT__={text};</script>',
        aside=m.newsletter(),
    )
    return m.site("/news", found, notes="window.__NUXT__ with \\u002F-escaped paths")


def devalue(data: object) -> list[Any]:
    """Nuxt 3's flat form: every value stands once, containers hold indexes."""
    flat: list[Any] = []

    def put(value: object) -> int:
        at = len(flat)
        flat.append(None)
        if isinstance(value, dict):
            flat[at] = {k: put(v) for k, v in value.items()}
        elif isinstance(value, list):
            flat[at] = [put(v) for v in value]
        else:
            flat[at] = value
        return at

    put(data)
    return flat


def nuxt3_state() -> Site:
    """Nuxt 3: __NUXT_DATA__, a flat array of indexes."""
    m = Maker("nuxt3_state", "Alpenfaden AG", skin="tailwind", section="/medien", zone="Europe/Zurich")
    found = m.take(18, date(2026, 5, 12), lambda n, d, s: f"/medien/mitteilung/{s}", deck=True)
    items = [
        {"_path": r.url_path, "title": r.title, "date": r.published.isoformat(), "description": r.deck}
        for r in found
    ]
    data = {"data": {"releases": items, "jobs": strangers(m, "job", "/jobs")}, "state": {"$slocale": "de-CH"}, "_errors": {}, "serverRendered": True, "path": "/medien"}  # fmt: skip
    m.put(
        "/medien",
        "Medien",
        skeleton(6) + script(devalue(data), 'type="application/json" id="__NUXT_DATA__" data-ssr="true"'),
    )
    return m.site("/medien", found, tuned=False, notes="Nuxt 3 payload; the list is nowhere else")


def shows_10_of(m: Maker, found: Sequence[Release], card: str) -> str:
    return "".join(
        card.format(u=r.url_path, t=escape(r.title), d=m.show(r.day), k=escape(r.deck)) for r in found[:10]
    )


def state_40() -> Site:
    """Ten cards on the page, forty in a JSON script, which has slugs instead of addresses; 'Mehr laden'."""
    m = Maker("state_40", "Rheinquell Getränke", skin="aem", section="/presse/", ending="/", show=dotted)
    found = m.take(40, date(2026, 5, 19), lambda n, d, s: f"/presse/{s}/", deck=True)
    state = {"pageSize": 10, "total": 40, "entries": [{"slug": r.url_path.split("/")[2], "headline": r.title, "day": dotted(r.day), "intro": r.deck} for r in found]}  # fmt: skip
    cards = shows_10_of(m, found, '<li class="tile"><div class="tile__meta">{d} | Presse</div><h3 class="tile__title"><a href="{u}">{t}</a></h3><p>{k}</p></li>')  # fmt: skip
    main = f'<div data-component="press-list"><ul class="tiles">{cards}</ul>{script(state, "type=application/json data-state")}<button class="load-more">Mehr laden</button></div>'
    m.put("/presse/", "Presse", main, aside=m.events(5, "cards") + m.contact())
    return m.site(
        "/presse/",
        found,
        notes="10 shown, 40 in the state as slugs; the pattern of the first ten tells the addresses",
    )


def state_40_en() -> Site:
    """The same in an attribute: a component's props as escaped JSON."""
    m = Maker(
        "state_40_en",
        "Calloway Logistics",
        "en",
        skin="drupal",
        section="/media/news",
        zone="America/Chicago",
        show=us_date,
    )
    found = m.take(40, date(2026, 5, 18), lambda n, d, s: f"/media/news/{d.year}/{s}")
    props = escape(json.dumps({"initial": 10, "news": [{"title": r.title, "link": r.url_path, "published": us_date(r.day)} for r in found]}))  # fmt: skip
    cards = shows_10_of(m, found, '<div class="c-news"><a class="c-news__link" href="{u}">{t}</a><span class="c-news__date">{d}</span></div>')  # fmt: skip
    m.put(
        "/media/news",
        "News",
        f'<div class="js-news-list" data-props="{props}">{cards}</div>',
        aside=m.blog(5, "articles"),
    )
    return m.site("/media/news", found, tuned=False, notes="10 shown, 40 in data-props of a component")


def rest(posts: Sequence[tuple[Release, int]], categories: dict[int, str], kind: str):  # type: ignore[no-untyped-def]
    """WordPress's answer for a collection; knows per_page, page, offset, categories and slug."""

    def post(n: int, r: Release, category: int) -> dict[str, Any]:
        local = r.published.replace(tzinfo=None)  # type: ignore[call-arg,union-attr]
        gmt = (r.published - r.published.utcoffset()).replace(tzinfo=None)  # type: ignore[operator,call-arg,union-attr]
        return {
            "id": 9000 - n, "date": local.isoformat(), "date_gmt": gmt.isoformat(), "modified": local.isoformat(),
            "slug": r.url_path.strip("/").split("/")[-1], "status": "publish", "type": kind, "link": f"%%BASE%%{r.url_path}",
            "title": {"rendered": escape(r.title)}, "excerpt": {"rendered": f"<p>{escape(r.deck)}</p>\n", "protected": False},
            "content": {"rendered": f"<p>{escape(r.deck)}</p>", "protected": False}, "author": 2, "categories": [category], "tags": [],
        }  # fmt: skip

    whole = [
        post(n, r, c) for n, (r, c) in enumerate(sorted(posts, key=lambda p: p[0].published, reverse=True))
    ]  # type: ignore[arg-type,return-value]

    def answer(address: str) -> Body | None:
        query = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        wanted = {int(c) for c in query.get("categories", "").split(",") if c}
        rows = [
            p
            for p in whole
            if (not wanted or wanted & set(p["categories"])) and query.get("slug", p["slug"]) == p["slug"]
        ]
        size, page = min(100, int(query.get("per_page", 10))), int(query.get("page", 1))
        start = int(query.get("offset", (page - 1) * size))
        if page > 1 and start >= len(rows):
            return None
        return json.dumps(rows[start : start + size]).encode(), JSON

    return answer


def wordpress_api(m: Maker, categories: dict[int, str], types: dict[str, str]) -> None:
    """The index, categories and types of a WordPress REST interface."""
    root = {"name": m.company, "url": "%%BASE%%", "home": "%%BASE%%", "namespaces": ["oembed/1.0", "wp/v2"], "routes": {f"/wp/v2/{t}": {"methods": ["GET"]} for t in types.values()}}  # fmt: skip
    m.pages["/wp-json/"] = (json.dumps(root).encode(), JSON)
    rows = [{"id": k, "count": 20, "name": v, "slug": v.lower(), "link": f"%%BASE%%/category/{v.lower()}/", "taxonomy": "category"} for k, v in categories.items()]  # fmt: skip
    m.pages["/wp-json/wp/v2/categories"] = (json.dumps(rows).encode(), JSON)
    kinds = {
        k: {"name": k, "slug": k, "rest_base": base, "rest_namespace": "wp/v2"} for k, base in types.items()
    }
    m.pages["/wp-json/wp/v2/types"] = (json.dumps(kinds).encode(), JSON)


def wp_rest() -> Site:
    """The list is filled by JavaScript from /wp-json/wp/v2/posts; the feed is off; blog posts share the posts."""
    m = Maker("wp_rest", "Molkerei Steinfurth eG", skin="wordpress", section="/presse/", ending="/")
    found = m.take(30, date(2026, 5, 19), lambda n, d, s: f"/presse/{s}/", minutes=True, deck=True)
    posts = m.take(25, date(2026, 5, 20), lambda n, d, s: f"/blog/{s}/", minutes=True, deck=True)
    m.bad += [p.url_path for p in posts]
    head = '<link rel="https://api.w.org/" href="%%BASE%%/wp-json/"><link rel="alternate" title="JSON" type="application/json" href="%%BASE%%/wp-json/wp/v2/pages/31">'
    main = '<div class="wp-block-group press-app" data-category="7" data-endpoint="/wp-json/wp/v2/posts?categories=7"><noscript>Bitte JavaScript einschalten.</noscript></div>'
    m.put("/presse/", "Presse", main, head=head, aside=m.archive("") + m.jobs(3))
    m.pages["/wp-json/wp/v2/posts"] = rest([*((r, 7) for r in found), *((p, 3) for p in posts)], {}, "post")
    wordpress_api(m, {3: "Blog", 7: "Presse"}, {"post": "posts", "page": "pages"})
    return m.site(
        "/presse/",
        found[:10],
        more=found[10:],
        listing="/wp-json/wp/v2/posts?categories=7",
        notes="WordPress REST; only category 7 is press; no feed",
    )


def wp_rest_type() -> Site:
    """A WordPress whose press releases are a post type of their own; entry is the press page; feed off."""
    m = Maker(
        "wp_rest_type",
        "Trent Vale Hospitals",
        "en",
        skin="builder",
        section="/press/",
        ending="/",
        zone="Europe/London",
    )
    found = m.take(24, date(2026, 5, 14), lambda n, d, s: f"/press-release/{s}/", minutes=True, deck=True)
    posts = m.take(15, date(2026, 5, 19), lambda n, d, s: f"/stories/{s}/", minutes=True, deck=True)
    m.bad += [p.url_path for p in posts]
    head = '<link rel="https://api.w.org/" href="%%BASE%%/wp-json/">'
    m.put(
        "/press/",
        "Press",
        '<div id="press-root"></div><script>fetch("/wp-json/wp/v2/press_release?per_page=12")</script>',
        head=head,
        aside=m.events(3),
    )
    m.pages["/wp-json/wp/v2/press_release"] = rest([(r, 0) for r in found], {}, "press_release")
    m.pages["/wp-json/wp/v2/posts"] = rest([(p, 1) for p in posts], {}, "post")
    wordpress_api(m, {1: "Stories"}, {"post": "posts", "page": "pages", "press_release": "press_release"})
    return m.site(
        "/press/",
        found[:10],
        more=found[10:],
        tuned=False,
        listing="/wp-json/wp/v2/press_release",
        notes="REST with a custom type; posts are stories, not releases",
    )


def urlset(rows: Sequence[str], extra: str = "") -> Body:
    text = "".join(f"<url>{r}</url>" for r in rows)
    head = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{extra}>'
    return f"{head}{text}</urlset>".encode(), "application/xml"


def news_sitemap() -> Site:
    """An empty app; robots.txt names a sitemap index, which has a news sitemap beside one of all pages."""
    m = Maker("news_sitemap", "Nordlicht Energie", skin="tailwind", section="/newsroom")
    found = m.take(26, date(2026, 5, 19), lambda n, d, s: f"/newsroom/meldungen/{s}", minutes=True)
    m.put(
        "/newsroom",
        "Newsroom",
        '<div id="app"><noscript>Diese Seite braucht JavaScript.</noscript></div>',
        aside=m.jobs(4) + m.products(4),
    )
    news = [
        f"<loc>%%BASE%%{r.url_path}</loc><news:news><news:publication><news:name>{m.company}</news:name><news:language>de</news:language></news:publication>"
        f"<news:publication_date>{r.published.isoformat()}</news:publication_date><news:title>{escape(r.title)}</news:title></news:news>"
        for r in found
    ]
    m.pages["/news-sitemap.xml"] = urlset(
        news, ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    site = m.site(
        "/newsroom",
        found,
        listing="/news-sitemap.xml",
        notes="nothing on the page; robots.txt -> index -> news sitemap",
    )
    everything = [
        f"<loc>%%BASE%%{escape(p)}</loc><lastmod>2026-05-20</lastmod>"
        for p in m.pages
        if not p.endswith(".xml")
    ]
    m.pages["/sitemap-pages.xml"] = urlset(everything)
    index = "".join(
        f"<sitemap><loc>%%BASE%%/{n}.xml</loc></sitemap>" for n in ("sitemap-pages", "news-sitemap")
    )
    m.pages["/sitemap_index.xml"] = (f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>'.encode(), "text/xml")  # fmt: skip
    m.pages["/robots.txt"] = (
        b"User-agent: *\nDisallow: /intern/\nSitemap: %%BASE%%/sitemap_index.xml\n",
        "text/plain",
    )
    return site


def plain_sitemap() -> Site:
    """An empty app with a sitemap.xml of everything; every lastmod is the day of the relaunch."""
    m = Maker(
        "plain_sitemap",
        "Fort Lindell Instruments",
        "en",
        skin="bootstrap",
        section="/media-centre",
        zone="America/Denver",
        show=us_date,
        marks=("og", "jsonld"),
    )
    found = m.take(30, date(2026, 5, 13), lambda n, d, s: f"/media-centre/press-releases/{s}", minutes=True)
    m.put("/media-centre", "Media centre", "<app-root></app-root>", aside=m.jobs(6) + m.blog(6) + m.events(4))
    site = m.site(
        "/media-centre",
        found,
        tuned=False,
        listing="/sitemap.xml",
        dated="article",
        notes="sitemap.xml only; lastmod is no publication date; titles and dates on the articles",
    )
    m.pages["/sitemap.xml"] = urlset(
        [f"<loc>%%BASE%%{escape(p)}</loc><lastmod>2026-05-01T03:00:00Z</lastmod>" for p in m.pages]
    )
    return site


def blog_feed() -> Site:
    """The page announces a feed, but of the blog; the releases are only on the page."""
    m = Maker(
        "blog_feed",
        "Kollwitz Robotik GmbH",
        skin="builder",
        section="/presse",
        show=lambda d: f"{d.day}. {long_date(d, 'de').split(' ', 1)[1]}",
    )
    found = m.take(15, date(2026, 5, 7), lambda n, d, s: f"/presse/{s}", deck=True)
    blog = m.blog(6, "articles")
    posts = "".join(
        f"<item><title>{escape(t)}</title><link>%%BASE%%/blog/{n}</link><guid>b{n}</guid><pubDate>Tue, 19 May 2026 08:0{n}:00 +0200</pubDate><description>Blog</description></item>"
        for n, t in enumerate(m.writer.words["slots"]["blogpost"][:6])
    )
    m.pages["/blog/rss.xml"] = (f"<?xml version='1.0'?><rss version='2.0'><channel><title>Kollwitz Blog</title><link>%%BASE%%/blog</link>{posts}</channel></rss>".encode(), "application/rss+xml")  # fmt: skip
    m.bad += ["/blog/rss.xml", *(f"/blog/{n}" for n in range(6))]
    for n in range(6):
        m.stub("Blog", f"/blog/{n}")
    items = "".join(
        f'<div class="collection-item"><div class="meta">{m.show(r.day)}</div><a href="{r.url_path}" class="h4">{escape(r.title)}</a><p>{escape(r.deck)}</p></div>'
        for r in found
    )
    head = '<link rel="alternate" type="application/rss+xml" title="Blog" href="/blog/rss.xml">'
    m.put("/presse", "Presse", f'<div class="collection-list">{items}</div>', head=head, aside=blog)
    return m.site(
        "/presse", found, tuned=False, notes="announced feed is the blog's; its items must not be taken"
    )


SITES = (next_state, nuxt_state, nuxt3_state, state_40, state_40_en, wp_rest, wp_rest_type, news_sitemap, plain_sitemap, blog_feed)  # fmt: skip
