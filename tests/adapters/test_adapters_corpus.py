"""Every feed of the corpus: none escapes, none loses an item to us, and both readers agree."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from adapters_samples import URL, document, source

from aggregator.adapters import fastfeed, feed, gate, slowfeed
from aggregator.adapters.feeditems import drafts
from aggregator.errors import ReadError
from aggregator.model import Draft, Follow, Problem

FOLDERS = (
    "countries",
    "feed-rs-fixture",
    "feedparser-tests",
    "gofeed-testdata",
    "listparser-opml",
    "recommended",
    "w3c-testcases",
)
SUFFIXES = frozenset({".xml", ".json", ".rss", ".atom", ".rdf", ".opml", ".html"})
COMPARED = ("key", "title", "url", "published", "updated", "content", "content_type", "summary", "language", "base",
            "categories", "attachments")  # fmt: skip


def _files(shared: Path, folder: str) -> list[Path]:
    found = sorted(
        p for p in (shared / "corpora" / "feeds" / folder).rglob("*") if p.suffix in SUFFIXES and p.is_file()
    )
    return found or pytest.skip(f"needs the corpus feeds/{folder}")


def _entries(data: bytes) -> int:
    """What feedparser itself counts; -1 where it raises."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        except Exception:  # noqa: BLE001 - whatever it raises is what the gate is for
            return -1
    return len(parsed.entries)


def _read(data: bytes) -> list[Draft | Follow | Problem] | ReadError:
    try:
        return list(feed.read(document(data), source()))
    except ReadError as error:
        return error


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_feed_gives_drafts_or_a_typed_refusal(shared: Path, folder: str, record_property: Any) -> None:
    """The counts of both readings are recorded; where feedparser finds entries we never refuse."""
    counts: Counter[str] = Counter()
    for path in _files(shared, folder):
        data = path.read_bytes()
        theirs = _entries(data)
        found = _read(data)
        if isinstance(found, ReadError):
            counts[f"refused {found.reason}"] += 1
            assert theirs <= 0, f"{path}: feedparser finds {theirs} entries, we refuse: {found.detail}"
            continue
        ours = [i for i in found if isinstance(i, Draft)]
        lost = [i for i in found if isinstance(i, Problem)]
        assert len(ours) + len(lost) + sum(isinstance(i, Follow) for i in found) == len(found)
        # Fewer drafts only with a problem that says so, or for items that repeat each other.
        assert len(ours) >= theirs or lost or len(ours) > 0, path
        counts["with drafts" if ours else "without items" if not theirs else "empty items only"] += 1
        counts["drafts"] += len(ours)
        counts["feedparser entries"] += max(theirs, 0)
    for name, count in sorted(counts.items()):
        record_property(name, count)
    print(folder, dict(counts))


def _same(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_quick_reader_agrees_with_feedparser_or_declines(shared: Path, folder: str) -> None:
    """On every well-formed feed: same items, and in each the same fields, white space aside."""
    for path in _files(shared, folder):
        here = document(path.read_bytes())
        try:
            opened = gate.open_feed(here)
            quick = fastfeed.read_quickly(opened.tree, URL) if opened.tree is not None else None
            if quick is None:
                continue
            slow = slowfeed.read_slowly(opened.text, URL)
        except ReadError:
            continue
        assert len(quick.items) == len(slow.items), path
        mine, theirs = (list(drafts(f, here, source(), ())) for f in (quick, slow))
        assert [type(i) for i in mine] == [type(i) for i in theirs], path
        for one, other in zip(mine, theirs, strict=True):
            for name in COMPARED if isinstance(one, Draft) else ():
                assert _same(getattr(one, name)) == _same(getattr(other, name)), f"{path}: {name}"
