"""The real way of a draft, from reading to the files that subscribers fetch, and three parsers to look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
from lxml import etree, html

from aggregator import codec, matching
from aggregator.ingest import NOTHING_LIKE_IT, judge
from aggregator.model import Draft, Reading, Refusal, Source
from aggregator.preparing import Vocabulary, prepare
from aggregator.publish import publish
from aggregator.reading import parse
from aggregator.rendering import Site
from aggregator.store import Shelf, Store

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SOURCE = Source(
    id="newsroom", adapter="feed", url="https://newsroom.example/feed.xml", title="Musterwerke Newsroom"
)
SITE = Site(language="de", entries=1_000, max_bytes=50_000_000)
NS = {"a": "http://www.w3.org/2005/Atom"}
TEXT = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau kostete 12,5 Millionen Euro und dauerte "
    "vierzehn Monate, wie das Unternehmen mitteilte."
)


def draft(content: str = f"<p>{TEXT}</p>", kind: Any = "text/html", **fields: Any) -> Draft:
    """An item of a feed with a headline and an address."""
    usual = {
        "key": "1", "url": "https://newsroom.example/a/1", "base": "https://newsroom.example/a/1",
        "title": "Neue Halle eröffnet", "published": "2026-11-02T08:00:00+01:00", "fetched_at": NOW, "language": "de",
    }  # fmt: skip
    return Draft(content=content, content_type=kind, **{**usual, **fields})


def page(body: str, head: str = "", **fields: Any) -> Draft:
    """A whole page, found without a feed."""
    markup = f"<!doctype html><html lang=de><head>{head}</head><body>{body}</body></html>"
    return draft(markup, **{"title": "", "published": "", **fields})


def reading(made: Draft, source: Source = SOURCE) -> Reading:
    return parse(made, source)


class Desk:
    """A store and a folder of feeds; drafts go in, files come out."""

    def __init__(self, folder: Path) -> None:
        self.feeds = folder / "feeds"
        self._store = Store(folder / "data")
        self._vocabulary = Vocabulary.of((), ())
        self._sources: set[str] = set()

    def put(
        self, *drafts: Draft, now: datetime = NOW, source: Source = SOURCE, apart: bool = False
    ) -> list[Refusal]:
        """Read, label, decide and store, as a poll at `now` does; returns what was refused.

        `apart` takes each for a release of its own, however alike they are.
        """
        if source.id not in self._sources:
            self._sources.add(source.id)
            self._store.sync([(source, 3600.0)], (), (), now)
        refused = []
        for each in drafts:
            made = prepare(replace(each, fetched_at=now), source, self._vocabulary)
            if isinstance(made, Refusal):
                refused.append(made)
                continue
            packed = codec.pack(made, matching.strong_identifiers(made.copy))
            with self._store.settling():
                self._store.apply(packed, NOTHING_LIKE_IT if apart else judge(packed, self._store), now)
        return refused

    def publish(self) -> Published:
        report = publish(Shelf(self._store.db.conn), self.feeds, SITE)
        assert report.problems == ()
        return Published(self.feeds)

    def published(self, *drafts: Draft) -> Published:
        assert self.put(*drafts) == []
        return self.publish()

    def close(self) -> None:
        self._store.close()


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    opened = Desk(folder)
    try:
        yield opened
    finally:
        opened.close()


class Published:
    """The files as three parsers see them; each entry as the standard library's XML parser does."""

    def __init__(self, folder: Path) -> None:
        self.feeds = {
            p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.atom"))
        }
        self.index = (folder / "index.html").read_text("utf-8")
        self.opml = (folder / "feeds.opml").read_bytes()
        self.root = ElementTree.fromstring(self.feeds["all.atom"])
        for data in self.feeds.values():
            ElementTree.fromstring(data)
            etree.fromstring(data)
            assert not feedparser.parse(data).bozo
        self.entries = self.root.findall("a:entry", NS)

    def texts(self, name: str) -> list[str]:
        """The text of one element of each entry: ``title``, ``content``, ``published``."""
        return [entry.findtext(f"a:{name}", "", NS) for entry in self.entries]

    def links(self, entry: int = 0) -> list[str]:
        return [link.get("href", "") for link in self.entries[entry].findall("a:link", NS)]

    def parsed(self) -> Any:
        """Feedparser's view, not cleaned by feedparser: what a careless reader would show."""
        return feedparser.parse(self.feeds["all.atom"], sanitize_html=False)

    def cleaned(self) -> Any:
        return feedparser.parse(self.feeds["all.atom"], sanitize_html=True)


class Nodes(HTMLParser):
    """Every element, declaration and comment of a markup, as the standard library's parser reads it."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.odd: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


def tree(markup: str) -> Sequence[tuple[str, dict[str, str]]]:
    """The same as lxml reads it, as browsers do: element names and attributes in document order."""
    root = html.fragment_fromstring(markup or "x", create_parent="section")
    assert not any(
        isinstance(node, html.HtmlComment | html.HtmlProcessingInstruction) for node in root.iter()
    )
    return [(str(node.tag), dict(node.attrib)) for node in root.iterdescendants()]
