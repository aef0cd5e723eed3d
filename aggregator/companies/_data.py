"""The data files of this room, read once and kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed TOML file `data/<name>.toml` of this room."""
    raw = (resources.files("aggregator.companies") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(raw)


@cache
def words_of(name: str, key: str) -> frozenset[str]:
    """One list of strings of a data file, as a set."""
    return frozenset(table(name)[key])
