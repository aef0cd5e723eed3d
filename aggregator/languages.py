"""The languages in which releases are read: one file each, under `reading/data/markers`.

A file holds the words by which the parts of a release are known (what `reading` needs), and beside them the
language's months, weekdays and small words, which feeds' dates need too. A further language is a further
file and nothing else: the list of languages is the list of files. Pure; read once for each process.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """The content of every language's file by its ISO 639-1 code, in alphabetical order."""
    folder = resources.files("aggregator") / "reading" / "data" / "markers"
    files = {
        file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")
    }
    return {code: tomllib.loads(files[code].read_text("utf-8")) for code in sorted(files)}


def words(key: str) -> list[str]:
    """What all languages list under this key, each word once; a language may leave a key out."""
    return list(dict.fromkeys(word for language in languages().values() for word in language.get(key, ())))
