"""``run`` and ``serve``: the processes that stay."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import count, say

if TYPE_CHECKING:
    from aggregator.app import App
    from aggregator.ingest import Report
    from aggregator.scheduler import Service
    from aggregator.web import FeedTable


def _where(command: Any) -> Any:
    host = click.option("--host", default="127.0.0.1", show_default=True, envvar="AGGREGATOR_HOST", show_envvar=True,
                        help="Address to listen at; 0.0.0.0 for every one.")  # fmt: skip
    port = click.option("--port", default=8000, show_default=True, envvar="AGGREGATOR_PORT", show_envvar=True,
                        type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")  # fmt: skip
    return host(port(command))


@click.command()
@_where
@click.option("-v", "--verbose", is_flag=True, help="Tell of every poll, also those without news.")
@click.pass_obj
def run(env: Env, host: str, port: int, verbose: bool) -> int:
    """Poll on schedule and serve the feeds, until SIGTERM or Ctrl-C.

    A changed configuration is taken over within seconds; one with a mistake is told of, and the old
    one stays in use.

    \b
    aggregator run
    aggregator run --host 0.0.0.0 --port 80
    """
    from aggregator.app import App, clock
    from aggregator.store import lock

    _log_to_stderr(verbose)
    settings = env.settings

    async def go() -> None:
        async with App.open(env.paths, settings) as app:
            await _serve_and_poll(env, app, host, port, verbose)

    with lock.hold(env.data, "run", clock()):
        asyncio.run(go())
    say("stopped")
    return 0


async def _serve_and_poll(env: Env, app: App, host: str, port: int, verbose: bool) -> None:
    from aggregator.app import clock
    from aggregator.scheduler import Service
    from aggregator.subscriber import Subscriber
    from aggregator.web import FeedTable, make_app, serve

    await app.in_store(app.publish)
    table = FeedTable(env.feeds)
    screen = _Screen(env, app, verbose)
    subscriber = Subscriber(app)
    service = Service(app, screen.reports, table.refresh, say, subscriber)
    face = make_app(table, status=lambda: health(service), sources=lambda: states(env), callbacks=subscriber)
    server = serve(face, host, port)
    due = await app.in_store(lambda: app.store.due(clock()))
    screen.hello(f"http://{_shown(host)}:{server.port}/", *await app.in_store(app.counts), due)

    async def beside(stop: asyncio.Event) -> None:
        task = asyncio.create_task(server.serve())
        ended = asyncio.create_task(stop.wait())
        await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        ended.cancel()
        await task

    await service.run(beside)


def health(service: Service) -> dict[str, Any]:
    """What /healthz answers: the service is well as long as it answers and its configuration is in use."""
    return {"status": "ok", "config_error": service.config_error or None}


def states(env: Env) -> list[dict[str, Any]]:
    """What /status answers: the polled sources, without an address of any of them."""
    shelf = env.shelf_if_any(told=False)
    if shelf is None:
        return []
    try:
        return shelf.overview()
    finally:
        shelf.close()


class _Screen:
    """What `run` tells: what was read, what was published, where to look; then news and trouble."""

    def __init__(self, env: Env, app: App, verbose: bool) -> None:
        self._env, self._app, self._verbose = env, app, verbose
        self._waiting: set[str] = set()
        self._failing: dict[str, Report] = {}
        self._new = 0
        self._labels: set[str] = set()

    def hello(self, address: str, releases: int, feeds: int, due: Collection[str]) -> None:
        """The first lines; `due` are the sources that are read first."""
        settings = self._app.settings
        self._waiting = {s.id for s in settings.sources if s.id in due}
        say(f"{count(len(settings.sources), 'source')}, {count(len(settings.companies), 'company', 'companies')},"
            f" {count(len(settings.topics), 'topic')} from {self._env.config}")  # fmt: skip
        say(f"{count(releases, 'release')} in {count(feeds, 'feed')} so far")
        say(f"serving {self._env.feeds} at {address}  (Ctrl-C ends it)")
        if address.rstrip("/") != settings.base_url:
            say(f"links in the feeds begin with {settings.base_url}: base_url in settings.toml")

    def reports(self, reports: list[Report]) -> None:
        """News of every poll, the first failure of a source, and its recovery."""
        from aggregator.cli.polls import tell, tell_failures

        first_round = bool(self._waiting)
        fresh: list[Report] = []
        for report in reports:
            tell(report)
            if report.outcome == "failed":
                fresh += [] if report.source in self._failing else [report]
                self._failing[report.source] = report
            elif self._failing.pop(report.source, None):
                say(f"{report.source}: it can be read again")
            elif self._verbose and report.outcome == "unchanged":
                say(f"{report.source}: nothing new")
            self._new += sum(report.counts.get(k, 0) for k in ("new", "update", "series"))
            self._labels |= report.changed
            self._waiting.discard(report.source)
        if not first_round:
            tell_failures(fresh)
        elif not self._waiting:
            tell_failures(self._failing.values())
            say(
                f"the sources were read: {count(self._new, 'new release')}, {count(len(self._labels), 'feed')} changed"
            )


@click.command()
@_where
@click.pass_obj
def serve(env: Env, host: str, port: int) -> int:
    """Serve the published feeds; poll nothing. For a machine beside the one that polls.

    \b
    aggregator serve --port 8080
    """
    from aggregator.web import FeedTable, make_app
    from aggregator.web import serve as listen

    if not env.feeds.is_dir():
        say(f"{env.feeds}: there is no such folder yet; it is served as soon as something is published there")
    table: FeedTable = FeedTable(env.feeds)

    async def go() -> None:
        import signal

        server = listen(
            make_app(table, status=lambda: {"status": "ok"}, sources=lambda: states(env)), host, port
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(
                number, lambda: setattr(server, "should_exit", True)
            )
        say(f"serving {env.feeds} at http://{_shown(host)}:{server.port}/  (Ctrl-C ends it)")
        await server.serve()

    asyncio.run(go())
    return 0


def _shown(host: str) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - shown, not bound
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


class _OneLine(logging.Formatter):
    """One event, one line, without characters that move the cursor."""

    def format(self, record: logging.LogRecord) -> str:
        from aggregator.cli.output import printable

        return printable(super().format(record))[:4000]


def _log_to_stderr(verbose: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
    for name in ("httpx", "httpcore", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)  # their lines carry whole URLs, or nothing of use
