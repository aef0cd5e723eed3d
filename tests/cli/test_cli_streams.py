"""What becomes of output that cannot be written, or has characters that an encoding lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shell import TEXT, Shell

WIDE = TEXT.replace("Neue Halle", "Halle – 新 😀")


@pytest.mark.parametrize(
    "line",
    ["$A releases export --json | true", "$A --help | true", "$A releases list | head -c 1"],
)
def test_a_reader_that_leaves_is_no_error(shell: Shell, texts: Path, line: str) -> None:
    """As in `| head -1`: exit code 0, and not a word."""
    shell("ingest", "texts")
    done = shell.script(line)
    assert (done.returncode, done.stderr) == (0, b"")


def test_more_than_a_pipe_holds_is_cut_quietly(shell: Shell, texts: Path) -> None:
    """The reader leaves in the middle of a long record."""
    long = TEXT + "\n\n".join(f"Die Halle {i} misst {i + 20} Meter in der Länge." for i in range(4000))
    (texts / "lang.txt").write_text(long, "utf-8")
    done = shell.script("$A parse --jsonl texts | head -c 20")
    assert (done.returncode, done.stderr, len(done.stdout)) == (0, b"", 20)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_told_in_one_line(shell: Shell, texts: Path) -> None:
    """Exit code 1, no traceback."""
    shell("ingest", "texts")
    for command in ("releases list", "releases export --json", "--help"):
        done = shell.script(f"$A {command} > /dev/full")
        assert done.returncode == 1
        assert done.stderr == b"error: standard output: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_messages_that_nobody_can_read_stop_nothing(shell: Shell, texts: Path) -> None:
    """The work is done, and the exit code is that of the work."""
    assert shell.script("$A ingest texts 2> /dev/full").returncode == 0
    assert len(shell.records("releases", "list", "--jsonl")) == 1
    assert shell.script("$A poll nobody 2> /dev/full").returncode == 2


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_closed_streams_are_no_error(shell: Shell, texts: Path, closed: str) -> None:
    """As a supervisor may start the program."""
    assert shell.script(f"$A ingest texts {closed}").returncode == 0
    assert shell.script(f"$A releases list {closed}").returncode == 0


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_no_encoding_is_too_narrow(shell: Shell, texts: Path, variables: dict[str, str]) -> None:
    """A character that cannot be written is shown by its number, and JSON stays JSON."""
    (texts / "halle.txt").write_text(WIDE, "utf-8")
    shell("ingest", "texts")
    for command in ("releases list", "poll nobody–新"):
        done = shell.script(f"$A {command}", **variables)
        assert b"Traceback" not in done.stderr
        assert done.returncode == (2 if "poll" in command else 0)
    (record,) = json.loads(shell.script("$A releases list --json", **variables).stdout)
    assert record["title"] == "Halle – 新 😀 eröffnet"
