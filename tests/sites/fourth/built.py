"""Front ends with a state of their own and site builders: Next, Nuxt, Gatsby, Astro, Svelte, Webflow, HubSpot, Squarespace, Wix, Shopify."""

from __future__ import annotations

from typing import Any

from sites.kit import Release, Site
from sites.third.desk import chunks, rss

from .desk import Room, date, day, e, frame, json, long_date, month, nav_divs, stamped, timed, us_date, year

APP = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body><div id="app"><div class="flex min-h-screen flex-col"><header class="sticky top-0"><a href="/" aria-label="[[company]]"><svg></svg></a><div>[[menu]]</div></header><div class="grow"><h1 class="text-6xl">[[title]]</h1>[[main]]</div><div class="py-20">[[aside]]</div><footer class="bg-black">[[footer]]</footer></div></div></body></html>""",
    nav=nav_divs,
)
FLOW = frame(
    """<html data-wf-page="66aa" data-wf-site="55bb" lang="[[lang]]"><head>[[head]]</head><body class="body"><div class="navbar w-nav"><a href="/" class="brand w-nav-brand"></a><nav class="w-nav-menu">[[menu]]</nav></div><div class="section hero"><h1>[[title]]</h1></div>[[main]]<div class="section">[[aside]]</div><div class="footer">[[footer]]</div></body></html>""",
    "Webflow",
    nav_divs,
)


def next_app() -> Site:
    """The app router of Next: cards in the page, the same rows once more in its stream of pushes."""
    m = Room("next_app", "Voltara Ladetechnik", APP, timed, "industry", section="/de/newsroom")
    rel = m.take(18, date(2026, 5, 13), lambda n, d, s: f"/de/newsroom/{s}", gap=(4, 17))

    def card(r: Release) -> str:
        return f'<article class="group relative flex flex-col"><div class="flex items-center gap-x-4 text-xs"><time dateTime="{day(r)}T06:00:00.000Z">{long_date(day(r), "de")}</time><span class="rounded-full">{m.writer.slot("product")}</span></div><div class="group relative"><h3 class="mt-3 text-lg"><a href="{r.url_path}"><span class="absolute inset-0"></span>{e(r.title)}</a></h3><p class="line-clamp-3">{m.lead(r, 110)}</p></div></article>'

    rows = [
        ["$", "$L12", r.url_path, {"href": r.url_path, "title": r.title, "date": f"{day(r)}T06:00:00.000Z"}]
        for r in rel
    ]
    push = "5:" + json.dumps(["$", "div", None, {"children": rows}], ensure_ascii=False) + "\n"
    flight = f"<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,{json.dumps(push, ensure_ascii=False)}])</script>".replace(
        "</h", "<\\/h"
    )
    m.draw(
        "/de/newsroom",
        "Newsroom",
        rel,
        card,
        '<div class="grid grid-cols-3">',
        f"</div>{flight}",
        aside=m.newsletter(),
    )
    m.pages["/de"] = m.page(
        "Laden ohne Warten", f'<p>{e(m.writer.about())}</p>{m.products(4)}<a href="/de/newsroom">Newsroom</a>'
    )
    return m.build("/de", rel, listing="/de/newsroom")


def nuxt_devalue() -> Site:
    """Nuxt 3: six cards drawn, all twenty in the payload, whose values refer to one another by number."""
    m = Room("nuxt_devalue", "Kranich Versicherung", APP, stamped, "money", section="/presse")
    rel = m.take(20, date(2026, 5, 18), lambda n, d, s: f"/presse/{s}", gap=(3, 14))

    def card(r: Release) -> str:
        return f'<li class="teaser"><a href="{r.url_path}" class="teaser__a"><p class="teaser__date">{long_date(day(r), "de")}</p><p class="teaser__title">{e(r.title)}</p></a></li>'

    flat: list[Any] = [
        ["ShallowReactive", 1],
        {"data": 2, "state": 3, "once": 4},
        {"press-list": 5},
        {},
        ["Set"],
        {"items": 6, "total": 7},
        [],
        len(rel),
    ]
    for n, r in enumerate(rel):
        at = len(flat)
        flat[6].append(at)
        flat += [
            {"id": at + 1, "title": at + 2, "path": at + 3, "publishedAt": at + 4},
            f"pm-{n}",
            r.title,
            r.url_path,
            f"{day(r)}T07:00:00.000Z",
        ]
    payload = f'<script type="application/json" data-nuxt-data="nuxt-app" data-ssr="true" id="__NUXT_DATA__">{json.dumps(flat, ensure_ascii=False)}</script><script>window.__NUXT__={{}};window.__NUXT__.config={{public:{{}},app:{{baseURL:"/"}}}}</script>'
    m.draw(
        "/presse",
        "Presse",
        rel[:6],
        card,
        '<ul class="teasers">',
        f'</ul><button type="button">Mehr laden</button>{payload}',
        aside=m.contact(),
    )
    return m.build("/presse", rel)


def gatsby() -> Site:
    """Gatsby: drawn list with `page-data.json` beside it."""
    m = Room(
        "gatsby",
        "Tidewell Water",
        APP,
        stamped,
        "english",
        "en",
        section="/newsroom/",
        zone="America/Los_Angeles",
        show=us_date,
    )
    rel = m.take(23, date(2026, 5, 5), lambda n, d, s: f"/newsroom/{s}/", gap=(6, 20))

    def row(r: Release) -> str:
        return f'<div class="NewsRow-module--row--a81f2"><div class="NewsRow-module--date--0c2e1">{us_date(day(r))}</div><div class="NewsRow-module--main--77ab0"><a class="NewsRow-module--link--5f10c" href="{r.url_path}">{e(r.title)}</a></div></div>'

    nodes = [{"node": {"title": r.title, "slug": r.url_path, "date": f"{day(r)}"}} for r in rel]
    m.pages["/page-data/newsroom/page-data.json"] = (
        json.dumps(
            {
                "componentChunkName": "component---src-pages-newsroom",
                "path": "/newsroom/",
                "result": {"data": {"allPress": {"edges": nodes}}},
            }
        ).encode(),
        "application/json",
    )
    m.draw(
        "/newsroom/",
        "Newsroom",
        rel,
        row,
        '<div id="___gatsby">',
        "</div><script>window.pagePath='/newsroom/';</script>",
        aside=m.contact() + m.blog(3),
    )
    return m.build("/newsroom/", rel)


def astro() -> Site:
    """Astro: a plain list by year with a day and month without year; the page of the second year is linked."""
    m = Room("astro", "Hafenwind Reederei", APP, stamped, "industry", section="/aktuelles", marks=("time",))
    rel = m.take(31, date(2026, 5, 17), lambda n, d, s: f"/aktuelles/{s}", gap=(7, 16))

    def row(r: Release) -> str:
        return f'<li data-astro-cid-x2k1><a href="{r.url_path}" data-astro-cid-x2k1><span class="day" data-astro-cid-x2k1>{day(r).day}. {month(day(r), "de")}</span> <span class="name" data-astro-cid-x2k1>{e(r.title)}</span></a></li>'

    years: dict[int, list[Release]] = {}
    for r in rel:
        years.setdefault(year(r), []).append(r)
    inner = "".join(
        f'<section data-astro-cid-x2k1><h2 id="{y}">{y}</h2><ul>{"".join(map(row, rows))}</ul></section>'
        for y, rows in years.items()
    )
    m.put("/aktuelles", "Aktuelles", inner, aside=m.jobs(3))
    return m.build("/aktuelles", rel)


def svelte() -> Site:
    """SvelteKit: rows drawn, the same data inside its start script; the entry is the second page."""
    m = Room("svelte", "Parkstrom Mobilität", APP, timed, "industry", section="/news")
    rel = m.take(30, date(2026, 5, 16), lambda n, d, s: f"/news/{s}", gap=(3, 12))

    def row(r: Release) -> str:
        return f'<a class="row svelte-1k2j3h" href="{r.url_path}"><span class="t svelte-1k2j3h">{e(r.title)}</span><span class="d svelte-1k2j3h">{day(r).day}.{day(r).month}.{year(r)}</span></a>'

    pages = list(chunks(rel, 10))
    for n, rows in enumerate(pages, 1):
        data = ",".join(
            f"{{slug:{json.dumps(r.url_path[6:])},title:{json.dumps(r.title)},date:new Date({1000 * (day(r).toordinal() - 719163) * 86400})}}"
            for r in rows
        )
        start = f'<script>{{__sveltekit_9x={{base:""}};Promise.all([import("/_app/start.js")]).then(([k])=>{{k.start(app,el,{{node_ids:[0,4],data:[null,{{type:"data",data:{{posts:[{data}]}},uses:{{}}}}],form:null,error:null}})}})}}</script>'
        turn = "".join(f'<a href="/news?page={k}">{k}</a>' for k in range(1, len(pages) + 1))
        m.draw(
            "/news" + (f"?page={n}" if n > 1 else ""),
            "News",
            rows,
            row,
            '<div class="rows">',
            f"</div><nav>{turn}</nav>{start}",
        )
    return m.build("/news?page=2", pages[1], more=[*pages[0], *pages[2]])


def webflow() -> Site:
    """Webflow's collection: a featured item above repeats the newest, dates in American order."""
    m = Room(
        "webflow",
        "Neuralis Robotics",
        FLOW,
        stamped,
        "english",
        "en",
        section="/press",
        zone="America/New_York",
        show=us_date,
    )
    rel = m.take(26, date(2026, 5, 14), lambda n, d, s: f"/press/{s}", gap=(5, 19))

    def one(r: Release) -> str:
        return f'<div role="listitem" class="collection-item w-dyn-item"><a href="{r.url_path}" class="press-card w-inline-block"><div class="press-meta"><div>{month(day(r), "en")[:3]} {day(r).day}, {year(r)}</div><div class="dot"></div><div>{m.dice.randint(2, 6)} min read</div></div><h4 class="press-title">{e(r.title)}</h4><div class="text-button"><div>Read release</div><img src="/arrow.svg" alt=""></div></a></div>'

    pages = list(chunks(rel, 12))
    for n, rows in enumerate(pages, 1):
        top = f'<div class="w-dyn-list featured"><div role="listitem" class="w-dyn-item"><a href="{rel[0].url_path}" class="w-inline-block"><div class="tag">Featured</div><h2>{e(rel[0].title)}</h2><p>{m.lead(rel[0])}</p></a></div></div>'
        turn = (
            f'<a href="?8c1f_page={n + 1}" aria-label="Next Page" class="w-pagination-next"><div>Next</div></a>'
            if n < len(pages)
            else ""
        )
        m.draw(
            "/press" + (f"?8c1f_page={n}" if n > 1 else ""),
            "Press",
            rows,
            one,
            f'<div class="section">{top}<div class="w-dyn-list"><div role="list" class="w-dyn-items">',
            f'</div><div class="w-pagination-wrapper">{turn}</div></div></div>',
            aside='<div><h3>In the news</h3><a href="https://paper.example/a">The Ledger: Robots that fold</a> <a href="https://wire.example/b">Wire: A visit to Neuralis</a></div>',
        )
    return m.build("/press", pages[0], more=rel[12:])


def hubspot() -> Site:
    """HubSpot's listing: author, day, topics, reading time; the blog's feed beside it."""
    m = Room("hubspot", "Sorgfalt Software", FLOW, timed, "industry", section="/news")
    rel = m.take(16, date(2026, 5, 12), lambda n, d, s: f"/news/{s}", gap=(6, 22), minutes=True)

    def one(r: Release) -> str:
        return f'<article class="blog-index__post blog-index__post--small"><a class="blog-index__post-image-wrapper" href="{r.url_path}" aria-label="Featured image: {e(r.title)} - Read full post: {e(r.title)}"><img src="/hubfs/p.png" alt=""></a><div class="blog-index__post-content"><div class="hs-blog-post-listing__post-tags"><a href="/news/tag/produkt">Produkt</a></div><h3><a href="{r.url_path}">{e(r.title)}</a></h3><div class="blog-index__post-meta"><a rel="author" href="/news/author/redaktion">{m.writer.press_person()}</a> <span>{month(day(r), "de")[:3]} {day(r).day}, {year(r)} {getattr(r.published, "hour", 9)}:00</span> <span>{m.dice.randint(2, 8)} Min. Lesezeit</span></div><p>{m.lead(r, 120)}</p></div></article>'

    rss(m, rel[:10], "/news/rss.xml", "/news")
    m.stub("Produkt", m.not_a_release("Produkt", "/news/tag/produkt"))
    m.stub("Redaktion", m.not_a_release("Redaktion", "/news/author/redaktion"))
    m.draw(
        "/news",
        "News",
        rel,
        one,
        '<div class="blog-index">',
        "</div>",
        head='<link rel="alternate" type="application/rss+xml" href="/news/rss.xml">',
        aside=m.newsletter(),
    )
    return m.build("/news", rel)


def squarespace() -> Site:
    """Squarespace: an alternating list; the month's short name stands apart from the day."""
    m = Room(
        "squarespace",
        "Kestrel & Sons Brewery",
        FLOW,
        stamped,
        "english",
        "en",
        section="/news",
        zone="Europe/London",
    )
    rel = m.take(20, date(2026, 4, 30), lambda n, d, s: f"/news/{d:%Y/%-m/%-d}/{s}", gap=(8, 26))

    def one(r: Release) -> str:
        return f'<article class="blog-item blog-alternating-side-by-side-wrapper"><a href="{r.url_path}" class="image-wrapper" aria-label="{e(r.title)}"></a><div class="blog-item-content"><div class="blog-meta-section"><span class="blog-meta-primary"><time class="blog-date" pubdate data-animation-role="date">{day(r):%d/%m/%Y}</time></span><span class="blog-meta-secondary"><span class="blog-author">{m.writer.press_person()}</span></span></div><h1 class="blog-title"><a href="{r.url_path}">{e(r.title)}</a></h1><div class="blog-excerpt"><p>{m.lead(r, 120)}</p></div><a href="{r.url_path}" class="blog-more-link">Read More</a></div></article>'

    for at, rows, older in (
        ("/news", rel[:12], '<a rel="next" href="/news?offset=1709546400000">Older Posts</a>'),
        ("/news?offset=1709546400000", rel[12:], ""),
    ):
        m.draw(
            at,
            "News",
            rows,
            one,
            '<div class="blog-alternating-side-by-side">',
            f'</div><div class="older">{older}</div>',
            aside=m.products(4),
        )
    return m.build("/news", rel[:12], more=rel[12:])


def wix() -> Site:
    """Wix: this year's days have no year; views and comments below, reading time beside the day."""
    m = Room("wix", "Imkerverband Südtal", FLOW, stamped, "public", section="/aktuelles", marks=("time",))
    rel = m.take(14, date(2026, 5, 10), lambda n, d, s: f"/post/{s}", gap=(8, 26))

    def one(r: Release) -> str:
        shown = f"{day(r).day}. {month(day(r), 'de')}" + (f" {year(r)}" if year(r) < 2026 else "")
        return f'<div data-hook="post-list-item" class="post-list-item-wrapper"><article><div class="item-wrapper"><a href="{r.url_path}" tabindex="-1"><img src="/w.jpg" alt=""></a><div class="meta"><span class="post-metadata__date" data-hook="time-ago">{shown}</span><span class="post-metadata__readTime" data-hook="time-to-read">{m.dice.randint(1, 5)} Min. Lesezeit</span></div><a href="{r.url_path}" data-hook="post-list-item__title"><h2 data-hook="post-title"><div>{e(r.title)}</div></h2></a><div data-hook="post-description">{m.lead(r, 100)}</div><div class="stats"><span data-hook="view-count">{m.dice.randint(9, 400)} Ansichten</span><span>0 Kommentare</span></div></div></article></div>'

    m.draw(
        "/aktuelles",
        "Aktuelles",
        rel,
        one,
        '<div data-hook="feed-page-root">',
        "</div>",
        aside=m.events(3) + m.gallery(4),
    )
    return m.build("/aktuelles", rel)


def shopify() -> Site:
    """A shop's press blog below goods; the entry is the shop's home page."""
    m = Room("shopify", "Fellgrund Outdoor", FLOW, stamped, "industry", section="/blogs/presse")
    rel = m.take(15, date(2026, 5, 6), lambda n, d, s: f"/blogs/presse/{s}", gap=(8, 30))

    def one(r: Release) -> str:
        return f'<div class="blog-articles__article article"><div class="article-card-wrapper card-wrapper"><div class="card"><div class="card__content"><h3 class="card__heading h2"><a href="{r.url_path}" class="full-unstyled-link">{e(r.title)}</a></h3><div class="article-card__info caption-with-letter-spacing"><span class="circle-divider"><time datetime="{day(r)}T08:00:00Z">{long_date(day(r), "de")}</time></span><span>{m.writer.press_person()}</span></div><p class="article-card__excerpt">{m.lead(r, 100)}</p></div></div></div></div>'

    m.draw("/blogs/presse", "Presse", rel, one, '<div class="blog-articles">', "</div>", aside=m.products(4))
    m.put(
        "/",
        "Fellgrund Outdoor",
        m.products(12)
        + '<a href="/blogs/magazin">Magazin</a> <a href="/blogs/presse">Presse</a>'
        + m.blog(4, "cards"),
    )
    return m.build("/", rel, listing="/blogs/presse")


SITES = (next_app, nuxt_devalue, gatsby, astro, svelte, webflow, hubspot, squarespace, wix, shopify)
