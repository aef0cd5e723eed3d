"""Rooms on newsroom products: Mynewsdesk, Prezly, PressPage, Prowly, a German hosted service, a Finnish wire room."""

from __future__ import annotations

import json
from datetime import date, datetime

from sites.kit import Release, Site
from sites.prose import long_date, month
from sites.skins import Sheet

from .desk import Desk, chunks, e, rss


# -- Mynewsdesk, Danish --------------------------------------------------------------------------------------------
def _mnd_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html class="no-js" lang="da"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title><link rel="canonical" href="%%BASE%%{e(s.path)}">{s.head}</head><body class="newsroom hosted">
<header id="main-header"><div class="logo"><a href="/dk/havnsted-mejeri"><img alt="{e(m.company)}" src="/images/logo.png"></a></div><nav><ul class="nav-main"><li><a href="/dk/havnsted-mejeri/latest_news">Seneste nyt</a></li><li class="active"><a href="/dk/havnsted-mejeri/pressreleases">Pressemeddelelser</a></li><li><a href="/dk/havnsted-mejeri/news">Nyheder</a></li><li><a href="/dk/havnsted-mejeri/images">Billeder</a></li><li><a href="/dk/havnsted-mejeri/documents">Dokumenter</a></li><li><a href="/dk/havnsted-mejeri/contact_people">Kontaktpersoner</a></li></ul></nav><form class="search" action="/dk/havnsted-mejeri/search"><input name="query" placeholder="Søg"></form><button class="follow">Følg {e(m.company)}</button></header>
<div id="content"><h1>{e(s.title)}</h1>{s.main}</div><aside class="panel"><h3>Kontakt</h3><ul class="contacts"><li><a href="/dk/havnsted-mejeri/contact_people/{m.writer.press_person().split()[0].lower()}-1042"><strong>{m.writer.press_person()}</strong></a><span>Pressechef</span><a href="mailto:presse@havnsted.example">presse@havnsted.example</a></li></ul><h3>Emner</h3><ul class="tags"><li><a href="/dk/havnsted-mejeri/tag/ost">ost</a></li><li><a href="/dk/havnsted-mejeri/tag/landbrug">landbrug</a></li></ul></aside>
<footer><ul class="social"><li><a href="https://facebook.example/havnsted">Facebook</a></li></ul><p>Om {e(m.company)}</p><p>{e(m.writer.about())}</p><a href="https://mnd.example">Newsroom drives af MND</a></footer></body></html>"""


def _mnd_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article class="material"><p class="material-meta"><span class="type">Pressemeddelelse</span> &bull; <time datetime="{r.published.isoformat()}">{month(r.published, "da")[:3].capitalize()} {r.published.day:02d}, {r.published.year} {r.published:%H:%M} CEST</time></p><div class="material-body">{m.paras(r)}</div><div class="topics"><h4>Emner</h4><a href="/dk/tag/mad">Mad, drikke</a></div><div class="share"><a href="https://x.example/share">Del</a></div></article>"""


def mynewsdesk_da() -> Site:
    """One anchor of image, type, date and headline; `Maj 12, 2026 08:00 CEST`; load more fetches a fragment."""
    m = Desk("mynewsdesk_da", "Havnsted Mejeri", "da", _mnd_chrome, _mnd_article, section="/dk/havnsted-mejeri/pressreleases", zone="Europe/Copenhagen", marks=("og",), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 13), lambda n, d, s: f"/dk/havnsted-mejeri/pressreleases/{s}-{3300000 + n * 517}", minutes=True)  # fmt: skip

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        d = r.published
        return f"""<li class="panel panel--material"><a class="panel__link" href="{r.url_path}"><figure class="panel__image"><img src="/images/resized/{r.url_path[-7:]}.jpg" alt="" loading="lazy"></figure><div class="panel__text"><p class="panel__meta">Pressemeddelelser &nbsp;•&nbsp; {month(d, "da")[:3].capitalize()} {d.day:02d}, {d.year} {d:%H:%M} CEST</p><h2 class="panel__title">{e(r.title)}</h2><p class="panel__summary">{m.lead(r, 200)}</p></div></a></li>"""

    pages = list(chunks(rels, 12))
    for n, rows in enumerate(pages):
        nxt = f'<div class="load-more"><a class="btn" data-remote="true" href="{m.section}?page={n + 2}">Vis mere</a></div>' if n + 1 < len(pages) else ""  # fmt: skip
        m.put(m.section + (f"?page={n + 1}" if n else ""), "Pressemeddelelser", f'<ul class="panels">{"".join(row(r) for r in rows)}</ul>{nxt}')  # fmt: skip
    rss(m, rels[:10], "/dk/havnsted-mejeri/rss/pressreleases", m.section)
    return m.site(m.section, pages[0], more=rels[12:], zone="Europe/Copenhagen")


# -- Prezly: Next.js pages with the state beside the markup --------------------------------------------------------
def _prezly_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charSet="utf-8"/><title>{e(s.title)}</title><meta property="og:site_name" content="{e(m.company)}"/><link rel="alternate" type="application/rss+xml" title="{e(m.company)}" href="%%BASE%%/feed"/>{s.head}</head><body><div id="__next"><div class="Layout_layout__a1xQz"><header class="Header_container__wTCr7"><div class="container"><nav class="Header_nav__3IYOS"><a class="Header_newsroom__Zk2Hd" href="/"><img alt="{e(m.company)} logo" src="/logo.png"/></a><button aria-label="Toggle navigation"></button><ul class="Header_navigationInner__Zx1d"><li><a class="Header_link" href="/category/company-news">Company news</a></li><li><a class="Header_link" href="/category/products">Products</a></li><li><a class="Header_link" href="/media">Media gallery</a></li><li><a class="Header_link" href="/search">Search</a></li></ul></nav></div></header><main class="Layout_content__r9kWA">{s.main}</main>
<section class="Subscribe_container"><h2>Get updates in your mailbox</h2><form><input type="email"/><button>Subscribe</button></form></section><section class="Boilerplate_container"><h2>About {e(m.company)}</h2><p>{e(m.writer.about())}</p><p>Contact</p><a href="mailto:press@velderhoff.example">press@velderhoff.example</a><a href="/privacy-policy">Privacy policy</a></section></div></div></body></html>"""


def _prezly_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article class="Story_container__Qm3"><div class="Story_date"><time dateTime="{r.published.isoformat()}">{long_date(r.published, "en")}</time></div><h1 class="Story_title">{e(r.title)}</h1><div class="Slate_content">{m.paras(r)}</div><div class="StoryLinks"><a href="/x.pdf">Download PDF</a></div></article>"""


def prezly_next() -> Site:
    """The newest story large, a grid of the others; all dates in `time`; `__NEXT_DATA__` repeats what is drawn."""
    m = Desk("prezly_next", "Velderhoff Lighting", "en", _prezly_chrome, _prezly_article, section="/", zone="Europe/Brussels", marks=("og",), press=False)  # fmt: skip
    rels = m.take(21, date(2026, 5, 11), lambda n, d, s: f"/{s}", minutes=True)

    def card(r: Release, css: str, tag: str = "h3") -> str:
        assert isinstance(r.published, datetime)
        d = r.published
        return f"""<div class="{css}_container__K2dFs"><a href="{r.url_path}" class="{css}_imageWrapper__ls8Qa"><img alt="{e(r.title)}" src="/cdn/{r.url_path[1:9]}.jpg"/></a><div class="{css}_content__9KbLr"><a class="CategoriesList_link" href="/category/{"products" if len(r.title) % 2 else "company-news"}">{"Products" if len(r.title) % 2 else "Company news"}</a><{tag} class="{css}_title__OmL3a"><a href="{r.url_path}" class="{css}_titleLink__4Xd">{e(r.title)}</a></{tag}><p class="{css}_subtitle">{m.lead(r, 110)}</p><p class="{css}_date__tT1"><time dateTime="{d.isoformat()}">{d.day} {d:%B} {d.year}</time></p></div></div>"""

    state = {"props": {"pageProps": {"stories": [{"uuid": f"7c1-{n}", "slug": r.url_path[1:], "title": r.title, "publishedAt": r.published.isoformat(), "lang": "en"} for n, r in enumerate(rels) if isinstance(r.published, datetime)], "pagination": {"currentPage": 1, "itemsTotal": 21}}}, "page": "/", "buildId": "yq3"}  # fmt: skip
    main = f'<h1 class="visually-hidden">{m.company} Newsroom</h1><div class="Hero">{card(rels[0], "HighlightedStoryCard", "h2")}</div><div class="InfiniteStories_list">{"".join(card(r, "StoryCard") for r in rels[1:])}</div><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    m.put("/", f"{m.company} Newsroom", main)
    rss(m, rels[:20], "/feed", "/")
    return m.site("/", rels, zone="Europe/Brussels")


# -- PressPage -----------------------------------------------------------------------------------------------------
def _pp_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(f'<li><a href="{u}">{e(n)}</a></li>' for n, u, _ in m.navigation())
    return f"""<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{e(s.title)}</title>{s.head}<link rel="stylesheet" href="/content/css/pp.css"></head><body class="pp-newsroom"><div class="pp-header"><a class="pp-logo" href="/"><img src="/logo.png" alt="{e(m.company)}"></a><ul class="pp-menu">{menu}</ul><a href="https://linkedin.example/waterlijn" class="pp-social">LinkedIn</a></div><div class="pp-content">{s.main}</div><div class="pp-sidebar"><div class="pp-contact"><h4>Perscontact</h4><p>{m.writer.press_person()}<br><a href="tel:+31000000">+31 00 0000</a></p></div><div class="pp-tweets"><h4>Op sociale media</h4><p>Morgen open dag! <a href="https://x.example/waterlijn/1">18 mei</a></p></div></div><div class="pp-footer">© {e(m.company)} <a href="/disclaimer">Disclaimer</a></div></body></html>"""


def _pp_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div class="release"><div class="release-date">{r.day.day} {month(r.day, "nl")} {r.day.year}</div><h1 class="release-title">{e(r.title)}</h1><div class="release-summary">{m.lead(r)}</div><div class="release-body">{m.paras(r)}</div><div class="release-media"><h3>Downloads</h3><a href="/download/1.jpg">Foto (JPG, 2 MB)</a></div></div>"""


def presspage_cards() -> Site:
    """Cards whose background is the link; `12 mei`, and the year only where it is not this one."""
    m = Desk("presspage_cards", "Waterlijn Netbeheer", "nl", _pp_chrome, _pp_article, section="/persberichten", zone="Europe/Amsterdam", marks=("og",))  # fmt: skip
    rels = m.take(18, date(2026, 5, 19), lambda n, d, s: f"/{s}", gap=(5, 16))

    def card(n: int, r: Release) -> str:
        assert r.day
        told = f"{r.day.day} {month(r.day, 'nl')}" + (f" {r.day.year}" if r.day.year != 2026 else "")
        return f"""<div class="pp-card grid-item item-{n}"><a class="pp-card-overlay" href="{r.url_path}" aria-label="{e(r.title)}"></a><div class="pp-card-img" style="background-image:url(/thumb/{n}.jpg)"></div><div class="pp-card-body"><span class="pp-card-date">{told}</span><h3 class="pp-card-title">{e(r.title)}</h3><div class="pp-card-tags"><span>#energie</span> <span>#net</span></div></div></div>"""

    m.put(m.section, "Persberichten", f'<h1>Persberichten</h1><div class="pp-grid">{"".join(card(n, r) for n, r in enumerate(rels))}</div><button class="pp-more" data-url="/ajax/news?offset=18">Meer laden</button>')  # fmt: skip
    m.put("/", m.company, f'<div class="pp-hero"><h2>Samen houden we het licht aan</h2></div>{m.jobs(3)}<div class="pp-grid pp-home">{"".join(card(n, r) for n, r in enumerate(rels[:2]))}</div><a href="{m.section}">Alle persberichten</a>')  # fmt: skip
    return m.site("/", rels, listing=m.section, zone="Europe/Amsterdam")


# -- Prowly, Polish ------------------------------------------------------------------------------------------------
def _prowly_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>{e(s.title)} | Biuro prasowe {e(m.company)}</title>{s.head}</head><body data-pr="journal"><header class="journal-header"><a href="/"><img class="logo" src="/logo.svg" alt="{e(m.company)}"></a><ul class="journal-categories"><li><a href="/releases">Wszystkie</a></li><li><a href="/kategoria/produkty">Produkty</a></li><li><a href="/kategoria/firma">Firma</a></li><li><a href="/kontakty">Kontakt dla mediów</a></li></ul></header>{s.main}<footer class="journal-footer"><p>{e(m.writer.about())}</p><p>{m.writer.press_person()} <a href="mailto:prasa@kamienna.example">prasa@kamienna.example</a></p><a class="powered" href="https://prowl.example">Powered by Prowl</a></footer></body></html>"""


def _prowly_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article class="release"><h1>{e(r.title)}</h1><div class="meta"><span>{long_date(r.day, "pl")}</span> | <a href="/kategoria/firma">Firma</a></div><div class="fr-view">{m.paras(r)}</div><div class="attachments"><a href="/uploads/tekst.docx">Pobierz tekst (DOCX)</a></div></article>"""


def prowly_journal() -> Site:
    """A home page that is the list: a slider of three (again in the list below), then rows with long Polish dates."""
    m = Desk("prowly_journal", "Kamienna Ceramika", "pl", _prowly_chrome, _prowly_article, section="/releases", zone="Europe/Warsaw", marks=("og",), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 8), lambda n, d, s: f"/{210000 + n * 37}-{s}", gap=(6, 15))

    def row(r: Release) -> str:
        assert r.day
        return f"""<div class="story-row"><div class="story-row__thumb"><a href="{r.url_path}"><img data-src="/u/{r.url_path[1:7]}.jpg" class="lazy" alt=""></a><noscript><img src="/u/{r.url_path[1:7]}.jpg" alt=""></noscript></div><div class="story-row__text"><div class="story-row__meta"><span class="date">{long_date(r.day, "pl")}</span> <span class="cat">Firma</span></div><h2><a href="{r.url_path}">{e(r.title)}</a></h2><p>{m.lead(r)}</p><a class="read-more" href="{r.url_path}">Czytaj więcej</a></div></div>"""

    slides = "".join(f'<div class="swiper-slide" data-swiper-slide-index="{n}"><a href="{r.url_path}"><img src="/s/{n}.jpg" alt=""><span class="slide-title">{e(r.title)}</span></a></div>' for n, r in enumerate(rels[:3]))  # fmt: skip
    m.put("/", "Biuro prasowe", f'<div class="swiper"><div class="swiper-wrapper">{slides}</div></div><main class="stories">{"".join(row(r) for r in rels)}</main>')  # fmt: skip
    m.put("/releases", "Wszystkie", f'<main class="stories">{"".join(row(r) for r in rels)}</main>')
    return m.site("/", rels, zone="Europe/Warsaw")


# -- a German service's room of one firm ---------------------------------------------------------------------------
def _na_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | Presseschau</title>{s.head}</head><body><header class="header"><a class="logo" href="/">Presseschau</a><nav class="nav-main"><a href="/regional">Regional</a><a href="/wirtschaft">Wirtschaft</a><a href="/ressorts">Ressorts</a><a href="/bilder">Bilder</a><a href="/abo">Abonnieren</a></nav><form action="/suche"><input name="q" placeholder="Suchbegriff"></form></header><div class="cols"><div class="col-main">{s.main}</div><aside class="col-side"><div class="box most-read"><h3>Meistgelesen</h3><ol>{"".join(f'<li><a href="{m.not_a_release(t, u)}">{t}</a></li>' for t, u in _READ)}</ol></div><div class="box"><h3>Themen in der Meldung</h3><a href="/t/energie">Energie</a> <a href="/t/bau">Bau</a></div></aside></div><footer><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a> <a href="/agb">AGB</a></footer></body></html>"""


_READ = (
    ("Bundesamt warnt vor Starkregen im Westen", "/pm/90121/6103311"),
    ("Verbraucherschützer prüfen Mietwagen-Portale", "/pm/60770/6103290"),
    ("Kino-Umfrage: Jeder Dritte geht wieder öfter", "/pm/14410/6102871"),
)


def _na_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article class="story"><p class="date">{r.published:%d.%m.%Y – %H:%M}</p><p class="customer"><a href="/nr/118220">{e(m.company)}</a></p><h1>{e(r.title)}</h1><p><i>{e(m.writer.home)} (ots)</i></p>{m.paras(r)}<p class="contact-headline">Pressekontakt:</p><p class="contact-text">{m.writer.press_person()}<br>{e(m.company)}</p><p class="originator">Original-Content von: {e(m.company)}</p></article>"""


def presseschau_room() -> Site:
    """A service's page of one firm among the service's other texts: `12.05.2026 – 10:30`, `ots`, most read of others."""
    m = Desk("presseschau_room", "Brunsroder Wohnbau AG", "de", _na_chrome, _na_article, section="/nr/118220", marks=("og",), press=False)  # fmt: skip
    rels = m.take(27, date(2026, 5, 19), lambda n, d, s: f"/pm/118220/{6000000 + n * 3911}", minutes=True, gap=(2, 8))  # fmt: skip

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<article class="news" data-url="%%BASE%%{r.url_path}" data-label="{e(r.title)}"><div class="news-meta"><div class="date">{r.published:%d.%m.%Y – %H:%M}</div><p class="news-customer"><a href="/nr/118220">{e(m.company)}</a></p></div><h3 class="news-headline-clamp"><a href="{r.url_path}" title="{e(r.title)}"><span>{e(r.title)}</span></a></h3><p>{e(m.writer.home)} (ots) - {m.lead(r, 170)}</p><p class="news-morelink"><a href="{r.url_path}">mehr</a></p></article>"""

    head = f'<div class="newsroom-head"><h1>{e(m.company)}</h1><p>{e(m.writer.about())}</p><ul class="social"><li><a href="https://x.example/brunsroder">X</a></li></ul><ul class="tabs"><li class="active">Alle Meldungen</li><li><a href="/nr/118220/bilder">Bilder</a></li><li><a href="/nr/118220/dokumente">Dokumente</a></li></ul></div>'
    m.put(m.section, m.company, f'{head}<div class="article-list">{"".join(row(r) for r in rels)}</div><div class="pagination"><span class="btn">Seite 1</span><a class="pagination-next" href="/nr/118220/27">Weitere Meldungen</a></div>')  # fmt: skip
    return m.site(m.section, rels)


# -- a Finnish wire room -------------------------------------------------------------------------------------------
def _stt_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><div id="root"><header class="sc-hdr"><a href="/"><img alt="Tiedotepalvelu"></a><a href="/uutishuoneet">Uutishuoneet</a><a href="/tilaa">Tilaa tiedotteet</a></header>{s.main}<footer class="sc-ftr"><a href="/tietosuoja">Tietosuoja</a><a href="/yhteystiedot">Yhteystiedot</a></footer></div></body></html>"""


def _stt_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    d = r.published
    return f"""<main><h1 class="sc-title">{e(r.title)}</h1><p class="sc-time">{d.day}.{d.month}.{d.year} klo {d:%H.%M} {"EEST" if 3 < d.month < 11 else "EET"} | <a href="/uutishuone/69820011/kuusilahden-satama">{e(m.company)}</a> | Tiedote</p>{m.paras(r)}<h2>Avainsanat</h2><a href="/tag/satama">satama</a><h2>Yhteyshenkilöt</h2><p>{m.writer.press_person()}</p></main>"""


def finnish_wire() -> Site:
    """Styled components with hashed classes; one anchor of headline, `12.5.2026 klo 8.00 EEST` and text; a JSON state."""
    m = Desk("finnish_wire", "Kuusilahden Satama", "fi", _stt_chrome, _stt_article, section="/uutishuone/69820011/kuusilahden-satama", zone="Europe/Helsinki", marks=("jsonld",), press=False)  # fmt: skip
    rels = m.take(16, date(2026, 5, 18), lambda n, d, s: f"/tiedote/{71200000 + n * 907}/{s}?publisherId=69820011&lang=fi", minutes=True)  # fmt: skip

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        d = r.published
        return f"""<div class="sc-kgKVFY eNKcMP"><a class="sc-bBXxYQ fHzfIN" href="{e(r.url_path)}"><div class="sc-iitrsy"><h3 class="sc-jOHGOj">{e(r.title)}</h3><div class="sc-fKMpBL cyXnxE"><span>{d.day}.{d.month}.{d.year} klo {d.hour}.{d:%M} {"EEST" if 3 < d.month < 11 else "EET"} | Tiedote</span></div><p class="sc-hHvloA">{m.lead(r)}</p></div><img alt="" src="/data/images/{d:%j}.jpg"/></a></div>"""

    state = {"latestReleases": [{"id": 71200000 + n, "title": r.title, "date": r.published.isoformat()} for n, r in enumerate(rels) if isinstance(r.published, datetime)]}  # fmt: skip
    script = f"<script>window.__INITIAL_STATE__={json.dumps(state)};</script>"

    people = '<h2>Yhteyshenkilöt</h2><div class="sc-person"><span>Kaisu Hakalahti</span><a href="tel:+358000">+358 00</a></div>'
    m.put(m.section, m.company, f'<main><h1>{m.company}</h1><p>{e(m.writer.about())}</p>{people}<h2>Tiedotteet</h2><div class="sc-gplwa-d">{"".join(row(r) for r in rels)}</div><button>Näytä lisää</button></main>{script}')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Helsinki")


SITES = (mynewsdesk_da, prezly_next, presspage_cards, prowly_journal, presseschau_room, finnish_wire)
