"""Copies made by hand and the starter topics; all texts are invented."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from starter import shipped

from aggregator.model import Block, Copy, Near, Topic
from aggregator.topics import Rulebook


def build(title: str = "", *parts: tuple[str, str], **fields: Any) -> Copy:
    blocks = [Block("title", title, "test", 1)] if title else []
    blocks += [Block(kind, text, "test", number) for number, (kind, text) in enumerate(parts, 2)]  # type: ignore[arg-type]
    base: dict[str, Any] = {"source": "s", "key": "k", "url": "", "canonical_url": "", "language": "de"}
    return Copy(**{**base, "title": title, "blocks": tuple(blocks), **fields})


@pytest.fixture
def make() -> Any:
    return build


def starter_topics() -> tuple[Topic, ...]:
    """The topics that come with the program, read as plainly as possible."""
    path = shipped() / "topics.toml"
    return tuple(_topic(raw) for raw in tomllib.loads(path.read_text("utf-8"))["topic"])


def _topic(raw: dict[str, Any]) -> Topic:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    values["except_"] = values.pop("except", ())
    values["near"] = tuple(
        Near(a=tuple(n["a"]), b=tuple(n["b"]), within=n.get("within", 12), ordered=n.get("ordered", False))
        for n in values.get("near", ())
    )
    return Topic(**values)


@pytest.fixture(scope="session")
def starter() -> Rulebook:
    return Rulebook(starter_topics())
