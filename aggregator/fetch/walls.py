"""A wall against programs told from a server that is down. The marks are data: ``walls.toml``. No I/O of its own.

`named` looks at refusals only. A wall that comes with status 200 is a page like any other, told by reading it;
`on_page` says whose it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

REMEDY: Final = "which keeps programs out; ask for its feed, or use its sitemap, its wire or its e-mails"
KEPT_OUT: Final = frozenset({"walled", "access_denied", "consent_wall", "login"})
"""Reasons of documents that keep us out."""
TELLING: Final = frozenset([202, 401, 403, 405, 406, 429, 503, 999])
"""Statuses of which the first bytes of the body are read."""


@dataclass(frozen=True, slots=True)
class _Wall:
    name: str
    headers: tuple[tuple[str, str], ...]
    body: tuple[bytes, ...]


def named(status: int, headers: Mapping[str, str], beginning: bytes) -> str:
    """What keeps us out, in words, given a refusal and the first bytes of its body; empty where nothing does."""
    refusing, doubtful, walls = _data()
    if status not in refusing and status not in doubtful:
        return ""
    text = beginning.lower()
    wall = next((w for w in walls if _fits(w, headers, text)), None)
    if wall is not None:
        return f"a wall of {wall.name}" if wall.name[0].isupper() else wall.name
    return "a refusal" if status in refusing else ""


def on_page(beginning: bytes) -> str:
    """Whose mark a page bears, in words; empty where none. Ordinary pages bear some too (a form's robot check):
    it proves a wall only where nothing else stands on the page."""
    _, _, walls = _data()
    text = beginning.lower()
    wall = next((w for w in walls if any(mark in text for mark in w.body)), None)
    return "" if wall is None else f"a wall of {wall.name}" if wall.name[0].isupper() else wall.name


def _fits(wall: _Wall, headers: Mapping[str, str], text: bytes) -> bool:
    said = any(n in headers and headers[n].lower().startswith(v) for n, v in wall.headers)
    return said or any(mark in text for mark in wall.body)


@cache
def _data() -> tuple[frozenset[int], frozenset[int], tuple[_Wall, ...]]:
    data = tomllib.loads(files("aggregator.fetch").joinpath("walls.toml").read_text("utf-8"))
    return frozenset(data["refusing"]), frozenset(data["doubtful"]), tuple(map(_wall, data["wall"]))


def _wall(entry: Mapping[str, Any]) -> _Wall:
    pairs = (mark.partition(":") for mark in entry["headers"])
    marks = tuple((name.strip(), value.strip().lower()) for name, _, value in pairs)
    return _Wall(entry["name"], marks, tuple(mark.lower().encode() for mark in entry["body"]))
