"""``sources add``: from an address to a source, with proof before promise."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click

from aggregator.cli import Env, followed
from aggregator.cli.exchange import follow, is_list
from aggregator.cli.output import (
    LOOK_ONLY,
    agree,
    count,
    emit,
    encodable,
    formats,
    hint,
    interactive,
    path_name,
    say,
    table,
    text,
)
from aggregator.cli.polls import told
from aggregator.errors import UsageError
from aggregator.model import Document, Draft, Problem, Source
from aggregator.text import fold

if TYPE_CHECKING:
    from aggregator.finding import As, Finding
    from aggregator.ingest import Haul
    from aggregator.settings import Settings

T = TypeVar("T")

_WAYS = ["feed", "newsroom", "jsonlist", "sitemap", "article"]
_MAIL = ("imap://", "imaps://")


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.option("--id", "wanted_id", default="", help="Its name; made from the title otherwise.")
@click.option(
    "--every", default="", help='How often to poll: "15 min", "6 h"; otherwise as often as it publishes.'
)
@click.option("--company", default="", callback=text, help="Whose releases these are: id or name.")
@click.option("--role", type=click.Choice(["issuer", "wire", "outlet", "mixed"]), default=None,
              help="Whose texts it shows.")  # fmt: skip
@click.option("--as", "way", type=click.Choice(_WAYS), default=None, help="Read it in this way only.")
@click.option("--allow", multiple=True, callback=lambda c, o, v: tuple(text(c, o, x) for x in v),
              help="Beginning of a path, host or language that is a release too. May be repeated.")  # fmt: skip
@click.option("--skip", multiple=True, callback=lambda c, o, v: tuple(text(c, o, x) for x in v),
              help="... that is left out. May be repeated.")  # fmt: skip
@click.option("--option", "options", multiple=True, callback=lambda c, o, v: tuple(text(c, o, x) for x in v),
              metavar="KEY=VALUE", help="A setting that only its adapter knows, as user=... of a mailbox.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Let it be in a private network.")
@click.option(
    "--no-robots", is_flag=True, help="Do not ask its robots.txt, where the owner of the site allowed that."
)
@click.option("--force", is_flag=True, help="Add it although it is followed already.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be read.")
@formats
@click.pass_obj
def add(env: Env, address: str, wanted_id: str, every: str, company: str, role: str | None, way: As | None,
        allow: tuple[str, ...], skip: tuple[str, ...], options: tuple[str, ...], allow_private: bool, no_robots: bool,
        force: bool, yes: bool, dry_run: bool, form: str | None) -> int:  # fmt: skip
    """Find out how to read an address, show what it gives, ask, and write it to config/sources.toml.

    ADDRESS is a home page, a newsroom, a feed, a sitemap, one release, a mailbox (imaps://), a folder, a file, or a
    list of feeds (.opml), of which each becomes a source, as with `sources import`.
    With --dry-run --jsonl everything that its list shows is printed, one record a line, and no page of an item
    is fetched; ADDRESS may then be a saved page.

    \b
    aggregator sources add https://www.example.com/newsroom
    aggregator sources add texts/ --id archive --yes
    aggregator sources add https://www.example.com/presse/ --dry-run --jsonl
    aggregator sources add imaps://mail.example.com/Press --option user=press --option password_env=PRESS_PASSWORD
    """
    from aggregator.settings.addresses import usual_role
    from aggregator.settings.editing import add_source, free_id
    from aggregator.settings.values import ident, interval

    if not address:
        raise UsageError("an empty word names no folder and no address")
    if is_list(address):
        return follow(env, address, allow_private=allow_private, yes=yes, dry_run=dry_run)
    seconds = _checked("--every", every, interval) if every else None
    if wanted_id:
        _checked("--id", wanted_id, ident)
    settings = env.settings_or_none()
    asked = Source(
        id="new", adapter="", url=address, company=company, role=role or ("issuer" if company else "mixed"),  # type: ignore[arg-type]
        every=seconds, allow_private=allow_private, allow=allow, skip=skip, timezone=settings.timezone,
        robots=not no_robots,
        options=_options(options, address),
    )  # fmt: skip
    listing = dry_run and form is not None
    watched = () if listing or force else settings.sources
    if "://" in address and not (dry_run or yes or interactive()):  # not after a minute of polite reading
        raise UsageError(f"nobody can be asked here: {LOOK_ONLY}; nothing was changed")
    known = followed.checked(env, address, watched, address, look_only=dry_run)  # before anybody is asked
    source, haul, tried = asyncio.run(_find(settings, asked, way, listing))
    known = known or followed.checked(env, address, watched, source.url, haul, look_only=dry_run)
    if role is None and not company:
        source = replace(source, role=usual_role(source.adapter))
    feed = ""
    if company:
        source = _titled(source, next((c.name for c in settings.companies if c.id == company), company))
    elif role is None and not listing:
        source, feed = _with_its_company(source, haul)
    id = wanted_id or free_id(settings, source.title or address)
    source = replace(source, id=id)
    prove(source, haul, tried, form, everything=listing, feed=feed)
    if haul.failure is not None or _refused_whole(source, haul):
        say(f"{address} cannot be read as it is; nothing was changed")
        return 1
    if dry_run:
        say(known or f'would be added as "{id}" (adapter {source.adapter}); nothing was changed')
        return 0
    agree(f'Add it as "{id}"?', yes, remedy=LOOK_ONLY)
    env.config.mkdir(exist_ok=True)
    add_source(env.config, source)
    say(
        f'"{id}" is in {env.config}/sources.toml; a running service takes it over, `aggregator poll {id}` reads it now'
    )
    return 0


def _options(words: tuple[str, ...], address: str) -> dict[str, str]:
    """``KEY=VALUE`` words as a table. Raises `UsageError` for what is none, and for a mailbox without its account."""
    from aggregator.settings.addresses import mail_account
    from aggregator.settings.values import WrongError

    wrong = next((w for w in words if "=" not in w), None)
    if wrong is not None:
        raise UsageError(f"--option {wrong!r}: write KEY=VALUE")
    made = {w.partition("=")[0].strip(): w.partition("=")[2] for w in words}
    if address.lower().startswith(_MAIL):
        try:
            mail_account(made)
        except WrongError as error:
            raise UsageError(
                f"{address}: {error.remedy}; here: --option user=... --option password_env=..."
            ) from None
    return made


def _refused_whole(source: Source, haul: Haul) -> bool:
    """Whether this is one file of texts, and none of them would get through: there is no more to come from it."""
    found = haul.harvest
    if source.adapter != "text" or found.prepared or not found.problems or not Path(source.url).is_file():
        return False
    if any(p.reason == "list" for p in found.problems):
        say("it is a page that lists releases: give the web address that it was saved from")
    return True


def _checked(option: str, given: str, read: Callable[[str], T]) -> T:
    """The value of an option as the settings read it. Raises `UsageError` with the option's name."""
    from aggregator.settings.values import WrongError

    try:
        return read(given)
    except WrongError as error:
        raise UsageError(f"{option} {given!r}: {error.remedy}") from None


ALIKE = 5
"""Releases that have to name the same issuer, and no other, for a list to be taken for its own."""


def _with_its_company(source: Source, haul: Haul) -> tuple[Source, str]:
    """A newsroom whose releases all name one issuer is that company's own; texts that name none are then its too.

    Also the label of the company's feed, empty where there is no such company.
    """
    from aggregator.adapters import wires

    issuers = [p.unpack().filing.issuer for p in haul.harvest.prepared]
    named = {i.id: i for i in issuers if i is not None}
    if len(named) != 1 or len(issuers) < ALIKE or sum(i is not None for i in issuers) * 5 < len(issuers) * 4:
        return source, ""
    (issuer,) = named.values()
    if source.adapter in wires.names() or "://" not in source.url or source.adapter == "email":
        return source, ""
    own = replace(source, company=issuer.id if issuer.configured else issuer.name, role="issuer")
    return _titled(own, issuer.name), f"company/{issuer.id}"


def _titled(source: Source, company: str) -> Source:
    """With the company's name in its title: "Presse" alone says nothing among forty sources."""
    if fold(company) in fold(source.title):
        return source
    return replace(source, title=f"{company}, {source.title}" if source.title else company)


# -- finding -----------------------------------------------------------------------------------------


async def _find(
    settings: Settings, asked: Source, way: As | None, listing: bool
) -> tuple[Source, Haul, list[str]]:
    """The source that an address makes, what it gives now, and what was tried. With `listing` only what its
    list shows, without the pages of the items."""
    from aggregator import app, finding

    workers = app.workers(settings)
    try:
        if "://" not in asked.url:
            return await _local(settings, asked, workers, listing)
        async with app.fetcher(settings) as client:
            if asked.url.lower().startswith(_MAIL):
                source = replace(asked, adapter="email", title=asked.url.partition("://")[2])
                tried, further = [f"{asked.url}: a mailbox"], []
            else:
                found: Finding = await finding.find(settings, asked, client, workers, way)
                source, tried, further = found.source(asked), found.tried, list(found.further)
            texts = 0 if listing else finding.PROOF
            if not listing:
                say(
                    f"reading its newest releases, {finding.PROOF} at most, slowly so as not to press the server ..."
                )
            haul = await finding.look(settings, source, client, texts=texts, workers=workers)
            haul.listing = further if listing else []
            return source, haul, tried
    finally:
        workers.close()


async def _local(
    settings: Settings, asked: Source, workers: Any, listing: bool
) -> tuple[Source, Haul, list[str]]:
    from aggregator import app, finding

    address = asked.url
    path = Path(address).expanduser()
    if not path.exists():
        raise UsageError(
            f"{address}: there is no such file or folder, and it is no http(s) address{hint(address)}"
        )
    if not encodable(str(path.resolve())):
        raise UsageError(f"{path_name(address)}: its path is not valid UTF-8: rename it")
    if listing and path.is_file() and (found := await _saved(asked, path, workers)) is not None:
        return found
    source = replace(asked, adapter=_local_adapter(path), url=str(path.resolve()), title=path.resolve().name)
    what = "a folder of texts" if path.is_dir() else "a text in one file"
    if source.adapter == "email":
        what = "a mailbox"
    async with app.fetcher(settings) as client:
        return source, await finding.look(settings, source, client, workers=workers), [f"{path}: {what}"]


def _local_adapter(path: Path) -> str:
    """Mailboxes are told by their build, everything else is texts."""
    if path.is_dir() and all((path / part).is_dir() for part in ("cur", "new", "tmp")):
        return "email"
    return "email" if path.suffix.lower() == ".mbox" else "text"


_SAVED_FROM = re.compile(
    rb"""<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)"""
    rb"""|<base[^>]{0,200}href=["'](https?://[^"']+)"""
    rb"""|<link[^>]{0,300}rel=["']?canonical["']?[^>]{0,300}href=["'](https?://[^"']+)"""
    rb"""|<meta[^>]{0,200}property=["']og:url["'][^>]{0,200}content=["'](https?://[^"']+)""",
    re.IGNORECASE,
)
_MOST_SAVED = 25_000_000
"""Bytes of a saved page that are looked at, as of one from the web."""
NOWHERE = "https://saved.invalid/"
"""Where a saved page stands that does not say where it came from; not shown."""


async def _saved(asked: Source, path: Path, workers: Any) -> tuple[Source, Haul, list[str]] | None:
    """What a saved page lists; None where it is no page with a list."""
    from aggregator.ingest import Haul
    from aggregator.model import Refusal

    with path.open("rb") as file:
        content = file.read(_MOST_SAVED)
    said = _SAVED_FROM.search(content[:200_000])
    base = next((g for g in said.groups() if g), b"").decode("utf-8", "replace") if said else NOWHERE
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    document = Document(url=base, content=content, fetched_at=at, media_type="text/html")
    seen = await workers.look(document, asked)
    if isinstance(seen, Refusal) or seen.kind not in ("html", "json") or not (seen.lists or seen.data):
        return None
    best = (seen.lists or seen.data)[0]
    haul = Haul(asked, at, at)
    haul.listing = list(best.items)
    source = replace(asked, adapter=best.adapter, url=base, title=best.title, recipe=best.recipe)
    return source, haul, [f"{path}: a saved page; {'; '.join(best.evidence[:3])}"]


# -- the proof ---------------------------------------------------------------------------------------

_CHOSEN = {
    "feed": "the feed", "newsroom": "the list on the page", "jsonlist": "the list in the page's data",
    "sitemap": "the sitemap", "article": "the page itself, watched for changes",
}  # fmt: skip


def prove(
    source: Source,
    haul: Haul,
    tried: Iterable[str],
    form: str | None,
    *,
    everything: bool = False,
    feed: str = "",
) -> None:
    """What was tried, what was chosen, and what the address would give; `feed` is the one that all of it goes to."""
    for line in tried:
        say(line)
    if "://" in source.url and source.url != NOWHERE and not source.url.lower().startswith(_MAIL):
        say(f"chosen: {_CHOSEN.get(source.adapter, f'the feed, as {source.adapter} reads it')}, {source.url}")
    if feed:
        say(f"all releases that were read are by {source.company}: taken for its own newsroom"
            " (company, role; `aggregator sources edit` changes that)")  # fmt: skip
    emit(shown(haul, limit=None if everything else 10, feed=feed), form, preview)
    problems = ([haul.failure] if haul.failure else []) + haul.harvest.problems
    tell_problems(problems)
    waiting = sum(p.fetched_at is None and not p.reason for p in haul.followed)
    if waiting and not everything:
        say(f"{count(waiting, 'further release')} of its list would be read with the first polls")
    if (
        not source.company
        and haul.harvest.prepared
        and all(p.unpack().filing.issuer is None for p in haul.harvest.prepared)
    ):
        say("nothing says who issued these: `--company NAME` files all of them under that company")
    if source.recipe is not None and not form:
        say(f"its entries are found by {source.recipe.items[0]} (a recipe, written beside the source)")


def tell_problems(problems: list[Problem], most: int = 5) -> None:
    for problem in problems[:most]:
        say(told(problem))
    if len(problems) > most:
        say(f"and {len(problems) - most} more")


def shown(haul: Haul, limit: int | None = 10, feed: str = "") -> list[dict[str, Any]]:
    """What a haul would publish, newest first; then what its list shows beside that, in the list's order.

    `feed` is the label that the source's own company will give to all of them.
    """
    from aggregator import codec
    from aggregator.records import issuer, when

    read, always = [p.unpack() for p in haul.harvest.prepared], [feed] if feed else []
    records = [
        {
            "published": when(p.copy.published), "title": p.copy.title, "issuer": (issuer(p.filing) or {}).get("name"),
            "labels": sorted({*p.filing.labels, *always}), "language": p.copy.language, "url": p.copy.url or None,
            "key": p.copy.key, "deck": p.copy.deck or None,
        }
        for p in read
    ]  # fmt: skip
    keys = {p.copy.key for p in read}
    listed = [codec.decode_draft(p.listed) for p in haul.followed if p.listed] + haul.listing
    if limit is None or not records:
        records += [_listed(d) for d in listed if d.key not in keys]
    order: dict[Any, int] = {key: place for place, key in enumerate(haul.items or [d.key for d in listed])}
    records.sort(key=lambda r: order.get(r["key"], len(order)))
    if limit is not None:
        records.sort(key=lambda r: str(r["published"] or ""), reverse=True)
    return records[:limit]


def _listed(draft: Draft) -> dict[str, Any]:
    url = draft.url.removeprefix(NOWHERE.rstrip("/")) if draft.url.startswith(NOWHERE) else draft.url
    return {
        "published": draft.published or None, "title": draft.title or None, "issuer": draft.company or None,
        "labels": [], "language": draft.language or None, "url": url or None,
        "key": draft.key.removeprefix(urlsplit(NOWHERE).netloc),
        "deck": draft.summary or None,
    }  # fmt: skip


def preview(records: list[dict[str, Any]]) -> None:
    if not records:
        click.echo("no releases in it now")
        return
    rows = [
        ((r["published"] or "no date")[:10], r["issuer"] or "–", r["title"], " ".join(r["labels"]))
        for r in records
    ]
    table(("Date", "Issuer", "Title", "Labels"), rows, widths=(0, 28, 60, 60))
