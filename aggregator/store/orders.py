"""What commands ask of the running service: one process writes, the others leave word with it.

A command that meets a running service writes down what it wants, in a transaction of its own; the service takes it up
at its next tick and writes down what came of it. This table is the only one that another process than the holder of the
data folder's lock may write to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aggregator.errors import StoreError
from aggregator.store import database
from aggregator.store.database import stamp

KEPT = timedelta(days=7)
"""For how long it is remembered what was ordered."""


# -- for the command: another process ----------------------------------------------------------------------


def place(folder: Path, what: Mapping[str, Any], now: datetime) -> int | None:
    """Leave word. Returns the order's number; None where the service is of a version that takes no orders.

    Raises `StoreError` where nothing can be written.
    """
    with _connected(folder) as c:
        if not c.execute("SELECT 1 FROM sqlite_master WHERE name = 'orders'").fetchone():
            return None
        with database.transaction(c):
            values = (stamp(now), json.dumps(dict(what), ensure_ascii=False))
            return c.execute("INSERT INTO orders (at, what) VALUES (?,?)", values).lastrowid


def outcome(folder: Path, order: int) -> dict[str, Any] | None:
    """What came of an order; None while it is not carried out."""
    with _connected(folder) as c:
        row = c.execute("SELECT result FROM orders WHERE id = ? AND done_at != ''", (order,)).fetchone()
    return json.loads(row[0]) if row else None


def withdraw(folder: Path, order: int) -> None:
    """Take an order back that nobody will carry out any more."""
    with _connected(folder) as c, database.transaction(c):
        c.execute("DELETE FROM orders WHERE id = ? AND done_at = ''", (order,))


@contextmanager
def _connected(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the database as it is: made and migrated by the service alone."""
    path = folder / database.FILE_NAME
    try:
        with closing(
            sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw",
                uri=True,
                timeout=database.BUSY_SECONDS,
                isolation_level=None,
            )
        ) as connection:
            yield connection
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}; {database.remedy(error)}") from error


# -- for the service, in a transaction of its own ------------------------------------------------------------


def waiting(c: sqlite3.Connection) -> bool:
    """Whether somebody left word."""
    return c.execute("SELECT 1 FROM orders WHERE begun_at = '' LIMIT 1").fetchone() is not None


def begin(c: sqlite3.Connection, now: datetime) -> list[tuple[int, dict[str, Any]]]:
    """The orders that nobody has taken up, in their order, as (number, what); they are taken up now."""
    rows = c.execute("SELECT id, what FROM orders WHERE begun_at = '' ORDER BY id").fetchall()
    c.executemany("UPDATE orders SET begun_at = ? WHERE id = ?", [(stamp(now), row[0]) for row in rows])
    c.execute("DELETE FROM orders WHERE done_at != '' AND done_at < ?", (stamp(now - KEPT),))
    return [(number, json.loads(what)) for number, what in rows]


def done(c: sqlite3.Connection, order: int, result: Mapping[str, Any], now: datetime) -> None:
    """Write down what came of an order."""
    text = json.dumps(dict(result), ensure_ascii=False)
    c.execute("UPDATE orders SET done_at = ?, result = ? WHERE id = ?", (stamp(now), text, order))


def begin_anew(c: sqlite3.Connection) -> None:
    """What a service that ended had taken up and not finished is to be done again, once: an order with which it ended a
    second time may be why it does."""
    for number, text in c.execute(
        "SELECT id, what FROM orders WHERE begun_at != '' AND done_at = ''"
    ).fetchall():
        what = json.loads(text)
        if what.get("again"):
            c.execute("DELETE FROM orders WHERE id = ?", (number,))
        else:
            again = json.dumps({**what, "again": True}, ensure_ascii=False)
            c.execute("UPDATE orders SET begun_at = '', what = ? WHERE id = ?", (again, number))
