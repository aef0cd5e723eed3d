"""How items are told to be of one list: pasted at several depths, several below one day, larger ones, ones that are built
otherwise, and boxes that show a part of a list again."""

from __future__ import annotations

import pytest
from discovery_lists import DAYS, EXPECTED, URL, best, rows, shown, told
from discovery_pages import TITLES

from aggregator.adapters.listing import groups
from aggregator.adapters.listing.page import Page
from aggregator.discovery import lists
from aggregator.model import Source

SOURCE = Source(id="k", adapter="newsroom", url=URL)
DEEPER = ("{}", "<div>{}</div>", "<div><div>{}</div></div>", "{}", "<div><div><div>{}</div></div></div>")


def pasted(form: str) -> list[str]:
    """Items that stand at several depths, as in texts that were copied from another system."""
    return [DEEPER[n % len(DEEPER)].format(row) for n, row in enumerate(rows(form))]


def test_rows_that_were_pasted_at_several_depths_are_one_list() -> None:
    """By the way to their links from the root each depth would be a list of its own, and most releases missing."""
    body = "".join(pasted("<p><b>{iso}</b> <a href='{u}'>{t}</a></p>"))
    found = lists.find(shown(f"<div>{body}</div>"), SOURCE)[0]
    assert told(found) == EXPECTED


def test_rows_of_several_depths_are_not_joined_over_a_heading() -> None:
    """Below another heading stands another list; a heading of a year parts nothing."""
    made = pasted("<p><b>{iso}</b> <a href='{u}'>{t}</a></p>")
    for heading, parted in (("<h2>Dates and events</h2>", True), ("<h2>2025</h2>", False)):
        page = Page(shown(f"<div>{''.join(made[:4])}{heading}{''.join(made[4:])}</div>"), SOURCE)
        whole = [g for g in groups.find(page) if len(g.links) == len(TITLES)]
        assert (not whole) is parted


def below_days(form: str) -> str:
    """Releases by the day, of which one has two and the others one; a box of the day around them."""
    made, stood = rows(form), ((0,), (1, 2), (3,), (4,), (5,), (6,))
    return "".join(
        f"<div class=day><h3>{DAYS[of[0]]}</h3><div>{''.join(made[n] for n in of)}</div></div>"
        for of in stood
    )


def test_several_releases_below_the_heading_of_one_day_are_all_read() -> None:
    """Mostly one release stands below a day; where it is two, both are the day's."""
    body = below_days("<p><a href='{u}'>{t}</a></p>")
    assert told(best(body)) == [(t, DAYS[1] if n == 2 else DAYS[n]) for n, t in enumerate(TITLES)]


@pytest.mark.parametrize("form", [
    "<a href='{u}'>{t}</a> <a href='{u}.pdf'>Download (120 kB)</a>",
    "<a href='{u}'>{t}</a> <a href='{u}.pdf'>PDF</a>",
])  # fmt: skip
def test_the_documents_beside_headlines_are_no_releases(form: str) -> None:
    """A second link of each row that says the same everywhere makes no second row of it."""
    body = "".join(f"<div><i>{day}</i> {row}</div>" for row, day in zip(rows(form), DAYS, strict=True))
    assert told(best(body)) == EXPECTED


def test_something_to_load_beside_a_few_headlines_makes_no_finer_list() -> None:
    """Two rows have slides beside their release, under a name that says more than "download" and the same in both."""
    slides = "<p><a href='{u}/slides'>Slides for the press (2 MB)</a></p>"
    made = rows("<div><i>{iso}</i> <div><p><a href='{u}'>{t}</a></p>%s</div></div>")
    body = "".join(
        row.replace("%s", slides.replace("{u}", f"/s{n}") if n < 2 else "") for n, row in enumerate(made)
    )
    assert max(len(group.links) for group in groups.find(Page(shown(body), SOURCE))) == len(TITLES)
    assert told(best(body)) == EXPECTED


@pytest.mark.parametrize("place", [0, 2])
@pytest.mark.parametrize("above", ["h1", "h2"])
def test_one_item_may_have_a_larger_heading(above: str, place: int) -> None:
    """The newest mostly, which subscribers wait for: its headline is not its deck, and the list keeps its name."""
    made = rows(
        "<article><h3><a href='{u}'>{t}</a></h3><p><b>{t}, says the board</b></p><time>{iso}</time></article>"
    )
    made[place] = made[place].replace("h3>", f"{above}>")
    found = best("".join(made))
    assert told(found) == EXPECTED
    assert found.title == "Press releases"


LIST = "<li><a href='{u}'>{t}</a> <i>{iso}</i></li>"
BOX = "<article><time datetime='{iso}'>{iso}</time><h3><a href='{u}'>{t}</a></h3><p>{t}, says the board.</p></article>"


def test_a_box_that_shows_the_newest_of_a_list_again_is_not_the_list() -> None:
    """The three large teasers read better than the rows below; the list is what gives all."""
    page = f"<section><h2>Press releases</h2>{''.join(rows(BOX)[:3])}</section><div><ul>{''.join(rows(LIST))}</ul></div>"
    assert told(best(page)) == EXPECTED


def test_a_list_is_not_taken_for_a_box_of_a_shorter_or_another_one() -> None:
    """What is not twice as long is no whole of it, and what shows other releases neither."""
    others = "".join(f"<li><a href='/newsroom/press-releases/x{n}-other'>{t} again</a> <i>2024-05-{n + 1:02}</i></li>"
                     for n, t in enumerate(TITLES * 2))  # fmt: skip
    news = "".join(rows(BOX)[:4])
    assert told(best(f"<section><h2>Press releases</h2>{news}</section><ul>{others}</ul>")) == EXPECTED[:4]
    few = "".join(rows(LIST)[:6])
    assert told(best(f"<section><h2>Press releases</h2>{news}</section><ul>{few}</ul>")) == EXPECTED[:4]


@pytest.mark.parametrize("parts", [
    "<li><a href='{u}'>The whole text: {t}</a></li><li><a href='{u}-annex'>The numbers of: {t}</a></li>",
    "<li><a href='{u}'>Text of {iso}</a> {iso}</li><li><a href='{u}-annex'>Annex of {iso}</a> {iso}</li>",
])  # fmt: skip
def test_the_parts_of_releases_are_no_longer_list_of_them(parts: str) -> None:
    """Twice as many links, each text among them: but they stand within the items, and show no day, or no headline."""
    form = f"<article><h3><a href='{{u}}'>{{t}}</a></h3><i>{{iso}}</i><ul>{parts}</ul></article>"
    assert told(best("".join(rows(form)))) == EXPECTED


def test_a_row_of_a_table_that_is_built_otherwise_leaves_the_others_their_recipe() -> None:
    """One row among fifteen without its cell for the day: the recipe gives it too, and the page needs no taking apart."""
    made = [
        f"<tr><td>2026-04-{30 - n:02}</td><td><a href='/newsroom/press-releases/{n}-release'>{title} {n}</a></td></tr>"
        for n, title in enumerate(TITLES * 2)
    ]
    broken = "<tr><td><a href='/newsroom/press-releases/99-release'>Kestrel Pumps opens a plant</a> 2026-04-24</td></tr>"
    found = best(f"<table>{''.join([*made[:7], broken, *made[7:]])}</table>")
    assert len(found.items) >= len(made)
    assert {i.url for i in found.items} >= {f"{URL}/press-releases/{n}-release" for n in range(14)}


def test_a_row_behind_a_table_is_no_release_of_it() -> None:
    """The way to the archive is a row too, without a day: a recipe that gave it would tell of it as news."""
    more = "<tr><td colspan=2><a href='/newsroom/press-releases/older'>What was published before February is here</a></td></tr>"
    body = "".join(
        f"<tr><td>2026-04-{30 - n:02}</td><td><a href='/newsroom/press-releases/{n}-release'>{title} {n}</a></td></tr>"
        for n, title in enumerate(TITLES * 2)
    )
    found = lists.find(shown(f"<table>{body}{more}</table>"), SOURCE)[0]
    assert [i.title for i in found.items] == [f"{title} {n}" for n, title in enumerate(TITLES * 2)]
