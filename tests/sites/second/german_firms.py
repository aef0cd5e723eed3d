"""German companies: an industrial group, an issuer, Mittelstand, a trade fair, a utility, a hand-made site."""

from __future__ import annotations

from datetime import date
from html import escape as esc
from zoneinfo import ZoneInfo

from sites.kit import Release, Site
from sites.prose import dotted, long_date, month

from .desk import Desk, at_times, minute, on

BERLIN = ZoneInfo("Europe/Berlin")


def konzern_facets() -> Site:
    """A large group: faceted list of 15 image cards with category, date and teaser; page 2 behind a query."""
    d = Desk("konzern_facets", "Rautenberg Industries SE", "de")
    both = d.write(d.days(24, longest=9), lambda n, s, day: f"/global/de/presse/pressemitteilungen/{s}.html")
    kinds = ("Unternehmen", "Finanzen", "Mobilität", "Innovation", "Personalien")
    nav = "".join(
        f'<li class="c-flyout__item"><button aria-expanded="false">{g}</button><div class="c-flyout__panel"><div class="c-flyout__col">'
        + "".join(f'<a class="c-flyout__link" href="{p}">{esc(t)}</a>' for p, t in links)
        + "</div></div></li>"
        for g, links in d.menu("/global/de/{group}/{slug}.html")
    )
    stories = "".join(
        f'<div class="c-stage-teaser"><picture><img src="/media/s{n}.jpg" alt=""></picture><span class="c-tag">Story</span><h3 class="c-stage-teaser__headline"><a href="{p}">{esc(t)}</a></h3><p>Lesedauer 6 Minuten</p></div>'
        for n, (p, t) in enumerate(d.some("blogpost", 3, "/global/de/stories/{slug}.html"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} | Rautenberg Industries</title><meta property="og:type" content="website"></head>
<body class="page basicpage"><div id="privacy-layer" role="dialog"><h2>Ihre Privatsphäre</h2><p>Wir und unsere 14 Partner setzen Cookies ein. Stand: 1. März 2026.</p><button>Alle zulassen</button></div>
<header class="c-header"><a class="c-header__logo" href="/global/de/">Rautenberg</a><nav class="c-flyout"><ul>{nav}</ul></nav><div class="c-ticker">RTB 48,12 € (+0,4 %) 20.05.2026 10:15</div></header>
<main class="root responsivegrid">{inner}</main>
<section class="c-contact"><h3>Ansprechpartnerin Presse</h3><p>{d.writer.press_person()}<br>Konzernkommunikation</p></section>
<footer class="c-footer"><ul><li><a href="/global/de/impressum.html">Impressum</a></li><li><a href="/global/de/datenschutz.html">Datenschutz</a></li></ul><p>© Rautenberg Industries SE 2026</p></footer></body></html>"""

    def listed(part: tuple[Release, ...], page: int) -> str:
        boxes = "".join(
            f'<label class="c-facet__option"><input type="checkbox" name="cat" value="{k}"> {k} <span>({n * 7 + 11})</span></label>'
            for n, k in enumerate(kinds)
        )
        years = "".join(f'<option value="{y}">{y}</option>' for y in range(2026, 2018, -1))
        cards = "".join(
            f"""<li class="c-results__item"><article class="c-press-card"><a class="c-press-card__link" href="{r.url_path}" aria-labelledby="pc{n}"><div class="c-press-card__media"><img loading="lazy" src="/media/{n}.jpg" alt="Symbolbild"></div>
<div class="c-press-card__body"><div class="c-press-card__meta"><span class="c-press-card__date">{long_date(on(r), "de")}</span><span class="c-press-card__cat">{kinds[n % 5]}</span></div><div class="c-press-card__title" id="pc{n}">{esc(r.title)}</div><div class="c-press-card__text">{esc(r.deck)}</div></div></a>
<button class="c-press-card__save" type="button">Merken</button></article></li>"""
            for n, r in enumerate(part)
        )
        pager = "".join(f'<a class="c-pager__n" href="?page={n}">{n}</a>' for n in (1, 2))
        return frame(
            "Pressemitteilungen",
            f'<h1>Pressemitteilungen</h1><form class="c-facet"><fieldset><legend>Kategorie</legend>{boxes}</fieldset><select name="year">{years}</select><input type="date" name="from"></form><p class="c-results__count">24 Ergebnisse, Seite {page}</p><ul class="c-results">{cards}</ul><nav class="c-pager">{pager}</nav><section class="c-stage"><h2>Stories</h2>{stories}</section>',
        )

    entry = "/global/de/presse/pressemitteilungen"
    d.put(entry, listed(both[:15], 1))
    d.put(entry + "?page=1", listed(both[:15], 1))
    d.put(entry + "?page=2", listed(both[15:], 2))
    d.articles(
        both,
        frame,
        lambda r: (
            f'<article><div class="c-article-head"><span>{long_date(on(r), "de")}</span><h1>{esc(r.title)}</h1></div><div class="c-richtext">{d.text(r)}<h4>Über Rautenberg</h4><p>{esc(d.writer.about())}</p></div></article>'
        ),
    )
    return d.done(frame, entry, both[:15], more=both[15:])


def dax_ir_table() -> Site:
    """Investor-relations news of an issuer: a table with year tabs, a type column and PDF icons."""
    d = Desk("dax_ir_table", "Korvinus AG", "de")
    both = d.write(
        d.days(22, date(2026, 5, 13), 14),
        lambda n, s, day: f"/ir/ir-news/details/{day.year}/{9120 - n}-{s}",
        decks=False,
    )
    new = tuple(r for r in both if on(r).year == 2026)
    old = both[len(new) :]
    side = "".join(
        f'<li><a href="{p}" target="_blank">{esc(t)} 2025 (PDF, 3,1 MB)</a></li>'
        for p, t in d.some("report", 6, "/ir/dl/{slug}-2025.html")
    )
    dates = "".join(
        f'<tr><td>{x}</td><td><a href="{p}">{esc(t)}</a></td><td><a href="/ir/ics/{n}.ics">iCal</a></td></tr>'
        for n, (x, (p, t)) in enumerate(
            zip(
                ("30.06.2026", "12.08.2026", "11.11.2026"),
                d.some("event", 3, "/ir/kalender/{slug}"),
                strict=True,
            )
        )
    )
    menu = "".join(
        f'<div class="dd"><b>{g}</b>{"".join(f"<a href={p!r}>{esc(t)}</a>" for p, t in ls)}</div>'
        for g, ls in d.menu("/{group}/{slug}")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de-DE"><head><meta charset="utf-8"><title>{esc(title)} – Korvinus Investor Relations</title></head><body>
<div class="topbar">Kurs XETRA: 112,35 EUR | 20.05.2026 10:02 | <a href="/en/ir/news">English</a></div><div class="mega">{menu}</div>
<div class="wrap"><div class="content-left">{inner}</div><aside class="content-right"><h3>Finanzberichte</h3><ul class="dl">{side}</ul><h3>Finanzkalender</h3><table class="cal">{dates}</table></aside></div>
<div class="foot"><a href="/impressum">Impressum</a> Disclaimer: Angaben ohne Gewähr.</div></body></html>"""

    def table(part: tuple[Release, ...], year: int) -> str:
        tabs = "".join(
            f'<li class="{"active" if y == year else ""}"><a href="/ir/ir-news?jahr={y}">{y}</a></li>'
            for y in (2026, 2025)
        )
        rows = "".join(
            f'<tr class="{"odd" if n % 2 else "even"}"><td class="nowrap">{dotted(on(r))}</td><td><span class="label">{"Ad-hoc" if n % 4 == 1 else "IR-News"}</span></td><td><a href="{r.url_path}">{esc(r.title)}</a></td><td class="icons"><a href="{r.url_path}/pdf" title="PDF"><img src="/i/pdf.gif" alt="PDF"></a></td></tr>'
            for n, r in enumerate(part)
        )
        return frame(
            "IR-News",
            f'<h1>IR-News und Ad-hoc-Mitteilungen</h1><ul class="nav nav-tabs">{tabs}</ul><table class="table ir-table" summary="IR-News"><thead><tr><th>Datum</th><th>Art</th><th>Titel</th><th>Download</th></tr></thead><tbody>{rows}</tbody></table><p><small>Diese Mitteilungen wurden über ein Medium im Sinne von § 3a WpAV verbreitet.</small></p>',
        )

    d.put("/ir/ir-news", table(new, 2026))
    d.put("/ir/ir-news?jahr=2026", table(new, 2026))
    d.put("/ir/ir-news?jahr=2025", table(old, 2025))
    for r in both:
        d.put(r.url_path + "/pdf", "%PDF-1.4 invented", "application/pdf")
    d.put(d.other("/en/ir/news", "IR news"), frame("IR news", "<h1>IR news</h1><p>Please choose a year.</p>"))
    d.articles(
        both,
        frame,
        lambda r: (
            f"<p class=dateline>Veröffentlicht am {dotted(on(r))}</p><h1>{esc(r.title)}</h1>{d.text(r)}<p>Rückfragen: Investor Relations</p>"
        ),
    )
    return d.done(frame, "/ir/ir-news", new, more=old)


def contao_mittelstand() -> Site:
    """A maker of machines on Contao: news list with teasers and an event list in the same column."""
    d = Desk("contao_mittelstand", "Brunsroder Fördertechnik GmbH", "de")
    found = d.write(
        at_times(d.days(10, date(2026, 5, 11), 40), d.dice, BERLIN), lambda n, s, day: f"/news-leser/{s}.html"
    )
    menu = "".join(
        f'<li class="submenu"><strong class="submenu">{g}</strong><ul class="level_2">'
        + "".join(
            f'<li><a href="{p}" title="{esc(t)}" itemprop="url"><span itemprop="name">{esc(t)}</span></a></li>'
            for p, t in ls
        )
        + "</ul></li>"
        for g, ls in d.menu("/{slug}.html")
    )
    events = "".join(
        f'<div class="event layout_upcoming upcoming"><time datetime="2026-0{n + 6}-1{n}" class="date">1{n}.0{n + 6}.2026</time> <a href="{p}" title="{esc(t)}">{esc(t)}</a></div>'
        for n, (p, t) in enumerate(d.some("event", 3, "/termine/{slug}.html"))
    )
    jobs = "".join(
        f'<li><a href="{p}">{esc(t)}</a></li>' for p, t in d.some("job", 4, "/karriere/{slug}.html")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="de"><head><meta charset="UTF-8"><title>{esc(title)} - Brunsroder</title><base href="%%BASE%%/"><meta name="generator" content="Contao Open Source CMS"></head>
<body id="top"><div id="wrapper"><header id="header"><div class="inside"><!-- indexer::stop --><nav class="mod_navigation block"><ul class="level_1">{menu}</ul></nav><!-- indexer::continue --></div></header>
<div id="container"><main id="main"><div class="inside"><div class="mod_article block">{inner}</div></div></main>
<aside id="right"><div class="inside"><div class="mod_eventlist block"><h3>Messen</h3>{events}</div><div class="ce_list block"><h3>Stellenmarkt</h3><ul>{jobs}</ul></div></div></aside></div>
<footer id="footer"><p>Brunsroder Fördertechnik GmbH · <a href="impressum.html">Impressum</a></p></footer></div></body></html>"""

    items = "".join(
        f"""<div class="layout_latest arc_3 block {"even" if n % 2 else "odd"}" itemscope itemtype="http://schema.org/Article"><p class="info"><time datetime="{minute(r).isoformat()}" itemprop="datePublished">{minute(r):%d.%m.%Y %H:%M}</time> von Redaktion</p>
<figure class="image_container float_left"><a href="files/{n}.jpg" data-lightbox="lb{n}"><img src="assets/{n}.jpg" width="200" height="150" alt=""></a></figure>
<h2 itemprop="name"><a href="{r.url_path[1:]}" title="Den Artikel lesen: {esc(r.title)}" itemprop="url">{esc(r.title)}</a></h2><div class="ce_text block" itemprop="description"><p>{esc(r.deck)}</p></div><p class="more"><a href="{r.url_path[1:]}">Weiterlesen …<span class="invisible"> {esc(r.title)}</span></a></p></div>"""
        for n, r in enumerate(found)
    )
    d.put(
        "/pressemeldungen.html",
        frame(
            "Pressemeldungen",
            f'<h1 class="ce_headline">Pressemeldungen</h1><div class="mod_newslist block">{items}</div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="mod_newsreader block"><div class="layout_full block"><h1>{esc(r.title)}</h1><p class="info"><time datetime="{minute(r).isoformat()}">{minute(r):%d.%m.%Y %H:%M}</time></p><div class="ce_text block">{d.text(r)}</div></div><p class="back"><a href="pressemeldungen.html">Zurück</a></p></div>'
        ),
    )
    return d.done(frame, "/pressemeldungen.html", found)


def messe_months() -> Site:
    """A trade-fair company: two-column cards with a day and month badge, fairs with the same badges beside them."""
    d = Desk("messe_months", "Messe Karlsbrück", "de")
    found = d.write(d.days(12, date(2026, 5, 19), 6), lambda n, s, day: f"/presse/news/{day:%Y-%m}/{s}/")
    fairs = d.some("event", 6, "/messen/{slug}/")
    menu = "".join(
        f'<div class="m-col"><span class="m-head">{g}</span>{"".join(f"<a href={p!r}>{esc(t)}</a>" for p, t in ls)}</div>'
        for g, ls in d.menu("/{group}/{slug}/")
    )

    def badge(day: date) -> str:
        return f'<div class="badge"><span class="badge-d">{day.day:02}</span><span class="badge-m">{month(day, "de")[:3]}</span><span class="badge-y">{day.year}</span></div>'

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} | Messe Karlsbrück</title></head><body>
<div class="offcanvas">{menu}</div><div class="hero"><p>Die Leitmesse für Wärme</p></div><div class="page">{inner}</div>
<div class="fair-strip"><h2>Nächste Messen</h2><div class="grid-2">{"".join(f'<div class="tile tile-fair">{badge(date(2026, 6 + n, 9))}<div class="tile-b"><h3><a href="{p}">{esc(t)}</a></h3><p>Halle {n + 1}</p></div></div>' for n, (p, t) in enumerate(fairs))}</div></div>
<div class="consent" hidden>Cookies? <button>Ja</button><button>Nein</button></div><footer>Messe Karlsbrück GmbH, Am Messeplatz 1</footer></body></html>"""

    tiles = "".join(
        f'<div class="tile tile-news">{badge(on(r))}<div class="tile-b"><h3><a href="{r.url_path}">{esc(r.title)}</a></h3><p>{esc(r.deck)}</p><a class="arrow" href="{r.url_path}"><svg viewBox="0 0 9 9"></svg></a></div></div>'
        for r in found
    )
    d.put(
        "/presse/",
        frame(
            "Presse",
            f'<h1>Presse</h1><p><a href="{d.other("/presse/akkreditierung/", "Akkreditierung")}">Zur Akkreditierung</a> <a href="{d.other("/presse/fotos/", "Fotoarchiv")}">Fotoarchiv</a></p><h2>Pressemeldungen</h2><div class="grid-2">{tiles}</div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="txt"><p>Karlsbrück, {long_date(on(r), "de")}</p><h1>{esc(r.title)}</h1><p><strong>{esc(r.deck)}</strong></p>{d.text(r)}</div>'
        ),
    )
    return d.done(frame, "/presse/", found)


def stadtwerke_home() -> Site:
    """A utility given by its home page: three teasers among tariffs and faults; the list stands two clicks away."""
    d = Desk("stadtwerke_home", "Stadtwerke Lingenau", "de")
    found = d.write(d.days(14, date(2026, 5, 15), 20), lambda n, s, day: f"/unternehmen/presse/details/{s}")
    tariffs = "".join(
        f'<a class="product" href="{p}"><h3>{esc(t)}</h3><p>ab 29,90 € im Monat</p></a>'
        for p, t in d.some("report", 4, "/privatkunden/{slug}")
    )
    guide = "".join(
        f'<div class="guide-item"><a href="{p}"><img src="/g{n}.webp" alt=""><h4>{esc(t)}</h4></a><span>Ratgeber · {n + 2}. April 2026</span></div>'
        for n, (p, t) in enumerate(d.some("blogpost", 4, "/ratgeber/{slug}"))
    )
    faults = "".join(
        f'<li><a href="{d.other(f"/stoerungen/{n}", s)}">{s}</a> – {n}.05.2026, 14:00 Uhr</li>'
        for n, s in ((19, "Gasgeruch Ahornweg"), (20, "Wasserrohr Lindenplatz"))
    )
    menu = "".join(
        f"<li>{g}<ul>{''.join(f'<li><a href={p!r}>{esc(t)}</a></li>' for p, t in ls)}</ul></li>"
        for g, ls in d.menu("/{group}/{slug}")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} - Stadtwerke Lingenau</title></head><body><a class="skip" href="#c">Zum Inhalt</a>
<nav id="n"><ul>{menu}<li>Unternehmen<ul><li><a href="/unternehmen/presse">Presse</a></li><li><a href="/unternehmen/karriere">Karriere</a></li></ul></li></ul></nav><div id="c">{inner}</div>
<div id="f"><h5>Störungen</h5><ul>{faults}</ul><h5>Kundenzentrum</h5><p>Mo–Fr 8–16 Uhr</p></div></body></html>"""

    def teaser(r: Release) -> str:
        return f'<section class="news-teaser"><p class="news-teaser__date">{dotted(on(r))}</p><a class="news-teaser__h" href="{r.url_path}">{esc(r.title)}</a></section>'

    rows = "".join(
        f'<div class="pm-row"><div class="pm-date">{dotted(on(r))}</div><div class="pm-main"><h2>{esc(r.title)}</h2><p>{esc(r.deck)}</p><a href="{r.url_path}" title="{esc(r.title)}">mehr</a></div></div>'
        for r in found
    )
    d.other("/unternehmen/karriere", "Karriere")
    d.put(
        "/",
        frame(
            "Startseite",
            f'<div class="calc"><h1>Tarif berechnen</h1><input name="plz"></div><div class="products">{tariffs}</div><h2>Aktuelles</h2>{"".join(map(teaser, found[:3]))}<h2>Ratgeber</h2><div class="guide">{guide}</div>',
        ),
    )
    d.put(
        "/unternehmen/presse",
        frame("Presse", f"<h1>Presse</h1><p>Ihr Kontakt: {d.writer.press_person()}</p>{rows}"),
    )
    d.articles(found, frame, lambda r: f'<h1>{esc(r.title)}</h1><p class="d">{dotted(on(r))}</p>{d.text(r)}')
    return d.done(frame, "/", found, listing="/unternehmen/presse")


def handmade_paragraphs() -> Site:
    """A mill society's table layout of 2003: one paragraph per release with the date in bold, links in font tags."""
    d = Desk("handmade_paragraphs", "Mühlenfreunde Tannwil e. V.", "de")
    found = d.write(
        d.days(18, date(2026, 4, 27), 45), lambda n, s, day: f"/presse/pm{day:%y%m%d}.htm", decks=False
    )
    left = "<br>".join(f'<a href="{p}">{esc(t)}</a>' for _, ls in d.menu("/{slug}.htm") for p, t in ls[:3])
    dates = "".join(
        f'<p><b>{n}.06.2026</b> <a href="{p}">{esc(t)}</a></p>'
        for n, (p, t) in zip((13, 20, 27), d.some("event", 3, "/termin{n}.htm"), strict=True)
    )

    def frame(title: str, inner: str) -> str:
        return f"""<HTML><HEAD><meta charset="utf-8"><TITLE>{esc(title)}</TITLE></HEAD><BODY bgcolor="#FFFFE0"><TABLE width="900" border="0"><TR><TD colspan="2"><IMG src="/logo.gif"><H3>Mühlenfreunde Tannwil</H3></TD></TR>
<TR valign="top"><TD width="160"><FONT size="2">{left}</FONT></TD><TD>{inner}</TD></TR><TR><TD></TD><TD><HR><FONT size="1">Letzte Änderung: 30.04.2026. Sie sind Besucher Nr. 48213</FONT></TD></TR></TABLE></BODY></HTML>"""

    rows = "".join(
        f'<p><b>{dotted(on(r))}</b> <a href="{r.url_path.rsplit("/", 1)[1]}"><font color="#003366">{esc(r.title)}</font></a></p>\n'
        for r in found
    )
    d.put(
        "/presse/index.htm",
        frame(
            "Pressemitteilungen",
            f'<h2>Pressemitteilungen</h2>{rows}<p><a href="#top">nach oben</a></p><h2>Mahltage</h2>{dates}',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f"<p><i>Tannwil, {dotted(on(r))}</i></p><h2>{esc(r.title)}</h2>{d.text(r)}<p><a href=index.htm>zurück</a></p>"
        ),
    )
    return d.done(frame, "/presse/index.htm", found)


SITES = (konzern_facets, dax_ir_table, contao_mittelstand, messe_months, stadtwerke_home, handmade_paragraphs)
