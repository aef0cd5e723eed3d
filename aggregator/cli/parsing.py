"""``parse``: the parts of a release, without storing anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import as_json, formats, hint, path_name, printable, say, text
from aggregator.errors import FetchError, UsageError
from aggregator.model import Document, Problem, Source

if TYPE_CHECKING:
    from aggregator.settings import Settings

AHEAD = 32
"""Pieces of work that are under way while earlier ones are printed."""

TOGETHER = 24
"""Documents that are handed to a worker at once."""


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE-or-URL...")
@click.option("--company", default="", callback=text, help="Whose releases these are: id or name.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses of private networks too.")
@formats
@click.pass_obj
def parse(env: Env, inputs: tuple[str, ...], company: str, allow_private: bool, form: str | None) -> int:
    """Show the parts of a release without storing anything.

    Folders are read with all their texts. A feed gives one record for each item. `-` reads standard input: a page,
    a mail, a PDF document, JSON Lines, a feed or a plain text.

    \b
    aggregator parse release.txt
    aggregator parse --jsonl texts/ https://example.com/press/feed.xml > parsed.jsonl
    curl -s https://example.com/press/1 | aggregator parse -
    """
    if not all(inputs):
        raise UsageError("an empty word names no file and no address")
    return asyncio.run(_parse(env, inputs, company, allow_private, form))


async def _parse(env: Env, inputs: Sequence[str], company: str, allow_private: bool, form: str | None) -> int:
    code, found = 0, []
    if not env.config.is_dir():
        say(f"{env.config}: there is no such folder; reading without configured companies and topics")
    settings = env.settings_or_none()
    async for record in _records(settings, inputs, company, allow_private):
        code = max(code, 1 if record["refused"] else 0)
        if form == "jsonl":
            click.echo(as_json(record))
        elif form == "json":
            found.append(record)
        else:
            _show(record)
    if form == "json":
        click.echo(as_json(found, indent=2))
    return code


async def _records(
    settings: Settings, inputs: Sequence[str], company: str, allow_private: bool
) -> AsyncIterator[dict[str, Any]]:
    from aggregator import app
    from aggregator.records import refused

    workers = app.workers(settings)
    pending: list[asyncio.Task[list[list[dict[str, Any]]]]] = []
    batch: list[tuple[str, Document]] = []
    adapter = ""

    def start() -> None:
        """Read what was collected. Documents of one kind are handed over together, which costs a fraction."""
        if batch:
            source = Source(id="parse", adapter=adapter, url="", company=company)
            pending.append(asyncio.create_task(workers.show(batch.copy(), source)))
            batch.clear()

    try:
        async with app.fetcher(settings) as client:
            async for given, document in _documents(inputs, client, allow_private):
                kind = "" if isinstance(document, Problem) else _adapter(document)
                if kind != adapter or len(batch) >= TOGETHER:
                    start()
                adapter = kind
                if isinstance(document, Problem):
                    pending.append(
                        asyncio.create_task(_told(refused(given, document.reason, document.detail)))
                    )
                else:
                    batch.append((given, document))
                while len(pending) > AHEAD:
                    for record in chain.from_iterable(await pending.pop(0)):
                        yield record
            start()
            while pending:
                for record in chain.from_iterable(await pending.pop(0)):
                    yield record
    finally:
        workers.close()


async def _told(record: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [[record]]


async def _documents(
    inputs: Sequence[str], client: Any, allow_private: bool
) -> AsyncIterator[tuple[str, Document | Problem]]:
    from aggregator.cli.reading import STDIN, documents, fetched

    for given in inputs:
        if "://" in given:
            try:
                yield given, await fetched(given, client, allow_private=allow_private)
            except FetchError as error:
                yield given, Problem(error.reason, str(error), given)
        elif given != STDIN and not Path(given).exists():
            name = path_name(given)
            yield name, Problem("missing", f"{name}: there is no such file or folder{hint(given)}", name)
        else:
            folder = given != STDIN and Path(given).is_dir()
            for document in documents([given]):
                name = document.key if isinstance(document, Document) else document.where
                yield (name if folder else path_name(given)), document


def _adapter(document: Document) -> str:
    from aggregator.cli.reading import adapter_of, is_json_lines

    return "jsonlines" if is_json_lines(document) else adapter_of(document)


def _show(record: dict[str, Any]) -> None:
    """One release for a person: what it is, then each block with the rule that said so."""
    click.echo(printable(record["input"] or record["url"] or ""))
    if record["refused"]:
        click.echo(f"  {'refused':<12} {record['refused']}: {printable(record['detail'] or '')}")
    companies = ", ".join(f"{c['name']} ({c['role']})" for c in record["companies"])
    date = _date(record) if record["published"] else "none"
    for name, value in (
        ("title", record["title"]), ("deck", record["deck"]), ("published", date),
        ("place", (record["dateline"] or {}).get("place")), ("issuer", _issuer(record)), ("companies", companies),
        ("topics", ", ".join(f"{t['id']} {t['score']:g}" for t in record["topics"])), ("kind", _kind(record)),
        ("release_kind", record["release_kind"]),
        ("language", record["language"]), ("marks", ", ".join(record["marks"])),
    ):  # fmt: skip
        if value:
            click.echo(f"  {name:<12} {printable(str(value))}")
    for note in record["notes"]:
        click.echo(f"  {'note':<12} {printable(note)}")
    for block in sorted(record["blocks"], key=itemgetter("line")):
        text = printable(block["text"]).replace("\n", " / ")
        click.echo(
            f"  {block['line']:>4} {block['type']:<14} {text[:70]}{'…' if len(text) > 70 else ''}  [{block['rule']}]"
        )
    click.echo("")


def _kind(record: dict[str, Any]) -> str:
    """What it is; nothing was seen of what is missing or empty, and the refusal says so."""
    return "" if record["kind"] == "empty" else str(record["kind"])


def _date(record: dict[str, Any]) -> str:
    how = f"{record['date_precision']}, from {record['date_basis']}, {record['date_confidence']:.0%} sure"
    return f"{record['published']} ({how})"


def _issuer(record: dict[str, Any]) -> str:
    found = record["issuer"]
    return f"{found['name']} [{found['id']}], by {found['basis']}" if found else "unknown"
