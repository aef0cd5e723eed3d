"""``sources import | export``: lists of sources from and for other programs (OPML)."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli import Env
from aggregator.cli.output import LOOK_ONLY, agree, count, hint, path_name, printable, say
from aggregator.errors import ReadError, UsageError

if TYPE_CHECKING:
    from aggregator.adapters.opml import FeedList
    from aggregator.settings import Settings

STDIN = "-"
_SHOWN = 10
_LISTS = (".opml", ".opml.xml")


@click.command("import")
@click.argument("listed", metavar="FILE-or-URL")
@click.option("--allow-private", is_flag=True, help="Fetch the list from a private network too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@click.pass_obj
def import_(env: Env, listed: str, allow_private: bool, yes: bool, dry_run: bool) -> int:
    """Follow the feeds of an OPML list (or RDF): what is not followed yet is added, all at once.

    `-` reads standard input. What `sources export` wrote gives the same sources again. Nothing is fetched but the list.

    \b
    aggregator sources import feeds.opml --dry-run
    aggregator sources import https://www.example.com/blogroll.opml --yes
    """
    return follow(env, listed, allow_private=allow_private, yes=yes, dry_run=dry_run)


def is_list(address: str) -> bool:
    """Whether this is a list of feeds (OPML), which makes many sources of one address."""
    path = Path(address.partition("?")[0]).expanduser()
    if path.name.lower().endswith(_LISTS):
        return "://" in address or path.exists()
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    with path.open("rb") as file:
        return b"<opml" in file.read(4000).lower()


def follow(env: Env, listed: str, *, allow_private: bool, yes: bool, dry_run: bool) -> int:
    """Add what a list names, as `import` does; the exit code."""
    from aggregator.settings.editing import add_sources
    from aggregator.settings.exchange import exchanged

    settings = env.settings_or_none()
    found = _read(settings, listed, allow_private)
    made = exchanged(found.entries, settings, trusted="://" not in listed)
    for source in made.new[:_SHOWN]:
        click.echo(f"{source.id}  {printable(source.url)}")
    if len(made.new) > _SHOWN:
        click.echo(f"and {len(made.new) - _SHOWN} more")
    refused = [*made.refused, *((p.where, p.detail) for p in found.problems)]
    _tell(refused)
    counts = f"{made.followed} already followed, {len(refused)} refused"
    if dry_run or not made.new:
        say(f"{len(made.new)} would be added, {counts}; nothing was changed")
        return 0
    agree(f"Add {count(len(made.new), 'source')}?", yes, remedy=LOOK_ONLY)
    env.config.mkdir(exist_ok=True)
    add_sources(env.config, made.new)
    say(f"{len(made.new)} added to {env.config}/sources.toml, {counts}")
    return 0


def _tell(refused: list[tuple[str, str]]) -> None:
    """Each reason with the first that it met."""
    for (what, reason), number in Counter(refused).most_common(_SHOWN):
        times = f" ({number} times)" if number > 1 else ""
        say(f"refused: {printable(what) or 'an entry without a name'}: {printable(reason)}{times}")
    if len(set(refused)) > _SHOWN:
        say(f"and {len(set(refused)) - _SHOWN} more refused")


def _read(settings: Settings, listed: str, allow_private: bool) -> FeedList:
    from aggregator.adapters import opml

    data, charset = _bytes(settings, listed, allow_private)
    try:
        found = opml.read(data, charset)
    except ReadError as error:
        raise UsageError(f"{path_name(listed)}: {error.detail}; nothing was changed") from None
    if not found.entries and not found.problems:
        raise UsageError(f"{path_name(listed)}: the list names no feed; nothing was changed")
    return found


def _bytes(settings: Settings, listed: str, allow_private: bool) -> tuple[bytes, str]:
    if not listed:
        raise UsageError("an empty word names no file and no address")
    if listed == STDIN:
        return sys.stdin.buffer.read(), ""
    if "://" in listed:
        return asyncio.run(_fetched(settings, listed, allow_private))
    try:
        return Path(listed).read_bytes(), ""
    except OSError as error:
        said = (error.strerror or "error").lower()
        raise UsageError(f"{path_name(listed)}: cannot be read ({said}){hint(listed)}") from None


async def _fetched(settings: Settings, url: str, allow_private: bool) -> tuple[bytes, str]:
    from aggregator.app import fetcher
    from aggregator.cli.reading import fetched

    async with fetcher(settings) as client:
        document = await fetched(url, client, allow_private=allow_private)
    return document.content, document.charset


@click.command()
@click.option("--opml", "file", default=STDIN, metavar="FILE", help="Where to; standard output otherwise.")
@click.pass_obj
def export(env: Env, file: str) -> int:
    """Write all sources as OPML 2.0, with everything that import needs to give the same sources again.

    Feed readers take over the feeds. Passwords are not in it: they are not in the configuration either.

    \b
    aggregator sources export --opml sources.opml
    aggregator sources export > sources.opml
    """
    from aggregator.adapters import opml
    from aggregator.settings.exchange import listed

    settings = env.settings
    made = opml.write(settings.title, [listed(source) for source in settings.sources])
    if file == STDIN:
        click.echo(made.decode("utf-8"), nl=False)
        return 0
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        said = (error.strerror or "error").lower()
        raise UsageError(f"{path_name(file)}: cannot be written ({said})") from None
    say(f"{count(len(settings.sources), 'source')} written to {path_name(file)}")
    return 0
