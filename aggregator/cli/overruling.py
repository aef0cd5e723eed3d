"""``split``, ``merge``, ``never``, ``undo``: overrule a decision, or take that back. Overrules survive everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from aggregator.cli import Env
from aggregator.cli.output import say
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.store import Store


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
    release = _overrule(env, "split", lambda store, now: store.overrules.split(copy, now))
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
    _overrule(env, "merge", lambda store, now: store.overrules.merge(kept, gone, now))
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
    _overrule(env, "never", lambda store, now: store.overrules.never(one, two, now))
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

    def work(store: Store, now: datetime) -> int:
        store.arranging.again(store.overrules.forget(one, two), now)
        return one

    _overrule(env, "undo", work)
    whom = f"release {one}" if two is None else f"releases {one} and {two}"
    say(
        f"what was decided by hand about {whom} is forgotten; `aggregator releases list` shows what came of it"
    )


def _both(env: Env, release: str, other: str) -> tuple[int, int]:
    shelf = env.shelf()
    found = shelf.find(release), shelf.find(other)
    shelf.close()
    return found


def _overrule(env: Env, command: str, work: Callable[[Store, datetime], int]) -> int:
    import asyncio

    from aggregator.app import App, clock
    from aggregator.store import lock

    settings = env.settings

    async def go() -> int:
        async with App.open(env.paths, settings) as app:

            def change() -> int:
                with app.store.settling():
                    return work(app.store, clock())

            result = await app.in_store(change)
            await app.in_store(app.publish)
            return result

    with lock.hold(env.data, command, clock()):
        return asyncio.run(go())
