"""``sources edit``: settings of one source, changed from the command line."""

from __future__ import annotations

from typing import Any

import click

from aggregator.cli import Env
from aggregator.cli.output import TAKEN_OVER, printable, say
from aggregator.errors import UsageError


@click.command()
@click.argument("id")
@click.argument("settings", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.pass_obj
def edit(env: Env, id: str, settings: tuple[str, ...]) -> None:
    """Change settings of a source in config/sources.toml; comments and order stay.

    KEY is a key of docs/configuration.md, VALUE is written as in the file or as a plain word. `KEY=` takes a
    key out, so that its default counts again. The id cannot be changed.

    \b
    aggregator sources edit inbox title="Letters" every="5 min"
    aggregator sources edit inbox 'skip=["/drafts/"]' every=
    """
    from aggregator.cli.sources import find_source
    from aggregator.settings.editing import update_source

    source = find_source(env, id)
    changes = dict(_change(word) for word in settings)
    update_source(env.config, source.id, **changes)
    for key, value in changes.items():
        say(f'"{id}": {key} {"is as by default" if value is None else f"= {printable(str(value))}"}')
    say(TAKEN_OVER)


def _change(word: str) -> tuple[str, Any]:
    """A key and its value in our own units; None takes the key out."""
    from aggregator.settings.tables import SOURCE
    from aggregator.settings.values import WrongError, meant

    key, equals, said = word.partition("=")
    key = key.strip()
    if not equals:
        raise UsageError(f'{word!r}: write KEY=VALUE, as in every="15 min"; nothing was changed')
    if key == "id":
        raise UsageError("the id of a source cannot be changed: what was read from it is kept under that id")
    if key == "recipe" and said.strip():
        raise UsageError(
            'a recipe is written by `sources repair`, or by hand: docs/configuration.md, "Recipes"'
        )
    if key not in SOURCE.keys:
        raise UsageError(f"unknown key {key!r}: {meant(key, SOURCE.keys)}; nothing was changed")
    if not said.strip():
        if key in SOURCE.required:
            raise UsageError(f"{key} cannot be taken out; nothing was changed")
        return key, None
    try:
        SOURCE.keys[key](value := _value(said))
    except WrongError as error:
        raise UsageError(f"{key} = {said}: {error.remedy}; nothing was changed") from None
    return key, value


def _value(said: str) -> Any:
    """A value as TOML reads it; what is none is a plain word."""
    import tomllib

    try:
        return tomllib.loads(f"value = {said}")["value"]
    except ValueError:
        return said.strip()
