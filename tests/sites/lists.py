"""Pages of several lists, of two languages, of images: what is a release and what only looks like one."""

from __future__ import annotations

from datetime import date
from html import escape

from .kit import Release, Site
from .maker import Maker
from .prose import dotted, long_date


def many_lists() -> Site:
    """Press, events, jobs, blog and downloads, all in the same cards with dates; press is the third block."""
    m = Maker("many_lists", "Stadtwerke Mühlenbeck", section="/aktuelles", skin="typo3", show=dotted)
    found = m.take(10, date(2026, 5, 12), lambda n, d, s: f"/aktuelles/pressemitteilung/{s}")
    press = m.section_of("releases", m.rows([(r.title, r.url_path, r.day) for r in found], "ul", "posts"))
    before = m.blog(10, "ul", "/aktuelles/blog") + m.events(8, "ul", "/aktuelles/termine")
    m.put(
        "/aktuelles",
        "Aktuelles",
        before + press + m.jobs(8, "ul", "/karriere/stelle") + m.downloads(8, "ul", "/service/dateien"),
    )
    return m.site(
        "/aktuelles", found, notes="five lists of the same build; only headings and addresses tell them apart"
    )


def many_lists_en() -> Site:
    """Tabs: news releases, events, blog posts, publications, vacancies; articles with time elements all over."""
    m = Maker(
        "many_lists_en",
        "Dales Water Authority",
        "en",
        section="/news-and-events",
        titles="titles_public",
        skin="drupal",
        zone="Europe/London",
    )
    found = m.take(12, date(2026, 5, 18), lambda n, d, s: f"/news-and-events/news-releases/{s}", deck=True)
    press = "".join(
        f'<article class="teaser"><h3><a href="{r.url_path}">{escape(r.title)}</a></h3><time datetime="{r.published}">{long_date(r.day, "en")}</time><p>{escape(r.deck)}</p></article>'
        for r in found
    )
    tabs = [
        ("releases", f'<div class="list">{press}</div>'),
        ("events", ""),
        ("blog", ""),
        ("downloads", ""),
        ("jobs", ""),
    ]
    others = {k: m.rows(m.others(slot, f"/news-and-events/{k}", 12, days), "articles", "teaser") for k, slot, days in (("events", "event", (3, 40)), ("blog", "blogpost", (-1, -22)), ("downloads", "report", (-9, -90)), ("jobs", "job", (-2, -5)))}  # fmt: skip
    panels = "".join(
        f'<div class="tab-pane" role="tabpanel" id="tab-{k}"><h2>{m.label(k)}</h2>{inner or others[k]}</div>'
        for k, inner in tabs
    )
    m.put(m.section, "News and events", f'<div class="tab-content">{panels}</div>', aside=m.tags())
    return m.site(
        m.section, found, tuned=False, notes="five tabs of articles with time; releases are the first"
    )


def english_versions(m: Maker, found: list[Release], base: str) -> list[Release]:
    """The same releases in English, on their own addresses."""
    other = Maker(m.name + "_en", m.company, "en", skin=m.skin, section=base)
    out = []
    for r in found:
        release = Release(
            f"{base}/{len(found) - len(out)}-{r.day:%y%m}", other.writer.title(), r.published, ""
        )
        other.add_article(release)
        out.append(release)
    m.pages |= other.pages
    m.bad += [r.url_path for r in out]
    return out


def bilingual() -> Site:
    """/de/ and /en/: each German item has a small 'English version' link; only German is to be taken."""
    m = Maker("bilingual", "Gipfelwerk Pumpen AG", section="/de/presse", skin="aem", zone="Europe/Vienna")
    found = m.take(16, date(2026, 5, 19), lambda n, d, s: f"/de/presse/{s}", deck=True)
    english = english_versions(m, found, "/en/press")
    rows = "".join(
        f'<div class="release"><p class="release__date">{long_date(r.day, "de")}</p><h3><a href="{r.url_path}" hreflang="de">{escape(r.title)}</a></h3><p>{escape(r.deck)}</p><p class="release__lang"><a href="{e.url_path}" hreflang="en" lang="en">English version</a></p></div>'
        for r, e in zip(found, english, strict=True)
    )
    head = '<link rel="alternate" hreflang="en" href="%%BASE%%/en/press"><link rel="alternate" hreflang="de" href="%%BASE%%/de/presse">'
    m.bad.append("/en/press")
    m.stub("Press", "/en/press")
    m.put(
        "/de/presse", "Presse", f'<a class="lang" href="/en/press">EN</a>{rows}', head=head, aside=m.contact()
    )
    return m.site(
        "/de/presse", found, notes="two languages per item; the entry is the German page, so German is taken"
    )


def bilingual_en() -> Site:
    """A Swiss group's English page: English list, and below it a list of German texts that were not translated."""
    m = Maker(
        "bilingual_en", "Helmfirn Group", "en", section="/en/media", skin="tailwind", zone="Europe/Zurich"
    )
    found = m.take(14, date(2026, 5, 15), lambda n, d, s: f"/en/media/{d.year}/{s}")
    other = Maker("bilingual_de", "Helmfirn Group", "de", skin="tailwind", section="/de/medien")
    german = other.take(8, date(2026, 5, 18), lambda n, d, s: f"/de/medien/{d.year}/{s}")
    m.pages |= other.pages
    m.bad += [r.url_path for r in german]
    rows = "".join(
        f'<li><span>{long_date(r.day, "en")}</span><a href="{r.url_path}">{escape(r.title)}</a></li>'
        for r in found
    )
    below = "".join(
        f'<li lang="de"><span>{long_date(r.day, "de")}</span><a href="{r.url_path}">{escape(r.title)}</a></li>'
        for r in german
    )
    m.put(
        "/en/media",
        "Media releases",
        f'<ul class="releases">{rows}</ul><h2>Available in German only</h2><ul class="releases">{below}</ul>',
    )
    return m.site(
        "/en/media", found, tuned=False, notes="English page; a second list in German must not be taken"
    )


def media_library() -> Site:
    """A press page whose biggest list is a library of images and films with titles and dates."""
    m = Maker(
        "media_library",
        "Seebühne Lingenau",
        section="/presse",
        skin="tailwind",
        zone="Europe/Vienna",
        show=dotted,
    )
    found = m.take(11, date(2026, 5, 13), lambda n, d, s: f"/presse/texte/{s}", deck=True)
    rows = "".join(
        f'<a class="text-card" href="{r.url_path}"><p class="text-card__title">{escape(r.title)}</p><p>{escape(r.deck)}</p><small>{dotted(r.day)}</small></a>'
        for r in found
    )
    films = m.rows(m.others("event", "/presse/filme", 8, (-3, -10), ""), "cards", "film")
    m.put(
        "/presse",
        "Presse",
        f'{m.gallery(24, "/presse/bilder")}<h2>Pressetexte</h2><div class="cards">{rows}</div><h2>Filme</h2>{films}',
        aside=m.contact(),
    )
    return m.site(
        "/presse", found, tuned=False, notes="24 images and 8 films with dates; texts are the smaller list"
    )


def microdata() -> Site:
    """schema.org microdata: an ItemList of NewsArticle with meta dates, and no visible dates."""
    m = Maker("microdata", "Ahorn Verlag", section="/verlag/presse", skin="wordpress", marks=("og", "time"))
    found = m.take(18, date(2026, 5, 6), lambda n, d, s: f"/verlag/presse/{s}", deck=True)
    rows = "".join(
        f'<div itemprop="itemListElement" itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="{r.published}"><link itemprop="url" href="{r.url_path}"><h2 itemprop="headline">{escape(r.title)}</h2><p itemprop="description">{escape(r.deck)}</p><a href="{r.url_path}">weiter</a></div>'
        for r in found
    )
    m.put(
        m.section,
        "Presse",
        f'<div itemscope itemtype="https://schema.org/ItemList">{rows}</div>',
        aside=m.products(6) + m.events(4, "articles"),
    )
    return m.site(m.section, found, tuned=False, notes="dates in meta elements only; title not linked")


def page_pdf_picture() -> Site:
    """Each item links the page, the PDF and the picture; the title links the page."""
    m = Maker(
        "page_pdf_picture",
        "Nordkorn Mühlen",
        section="/de/presse/meldungen",
        skin="bootstrap",
        zone="Europe/Berlin",
    )
    found = m.take(15, date(2026, 5, 18), lambda n, d, s: f"/de/presse/meldungen/details/{s}", deck=True)
    rows = ""
    for n, r in enumerate(found):
        file = m.not_a_release("PDF", f"/files/pm/{n}.pdf")
        image = m.not_a_release("Bild", f"/files/bild/{n}.jpg")
        rows += f'<div class="row"><div class="col-2">{long_date(r.day, "de")}</div><div class="col-7"><b><a href="{r.url_path}">{escape(r.title)}</a></b><div>{escape(r.deck)}</div></div><div class="col-3"><a href="{file}">Meldung als PDF</a> <a href="{image}">Bild herunterladen</a></div></div>'
    m.put(m.section, "Meldungen", rows, aside=m.downloads(5) + m.newsletter())
    return m.site(m.section, found, notes="three links of three targets per item")


SITES = (many_lists, many_lists_en, bilingual, bilingual_en, media_library, microdata, page_pdf_picture)
