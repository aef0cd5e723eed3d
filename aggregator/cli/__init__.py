"""The command line: one file per noun, each loaded when it is used.

Nothing heavy is imported here, so that ``aggregator --help`` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator import __version__
from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from aggregator.app import Paths
    from aggregator.settings import Settings
    from aggregator.store import Shelf

# Command, the module that holds it, and its line in the overview.
COMMANDS = {
    "sources": ("sources", "Add, list, show, test, change and remove sources."),
    "poll": ("polls", "Poll sources once, store what is new, publish what changed."),
    "ingest": ("polls", "Read files or folders once."),
    "parse": ("parsing", "Show the parts of a release without storing anything."),
    "publish": ("polls", "Rebuild every feed from the store."),
    "reprocess": ("polls", "Read what is stored again with today's rules and words."),
    "run": ("service", "Poll on schedule and serve the feeds, until SIGTERM."),
    "serve": ("service", "Serve the feeds; poll nothing."),
    "releases": ("releases", "List, show and export what is in the store."),
    "explain": ("explaining", "Say why a release is what it is: rule, line, score."),
    "review": ("review", "List releases that look alike and were kept apart."),
    "split": ("overruling", "Part a copy from its release, for good."),
    "merge": ("overruling", "Join two releases, for good."),
    "never": ("overruling", "Keep two releases apart, for good."),
    "undo": ("overruling", "Take back what split, merge and never decided."),
    "companies": ("vocabulary", "List the companies that are configured or have a feed."),
    "topics": ("vocabulary", "List topics; try a topic's rule on stored releases."),
    "status": ("status", "Say how the sources are doing."),
}


class _Commands(click.Group):
    """Loads a command's module when it is called for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"aggregator.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@dataclass
class Env:
    """The three folders, and what is read from them on demand."""

    config: Path
    data: Path
    feeds: Path

    @property
    def paths(self) -> Paths:
        from aggregator.app import Paths

        return Paths(self.config, self.data, self.feeds)

    @cached_property
    def settings(self) -> Settings:
        """The configuration; its warnings are told once. Raises `ConfigError`."""
        from aggregator.cli.output import say
        from aggregator.settings import load

        settings = load(self.config)
        for warning in settings.warnings:
            say(f"warning: {warning}")
        return settings

    def settings_or_none(self) -> Settings:
        """The configuration, or settings without sources, companies and topics where there is no folder."""
        from aggregator.settings import Settings

        return self.settings if self.config.is_dir() else Settings(folder=self.config.absolute())

    @property
    def zone(self) -> str:
        """The time zone that a person is told times in."""
        try:
            return self.settings.timezone
        except AggregatorError:
            return "UTC"

    def shelf(self) -> Shelf:
        """The store, for reading. Raises `StoreError` where there is none yet."""
        from aggregator.store import Shelf

        return Shelf.open(self.data)

    def shelf_if_any(self, *, told: bool = True) -> Shelf | None:
        """The store, for reading; None where nothing is stored yet, which is `told`.

        Raises `StoreError` where there was a store, or there is one that cannot be used.
        """
        from aggregator.cli.output import say
        from aggregator.store import Shelf

        shelf = Shelf.open_if_any(self.data)
        if shelf is None and told:
            say(f"{self.data}: nothing is stored yet; `aggregator poll` or `aggregator ingest PATH` begins")
        return shelf


def _folder(name: str, what: str) -> Callable[[Any], Any]:
    return click.option(
        f"--{name}", type=click.Path(path_type=Path), default=f"./{name}", show_default=True,
        envvar=f"AGGREGATOR_{name.upper()}", show_envvar=True, help=what,
    )  # fmt: skip


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@_folder("config", "What you want: settings, sources, companies, topics.")
@_folder("data", "What happened: the database.")
@_folder("feeds", "What is published.")
@click.version_option(__version__, prog_name="aggregator")
@click.pass_context
def cli(ctx: click.Context, config: Path, data: Path, feeds: Path) -> None:
    """Press releases in; one clean Atom feed per company and per topic out, each release once.

    \b
    aggregator run                      poll on schedule, serve at http://127.0.0.1:8000
    aggregator sources add ADDRESS      follow a newsroom, a feed, a mailbox or a folder
    aggregator explain 12               why release 12 is what it is
    """
    ctx.obj = Env(config, data, feeds)


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 something failed and was named, 2 wrong use, 130 interrupted."""
    from aggregator.cli import streams

    streams.prepare()
    try:
        code = _run()
    except streams.LostError as lost:
        code = 0 if lost.reader_left else _tell(lost, 1)
    sys.exit(code)


def _run() -> int:
    try:
        code = cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AggregatorError as error:
        return _tell(error, error.exit_code)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    return code if isinstance(code, int) else 0


def _tell(error: Exception, code: int) -> int:
    from aggregator.cli.output import say

    for line in str(error).splitlines():
        say(line if line.startswith(" ") else f"error: {line}")
    return code
