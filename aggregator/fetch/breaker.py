"""A host in trouble is left alone for a while, and then asked once to see whether it is well again.

    closed ─ `TRIES` failures in a row ─► open ─ pause over ─► half open: one request is let through
       ▲                                   ▲                      │
       └──────────── it was answered ──────┼──────────────────────┤
                                           └── it failed: twice the pause, an hour at most

A host that answers at all, with whatever page, is well: only what cannot be reached counts, and servers that say
that it is their own trouble (5xx) or that we ask too much (429). The state is kept in memory: each source remembers its
own failures in the store, and a new process that finds out for itself costs a host three requests.
A host that did not fail for a day is forgotten, and of very many those that failed longest ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aggregator.errors import FetchError

TRIES: Final = 3
"""Failures in a row after which a host is left alone."""
LEAST, MOST = timedelta(minutes=5), timedelta(hours=1)
"""For how long: at first, and at most. Whoever is well again is found to be within the hour."""

TROUBLE: Final = frozenset({"dns", "connect", "tls", "timeout", "server_error", "rate_limited"})
NOT_ASKED: Final = frozenset({"blocked_address", "bad_url", "circuit_open", "robots", "robots_unreachable"})


FORGOTTEN: Final = timedelta(days=1)
"""After which a host that failed and was not asked since is as good as any other."""
MOST_HOSTS: Final = 10_000
"""Hosts in trouble that are remembered."""


@dataclass(slots=True)
class _Circuit:
    """One host that failed."""

    last: datetime
    """When it failed last."""
    failures: int = 0
    pause: timedelta = timedelta(0)
    until: datetime | None = None
    probing: bool = False


class Breaker:
    """The hosts that are in trouble now. ``clock`` gives the time (UTC)."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._circuits: dict[str, _Circuit] = {}

    def __len__(self) -> int:
        """How many hosts are in trouble."""
        return len(self._circuits)

    def check(self, host: str) -> None:
        """FetchError ``circuit_open`` where a host is left alone now; it says when it is asked again."""
        circuit = self._circuits.get(host)
        if circuit is None or circuit.until is None:
            return
        now = self._clock()
        wait = circuit.until - now
        if timedelta(0) < wait <= MOST or circuit.probing:  # a longer wait: the clock was set back
            seconds = max(wait.total_seconds(), 60.0)
            once = f"{host} asks for patience"  # one failure opens it only where the server says how long
            why = f"{host} failed {circuit.failures} times in a row" if circuit.failures > 1 else once
            detail = f"{why}: not asked now, asked again at "
            detail += f"{max(circuit.until, now):%Y-%m-%d %H:%M} UTC"
            raise FetchError(host, "circuit_open", detail, retry_after=seconds)

    @contextmanager
    def passage(self, host: str) -> Iterator[None]:
        """One request to a host: refused as by `check`, or let through and learnt from."""
        self.check(host)
        circuit = self._circuits.get(host)
        if circuit is not None and circuit.until is not None:
            circuit.probing = True
        try:
            yield
        except (FetchError, OSError) as error:  # TimeoutError among them
            self._learn(host, error)
            raise
        except BaseException:
            if circuit is not None:
                circuit.probing = False
            raise
        self._circuits.pop(host, None)

    def _learn(self, host: str, error: FetchError | OSError) -> None:
        reason = error.reason if isinstance(error, FetchError) else "connect"
        if reason in TROUBLE:
            self._failed(host, error.retry_after if isinstance(error, FetchError) else None)
        elif reason in NOT_ASKED:
            if host in self._circuits:
                self._circuits[host].probing = False
        else:
            self._circuits.pop(host, None)  # it answered

    def _failed(self, host: str, asked_for: float | None) -> None:
        now = self._clock()
        # The last to fail stands at the end, so that what is to be forgotten is found without a search.
        circuit = self._circuits[host] = self._circuits.pop(host, _Circuit(now))
        circuit.last = max(now, circuit.last)
        self._forget(now)
        was_probe, circuit.probing = circuit.probing, False
        circuit.failures += 1
        if asked_for is None and circuit.failures < TRIES:
            return
        if circuit.until is not None and not was_probe:
            return  # it was under way when the circuit opened
        circuit.pause = min(max(2 * circuit.pause, LEAST, timedelta(seconds=asked_for or 0)), MOST)
        circuit.until = now + circuit.pause

    def _forget(self, now: datetime) -> None:
        while self._circuits:
            host, circuit = next(iter(self._circuits.items()))
            if len(self._circuits) <= MOST_HOSTS and now - circuit.last < FORGOTTEN:
                return
            del self._circuits[host]
