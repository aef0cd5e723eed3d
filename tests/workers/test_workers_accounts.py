"""How the limits count processor time, and that their signal reaches exactly the work that it is meant for."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest

from aggregator import limits
from aggregator.model import Refusal


@pytest.fixture(autouse=True)
def worker() -> Iterator[None]:
    """This process as a worker, which looks at the clock more often than a real one."""
    before = signal.getsignal(signal.SIGPROF)
    limits.begin()
    signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def spend(seconds: float) -> None:
    """Processor time of this process."""
    ends = time.process_time() + seconds
    while time.process_time() < ends:
        pass


def timed_out(made: object) -> bool:
    return isinstance(made, Refusal) and made.reason == "timeout"


def test_many_items_do_not_give_their_document_its_time_back() -> None:
    """The kernel adds a tick whenever a timer is set; a document of thousands of items had no limit so."""

    def document() -> str:
        for _ in range(1500):
            spend(0.001)
            limits.within(1, lambda: None)
        return "one and a half seconds of its own"

    assert timed_out(limits.within(0.5, document))


def test_a_document_does_not_pay_for_its_items() -> None:
    """What its items used is theirs: the time that it had goes on where it stood."""

    def document() -> str:
        for _ in range(8):
            limits.within(5, lambda: spend(0.1))
            spend(0.02)
        return "done"

    assert limits.within(0.5, document) == "done"


def test_behind_an_item_the_hard_limit_is_what_the_document_has_left() -> None:
    """A library that never comes back ends the process soon, whatever was read before."""

    def document() -> float:
        limits.within(5, lambda: None)
        return resource.getrlimit(resource.RLIMIT_CPU)[0] - time.process_time()

    before = resource.getrlimit(resource.RLIMIT_CPU)
    left = limits.within(1, document)
    assert isinstance(left, float)
    assert 1 <= left <= 3
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_a_swallowed_signal_comes_again() -> None:
    """Python drops what is raised in a destructor, and a library may catch everything."""

    def work() -> str:
        with suppress(BaseException):
            spend(0.4)
        spend(0.4)
        return "the limit is gone"

    assert timed_out(limits.within(0.05, work))


def test_the_time_of_a_document_that_is_over_during_an_item_is_not_forgotten() -> None:
    """Its signal waits for the item's end; the item is read."""
    items: list[object] = []

    def item() -> str:
        signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)
        spend(0.1)
        return "read"

    def document() -> str:
        signal.setitimer(signal.ITIMER_PROF, 0)  # no look at the clock before the item begins
        spend(0.1)
        items.append(limits.within(5, item))
        spend(0.4)
        return "the limit is gone"

    assert timed_out(limits.within(0.05, document))
    assert items == ["read"]


class SignalAt:
    """Lets the signal come before one instruction of `limits.within`, the innermost one that runs."""

    def __init__(self, instruction: int, seconds: float) -> None:
        self.left, self._seconds = instruction, seconds

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code is not limits.within.__code__ or frame.f_locals["seconds"] != self._seconds:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.left -= 1
            if self.left == 0:
                limits._look(signal.SIGPROF, frame)
        return self


def test_an_items_signal_never_costs_its_document() -> None:
    """Before whichever instruction it comes: it is the item's, or nobody's. Never is it raised further up."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    tracing, refusals, instruction = sys.gettrace(), 0, 0
    while True:
        instruction += 1
        items: list[object] = []
        at = SignalAt(instruction, 0)
        sys.settrace(at)
        try:
            made = limits.within(60, lambda: items.append(limits.within(0, lambda: "read")))  # noqa: B023
        finally:
            sys.settrace(tracing)
        assert made is None, f"lost its document before instruction {instruction}"
        assert items == ["read"] or timed_out(items[0])
        refusals += timed_out(items[0])
        if at.left > 0:
            break
    assert 5 < refusals < instruction
