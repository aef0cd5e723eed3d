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
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import TYPE_CHECKING

from aggregator.codec import Packed
from aggregator.errors import ReadError
from aggregator.harvest import Harvest
from aggregator.model import Company, Document, Problem, Source, Topic

if TYPE_CHECKING:
    from aggregator.preparing import Vocabulary

CPU_SECONDS = 10
"""Processor time for one document; then it is given up with the reason ``timeout``."""

MEMORY = 2 << 30
"""Address space of one worker in bytes."""

ORPHANED = 2.0
"""Seconds between two looks whether the process that a worker works for is still there."""

METHOD = "forkserver"
"""How workers are started: each from one clean process that has loaded what reading needs."""

BATCH = 40
"""Documents handed over at once."""


class Workers:
    """Runs `preparing.harvest` in other processes. Started at the first need, so that a poll in which
    nothing changed never pays for it."""

    def __init__(self, companies: Sequence[Company], topics: Sequence[Topic], processes: int) -> None:
        self._words = tuple(companies), tuple(topics)
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    async def harvest(
        self, documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str = ""
    ) -> Harvest:
        """Read documents of one source. Never raises for what they hold.

        Raises `ReadError` ``no_workers`` where the machine lets no process be started.
        """
        result = Harvest()
        batches = [documents[i : i + BATCH] for i in range(0, len(documents), BATCH)]
        for done in await asyncio.gather(*(self._batch(b, source, known, reader) for b in batches)):
            result.absorb(done)
        return result

    async def _batch(
        self, documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str
    ) -> Harvest:
        try:
            pool = self._start()
        except OSError as error:
            raise ReadError(
                "no_workers", f"no worker process can be started: {error}; is /dev/shm writable?"
            ) from error
        try:
            return await asyncio.wrap_future(pool.submit(_work, documents, source, known, reader))
        except BrokenProcessPool:
            self._discard(pool)
        return await self._one_by_one(documents, source, known, reader)

    async def _one_by_one(
        self, documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str
    ) -> Harvest:
        """After a worker died: each document alone, so that the deadly one is named and only it is lost."""
        result = Harvest()
        for document in documents:
            with self._new_pool(1) as alone:
                try:
                    future = alone.submit(_work, [document], source, known, reader)
                    result.absorb(await asyncio.wrap_future(future))
                except BrokenProcessPool:
                    where = document.key or document.requested or document.url
                    detail = "reading it ended the worker process (memory or processor time); it is left out"
                    result.problems.append(Problem("parser_died", detail, where))
                    result.failed.add(where)
        return result

    async def again(self, drafts: Sequence[tuple[int, bytes]], source: Source) -> list[tuple[int, Packed]]:
        """Read stored drafts of one source with today's rules. What they would refuse now is left out."""
        pool = self._start()
        batches = [drafts[i : i + BATCH] for i in range(0, len(drafts), BATCH)]
        done = await asyncio.gather(*(asyncio.wrap_future(pool.submit(_again, b, source)) for b in batches))
        return [pair for pairs in done for pair in pairs]

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = self._new_pool(self._processes)
        return self._pool

    def _new_pool(self, processes: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(METHOD)
        context.set_forkserver_preload(
            ["aggregator.preparing", "aggregator.adapters.feed", "aggregator.adapters.text"]
        )
        return ProcessPoolExecutor(
            processes, mp_context=context, initializer=_limit, initargs=(*self._words, os.getpid())
        )

    def _discard(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


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
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
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


def _work(documents: Sequence[Document], source: Source, known: Mapping[str, bytes], reader: str) -> Harvest:
    from aggregator.preparing import harvest

    result = Harvest()
    for document in documents:
        try:
            _arm()
            result.absorb(harvest([document], source, _vocabulary, known, reader))
        except _OutOfTime:
            _give_up(
                result, document, "timeout", f"reading it took more than {CPU_SECONDS} s of processor time"
            )
        except MemoryError:
            _give_up(result, document, "too_large", "reading it took too much memory")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return result


def _again(drafts: Sequence[tuple[int, bytes]], source: Source) -> list[tuple[int, Packed]]:
    from aggregator.preparing import again

    read = ((row, again(draft, source, _vocabulary)) for row, draft in drafts)
    return [(row, made) for row, made in read if isinstance(made, Packed)]


def _arm() -> None:
    """A soft limit that Python code meets as an exception, a hard one that ends the process when a
    library written in C does not come back."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 2 * CPU_SECONDS, hard))


def _give_up(result: Harvest, document: Document, reason: str, detail: str) -> None:
    where = document.key or document.requested or document.url
    result.problems.append(Problem(reason, detail, where))
    result.failed.add(where)
