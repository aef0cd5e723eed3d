"""Copies and companies made by hand for the tests of this room; all texts are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aggregator.model import Block, Copy, Source


def build(title: str = "", *parts: tuple[str, str], **fields: Any) -> Copy:
    blocks = [Block("title", title, "test", 1)] if title else []
    blocks += [Block(kind, text, "test", number) for number, (kind, text) in enumerate(parts, 2)]  # type: ignore[arg-type]
    base: dict[str, Any] = {"source": "s", "key": "k", "url": "", "canonical_url": "", "language": "de"}
    return Copy(**{**base, "title": title, "blocks": tuple(blocks), **fields})


@pytest.fixture
def make() -> Callable[..., Copy]:
    return build


@pytest.fixture
def source() -> Source:
    return Source(id="s", adapter="text", url="/in")
