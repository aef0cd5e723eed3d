"""What every test may ask for: the folder of other people's texts, and whether to rewrite golden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite expected files; read the diff")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and seeds beside the repository; skips where it is absent."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("AGGREGATOR_SHARED", default))
    if not folder.is_dir():
        pytest.skip(f"needs the texts of others in {folder}")
    return folder
