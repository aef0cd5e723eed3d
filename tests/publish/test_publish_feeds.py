"""What is published: every feed, byte for byte the same from the same store."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from publish_samples import DAY, Shelf, make_release

from aggregator.model import Label, Tombstone
from aggregator.publish import MARKER, publish
from aggregator.rendering import Site

SITE = Site(language="de")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(
        {"company/muster-gmbh": [make_release(1), make_release(2)], "topic/stahl": [make_release(2)]}
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_everything_is_there_and_every_feed_parses(shelf: Shelf, tmp_path: Path) -> None:
    report = publish(shelf, tmp_path, SITE)
    assert sorted(report.written) == [
        "all.atom",
        "company/muster-gmbh.atom",
        "corrections.atom",
        "feed.css",
        "feeds.opml",
        "index.html",
        "status.atom",
        "topic/stahl.atom",
    ]
    assert set(report.written) | {MARKER} == set(_bytes(tmp_path))
    for path in tmp_path.rglob("*.atom"):
        assert not feedparser.parse(path.read_bytes()).bozo
    assert len(feedparser.parse((tmp_path / "all.atom").read_bytes()).entries) == 2


def test_corrections_are_listed_as_a_feed_of_their_own(shelf: Shelf, tmp_path: Path) -> None:
    """On the index page and in the list for feed readers."""
    publish(shelf, tmp_path, SITE)
    assert 'href="corrections.atom"' in (tmp_path / "index.html").read_text("utf-8")
    outlines = ElementTree.parse(tmp_path / "feeds.opml").iter("outline")
    assert SITE.feed_url("corrections") in {outline.get("xmlUrl") for outline in outlines}


def test_what_may_be_dropped_is_said_in_the_feed_that_had_it(shelf: Shelf, tmp_path: Path) -> None:
    """A tombstone (RFC 6721) for an entry that became part of another."""
    gone = "urn:uuid:00000000-0000-4000-8000-000000000099"
    shelf.buried["topic/stahl"] = [Tombstone(gone, DAY, make_release(2).uid)]
    publish(shelf, tmp_path, SITE)
    assert f'ref="{gone}"'.encode() in (tmp_path / "topic/stahl.atom").read_bytes()
    assert gone.encode() not in (tmp_path / "all.atom").read_bytes()


def test_the_second_time_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    publish(shelf, tmp_path, SITE)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*")}
    report = publish(shelf, tmp_path, SITE)
    assert (report.written, report.unchanged, report.removed, report.problems) == ((), 8, (), ())
    assert {path: path.stat().st_ino for path in tmp_path.rglob("*")} == before


def test_a_deleted_folder_comes_back_with_the_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    publish(shelf, tmp_path / "a", SITE)
    publish(shelf, tmp_path / "b", SITE)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_only_what_changed_is_written(shelf: Shelf, tmp_path: Path) -> None:
    publish(shelf, tmp_path, SITE)
    shelf.by_label["topic/stahl"].insert(0, make_release(3))
    report = publish(shelf, tmp_path, SITE, labels={Label("topic/stahl")})
    assert sorted(report.written) == ["all.atom", "index.html", "topic/stahl.atom"]
    assert len(feedparser.parse((tmp_path / "topic/stahl.atom").read_bytes()).entries) == 2


def test_other_labels_are_left_alone_when_some_are_named(shelf: Shelf, tmp_path: Path) -> None:
    """Also those that are gone: only a full rebuild removes."""
    publish(shelf, tmp_path, SITE)
    del shelf.by_label["topic/stahl"]
    assert publish(shelf, tmp_path, SITE, labels=[Label("company/unbekannt")]).removed == ()
    assert (tmp_path / "topic/stahl.atom").exists()


def test_a_full_rebuild_removes_feeds_of_labels_that_are_gone(shelf: Shelf, tmp_path: Path) -> None:
    publish(shelf, tmp_path, SITE)
    (tmp_path / "topic/notiz.txt").write_text("bleibt")
    del shelf.by_label["topic/stahl"]
    assert publish(shelf, tmp_path, SITE).removed == ("topic/stahl.atom",)
    assert not (tmp_path / "topic/stahl.atom").exists()
    assert (tmp_path / "topic/notiz.txt").exists(), "only feeds are ours to remove"


def test_losing_most_feeds_at_once_is_taken_for_a_mistake(tmp_path: Path) -> None:
    """An emptied configuration must not break a hundred addresses."""
    shelf = Shelf({f"topic/t{n}": [make_release(n)] for n in range(20)})
    publish(shelf, tmp_path, SITE)
    shelf.by_label = {"topic/t1": [make_release(1)]}
    report = publish(shelf, tmp_path, SITE)
    assert report.removed == ()
    assert [p.reason for p in report.problems] == ["mass_removal"]
    assert len(list((tmp_path / "topic").glob("*.atom"))) == 20


def test_a_label_without_releases_has_a_valid_empty_feed(tmp_path: Path) -> None:
    publish(Shelf({"topic/leer": []}), tmp_path, SITE)
    parsed = feedparser.parse((tmp_path / "topic/leer.atom").read_bytes())
    assert not parsed.bozo
    assert parsed.entries == []
    assert parsed.feed.updated == "2025-06-03T10:00:00+00:00"


def test_a_poisoned_release_is_named_once_and_the_feeds_go_on(shelf: Shelf, tmp_path: Path) -> None:
    shelf.by_label["topic/stahl"].insert(0, make_release(9, updated=datetime(2025, 1, 1)))
    shelf.by_label["company/muster-gmbh"].insert(0, make_release(9, updated=datetime(2025, 1, 1)))
    report = publish(shelf, tmp_path, SITE)
    assert [(p.reason, p.where[-1]) for p in report.problems] == [("poisoned", "9")]
    assert len(feedparser.parse((tmp_path / "topic/stahl.atom").read_bytes()).entries) == 1


@pytest.mark.parametrize(
    "label",
    ["../etc/passwd", "topic/../../x", "topic//x", "/etc/x", "topic/.x", "topic/a/b", "T/x", "topic/x\n", ""],
)
def test_a_label_that_is_no_file_name_is_refused_alone(label: str, shelf: Shelf, tmp_path: Path) -> None:
    shelf.by_label[label] = [make_release(4)]
    report = publish(shelf, tmp_path / "feeds", SITE)
    assert [(p.reason, p.where) for p in report.problems] == [("bad_label", label)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["feeds"]
    assert label not in [
        o.get("text") for o in ElementTree.parse(tmp_path / "feeds/feeds.opml").iter("outline")
    ]


def test_a_reader_never_sees_half_a_feed(tmp_path: Path) -> None:
    """Two contents take turns while a reader looks: each look shows one of them, whole."""
    contents = [Shelf({"topic/t": [make_release(1, text * 8_000)]}) for text in ("a ", "bb ")]
    path = tmp_path / "topic/t.atom"
    whole = set()
    for shelf in contents:
        publish(shelf, tmp_path, SITE)
        whole.add(path.read_bytes())
    seen, stop = set(), threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for turn in range(60):
            publish(contents[turn % 2], tmp_path, SITE)
    finally:
        stop.set()
        reader.join()
    assert seen <= whole
    assert len(whole) == 2


def test_hundreds_of_feeds_are_all_written(tmp_path: Path) -> None:
    """More than one batch, and more releases than are remembered at a time would need."""
    shelf = Shelf({f"company/c{n}": [make_release(n)] for n in range(300)})
    assert len(publish(shelf, tmp_path, SITE).written) == 306
    assert not list((tmp_path / "company").glob(".*"))
