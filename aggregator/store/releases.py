"""Carrying a verdict out: releases with their copies, revisions and labels.

What a subscriber sees is decided here in three places, and nowhere else: `Releases.elect` (which copy is
shown), `shown_dates` (which dates are shown) and `_significant` (what moves ``updated``).
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator import codec
from aggregator.codec import Packed
from aggregator.model import Copy, Filing, Fingerprint, SourceRole, Verdict
from aggregator.store import corrections, linking
from aggregator.store.candidates import records, versions
from aggregator.store.database import moment, stamp
from aggregator.store.feeds import FeedRegistry
from aggregator.store.learning import Learning
from aggregator.store.moving import rekey
from aggregator.store.rereading import Rereading, differing

NAMESPACE = uuid.UUID("6f1b1f0c-3f0e-5d0a-9a39-7f0d6f2b2c11")
"""Entry ids are UUIDs of the first copy's source and key: the same arrivals in a new store mint the
same ids. They are stored, and never computed again for a release that has one."""

BACKFILL = timedelta(hours=48)
"""A text older than this when it is first seen is no news: it keeps its own date as ``updated``."""

AHEAD = timedelta(hours=1)
"""A claimed date further ahead of its first sight than this would pin the entry to the top (T-01)."""


_COLUMNS = (
    "url", "canonical_url", "language", "title", "title_key", "published", "issuer", "kind", "words", "body_hash",
    "draft_digest", "changed",
)  # fmt: skip
_COPIES = ("copy", "excerpt")
"""Relations of a copy that shows the text which it was matched to."""
_INSERTED = ("release", "source", "key", "relation", "leader", "first_seen", *_COLUMNS)
_INSERT_COPY = f"INSERT INTO copies ({', '.join(_INSERTED)}) VALUES ({', '.join(':' + c for c in _INSERTED)})"  # noqa: S608
_SET = ", ".join(f"{c} = :{c}" for c in _COLUMNS if c != "changed")
_UPDATE_COPY = f"UPDATE copies SET {_SET}, changed = coalesce(:changed, changed) WHERE id = :id"  # noqa: S608


# The later ones of its series may name it.
_FORGET_LATER = """
    DELETE FROM entries WHERE release IN (SELECT s.id FROM releases r JOIN releases s
        ON s.series = r.series AND s.series != '' AND s.published >= r.published WHERE r.id = ?)"""


class Releases:
    """The tables of releases and copies. Expects an open transaction for whatever writes."""

    def __init__(self, connection: sqlite3.Connection, feeds: FeedRegistry, learning: Learning) -> None:
        self._c = connection
        self._feeds, self._learning = feeds, learning
        self.kinds: Mapping[str, str] = {}
        """Titles of the kinds' feeds, by label."""

    def apply(self, item: Packed, verdict: Verdict, now: datetime, by: str) -> frozenset[str]:
        """Carry a verdict out and record it. Returns the labels whose feeds it changes."""
        match verdict.relation:
            case "unchanged":
                assert verdict.candidate is not None
                self._touch(verdict.candidate, item)
                return frozenset()
            case "revision" | "correction" | "withdrawal" if self._is_own(item, verdict):
                assert verdict.candidate is not None
                assert verdict.release is not None
                copy, release = verdict.candidate, verdict.release
                changed = self._revise(copy, release, item, verdict, now)
            case "copy" | "excerpt" | "translation" | "correction" | "withdrawal" | "revision":
                assert verdict.release is not None
                release = verdict.release
                copy = self._insert_copy(
                    item,
                    release,
                    verdict.relation,
                    now,
                    verdict.candidate if verdict.relation in _COPIES else None,
                )
                changed = self._join(release, item, verdict, now)
            case _:
                release, copy = self._insert_release(item, verdict, now)
                changed = self._file_under(
                    release, self._mint_labels(item.labels, item.names, now, item.issuers)
                )
                if verdict.continued_by is not None:
                    linking.link(self._c, verdict.continued_by, release)
                    self.changed(verdict.continued_by, self.labels(verdict.continued_by))
        self.record(copy, release, verdict, now, by)
        self.changed(release, changed)
        return changed

    def changed(self, release: int, labels: Collection[str]) -> None:
        """The release is no longer shown as it was published."""
        self._c.execute("DELETE FROM entries WHERE release = ?", (release,))
        self._c.execute(_FORGET_LATER, (release,))
        self._c.execute(
            "DELETE FROM entries WHERE release IN (SELECT id FROM releases WHERE linked = ?)", (release,)
        )
        self._feeds.mark_dirty(labels)

    # -- the three kinds of arrival ------------------------------------------------------------------

    def _insert_release(self, item: Packed, verdict: Verdict, now: datetime) -> tuple[int, int]:
        shown, updated = shown_dates(item.published, now)
        cursor = self._c.execute(
            "INSERT INTO releases (uid, canonical, first_seen, published, updated, linked) VALUES (?,0,?,?,?,?)",
            (
                self.mint(item.source, item.key),
                stamp(now),
                stamp(shown),
                stamp(updated),
                verdict.release,
            ),
        )
        release = cursor.lastrowid
        assert release is not None
        row = self._insert_copy(item, release, verdict.relation, now)
        self._c.execute("UPDATE releases SET canonical = ? WHERE id = ?", (row, release))
        return release, row

    def _join(self, release: int, item: Packed, verdict: Verdict, now: datetime) -> frozenset[str]:
        """A further copy. Subscribers notice it only if it corrects, withdraws, or is the better copy."""
        before = self.labels(release)
        old = self._c.execute("SELECT canonical FROM releases WHERE id = ?", (release,)).fetchone()[0]
        told = None
        if _significant(verdict):
            told = self._announce(release, verdict, records(self._c, old)[0], item.unpack().copy, now)
        self.elect(release)
        return before | self._filed(release, told)

    def _revise(
        self, row: int, release: int, item: Packed, verdict: Verdict, now: datetime
    ) -> frozenset[str]:
        """This source's own item was edited: keep what it said before, show what it says now."""
        before = self.labels(release)
        old, new = records(self._c, row)[0], item.unpack().copy
        shown = self._c.execute("SELECT canonical FROM releases WHERE id = ?", (release,)).fetchone()[0]
        # What is shown by another copy changes by one that says so: an outlet may only mend a slip of its own.
        significant = _significant(verdict) and (shown == row or "correction" in new.marks)
        self._c.execute(
            "INSERT INTO revisions (copy, release, at, relation, significant, changes, record) VALUES (?,?,?,?,?,?,?)",
            (row, release, stamp(now), verdict.relation, significant,
             json.dumps(_changes(old, new), ensure_ascii=False), codec.encode_copy(old)),
        )  # fmt: skip
        said_before = old if shown == row else records(self._c, shown)[0]
        self._update_copy(row, item, now if _changes(old, new) else None)
        told = self._announce(release, verdict, said_before, new, now) if significant else None
        self.elect(release, redate=False)  # sources touch their dates; a reader's order stays
        return before | self._filed(release, told)

    def _filed(self, release: int, told: datetime | None) -> frozenset[str]:
        """File a release anew, and record of what subscribers were `told` with what it says now."""
        if told is not None:
            corrections.tell(self._c, release, told)
        return self.file(release)

    def reread(self, row: int, item: Packed, digest: bytes) -> Rereading | None:
        """Write what today's rules make of a stored draft; ids, dates of change and matches stay.

        `digest` is that of the draft which was read: a text that a poll has changed since is left
        alone. Returns what differs, or None where nothing does.
        """
        found = self._c.execute(
            "SELECT c.release, t.record, t.filing FROM copies c JOIN texts t ON t.copy = c.id"
            " WHERE c.id = ? AND c.draft_digest = ?",
            (row, digest),
        ).fetchone()
        if found is None:
            return None
        release, record, filing = found
        if record == item.record and filing == item.filing:
            self._learning.write(row, item)  # a store of an earlier version has not learnt yet
            return None
        old, new = (codec.decode_copy(record), codec.decode_filing(filing)), item.unpack()
        before = self.labels(release)
        self._update_copy(row, replace(item, draft_digest=digest))
        self.elect(release, redate=False)
        after = self.file(release)
        self.changed(release, before | after)
        return Rereading(
            release,
            new.copy.title,
            differing(old, (new.copy, new.filing)),
            tuple(sorted(before)),
            tuple(sorted(after)),
        )

    def _announce(
        self, release: int, verdict: Verdict, old: Copy, new: Copy, now: datetime
    ) -> datetime | None:
        """A change that subscribers must hear of: status, what changed, ``updated``. Returns its date, None where
        they know it already.

        Whoever was shown the wrong text hears of it now. Where both came in one poll (a folder of old
        texts), nobody was, and the correction keeps its own date.
        """
        status = "withdrawn" if verdict.relation == "withdrawal" else "corrected"
        first_seen, before = self._c.execute(
            "SELECT first_seen, status FROM releases WHERE id = ?", (release,)
        ).fetchone()
        said, own = corrections.said(old, new), (old.source, old.key) == (new.source, new.key)
        back = own and "withdrawal" in old.marks and "withdrawal" not in new.marks
        if before == "withdrawn" and not back:
            return None  # a correction that comes late does not bring back what was taken back
        known = status == "corrected" and not back and corrections.is_told(self._c, release, said)
        if known or (status == "corrected" and not own and not said):
            if own and said:  # back and forth: no news, but what is said of the text must be true of it
                self._c.execute("UPDATE releases SET changes = ? WHERE id = ?", (_json(said), release))
            return None
        at = now if first_seen < stamp(now) else max(shown_dates(new.published, now))
        self._c.execute(
            "UPDATE releases SET status = ?, changes = ?, updated = max(updated, ?) WHERE id = ?",
            (status, _json(said), stamp(at), release),
        )
        return at

    # -- copies --------------------------------------------------------------------------------------

    def rewrite_source(self, source: str) -> None:
        """A source is called otherwise, or may show more or less: its entries are written anew."""
        mine = "SELECT release FROM copies WHERE source = ?"
        self._c.execute(f"DELETE FROM entries WHERE release IN ({mine})", (source,))  # noqa: S608 - ours
        labels = self._c.execute(f"SELECT DISTINCT label FROM labels WHERE release IN ({mine})", (source,))  # noqa: S608
        self._feeds.mark_dirty([row[0] for row in labels.fetchall()])

    def call(self, row: int, item: Packed) -> None:
        """The text of this copy is the item that its source shows under another key now."""
        self._retire(item)
        rekey(self._c, row, item.key)

    def readdress(self, row: int, release: int, item: Packed) -> frozenset[str]:
        """Take over the address and the draft of a text that says what it said. Returns the labels that show it."""
        old = self._c.execute("SELECT url FROM copies WHERE id = ?", (row,)).fetchone()[0]
        self._update_copy(row, item)
        if old == item.url:
            return frozenset()
        labels = self.labels(release)
        self.changed(release, labels)
        return labels

    def _retire(self, item: Packed) -> None:
        """The source gave this key to another text before: the old copy keeps its place in its release
        and loses the key, since a key says which item of its source a text is now."""
        old = self._c.execute(
            "SELECT id FROM copies WHERE source = ? AND key = ?", (item.source, item.key)
        ).fetchone()
        if old is None:
            return
        rekey(self._c, old[0], f"{item.key}#{old[0]}")

    def _insert_copy(
        self, item: Packed, release: int, relation: str, now: datetime, matched: int | None = None
    ) -> int:
        self._retire(item)
        columns = self._columns(item, now) | {
            "release": release, "source": item.source, "key": item.key, "relation": relation, "first_seen": stamp(now),
            "leader": matched or 0,
        }  # fmt: skip
        row = self._c.execute(_INSERT_COPY, columns).lastrowid
        assert row is not None
        if matched is None:
            self._c.execute("UPDATE copies SET leader = id WHERE id = ?", (row,))
        self._write_texts(row, item)
        return row

    def _update_copy(self, row: int, item: Packed, now: datetime | None = None) -> None:
        """`now` where its source says something else: reading it again is no sign that it heard of a correction."""
        self._c.execute(_UPDATE_COPY, self._columns(item, now) | {"id": row})
        for table in ("sketch", "quotes", "identifiers"):
            self._c.execute(f"DELETE FROM {table} WHERE copy = ?", (row,))  # noqa: S608 - names are ours
        self._write_texts(row, item)
        for before in versions(self._c, row, item.unpack().filing, item.fingerprint):
            self._index(row, before.fingerprint)  # found by what it said, too

    def _columns(self, item: Packed, now: datetime | None) -> dict[str, object]:
        mark = item.fingerprint
        return {
            "url": item.url, "canonical_url": item.canonical_url, "language": item.language, "title": item.title,
            "title_key": mark.title_key, "published": stamp(item.published) if item.published else None,
            "issuer": item.issuer, "kind": item.kind, "words": mark.words, "body_hash": mark.body_hash,
            "draft_digest": item.draft_digest, "changed": stamp(now) if now else None,
        }  # fmt: skip

    def _write_texts(self, row: int, item: Packed) -> None:
        self._c.execute(
            "INSERT OR REPLACE INTO texts (copy, record, filing, fingerprint, draft) VALUES (?,?,?,?,?)",
            (row, item.record, item.filing, item.mark, item.draft),
        )
        self._index(row, item.fingerprint)
        self._learning.write(row, item)
        strong = [(scheme, value, row) for scheme, value in item.identifiers]
        self._c.executemany("INSERT OR IGNORE INTO identifiers VALUES (?,?,?)", strong)

    def _index(self, row: int, mark: Fingerprint) -> None:
        self._c.executemany("INSERT OR IGNORE INTO sketch VALUES (?,?)", [(h, row) for h in mark.sketch])
        self._c.executemany("INSERT OR IGNORE INTO quotes VALUES (?,?)", [(h, row) for h in mark.quotes])

    def _touch(self, row: int, item: Packed) -> None:
        self._c.execute("UPDATE copies SET draft_digest = ? WHERE id = ?", (item.draft_digest, row))

    def _is_own(self, item: Packed, verdict: Verdict) -> bool:
        row = self._c.execute("SELECT source, key FROM copies WHERE id = ?", (verdict.candidate,)).fetchone()
        return row is not None and tuple(row) == (item.source, item.key)

    # -- what is shown -------------------------------------------------------------------------------

    def elect(self, release: int, *, redate: bool = True) -> None:
        """Show the best copy; the release's date is the issuer's or a wire's, else the earliest."""
        rows = self._c.execute(
            "SELECT c.id, c.relation, c.published, coalesce(s.role, 'mixed'), c.words, t.record, t.filing"
            " FROM copies c JOIN texts t ON t.copy = c.id LEFT JOIN sources s ON s.id = c.source"
            " WHERE c.release = ? ORDER BY c.id", (release,),
        ).fetchall()  # fmt: skip
        # A source that mended its own text is no worse than one that repeats the correction; the issuer also
        # where the other one was first to tell.
        mended = {
            row
            for (row,) in self._c.execute(
                "SELECT v.copy FROM revisions v JOIN copies c ON c.id = v.copy LEFT JOIN sources s ON s.id = c.source"
                " WHERE v.release = ? AND v.relation = 'correction' AND (v.significant OR s.role = 'issuer')",
                (release,),
            )
        }
        ranked = []
        for row, relation, published, role, count, record, filed in rows:
            copy, filing = codec.decode_copy(record), codec.decode_filing(filed)
            place = rank(copy, filing, role, "correction" if row in mended else relation, count)
            ranked.append((place, row, role, copy.source_line, published))
        self._c.execute("UPDATE releases SET canonical = ? WHERE id = ?", (min(ranked)[1], release))
        if redate:
            self._redate(
                release, [(role, line, published) for _, _, role, line, published in ranked if published]
            )

    def _redate(self, release: int, dated: list[tuple[str, str, str]]) -> None:
        own = [p for role, line, p in dated if role in ("issuer", "wire") or (role == "mixed" and not line)]
        dates = own or [p for *_, p in dated]
        first_seen = moment(
            self._c.execute("SELECT first_seen FROM releases WHERE id=?", (release,)).fetchone()[0]
        )
        shown, _ = shown_dates(moment(min(dates)) if dates else None, first_seen)
        self._c.execute(
            "UPDATE releases SET published = ?, updated = max(updated, ?) WHERE id = ?",
            (stamp(shown), stamp(shown), release),
        )

    def file(self, release: int) -> frozenset[str]:
        """File a release under the labels of the copy that is shown; its issuer may come from another."""
        canonical, first_seen = self._c.execute(
            "SELECT canonical, first_seen FROM releases WHERE id = ?", (release,)
        ).fetchone()
        others = self._c.execute(
            "SELECT id FROM copies WHERE release = ? ORDER BY id != ?, source, key", (release, canonical)
        )
        labels: frozenset[str] = frozenset()
        for (row,) in others.fetchall():
            filing = records(self._c, row)[1]
            minted = self._mint_labels(
                filing.labels, codec.company_names(filing), moment(first_seen), codec.unminted_issuers(filing)
            )
            companies = {label for label in minted if label.startswith("company/")}
            labels |= minted if row == canonical else companies
            if any(label.startswith("company/") for label in labels):
                break
        return self._file_under(release, labels)

    def _mint_labels(
        self, labels: Collection[str], names: Mapping[str, str], now: datetime, issuers: Mapping[str, str]
    ) -> frozenset[str]:
        minted = self._feeds.mint(labels, {**self.kinds, **names}, now)
        return minted | self._feeds.existing(issuers)

    def _file_under(self, release: int, labels: frozenset[str]) -> frozenset[str]:
        self._c.execute("DELETE FROM labels WHERE release = ?", (release,))
        self._write_labels(release, labels)
        return labels

    def _write_labels(self, release: int, labels: frozenset[str]) -> None:
        self._c.executemany(
            "INSERT INTO labels (label, published, release, withdrawn)"
            " SELECT ?, published, id, CASE status WHEN 'withdrawn' THEN updated ELSE '' END FROM releases WHERE id = ?",
            [(label, release) for label in sorted(labels)],
        )

    def labels(self, release: int) -> frozenset[str]:
        return frozenset(
            r[0] for r in self._c.execute("SELECT label FROM labels WHERE release = ?", (release,))
        )

    # -- ids and records -----------------------------------------------------------------------------

    def mint(self, source: str, key: str) -> str:
        n = 0
        while True:
            uid = entry_id(source, key, n)
            if self._c.execute("SELECT 1 FROM releases WHERE uid = ?", (uid,)).fetchone() is None:
                return uid
            n += 1  # the source gave this key to another release before

    def record(self, copy: int, release: int, verdict: Verdict, now: datetime, by: str) -> None:
        evidence = json.dumps([[e.rule, e.detail] for e in verdict.evidence], ensure_ascii=False)
        self._c.execute(
            "INSERT INTO decisions (at, copy, release, relation, candidate, evidence, decided_by) VALUES (?,?,?,?,?,?,?)",
            (stamp(now), copy, release, verdict.relation, verdict.candidate, evidence, by),
        )
        for other in verdict.review:
            pair = (min(copy, other), max(copy, other), stamp(now))
            self._c.execute("INSERT OR IGNORE INTO reviews (copy, other, at) VALUES (?,?,?)", pair)


def entry_id(source: str, key: str, again: int = 0) -> str:
    """The Atom id that is made of a release's first copy; `again` counts the releases that had it before."""
    base = f"{source}\n{key}"
    return uuid.uuid5(NAMESPACE, f"{base}\n{again}" if again else base).urn


def _significant(verdict: Verdict) -> bool:
    """What moves ``updated``: a correction or a withdrawal. Copies and quiet edits never do."""
    return verdict.relation in ("correction", "withdrawal")


def shown_dates(published: datetime | None, seen: datetime) -> tuple[datetime, datetime]:
    """(shown date, ``updated``) of a text first seen at `seen`."""
    shown = min(published or seen, seen + AHEAD)
    return shown, shown if shown < seen - BACKFILL else max(shown, seen)


def rank(copy: Copy, filing: Filing, role: SourceRole, relation: str, words: int) -> tuple[object, ...]:
    """Sort key, smallest is shown: a corrected text first, a teaser last, then `matching.rank`."""
    mending = relation in ("correction", "withdrawal") or "correction" in copy.marks
    from aggregator import matching

    return not mending, relation == "excerpt", *matching.rank(copy, filing, role, words)


def _json(said: Collection[str]) -> str:
    return json.dumps(list(said), ensure_ascii=False)


def _changes(old: Copy, new: Copy) -> tuple[str, ...]:
    from aggregator.matching import changes  # not for a poll without news

    return changes(old, new)
