"""A short way to fetch one address, well or with the error it ends in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
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


class Clock:
    """A time that stands until it is set forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **much: float) -> None:
        self.now += timedelta(**much)


def visit(work: Callable[[Fetcher, Clock], Awaitable[Any]], **settings: Any) -> Any:
    """What `work` gives, done with one fetcher and a clock that it may set."""
    clock = Clock()

    async def run() -> Any:
        given = {"user_agent": "press-release-aggregator/1", "pace": 0.0, "deadline": 5.0, **settings}
        async with Fetcher(clock=clock, **given) as fetcher:
            return await work(fetcher, clock)

    return asyncio.run(run())


async def ask(fetcher: Fetcher, url: str, **asking: Any) -> str:
    """The reason of a refusal, or the content of the document."""
    try:
        answer = await fetcher.fetch(Request(url, **{"allow_private": True, **asking}))
    except FetchError as error:
        return error.reason
    return answer.content.decode() if isinstance(answer, Document) else "unchanged"


def refused(url: str, **settings: Any) -> FetchError:
    """The error that fetching this ends with."""
    with pytest.raises(FetchError) as caught:
        fetch(url, **settings)
    return caught.value
