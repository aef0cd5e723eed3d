"""Rarer cases: a home page in Swedish, a news sitemap, preformatted text, and rooms that hold no release at all."""

from __future__ import annotations

from datetime import date
from html import escape as esc
from zoneinfo import ZoneInfo

from sites.kit import Release, Site
from sites.prose import long_date, us_date

from .desk import Desk, at_times, minute, on


def home_swedish() -> Site:
    """A Swedish paper mill given by its home page; regulatory releases carry a badge, reports stand between them."""
    d = Desk("home_swedish", "Tallberga Bruk AB", "sv")
    found = d.write(
        at_times(d.days(12, date(2026, 5, 18), 16), d.dice, ZoneInfo("Europe/Stockholm")),
        lambda n, s, day: f"/media/pressmeddelanden/{day.year}/{s}",
        decks=False,
    )
    menu = "".join(
        f'<div class="sn-group"><button>{g}</button><ul>{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></div>'
        for g, ls in d.menu("/{group}/{slug}")
    )
    reports = "".join(
        f'<div class="report-card"><a href="{p}"><span>{esc(t)} 2025</span></a><time>2026-0{n + 2}-12</time></div>'
        for n, (p, t) in enumerate(d.some("report", 3, "/investerare/rapporter/{slug}"))
    )
    events = "".join(
        f'<li><time datetime="2026-0{n + 6}-15">15/{n + 6}</time><a href="{p}">{esc(t)}</a></li>'
        for n, (p, t) in enumerate(d.some("event", 3, "/kalender/{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{esc(title)} - Tallberga Bruk</title></head><body><div class="sn">{menu}<div class="sn-group"><button>Media</button><ul><li><a href="/media/pressmeddelanden">Pressmeddelanden</a></li><li><a href="/media/bilder">Bilder</a></li></ul></div></div>{inner}<div class="agenda"><h3>Kalender</h3><ol>{events}</ol></div></body></html>"""

    def row(n: int, r: Release) -> str:
        badge = '<abbr title="Regulatoriskt">Reg</abbr>' if n % 3 == 0 else ""
        return f'<a class="pm" href="{r.url_path}"><time datetime="{minute(r).isoformat()}">{minute(r):%Y-%m-%d %H:%M}</time>{badge}<h4>{esc(r.title)}</h4></a>'

    d.other("/media/bilder", "Bilder")
    rows = [row(n, r) for n, r in enumerate(found)]
    d.put(
        "/",
        frame(
            "Start",
            f'<div class="hero"><h1>Papper sedan 1926</h1></div><div class="half"><h2>Senaste nytt</h2>{"".join(rows[:4])}</div><div class="half"><h2>Rapporter</h2>{reports}</div>',
        ),
    )
    d.put(
        "/media/pressmeddelanden",
        frame(
            "Pressmeddelanden",
            f'<h1>Pressmeddelanden</h1><div class="seg"><a href="#a">Alla</a><a href="#r">Regulatoriska</a></div><div class="pms">{"".join(rows)}</div>',
        ),
    )
    d.articles(found, frame, lambda r: f"<h1>{esc(r.title)}</h1><p>{long_date(on(r), 'sv')}</p>{d.text(r)}")
    return d.done(frame, "/", found, listing="/media/pressmeddelanden", zone="Europe/Stockholm")


def sitemap_room() -> Site:
    """A Polish railway whose room is drawn by script; only the news sitemap that robots.txt names knows the releases."""
    d = Desk("sitemap_room", "Koleje Nadwarta", "pl")
    found = d.write(
        d.days(9, date(2026, 5, 19), 1), lambda n, s, day: f"/pl/biuro-prasowe/informacje/{s}", decks=False
    )
    menu = "".join(
        f'<a class="k" href="{p}">{esc(t)}</a>' for _, ls in d.menu("/pl/{group}/{slug}") for p, t in ls
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{esc(title)} | Koleje Nadwarta</title></head><body><div id="app">{menu}{inner}</div><script src="/main.7f3.js" defer></script></body></html>"""

    def entry(r: Release) -> str:
        return f"<url><loc>%%BASE%%{r.url_path}</loc><news:news><news:publication><news:name>Koleje Nadwarta</news:name><news:language>pl</news:language></news:publication><news:publication_date>{on(r)}T07:30:00+02:00</news:publication_date><news:title>{esc(r.title)}</news:title></news:news></url>"

    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    other = "".join(f"<url><loc>%%BASE%%{p}</loc></url>" for p in d.not_releases)
    d.put("/robots.txt", "User-agent: *\nAllow: /\nSitemap: %%BASE%%/sitemap_index.xml\n", "text/plain")
    d.put(
        "/sitemap_index.xml",
        f"{head}<sitemapindex {space}><sitemap><loc>%%BASE%%/sitemap-pages.xml</loc></sitemap><sitemap><loc>%%BASE%%/sitemap-news.xml</loc></sitemap></sitemapindex>",
        "application/xml",
    )
    d.put("/sitemap-pages.xml", f"{head}<urlset {space}>{other}</urlset>", "application/xml")
    d.put(
        "/sitemap-news.xml",
        f'{head}<urlset {space} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(map(entry, found))}</urlset>',
        "application/xml",
    )
    d.put(
        "/pl/biuro-prasowe",
        frame("Biuro prasowe", "<h1>Informacje prasowe</h1><app-news-list></app-news-list>"),
    )
    d.articles(found, frame, lambda r: f"<h1>{esc(r.title)}</h1><p>{long_date(on(r), 'pl')}</p>{d.text(r)}")
    return d.done(frame, "/pl/biuro-prasowe", found, listing="/sitemap-news.xml", zone="Europe/Warsaw")


def preformatted() -> Site:
    """An observatory's list as preformatted text of 1998: ISO dates in columns, links in the middle of lines."""
    d = Desk("preformatted", "Dunmore Bay Observatory", "en", "titles_public")
    found = d.write(
        d.days(16, date(2026, 5, 2), 60),
        lambda n, s, day: f"/info/press/pr{day:%y}{16 - n:02}.txt.html",
        decks=False,
    )
    tools = d.some("report", 4, "/info/{slug}.html")

    def frame(title: str, inner: str) -> str:
        return f"""<html><head><meta charset="utf-8"><title>{esc(title)}</title></head><body><a href="/info/">[Info]</a> <a href="/staff.html">[Staff]</a><hr>{inner}<hr><address>webmaster, last modified 2026-05-03</address></body></html>"""

    lines = "\n".join(
        f'{on(r)}   PR{on(r):%y}/{16 - n:02}   <a href="{r.url_path}">{esc(r.title)}</a>'
        for n, r in enumerate(found)
    )
    files = "\n".join(
        f'2026-04-{n + 10}   {n + 3}41k      <a href="{p}">{esc(t)}</a>' for n, (p, t) in enumerate(tools)
    )
    for path, text in (("/info/", "Info"), ("/staff.html", "Staff")):
        d.other(path, text)
    d.put(
        "/info/press/",
        frame(
            "Press notices",
            f"<h1>Press notices</h1><pre>\n{lines}\n</pre><h2>Files</h2><pre>\n{files}\n</pre>",
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f"<pre>DUNMORE BAY OBSERVATORY\nPress notice, {long_date(on(r), 'en')}\n\n<b>{esc(r.title)}</b>\n\n{d.text(r, 'span')}\n</pre>"
        ),
    )
    return d.done(frame, "/info/press/", found, zone="Europe/London")


def none_press_desk() -> Site:
    """A savings bank's press page without a release: contacts, a dated calendar of visits, downloads. Right answer: none."""
    d = Desk("none_press_desk", "Sparkasse Karlsbrück", "de")
    menu = "".join(
        f'<nav class="n"><em>{g}</em>{"".join(f"<a href={p!r}>{esc(t)}</a>" for p, t in ls)}</nav>'
        for g, ls in d.menu("/de/home/{group}/{slug}.html")
    )
    events = "".join(
        f'<div class="if6_row"><div class="if6_date">{n + 3}. Juni 2026</div><h3><a href="{p}">{esc(t)}</a></h3><p>Filiale am Markt, 18 Uhr. Um Anmeldung wird gebeten.</p></div>'
        for n, (p, t) in enumerate(d.some("event", 8, "/de/home/termine/{n}-{slug}.html"))
    )
    files = "".join(
        f'<li><a href="{p}">{esc(t)}</a> <span>PDF, Stand 0{n + 1}.03.2026</span></li>'
        for n, (p, t) in enumerate(d.some("report", 8, "/content/dam/{slug}.html"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{esc(title)} | Sparkasse Karlsbrück</title></head><body>{menu}<div class="if6">{inner}</div><div class="if6_foot">BLZ 000 000 00</div></body></html>"""

    d.put(
        "/de/home/presse.html",
        frame(
            "Presse",
            f"<h1>Presse</h1><p>Anfragen von Redaktionen beantwortet {d.writer.press_person()}.</p><h2>Termine</h2>{events}<h2>Downloads</h2><ul>{files}</ul>",
        ),
    )
    return d.done(frame, "/de/home/presse.html", ())


def none_coverage() -> Site:
    """A start-up's press page that lists only what others wrote, on their own hosts. Right answer: none."""
    d = Desk("none_coverage", "Nestbox Analytics", "en")
    papers = (
        "The Harrowby Courier",
        "Ashcombe Today",
        "Grid Weekly",
        "Heat Review",
        "Kettlewick Echo",
        "Founders Hour",
    )
    menu = "".join(
        f'<a class="top" href="{p}">{esc(t)}</a>' for _, ls in d.menu("/{slug}") for p, t in ls[:3]
    )
    days = d.days(12, date(2026, 5, 17), 25)
    cards = "".join(
        f'<div class="cov"><img alt="{papers[n % 6]}" src="/l{n % 6}.svg"><p class="cov-date">{us_date(day)}</p><h3><a rel="noopener" target="_blank" href="https://www.paper{n % 6}.example/{day:%Y/%m/%d}/nestbox-{n}">{esc(d.writer.title())}</a></h3><p>{papers[n % 6]}</p></div>'
        for n, day in enumerate(days)
    )
    posts = "".join(
        f'<div class="post"><a href="{p}"><h4>{esc(t)}</h4></a><small>May {n + 4}, 2026 · 5 min</small></div>'
        for n, (p, t) in enumerate(d.some("blogpost", 4, "/blog/{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{esc(title)} | Nestbox</title></head><body><header>{menu}</header>{inner}<footer>Made in Millbrook Falls</footer></body></html>"""

    d.put(
        "/press",
        frame(
            "Press",
            f"<h1>Nestbox in the press</h1><p>Write to our press team for logos and portraits.</p><section>{cards}</section><h2>From the blog</h2>{posts}",
        ),
    )
    return d.done(frame, "/press", (), zone="America/New_York")


def none_careers() -> Site:
    """A Spanish haulier whose news address has come to show vacancies and a magazine. Right answer: none."""
    d = Desk("none_careers", "Transportes Torrelluna", "es")
    jobs = "".join(
        f'<li class="oferta"><span class="fecha">{n + 3:02}/05/2026</span><a href="{p}">{esc(t)} — Almenar</a><span>Jornada completa</span></li>'
        for n, (p, t) in enumerate(d.some("job", 4, "/empleo/{slug}-{n}"))
    )
    posts = "".join(
        f'<article><a href="{p}">{esc(t)}</a></article>' for p, t in d.some("blogpost", 3, "/revista/{slug}")
    )
    menu = "".join(f'<a href="{p}">{esc(t)}</a>' for _, ls in d.menu("/{slug}") for p, t in ls)

    def frame(title: str, inner: str) -> str:
        return f"""<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{esc(title)}</title></head><body><div class="bar">{menu}</div>{inner}<div class="pie">Transportes Torrelluna, S. Coop.</div></body></html>"""

    d.put(
        "/actualidad",
        frame(
            "Actualidad",
            f"<h1>Actualidad</h1><p>Por ahora no hay notas de prensa.</p><h2>Vacantes</h2><ul>{jobs}</ul><h2>Revista</h2>{posts}",
        ),
    )
    return d.done(frame, "/actualidad", (), zone="Europe/Madrid")


SITES = (home_swedish, sitemap_room, preformatted, none_press_desk, none_coverage, none_careers)
