"""What scrolled by unseen, or is older than its list, found again in the sitemaps of the releases' own site.

A sitemap names a whole site and says little of it: `lastmod` is when a page was touched. So only addresses built like those
of the source's known releases are looked at, and the page's own date decides. All of it is bounded: `MOST_MAPS` requests
for sitemaps, `MOST_PAGES` pages. It fetches and reads through what it is given, and stores nothing.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from aggregator.codec import Packed
from aggregator.errors import FetchError
from aggregator.harvest import Harvest
from aggregator.ingest import following
from aggregator.model import Document, Draft, Follow, Source
from aggregator.store.followed import Followed
from aggregator.text import canonical_url, digest

if TYPE_CHECKING:
    from aggregator.ingest.haul import Haul

MOST_MAPS: Final = 10
"""Requests for robots.txt, sitemaps and their parts."""
USUAL_PLACES: Final = 3
"""Usual addresses of sitemaps that are tried where robots.txt names none."""
MOST_PAGES: Final = 50
"""Pages that are fetched for one gap, or for one backfill."""
MARGIN: Final = timedelta(days=1)
"""By which a release may be dated before it was put online: days are dated in other time zones."""

Ask = Callable[[str], Awaitable[Document | None]]
"""Fetches an address. Raises FetchError."""
Known = Callable[[str, Sequence[str]], Awaitable[Mapping[str, Followed]]]
"""Looks up what the store knows of the pages at these addresses of a source."""
Read = Callable[[Document, Source, str], Awaitable[Harvest]]
"""Reads a document as this source by the adapter of this name; a bare reading, of which nothing is noted."""


@dataclass(frozen=True, slots=True)
class Trail:
    """What the store knows of a source's earlier releases."""

    addresses: Sequence[str] = ()
    """Of its latest releases."""
    since: datetime | None = None
    """When it was last polled without a failure."""


@dataclass(slots=True)
class Refill:
    """What the sitemaps gave."""

    site: str
    maps: int = 0
    """Sitemaps that were read."""
    before: bool = False
    """Whether they name a release that was known before: they go back far enough."""
    after: bool = False
    """Whether they name a release that the list shows now: they are up to date."""
    pages: list[Follow] = field(default_factory=list)
    """What is to be fetched, the newest first; nothing of it was asked for before."""
    beyond: int = 0
    """Further addresses that would have had their turn."""
    taken: int = 0
    undated: int = 0
    """Pages without any date, of which nobody can tell; they are left out."""
    refused: int = 0
    """Pages that came and hold no release that can be read."""
    lost: int = 0
    """Pages that could not be had, or not to their end; they are asked for again with later polls."""

    @property
    def whole(self) -> bool:
        """Whether nothing that belongs into the gap is missing, as far as the sitemaps tell."""
        return self.before and self.after and not (self.beyond or self.lost or self.refused or self.undated)

    def told(self) -> str:
        """What came of it, in words; addresses but for the host are left out."""
        if not self.site:
            return "no earlier release is known whose sitemap could be asked"
        if not self.maps:
            return f"{self.site} has no sitemap that could be read"
        said = [f"{_count(self.taken, 'release')} taken from the sitemap of {self.site}"]
        for number, what in (
            (self.lost, "could not be had yet"),
            (self.refused, "with no release that could be read"),
            (self.undated, "without a date left out"),
            (self.beyond, "not asked for, too many"),
        ):
            if number:
                said.append(f"{_count(number, 'page')} {what}")
        return ", ".join(said)


async def fill(
    haul: Haul,
    trail: Trail,
    ask: Ask,
    read: Read,
    pages: Known,
    *,
    since: datetime | None,
    most: int,
    now: datetime,
) -> None:
    """Add to a haul what its list does not show: what is missing since then, or what is older."""
    source = haul.source
    shown = [*(p.url for p in haul.harvest.prepared), *(f.url for f in haul.harvest.follows)]
    refill = await look(source, trail, shown, ask, read, pages, since=since, most=most)
    wanted, _, _ = following.due(refill.pages, {}, (), now)
    taken, followed = await take(refill, wanted, source, ask, read, since=since, now=now)
    haul.harvest.prepared += [packed for packed, _ in taken]
    haul.pages |= {packed.key: url for packed, url in taken}
    haul.followed += followed
    haul.refill, haul.closed = refill, haul.overran and refill.whole


async def look(
    source: Source,
    trail: Trail,
    known: Iterable[str],
    ask: Ask,
    read: Read,
    pages: Known,
    *,
    since: datetime | None,
    most: int,
) -> Refill:
    """The addresses of a source's releases that its site's sitemaps name and that are not `known` (what the list shows
    now): those touched after `since`, or all where that is None. What was asked for before waits for its own time, and
    takes the place of nothing else. Never raises for what the site answers."""
    shapes = usual_shapes(trail.addresses)
    if not shapes:
        return Refill("")
    home = next(url for url in trail.addresses if shape(url) in shapes)
    refill = Refill(urlsplit(home).hostname or "")
    before, now = {canonical_url(url) for url in trail.addresses}, {canonical_url(url) for url in known}
    named: dict[str, Follow] = {}
    async for follow in _named(_as_map(source, home), home, ask, read, refill, whole=since is None):
        url = canonical_url(follow.url)
        refill.before |= url in before
        refill.after |= url in now
        if shape(follow.url) in shapes:
            named.setdefault(url, follow)
    fresh = [f for url, f in named.items() if url not in before | now]
    asked = await pages(source.id, [f.url for f in fresh])
    _choose(refill, [f for f in fresh if f.url not in asked], since, min(most, MOST_PAGES))
    return refill


async def _named(
    as_map: Source, home: str, ask: Ask, read: Read, refill: Refill, *, whole: bool
) -> AsyncIterator[Follow]:
    """What the sitemaps name, the likeliest and newest first, until they name both what was known before and what is
    shown now: what came between stands between these. Of a `whole` site as many as there are."""
    asked, waiting = {urljoin(home, "/robots.txt")}, await _places(home, as_map, ask, read)
    while waiting and len(asked) < MOST_MAPS:
        url = waiting.pop(0)
        if url in asked:
            continue
        asked.add(url)
        document = await _had(url, ask)
        if document is None:
            continue
        found = await read(document, as_map, "sitemap")
        if not found.follows:
            continue
        refill.maps += 1
        waiting = [f.url for f in found.follows if f.kind == "part"] + waiting
        for follow in found.follows:
            if follow.kind == "text":
                yield follow
        if refill.before and refill.after and not whole:
            return


async def _places(home: str, as_map: Source, ask: Ask, read: Read) -> list[str]:
    """The sitemaps that robots.txt names, else the usual addresses of one."""
    robots = await _had(urljoin(home, "/robots.txt"), ask)
    if robots is not None and (named := (await read(robots, as_map, "sitemap")).follows):
        return [f.url for f in named]
    from aggregator.discovery.data_lists import sitemap_paths  # it knows pages, which most polls need not

    return sitemap_paths(home)[:USUAL_PLACES]


async def _had(url: str, ask: Ask) -> Document | None:
    try:
        return await ask(url)
    except FetchError:
        return None


def _as_map(source: Source, home: str) -> Source:
    """The source as it would be read from its site's sitemap: all that its operator does not leave out."""
    named = any(entry.startswith("/") for entry in source.allow)
    return replace(source, adapter="sitemap", url=home, allow=source.allow if named else (*source.allow, "/"))


def _choose(refill: Refill, fresh: Sequence[Follow], since: datetime | None, most: int) -> None:
    """The pages to fetch: of a gap those that were touched in it, and the few of which nothing is said."""
    dated = sorted((f for f in fresh if _day(f)), key=_day, reverse=True)
    silent = [f for f in fresh if not _day(f)]
    if since is not None:
        first = (since - MARGIN).date().isoformat()
        dated = [f for f in dated if _day(f) >= first]
        if len(dated) + len(silent) > most:  # the archive of years: nothing says what of it is new
            refill.undated, silent = len(silent), []
    every = [*dated, *silent]
    refill.pages = every[:most]
    refill.beyond = len(every) - len(refill.pages)


def belongs(packed: Packed, since: datetime | None) -> bool:
    """Whether a release is dated into the gap, or whenever where all are asked for."""
    return packed.published is not None and (since is None or packed.published >= since - MARGIN)


# -- what the addresses of releases look like ------------------------------------------------------------


Shape = tuple[str, ...]
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")


def shape(url: str) -> Shape:
    """How an address is built: its host, its folders with numbers made alike, and what kind of name stands at its end."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    *folders, name = [p for p in unquote(parts.path).lower().split("/") if p] or [""]
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, ending) if dot and ending.isalpha() and len(ending) < 6 else (name, "")
    words = len(_WORDS.findall(stem))
    kind = "title" if words > 2 else "number" if any(c.isdigit() for c in stem) else "word"
    asked = ",".join(sorted(key for key, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return (host, *(_NUMBER.sub("#", f) for f in folders), kind, ending, asked) if host else ()


def usual_shapes(addresses: Sequence[str]) -> frozenset[Shape]:
    """How the addresses of known releases are built; what only one of several has is no pattern, and a single
    word below the root of a site may be any page of it, unless a parameter tells pages apart there."""
    counted = Counter(s for url in addresses if (s := shape(url)))
    least = 2 if len(addresses) > 1 else 1
    any_page = {s for s in counted if len(s) == 4 and s[1] == "word" and not s[3]}
    return frozenset(s for s, n in counted.items() if n >= least) - any_page


def _day(follow: Follow) -> str:
    """The day that a sitemap says of a page: when it was published, else touched; empty where it says nothing."""
    listed = follow.listed
    return (listed.published or listed.updated)[:10] if listed is not None else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s'[: number != 1]}"


# -- fetching what was chosen ----------------------------------------------------------------------------


async def take(
    refill: Refill,
    wanted: Sequence[tuple[Followed, Draft | None]],
    source: Source,
    ask: Ask,
    read: Read,
    *,
    since: datetime | None,
    now: datetime,
) -> tuple[list[tuple[Packed, str]], list[Followed]]:
    """Fetch and read the pages that were chosen: the releases among them that belong into the gap, each with its page,
    and what is to be remembered of the pages. What cannot be had now waits as any page does."""
    taken: list[tuple[Packed, str]] = []
    followed: list[Followed] = []

    async def one(page: Followed, listed: Draft | None) -> None:
        try:
            document = await ask(page.url)
        except FetchError as error:
            refill.lost += 1
            followed.append(following.missed(page, error.reason, now, error.retry_after))
            return
        if document is None:
            return
        found = await read(replace(document, listed=listed), source, page.reader)
        belonging = [p for p in found.prepared if belongs(p, since)]
        refill.taken += len(belonging)
        taken.extend((packed, page.url) for packed in belonging)
        if found.failed:  # not read to its end: what came of it is taken, and the rest asked for
            refill.lost += 1
            reason = next((p.reason for p in found.problems), "broken")
            followed.append(following.missed(page, reason, now))
        elif belonging:
            followed.append(following.had(page, now, document, digest(document.content)))
        elif found.prepared:
            refill.undated += any(p.published is None for p in found.prepared)
        else:
            refill.refused += any(p.reason != "repaired" for p in found.problems)

    await asyncio.gather(*(one(page, listed) for page, listed in wanted))
    return taken, followed
