"""The command line as its users meet it: real processes over temporary folders."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from cli_shell import TEXT, Shell
from loopback import rss, serving
from newsroom import ABOUT, TITLES, release


def test_help_names_every_command(shell: Shell) -> None:
    """And each command's help has an example."""
    from aggregator.cli import COMMANDS

    shown = shell("--help")
    assert all(f"  {name} " in shown for name in COMMANDS)


def test_a_text_goes_all_the_way(shell: Shell, texts: Path) -> None:
    """Ingested, published, listed, shown, explained, exported."""
    shell("ingest", "texts")
    assert (shell.folder / "feeds/company/musterwerke-gmbh.atom").exists()
    (listed,) = shell.records("releases", "list", "--jsonl")
    assert listed["title"] == "Neue Halle eröffnet"
    assert listed["issuer"] == "Musterwerke GmbH"
    assert "Neue Halle eröffnet" in shell("releases", "show", "1")
    why = shell("explain", "1")
    assert "dateline" in why
    assert "line 3" in why
    assert "company/musterwerke-gmbh" in why
    (exported,) = shell.records("releases", "export", "--jsonl")
    assert str(exported["id"]).startswith("urn:uuid:")
    assert exported["copies"][0]["relation"] == "new"  # type: ignore[index]


def test_the_second_ingest_changes_nothing(shell: Shell, texts: Path) -> None:
    """Not a byte under feeds/."""
    shell("ingest", "texts")
    before = {p: p.read_bytes() for p in (shell.folder / "feeds").rglob("*") if p.is_file()}
    shell("ingest", "texts")
    assert "0 new releases" in shell.err
    assert {p: p.read_bytes() for p in (shell.folder / "feeds").rglob("*") if p.is_file()} == before


def test_a_source_that_is_named_twice_is_polled_once(shell: Shell, texts: Path) -> None:
    """As by a shell that expands two patterns."""
    shell("sources", "add", str(texts), "--id", "texts", "--yes")
    (record,) = shell.records("poll", "texts", "texts", "--jsonl")
    assert record["source"] == "texts"


def test_parse_stores_nothing_and_gives_a_record_per_input(shell: Shell, texts: Path) -> None:
    """Refusals are records too, with exit code 1."""
    (texts / "leer.txt").write_text("", "utf-8")
    records = shell.records("parse", "--jsonl", "texts/halle.txt", "texts/leer.txt", code=1)
    assert [r["refused"] for r in records] == [None, "empty"]
    assert records[0]["published"] == "2026-11-02T12:00:00+01:00"
    assert records[0]["date_precision"] == "day"
    assert records[0]["dateline"]["place"] == "Beispielstadt"  # type: ignore[index]
    assert not (shell.folder / "data").exists()


def test_json_lines_are_ingested_by_their_source(shell: Shell) -> None:
    """Each line is a release; a broken line is named and costs nothing else."""
    body = "\n".join(TEXT.splitlines()[4:12])
    lines = [
        {"url": "https://musterwerke.example/1", "title": "Neue Halle eröffnet", "text": body, "source": "Musterwerke",
         "published": "2026-11-02T09:00:00+01:00", "company": "Musterwerke GmbH"},
        {"url": "https://fachblatt.example/7", "title": "Halle eröffnet", "text": body, "source": "Fachblatt",
         "published": "2026-11-09"},
    ]  # fmt: skip
    (shell.folder / "dump.jsonl").write_text(
        "\n".join(json.dumps(line) for line in lines) + "\n{broken\n", "utf-8"
    )
    shell("ingest", "dump.jsonl", code=1)
    assert "dump.jsonl:3" in shell.err or "not JSON" in shell.err
    (release,) = shell.records("releases", "export", "--jsonl")
    assert sorted(c["source"] for c in release["copies"]) == ["fachblatt", "musterwerke"]  # type: ignore[attr-defined]


def test_a_source_is_added_listed_tested_and_removed(shell: Shell) -> None:
    """With proof before promise: a dry run shows the releases and changes nothing."""
    with serving() as site:
        url = site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", f"<p>{TEXT[40:400]}</p>")))
        page = site.put("/", f'<html><head><link rel="alternate" type="application/rss+xml" href="{url}"></head></html>',
                        media_type="text/html")  # fmt: skip
        shown = shell("sources", "add", page, "--allow-private", "--dry-run")
        assert "Neue Halle eröffnet" in shown
        assert not (shell.folder / "config/sources.toml").exists()
        shell("sources", "add", page, "--allow-private", "--yes", "--id", "werk", "--every", "15 min")
        assert [r["id"] for r in shell.records("sources", "list", "--jsonl")] == ["werk"]
        assert "Neue Halle eröffnet" in shell("sources", "test", "werk")
        shell("poll", "werk")
        assert "1 new" in shell.err
        shell("sources", "show", "werk")
        shell("status")
    shell("sources", "remove", "werk", "--yes")
    assert shell.records("sources", "list", "--jsonl") == []
    assert len(shell.records("releases", "list", "--jsonl")) == 1


def test_a_source_that_moved_is_told_of_and_written_on_demand(shell: Shell) -> None:
    """Nothing is written by polling; `sources move` does, and then there is nothing left to tell."""
    with serving() as site:
        old = site.put("/old.xml", "", status=301, headers={"Location": "/new.xml"}, validators=False)
        new = site.put("/new.xml", rss(("1", "Neue Halle eröffnet", f"<p>{TEXT[40:400]}</p>")))
        shell.config("sources.toml", f'[[source]]\nid = "werk"\nurl = "{old}"\nallow_private = true\n')
        shell("poll", "werk")
        assert "has not moved" in (shell("sources", "move", "werk", "--yes", code=2) + shell.err)
        with closing(sqlite3.connect(shell.folder / "data/aggregator.db")) as db, db:
            db.execute("UPDATE moves SET times = 2, first_at = '2026-01-01T00:00:00Z'")
        shell("poll", "werk")
        assert f"polled at {new}" in shell("status")
        assert shell.records("sources", "list", "--jsonl")[0]["polled_at"] == new
        assert "robots" in shell("sources", "show", "werk")
        shell("sources", "move", "werk", code=2)
        shell("sources", "move", "werk", "--yes")
        assert f'url = "{new}"' in (shell.folder / "config/sources.toml").read_text("utf-8")
        shell("poll", "werk")
        assert "moved" not in shell("status")


def test_a_source_that_is_gone_is_named_and_left_alone(shell: Shell) -> None:
    """`poll` passes over it; asked for by name it is tried once more, and is back when it answers."""
    with serving() as site:
        url = site.put("/feed.xml", "", status=410)
        shell.config("sources.toml", f'[[source]]\nid = "werk"\nurl = "{url}"\nallow_private = true\n')
        shell("poll", code=1)
        with closing(sqlite3.connect(shell.folder / "data/aggregator.db")) as db, db:
            db.execute("UPDATE moves SET gone_at = '2026-01-01T00:00:00Z'")
        shell("poll", code=1)
        assert shell.records("sources", "list", "--jsonl")[0]["state"] == "gone"
        assert "not polled any more" in shell("status", code=1)
        asked = len(site.requests)
        shell("poll")
        assert len(site.requests) == asked
        site.put("/feed.xml", rss(("1", "Neue Halle eröffnet", f"<p>{TEXT[40:400]}</p>")))
        shell("poll", "werk")
        assert shell.records("sources", "list", "--jsonl")[0]["state"] == "well"


def test_adding_needs_somebody_to_ask(shell: Shell, texts: Path) -> None:
    """Without a terminal nothing is written unless --yes was said."""
    shell("sources", "add", "texts", code=2)
    assert "--yes" in shell.err
    shell("sources", "add", "texts", "--yes")
    shell("poll")
    assert "1 new release" in shell.err


def test_a_broken_configuration_is_named_and_nothing_runs(shell: Shell) -> None:
    """File, line, key and remedy; exit code 2."""
    shell.config("sources.toml", '[[source]]\nid = "a"\nurl = "https://example.com/feed"\nevry = "1 h"\n')
    shell("poll", code=2)
    assert "sources.toml:4" in shell.err
    assert "every" in shell.err
    assert not (shell.folder / "data").exists()


def test_a_missing_configuration_folder_is_named(tmp_path: Path) -> None:
    """With the way to another one."""
    shell = Shell(tmp_path)
    shell("--config", "nowhere", "poll", code=2)
    assert "nowhere" in shell.err


def test_unknown_names_are_told_with_the_known_ones(shell: Shell, texts: Path) -> None:
    """Sources, topics, releases."""
    shell("poll", "nobody", code=2)
    assert "nobody" in shell.err
    shell("topics", "test", "nothing", code=2)
    shell("ingest", "texts")
    shell("explain", "99", code=2)
    assert "releases list" in shell.err
    shell("ingest", "nowhere.txt", code=2)
    assert "nowhere.txt" in shell.err


def test_reading_without_a_store_says_how_to_get_one(shell: Shell) -> None:
    """A fresh checkout is no error of the program; a release that is asked for is not there."""
    for command in (["releases", "list"], ["releases", "export"], ["topics", "list"], ["companies", "list"]):
        assert shell.records(*command, "--jsonl") == []
        assert json.loads(shell(*command, "--json")) == []
    shell("releases", "list", "--kind", "earnings")
    assert "aggregator poll" in shell.err
    empty = json.loads(shell("status", "--json"))
    assert empty["sources"] == []
    assert set(empty["totals"].values()) == {0}
    assert "nothing is stored yet" in shell.err
    shell("releases", "show", "1", code=1)
    assert "aggregator poll" in shell.err


def test_a_topic_is_tried_on_what_is_stored(shell: Shell, texts: Path) -> None:
    """The rule as it is written now, with the evidence."""
    shell("ingest", "texts")
    shell.config(
        "topics.toml",
        '[[topic]]\nid = "wind"\ntitle = "Wind"\nany = ["Windrad", "Windräder"]\nmin_score = 1\n',
    )
    shown = shell("topics", "test", "wind")
    assert "1 releases match" in shown
    assert "(new)" in shown
    assert [t["id"] for t in shell.records("topics", "list", "--jsonl")] == ["wind"]
    assert [c["id"] for c in shell.records("companies", "list", "--jsonl")] == ["musterwerke-gmbh"]


def test_a_new_rule_is_applied_to_what_is_stored(shell: Shell, texts: Path) -> None:
    """`poll` says that the words changed; a dry run keeps nothing; ids stay."""
    shell("ingest", "texts")
    (before,) = shell.records("releases", "list", "--jsonl")
    shell.config(
        "topics.toml",
        '[[topic]]\nid = "wind"\ntitle = "Wind"\nany = ["Windrad", "Windräder"]\nmin_score = 1\n',
    )
    shell("poll")
    assert "aggregator reprocess" in shell.err
    (would,) = shell.records("reprocess", "--dry-run", "--jsonl")
    assert would["joined"] == ["topic/wind"]
    assert shell.records("releases", "list", "--jsonl") == [before]
    assert "+topic/wind" in shell("reprocess")
    (after,) = shell.records("releases", "list", "--jsonl")
    assert after["id"] == before["id"]
    assert "topic/wind" in after["labels"]  # type: ignore[operator]
    assert "Neue Halle" in (shell.folder / "feeds/topic/wind.atom").read_text("utf-8")
    shell("poll")
    assert "aggregator reprocess" not in shell.err
    assert shell("reprocess") == ""


def test_split_and_merge_overrule(shell: Shell, texts: Path) -> None:
    """Parted copies stay parted when they are read again."""
    (texts / "kopie.txt").write_text(
        TEXT.replace("Neue Halle eröffnet\n", "Musterwerke eröffnen Halle\n"), "utf-8"
    )
    shell("ingest", "texts")
    (release,) = shell.records("releases", "export", "--jsonl")
    copies = [c["copy"] for c in release["copies"]]  # type: ignore[attr-defined]
    assert len(copies) == 2
    shell("split", str(copies[1]))
    assert len(shell.records("releases", "list", "--jsonl")) == 2
    (texts / "kopie.txt").write_text((texts / "kopie.txt").read_text("utf-8") + "\n", "utf-8")
    shell("ingest", "texts")
    numbers = [str(r["number"]) for r in shell.records("releases", "list", "--jsonl")]
    assert len(numbers) == 2
    shell("merge", *numbers)
    assert len(shell.records("releases", "list", "--jsonl")) == 1


def test_deleted_feeds_come_back_with_the_same_bytes(shell: Shell, texts: Path) -> None:
    """`publish` rebuilds the projection."""
    import shutil

    shell("ingest", "texts")
    before = {p: p.read_bytes() for p in (shell.folder / "feeds").rglob("*") if p.is_file()}
    shutil.rmtree(shell.folder / "feeds")
    shell("publish")
    assert {p: p.read_bytes() for p in (shell.folder / "feeds").rglob("*") if p.is_file()} == before


def test_a_line_that_names_a_configured_source_leaves_its_schedule_alone(shell: Shell, texts: Path) -> None:
    """Texts read by hand join a source; when it is polled, and how it does, stays its own."""
    shell.config("sources.toml", '[[source]]\nid = "archive"\nurl = "../texts"\n')
    shell("poll")
    (before,) = json.loads(shell("status", "--json"))["sources"]
    line = {"title": "Dritte Meldung", "text": "Ganz anderes steht hier. " * 12, "source": "archive"}
    (shell.folder / "more.jsonl").write_text(json.dumps(line), "utf-8")
    shell("ingest", "more.jsonl")
    (after,) = json.loads(shell("status", "--json"))["sources"]
    keys = ("next_due", "last_polled", "last_success", "last_new", "failures", "url", "adapter")
    assert [after[k] for k in keys] == [before[k] for k in keys]
    assert after["copies"] == before["copies"] + 1


def test_what_was_learnt_is_shown(shell: Shell) -> None:
    """The lines that are left out of a source, and a company's description with its days."""
    shell.config("sources.toml", '[[source]]\nid = "room"\nurl = "../room"\ncompany = "Nordhafen AG"\n')
    room = shell.folder / "room"
    room.mkdir()
    for title in TITLES[:3]:
        file = room / f"{title}.txt"
        file.write_text(release(title, above="Foto vom Tag der offenen Tür.", below=[ABOUT]), "utf-8")
        os.utime(file, (0, 0))  # a file of this second may still be written to
    shell("poll", "room")
    shell("reprocess")
    (shown,) = shell.records("sources", "show", "room", "--jsonl")
    assert shown["left_out"] == [{"line": "Foto vom Tag der offenen Tür.", "pages": 3, "kept": False}]
    assert "left out, since 3 pages repeat it: Foto vom" in shell("sources", "show", "room")
    (company,) = shell.records("companies", "show", "nordhafen-ag", "--jsonl")
    assert company["boilerplates"] == [
        [
            {
                "text": ABOUT,
                "first_seen": "2026-05-03T10:00:00Z",
                "last_seen": "2026-05-05T10:00:00Z",
                "releases": 3,
            }
        ]
    ]
    assert "2026-05-03 to 2026-05-05, 3 releases: An der Unterweser" in shell(
        "companies", "show", "nordhafen-ag"
    )
    assert "boilerplate.learnt" in shell("explain", "1", "--title")
    shell("companies", "show", "nobody", code=2)
