"""Hosted rooms: Mynewsdesk, Prezly, PressPage, Presseportal, Cision."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import chunks

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
    us_date,
    year,
)

MND = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="newsroom"><div id="root"><header class="newsroom-header"><a href="/"><img src="/logo.png" alt="[[company]]"></a><nav class="newsroom-nav"><a href="/pressreleases">Pressmeddelanden</a> <a href="/images">Bilder</a> <a href="/events">Evenemang</a> <a href="/contacts">Kontakt</a></nav></header><main><h1>[[title]]</h1>[[main]]</main><section class="about">[[aside]]</section><footer>[[footer]]</footer></div></body></html>"""
)
HOST = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="story-site"><header class="site-head"><a class="brand" href="/">[[company]] Newsroom</a>[[menu]]</header><main id="main"><h1 class="site-title">[[title]]</h1>[[main]]</main>[[aside]]<footer>[[footer]]<p>Powered by newsroom software</p></footer></body></html>""",
    nav=nav_divs,
)
PORTAL = frame(
    """<html lang="de"><head>[[head]]</head><body class="portal"><header class="portal-header"><a href="/">Portal</a><nav><a href="/blaulicht/">Blaulicht</a> <a href="/thema/">Themen</a> <a href="/nr/">Newsrooms</a></nav></header><div class="row"><div class="col-eight"><h1 class="newsroom-headline">[[title]]</h1>[[main]]</div><div class="col-four">[[aside]]</div></div><footer>[[footer]]</footer></body></html>"""
)


def mynewsdesk_se() -> Site:
    """A Swedish room: kind and moment above each title, images and contacts on the same page, no file of a feed."""
    m = Room(
        "mynewsdesk_se",
        "Vintervik Energi",
        MND,
        timed,
        language="sv",
        section="/pressreleases",
        zone="Europe/Stockholm",
    )
    rel = m.take(
        30,
        date(2026, 5, 18),
        lambda n, d, s: f"/pressreleases/{s}-{3400000 + n * 13}",
        gap=(2, 10),
        minutes=True,
    )

    def one(r: Release) -> str:
        when = r.published
        assert isinstance(when, date)
        return (
            f'<li class="stream-item"><a class="stream-item__link" href="{r.url_path}"><figure><img src="/mnd/t.jpg" alt=""></figure><div class="stream-item__body"><div class="stream-item__meta">Pressmeddelanden <span>&bull;</span> <time datetime="{m.moment(r)}">{month(day(r), "sv").title()[:3]} {day(r).day:02d}, {year(r)} {when:%H:%M} CEST</time></div>'
            f'<h2 class="stream-item__title">{e(r.title)}</h2><p>{m.lead(r, 110)}</p></div></a></li>'
        )

    pages = list(chunks(rel, 12))
    for n, rows in enumerate(pages, 1):
        more = (
            f'<a class="load-more" rel="next" href="/pressreleases?page={n + 1}">Visa fler</a>'
            if n < len(pages)
            else ""
        )
        m.draw(
            "/pressreleases" + (f"?page={n}" if n > 1 else ""),
            "Pressmeddelanden",
            rows,
            one,
            '<ul class="stream">',
            f"</ul>{more}",
            aside=m.gallery(6) + m.contact(),
        )
    return m.build("/pressreleases", pages[0], more=rel[12:])


def prezly_next() -> Site:
    """Prezly's theme: the state of Next holds every story, cards show twelve; categories above the titles."""
    m = Room(
        "prezly_next", "Lumora Foods", HOST, stamped, "english", "en", section="/", zone="Europe/Brussels"
    )
    rel = m.take(20, date(2026, 5, 14), lambda n, d, s: f"/{s}", gap=(4, 16), minutes=True)

    def card(r: Release) -> str:
        return f'<div class="StoryCard_container"><a class="StoryCard_imageWrapper" href="{r.url_path}"><img src="/u/1.jpg" alt="{e(r.title)}"></a><div class="StoryCard_content"><div class="StoryCard_category"><a href="/category/products">Products</a></div><h2 class="StoryCard_title"><a class="StoryCard_titleLink" href="{r.url_path}">{e(r.title)}</a></h2><p class="StoryCard_subtitle">{m.lead(r, 90)}</p><p class="StoryCard_date"><time datetime="{m.moment(r)}">{us_date(day(r))}</time></p></div></div>'

    stories = [
        {
            "uuid": f"{n:08x}-77aa",
            "slug": r.url_path[1:],
            "title": r.title,
            "publishedAt": m.moment(r),
            "links": {"newsroom_view": f"%%BASE%%{r.url_path}"},
        }
        for n, r in enumerate(rel)
    ]
    state = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": {"newsroom": {"name": m.company}, "stories": stories, "pagination": {"itemsTotal": 20, "pageSize": 20}}}, "page": "/"})}</script>'
    m.draw(
        "/",
        "Latest stories",
        rel[:12],
        card,
        '<div class="InfiniteStories_list">',
        f'</div><button type="button">Load more</button>{state}',
        aside=m.newsletter() + m.contact(),
    )
    return m.build("/", rel)


def presspage() -> Site:
    """PressPage: tiles of one link each; only the article tells the day."""
    m = Room(
        "presspage",
        "Altamont Rail",
        HOST,
        stamped,
        "english",
        "en",
        section="/news",
        zone="America/New_York",
        show=us_date,
    )
    rel = m.take(24, date(2026, 5, 12), lambda n, d, s: f"/news/{s}", gap=(3, 17))

    def tile(r: Release) -> str:
        return f'<a class="pp-tile pp-tile--release" href="{r.url_path}" title="{e(r.title)}"><span class="pp-tile__img" style="background-image:url(/t.jpg)"></span><span class="pp-tile__label">Press release</span><strong class="pp-tile__title">{e(r.title)}</strong><span class="pp-tile__cta">Read more</span></a>'

    m.draw("/news", "News", rel, tile, '<div class="pp-tiles">', "</div>", aside=m.contact() + m.downloads(3))
    return m.build("/news", rel, dated="article")


def presseportal() -> Site:
    """A company's page in a portal: day and minute, the sender, the title, `(ots)` in the text; other senders beside it."""
    m = Room("presseportal", "Sparverein Norderhafen", PORTAL, datelined, "money", section="/nr/104711")
    rel = m.take(
        27, date(2026, 5, 19), lambda n, d, s: f"/pm/104711/{5800000 + n * 211}", gap=(2, 9), minutes=True
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        assert isinstance(r.published, date)
        file = '<div class="attach">Ein Dokument</div>' if n % 5 == 0 else ""
        return f'<li><article class="news"><div class="news-meta"><div class="date">{r.published:%d.%m.%Y – %H:%M}</div></div><p class="customer"><a href="/nr/104711">{e(m.company)}</a></p><h3 class="news-headline-clamp"><a href="{r.url_path}" title="{e(r.title)}"><span>{e(r.title)}</span></a></h3><p>Norderhafen (ots) - {m.lead(r, 150)} <a class="more" href="{r.url_path}">mehr</a></p>{file}</article></li>'

    others = "".join(
        f'<li><a href="{m.not_a_release(t, f"/pm/{n + 70}/{5900000 + n}")}">{e(t)}</a> <span>{dotted(d)}</span></li>'
        for n, (t, d) in enumerate((m.writer.title(), day(r)) for r in rel[:6])
    )
    m.put(
        "/nr/104711",
        "Newsroom: Sparverein Norderhafen",
        f'<ul class="article-list">{"".join(map(one, enumerate(rel)))}</ul>',
        aside=f"<h3>Meistgelesene Meldungen im Portal</h3><ul>{others}</ul>{m.contact()}",
    )
    return m.build("/nr/104711", rel)


def suche_verzeichnis() -> Site:
    """A directory of releases: search results of one company with place, day, kind and number of pictures."""
    m = Room("suche_verzeichnis", "Ohmwerk Messtechnik", PORTAL, datelined, "industry", section="/suche")
    rel = m.take(
        25, date(2026, 5, 13), lambda n, d, s: f"/inaktiv/ohmwerk/{s}/boxid/{900000 + n}", gap=(4, 20)
    )

    def one(r: Release) -> str:
        return f'<div class="result"><div class="result-title"><a href="{r.url_path}">{e(r.title)}</a></div><div class="result-sub">{m.writer.slot("quality").capitalize()} im Betrieb</div><div class="result-info">(PB) <span>Ravenstadt</span>, <span>{dotted(day(r))}</span> | Pressemitteilung | <span>{m.dice.randint(1, 6)} Bilder</span></div><div class="result-text">{m.lead(r)}</div></div>'

    m.draw(
        "/suche?q=ohmwerk&sort=date",
        "Suchergebnisse",
        rel,
        one,
        '<form action="/suche"><input name="q" value="ohmwerk"></form><p>25 Treffer für „ohmwerk“</p>',
        "",
        aside=m.tags(),
    )
    m.pages["/suche"] = m.pages["/suche?q=ohmwerk&sort=date"]
    return m.build("/suche?q=ohmwerk&sort=date", rel)


def cision_cards() -> Site:
    """A wire's room of one sender: the moment stands inside the heading's link; pictures are one more link."""
    m = Room(
        "cision_cards",
        "Brightwell Medical",
        HOST,
        datelined,
        "english",
        "en",
        section="/news/brightwell-medical/",
        zone="America/New_York",
        show=us_date,
    )
    rel = m.take(
        37,
        date(2026, 5, 19),
        lambda n, d, s: f"/news-releases/{s}-{302400000 + n * 97}.html",
        gap=(2, 9),
        minutes=True,
    )

    def one(r: Release) -> str:
        assert isinstance(r.published, date)
        return f'<div class="row newsCards"><div class="col-sm-12 card"><a class="newsreleaseconsolidatelink" href="{r.url_path}"><div class="img-ratio-element"><img src="/m.jpg" alt=""></div><h3><small>{us_date(day(r))}, {r.published:%H:%M} ET</small> {e(r.title)}</h3><p class="remove-outline">{m.lead(r, 140)}</p></a></div></div>'

    at, two = "/news/brightwell-medical/", "/news/brightwell-medical/?page=2&pagesize=25"
    m.draw(
        at,
        "News from Brightwell Medical",
        rel[:25],
        one,
        "",
        f'<nav><a href="{e(two)}">Next</a></nav>',
        aside=m.newsletter(),
    )
    m.draw(
        two,
        "News from Brightwell Medical",
        rel[25:],
        one,
        "",
        f'<nav><a href="{at}">Previous</a></nav>',
        aside=m.newsletter(),
    )
    return m.build(at, rel[:25], more=rel[25:])


def ots_kuerzel() -> Site:
    """An Austrian bureau's own list: `OTS0123, day, minute` in one line below each title."""
    m = Room(
        "ots_kuerzel",
        "Alpenbund Österreich",
        HOST,
        stamped,
        "public",
        section="/presse/aussendungen",
        zone="Europe/Vienna",
    )
    rel = m.take(
        28,
        date(2026, 5, 19),
        lambda n, d, s: f"/presseaussendung/OTS_{d:%Y%m%d}_OTS{n:04d}/{s}",
        gap=(1, 8),
        minutes=True,
    )

    def one(pair: tuple[int, Release]) -> str:
        n, r = pair
        assert isinstance(r.published, date)
        return f'<div class="ots"><h3><a href="{r.url_path}">{e(r.title)}</a></h3><h4>Utl.: {m.writer.slot("quality").capitalize()} als Ziel</h4><p class="ots-code">OTS{n:04d}, {long_date(day(r), "de")}, {r.published:%H:%M}</p></div>'

    m.put(
        "/presse/aussendungen",
        "Aussendungen",
        "".join(map(one, zip(range(len(rel), 0, -1), rel, strict=True))),
        aside=m.events(4) + m.contact(),
    )
    return m.build("/presse/aussendungen", rel)


SITES = (mynewsdesk_se, prezly_next, presspage, presseportal, suche_verzeichnis, cision_cards, ots_kuerzel)
