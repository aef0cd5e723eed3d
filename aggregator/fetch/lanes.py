"""Whose turn it is: few requests to one host at a time and not too quickly, many hosts at once.

A request that waits for its host's turn holds none of the global places, so one busy or slow host
never keeps another one waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

PATIENCE = 1.0
"""Seconds after which a request no longer counts among those that others wait for."""
_STALLED = 4
_SWEEP_AT = 1024


@dataclass(slots=True)
class _Lane:
    """One host's queue."""

    places: asyncio.Semaphore
    gate: asyncio.Lock
    next_start: float = 0.0
    users: int = 0


class Lanes:
    """Limits: ``concurrency`` requests in all, ``per_host`` to one host, ``pace`` seconds between starts.

    A request that takes longer than ``patience`` seconds gives its global place to another one, so that
    hundreds of stalled servers do not hold up the healthy ones; at most ``_STALLED`` times
    ``concurrency`` requests run on like that.
    """

    def __init__(self, *, concurrency: int, per_host: int, pace: float, patience: float = PATIENCE) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._per_host, self._pace, self._patience = per_host, pace, patience
        self._stalled, self._most_stalled = 0, _STALLED * concurrency
        self._lanes: dict[str, _Lane] = {}
        self._sweep_at = _SWEEP_AT

    def __len__(self) -> int:
        """How many hosts are remembered."""
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, host: str, pace: float = 0.0, *, prelude: bool = False) -> AsyncIterator[None]:
        """Wait for this host's turn and a global place; both are given back at the end.

        The next request to this host starts ``pace`` seconds after this one, if that is more than usual; at once
        after a `prelude`, which is a part of the request that follows.
        """
        lane = self._lane(host)
        lane.users += 1
        try:
            async with lane.places:
                await self._start(lane, 0.0 if prelude else max(self._pace, pace))
                async with self._place():
                    yield
        finally:
            lane.users -= 1

    async def _start(self, lane: _Lane, pace: float) -> None:
        # Only the first in the queue stands before the global slots, so the pace holds to the moment
        # of the start and not to the moment of some earlier reservation.
        loop = asyncio.get_running_loop()
        async with lane.gate:
            if (wait := lane.next_start - loop.time()) > 0:
                await asyncio.sleep(wait)
            await self._slots.acquire()
            lane.next_start = loop.time() + pace

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """The global place just acquired, given back at the end or when patience runs out."""
        stalled = False

        def step_aside() -> None:
            nonlocal stalled
            if self._stalled < self._most_stalled:
                stalled = True
                self._stalled += 1
                self._slots.release()

        timer = asyncio.get_running_loop().call_later(self._patience, step_aside)
        try:
            yield
        finally:
            timer.cancel()
            if stalled:
                self._stalled -= 1
            else:
                self._slots.release()

    def _lane(self, host: str) -> _Lane:
        lane = self._lanes.get(host)
        if lane is None:
            self._sweep()
            lane = self._lanes[host] = _Lane(asyncio.Semaphore(self._per_host), asyncio.Lock())
        return lane

    def _sweep(self) -> None:
        """Forget hosts nobody waits for; only when there are many, so that it costs nothing on average."""
        if len(self._lanes) < self._sweep_at:
            return
        now = asyncio.get_running_loop().time()
        self._lanes = {h: lane for h, lane in self._lanes.items() if lane.users or lane.next_start > now}
        self._sweep_at = max(_SWEEP_AT, 2 * len(self._lanes))
