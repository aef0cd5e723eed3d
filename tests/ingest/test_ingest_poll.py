"""Polling over real HTTP and real folders: what is asked for, what is stored, what is published."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
from loopback import Site, rss, serving

from aggregator.app import App, Paths
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store import Shelf

ONE = (
    "<p>Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau der Halle kostete nach Angaben "
    "des Unternehmens 12,5 Millionen Euro und dauerte vierzehn Monate.</p><p>In der Halle entstehen künftig Bauteile "
    "für Windräder. Rund 140 Menschen arbeiten dort im Zweischichtbetrieb, berichtete das Unternehmen am Montag.</p>"
)
TWO = (
    "<p>Die Nordhafen AG übernimmt die Reederei Kutterstolz mit ihren neun Schiffen. Über den Kaufpreis haben beide "
    "Seiten Stillschweigen vereinbart. Die Kartellbehörden müssen der Übernahme noch zustimmen.</p>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class Desk:
    """An application over temporary folders, driven one step at a time."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.sources: list[Source] = []

    def feed(self, url: str, id: str = "newsroom", **more: object) -> None:
        self.sources.append(Source(id=id, adapter="feed", url=url, allow_private=True, **more))  # type: ignore[arg-type]

    def folder(self, path: Path, id: str = "inbox") -> None:
        self.sources.append(Source(id=id, adapter="text", url=str(path)))

    def poll(self) -> dict[str, Report]:
        async def go() -> list[Report]:
            settings = Settings(folder=self.paths.config, sources=tuple(self.sources), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                reports = await app.poll(self.sources, settle_seconds=0.0)
                await app.in_store(app.publish)
                return reports

        return {r.source: r for r in asyncio.run(go())}

    def entries(self, label: str = "all") -> list[feedparser.FeedParserDict]:
        parsed = feedparser.parse((self.paths.feeds / f"{label}.atom").read_bytes())
        assert not parsed.bozo
        return list(parsed.entries)

    def files(self) -> dict[str, bytes]:
        return {
            p.relative_to(self.paths.feeds).as_posix(): p.read_bytes()
            for p in self.paths.feeds.rglob("*")
            if p.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_feed_is_read_and_published(site: Site, desk: Desk) -> None:
    """Two items in, two entries out."""
    desk.feed(
        site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE), ("2", "Reederei übernommen", TWO)))
    )
    assert desk.poll()["newsroom"].counts == {"new": 2}
    assert {e.title for e in desk.entries()} == {"Neue Halle eröffnet", "Reederei übernommen"}


def test_a_release_without_any_label_changes_the_feed_of_everything(site: Site, desk: Desk) -> None:
    """So that a running service publishes it."""
    desk.feed(site.put("/feed.xml", rss(("1", "Eine Meldung", "<p>Ganz ohne Firma und Thema.</p>" * 5))))
    assert desk.poll()["newsroom"].changed == {"all"}
    assert len(desk.entries()) == 1


def test_an_unchanged_feed_is_asked_for_conditionally_and_not_read(site: Site, desk: Desk) -> None:
    """The second poll sends the validator, gets 304 and changes no byte."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE))))
    desk.poll()
    before = desk.files()
    assert desk.poll()["newsroom"].outcome == "unchanged"
    assert "If-None-Match" in site.requests[-1][1]
    assert desk.files() == before


def test_a_server_without_validators_costs_no_reading_either(site: Site, desk: Desk) -> None:
    """Equal bytes are recognised by their hash."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE)), validators=False))
    desk.poll()
    assert desk.poll()["newsroom"].outcome == "unchanged"


def test_an_edited_title_is_the_same_release(site: Site, desk: Desk) -> None:
    """Same guid, other headline and address: one entry with the old id."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE))))
    desk.poll()
    before = desk.entries()[0]
    site.put("/feed.xml", rss(("1", "Musterwerke weihen neue Halle ein", ONE), link="https://other.example"))
    assert set(desk.poll()["newsroom"].counts) == {"revision"}
    (after,) = desk.entries()
    assert (after.id, after.updated) == (before.id, before.updated)
    assert after.title == "Musterwerke weihen neue Halle ein"


def test_new_guids_for_old_texts_are_no_news(site: Site, desk: Desk) -> None:
    """A publisher that changes every id does not flood its subscribers."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE))))
    desk.poll()
    before = desk.entries()
    site.put("/feed.xml", rss(("a-1", "Neue Halle eröffnet", ONE)))
    desk.poll()
    assert [e.id for e in desk.entries()] == [e.id for e in before]


def test_an_old_item_that_turns_up_late_is_read(site: Site, desk: Desk) -> None:
    """Nothing is judged by being newer than the last poll."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE))))
    desk.poll()
    late = rss(("0", "Reederei übernommen", TWO)).replace("02 Nov 2026", "02 Nov 2020")
    site.put("/feed.xml", late)
    assert desk.poll()["newsroom"].counts["new"] == 1


def test_one_broken_source_touches_no_other(site: Site, desk: Desk) -> None:
    """A 500, a page instead of a feed and a dead port fail alone, each with its reason."""
    desk.feed(site.put("/good.xml", rss(("1", "Neue Halle eröffnet", ONE))), "good")
    desk.feed(site.put("/bad.xml", b"broken", status=500), "failing")
    desk.feed(
        site.put("/page.xml", b"<html><body><p>Welcome</p></body></html>", media_type="text/html"), "page"
    )
    desk.feed("http://127.0.0.1:9/feed.xml", "dead")
    reports = desk.poll()
    assert {k: r.outcome for k, r in reports.items()} == {
        "good": "ok",
        "failing": "failed",
        "page": "failed",
        "dead": "failed",
    }
    assert [r.problems[0].reason for r in reports.values() if r.problems] != []
    assert reports["failing"].problems[0].reason == "server_error"
    assert reports["page"].problems[0].reason == "not_a_feed"
    assert reports["dead"].problems[0].reason in ("connect", "bad_url")
    assert len(desk.entries()) == 1


def test_a_private_address_is_not_asked_unless_allowed(site: Site, desk: Desk) -> None:
    """Without the source's permission no packet is sent."""
    url = site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE)))
    desk.sources.append(Source(id="inner", adapter="feed", url=url))
    assert desk.poll()["inner"].problems[0].reason == "blocked_address"
    assert site.requests == []


def test_a_truncated_feed_gives_its_whole_items_and_is_asked_for_again(site: Site, desk: Desk) -> None:
    """The half item is not stored, and the validator is not kept."""
    whole = rss(("1", "Neue Halle eröffnet", ONE), ("2", "Reederei übernommen", TWO))
    desk.feed(site.put("/feed.xml", whole[: whole.rindex("Reederei") + 30]))
    report = desk.poll()["newsroom"]
    assert report.counts["new"] == 1
    assert any(p.reason == "truncated" for p in report.problems)
    site.put("/feed.xml", whole)
    assert desk.poll()["newsroom"].counts.get("new") == 1
    assert len(desk.entries()) == 2


def test_a_folder_is_read_and_a_dropped_file_shows(tmp_path: Path, desk: Desk) -> None:
    """Each file is a release; an empty and a binary file are named and cost nothing else."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "one.txt").write_text(
        "Neue Halle eröffnet\n\nBeispielstadt, 02.11.2026\n\n"
        + ONE.replace("<p>", "").replace("</p>", "\n\n")
    )
    (inbox / "empty.txt").write_text("")
    (inbox / "binary.txt").write_bytes(b"%PDF-1.7\x00\x01\x02")
    desk.folder(inbox)
    report = desk.poll()["inbox"]
    assert report.counts["new"] == 1
    assert {p.where.rpartition("/")[2]: p.reason for p in report.problems} == {
        "empty.txt": "empty",
        "binary.txt": "binary",
    }
    assert desk.poll()["inbox"].outcome == "unchanged"
    (inbox / "two.txt").write_text(
        "Reederei übernommen\n\nHafenstadt, 03.11.2026\n\n" + TWO.replace("<p>", "").replace("</p>", "\n\n")
    )
    assert desk.poll()["inbox"].counts == {"new": 1}


def test_a_missing_folder_is_a_failure_with_a_remedy(tmp_path: Path, desk: Desk) -> None:
    """It names the path."""
    desk.folder(tmp_path / "nowhere")
    report = desk.poll()["inbox"]
    assert report.outcome == "failed"
    assert "nowhere" in report.problems[0].where


def test_deleting_feeds_and_publishing_brings_the_same_bytes(site: Site, desk: Desk) -> None:
    """What is published is a projection of the store."""
    desk.feed(
        site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE), ("2", "Reederei übernommen", TWO)))
    )
    desk.poll()
    before = desk.files()
    for path in sorted(desk.paths.feeds.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    desk.poll()
    assert desk.files() == before
    assert len(before) > 3


def test_a_reused_guid_is_a_new_release_and_costs_nobody_else(site: Site, desk: Desk) -> None:
    """The old release stays, under its id; the key belongs to the new text from now on."""
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE * 2))))
    desk.poll()
    before = {e.id for e in desk.entries()}
    site.put(
        "/feed.xml",
        rss(("1", "Reederei übernommen", TWO * 2), ("2", "Dritte Meldung", "<p>Ganz anderes.</p>" * 9)),
    )
    assert desk.poll()["newsroom"].counts.get("failed") is None
    assert {e.title for e in desk.entries()} == {
        "Neue Halle eröffnet",
        "Reederei übernommen",
        "Dritte Meldung",
    }
    assert before < {e.id for e in desk.entries()}
    site.put("/feed.xml", rss(("1", "Reederei übernommen: neun Schiffe", TWO * 2)))
    assert set(desk.poll()["newsroom"].counts) == {"revision"}


def test_numbers_that_are_nought_are_compared(site: Site, desk: Desk) -> None:
    """A lone 0 in one text and another number in its sibling is no reason to fail."""
    first = ONE.replace("vierzehn Monate", "0 Monate") * 2
    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", first))))
    desk.poll()
    site.put(
        "/feed.xml", rss(("2", "Neue Halle ist eröffnet", ONE.replace("vierzehn Monate", "4 Monate") * 2))
    )
    assert "failed" not in desk.poll()["newsroom"].counts


def test_a_poll_whose_reading_failed_asks_again(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No validator is kept for what was never read."""
    from aggregator.workers import Workers

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    desk.feed(site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE))))
    with monkeypatch.context() as patch:
        patch.setattr(Workers, "new_pool", refuse)
        assert desk.poll()["newsroom"].problems[0].reason == "no_workers"
    assert desk.poll()["newsroom"].counts == {"new": 1}


def test_a_full_disk_is_one_error_and_loses_nothing(site: Site, desk: Desk) -> None:
    """Nothing of the poll is kept, and the next one with space brings everything."""
    from aggregator.errors import StoreError

    desk.feed(
        site.put(
            "/feed.xml", rss(("1", "Neue Halle eröffnet", ONE * 40), ("2", "Reederei übernommen", TWO * 40))
        )
    )

    async def cramped() -> None:
        settings = Settings(folder=desk.paths.config, sources=tuple(desk.sources), pace=0.0, deadline=5.0)
        async with App.open(desk.paths, settings) as app:
            pages = app.store.db.conn.execute("PRAGMA page_count").fetchone()[0]
            app.store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
            await app.poll(desk.sources)

    with pytest.raises(StoreError, match="full"):
        asyncio.run(cramped())
    assert desk.poll()["newsroom"].counts == {"new": 2}


def test_a_changed_configuration_during_a_poll_loses_nothing(site: Site, desk: Desk, tmp_path: Path) -> None:
    """The poll ends with the workers that it began with."""
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(120):
        (folder / f"{n}.txt").write_text(
            f"Meldung {n}\n\nOrt{n}, 02.11.2026\n\n" + f"Satz {n} von {n * 7}. " * 30
        )
    desk.folder(folder)

    async def go() -> list[Report]:
        settings = Settings(folder=desk.paths.config, sources=tuple(desk.sources))
        async with App.open(desk.paths, settings) as app:
            polling = asyncio.create_task(app.poll(desk.sources, settle_seconds=0.0))
            await asyncio.sleep(0.7)
            await app.reconfigure(
                Settings(folder=desk.paths.config, sources=tuple(desk.sources), title="Other")
            )
            return await asyncio.wait_for(polling, 60)

    (report,) = asyncio.run(go())
    assert sum(report.counts.values()) == 120


def held(desk: Desk, source: str = "inbox") -> dict[str, int]:
    """What is refused of a source now, by reason."""
    shelf = Shelf.open(desk.paths.data)
    try:
        return next(s["refused"] for s in shelf.sources() if s["id"] == source)
    finally:
        shelf.close()


def test_what_is_refused_counts_until_it_is_mended_or_gone(tmp_path: Path, desk: Desk) -> None:
    """Later polls find the files unchanged and say nothing; the source's health still does."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("")
    (inbox / "b.txt").write_text("")
    (inbox / "c.txt").write_bytes(b"MZ\x00\x01\x02")
    desk.folder(inbox)
    assert desk.poll()["inbox"].counts == {"refused": 3}
    assert desk.poll()["inbox"].counts == {}
    assert held(desk) == {"empty": 2, "binary": 1}
    (inbox / "a.txt").write_text("Neue Halle eröffnet\n\n" + ONE.replace("<p>", "").replace("</p>", "\n\n"))
    assert desk.poll()["inbox"].counts == {"new": 1}
    assert held(desk) == {"binary": 1, "empty": 1}
    (inbox / "b.txt").unlink()
    desk.poll()
    assert held(desk) == {"binary": 1}


def test_a_page_of_a_folder_is_told_of_by_its_file(tmp_path: Path, desk: Desk) -> None:
    """Also where it names an address of its own: the file is what an editor can open."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "wall.html").write_text(
        '<html><head><title>404 Not Found</title><link rel="canonical" href="https://example.com/x"></head>'
        "<body><h1>404 Not Found</h1><p>The page was not found.</p></body></html>"
    )
    desk.folder(inbox)
    (problem,) = desk.poll()["inbox"].problems
    assert problem.where == "wall.html"


def test_a_feeds_refused_items_count_as_long_as_the_feed_shows_them(site: Site, desk: Desk) -> None:
    """A feed that is not read again tells nothing new; one that is replaces what was held."""
    text = rss(("1", "Neue Halle eröffnet", ONE), ("2", "", "<p> </p>"))
    desk.feed(site.put("/feed.xml", text), follow="never")
    assert desk.poll()["newsroom"].counts == {"new": 1, "refused": 1}
    desk.poll()
    assert sum(held(desk, "newsroom").values()) == 1
    site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", ONE), ("3", "Reederei übernommen", TWO)))
    desk.poll()
    assert held(desk, "newsroom") == {}


def test_what_an_older_version_refused_is_read_once_more_to_be_counted(tmp_path: Path, desk: Desk) -> None:
    """Its files are known as unchanged, and nothing but their validators says that they were refused."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("")
    (inbox / "b.txt").write_text("Neue Halle eröffnet\n\n" + ONE.replace("<p>", "").replace("</p>", "\n\n"))
    desk.folder(inbox)
    desk.poll()
    with closing(sqlite3.connect(desk.paths.data / "aggregator.db")) as older, older:
        older.execute("DROP TABLE refused")
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_refused'")
    assert desk.poll()["inbox"].counts == {"refused": 1}
    assert held(desk) == {"empty": 1}


def test_a_file_that_could_not_be_read_counts_until_it_can(tmp_path: Path, desk: Desk) -> None:
    """It is told of by its whole path, and mended under its key."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_bytes(b"x" * 20_000_001)
    desk.folder(inbox)
    desk.poll()
    desk.poll()
    assert held(desk) == {"too_large": 1}
    (inbox / "a.txt").write_text("Neue Halle eröffnet\n\n" + ONE.replace("<p>", "").replace("</p>", "\n\n"))
    assert desk.poll()["inbox"].counts == {"new": 1}
    assert held(desk) == {}
