"""Dates as they are written in feeds."""

from __future__ import annotations

import pytest

from aggregator.adapters.dates import as_iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tue, 24 Nov 2026 10:30:00 +0100", "2026-11-24T10:30:00+01:00"),
        ("Tue, 24 Nov 2026 10:30:00 GMT", "2026-11-24T10:30:00+00:00"),
        ("24 Nov 26 10:30 EST", "2026-11-24T10:30:00-05:00"),
        ("Thu, 12 Nov 2026 10:30 AM EST", "2026-11-12T10:30:00-05:00"),
        ("11/24/2026 01:15 PM", "2026-11-24T13:15:00"),
        ("Di, 23 Jan 2018 10:30:00 +0100", "2018-01-23T10:30:00+01:00"),
        ("Sa, 16 Mär 2019 08:00:00 MEZ", "2019-03-16T08:00:00+01:00"),
        ("Mi, 21.04.2021 - 15:26", "2021-04-21T15:26:00"),
        ("24. November 2026, 10.30 Uhr", "2026-11-24T10:30:00"),
        ("Donnerstag, 12. Dezember 2026 um 9 Uhr", "2026-12-12T09:00:00"),
        ("12.11.26", "2026-11-12"),
        ("November 24, 2026", "2026-11-24"),
        ("November 24, 2026 10:30 AM ET", "2026-11-24T10:30:00-05:00"),
        ("July 24, 2026 10:30 AM ET", "2026-07-24T10:30:00-04:00"),
        ("Tue Nov 24 10:30:00 EST 2026", "2026-11-24T10:30:00-05:00"),
        ("12 de noviembre de 2026", "2026-11-12"),
        ("12 novembre 2026", "2026-11-12"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24T10:30Z", "2026-11-24T10:30:00+00:00"),
        ("2026-11-24 10:30:00.123 +01:00", "2026-11-24T10:30:00+01:00"),
        ("20261124T103000Z", "2026-11-24T10:30:00+00:00"),
        ("2026-11-24T24:00:00Z", "2026-11-25T00:00:00+00:00"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59+00:00"),
        ("1761350400", "2025-10-25T00:00:00+00:00"),
        ("1761350400000", "2025-10-25T00:00:00+00:00"),
        ("12:15 AM 24.11.2026", "2026-11-24T00:15:00"),
    ],
)
def test_readable_dates_become_iso(written: str, iso: str) -> None:
    """A zone only where one was written, a time only where one was written."""
    assert as_iso(written) == iso


@pytest.mark.parametrize(
    "written",
    ["", "0000-00-00", "2026-02-30", "30 Feb 2026", "yesterday", "Q3 2026", "2026", "Tue, 24 Nov 2026 10:30:00 +99:99",
     "24.11.2026 oder 25.11.2026", "released 24 Nov 2026", "10:30", "99:99 24.11.2026", "1e9", "9" * 40],
)  # fmt: skip
def test_what_is_no_sure_date_stays_as_written(written: str) -> None:
    """Nothing is guessed, and nothing raises."""
    assert as_iso(written) == written


def test_the_order_of_the_source_decides_ambiguous_days() -> None:
    """Day first unless the source writes otherwise; numbers over twelve decide by themselves."""
    assert as_iso("05/06/2026") == "2026-06-05"
    assert as_iso("05/06/2026", day_first=False) == "2026-05-06"
    assert as_iso("25/06/2026", day_first=False) == "2026-06-25"
    assert as_iso("05.06.2026", day_first=False) == "2026-06-05"


def test_prose_is_no_date() -> None:
    """A long text costs nothing and comes back short."""
    assert len(as_iso("24 Nov 2026 " * 10_000)) == 200
