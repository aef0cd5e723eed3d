"""A store and a folder of feeds for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hostility_desk
import pytest


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[hostility_desk.Desk]:
    with hostility_desk.desk(tmp_path) as opened:
        yield opened
