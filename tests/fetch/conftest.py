"""The hostile server, and the canary that must never hear anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hostile_server import HostileServer


@pytest.fixture(scope="session")
def server() -> Iterator[HostileServer]:
    """One hostile server for all tests; each test uses paths of its own."""
    with HostileServer() as running:
        yield running


@pytest.fixture
def site() -> Iterator[HostileServer]:
    """A server of a test's own, whose robots.txt it may write."""
    with HostileServer() as running:
        yield running


@pytest.fixture
def canary() -> Iterator[HostileServer]:
    """A server nobody may connect to."""
    with HostileServer() as running:
        yield running
        assert running.connections == 0, "the canary was connected to"
