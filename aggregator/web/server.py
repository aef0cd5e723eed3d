"""uvicorn inside our own event loop: it takes no signals, and a taken port is an error with a name."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from aggregator.errors import AggregatorError
from aggregator.web.patience import PatientProtocol

_REMEDIES = {
    errno.EADDRINUSE: "another program listens there: stop it, or choose another port",
    errno.EACCES: "not allowed to this user: choose a port above 1023",
    errno.EADDRNOTAVAIL: "this machine does not have that address: choose 127.0.0.1 or 0.0.0.0",
}
_BACKLOG = 512


class Server(uvicorn.Server):
    """A server whose port is already ours. ``await server.serve()``; set ``should_exit`` to end it."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        super().__init__(config)
        self.listener = listener
        self.port = int(listener.getsockname()[1])
        """The port that it listens on, also where 0 was asked for."""

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer requests until ``should_exit`` is set; requests under way are finished."""
        await super().serve(sockets=[*(sockets or []), self.listener])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the command line, which also ends the scheduler and closes the store."""
        yield


def serve(app: ASGIApp, host: str, port: int) -> Server:
    """A server for `app`, listening already (so nothing can take the port any more), not yet answering.

    Port 0 takes a free one. Raises `AggregatorError` naming host, port and remedy.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        backlog=_BACKLOG,
    )
    return Server(config, listener)


def _listen(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    if not 0 <= port <= 65535:  # the resolver would take it modulo 65536
        raise AggregatorError(f"{where}: no such port: choose one between 1 and 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError, OverflowError) as error:
        raise AggregatorError(f"{where}: no such address to listen on: check host and port") from error
    listener = socket.socket(family, kind, protocol)
    try:
        # A restart must not wait for connections that the last run left in TIME_WAIT.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        remedy = _REMEDIES.get(getattr(error, "errno", None) or 0, "choose another host or port")
        raise AggregatorError(f"{where}: cannot listen: {error}: {remedy}") from error
    listener.setblocking(False)
    return listener
