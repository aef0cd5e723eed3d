"""The names of months, for whoever reads a written date."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from aggregator.languages import languages


@cache
def months() -> Mapping[str, int]:
    """Month by name, lower case and without a final dot, in every language that is read or listed.

    One name means one month in all of these languages, so that they can stand in one table.
    """
    table: dict[str, int] = {}
    listed = tomllib.loads((resources.files(__package__) / "data" / "months.toml").read_text("utf-8"))
    read = {code: language["months"] for code, language in languages().items()}
    for code, year in (listed | read).items():
        for number, names in enumerate(year, 1):
            for name in names:
                if table.setdefault(name, number) != number:
                    raise ValueError(f"{code}.toml: {name!r} is another language's month {table[name]}")
    return table
