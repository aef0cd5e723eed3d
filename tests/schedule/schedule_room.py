"""A newsroom and a wire on a simulated clock, polled by the real gathering, store and settling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.app import every, plan
from aggregator.errors import FetchError
from aggregator.fetch import Request, Unchanged
from aggregator.harvest import Harvest
from aggregator.ingest import Gatherer, Report, settle
from aggregator.model import Document, Learnt, Source
from aggregator.preparing import Vocabulary, harvest
from aggregator.settings import Settings
from aggregator.store import Shelf, Store
from aggregator.store.followed import Followed
from aggregator.text import digest

START = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
WORDS = (
    "Halle Werk Anlage Bericht Quartal Umsatz Leitung Hafen Kran Motor Pumpe Strom Stahl Glas Brücke Schiene"
)
FIRMS = "Nordhafen Musterwerke Kutterstolz Beispielbau Pumpenkamp Windlicht Stahlberg Glasow Brandis Falkenrehde Ottersand"


def sentence(number: int, parts: int = 6) -> str:
    """A text that is like no other one's."""
    nouns, firms = WORDS.split(), FIRMS.split()
    said = []
    for part in range(parts):
        a, b, c, d = digest(f"{number} {part}".encode())[:4]
        firm = f"{firms[a % len(firms)]}{chr(97 + b % 26)}{chr(97 + c % 26)} AG"
        what = f"{b + 2} neue {nouns[c % len(nouns)]}{nouns[d % len(nouns)].lower()}en"
        place = f"{firms[b % len(firms)]}{chr(97 + d % 26)}dorf"
        said.append(f"Die {firm} hat für {a * 7 + d} Millionen Euro {what} in {place} gebaut")
    return ". ".join(said)


def rss(items: Sequence[tuple[str, int, datetime]], head: str = "") -> bytes:
    """A feed of (guid, number of the text, publication)."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{sentence(number, 1)}</title>"
        f"<link>https://newsroom.example/{guid}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>{sentence(number)}.</description></item>"
        for guid, number, at in items
    )
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Newsroom</title>"
        f"<link>https://newsroom.example</link>{head}{entries}</channel></rss>"
    ).encode()


@dataclass
class World:
    """Answers by address, asked at a time that only the test moves on."""

    now: datetime = START
    pages: dict[str, bytes | FetchError | Callable[[datetime], bytes]] = field(default_factory=dict)
    asked: list[tuple[datetime, str]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    async def fetch(self, request: Request) -> Document | Unchanged:
        self.asked.append((self.now, request.url))
        page = self.pages.get(request.url, FetchError("http_status", request.url, "404"))
        if isinstance(page, FetchError):
            raise page
        content = page if isinstance(page, bytes) else page(self.now)
        return Document(
            url=request.url, content=content, fetched_at=self.now, media_type="application/rss+xml"
        )

    def least_wait(self, _url: str) -> float:
        return 0.0

    def affordable(self, _url: str, _seconds: float) -> int:
        return 1_000


class Here:
    """Reads in this process: no pool to start for a feed of twenty lines."""

    def __init__(self) -> None:
        self._words = Vocabulary.of((), ())

    async def harvest(
        self,
        documents: Sequence[Document],
        source: Source,
        known: Mapping[str, bytes],
        reader: str,
        learnt: Learnt,
    ) -> Harvest:
        return harvest(documents, source, self._words, known, reader, learnt)


class Desk:
    """One store, its sources and its clock."""

    def __init__(self, folder: Path, world: World, **settings: object) -> None:
        self.world, self.folder = world, folder
        self.settings = Settings(folder=folder / "config", **settings)  # type: ignore[arg-type]
        self.store = Store(folder / "data")

    def configure(self, *sources: Source) -> None:
        self.settings = replace(self.settings, sources=sources)
        self.store.sync([(s, every(self.settings, s)) for s in sources], (), (), self.world.now)

    def restart(self) -> None:
        """As after a crash: everything that is known is in the file."""
        self.store.close()
        self.store = Store(self.folder / "data")
        self.configure(*self.settings.sources)

    async def _gather(self, source: Source, backfill: int) -> Report:
        async def recall(id: str) -> tuple[Mapping[str, bytes], Learnt]:
            return self.store.digests(id), self.store.learnt(id)

        async def pages(id: str, urls: Sequence[str]) -> Mapping[str, Followed]:
            return self.store.followed(id, urls)

        gatherer = Gatherer(self.world, Here(), self.world.clock, recall, pages)  # type: ignore[arg-type]
        haul = await gatherer.gather(source, self.store.memory(source.id, self.world.now), backfill)
        return settle(self.store, [haul], lambda s: plan(self.settings, s))[0]

    def poll(self, id: str, backfill: int = 0) -> Report:
        source = next(s for s in self.settings.sources if s.id == id)
        return asyncio.run(self._gather(source, backfill))

    def run(self, until: datetime, tick: timedelta = timedelta(seconds=30)) -> list[tuple[datetime, Report]]:
        """Poll what is due, as the service does, until a time."""
        found = []
        while self.world.now < until:
            found += [(self.world.now, self.poll(id)) for id in self.store.due(self.world.now)]
            self.world.now += tick
        return found

    def state(self, id: str) -> dict[str, object]:
        return next(s for s in Shelf(self.store.db.conn).sources() if s["id"] == id)

    def gaps(self, id: str) -> list[dict[str, object]]:
        return Shelf(self.store.db.conn).gaps(id)

    def copies(self, id: str) -> set[str]:
        return set(self.store.digests(id))


def feed(url: str = "https://newsroom.example/feed", id: str = "newsroom", **more: object) -> Source:
    settings: dict[str, object] = {"follow": "never", **more}
    return Source(id=id, adapter="feed", url=url, **settings)  # type: ignore[arg-type]
