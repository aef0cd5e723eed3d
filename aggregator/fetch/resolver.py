"""Names to addresses, in threads of its own, so that a hanging name service starves nobody.

asyncio looks names up in its default executor: six names that hang stop every other lookup of the
process and hold up its exit. Here each lookup has a daemon thread that is simply left behind at the
deadline. Answers are not judged here (see `guard`) and not kept: the operating system caches.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Sequence

Resolve = Callable[[str], Sequence[str]]
"""A blocking lookup: host name to numeric addresses, best first; OSError where there is none."""

DEADLINE = 5.0
"""Seconds that one lookup may take."""
MOST_THREADS = 256
"""Lookups left hanging at any one time; beyond it new names fail at once."""
HOLD_OFF = 60.0
"""Seconds for which a name that hung is not asked again, so that it cannot collect threads."""


def system(host: str) -> list[str]:
    """The operating system's answer, in its order of preference (RFC 6724), without doubles."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


class Resolver:
    """Asks ``resolve`` in daemon threads. One instance belongs to one event loop."""

    def __init__(self, resolve: Resolve | None = None, *, deadline: float = DEADLINE) -> None:
        self._resolve = resolve or system
        self._deadline = deadline
        self._hung: dict[str, float] = {}
        self._alive = 0

    async def lookup(self, host: str) -> Sequence[str]:
        """All addresses of a host; OSError where there are none or the answer did not come in time."""
        if self._hung.get(host, 0.0) > time.monotonic():
            raise OSError("the name service did not answer a short while ago")
        if self._alive >= MOST_THREADS:
            raise OSError(f"{MOST_THREADS} lookups are hanging already")
        answer = self._ask(host)
        try:
            # Not wait_for: before Python 3.12 it loses a cancellation that comes together with the answer.
            async with asyncio.timeout(self._deadline):
                return await answer
        except TimeoutError:
            self._remember(host)
            raise OSError(f"the name service did not answer within {self._deadline:g} s") from None

    def _ask(self, host: str) -> asyncio.Future[Sequence[str]]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def settle(addresses: Sequence[str], error: Exception | None) -> None:
            self._alive -= 1
            if answer.done():
                return
            if error is None:
                answer.set_result(addresses)
            else:
                answer.set_exception(error)

        def work() -> None:
            addresses: Sequence[str] = ()
            failure: Exception | None = None
            try:
                addresses = self._resolve(host)
            except Exception as error:  # noqa: BLE001 - carried over to the caller, who names it
                failure = error
            try:
                loop.call_soon_threadsafe(settle, addresses, failure)
            except RuntimeError:
                return  # the loop has ended meanwhile; nobody waits any more

        self._alive += 1
        threading.Thread(target=work, name="resolver", daemon=True).start()
        return answer

    def _remember(self, host: str) -> None:
        now = time.monotonic()
        self._hung = {name: until for name, until in self._hung.items() if until > now}
        self._hung[host] = now + HOLD_OFF
