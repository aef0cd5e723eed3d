"""Which addresses are those of releases, by the names in their paths. Pure; the names are in `sections.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from aggregator.text import fold

T = TypeVar("T")

_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_NOT_A_NAME = re.compile(r"[^\w]+|_+")


def of_press(items: Sequence[T], url: Callable[[T], str]) -> list[T]:
    """Those of the items that stand in a press section; where there is none, in one of news."""
    ranked = [(section_of(url(item)), item) for item in items]
    for wanted in ("press", "news"):
        found = [item for kind, item in ranked if kind == wanted]
        if found:
            return found
    return []


def section_of(url: str) -> str:
    """``press`` or ``news`` for the address of a page inside such a section; else empty."""
    names = [_name(part) for part in urlsplit(url).path.split("/") if part]
    if not names or any(name in _names("others") for name in names):
        return ""
    for kind in ("press", "news"):
        if any(name in _names(kind) for name in names[:-1]):
            return kind
    return ""


def is_section(name: str) -> bool:
    """Whether a name of a file or folder says that it holds releases or news, "post-sitemap.xml" among others."""
    parts = set(_name(name).split("-")) | {_name(name)}
    return bool(parts & (_names("press") | _names("news") | {"post", "posts", "blog", "article", "articles"}))


@lru_cache(maxsize=4096)
def _name(part: str) -> str:
    return _NOT_A_NAME.sub("-", fold(_EXTENSION.sub("", unquote(part).lower()))).strip("-")


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(tomllib.loads((resources.files(__package__) / "sections.toml").read_text("utf-8"))[kind])
