"""Feed readers that poll a feed over HTTP, each with its own idea of what an entry is and when it is news.

Two follow the published descriptions of how Miniflux and FreshRSS store entries (the note on what readers see names
the rules). The others are real programs, used where they are installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser
import httpx


@dataclass
class ById:
    """Keeps one item for each hash of an id, rewrites it silently, never shows it again (Miniflux)."""

    url: str
    titles: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    """The titles that its user was told of as new, in order."""
    etag: str = ""

    def poll(self) -> None:
        answer = httpx.get(
            self.url, headers={"If-None-Match": self.etag} if self.etag else {}, trust_env=False
        )
        if answer.status_code == 304:
            return
        answer.raise_for_status()
        self.etag = answer.headers.get("etag", "")
        for item in feedparser.parse(answer.content).entries:
            key = hashlib.sha256((item.get("id") or item.link).encode()).hexdigest()
            if key not in self.titles:
                self.shown.append(item.title)
            self.titles[key] = item.title


@dataclass
class ByContent(ById):
    """Keeps one item for each id, and a hash of link, title, authors, content and tags to see what was edited
    (FreshRSS); beside it the newest ``updated``, by which others show an entry again (Brief)."""

    hashes: dict[str, str] = field(default_factory=dict)
    edited: list[str] = field(default_factory=list)
    """Titles of what had another hash than before: shown again where the user wants edited entries unread."""
    updated: dict[str, str] = field(default_factory=dict)
    resurfaced: list[str] = field(default_factory=list)
    """Titles of what had a newer ``updated``."""

    def poll(self) -> None:
        answer = httpx.get(self.url, trust_env=False)
        answer.raise_for_status()
        for item in feedparser.parse(answer.content).entries:
            parts = [item.get("link", ""), item.title, *(a.get("name", "") for a in item.authors)]
            parts += [*(c.value for c in item.content), *(t.term for t in item.get("tags", ()))]
            digest = hashlib.md5("\n".join(parts).encode(), usedforsecurity=False).hexdigest()
            if item.id not in self.hashes:
                self.shown.append(item.title)
            elif self.hashes[item.id] != digest:
                self.edited.append(item.title)
            if item.updated > self.updated.get(item.id, item.updated):
                self.resurfaced.append(item.title)
            self.hashes[item.id], self.updated[item.id] = digest, item.updated


@dataclass
class Newsboat:
    """The real newsboat, without its screen; its cache says what it knows."""

    url: str
    folder: Path
    shown: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @staticmethod
    def there() -> bool:
        return shutil.which("newsboat") is not None

    def poll(self) -> None:
        (self.folder / "urls").write_text(f"{self.url}\n", "utf-8")
        (self.folder / "config").write_text("", "utf-8")
        files = ["-u", self.folder / "urls", "-C", self.folder / "config", "-c", self.folder / "cache.db"]
        subprocess.run(["newsboat", *files, "-x", "reload"], check=True, capture_output=True, timeout=60)
        self._read()

    def _read(self) -> None:
        """The user reads everything that is there; what is unread at the next poll came since."""
        with closing(sqlite3.connect(self.folder / "cache.db")) as cache, cache:
            self.unread = [
                t for (t,) in cache.execute("SELECT title FROM rss_item WHERE unread = 1 ORDER BY id")
            ]
            self.shown = [*getattr(self, "shown", []), *self.unread]
            self.kept = [t for (t,) in cache.execute("SELECT title FROM rss_item WHERE deleted = 0")]
            cache.execute("UPDATE rss_item SET unread = 0")


@dataclass
class Library:
    """The Python library ``reader``, with its own storage."""

    url: str
    folder: Path
    shown: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @staticmethod
    def there() -> bool:
        return importlib.util.find_spec("reader") is not None

    def poll(self) -> None:
        module: Any = importlib.import_module("reader")
        with closing(module.make_reader(str(self.folder / "reader.db"))) as reader:
            reader.add_feed(self.url, exist_ok=True)
            reader.update_feed(self.url)  # now, whatever its own schedule says
            for entry in list(reader.get_entries(read=False)):
                self.shown.append(entry.title)
                reader.mark_entry_as_read(entry)
            self.kept = [entry.title for entry in reader.get_entries()]
