"""A folder with the program in it, and one release to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shell import TEXT, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "halle.txt").write_text(TEXT, "utf-8")
    return folder
