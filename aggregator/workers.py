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
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from aggregator.codec import Packed
from aggregator.errors import ReadError
from aggregator.harvest import Harvest
from aggregator.model import NOTHING_LEARNT, Company, Document, Learnt, Problem, Refusal, Source, Topic
from aggregator.records import Record, refused

if TYPE_CHECKING:
    from aggregator.preparing import Vocabulary

CPU_SECONDS = 2
"""Processor time for one release; then it is given up with the reason ``timeout``."""

CONTAINER_SECONDS = 10
"""Processor time for taking a document apart (a feed of thousands of items, a mailbox, a PDF), without the time
for what it holds."""

MEMORY = 200_000_000
"""Bytes that a worker may take beyond what it holds when a document is handed over."""

ORPHANED = 2.0
"""Seconds between two looks whether the process that a worker works for is still there."""

METHOD = "forkserver"
"""How workers are started: each from one clean process that has loaded what reading needs."""

BATCH, BATCH_BYTES = 40, 2_000_000
"""Documents handed over at once."""

DIED = "reading it ended the worker process (memory or processor time); it is left out"
TOOK_TOO_LONG = "reading it took more than {} s of processor time"
TOOK_TOO_MUCH = "reading it took too much memory"

T = TypeVar("T")


class Workers:
    """Runs `preparing` in other processes. Started at the first need, so that a poll in which nothing
    changed never pays for it."""

    def __init__(self, companies: Sequence[Company], topics: Sequence[Topic], processes: int) -> None:
        self._words = tuple(companies), tuple(topics)
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._users, self._retired = 0, False
        self._futures: set[Future[Any]] = set()

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
        if self._retired and not self._users and self._pool is not None:
            self._pool.shutdown(wait=False)
            self._pool = None

    def close(self) -> None:
        """End at once, whatever is being read."""
        if self._pool is None:
            return
        reading = any(not future.done() for future in tuple(self._futures))
        if reading:
            for child in multiprocessing.active_children():
                child.terminate()
        self._pool.shutdown(wait=not reading, cancel_futures=True)
        self._pool = None

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
            return await self._run(_show, documents, source)
        except BrokenProcessPool:
            pass
        records: list[list[Record]] = []
        with _Alone(self) as alone:
            for given, document in documents:
                try:
                    records += await alone.run(_show, [(given, document)], source)
                except BrokenProcessPool:
                    records.append([refused(given, "parser_died", DIED, document.url)])
        return records

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
            return await self._run(_work, documents, source, known, reader, learnt)
        except BrokenProcessPool:
            pass
        # A worker died: each document alone, so that the deadly one is named and only it is lost.
        result = Harvest()
        with _Alone(self) as alone:
            for document in documents:
                try:
                    result.absorb(await alone.run(_work, [document], source, known, reader, learnt))
                except BrokenProcessPool:
                    _give_up(result, document, "parser_died", DIED)
        return result

    async def _again(
        self, drafts: Sequence[tuple[int, bytes]], source: Source, learnt: Learnt
    ) -> list[tuple[int, Packed]]:
        try:
            return await self._run(_reread, drafts, source, learnt)
        except BrokenProcessPool:
            pass
        read: list[tuple[int, Packed]] = []
        with _Alone(self) as alone:
            for draft in drafts:
                with suppress(BrokenProcessPool):
                    read += await alone.run(_reread, [draft], source, learnt)
        return read

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        try:
            if self._pool is None:
                self._pool = self.new_pool(self._processes)
            pool = self._pool
            future = start(pool, work, *arguments)
            self._futures.add(future)
            future.add_done_callback(self._futures.discard)
        except OSError as error:
            raise ReadError(
                "no_workers", f"no worker process can be started: {error}; is /dev/shm writable?"
            ) from error
        try:
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
            raise

    def new_pool(self, processes: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(METHOD)
        context.set_forkserver_preload(
            ["aggregator.preparing", "aggregator.adapters.feed", "aggregator.adapters.text"]
        )
        return ProcessPoolExecutor(
            processes, mp_context=context, initializer=_limit, initargs=(*self._words, os.getpid())
        )


class _Alone:
    """A pool of one, made anew when its worker dies."""

    def __init__(self, workers: Workers) -> None:
        self._workers, self._pool = workers, workers.new_pool(1)

    def __enter__(self) -> _Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        try:
            return await asyncio.wrap_future(start(self._pool, work, *arguments))
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._workers.new_pool(1)
            raise


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


class _OutOfTime(BaseException):
    """Not an `Exception`, so that no parser's own recovery swallows it."""


def _limit(companies: Sequence[Company], topics: Sequence[Topic], parent: int) -> None:
    from aggregator.preparing import Vocabulary  # not in the parent: a poll without news never needs it

    global _vocabulary  # the one thing that a worker keeps between documents
    _vocabulary = Vocabulary.of(companies, topics)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which ends us
    signal.signal(signal.SIGPROF, _out_of_time)
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


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime


def _work(
    documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str, learnt: Learnt
) -> Harvest:
    from aggregator.preparing import harvest

    result = Harvest()
    for document in documents:
        made = _document(lambda: harvest([document], source, _vocabulary, known, reader, learnt, _item))  # noqa: B023 - called at once
        if isinstance(made, Refusal):
            _give_up(result, document, made.reason, made.detail)
        else:
            result.absorb(made)
    return result


def _show(documents: Sequence[tuple[str, Document]], source: Source) -> list[list[Record]]:
    from aggregator.preparing import show

    records: list[list[Record]] = []
    for given, document in documents:
        made = _document(lambda: show(document, source, _vocabulary, given, _item))  # noqa: B023 - called at once
        if isinstance(made, Refusal):
            made = [refused(given, made.reason, made.detail, document.url)]
        records.append(made)
    return records


def _reread(drafts: Sequence[tuple[int, bytes]], source: Source, learnt: Learnt) -> list[tuple[int, Packed]]:
    from aggregator.preparing import again

    read: list[tuple[int, Packed]] = []
    for row, draft in drafts:
        made = _document(lambda: _item(lambda: again(draft, source, _vocabulary, learnt)))  # noqa: B023 - called at once
        if isinstance(made, Packed):
            read.append((row, made))  # what was read before and is refused now stays as it is stored
    return read


# -- their limits ------------------------------------------------------------------------------------


def _document(work: Callable[[], T]) -> T | Refusal:
    """Take a document apart: within limits of its own, beside those of its items."""
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    room = _held() + MEMORY
    resource.setrlimit(
        resource.RLIMIT_DATA, (room if most == resource.RLIM_INFINITY else min(room, most), most)
    )
    try:
        return _within(CONTAINER_SECONDS, work)
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # the bytes of the next one are not its own


def _item(work: Callable[[], T]) -> T | Refusal:
    """Read one release."""
    return _within(CPU_SECONDS, work)


def _within(seconds: int, work: Callable[[], T]) -> T | Refusal:
    """A soft limit that Python code meets as an exception, a hard one that ends the process when a library
    written in C does not come back. The time is not that of the work around this one."""
    left = signal.setitimer(signal.ITIMER_PROF, seconds)[0]
    _end_after(2 * seconds)
    try:
        return work()
    except _OutOfTime:
        return Refusal("timeout", TOOK_TOO_LONG.format(seconds))
    except MemoryError:
        return Refusal("too_large", TOOK_TOO_MUCH)
    finally:
        signal.setitimer(signal.ITIMER_PROF, left)
        _end_after(2 * CONTAINER_SECONDS)


def _end_after(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


_PAGES = 5
"""Where ``/proc/self/statm`` tells the pages of private memory, which `RLIMIT_DATA` counts."""


def _held() -> int:
    """Bytes of private memory of this process; where the system does not tell, none are limited."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[_PAGES]
        return int(pages) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return sys.maxsize - MEMORY


def _give_up(result: Harvest, document: Document, reason: str, detail: str) -> None:
    where = document.key or document.requested or document.url
    result.problems.append(Problem(reason, detail, where))
    result.failed.add(where)
