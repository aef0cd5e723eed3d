"""Numbers, dates and amounts have one spelling."""

from __future__ import annotations

import pytest

from aggregator.matching import numbers, tokens


@pytest.mark.parametrize(
    ("written", "language", "word"),
    [
        ("25. Juli 2023", "de", "2023-07-25"),
        ("25.07.2023", "de", "2023-07-25"),
        ("25.7.23", "de", "2023-07-25"),
        ("July 25, 2023", "en", "2023-07-25"),
        ("25 July 2023", "en", "2023-07-25"),
        ("17. Juli", "de", "0-07-17"),
        ("3 Mrd.", "de", "3000000000"),
        ("3 billion", "en", "3000000000"),
        ("12,5 Millionen", "de", "12500000"),
        ("1.250,50", "de", "1250.5"),
        ("1,250.50", "en", "1250.5"),
        ("1.250.000", "de", "1250000"),
        ("3.0", "en", "3"),
        ("zwölf", "de", "12"),
        ("£90m", "en", "90000000"),
        ("$4.5 bn", "en", "4500000000"),
        ("27th", "en", "27"),
        ("2 200", "de", "2200"),
        ("1 juillet 2023", "fr", "2023-07-01"),
        ("9,7 milionu", "cs", "9700000"),
        ("Dienstag", "de", "weekday:2"),
        ("10:30", "de", "10:30"),
    ],
)
def test_one_spelling(written: str, language: str, word: str) -> None:
    assert tokens.read(f"x {written} y", language).words[1:-1] == [word]


def test_what_is_glued_or_spelt_as_a_time_is_read_apart() -> None:
    """`1992bis` is no figure of its own, and `22.30 Uhr` no amount."""
    assert tokens.read("von 1992bis heute", "de").words == ["von", "1992", "bis", "heute"]
    assert tokens.read("um 22.30 Uhr", "de").words == tokens.read("um 22:30 Uhr", "de").words


def test_figures_of_a_row_stay_apart() -> None:
    """Only groups of three behind one to three digits are one amount."""
    assert tokens.read("2023 250 90", "de").words == ["2023", "250", "90"]
    assert tokens.read("Nr. 12 3456", "de").words == ["nr", "12", "3456"]


def test_may_is_a_month_only_with_a_capital() -> None:
    assert tokens.read("you may go", "en").words == ["you", "may", "go"]
    assert tokens.read("in May again", "en").words == ["in", "month:05", "again"]


def test_words_of_a_long_quotation_are_known_as_such() -> None:
    text = tokens.read("Sie sagte: „Das ist eine Aussage mit mehr als vierzig Zeichen.“ Dann ging sie.", "de")
    assert text.quoted[:2] == [False, False]
    assert sum(text.quoted) == 9


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    text = tokens.read("However, the plant in Cottbus opened. Moreover, Anna Krull spoke.", "en")
    assert text.names == {"cottbus", "anna", "krull"}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("2023-07-25", "0-07-25", True),
        ("2023-07-25", "2024-07-25", False),
        ("month:07", "0-07-25", True),
        ("341.2", "341200000", True),
        ("11352", "11325", False),
        ("weekday:1", "weekday:2", False),
    ],
)
def test_when_two_numbers_say_the_same(one: str, two: str, same: bool) -> None:
    assert numbers.same(one, two) == numbers.same(two, one) == same


@pytest.mark.parametrize(
    ("one", "two", "rounded"), [("400", "402.6", True), ("11.4", "11.352", True), ("11352", "11325", False)]
)
def test_rounded_values(one: str, two: str, rounded: bool) -> None:
    assert numbers.rounded(one, two) == numbers.rounded(two, one) == rounded
