"""A short way to fetch one address, well or with the error it ends in."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.errors import FetchError
from aggregator.fetch import Fetcher, Request, Unchanged
from aggregator.model import Document

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ASKING = {"etag", "last_modified", "allow_private", "accept", "robots"}


def fetch(url: str, **settings: Any) -> Document | Unchanged:
    """One document with a fetcher of its own; private addresses allowed and robots.txt not asked unless told otherwise."""
    asking = {name: settings.pop(name) for name in ASKING & settings.keys()}
    request = Request(url, **{"allow_private": True, "robots": False, **asking})

    async def run() -> Document | Unchanged:
        defaults: dict[str, Any] = {
            "user_agent": "test/1",
            "clock": lambda: NOW,
            "pace": 0.0,
            "deadline": 10.0,
        }
        async with Fetcher(**{**defaults, **settings}) as fetcher:
            return await fetcher.fetch(request)

    return asyncio.run(run())


def refused(url: str, **settings: Any) -> FetchError:
    """The error that fetching this ends with."""
    with pytest.raises(FetchError) as caught:
        fetch(url, **settings)
    return caught.value
