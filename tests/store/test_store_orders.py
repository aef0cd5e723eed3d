"""What commands leave for the service, across its ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from aggregator.store import orders
from aggregator.store.database import open_database

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_an_order_with_which_two_services_ended_is_not_taken_up_a_third_time(tmp_path: Path) -> None:
    """It may be what ends them; what came after it is done all the same."""
    db = open_database(tmp_path, write=True)
    try:
        poison = orders.place(tmp_path, {"do": "publish"}, NOW)
        assert [number for number, _ in orders.begin(db.conn, NOW)] == [poison]
        orders.begin_anew(db.conn)
        later = orders.place(tmp_path, {"do": "publish"}, NOW)
        assert [number for number, _ in orders.begin(db.conn, NOW)] == [poison, later]
        orders.begin_anew(db.conn)
        assert [number for number, _ in orders.begin(db.conn, NOW)] == [later]
    finally:
        db.close()
