"""``sources list | show | test | pause | resume | remove``; `add`, `edit`, `move`, `repair` stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env, exchange
from aggregator.cli.adding import add
from aggregator.cli.editing import edit
from aggregator.cli.moving import move, spoken_of
from aggregator.cli.output import (
    TAKEN_OVER,
    agree,
    count,
    emit,
    emit_one,
    formats,
    in_zone,
    local,
    printable,
    say,
    table,
)
from aggregator.cli.polls import reasons, told
from aggregator.cli.repairing import release, repair
from aggregator.errors import UsageError
from aggregator.model import Problem, Source

if TYPE_CHECKING:
    from aggregator.store import Shelf


@click.group()
def sources() -> None:
    """Add, list, show, test, edit, pause, resume, release, repair, move, remove, import and export sources."""


sources.add_command(exchange.import_)
sources.add_command(exchange.export)


sources.add_command(move)


sources.add_command(add)
sources.add_command(edit)


@sources.command("list")
@formats
@click.pass_obj
def list_(env: Env, form: str | None) -> None:
    """List the configured sources with how they are doing.

    \b
    aggregator sources list
    """
    states = _states(env)
    emit((_record(s, states.get(s.id)) for s in env.settings.sources), form, _table)


@sources.command()
@click.argument("id")
@formats
@click.pass_obj
def show(env: Env, id: str, form: str | None) -> None:
    """Show one source: its settings, its state, what is refused, the lines that its pages repeat, its last polls.

    \b
    aggregator sources show inbox
    """
    source = find_source(env, id)
    record = _record(source, _states(env).get(id))
    shelf = env.shelf_if_any(told=False)
    record["left_out"] = _left_out(source, shelf) if shelf else []
    record["robots"] = spoken_of(shelf, source) if shelf else ""
    record["refusals"] = shelf.refused(id) if shelf else []
    record["held"] = [{"title": h.title, "url": h.url or None} for h in shelf.held(id)] if shelf else []
    record["gaps"] = shelf.gaps(id) if shelf else []
    record["polls"] = shelf.polls(id, limit=10) if shelf else []
    record["hub"] = _hub(env, shelf, id) if shelf else ""
    emit_one(record, form, lambda r: _show(r, env.zone))


@sources.command()
@click.argument("id")
@click.option("--live", is_flag=True, help="Fetch it anew instead of reading what is stored.")
@formats
@click.pass_obj
def test(env: Env, id: str, live: bool, form: str | None) -> int:
    """Read the stored documents of a source again, offline, and show the difference to what is stored.

    A source that was never polled is fetched and read in full, as with --live. Nothing is stored.

    \b
    aggregator sources test inbox
    aggregator sources test inbox --live
    """
    from aggregator.cli import replaying

    return replaying.run(env, find_source(env, id), live=live, form=form)


@sources.command()
@click.argument("id")
@click.pass_obj
def pause(env: Env, id: str) -> None:
    """Stop polling a source until `resume`.

    \b
    aggregator sources pause inbox
    """
    _change(env, id, paused=True)
    say(f'"{id}" is paused; what it gave stays published; {TAKEN_OVER}')


@sources.command()
@click.argument("id")
@click.pass_obj
def resume(env: Env, id: str) -> None:
    """Poll a paused source again.

    \b
    aggregator sources resume inbox
    """
    _change(env, id, paused=None)
    say(f'"{id}" is polled again; {TAKEN_OVER}')


@sources.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(env: Env, id: str, yes: bool) -> None:
    """Take a source out of config/sources.toml. Its releases stay, with their ids.

    \b
    aggregator sources remove inbox --yes
    """
    from aggregator.settings.editing import remove_source

    find_source(env, id)
    agree(f'Remove "{id}"? Its releases stay.', yes, default=False)
    remove_source(env.config, id)
    say(
        f'"{id}" is removed; its releases stay published. Added again under the same id, nothing comes up twice'
    )


sources.add_command(release)
sources.add_command(repair)


def _left_out(source: Source, shelf: Shelf) -> list[dict[str, Any]]:
    """The lines that are no part of its releases, because so many pages show them."""
    from aggregator.reading.learnt import is_kept

    lines = shelf.repeated_lines(source.id)
    return [{"line": r.text, "pages": r.pages, "kept": is_kept(r.text, source)} for r in lines]


def _change(env: Env, id: str, **changes: Any) -> None:
    from aggregator.settings.editing import update_source

    find_source(env, id)
    update_source(env.config, id, **changes)


def find_source(env: Env, id: str) -> Source:
    """A configured source. Raises `UsageError`, naming those that there are."""
    for source in env.settings.sources:
        if source.id == id:
            return source
    known = ", ".join(s.id for s in env.settings.sources) or "none"
    raise UsageError(f"no source {id!r} in {env.config}/sources.toml; there are: {known}")


def _states(env: Env) -> dict[str, dict[str, Any]]:
    shelf = env.shelf_if_any(told=False)
    return {s["id"]: s for s in shelf.sources()} if shelf else {}


def _hub(env: Env, shelf: Shelf, id: str) -> str:
    """How things stand with the source's hub, and why nothing is asked of it where nothing ever is."""
    said = shelf.hub(id)
    if not said:
        return ""
    from aggregator.subscriber import is_public

    if not env.settings.websub:
        return f"{said}; switched off (`websub` in settings.toml)"
    reached = is_public(env.settings.base_url)
    return (
        said
        if reached
        else f"{said}; it could not call back: `base_url` in settings.toml is no public address"
    )


def spelled(source: Source) -> str | float:
    """How often a source is polled, as one writes it."""
    from aggregator.settings.values import spell_interval

    return spell_interval(source.every) if source.every else ""


def _record(source: Source, state: dict[str, Any] | None) -> dict[str, Any]:
    from aggregator.cli.status import told as with_state

    settings = {"id": source.id, "title": source.title, "adapter": source.adapter, "url": source.url, "role": source.role,
                "company": source.company, "every": spelled(source), "paused": source.paused}  # fmt: skip
    keys = ("next_due", "schedule", "last_polled", "last_success", "last_new", "failures", "reason", "detail", "copies",
            "polled_at", "suggested", "gone_since")  # fmt: skip
    known = {k: state[k] for k in keys} if state else dict.fromkeys(keys)
    found = (
        with_state(state) if state else {"state": "not polled", "since": None, "evidence": "", "remedy": ""}
    )
    if source.paused:
        found = {"state": "paused", "since": None, "evidence": "", "remedy": ""}
    health = {k: found[k] for k in ("state", "since", "evidence", "remedy")}
    usual = state["usual"] if state else ""
    return {**settings, **health, "usual": usual, **known, "refused": state["refused"] if state else {}}


def _table(records: list[dict[str, Any]]) -> None:
    if not records:
        click.echo("no sources yet; `aggregator sources add ADDRESS` adds one")
        return
    rows = [
        (r["id"], r["adapter"], r["state"], r["copies"] or 0, sum(r["refused"].values()), r["url"])
        for r in records
    ]
    table(("Id", "Adapter", "State", "Copies", "Refused", "Address"), rows, widths=(0, 0, 0, 0, 0, 90))


def _show(record: dict[str, Any], zone: str) -> None:
    for key, value in record.items():
        if key not in ("left_out", "refusals", "held", "gaps", "polls") and value not in (
            None,
            "",
            False,
            {},
        ):
            shown = (
                local(value, zone)
                if key in ("since", "next_due", "last_polled", "last_success", "last_new")
                else reasons(value)
                if key == "refused"
                else in_zone(str(value), zone)
            )
            click.echo(f"{key:<14} {printable(shown)}")
    click.echo(f"{'times':<14} those of {zone}")
    for line in record["left_out"]:
        what = "kept, although" if line["kept"] else "left out, since"
        click.echo(f"{what} {count(line['pages'], 'page')} repeat it: {printable(line['line'])}")
    _show_refusals(record, zone)
    _show_held(record)
    for gap in record["gaps"]:
        lost = "nothing is missing" if gap["closed"] else "some may be missing"
        lost = f"{gap['said']}; {lost}" if gap["said"] else lost
        since, at = local(gap["since"], zone), local(gap["at"], zone)
        click.echo(printable(f"its list overran between {since} and {at}: {lost}"))
    for poll in record["polls"]:
        nothing = "" if poll["outcome"] == "failed" else "nothing new"
        counts = ", ".join(f"{n} {k}" for k, n in poll["counts"].items()) or nothing
        click.echo(f"\n{local(poll['at'], zone)}  {poll['outcome']}{': ' if counts else ''}{counts}")
        for problem in poll["problems"]:
            click.echo(f"    {printable(in_zone(told(Problem(**problem), record['id']), zone))}")


def _show_refusals(record: dict[str, Any], zone: str) -> None:
    """What is refused now, also where the poll that met it was long ago."""
    held, all_of_them = record["refusals"], sum(record["refused"].values())
    if held:
        click.echo("\nrefused now, until the document changes or is taken away:")
    for refusal in held:
        problem = Problem(refusal["reason"], refusal["detail"], refusal["where"])
        click.echo(f"    {printable(in_zone(told(problem, record['id']), zone))}")
    if all_of_them > len(held):
        click.echo(f"    and {all_of_them - len(held)} more")


def _show_held(record: dict[str, Any]) -> None:
    """What waits for `sources release`."""
    if record["held"]:
        click.echo(f"\n{count(len(record['held']), 'release')} held back:")
    for waiting in record["held"][:20]:
        click.echo(f"    {printable(waiting['title'])}")
    if len(record["held"]) > 20:
        click.echo(f"    and {len(record['held']) - 20} more; --json names them all")
