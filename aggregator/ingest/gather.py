"""Bringing home what a source shows: fetch, adapter, reading, labels. Nothing is stored here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aggregator import websub
from aggregator.errors import FetchError, ReadError
from aggregator.fetch import Fetcher, Request, Unchanged
from aggregator.fetch.files import walk
from aggregator.harvest import Harvest
from aggregator.ingest import following
from aggregator.ingest.haul import Haul, is_local
from aggregator.model import Document, Draft, Learnt, Problem, Source
from aggregator.store import DocumentState, Memory
from aggregator.store.followed import Followed
from aggregator.text import digest
from aggregator.workers import Workers

log = logging.getLogger(__name__)

HANDFUL, HANDFUL_BYTES = 400, 32_000_000
"""Files of a folder that are read at once."""

MOST_PARTS, DEEPEST = 50, 3
"""Documents that make up one list at most, and levels of them."""

MOST_TEXTS = 100
"""Pages of items that one poll fetches at most; the others wait for the next."""


Recall = Callable[[str], Awaitable[tuple[Mapping[str, bytes], Learnt]]]
"""Looks up the digests of a source's latest drafts, and what was learnt of it, when there is something to read."""

Pages = Callable[[str, Sequence[str]], Awaitable[Mapping[str, Followed]]]
"""Looks up what is known of the pages at these addresses of a source."""


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

    async def gather(
        self, source: Source, memory: Memory, backfill: int = 0, pushed: Sequence[Document] = ()
    ) -> Haul:
        """Poll one source; of its list also so many further pages. What a hub `pushed` is read in place of the list
        where it can be. Expected failures become part of the haul; nothing is stored."""
        started = self.clock()
        haul = Haul(source, started, started, backfill=backfill)
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
        if haul.failure:
            haul.fetched.clear()  # what was not read is asked for again
        haul.finished = self.clock()
        return haul

    async def _list(self, source: Source, memory: Memory, haul: Haul) -> None:
        known = memory.documents
        pages = self._folder(source, known, haul) if is_local(source) else self._page(source, known, haul)
        async for documents in pages:
            await self._read(documents, source, haul)
        await self._parts(source, memory, haul)
        haul.items = list(dict.fromkeys(haul.harvest.seen))

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
        known, learnt = await self.recall(source.id)
        found = await self.workers.harvest(documents, source, known, reader, learnt)
        haul.harvest.absorb(found)
        return found

    async def take(self, source: Source, documents: Sequence[Document]) -> Haul:
        """The haul of documents that are at hand already; what they lead to is not fetched."""
        started = self.clock()
        haul = Haul(source, started, started, by_hand=True)
        await self._read(documents, source, haul)
        haul.harvest.follows = []
        haul.finished = self.clock()
        return haul

    async def _page(
        self, source: Source, known: Mapping[str, DocumentState], haul: Haul
    ) -> AsyncIterator[list[Document]]:
        before = known.get(source.url)
        etag, modified = (before.etag, before.last_modified) if before else ("", "")
        document = await self._ask(source.url, etag, modified, source)
        if document is None:
            yield []
            return
        haul.whole = True
        if self._is_news(document, source.url, before, haul):
            haul.lists.append(document)
            haul.announced = websub.announced(document.content, document.url, document.links)
            yield [document]

    async def _ask(self, url: str, etag: str, modified: str, source: Source) -> Document | None:
        """The document at an address; None where the server says that it is what it was."""
        request = Request(url=url, etag=etag, last_modified=modified, allow_private=source.allow_private)
        answer = await self.fetcher.fetch(request)
        return None if isinstance(answer, Unchanged) else answer

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
        while items := await asyncio.to_thread(_handful, files):
            documents = []
            for item in items:
                if isinstance(item, Problem):
                    self._tell_once(item, known, haul)
                elif self._is_news(item, item.key, known.get(item.key), haul):
                    documents.append(item)
            yield documents

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
        for pages in range(DEEPEST + haul.backfill):
            wanted = following.parts(haul.harvest.follows, known, asked, haul, most=MOST_PARTS)
            wanted += following.next_page(haul.harvest.follows, asked) if pages < haul.backfill else []
            if not wanted:
                return
            asked |= {f.url for f in wanted}
            await asyncio.gather(*(self._one(f, None, source, haul) for f in wanted))

    async def _texts(self, source: Source, memory: Memory, haul: Haul) -> None:
        """Fetch the pages of items that are due. One that fails is a problem of its own, and waits."""
        follows, haul.harvest.follows = haul.harvest.follows, []
        found = {f.url: f for f in follows if f.kind == "text"}
        known = await self.pages(source.id, list(found)) if found else {}
        waiting = [f for f in memory.due if not f.part and f.url not in found]
        wanted, unchanged = following.due(found.values(), known, waiting, self.clock())
        haul.harvest.unchanged += unchanged
        await asyncio.gather(*(self._one(page, follow, source, haul) for page, follow in wanted[:MOST_TEXTS]))
        haul.followed += [page for page, _ in wanted[MOST_TEXTS:]]  # they wait in the store

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
        if listed is not None and following.stands_alone(listed, page):
            nothing = Document(url=page.url, content=b"", fetched_at=self.clock(), listed=listed)
            await self._read([nothing], source, haul, page.reader)
        else:
            problem = Problem(error.reason, error.detail or error.reason, page.url)
            haul.harvest.absorb(Harvest(problems=[problem]))


def _handful(files: Iterator[Document | Problem]) -> list[Document | Problem]:
    """The next files, at most `HANDFUL` or `HANDFUL_BYTES` of them."""
    items: list[Document | Problem] = []
    size = 0
    for item in files:
        items.append(item)
        size += len(item.content) if isinstance(item, Document) else 0
        if len(items) >= HANDFUL or size >= HANDFUL_BYTES:
            break
    return items
