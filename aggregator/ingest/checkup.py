"""How a source is doing after a poll: what the poll gave, held against what it usually gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from aggregator.health import Facts, Poll, Sample, Standing, assess
from aggregator.ingest.haul import Haul, is_local
from aggregator.model import Problem, Source
from aggregator.store import Store, followed, health, held

STATUS = "status"
"""The feed of what changed in the sources' health. No label: no release is in it."""

HINTS = frozenset({"recipe", "moved", "overrun"})
"""Problems that concern the source as a whole while it can be read."""

NEWS = frozenset({"new", "update", "series"})
"""Relations that make an entry of their own."""


def check_up(
    store: Store,
    haul: Haul,
    counts: Mapping[str, int],
    failed: Sequence[Problem],
    next_due: datetime | None,
) -> bool:
    """Assess a source and store its standing. True where there is something to tell.

    `failed` are the problems of a poll that gave nothing, the decisive one among them.
    """
    c, source = store.db.conn, haul.source.id
    known = health.standing(c, source)
    news = sum(counts.get(relation, 0) for relation in NEWS)
    days = health.days(c, source, news=news > 0)
    if haul.pushed and (failed or known.failures or known.phase != "loaded"):
        # What a hub sends says nothing of whether the source can be polled, nor of its list.
        health.save(c, source, known, days)
        return False
    failed = failed or _list_failed(haul)
    first = known.phase != "loaded" or haul.backfill > 0
    failure = next((p for p in failed if p.reason not in ("repaired", *HINTS)), None)
    told = HINTS - {"overrun"} if haul.closed else HINTS  # nothing is missing: no trouble of the source
    hints = tuple(p for p in haul.harvest.problems if p.reason in told)
    sample = None if failed else _sample(haul, 0 if first else news, counts.get("remapped", 0))
    facts = _facts(store, haul.source, days, next_due)
    poll = Poll(haul.finished, failure or (failed[0] if failed else None), hints, sample)
    now, event = assess(source, poll, known, facts)
    if not failed:
        waits = first and followed.untried(c, source) > 0
        came = known.phase or counts or haul.items
        now = replace(now, phase="loading" if waits else "loaded" if came else "")
    if now != known or news:
        health.save(c, source, now, days)
    if event is not None:
        health.tell(c, source, haul.source.title or source, event)
    return event is not None


def _list_failed(haul: Haul) -> Sequence[Problem]:
    """Why the list could not be read, where pages that it led to before could: its poll is no failure then."""
    broken = _broken(haul)
    if not broken or haul.items:
        return ()
    places = haul.harvest.documents
    return [p for p in haul.harvest.problems if p.where in broken or places.get(p.where) in broken]


def _broken(haul: Haul) -> set[str]:
    """The lists that were not read to their end."""
    return haul.harvest.failed & {d.place for d in haul.lists}


def _sample(haul: Haul, news: int, moved: int) -> Sample | None:
    """What the list gave; None where it was not read as a whole."""
    pieces = any(page.part for page in haul.followed)
    if not haul.lists or pieces or _broken(haul) or is_local(haul.source):
        return None
    have = haul.filled
    return Sample(
        at=haul.finished, items=len(haul.items), dated=have.get("date", 0), titled=have.get("title", 0),
        texts=have.get("text", 0), news=news, moved=moved,
    )  # fmt: skip


def after_release(store: Store, of: Source, published: int, now: datetime) -> bool:
    """What was held was released or dropped: the operator knows, and what he published is usual from now on."""
    c, source = store.db.conn, of.id
    known: Standing = health.standing(c, source)
    if known.samples and published:
        last = known.samples[-1]
        known = replace(known, samples=(*known.samples[:-1], replace(last, news=last.news + published)))
    days = health.days(c, source, news=published > 0)
    if known.failures:  # it cannot be read at the moment: its next poll says more
        health.save(c, source, known, days)
        return False
    facts = _facts(store, of, days)
    standing, event = assess(source, Poll(now), known, facts)
    health.save(c, source, standing, days)
    if event is not None:
        health.tell(c, source, of.title or source, event)
    return event is not None


def _facts(store: Store, source: Source, days: Sequence[date], next_due: datetime | None = None) -> Facts:
    """What the store knows. A folder that is filled by hand has no rhythm: it is never silent."""
    rhythm = () if source.adapter == "text" else tuple(days)
    return Facts(rhythm, held.count(store.db.conn, source.id), next_due)
