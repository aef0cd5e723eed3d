"""A copy gets another key: its source calls the text otherwise now, or gave its key to another text."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from aggregator import codec


def rekey(c: sqlite3.Connection, row: int, key: str) -> None:
    """Know a copy by another key, in what it says of itself and in what the operator decided of it too."""
    source, old, record = c.execute(
        "SELECT c.source, c.key, t.record FROM copies c JOIN texts t ON t.copy = c.id WHERE c.id = ?", (row,)
    ).fetchone()
    c.execute("UPDATE copies SET key = ? WHERE id = ?", (key, row))
    named = codec.encode_copy(replace(codec.decode_copy(record), key=key))
    c.execute("UPDATE texts SET record = ? WHERE copy = ?", (named, row))
    for side in ("a", "b"):
        c.execute(
            f"UPDATE OR REPLACE overrules SET key_{side} = ? WHERE source_{side} = ? AND key_{side} = ?",  # noqa: S608
            (key, source, old),
        )
