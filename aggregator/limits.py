"""What a document may cost the process that reads it: processor time and memory.

For worker processes only: the limits are those of the whole process, and their signal is heard in its main
thread. Nothing here knows what is read.
"""

from __future__ import annotations

import atexit
import math
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TypeVar

from aggregator.model import Refusal

CPU_SECONDS = 2
"""Processor time for one release; then it is given up with the reason ``timeout``."""

CONTAINER_SECONDS = 10
"""Processor time for taking a document apart (a feed of thousands of items, a mailbox, a PDF), without the time
for what it holds."""

MEMORY = 200_000_000
"""Bytes that a worker may take beyond what it holds when a document is handed over."""

LOOK = 0.1
"""Seconds of processor time between two looks at the clock. The timer is set once and never again: Linux adds
up to a tick whenever one is set, which many small items would turn into endless time for their document."""

TOOK_TOO_LONG = "reading it took more than {} s of processor time"
TOOK_TOO_MUCH = "reading it took too much memory"

_NEVER = math.inf
_ends = (
    _NEVER  # the process's own time (`time.process_time`) at which the innermost piece of work is out of time
)

T = TypeVar("T")


class _OutOfTime(BaseException):
    """Not an `Exception`, so that no parser's own recovery swallows it."""


def begin() -> None:
    """Look at the clock from now on. Call it once in a worker, in its main thread."""
    signal.signal(signal.SIGPROF, _look)
    signal.setitimer(signal.ITIMER_PROF, LOOK, LOOK)
    # An interpreter that ends forgets its handlers first; the signal would kill it then.
    atexit.register(signal.setitimer, signal.ITIMER_PROF, 0)


def document(work: Callable[[], T]) -> T | Refusal:
    """Take a document apart: within limits of its own, beside those of its items."""
    _limit(resource.RLIMIT_DATA, _held() + MEMORY)
    try:
        return within(CONTAINER_SECONDS, work)
    finally:
        _limit(resource.RLIMIT_DATA, resource.RLIM_INFINITY)  # the bytes of the next one are not its own


def item(work: Callable[[], T]) -> T | Refusal:
    """Read one release."""
    return within(CPU_SECONDS, work)


def within(seconds: float, work: Callable[[], T]) -> T | Refusal:
    """A soft limit that Python code meets as an exception, a hard one that ends the process when a library
    written in C does not come back. The time is not that of the work around this one."""
    global _ends
    around, began = _ends, time.process_time()
    try:
        try:
            _ends = began + seconds
            _end_process_after(2 * seconds)
            return work()
        finally:
            _ends = _NEVER  # before all else: what was raised until now is met below, from now on nothing is
    except _OutOfTime:
        return Refusal("timeout", TOOK_TOO_LONG.format(seconds))
    except MemoryError:
        return Refusal("too_large", TOOK_TOO_MUCH)
    finally:
        _end_process_after(2 * (around - began))
        _ends = around + time.process_time() - began


def _look(_signal: int, _frame: FrameType | None) -> None:
    """Comes again and again: code that swallows the exception (a ``__del__``, a bare ``except``) only delays it."""
    if time.process_time() >= _ends:
        raise _OutOfTime


def _end_process_after(seconds: float) -> None:
    """At least one second, so that the exception comes first; not at all where nothing is read."""
    if seconds == _NEVER:
        _limit(resource.RLIMIT_CPU, resource.RLIM_INFINITY)
    else:
        _limit(resource.RLIMIT_CPU, int(time.process_time() + max(1, seconds)) + 1)


def _limit(what: int, most: int) -> None:
    """Set one of the process's limits, at most to what the operator allows."""
    allowed = resource.getrlimit(what)[1]
    if allowed != resource.RLIM_INFINITY:
        most = allowed if most == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, allowed))


_PAGES = 5
"""Where ``/proc/self/statm`` tells the pages of private memory, which `RLIMIT_DATA` counts."""


def _held() -> int:
    """Bytes of private memory of this process; where the system does not tell, none are limited."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[_PAGES]
        return int(pages) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return sys.maxsize - MEMORY
