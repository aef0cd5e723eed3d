"""One input: read under a limit of processor time, with the peak of memory where it is large, and minimised on failure."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from aggregator import reading
from aggregator.model import Draft
from benchmarks.fuzzing.inputs import SOURCE
from benchmarks.fuzzing.invariants import broken

CPU = 2.0
"""Seconds of processor time that one input may take."""
GIVEN_UP = 20.0
"""Seconds after which one is interrupted: the run goes on."""
MEMORY = 200_000_000
"""Bytes that one input may need."""
_LARGE = 100_000
_STEPS, _PATIENCE = 200, 20.0
"""Attempts to make a failing input smaller, and seconds of processor time for all of them."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one input."""

    failures: tuple[str, ...]
    seconds: float
    needed: int = 0
    """Bytes beyond what the process held before; 0 where it was not measured."""


class TooSlowError(BaseException):
    """Not an Exception, so that no handler of the code under test takes it."""


def run(draft: Draft, *, closely: bool = False) -> Trial:
    """Read one input and look at the result."""
    large = len(draft.content) > _LARGE
    before = _resident(reset=True) if large else 0
    start = time.process_time()
    failures: tuple[str, ...] = ()
    try:
        with _limited(GIVEN_UP):
            found = reading.parse(draft, SOURCE)
            seconds = time.process_time() - start
            needed = _peak() - before if large else 0
            failures = tuple(broken(draft, found, closely=closely))
    except TooSlowError:
        return Trial(("slow",), time.process_time() - start)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Trial((_name(error),), time.process_time() - start)
    if seconds > CPU:
        failures += ("slow",)
    if needed > MEMORY:
        failures += ("memory",)
    return Trial(failures, seconds, needed)


def _name(error: BaseException) -> str:
    """The kind of an exception and where it came from: one bug, one name."""
    places = [f for f in traceback.extract_tb(error.__traceback__) if "/aggregator/" in f.filename]
    place = places[-1] if places else None
    return (
        f"{type(error).__name__} in {Path(place.filename).name}:{place.name}"
        if place
        else type(error).__name__
    )


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def minimised(draft: Draft, failure: str) -> Draft:
    """A smaller input that fails in the same way: parts are left out, halves first, then smaller ones."""
    steps, size, start = 0, len(draft.content) // 2, time.process_time()
    while size >= 1 and steps < _STEPS:
        at = 0
        while at < len(draft.content) and steps < _STEPS:
            if time.process_time() - start > _PATIENCE:
                return draft
            smaller = replace(draft, content=draft.content[:at] + draft.content[at + size :])
            steps += 1
            if failure in run(smaller, closely=failure in ("pickle", "not the same again")).failures:
                draft = smaller
            else:
                at += size
        size //= 2
    return draft


# ------------------------------------------------------------------------------------------- memory


def _resident(*, reset: bool = False) -> int:
    """Bytes in memory now; `reset` begins to count the peak anew (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0
