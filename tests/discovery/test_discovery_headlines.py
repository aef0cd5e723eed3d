"""Which words of an item are its headline: what stands beside it, behind it and in it, and how much a text reads like one."""

from __future__ import annotations

import pytest
from discovery_lists import DAYS, EXPECTED, URL, best, rows, told
from discovery_pages import TITLES

from aggregator.adapters.listing import headlines, words
from aggregator.reading.dates import Style

SOURCES = ("https://wire.example/17", "https://paper.example/a", "https://ministry.example/4")


@pytest.mark.parametrize("form", [
    "<h3><a href='{u}'>{t}</a> <small>(<a href='{{s}}'>The Paper</a>)</small></h3>",
    "<p class=title><a href='{u}'>{t}</a> <cite><a href='{{s}}'>The Paper</a></cite></p>",
])  # fmt: skip
def test_a_source_that_a_heading_links_behind_the_headline_is_no_part_of_it(form: str) -> None:
    """Aggregators name the paper in the same heading; a reader of the list wants the headline alone, and its address."""
    body = "".join(
        row.replace("{s}", SOURCES[n % 3]) for n, row in enumerate(rows(f"<li>{form}<i>{{iso}}</i></li>"))
    )
    found = best(f"<ul>{body}</ul>")
    assert told(found) == EXPECTED
    assert found.items[0].url == f"{URL}/press-releases/0-release"


@pytest.mark.parametrize("counted", ["(12)", "[3]", "( 0 )"])
def test_the_count_of_comments_behind_a_headline_is_no_part_of_it(counted: str) -> None:
    """It changes daily, and each change would look like another headline."""
    body = "".join(rows(f"<li><h3><a href='{{u}}'>{{t}}</a> {counted}</h3><i>{{iso}}</i></li>"))
    assert told(best(f"<ul>{body}</ul>")) == EXPECTED


def test_words_behind_the_link_of_a_headline_stay() -> None:
    """Only a count goes: what else the heading says belongs to it."""
    body = "".join(rows("<li><h3><a href='{u}'>{t}</a> (Northport)</h3><i>{iso}</i></li>"))
    assert [i.title for i in best(f"<ul>{body}</ul>").items] == [f"{t} (Northport)" for t in TITLES]


@pytest.mark.parametrize(("shown", "headline"), [
    ("Kestrel Pumps shuts its gates on Wednesday, October 12, 2016", ""),
    ("Fahrplan der Werksbahn ab Montag, 4. Mai 2026", ""),
    ("Pump days in Northport on 3, 4 May 2026", ""),
    ("Kestrel Pumps reports its results for 2025, May 4, 2026", "Kestrel Pumps reports its results for 2025"),
    ("Kestrel Pumps opens a second plant, May 4, 2026", "Kestrel Pumps opens a second plant"),
    ("Kestrel Pumps opens a second plant (04.05.2026)", "Kestrel Pumps opens a second plant"),
    ("Kestrel Pumps opens a second plant – 4 May 2026", "Kestrel Pumps opens a second plant"),
    ("Kestrel - the new pump - saves energy - 4 May 2026", "Kestrel - the new pump - saves energy"),
    ("Order intake 2026–2028 grows | 04.05.2026", "Order intake 2026–2028 grows"),
])  # fmt: skip
def test_the_date_of_publication_goes_from_a_headline_and_a_day_that_it_speaks_of_stays(
    shown: str, headline: str
) -> None:
    """A day behind a weekday is told of; one behind a comma, a bar, in brackets, or behind a dash is when it was said."""
    assert headlines.trimmed(shown, Style()) == (headline or shown)


def test_a_headline_with_a_dash_loses_the_date_behind_another_dash_in_a_list() -> None:
    """What the recipe of the list gives is the same as what was found."""
    body = "".join(rows("<li><a href='{u}'>Kestrel - {t} - {iso}</a></li>"))
    assert told(best(f"<ul>{body}</ul>")) == [(f"Kestrel - {t}", d) for t, d in EXPECTED]


def test_headlines_may_stand_in_font_elements() -> None:
    """Pages of the nineties have no headings: the coloured words are the headline, the grey ones the rest."""
    form = "<p><a href='{u}'><font size=4>{t}</font><br><font size=2>{iso} By the press office of Kestrel</font></a></p>"
    assert told(best("".join(rows(form)))) == EXPECTED


@pytest.mark.parametrize(("text", "count"), [
    ("Kestrel Pumps opens a second plant", 5), ("凯斯特泵业在北港开设第二家工厂", 7), ("ケストレル、第二工場を開設", 6),
    ("โรงงานแห่งที่สอง", 7), ("케스트렐 펌프 제2공장 준공", 4), ("Kestrel社が新工場を開設", 5),
])  # fmt: skip
def test_words_are_counted_also_where_no_spaces_are(text: str, count: int) -> None:
    """Two letters of Chinese, Japanese or Thai are about one word."""
    assert abs(words.count(text) - count) <= 1


CHINESE = ("凯斯特泵业在北港开设第二家工厂", "第一季度订单增长百分之十一", "监事会延长首席执行官的合同", "新型循环泵节省三分之一能源",
           "凯斯特泵业收购阀门制造商", "学徒在韦克斯莫尔开始第一年", "年度报告建议派发股息四十分")  # fmt: skip


def test_headlines_without_spaces_are_headlines() -> None:
    """Counted by spaces each would be one word, and the list a menu; the dates are those of the page."""
    body = "".join(
        row.replace(title, own)
        for row, title, own in zip(
            rows("<li><a href='{u}'>{t}</a><span>{iso}</span></li>"), TITLES, CHINESE, strict=True
        )
    )
    found = best(f"<ul>{body}</ul>", language="zh")
    assert told(found) == list(zip(CHINESE, DAYS, strict=True))
    assert not any("one or two words" in sign for sign in found.evidence)
    assert all(headlines.quality(title) > 0.5 for title in CHINESE)
