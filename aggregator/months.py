"""The names of months, for whoever reads a written date."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def months() -> Mapping[str, int]:
    """Month by name, lower case and without a final dot, as `data/months.toml` lists them."""
    raw = (resources.files("aggregator") / "data" / "months.toml").read_text("utf-8")
    return {name: int(number) for number, names in tomllib.loads(raw).items() for name in names}
