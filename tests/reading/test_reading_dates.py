"""Dates: every form that releases use, and nothing that is no date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.reading.dates import Style, in_url, match_line, parse_date, search


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27.11.2020", "2020-11-27T12:00:00+01:00"),
        ("25. 7. 2023", "2023-07-25T12:00:00+02:00"),
        ("25.07.23", "2023-07-25T12:00:00+02:00"),
        ("12. Jänner 2021", "2021-01-12T12:00:00+01:00"),
        ("3. Feber 2020", "2020-02-03T12:00:00+01:00"),
        ("Freitag, den 21. Juli 2023, 14.30 Uhr", "2023-07-21T14:30:00+02:00"),
        ("02.05.2023 / 10:55 CET/CEST", "2023-05-02T10:55:00+02:00"),
        ("27.07.2021 – 19:17", "2021-07-27T19:17:00+02:00"),
        ("Mi, 21.04.2021 - 15:26", "2021-04-21T15:26:00+02:00"),
        ("Di, 23 Jan 2024 10:00:00 +0100", "2024-01-23T10:00:00+01:00"),
        ("Sa, 16 Mär 2024 10:00:00 +0100", "2024-03-16T10:00:00+01:00"),
        ("Tue, 23 Jan 2024 10:00:00 GMT", "2024-01-23T11:00:00+01:00"),
        ("Nov. 12, 2020", "2020-11-12T12:00:00+01:00"),
        ("November 12th, 2020", "2020-11-12T12:00:00+01:00"),
        ("12 November 2020", "2020-11-12T12:00:00+01:00"),
        ("May 5, 2024, 8 a.m. EDT", "2024-05-05T08:00:00-04:00"),
        ("1er août 2022", "2022-08-01T12:00:00+02:00"),
        ("3 de mayo de 2024", "2024-05-03T12:00:00+02:00"),
        ("14 marzo 2024", "2024-03-14T12:00:00+01:00"),
        ("14 maart 2024", "2024-03-14T12:00:00+01:00"),
        ("26.11.2021 -", "2021-11-26T12:00:00+01:00"),
        ("2023-07-25", "2023-07-25T12:00:00+02:00"),
        ("2023-07-25T23:30:00Z", "2023-07-26T01:30:00+02:00"),
        ("2023-07-25T10:00:00-07:00", "2023-07-25T10:00:00-07:00"),
        ("1690000000", "2023-07-22T06:26:40+02:00"),
        ("1690000000000", "2023-07-22T06:26:40+02:00"),
        ("2024-05-06 10:00 +99:99", "2024-05-06T10:00:00+02:00"),
    ],
)
def test_a_date_is_read_in_every_form(text: str, expected: str) -> None:
    """Six languages, wires, feeds; a day without a time stands at noon of the source's zone."""
    found = parse_date(text)
    assert found is not None
    assert found.value.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000-00-00",
        "30. Februar 2020",
        "1970-01-01T00:00:00Z",
        "9999-12-31",
        "gestern",
        "Q3 2026",
        "Juli 2023",
        "12",
        "3.2.1",
        "27.11.2020 kamen 40 Gäste",
        "Nov 12",
        "x" * 5000,
        "1" * 200,
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    """No day, no such day, a system's zero, prose: None, never an error."""
    assert parse_date(text) is None


@pytest.mark.parametrize("text", [
    "2026. május 12.", "2026. 05. 12.", "2026 m. gegužės 12 d.", "2026 gegužės 12", "2026. gada 12. maijā", "2026年5月12日",
    "2026年 5月 12日", "2026年5月12号", "2026년 5월 12일", "2026. 5. 12.", "12 مايو 2026", "12 أيار 2026", "12 мая 2026 г.",
    "12 мая 2026 года", "12 травня 2026 року", "12 май 2026 г.", "12 Μαΐου 2026", "12 Μαϊου 2026",
    "12. mája 2026", "12. maja 2026", "12. mai 2026", "12 Mei 2026", "May.12, 2026", "May. 12, 2026",
])  # fmt: skip
def test_dates_of_languages_whose_texts_are_not_read_are_read(text: str) -> None:
    """Hungary, Lithuania, Latvia, China, Japan and Korea put the year first; a list of theirs is in order by its days."""
    found = parse_date(text)
    assert found is not None
    assert (found.value.date().isoformat(), found.precision) == ("2026-05-12", "day")


@pytest.mark.parametrize(("text", "month"), [
    ("12 януари 2026 г.", 1), ("12 agustus 2026", 8), ("12. avgusta 2026", 8), ("12. detsember 2026", 12),
    ("12 тамыз 2026", 0), ("12 серпня 2026", 8), ("12 تشرين الثاني 2026", 11), ("2026. gada 12. decembrī", 12),
    ("12 desember 2026", 12), ("2026 m. rugpjūčio 12 d.", 8), ("12 Αυγούστου 2026", 8), ("12. októbra 2026", 10),
])  # fmt: skip
def test_each_of_these_languages_has_its_own_months(text: str, month: int) -> None:
    """A language that is not known (Kazakh) gives none."""
    found = parse_date(text)
    assert (found.value.month if found else 0) == month


@pytest.mark.parametrize(
    "text", ["2026年13月12日", "2026年5月32日", "2026. 15. 12.", "2026. gada 12. Müller", "12 2026 г."]
)
def test_what_only_looks_like_a_date_of_these_languages_is_none(text: str) -> None:
    """No such month, no such day, no month at all."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["15 May: the plant opens", "May 15: the plant opens", "15. Mai", "gegužės 15 d."]
)
def test_a_day_before_a_colon_or_at_the_end_needs_no_year(text: str) -> None:
    """Lists below a year write so; the year is the caller's."""
    near = Style(near=datetime(2018, 12, 30, tzinfo=UTC))
    found = search(text, near)
    assert found is not None
    assert (found.value.date().isoformat(), found.note) == ("2018-05-15", "year assumed")
    assert search(text, Style()) is None


def test_numbers_with_dots_put_the_month_first_where_the_house_does() -> None:
    """Some houses in the United States write `05.19.26`; nobody else is read so."""
    american = Style(day_first=False, dotted_day_first=False)
    assert (found := match_line("05.19.26", american)) is not None
    assert found.value.date().isoformat() == "2026-05-19"
    assert match_line("05.19.26", Style(day_first=False)) is None
    assert (usual := match_line("05.04.26", Style(day_first=False))) is not None
    assert usual.value.date().isoformat() == "2026-04-05"


def test_the_order_of_day_and_month_follows_the_source() -> None:
    """`05/06/2025` is June here and May in the US, and says that it was ambiguous."""
    here, there = parse_date("05/06/2025"), parse_date("05/06/2025", day_first=False)
    assert here is not None
    assert there is not None
    assert (here.value.month, there.value.month) == (6, 5)
    assert here.note == there.note == "ambiguous day/month"
    certain = parse_date("06/13/2025")
    assert certain is not None
    assert (certain.value.month, certain.note) == (6, "")


def test_a_midnight_of_a_feed_is_a_day() -> None:
    """Systems write midnight where they know no time; the calendar day must survive."""
    found = parse_date("Tue, 25 Jul 2023 00:00:00 +0000")
    assert found is not None
    assert (found.value.isoformat(), found.precision) == ("2023-07-25T12:00:00+02:00", "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26.03.2023 02:30 Uhr", "2023-03-26T03:30:00+02:00"),
        ("29.10.2023 02:30 Uhr", "2023-10-29T02:30:00+02:00"),
    ],
)
def test_skipped_and_doubled_hours_are_deterministic(text: str, expected: str) -> None:
    """The hour that summer time skips moves forward; the one that comes twice is the first."""
    found = parse_date(text)
    assert found is not None
    assert found.value.isoformat() == expected


def test_a_year_that_is_not_written_comes_from_the_caller_or_not_at_all() -> None:
    """`May 5` is the latest one before the known instant."""
    assert match_line("May 5", Style()) is None
    found = match_line("May 5", Style(near=datetime(2024, 1, 9, tzinfo=UTC)))
    assert found is not None
    assert (found.value.year, found.note) == (2023, "year assumed")


def test_the_first_possible_date_of_a_line_is_found() -> None:
    """Offsets point at it."""
    text = "Version 1.2.3, Kassel, 14. März 2024 – Heute"
    found = search(text, Style())
    assert found is not None
    assert text[found.start : found.end] == "14. März 2024"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/news/2023/07/25/titel", ("2023-07-25", "day")),
        ("https://x.example/a-20230725.html", ("2023-07-25", "day")),
        ("https://x.example/2023/07/titel", ("2023-07-01", "month")),
        ("https://x.example/artikel/20231345/titel", None),
    ],
)
def test_addresses_tell_a_day_or_a_month(url: str, expected: tuple[str, str] | None) -> None:
    """A month only is said to be a month."""
    found = in_url(url)
    assert (found and (found.value.date().isoformat(), found.precision)) == expected
