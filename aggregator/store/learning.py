"""What the store learns: lines that a site repeats, and how companies describe themselves.

Each copy leaves the hashes of the passages that may be such (`reading.learnt.passages`). At the end of
a settling, those that now stand in enough *different* releases are `repeated`. Releases that begin
alike (a series, the same release at three addresses) are one here, or their bodies would be eaten.

Everything is derived from the copies as they are, so that neither the order in which texts came nor an
edit that was taken back makes a difference. Expects an open transaction for whatever writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from aggregator.codec import Packed
from aggregator.likeness import NEAR, mark, resemblance
from aggregator.model import Learnt
from aggregator.store.candidates import records
from aggregator.text import fold

ENOUGH = 3
"""Different releases that have to show a line or a paragraph."""

ALIKE = 0.5
"""From this share of common first words on two texts are of one template. Different releases of one
company share about 0.15, members of a series 0.6 and more."""

MOST_COMPANIES = 1000
"""Companies whose boilerplates are handed over with one poll: a wire shows many."""


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    text: str
    pages: int
    """Copies of the source that show it, or showed it before it was left out."""


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a company's boilerplate."""

    text: str
    first_seen: str
    """Date of the first release with it, as the database holds times; `last_seen` likewise."""
    last_seen: str
    releases: int


_TOUCHED = """
    SELECT p.owner, p.hash, count(*), r.hash IS NOT NULL
    FROM (SELECT DISTINCT json_extract(value, '$[0]') AS owner, json_extract(value, '$[1]') AS hash FROM json_each(?)) t
    CROSS JOIN passages p ON p.owner = t.owner AND p.hash = t.hash
    LEFT JOIN repeated r ON r.owner = p.owner AND r.hash = p.hash
    GROUP BY p.owner, p.hash ORDER BY p.owner, p.hash"""
_LINES = """
    SELECT r.text, count(*), min(p.least) FROM repeated r JOIN passages p ON p.owner = r.owner AND p.hash = r.hash
    WHERE r.owner = ? GROUP BY r.hash ORDER BY count(*) DESC, r.text"""
_COMPANIES = """
    SELECT substr(r.owner, 9), r.words FROM (SELECT DISTINCT issuer FROM copies WHERE source = ? AND issuer != '' LIMIT ?) i
    CROSS JOIN repeated r ON r.owner = 'company/' || i.issuer ORDER BY r.owner, r.hash"""
_VERSIONS = """
    SELECT p.hash, p.words, min(coalesce(c.published, c.first_seen)), max(coalesce(c.published, c.first_seen)),
           count(DISTINCT c.release), min(c.id)
    FROM passages p JOIN copies c ON c.id = p.copy WHERE p.owner = ? GROUP BY p.hash ORDER BY 3, 4, p.hash"""


class Learning:
    """The tables ``passages``, ``openings`` and ``repeated``, for the writer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._c = connection
        self._came: set[tuple[str, int]] = set()
        self._went: set[tuple[str, int]] = set()

    def write(self, copy: int, item: Packed) -> None:
        """Note the passages of a copy in place of those that it had."""
        rows = {(owner, hash): rest for owner, hash, *rest in _rows(item)}
        before = set(self._c.execute("SELECT owner, hash FROM passages WHERE copy = ?", (copy,)))
        self._went |= before - rows.keys()
        self._came |= rows.keys() - before
        gone = [(*key, copy) for key in before - rows.keys()]
        self._c.executemany("DELETE FROM passages WHERE owner = ? AND hash = ? AND copy = ?", gone)
        self._c.executemany(
            "INSERT OR REPLACE INTO passages (owner, hash, copy, least, words) VALUES (?,?,?,?,?)",
            [(*key, copy, *rest) for key, rest in rows.items()],
        )
        if rows:
            self._open(copy, item.passages.opening, rows)

    def _open(self, copy: int, opening: bytes, rows: Collection[tuple[str, int]]) -> None:
        """Note how the copy begins; where it began otherwise, its passages may be no repetition any more."""
        before = self._c.execute("SELECT words FROM openings WHERE copy = ?", (copy,)).fetchone()
        if before is None or before[0] != opening:
            self._c.execute("INSERT OR REPLACE INTO openings VALUES (?,?)", (copy, opening))
        if before is not None and before[0] != opening:
            self._went.update(rows)

    def flush(self) -> None:
        """Decide anew on the passages that came and went in this settling."""
        if not self._came and not self._went:
            return
        touched = json.dumps(sorted(self._came | self._went))
        found = self._c.execute(_TOUCHED, (touched,)).fetchall()
        gone = self._went - {(owner, hash) for owner, hash, *_ in found}
        for owner, hash, copies, known in found:
            if known and (owner, hash) not in self._went:
                continue  # one more copy of what is repeated anyway
            if copies >= ENOUGH and self._differ(owner, hash):
                self._learn(owner, hash)
            elif known:
                gone.add((owner, hash))
        self._c.executemany("DELETE FROM repeated WHERE owner = ? AND hash = ?", sorted(gone))
        self.forget()

    def forget(self) -> None:
        self._came, self._went = set(), set()

    def _differ(self, owner: str, hash: int) -> bool:
        """Whether enough releases with this passage begin differently."""
        openings = self._c.execute(
            "SELECT DISTINCT o.words FROM passages p JOIN openings o ON o.copy = p.copy"
            " WHERE p.owner = ? AND p.hash = ? ORDER BY o.words",
            (owner, hash),
        )
        different: list[bytes] = []
        for (words,) in openings:
            if all(resemblance(words, other) < ALIKE for other in different):
                different.append(words)
                if len(different) >= ENOUGH:
                    return True
        return False

    def _learn(self, owner: str, hash: int) -> None:
        copy, words = self._c.execute(
            "SELECT copy, words FROM passages WHERE owner = ? AND hash = ? LIMIT 1", (owner, hash)
        ).fetchone()
        self._c.execute(
            "INSERT OR REPLACE INTO repeated (owner, hash, text, words) VALUES (?,?,?,?)",
            (owner, hash, _text(self._c, copy, hash), words),
        )

    def of(self, source: str) -> Learnt:
        """What is to be known before a text of this source is read."""
        boilerplates: dict[str, list[bytes]] = defaultdict(list)
        for company, words in self._c.execute(_COMPANIES, (source, MOST_COMPANIES)):
            boilerplates[company].append(words)
        lines = frozenset(fold(line.text) for line in repeated_lines(self._c, source))
        return Learnt(lines, {company: tuple(found) for company, found in boilerplates.items()})


def _rows(item: Packed) -> Iterator[tuple[str, int, int, bytes]]:
    for hash, least in item.passages.lines:
        yield f"source/{item.source}", hash, least, b""
    for hash, words in item.passages.paragraphs:
        yield f"company/{item.issuer}", hash, 0, words


def _text(connection: sqlite3.Connection, copy: int, hash: int) -> str:
    """A passage as its copy has it."""
    blocks = records(connection, copy)[0].blocks
    return next((b.text for b in blocks if mark(b.text) == hash), "")


def repeated_lines(connection: sqlite3.Connection, source: str) -> list[RepeatedLine]:
    """The lines that are left out of a source's texts, those of the most pages first."""
    pages = connection.execute("SELECT count(*) FROM copies WHERE source = ?", (source,)).fetchone()[0]
    rows = connection.execute(_LINES, (f"source/{source}",))
    return [RepeatedLine(text, shown) for text, shown, least in rows if shown * 100 >= least * pages]


def boilerplates(connection: sqlite3.Connection, company: str) -> list[list[Version]]:
    """A company's learnt boilerplates, each as its versions, the oldest first."""
    owner = f"company/{company}"
    learnt = connection.execute(
        "SELECT words FROM repeated WHERE owner = ? ORDER BY hash", (owner,)
    ).fetchall()
    found = [
        row for row in connection.execute(_VERSIONS, (owner,)) if _is_near(row[1], (w for (w,) in learnt))
    ]
    groups: list[list[tuple[bytes, Version]]] = []
    for hash, words, first, last, releases, copy in found:
        near = [g for g in groups if _is_near(words, (other for other, _ in g))]
        version = Version(_text(connection, copy, hash), first, last, releases)
        groups = [g for g in groups if g not in near]
        groups.append([*(pair for g in near for pair in g), (words, version)])
    ordered = (sorted((v for _, v in g), key=lambda v: (v.first_seen, v.last_seen, v.text)) for g in groups)
    return sorted(ordered, key=lambda versions: (versions[0].first_seen, versions[0].text))


def _is_near(words: bytes, others: Iterable[bytes]) -> bool:
    return any(resemblance(words, other) >= NEAR for other in others)
