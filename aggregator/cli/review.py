"""``review``: releases that look alike and were kept apart, for the operator to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import count, emit, formats, local, printable

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Candidate
    from aggregator.store import Shelf
    from aggregator.store.reviews import Decided


@click.command()
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="At most so many; 0 for all."
)
@click.option("--decided", is_flag=True, help="What you decided yourself, and how to take it back.")
@formats
@click.pass_obj
def review(env: Env, limit: int, decided: bool, form: str | None) -> None:
    """List releases that look alike and were kept apart, with the evidence and the commands that decide.

    \b
    aggregator review
    aggregator review --decided
    aggregator review --limit 0 --jsonl
    """
    shelf = env.shelf_if_any()
    if decided:
        records = shelf.decided() if shelf else []
        taken = records[:limit] if limit else records
        told = (_judgement(shelf, d) for d in taken) if shelf else iter(())
        emit(told, form, lambda r: _show_decided(r, len(records), env.zone))
        return
    pairs = shelf.uncertain() if shelf else []
    chosen = pairs[:limit] if limit else pairs
    found = (_pair(shelf, *pair) for pair in chosen) if shelf else iter(())
    emit(found, form, lambda records: _show(records, len(pairs), env.zone))


def _pair(shelf: Shelf, one: int, other: int, at: datetime) -> dict[str, Any]:
    from aggregator.cli.differing import judged

    a, b = sorted((shelf.candidate(one), shelf.candidate(other)), key=lambda c: c.release)
    return {
        "found": at.isoformat(), "releases": [_side(shelf, a), _side(shelf, b)], **judged(a, b),
        "compare": f"aggregator explain {a.release} --diff {a.copy_id} {b.copy_id}",
        "commands": [f"aggregator merge {a.release} {b.release}", f"aggregator never {a.release} {b.release}"],
    }  # fmt: skip


def _judgement(shelf: Shelf, decided: Decided) -> dict[str, Any]:
    one, other = sorted(
        (shelf.candidate(decided.one), shelf.candidate(decided.other)), key=lambda c: (c.release, c.copy_id)
    )
    numbers = str(one.release) if one.release == other.release else f"{one.release} {other.release}"
    return {"decided": decided.at.isoformat(), "verdict": decided.verdict,
            "releases": [_side(shelf, one), _side(shelf, other)], "commands": [f"aggregator undo {numbers}"]}  # fmt: skip


_VERDICTS = {"same": "one release", "never": "kept apart"}


def _show_decided(records: list[dict[str, Any]], total: int, zone: str) -> None:
    if not records:
        click.echo("nothing was decided by hand: no merge, split or never holds")
        return
    for record in records:
        click.echo(f"{_VERDICTS[record['verdict']]}, decided {local(record['decided'], zone)}")
        for side in record["releases"]:
            click.echo(
                printable(
                    f"  {side['number']}  {side['title']} ({side['source_title']}, copy {side['copy']})"
                )
            )
        click.echo(f"  take it back:  {record['commands'][0]}\n")
    more = f", {total - len(records)} more with --limit 0" if total > len(records) else ""
    click.echo(f"{count(len(records), 'decision')}{more}")


def _side(shelf: Shelf, candidate: Candidate) -> dict[str, Any]:
    copy = candidate.copy
    title = shelf.roles().get(copy.source, ("", ""))[1]
    return {
        "number": candidate.release, "copy": candidate.copy_id, "title": copy.title, "source": copy.source,
        "source_title": title or copy.source, "language": copy.language, "words": candidate.fingerprint.words,
        "published": copy.published.isoformat() if copy.published else None, "url": copy.url or None,
    }  # fmt: skip


def _show(records: list[dict[str, Any]], total: int, zone: str) -> None:
    from aggregator.cli.differing import show_evidence

    if not records:
        click.echo("nothing to review: no releases that look alike were kept apart")
        return
    for record in records:
        for side in record["releases"]:
            day = local(side["published"], zone)[:10]
            click.echo(f"{side['number']}  {printable(side['title'])}")
            click.echo(
                printable(
                    f"    {day}, {side['source_title']}, {side['language']}, {count(side['words'], 'word')}"
                    f"{', ' + side['url'] if side['url'] else ''}"
                )
            )
        show_evidence(record["evidence"], "  ")
        merge, never = record["commands"]
        click.echo(f"  compare words: {record['compare']}")
        click.echo(f"  one release:   {merge}\n  two releases:  {never}\n")
    more = f", {total - len(records)} more with --limit 0" if total > len(records) else ""
    click.echo(f"{count(len(records), 'pair')} to review{more}")
