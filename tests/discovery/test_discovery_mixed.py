"""Lists as they are in the wild: several kinds and languages in one, dates as bare text, rows without links."""

from __future__ import annotations

import pytest
from discovery_lists import EXPECTED, URL, best, rows, shown, told
from discovery_pages import NOW, TITLES

from aggregator.adapters import recipes
from aggregator.adapters.listing import when
from aggregator.adapters.listing.page import Page
from aggregator.discovery import lists, newsrooms
from aggregator.model import Source


@pytest.mark.parametrize("order", ["us", "eu"])
@pytest.mark.parametrize("language", ["en", "it", "en-US"])
def test_the_order_of_day_and_month_is_told_by_all_dates_together(order: str, language: str) -> None:
    """None of these days is above twelve: that the list goes back in time and not into the future decides, and a
    share price that writes otherwise does not."""
    body = "<p>Share 48.17 05/19/26</p><ul>" + "".join(
        rows(f"<li><b>{{{order}}}</b> <a href='{{u}}'>{{t}}</a></li>")
    )
    assert told(best(body + "</ul>", language=language)) == EXPECTED


def test_where_both_orders_fit_the_usual_one_is_taken() -> None:
    """One date says nothing; two readings that are equally good neither."""
    assert when.order(["05/04/2026"], True, NOW)[0]
    assert not when.order(["05/04/2026"], False, NOW)[0]
    assert not when.order(["05/19/2026", "05/04/2026"], True, NOW)[0]
    assert when.order([], True, NOW)[0]
    assert when.order(["05.04.2026", "04.05.2026"], True, NOW)[1]
    assert not when.order(["05.19.26", "05.04.26"], True, NOW)[1], (
        "with dots only where it cannot be otherwise"
    )


@pytest.mark.parametrize("form", [
    "<p><a href='{u}'><strong>{t}</strong></a><br>Northport, {eu}</p>",
    "<div class=pr><a href='{u}'>{t}</a><br>{eu}</div>",
    "<p><em>Group</em> {eu} <a href='{u}'>{t}</a></p>",
])  # fmt: skip
def test_a_date_may_stand_as_bare_text_in_an_item(form: str) -> None:
    """Behind a line break or between other elements, with no element of its own."""
    assert told(best("".join(rows(form)))) == EXPECTED


@pytest.mark.parametrize("form", ["<a href='{u}'>{t}</a> {eu}<br>", "{eu} <a href='{u}'>{t}</a><br>"])
def test_dates_may_stand_between_the_links_of_one_paragraph(form: str) -> None:
    """Before each link or behind it: the first and the last item tell."""
    assert told(best(f"<p>{''.join(rows(form))}</p>")) == EXPECTED


def test_a_day_and_its_hour_in_two_cells_are_one_date_for_all_rows() -> None:
    """Short rows are no dates themselves."""
    body = "".join(rows("<tr><td>{eu}</td><td>14:05</td><td><a href='{u}'>{t}</a></td></tr>"))
    assert told(best(f"<table>{body}</table>")) == EXPECTED


@pytest.mark.parametrize("form", [
    "<li><a href='{u}'>{t}<span class='badge'>New</span></a> <i>{iso}</i></li>",
    "<li><h3><a href='{u}'><span class='card__kicker'>Press release</span> {t}</a></h3><i>{iso}</i></li>",
    "<li><a href='{u}'><b>{iso}</b> | <i>Press release</i> | <span>{t}</span></a></li>",
    "<li><a href='{u}'>Press release: {t}</a> <i>{iso}</i></li>",
    "<li><a href='{u}'><span class='sr-only'>Go to the release</span>{t}</a> <i>{iso}</i></li>",
])  # fmt: skip
def test_labels_within_a_link_are_no_part_of_the_title(form: str) -> None:
    """Badges, kinds and what only screen readers say."""
    assert told(best(f"<ul>{''.join(rows(form))}</ul>")) == EXPECTED


def test_a_word_that_begins_a_headline_stays() -> None:
    """Only the name of a kind is a label, and a heading in a span of that name too where it is all there is."""
    body = "".join(rows("<li><a href='{u}'><span class='label'>Study: {t}</span></a> <i>{iso}</i></li>"))
    assert [i.title for i in best(f"<ul>{body}</ul>").items] == [f"Study: {t}" for t in TITLES]


@pytest.mark.parametrize("form", [
    "<tr onclick=\"window.location='{u}'\"><td>{iso}</td><td>{t}</td></tr>",
    "<tr data-href='{u}'><td>{iso}</td><td>{t}</td></tr>",
    "<tr onclick='location.href=\"{u}\"'><td>{iso}</td><td><a href='#'>{t}</a></td></tr>",
])  # fmt: skip
def test_rows_without_a_link_lead_where_they_say(form: str) -> None:
    """By their script or an attribute; the recipe holds it too."""
    found = best(f"<table>{''.join(rows(form))}</table>")
    assert told(found) == EXPECTED
    assert found.items[0].url == "https://www.kestrel-pumps.example/newsroom/press-releases/0-release"


def test_a_form_leads_nowhere() -> None:
    """What a form or a script of another kind does is no address."""
    body = "".join(
        rows("<form data-url='{u}'><b>{iso}</b> {t}</form><p onclick=\"track('{u}')\">{iso} {t}</p>")
    )
    assert not lists.find(shown(body), Source(id="k", adapter="newsroom", url=URL))


FEATURES = rows(
    "<article><a href='{u}'><p class=kicker>Feature</p><h3>How a {t}</h3><i>{iso}</i></a></article>",
    "features",
    4,
)
RELEASES = rows(
    "<article><a href='{u}'><p class=kicker>Press release</p><h3>{t}</h3><i>{iso}</i></a></article>"
)


def test_of_a_wall_of_several_kinds_the_releases_are_taken() -> None:
    """Label and address tell; the recipe leaves the others out as well."""
    assert (
        told(best("".join(a for pair in zip(RELEASES, [*FEATURES, "", "", ""], strict=True) for a in pair)))
        == EXPECTED
    )


def test_a_label_may_stand_with_the_date() -> None:
    """``Press release | 2026-05-12``."""
    form = "<div class=item><div class=meta>%s | {iso}</div><a href='{u}'>{t}</a></div>"
    others = [r.replace("-release", "-more").replace("'>", "'>How ") for r in rows(form % "Blog", "2026", 3)]
    assert told(best("".join([*others, *rows(form % "Press release", "2026")]))) == EXPECTED


@pytest.mark.parametrize(("folder", "label"), [("features", "Corporate"), ("2026", "Feature")])
def test_the_address_or_the_label_alone_tell_too(folder: str, label: str) -> None:
    """Where one says nothing, the other one decides."""
    form = "<article><a href='{u}'><p class=kicker>%s</p><h3>{t}</h3><i>{iso}</i></a></article>"
    press = "press-releases" if folder == "features" else "2026"
    others = [r.replace("-release", "-more") for r in rows(form % label, folder, 3)]
    others = [r.replace("<h3>", "<h3>How ") for r in others]
    body = "".join([*others, *rows(form % ("Corporate" if label == "Corporate" else "Press release"), press)])
    assert told(best(body)) == EXPECTED


def test_what_the_operator_allows_stays() -> None:
    """Whoever names the folder of the features wants them."""
    assert len(best("".join([*FEATURES, *RELEASES]), allow=("/newsroom/features",)).items) == len(TITLES) + 4


def test_topics_are_no_kinds() -> None:
    """Labels that say what a release is about leave nothing out, nor do features where nothing is a release."""
    form = "<article><a href='{u}'><p class=kicker>%s</p><h3>{t}</h3><i>{iso}</i></a></article>"
    mixed = [r.replace("Energy", "Finance") if n % 2 else r for n, r in enumerate(rows(form % "Energy"))]
    assert told(best("".join(mixed))) == EXPECTED
    only = [
        r.replace("Energy", "Feature") if n % 2 else r for n, r in enumerate(rows(form % "Energy", "news"))
    ]
    assert told(best("".join(only))) == EXPECTED


GERMAN = "".join(rows("<li lang=de><i>{iso}</i> <a href='{u}'>Auf Deutsch: {t}</a></li>", "de", 3))
ENGLISH = "".join(rows("<li><i>{iso}</i> <a href='{u}'>{t}</a></li>"))


def test_of_two_languages_the_pages_own_is_taken_unless_the_operator_allows_the_other() -> None:
    """As the markup says it."""
    assert told(best(f"<ul>{ENGLISH}{GERMAN}</ul>")) == EXPECTED
    assert len(best(f"<ul>{ENGLISH}{GERMAN}</ul>", allow=("de",)).items) == len(TITLES) + 3


def test_a_page_in_another_language_than_all_its_releases_keeps_them() -> None:
    """A theme that says ``en`` on a German site leaves nothing out."""
    body = "".join(rows("<li lang=de><i>{iso}</i> <a href='{u}'>{t}</a></li>"))
    assert told(best(f"<ul>{body}</ul>")) == EXPECTED


def test_no_locator_names_a_year_or_a_number_of_this_page() -> None:
    """Next year's addresses begin otherwise."""
    body = "".join(rows("<li><i>{iso}</i> <a href='{u}'>{t}</a></li>", "press-releases/2026/05"))
    recipe = best(f"<ul>{body}</ul>").recipe
    assert recipe is not None
    assert not any("2026" in locator for locator in (*recipe.items, *recipe.url, *recipe.title))


FRAMES = {
    "by its title": (
        '<iframe src="https://ir.service.example/rns/kestrel" title="Regulatory news"></iframe>',
        True,
    ),
    "by its address": ('<iframe src="/presseportal/liste?embed=1"></iframe>', True),
    "before it is wanted": ('<iframe data-src="/embed/list" title="Pressemitteilungen"></iframe>', True),
    "a film": ('<iframe src="https://www.youtube.com/embed/1" title="Press conference"></iframe>', False),
    "a counter": ('<iframe src="/news/pixel" width="1" height="1"></iframe>', False),
    "hidden": ('<iframe src="/news/x" style="display: none"></iframe>', False),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_shows_releases_leads_to_them(name: str) -> None:
    """First of all links, whatever its host; films and counters do not."""
    frame, leads = FRAMES[name]
    found = newsrooms.links(shown(frame), Source(id="k", adapter="newsroom", url=URL))
    assert [score >= 0.7 for _, _, score in found] == ([True] if leads else [])


def test_a_frame_without_a_name_is_the_last_to_be_tried() -> None:
    """On a page for the press it may show the list, or a form."""
    found = newsrooms.links(
        shown('<iframe src="/x/7"></iframe>'), Source(id="k", adapter="newsroom", url=URL)
    )
    assert [score for _, _, score in found] == [0.5]


HERO = '<section class="stage"><a href="{u}"><h2>{t}</h2></a><p class="stage__facts"><time datetime="{d}">{d}</time></p><p>{t} and more of it.</p></section>'
LISTED = "".join(rows("<li><span class=day>{iso}</span> <a href='{u}'>{t}</a></li>"))


@pytest.mark.parametrize("form", [
    HERO,
    '<a class="lead" href="{u}"><strong>{t}</strong> <em>{d}</em></a>',
    '<div><div><h2><a href="{u}">{t}</a></h2><p>{d}</p></div><div><a href="{u}">Read more</a></div></div>',
])  # fmt: skip
def test_the_newest_release_large_above_the_list_belongs_to_it(form: str) -> None:
    """In a build of its own; the joined recipe gives it first."""
    above = form.format(
        u="/newsroom/press-releases/9-order", t="Kestrel Pumps wins its largest order", d="2026-05-19"
    )
    found = best(f"{above}<ul>{LISTED}</ul>")
    assert told(found) == [("Kestrel Pumps wins its largest order", "2026-05-19"), *EXPECTED]


@pytest.mark.parametrize(("url", "day"), [
    ("/campaign/water", "2026-05-19"), ("/newsroom/press-releases/9-old", "2024-05-19"), ("/newsroom/press-releases/9-no", ""),
])  # fmt: skip
def test_what_stands_above_a_list_and_is_no_newer_release_of_it_is_left_out(url: str, day: str) -> None:
    """Of another folder, older than the list, or without a date."""
    above = HERO.format(u=url, t="The water of tomorrow needs better pumps", d=day)
    assert told(best(f"{above}<ul>{LISTED}</ul>")) == EXPECTED


def test_what_takes_the_place_above_the_list_later_is_no_release() -> None:
    """The joined recipe asks for the folder of the releases."""
    above = HERO.format(
        u="/newsroom/press-releases/9-order", t="Kestrel Pumps wins its largest order", d="2026-05-19"
    )
    recipe = best(f"{above}<ul>{LISTED}</ul>").recipe
    assert recipe is not None
    later = shown(
        HERO.format(u="/campaign/water", t="The water of tomorrow", d="2026-05-20") + f"<ul>{LISTED}</ul>"
    )
    page = Page(later, Source(id="k", adapter="newsroom", url=URL))
    assert [i.title for i in recipes.apply(recipe, page).items] == list(TITLES)


def test_a_home_page_is_known() -> None:
    """The root of a site in any language; not that of a host for releases."""
    homes = (
        "https://a.example/",
        "https://www.a.example",
        "https://a.example/de/",
        "https://a.example/en-gb/index.html",
    )
    assert all(newsrooms.is_home(url) for url in homes)
    others = (
        "https://presse.a.example/",
        "https://newsroom.a.example/de",
        "https://a.example/press",
        "https://a.example/?p=2",
    )
    assert not any(newsrooms.is_home(url) for url in others)
