"""``sources test``: a source read again from what is stored of it, and what would be different."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.adding import preview, shown, tell_problems
from aggregator.cli.output import count, emit, printable, say
from aggregator.model import Prepared, Problem, Source

if TYPE_CHECKING:
    from aggregator.store import Shelf
    from aggregator.store.shelf import StoredText

MOST = 500
"""Stored texts that are read again, the latest first."""

Record = dict[str, Any]


def run(env: Env, source: Source, *, live: bool, form: str | None) -> int:
    """Replay the source, or read it live where that was asked for or nothing is stored of it."""
    shelf = env.shelf_if_any(told=False)
    if live or shelf is None or not shelf.stored_texts(source.id, 1):
        if not live:
            say(f'nothing is stored of "{source.id}" yet: it is read live')
        return _live(env, source, form)
    replay = asyncio.run(_replayed(env, source, shelf))
    emit(replay.records, form, _show)
    tell_problems(replay.problems)
    numbers = ", ".join(f"{n} {what}" for what, n in replay.counts().items() if n)
    say(f"{numbers or 'nothing to read'}; read offline from what is stored, nothing was changed")
    return 1 if replay.problems and not replay.records else 0


def _live(env: Env, source: Source, form: str | None) -> int:
    from aggregator import app, finding

    async def look() -> Any:
        async with app.fetcher(env.settings) as client:
            return await finding.look(env.settings, source, client)

    haul = asyncio.run(look())
    emit(shown(haul, limit=None), form, preview)
    problems = ([haul.failure] if haul.failure else []) + haul.harvest.problems
    tell_problems(problems, most=50)
    read = count(len(haul.harvest.prepared), "release")
    say(f"{read} would be read, {count(len(problems), 'problem')}; nothing was stored")
    return 1 if haul.failure else 0


@dataclass
class _Replay:
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        kinds = ("same", "changed", "new", "not listed", "refused")
        return {kind: sum(r["change"] == kind for r in self.records) for kind in kinds}


async def _replayed(env: Env, source: Source, shelf: Shelf) -> _Replay:
    """The stored lists through the adapter, the stored texts through reading, beside what is stored."""
    from aggregator import app

    workers = app.workers(env.settings)
    replay = _Replay()
    try:
        found = await workers.harvest(shelf.bodies(source.id), source, {})
        stored = {t.key: t for t in shelf.stored_texts(source.id, MOST)}
        anew = {p.key: p.unpack() for p in found.prepared}
        rest = [t for t in stored.values() if t.key not in anew]
        again = dict(await workers.again([(t.copy_id, t.draft) for t in rest], source))
        anew |= {t.key: again[t.copy_id].unpack() for t in rest if t.copy_id in again}
        listed = {f.listed.key if f.listed else f.url: f for f in found.follows if f.kind == "text"}
        replay.problems = found.problems
        for key, follow in listed.items():
            if key not in stored:
                title = follow.listed.title if follow.listed else ""
                published = follow.listed.published if follow.listed else ""
                replay.records.append(_record("new", key, follow.url, title, published or None))
        for key, made in anew.items():
            replay.records.append(_beside(key, made, stored.get(key)))
        for text in stored.values():
            if text.key not in anew:
                replay.records.append(_record("refused", text.key, text.url, text.title, text.published))
        replay.records += _unlisted(list(stored.values()), set(found.seen))
    finally:
        workers.close()
    return replay


def _unlisted(stored: Iterable[StoredText], shows: set[str]) -> list[Record]:
    """Texts that the list, as it is kept, should give by their date and does not."""
    there = [t.published for t in stored if t.key in shows and t.published]
    since = min(there) if len(there) > 1 else None
    missing = [t for t in stored if since and t.published and t.published > since and t.key not in shows]
    return [_record("not listed", t.key, t.url, t.title, t.published) for t in missing]


def _record(change: str, key: str, url: str, title: str, published: str | None) -> Record:
    return {"change": change, "parts": [], "key": key, "url": url or None, "title": title or None,
            "published": published, "issuer": None, "labels": [], "was": {}}  # fmt: skip


def _beside(key: str, made: Prepared, before: StoredText | None) -> Record:
    from aggregator.records import issuer, when

    copy = made.copy
    now: Record = {
        "title": copy.title, "published": when(copy.published), "issuer": (issuer(made.filing) or {}).get("name"),
        "labels": list(made.filing.labels), "body": copy.body, "language": copy.language,
    }  # fmt: skip
    then = before.parts() if before else {}
    parts = [name for name, value in now.items() if before and value != then[name]]
    change = "new" if before is None else "changed" if parts else "same"
    shown_now = {k: v for k, v in now.items() if k != "body"}
    was = {name: then[name] for name in parts if name != "body"}
    return (
        _record(change, key, copy.url, copy.title, shown_now["published"])
        | {"parts": parts, "was": was}
        | shown_now
    )


def _show(records: list[Record]) -> None:
    """The differences, in a line or more each; what is as it was is only counted."""
    different = [r for r in records if r["change"] != "same"]
    if not different:
        click.echo("everything is read as it is stored")
    for r in different:
        parts = f" ({', '.join(r['parts'])})" if r["parts"] else ""
        click.echo(
            f"{r['change']}{parts}: {(r['published'] or 'no date')[:10]}  {printable(r['title'] or r['key'])}"
        )
        for name, before in r.get("was", {}).items():
            click.echo(f"    {name}: {_said(before)} → {_said(r[name])}")


def _said(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else str(value or "–")
    return printable(text)[:120]
