"""``status``: how the sources are doing."""

from __future__ import annotations

from typing import Any

import click

from aggregator.cli import Env
from aggregator.cli.output import count, emit_one, formats, in_zone, local, printable, say, table
from aggregator.cli.polls import reasons
from aggregator.errors import ConfigError


@click.command()
@formats
@click.pass_obj
def status(env: Env, form: str | None) -> int:
    """Say how the sources are doing, why, and what to do. Exit code 1 when releases of one do not come through
    (failing, changed, walled, gone, held), 2 when the configuration is wrong.

    \b
    aggregator status
    aggregator status --json
    """
    from aggregator.health import FAILING
    from aggregator.store import lock
    from aggregator.store.shelf import TOTALS

    shelf = env.shelf_if_any()
    configured, broken = _configured(env)
    sources = [told(s, configured) for s in (shelf.sources() if shelf else ())]
    totals = shelf.totals() if shelf else dict.fromkeys(TOTALS, 0)
    record = {"at_work": lock.holder(env.data) or None, "totals": totals, "sources": sources}
    emit_one(record, form, lambda r: _show(r, env.zone, len(configured or ())))
    return 2 if broken else int(any(s["state"] in FAILING for s in sources))


def _configured(env: Env) -> tuple[frozenset[str] | None, bool]:
    """Ids of the configured sources, or None where the configuration is broken, which is told."""
    try:
        return frozenset(s.id for s in env.settings.sources), False
    except ConfigError as error:
        for line in error.problems:
            say(f"error: {line}")
        return None, True


def state(source: dict[str, Any], configured: frozenset[str] | None = None) -> str:
    """A source's state in a word, as docs/operations.md lists them."""
    if source["every"] == 0:
        return "by hand"
    if configured is not None and source["id"] not in configured:
        return "removed"
    if not source["active"]:
        return "paused"
    if source["gone_since"]:
        return "gone"
    if source["health"]:
        return str(source["health"])
    if source["failures"]:
        return "failing"
    return "well" if source["last_success"] else "not polled"


def moved(source: dict[str, Any]) -> list[str]:
    """Where a source went, a line each, with what can be done about it."""
    id, lines = source["id"], []
    if source["polled_at"]:
        lines.append(f"{id}: moved for good within its site, polled at {source['polled_at']};"
                     f" `aggregator sources move {id}` writes that into the configuration")  # fmt: skip
    if source["suggested"]:
        lines.append(f"{id}: its server says that it moved to another site, {source['suggested']}; look at it, then"
                     f" `aggregator sources move {id}`")  # fmt: skip
    return lines


def told(source: dict[str, Any], configured: frozenset[str] | None = None) -> dict[str, Any]:
    """A source's record with its `state` and what to do about it."""
    from aggregator.health import remedy

    word = state(source, configured)
    record = {k: v for k, v in source.items() if k != "health"} | {
        "state": word,
        "remedy": remedy(word, source["id"], source["reason"]),
    }
    # Of what is not polled any more nothing is known now.
    return record if word == source["health"] else record | {"since": None, "evidence": ""}


def _show(record: dict[str, Any], zone: str, configured: int) -> None:
    totals = record["totals"]
    click.echo(f"at work: {record['at_work'] or 'nothing; `aggregator run` polls on schedule'}")
    numbers = (("releases", "release", ""), ("copies", "copy", "copies"), ("revisions", "revision", ""),
               ("reviews", "pair to review", "pairs to review"))  # fmt: skip
    click.echo(", ".join(count(totals[key], one, many) for key, one, many in numbers) + "\n")
    if not record["sources"]:
        unread = f"{count(configured, 'source')}, not polled yet; `aggregator poll` reads them"
        click.echo(unread if configured else "no sources yet; `aggregator sources add ADDRESS` adds one")
        return
    rows = [
        (s["id"], s["state"], s["copies"], sum(s["refused"].values()),
         local(s["last_success"], zone), local(s["last_new"], zone),
         "–" if s["state"] in ("by hand", "removed", "paused") or s["gone_since"] else local(s["next_due"], zone))
        for s in record["sources"]
    ]  # fmt: skip
    table(("Source", "State", "Copies", "Refused", "Last success", "Last new", "Next"), rows)
    click.echo(f"\nTimes are those of {zone}.")
    for s in record["sources"]:
        if s["failures"] and s["state"] not in ("by hand", "removed", "paused"):
            times = count(s["failures"], "time")
            click.echo(f"{s['id']}: failed {times}, {s['reason']}: {printable(in_zone(s['detail'], zone))}")
        elif s["evidence"]:
            click.echo(f"{s['id']}: {s['state']}: {printable(in_zone(s['evidence'], zone))}")
        if s["remedy"]:
            click.echo(f"{s['id']}: {printable(s['remedy'])}")
        for line in moved(s):
            click.echo(printable(line))
        if s["refused"] and s["state"] != "removed" and s["refused"] != {s["reason"]: 1}:
            click.echo(
                f"{s['id']}: refused {reasons(s['refused'])}; `aggregator sources show {s['id']}` names them"
            )
