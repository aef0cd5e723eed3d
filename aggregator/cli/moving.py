"""``sources move``, and what `sources show` says of a site's robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import TAKEN_OVER, agree, say
from aggregator.errors import FetchError, UsageError
from aggregator.model import Source

if TYPE_CHECKING:
    from aggregator.store import Shelf


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def move(env: Env, id: str, yes: bool) -> int:
    """Write where a source has moved to into config/sources.toml, as its server says (301, 308).

    Within its site it is polled there already; to another site it is not, before somebody has looked at it.

    \b
    aggregator sources move newsroom
    """
    from aggregator.settings.editing import update_source

    shelf = env.shelf_if_any(told=False)
    states: dict[str, dict[str, Any]] = {s["id"]: s for s in shelf.sources()} if shelf else {}
    state = states.get(id, {})
    there = state.get("suggested") or state.get("polled_at")
    if not there:
        raise UsageError(f"{id!r} has not moved, as far as its polls tell; nothing was changed")
    say(f"{id}: from {state['url']} to {there}")
    agree("Write it into the configuration?", yes, default=False)
    update_source(env.config, id, url=there)
    say(f'"{id}" is read at its new address from now on; its releases keep their ids; {TAKEN_OVER}')
    return 0


def spoken_of(shelf: Shelf, source: Source) -> str:
    """What the robots.txt of a source's site says about it, in a line; empty where nothing was asked."""
    from aggregator.fetch import address, robots

    if "://" not in source.url:
        return ""
    if not source.robots:
        return "not asked (robots = false)"
    try:
        there = address.parse(source.url)
    except FetchError:
        return ""
    found = shelf.robots(robots.origin(there))
    if found is None:
        return ""
    known = robots.Known(**found)
    said = ["allows it" if known.allows(there) else "forbids it"]
    if delay := known.crawl_delay():
        said.append(f"wants {delay:g} s between two requests")
    if known.why:
        said.append(f"cannot be read: {known.why}")
    return ", ".join(said)
