"""The folders that the documentation promises are there after a clone."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "name",
    ["aggregator", "benchmarks", "config", "config/inbox", "docs", "docs/notes", "feeds", "tests", ".ci"],
)
def test_folder_exists_and_git_would_keep_it(home: Path, name: str) -> None:
    """An empty folder does not survive a clone, so each holds a file."""
    assert any(path.is_file() for path in (home / name).rglob("*"))


def test_what_the_program_writes_is_not_committed(home: Path) -> None:
    """data/ and the contents of feeds/ belong to the program, not to git; `.venv` may be a link, which `.venv/` lets in."""
    ignored = (home / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/data/", "/feeds/*", "!/feeds/.gitkeep", ".venv"} <= set(ignored)
