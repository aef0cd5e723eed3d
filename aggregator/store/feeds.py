"""Which feeds there are: a label is minted once with its title and never moves to anybody else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from aggregator.model import Company, Topic
from aggregator.store.database import stamp
from aggregator.text import digest, words

ALL = "all"


def identity(name: str) -> str:
    """Names that are spelt alike are one company: ``WILO SE`` = ``Wilo  SE`` = ``Wilo-SE``."""
    return " ".join(words(name.replace("-", " ")))


class FeedRegistry:
    """The table of labels. Expects an open transaction for whatever writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._c = connection
        self._dirty: set[str] = set()

    def sync(
        self, companies: Sequence[Company], topics: Sequence[Topic], titles: Mapping[str, str], now: datetime
    ) -> None:
        """Give every configured company and topic its feed, so that one can subscribe in advance.

        `titles` names ``all`` and the kinds; a kind has a feed once there is a release of it.
        """
        wanted = {f"company/{c.id}": c.name for c in companies} | {f"topic/{t.id}": t.title for t in topics}
        self._c.executemany(
            "UPDATE feeds SET title = ?1, identity = ?2, dirty = 1 WHERE label = ?3 AND title != ?1",
            [(title, identity(title), label) for label, title in titles.items()],
        )
        labels = json.dumps(list(wanted))
        self._c.execute(
            "UPDATE feeds SET configured = 0, dirty = 1 WHERE configured = 1 AND label != ?"
            " AND label NOT IN (SELECT value FROM json_each(?))", (ALL, labels),
        )  # fmt: skip
        for label, title in ((ALL, titles.get(ALL, "All releases")), *wanted.items()):
            self._c.execute(
                "INSERT INTO feeds (label, title, identity, configured, minted_at) VALUES (?,?,?,1,?)"
                " ON CONFLICT (label) DO UPDATE SET title = excluded.title, identity = excluded.identity,"
                " configured = 1, dirty = dirty OR title != excluded.title",
                (label, title, identity(title), stamp(now)),
            )
        self._sync_aliases(companies)

    def _sync_aliases(self, companies: Sequence[Company]) -> None:
        """A feed minted for a name goes on when that name is configured later: its address stays."""
        names = {identity(n): f"company/{c.id}" for c in companies for n in (c.name, *c.aliases)}
        rows = self._c.execute(
            "SELECT label, identity, alias_of FROM feeds WHERE label LIKE 'company/%' AND configured = 0"
        )
        for label, spelt, alias_of in rows.fetchall():
            target = names.get(spelt, "")
            if target != alias_of and target != label:
                self._c.execute("UPDATE feeds SET alias_of = ?, dirty = 1 WHERE label = ?", (target, label))

    def mint(self, labels: Collection[str], names: Mapping[str, str], now: datetime) -> frozenset[str]:
        """These labels, each with a feed of its name. A taken slug gets a suffix, never another's feed."""
        return frozenset(self._mint(label, names.get(label, ""), now) for label in labels)

    def existing(self, names: Mapping[str, str]) -> frozenset[str]:
        """Those labels that have a feed of this name already. An issuer whose evidence is too weak to
        found a feed still belongs into the one that a declared release of it founded."""
        rows = {
            label: self._c.execute("SELECT identity FROM feeds WHERE label = ?", (label,)).fetchone()
            for label in names
        }
        return frozenset(label for label, row in rows.items() if row and row[0] == identity(names[label]))

    def _mint(self, label: str, name: str, now: datetime) -> str:
        spelt = identity(name)
        row = self._c.execute("SELECT identity FROM feeds WHERE label = ?", (label,)).fetchone()
        if row is None:
            title = name or label.partition("/")[2]
            self._c.execute(
                "INSERT INTO feeds (label, title, identity, configured, minted_at) VALUES (?,?,?,0,?)",
                (label, title, spelt, stamp(now)),
            )
        elif name and label.startswith("company/") and row[0] != spelt:
            return self._mint(f"{label}-{digest(spelt.encode()).hex()[:6]}", name, now)
        return label

    def mark_dirty(self, labels: Collection[str]) -> None:
        """These feeds show something else now. Written by `flush`, once for a whole settling."""
        self._dirty.update(labels, (ALL,))

    def flush(self) -> None:
        """Write down which feeds are dirty, aliases included."""
        if self._dirty:
            wanted = json.dumps(sorted(self._dirty))
            self._c.execute(
                "UPDATE feeds SET dirty = 1 WHERE dirty = 0 AND (label IN (SELECT value FROM json_each(?1))"
                " OR alias_of IN (SELECT value FROM json_each(?1)))",
                (wanted,),
            )
        self._dirty.clear()

    def forget(self) -> None:
        """A settling was taken back."""
        self._dirty.clear()
