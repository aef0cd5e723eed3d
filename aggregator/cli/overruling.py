"""``split``, ``merge``, ``never``, ``undo``: overrule a decision, or take that back. Overrules survive everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aggregator.cli import Env
from aggregator.cli.output import say
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.orders import Order


LARGEST = 2**63 - 1
"""The largest number of a row."""


@click.command()
@click.argument("copy", type=int, metavar="COPY")
@click.pass_obj
def split(env: Env, copy: int) -> None:
    """Part a copy from its release, for good. COPY is its number in `releases show`.

    \b
    aggregator split 31
    """
    if not 0 < copy <= LARGEST:
        raise UsageError(f"no copy {copy}; `aggregator releases show ID` shows the numbers of its copies")
    env.shelf().close()  # nothing is made where nothing is stored
    release = _overrule(env, {"do": "split", "copy": copy})
    say(f"copy {copy} is release {release} now; `aggregator undo {release}` takes it back")


@click.command()
@click.argument("release", metavar="RELEASE")
@click.argument("other", metavar="OTHER")
@click.pass_obj
def merge(env: Env, release: str, other: str) -> None:
    """Join OTHER into RELEASE, for good. The entry of RELEASE stays, that of OTHER is no longer published.

    \b
    aggregator merge 12 15
    """
    kept, gone = _both(env, release, other)
    _overrule(env, {"do": "merge", "release": kept, "other": gone})
    say(f"release {gone} is part of release {kept} now; `aggregator undo {kept}` takes it back")


@click.command()
@click.argument("release", metavar="RELEASE")
@click.argument("other", metavar="OTHER")
@click.pass_obj
def never(env: Env, release: str, other: str) -> None:
    """Keep two releases apart for good, whatever copies of them come later.

    \b
    aggregator never 12 15
    """
    one, two = _both(env, release, other)
    _overrule(env, {"do": "never", "release": one, "other": two})
    say(f"releases {one} and {two} stay apart; `aggregator undo {one} {two}` takes it back")


@click.command()
@click.argument("release", metavar="RELEASE")
@click.argument("other", metavar="[OTHER]", default="")
@click.pass_obj
def undo(env: Env, release: str, other: str) -> None:
    """Take back what `split`, `merge` and `never` decided about a release, or between two: the rules decide again.

    `aggregator review --decided` lists what there is to take back.

    \b
    aggregator undo 12
    aggregator undo 12 15
    """
    shelf = env.shelf()
    one, two = shelf.find(release), shelf.find(other) if other else None
    shelf.close()
    _overrule(env, {"do": "undo", "release": one, "other": two})
    whom = f"release {one}" if two is None else f"releases {one} and {two}"
    say(
        f"what was decided by hand about {whom} is forgotten; `aggregator releases list` shows what came of it"
    )


def _both(env: Env, release: str, other: str) -> tuple[int, int]:
    shelf = env.shelf()
    found = shelf.find(release), shelf.find(other)
    shelf.close()
    return found


def _overrule(env: Env, order: Order) -> int:
    """Carry it out, here or by the running service; the release that it concerns."""
    import asyncio

    from aggregator.app import App
    from aggregator.cli import beside
    from aggregator.orders import carry_out

    settings = env.settings

    async def go() -> int:
        async with App.open(env.paths, settings) as app:
            result = await carry_out(app, order)
            await app.in_store(app.publish)
            return int(result["number"])

    return beside.carried_out(
        env, order["do"], order, lambda: asyncio.run(go()), lambda said: int(said["number"])
    )
