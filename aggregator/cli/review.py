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


@click.command()
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="At most so many; 0 for all."
)
@formats
@click.pass_obj
def review(env: Env, limit: int, form: str | None) -> None:
    """List releases that look alike and were kept apart, with the evidence and the commands that decide.

    \b
    aggregator review
    aggregator review --limit 0 --jsonl
    """
    shelf = env.shelf_if_any()
    pairs = shelf.uncertain() if shelf else []
    chosen = pairs[:limit] if limit else pairs
    found = (_pair(shelf, *pair) for pair in chosen) if shelf else iter(())
    emit(found, form, lambda records: _show(records, len(pairs), env.zone))


def _pair(shelf: Shelf, one: int, other: int, at: datetime) -> dict[str, Any]:
    from aggregator.cli.differing import judged

    a, b = sorted((shelf.candidate(one), shelf.candidate(other)), key=lambda c: c.release)
    return {
        "found": at.isoformat(), "releases": [_side(shelf, a), _side(shelf, b)], **judged(a, b),
        "commands": [f"aggregator merge {a.release} {b.release}", f"aggregator never {a.release} {b.release}"],
    }  # fmt: skip


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
        one, two = record["releases"]
        click.echo(f"  compare words: aggregator explain {one['number']} --diff {one['copy']} {two['copy']}")
        click.echo(f"  one release:   {merge}\n  two releases:  {never}\n")
    more = f", {total - len(records)} more with --limit 0" if total > len(records) else ""
    click.echo(f"{count(len(records), 'pair')} to review{more}")
