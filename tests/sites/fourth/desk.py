"""What the sites of the fourth set share: page frames made from a template, article bodies, headlines of several trades.

No list is drawn here: each site draws its own, as its product does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from html import escape as e
from itertools import groupby
from textwrap import wrap
from typing import Any

from sites.kit import Release, Site
from sites.maker import HTML
from sites.prose import MONTHS, dotted, long_date, month, slug, us_date
from sites.skins import Sheet, items, meta
from sites.third.desk import Chrome, Desk, Shape

__all__ = [
    "HTML",
    "MONTHS",
    "date",
    "datetime",
    "dotted",
    "e",
    "json",
    "long_date",
    "month",
    "slug",
    "timedelta",
    "us_date",
]

TITLES: dict[str, list[str]] = {
    "industry": [
        "{company} liefert {num} {product} nach {place}",
        "Effizienz zählt: {product} mit neuer Steuerung",
        "Wechsel an der Spitze: {person} folgt auf {person}",
        "{company} auf der Fachmesse in {place}: Halle 4, Stand B{num}",
        "Wie {product} den Energieverbrauch um {pct} Prozent senken",
        "Neu: {product} der Baureihe NX{num}",
        "Großauftrag aus {place}",
        "{company} erweitert Standort {place} für {num} Millionen Euro",
        "Ausgezeichnet – {product} erhalten Designpreis 2026",
        "Umsatz wächst im {quarter} Quartal um {pct} Prozent",
        "Fernwartung ohne Umwege: {partner} setzt auf {product} von {company}",
        "Personalie: {person} wird Vertriebsleiter in {place}",
        "{product}: {quality} als Verkaufsargument",
        "Geschäftsjahr 2025: {company} trotzt der Flaute",
        "{num} Jahre {company} – ein Familienunternehmen feiert",
        "Digitaler Zwilling für {product}",
        "{partner} und {company} gründen Gemeinschaftsunternehmen in {place}",
    ],
    "public": [
        "Fortbildung zu {product} im {quarter} Halbjahr",
        "{person} neu im Präsidium",
        "Sprechstunde in {place}: Was Betriebe zu {product} wissen müssen",
        "Konjunktur kühlt ab – {pct} Prozent erwarten weniger Umsatz",
        "{num} Bestmeister geehrt",
        "Neue Professur für {product}",
        "„{quoteword}“ – Ausstellung in {place} eröffnet",
        "Kritik am Entwurf: Verband fordert {num} Millionen Euro mehr",
        "Studie der Forschergruppe um {person}: {product} altern langsamer als gedacht",
        "Bürgerdialog in {place}: {num} Ideen eingereicht",
        "Ausbildungsmarkt: {pct} Prozent mehr Verträge",
        "Baustelle {place}: Vollsperrung bis {when}",
        "Land fördert {product} mit {num} Millionen Euro",
        "{person} erhält Verdienstmedaille",
        "Stellungnahme zum Gesetz über {product}",
        "Zahl der Woche: {pct} Prozent",
        "Neuer Radweg von {place} nach {place}",
        "Wahl in {place}: {person} bestätigt",
        "Hitze: Stadt {place} stellt {num} Trinkbrunnen auf",
    ],
    "english": [
        "{company} to supply {num} {product} to {partner}",
        "Q1 2026: revenue up {pct} percent",
        "{person} joins board of directors",
        "{company} prices {num} million offering of senior notes",
        "Opinion from the field: {product} and {quality}",
        "Groundbreaking in {place}: {num} jobs by 2028",
        "{partner} recognizes {company} as supplier of the year",
        "{company} declares quarterly dividend",
        "New: {product} for harsh environments",
        "{company} names {person} president of {product} unit",
        "Recall notice: {product} sold between 2023 and 2025",
        "{place} plant wins safety award for {pct} percent fewer incidents",
        "{company} expands {place} hub with {num}-million investment",
        "How {partner} cut costs by {pct} percent with {product}",
        "{company} statement regarding {place}",
        "{num} students visit {company} labs in {place}",
        "Grants of {num} million for {product} open for applications",
        "{company} publishes 2025 sustainability report with {pct} percent lower emissions",
    ],
    "money": [
        "{company} platziert Anleihe über {num} Millionen Euro",
        "{company}: Vorläufiges Ergebnis im {quarter} Quartal über Markterwartung",
        "Prognose für 2026 angehoben",
        "{company} kauft {num}.000 eigene Aktien zurück",
        "Mandat von {person} verlängert",
        "Rating bestätigt, Ausblick stabil",
        "Hauptversammlung beschließt Dividende von {cents} Cent",
        "{company}: Veröffentlichung gemäß § 40 Abs. 1 WpHG, {partner}",
        "Kapitalerhöhung aus genehmigtem Kapital: {num} Millionen Euro",
        "{company} verkauft Beteiligung an {partner}",
        "Zahl der Kunden steigt um {pct} Prozent",
        "{person} rückt in den Vorstand auf",
        "Studie: {pct} Prozent der Sparer kennen {product} nicht",
        "{company} schließt Filiale in {place}",
        "Schaden durch Sturm „{quoteword}“: {num} Millionen Euro",
        "{company} und {partner} bündeln Zahlungsverkehr",
        "Neue Police für {product}",
        "Betrugswarnung: Falsche Mitarbeiter rufen Kunden in {place} an",
        "{company} finanziert {num} Wohnungen in {place}",
    ],
}


class Room(Desk):
    """One press room: a frame, an article's shape, headlines of a trade."""

    def __init__(
        self,
        name: str,
        company: str,
        chrome: Chrome,
        shape: Shape,
        trade: str = "",
        language: str = "de",
        **options: Any,
    ) -> None:
        super().__init__(name, company, language, chrome, shape, **options)
        if trade:
            self.writer.titles = TITLES[trade]

    def build(self, entry: str, releases: Sequence[Release], **fields: Any) -> Site:
        """The site; nothing here was tuned against."""
        return self.site(entry, releases, tuned=False, **fields)

    def draw(
        self,
        path: str,
        title: str,
        releases: Sequence[Release],
        one: Callable[[Release], str],
        before: str = "",
        after: str = "",
        **parts: Any,
    ) -> str:
        """A list page: each release drawn by `one`."""
        return self.put(path, title, before + "\n".join(one(r) for r in releases) + after, **parts)


def day(r: Release) -> date:
    """The day of a release; all of this set are dated."""
    assert r.day
    return r.day


def year(r: Release) -> int:
    return day(r).year


def by(releases: Sequence[Release], key: Callable[[Release], Any]) -> list[tuple[Any, list[Release]]]:
    """The releases in runs of one key."""
    return [(k, list(rows)) for k, rows in groupby(releases, key)]


def month_year(r: Release, language: str = "de") -> str:
    return f"{month(day(r), language).capitalize()} {year(r)}"


def pick(m: Desk, *choices: str) -> str:
    return str(m.dice.choice(choices))


# -- frames ---------------------------------------------------------------------------------------------------


def nav_lists(m: Desk) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li class="has-sub"><a href="{at}">{e(name)}</a><ul>{items(links)}</ul></li>'
            for name, at, links in m.navigation()
        )
        + "</ul>"
    )


def nav_divs(m: Desk) -> str:
    return "".join(
        f'<div class="nav__group"><button type="button" aria-expanded="false">{e(name)}</button><div class="nav__panel"><a class="nav__all" href="{at}">{e(name)}</a>'
        + "".join(f'<a class="nav__link" href="{p}"><span>{e(n)}</span></a>' for n, p in links)
        + "</div></div>"
        for name, at, links in m.navigation()
    )


def frame(template: str, generator: str = "", nav: Callable[[Desk], str] = nav_lists) -> Chrome:
    """A chrome from a template with marks in double brackets."""

    def chrome(m: Desk, s: Sheet) -> str:
        crumbs = " ".join(f'<a href="{e(p)}">{e(n)}</a>' for n, p in (m.home_link, *s.crumbs))
        marks = {
            "head": meta(m, s, generator),
            "lang": m.language,
            "company": e(m.company),
            "title": e(s.title),
            "menu": nav(m),
            "crumbs": crumbs,
            "cookies": m.label("cookies"),
            "accept": m.label("accept"),
            "search": m.label("search"),
            "footer": m.footer("footer-col"),
            "aside": s.aside,
            "main": s.main,
        }
        out = template
        for name, value in marks.items():
            out = out.replace(f"[[{name}]]", value)
        return "<!DOCTYPE html>" + out

    return chrome


# -- articles -------------------------------------------------------------------------------------------------


def about(m: Desk) -> str:
    return f"<h3>{m.label('about')} {e(m.company)}</h3><p>{e(m.writer.about())}</p>"


def stamped(m: Desk, r: Release) -> str:
    """The day above, the text, who to ask."""
    deck = f"<p><strong>{e(r.deck)}</strong></p>" if r.deck else ""
    return (
        f'<div class="news-text"><p class="news-date">{m.show(day(r))}</p>{deck}{m.paras(r)}{about(m)}</div>'
    )


def datelined(m: Desk, r: Release) -> str:
    """Place and day open the first paragraph."""
    first, *rest = m.writer.paragraphs(r.url_path)
    text = "".join(f"<p>{e(p)}</p>" for p in rest)
    return f'<div class="text"><p><b>{e(m.writer.home)}, {m.show(day(r))}</b> – {e(first)}</p>{text}{about(m)}</div>'


def timed(m: Desk, r: Release) -> str:
    """A time element, share links, related items below."""
    return (
        f'<div class="meta"><time datetime="{m.moment(r)}">{m.show(day(r))}</time> <a href="https://linkedin.example/share">Share</a></div>'
        f'<div class="body">{m.paras(r)}{about(m)}</div>{m.related(r)}'
    )


def paper(m: Desk, r: Release) -> str:
    """The release as a file of one page: place and day, the title in large type, the text."""
    lines = [(11, f"{m.writer.home}, {m.show(day(r))}"), (18, r.title)]
    for text in m.writer.paragraphs(r.url_path, 3):
        lines += [(11, line) for line in (*wrap(text, 90), "")]
    drawn = b"".join(
        b"BT /F1 %d Tf 60 %d Td (%s) Tj ET\n"
        % (size, 780 - 18 * n, re.sub(r"([()\\\\])", r"\\\1", text).encode("cp1252", "replace"))
        for n, (size, text) in enumerate(lines)
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )
    m.pages[r.url_path] = (out, "application/pdf")
    return r.url_path
