"""Newsroom pages in the manner of the systems that make them, with what must be found on each. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
HOST = "https://www.kestrel-pumps.example"

TITLES = (
    "Kestrel Pumps opens a second plant in Northport",
    "Order intake grows by eleven percent in the first quarter",
    "Supervisory board extends contract with Ada Quill",
    "New circulation pump saves a third of the energy",
    "Kestrel Pumps takes over valve maker Brandlow",
    "Apprentices start their first year in Wexmoor",
    "Annual report: dividend of 40 cents proposed",
)
DAYS = ("2026-05-18", "2026-05-04", "2026-04-21", "2026-03-30", "2026-02-11", "2025-12-03", "2025-10-27")
DECK = "The company said on Monday that the work will be finished within the year and on budget."
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


@dataclass(frozen=True)
class Sample:
    """A page, and the ``(address, title, day)`` of each release on it, in its order."""

    html: str
    items: tuple[tuple[str, str, str], ...]
    url: str = HOST + "/press/"
    next_url: str = ""


def slug(title: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in title.lower()).replace("--", "-").strip("-")


def english(day: str) -> str:
    year, month, number = day.split("-")
    return f"{MONTHS[int(month) - 1]} {int(number)}, {year}"


def german(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)}. {MONATE[int(month) - 1]} {year}"


def dotted(day: str) -> str:
    return ".".join(reversed(day.split("-")))


NAVIGATION = "".join(
    f'<li><a href="/{slug(t)}">{t}</a></li>'
    for t in (
        "Our company",
        "Products and services",
        "Careers at Kestrel",
        "Investor relations",
        "Contact us",
    )
)
FOOTER = (
    '<footer class="site-footer"><h4>Upcoming events</h4><ul>'
    '<li><span>12.06.2026</span> <a href="/events/pump-days">Pump days in Northport, hall 4</a></li>'
    '<li><span>02.07.2026</span> <a href="/events/open-house">Open house for neighbours and friends</a></li>'
    '<li><span>09.09.2026</span> <a href="/events/trade-fair">Trade fair for building services</a></li></ul>'
    '<ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
)


def page(body: str, *, language: str = "en", title: str = "Press | Kestrel Pumps", main: bool = True) -> str:
    inner = f"<main>{body}</main>" if main else f'<div class="content">{body}</div>'
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body>'
        f"<header><nav><ul>{NAVIGATION}</ul></nav></header>{inner}{FOOTER}</body></html>"
    )


def rows(
    make: Callable[[str, str, str], str], folder: str = "/press/"
) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The markup of all items, and the items."""
    items = tuple((f"{HOST}{folder}{slug(t)}", t, d) for t, d in zip(TITLES, DAYS, strict=True))
    return "".join(make(url.removeprefix(HOST), t, d) for url, t, d in items), items


def typo3() -> Sample:
    """TYPO3: odd and even articles, the title twice, a link that says "read more"."""
    number = iter(range(100))
    body, items = rows(
        lambda u, t, d: (
            f'<div class="article articletype-0 {"even" if next(number) % 2 else "odd"}"><div class="header">'
            f'<h3><a title="{t}" href="{u}"><span itemprop="headline">{t}</span></a></h3></div><div class="footer"><p>'
            f'<span class="news-list-date"><time itemprop="datePublished" datetime="{d}">{dotted(d)}</time></span></p></div>'
            f'<div class="teaser-text"><p>{DECK}</p><a class="more" title="{t}" href="{u}">Weiterlesen</a></div></div>'
        )
    )
    pager = '<ul class="f3-widget-paginator"><li class="current">1</li><li><a href="/press/page-2">2</a></li><li class="next"><a href="/press/page-2">nächste</a></li></ul>'
    return Sample(
        page(f'<div class="news-list-view">{body}{pager}</div>', language="de"),
        items,
        next_url=HOST + "/press/page-2",
    )


def wordpress() -> Sample:
    """WordPress with Elementor: classes of each post, a picture's link and a button beside the title."""
    number = iter(range(900, 999))
    body, items = rows(
        lambda u, t, d: (
            f'<article class="elementor-post elementor-grid-item post-{next(number)} post type-post category-press">'
            f'<a class="elementor-post__thumbnail__link" href="{u}" tabindex="-1"><img src="/i.jpg" alt=""></a><div class="elementor-post__text">'
            f'<h3 class="elementor-post__title"><a href="{u}">{t}</a></h3><div class="elementor-post__meta-data"><span class="elementor-post-date">{english(d)}</span></div>'
            f'<div class="elementor-post__excerpt"><p>{DECK}</p></div><a class="elementor-post__read-more" href="{u}" aria-label="Read more about {t}">Read More »</a></div></article>'
        ),
        "/press-releases/",
    )
    pager = '<nav class="elementor-pagination"><span class="page-numbers current">1</span><a class="page-numbers" href="/press/page/2/">2</a><a class="page-numbers" href="/press/page/9/">9</a></nav>'
    return Sample(
        page(f'<h1>Press releases</h1><div class="elementor-posts-container">{body}</div>{pager}'),
        items,
        next_url=HOST + "/press/page/2/",
    )


def investor_relations() -> Sample:
    """Investor pages of a service: date, title and a PDF in rows of modules, the year in a list of choices."""
    body, items = rows(
        lambda u, t, d: (
            f'<div class="module_item"><div class="module_date-time"><span class="module_date-text">{english(d)}</span></div>'
            f'<div class="module_headline"><a class="module_headline-link" href="{u}">{t}</a></div><div class="module_links">'
            f'<a class="module_link" href="/files/{slug(t)}.pdf" aria-label="Download PDF of {t}">Download</a></div></div>'
        ),
        "/news/press-releases/press-release-details/2026/",
    )
    years = "".join(f'<option value="{y}">{y}</option>' for y in range(2026, 2015, -1))
    return Sample(
        page(
            f'<div class="module module-news"><h2 class="module_title">Press Releases</h2><select>{years}</select><div class="module_container--content">{body}</div></div>',
            main=False,
        ),
        items,
    )


def css_modules() -> Sample:
    """A framework whose class names end in hashes; the whole card is one link."""
    body, items = rows(
        lambda u, t, d: (
            f'<li class="styles_item__3kd9x"><a class="styles_card__a81Zq sc-1a2b3c css-9xyz12" href="{u}"><div class="styles_meta__qW3e1">{dotted(d)}</div>'
            f'<h3 class="styles_title__Zx81k">{t}</h3><p class="styles_text__Pq0a2">{DECK}</p><span>Read more</span></a></li>'
        ),
        "/newsroom/",
    )
    return Sample(
        page(f'<h1>Newsroom</h1><ul class="styles_list__k29Ad">{body}</ul>'), items, HOST + "/newsroom"
    )


def flat() -> Sample:
    """Headings and paragraphs without a wrapper; the date opens the paragraph behind."""
    body, items = rows(
        lambda u, t, d: f'<h3><a href="{u}">{t}</a></h3><p class="when">{german(d)}</p><p>{DECK}</p>'
    )
    return Sample(page(f"<h1>Pressemitteilungen</h1>{body}", language="de"), items)


def date_before() -> Sample:
    """The date is a paragraph before the heading."""
    body, items = rows(lambda u, t, d: f'<p class="stamp">{german(d)}</p><h4><a href="{u}">{t}</a></h4>')
    return Sample(page(f"<h1>Pressemitteilungen</h1><div class='stream'>{body}</div>", language="de"), items)


def table() -> Sample:
    """A table with a row of heads that sort it, and a PDF in the last column."""
    body, items = rows(
        lambda u, t, d: (
            f'<tr><td>{dotted(d)}</td><td><a href="{u}">{t}</a></td><td><a href="/pdf/{slug(t)}.pdf">PDF (84 KB)</a></td></tr>'
        )
    )
    head = '<tr><th><a href="?sort=date">Datum</a></th><th>Titel</th><th>Download</th></tr>'
    return Sample(
        page(f"<h1>Presse</h1><table><thead>{head}</thead><tbody>{body}</tbody></table>", language="de"),
        items,
    )


def definitions() -> Sample:
    """A definition list: the day is the term."""
    body, items = rows(lambda u, t, d: f'<dt>{dotted(d)}</dt><dd><a href="{u}">{t}</a></dd>')
    return Sample(page(f"<h1>Medienmitteilungen</h1><dl>{body}</dl>", language="de"), items)


def title_not_linked() -> Sample:
    """Only a button is a link; the title is a heading beside it."""
    body, items = rows(
        lambda u, t, d: (
            f'<div class="w-dyn-item"><div class="text-size-small">{english(d)}</div><h4 class="heading">{t}</h4><a href="{u}" class="button w-button">Read release</a></div>'
        ),
        "/post/",
    )
    return Sample(
        page(
            f'<h1>Media releases</h1><div class="w-dyn-list"><div class="w-dyn-items">{body}</div></div>',
            main=False,
        ),
        items,
    )


def years() -> Sample:
    """An accordion: one list for each year, days without a year."""
    items = tuple((f"{HOST}/press/{slug(t)}", t, d) for t, d in zip(TITLES, DAYS, strict=True))
    body = ""
    for year in ("2026", "2025"):
        inner = "".join(
            f'<li><span class="d">{int(d[8:])}. {MONATE[int(d[5:7]) - 1]}</span> <a href="{u.removeprefix(HOST)}">{t}</a></li>'
            for u, t, d in items
            if d.startswith(year)
        )
        body += f'<section><h2><button aria-expanded="false">{year}</button></h2><ul>{inner}</ul></section>'
    return Sample(page(f"<h1>Presse</h1>{body}", language="de"), items)


def months() -> Sample:
    """Month headings, and only the day beside each title."""
    items = tuple((f"{HOST}/press/{slug(t)}", t, d) for t, d in zip(TITLES, DAYS, strict=True))
    body = "".join(
        f'<h3>{MONTHS[int(d[5:7]) - 1]} {d[:4]}</h3><ul class="month"><li><b>{int(d[8:])}</b> <a href="{u.removeprefix(HOST)}">{t}</a></li></ul>'
        for u, t, d in items
    )
    return Sample(page(f"<h1>Press releases</h1>{body}"), items)


def split_date() -> Sample:
    """Day, month and year in elements of their own."""
    body, items = rows(
        lambda u, t, d: (
            f'<li class="entry"><div class="cal"><span class="day">{d[8:]}</span><span class="mon">{MONTHS[int(d[5:7]) - 1][:3]}</span><span class="yr">{d[:4]}</span></div>'
            f'<div class="entry-body"><a href="{u}">{t}</a></div></li>'
        )
    )
    return Sample(page(f'<h1>Press releases</h1><ul class="entries">{body}</ul>'), items)


def american() -> Sample:
    """Month first, told by the one date whose second number is over twelve."""
    body, items = rows(
        lambda u, t, d: (
            f'<div class="pr-row"><span class="pr-date">{d[5:7]}/{d[8:]}/{d[:4]}</span><a href="{u}">{t}</a></div>'
        )
    )
    return Sample(page(f"<h1>Press releases</h1>{body}"), items)


def relative() -> Sample:
    """How long ago, seen from when the page was fetched."""
    ages = (
        "2 hours ago",
        "yesterday",
        "3 days ago",
        "a week ago",
        "2 weeks ago",
        "a month ago",
        "2 months ago",
    )
    days = ("2026-05-20", "2026-05-19", "2026-05-17", "2026-05-13", "2026-05-06", "2026-04-20", "2026-03-21")
    items = tuple((f"{HOST}/news/{slug(t)}", t, d) for t, d in zip(TITLES, days, strict=True))
    body = "".join(
        f'<article class="story-card"><a href="{u.removeprefix(HOST)}"><h2>{t}</h2></a><span class="age">{age}</span></article>'
        for (u, t, _), age in zip(items, ages, strict=True)
    )
    return Sample(page(f"<h1>Newsroom</h1><div class='stories'>{body}</div>"), items, HOST + "/news")


def several_lists() -> Sample:
    """Jobs, products and the most read stand beside the press list, in the same build."""
    body, items = rows(
        lambda u, t, d: (
            f'<li class="box__item"><span class="box__date">{dotted(d)}</span><a href="{u}">{t}</a></li>'
        )
    )
    other = {
        "Stellenangebote": [
            f"/karriere/{n}"
            for n in ("pump-engineer-in-northport", "head-of-sales-for-valves", "trainee-for-logistics-team")
        ],
        "Meistgelesen": [
            f"/magazin/{n}"
            for n in ("how-a-pump-is-made-today", "ten-tips-for-quiet-heating", "what-our-founder-thought")
        ],
        "Veranstaltungen": [
            f"/termine/{n}"
            for n in ("pump-days-in-northport", "day-of-the-open-door", "fair-for-building-services")
        ],
    }
    beside = "".join(
        f'<section class="box"><h2>{name}</h2><ul>'
        + "".join(
            f'<li class="box__item"><span class="box__date">01.0{n + 3}.2026</span><a href="{u}">{u.rpartition("/")[2].replace("-", " ").capitalize()}</a></li>'
            for n, u in enumerate(urls)
        )
        + "</ul></section>"
        for name, urls in other.items()
    )
    return Sample(
        page(
            f'{beside}<section class="box"><h2>Pressemitteilungen</h2><ul>{body}</ul></section>',
            language="de",
        ),
        items,
        HOST + "/aktuelles",
    )


def query_only() -> Sample:
    """Addresses that differ in a parameter only, on pages without a single name."""
    items = tuple(
        (f"{HOST}/presse.php?id={900 - n}", t, d) for n, (t, d) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    body = "".join(
        f"<div><div>{dotted(d)}</div><div><a href='presse.php?id={900 - n}'>{t}</a></div></div>"
        for n, (_, t, d) in enumerate(items)
    )
    return Sample(page(f"<h1>Presse</h1><div>{body}</div>", language="de"), items, HOST + "/presse.php")


def swedish() -> Sample:
    """Other words for everything, dates as numbers."""
    body, items = rows(
        lambda u, t, d: f'<li><a href="{u}"><span class="t">{t}</span></a> <small>{d}</small></li>',
        "/pressmeddelanden/",
    )
    pager = '<div class="pager"><a href="/press/?sida=2">Nästa</a></div>'
    return Sample(
        page(f"<h1>Pressmeddelanden</h1><ul class='list'>{body}</ul>{pager}", language="sv"),
        items,
        next_url=HOST + "/press/?sida=2",
    )


def two_languages() -> Sample:
    """A table of announcements whose titles are no links; each has one link for each language."""
    body, items = rows(
        lambda u, t, d: (
            f'<tr><td>{dotted(d)}</td><td>{t}</td><td><a href="{u}">DE</a> | <a href="/en{u}">EN</a></td></tr>'
        )
    )
    return Sample(page(f"<h1>Ad-hoc-Mitteilungen</h1><table>{body}</table>", language="de"), items)


def overlay() -> Sample:
    """Cards under a link without a visible text, the date between a label and a place."""
    body, items = rows(
        lambda u, t, d: (
            f'<div class="teaser"><p class="kicker">Pressemitteilung | {dotted(d)} | Nordhafen</p><h2 class="teaser__headline">{t}</h2>'
            f'<p>{DECK}</p><a class="stretched-link" href="{u}"><span class="visually-hidden">{t}</span></a></div>'
        )
    )
    return Sample(page(f"<h1>Presse</h1>{body}", language="de"), items)


def bare_paragraphs() -> Sample:
    """A paragraph for each release: date, line break, title."""
    body, items = rows(lambda u, t, d: f'<p>{dotted(d)}<br><a href="{u}">{t}</a></p>')
    return Sample(page(f"<h1>Presse</h1>{body}", language="de"), items)


def all_pages() -> dict[str, Sample]:
    builders = (
        typo3, wordpress, investor_relations, css_modules, flat, date_before, table, definitions, title_not_linked,
        years, months, split_date, american, relative, several_lists, query_only, swedish, two_languages, overlay,
        bare_paragraphs,
    )  # fmt: skip
    return {build.__name__: build() for build in builders}
