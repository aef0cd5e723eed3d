"""The starter configuration, as a newcomer without a network meets it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starter import shipped

CONFIG = shipped()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout's `config/`, its inbox polled once."""
    folder = tmp_path_factory.mktemp("starter")
    shutil.copytree(CONFIG, folder / "config")
    then = time.time() - 3600
    for path in (folder / "config/inbox").iterdir():
        os.utime(path, (then, then))
    run(folder, "poll", "inbox")
    return folder


def run(place: Path, *args: str) -> str:
    command = [sys.executable, "-m", "aggregator", *args]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def releases(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(place, "releases", "export", "--jsonl").splitlines()]


def relations(releases: list[dict[str, Any]]) -> dict[str, str]:
    """How each file was taken, by its name."""
    return {Path(c["key"]).stem: c["relation"] for r in releases for c in r["copies"]}


def test_each_release_is_there_once(releases: list[dict[str, Any]]) -> None:
    """A reprint, a translation and a correction join; two notices of a template stay apart."""
    how = relations(releases)
    assert len(how) == len(list((CONFIG / "inbox").iterdir()))
    assert how["2026-09-24-werkstoff-umschau-yantai"] == "copy"
    assert "translation" in (
        how["2026-09-15-ostermoor-elektrolyse_en"],
        how["2026-09-15-ostermoor-elektrolyse"],
    )
    assert how["2026-11-06-sternbrueck-neunmonatszahlen-korrektur"] == "correction"
    notices = [r for r in releases if "Zwischenmeldung" in r["title"]]
    assert len(notices) == 2
    assert notices[0]["series"] == notices[1]["series"] != None  # noqa: E711 - one comparison of three values


def test_the_issuers_text_is_shown_not_the_reprint(releases: list[dict[str, Any]]) -> None:
    """And the German original before its translation."""
    bruchfeld = next(r for r in releases if r["issuer"]["name"] == "Bruchfeld Aluminium AG")
    assert bruchfeld["source_line"] is None
    assert bruchfeld["boilerplate"]
    ostermoor = next(r for r in releases if r["issuer"]["name"] == "Ostermoor Wasserstoff GmbH")
    assert ostermoor["language"] == "de"


def test_the_correction_says_what_changed(place: Path, releases: list[dict[str, Any]]) -> None:
    """In the store and in the entry."""
    corrected = next(r for r in releases if r["status"] == "corrected")
    assert any("218,4" in c and "214,8" in c for c in corrected["changes"])
    feed = feedparser.parse((place / "feeds/company/sternbrueck-stahl-ag.atom").read_bytes())
    (entry,) = feed.entries
    assert entry.title.startswith("[Korrektur]")
    assert "214,8" in entry.content[0].value


def test_every_release_has_an_issuer_a_date_and_a_topic(releases: list[dict[str, Any]]) -> None:
    """The starter topics show something."""
    for release in releases:
        assert release["issuer"], release["title"]
        assert release["published"], release["title"]
    assert len({label for r in releases for label in r["labels"] if label.startswith("topic/")}) >= 8


def test_every_feed_parses(place: Path) -> None:
    """No bozo bit, unique ids, a self link, a date; empty ones too."""
    feeds = sorted((place / "feeds").rglob("*.atom"))
    assert len(feeds) > 60
    for path in feeds:
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, path
        assert parsed.feed.id
        assert parsed.feed.updated
        assert any(link.rel == "self" for link in parsed.feed.links)
        ids = [e.id for e in parsed.entries]
        assert len(ids) == len(set(ids))
        assert all(
            e.title and e.author and e.published and e.updated and e.summary and e.content
            for e in parsed.entries
        )


def test_one_release_has_one_id_in_every_feed(place: Path) -> None:
    """So that a reader with several feeds knows it again."""
    ids: dict[str, set[str]] = {}
    for path in (place / "feeds").rglob("*.atom"):
        for entry in feedparser.parse(path.read_bytes()).entries:
            ids.setdefault(entry.title, set()).add(entry.id)
    assert all(len(found) == 1 for found in ids.values())
