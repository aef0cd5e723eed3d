"""Finding out how to read an address: what was tried, what was found, why one way was chosen.

In the order of trust: the address is a feed; feeds that the page announces, or that stand at the usual
places; lists in the page's data and WordPress's own; sitemaps; the list of releases on the page itself. What
the page shows decides which of them is right: a way counts when it gives the releases that stand there. A
page without a list is asked for the way to the newsroom.

Fetches politely and reads in worker processes; stores nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from aggregator import app
from aggregator.adapters import wires
from aggregator.app import clock
from aggregator.discovery import Candidate, comparing, newsrooms
from aggregator.discovery.candidate import SURE
from aggregator.errors import FetchError, UsageError
from aggregator.fetch import Request, Unchanged, check_url, walls
from aggregator.ingest import Gatherer, Haul
from aggregator.model import NOTHING_LEARNT, Document, Draft, Learnt, Refusal, Source
from aggregator.reading.choice import is_dated
from aggregator.settings.addresses import usual_adapter
from aggregator.store import Memory
from aggregator.store.followed import Followed
from aggregator.text import canonical_url

if TYPE_CHECKING:
    from aggregator.discovery.look import Look
    from aggregator.fetch import Fetcher
    from aggregator.settings import Settings
    from aggregator.workers import Workers

As = Literal["feed", "newsroom", "jsonlist", "sitemap", "article"]
"""Ways that a person can ask for outright."""

DEEPEST = 2
"""Links from the given page to its newsroom that are gone through."""

MOST_NEWSROOMS, MOST_FEEDS, MOST_GUESSES = 3, 5, 5
"""Links to newsrooms, announced feeds and usual addresses that are tried on one page."""

MOST_BLIND = 12
"""Usual addresses of feeds that are tried where the page shows no list at all: nothing else is left."""

FEW = 5
"""Items up to which a list may be teasers of a longer one elsewhere."""

LIKELY, SURELY = 0.4, 0.7
"""Scores of links that may well, and that surely do, lead to the releases."""

PROOF = 10
"""Releases that are read in full to show what would be published."""


@dataclass(slots=True)
class Finding:
    """How an address can be read, with everything that was tried."""

    asked: str
    way: Candidate
    tried: list[str] = field(default_factory=list)
    """What was looked at and what came of it, a line each."""
    further: tuple[Draft, ...] = ()
    """Releases that the page shows and that the way does not give: feeds often hold fewer."""

    def source(self, asked: Source) -> Source:
        """The source as it would be configured; `asked` holds what the operator said."""
        way = self.way
        return replace(
            asked, adapter=way.adapter, url=way.url, title=asked.title or way.title, recipe=way.recipe
        )


async def find(
    settings: Settings, asked: Source, client: Fetcher, workers: Workers, wanted: As | None = None
) -> Finding:
    """How to read ``asked.url`` (http or https); `wanted` takes this way or none. Raises `UsageError` where no way was
    found, with what was tried; `FetchError` where there is nothing."""
    search = _Search(settings, asked, client, workers, wanted)
    url = check_url(asked.url)
    found = await search.page(url, 0)
    if found is None:
        raise UsageError(
            "\n  ".join([f"{url}: no releases were found; what was tried:", *search.tried, *search.guessed])
            + "\n"
            "  Give the address of the page that lists them, or write the source by hand:"
            ' docs/configuration.md, "Recipes"'
        )
    further = tuple(comparing.missing(found.items, search.shown.items)) if search.shown else ()
    if further:
        search.tried.append(
            f"{len(further)} of the page's {len(search.shown.items if search.shown else ())} releases are not in it;"
            " `aggregator poll ID --backfill 1` reads older ones, once it is added"
        )
    return Finding(url, found, [*search.tried, *search.guessed], further)


@dataclass(slots=True)
class _Search:
    settings: Settings
    asked: Source
    client: Fetcher
    workers: Workers
    wanted: As | None
    tried: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    missed: int = 0
    """Usual addresses at which nothing was."""
    shown: Candidate | None = None
    """The page's own list, where another way to it was chosen."""

    @property
    def guessed(self) -> list[str]:
        """What was asked for by guess and is not there, in a line."""
        told = f"usual addresses of feeds, sitemaps and the like: nothing at {self.missed} of them"
        return [told] if self.missed else []

    async def page(self, url: str, depth: int) -> Candidate | None:
        """The best way to read what stands at an address, or below it."""
        document = await self.fetch(url) if depth else await self._fetch(url)
        seen = await self.look(document) if document is not None else None
        if document is None or seen is None:
            return None
        if seen.kind in ("feed", "sitemap", "json"):
            found = await self._document(document, seen)
            return found if found is not None and self._is_wanted(found) else None
        if seen.kind != "html":
            self.tried.append(f"{url}: {seen.kind}, {len(document.content)} bytes: no page and no feed")
            single = not depth and self.wanted in (None, "article")
            return await self._article(document) if single else None
        own = seen.lists[0] if seen.lists else None
        doubt = "" if own is None or own.score >= SURE else ": not taken"
        self.tried.append(f"{url}: a page; {own.told if own else 'no list of releases on it'}{doubt}")
        better = await self._newsroom_first(seen, own, depth) or await self._whole(seen, own, depth)
        if better is not None:
            return better
        found = await self._ways(document, seen, own)
        if found is None and depth < DEEPEST:
            found = await self._newsrooms(seen, depth)
        if found is None and not depth and not await self._kept_out(document):
            single = self.wanted == "article" or (not self.wanted and not seen.room)
            found = await self._article(document) if single else None
        return found

    def _is_wanted(self, found: Candidate) -> bool:
        """Whether a way is the one that was asked for, if one was; a wire's feed is a feed, whatever reads it."""
        way = "feed" if found.adapter in wires.names() else found.adapter
        return self.wanted in (None, way)

    async def _document(self, document: Document, seen: Look) -> Candidate | None:
        """A feed, a sitemap or JSON: itself, whatever it leads to."""
        url = document.requested or document.url
        if seen.kind == "feed":
            if seen.feed is None:
                self.tried.append(f"{url}: a feed that cannot be read: {seen.broken}")
                return None
            found = await self._feed(url, document, seen)
            self.tried.append(f"{url}: a feed, {len(found.items)} items")
            return found
        if seen.kind == "sitemap":
            items = await self.items(document, "sitemap", parts=True)
            none = "" if items else "; `--allow /path/` lets in those that begin so"
            self.tried.append(f"{url}: a sitemap, {len(items)} addresses that look like releases{none}")
            return Candidate(adapter="sitemap", url=url, items=items, score=SURE) if items else None
        best = seen.data[0] if seen.data else None
        self.tried.append(f"{url}: JSON; {best.told if best else 'no list of releases in it'}")
        return best

    async def _newsroom_first(self, seen: Look, own: Candidate | None, depth: int) -> Candidate | None:
        """A home page's teasers are not its newsroom: a link that surely leads there goes first, and so does
        the one to all releases where the page shows a few."""
        few = own is None or len(own.items) <= FEW or own.score < SURE or seen.home
        sure = [link for link in seen.newsrooms if link[2] >= SURELY]
        if not sure or not few or depth >= DEEPEST or self.wanted == "article":
            return None
        found = await self._newsrooms(seen, depth)
        if found is None or (own is not None and len(found.items) < len(own.items) and own.score >= SURE):
            return None
        return found

    async def _whole(self, seen: Look, own: Candidate | None, depth: int) -> Candidate | None:
        """The list that a few teasers of a home page or a hub are taken from: a link that may well lead there is believed
        where it gives these and more."""
        few = own is not None and len(own.items) <= FEW
        if not few or own is None or depth >= DEEPEST or self.wanted == "article":
            return None
        for url, why, likely in seen.newsrooms[:MOST_NEWSROOMS]:
            if likely < LIKELY or canonical_url(url) in self.seen:
                continue
            self.tried.append(f"{url}: looked at, since {why}")
            found = await self.page(url, depth + 1)
            if found is not None and comparing.holds(found, own):
                return found
        return None

    async def _newsrooms(self, seen: Look, depth: int) -> Candidate | None:
        for url, why, _ in seen.newsrooms[:MOST_NEWSROOMS]:
            if canonical_url(url) in self.seen:
                continue
            self.tried.append(f"{url}: looked at, since {why}")
            if (found := await self.page(url, depth + 1)) is not None:
                return found
        return None

    async def _ways(self, document: Document, seen: Look, own: Candidate | None) -> Candidate | None:
        """The first way in the order of trust that gives what the page shows."""
        shown = own if own is not None and own.score >= SURE else None
        async for candidate in self._candidates(document, seen, shown):
            if not self._is_wanted(candidate):
                continue
            accepted, verdict = comparing.judged(candidate, shown)
            self.tried.append(
                f"{candidate.url}: {candidate.told}: {verdict}{'' if accepted else ': not taken'}"
            )
            if accepted:
                self.shown = shown
                return candidate
        if own is not None and self.wanted in (None, "newsroom") and own.score >= SURE:
            return own
        return own if self.wanted == "newsroom" else None

    async def _candidates(
        self, document: Document, seen: Look, shown: Candidate | None
    ) -> AsyncIterator[Candidate]:
        async for candidate in self._feeds(document, seen, MOST_BLIND if shown is None else MOST_GUESSES):
            yield candidate
        for candidate in seen.data[:3]:
            yield candidate
        async for candidate in self._wordpress(seen):
            yield candidate
        if shown is None or self.wanted == "sitemap":
            async for candidate in self._sitemaps(document.url):
                yield candidate

    async def _feeds(self, document: Document, seen: Look, most: int) -> AsyncIterator[Candidate]:
        from aggregator.discovery import data_lists

        announced = [url for url, title in seen.feeds if not data_lists.is_for_comments(url, title)]
        guessed = [] if announced else list(data_lists.feed_paths(document.url))[:most]
        for url in [*announced[:MOST_FEEDS], *guessed]:
            found = await self.fetch(url, quiet=url in guessed)
            look = await self.look(found) if found is not None else None
            if found is not None and look is not None and look.feed is not None:
                yield await self._feed(url, found, look)

    async def _feed(self, url: str, document: Document, seen: Look) -> Candidate:
        info = seen.feed
        assert info is not None
        adapter = usual_adapter(url)
        items = await self.items(document, adapter)
        return Candidate(
            adapter=adapter, url=url, items=items, score=1.0, title=info.title, language=info.language
        )

    async def _wordpress(self, seen: Look) -> AsyncIterator[Candidate]:
        """WordPress's own list: of its category of press releases, where it has one, then of all posts."""
        from aggregator.discovery import data_lists

        addresses = [seen.wordpress] if seen.wordpress else []
        if seen.wordpress and seen.categories:
            answer = await self.fetch(seen.categories, quiet=True)
            press = data_lists.in_category(seen.wordpress, answer) if answer is not None else ""
            addresses = [*([press] if press else []), *addresses]
        for address in dict.fromkeys(addresses):
            document = await self.fetch(address, quiet=True)
            found = await self.look(document) if document is not None else None
            if found is not None and found.data:
                yield found.data[0]

    async def _sitemaps(self, url: str) -> AsyncIterator[Candidate]:
        """The sitemaps that robots.txt names, and those at the usual places."""
        from aggregator.adapters.sitemap import from_robots
        from aggregator.discovery import data_lists

        robots = await self.fetch(urljoin(url, "/robots.txt"), quiet=True)
        named = (
            list(from_robots(robots.content.decode("utf-8", "replace"), url)) if robots is not None else []
        )
        for address in dict.fromkeys([*named, *data_lists.sitemap_paths(url)][:MOST_GUESSES]):
            document = await self.fetch(address, quiet=True)
            seen = await self.look(document) if document is not None else None
            if document is not None and seen is not None and seen.kind == "sitemap":
                items = await self.items(document, "sitemap", parts=True)
                if items:
                    yield Candidate(adapter="sitemap", url=address, items=items, score=SURE)

    async def _kept_out(self, document: Document) -> bool:
        """Whether a page without a list is a wall that says 200."""
        source = replace(self.asked, adapter="newsroom", url=document.requested or document.url)
        found = await self.workers.harvest([document], source, {})
        told = [p for p in found.problems if p.reason in walls.KEPT_OUT]
        self.tried += [f"{document.url}: {p.reason}: {p.detail}" for p in told]
        return bool(told)

    async def _article(self, document: Document) -> Candidate | None:
        """A page that is one release."""
        source = replace(self.asked, adapter="article", url=document.requested or document.url)
        found = await self.workers.harvest([document], source, {})
        items = await self.items(document, "article") if found.prepared else ()
        if not items:
            self.tried += [f"{document.url}: no single text: {p.detail or p.reason}" for p in found.problems]
            return None
        home, dated = newsrooms.is_home(document.url), is_dated(found.prepared[0].unpack().copy)
        if not self.wanted and (home or not dated):
            what = "a home page" if home else "a text without a date"
            told = f"{document.url}: {what}, which is no release; `--as article` watches it all the same"
            self.tried.append(told)
            return None
        self.tried.append(f"{document.url}: one text, which would be watched for changes")
        return Candidate(adapter="article", url=document.url, items=items, score=SURE,
                         title=found.prepared[0].title)  # fmt: skip

    # -- the world -----------------------------------------------------------------------------------

    async def items(self, document: Document, adapter: str, parts: bool = False) -> tuple[Draft, ...]:
        """What a document lists, as its adapter reads it; `parts` of it are read too, two levels deep."""
        source = replace(self.asked, adapter=adapter, url=document.requested or document.url)
        found, waiting = list[Draft](), [document]
        for _ in range(3):
            more: list[str] = []
            for part in waiting:
                drafts, follows = await self.workers.listed(part, source)
                found += drafts
                more += follows
            if not more or not parts:
                break
            fetched = [await self.fetch(url) for url in more[:5]]
            waiting = [d for d in fetched if d is not None]
        # A release may stand in several parts: the one that says most of it counts.
        best: dict[str, Draft] = {}
        for draft in sorted(found, key=lambda d: not d.title):
            best.setdefault(draft.key, draft)
        return tuple(d for d in found if best[d.key] is d)

    async def look(self, document: Document) -> Look | None:
        if b"<opml" in document.content[:4000].lower():
            self.tried.append(f"{document.url}: a list of feeds: `aggregator sources import {document.url}`")
            return None
        seen = await self.workers.look(document, self.asked)
        if isinstance(seen, Refusal):
            self.tried.append(f"{document.url}: {seen.detail or seen.reason}")
            return None
        return seen

    async def fetch(self, url: str, *, quiet: bool = False) -> Document | None:
        """A document that may well not be there. What is only guessed at is not told of."""
        try:
            return await self._fetch(url)
        except FetchError as error:
            if quiet:
                self.missed += 1
            else:
                self.tried.append(f"{url}: {error.detail or error.reason}")
            return None

    async def _fetch(self, url: str) -> Document | None:
        if canonical_url(url) in self.seen:
            return None
        self.seen.add(canonical_url(url))
        private, robots = self.asked.allow_private, self.asked.robots
        answer = await self.client.fetch(Request(url=url, allow_private=private, robots=robots))
        assert not isinstance(answer, Unchanged)  # nothing was held
        return answer


# -- the proof -----------------------------------------------------------------------------------------


async def look(
    settings: Settings,
    source: Source,
    client: Fetcher,
    *,
    texts: int | None = None,
    workers: Workers | None = None,
) -> Haul:
    """What a source gives now, read in full, of the pages that it leads to at most `texts`; nothing is stored."""
    own = workers or app.workers(settings)
    try:
        gatherer = Gatherer(client, own, clock, _nothing_known, _no_pages, 0.0)
        if texts is not None:
            gatherer = replace(gatherer, most_texts=texts)
        return await gatherer.gather(source, Memory({}))
    finally:
        if workers is None:
            own.close()


async def _nothing_known(_source: str) -> tuple[dict[str, bytes], Learnt]:
    return {}, NOTHING_LEARNT


async def _no_pages(_source: str, _urls: Sequence[str]) -> Mapping[str, Followed]:
    return {}
