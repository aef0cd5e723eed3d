"""``sources release`` and ``sources repair``: what an operator does when a source is held, or reads badly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import click

from aggregator.cli import Env
from aggregator.cli.output import TAKEN_OVER, agree, as_json, count, emit_one, formats, printable, say
from aggregator.errors import UsageError
from aggregator.text import address_key, fold

if TYPE_CHECKING:
    from aggregator.app import App
    from aggregator.discovery import Candidate
    from aggregator.fetch import Fetcher
    from aggregator.ingest import Report
    from aggregator.model import Document, Source
    from aggregator.settings import Settings
    from aggregator.workers import Workers

MOST_EVIDENCE = 3
"""Reasons for a list that a person is shown; `--json` has all of them."""


@click.command()
@click.argument("id")
@click.option("--drop", is_flag=True, help="Discard it instead; it does not come again.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@formats
@click.pass_obj
def release(env: Env, id: str, drop: bool, yes: bool, form: str | None) -> int:
    """Publish what is held back of a source, because it came too many at once; `sources show` lists it.

    \b
    aggregator sources release newsroom
    aggregator sources release newsroom --drop --yes
    """
    from aggregator.cli.polls import _pass, tell
    from aggregator.cli.sources import find_source

    source = find_source(env, id)
    shelf = env.shelf_if_any(told=False)
    waiting = shelf.held(id) if shelf else []
    if not waiting:
        say(f'nothing of "{id}" is held back')
        emit_one({"source": id, "counts": {}}, form, lambda _: None)
        return 0
    for text in waiting[:5]:
        say(f"    {printable(text.title)}")
    verb, many = "Discard" if drop else "Publish", count(len(waiting), "release")
    agree(f'{verb} {many} of "{id}"?', yes)

    async def work(app: App) -> list[Report]:
        return [await app.release(source, drop=drop)]

    order = {"do": "release", "source": id, "drop": drop}
    (report,), _ = _pass(env, "release", work, order=order)
    tell(report)
    emit_one({"source": id, "counts": dict(report.counts)}, form, lambda _: None)
    return 0


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show the difference.")
@formats
@click.pass_obj
def repair(env: Env, id: str, yes: bool, dry_run: bool, form: str | None) -> int:
    """Find out anew how a page can be read, show the difference, ask, and write address and recipe.

    Where the page or its list is gone, it looks as `sources add` does from its address and from the home page of its
    site. Where the recipe still finds its list, it says so and changes nothing. Exit code 1 where no list was found.

    \b
    aggregator sources repair newsroom --dry-run
    aggregator sources repair newsroom --yes
    """
    from aggregator.cli.sources import find_source

    source = find_source(env, id)
    if not source.url.startswith(("http://", "https://")):
        what = "a mailbox: correct its address" if "://" in source.url else "a folder: correct its path"
        raise UsageError(f'"{id}" is {what}; there is no recipe to repair')
    known = _known(env, source)
    found = asyncio.run(_look(env.settings, source, known))
    emit_one(found.record(source), form, lambda _: _show(found, source))
    if found.works:
        say(f'"{id}" can be read as it is ({count(len(found.now), "item")}); nothing was changed')
        return 0
    if found.best is None:
        say(
            f"{source.url}: no list of releases was found, on it or from its site's home page; nothing was changed"
        )
        return 1
    if dry_run:
        say("nothing was changed")
        return 0
    agree(f'Read "{id}" in this way?', yes)
    _write(env, source, found.best)
    say(f'"{id}" is changed in {env.config}/sources.toml; `aggregator poll {id}` reads it now, {TAKEN_OVER}')
    return 0


@dataclass(frozen=True, slots=True)
class Repair:
    """How a source reads its page now, and how it could."""

    known: frozenset[str]
    """Addresses and headlines (folded) of releases that it gave before."""
    now: tuple[tuple[str, str], ...]
    """(address, title) of what it finds today."""
    works: bool
    trouble: str
    best: Candidate | None
    tried: tuple[str, ...] = ()
    """What was looked at elsewhere on its site."""

    @property
    def after(self) -> tuple[tuple[str, str], ...]:
        """(address, title) of what it would find."""
        return tuple((d.url, d.title) for d in self.best.items) if self.best else ()

    def record(self, source: Source) -> dict[str, Any]:
        """The difference in plain words."""
        kept = [url for url, title in self.after if _is_known(url, title, self.known)]
        return {
            "source": source.id, "works": self.works, "trouble": self.trouble or None,
            "items_now": len(self.now), "items_after": len(self.after), "kept": len(kept),
            "new": [url for url, title in self.after if not _is_known(url, title, self.known)],
            "lost": sorted(url for url, _ in self.now if url not in {u for u, _ in self.after}) if self.best else [],
            "adapter": {"now": source.adapter, "after": self.best.adapter if self.best else None},
            "url": {"now": source.url, "after": self.best.url or source.url if self.best else None},
            "recipe": {"now": _spelled(source.recipe), "after": _spelled(self.best.recipe) if self.best else None},
            "evidence": list(self.best.evidence) if self.best else [],
            "tried": list(self.tried),
        }  # fmt: skip


async def _look(settings: Settings, source: Source, known: frozenset[str]) -> Repair:
    """Fetch the page once, read it as it is configured, and find its list anew where that fails: on it, and where it
    is not there any more, from its address and from the site's home page, as `sources add` does.

    All of it is read in worker processes: a page that has changed may be anything.
    """
    from aggregator import app

    found: list[Candidate] = []
    tried: list[str] = []
    workers = app.workers(settings)
    now: tuple[tuple[str, str], ...] = ()
    try:
        async with app.fetcher(settings) as client:
            document, trouble = await _page(client, source)
            if document is not None:
                now, wrong = await _read(document, source, workers)
                if now and not (trouble or wrong):
                    return Repair(known, now, True, "", None)
                # Teasers of a home page are not what the source listed.
                found = [] if trouble else await _candidates(document, source, workers)
                trouble = trouble or wrong
            if not found or (known and not any(_fit(c, known)[0] for c in found)):
                async for other in _elsewhere(settings, source, client, workers, tried):
                    found.append(other)
                    if _fit(other, known)[0]:
                        break
    finally:
        workers.close()
    best = max(found, key=lambda c: _fit(c, known), default=None)
    if best is not None and (best.adapter, best.recipe, best.url) == (
        source.adapter,
        source.recipe,
        source.url,
    ):
        best = None
    return Repair(known, now, False, trouble, best, tuple(tried))


async def _page(client: Fetcher, source: Source) -> tuple[Document | None, str]:
    """The source's own page, and what is wrong with where it stands."""
    from aggregator.discovery.newsrooms import is_home
    from aggregator.errors import FetchError
    from aggregator.fetch import Request, Unchanged

    try:
        document = await client.fetch(
            Request(source.url, allow_private=source.allow_private, robots=source.robots)
        )
    except FetchError as error:
        return None, f"{error.reason}: {error.detail}"
    assert not isinstance(document, Unchanged)  # nothing was held
    led_home = is_home(document.url) and not is_home(source.url)
    return document, f"its address leads to the home page, {document.url}" if led_home else ""


async def _elsewhere(
    settings: Settings, source: Source, client: Fetcher, workers: Workers, tried: list[str]
) -> AsyncIterator[Candidate]:
    """What `sources add` would find from the source's address, then from its site's home page."""
    from aggregator import finding
    from aggregator.errors import FetchError

    home = urljoin(source.url, "/")
    for url in dict.fromkeys((source.url, home)):
        asked = replace(source, url=url, recipe=None)
        try:
            found = await finding.find(settings, asked, client, workers)
        except (UsageError, FetchError) as error:
            tried.append(str(error) if isinstance(error, FetchError) else str(error).partition("; what")[0])
            continue
        tried += found.tried
        if found.way.adapter != "article" or source.adapter == "article":
            yield found.way


async def _read(
    document: Document, source: Source, workers: Workers
) -> tuple[tuple[tuple[str, str], ...], str]:
    """What the source finds in the document as it is configured, and what is wrong with that."""
    from aggregator.ingest.checkup import HINTS

    made = await workers.harvest([document], source, {})
    found = [(packed.url, packed.title) for packed in made.prepared]
    found += [(f.url, f.listed.title if f.listed else "") for f in made.follows if f.kind == "text"]
    wrong = [p.detail or p.reason for p in made.problems if p.reason in HINTS or made.failed or not found]
    return tuple(found), wrong[0] if wrong else "" if found else "no item is found"


async def _candidates(document: Document, source: Source, workers: Workers) -> list[Candidate]:
    """The lists that `discovery` finds in the document, whatever the recipe says."""
    from aggregator.model import Refusal

    seen = await workers.look(document, replace(source, recipe=None))
    return [] if isinstance(seen, Refusal) else [*seen.data, *seen.lists]


def _fit(candidate: Candidate, known: frozenset[str]) -> tuple[float, float]:
    """What a source gave before is the best sign of which list is its own."""
    same = sum(_is_known(d.url, d.title, known) for d in candidate.items)
    return (same / len(candidate.items) if candidate.items else 0.0, candidate.score)


def _known(env: Env, source: Source) -> frozenset[str]:
    shelf = env.shelf_if_any(told=False)
    if shelf is None:
        return frozenset()
    titles = (fold(title) for title in shelf.headlines(source.id))
    return frozenset((*map(address_key, shelf.addresses(source.id)), *(t for t in titles if _tells(t))))


def _is_known(url: str, title: str, known: frozenset[str]) -> bool:
    """By its address, or where that changed by its headline: a text keeps its release then, and does not come up again."""
    return address_key(url) in known or (_tells(title) and fold(title) in known)


def _tells(title: str) -> bool:
    """Whether a headline says enough to be told by; "News" does not."""
    return len(title.split()) >= 3


def _write(env: Env, source: Source, best: Candidate) -> None:
    from aggregator.settings.editing import update_source

    changes: dict[str, Any] = {"recipe": best.recipe}
    if best.adapter != source.adapter:
        changes["adapter"] = best.adapter
    if best.url and best.url != source.url:
        changes["url"] = best.url
    update_source(env.config, source.id, **changes)


def _show(found: Repair, source: Source) -> None:
    if found.trouble:
        click.echo(f"now: {printable(found.trouble)}")
    for line in found.tried:
        click.echo(f"    {printable(line)}")
    if found.best is None:
        return
    if found.best.url and found.best.url != source.url:
        click.echo(f"address: {printable(source.url)} -> {printable(found.best.url)}")
    if found.best.adapter != source.adapter:
        click.echo(f"adapter: {source.adapter} -> {found.best.adapter}")
    before, after = dict(found.now), dict(found.after)
    kept = [url for url, title in after.items() if _is_known(url, title, found.known)]
    click.echo(f"before: {count(len(before), 'item')}; after: {count(len(after), 'item')}, "
               f"{len(kept)} of them known, {len(after) - len(kept)} new")  # fmt: skip
    for line in found.best.evidence[:MOST_EVIDENCE]:
        click.echo(f"    {printable(line)}")
    for key, value in (_spelled(found.best.recipe) or {}).items():
        click.echo(f"    {key} = {as_json(value)}")
    _list("+", [(u, t) for u, t in after.items() if not _is_known(u, t, found.known)])
    _list("-", [(u, t) for u, t in before.items() if u not in after])


def _list(sign: str, items: Sequence[tuple[str, str]], most: int = 10) -> None:
    for url, title in items[:most]:
        click.echo(f"{sign} {printable(title or url)}")
    if len(items) > most:
        click.echo(f"{sign} and {len(items) - most} more")


def _spelled(recipe: Any) -> dict[str, Any] | None:
    from dataclasses import asdict

    return {k: v for k, v in asdict(recipe).items() if v} if recipe is not None else None
