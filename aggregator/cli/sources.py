"""``sources add | list | show | test | pause | resume | remove``: a source's life."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import (
    count,
    emit,
    emit_one,
    formats,
    interactive,
    local,
    printable,
    say,
    table,
    text,
)
from aggregator.cli.polls import reasons, told
from aggregator.errors import UsageError
from aggregator.model import Problem, Source

if TYPE_CHECKING:
    from aggregator.cli.finding import Finding
    from aggregator.ingest import Haul
    from aggregator.store import Shelf


@click.group()
def sources() -> None:
    """Add, list, show, test, pause, resume and remove sources."""


@sources.command()
@click.argument("address", metavar="ADDRESS")
@click.option("--id", "wanted_id", default="", help="Its name; made from the title otherwise.")
@click.option("--every", default="", help='How often to poll: "15 min", "6 h".')
@click.option("--company", default="", callback=text, help="Whose releases these are: id or name.")
@click.option(
    "--role",
    type=click.Choice(["issuer", "wire", "outlet", "mixed"]),
    default=None,
    help="Whose texts it shows.",
)
@click.option("--allow-private", is_flag=True, help="Let it be in a private network.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be read.")
@formats
@click.pass_obj
def add(env: Env, address: str, wanted_id: str, every: str, company: str, role: str | None, allow_private: bool,
        yes: bool, dry_run: bool, form: str | None) -> int:  # fmt: skip
    """Find out how to read an address, show what it gives, ask, and write it to config/sources.toml.

    ADDRESS is a feed, a page that announces one, a folder of texts, or a text in one file.

    \b
    aggregator sources add https://www.example.com/newsroom
    aggregator sources add texts/ --id archive --yes
    """
    from aggregator.cli.finding import find
    from aggregator.settings.editing import add_source, free_id

    if not address:
        raise UsageError("an empty word names no folder and no address")
    seconds = _interval(every)
    if wanted_id:
        _check_id(wanted_id)
    settings = env.settings_or_none()
    finding: Finding = asyncio.run(
        find(settings, address, company=company, role=role, allow_private=allow_private)
    )
    for known in settings.sources:
        if known.url == finding.url:
            raise UsageError(f'{address} is followed already, as "{known.id}"; nothing was changed')
    id = wanted_id or free_id(settings, finding.title or address)
    source = finding.source(id=id, every=seconds, company=company, role=role)
    _prove(finding, form)
    if dry_run:
        say(f'would be added as "{id}" (adapter {source.adapter}); nothing was changed')
    elif yes or _agreed(id):
        env.config.mkdir(exist_ok=True)
        add_source(env.config, source)
        say(
            f'"{id}" is in {env.config}/sources.toml; a running service takes it over, `aggregator poll {id}` reads it now'
        )
    else:
        say("nothing was changed")
    return 0


def _interval(every: str) -> float | None:
    from aggregator.settings.values import WrongError, interval

    try:
        return interval(every) if every else None
    except WrongError as error:
        raise UsageError(f"--every {every!r}: {error.remedy}") from None


def _prove(finding: Finding, form: str | None) -> None:
    """What was tried, and what the address would give."""
    for line in finding.tried:
        say(line)
    emit(_shown(finding.haul), form, _preview)
    problems = finding.haul.harvest.problems
    for problem in problems[:5]:
        say(told(problem))
    if len(problems) > 5:
        say(f"and {len(problems) - 5} more")


def _agreed(id: str) -> bool:
    if not interactive():
        raise UsageError(
            "nobody can be asked here: add --yes, or --dry-run to look only; nothing was changed"
        )
    return click.confirm(f'Add it as "{id}"?', default=True, err=True)


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
    source = _source(env, id)
    record = _record(source, _states(env).get(id))
    shelf = env.shelf_if_any(told=False)
    record["left_out"] = _left_out(source, shelf) if shelf else []
    record["refusals"] = shelf.refused(id) if shelf else []
    record["polls"] = shelf.polls(id, limit=10) if shelf else []
    record["hub"] = shelf.hub(id) if shelf else ""
    emit_one(record, form, lambda r: _show(r, env.zone))


@sources.command()
@click.argument("id")
@formats
@click.pass_obj
def test(env: Env, id: str, form: str | None) -> int:
    """Read a source in full and show what it would give; store nothing.

    \b
    aggregator sources test inbox
    """
    from aggregator.cli.finding import look

    source = _source(env, id)
    haul = asyncio.run(look(env.settings, source))
    emit(_shown(haul, limit=None), form, _preview)
    problems = ([haul.failure] if haul.failure else []) + haul.harvest.problems
    for problem in problems:
        say(told(problem))
    read = count(len(haul.harvest.prepared), "release")
    say(f"{read} would be read, {count(len(problems), 'problem')}; nothing was stored")
    return 1 if haul.failure else 0


@sources.command()
@click.argument("id")
@click.pass_obj
def pause(env: Env, id: str) -> None:
    """Stop polling a source until `resume`.

    \b
    aggregator sources pause inbox
    """
    _change(env, id, paused=True)
    say(f'"{id}" is paused; what it gave stays published')


@sources.command()
@click.argument("id")
@click.pass_obj
def resume(env: Env, id: str) -> None:
    """Poll a paused source again.

    \b
    aggregator sources resume inbox
    """
    _change(env, id, paused=None)
    say(f'"{id}" is polled again')


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

    _source(env, id)
    if not yes:
        if not interactive():
            raise UsageError("nobody can be asked here: add --yes; nothing was changed")
        click.confirm(f'Remove "{id}"? Its releases stay.', abort=True, err=True)
    remove_source(env.config, id)
    say(
        f'"{id}" is removed; its releases stay published. Added again under the same id, nothing comes up twice'
    )


def _left_out(source: Source, shelf: Shelf) -> list[dict[str, Any]]:
    """The lines that are no part of its releases, because so many pages show them."""
    from aggregator.reading.learnt import is_kept

    lines = shelf.repeated_lines(source.id)
    return [{"line": r.text, "pages": r.pages, "kept": is_kept(r.text, source)} for r in lines]


def _check_id(id: str) -> None:
    from aggregator.settings.values import WrongError, ident

    try:
        ident(id)
    except WrongError as error:
        raise UsageError(f"--id {id!r}: {error.remedy}") from None


def _change(env: Env, id: str, **changes: Any) -> None:
    from aggregator.settings.editing import update_source

    _source(env, id)
    update_source(env.config, id, **changes)


def _source(env: Env, id: str) -> Source:
    for source in env.settings.sources:
        if source.id == id:
            return source
    known = ", ".join(s.id for s in env.settings.sources) or "none"
    raise UsageError(f"no source {id!r} in {env.config}/sources.toml; there are: {known}")


def _states(env: Env) -> dict[str, dict[str, Any]]:
    shelf = env.shelf_if_any(told=False)
    return {s["id"]: s for s in shelf.sources()} if shelf else {}


def spelled(source: Source) -> str | float:
    """How often a source is polled, as one writes it."""
    from aggregator.settings.values import spell_interval

    return spell_interval(source.every) if source.every else ""


def _record(source: Source, state: dict[str, Any] | None) -> dict[str, Any]:
    from aggregator.cli.status import state as in_a_word

    settings = {"id": source.id, "title": source.title, "adapter": source.adapter, "url": source.url, "role": source.role,
                "company": source.company, "every": spelled(source), "paused": source.paused}  # fmt: skip
    keys = ("next_due", "last_polled", "last_success", "last_new", "failures", "reason", "detail", "copies")
    known = {k: state[k] for k in keys} if state else dict.fromkeys(keys)
    word = "paused" if source.paused else in_a_word(state) if state else "not polled"
    return {**settings, "state": word, **known, "refused": state["refused"] if state else {}}


def _table(records: list[dict[str, Any]]) -> None:
    if not records:
        click.echo("no sources yet; `aggregator sources add ADDRESS` adds one")
        return
    rows = [
        (r["id"], r["adapter"], r["state"], r["copies"] or 0, sum(r["refused"].values()), r["url"])
        for r in records
    ]
    table(("Id", "Adapter", "State", "Copies", "Refused", "Address"), rows, widths=(32, 0, 0, 0, 0, 90))


def _show(record: dict[str, Any], zone: str) -> None:
    for key, value in record.items():
        if key not in ("left_out", "refusals", "polls") and value not in (None, "", False, {}):
            shown = (
                local(value, zone)
                if key in ("next_due", "last_polled", "last_success", "last_new")
                else reasons(value)
                if key == "refused"
                else str(value)
            )
            click.echo(f"{key:<14} {printable(shown)}")
    click.echo(f"{'times':<14} those of {zone}")
    for line in record["left_out"]:
        what = "kept, although" if line["kept"] else "left out, since"
        click.echo(f"{what} {count(line['pages'], 'page')} repeat it: {printable(line['line'])}")
    _show_refusals(record)
    for poll in record["polls"]:
        nothing = "" if poll["outcome"] == "failed" else "nothing new"
        counts = ", ".join(f"{n} {k}" for k, n in poll["counts"].items()) or nothing
        click.echo(f"\n{local(poll['at'], zone)}  {poll['outcome']}{': ' if counts else ''}{counts}")
        for problem in poll["problems"]:
            click.echo(f"    {printable(told(Problem(**problem), record['id']))}")


def _show_refusals(record: dict[str, Any]) -> None:
    """What is refused now, also where the poll that met it was long ago."""
    held, all_of_them = record["refusals"], sum(record["refused"].values())
    if held:
        click.echo("\nrefused now, until the document changes or is taken away:")
    for refusal in held:
        problem = Problem(refusal["reason"], refusal["detail"], refusal["where"])
        click.echo(f"    {printable(told(problem, record['id']))}")
    if all_of_them > len(held):
        click.echo(f"    and {all_of_them - len(held)} more")


def _shown(haul: Haul, limit: int | None = 10) -> list[dict[str, Any]]:
    """What a haul would publish, newest first."""
    from aggregator.records import issuer, when

    prepared = sorted(
        (p.unpack() for p in haul.harvest.prepared), key=lambda p: when(p.copy.published) or "", reverse=True
    )
    return [
        {
            "published": when(p.copy.published), "title": p.copy.title, "issuer": (issuer(p.filing) or {}).get("name"),
            "labels": list(p.filing.labels), "language": p.copy.language, "url": p.copy.url or None, "key": p.copy.key,
        }
        for p in prepared[:limit]
    ]  # fmt: skip


def _preview(records: list[dict[str, Any]]) -> None:
    if not records:
        click.echo("no releases in it now")
        return
    rows = [
        ((r["published"] or "no date")[:10], r["issuer"] or "–", r["title"], " ".join(r["labels"]))
        for r in records
    ]
    table(("Date", "Issuer", "Title", "Labels"), rows, widths=(0, 28, 60, 60))
