"""Lists in frames, titles that are cut, labels that only screen readers see, and titles with odd letters."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Release, Site
from .maker import HTML, Maker
from .prose import dotted, long_date, us_date


def bare_page(title: str, main: str, language: str) -> tuple[bytes, str]:
    """A page without any chrome, as it stands in a frame."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><base target="_parent">'
    return (
        f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>{main}</body></html>'.encode(),
        HTML,
    )


def iframe_list() -> Site:
    """The newsroom is an iframe of the same host; around it chrome, jobs and events."""
    m = Maker("iframe_list", "Glashütte Steinfurth", section="/presse", skin="builder", show=dotted)
    found = m.take(18, date(2026, 5, 18), lambda n, d, s: f"/pressportal/meldung/{900 + n}/{s}", deck=True)
    rows = "".join(
        f'<div class="pm"><div class="pm-date">{dotted(r.day)}</div><div class="pm-title"><a href="/pressportal{r.url_path[12:]}">{escape(r.title)}</a></div><div>{escape(r.deck)}</div></div>'
        for r in found
    )  # type: ignore[arg-type]
    m.pages["/pressportal/liste?embed=1"] = bare_page("Presse", f'<div id="list">{rows}</div>', "de")
    m.put(
        "/presse",
        "Presse",
        '<iframe id="pressbox" src="/pressportal/liste?embed=1" width="100%" height="1400" title="Pressemitteilungen"></iframe>',
        aside=m.jobs(4) + m.events(4),
    )
    return m.site(
        "/presse",
        found,
        listing="/pressportal/liste?embed=1",
        notes="the list is in an iframe of the same host",
    )


def iframe_host() -> Site:
    """Investor news in an iframe of a service's host; releases stand on that host too."""
    m = Maker(
        "iframe_host",
        "Coralline Foods plc",
        "en",
        section="/investors/regulatory-news",
        skin="aem",
        zone="Europe/London",
    )
    found = m.take(20, date(2026, 5, 19), lambda n, d, s: f"%%WIRE%%/rns/coralline/{7700 + n}", minutes=True)
    rows = "".join(
        f'<tr><td>{r.published:%d %b %Y %H:%M}</td><td><a href="/rns/coralline/{r.url_path[-4:]}">{escape(r.title)}</a></td></tr>'
        for r in found
    )
    m.wire["/rns/coralline"] = bare_page(
        "Regulatory news", f"<table class='rns'><tr><th>Date</th><th>Headline</th></tr>{rows}</table>", "en"
    )
    m.put(
        m.section,
        "Regulatory news",
        '<div class="embed"><iframe src="%%WIRE%%/rns/coralline" title="Regulatory news"></iframe></div>',
        aside=m.downloads(6) + m.events(5),
    )
    return m.site(
        m.section,
        found,
        tuned=False,
        listing="%%WIRE%%/rns/coralline",
        notes="the list is in an iframe of another host",
    )


def cut(title: str, letters: int) -> str:
    """A title as a template cuts it."""
    return title if len(title) <= letters else title[:letters].rstrip() + "…"


def cut_titles() -> Site:
    """Titles are cut after 38 letters; the whole one is the link's title attribute."""
    m = Maker("cut_titles", "Spedition Kollmar & Sohn", section="/news", skin="wordpress")
    found = m.take(16, date(2026, 5, 12), lambda n, d, s: f"/news/{s}")
    rows = "".join(
        f'<div class="post-box"><h4><a href="{r.url_path}" title="{escape(r.title)}">{escape(cut(r.title, 38))}</a></h4><span class="post-date">{long_date(r.day, "de")}</span></div>'
        for r in found
    )  # type: ignore[arg-type]
    m.put("/news", "News", f'<div class="post-boxes">{rows}</div>', aside=m.events(4) + m.archive("", 6))
    return m.site("/news", found, notes="titles cut with …; the title attribute has them whole")


def cut_titles_en() -> Site:
    """Titles are cut after 45 letters; the link 'Read more' has the whole one in its aria-label."""
    m = Maker(
        "cut_titles_en", "Moorhouse Energy", "en", section="/media", skin="tailwind", zone="Europe/London"
    )
    found = m.take(16, date(2026, 5, 14), lambda n, d, s: f"/media/{d.year}/{s}")
    rows = "".join(
        f'<div class="p-4"><p>{long_date(r.day, "en")}</p><h3>{escape(cut(r.title, 45))}</h3><a class="underline" href="{r.url_path}" aria-label="Read more about {escape(r.title)}">Read more</a></div>'
        for r in found
    )  # type: ignore[arg-type]
    m.put("/media", "Media", f'<div class="grid">{rows}</div>', aside=m.jobs(4, "cards"))
    return m.site(
        "/media",
        found,
        tuned=False,
        notes="titles cut with …; whole in aria-label 'Read more about ...' and on the article",
    )


def hidden_labels() -> Site:
    """Labels for screen readers in each item: 'Datum:', 'Titel:', 'Artikel lesen:'."""
    m = Maker(
        "hidden_labels",
        "Rehaklinik Lingenau",
        section="/klinik/presse",
        skin="typo3",
        titles="titles_public",
        show=dotted,
    )
    found = m.take(14, date(2026, 5, 19), lambda n, d, s: f"/klinik/presse/{s}", deck=True)

    def item(r: Release) -> str:
        return (
            f'<li><p><span class="visually-hidden">Datum:</span> {r.day:%d.%m.%Y} <span class="sr-only">Kategorie:</span> Klinik</p>'
            f'<h3><a href="{r.url_path}"><span class="visually-hidden">Pressemitteilung: </span>{escape(r.title)}<span class="icon" aria-hidden="true"></span></a></h3><p>{escape(r.deck)}</p></li>'
        )

    m.put(
        m.section, "Presse", f"<ul class='pm'>{''.join(map(item, found))}</ul>", aside=m.jobs(5) + m.events(3)
    )
    return m.site(m.section, found, notes="a hidden label inside the link is no part of the title")


def odd_letters() -> Site:
    """Soft spaces, ampersands, emphasised words and line breaks within titles; a badge 'New' in the link."""
    m = Maker(
        "odd_letters",
        "Vasanth & Priory LLP",
        "en",
        section="/newsroom/",
        ending="/",
        skin="bootstrap",
        zone="America/New_York",
        show=us_date,
    )
    found = m.take(15, date(2026, 5, 18), lambda n, d, s: f"/newsroom/{n}/")

    def title(n: int, r: Release) -> str:
        first, *rest = escape(r.title).split(" ")
        text = (
            f"<strong>{first}</strong>&nbsp;{' '.join(rest)}"
            if n % 2
            else f"{first} {rest[0]}<br />\n      {' '.join(rest[1:])}"
        )
        return text + ('<span class="badge">New</span>' if n < 2 else "")

    rows = "".join(
        f'<div class="item"><div class="item__date">{r.day:%b. %d, %Y}</div><div class="item__title">\n   <a href="{r.url_path}">{title(n, r)}</a>\n</div></div>'
        for n, r in enumerate(found)
    )
    m.put("/newsroom/", "Newsroom", rows, aside=m.blog(4, "cards") + m.newsletter())
    return m.site(
        "/newsroom/",
        found,
        tuned=False,
        notes="nbsp, br and strong inside titles; badge 'New' is no part of it; numbers only in addresses",
    )


SITES = (iframe_list, iframe_host, cut_titles, cut_titles_en, hidden_labels, odd_letters)
