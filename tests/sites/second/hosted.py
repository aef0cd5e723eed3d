"""Rooms on hosted platforms and in further languages: Danish, Finnish, French, Hungarian, Czech, Portuguese, Turkish."""

from __future__ import annotations

import json
from datetime import date
from html import escape as esc
from zoneinfo import ZoneInfo

from sites.kit import Site
from sites.prose import dotted, long_date, month

from .desk import Desk, at_times, minute, on


def mynewsdesk_danish() -> Site:
    """A Danish retailer in a hosted room: releases, news, events and contacts as separate panels of one page."""
    d = Desk("mynewsdesk_danish", "Lyngbæk Fjordhandel A/S", "da")
    found = d.write(
        at_times(d.days(10, date(2026, 5, 19), 14), d.dice, ZoneInfo("Europe/Copenhagen")),
        lambda n, s, day: f"/dk/fjordhandel/pressreleases/{s}-3{448120 - n * 977}",
    )
    blog = "".join(
        f'<li class="panel__item panel__item--blog"><a href="{p}"><h3>{esc(t)}</h3></a><p>Blogindlæg • Maj {n + 3}, 2026</p></li>'
        for n, (p, t) in enumerate(d.some("blogpost", 3, "/dk/fjordhandel/blog_posts/{slug}-10{n}"))
    )
    events = "".join(
        f'<li class="panel__item panel__item--event"><a href="{p}"><h3>{esc(t)}</h3></a><p>Begivenhed • {n + 8}. juni 2026 9:00</p></li>'
        for n, (p, t) in enumerate(d.some("event", 3, "/dk/fjordhandel/events/{slug}-9{n}"))
    )
    images = "".join(
        f'<figure><a href="{p}"><img src="/i/{n}.jpg" alt="{esc(t)}"></a><figcaption>{esc(t)} • jpg</figcaption></figure>'
        for n, (p, t) in enumerate(d.some("report", 3, "/dk/fjordhandel/images/{slug}-77{n}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>{esc(title)} | Lyngbæk Fjordhandel A/S</title></head><body class="newsroom"><header class="newsroom-header"><a href="/dk/fjordhandel">Fjordhandel</a><nav>{"".join(f'<a href="{d.other(p, t)}">{t}</a>' for p, t in nav)}</nav></header><main class="newsroom-main">{inner}</main><section class="newsroom-follow"><button>Følg Lyngbæk Fjordhandel A/S</button></section><footer>Leveres af et opdigtet nyhedsrum</footer></body></html>"""

    nav = [
        ("/dk/fjordhandel/contact_people", "Kontakter"),
        ("/dk/fjordhandel/images", "Billeder"),
        ("/dk/fjordhandel/about", "Om"),
    ]
    items = "".join(
        f'<li class="panel__item"><div class="panel__media"><img src="/p.jpg" alt=""></div><div class="panel__text"><p class="panel__meta"><span>Pressemeddelelser</span> • <time datetime="{minute(r).isoformat()}">{long_date(on(r), "da")} {minute(r):%H:%M %Z}</time></p><h2><a href="{r.url_path}">{esc(r.title)}</a></h2><p class="panel__lead">{esc(r.deck)}</p></div></li>'
        for r in found
    )
    d.put(
        "/dk/fjordhandel",
        frame(
            "Nyhedsrum",
            f'<h1>Lyngbæk Fjordhandel A/S</h1><section class="panel"><h2>Seneste pressemeddelelser</h2><ul>{items}</ul><a class="btn" href="/dk/fjordhandel/pressreleases">Se alle</a></section><section class="panel"><h2>Blog</h2><ul>{blog}</ul></section><section class="panel"><h2>Begivenheder</h2><ul>{events}</ul></section><section class="panel"><h2>Billeder</h2>{images}</section>',
        ),
    )
    d.put(
        "/dk/fjordhandel/pressreleases",
        frame("Pressemeddelelser", f"<h1>Pressemeddelelser</h1><ul>{items}</ul>"),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article class="item"><p>Pressemeddelelse - {long_date(on(r), "da")}</p><h1>{esc(r.title)}</h1><div class="item__body">{d.text(r)}</div></article>'
        ),
    )
    return d.done(frame, "/dk/fjordhandel", found, zone="Europe/Copenhagen")


def prezly_finnish() -> Site:
    """A Finnish maker in a hosted room that draws itself by script: only a JSON-LD list holds the releases."""
    d = Desk("prezly_finnish", "Kuusilahden Myllyt Oy", "fi")
    found = d.write(d.days(9, date(2026, 5, 12), 18), lambda n, s, day: f"/{s}-{3 + n}k{9 - n}")
    tags = d.some("event", 3, "/category/{slug}")

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{esc(title)}</title><script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "WebSite", "name": "Kuusilahden Myllyt Oy", "url": "%%BASE%%/"})}</script></head><body><div id="__room"><header>{"".join(f'<a href="{p}">{esc(t)}</a>' for p, t in tags)}</header>{inner}</div></body></html>"""

    graph = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": n + 1,
                "item": {
                    "@type": "NewsArticle",
                    "headline": r.title,
                    "url": f"%%BASE%%{r.url_path}",
                    "datePublished": f"{on(r)}T09:00:00+03:00",
                    "description": r.deck,
                    "author": {"@type": "Organization", "name": "Kuusilahden Myllyt Oy"},
                },
            }
            for n, r in enumerate(found)
        ],
    }
    d.put(
        "/",
        frame(
            "Kuusilahden Myllyt Oy uutishuone",
            f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script><h1>Tiedotteet</h1><div class="skeleton"></div><div class="skeleton"></div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article><h1>{esc(r.title)}</h1><p class="date">{long_date(on(r), "fi")}</p>{d.text(r)}</article>'
        ),
    )
    return d.done(frame, "/", found, zone="Europe/Helsinki")


def presspage_french() -> Site:
    """A French railway supplier in a hosted room: hero story, tiles, a coverage list and a wall of posts."""
    d = Desk("presspage_french", "Ateliers Vauclair", "fr")
    found = d.write(d.days(11, date(2026, 5, 19), 10), lambda n, s, day: f"/{s}/")
    menu = "".join(
        f"<li>{g}<ul>{''.join(f'<li><a href={p!r}>{esc(t)}</a></li>' for p, t in ls)}</ul></li>"
        for g, ls in d.menu("/groupe/{slug}/")
    )
    wall = "".join(
        f'<div class="pp-social-item"><p>Fiers de nos équipes ! #{t.split()[0]}</p><a href="https://social.example/p/{n}">{n + 2} mai 2026</a></div>'
        for n, (_, t) in enumerate(d.some("blogpost", 4, "/histoires/{slug}/"))
    )
    files = "".join(
        f'<li><a href="{p}">{esc(t)}</a> <em>PDF — 2 mai 2026</em></li>'
        for p, t in d.some("report", 3, "/assets/{slug}.html")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{esc(title)} | Presse Ateliers Vauclair</title></head><body class="pp"><div id="pp-nav"><ul>{menu}</ul></div><div id="pp-body">{inner}</div><div id="pp-social">{wall}</div><div id="pp-media"><h3>Dossiers</h3><ul>{files}</ul></div><div id="pp-foot">Contact presse : {d.writer.press_person()}</div></body></html>"""

    first, *rest = found
    hero = f'<div class="pp-hero" style="background-image:url(/h.jpg)"><a href="{first.url_path}"><span class="pp-kicker">À la une</span><h2>{esc(first.title)}</h2><p>{esc(first.deck)}</p></a><span class="pp-hero-date">{long_date(on(first), "fr")}</span></div>'
    tiles = "".join(
        f'<div class="pp-release-tile"><a class="pp-release-image" href="{r.url_path}"><img src="/t.jpg" alt=""></a><div class="pp-release-date">{"1er" if on(r).day == 1 else on(r).day} {month(on(r), "fr")} {on(r).year}</div><a class="pp-release-title" href="{r.url_path}">{esc(r.title)}</a><div class="pp-release-sub">{esc(r.deck)}</div></div>'
        for r in rest
    )
    d.put(
        "/",
        frame("Espace presse", f'{hero}<h1>Communiqués de presse</h1><div class="pp-releases">{tiles}</div>'),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="pp-article"><div>{long_date(on(r), "fr")}</div><h1>{esc(r.title)}</h1>{d.text(r)}</div>'
        ),
    )
    return d.done(frame, "/", found, zone="Europe/Paris")


def hungarian_rows() -> Site:
    """A Hungarian bank's disclosures: year first in every date, regulated news and press mixed, a search form above."""
    d = Desk("hungarian_rows", "Tiszavári Bank Nyrt.", "hu")
    found = d.write(
        d.days(12, date(2026, 5, 15), 9),
        lambda n, s, day: f"/sajto/kozlemenyek/{day:%Y%m%d}-{s}",
        decks=False,
    )
    menu = "".join(
        f'<div class="mm"><p>{g}</p>{"".join(f"<a href={p!r}>{esc(t)}</a>" for p, t in ls)}</div>'
        for g, ls in d.menu("/{group}/{slug}")
    )
    rates = "".join(f"<tr><td>EUR</td><td>{n}91,2</td><td>2026. május {n}.</td></tr>" for n in (3, 4))
    jobs = "".join(
        f'<li><a href="{p}">{esc(t)}</a> <span>Jelentkezési határidő: 2026. június {n + 5}.</span></li>'
        for n, (p, t) in enumerate(d.some("job", 4, "/karrier/allas/{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="hu"><head><meta charset="utf-8"><title>{esc(title)} - Tiszavári Bank</title></head><body><div class="mega">{menu}</div><table class="rates">{rates}</table><div class="main-col">{inner}</div><ul class="jobs">{jobs}</ul><div class="ck">Sütiket használunk.</div></body></html>"""

    rows = "".join(
        f'<div class="release-row"><a href="{r.url_path}" class="release-row__link"><span class="release-row__date">{long_date(on(r), "hu")}</span><span class="release-row__sep"> | </span><span class="release-row__title">{esc(r.title)}</span></a></div>'
        for r in found
    )
    d.put(
        "/sajto/kozlemenyek",
        frame(
            "Sajtóközlemények",
            f'<h1>Sajtóközlemények</h1><form><input name="q" placeholder="Keresés"><input type="date"></form><div class="release-list">{rows}</div>',
        ),
    )
    d.articles(
        found, frame, lambda r: f"<p>Tiszavár, {long_date(on(r), 'hu')}</p><h1>{esc(r.title)}</h1>{d.text(r)}"
    )
    return d.done(frame, "/sajto/kozlemenyek", found, zone="Europe/Budapest")


def sharepoint_czech() -> Site:
    """A Czech ministry agency on SharePoint: a list view whose rows open `DispForm.aspx?ID=`, dates with spaces."""
    d = Desk("sharepoint_czech", "Agentura Lipinské vody", "cs")
    found = d.write(
        d.days(14, date(2026, 5, 18), 12),
        lambda n, s, day: f"/Lists/TiskoveZpravy/DispForm.aspx?ID={418 - n * 2}",
        decks=False,
    )
    forms = "".join(
        f'<tr class="ms-itmhover"><td class="ms-vb-icon"><img src="/icpdf.gif"></td><td class="ms-vb-title"><a class="ms-listlink" href="{p}">{esc(t)}</a></td><td class="ms-vb2">{n + 4}. 5. 2026</td></tr>'
        for n, (p, t) in enumerate(d.some("report", 3, "/Dokumenty/{slug}.aspx"))
    )
    menu = "".join(
        f'<li class="static dynamic-children"><span class="menu-item-text">{g}</span><ul class="dynamic">{"".join(f"<li class=dynamic><a class=menu-item href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{group}/Stranky/{slug}.aspx")
    )

    def spaced(day: date) -> str:
        return f"{day.day}. {day.month}. {day.year}"

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="cs-cz"><head><meta charset="utf-8"><meta name="GENERATOR" content="Microsoft SharePoint"><title>{esc(title)}</title></head><body><form method="post" action="#"><div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-core-listMenu-horizontalBox"><ul class="root ms-core-listMenu-root static">{menu}</ul></div><div id="contentBox"><div id="DeltaPlaceHolderMain">{inner}</div></div></div></div></form></body></html>"""

    rows = "".join(
        f'<tr class="{"ms-alternating " if n % 2 else ""}ms-itmhover"><td class="ms-cellstyle ms-vb2"><nobr>{spaced(on(r))}</nobr></td><td class="ms-cellstyle ms-vb-title"><div class="ms-vb itx"><a class="ms-listlink" onfocus="OnLink(this)" href="{r.url_path}">{esc(r.title)}</a></div></td><td class="ms-vb2">Tiskové oddělení</td></tr>'
        for n, r in enumerate(found)
    )
    d.put(
        "/Stranky/tiskove-zpravy.aspx",
        frame(
            "Tiskové zprávy",
            f'<h1>Tiskové zprávy</h1><table class="ms-listviewtable"><tr class="ms-viewheadertr"><th>Datum</th><th>Název</th><th>Autor</th></tr>{rows}</table><h2>Dokumenty ke stažení</h2><table class="ms-listviewtable">{forms}</table>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<table class="ms-formtable"><tr><td class="ms-formlabel">Název</td><td class="ms-formbody"><h1>{esc(r.title)}</h1></td></tr><tr><td>Datum</td><td>{dotted(on(r))}</td></tr><tr><td>Text</td><td>{d.text(r, "div")}</td></tr></table>'
        ),
    )
    return d.done(frame, "/Stranky/tiskove-zpravy.aspx", found, zone="Europe/Prague")


def masonry_portuguese() -> Site:
    """A Portuguese group: masonry with advertisements for its own products between the releases."""
    d = Desk("masonry_portuguese", "Grupo Serrana", "pt")
    found = d.write(
        d.days(12, date(2026, 5, 17), 13), lambda n, s, day: f"/pt/imprensa/comunicados/{s}/{2210 - n}/"
    )
    ads = d.some("report", 3, "/pt/produtos/{slug}/")
    stories = "".join(
        f'<li><a href="{p}"><h4>{esc(t)}</h4></a><span>{n + 6} de maio de 2026</span></li>'
        for n, (p, t) in enumerate(d.some("blogpost", 3, "/pt/revista/{slug}/"))
    )
    menu = "".join(
        f"<section><h6>{g}</h6>{''.join(f'<a href={p!r}>{esc(t)}</a>' for p, t in ls)}</section>"
        for g, ls in d.menu("/pt/{group}/{slug}/")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="pt-PT"><head><meta charset="utf-8"><title>{esc(title)} · Grupo Serrana</title></head><body><div class="drawer">{menu}</div><div class="canvas">{inner}</div><div class="magazine"><h3>Revista</h3><ul>{stories}</ul></div><div class="rgpd">Este sítio usa cookies.</div></body></html>"""

    bricks = ""
    for n, r in enumerate(found):
        bricks += f'<div class="brick brick--{("s", "m", "l")[n % 3]}" style="position:absolute;top:{n * 90}px"><a href="{r.url_path}"><figure><img src="/b{n}.jpg" alt=""></figure><div class="brick__date">{long_date(on(r), "pt")}</div><div class="brick__title">{esc(r.title)}</div></a><div class="brick__text">{esc(r.deck)}</div></div>'
        if n % 4 == 2:
            p, t = ads[n // 4]
            bricks += f'<div class="brick brick--promo" style="position:absolute"><a href="{p}"><figure><img src="/ad.jpg" alt=""></figure><div class="brick__date">Até 30 de junho de 2026</div><div class="brick__title">{esc(t)}</div></a></div>'
    d.put(
        "/pt/imprensa/comunicados/",
        frame(
            "Comunicados",
            f'<h1>Comunicados de imprensa</h1><div class="masonry">{bricks}</div><button class="load">Carregar mais</button>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f"<div class=txt><small>{long_date(on(r), 'pt')}</small><h1>{esc(r.title)}</h1>{d.text(r)}</div>"
        ),
    )
    return d.done(frame, "/pt/imprensa/comunicados/", found, zone="Europe/Lisbon")


def carousel_turkish() -> Site:
    """A Turkish holding: a carousel repeats the newest three releases, tabs below hold releases, events and reports."""
    d = Desk("carousel_turkish", "Çamlıova Holding", "tr")
    found = d.write(d.days(10, date(2026, 5, 14), 17), lambda n, s, day: f"/basin-odasi/basin-bultenleri/{s}")
    menu = "".join(
        f"<li><a>{g}</a><ul>{''.join(f'<li><a href={p!r}>{esc(t)}</a></li>' for p, t in ls)}</ul></li>"
        for g, ls in d.menu("/{group}/{slug}")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>{esc(title)} | Çamlıova Holding</title></head><body><ul class="sf-menu">{menu}</ul>{inner}<div class="kvkk">Kişisel verilerin korunması</div></body></html>"""

    slides = "".join(
        f'<div class="swiper-slide"><a href="{r.url_path}"><img src="/s.jpg" alt=""><span class="slide-caption">{esc(r.title)}</span></a></div>'
        for r in found[:3]
    )
    rows = "".join(
        f'<div class="bulten"><div class="bulten-tarih"><strong>{on(r).day}</strong> {month(on(r), "tr")} {on(r).year}</div><div class="bulten-baslik"><a href="{r.url_path}">{esc(r.title)}</a></div><div class="bulten-ozet">{esc(r.deck)}</div></div>'
        for r in found
    )
    events = "".join(
        f'<div class="bulten"><div class="bulten-tarih"><strong>{n + 9}</strong> Haziran 2026</div><div class="bulten-baslik"><a href="{p}">{esc(t)}</a></div></div>'
        for n, (p, t) in enumerate(d.some("event", 3, "/basin-odasi/etkinlikler/{slug}"))
    )
    files = "".join(
        f'<div class="bulten"><div class="bulten-baslik"><a href="{p}">{esc(t)} (PDF)</a></div></div>'
        for p, t in d.some("report", 3, "/dosyalar/{slug}")
    )
    d.put(
        "/basin-odasi",
        frame(
            "Basın Odası",
            f'<div class="swiper">{slides}</div><ul class="tabs"><li data-tab="1">Basın Bültenleri</li><li data-tab="2">Etkinlikler</li><li data-tab="3">Dosyalar</li></ul><div class="tab-pane active" id="tab1">{rows}</div><div class="tab-pane" id="tab2">{events}</div><div class="tab-pane" id="tab3">{files}</div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f"<div class=icerik><h1>{esc(r.title)}</h1><p>{long_date(on(r), 'tr')}</p>{d.text(r)}</div>"
        ),
    )
    return d.done(frame, "/basin-odasi", found, zone="Europe/Istanbul")


SITES = (
    mynewsdesk_danish,
    prezly_finnish,
    presspage_french,
    hungarian_rows,
    sharepoint_czech,
    masonry_portuguese,
    carousel_turkish,
)
