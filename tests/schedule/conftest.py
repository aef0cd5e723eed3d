"""What the tests of the schedule share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from schedule_room import Desk, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def desk(tmp_path: Path, world: World) -> Iterator[Desk]:
    made = Desk(tmp_path, world)
    yield made
    made.store.close()
