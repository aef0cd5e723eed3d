"""Releases that belong to each other and are not one: members of a series, a story that goes on.

The same whichever came first: a series is all that is linked by siblings, and of a text and its
continuation the later one is linked to the earlier.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

SHORT = 12
"""Members up to which a series is gathered anew as a whole."""

_LED = """
    SELECT DISTINCT r.id, r.series, r.uid FROM copies c JOIN releases r ON r.id = c.release
    WHERE c.leader = c.id AND c.id IN (SELECT value FROM json_each(?)) ORDER BY r.id"""
_MEMBERS = "SELECT id FROM releases WHERE series != '' AND series = ? ORDER BY id LIMIT ?"
_THEIRS = """
    SELECT DISTINCT r.id FROM copies c JOIN releases r ON r.id = c.release
    WHERE r.series = ? AND c.id IN (SELECT value FROM json_each(?)) ORDER BY r.id"""


def gather(c: sqlite3.Connection, copy: int, siblings: Collection[int]) -> frozenset[int]:
    """Make the releases of sibling texts one series, named by the uid of the oldest of them; where they are of
    two, these become one. Returns the releases whose series that changes.

    Only texts that lead are siblings: what a copy says of itself is said by the text that it is matched to.
    """
    leads = "SELECT 1 FROM copies WHERE id = ? AND leader = id"
    if not siblings or c.execute(leads, (copy,)).fetchone() is None:
        return frozenset()
    found = c.execute(_LED, (json.dumps([copy, *siblings]),)).fetchall()
    if len(found) < 2:
        return frozenset()
    name, *others = list(dict.fromkeys(series for _, series, _ in found if series)) or [found[0][2]]
    joining = "SELECT id FROM releases WHERE series IN (SELECT value FROM json_each(?))"
    changed = {row for (row,) in c.execute(joining, (json.dumps(others),))}
    unite(c, name, others)
    new = [row for row, series, _ in found if not series]
    c.executemany("UPDATE releases SET series = ? WHERE id = ?", [(name, row) for row in new])
    return frozenset({*changed, *new})


def series_of(c: sqlite3.Connection, releases: Collection[int]) -> dict[int, str]:
    """The names of the series of those of these releases that belong to one."""
    query = "SELECT id, series FROM releases WHERE series != '' AND id IN (SELECT value FROM json_each(?))"
    return dict(c.execute(query, (json.dumps(sorted(releases)),)).fetchall())


def members(c: sqlite3.Connection, series: Collection[str], copies: Collection[int]) -> list[int]:
    """The releases of series of which these copies led a text: all of a short one, of a long one those with
    these copies. In a long one each member has many siblings, and one link less parts nothing."""
    found: list[int] = []
    for name in sorted(series):
        rows = c.execute(_MEMBERS, (name, SHORT + 1)).fetchall()
        if len(rows) > SHORT:
            rows = c.execute(_THEIRS, (name, json.dumps(sorted(copies)))).fetchall()
        found += [row for (row,) in rows]
    return found


def leave(c: sqlite3.Connection, releases: Collection[int]) -> None:
    """Take releases out of their series."""
    c.executemany("UPDATE releases SET series = '' WHERE id = ?", [(row,) for row in releases])


def unite(c: sqlite3.Connection, name: str, others: list[str]) -> None:
    """Give the members of other series this one's name."""
    c.executemany("UPDATE releases SET series = ? WHERE series = ?", [(name, other) for other in others])


def link(c: sqlite3.Connection, later: int, earlier: int) -> None:
    """The earlier text of a story came after the one that continues it."""
    c.execute("UPDATE releases SET linked = ? WHERE id = ? AND linked IS NULL", (earlier, later))
