"""The data files of this room, read once and kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


def raw(name: str) -> str:
    """The text of a file in this room's `data` folder."""
    return (resources.files("aggregator.topics") / "data" / name).read_text("utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed TOML file `data/<name>.toml` of this room."""
    return tomllib.loads(raw(f"{name}.toml"))
