"""Words that cannot be meant, names that are no text, and databases that are gone or cannot be written."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import threading
import time
from pathlib import Path

import pytest
from cli_shell import Shell

HUGE = "9" * 20

WITHOUT_RIGHTS = "setpriv --bounding-set -all --inh-caps -all " if os.geteuid() == 0 else ""
"""What root starts a program with, so that a folder without write access is one."""


@pytest.mark.parametrize(
    "command",
    [["releases", "show", HUGE], ["explain", HUGE], ["explain", "9" * 5000], ["split", HUGE], ["split", "--", "-1"],
     ["merge", "1", HUGE], ["explain", b"x\xff"]],
    ids=lambda command: str(command)[:40],
)  # fmt: skip
def test_a_release_that_cannot_be_is_not_found(shell: Shell, texts: Path, command: list[str | bytes]) -> None:
    """Also where its number is larger than any row's."""
    shell("ingest", "texts")
    shell(*command, code=2)
    assert shell.err.startswith("error: no ")
    assert len(shell.err.splitlines()) == 1


def test_a_limit_may_be_as_large_as_one_likes(shell: Shell, texts: Path) -> None:
    """And 0 means all."""
    shell("ingest", "texts")
    for limit in ("0", "1", HUGE):
        assert len(shell.records("releases", "list", "--jsonl", "--limit", limit)) == 1


def test_a_path_that_is_no_text_is_named_and_others_are_read(shell: Shell, texts: Path) -> None:
    """Folders and files, whose names are bytes."""
    folder = shell.folder / os.fsdecode(b"d\xff")
    shutil.copytree(texts, folder)
    shell("ingest", b"d\xff", "texts", code=1)
    assert "d\\xff: unreadable: its path is not valid UTF-8" in shell.err
    assert "1 new release" in shell.err
    refused, read = shell.records("parse", "--jsonl", b"d\xff/halle.txt", "texts", code=1)  # type: ignore[arg-type]
    assert (refused["input"], refused["refused"], read["refused"]) == ("d\\xff/halle.txt", "unreadable", None)
    shell("sources", "add", b"d\xff", "--yes", code=2)
    assert "not valid UTF-8" in shell.err
    shell("ingest", "texts", "--company", b"x\xff", code=2)
    assert "--company" in shell.err


@pytest.mark.parametrize("id", ["-rf", "a-", "-", "--yes"])
def test_an_id_begins_and_ends_with_a_letter_or_digit(shell: Shell, texts: Path, id: str) -> None:
    """Any other could not be named to the commands that change or remove the source."""
    shell("sources", "add", "texts", f"--id={id}", "--yes", code=2)
    assert "at either end" in shell.err
    assert not (shell.folder / "config/sources.toml").exists()


def test_a_file_is_not_called_a_folder(shell: Shell, texts: Path) -> None:
    """`sources add` says what it found."""
    shell("sources", "add", "texts/halle.txt", "--dry-run")
    assert "one file" in shell.err
    shell("sources", "add", "texts", "--dry-run")
    assert "a folder of texts" in shell.err


def test_two_forms_at_once_are_refused(shell: Shell, texts: Path) -> None:
    """In whichever order; nothing is done."""
    for forms in (("--json", "--jsonl"), ("--jsonl", "--json")):
        assert shell("ingest", "texts", *forms, code=2) == ""
        assert shell.err == "error: --json or --jsonl, not both\n"
    assert not (shell.folder / "data").exists()


def test_publish_prints_one_object(shell: Shell, texts: Path) -> None:
    """As every command whose answer is one record."""
    shell("ingest", "texts")
    assert json.loads(shell("publish", "--json"))["written"] == []


def test_a_lost_database_is_told_by_every_command_that_reads(shell: Shell, texts: Path) -> None:
    """It is not mistaken for a fresh start."""
    shell("sources", "add", "texts", "--id", "texts", "--yes")
    shell("poll")
    for path in (shell.folder / "data").glob("aggregator.db*"):
        path.unlink()
    for command in ("status", "releases list", "releases export", "releases show 1", "explain 1", "sources list",
                    "sources show texts", "companies list", "topics list", "poll"):  # fmt: skip
        assert shell(*command.split(), "--json", code=1) == ""
        assert "the database is gone although" in shell.err, command


@pytest.mark.skipif(
    bool(WITHOUT_RIGHTS) and shutil.which("setpriv") is None, reason="root may write anywhere"
)
@pytest.mark.parametrize("beside", ["as it was left", "nothing", "a log"])
def test_reading_needs_no_right_to_write(shell: Shell, texts: Path, beside: str) -> None:
    """Unless a log of a writer stands beside the database: what it says is part of it."""
    shell("ingest", "texts")
    data = shell.folder / "data"
    if beside != "as it was left":
        for suffix in ("-wal", "-shm"):
            (data / f"aggregator.db{suffix}").unlink(missing_ok=True)
    if beside == "a log":
        (data / "aggregator.db-wal").write_bytes(b"a log of another machine")
    data.chmod(0o555)
    try:
        for command in ("status", "releases list", "releases show 1", "explain 1"):
            done = shell.script(f"{WITHOUT_RIGHTS}$A {command}")
            if beside == "a log":
                assert done.returncode == 1
                assert b"write access to the data folder" in done.stderr
            else:
                assert (done.returncode, done.stderr) == (0, b"")
        assert shell.script(f"{WITHOUT_RIGHTS}$A publish").returncode == 1
    finally:
        data.chmod(0o755)


def test_asking_who_is_at_work_disturbs_nobody(shell: Shell, texts: Path) -> None:
    """`status` has the lock for an instant; a poll that begins in it waits that long."""
    shell("ingest", "texts")
    with (shell.folder / "data/aggregator.lock").open() as asked:
        fcntl.flock(asked, fcntl.LOCK_SH)
        ready = shell.folder / "ready"
        release = threading.Thread(target=_let_go, args=(asked.fileno(), ready))
        release.start()
        done = shell.script(f'{sys.executable} -c "{HOLD.format(ready=ready)}"')
        release.join()
    assert done.returncode == 0, done.stderr


HOLD = """
import datetime, pathlib
from aggregator.store import lock
pathlib.Path('{ready}').touch()
with lock.hold(pathlib.Path('data'), 'poll', datetime.datetime.now(datetime.timezone.utc)): pass
"""


def _let_go(handle: int, ready: Path) -> None:
    while not ready.exists():
        time.sleep(0.01)
    time.sleep(0.05)
    fcntl.flock(handle, fcntl.LOCK_UN)


def test_a_process_at_work_is_named(shell: Shell, texts: Path) -> None:
    """The wait is short; then the second one says who is at work."""
    shell("ingest", "texts")
    with (shell.folder / "data/aggregator.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        shell("ingest", "texts", code=1)
    assert "is working on this data" in shell.err


def test_a_topic_is_tried_where_nothing_is_stored(shell: Shell) -> None:
    """It matches nothing; the rule itself is checked."""
    shell.config("topics.toml", '[[topic]]\nid = "wind"\ntitle = "Wind"\nany = ["Windrad"]\n')
    assert shell.records("topics", "test", "wind", "--jsonl") == []
    shell("topics", "test", "wind", "--since", "yesterday", code=2)
    assert "YYYY-MM-DD" in shell.err


def test_sources_that_were_never_polled_are_counted(shell: Shell, texts: Path) -> None:
    """`status` before the first poll does not say that there are none."""
    shell("sources", "add", "texts", "--yes")
    assert "1 source, not polled yet" in shell("status")
