"""Bad input: one clear line each, nothing lost, and the rest of the poll goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from loopback import rss, serving

GOOD = """Neue Halle eröffnet

Beispielstadt, 02.11.2026

Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau kostete 12,5 Millionen Euro.

Über die Musterwerke GmbH
Die Musterwerke GmbH stellt seit 1950 Bauteile her.
"""
DENIED = """<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>
<p>You don't have permission to access "http://www.example.com/press/" on this server.</p>
<p>Reference #18.4c2a1602.1699999999.1a2b3c4d</p></body></html>"""


def run(folder: Path, *args: str, code: int) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    command = [sys.executable, "-m", "aggregator", *args]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=110, env=environment, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "inbox"
    folder.mkdir(parents=True)
    (tmp_path / "config/sources.toml").write_text('[[source]]\nid = "inbox"\nurl = "inbox"\n', "utf-8")
    (folder / "good.txt").write_text(GOOD, "utf-8")
    return folder


def settled(inbox: Path) -> None:
    """All files as if they had been there for a while."""
    then = time.time() - 60
    for path in inbox.iterdir():
        os.utime(path, (then, then))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t\n", "empty"),
        ("binary.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x00\x01obj", "PDF"),
        ("zip.md", b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "zip"),
        ("denied.html", DENIED.encode(), "denied"),
        ("huge.txt", b"Eine Zeile Text ohne Ende.\n" * 4_000_000, "huge.txt"),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_is_read(
    tmp_path: Path, inbox: Path, name: str, content: bytes, said: str
) -> None:
    """100 MB of text included; the file is told of once, not at every poll."""
    (inbox / name).write_bytes(content)
    settled(inbox)
    done = run(tmp_path, "poll", code=0)
    lines = [line for line in done.stderr.splitlines() if name in line]
    assert len(lines) == 1, done.stderr
    assert said.lower() in lines[0].lower()
    assert "1 new" in done.stderr
    assert name not in run(tmp_path, "poll", code=0).stderr


def test_a_feed_with_control_characters_is_published(tmp_path: Path) -> None:
    """The characters go, the items stay."""
    (tmp_path / "config").mkdir()
    with serving() as site:
        text = "<p>Die Halle\x0b ist\x00 fertig\x1b[2J und steht &#8;in &#xD800;Beispielstadt.</p>" * 4
        url = site.put(
            "/feed.xml",
            rss(("1", "Neue\x08 Halle", text), ("2", "Zweite Halle", "<p>Auch sie steht.</p>" * 9)),
        )
        source = f'[[source]]\nid = "news"\nurl = "{url}"\nallow_private = true\n'
        (tmp_path / "config/sources.toml").write_text(source, "utf-8")
        run(tmp_path, "poll", code=0)
    import feedparser

    parsed = feedparser.parse((tmp_path / "feeds/all.atom").read_bytes())
    assert not parsed.bozo
    assert {e.title for e in parsed.entries} == {"Neue Halle", "Zweite Halle"}


def test_a_broken_configuration_changes_nothing(tmp_path: Path, inbox: Path) -> None:
    """File, line, key and remedy; exit code 2; what is published stays."""
    settled(inbox)
    run(tmp_path, "poll", code=0)
    before = {p: p.read_bytes() for p in (tmp_path / "feeds").rglob("*") if p.is_file()}
    (tmp_path / "config/topics.toml").write_text('[[topic]]\nid = "x"\ntitle = "X"\nany = "one"\n', "utf-8")
    for command in ("poll", "publish", "run"):
        done = run(tmp_path, command, code=2)
        assert "topics.toml:4" in done.stderr
        assert "any" in done.stderr
    assert {p: p.read_bytes() for p in (tmp_path / "feeds").rglob("*") if p.is_file()} == before


def test_a_missing_folder_fails_alone(tmp_path: Path, inbox: Path) -> None:
    """It is named, and the other source is read."""
    with (tmp_path / "config/sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nid = "gone"\nurl = "nowhere"\n')
    settled(inbox)
    done = run(tmp_path, "poll", code=1)
    assert "nowhere" in done.stderr
    assert "1 new" in done.stderr
    status = json.loads(run(tmp_path, "status", "--json", code=1).stdout)
    assert {s["id"]: s["reason"] for s in status["sources"]} == {"gone": "missing", "inbox": ""}


def test_a_lost_database_is_not_replaced(tmp_path: Path, inbox: Path) -> None:
    """A new one would publish every release a second time."""
    settled(inbox)
    run(tmp_path, "poll", code=0)
    for path in (tmp_path / "data").glob("aggregator.db*"):
        path.unlink()
    assert "database is gone" in run(tmp_path, "poll", code=1).stderr
    (tmp_path / "data/aggregator.db").write_bytes(b"")
    assert "empty" in run(tmp_path, "poll", code=1).stderr
    (tmp_path / "data/aggregator.db").write_bytes(b"this is no database" * 100)
    assert "backup" in run(tmp_path, "poll", code=1).stderr


def test_what_is_published_equals_a_rebuild_whatever_happened(tmp_path: Path, inbox: Path) -> None:
    """After a merge, after a company came and went: the same files as from nothing, and no address dies."""
    import shutil

    other = GOOD.replace("Musterwerke", "Nordhafen").replace("eine neue Halle", "ein neues Terminal")
    (inbox / "other.txt").write_text(other.replace("Neue Halle", "Neues Terminal"), "utf-8")
    settled(inbox)
    run(tmp_path, "poll", code=0)
    companies = tmp_path / "config/companies.toml"
    companies.write_text('[[company]]\nid = "later"\nname = "Later AG"\n', "utf-8")
    run(tmp_path, "poll", code=0)
    companies.unlink()
    run(tmp_path, "poll", code=0)
    run(tmp_path, "merge", "1", "2", code=0)
    feeds = tmp_path / "feeds"
    before = {p.relative_to(feeds).as_posix(): p.read_bytes() for p in feeds.rglob("*") if p.is_file()}
    assert {"company/musterwerke-gmbh.atom", "company/nordhafen-gmbh.atom", "company/later.atom"} <= set(
        before
    )
    assert (
        before["company/nordhafen-gmbh.atom"].count(b"<entry")
        + before["company/musterwerke-gmbh.atom"].count(b"<entry")
        == 1
    )
    shutil.rmtree(feeds)
    run(tmp_path, "publish", code=0)
    assert {
        p.relative_to(feeds).as_posix(): p.read_bytes() for p in feeds.rglob("*") if p.is_file()
    } == before
