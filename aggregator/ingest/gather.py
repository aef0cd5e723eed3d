"""Bringing home what a source shows: fetch, adapter, reading, labels. Nothing is stored here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aggregator import websub
from aggregator.errors import FetchError, ReadError
from aggregator.fetch import Fetcher, Request, Unchanged, mailfiles
from aggregator.fetch.files import handful, walk
from aggregator.fetch.imapaddress import is_imap
from aggregator.harvest import Harvest
from aggregator.ingest import following, refilling
from aggregator.ingest.freshness import longest, stated
from aggregator.ingest.haul import RETRIED, Haul, is_local, is_paged
from aggregator.ingest.refilling import Trail
from aggregator.model import Document, Draft, Learnt, Problem, Source
from aggregator.store import DocumentState, Memory
from aggregator.store.arrivals import key_hash
from aggregator.store.followed import Followed
from aggregator.text import digest
from aggregator.workers import Workers

log = logging.getLogger(__name__)

MOST_PARTS, DEEPEST = 50, 3
"""Documents that make up one list at most, and levels of them; next pages that are asked for by hand not counted."""

MOST_LISTED = 10_000
"""Pages of items that one list leads to at most."""

MOST_OLDER = 10
"""Further pages of a list that overran which one poll reads."""

A_PAGE = 10
"""Releases that one page of a list is taken to hold at least, where a sitemap stands in for its next ones."""

MOST_TEXTS, TEXTS_SECONDS = 100, 300.0
"""Pages of items that one poll fetches at most, and how long it may take at their site's pace; the others wait for
the next."""


Recall = Callable[[str], Awaitable[tuple[Mapping[str, bytes], Learnt]]]
"""Looks up the digests of a source's latest drafts, and what was learnt of it, when there is something to read."""

Pages = Callable[[str, Sequence[str]], Awaitable[Mapping[str, Followed]]]
"""Looks up what is known of the pages at these addresses of a source."""

Trails = Callable[[str], Awaitable[Trail]]
"""Looks up the earlier releases of a source."""


async def _no_trail(_source: str) -> Trail:
    return Trail()


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Everything that gathering needs of the world."""

    fetcher: Fetcher
    workers: Workers
    clock: Callable[[], datetime]
    recall: Recall
    pages: Pages
    settle_seconds: float = 2.0
    """A file younger than this may still be written to, and is left for the next poll."""
    most_texts: int = MOST_TEXTS
    trail: Trails = _no_trail

    async def gather(
        self, source: Source, memory: Memory, backfill: int = 0, pushed: Sequence[Document] = ()
    ) -> Haul:
        """Poll one source; of its list also so many further pages. What a hub `pushed` is read in place of the list
        where it can be. Expected failures become part of the haul; nothing is stored."""
        started = self.clock()
        haul = Haul(source, started, started, backfill=backfill, move=memory.move)
        try:
            if not await self._pushed(pushed, source, haul):
                await self._list(source, memory, haul)
            await self._texts(source, memory, haul)
        except FetchError as error:
            haul.failure = Problem(error.reason, error.detail or error.reason, error.url)
            haul.retry_after = error.retry_after
        except ReadError as error:
            haul.failure = Problem(error.reason, error.detail, source.id)
        except Exception as error:
            log.exception("polling %s failed", source.id)  # a bug: loud, and no other source's trouble
            haul.failure = Problem("internal", f"{type(error).__name__}: {error}", source.id)
        if haul.failure and not is_imap(source.url):
            haul.fetched.clear()  # what was not read is asked for again; mails are noted once they are read
        if not is_local(source) and not is_imap(source.url):
            haul.least_wait = self.fetcher.least_wait(memory.move.address or source.url)
        haul.finished = self.clock()
        return haul

    async def _list(self, source: Source, memory: Memory, haul: Haul) -> None:
        """The list with all its parts, and what of it scrolled by since the last poll."""
        known = memory.documents
        if _is_mailbox(source):
            await self._mailbox(source, known, haul)
        else:
            pages = (self._folder if is_local(source) else self._page)(source, known, haul)
            async for documents in pages:
                await self._read(documents, source, haul)
        await self._parts(source, memory, haul)
        haul.items = haul.items or list(dict.fromkeys(haul.harvest.seen))
        haul.filled = haul.filled or dict(haul.harvest.filled)
        if source.url in haul.read and not is_local(source):
            await self._older(source, memory, haul)
        haul.shown = frozenset(haul.harvest.seen)

    async def _pushed(self, documents: Sequence[Document], source: Source, haul: Haul) -> bool:
        """Read what a hub sent. False where there is nothing, or nothing of it is readable: then the list is asked."""
        if not documents:
            return False
        found = await self._read(documents, source, haul)
        if found.failed:
            haul.harvest, haul.read = Harvest(), set()
            return False
        haul.pushed = True
        return True

    async def _read(
        self, documents: Sequence[Document], source: Source, haul: Haul, reader: str = ""
    ) -> Harvest:
        if not documents:
            return Harvest()
        haul.read |= {d.place for d in documents}
        if haul.recalled is None:
            haul.recalled = await self.recall(source.id)
        known, learnt = haul.recalled
        found = await self.workers.harvest(documents, source, known, reader, learnt)
        haul.harvest.absorb(found)
        return found

    async def take(self, source: Source, documents: Sequence[Document]) -> Haul:
        """The haul of documents that are at hand already; what they lead to is not fetched."""
        started = self.clock()
        haul = Haul(source, started, started, by_hand=True)
        await self._read(documents, source, haul)
        pages, others = following.once(haul.harvest.follows, MOST_LISTED)
        haul.harvest.follows = []
        told = [*(f.listed for f in pages if f.kind == "text" and f.listed), *others]
        await self._as_listed([d for d in told if d.has_text], source, haul)
        haul.finished = self.clock()
        return haul

    async def _page(
        self, source: Source, known: Mapping[str, DocumentState], haul: Haul
    ) -> AsyncIterator[list[Document]]:
        before = known.get(source.url) if not haul.backfill else None  # its next page is named nowhere else
        etag, modified = (before.etag, before.last_modified) if before else ("", "")
        answer = await self._answer(haul.move.address or source.url, etag, modified, source)
        haul.fresh_for, haul.moved_to = answer.fresh_for, answer.moved_to
        if isinstance(answer, Unchanged):
            yield []
            return
        # Under a new address it is still the same document of the source.
        document = replace(answer, requested=source.url)
        haul.fresh_for = longest(answer.fresh_for, stated(document.content))
        if self._is_news(document, source.url, before, haul):
            haul.lists.append(document)
            haul.announced = websub.announced(document.content, document.url, document.links)
            yield [document]

    async def _ask(self, url: str, etag: str, modified: str, source: Source) -> Document | None:
        """The document at an address; None where the server says that it is what it was."""
        answer = await self._answer(url, etag, modified, source)
        return None if isinstance(answer, Unchanged) else answer

    async def _answer(self, url: str, etag: str, modified: str, source: Source) -> Document | Unchanged:
        private, robots = source.allow_private, source.robots
        request = Request(url, etag, modified, allow_private=private, robots=robots)
        return await self.fetcher.fetch(request)

    def _is_news(self, document: Document, key: str, before: DocumentState | None, haul: Haul) -> bool:
        """Whether its bytes differ from last time; servers without validators send them all again."""
        state = DocumentState(document.etag, document.last_modified, digest(document.content))
        if document.complete:
            haul.fetched.append((key, document.url, state))
        return before is None or before.digest != state.digest

    async def _folder(
        self, source: Source, known: Mapping[str, DocumentState], haul: Haul
    ) -> AsyncIterator[list[Document]]:
        """The files that changed, a handful at a time: a folder may hold more than fits into memory."""
        etags = {key: state.etag for key, state in known.items()}
        files = walk(Path(source.url), known=etags, now=self.clock(), settle=self.settle_seconds)
        while items := await asyncio.to_thread(handful, files):
            documents = []
            for item in items:
                if isinstance(item, Problem):
                    self._tell_once(item, known, haul)
                elif self._is_news(item, item.key, known.get(item.key), haul):
                    documents.append(item)
            yield documents

    async def _mailbox(self, source: Source, known: Mapping[str, DocumentState], haul: Haul) -> None:
        """The mails that are new. How far a mailbox is read is remembered once all before it was readable."""
        async for items in self._mails(source, known):
            await self._read([i for i in items if isinstance(i, Document)], source, haul, "email")
            retry = any(p.reason in RETRIED for p in haul.harvest.problems)
            for item in items:
                if isinstance(item, Document):
                    self._is_news(item, item.key, known.get(item.key), haul)
                elif isinstance(item, Problem) and item.where == source.url:
                    haul.failure = item  # the connection broke: what came before it is kept
                elif isinstance(item, Problem):
                    self._tell_once(item, known, haul)
                elif not retry:
                    haul.fetched.append((item.key, item.key, DocumentState(item.etag, item.position, b"")))

    async def _mails(
        self, source: Source, known: Mapping[str, DocumentState]
    ) -> AsyncIterator[list[mailfiles.Item]]:
        if not is_local(source):
            from aggregator.fetch import imap

            async for items in imap.new_mails(self.fetcher, source, known, self.clock(), imap.DEADLINE):
                yield items
            return
        mails = mailfiles.walk(Path(source.url), known=known, now=self.clock(), settle=self.settle_seconds)
        while items := await asyncio.to_thread(handful, mails):
            yield items

    def _tell_once(self, problem: Problem, known: Mapping[str, DocumentState], haul: Haul) -> None:
        """A file that cannot be read lies there for long, and is told of when it turns up."""
        state = DocumentState(f"told: {problem.reason}", "", digest(problem.detail.encode()))
        if known.get(problem.where) != state:
            haul.harvest.problems.append(problem)
            haul.fetched.append((problem.where, problem.where, state))

    async def _parts(self, source: Source, memory: Memory, haul: Haul) -> None:
        """Fetch the pieces that the list is made of, and as many of its next pages as were asked for."""
        known = {f.url: f for f in memory.due if f.part}
        asked = {source.url}
        for _ in range(DEEPEST - 1):
            wanted = following.parts(haul.harvest.follows, known, asked, haul, most=MOST_PARTS)
            if not wanted:
                break
            asked |= {f.url for f in wanted}
            await _all(self._one(f, None, source, haul) for f in wanted)
        haul.items = list(dict.fromkeys(haul.harvest.seen))  # without what further pages give
        haul.filled = dict(haul.harvest.filled)
        for _ in range(haul.backfill):
            pages = following.next_page(haul.harvest.follows, asked)
            if not pages:
                break
            asked |= {f.url for f in pages}
            kept = len(haul.followed)
            await self._one(pages[0], None, source, haul)
            haul.backfilled += 1
            del haul.followed[kept:]  # of a page that was asked for by hand nothing is remembered
        if haul.backfill and not haul.backfilled and is_paged(source):
            await self._refill(source, haul, None, haul.backfill * max(len(haul.items), A_PAGE))

    async def _older(self, source: Source, memory: Memory, haul: Haul) -> None:
        """Where the list overran since the last poll, go on with its next pages until one shows an item that was
        known before. That no more can be had ends it; what was missed then stays a gap."""
        if not following.overran(haul, memory.listed):
            return
        known, _ = await self.recall(source.id)
        if any(key in known for key in haul.items):
            return  # sorted anew, or older items again
        haul.overran = True
        await self._next_pages(source, memory, known, haul)
        if not haul.closed:
            await self._refill(source, haul, (await self.trail(source.id)).since, refilling.MOST_PAGES)

    async def _next_pages(
        self, source: Source, memory: Memory, known: Mapping[str, bytes], haul: Haul
    ) -> None:
        asked = {source.url}
        while haul.older_pages < MOST_OLDER and not haul.closed:
            page = next(iter(following.next_page(haul.harvest.follows, asked)), None)
            if page is None:
                return
            asked.add(page.url)
            try:
                document = await self._ask(page.url, "", "", source)
            except FetchError as error:
                log.info("%s: no further page, %s: %s", source.id, page.url, error.reason)
                return
            if document is None:
                return
            haul.older_pages += 1
            found = await self._read([document], source, haul, page.reader)
            haul.closed = any(key_hash(key) in memory.listed or key in known for key in found.seen)

    async def _refill(self, source: Source, haul: Haul, since: datetime | None, most: int) -> None:
        """Take what is missing since then, or what is older than the list, from the sitemaps of the releases' site."""
        if source.follow == "never":
            return  # a sitemap leads to pages, and nothing else
        known, learnt = haul.recalled or await self.recall(source.id)

        async def ask(url: str) -> Document | None:
            return await self._ask(url, "", "", source)

        async def read(document: Document, as_read: Source, reader: str) -> Harvest:
            return await self.workers.harvest([document], as_read, known, reader, learnt)

        trail = await self.trail(source.id)
        most = min(most, self.fetcher.affordable(source.url, TEXTS_SECONDS))
        await refilling.fill(haul, trail, ask, read, self.pages, since=since, most=most, now=self.clock())

    async def _texts(self, source: Source, memory: Memory, haul: Haul) -> None:
        """Fetch the pages of items that are due. One that fails is a problem of its own, and waits."""
        follows, haul.harvest.follows = haul.harvest.follows, []
        pages, others = following.once((f for f in follows if f.kind == "text"), MOST_LISTED)
        found = {f.url: f for f in pages}
        await self._as_listed(others, source, haul)
        known = await self.pages(source.id, list(found)) if found else {}
        waiting = [f for f in memory.due if not f.part and f.url not in found]
        wanted, later, unchanged = following.due(found.values(), known, waiting, self.clock())
        haul.harvest.unchanged += unchanged
        # At the pace of the list's site, which is nearly always that of its texts too.
        most = min(self.most_texts, self.fetcher.affordable(source.url, TEXTS_SECONDS))
        await _all(self._one(page, follow, source, haul) for page, follow in wanted[:most])
        haul.followed += [*later, *(page for page, _ in wanted[most:])]  # they wait in the store

    async def _one(self, page: Followed, listed: Draft | None, source: Source, haul: Haul) -> None:
        """Fetch and read one followed page, and note how that went."""
        try:
            document = await self._ask(page.url, page.etag, page.last_modified, source)
        except FetchError as error:
            await self._without(page, listed, error, source, haul)
            return
        now = self.clock()
        if document is None:
            haul.followed.append(following.had(page, now))
            return
        content = digest(document.content)
        if content == page.content and not page.part:
            haul.followed.append(following.had(page, now, document, content))
            return
        found = await self._read([replace(document, listed=listed)], source, haul, page.reader)
        haul.pages |= {packed.key: page.url for packed in found.prepared if not page.part}
        if found.failed:
            reason = next((p.reason for p in found.problems), "broken")
            haul.followed.append(following.missed(page, reason, now))
        else:
            haul.followed.append(following.had(page, now, document, content))

    async def _without(
        self, page: Followed, listed: Draft | None, error: FetchError, source: Source, haul: Haul
    ) -> None:
        """A page that cannot be had: what its list said of it is a text too, if it is one."""
        page = following.missed(page, error.reason, self.clock(), error.retry_after)
        haul.followed.append(page)
        if page.fetched_at is not None:
            return  # its text is stored, and what the list says of it is no better
        if listed is not None and following.stands_alone(listed, page):
            await self._as_listed([listed], source, haul, page)
        else:
            haul.harvest.problems.append(Problem(error.reason, error.detail or error.reason, page.url))

    async def _as_listed(
        self, drafts: Sequence[Draft], source: Source, haul: Haul, page: Followed | None = None
    ) -> None:
        """Read what a list says of texts whose pages are not at hand."""
        now, reader = self.clock(), page.reader if page else "article"
        places = [(page.url if page else d.url or source.url, d) for d in drafts]
        nothing = [Document(url=u, content=b"", fetched_at=now, listed=d) for u, d in places]
        await self._read(nothing, source, haul, reader)


async def _all(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do all of it at once, and raise the first failure when the last is done: none goes on behind the haul's back."""
    for done in await asyncio.gather(*works, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done


def _is_mailbox(source: Source) -> bool:
    if not is_local(source):
        return is_imap(source.url)
    return source.adapter == "email" or mailfiles.is_mailbox(Path(source.url))
