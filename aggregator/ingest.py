"""The way in. Read this file first.

    gather:   fetch ─► adapter ─► reading ─► labels        network and processors, no lock held
    settle:   candidates ─► decide ─► store                one short write transaction

`gather` brings home what a source shows; `settle` decides what each text is to what is known and
stores the decisions with their evidence, together with the validators that vouch for them. A poll
that fails half-way therefore asks again for whatever it did not store.

Nothing is ever judged new because of its date: identity is the source's key, then the text.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.codec import Packed
from aggregator.errors import FetchError, ReadError
from aggregator.fetch import Fetcher, Request, Unchanged
from aggregator.fetch.files import walk
from aggregator.harvest import Harvest
from aggregator.model import Document, Evidence, Follow, Learnt, Problem, Source, Verdict
from aggregator.store import DocumentState, Store
from aggregator.store.feeds import ALL
from aggregator.text import digest
from aggregator.workers import Workers

log = logging.getLogger(__name__)

MOST_FOLLOWED = 100
"""Documents that one poll follows links to, at most."""

HANDFUL, HANDFUL_BYTES = 400, 32_000_000
"""Files of a folder that are read at once."""

LONGEST_WAIT = timedelta(hours=24)


Known = Mapping[str, DocumentState]
"""What the store knows of a source's documents before it is polled, by document key."""

Recall = Callable[[str], Awaitable[tuple[Mapping[str, bytes], Learnt]]]
"""Looks up the digests of a source's latest drafts, and what was learnt of it, when there is something to read."""


@dataclass(slots=True)
class Haul:
    """What one poll of one source brought home."""

    source: Source
    started: datetime
    finished: datetime
    harvest: Harvest = field(default_factory=Harvest)
    fetched: list[tuple[str, str, DocumentState]] = field(default_factory=list)
    """(key, url, state) of the documents that came, to be remembered if nothing of them failed."""
    read: set[str] = field(default_factory=set)
    """Keys of the documents that were read."""
    failure: Problem | None = None
    """Why the source could not be polled at all."""
    retry_after: float | None = None
    """Seconds that the server asked to be left alone."""
    by_hand: bool = False
    """Whether somebody ingested it: the source's schedule is left alone."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a poll. ``outcome``: ``ok``, ``unchanged`` or ``failed``."""

    source: str
    outcome: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    changed: frozenset[str]
    """Labels whose feeds changed."""
    seconds: float
    next_due: datetime


# -- gather ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Everything that gathering needs of the world."""

    fetcher: Fetcher
    workers: Workers
    clock: Callable[[], datetime]
    recall: Recall
    settle_seconds: float = 2.0
    """A file younger than this may still be written to, and is left for the next poll."""

    async def gather(self, source: Source, known: Known) -> Haul:
        """Poll one source. Expected failures become part of the haul; nothing is stored."""
        started = self.clock()
        haul = Haul(source, started, started)
        try:
            pages = self._folder(source, known, haul) if is_local(source) else self._page(source, known, haul)
            async for documents in pages:
                await self._read(documents, source, haul)
            await self._follow(source, known, haul)
        except FetchError as error:
            haul.failure = Problem(error.reason, error.detail or error.reason, error.url)
            haul.retry_after = error.retry_after
        except ReadError as error:
            haul.failure = Problem(error.reason, error.detail, source.id)
        except Exception as error:
            log.exception("polling %s failed", source.id)  # a bug: loud, and no other source's trouble
            haul.failure = Problem("internal", f"{type(error).__name__}: {error}", source.id)
        if haul.failure:
            haul.fetched.clear()  # what was not read is asked for again
        haul.finished = self.clock()
        return haul

    async def _read(
        self, documents: Sequence[Document], source: Source, haul: Haul, reader: str = ""
    ) -> None:
        if documents:
            haul.read |= {d.place for d in documents}
            known, learnt = await self.recall(source.id)
            haul.harvest.absorb(await self.workers.harvest(documents, source, known, reader, learnt))

    async def take(self, source: Source, documents: Sequence[Document]) -> Haul:
        """The haul of documents that are at hand already."""
        started = self.clock()
        haul = Haul(source, started, started, by_hand=True)
        await self._read(documents, source, haul)
        haul.finished = self.clock()
        return haul

    async def _page(self, source: Source, known: Known, haul: Haul) -> AsyncIterator[list[Document]]:
        yield await self._fetch(source.url, source, known, haul)

    async def _fetch(self, url: str, source: Source, known: Known, haul: Haul) -> list[Document]:
        """The document at an address, or nothing where it is what it was."""
        before = known.get(url)
        request = Request(
            url=url,
            etag=before.etag if before else "",
            last_modified=before.last_modified if before else "",
            allow_private=source.allow_private,
        )
        answer = await self.fetcher.fetch(request)
        if isinstance(answer, Unchanged):
            return []
        return [answer] if self._is_news(answer, url, before, haul) else []

    def _is_news(self, document: Document, key: str, before: DocumentState | None, haul: Haul) -> bool:
        """Whether its bytes differ from last time; servers without validators send them all again."""
        state = DocumentState(document.etag, document.last_modified, digest(document.content))
        if document.complete:
            haul.fetched.append((key, document.url, state))
        return before is None or before.digest != state.digest

    async def _folder(self, source: Source, known: Known, haul: Haul) -> AsyncIterator[list[Document]]:
        """The files that changed, a handful at a time: a folder may hold more than fits into memory."""
        etags = {key: state.etag for key, state in known.items()}
        files = walk(Path(source.url), known=etags, now=self.clock(), settle=self.settle_seconds)
        while items := await asyncio.to_thread(_handful, files):
            documents = []
            for item in items:
                if isinstance(item, Problem):
                    self._tell_once(item, known, haul)
                elif self._is_news(item, item.key, known.get(item.key), haul):
                    documents.append(item)
            yield documents

    def _tell_once(self, problem: Problem, known: Known, haul: Haul) -> None:
        """A file that cannot be read lies there for long, and is told of when it turns up."""
        state = DocumentState(f"told: {problem.reason}", "", digest(problem.detail.encode()))
        if known.get(problem.where) != state:
            haul.harvest.problems.append(problem)
            haul.fetched.append((problem.where, problem.where, state))

    async def _follow(self, source: Source, known: Known, haul: Haul) -> None:
        """Fetch what the adapter asked for. A page that fails is a problem of its own."""
        follows, haul.harvest.follows = haul.harvest.follows[:MOST_FOLLOWED], []
        await asyncio.gather(*(self._follow_one(f, source, known, haul) for f in follows))

    async def _follow_one(self, follow: Follow, source: Source, known: Known, haul: Haul) -> None:
        try:
            documents = await self._fetch(follow.url, source, known, haul)
        except FetchError as error:
            # The page that led here counts as failed too: unchanged, it would not lead here again.
            problem = Problem(error.reason, error.detail or error.reason, follow.url)
            haul.harvest.absorb(Harvest(problems=[problem], failed={follow.url, source.url}))
            return
        await self._read(documents, source, haul, follow.reader)


def _handful(files: Iterator[Document | Problem]) -> list[Document | Problem]:
    """The next files, at most `HANDFUL` or `HANDFUL_BYTES` of them."""
    items: list[Document | Problem] = []
    size = 0
    for item in files:
        items.append(item)
        size += len(item.content) if isinstance(item, Document) else 0
        if len(items) >= HANDFUL or size >= HANDFUL_BYTES:
            break
    return items


def is_local(source: Source) -> bool:
    """Whether a source is a folder or a file of this machine."""
    return "://" not in source.url


# -- settle ------------------------------------------------------------------------------------------


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


def _nothing_readable(haul: Haul) -> bool:
    """A document came and nothing of it could be used: 200 with a block page is no success."""
    harvest = haul.harvest
    return (
        bool(harvest.failed) and not harvest.prepared and not harvest.unchanged and not is_local(haul.source)
    )


def judge(packed: Packed, store: Store) -> Verdict:
    """The verdict of `matching.decide`, after what the operator decided himself."""
    candidates = store.candidates(packed)
    if not candidates:
        return NOTHING_LIKE_IT
    overruled = store.overrules.of(packed.source, packed.key)
    same = next((c for c in candidates if overruled.get((c.copy.source, c.copy.key)) == "same"), None)
    own = next((c for c in candidates if (c.copy.source, c.copy.key) == (packed.source, packed.key)), None)
    if same is not None and own is None:
        evidence = Evidence("operator.merge", f"merged by hand with copy {same.copy_id}")
        return Verdict("copy", same.release, same.copy_id, (evidence,))
    from aggregator import matching  # not for a poll without news

    parted = {c.release for c in candidates if overruled.get((c.copy.source, c.copy.key)) == "never"}
    parted.discard(own.release if own else -1)
    return matching.decide(packed.unpack(), [c for c in candidates if c.release not in parted])


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
