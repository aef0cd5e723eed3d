"""Lists in parts: other things under a heading of their own, one day above several items, lines of plain text."""

from __future__ import annotations

import pytest
from discovery_lists import DAYS, EXPECTED, URL, best, told
from discovery_pages import NOW, TITLES

from aggregator.adapters.listing.groups import is_stable
from aggregator.discovery import comparing, lists, newsrooms
from aggregator.model import Document, Source
from aggregator.reading.dates import parse_date


def lines(folder: str, form: str = '<p><b>{d}</b> <a href="{u}">{t}</a></p>') -> list[str]:
    return [
        form.format(u=f"{folder}/r{n}-of-the-year", t=title, d=day) for n, (title, day) in enumerate(EXPECTED)
    ]


def others(folder: str, form: str = '<p><b>{d}</b> <a href="{u}">{t}</a></p>') -> str:
    named = ("Meet the mill on open day", "How to find our visitors' desk", "Guided tour of the old wheel")
    return "".join(form.format(u=f"{folder}/x{n}", t=t, d=f"2026-04-0{n + 1}") for n, t in enumerate(named))


def views() -> str:
    """Five posts that are no releases."""
    row = '<p><b>2026-04-0{n}</b> <a href="/blog/view-{n}-of-the-mill">Why chapter {n} of our story matters to us</a></p>'
    return "".join(row.format(n=n) for n in range(5, 0, -1))


def test_what_stands_under_another_heading_and_in_another_folder_is_no_release() -> None:
    """Rows of one build below two headings: only the first speaks of releases, and the others lie elsewhere."""
    body = f"<h2>Press releases</h2>{''.join(lines('/news'))}<h2>At the mill</h2>{others('/visit')}"
    assert told(best(body)) == EXPECTED


@pytest.mark.parametrize(("heading", "count"), [("", 7), ("<h1>Press releases</h1>", 10)])
def test_a_tab_whose_addresses_lie_elsewhere_is_no_part_of_the_list(heading: str, count: int) -> None:
    """Tabs have no headings: the folder of the first says that it holds releases. Where a heading above both says
    that all are releases, all stay: one column of them may well be files."""
    panes = f"<div>{''.join(lines('/press-releases'))}</div><div>{others('/files')}</div>"
    page = f"<html><title>Newsroom</title><body>{heading}<div>{panes}</div></body></html>"
    document = Document(url=URL, content=page.encode(), fetched_at=NOW)
    found = lists.find(document, Source(id="k", adapter="newsroom", url=URL))[0]
    assert len(found.items) == count
    assert told(found)[: len(EXPECTED)] == EXPECTED


@pytest.mark.parametrize(
    ("heading", "folder"), [("2025", "/archive"), ("News", "/archive"), ("Products", "/news")]
)
def test_years_news_and_topics_stay_parts_of_one_list(heading: str, folder: str) -> None:
    """A year, other news, or a topic in the same folder: nothing says that these are no releases."""
    body = f"<h2>Press releases</h2>{''.join(lines('/news'))}<h2>{heading}</h2>{others(folder)}"
    assert len(best(body).items) == len(EXPECTED) + 3


@pytest.mark.parametrize("form", ["<dl>{}</dl>", "<div>{}</div>"])
def test_one_day_stands_above_all_its_releases(form: str) -> None:
    """A term, or a heading, for each day, with one to three items below it."""
    inner, days = "", (DAYS[0], DAYS[2], DAYS[3])
    expected = []
    for n, title in enumerate(TITLES):
        day = days[(0, 0, 0, 1, 2, 2, 2)[n]]
        expected.append((title, day))
        if n in (0, 3, 4):
            inner += f"<dt>{day}</dt>" if "dl" in form else f"<h3>{day}</h3>"
        link = f'<a href="/news/{n}-release">{title}</a>'
        inner += f"<dd>{link}</dd>" if "dl" in form else f"<p>{link}</p>"
    assert told(best(form.format(inner))) == expected


def test_items_keep_their_own_dates_below_headings_of_days() -> None:
    """A heading with the day of the week's digest does not overrule what each item says."""
    rows = lines("/news")
    body = f"<h3>2026-05-13</h3>{''.join(rows[:3])}<h3>2026-04-12</h3>{''.join(rows[3:])}"
    assert told(best(body)) == EXPECTED


@pytest.mark.parametrize("form", ['{d}   PR/1   <a href="{u}">{t}</a>', '<a href="{u}">{t}</a>   {d}'])
def test_a_line_of_preformatted_text_is_a_row(form: str) -> None:
    """The date before a link is its own, and not that of the link on the line before; behind it as well."""
    assert told(best("<pre>\n" + "\n".join(lines("/news", form)) + "\n</pre>")) == EXPECTED


def test_the_release_above_a_list_at_the_root_is_joined_to_it() -> None:
    """Hosted rooms keep their releases at the root: the large one on top is bound to its date."""
    hero = f'<div class="hero"><a href="/kestrel-wins-a-prize-again"><h2>Kestrel wins a prize again</h2><p>More</p></a><span class="hero-day">{NOW:%Y-%m-%d}</span></div>'
    rows = "".join(lines("", '<div class="tile"><p>{d}</p><a class="tile-name" href="{u}">{t}</a></div>'))
    found = best(f"{hero}<h2>Press releases</h2><section>{rows}</section>")
    assert told(found) == [("Kestrel wins a prize again", f"{NOW:%Y-%m-%d}"), *EXPECTED]


def test_a_picture_without_a_date_at_the_root_is_not_joined() -> None:
    """At the root stands everything: what has no date is no release."""
    hero = '<div class="hero"><a href="/see-our-summer-range-now"><h2>See our summer range now</h2></a></div>'
    rows = "".join(lines("", '<div class="tile"><p>{d}</p><a class="tile-name" href="{u}">{t}</a></div>'))
    assert told(best(f"{hero}<h2>Press releases</h2><section>{rows}</section>")) == EXPECTED


@pytest.mark.parametrize(
    ("name", "stays"),
    [("card__title", True), ("card__subTitle", True), ("card__image-wrapper", True),
     ("news__kXqZw", False), ("styles_item__a1B2c", False), ("item__abCde", False)],
)  # fmt: skip
def test_an_element_of_a_block_is_a_name_and_a_hash_is_none(name: str, stays: bool) -> None:
    """BEM writes words behind two underscores, where CSS modules write hashes."""
    assert is_stable(name) is stays


@pytest.mark.parametrize(
    ("path", "room"),
    [("/actualidad", True), ("/press.html", True), ("/basin-odasi/", True), ("/press/kestrel-opens", False), ("/", False)],
)  # fmt: skip
def test_an_address_that_is_called_a_newsroom_is_no_release(path: str, room: bool) -> None:
    """Where such a page lists nothing it is empty: it is not watched as if it were a text."""
    assert newsrooms.is_room("https://www.kestrel-pumps.example" + path) is room


@pytest.mark.parametrize(
    "text", ["14 Mayıs 2026", "14. květen 2026", "14. toukokuuta 2026", "14 mai 2026", "14. maj 2026"]
)
def test_months_of_languages_that_are_only_listed_are_known(text: str) -> None:
    """Newsrooms in Turkish, Czech, Finnish, Romanian and Danish are dated, though their releases are not taken apart."""
    found = parse_date(text)
    assert found is not None
    assert found.value.date().isoformat() == "2026-05-14"


@pytest.mark.parametrize(
    ("rows", "believed"),
    [
        ("".join(lines("/news")), True),
        ("".join(lines("/news")[:3]), False),
        (views(), False),
    ],
    ids=["these and more", "no more than these", "other things"],
)
def test_teasers_give_way_to_a_list_that_holds_them_and_more(rows: str, believed: bool) -> None:
    """A home page's three teasers: another list of the site counts only where it gives these and others beside them."""
    assert comparing.holds(best(rows), best("".join(lines("/news")[:3]))) is believed
