"""Finding out how to read an address: what was tried, what was found, and what it would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aggregator import app
from aggregator.app import clock, fetcher
from aggregator.cli.output import count, encodable, hint, path_name
from aggregator.errors import UsageError
from aggregator.ingest import Gatherer, Haul
from aggregator.model import NOTHING_LEARNT, Document, Learnt, Source
from aggregator.store import Memory
from aggregator.store.followed import Followed

if TYPE_CHECKING:
    from aggregator.fetch import Fetcher
    from aggregator.settings import Settings


@dataclass
class Finding:
    """How an address can be read, with the proof."""

    adapter: str
    url: str
    title: str
    haul: Haul
    allow_private: bool = False
    tried: list[str] = field(default_factory=list)
    """What was looked at, a line each."""

    def source(self, *, id: str, every: float | None, company: str, role: Any) -> Source:
        return Source(
            id=id, adapter=self.adapter, url=self.url, title=self.title, company=company, every=every,
            role=role or ("issuer" if company else "mixed"), allow_private=self.allow_private,
        )  # fmt: skip


async def find(
    settings: Settings, address: str, *, company: str = "", role: Any = None, allow_private: bool = False
) -> Finding:
    """How to read an address. Raises `UsageError` where no way was found, `FetchError` where there is nothing."""
    asked = Source(
        id="new", adapter="", url=address, company=company, role=role or ("issuer" if company else "mixed"),
        allow_private=allow_private,
    )  # fmt: skip
    if "://" not in address:
        return await _folder(settings, asked)
    async with fetcher(settings) as client:
        return await _page(settings, asked, client)


async def look(settings: Settings, source: Source, client: Fetcher | None = None) -> Haul:
    """What a source gives now, read in full; nothing is stored."""
    workers = app.workers(settings)
    try:
        if client is not None:
            return await Gatherer(client, workers, clock, _nothing_known, _no_pages, 0.0).gather(
                source, Memory({})
            )
        async with fetcher(settings) as own:
            return await Gatherer(own, workers, clock, _nothing_known, _no_pages, 0.0).gather(
                source, Memory({})
            )
    finally:
        workers.close()


async def _nothing_known(_source: str) -> tuple[dict[str, bytes], Learnt]:
    return {}, NOTHING_LEARNT


async def _no_pages(_source: str, _urls: Sequence[str]) -> Mapping[str, Followed]:
    return {}


async def _folder(settings: Settings, asked: Source) -> Finding:
    address = asked.url
    path = Path(address).expanduser()
    if not path.exists():
        raise UsageError(
            f"{address}: there is no such file or folder, and it is no http(s) address{hint(address)}"
        )
    if not encodable(str(path.resolve())):
        raise UsageError(f"{path_name(address)}: its path is not valid UTF-8: rename it")
    source = replace(asked, adapter="text", url=str(path.resolve()))
    haul = await look(settings, source)
    what = "a folder of texts" if path.is_dir() else "a text in one file"
    return Finding("text", str(path.resolve()), path.resolve().name, haul, tried=[f"{path}: {what}"])


async def _page(settings: Settings, asked: Source, client: Fetcher) -> Finding:
    from aggregator.adapters.discovery import announced_feeds, looks_like
    from aggregator.cli.reading import fetched
    from aggregator.fetch import check_url

    url, allow_private = check_url(asked.url), asked.allow_private
    document = await fetched(url, client, allow_private=allow_private)
    tried = [f"{url}: {_what(document)}"]
    if looks_like(document) == "feed":
        return await _feed(settings, replace(asked, url=url), document, client, tried)
    announced = announced_feeds(document)
    for link, title in announced:
        tried.append(f"it announces {link} ({title or 'no title'})")
    for link, _ in announced:
        found = await fetched(link, client, allow_private=allow_private)
        if looks_like(found) == "feed":
            return await _feed(settings, replace(asked, url=link), found, client, tried)
    raise UsageError(
        f"{url}: no feed, and the page announces none; give the address of its feed (RSS, Atom, JSON Feed),"
        " or save its releases into a folder"
    )


async def _feed(
    settings: Settings, asked: Source, document: Document, client: Fetcher, tried: list[str]
) -> Finding:
    from aggregator.adapters.feed import describe

    info = describe(document)
    tried.append(f"{asked.url}: a feed, {count(info.items, 'item')}")
    haul = await look(settings, replace(asked, adapter="feed"), client)
    return Finding("feed", asked.url, info.title, haul, asked.allow_private, tried)


def _what(document: Document) -> str:
    from aggregator.adapters.discovery import looks_like

    return f"{looks_like(document)}, {len(document.content)} bytes"
