"""The processes that read documents: a standing pool whose workers carry limits.

Reading is what a poll spends its processor time on, and parsers have corners that a hostile document
can make slow or fatal. So it never runs in the event loop: each document has a limit of processor
time and memory, one that kills its worker costs only itself, and the pool goes on.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from aggregator import limits
from aggregator.codec import Packed
from aggregator.errors import ReadError
from aggregator.harvest import Harvest
from aggregator.model import NOTHING_LEARNT, Company, Document, Draft, Learnt, Problem, Refusal, Source, Topic
from aggregator.records import Record, refused

if TYPE_CHECKING:
    from aggregator.discovery.look import Look
    from aggregator.preparing import Vocabulary

ORPHANED = 2.0
"""Seconds between two looks whether the process that a worker works for is still there."""

METHOD = "forkserver"
"""How workers are started: each from one clean process that has loaded what reading needs."""

BATCH, BATCH_BYTES = 40, 2_000_000
"""Documents handed over at once."""

ENDED = "the program ends; nothing more is read"
DIED = "reading it ended the worker process (memory or processor time); it is left out"

T = TypeVar("T")


class Workers:
    """Runs `preparing` in other processes. Started at the first need, so that a poll in which nothing
    changed never pays for it."""

    def __init__(self, companies: Sequence[Company], topics: Sequence[Topic], processes: int) -> None:
        self._words = tuple(companies), tuple(topics)
        self._pool = _Pool(partial(self.new_pool, processes))
        self._lone = _Pool(partial(self.new_pool, 1))
        self._in_need = 0
        self._users, self._retired = 0, False

    @contextmanager
    def busy(self) -> Iterator[Workers]:
        """Keep the workers for a piece of work, also when they are retired meanwhile."""
        self._users += 1
        try:
            yield self
        finally:
            self._users -= 1
            self._end_if_done()

    def retire(self) -> None:
        """End when nobody uses them any more: others take over."""
        self._retired = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self._retired and not self._users:
            self._pool.end()

    def close(self) -> None:
        """End at once, whatever is being read."""
        reading = self._pool.reading() or self._lone.reading()
        if reading:
            for child in multiprocessing.active_children():
                child.terminate()
        for pool in (self._pool, self._lone):
            pool.close(wait=not reading)

    async def harvest(
        self,
        documents: Sequence[Document],
        source: Source,
        known: Mapping[str, bytes],
        reader: str = "",
        learnt: Learnt = NOTHING_LEARNT,
    ) -> Harvest:
        """Read documents of one source, with what is `learnt` of it. Never raises for what they hold.

        Raises `ReadError` ``no_workers`` where the machine lets no process be started.
        """
        result = Harvest()
        for done in await asyncio.gather(
            *(self._batch(b, source, known, reader, learnt) for b in _batches(documents))
        ):
            result.absorb(done)
        return result

    async def show(self, documents: Sequence[tuple[str, Document]], source: Source) -> list[list[Record]]:
        """The records of each document, under the name that it was asked for by. Stores nothing."""
        try:
            return await self._pool.run(_show, documents, source)
        except BrokenProcessPool:
            pass
        records: list[list[Record]] = []
        with self._alone() as alone:
            for given, document in documents:
                try:
                    records += await alone(_show, [(given, document)], source)
                except BrokenProcessPool:
                    records.append([refused(given, "parser_died", DIED, document.url)])
        return records

    async def look(self, document: Document, source: Source) -> Look | Refusal:
        """What a document is and shows of releases; a refusal where looking takes too much of the machine."""
        try:
            return await self._pool.run(_look, document, source)
        except BrokenProcessPool:
            return Refusal("parser_died", DIED)

    async def listed(self, document: Document, source: Source) -> tuple[list[Draft], list[str]]:
        """What a document lists as its source's adapter reads it, and the parts that the list has elsewhere."""
        try:
            found = await self._pool.run(_listed, document, source)
        except BrokenProcessPool:
            return [], []
        return ([], []) if isinstance(found, Refusal) else found

    async def again(
        self, drafts: Sequence[tuple[int, bytes]], source: Source, learnt: Learnt = NOTHING_LEARNT
    ) -> list[tuple[int, Packed]]:
        """Read stored drafts of one source with today's rules. What would be refused now is left out."""
        batches = [drafts[i : i + BATCH] for i in range(0, len(drafts), BATCH)]
        return [
            pair
            for pairs in await asyncio.gather(*(self._again(b, source, learnt) for b in batches))
            for pair in pairs
        ]

    async def _batch(
        self,
        documents: Sequence[Document],
        source: Source,
        known: Mapping[str, bytes],
        reader: str,
        learnt: Learnt,
    ) -> Harvest:
        try:
            return await self._pool.run(_work, documents, source, known, reader, learnt)
        except BrokenProcessPool:
            pass
        # A worker died: each document alone, so that the deadly one is named and only it is lost.
        result = Harvest()
        with self._alone() as alone:
            for document in documents:
                try:
                    result.absorb(await alone(_work, [document], source, known, reader, learnt))
                except BrokenProcessPool:
                    _give_up(result, document, "parser_died", DIED)
        return result

    async def _again(
        self, drafts: Sequence[tuple[int, bytes]], source: Source, learnt: Learnt
    ) -> list[tuple[int, Packed]]:
        try:
            return await self._pool.run(_reread, drafts, source, learnt)
        except BrokenProcessPool:
            pass
        read: list[tuple[int, Packed]] = []
        with self._alone() as alone:
            for draft in drafts:
                with suppress(BrokenProcessPool):
                    read += await alone(_reread, [draft], source, learnt)
        return read

    @contextmanager
    def _alone(self) -> Iterator[Callable[..., Awaitable[Any]]]:
        """After a death: one process for all who look for the deadly document, which ends with the last of them.

        What comes of it is called like `_Pool.run`, and reads one document at a time: who else would wait in the
        same pool would be lost with the one that kills it.
        """
        if not self._in_need:
            self._turn = asyncio.Lock()  # of the running loop
        self._in_need += 1
        try:
            yield self._in_turn
        finally:
            self._in_need -= 1
            if not self._in_need:
                self._lone.end()

    async def _in_turn(self, work: Callable[..., T], *arguments: object) -> T:
        async with self._turn:
            try:
                return await self._lone.run(work, *arguments)
            except asyncio.CancelledError:
                self._lone.end()  # it is still being read, and the next document shall not stand behind it
                raise

    def new_pool(self, processes: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(METHOD)
        context.set_forkserver_preload(
            ["aggregator.preparing", "aggregator.adapters.feed", "aggregator.adapters.text"]
        )
        return ProcessPoolExecutor(
            processes, mp_context=context, initializer=_limit, initargs=(*self._words, os.getpid())
        )


class _Pool:
    """Processes that are started at the first need, and anew after one of them died."""

    def __init__(self, new: Callable[[], ProcessPoolExecutor]) -> None:
        self._new = new
        self._executor: ProcessPoolExecutor | None = None
        self._futures: set[Future[Any]] = set()
        self._closed = False

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Raises `BrokenProcessPool` when a process died meanwhile, this work's or another's; `ReadError`
        ``no_workers`` when none can be started, or after `close`."""
        executor, future = self._submit(work, *arguments)
        try:
            # Shielded, since the pool falls silent for good over a waiting future that somebody else has cancelled
            # when one of its processes dies: what nobody waits for any more is read all the same.
            return await asyncio.shield(asyncio.wrap_future(future))
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = None
            if self._closed:  # we ended it: no document is to blame
                raise ReadError("no_workers", ENDED) from None
            raise

    def _submit(self, work: Callable[..., T], *arguments: object) -> tuple[ProcessPoolExecutor, Future[T]]:
        if self._closed:
            raise ReadError("no_workers", ENDED)
        try:
            executor = self._executor = self._executor or self._new()
            future = start(executor, work, *arguments)
        except OSError as error:
            raise ReadError(
                "no_workers", f"no worker process can be started: {error}; is /dev/shm writable?"
            ) from error
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return executor, future

    def reading(self) -> bool:
        return any(not future.done() for future in tuple(self._futures))

    def end(self) -> None:
        """Let the processes go when they have done what they have; others are started at the next need."""
        if self._executor is not None:
            self._executor.shutdown(wait=False)
            self._executor = None

    def close(self, wait: bool) -> None:
        """Begin nothing any more; what waits is given up."""
        self._closed = True
        if self._executor is not None:
            self._executor.shutdown(wait=wait, cancel_futures=True)
            self._executor = None


def start(pool: ProcessPoolExecutor, work: Callable[..., T], *arguments: object) -> Future[T]:
    """Hand work over. A process that is started for it does not hear Ctrl-C, which is ours to answer."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, *arguments)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Few enough at a time for all workers to have some, and for an end to come soon."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.content)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# -- in the worker -----------------------------------------------------------------------------------

_vocabulary: Vocabulary


def _limit(companies: Sequence[Company], topics: Sequence[Topic], parent: int) -> None:
    from aggregator.preparing import Vocabulary  # not in the parent: a poll without news never needs it

    global _vocabulary  # the one thing that a worker keeps between documents
    _vocabulary = Vocabulary.of(companies, topics)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which ends us
    limits.begin()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What is loaded now stays; what a document leaves is mostly without cycles. Collecting less often
    # saves a tenth and more of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A worker waits for work for ever, also when the process that would give it was killed."""
    while True:
        time.sleep(ORPHANED)
        try:
            os.kill(parent, 0)
        except ProcessLookupError:
            os._exit(0)


def _work(
    documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str, learnt: Learnt
) -> Harvest:
    from aggregator.preparing import harvest

    result = Harvest()
    for document in documents:
        made = limits.document(
            lambda: harvest([document], source, _vocabulary, known, reader, learnt, limits.item)  # noqa: B023 - called at once
        )
        if isinstance(made, Refusal):
            _give_up(result, document, made.reason, made.detail)
        else:
            result.absorb(made)
    return result


def _show(documents: Sequence[tuple[str, Document]], source: Source) -> list[list[Record]]:
    from aggregator.preparing import show

    records: list[list[Record]] = []
    for given, document in documents:
        made = limits.document(lambda: show(document, source, _vocabulary, given, limits.item))  # noqa: B023 - called at once
        if isinstance(made, Refusal):
            made = [refused(given, made.reason, made.detail, document.url)]
        records.append(made)
    return records


def _look(document: Document, source: Source) -> Look | Refusal:
    from aggregator.discovery.look import look

    try:
        return limits.document(lambda: look(document, source))
    except Exception as error:  # noqa: BLE001 - whatever a page trips over is this page's trouble
        return Refusal("broken", f"looking at it failed: {type(error).__name__}: {error}")


def _listed(document: Document, source: Source) -> tuple[list[Draft], list[str]] | Refusal:
    from aggregator.preparing import listed

    return limits.document(lambda: listed(document, source))


def _reread(drafts: Sequence[tuple[int, bytes]], source: Source, learnt: Learnt) -> list[tuple[int, Packed]]:
    from aggregator.preparing import again

    read: list[tuple[int, Packed]] = []
    for row, draft in drafts:
        made = limits.document(lambda: limits.item(lambda: again(draft, source, _vocabulary, learnt)))  # noqa: B023 - called at once
        if isinstance(made, Packed):
            read.append((row, made))  # what was read before and is refused now stays as it is stored
    return read


def _give_up(result: Harvest, document: Document, reason: str, detail: str) -> None:
    where = document.key or document.requested or document.url
    result.problems.append(Problem(reason, detail, where))
    result.failed.add(where)
