"""``releases list | show | export | pickup``: what is in the store, and who carried it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import emit, emit_one, formats, local, printable, table
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.store import Shelf


@click.group()
def releases() -> None:
    """List, show and export what is in the store."""


def _filters(command: Any) -> Any:
    for option in (
        click.option("--company", default="", help="Only this company's: id as in its feed's name."),
        click.option("--topic", default="", help="Only of this topic."),
        click.option("--kind", default="", help="Only of this kind."),
        click.option("--source", default="", help="Only those with a copy from this source."),
        click.option("--since", default="", help="Published on this day or later: YYYY-MM-DD."),
    ):
        command = option(command)
    return command


@releases.command("list")
@_filters
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(0), help="At most so many; 0 for all."
)
@formats
@click.pass_obj
def list_(env: Env, /, limit: int, form: str | None, **filters: str) -> None:
    """List releases, newest first.

    \b
    aggregator releases list --topic aluminium --since 2026-01-01
    """
    wanted, shelf = _wanted(filters), env.shelf_if_any()
    if shelf is None:
        emit([], form, lambda _: None)
    else:
        rows = _rows(shelf, wanted, limit)
        emit(_lines(shelf, rows), form, lambda r: _table(r, env.zone, any(filters.values())))


@releases.command()
@click.argument("reference", metavar="ID")
@click.option("--csv", "as_csv", is_flag=True, help="Only who carried it, as CSV.")
@formats
@click.pass_obj
def show(env: Env, reference: str, as_csv: bool, form: str | None) -> None:
    """Show one release with all its copies: who carried it, when, and how much of the text they kept.

    ID: its number, Atom id, or the URL of a copy.

    \b
    aggregator releases show 12
    aggregator releases show 12 --csv > pickup.csv
    """
    from aggregator.cli.pickup import echo_csv, ladder, rungs

    shelf = env.shelf()
    row = shelf.find(reference)
    if _one_form(as_csv, form):
        echo_csv(rungs(shelf, [row]))
        return
    record = _export(shelf, row)
    record["members"] = shelf.series(record["series"] or "")
    record["pickup"] = ladder(shelf, row)
    emit_one(record, form, lambda r: _show(r, env.zone))


@releases.command()
@_filters
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
@formats
@click.pass_obj
def pickup(env: Env, /, as_csv: bool, form: str | None, **filters: str) -> None:
    """Report who carried each release, when, and how much of its text they kept: one line for each copy.

    \b
    aggregator releases pickup --company wilo --since 2026-01-01 --csv > pickup.csv
    """
    from aggregator.cli.pickup import echo_csv, rungs

    as_csv = _one_form(as_csv, form)
    wanted, shelf = _wanted(filters), env.shelf_if_any()
    found = rungs(shelf, _rows(shelf, wanted)) if shelf else ()
    if as_csv:
        echo_csv(found)
    else:
        emit(found, form, lambda records: _pickup(records, env.zone, any(filters.values())))


def _one_form(as_csv: bool, form: str | None) -> bool:
    if as_csv and form:
        raise UsageError(f"--csv or --{form}, not both")
    return as_csv


def _pickup(records: list[dict[str, Any]], zone: str, filtered: bool) -> None:
    from itertools import groupby

    from aggregator.cli.pickup import LEGEND, show_ladder

    if not records:
        _table([], zone, filtered)
    for (number, title), found in groupby(records, key=lambda r: (r["number"], r["release"])):
        click.echo(f"{number}  {printable(title)}")
        show_ladder(list(found), zone)
        click.echo()
    if records:
        click.echo(LEGEND)


@releases.command()
@_filters
@formats
@click.pass_obj
def export(env: Env, /, form: str | None, **filters: str) -> None:
    """Print every release with its copies, companies, topics and evidence, as JSON Lines if not told otherwise.

    \b
    aggregator releases export --jsonl > releases.jsonl
    """
    wanted, shelf = _wanted(filters), env.shelf_if_any()
    records = (_export(shelf, row) for row in _rows(shelf, wanted)) if shelf else ()
    emit(records, form or "jsonl", lambda _: None)


@dataclass(frozen=True)
class _Wanted:
    """The filters as the store takes them."""

    labels: list[str]
    source: str
    since: str


def _wanted(filters: dict[str, str]) -> _Wanted:
    from aggregator.cli.polls import day

    labels = [f"{group}/{filters[group]}" for group in ("company", "topic", "kind") if filters[group]]
    return _Wanted(labels, filters["source"], day(filters["since"], "--since"))


def _rows(shelf: Shelf, wanted: _Wanted, limit: int = 0) -> list[int]:
    if wanted.labels:
        _check_known("feed", wanted.labels, [f.label for f in shelf.feeds()])
    if wanted.source:
        _check_known("source", [wanted.source], [s["id"] for s in shelf.sources()])
    return shelf.rows(labels=wanted.labels, since=wanted.since, source=wanted.source, limit=limit)


def _check_known(what: str, asked: list[str], known: Sequence[str]) -> None:
    """Raise `UsageError` for a name that nothing has, with the one that was probably meant."""
    from difflib import get_close_matches

    for name in asked:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            hint = f"did you mean {meant[0]}?" if meant else "`aggregator releases list` shows what there is"
            raise UsageError(f"there is no {what} {name!r}; {hint}")


def _lines(shelf: Shelf, rows: list[int]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(rows), 200):
        batch = rows[start : start + 200]
        labels = shelf.labels(batch)
        for release in shelf.releases(batch):
            issuer = release.filing.issuer
            yield {
                "number": release.row,
                "id": release.uid,
                "published": release.published.isoformat(),
                "title": release.copy.title,
                "issuer": issuer.name if issuer else None,
                "url": release.copy.url or None,
                "language": release.copy.language,
                "kind": release.filing.kind or None,
                "status": release.status,
                "copies": len(release.sightings),
                "labels": list(labels[release.row]),
            }


def _table(records: list[dict[str, Any]], zone: str, filtered: bool) -> None:
    if not records:
        nothing = "no releases; `aggregator poll` or `aggregator ingest PATH` brings some in"
        click.echo("no release matches" if filtered else nothing)
        return
    rows = [
        (
            r["number"],
            local(r["published"], zone)[:10],
            r["issuer"] or "–",
            r["copies"],
            r["title"] if r["status"] == "current" else f"[{r['status']}] {r['title']}",
        )
        for r in records
    ]
    table(("No.", "Date", "Issuer", "Copies", "Title"), rows, widths=(0, 0, 32, 0, 80))


def _export(shelf: Shelf, row: int) -> dict[str, Any]:
    """The record of `releases export`: the canonical copy's, with the release's own facts."""
    from aggregator.records import evidence, parsed, when

    release = shelf.releases([row])[0]
    copies = shelf.copies(row)
    record = parsed(release.copy, release.filing)
    record.update(
        number=release.row, id=release.uid, status=release.status, first_seen=when(release.first_seen),
        release_published=when(release.published), release_updated=when(release.updated),
        changes=list(release.changes), series=release.series or None,
        continues=release.continues.row if release.continues else None, labels=list(shelf.labels([row])[row]),
        revisions=[
            {"at": when(r.at), "relation": r.relation, "significant": r.significant, "changes": list(r.changes)}
            for r in shelf.revisions(row)
        ],
        review=shelf.reviews(row),
    )  # fmt: skip
    record["copies"] = [
        {
            "copy": c.row, "url": c.copy.url or None, "key": c.copy.key, "source": c.copy.source, "relation": c.relation,
            "shown": c.canonical, "title": c.copy.title, "language": c.copy.language, "published": when(c.copy.published),
            "first_seen": when(c.first_seen),
            "evidence": [e for d in shelf.decisions(c.row) for e in evidence(d.evidence)],
        }
        for c in copies
    ]  # fmt: skip
    record.pop("input")
    return record


def _show(r: dict[str, Any], zone: str) -> None:
    from aggregator.cli.pickup import LEGEND, show_ladder

    click.echo(f"{r['number']}  {printable(r['title'])}")
    lines = {
        "id": r["id"],
        "issuer": r["issuer"]["name"] if r["issuer"] else "unknown",
        "published": local(r["release_published"], zone),
        "updated": local(r["release_updated"], zone),
        "status": r["status"],
        "changes": "; ".join(r["changes"]),
        "labels": ", ".join(r["labels"]),
        "series": _members(r["members"]),
        "continues": r["continues"],
        "url": r["url"],
        "deck": r["deck"],
        "looks like": ", ".join(map(str, r["review"])),
    }
    for name, value in lines.items():
        if value:
            click.echo(f"  {name:<10} {printable(str(value))}")
    click.echo(f"\n{printable(r['body'])}\n")
    show_ladder(r["pickup"], zone)
    click.echo(LEGEND)
    for revision in r["revisions"]:
        said = printable("; ".join(revision["changes"]) or "wording")
        click.echo(f"  {local(revision['at'], zone)} {revision['relation']}: {said}")


def _members(numbers: list[int], most: int = 12) -> str:
    """The releases of a series, the newest first, as many as fit a line."""
    more = f" and {len(numbers) - most} earlier" if len(numbers) > most else ""
    return ", ".join(map(str, numbers[:most])) + more
