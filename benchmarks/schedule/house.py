"""The same on the real way: gathering, adapter, reading, store and settling, with an injected clock.

Only the network is not there: the feeds are made when they are asked for. Three days of twenty sources.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from aggregator.app import every, plan
from aggregator.fetch import Request
from aggregator.harvest import Harvest
from aggregator.ingest import Gatherer, settle
from aggregator.model import Document, Learnt, Source
from aggregator.preparing import Vocabulary, harvest
from aggregator.settings import Settings
from aggregator.store import Store
from aggregator.store.followed import Followed
from benchmarks.schedule.simulate import Outcome
from benchmarks.schedule.sources import START, Newsroom

WORDS = (
    "Halle Werk Anlage Bericht Quartal Umsatz Leitung Hafen Kran Motor Pumpe Strom Stahl Glas Brücke Schiene"
)


class House:
    """The store and the ways to it."""

    def __init__(self, folder: Path, rooms: Sequence[Newsroom]) -> None:
        self._rooms = {f"https://{room.id}.example/feed": room for room in rooms}
        self.now = START
        sources = tuple(
            Source(id=r.id, adapter="feed", url=url, timezone=r.zone, follow="never")
            for url, r in self._rooms.items()
        )
        self._settings = Settings(folder=folder, sources=sources)
        self._store = Store(folder / "data")
        self._store.sync([(s, every(self._settings, s)) for s in sources], (), (), self.now)
        self._words = Vocabulary.of((), ())
        self._sources = {s.id: s for s in sources}
        self.requests = 0

    async def fetch(self, request: Request) -> Document:
        self.requests += 1
        room = self._rooms[request.url]
        first, last = room.listed(self.now.timestamp())
        content = _feed(room, first, last)
        return Document(
            url=request.url, content=content, fetched_at=self.now, media_type="application/rss+xml"
        )

    def least_wait(self, _url: str) -> float:
        """No site of ours has a Crawl-delay."""
        return 0.0

    def affordable(self, _url: str, _seconds: float) -> int:
        """Every page may be asked for at once."""
        return 1_000

    async def harvest(
        self,
        documents: Sequence[Document],
        source: Source,
        known: Mapping[str, bytes],
        reader: str,
        learnt: Learnt,
    ) -> Harvest:
        """In the place of the worker processes, whose limits our own texts do not need."""
        return harvest(documents, source, self._words, known, reader, learnt)

    async def _recall(self, source: str) -> tuple[Mapping[str, bytes], Learnt]:
        return self._store.digests(source), self._store.learnt(source)

    async def _pages(self, source: str, urls: Sequence[str]) -> Mapping[str, Followed]:
        return self._store.followed(source, urls)

    async def _poll(self, ids: Sequence[str]) -> None:
        gatherer = Gatherer(self, self, lambda: self.now, self._recall, self._pages)  # type: ignore[arg-type]
        hauls = [await gatherer.gather(self._sources[id], self._store.memory(id, self.now)) for id in ids]
        settle(self._store, hauls, lambda s: plan(self._settings, s))

    def run(self, days: int) -> Outcome:
        """Poll what is due, once a minute; then look in the store what came, and when."""
        end = START + timedelta(days=days)
        while self.now < end:
            if due := self._store.due(self.now):
                asyncio.run(self._poll(due))
            self.now += timedelta(minutes=1)
        outcome = Outcome(self.requests)
        for room in self._rooms.values():
            self._count(room, outcome)
        self._store.close()
        return outcome

    def _count(self, room: Newsroom, outcome: Outcome) -> None:
        rows = self._store.db.conn.execute("SELECT key, first_seen FROM copies WHERE source = ?", (room.id,))
        seen = {key: datetime.fromisoformat(at).timestamp() for key, at in rows}
        polled = self._store.last_success(room.id)
        for index, at in enumerate(room.times):
            if START.timestamp() <= at and polled is not None and at <= polled.timestamp():
                key = f"{room.id}-{index}"
                if key in seen:
                    outcome.delays.append(seen[key] - at)
                else:
                    outcome.missed += 1


def _feed(room: Newsroom, first: int, last: int) -> bytes:
    words, items = WORDS.split(), []
    for index in reversed(range(first, last)):
        random = Random(f"{room.id} {index}")
        title = " ".join(random.choices(words, k=5)) + f" {index}"
        said = [
            f"Die {' '.join(random.choices(words, k=12))} kostet {random.randrange(999)} Euro"
            for _ in range(4)
        ]
        at = datetime.fromtimestamp(room.times[index], UTC)
        date = {"minute": f"{at:%a, %d %b %Y %H:%M:%S} +0000", "day": f"{at:%Y-%m-%d}"}.get(room.dates, "")
        items.append(
            f"<item><guid isPermaLink='false'>{room.id}-{index}</guid><title>{title}</title>"
            f"<link>https://{room.id}.example/{index}</link>{date and f'<pubDate>{date}</pubDate>'}"
            f"<description>{'. '.join(said)}.</description></item>"
        )
    head = f"<title>{room.id}</title><link>https://{room.id}.example</link>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()
