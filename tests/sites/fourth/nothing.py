"""Five sites without a single release: jobs, goods, dated events, one page of a workshop, references with years."""

from __future__ import annotations

from sites.kit import Site
from sites.third.desk import pdf

from .desk import Room, e, stamped, timed
from .german import CONTAO, JOOMLA, T3
from .public import CITY
from .wordpress import ELEMENTOR


def nur_stellen() -> Site:
    """A career page: places, days, kinds of contract."""
    m = Room("nur_stellen", "Pflegedienst Birkenhain", T3, stamped, press=False)
    rows = "".join(
        f'<li class="job"><a href="{at}"><h3>{e(t)}</h3></a><span>ab {m.show(d)}</span> <span>{m.writer.home}</span> <span>Vollzeit</span></li>'
        for t, at, d in m.others("job", "/karriere/stellen", 24, (-3, -8, -20))
    )
    m.put("/karriere", "Offene Stellen", f'<p>24 Treffer</p><ul class="jobs">{rows}</ul>', aside=m.contact())
    return m.build("/karriere", ())


def nur_waren() -> Site:
    """A shop: goods, prices, opinions with days."""
    m = Room("nur_waren", "Honighof Tannwil", ELEMENTOR, stamped, press=False)
    said = "".join(
        f"<blockquote><p>{e(m.writer.deck())}</p><cite>{m.writer.slot('person')}, {m.show(d)}</cite></blockquote>"
        for _, _, d in m.others("product", "/kundenmeinung", 4, (-10, -40))
    )
    m.put("/", "Honig vom Hof", m.products(14) + f"<h2>Das sagen Kunden</h2>{said}", aside=m.newsletter())
    return m.build("/", ())


def nur_termine() -> Site:
    """A concert hall's calendar: months, days, kinds, tickets."""
    m = Room("nur_termine", "Konzerthaus Mühlenbeck", CITY, timed, press=False)
    rows = "".join(
        f'<div class="event"><time datetime="{d}">{m.show(d)}, 19:30 Uhr</time><h3><a href="{at}">{e(t)}</a></h3><a href="https://tickets.example/?id={n}">Karten</a></div>'
        for n, (t, at, d) in enumerate(m.others("event", "/programm", 30, (2, 9, 15, 31)))
    )
    m.put("/programm", "Programm", m.filters() + rows, aside=m.newsletter())
    return m.build("/programm", ())


def nur_werkstatt() -> Site:
    """One page of a workshop with anchors."""
    m = Room("nur_werkstatt", "Orgelbau Leitner", JOOMLA, stamped, press=False)
    parts = "".join(
        f'<section id="{k}"><h2>{k.title()}</h2>{"".join(f"<p>{e(p)}</p>" for p in m.writer.paragraphs(k, 2))}</section>'
        for k in ("werkstatt", "leistungen", "anfahrt")
    )
    m.put(
        "/",
        "Orgelbau seit 1888",
        f'<a href="#werkstatt">Werkstatt</a> <a href="#leistungen">Leistungen</a>{parts}{m.gallery(6)}',
        aside=m.contact(),
    )
    return m.build("/", ())


def nur_unterlagen() -> Site:
    """Data sheets and manuals with their days of issue, and projects with years."""
    m = Room("nur_unterlagen", "Messfein Sensorik", CONTAO, stamped, press=False, ending=".html")
    files = m.others("report", "/files/downloads", 18, (-30, -90, -400), ".pdf")
    rows = "".join(
        f'<tr><td><a href="{pdf(m, at)}">{e(t)} MF-{n * 7 + 100}</a></td><td>Rev. {n % 3 + 1}</td><td>Stand: {m.show(d)}</td><td>PDF, {n * 31 + 200} KB</td></tr>'
        for n, (t, at, d) in enumerate(files)
    )
    refs = "".join(
        f'<div class="ref"><h3><a href="{at}">{e(m.writer.slot("partner"))}: {e(t)}</a></h3><p>Baujahr {d.year}</p></div>'
        for t, at, d in m.others("product", "/referenzen", 9, (-300, -800), ".html")
    )
    m.put(
        "/service/downloads.html",
        "Downloads",
        f"<table>{rows}</table><h2>Referenzen</h2>{refs}",
        aside=m.contact(),
    )
    return m.build("/service/downloads.html", ())


SITES = (nur_stellen, nur_waren, nur_termine, nur_werkstatt, nur_unterlagen)
