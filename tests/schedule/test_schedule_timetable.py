"""Lines of a crontab and office hours: what is read, what is refused, and what a change of the clocks does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aggregator.settings.values import WrongError
from aggregator.settings.values import cron as checked_cron
from aggregator.settings.values import hours as checked_hours
from aggregator.timetable import cron, hours

BERLIN = ZoneInfo("Europe/Berlin")


def times(text: str, start: str, count: int) -> list[str]:
    """The next times in Berlin, as day, time and offset."""
    at, found = datetime.fromisoformat(start), []
    for _ in range(count):
        following = cron(text).after(at, BERLIN)
        assert following is not None
        at = following
        found.append(f"{at.astimezone(BERLIN):%a %d %H:%M%z}")
    return found


@pytest.mark.parametrize("sunday", ["0", "7", "sun", "SUN"])
def test_sunday_is_the_sunday_of_cron(sunday: str) -> None:
    """0 and 7 are Sunday; APScheduler, which counts from Monday, is not asked."""
    assert times(f"0 9 * * {sunday}", "2026-11-02T00:00+00:00", 1) == ["Sun 08 09:00+0100"]


@pytest.mark.parametrize(
    ("text", "days"),
    [("0 9 * * 1-5", "MonTueWedThuFri"), ("0 9 * * fri-sun", "FriSatSun"), ("0 9 * * 5-7", "FriSatSun")],
)
def test_ranges_of_weekdays(text: str, days: str) -> None:
    """Names and numbers, also over the weekend."""
    found = times(text, "2026-11-01T12:00+00:00", 5)
    assert {f[:3] for f in found} == {days[i : i + 3] for i in range(0, len(days), 3)}


def test_day_of_month_or_of_week() -> None:
    """Where both are restricted either will do, as in cron."""
    assert times("0 9 13 * fri", "2026-11-09T00:00+00:00", 2) == ["Fri 13 09:00+0100", "Fri 20 09:00+0100"]
    assert times("0 9 10 * fri", "2026-11-09T00:00+00:00", 2) == ["Tue 10 09:00+0100", "Fri 13 09:00+0100"]


@pytest.mark.parametrize("hour", range(24))
def test_t06_a_daily_time_comes_once_a_day_all_the_year(hour: int) -> None:
    """T-06: also on the days of 23 and of 25 hours; a time that does not exist comes an hour later."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    while (at := cron(f"30 {hour} * * *").after(at, BERLIN) or at).year == 2026 and len(days) < 364:
        days.append(at.astimezone(BERLIN).date())
    assert len(set(days)) == len(days) == 364
    assert days[-1] - days[0] == timedelta(days=363)


@pytest.mark.parametrize("start", ["2026-03-28T20:00+00:00", "2026-10-24T20:00+00:00"])
def test_t06_a_quarter_of_an_hour_stays_one(start: str) -> None:
    """T-06: neither a double poll nor an hour without one, at both changes of the clocks."""
    at = datetime.fromisoformat(start)
    for _ in range(40):
        following = cron("*/15 * * * *").after(at, BERLIN)
        assert following == at + timedelta(minutes=15)
        at = following


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("* * * *", "five fields"),
        ("every day", "five fields"),
        ("60 * * * *", "minute is a number from 0 to 59"),
        ("0 24 * * *", "hour is a number from 0 to 23"),
        ("0 9 * * monday", "weekday"),
        ("0 9 * * 8", "weekday"),
        ("*/0 * * * *", "minute"),
        ("0 18-7 * * *", "hour"),
        ("0 9 31 2 *", "no such day ever comes"),
    ],
)
def test_a_wrong_crontab_is_refused_with_the_remedy(wrong: str, said: str) -> None:
    with pytest.raises(WrongError) as caught:
        checked_cron(wrong)
    assert said in caught.value.remedy


@pytest.mark.parametrize(
    "wrong", ["mon-fri", "7", "mo-fr 7-18", "mon-fri 7-25", "mon 7-7", "mon 7:60-8", "mon-fri 7-18,"]
)
def test_wrong_hours_are_refused_with_the_remedy(wrong: str) -> None:
    with pytest.raises(WrongError, match="mon-fri 7-18"):
        checked_hours(wrong)


@pytest.mark.parametrize(
    ("text", "at", "opening", "closing"),
    [
        ("mon-fri 7-18", "2026-11-06T20:00+01:00", "2026-11-09T07:00+01:00", "2026-11-09T18:00+01:00"),
        (
            "mon-thu 7:30-18, fri 7-14",
            "2026-11-06T08:00+01:00",
            "2026-11-06T07:00+01:00",
            "2026-11-06T14:00+01:00",
        ),
        ("sat 22-6", "2026-11-08T03:00+01:00", "2026-11-07T22:00+01:00", "2026-11-08T06:00+01:00"),
        ("7-18", "2026-11-08T03:00+01:00", "2026-11-08T07:00+01:00", "2026-11-08T18:00+01:00"),
        ("sun 2-5", "2026-03-29T00:30+01:00", "2026-03-29T03:00+02:00", "2026-03-29T05:00+02:00"),
    ],
)
def test_hours_give_the_open_range_or_the_next(text: str, at: str, opening: str, closing: str) -> None:
    """In the zone of the source, over midnight, and where the clocks change."""
    found = hours(text).window(datetime.fromisoformat(at), BERLIN)
    assert found == (datetime.fromisoformat(opening), datetime.fromisoformat(closing))
