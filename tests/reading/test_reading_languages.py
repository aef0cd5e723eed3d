"""Languages: each is one file, and a release that is there twice is read in its first one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.languages import languages
from aggregator.model import Copy, Draft, Source
from aggregator.months import months
from aggregator.reading import read
from aggregator.reading.dates import Style, match_line, parse_date, search, with_time_before
from aggregator.reading.language import detect
from aggregator.reading.markers import KINDS, markers


def read_text(text: str) -> Copy:
    draft = Draft(
        key="k", content=text, content_type="text/plain", fetched_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    result = read(draft, Source(id="s", adapter="text", url="https://source.example/"))
    assert isinstance(result, Copy)
    return result


@pytest.mark.parametrize("code", languages())
def test_a_language_is_one_file_with_all_that_reading_needs(code: str) -> None:
    """Markers of every kind that all languages have words for, months, weekdays, small words that tell it."""
    words = languages()[code]
    assert len(words["months"]) == 12
    assert all(months()[name] == number for number, names in enumerate(words["months"], 1) for name in names)
    assert len(words["weekdays"]) >= 7
    wanted = set(KINDS) - {"declared", "deck_label", "note", "master"}
    assert wanted <= {kind for kind in words if words[kind]}
    assert detect(words["small_words"])[0] == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sexta-feira, 2 de junho de 2023", "2023-06-02T12:00:00+02:00"),
        ("20 de março de 2024, às 10h30", "2024-03-20T10:30:00+01:00"),
        ("9 maja 2024 r., godz. 10:00", "2024-05-09T10:00:00+02:00"),
        ("w środę, 17 października 2023 roku", None),
        ("środa, 17 października 2023 roku", "2023-10-17T12:00:00+02:00"),
        ("le jeudi 5 octobre 2023 à 7h30", "2023-10-05T07:30:00+02:00"),
        ("24 september 2024, 8u00", "2024-09-24T08:00:00+02:00"),
        ("19 de junio de 2024 a las 9:00 h", "2024-06-19T09:00:00+02:00"),
        ("16 maggio 2024, ore 11:00", "2024-05-16T11:00:00+02:00"),
        ("am Dienstag, den 5. März 2024, 14.30 Uhr", "2024-03-05T14:30:00+01:00"),
        ("May 30, 2024 08:00 AM Eastern Daylight Time", "2024-05-30T08:00:00-04:00"),
    ],
)
def test_dates_of_every_language(text: str, expected: str | None) -> None:
    """Months, weekdays, and the words around a time of day come from the languages' own files."""
    found = parse_date(text)
    assert (found and found.value.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:01 BST on Tuesday 14 May 2024", "2024-05-14T00:01:00+01:00"),
        ("alle ore 11:00 del 16 maggio 2024", "2024-05-16T11:00:00+02:00"),
        ("9 a.m. ET on March 5, 2024", "2024-03-05T09:00:00-05:00"),
        ("Nr. 12 14 May 2024", "2024-05-14T12:00:00+02:00"),
    ],
)
def test_a_time_may_stand_before_its_date(text: str, expected: str) -> None:
    """Embargoes name the minute first; a number before a date is no time."""
    style = Style()
    found = search(text, style)
    assert found is not None
    assert with_time_before(text, found, style).value.isoformat() == expected


def test_a_number_without_a_date_is_none_in_any_language() -> None:
    """Words that name a month in one language are not read as one in running text of another."""
    assert match_line("set 12", Style()) is None
    assert search("out of 20 sets in 19 maj", Style()) is None


GERMAN = (
    "Elbsand baut Reinraum in Dresden aus\n\n"
    "Dresden, 19. September 2024 – Die Elbsand GmbH erweitert ihren Reinraum im Dresdner Norden um 3.400 Quadratmeter. "
    "Das Werk ist nach 18 Monaten fertig, und 120 Menschen werden dort arbeiten.\n\n"
    "Das Unternehmen investiert 160 Millionen Euro in die Anlage und schafft damit neue Arbeitsplätze in der Region.\n"
)


def test_an_english_version_below_is_not_part_of_a_german_release() -> None:
    """It has a dateline of its own; without one the numbers that it repeats tell."""
    body = (
        "Elbsand GmbH is adding 3,400 square metres to its clean room in the north of the city. The plant will be "
        "ready after 18 months, and 120 people are going to work there.\n\n"
        "The company is investing 160 million euros in the plant and is thereby creating new jobs in the region.\n"
    )
    for start in ("Dresden, September 19, 2024 – ", ""):
        copy = read_text(f"{GERMAN}\nElbsand expands clean room in Dresden\n\n{start}{body}")
        notes = [b for b in copy.blocks if b.rule == "note.other_language"]
        assert copy.language == "de"
        assert notes[0].text == "Elbsand expands clean room in Dresden"
        assert "square metres" not in copy.body
        assert "investiert" in copy.body


def test_english_words_in_a_german_release_stay() -> None:
    """A boilerplate and a quotation in English have no dateline and none of the release's numbers."""
    quotation = "“This is the best site that we have seen in all of the cities that we looked at for it,” said Dana Whit."
    closing = "Die Stadt begrüßt das Vorhaben und hat eine neue Zufahrt gebaut, die auch den Nachbarn dient."
    about = (
        "About Corvexa Inc.\nCorvexa Inc. designs and manufactures cooling systems for data centers and hospitals. It was "
        "founded in 1971, is headquartered in Raleigh and employs 5,200 people in 14 countries of the world.\n"
    )
    copy = read_text(f"{GERMAN}\n{quotation}\n\n{closing}\n\n{about}")
    assert copy.language == "de"
    assert "“This is the best site" in copy.body
    assert not any(b.rule == "note.other_language" for b in copy.blocks)
    assert copy.boilerplate_names == ("Corvexa Inc.",)


def test_the_markers_of_an_unknown_language_are_german_and_english() -> None:
    """``und`` and a language without a file listen to the two that wires use."""
    for code in ("und", "sv"):
        start = markers(code).start
        assert start.match("pressemitteilung")
        assert start.match("press release")
        assert start.match("comunicado de imprensa") is None
