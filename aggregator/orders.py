"""What an operator asks of the data: carried out in his own process, or by the service that is at work on them.

An order is a JSON object, ``{"do": "split", "copy": 31}``; what comes of it is one too, so that either process can
carry it out and the other one can tell of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from aggregator.app import App, clock
from aggregator.errors import UsageError
from aggregator.ingest import Report
from aggregator.model import Problem, Source
from aggregator.publish import PublishReport
from aggregator.store import Rereading, Store

Order = Mapping[str, Any]
Poll = Callable[[Sequence[Source], int], Awaitable[list[Report]]]
"""Polls these sources, with so many further pages of their lists."""


async def carry_out(app: App, order: Order, poll: Poll | None = None) -> dict[str, Any]:
    """Do what is ordered, but for publishing; what came of it. `poll` takes the place of `App.poll`, for whoever polls
    besides. Raises `UsageError` for what cannot be done."""
    match order.get("do"):
        case "poll":
            sources, backfill = await _polled(app, order["sources"]), int(order["backfill"])
            reports = await (poll(sources, backfill) if poll else app.poll(sources, backfill=backfill))
            return {"reports": [told(r) for r in reports]}
        case "release":
            return {"reports": [told(await app.release(_source(app, order["source"]), drop=order["drop"]))]}
        case "reprocess":
            found = await app.reprocess(since=order["since"], dry_run=order["dry_run"])
            return {"found": [asdict(r) for r in found]}
        case "publish":
            return {}
        case "split" | "merge" | "never" | "undo":
            return {"number": await app.in_store(lambda: _overrule(app.store, order))}
    raise UsageError(f"{order.get('do')!r} is no order that this version knows; nothing was changed")


async def _polled(app: App, ids: Sequence[str] | None) -> list[Source]:
    """The sources of these ids; without ids all that are not paused and not gone."""
    if ids is not None:
        return [_source(app, id) for id in ids]
    gone = await app.in_store(app.store.retired)
    return [s for s in app.settings.sources if not s.paused and s.id not in gone]


def _source(app: App, id: str) -> Source:
    source = next((s for s in app.settings.sources if s.id == id), None)
    if source is None:
        raise UsageError(f"no source {id!r} in the configuration that is in use; nothing was changed")
    return source


def _overrule(store: Store, order: Order) -> int:
    """Overrule a decision; the row of the release that it concerns."""
    now = clock()
    with store.settling():
        match order["do"]:
            case "split":
                return store.overrules.split(order["copy"], now)
            case "merge":
                return store.overrules.merge(order["release"], order["other"], now)
            case "never":
                return store.overrules.never(order["release"], order["other"], now)
        store.arranging.again(store.overrules.forget(order["release"], order["other"]), now)
        return int(order["release"])


# -- what came of it, as JSON ------------------------------------------------------------------------------


def told(report: Report) -> dict[str, Any]:
    """A report as JSON; `report` reads it."""
    return asdict(report) | {
        "counts": dict(report.counts),
        "changed": sorted(report.changed),
        "next_due": report.next_due.isoformat(),
    }


def report(said: Mapping[str, Any]) -> Report:
    """What `told` wrote."""
    problems = tuple(Problem(**p) for p in said["problems"])
    due = datetime.fromisoformat(said["next_due"])
    return Report(**{**said, "problems": problems, "changed": frozenset(said["changed"]), "next_due": due})


def rereading(said: Mapping[str, Any]) -> Rereading:
    """A `Rereading` from JSON."""
    lists = {name: tuple(said[name]) for name in ("parts", "before", "after")}
    return Rereading(said["release"], said["title"], **lists)


def published(said: Mapping[str, Any]) -> PublishReport:
    """A `PublishReport` from JSON."""
    problems = tuple(Problem(**p) for p in said["problems"])
    return PublishReport(tuple(said["written"]), said["unchanged"], tuple(said["removed"]), problems)
