"""Where sources have moved to, as their servers say, and which are gone for good.

The configuration belongs to the operator: it is never changed here. What stands in this table is where a
source is asked in place of its configured address, and what the next polls have to confirm.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from datetime import datetime

from aggregator.store.database import moment, stamp

CONFIRMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What the answers of one source's server say about its address."""

    address: str = ""
    """Where it is asked in place of its configured address; empty where it has not moved."""
    target: str = ""
    """Where permanent redirects from there lead; a suggestion once it is confirmed, and never adopted where it is
    another site."""
    times: int = 0
    """Successful polls in a row that ended there."""
    first_at: datetime | None = None
    last_at: datetime | None = None
    gone_at: datetime | None = None
    """When the server began to say that there is nothing any more (410)."""
    retired_at: datetime | None = None
    """Since when it is not polled any more."""

    @property
    def confirmed(self) -> bool:
        """Whether enough polls ended at its target: `CONFIRMED` of them, on two different days."""
        if self.times < CONFIRMED or self.first_at is None or self.last_at is None:
            return False
        return self.first_at.date() != self.last_at.date()

    def told(self) -> dict[str, str]:
        """What an operator is shown of it: ``polled_at``, ``suggested`` (both addresses) and ``gone_since``."""
        gone = stamp(self.retired_at) if self.retired_at else ""
        suggested = self.target if self.confirmed else ""
        return {"polled_at": self.address, "suggested": suggested, "gone_since": gone}


NOWHERE = Move()
_NAMES = tuple(f.name for f in fields(Move))
_TIMES = frozenset({"first_at", "last_at", "gone_at", "retired_at"})


def load(c: sqlite3.Connection, source: str = "") -> dict[str, Move]:
    """What is known of a source, or of all, by source."""
    query = f"SELECT source, {', '.join(_NAMES)} FROM moves"  # noqa: S608 - ours
    rows = c.execute(f"{query} WHERE source = ?", (source,)) if source else c.execute(query)
    return {row[0]: _move(row[1:]) for row in rows}


def save(c: sqlite3.Connection, source: str, move: Move) -> None:
    """Keep what is known; nothing where there is nothing to know."""
    if move == NOWHERE:
        forget(c, source)
        return
    values = [getattr(move, name) for name in _NAMES]
    stored = [(stamp(v) if v else "") if n in _TIMES else v for n, v in zip(_NAMES, values, strict=True)]
    marks = ", ".join("?" * len(_NAMES))
    c.execute(
        f"INSERT OR REPLACE INTO moves (source, {', '.join(_NAMES)}) VALUES (?, {marks})",  # noqa: S608 - ours
        (source, *stored),
    )


def forget(c: sqlite3.Connection, source: str) -> None:
    """A mended address begins anew."""
    c.execute("DELETE FROM moves WHERE source = ?", (source,))


def unretire(c: sqlite3.Connection, source: str) -> None:
    """Poll a source again: somebody has edited it."""
    c.execute("UPDATE moves SET gone_at = '', retired_at = '' WHERE source = ? AND gone_at != ''", (source,))


def retired(c: sqlite3.Connection) -> set[str]:
    """The sources that are not polled any more."""
    return {row[0] for row in c.execute("SELECT source FROM moves WHERE retired_at != ''")}


def _move(row: tuple[object, ...]) -> Move:
    values = dict(zip(_NAMES, row, strict=True))
    for name in _TIMES:
        values[name] = moment(str(values[name])) if values[name] else None
    return Move(**values)  # type: ignore[arg-type]
