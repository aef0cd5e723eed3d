"""Investors' pages: Q4, Notified and EQS as their servers draw them."""

from __future__ import annotations

from sites.kit import Release, Site
from sites.third.desk import pdf, rss

from .desk import (
    Room,
    by,
    date,
    datelined,
    day,
    dotted,
    e,
    frame,
    month,
    slug,
    us_date,
    year,
)
from .hosted import PORTAL

IR = frame(
    """<html lang="[[lang]]"><head>[[head]]</head><body class="BodyBackground"><div class="PageDefaultInner"><header class="pane pane--header">[[menu]]<div class="quote"><span>XNYS: INV</span> <b>$48.17</b> <i>+0.8%</i> <span>May 19, 2026 4:00 PM EDT</span></div></header><div class="pane--content"><h1 class="module_title">[[title]]</h1>[[main]]</div><div class="pane--right">[[aside]]</div><footer>[[footer]]</footer></div></body></html>"""
)


def q4_jahre() -> Site:
    """Q4 drawn by its server: tabs of years by query, PDF and web cast links beside each title."""
    m = Room(
        "q4_jahre",
        "Granite Harbor Holdings",
        IR,
        datelined,
        "english",
        "en",
        section="/news/default.aspx",
        zone="America/New_York",
        show=us_date,
    )
    rel = m.take(
        40, date(2026, 5, 7), lambda n, d, s: f"/news/news-details/{d:%Y}/{s}/default.aspx", gap=(5, 21)
    )

    def one(r: Release) -> str:
        file = pdf(
            m,
            m.not_a_release(
                "PDF",
                f"/files/doc_news/{year(r)}/{slug(r.title)[:30].strip('-')}-{len(r.title)}-{r.url_path.count('-')}-{day(r):%j}.pdf",
            ),
        )
        return f'<div class="module_item evergreen-item"><div class="module_date-time"><span class="module_date-text">{us_date(day(r))}</span></div><div class="module_headline"><a class="module_headline-link" href="{r.url_path}">{e(r.title)}</a></div><div class="module_attachments"><a class="module_link" href="{file}" aria-label="PDF: {e(r.title)}">PDF Version</a></div></div>'

    tabs = "".join(f'<li><a href="/news/default.aspx?year={y}">{y}</a></li>' for y, _ in by(rel, year))
    groups = by(rel, year)
    for y, rows in groups:
        for at in (
            ["/news/default.aspx", f"/news/default.aspx?year={y}"]
            if y == 2026
            else [f"/news/default.aspx?year={y}"]
        ):
            m.draw(
                at,
                "Press Releases",
                rows,
                one,
                f'<ul class="module_years">{tabs}</ul><div class="module_container--content">',
                "</div>",
                aside=m.events(3) + m.contact(),
            )
    return m.build("/news/default.aspx", groups[0][1], more=rel[len(groups[0][1]) :])


def notified_tabelle() -> Site:
    """A table of an investors' host with filters; the day is a cell, the title another; its feed holds ten."""
    m = Room(
        "notified_tabelle",
        "Corvane Therapeutics",
        IR,
        datelined,
        "english",
        "en",
        section="/news-releases",
        zone="America/New_York",
        show=us_date,
    )
    rel = m.take(
        20, date(2026, 5, 11), lambda n, d, s: f"/news-releases/news-release-details/{s}", gap=(4, 19)
    )

    def one(r: Release) -> str:
        return f'<tr><td class="nir-widget--news--date-time" headers="h1">{month(day(r), "en")[:3]} {day(r).day:02d}, {year(r)}</td><td class="nir-widget--news--headline" headers="h2"><a href="{r.url_path}" hreflang="en">{e(r.title)}</a></td><td class="nir-widget--news--pdf"><a href="{r.url_path}/pdf">Download PDF</a></td></tr>'

    m.bad += [f"{r.url_path}/pdf" for r in rel]
    rss(m, rel[:10], "/rss/news-releases.xml", "/news-releases")
    m.draw(
        "/news-releases",
        "News Releases",
        rel,
        one,
        m.filters()
        + '<div class="nir-widget"><table><thead><tr><th id="h1">Date</th><th id="h2">Title</th><th>PDF</th></tr></thead><tbody>',
        '</tbody></table></div><p><a href="/rss/news-releases.xml">RSS</a></p>',
        aside=m.contact(),
    )
    return m.build("/news-releases", rel)


def eqs_adhoc() -> Site:
    """Three kinds in one table of notices, addresses by a number in the query, a twin in English behind `EN`."""
    m = Room(
        "eqs_adhoc",
        "Nordlicht Rückversicherung",
        PORTAL,
        datelined,
        "money",
        section="/investor-relations/finanznachrichten",
    )
    rel = m.take(
        33,
        date(2026, 5, 12),
        lambda n, d, s: f"/investor-relations/finanznachrichten/news?newsID={2000000 + n * 311}&language=de",
        gap=(3, 18),
        minutes=True,
    )

    def row(r: Release) -> str:
        assert isinstance(r.published, date)
        kind = m.dice.choice(("Ad-hoc", "Corporate News", "Stimmrechtsanteile", "Directors’ Dealings"))
        twin = m.not_a_release("EN", r.url_path.replace("language=de", "language=en"))
        return f'<tr class="news-row"><td class="news-row__date">{r.published:%d.%m.%Y}<br><small>{r.published:%H:%M}</small></td><td class="news-row__type">{kind}</td><td class="news-row__title"><a href="{e(r.url_path)}">{e(r.title)}</a></td><td><a href="{e(twin)}" hreflang="en">EN</a></td></tr>'

    m.draw(
        "/investor-relations/finanznachrichten",
        "Finanznachrichten",
        rel,
        row,
        m.filters() + "<table><tr><th>Datum</th><th>Kategorie</th><th>Meldung</th><th>Sprache</th></tr>",
        "</table>",
        aside=m.contact() + m.downloads(4),
    )
    m.put(
        "/investor-relations",
        "Investor Relations",
        f'<h2>Aktuelle Meldungen</h2><ul>{"".join(f"<li><span>{dotted(day(r))}</span> <a href={chr(34)}{e(r.url_path)}{chr(34)}>{e(r.title)}</a></li>" for r in rel[:3])}</ul><a href="/investor-relations/finanznachrichten">Alle Finanznachrichten</a><h2>Finanzkalender</h2>{m.events(4)}{m.downloads(4)}',
    )
    return m.build("/investor-relations", rel, listing="/investor-relations/finanznachrichten")


SITES = (q4_jahre, notified_tabelle, eqs_adhoc)
