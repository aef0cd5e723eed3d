"""What the operator decided himself: `split`, `merge` and `never`, remembered by (source, key).

A judgement is kept under the keys of the two copies, which no rebuild changes, and is asked before
every verdict. So it survives whatever is read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from aggregator.errors import UsageError
from aggregator.model import Candidate
from aggregator.store import corrections
from aggregator.store.database import moment, stamp
from aggregator.store.releases import Releases, shown_dates


class Overrules:
    """The table of the operator's judgements. Expects an open transaction for whatever writes."""

    def __init__(self, connection: sqlite3.Connection, releases: Releases) -> None:
        self._c = connection
        self._releases = releases

    def of(self, source: str, key: str) -> dict[tuple[str, str], str]:
        """``never`` or ``same`` for copies, by (source, key), that the operator judged himself."""
        me = (source, key)
        rows = self._c.execute(
            "SELECT verdict, source_b, key_b FROM overrules WHERE source_a = ? AND key_a = ?"
            " UNION ALL SELECT verdict, source_a, key_a FROM overrules WHERE source_b = ? AND key_b = ?",
            (*me, *me),
        )
        return {(source, key): verdict for verdict, source, key in rows}

    def partners(self, source: str, key: str) -> list[tuple[str, int, int]]:
        """The stored copies that a copy was judged with, as (``never`` or ``same``, copy, its release)."""
        found = []
        for other, verdict in self.of(source, key).items():
            row = self._c.execute(
                "SELECT id, release FROM copies WHERE source = ? AND key = ?", other
            ).fetchone()
            if row is not None:
                found.append((verdict, *row))
        return found

    def among(self, copies: Sequence[Candidate]) -> tuple[set[frozenset[int]], set[frozenset[int]]]:
        """The pairs of these copies that are kept apart, and those that are one release, for good."""
        rows = {(c.copy.source, c.copy.key): c.copy_id for c in copies}
        pairs: dict[str, set[frozenset[int]]] = {"never": set(), "same": set()}
        for me, row in rows.items():
            for other, verdict in self.of(*me).items():
                if other in rows:
                    pairs[verdict].add(frozenset((row, rows[other])))
        return pairs["never"], pairs["same"]

    def never(self, one: int, two: int, now: datetime) -> int:
        """Keep two releases apart for good, whatever comes later. Returns the first.

        Raises `UsageError` where both are one.
        """
        if one == two:
            raise UsageError(f"both are release {one}; `aggregator split` parts a copy from it")
        members = [
            self._c.execute("SELECT source, key FROM copies WHERE release = ?", (release,)).fetchall()
            for release in (one, two)
        ]
        for a in members[0]:
            for b in members[1]:
                self.overrule("never", tuple(a), tuple(b), now)
        return one

    def split(self, copy: int, now: datetime) -> int:
        """Make a copy a release of its own, for good. Returns the release's row.

        Raises `UsageError` where there is nothing to split.
        """
        row = self._c.execute(
            "SELECT release, source, key, published FROM copies WHERE id = ?", (copy,)
        ).fetchone()
        if row is None:
            raise UsageError(f"no copy {copy}; `aggregator releases show ID` shows the numbers of its copies")
        old, source, key, published = row
        others = self._c.execute(
            "SELECT id, source, key FROM copies WHERE release = ? AND id != ?", (old, copy)
        ).fetchall()
        if not others:
            raise UsageError(
                f"copy {copy} is the only one of release {old}; there is nothing to part it from"
            )
        shown, updated = shown_dates(moment(published) if published else None, now)
        cursor = self._c.execute(
            "INSERT INTO releases (uid, canonical, first_seen, published, updated) VALUES (?,?,?,?,?)",
            (self._releases.mint(source, key), copy, stamp(now), stamp(shown), stamp(updated)),
        )
        new = cursor.lastrowid
        assert new is not None
        self._c.execute(
            "UPDATE copies SET release = ?, relation = 'new', leader = id WHERE id = ?", (new, copy)
        )
        self._c.execute("UPDATE revisions SET release = ? WHERE copy = ?", (new, copy))
        for _, other_source, other_key in others:
            self.overrule("never", (source, key), (other_source, other_key), now)
        self._decide_by_hand(copy, new, "new", f"split from release {old}", now)
        corrections.part(self._c, old, new, now)
        before = self._releases.labels(old)
        self._releases.elect(old)
        self._c.execute(  # what was matched by the text that left is matched by the one that is shown now
            "UPDATE copies SET leader = (SELECT canonical FROM releases WHERE id = ?1) WHERE release = ?1 AND leader = ?2",
            (old, copy),
        )
        self._releases.changed(old, before | self._releases.file(old) | self._releases.file(new))
        return new

    def merge(self, kept: int, gone: int, now: datetime) -> int:
        """Move all copies of `gone` to `kept`, for good. Returns `kept`.

        Raises `UsageError` where both are one already.
        """
        if kept == gone:
            raise UsageError(f"both are release {kept} already")
        anchor = self._c.execute(
            "SELECT c.source, c.key FROM copies c JOIN releases r ON r.canonical = c.id WHERE r.id = ?",
            (kept,),
        ).fetchone()
        before = self._releases.labels(kept) | self._releases.labels(gone)
        moved = self._c.execute("SELECT id, source, key FROM copies WHERE release = ?", (gone,)).fetchall()
        for copy, source, key in moved:
            self._c.execute("UPDATE copies SET release = ?, relation = 'copy' WHERE id = ?", (kept, copy))
            self.overrule("same", tuple(anchor), (source, key), now)
            self._decide_by_hand(copy, kept, "copy", f"merged from release {gone}", now)
        self._join_again(kept)
        self._c.execute("UPDATE revisions SET release = ? WHERE release = ?", (kept, gone))
        self._c.execute("UPDATE releases SET linked = nullif(?1, id) WHERE linked = ?2", (kept, gone))
        corrections.bury(self._c, gone, kept, now)
        corrections.inherit(self._c, gone, kept, now)
        self._c.execute("DELETE FROM labels WHERE release = ?", (gone,))
        self._c.execute("DELETE FROM entries WHERE release = ?", (gone,))
        self._c.execute("UPDATE gone SET release = ? WHERE release = ?", (kept, gone))
        self._c.execute(
            "INSERT OR REPLACE INTO gone (uid, release, at) SELECT uid, ?, ? FROM releases WHERE id = ?",
            (kept, stamp(now), gone),
        )
        self._c.execute("DELETE FROM releases WHERE id = ?", (gone,))
        self._releases.elect(kept)
        self._releases.changed(kept, before | self._releases.file(kept))
        return kept

    def forget(self, one: int, other: int | None = None) -> set[int]:
        """Forget what was judged of the copies of a release, or between those of two. Returns the releases
        that have these copies, which are to be arranged anew.

        Raises `UsageError` where nothing was judged.
        """
        owner = "(SELECT release FROM copies WHERE source = source_{0} AND key = key_{0})"
        a, b = owner.format("a"), owner.format("b")
        which = (
            f"{a} = ?1 OR {b} = ?1"
            if other is None
            else f"({a} = ?1 AND {b} = ?2) OR ({a} = ?2 AND {b} = ?1)"
        )
        asked = (one,) if other is None else (one, other)
        pairs = self._c.execute(f"SELECT {a}, {b} FROM overrules WHERE {which}", asked).fetchall()  # noqa: S608 - ours
        if not pairs:
            whom = f"release {one}" if other is None else f"releases {one} and {other}"
            raise UsageError(
                f"nothing was decided by hand about {whom}; `aggregator review --decided` lists what was"
            )
        self._c.execute(f"DELETE FROM overrules WHERE {which}", asked)  # noqa: S608 - ours
        return {one} | {release for pair in pairs for release in pair if release is not None}

    def _join_again(self, release: int) -> None:
        """What was parted by hand before and is merged now is no longer to be kept apart."""
        self._c.execute(
            "DELETE FROM overrules WHERE verdict = 'never'"
            " AND (source_a, key_a) IN (SELECT source, key FROM copies WHERE release = ?1)"
            " AND (source_b, key_b) IN (SELECT source, key FROM copies WHERE release = ?1)",
            (release,),
        )

    def overrule(self, verdict: str, a: tuple[str, str], b: tuple[str, str], now: datetime) -> None:
        """Remember an operator's judgement (``same`` or ``never``) of two copies, by (source, key)."""
        first, second = sorted((a, b))
        self._c.execute(
            "INSERT OR REPLACE INTO overrules (verdict, source_a, key_a, source_b, key_b, at) VALUES (?,?,?,?,?,?)",
            (verdict, *first, *second, stamp(now)),
        )

    def _decide_by_hand(self, copy: int, release: int, relation: str, detail: str, now: datetime) -> None:
        evidence = json.dumps([["operator", detail]], ensure_ascii=False)
        self._c.execute(
            "INSERT INTO decisions (at, copy, release, relation, candidate, evidence, decided_by) VALUES (?,?,?,?,?,?,?)",
            (stamp(now), copy, release, relation, None, evidence, "operator"),
        )
