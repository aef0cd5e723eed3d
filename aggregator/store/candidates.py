"""Which stored copies could be the same release: a handful found by indexes, never all pairs.

Each look-up answers one kind of sameness; `matching.decide` weighs what they bring up. The cost of one more
copy does not grow with the store: every query walks an index in its order and stops after a fixed number of
rows. Where more rows answer (a template's word groups, a title such as "Press release"), the nearest or
newest are taken, and what few texts share counts for more than what many share.

Symmetric: what brings up `b` for `a` brings up `a` for `b`, so that no order of arrival loses a pair.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator import codec
from aggregator.codec import Packed
from aggregator.model import Candidate, Copy, Filing, Fingerprint, Version
from aggregator.store.database import stamp

WINDOW = timedelta(days=45)
"""How far apart a reprint or a translation may lie (domain finding: they lag by weeks)."""

SHARED = 3
"""Sampled shingles that two texts must share to be compared; fewer where one of them is short."""
SHORT = 80
"""Words below which a text has so few shingles that one shared one counts."""

POSTINGS = 64
"""Copies looked at for one shingle or quotation, the newest first: a template's have thousands."""
RARE = 1 / 16
"""Rarity (one over the number of copies) from which one shared shingle is worth a look."""
NEAR = 8
"""Copies looked at on each side of a day for one title, or leading texts for one issuer and language."""
ROWS = 12
"""Copies looked at for one address, number of a wire or body."""

TEXTS = 24
"""Copies that lead a text, handed to the decision at most, best supported first: a release that a hundred
places show counts once and does not hide the others."""
FOLLOWERS = 48
"""Copies of these texts that are handed over too, because a better text may draw them to itself."""
VERSIONS = 3
"""Of what a copy said before, so many of the last texts are compared too, beside the first."""


def find(connection: sqlite3.Connection, item: Packed) -> list[Candidate]:
    """Stored copies worth comparing, each with the copy that leads its text, best supported first."""
    reasons: dict[int, list[str]] = defaultdict(list)
    support: dict[int, float] = defaultdict(float)
    for reason, rows in _lookups(connection, item):
        for row, weight in rows:
            if reason not in reasons[row]:
                reasons[row].append(reason)
                support[row] += weight
    return _chosen(connection, reasons, support) if reasons else []


Rows = Iterable[tuple[int, float]]


def _lookups(c: sqlite3.Connection, item: Packed) -> Iterator[tuple[str, Rows]]:
    mark = item.fingerprint
    yield "key", _rows(c, "source = ? AND key = ?", (item.source, item.key), 100.0)
    if item.canonical_url:
        yield "url", _rows(c, "canonical_url = ? AND canonical_url != ''", (item.canonical_url,), 2.0)
    for identifier in item.identifiers:
        query = "SELECT copy FROM identifiers WHERE scheme = ? AND value = ? ORDER BY copy DESC LIMIT ?"
        yield "identifier", [(row, 2.0) for (row,) in c.execute(query, (*identifier, ROWS))]
    if mark.words:
        yield "body", _rows(c, "body_hash = ?", (mark.body_hash,), 2.0)
    if mark.title_key:
        yield "title", _near(c, "title_key = ?", (mark.title_key,), item.published)
    yield "shingles", _sharing(c, item)
    yield "quotes", [(row, 1.0) for row in _postings(c, "quotes", mark.quotes)[0]]
    if item.issuer and item.published is not None:
        yield "issuer", _abroad(c, item)


def _rows(c: sqlite3.Connection, where: str, values: tuple[object, ...], weight: float) -> Rows:
    query = f"SELECT id FROM copies WHERE {where} ORDER BY id DESC LIMIT {ROWS}"  # noqa: S608 - ours
    return [(row, weight) for (row,) in c.execute(query, values)]


def _near(c: sqlite3.Connection, where: str, values: tuple[object, ...], day: datetime | None) -> Rows:
    """The copies nearest to a day, and some without one; all where the day is not known."""
    found = list(_rows(c, f"{where} AND published IS NULL", values, 1.0))
    if day is None:
        return found + list(_rows(c, where, values, 1.0))
    low, high, here = stamp(day - WINDOW), stamp(day + WINDOW), stamp(day)
    for bounds, edges, order in (
        ("published >= ? AND published <= ?", (here, high), ""),
        ("published >= ? AND published < ?", (low, here), " DESC"),
    ):
        query = f"SELECT id FROM copies WHERE {where} AND {bounds} ORDER BY published{order} LIMIT {NEAR}"  # noqa: S608
        found += [(row, 1.0) for (row,) in c.execute(query, (*values, *edges))]
    return found


def _abroad(c: sqlite3.Connection, item: Packed) -> Rows:
    """What the same issuer said in other languages around that day, by the texts that lead."""
    found: list[tuple[int, float]] = []
    language = ""
    next_one = (
        "SELECT min(language) FROM copies WHERE issuer = ? AND issuer != '' AND id = leader AND language > ?"
    )
    while (language := c.execute(next_one, (item.issuer, language)).fetchone()[0]) is not None:
        if language != item.language:
            where = "issuer = ? AND issuer != '' AND id = leader AND language = ?"
            found += _near(c, where, (item.issuer, language), item.published)
    return found


@dataclass
class _Shared:
    """What one stored copy shares with the incoming one."""

    hashes: int = 0
    rarity: float = 0.0
    """Sum of one over the number of copies that have each of them."""


def _postings(c: sqlite3.Connection, table: str, hashes: Iterable[int]) -> tuple[dict[int, _Shared], bool]:
    """Copies that share these hashes, and whether some hashes have more copies than are looked at."""
    found: dict[int, _Shared] = defaultdict(_Shared)
    query = f"SELECT copy FROM {table} WHERE hash = ? ORDER BY copy DESC LIMIT {POSTINGS}"  # noqa: S608 - ours
    cut = False
    for value in hashes:
        rows = c.execute(query, (value,)).fetchall()
        common = len(rows) == POSTINGS
        cut = cut or common
        for (row,) in rows:
            shared = found[row]
            shared.hashes += 1
            shared.rarity += 0.1 / POSTINGS if common else 1 / len(rows)
    return found, cut


def _sharing(c: sqlite3.Connection, item: Packed) -> Rows:
    """Copies that share enough shingles, the rarest and most first."""
    sketch = item.fingerprint.sketch
    found, cut = _postings(c, "sketch", sketch)
    enough = SHARED if item.fingerprint.words >= SHORT else min(SHARED, max(1, len(sketch) // 3))
    ranked = sorted(found, key=lambda row: (-found[row].rarity, -found[row].hashes, -row))
    # Of what a template's older members share only the rare part is seen.
    many = {row for row in ranked if found[row].hashes >= enough or (cut and found[row].rarity >= RARE)}
    few = [row for row in ranked if row not in many][: 4 * POSTINGS]
    short = f"SELECT id FROM copies WHERE words < {SHORT} AND id IN (SELECT value FROM json_each(?))"  # noqa: S608
    if few:
        many |= {row for (row,) in c.execute(short, (json.dumps(few),))}
    return [(row, found[row].rarity + found[row].hashes / 100) for row in ranked if row in many]


_COPIES = """
    SELECT c.id, c.release, c.id = r.canonical, c.id = c.leader, coalesce(s.role, 'mixed'),
        t.record, t.filing, t.fingerprint
    FROM copies c JOIN texts t ON t.copy = c.id JOIN releases r ON r.id = c.release
        LEFT JOIN sources s ON s.id = c.source
    WHERE """
_CANDIDATES = _COPIES + "c.id IN (SELECT value FROM json_each(:rows))"  # noqa: S608 - ours


def _chosen(
    c: sqlite3.Connection, reasons: dict[int, list[str]], support: dict[int, float]
) -> list[Candidate]:
    ranked = sorted(reasons, key=lambda row: (-support[row], -row))[: TEXTS * POSTINGS]
    query = "SELECT id, leader, words FROM copies WHERE id IN (SELECT value FROM json_each(?))"
    known = {row: (leader, words) for row, leader, words in c.execute(query, (json.dumps(ranked),))}
    leaders = list(dict.fromkeys(known[row][0] for row in ranked))[:TEXTS]
    # Of what follows a leader, that of which the largest part is shared: a teaser, an excerpt.
    followers = [row for row in ranked if known[row][0] in leaders and row not in leaders]
    followers.sort(key=lambda row: (-support[row] / (40 + known[row][1]), row))
    chosen = {*leaders, *followers[:FOLLOWERS]}
    found = load(c, _CANDIDATES, {"rows": json.dumps(sorted(chosen))})
    order = {row: n for n, row in enumerate(ranked)}
    return [
        replace(f, reasons=tuple(reasons.get(f.copy_id, ())))
        for f in sorted(found, key=lambda f: (order.get(f.copy_id, len(order)), f.copy_id))
    ]


def load(c: sqlite3.Connection, query: str, values: dict[str, object]) -> list[Candidate]:
    """The copies that a query names, by rows as in `_COPIES`."""
    rows = c.execute(query, values).fetchall()
    edited = {row for (row,) in c.execute(_EDITED, (json.dumps([row[0] for row in rows]),))}
    return [_candidate(c, row, row[0] in edited) for row in rows]


def _candidate(c: sqlite3.Connection, row: sqlite3.Row, edited: bool) -> Candidate:
    copy_id, release, shown, leads, role, record, filed, marks = row
    filing, mark = codec.decode_filing(filed), codec.decode_fingerprint(marks)
    return Candidate(
        release=release, copy_id=copy_id, canonical=bool(shown), leader=bool(leads), role=role,
        copy=codec.decode_copy(record), filing=filing, fingerprint=mark,
        earlier=versions(c, copy_id, filing, mark) if edited else (),
    )  # fmt: skip


def members(c: sqlite3.Connection, releases: Iterable[int]) -> list[Candidate]:
    """All copies of these releases."""
    return load(c, _MEMBERS, {"releases": str(sorted(releases))})


_MEMBERS = _COPIES + "c.release IN (SELECT value FROM json_each(:releases)) ORDER BY c.id"  # noqa: S608 - ours


_EDITED = """
    SELECT j.value FROM json_each(?) j WHERE EXISTS (
        SELECT 1 FROM revisions WHERE copy = j.value AND changes != '[]')"""
_EARLIER = """
    SELECT record FROM revisions WHERE id IN (
        SELECT min(id) FROM revisions WHERE copy = :copy AND changes != '[]'
        UNION SELECT id FROM (SELECT id FROM revisions WHERE copy = :copy AND changes != '[]' ORDER BY id DESC LIMIT :most))
    ORDER BY id"""


def versions(c: sqlite3.Connection, copy_id: int, filing: Filing, mark: Fingerprint) -> tuple[Version, ...]:
    """What a copy said before it was edited: the first of its texts and the last `VERSIONS`, each once.

    `mark` is the fingerprint of what it says now. A teaser or an empty page that the text took the place of is none.
    """
    found: dict[str, Version] = {}
    for (record,) in c.execute(_EARLIER, {"copy": copy_id, "most": VERSIONS}).fetchall():
        from aggregator import matching  # not for a text without a past

        copy = codec.decode_copy(record)
        before = matching.fingerprint(copy)
        if before.body_hash != mark.body_hash and before.words * 2 >= mark.words:
            found.setdefault(before.body_hash, Version(copy, filing, before))
    return tuple(found.values())


def records(c: sqlite3.Connection, copy_id: int) -> tuple[Copy, Filing]:
    """What a stored copy says and is filed under."""
    record, filing = c.execute("SELECT record, filing FROM texts WHERE copy = ?", (copy_id,)).fetchone()
    return codec.decode_copy(record), codec.decode_filing(filing)


def fingerprint(c: sqlite3.Connection, copy_id: int) -> Fingerprint:
    return codec.decode_fingerprint(
        c.execute("SELECT fingerprint FROM texts WHERE copy = ?", (copy_id,)).fetchone()[0]
    )
