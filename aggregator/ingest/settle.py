"""Deciding and storing what was gathered, in one short write transaction."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.codec import Packed
from aggregator.harvest import Harvest
from aggregator.ingest import moving
from aggregator.ingest.admission import admitted, moved, note_moved, settle_moved
from aggregator.ingest.checkup import STATUS, check_up
from aggregator.ingest.following import spoilt
from aggregator.ingest.haul import RETRIED, Haul, Report, is_lasting, is_local
from aggregator.ingest.judging import judge
from aggregator.ingest.schedule import note_overrun, reschedule, told_backfill
from aggregator.model import Problem, Source, Verdict
from aggregator.rhythm import Plan
from aggregator.store import Store
from aggregator.store.feeds import ALL

log = logging.getLogger(__name__)


class StoppedError(BaseException):
    """The program ends in the middle of a settling. Not an `Exception`, so that it costs no item: all
    is taken back, and polled again at the next start."""


def settle(
    store: Store,
    hauls: Sequence[Haul],
    plan: Callable[[Source], Plan],
    stopped: threading.Event | None = None,
) -> list[Report]:
    """Decide and store what was gathered: all hauls in one transaction, each of which can fail alone.

    `plan` says what the settings say of when a source is polled. Raises `StoppedError` when `stopped` is
    set meanwhile.
    """
    with store.settling():
        return [_settle_one(store, haul, plan(haul.source), stopped or threading.Event()) for haul in hauls]


def _settle_one(store: Store, haul: Haul, plan: Plan, stopped: threading.Event) -> Report:
    if not haul.by_hand and store.is_read_otherwise(haul.source):
        # Its settings were changed meanwhile: what came by the old ones says nothing of the source. It is due still.
        return Report(haul.source.id, "unchanged", {}, (), frozenset(), 0.0, haul.finished)
    try:
        with store.part():
            return _settle(store, haul, plan, stopped)
    except sqlite3.OperationalError:
        raise  # the disk or the lock: everybody's trouble
    except Exception as error:
        # A bug met by one source's data may not take the others' polls with it; it is loud in the log.
        log.exception("settling %s failed", haul.source.id)
        haul.failure = Problem("internal", f"{type(error).__name__}: {error}", haul.source.id)
        haul.harvest, haul.fetched, haul.read = Harvest(), [], set()
        haul.followed, haul.lists = [], []  # what was read is not stored: the pages are asked for again
    try:
        with store.part():
            return _settle(store, haul, plan, stopped)
    except sqlite3.OperationalError:
        raise
    except Exception:
        log.exception("noting the failure of %s failed", haul.source.id)
        return _only_noted(store, haul, plan)


def _only_noted(store: Store, haul: Haul, plan: Plan) -> Report:
    """The least that has to be stored of a poll that met a bug: that it failed, and a time for the next."""
    problems = (haul.failure,) if haul.failure else ()
    due = haul.finished + timedelta(seconds=max(plan.every, plan.least))
    seconds = (haul.finished - haul.started).total_seconds()
    store.record_poll(haul.source.id, at=haul.finished, seconds=seconds, outcome="failed", counts={}, problems=problems,
                      next_due=None if haul.by_hand else due)  # fmt: skip
    return Report(haul.source.id, "failed", {}, problems, frozenset(), seconds, due)


def _settle(store: Store, haul: Haul, plan: Plan, stopped: threading.Event) -> Report:
    source, now = haul.source, haul.finished
    counts: dict[str, int] = {"unchanged": haul.harvest.unchanged} if haul.harvest.unchanged else {}
    changed: set[str] = set()
    verdicts: dict[str, Verdict] = {}
    if haul.by_hand:
        store.introduce(source, now)
    refused = _refuse(store, haul)
    flowing, held = admitted(store, haul)
    for packed in flowing:
        if stopped.is_set():
            raise StoppedError
        relation = _settle_item(store, packed, now, haul, changed, verdicts)
        counts[relation] = counts.get(relation, 0) + 1
        if relation == "failed" and (url := haul.pages.get(packed.key)):
            haul.followed = [spoilt(p, now) if p.url == url else p for p in haul.followed]
    if held:
        counts["held"] = held
    note_moved(haul, counts)
    _remember(store, haul)
    if (lost := note_overrun(store, haul, verdicts)) is not None:
        haul.harvest.problems.insert(0, lost)
    if (ended := told_backfill(haul)) is not None:
        haul.harvest.problems.insert(0, ended)
    problems = (haul.failure, *haul.harvest.problems) if haul.failure else tuple(haul.harvest.problems)
    failed = haul.failure or _nothing_readable(haul)
    if refused and not failed:
        counts["refused"] = refused
    outcome = "failed" if failed else "ok" if counts else "unchanged"
    if not haul.pushed:  # a push says nothing of where the source is
        haul.harvest.problems += _remember_move(store, haul, failed=bool(failed))  # a hint for the check-up
    failures = store.failures(source.id) + 1 if outcome == "failed" else 0
    next_due = _next_due(store, haul, plan, failures, verdicts, news=bool(counts.get("new")))
    seconds = (haul.finished - haul.started).total_seconds()
    if not haul.by_hand and check_up(store, haul, counts, problems if failed else (), next_due):
        changed.add(STATUS)
    store.record_poll(
        source.id,
        at=now,
        seconds=seconds,
        outcome=outcome,
        counts=counts,
        problems=problems,
        next_due=None if haul.by_hand or haul.pushed else next_due,
    )
    if haul.pushed and counts.get("new"):
        store.note_new(source.id, now)
    return Report(source.id, outcome, counts, problems, frozenset(changed), seconds, next_due)


def _next_due(
    store: Store, haul: Haul, plan: Plan, failures: int, verdicts: dict[str, Verdict], *, news: bool
) -> datetime:
    """When the source is polled next. A push is beside the schedule: a hub that talks much must not keep us from
    looking ourselves."""
    if haul.pushed and (due := store.next_due(haul.source.id)) is not None:
        return due
    if news and not haul.by_hand and not haul.pushed:
        store.subscriptions.missed(haul.source.id)
    return reschedule(store, haul, plan, failures, verdicts).at


def _refuse(store: Store, haul: Haul) -> int:
    """Note what is kept out of the store, so that it counts until it is mended or gone. How much is new."""
    source, harvest = haul.source, haul.harvest
    waiting = {p.url for p in haul.followed if p.tries and p.due}  # asked for again: not kept out yet
    found = {
        p.where or source.id: p
        for p in harvest.problems
        if p.reason not in NO_REFUSALS and (p.where not in waiting or p.reason == "missing_extra")
    }
    documents = harvest.documents
    if haul.failure is None and not haul.by_hand:
        store.forget_refused(source.id, _gone(source, store.refused_documents(source.id), haul.read))
    pairs = [(documents.get(place, place), problem) for place, problem in found.items()]
    store.note_refused(source.id, haul.read, pairs, haul.finished)
    return len(pairs)


COPIES = ("copy", "excerpt", "translation")
NO_REFUSALS = frozenset(
    {"repaired", "truncated", "recipe", "moved", "overrun", "backfill", "remapped", "held", "unknown_type"}
)
"""Problems that keep nothing out of the store: a text that was mended, a document that ended early, what
concerns the source as a whole."""


def _gone(source: Source, refused: Collection[str], read: Collection[str]) -> list[str]:
    """The refused documents of which nothing is left: files that were taken away or are readable under
    their key again."""
    if not refused or not is_local(source):
        return []
    root = Path(source.url)
    base = root if root.is_dir() else root.parent
    paths = {(base / key).as_posix() for key in read}
    return [k for k in refused if k in paths or not (os.path.lexists(base / k) or _is_mail(base, k))]


def _is_mail(base: Path, key: str) -> bool:
    """Whether a key is that of a mail in a mailbox that is still there (`fetch.mailfiles`)."""
    box, sign, _ = key.rpartition("#")
    return bool(sign) and os.path.lexists(base / box)


def _settle_item(
    store: Store, packed: Packed, now: datetime, haul: Haul, changed: set[str], verdicts: dict[str, Verdict]
) -> str:
    """Decide and store one copy. One that meets a bug costs itself, and is asked for again."""
    try:
        with store.part():
            verdict = judge(packed, store)
            verdicts[packed.key] = verdict
            if known := moved(packed, verdict, store, haul):
                return settle_moved(packed, known, store, haul, changed)
            labels = store.apply(packed, verdict, now)
            if verdict.relation != "unchanged":
                changed |= {*labels, ALL}  # a release without any label is in the feed of everything
            if verdict.relation in COPIES and verdict.again and store.is_alone(packed.source, packed.key):
                return "new"  # arranged anew, it is like a part of what it was matched to, and no copy of it
            return verdict.relation
    except sqlite3.OperationalError:
        raise  # the disk or the lock: everybody's trouble
    except Exception as error:
        log.exception("settling %s of %s failed", packed.key, haul.source.id)
        haul.harvest.problems.append(
            Problem("internal", f"{type(error).__name__}: {error}", packed.url or packed.key)
        )
        haul.harvest.failed |= {key for key, _, _ in haul.fetched}
        return "failed"


def _remember(store: Store, haul: Haul) -> None:
    """Keep the validators of what was read to its end. A file that cannot be read will not change by
    being opened again, unless its reader is only not installed yet; a page may."""
    harvest = haul.harvest
    retry = {p.where for p in harvest.problems if p.reason in RETRIED}
    again = harvest.failed if retry or not is_lasting(haul.source) else set()
    store.remember_documents(haul.source.id, [d for d in haul.fetched if d[0] not in again], haul.finished)
    store.forget_documents(haul.source.id, again)
    whole = haul.lists and not haul.failure and not harvest.failed & {d.place for d in haul.lists}
    parts = [p.url for p in haul.followed if p.part] if whole else None
    store.remember_pages(haul.source.id, haul.followed, parts)
    store.keep_bodies(haul.source.id, haul.lists)
    if haul.lists and not haul.failure:
        store.subscriptions.announce(haul.source.id, haul.announced, haul.finished)


def _remember_move(store: Store, haul: Haul, *, failed: bool) -> list[Problem]:
    """Keep where the source went, where this poll says something about it; what there is to tell."""
    if haul.by_hand or is_local(haul.source):
        return []
    move = moving.after(haul.move, haul, failed)
    if move != haul.move:
        store.remember_move(haul.source.id, move)
    return moving.told(move, haul.source)


def _nothing_readable(haul: Haul) -> bool:
    """A document came and nothing of it could be used: 200 with a block page is no success."""
    harvest = haul.harvest
    lists = harvest.failed - {p.url for p in haul.followed if not p.part}  # one page is not its list
    return bool(lists) and not harvest.prepared and not harvest.unchanged and not is_lasting(haul.source)
