"""Releases as subscribers are shown them: which are in a feed, and what each is made of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from aggregator.model import Release, Sighting
from aggregator.store.candidates import records
from aggregator.store.database import moment
from aggregator.store.feeds import ALL
from aggregator.store.view import View, continued, earlier, editions, kept

_UNFOLDED = 20
"""So many releases are looked at for each that a feed shows, where it folds or hides series."""

# The copy that is shown, with its source; `:shown` names another one than the canonical copy where there is a better.
_RELEASES = """
    SELECT r.id, r.uid, r.first_seen, r.published, r.updated, r.status, r.changes, r.series, r.canonical, c.id,
           c.source, coalesce(s.title, ''), coalesce(s.url, ''), coalesce(s.content, 'full')
    FROM releases r JOIN copies c ON c.id = coalesce(
        (SELECT value FROM json_each(:shown) WHERE key = CAST(r.id AS TEXT)), r.canonical)
    LEFT JOIN sources s ON s.id = c.source WHERE r.id IN (SELECT value FROM json_each(:wanted))"""
_SIGHTINGS = """
    SELECT c.release, c.url, c.source, coalesce(nullif(s.title, ''), c.source), c.title, c.language,
           c.relation, c.published
    FROM copies c JOIN releases r ON r.id = c.release LEFT JOIN sources s ON s.id = c.source
    WHERE c.release IN (SELECT value FROM json_each(?)) ORDER BY c.release, c.id != r.canonical, c.id"""


def latest(c: sqlite3.Connection, label: str, limit: int, view: View) -> list[int]:
    """Rows of a label's newest releases by date of publication, newest first, series as its feed shows them."""
    names = names_of(c, label)
    mode = view.mode(*names)
    if mode == "show":
        return _newest(c, names, limit)
    about = c.execute(
        "SELECT id, published, series, status FROM releases WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY published DESC, id DESC",
        (json.dumps(_newest(c, names, limit * _UNFOLDED)),),
    )
    return list(islice(kept(about, mode, view.series_days), limit))


def names_of(c: sqlite3.Connection, label: str) -> tuple[str, ...]:
    """The label of a feed and, where the feed goes on for another one, that one's."""
    alias = c.execute("SELECT alias_of FROM feeds WHERE label = ?", (label,)).fetchone()
    return (label, *filter(None, alias or ()))


def _newest(c: sqlite3.Connection, names: Collection[str], limit: int) -> list[int]:
    """Rows of the newest releases of these labels, newest first."""
    if ALL in names:
        query = "SELECT id FROM releases ORDER BY published DESC, id DESC LIMIT ?"
        return [row for (row,) in c.execute(query, (limit,))]
    found: set[tuple[str, int]] = set()
    query = (
        "SELECT published, release FROM labels WHERE label = ? ORDER BY published DESC, release DESC LIMIT ?"
    )
    for name in names:  # one after the other: both together would be sorted as a whole
        found.update(c.execute(query, (name, limit)))
    return [release for _, release in sorted(found, reverse=True)[:limit]]


def releases(
    c: sqlite3.Connection, rows: Sequence[int], view: View, languages: Sequence[str]
) -> list[Release]:
    """Releases by row, in the order given, each in the best of these languages that there is."""
    found = {release.row: release for release in _load(c, rows, view, languages)} if rows else {}
    return [found[row] for row in rows]


def _load(
    c: sqlite3.Connection, rows: Sequence[int], view: View, languages: Sequence[str]
) -> Iterator[Release]:
    wanted = json.dumps(list(rows))
    sightings, shown = _sightings(c, wanted), editions(c, rows, languages)
    for row in c.execute(_RELEASES, {"wanted": wanted, "shown": json.dumps(shown)}).fetchall():
        copy, filing = records(c, row[9])
        if row[9] != row[8]:
            filing = records(c, row[8])[1]
        yield Release(
            row=row[0], uid=row[1], first_seen=moment(row[2]), published=moment(row[3]), updated=moment(row[4]),
            status=row[5], changes=tuple(json.loads(row[6])), series=row[7], copy=copy, filing=filing,
            source_title=row[11] or row[10], source_url=row[12], content=row[13], sightings=tuple(sightings[row[0]]),
            earlier=earlier(c, row[0], view.series_days) if row[7] and view.folds else (),
            continues=continued(c, row[0]),
        )  # fmt: skip


def _sightings(c: sqlite3.Connection, wanted: str) -> dict[int, list[Sighting]]:
    found: dict[int, list[Sighting]] = {}
    for release, url, source, shown, title, language, relation, published in c.execute(_SIGHTINGS, (wanted,)):
        found.setdefault(release, []).append(
            Sighting(url=url, source=source, source_title=shown, title=title, language=language,
                     relation=relation, published=moment(published) if published else None)
        )  # fmt: skip
    return found
