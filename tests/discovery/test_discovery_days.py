"""Which day an item of a list shows: its own writing, what a tag states against it, and when something was changed."""

from __future__ import annotations

import pytest
from discovery_lists import DAYS, EXPECTED, best, rows, told
from discovery_pages import MONTHS, NOW, TITLES

from aggregator.adapters.listing import when
from aggregator.reading.dates import Style

CHANGED = "2026-05-15"
FORM = "<li><a href='{u}'>{t}</a> <time datetime='%s'>{eu}</time></li>"


def written(form: str) -> list[str]:
    """Items whose day is written by a form with {y}, {m}, {d} and {name} of the month, its first three letters {mon}."""
    made = []
    for row, day in zip(rows("<li><i>DAY</i> <a href='{u}'>{t}</a></li>"), DAYS, strict=True):
        year, month, date = map(int, day.split("-"))
        name = MONTHS[month - 1]
        made.append(row.replace("DAY", form.format(y=year, m=month, d=date, name=name, mon=name[:3])))
    return made


@pytest.mark.parametrize(("form", "language"), [
    ("{y}年{m}月{d}日", "ja"), ("{y}년 {m}월 {d}일", "ko"), ("{y}. {m:02}. {d:02}.", "hu"), ("{mon}.{d}, {y}", "en"),
])  # fmt: skip
def test_the_days_of_a_list_are_read_as_its_country_writes_them(form: str, language: str) -> None:
    """The recipe gives them again at each poll."""
    assert told(best(f"<ul>{''.join(written(form))}</ul>", language=language)) == EXPECTED


def test_a_day_before_a_colon_takes_the_year_above_it() -> None:
    """`12 May:` below the heading 2026."""
    body = "".join(written("{d} {name}:"))
    assert told(best(f"<h2>2026</h2><ul>{body}</ul>")) == EXPECTED
    older = best(f"<h2>2018</h2><ul>{body}</ul>")
    assert [i.published[:10] for i in older.items] == [day.replace("2026", "2018") for day in DAYS]


def test_with_dots_the_month_is_first_only_where_it_cannot_be_otherwise() -> None:
    """A list of May 19 and earlier says so by its 19; one whose days are all below thirteen is read as the world does."""
    american = "".join(written("{m:02}.{d:02}.{y}")).replace(">05.12.2026<", ">05.19.2026<")
    assert told(best(f"<ul>{american}</ul>")) == [(TITLES[0], "2026-05-19"), *EXPECTED[1:]]
    usual = "".join(written("{d:02}.{m:02}.{y}"))
    assert told(best(f"<ul>{usual}</ul>", language="en-US")) == EXPECTED


def test_one_number_that_is_no_day_does_not_turn_the_dates_around() -> None:
    """A list with a 19th in its second place and a 30th in its first is not written month first."""
    assert when.order(["05.19.2026", "30.04.2026"], True, NOW)[1]
    assert not when.order(["05.19.2026", "04.12.2026"], True, NOW)[1]


@pytest.mark.parametrize(("text", "day"), [
    ("Heute, 08:30 Uhr", "2026-05-20"), ("heute 8.30 Uhr", "2026-05-20"), ("Gestern um 17:20", "2026-05-19"),
    ("Today at 08:30", "2026-05-20"), ("Idag kl. 07.15", "2026-05-20"), ("19 maj 2026 kl. 07.15", "2026-05-19"),
    ("19. Mai 2026 um 07:15 Uhr", "2026-05-19"), ("Hier, 14h30", "2026-05-19"), ("Heute ist Ruhetag", ""),
    ("Heute, 08:30 Uhr wird gefeiert", ""), ("Published 19 maj 2026 kl. 07.15", "2026-05-19"), ("Open 19 maj 2026 for 40 guests", ""),
])  # fmt: skip
def test_an_hour_behind_a_day_does_not_hide_it(text: str, day: str) -> None:
    """ "Today" too, with the words of its language for "at" and "o'clock"; a sentence is no date."""
    assert when.read(text, Style(), NOW)[:10] == day


@pytest.mark.parametrize("stated", [CHANGED, "2026-05-15T08:00:00+02:00"])
def test_a_tag_that_states_another_day_than_the_page_shows_is_not_believed(stated: str) -> None:
    """Systems state when something was changed: subscribers would see seven old releases as of one day."""
    assert told(best(f"<ul>{''.join(rows(FORM % stated))}</ul>")) == EXPECTED


def test_a_tag_tells_which_number_is_the_month() -> None:
    """A list read the wrong way round is no reason against what its tags state: they are right, and it is turned."""
    days = ("2026-05-04", "2026-04-03", "2026-03-02", "2026-02-01")
    body = "".join(
        f"<li><a href='/newsroom/press-releases/{day}-release'>{title}</a>"
        f"<time datetime='{day}'>{day[5:7]}/{day[8:]}/2026</time></li>"
        for title, day in zip(TITLES, days, strict=False)
    )
    assert told(best(f"<ul>{body}</ul>")) == list(zip(TITLES, days, strict=False))


def test_a_page_is_not_believed_where_a_few_of_its_tags_are_wrong() -> None:
    """One in seven is enough: the others say no more than what is shown."""
    right = rows(FORM % "{iso}")
    assert told(best(f"<ul>{right[0].replace(DAYS[0], CHANGED)}{''.join(right[1:])}</ul>")) == EXPECTED


@pytest.mark.parametrize("stated", ["{iso}T08:30:00+02:00", "{iso}T23:30:00Z"])
def test_a_tag_that_agrees_is_believed_for_its_hour(stated: str) -> None:
    """A day's difference may be the midnight of a zone."""
    found = best(f"<ul>{''.join(rows(FORM % stated))}</ul>")
    assert all(len(item.published) > 10 for item in found.items)


@pytest.mark.parametrize("labels", [
    ("Updated", "Published"), ("Last modified:", "Published:"), ("Aktualisiert am", "Veröffentlicht am"),
    ("Mis à jour le", "Publié le"), ("Обновлено", ""), ("更新日", ""),
])  # fmt: skip
def test_when_something_was_changed_is_not_when_it_was_published(labels: tuple[str, str]) -> None:
    """Whichever of the two stands first in the item."""
    changed, published = labels
    form = f"<li><a href='{{u}}'>{{t}}</a><i>{changed} 15/05/2026</i><i>{published} {{eu}}</i></li>"
    assert told(best(f"<ul>{''.join(rows(form))}</ul>")) == EXPECTED


def test_when_something_was_changed_is_better_than_no_day() -> None:
    """Where the list shows nothing else."""
    form = "<li><a href='{u}'>{t}</a><i>Updated {eu}</i></li>"
    assert told(best(f"<ul>{''.join(rows(form))}</ul>")) == EXPECTED
