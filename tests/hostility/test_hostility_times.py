"""T-01 to T-04: dates that cannot be, that nobody wrote, that are ambiguous, and that are edited afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from hostility_desk import NOW, NS, TEXT, Desk, draft, page, reading

from aggregator.model import Source


def moment(entry: Element, name: str) -> datetime:
    return datetime.fromisoformat(entry.findtext(f"a:{name}", "", NS))


SHIP = (
    "<p>In Kiel hat am Abend ein Frachter der Nordhafen AG abgelegt. Er trägt Windräder nach Portugal, braucht neun Tage "
    "und kehrt ohne Ladung zurück, sagte ein Sprecher der Reederei.</p>"
)
FUTURE = [
    "2099-01-01T00:00:00Z",
    "9999-12-31T23:59:59+00:00",
    "9999-12-31",
    "1. Januar 2099",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "4102444800",
]


@pytest.mark.parametrize("stated", FUTURE)
def test_t01_a_date_of_another_century_is_not_believed(desk: Desk, stated: str) -> None:
    """T-01: first sight counts instead, the claim is kept in the record, and the entry does not stay on top."""
    far = draft(
        SHIP, key="far", url="https://newsroom.example/a/far", title="Ein Schiff legt ab", published=stated
    )
    copy = reading(far).copy
    assert copy.published is None
    assert [e.note for e in copy.dates] == (
        ["not chosen: in the future"] if "2099" in stated or stated.isdigit() else []
    )
    desk.put(far)
    desk.put(draft(published="2026-11-03T08:00:00+01:00"), now=NOW + timedelta(days=1))
    published = desk.publish()
    assert published.texts("title") == ["Neue Halle eröffnet", "Ein Schiff legt ab"]
    assert moment(published.entries[1], "published") == NOW
    assert moment(published.entries[1], "updated") <= NOW + timedelta(hours=1)
    assert datetime.fromisoformat(published.root.findtext("a:updated", "", NS)) <= NOW + timedelta(
        days=1, hours=1
    )


@pytest.mark.parametrize(
    "ahead", [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=23)]
)
def test_t01_a_date_a_little_ahead_is_at_most_an_hour_ahead(desk: Desk, ahead: timedelta) -> None:
    """T-01: ``min(claimed, first seen + 1 h)``; the copy keeps what was claimed."""
    made = draft(published=(NOW + ahead).isoformat())
    assert reading(made).copy.published == NOW + ahead
    published = desk.published(made)
    assert moment(published.entries[0], "published") == NOW + min(ahead, timedelta(hours=1))
    assert moment(published.entries[0], "updated") <= NOW + timedelta(hours=1)


@pytest.mark.parametrize("what", ["datePublished", "article:published_time"])
def test_t01_a_page_that_dates_itself_ahead_is_not_believed_either(what: str) -> None:
    """T-01: what the page's data says is kept as evidence and not chosen."""
    head = f"<meta property='{what}' content='2099-05-05T10:00:00Z'>"
    copy = reading(page(f"<main><h1>Neue Halle</h1><p>{TEXT}</p><p>{TEXT}</p></main>", head)).copy
    assert copy.published is None
    assert [e.value.year for e in copy.dates] == [2099]


NONE = [
    "",
    " ",
    "0000-00-00",
    "0000-00-00T00:00:00Z",
    "30. Februar 2026",
    "30 Feb 2026",
    "2026-02-30",
    "31.04.2026",
    "2026-13-01",
    "99.99.9999",
    "gestern",
    "Mon, 00 Jan 0000 00:00:00 GMT",
    "1970-01-01T00:00:00Z",
    "Thu, 01 Jan 1970 00:00:00 +0000",
    "0",
    "-1",
    "9" * 400,
    "1." * 5_000,
    "null",
    "NaN",
    "{}",
]


@pytest.mark.parametrize("stated", NONE)
def test_t02_without_a_possible_date_first_sight_counts(desk: Desk, stated: str) -> None:
    """T-02: missing, zero, impossible and epoch dates; nothing raises."""
    made = draft(published=stated)
    assert reading(made).copy.published is None
    published = desk.published(made)
    assert moment(published.entries[0], "published") == NOW
    assert moment(published.entries[0], "updated") == NOW


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("02.11.26", "2026-11-02T12:00:00+01:00"),
        ("1761380000", "2025-10-25T10:13:20+02:00"),
        ("1761380000000", "2025-10-25T10:13:20+02:00"),
        ("2024-02-29", "2024-02-29T12:00:00+01:00"),
    ],
)
def test_t02_short_years_and_seconds_are_dates(stated: str, read: str) -> None:
    """T-02: two-digit years, seconds and milliseconds since 1970, the leap day."""
    found = reading(draft(published=stated)).copy.published
    assert found is not None
    assert found.isoformat() == read


@pytest.mark.parametrize(
    ("stated", "zone", "read"),
    [
        ("2026-07-01 10:00", "Europe/Berlin", "2026-07-01T10:00:00+02:00"),
        ("2026-07-01 10:00", "America/New_York", "2026-07-01T10:00:00-04:00"),
        ("2026-10-01 10:00 CEST", "America/New_York", "2026-10-01T10:00:00+02:00"),
        ("2026-01-15 10:00 CET", "America/New_York", "2026-01-15T10:00:00+01:00"),
        ("Mi, 15. Jan 2026 10:00 MEZ", "America/New_York", "2026-01-15T10:00:00+01:00"),
        # The hour that the change to summer time leaves out moves forward.
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        # Of the hour that comes twice the first is taken. CET and CEST both name the clock on the wall: people
        # write CET all the year round, so that the name cannot tell the two hours apart.
        ("2025-10-26 02:30", "Europe/Berlin", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26 02:30 CEST", "Europe/Berlin", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26 02:30 CET", "Europe/Berlin", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26 02:30 +0100", "Europe/Berlin", "2025-10-26T02:30:00+01:00"),
        ("2026-07-01", "Pacific/Kiritimati", "2026-07-01T12:00:00+14:00"),
    ],
)
def test_t03_a_time_without_offset_is_the_sources_own(stated: str, zone: str, read: str) -> None:
    """T-03: names of zones, the gap and the fold; the same input gives the same moment."""
    source = Source(id="s", adapter="feed", url="https://newsroom.example/feed", timezone=zone)
    found = [reading(draft(published=stated), source).copy.published for _ in range(2)]
    assert [f.isoformat() if f else "" for f in found] == [read, read]


@pytest.mark.parametrize(
    "stated",
    [
        "2026-11-02T08:00:00+99:99",
        "2026-11-02T08:00:00-24:01",
        "2026-11-02 08:00 XYZT",
        "2026-11-02T25:61:61Z",
    ],
)
def test_t03_an_impossible_offset_costs_the_offset_not_the_release(desk: Desk, stated: str) -> None:
    """T-03: the day is kept or first sight counts; the entry is published with a legal date."""
    published = desk.published(draft(published=stated))
    assert moment(published.entries[0], "published").utcoffset() is not None
    assert abs(moment(published.entries[0], "published") - NOW) <= timedelta(days=1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC"])
def test_t03_day_only_dates_stay_on_their_day(desk: Desk, zone: str) -> None:
    """T-03: whatever the zone, the day that the text states is the day that is published."""
    source = Source(id="newsroom", adapter="feed", url="https://newsroom.example/feed", timezone=zone)
    desk.put(draft(published="2026-10-31"), source=source)
    assert desk.publish().texts("published")[0].startswith("2026-10-31T12:00:00")


def test_t04_updated_never_goes_back(desk: Desk) -> None:
    """T-04: the source dates its item now earlier, now later; ``updated`` of the entry and of the feed only grows."""
    stated = [
        "2026-11-02T08:00:00Z",
        "2026-10-01T08:00:00Z",
        "2026-11-03T08:00:00Z",
        "1970-01-01",
        "2025-01-01T00:00:00Z",
        "2099-01-01",
        "",
    ]
    seen: list[tuple[datetime, datetime]] = []
    ids = set()
    for number, date in enumerate(stated):
        now = NOW + timedelta(days=number)
        desk.put(draft(f"<p>{TEXT} Stand {number}.</p>", published=date), now=now)
        published = desk.publish()
        assert len(published.entries) == 1
        ids.add(published.texts("id")[0])
        seen.append(
            (
                moment(published.entries[0], "updated"),
                datetime.fromisoformat(published.root.findtext("a:updated", "", NS)),
            )
        )
        assert moment(published.entries[0], "published") <= now + timedelta(hours=1)
    assert seen == sorted(seen)
    assert len(ids) == 1, "and it stays the same entry"


def test_t04_a_date_alone_wakes_no_subscriber(desk: Desk) -> None:
    """T-04: an edit of nothing but the date, backwards, changes neither ``updated`` nor the title."""
    desk.put(draft(published="2026-11-02T08:00:00Z"))
    before = desk.publish()
    desk.put(draft(published="2026-10-20T08:00:00Z"), now=NOW + timedelta(days=1))
    after = desk.publish()
    assert after.texts("updated") == before.texts("updated")
    assert after.texts("title") == before.texts("title")


def test_t04_a_source_that_changes_its_mind_forwards_does_not_climb(desk: Desk) -> None:
    """T-04: an item that is dated anew every day does not stay above newer releases."""
    desk.put(draft(published="2026-11-01T08:00:00Z"))
    url = "https://newsroom.example/a/2"
    other = draft(SHIP, key="2", title="Ein Schiff legt ab", url=url, published="2026-11-03T08:00:00Z")
    desk.put(other, now=datetime(2026, 11, 3, 9, tzinfo=UTC))
    desk.put(draft(published="2026-11-04T08:00:00Z"), now=datetime(2026, 11, 4, 9, tzinfo=UTC))
    published = desk.publish()
    assert published.texts("title") == ["Ein Schiff legt ab", "Neue Halle eröffnet"]
