"""How what is stored is shown to subscribers: in which language, and how much of a series. The operator's choice.

Nothing of it is stored or matched by: another choice shows the same releases otherwise, under the same ids.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator.model import Continued, Earlier, SeriesMode
from aggregator.store.candidates import records
from aggregator.store.database import moment, stamp
from aggregator.store.releases import rank

_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f]*\d)?")
NAMED = 20
"""Earlier releases that the newest of a series names at most."""


@dataclass(frozen=True, slots=True)
class View:
    """The operator's choice; without one every release is shown in its original language."""

    languages: tuple[str, ...] = ()
    """Languages that are preferred to the original, best first."""
    series: SeriesMode = "show"
    series_days: int = 35
    """Days between two releases of a series within which the later one stands for the earlier one."""
    feeds: Mapping[str, SeriesMode] = field(default_factory=dict)
    """Feeds, by label, that do otherwise with series."""
    read_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Feeds, by label, that prefer other languages."""

    @property
    def folds(self) -> bool:
        """Whether there is a feed in which one release stands for others."""
        return "fold" in (self.series, *self.feeds.values())

    def mode(self, *labels: str) -> SeriesMode:
        """What the feed of these labels (its own, or that which it goes on for) does with series."""
        return next((self.feeds[label] for label in labels if label in self.feeds), self.series)

    def preferred(self, *labels: str) -> tuple[str, ...]:
        """The languages that the feed of these labels prefers."""
        return next((self.read_in[label] for label in labels if label in self.read_in), self.languages)


ORIGINALS = View()

Row = tuple[int, str, str, str]
"""Release, its date, series and status."""


def kept(rows: Iterable[Row], mode: SeriesMode, days: int) -> Iterator[int]:
    """The releases that a feed shows of these, which come newest first.

    Folded, a release is left out where the next one of its series came within `days`; a withdrawn one stands for
    no other.
    """
    newer: dict[str, datetime] = {}
    for release, published, series, status in rows:
        if not series or mode == "show":
            yield release
        elif mode == "fold":
            at = moment(published)
            follower = newer.get(series)
            if follower is None or follower - at > timedelta(days=days):
                yield release
            if status != "withdrawn":
                newer[series] = at


def earlier(c: sqlite3.Connection, release: int, days: int) -> tuple[Earlier, ...]:
    """What a release of a series stands for, the newest first.

    Only what was known when it came: its entry must not change because an older one is found later.
    """
    row = c.execute("SELECT series, published, first_seen FROM releases WHERE id = ?", (release,)).fetchone()
    series, published, first_seen = row
    since = stamp(moment(published) - timedelta(days=days))
    found = c.execute(
        "SELECT k.title, k.url, s.published FROM releases s JOIN copies k ON k.id = s.canonical"
        " WHERE s.series = :series AND s.series != '' AND s.published >= :since AND s.first_seen <= :seen"
        " AND (s.published, s.id) < (:published, :id) AND s.status != 'withdrawn'"
        " ORDER BY s.published DESC, s.id DESC LIMIT :most",
        {
            "series": series,
            "since": since,
            "seen": first_seen,
            "published": published,
            "id": release,
            "most": NAMED,
        },
    )
    return tuple(Earlier(title, url, moment(at)) for title, url, at in found)


def continued(c: sqlite3.Connection, release: int) -> Continued | None:
    """The release that one is linked to, as an update or a follow-up."""
    row = c.execute(
        "SELECT e.id, e.uid, e.first_seen <= r.first_seen AND e.status != 'withdrawn', k.title, k.url, e.published"
        " FROM releases r JOIN releases e ON e.id = r.linked JOIN copies k ON k.id = e.canonical WHERE r.id = ?",
        (release,),
    ).fetchone()
    if row is None:
        return None
    earlier, uid, known, title, url, published = row
    return Continued(earlier, uid, Earlier(title, url, moment(published)) if known else None)


def editions(c: sqlite3.Connection, rows: Sequence[int], languages: Sequence[str]) -> dict[int, int]:
    """By release the copy in a preferred language that is shown instead of the canonical one, where there is one.

    It must be a whole text (half as many words at least) and no machine's translation. Where the release was
    corrected or withdrawn it must be as new as that and not have the number that was wrong: an uncorrected translation
    is worse than a foreign language.
    """
    if not languages:
        return {}
    better: dict[int, list[tuple[int, tuple[object, ...], int]]] = {}
    found = c.execute(
        "SELECT k.release, k.id, k.language, o.language, coalesce(s.role, 'mixed'), k.relation, k.words, r.changes"
        " FROM releases r JOIN copies o ON o.id = r.canonical JOIN copies k ON k.release = r.id"
        " LEFT JOIN sources s ON s.id = k.source WHERE r.id IN (SELECT value FROM json_each(?))"
        " AND k.language != o.language AND k.words * 2 >= o.words AND (r.status = 'current' OR k.changed >= r.updated)",
        (json.dumps(list(rows)),),
    ).fetchall()
    for release, row, language, original, role, relation, words, changes in found:
        place = _place(language, languages)
        if place >= _place(original, languages):
            continue
        copy, filing = records(c, row)
        if "machine_translation" not in copy.marks and not _uncorrected(copy.body, json.loads(changes)):
            better.setdefault(release, []).append((place, rank(copy, filing, role, relation, words), row))
    return {release: min(ranked)[2] for release, ranked in better.items()}


def _uncorrected(text: str, changes: Iterable[str]) -> bool:
    """Whether a translation has a number that a correction replaced (`matching.changes`), and not the one it became."""
    numbers = _numbers(text)
    for change in changes:
        old, _, new = map(_numbers, change.partition("→"))
        if (old - new) & numbers and not new - old <= numbers:
            return True
    return False


def _numbers(text: str) -> set[str]:
    """The digits of each number: languages part thousands and decimals otherwise."""
    return {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}


def _place(language: str, languages: Sequence[str]) -> int:
    base = language.partition("-")[0]
    return languages.index(base) if base in languages else len(languages)
