from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

import hub as hubs
from loopback import Site, serving


@pytest.fixture
def hub() -> Iterator[hubs.Hub]:
    """A hub of its own."""
    with hubs.running() as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    """A newsroom's web server."""
    with serving() as running:
        yield running
