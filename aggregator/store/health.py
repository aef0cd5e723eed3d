"""The health of the sources: what their polls usually give, the state of each, and what changed when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from aggregator import health
from aggregator.health import Sample, Standing, Told
from aggregator.store.database import moment, stamp

_COPIES = 500
"""Latest copies of a source that its days and its pace are read from."""


def standing(c: sqlite3.Connection, source: str) -> Standing:
    """What is known of a source; of one never assessed that it is well."""
    row = c.execute(
        "SELECT state, since, evidence, content, content_evidence, announced, failures, samples, phase FROM health"
        " WHERE source = ?",
        (source,),
    ).fetchone()
    if row is None:
        return Standing()
    state, since, evidence, content, said, announced, failures, samples, phase = row
    return Standing(state or "well", moment(since) if since else None, evidence, content, said, announced, failures,
                    tuple(Sample(moment(at), *rest) for at, *rest in json.loads(samples)), phase)  # fmt: skip


def save(c: sqlite3.Connection, source: str, now: Standing, days: Sequence[date]) -> None:
    samples = [[stamp(s.at), s.items, s.dated, s.titled, s.texts, s.news, s.moved] for s in now.samples]
    c.execute(
        "INSERT OR REPLACE INTO health (source, state, since, evidence, content, content_evidence, announced,"
        " failures, samples, days, phase) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (source, now.state, stamp(now.since) if now.since else "", now.evidence[:1000], now.content,
         now.content_evidence[:1000], now.announced, now.failures, json.dumps(samples, separators=(",", ":")),
         " ".join(d.isoformat() for d in days), now.phase),
    )  # fmt: skip


def tell(c: sqlite3.Connection, source: str, title: str, event: health.Event) -> None:
    """Record a change of state, with what the source is called now: an event is never edited."""
    c.execute(
        "INSERT INTO health_events (source, title, at, before, after, evidence, remedy) VALUES (?,?,?,?,?,?,?)",
        (source, title, stamp(event.at), event.before, event.after, event.evidence[:1000], event.remedy),
    )


def forget(c: sqlite3.Connection, source: str) -> None:
    """The source is read otherwise from now on: what its polls gave before says nothing any more.

    What was announced stays, so that its recovery is told; so do the days of its releases.
    """
    c.execute(
        "UPDATE health SET state = '', evidence = '', content = 'well', content_evidence = '', failures = 0,"
        " samples = '[]', phase = '' WHERE source = ?",
        (source,),
    )


def days(c: sqlite3.Connection, source: str, *, news: bool) -> list[date]:
    """The days on which a source had releases, the newest last; looked up anew where it has `news`."""
    row = c.execute("SELECT days FROM health WHERE source = ?", (source,)).fetchone()
    known = {date.fromisoformat(day) for day in row[0].split()} if row else set()
    if news or row is None:
        found = c.execute(
            "SELECT DISTINCT substr(d, 1, 10) FROM (SELECT coalesce(published, first_seen) AS d FROM copies"
            " WHERE source = ? ORDER BY id DESC LIMIT ?)",
            (source, _COPIES),
        )
        known |= {date.fromisoformat(day) for (day,) in found}
    return sorted(known)[-health.KEPT_DAYS :]


def moments(c: sqlite3.Connection, source: str, limit: int = 50) -> list[datetime]:
    """The dates of a source's latest releases, as far as they have one."""
    rows = c.execute(
        "SELECT published FROM copies WHERE source = ? ORDER BY id DESC LIMIT ?", (source, limit)
    )
    return [moment(published) for (published,) in rows if published]


def states(c: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """By source ``{"health","since","evidence","usual"}``; sources never assessed are missing."""
    found = {}
    query = "SELECT source, state, since, evidence, samples, days FROM health WHERE state != ''"
    for source, state, since, evidence, samples, days in c.execute(query):
        known = [Sample(moment(at), *rest) for at, *rest in json.loads(samples)]
        usual = health.contract(known, [date.fromisoformat(day) for day in days.split()])
        found[source] = {"health": state, "since": since or None, "evidence": evidence, "usual": usual}
    return found


def overview(c: sqlite3.Connection) -> list[dict[str, Any]]:
    """The polled sources with their states, without anything that is not for everybody: no address, no path."""
    rows = c.execute(
        "SELECT s.id, s.title, coalesce(nullif(h.state, ''), CASE WHEN s.failures THEN 'failing' WHEN s.last_success"
        " IS NULL THEN 'not polled' ELSE 'well' END), h.since, coalesce(h.evidence, ''), s.last_success, s.last_new,"
        " s.next_due, s.reason FROM sources s LEFT JOIN health h ON h.source = s.id WHERE s.active = 1 ORDER BY s.id"
    )
    return [
        {"id": id, "title": title, "state": state, "since": since or None, "evidence": evidence,
         "remedy": health.remedy(state, id, reason), "last_success": success, "last_new": news, "next_due": due}
        for id, title, state, since, evidence, success, news, due, reason in rows
    ]  # fmt: skip


def events(c: sqlite3.Connection, limit: int) -> list[Told]:
    """The latest changes of state, the newest first."""
    rows = c.execute(
        "SELECT source, title, at, before, after, evidence, remedy FROM health_events"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [
        Told(source, title, health.Event(moment(at), before, after, evidence, remedy))
        for source, title, at, before, after, evidence, remedy in rows
    ]


def latest_event(c: sqlite3.Connection) -> int:
    """Number of the last change of state; 0 where there was none."""
    return int(c.execute("SELECT coalesce(max(id), 0) FROM health_events").fetchone()[0])
