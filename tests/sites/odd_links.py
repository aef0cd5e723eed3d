"""Links of odd kinds, lists of odd length, HTML of odd age."""

from __future__ import annotations

from datetime import date
from html import escape

from .german_cms import latin
from .kit import Moved, Site
from .maker import HTML, Maker
from .prose import dotted, long_date, us_date


def pdf(title: str, lines: list[str]) -> bytes:
    """A small valid PDF of one page; Latin-1 text."""

    def text(t: str) -> bytes:
        return (
            t.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        )

    draw = (
        b"BT /F1 14 Tf 50 780 Td 15 TL ("
        + text(title)
        + b") Tj T* /F1 9 Tf "
        + b"".join(b"T* (" + text(line) + b") Tj " for line in lines)
        + b"ET"
    )
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             b"<< /Length " + str(len(draw)).encode() + b" >>\nstream\n" + draw + b"\nendstream",
             b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += str(n).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n"
        + str(len(out)).encode()
        + b"\n%%EOF\n"
    )


def pdf_only() -> Site:
    """The list links PDF files, nothing else; reports are PDF files too, in a list of their own."""
    m = Maker("pdf_only", "Kieswerk Ahrenstedt KG", section="/presse", skin="typo3", show=dotted)
    found = m.take(
        13, date(2026, 4, 30), lambda n, d, s: f"/fileadmin/presse/{d:%Y-%m-%d}_{s[:40].strip('-')}.pdf"
    )
    for r in found:
        lines = [w for p in m.writer.paragraphs(r.title) for w in p.split(". ")]
        m.pages[r.url_path] = (pdf(r.title, [f"Ahrenstedt, {dotted(r.day)}", *lines]), "application/pdf")
    rows = "".join(
        f'<li class="file-pdf"><a href="{r.url_path}" target="_blank">{escape(r.title)}</a> <span>({dotted(r.day)}, PDF, 112 KB)</span></li>'
        for r in found
    )
    m.put(
        "/presse", "Presse", f"<h2>Pressemitteilungen</h2><ul>{rows}</ul>", aside=m.downloads(6) + m.contact()
    )
    return m.site("/presse", found, notes="releases are PDFs; downloads beside are PDFs and no releases")


def wire_eqs() -> Site:
    """Ad-hoc news on another host, each title with the same prefix; the list stands on the company's page."""
    m = Maker("wire_eqs", "Talbahn AG", section="/investoren/mitteilungen", skin="bootstrap", show=dotted)
    titles = m.writer
    found = m.take(
        24,
        date(2026, 5, 19),
        lambda n, d, s: f"%%WIRE%%/news/corporate/{s[:60].strip('-')}/{n}a-f1",
        minutes=True,
        title=lambda n: f"EQS-{'Adhoc' if n % 3 else 'News'}: Talbahn AG: {titles.title()}",
    )
    rows = "".join(
        f'<tr><td>{dotted(r.day)} {r.published:%H:%M}</td><td><a href="{r.url_path}" target="_blank" rel="noopener">{escape(r.title)}</a></td></tr>'
        for r in found
    )
    m.put(
        m.section,
        "Mitteilungen",
        f"<table class='news'>{rows}</table>",
        aside=m.events(5, "table", "/investoren/kalender") + m.downloads(5, "table", "/investoren/berichte"),
    )
    return m.site(
        m.section,
        found,
        notes="items on a second host; half of each title is the same prefix; time of day in the list",
    )


def wire_links() -> Site:
    """An American company: headlines lead to a wire's host, two releases of its own stand between."""
    m = Maker(
        "wire_links",
        "Northgrain Foods Corp.",
        "en",
        section="/news",
        skin="builder",
        zone="America/Chicago",
        show=us_date,
    )
    found = m.take(
        12,
        date(2026, 5, 20),
        lambda n, d, s: (
            f"/news/{s}" if n % 6 == 2 else f"%%WIRE%%/news-release/{d:%Y/%m/%d}/{3100000 + n}/0/en/{s}.html"
        ),
    )
    rows = "".join(
        f'<div class="pr"><a href="{r.url_path}" target="_blank">{escape(r.title)}</a><br>{r.day:%m/%d/%Y}</div>'
        for r in found
    )
    m.put("/news", "News", f'<div class="prs">{rows}</div>', aside=m.blog(4) + m.newsletter())
    return m.site(
        "/news", found, tuned=False, notes="items on another host, two on its own; 05/12/2026 is US order"
    )


def html32() -> Site:
    """Upper-case tags, unclosed TR and TD, unquoted attributes, FONT."""
    m = Maker(
        "html32",
        "Orgelbau Grabner",
        section="/presse.htm",
        ending=".htm",
        skin="tables",
        show=dotted,
        marks=("dateline",),
    )
    found = m.take(21, date(2026, 3, 27), lambda n, d, s: f"/pm{n:03d}.htm", gap=(12, 50))
    rows = "".join(
        f"<TR><TD NOWRAP VALIGN=TOP><FONT FACE=Arial SIZE=2>{r.day.day}.{r.day.month}.{r.day.year}</FONT><TD><FONT FACE=Arial SIZE=2><A HREF={r.url_path[1:]}>{escape(r.title)}</A></FONT>\n"
        for r in found
    )
    m.put(
        "/presse.htm",
        "Pressemitteilungen",
        f"<TABLE BORDER=0 CELLPADDING=3>{rows}</TABLE>",
        aside=m.products(4),
    )
    m.pages = {p: latin(b) for p, b in m.pages.items()}
    return m.site("/presse.htm", found, notes="HTML 3.2, ISO-8859-1, dates as 7.5.2026")


def html32_li() -> Site:
    """Unclosed LI, date after the link in italics, BR; one long hand-written page with a heading per year."""
    m = Maker(
        "html32_li",
        "Ringers of Wenlow",
        "en",
        section="/pressrel.html",
        ending=".html",
        skin="tables",
        zone="Europe/London",
        marks=("dateline",),
    )
    found = m.take(26, date(2026, 5, 2), lambda n, d, s: f"/pr/{d:%y%m%d}.html", gap=(15, 44))
    rows, year = "", 0
    for r in found:
        if r.day.year != year:
            year = r.day.year
            rows += f"</UL><H2>{year}</H2><UL>\n"
        rows += f"<LI><A HREF='pr/{r.day:%y%m%d}.html'>{escape(r.title)}</A> <I>({long_date(r.day, 'en')})</I><BR>\n"
    m.put(
        "/pressrel.html",
        "Press releases",
        f"<UL>{rows}</UL>",
        aside="<P><A HREF='links.html'>Links</A>" + m.events(3),
    )
    return m.site("/pressrel.html", found, tuned=False, notes="unclosed LI, HTML 3.2, relative links")


def base_href() -> Site:
    """<base href> makes relative links point elsewhere than the page's folder."""
    m = Maker(
        "base_href", "Rheder Ziegel", section="/de/aktuelles/presse/uebersicht/", ending="/", skin="typo3"
    )
    found = m.take(17, date(2026, 5, 15), lambda n, d, s: f"/de/presse/{s}/", deck=True)
    rows = "".join(
        f'<div class="pm"><h4>{long_date(r.day, "de")} | <a href="presse/{r.url_path.split("/")[3]}/">{escape(r.title)}</a></h4><p>{escape(r.deck)}</p></div>'
        for r in found
    )
    m.put(m.section, "Presse", rows, head='<base href="%%BASE%%/de/">', aside=m.blog(3))
    return m.site(
        m.section, found, notes="relative links resolve against <base>; date and title in one heading"
    )


def protocol_relative() -> Site:
    """Links begin with two slashes; entry redirects twice."""
    m = Maker(
        "protocol_relative",
        "Wexcombe Rail",
        "en",
        section="/press-office/",
        ending="/",
        skin="wordpress",
        zone="Europe/London",
    )
    found = m.take(18, date(2026, 5, 18), lambda n, d, s: f"/press-office/{s}/")
    rows = "".join(
        f'<li><span>{r.day:%d/%m/%Y}</span> <a href="//%%HOST%%{r.url_path}?utm_source=press&amp;utm_medium=list">{escape(r.title)}</a></li>'
        for r in found
    )
    m.put("/press-office/", "Press office", f"<ul class='releases'>{rows}</ul>", aside=m.events(4) + m.tags())
    m.pages |= {"/press": Moved("/press-office"), "/press-office": Moved("/press-office/")}
    return m.site(
        "/press",
        found,
        tuned=False,
        listing="/press-office/",
        notes="two redirects; //host links with utm parameters; UK order 12/05/2026",
    )


def one_item() -> Site:
    """A young company: one release, between products and team and a blog."""
    m = Maker("one_item", "Mondkeks Software UG", section="/presse", skin="builder")
    found = m.take(1, date(2026, 4, 14), lambda n, d, s: f"/presse/{s}", deck=True)
    r = found[0]
    card = f'<div class="press-item"><div class="date">{long_date(r.day, "de")}</div><h3>{escape(r.title)}</h3><p>{escape(r.deck)}</p><a href="{r.url_path}" class="button">Zur Pressemitteilung</a></div>'
    m.put(
        "/presse",
        "Presse",
        f"<h2>Pressemitteilungen</h2>{card}{m.downloads(4, 'cards', '/presse/kit')}",
        aside=m.blog(5, "cards") + m.products(4),
    )
    return m.site("/presse", found, notes="a list of one; press kit, blog and products are longer")


def two_items() -> Site:
    """Two releases; everything else on the page is longer."""
    m = Maker(
        "two_items", "Swift Nest Boxes", "en", section="/pages/press", skin="builder", zone="Europe/London"
    )
    found = m.take(2, date(2026, 3, 12), lambda n, d, s: f"/blogs/press/{s}", deck=True)
    rows = "".join(
        f'<div class="article-card"><a href="{r.url_path}"><h3>{escape(r.title)}</h3></a><span>{long_date(r.day, "en")}</span><p>{escape(r.deck)}</p></div>'
        for r in found
    )
    m.put(
        "/pages/press",
        "Press",
        f'<h2>Press releases</h2><div class="grid">{rows}</div>',
        aside=m.products(12) + m.blog(6, "cards", "/blogs/journal"),
    )
    return m.site(
        "/pages/press", found, tuned=False, notes="two items; journal with dates in almost the same cards"
    )


def long_titles(name: str, company: str, language: str, *, tuned: bool, **more: str) -> Site:
    m = Maker(name, company, language, **more)  # type: ignore[arg-type]
    join = " – " if language == "de" else "; "
    found = m.take(
        16,
        date(2026, 5, 13),
        lambda n, d, s: f"{m.section}/{7000 + n}",
        title=lambda n: (
            m.writer.title()
            + join
            + m.writer.deck().rstrip(".")
            + (join + m.writer.deck().rstrip(".") if n % 2 else "")
        ),
    )
    rows = "".join(
        f'<div class="news__item"><p>{m.show(r.day)}</p><a href="{r.url_path}">{escape(r.title)}</a></div>'
        for r in found
    )
    m.put(
        m.section, m.label("releases"), f'<div class="news">{rows}</div>', aside=m.events(3) + m.downloads(4)
    )
    return m.site(m.section, found, tuned=tuned, notes="titles of more than 200 letters")


def long_titles_de() -> Site:
    """A ministry's sentences as titles."""
    return long_titles(
        "long_titles_de",
        "Landesamt für Flusswege",
        "de",
        tuned=True,
        section="/presse/mitteilungen",
        skin="drupal",
    )


def long_titles_en() -> Site:
    """A law society's sentences as titles."""
    return long_titles(
        "long_titles_en",
        "Institute of Tidal Law",
        "en",
        tuned=False,
        section="/news/statements",
        skin="aem",
        zone="Europe/London",
    )


def soft_404() -> Site:
    """Whatever is asked for answers 200 with a page: well-known paths prove nothing here."""
    m = Maker("soft_404", "Obsthof Petzold", section="/presse/", ending="/", skin="builder", show=dotted)
    found = m.take(12, date(2026, 5, 12), lambda n, d, s: f"/presse/{s}/")
    rows = "".join(
        f'<div class="blog-item"><a href="{r.url_path}"><h2>{escape(r.title)}</h2></a><p class="small">Veröffentlicht am {dotted(r.day)} von Team Petzold</p></div>'
        for r in found
    )
    m.put("/presse/", "Presse", rows, aside=m.products(8) + m.events(3))
    lost, _ = m.page("Seite nicht gefunden", "<p>Diese Seite gibt es nicht mehr.</p>" + m.products(3))
    return m.site(
        "/presse/", found, fallback=lambda _: (lost, HTML), notes="unknown paths answer 200 with HTML"
    )


SITES = (pdf_only, wire_eqs, wire_links, html32, html32_li, base_href, protocol_relative, one_item, two_items, long_titles_de, long_titles_en, soft_404)  # fmt: skip
