"""Arranging releases anew when a copy comes that may bridge them, or lead where another one led.

`matching.arrange` says which copies are one release; here it is carried out. An entry's id goes where the
text goes that its readers were shown. Of two entries that turn out to be one release the older one stays;
the younger one leaves the feeds, and its id is kept in ``gone`` beside the release that holds its text now.
A copy that turns out to be no copy of its release gets an entry of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from aggregator import codec
from aggregator.model import SAME_RELEASE, Candidate, Evidence, Prepared, Verdict
from aggregator.store import candidates, corrections, linking
from aggregator.store.database import moment, stamp
from aggregator.store.overrules import Overrules
from aggregator.store.releases import Releases, entry_id, shown_dates

if TYPE_CHECKING:
    from aggregator.matching import Placed

    Groups = Sequence[Sequence[Placed]]

ROUNDS = 4
"""How often releases are drawn in because a copy that lost its leader may belong to them."""
KEPT = ("new", "series", "update")
"""Relations to other releases, which the first text of a release keeps."""


class Arranging:
    """Expects an open transaction."""

    def __init__(self, connection: sqlite3.Connection, releases: Releases, overrules: Overrules) -> None:
        self._c = connection
        self._releases, self._overrules = releases, overrules

    def shown(self, releases: Collection[int]) -> dict[int, int]:
        """The copy that each of these releases is shown by."""
        query = "SELECT id, canonical FROM releases WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._c.execute(query, (json.dumps(sorted(releases)),)).fetchall())

    def arrange(self, source: str, key: str, owners: Mapping[int, int], now: datetime) -> frozenset[str]:
        """Arrange releases anew together with the copy that has just come. Returns the labels whose feeds
        that changes.

        `owners` gives for each release the copy that its entry follows: the one that it was shown by.
        """
        from aggregator import matching  # not for a poll without news

        came, release = self._c.execute(
            "SELECT id, release FROM copies WHERE source = ? AND key = ?", (source, key)
        ).fetchone()
        wide, asked = {release: came, **owners}, {came}
        siblings: dict[int, set[int]] = defaultdict(set)
        for _ in range(ROUNDS):
            copies = candidates.members(self._c, wide)
            groups = matching.arrange(copies, *self._overrules.among(copies))
            moved = self._moved(copies, groups) - asked
            more = self._tied([c for c in copies if c.copy_id in moved], wide, siblings)
            if not more:
                break
            asked |= moved
            wide |= self.shown(more)
        for place in (place for group in groups for place in group):
            siblings[place.copy_id] |= {*place.siblings}
        leaders = {c.copy_id: c.release for c in copies if c.leader}
        series = linking.series_of(self._c, {*leaders.values()})
        labels = self._carry_out(copies, groups, wide, now)
        return labels | self._gather_again(leaders, series) | self._gather(siblings)

    def again(self, releases: Collection[int], now: datetime) -> frozenset[str]:
        """Arrange these releases anew where no copy has come: an operator's judgement was taken back. Each entry
        goes back to the text that it was made for, so that both of two that were merged have their ids again."""
        owners = self.shown(releases)
        query = "SELECT id, source, key FROM copies WHERE release = ?"
        for release in owners:
            uid = self._c.execute("SELECT uid FROM releases WHERE id = ?", (release,)).fetchone()[0]
            for row, source, key in self._c.execute(query, (release,)):
                if entry_id(source, key) == uid:
                    owners[release] = row
        named = "SELECT source, key FROM copies WHERE id = ?"
        source, key = self._c.execute(named, (owners[min(owners)],)).fetchone()
        return self.arrange(source, key, owners, now)

    # -- series --------------------------------------------------------------------------------------

    def gather(self, source: str, key: str, verdict: Verdict) -> frozenset[str]:
        """Make the releases of the copy that has just come and of its siblings one series, once it is known
        which texts lead. Returns the labels whose feeds that changes."""
        siblings = {*verdict.siblings}
        if verdict.relation == "series" and verdict.candidate is not None:
            siblings.add(verdict.candidate)
        if not siblings:
            return frozenset()
        row = self._c.execute("SELECT id FROM copies WHERE source = ? AND key = ?", (source, key)).fetchone()
        return self._gather({row[0]: siblings})

    def _gather(self, siblings: Mapping[int, Collection[int]]) -> frozenset[str]:
        labels: set[str] = set()
        for copy, others in siblings.items():
            for release in linking.gather(self._c, copy, others):
                mine = self._releases.labels(release)
                self._releases.changed(release, mine)
                labels |= mine
        return frozenset(labels)

    def _gather_again(self, leaders: Mapping[int, int], series: Mapping[int, str]) -> frozenset[str]:
        """Ask the members of series anew for their siblings where a release lost a text that led in it, since
        this text alone may have linked it. `leaders` and `series` say what led in which release before, and
        in which series that was."""
        query = "SELECT id, release FROM copies WHERE leader = id AND id IN (SELECT value FROM json_each(?))"
        still = set(self._c.execute(query, (json.dumps([*leaders]),)).fetchall())
        lost = {*leaders.items()} - still
        names = {series[release] for _, release in lost if release in series}
        members = linking.members(self._c, names, [copy for copy, _ in lost])
        labels = {label for release in members for label in self._releases.labels(release)}
        for release in members:
            self._releases.changed(release, labels)  # others of its series may name it
        linking.leave(self._c, members)
        asked = [c for c in candidates.members(self._c, members) if c.leader]
        siblings = {c.copy_id: self._ask(c, {c.release}).siblings for c in asked}
        return frozenset(labels) | self._gather(siblings)

    # -- how far it reaches --------------------------------------------------------------------------

    def _moved(self, copies: Sequence[Candidate], groups: Groups) -> set[int]:
        """Copies that are matched to another text than before, and texts whose release begins with another
        one or has lost one: all that may now belong to a release which is not among these."""
        from aggregator import matching

        rows = json.dumps([c.copy_id for c in copies])
        query = "SELECT id, leader FROM copies WHERE id IN (SELECT value FROM json_each(?))"
        leaders = dict(self._c.execute(query, (rows,)).fetchall())
        first: dict[int, int] = {}
        for copy in sorted(copies, key=lambda c: matching.standing(c, c.role)):
            if copy.leader:
                first.setdefault(copy.release, copy.copy_id)
        release_of = {c.copy_id: c.release for c in copies}
        moved: set[int] = set()
        for group in groups:
            head = group[0].copy_id
            for place in group:
                row, led = place.copy_id, place.copy_id == place.leader
                if leaders[row] != place.leader or (led and first.get(release_of[row]) != head):
                    moved |= {row, first.get(release_of[row], row)}
        return moved

    def _tied(
        self, copies: Sequence[Candidate], known: Collection[int], siblings: dict[int, set[int]]
    ) -> set[int]:
        """Further releases to which these copies may belong. Their siblings there are added to `siblings`."""
        found: set[int] = set()
        for copy in copies:
            verdict = self._ask(copy, known)
            found |= {*verdict.again}
            siblings[copy.copy_id] |= {*verdict.siblings}
            if verdict.relation in SAME_RELEASE and verdict.release is not None:
                found.add(verdict.release)
        return found

    def _ask(self, copy: Candidate, known: Collection[int]) -> Verdict:
        """What a stored copy is to the releases that are not `known`."""
        from aggregator import matching

        item = Prepared(copy.copy, copy.filing, copy.fingerprint, b"", b"")
        others = candidates.find(self._c, codec.pack(item, matching.strong_identifiers(copy.copy)))
        return matching.decide(item, [o for o in others if o.release not in known], copy.role)

    # -- carrying out --------------------------------------------------------------------------------

    def _carry_out(
        self, copies: Sequence[Candidate], groups: Groups, owners: Mapping[int, int], now: datetime
    ) -> frozenset[str]:
        before = {c.copy_id: c for c in copies}
        place_of = {p.copy_id: n for n, group in enumerate(groups) for p in group}
        labels = {label for release in owners for label in self._releases.labels(release)}
        rows: dict[int, int] = {}
        taken_back: list[Placed] = []
        for release in sorted(owners, reverse=True):  # the oldest has the last word
            rows[place_of[owners[release]]] = release
        touched = {release for release in owners if rows[place_of[owners[release]]] != release}
        for n, group in enumerate(groups):
            row = rows.setdefault(n, 0) or self._found(before[group[0].copy_id], now)
            rows[n] = row
            moved = {p: self._place(before[p.copy_id], row, p, now) for p in group}
            touched |= {release for releases in moved.values() for release in releases}
            taken_back += [p for p, releases in moved.items() if releases and p.relation == "withdrawal"]
        for release in sorted(touched & {*rows.values()}):
            self._releases.elect(release)
            labels |= self._releases.file(release)
            self._releases.changed(release, labels)
        for row in {rows[place_of[p.copy_id]] for p in taken_back}:
            corrections.withdraw(self._c, row, now)
        for release in sorted({*owners} - {*rows.values()}):
            self._vanish(release, rows[place_of[owners[release]]], now)
        return frozenset(labels) if touched else frozenset()

    def _found(self, copy: Candidate, now: datetime) -> int:
        """An entry for a copy that is a release of its own after all."""
        shown, updated = shown_dates(copy.copy.published, now)
        row = self._c.execute(
            "INSERT INTO releases (uid, canonical, first_seen, published, updated) VALUES (?,?,?,?,?)",
            (
                self._releases.mint(copy.copy.source, copy.copy.key),
                copy.copy_id,
                stamp(now),
                stamp(shown),
                stamp(updated),
            ),
        ).lastrowid
        assert row is not None
        return row

    def _place(self, copy: Candidate, release: int, place: Placed, now: datetime) -> set[int]:
        """Write where a copy belongs. Returns the releases that it left and joined."""
        relation, leader = self._c.execute(
            "SELECT relation, leader FROM copies WHERE id = ?", (copy.copy_id,)
        ).fetchone()
        told = relation if place.relation == "new" and relation in KEPT else place.relation
        if (copy.release, relation, leader) == (release, told, place.leader):
            return set()
        self._c.execute(
            "UPDATE copies SET release = ?, relation = ?, leader = ? WHERE id = ?",
            (release, told, place.leader, copy.copy_id),
        )
        if (copy.release, relation) != (release, told):
            self._c.execute("UPDATE revisions SET release = ? WHERE copy = ?", (release, copy.copy_id))
            why = place.evidence or (Evidence("match.arranged", "it is the text that others are matched to"),)
            self._releases.record(
                copy.copy_id, release, Verdict(place.relation, release, place.matched, why), now, "rules"
            )
        return {copy.release, release}

    def _vanish(self, old: int, release: int, now: datetime) -> None:
        """The entry of a release whose text another release holds now."""
        uid, first_seen, series = self._c.execute(
            "SELECT uid, first_seen, series FROM releases WHERE id = ?", (old,)
        ).fetchone()
        if moment(first_seen) < now:  # else nobody was ever shown it
            self.gone(uid, old, release, now)
            corrections.bury(self._c, old, release, now)
        corrections.inherit(self._c, old, release, now)
        kept = self._c.execute("SELECT series FROM releases WHERE id = ?", (release,)).fetchone()[0]
        self._c.execute("UPDATE releases SET series = ? WHERE id = ?", (kept or series, release))
        if kept and series:
            linking.unite(self._c, kept, [series])
        self._c.execute("UPDATE releases SET linked = ?1 WHERE linked = ?2 AND id != ?1", (release, old))
        self._c.execute(
            "UPDATE releases SET linked = NULL WHERE linked = ? OR id = ? AND linked = id", (old, release)
        )
        for table in ("labels", "entries"):
            self._c.execute(f"DELETE FROM {table} WHERE release = ?", (old,))  # noqa: S608 - names are ours
        self._c.execute("DELETE FROM releases WHERE id = ?", (old,))

    def gone(self, uid: str, old: int, release: int, now: datetime) -> None:
        self._c.execute("UPDATE gone SET release = ? WHERE release = ?", (release, old))
        self._c.execute(
            "INSERT OR REPLACE INTO gone (uid, release, at) VALUES (?,?,?)", (uid, release, stamp(now))
        )
