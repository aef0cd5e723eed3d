"""Public and semi-public offices: a federation, a hospital, an Austrian state, the police, a university, Switzerland."""

from __future__ import annotations

from datetime import date, datetime
from html import escape as esc
from itertools import groupby
from zoneinfo import ZoneInfo

from sites.kit import Release, Site
from sites.prose import SHORT_DE, dotted, long_date

from .desk import Desk, at_times, minute, on

BERLIN = ZoneInfo("Europe/Berlin")
VIENNA = ZoneInfo("Europe/Vienna")


def joomla_verband() -> Site:
    """A federation on Joomla: category table with title, date and hits; most-read and positions beside it."""
    d = Desk("joomla_verband", "Bundesverband Dachziegel", "de")
    both = d.write(
        d.days(20, date(2026, 5, 12), 18),
        lambda n, s, day: f"/index.php/presse/pressemitteilungen/{812 - n * 3}-{s}",
        decks=False,
    )
    found, more = both[:15], both[15:]
    papers = "".join(
        f'<li><a href="{p}">{esc(t)}</a></li>'
        for p, t in d.some("report", 5, "/index.php/positionen/{n}-{slug}")
    )
    menu = "".join(
        f'<li class="nav-item deeper parent"><a href="#">{g}</a><ul class="nav-child unstyled small">{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/index.php/{group}/{slug}")
    )
    popular = "".join(
        f'<li itemscope itemtype="https://schema.org/Article"><a href="{r.url_path}" itemprop="url"><span itemprop="name">{esc(r.title)}</span></a></li>'
        for r in more[:4]
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html xml:lang="de-de" lang="de-de"><head><meta charset="utf-8"><title>{esc(title)}</title><meta name="generator" content="Joomla! - Open Source Content Management"></head><body class="site com_content view-category">
<div class="body"><div class="container"><header class="header"><a class="brand" href="/">Bundesverband Dachziegel</a></header><nav class="navigation"><ul class="nav menu nav-pills">{menu}</ul></nav><div class="row-fluid"><main id="content" class="span9">
<div id="system-message-container"></div>{inner}</main><div id="aside" class="span3"><div class="well"><h3>Meistgelesen</h3><ul class="mostread">{popular}</ul></div><div class="well"><h3>Positionspapiere</h3><ul class="latestnews">{papers}</ul></div></div></div></div></div>
<footer><p>© 2026 Bundesverband Dachziegel</p></footer></body></html>"""

    def table(part: tuple[Release, ...]) -> str:
        rows = "".join(
            f'<tr class="cat-list-row{n % 2}"><td headers="categorylist_header_title" class="list-title"><a href="{r.url_path}">\n\t{esc(r.title)}\t</a></td><td headers="categorylist_header_date" class="list-date small">{long_date(on(r), "de")}</td><td class="list-hits"><span class="badge badge-info">Zugriffe: {n * 37 + 90}</span></td></tr>'
            for n, r in enumerate(part)
        )
        return frame(
            "Pressemitteilungen",
            f'<div class="category-list"><h1>Pressemitteilungen</h1><form><table class="category table table-striped table-bordered table-hover"><thead><tr><th id="categorylist_header_title">Titel</th><th>Veröffentlichungsdatum</th><th>Zugriffe</th></tr></thead><tbody>{rows}</tbody></table><div class="pagination"><ul class="pagination-list"><li><a href="/index.php/presse/pressemitteilungen?start=15">Weiter</a></li></ul></div></form></div>',
        )

    at = "/index.php/presse/pressemitteilungen"
    d.put(at, table(found))
    d.put(at + "?start=15", table(more))
    d.articles(
        both,
        frame,
        lambda r: (
            f'<div class="item-page"><div class="page-header"><h2 itemprop="headline">{esc(r.title)}</h2></div><dl class="article-info muted"><dd class="published"><time datetime="{on(r)}T08:00:00+02:00">Veröffentlicht: {long_date(on(r), "de")}</time></dd></dl><div itemprop="articleBody">{d.text(r)}</div></div>'
        ),
    )
    return d.done(frame, at, found, more=more)


def typo3_klinikum() -> Site:
    """A hospital on an old TYPO3: addresses are queries, the day stands behind the title, events look the same."""
    d = Desk("typo3_klinikum", "Klinikum Oberwalden", "de", "titles_public")
    found = d.write(
        d.days(10, date(2026, 5, 18), 12),
        lambda n, s, day: f"/index.php?id=214&tx_ttnews[tt_news]={3390 - n * 7}&cHash={(n + 5) * 7919:08x}",
    )
    talks = d.some("event", 4, "/index.php?id=216&tx_ttnews[tt_news]={n}&cHash=ab{n}")
    menu = "".join(
        f'<div class="menu1"><a href="#">{g}</a>{"".join(f"<div class=menu2><a href={p!r}>{esc(t)}</a></div>" for p, t in ls)}</div>'
        for g, ls in d.menu("/{group}/{slug}.html")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><meta name="generator" content="TYPO3 4.5 CMS"><title>{esc(title)}: Klinikum Oberwalden</title></head><body><div id="emergency">Notaufnahme: rund um die Uhr</div>
<div id="nav">{menu}</div><div id="main">{inner}</div><div id="legal">Klinikum Oberwalden gGmbH</div></body></html>"""

    def single(p: str, t: str, when: str, deck: str) -> str:
        return f'<div class="news-list-item"><h2><a href="{esc(p)}" title="{esc(t)}">{esc(t)}</a> <span class="news-list-date">({when})</span></h2><p class="bodytext">{esc(deck)}</p><span class="news-list-morelink"><a href="{esc(p)}">[mehr]</a></span></div><hr class="clearer" />'

    rows = "".join(single(r.url_path, r.title, dotted(on(r)), r.deck) for r in found)
    lectures = "".join(
        single(p, t, f"{n + 3}.06.2026", "Vortrag für Patienten") for n, (p, t) in enumerate(talks)
    )
    d.put(
        "/presse.html",
        frame(
            "Presse",
            f'<div class="csc-default" id="c881"><h1>Pressemitteilungen</h1><div class="news-list-container">{rows}</div></div><div class="csc-default" id="c882"><h1>Patientenvorträge</h1><div class="news-list-container">{lectures}</div></div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="news-single-item"><div class="news-single-timedata">{dotted(on(r))}</div><h1>{esc(r.title)}</h1>{d.text(r)}</div>'
        ),
    )
    return d.done(frame, "/presse.html", found)


def _austrian(day: date) -> str:
    return long_date(day, "de").replace("Januar", "Jänner").replace("Februar", "Feber")


def landespressedienst() -> Site:
    """An Austrian state's press service: a definition list, one term per day (January is Jänner), many a day."""
    d = Desk("landespressedienst", "Land Hochalm", "de", "titles_public")
    base = d.days(7, date(2026, 2, 3), 3)
    days = sorted([x for x in base for _ in range(d.dice.randint(1, 4))], reverse=True)
    found = d.write(days, lambda n, s, day: f"/land/aktuelles/lk/{day:%Y/%m}/{s}.htm", decks=False)
    offices = ("Landeshauptmann", "Verkehr", "Kultur", "Bildung", "Landwirtschaft")
    law = "".join(
        f'<li><a href="{p}">{esc(t)}</a> (kundgemacht am {n + 1}. Februar 2026)</li>'
        for n, (p, t) in enumerate(d.some("report", 4, "/land/recht/{slug}.htm"))
    )
    menu = "".join(
        f"<details><summary>{g}</summary>{''.join(f'<a href={p!r}>{esc(t)}</a><br>' for p, t in ls)}</details>"
        for g, ls in d.menu("/land/{group}/{slug}.htm")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de-AT"><head><meta charset="utf-8"><title>{esc(title)} - Land Hochalm</title></head><body><header><h5>Amt der Landesregierung</h5>{menu}</header>
<main>{inner}</main><aside><h2>Verlautbarungen</h2><ul>{law}</ul></aside><footer>Landhausplatz 1 · Parteienverkehr Mo–Fr 8–12 Uhr</footer></body></html>"""

    terms = ""
    for day, group in groupby(found, key=on):
        terms += f"<dt>{_austrian(day)}</dt>" + "".join(
            f'<dd><span class="ressort">{offices[len(r.title) % 5]}:</span> <a href="{r.url_path}">{esc(r.title)}</a></dd>'
            for r in group
        )
    d.put(
        "/land/aktuelles/lk/",
        frame("Landeskorrespondenz", f'<h1>Landeskorrespondenz</h1><dl class="lk">{terms}</dl>'),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<p class="lk-kopf">Landeskorrespondenz, {_austrian(on(r))} ({dotted(on(r))})</p><h1>{esc(r.title)}</h1>{d.text(r)}'
        ),
    )
    return d.done(
        frame, "/land/aktuelles/lk/", found, now=datetime(2026, 2, 4, 9, tzinfo=VIENNA), zone="Europe/Vienna"
    )


def polizei_timeline() -> Site:
    """A police headquarters: a time line with clock times and towns, wanted persons and jobs beside it."""
    d = Desk("polizei_timeline", "Polizeipräsidium Ahrenstedt", "de", "titles_public")
    times = sorted(
        at_times([x for x in d.days(6, date(2026, 5, 19), 1) for _ in range(3)], d.dice, BERLIN), reverse=True
    )
    found = d.write(times, lambda n, s, day: f"/meldungen/pm/{6204418 - n * 131}")
    towns = d.writer.words["places"]
    wanted = "".join(
        f'<figure><a href="{d.other(f"/fahndung/{n}", t)}"><img src="/f{n}.jpg" alt=""><figcaption>{t}, Tatzeit: {n}.05.2026, 23:10 Uhr</figcaption></a></figure>'
        for n, t in ((4, "Raub in Lingenau"), (9, "Betrug am Geldautomaten"), (11, "Vermisste Person"))
    )
    menu = " | ".join(f'<a href="{p}">{esc(t)}</a>' for _, ls in d.menu("/{group}/{slug}") for p, t in ls)

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} | Polizei</title></head><body><div class="emergency-bar">Notruf 110</div><div class="nav-all">{menu}</div><div role="main">{inner}</div>
<div class="fahndung"><h2>Fahndungen</h2>{wanted}</div><div class="social"><blockquote>@polizei_ahrenstedt: Heute Kontrollen. <a href="/s/1">20. Mai 2026</a></blockquote></div></body></html>"""

    points = "".join(
        f'<div class="tl-entry"><div class="tl-dot"></div><div class="tl-when"><span>{minute(r):%d.%m.%Y}</span> – <span>{minute(r):%H:%M}</span></div><div class="tl-what"><span class="tl-town">{towns[n % len(towns)]}</span><a class="tl-title" href="{r.url_path}">{esc(r.title)}</a><div class="tl-text">{esc(r.deck)} <a href="{r.url_path}">… mehr</a></div></div></div>'
        for n, r in enumerate(found)
    )
    d.put(
        "/meldungen",
        frame(
            "Pressemeldungen",
            f'<h1>Pressemeldungen</h1><div class="filter">Ort: {" ".join(f"<a href=/meldungen?ort={n}>{t}</a>" for n, t in enumerate(towns))}</div><div class="tl">{points}</div>',
        ),
    )
    for n in range(len(towns)):
        d.put(d.other(f"/meldungen?ort={n}", towns[n]), frame(towns[n], "<p>Keine Meldungen.</p>"))
    d.articles(
        found,
        frame,
        lambda r: (
            f"<p>{minute(r):%d.%m.%Y} – {minute(r):%H:%M}</p><h1>{esc(r.title)}</h1>{d.text(r)}<p>Rückfragen bitte an die Pressestelle</p>"
        ),
    )
    return d.done(frame, "/meldungen", found)


def hochschule_dienst() -> Site:
    """A university in the manner of a science news service: abbreviated months, kinds and subjects under each title."""
    d = Desk("hochschule_dienst", "Hochschule Steinfurth", "de", "titles_public")
    both = d.write(d.days(25, date(2026, 5, 19), 8), lambda n, s, day: f"/de/news{884120 - n * 53}")
    found, more = both[:20], both[20:]
    menu = "".join(
        f'<ul class="col"><li class="h">{g}</li>{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul>'
        for g, ls in d.menu("/de/{group}/{slug}")
    )
    events = "".join(
        f'<div class="event-row"><a href="{p}">{esc(t)}</a><br>0{n + 3}.06.2026 - 0{n + 4}.06.2026 | Steinfurth</div>'
        for n, (p, t) in enumerate(d.some("event", 5, "/de/event{n}81"))
    )

    def short(day: date) -> str:
        return f"{day.day}. {SHORT_DE[day.month - 1]} {day.year}"

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} :: Hochschule Steinfurth</title><link rel="search" href="/os.xml"></head><body><div class="cols">{menu}</div><div class="content">{inner}</div><div class="right"><h4>Veranstaltungen</h4>{events}</div></body></html>"""

    def listed(part: tuple[Release, ...]) -> str:
        return frame(
            "Pressemitteilungen",
            "<h1>Pressemitteilungen</h1><ol class='pm'>"
            + "".join(
                f'<li><span class="meta">{short(on(r))} · Forschungsergebnisse · Bauwesen / Architektur</span><br><a href="{r.url_path}"><strong>{esc(r.title)}</strong></a><div class="teaser">{esc(r.deck)}</div><a class="inst" href="/de/institution21">Hochschule Steinfurth</a></li>'
                for r in part
            )
            + "</ol><p class='pager'>1 <a href='/de/presse?seite=2'>2</a> <a href='/de/presse?seite=2'>&gt;</a></p>",
        )

    d.other("/de/institution21", "Hochschule Steinfurth")
    d.put("/de/presse", listed(found))
    d.put("/de/presse?seite=2", listed(more))
    d.articles(
        both,
        frame,
        lambda r: (
            f"<p>{dotted(on(r))} 11:02</p><h1>{esc(r.title)}</h1><p>{d.writer.press_person()} <i>Hochschulkommunikation</i></p>{d.text(r)}"
        ),
    )
    return d.done(frame, "/de/presse", found, more=more)


def swiss_three() -> Site:
    """A Swiss insurer: accordions by year, and each release links its German, French and Italian version."""
    d = Desk("swiss_three", "Tannwil Versicherungen", "de")
    found = d.write(
        d.days(16, date(2026, 5, 7), 35),
        lambda n, s, day: f"/de/medien/mitteilungen/{day.year}/{s}.html",
        decks=False,
    )
    menu = "".join(
        f"<li><span>{g}</span><div>{''.join(f'<a href={p!r}>{esc(t)}</a>' for p, t in ls)}</div></li>"
        for g, ls in d.menu("/de/{group}/{slug}.html")
    )
    for language in ("fr", "it"):
        d.other(f"/{language}/medias.html", f"Médias {language}")

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de-CH"><head><meta charset="utf-8"><title>{esc(title)} | Tannwil Versicherungen</title><link rel="alternate" hreflang="fr-CH" href="/fr/medias.html"><link rel="alternate" hreflang="it-CH" href="/it/medias.html"></head><body><div class="meta-nav">DE <a href="/fr/medias.html">FR</a> <a href="/it/medias.html">IT</a></div><ul class="mainnav">{menu}</ul>
<section class="sec">{inner}</section><section class="quick"><h2>Schaden melden</h2><a href="/de/schaden.html">Jetzt melden</a></section></body></html>"""

    def versions(r: Release) -> str:
        out = f'<a href="{r.url_path}">{esc(r.title)}</a>'
        for language in ("fr", "it"):
            at = d.other(
                r.url_path.replace("/de/", f"/{language}/").replace(".html", f"-{language}.html"),
                f"{language.upper()}: {r.title}",
            )
            out += f' <a class="lang" hreflang="{language}" href="{at}">{language.upper()}</a>'
        return out

    folds = ""
    for year, group in groupby(found, key=lambda r: on(r).year):
        rows = "".join(
            f'<div class="acc-row"><span class="acc-date">{on(r).day}.{on(r).month}.{on(r).year}</span><div class="acc-link">{versions(r)}</div></div>'
            for r in group
        )
        folds += f'<div class="accordion"><h3><button aria-expanded="{"true" if year == 2026 else "false"}">{year}</button></h3><div class="acc-body">{rows}</div></div>'
    d.other("/de/schaden.html", "Schaden melden")
    d.put(
        "/de/medien/mitteilungen.html",
        frame(
            "Medienmitteilungen",
            f"<h1>Medienmitteilungen</h1><p>Medienstelle: {d.writer.press_person()}</p>{folds}",
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: f"<p>Medienmitteilung vom {long_date(on(r), 'de')}</p><h1>{esc(r.title)}</h1>{d.text(r)}",
    )
    return d.done(frame, "/de/medien/mitteilungen.html", found, zone="Europe/Zurich")


SITES = (joomla_verband, typo3_klinikum, landespressedienst, polizei_timeline, hochschule_dienst, swiss_three)
