"""A press office over months: a real feed over HTTP, a real store, and a clock that the test turns."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import pytest
from loopback import Site

from aggregator import app as application
from aggregator.app import App, Paths
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store import Shelf

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESS = "https://newsroom.example"

_FIRST = (
    "bar",
    "den",
    "fel",
    "gor",
    "hin",
    "kal",
    "lum",
    "mor",
    "nes",
    "pol",
    "rad",
    "sil",
    "tor",
    "ven",
    "wes",
    "zan",
)
_LAST = (
    "bach",
    "dorf",
    "ende",
    "feld",
    "heim",
    "lich",
    "mann",
    "nung",
    "samt",
    "tal",
    "ung",
    "wald",
    "werk",
    "zeug",
)


@dataclass(frozen=True)
class Item:
    """One release as the feed shows it."""

    number: int
    at: datetime
    key: str = ""
    url: str = ""
    title: str = ""
    text: str = ""

    @property
    def guid(self) -> str:
        return self.key or f"id-{self.number}"

    @property
    def address(self) -> str:
        return self.url or f"{ADDRESS}/news/{self.number}"


def item(number: int, at: datetime, **more: str) -> Item:
    """An invented release that shares no sentence with any other number: words made of syllables."""
    chance = random.Random(number)

    def word() -> str:
        return "".join(chance.choices(_FIRST, k=2)) + chance.choice(_LAST)

    def sentence(length: int) -> str:
        small = ("der", "die", "und", "in", "mit", "auf", "von", "zu", "ist", "ein")
        return " ".join([word().capitalize(), *(f"{chance.choice(small)} {word()}" for _ in range(length))])

    body = " ".join(f"{sentence(8)}." for _ in range(8))
    made = Item(number, at, title=sentence(2), text=f"<p>{body}</p>")
    return replace(made, **more)  # type: ignore[arg-type]


def rss(items: Sequence[Item], *, dates: bool = True, titles: bool = True) -> str:
    rows = "".join(
        "<item>"
        + (f"<title>{escape(i.title)}</title>" if titles else "")
        + f'<link>{escape(i.address)}</link><guid isPermaLink="false">{escape(i.guid)}</guid>'
        + (f"<pubDate>{format_datetime(i.at)}</pubDate>" if dates else "")
        + f"<description>{escape(i.text)}</description></item>"
        for i in items
    )
    return f'<rss version="2.0"><channel><title>Nordhafen Presse</title><link>{ADDRESS}</link>{rows}</channel></rss>'


class Press:
    """One source, polled by a real application at times that the test chooses."""

    def __init__(self, folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.site, self.now = site, START
        monkeypatch.setattr(application, "clock", lambda: self.now)
        self.source = Source(id="newsroom", adapter="feed", url=site.url("/feed.xml"), title="Nordhafen Presse",
                             follow="never", allow_private=True)  # fmt: skip

    def show(self, items: Sequence[Item], **more: bool) -> None:
        self.site.put("/feed.xml", rss(items, **more))

    def poll(self, items: Sequence[Item] | None = None, *, after: timedelta = timedelta(hours=1), backfill: int = 0,
             **more: bool) -> Report:  # fmt: skip
        """Show these items (or what was shown last) and poll, so much later."""
        if items is not None:
            self.show(items, **more)
        self.now += after
        return self.do(lambda a: a.poll([self.source], settle_seconds=0.0, backfill=backfill))[0]  # type: ignore[no-any-return]

    def do(self, work):  # type: ignore[no-untyped-def]
        async def go():  # type: ignore[no-untyped-def]
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as opened:
                done = await work(opened)
                await opened.in_store(opened.publish)
                return done

        return asyncio.run(go())

    def entries(self, name: str = "all") -> list[feedparser.FeedParserDict]:
        parsed = feedparser.parse((self.paths.feeds / f"{name}.atom").read_bytes())
        assert not parsed.bozo
        return list(parsed.entries)

    def ids(self) -> dict[str, tuple[str, str, str]]:
        """Title to (id, published, updated) of what a subscriber sees."""
        return {e.title: (e.id, e.published, e.updated) for e in self.entries()}

    def health(self) -> dict[str, object]:
        shelf = Shelf.open(self.paths.data)
        try:
            return next(s for s in shelf.sources() if s["id"] == "newsroom")
        finally:
            shelf.close()

    def state(self) -> str:
        return str(self.health()["health"])

    def copies(self) -> int:
        shelf = Shelf.open(self.paths.data)
        try:
            return shelf.totals()["copies"]
        finally:
            shelf.close()
