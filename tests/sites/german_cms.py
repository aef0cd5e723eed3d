"""German, Austrian and Swiss company newsrooms: TYPO3, Contao, Joomla, Shopware, ASP.NET, WordPress."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import md5
from html import escape
from urllib.parse import quote

from .kit import NOW, Release, Site
from .maker import Maker
from .prose import dotted, long_date


def chash(text: object) -> str:
    """A hash as TYPO3 puts it behind its addresses."""
    return md5(str(text).encode()).hexdigest()


def typo3_news() -> Site:
    """EXT:news: microdata, h3 title, date after the title in a footer, pages behind cHash addresses."""
    m = Maker("typo3_news", "Hallerbach Antriebe GmbH", section="/unternehmen/presse", show=dotted)
    found = m.take(36, date(2026, 5, 19), lambda n, d, s: f"/unternehmen/presse/detail/{s}", deck=True)

    def item(r: Release) -> str:
        return f"""<div class="article articletype-0 topnews" itemscope="itemscope" itemtype="http://schema.org/Article"><div class="header"><h3>
<a title="{escape(r.title)}" href="{r.url_path}"><span itemprop="headline">{escape(r.title)}</span></a></h3></div>
<div class="news-img-wrap"><a title="{escape(r.title)}" href="{r.url_path}"><img src="/fileadmin/_processed_/{chash(r.title)[:8]}.jpg" alt="" loading="lazy"></a></div>
<div class="teaser-text"><div itemprop="description"><p>{escape(r.deck)}</p></div><a class="more" title="{escape(r.title)}" href="{r.url_path}">Weiterlesen</a></div>
<div class="footer"><p><span class="news-list-date"><time itemprop="datePublished" datetime="{r.published}">{dotted(r.day)}</time></span>
<span class="news-list-category">Presse</span></p></div></div>"""

    def at(n: int) -> str:
        return (
            "/unternehmen/presse"
            if n == 1
            else f"/unternehmen/presse?tx_news_pi1[currentPage]={n}&cHash={chash(n)}"
        )

    for n in (1, 2, 3):
        pager = "".join(
            f'<li><a href="{escape(quote(at(k), safe="/?=&"))}">{k}</a></li>' for k in (1, 2, 3) if k != n
        )
        pager += (
            f'<li class="next"><a href="{escape(quote(at(n + 1), safe="/?=&"))}">Nächste</a></li>'
            if n < 3
            else ""
        )
        listed = "\n".join(item(r) for r in found[12 * n - 12 : 12 * n])
        main = f'{m.filters()}<div class="news"><div class="news-list-view">{listed}<div class="page-navigation"><p>Seite {n} von 3.</p><ul>{pager}</ul></div></div></div>'
        m.put(at(n), "Presse", main, aside=m.contact() + m.tags() + m.archive())
    return m.site(
        "/unternehmen/presse",
        found[:12],
        more=found[12:],
        notes="TYPO3 EXT:news; two links per item; next page by query",
    )


def typo3_chash() -> Site:
    """An old tt_news: addresses that differ only in their query, date before the title, latin-1."""
    m = Maker(
        "typo3_chash",
        "Sägewerk Grödersheim KG",
        skin="tables",
        section="/index.php?id=48",
        show=dotted,
        marks=("dateline",),
    )
    found = m.take(
        17,
        date(2026, 5, 12),
        lambda n, d, s: (
            f"/index.php?id=49&tx_ttnews[tt_news]={700 + n}&tx_ttnews[backPid]=48&cHash={chash(n)[:10]}"
        ),
    )
    rows = "".join(
        f'<div class="news-latest-item"><span class="news-list-date">{dotted(r.day)}</span> <b><a href="index.php?{escape(r.url_path[11:])}">{escape(r.title)}</a></b><hr class="cl"></div>'
        for r in found
    )
    m.put(
        "/index.php?id=48",
        "Aktuelles",
        f'<div class="news-latest-container">{rows}</div>',
        aside=m.events(3) + m.products(4),
    )
    m.pages = {p: latin(b) for p, b in m.pages.items()}
    return m.site(
        "/index.php?id=48",
        found,
        tuned=False,
        notes="query addresses with brackets and cHash; ISO-8859-1; relative links",
    )


def latin(page):  # type: ignore[no-untyped-def]
    """The page labelled ISO-8859-1 and written in Windows-1252, as everybody did; only the header says so."""
    if callable(page):
        return lambda address: latin(page(address))
    text = page[0].decode("utf-8").replace('<meta charset="utf-8">', "")
    return text.encode("cp1252", "replace"), "text/html; charset=ISO-8859-1"


def aspnet_table() -> Site:
    """A grid view: date, title, topic and PDF as columns; the pager is JavaScript only."""
    m = Maker(
        "aspnet_table",
        "Versorgungsbetriebe Ahrenstedt",
        skin="bootstrap",
        section="/Presse/Uebersicht.aspx",
        ending=".aspx",
        show=dotted,
    )
    found = m.take(25, date(2026, 5, 18), lambda n, d, s: f"/Presse/Meldung.aspx?id={2300 + n}")
    rows = "".join(
        f'<tr class="{"gvRow" if n % 2 else "gvAlt"}"><td style="width:90px;">{dotted(r.day)}</td><td><a id="ctl00_gv_ctl{n:02d}_hl" href="Meldung.aspx?id={r.url_path[-4:]}">{escape(r.title)}</a></td>'
        f'<td>Versorgung</td><td><a href="/Presse/Dokumente/PM_{r.url_path[-4:]}.pdf" target="_blank">PDF (84 KB)</a></td></tr>'
        for n, r in enumerate(found)
    )
    for r in found:
        m.not_a_release("PDF", f"/Presse/Dokumente/PM_{r.url_path[-4:]}.pdf")
    pager = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$gv','Page${n}')\">{n}</a></td>" for n in range(2, 6)
    )
    main = f"""<form method="post" action="./Uebersicht.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY3">
<table cellspacing="0" rules="all" border="1" id="ctl00_gv"><tr class="gvHead"><th scope="col"><a href="javascript:__doPostBack('ctl00$gv','Sort$Datum')">Datum</a></th><th>Titel</th><th>Thema</th><th>Download</th></tr>
{rows}<tr class="gvPager"><td colspan="4"><table><tr><td><span>1</span></td>{pager}</tr></table></td></tr></table></form>"""
    m.put(m.section, "Pressemitteilungen", main, aside=m.jobs(6, "table") + m.contact())
    return m.site(
        m.section, found, notes="table; the PDF beside each release is the same release, not another"
    )


def contao_dl() -> Site:
    """A definition list: dt is the date, dd the linked title and a text."""
    m = Maker("contao_dl", "Brauerei Tannhauser", section="/presse.html", ending=".html", skin="builder")
    found = m.take(14, date(2026, 5, 15), lambda n, d, s: f"/presse/{s}.html", deck=True)
    inner = "".join(
        f'<dt>{long_date(r.day, "de")}</dt><dd><a href="presse/{r.url_path.split("/")[-1]}">{escape(r.title)}</a><p>{escape(r.deck)}</p></dd>'
        for r in found
    )
    m.put(
        "/presse.html",
        "Presse",
        f'<div class="mod_newslist block"><dl>{inner}</dl></div>',
        aside=m.events(4, "dl") + m.newsletter(),
    )
    return m.site("/presse.html", found, notes="dl; relative links; a second dl of events")


def verband_dl() -> Site:
    """An association: dt holds title and number, dd the date, the text and a 'mehr lesen' which is the only link."""
    m = Maker(
        "verband_dl", "Verband der Korbmacher e. V.", section="/verband/presse/", ending="/", skin="drupal"
    )
    found = m.take(20, date(2026, 5, 13), lambda n, d, s: f"/verband/presse/meldungen/{2100 + n}/", deck=True)
    inner = "".join(
        f'<dt class="entry-title">{escape(r.title)}</dt><dd class="entry-meta">Berlin, {r.day.day}. {long_date(r.day, "de").split()[1][:3]} {r.day.year}</dd>'
        f'<dd class="entry-text">{escape(r.deck)} <a href="{r.url_path}" class="more-link">mehr lesen &raquo;</a></dd>'
        for r in found
    )
    m.put(
        "/verband/presse/",
        "Presse",
        f"<dl class='entries'>{inner}</dl>",
        aside=m.downloads(5, "dl") + m.contact(),
    )
    return m.site(
        "/verband/presse/",
        found,
        tuned=False,
        notes="title not linked; date after the title, month cut to three letters; dl",
    )


def joomla_blog() -> Site:
    """Joomla category blog: h2 not linked, 'Veröffentlicht: 12. Mai 2026' below, a readmore button."""
    m = Maker("joomla_blog", "Kliniken Oberwalden", section="/index.php/presse", skin="wordpress")
    found = m.take(30, date(2026, 5, 19), lambda n, d, s: f"/index.php/presse/{400 + n}-{s}", deck=True)

    def item(r: Release) -> str:
        return f"""<div class="items-row"><div class="blog-item" itemprop="blogPost"><div class="page-header"><h2 itemprop="name">{escape(r.title)}</h2></div>
<dl class="article-info text-muted"><dt class="article-info-term">Details</dt><dd class="createdby">Geschrieben von: Pressestelle</dd>
<dd class="category-name">Kategorie: <a href="/index.php/presse">Presse</a></dd><dd class="published"><time datetime="{r.published}T08:00:00+02:00">Veröffentlicht: {long_date(r.day, "de")}</time></dd><dd class="hits">Zugriffe: {r.day.day * 31}</dd></dl>
<p>{escape(r.deck)}</p><p class="readmore"><a class="btn btn-secondary" href="{r.url_path}" aria-label="Weiterlesen: {escape(r.title)}">Weiterlesen …</a></p></div></div>"""

    for start in (0, 10, 20):
        nxt = (
            f'<a class="page-link next" href="/index.php/presse?start={start + 10}">Weiter</a>'
            if start < 20
            else ""
        )
        at = f"/index.php/presse?start={start}" if start else "/index.php/presse"
        links = "".join(
            f'<li><a href="{r.url_path}">{escape(r.title)}</a></li>' for r in found[start + 10 : start + 14]
        )
        main = f'<div class="blog">{"".join(item(r) for r in found[start : start + 10])}<div class="items-more"><h3>Weitere Beiträge …</h3><ol class="nav">{links}</ol></div><nav class="pagination">{nxt}</nav></div>'
        m.put(at, "Presse", main, aside=m.jobs(4) + m.archive())
    return m.site(
        "/index.php/presse",
        found[:10],
        more=found[10:],
        notes="title not linked, button is; ?start= offsets; four undated links to later releases below the list are allowed to be taken",
    )


def shop_cards() -> Site:
    """A shop with a press corner: the whole card is one link; products and blog beside it."""
    m = Maker(
        "shop_cards",
        "Lindgrün Naturwaren",
        section="/presse/",
        ending="/",
        skin="builder",
        marks=("og", "jsonld", "time"),
    )
    found = m.take(18, date(2026, 5, 11), lambda n, d, s: f"/presse/{s}/", deck=True)
    cards = "".join(
        f'<div class="cms-block col-lg-4"><a class="press-card" href="{r.url_path}"><div class="press-card__image"><img src="/media/{n}.webp" alt="{escape(r.title)}"></div>'
        f'<div class="press-card__body"><span class="press-card__date">{r.day:%d.%m.%y}</span><span class="press-card__title">{escape(r.title)}</span><span class="press-card__text">{escape(r.deck)}</span></div></a></div>'
        for n, r in enumerate(found)
    )
    m.put(
        "/presse/",
        "Presse",
        f'<div class="row press-listing">{cards}</div>',
        aside=m.products(9) + m.blog(6, "cards") + m.newsletter(),
    )
    return m.site(
        "/presse/",
        found,
        tuned=False,
        notes="card is one link; dates as 12.05.26; products with the same kind of cards",
    )


def relative_de() -> Site:
    """Ages instead of dates: 'vor 3 Stunden', 'gestern', 'vor 3 Tagen', then '28. April'."""
    m = Maker(
        "relative_de",
        "Kantina Systeme GmbH",
        section="/newsroom",
        skin="tailwind",
        marks=("jsonld", "dateline"),
    )
    today = NOW.date()
    ages = [
        (0, "vor 3 Stunden"),
        (1, "gestern"),
        (2, "vor 2 Tagen"),
        (5, "vor 5 Tagen"),
        (6, "vor 6 Tagen"),
        (7, "vor einer Woche"),
        (14, "vor 2 Wochen"),
    ]
    found = []
    for n, (days, _) in enumerate(ages):
        r = m.take(1, today - timedelta(days=days), lambda k, d, s, n=n: f"/newsroom/{90 - n}-{s}")[0]
        found.append(r)
    shown = [t for _, t in ages]
    older = m.take(8, date(2026, 4, 28), lambda n, d, s: f"/newsroom/{40 + n}-{s}")
    shown += [
        long_date(r.day, "de").rsplit(" ", 1)[0] if r.day.year == 2026 else long_date(r.day, "de")
        for r in older
    ]
    found += older
    rows = "".join(
        f'<li class="border-b py-6"><p class="text-xs uppercase text-slate-500">{t}</p><h2 class="text-2xl"><a class="hover:underline" href="{r.url_path}">{escape(r.title)}</a></h2></li>'
        for r, t in zip(found, shown, strict=True)
    )
    m.put(
        "/newsroom",
        "Newsroom",
        f'<ul class="divide-y">{rows}</ul><button class="btn">Mehr laden</button>',
        aside=m.newsletter() + m.contact(),
    )
    return m.site("/newsroom", found, notes="relative ages, counted from Site.now; older ones without year")


SITES = (typo3_news, typo3_chash, aspnet_table, contao_dl, verband_dl, joomla_blog, shop_cards, relative_de)
