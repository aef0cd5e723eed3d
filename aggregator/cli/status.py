"""``status``: how the sources are doing."""

from __future__ import annotations

from typing import Any

import click

from aggregator.cli import Env
from aggregator.cli.output import emit_one, formats, printable, table


@click.command()
@formats
@click.pass_obj
def status(env: Env, form: str | None) -> int:
    """Say how the sources are doing. Exit code 1 when one of them fails.

    \b
    aggregator status
    aggregator status --json
    """
    from aggregator.store import lock

    shelf = env.shelf()
    sources = shelf.sources()
    record = {"at_work": lock.holder(env.data) or None, "totals": shelf.totals(), "sources": sources}
    emit_one(record, form, _show)
    return 1 if any(s["failures"] and s["active"] for s in sources) else 0


def _show(record: dict[str, Any]) -> None:
    totals = record["totals"]
    click.echo(f"at work: {record['at_work'] or 'nobody'}")
    click.echo(", ".join(f"{n} {name}" for name, n in totals.items()) + "\n")
    if not record["sources"]:
        click.echo("no sources yet; `aggregator sources add ADDRESS` adds one")
        return
    rows = [(s["id"], state(s), s["copies"], _short(s["last_success"]), _short(s["last_new"]), _short(s["next_due"]))
            for s in record["sources"]]  # fmt: skip
    table(("Source", "State", "Copies", "Last success", "Last new", "Next"), rows, widths=(32,))
    for s in record["sources"]:
        if s["failures"] and s["active"]:
            click.echo(f"\n{s['id']}: failed {s['failures']} times, {s['reason']}: {printable(s['detail'])}")


def state(source: dict[str, Any]) -> str:
    """A source's state in a word."""
    if not source["active"]:
        return "off"
    if source["failures"]:
        return "failing"
    return "well" if source["last_success"] else "not polled"


def _short(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "–"
