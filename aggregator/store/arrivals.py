"""What a source's list showed last, what its items taught of its rhythm, and where something was missed.

Bounded: of a list the hashes of at most `MOST_KEYS` keys, one history of a few kB and the last `MOST_GAPS`
gaps a source. The history is text that `aggregator.rhythm` makes and reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aggregator.store.database import stamp
from aggregator.text import digest

MOST_KEYS, MOST_GAPS = 1000, 20
_BYTES = 8


def key_hash(key: str) -> bytes:
    """What of an item's key is remembered."""
    return digest(key.encode("utf-8", "surrogatepass"))[:_BYTES]


class Arrivals:
    """The tables of rhythms, lists and gaps. Expects an open transaction for whatever writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._c = connection

    def listed(self, source: str) -> frozenset[bytes] | None:
        """Hashes of the keys that the list showed when it was last read; None where it never was."""
        row = self._c.execute("SELECT keys FROM listed WHERE source = ?", (source,)).fetchone()
        if row is None:
            return None
        return frozenset(row[0][i : i + _BYTES] for i in range(0, len(row[0]), _BYTES))

    def keep_listed(self, source: str, keys: Iterable[str]) -> None:
        """Remember what the list shows now, the first items of it."""
        hashes = b"".join(key_hash(key) for key, _ in zip(keys, range(MOST_KEYS), strict=False))
        self._c.execute("INSERT OR REPLACE INTO listed (source, keys) VALUES (?,?)", (source, hashes))

    def forget_listed(self, source: str) -> None:
        """Its list is another one from now on."""
        self._c.execute("DELETE FROM listed WHERE source = ?", (source,))

    def history(self, source: str) -> str:
        """The stored history; empty where there is none."""
        row = self._c.execute("SELECT history FROM rhythm WHERE source = ?", (source,)).fetchone()
        return row[0] if row else ""

    def keep(self, source: str, history: str | None, why: str) -> None:
        """Save why the next look is when it is, and the history where it changed."""
        self._c.execute(
            "INSERT INTO rhythm (source, history, why) VALUES (?1, coalesce(?2, ''), ?3)"
            " ON CONFLICT (source) DO UPDATE SET history = coalesce(?2, history), why = ?3",
            (source, history, why[:1000]),
        )

    def note_gap(
        self,
        source: str,
        since: datetime,
        at: datetime,
        size: int,
        pages: int,
        *,
        closed: bool,
        said: str = "",
    ) -> None:
        """Remember that a list of `size` items overran; `closed` where `pages` more or its sitemap led back to what was
        known, and what is `said` of that."""
        self._c.execute(
            "INSERT INTO gaps (source, since, at, size, pages, closed, said) VALUES (?,?,?,?,?,?,?)",
            (source, stamp(since), stamp(at), size, pages, closed, said[:500]),
        )
        self._c.execute(
            "DELETE FROM gaps WHERE source = ?1 AND id NOT IN"
            " (SELECT id FROM gaps WHERE source = ?1 ORDER BY id DESC LIMIT ?2)",
            (source, MOST_GAPS),
        )

    def source_of(self, copy: int) -> str:
        """The source of a stored copy; empty where there is none."""
        row = self._c.execute("SELECT source FROM copies WHERE id = ?", (copy,)).fetchone()
        return row[0] if row else ""


def gaps(c: sqlite3.Connection, source: str) -> list[dict[str, Any]]:
    """The last gaps of a source as ``{"since","at","size","pages","closed","said"}``, the latest first."""
    rows = c.execute(
        "SELECT since, at, size, pages, closed, said FROM gaps WHERE source = ? ORDER BY id DESC", (source,)
    )
    names = ("since", "at", "size", "pages", "closed", "said")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [gap | {"closed": bool(gap["closed"])} for gap in found]
