"""How commands speak: records to stdout, messages to stderr, one line for each failure."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from aggregator.cli import streams
from aggregator.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

_CONTROLS = {c: None for c in (*range(32), 127, *range(128, 160)) if c not in (9, 10)}


def formats(command: F) -> F:
    """The options ``--json`` and ``--jsonl`` of every command that prints records, as its argument `form`.

    Both together raise `UsageError`.
    """
    for name, what in (("json", "Print one JSON document."), ("jsonl", "Print one JSON record per line.")):
        command = click.option(
            f"--{name}", name, is_flag=True, expose_value=False, callback=_form, help=what
        )(command)
    return command


def _form(context: click.Context, option: click.Parameter, given: bool) -> None:
    chosen = context.params.setdefault("form", None)
    if given and chosen:
        raise UsageError("--json or --jsonl, not both")
    if given:
        context.params["form"] = option.name


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in one line, or indented; in ASCII where standard output is not UTF-8."""
    return json.dumps(value, ensure_ascii=not streams.unicode(), indent=indent)


def emit(
    records: Iterable[dict[str, Any]], form: str | None, show: Callable[[list[dict[str, Any]]], None]
) -> None:
    """Print records as asked for; `show` prints them for a person."""
    if form == "jsonl":
        for record in records:
            click.echo(as_json(record))
    elif form == "json":
        click.echo(as_json(list(records), indent=2))
    else:
        show(list(records))


def emit_one(record: dict[str, Any], form: str | None, show: Callable[[dict[str, Any]], None]) -> None:
    """Print a single record: ``--json`` gives the object itself."""
    if form:
        click.echo(as_json(record, indent=2 if form == "json" else None))
    else:
        show(record)


def screen(default: int) -> int:
    """Columns of the terminal that standard output is; `default` in a pipe or a file."""
    import shutil

    if sys.stdout is None or not sys.stdout.isatty():  # None: it was closed by whoever started this
        return default
    return max(shutil.get_terminal_size((default, 24)).columns, 40)


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, widths: Sequence[int] = ()) -> None:
    """An aligned table. Column `i` is cut to ``widths[i]`` characters where that is given and positive, the last
    one to what a terminal has left."""
    text = [[_cell(v, widths[i] if i < len(widths) else 0) for i, v in enumerate(row)] for row in rows]
    sizes = [max(len(r[i]) for r in [list(head), *text]) for i in range(len(head))]
    left = max(screen(default=10_000) - sum(sizes[:-1]) - 2 * len(sizes[:-1]), 16)
    for row in [list(head), *text]:
        row[-1] = _cell(row[-1], left)
        click.echo("  ".join(v.ljust(size) for v, size in zip(row, sizes, strict=True)).rstrip())


def _cell(value: object, width: int) -> str:
    text = printable("" if value is None else str(value)).replace("\n", " ")
    return text[: width - 1] + "…" if 0 < width < len(text) else text


def printable(text: str) -> str:
    """A text without characters that move the cursor or colour the screen."""
    return text.translate(_CONTROLS)


def encodable(text: str) -> bool:
    """Whether a word of the command line or a path is text, and no bytes that are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def text(_context: click.Context, option: click.Parameter, value: str) -> str:
    """Callback of an option whose value is stored. Raises `UsageError` for bytes that are no text."""
    if not encodable(value):
        raise UsageError(f"{option.opts[0]}: what follows is not valid UTF-8")
    return value


def path_name(path: str | os.PathLike[str]) -> str:
    """A path for a person or a record, also one that is not valid UTF-8: ``d\\xff``."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


_HOST = re.compile(r"(?:[a-z0-9-]+\.)+([a-z]{2,24})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:localhost|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_FILES = frozenset({"txt", "text", "md", "html", "htm", "eml", "pdf", "jsonl", "json", "xml", "rss", "atom"})


def hint(given: str) -> str:
    """What to write instead of a path that is an address without its scheme; else nothing."""
    if _NUMBERS.match(given):
        return f"; if it is an address, write http://{path_name(given)}"
    host = _HOST.match(given)
    if not host or host[1].lower() in _FILES:
        return ""
    return f"; if it is an address, write https://{path_name(given)}"


def say(message: str = "") -> None:
    """A message for the person at the screen."""
    click.echo(printable(message), err=True)


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 release``, ``3 releases``, ``2 copies``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def local(moment: str | datetime | None, zone: str) -> str:
    """A time for a person: in the configured zone, to the minute."""
    if not moment:
        return "–"
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return when.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d UTC\b")


def in_zone(said: str, zone: str) -> str:
    """A text whose times are UTC, for a screen that shows all others in the configured zone."""
    return _MOMENT.sub(lambda hit: local(f"{hit[0][:10]}T{hit[0][11:16]}+00:00", zone), said)


def interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


TAKEN_OVER = "a running service takes it over within seconds"
"""What becomes of a change of the configuration."""
LOOK_ONLY = "add --yes, or --dry-run to look only"
"""What to do where nobody can be asked, of a command that can look first."""


def agree(question: str, yes: bool = False, *, default: bool = True, remedy: str = "add --yes") -> None:
    """Ask before something is changed. Who says no ends the command well (exit code 0), having changed nothing.

    Raises `UsageError` with the remedy where nobody can be asked.
    """
    if yes:
        return
    if not interactive():
        raise UsageError(f"nobody can be asked here: {remedy}; nothing was changed")
    if not click.confirm(question, default=default, err=True):
        say("nothing was changed")
        raise click.exceptions.Exit(0)
