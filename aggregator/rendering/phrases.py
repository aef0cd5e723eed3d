"""The words that published files say themselves, from `phrases.toml`. Nothing of a release's text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((resources.files("aggregator.rendering") / "phrases.toml").read_text("utf-8"))


def phrases(language: str) -> Mapping[str, Any]:
    """The words for a BCP 47 tag; English for a language that `phrases.toml` does not have."""
    table = _table()
    return table.get(language.lower().partition("-")[0], table["en"])


def spoken_date(moment: datetime, language: str) -> str:
    """The calendar day as a person writes it, in the offset that the moment carries."""
    words = phrases(language)
    month = words["months"][moment.month - 1]
    return str(words["date"].format(day=moment.day, month=month, year=moment.year))
