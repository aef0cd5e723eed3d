"""Deciding and storing what was gathered, in one short write transaction."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.codec import Packed
from aggregator.harvest import Harvest
from aggregator.ingest.following import spoilt
from aggregator.ingest.haul import Haul, Report, is_local
from aggregator.model import SAME_RELEASE, Evidence, Problem, Source, Verdict
from aggregator.store import Store
from aggregator.store.feeds import ALL

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=24)


class StoppedError(BaseException):
    """The program ends in the middle of a settling. Not an `Exception`, so that it costs no item: all
    is taken back, and polled again at the next start."""


def settle(
    store: Store,
    hauls: Sequence[Haul],
    every: Callable[[Source], float],
    stopped: threading.Event | None = None,
) -> list[Report]:
    """Decide and store what was gathered: all hauls in one transaction, each of which can fail alone.

    `every` gives the seconds between two polls of a source. Raises `StoppedError` when `stopped` is
    set meanwhile.
    """
    with store.settling():
        return [_settle_one(store, haul, every(haul.source), stopped or threading.Event()) for haul in hauls]


def _settle_one(store: Store, haul: Haul, every: float, stopped: threading.Event) -> Report:
    try:
        with store.part():
            return _settle(store, haul, every, stopped)
    except sqlite3.OperationalError:
        raise  # the disk or the lock: everybody's trouble
    except Exception as error:
        # A bug met by one source's data may not take the others' polls with it; it is loud in the log.
        log.exception("settling %s failed", haul.source.id)
        haul.failure = Problem("internal", f"{type(error).__name__}: {error}", haul.source.id)
        haul.harvest, haul.fetched, haul.read = Harvest(), [], set()
        haul.followed, haul.lists = [], []  # what was read is not stored: the pages are asked for again
        return _settle(store, haul, every, stopped)


def _settle(store: Store, haul: Haul, every: float, stopped: threading.Event) -> Report:
    source, now = haul.source, haul.finished
    counts: dict[str, int] = {"unchanged": haul.harvest.unchanged} if haul.harvest.unchanged else {}
    changed: set[str] = set()
    if haul.by_hand:
        store.introduce(source, now)
    refused = _refuse(store, haul)
    for packed in haul.harvest.prepared:
        if stopped.is_set():
            raise StoppedError
        relation = _settle_item(store, packed, now, haul, changed)
        counts[relation] = counts.get(relation, 0) + 1
        if relation == "failed" and (url := haul.pages.get(packed.key)):
            haul.followed = [spoilt(p, now) if p.url == url else p for p in haul.followed]
    _remember(store, haul)
    problems = (haul.failure, *haul.harvest.problems) if haul.failure else tuple(haul.harvest.problems)
    failed = haul.failure or _nothing_readable(haul)
    if refused and not failed:
        counts["refused"] = refused
    outcome = "failed" if failed else "ok" if counts else "unchanged"
    next_due = when_next(haul, every, store.failures(source.id) + 1 if outcome == "failed" else 0)
    seconds = (haul.finished - haul.started).total_seconds()
    store.record_poll(
        source.id,
        at=now,
        seconds=seconds,
        outcome=outcome,
        counts=counts,
        problems=problems,
        next_due=None if haul.by_hand else next_due,
    )
    return Report(source.id, outcome, counts, problems, frozenset(changed), seconds, next_due)


def _refuse(store: Store, haul: Haul) -> int:
    """Note what is kept out of the store, so that it counts until it is mended or gone. How much is new."""
    source, harvest = haul.source, haul.harvest
    found = {p.where or source.id: p for p in harvest.problems if p.reason not in NO_REFUSALS}
    documents = harvest.documents
    if haul.failure is None and not haul.by_hand:
        store.forget_refused(source.id, _gone(source, store.refused_documents(source.id), haul.read))
    pairs = [(documents.get(place, place), problem) for place, problem in found.items()]
    store.note_refused(source.id, haul.read, pairs, haul.finished)
    return len(pairs)


NO_REFUSALS = ("repaired", "truncated")
"""Problems that keep nothing out of the store: a text that was mended, a document that ended early."""


def _gone(source: Source, refused: Collection[str], read: Collection[str]) -> list[str]:
    """The refused documents of which nothing is left: files that were taken away or are readable under
    their key again."""
    if not refused or not is_local(source):
        return []
    root = Path(source.url)
    base = root if root.is_dir() else root.parent
    paths = {(base / key).as_posix() for key in read}
    return [key for key in refused if key in paths or not os.path.lexists(base / key)]


def _settle_item(store: Store, packed: Packed, now: datetime, haul: Haul, changed: set[str]) -> str:
    """Decide and store one copy. One that meets a bug costs itself, and is asked for again."""
    try:
        with store.part():
            verdict = judge(packed, store)
            labels = store.apply(packed, verdict, now)
            if verdict.relation != "unchanged":
                changed |= {*labels, ALL}  # a release without any label is in the feed of everything
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
    retry = {p.where for p in harvest.problems if p.reason in ("internal", "missing_extra")}
    again = harvest.failed if retry or not is_local(haul.source) else set()
    store.remember_documents(haul.source.id, [d for d in haul.fetched if d[0] not in again], haul.finished)
    store.forget_documents(haul.source.id, again)
    whole = haul.lists and not haul.failure and not harvest.failed & {d.place for d in haul.lists}
    parts = [p.url for p in haul.followed if p.part] if whole else None
    store.remember_pages(haul.source.id, haul.followed, parts)
    store.keep_bodies(haul.source.id, haul.lists)


def _nothing_readable(haul: Haul) -> bool:
    """A document came and nothing of it could be used: 200 with a block page is no success."""
    harvest = haul.harvest
    lists = harvest.failed - {p.url for p in haul.followed if not p.part}  # one page is not its list
    return bool(lists) and not harvest.prepared and not harvest.unchanged and not is_local(haul.source)


def judge(packed: Packed, store: Store) -> Verdict:
    """The verdict of `matching.decide`, after what the operator decided himself."""
    candidates = store.candidates(packed)
    partners = store.overrules.partners(packed.source, packed.key)
    if not candidates and not partners:
        return NOTHING_LIKE_IT
    own = next((c for c in candidates if (c.copy.source, c.copy.key) == (packed.source, packed.key)), None)
    parted = {release for verdict, _, release in partners if verdict == "never"}
    same = next(((copy, release) for verdict, copy, release in partners if verdict == "same"), None)
    if same is not None and own is None:
        evidence = Evidence("operator.merge", f"merged by hand with copy {same[0]}")
        return Verdict("copy", same[1], same[0], (evidence,), again=tuple({same[1], *parted}))
    from aggregator import matching  # not for a poll without news

    parted.discard(own.release if own else -1)
    others = [c for c in candidates if c.release not in parted]
    verdict = matching.decide(packed.unpack(), others, store.role(packed.source))
    return verdict if own or not parted else _parted(verdict, parted)


def _parted(verdict: Verdict, parted: set[int]) -> Verdict:
    """Which of two copies that are kept apart goes with a release does not depend on who came first."""
    joined = {verdict.release} if verdict.relation in SAME_RELEASE and verdict.release else set()
    return replace(verdict, again=tuple(sorted({*verdict.again, *parted, *joined})))


NOTHING_LIKE_IT = Verdict("new", None, None, (Evidence("match.none", "nothing stored is like it"),))


def when_next(haul: Haul, every: float, failures: int) -> datetime:
    """When to poll again: after `every` seconds or up to a tenth less, so that sources spread out;
    after failures twice as long each time, never less than the server asked for, a day at most."""
    wait = every * 2 ** min(max(failures - 1, 0), 10)
    if haul.retry_after:
        wait = max(wait, haul.retry_after)
    if failures:
        wait = min(wait, LONGEST_WAIT.total_seconds())
    spread = zlib.crc32(f"{haul.source.id} {haul.finished:%j}".encode()) / 2**32
    return haul.finished + timedelta(seconds=wait * (1 - spread / 10))
