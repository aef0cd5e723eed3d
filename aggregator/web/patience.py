"""How long, and for how many bytes, a client may take to say what it wants.

uvicorn bounds neither: a connection that sends its request a byte a minute, or headers without end,
is kept (h11 stops at 64 KiB, httptools never). Only unfinished requests are looked at here; keeping
an idle connection is `timeout_keep_alive`'s business.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

MOST_BYTES = 64 * 1024
"""Of request line and headers together."""
MOST_SECONDS = 20.0
"""From the first byte of a request to the end of its headers."""


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen when it is imported
    """uvicorn's own protocol, whichever is installed, that closes what takes too long or too much."""

    _received = 0
    _deadline: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Pass the bytes on, then see whether they made a request."""
        if not self._busy():
            self._received += len(data)
            if self._deadline is None:
                self._deadline = asyncio.get_running_loop().call_later(MOST_SECONDS, self._close)
        super().data_received(data)
        if self._busy():
            self._start_again()
        elif self._received > MOST_BYTES:
            self._close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._start_again()
        super().connection_lost(exc)

    def _busy(self) -> bool:
        """Whether a whole request is being answered."""
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _start_again(self) -> None:
        self._received = 0
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self.transport.close()
