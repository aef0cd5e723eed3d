"""Releases that belong to each other and are not one: members of a series, a story that goes on.

The same whichever came first: a series is all that is linked by siblings, and of a text and its
continuation the later one is linked to the earlier.
"""

from __future__ import annotations

import json
import sqlite3

from aggregator.model import Verdict


def gather(c: sqlite3.Connection, release: int, verdict: Verdict) -> None:
    """A release and its siblings are one series, named by the uid of the oldest of them; where they are
    of two, these become one."""
    siblings = {release, *verdict.siblings}
    if verdict.relation == "series" and verdict.release is not None:
        siblings.add(verdict.release)
    if len(siblings) == 1:
        return
    rows = json.dumps(sorted(siblings))
    found = c.execute(
        "SELECT series, uid FROM releases WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (rows,)
    ).fetchall()
    names = list(dict.fromkeys(series for series, _ in found if series))
    unite(c, names[0] if names else found[0][1], names[1:])
    c.execute(
        "UPDATE releases SET series = ?1 WHERE series != ?1 AND id IN (SELECT value FROM json_each(?2))",
        (names[0] if names else found[0][1], rows),
    )


def unite(c: sqlite3.Connection, name: str, others: list[str]) -> None:
    """Give the members of other series this one's name."""
    c.executemany("UPDATE releases SET series = ? WHERE series = ?", [(name, other) for other in others])


def link(c: sqlite3.Connection, later: int, earlier: int) -> None:
    """The earlier text of a story came after the one that continues it."""
    c.execute("UPDATE releases SET linked = ? WHERE id = ? AND linked IS NULL", (earlier, later))
