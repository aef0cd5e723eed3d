"""Items that stand twice, items without an anchor, equal titles, the oldest first, four hundred on one page."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Site
from .maker import Maker
from .prose import dotted, long_date, us_date


def mobile_twice() -> Site:
    """The list stands twice: a table for wide screens, cards for small ones; links end in #inhalt."""
    m = Maker("mobile_twice", "Elbtal Versicherung", section="/presse", skin="bootstrap", show=dotted)
    found = m.take(15, date(2026, 5, 18), lambda n, d, s: f"/presse/{d.year}/{s}")
    wide = "".join(
        f'<tr><td>{dotted(r.day)}</td><td><a href="{r.url_path}#inhalt">{escape(r.title)}</a></td></tr>'
        for r in found
    )
    small = "".join(
        f'<div class="card"><small>{dotted(r.day)}</small><a class="stretched-link" href="{r.url_path}#inhalt">{escape(r.title)}</a></div>'
        for r in found
    )
    m.put(
        "/presse",
        "Presse",
        f'<table class="d-none d-lg-table">{wide}</table><div class="d-lg-none">{small}</div>',
        aside=m.events(4, "table") + m.contact(),
    )
    return m.site("/presse", found, notes="each release twice, as row and as card; fragments in links")


def carousel() -> Site:
    """A slider with cloned slides repeats the first four; the list is below, without them in its first screen."""
    m = Maker(
        "carousel", "Harrowby Theatres", "en", section="/press-room", skin="builder", zone="Europe/London"
    )
    found = m.take(17, date(2026, 5, 12), lambda n, d, s: f"/press-room/{s}", deck=True)
    order = [3, 0, 1, 2, 3, 0]
    slides = "".join(
        f'<div class="swiper-slide{" swiper-slide-duplicate" if n in (0, 5) else ""}"><a href="{found[k].url_path}"><img src="/s{k}.jpg" alt=""><h2>{escape(found[k].title)}</h2></a></div>'
        for n, k in enumerate(order)
    )
    rows = "".join(
        f'<li><h3><a href="{r.url_path}">{escape(r.title)}</a></h3><div>{long_date(r.day, "en")}</div><p>{escape(r.deck)}</p></li>'
        for r in found
    )
    m.put(
        m.section,
        "Press room",
        f'<div class="swiper"><div class="swiper-wrapper">{slides}</div></div><ul class="press">{rows}</ul>',
        aside=m.events(6) + m.gallery(5),
    )
    return m.site(
        m.section, found, tuned=False, notes="slider clones of the first four, undated, above the list"
    )


def data_href() -> Site:
    """Tiles without an anchor: data-href on an article; a button says 'Weiterlesen'."""
    m = Maker("data_href", "Söhnlein Fenster", section="/aktuelles/presse/", ending="/", skin="wordpress")
    found = m.take(14, date(2026, 5, 11), lambda n, d, s: f"/aktuelles/presse/{s}/", deck=True)
    tiles = "".join(
        f'<article class="tile js-link" data-href="{r.url_path}" role="link" tabindex="0"><span class="tile__date">{long_date(r.day, "de")}</span><h3>{escape(r.title)}</h3><p>{escape(r.deck)}</p><button>Weiterlesen</button></article>'
        for r in found
    )
    m.put(m.section, "Presse", f'<div class="tiles">{tiles}</div>', aside=m.jobs(4) + m.contact())
    return m.site(m.section, found, notes="addresses only in data-href; no anchors")


def onclick_rows() -> Site:
    """Table rows that are clicked: onclick=\"window.location='...'\"; no anchors."""
    m = Maker(
        "onclick_rows",
        "Tarrant Shipping",
        "en",
        section="/press.asp",
        ending=".asp",
        skin="bootstrap",
        zone="Europe/London",
    )
    found = m.take(18, date(2026, 5, 6), lambda n, d, s: f"/press_detail.asp?id={300 + n}")
    rows = "".join(
        f'<tr class="clickable" onclick="window.location=\'press_detail.asp?id={r.url_path[-3:]}\'"><td>{r.day:%d-%b-%Y}</td><td>{escape(r.title)}</td></tr>'
        for r in found
    )
    m.put("/press.asp", "Press releases", f"<table>{rows}</table>", aside=m.downloads(5, "table"))
    return m.site("/press.asp", found, tuned=False, notes="addresses only in onclick; '06-May-2026'")


def ascending() -> Site:
    """An archive of the year with the oldest first."""
    m = Maker(
        "ascending",
        "Trent Vale Cricket Board",
        "en",
        section="/media/releases",
        skin="drupal",
        zone="Europe/London",
    )
    found = m.take(21, date(2026, 5, 17), lambda n, d, s: f"/media/releases/{d:%m}/{s}", gap=(4, 9))[::-1]
    rows = "".join(
        f'<div class="field-item"><span>{r.day:%d %b}</span> <a href="{r.url_path}">{escape(r.title)}</a></div>'
        for r in found
    )
    m.put(m.section, "Media releases 2026", f'<div class="field-items">{rows}</div>', aside=m.events(5))
    return m.site(m.section, found, tuned=False, notes="oldest first; year only in the heading")


def long_page() -> Site:
    """Four hundred releases on one page, by hand, since 2009; letters to jump to a year."""
    m = Maker(
        "long_page",
        "Ellerbrock Orgelpfeifen",
        section="/presse.html",
        ending=".html",
        skin="tables",
        show=dotted,
        marks=("dateline",),
    )
    found = m.take(400, date(2026, 5, 15), lambda n, d, s: f"/texte/{d.year}/{n:03d}.html", gap=(8, 22))
    rows, year = "", 0
    for r in found:
        if r.day.year != year:
            year = r.day.year
            rows += f'<h3><a name="j{year}">{year}</a></h3>\n'
        rows += f'<p>{dotted(r.day)}<br><a href="texte/{r.day.year}/{r.url_path[-8:]}">{escape(r.title)}</a></p>\n'
    jump = " ".join(f'<a href="#j{y}">{y}</a>' for y in sorted({r.day.year for r in found}, reverse=True))
    m.put("/presse.html", "Pressetexte", f"<p>{jump}</p>{rows}", aside=m.events(3))
    return m.site("/presse.html", found, notes="400 releases on one page")


VOTING = "Veröffentlichung gemäß § 40 Abs. 1 WpHG mit dem Ziel der europaweiten Verbreitung"


def same_titles() -> Site:
    """Voting-rights notices: most titles are equal; only date and address differ."""
    m = Maker(
        "same_titles", "Kollmar Halbleiter SE", section="/ir/stimmrechte", skin="bootstrap", show=dotted
    )
    found = m.take(
        22,
        date(2026, 5, 19),
        lambda n, d, s: f"/ir/stimmrechte/{n}",
        title=lambda n: VOTING if n % 4 else m.writer.title(),
    )
    rows = "".join(
        f'<div class="news-entry"><div class="news-entry__date">{dotted(r.day)}</div><div class="news-entry__title"><a href="{r.url_path}">{escape(r.title)}</a></div></div>'
        for r in found
    )
    m.put(m.section, "Mitteilungen", rows, aside=m.events(5) + m.downloads(5))
    return m.site(m.section, found, notes="equal titles under different addresses are different releases")


def same_titles_en() -> Site:
    """'Transaction in Own Shares', again and again, in a table with times."""
    m = Maker(
        "same_titles_en",
        "Osgoode Brewers plc",
        "en",
        section="/investors/rns",
        skin="aem",
        zone="Europe/London",
        show=us_date,
    )
    found = m.take(
        26,
        date(2026, 5, 19),
        lambda n, d, s: f"/investors/rns/announcement?id={81000 + n}",
        gap=(1, 2),
        minutes=True,
        title=lambda n: (
            ("Transaction in Own Shares", "Holding(s) in Company", "Total Voting Rights")[n % 3]
            if n % 7
            else m.writer.title()
        ),
    )
    rows = "".join(
        f'<tr><td>{r.published:%d/%m/%y}</td><td>{r.published:%H:%M}</td><td>RNS</td><td><a href="rns/announcement?id={r.url_path[-5:]}">{escape(r.title)}</a></td></tr>'
        for r in found
    )
    m.put(
        m.section,
        "Regulatory announcements",
        f"<table><tr><th>Date</th><th>Time</th><th>Source</th><th>Headline</th></tr>{rows}</table>",
        aside=m.events(4, "table"),
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        notes="three titles repeat; date and time in two cells; relative query links",
    )


SITES = (mobile_twice, carousel, data_href, onclick_rows, ascending, long_page, same_titles, same_titles_en)
