"""Which addresses are those of releases: by what the operator allowed and left out, else by the names in their paths.

Pure. The names are in `sections.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from aggregator.adapters.links import same_site
from aggregator.model import Source
from aggregator.text import fold

T = TypeVar("T")

_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_NOT_A_NAME = re.compile(r"[^\w]+|_+")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")


def is_skipped(url: str, source: Source, language: str = "") -> bool:
    """Whether the operator left an address out: by the beginning of its path, its host, or a language tag.

    An entry of `allow` of the same kind that fits and is as long or longer overrules it, as for what a page lists.
    """
    skips = [entry for entry in source.skip if _matches(url, entry, language)]
    allows = [entry for entry in source.allow if _matches(url, entry, language)] if skips else []
    return any(all(len(a) < len(s) for a in allows if _kind(a) == _kind(s)) for s in skips)


def is_wanted(url: str, source: Source, language: str = "") -> bool:
    """Whether a page of a whole site may be a release: on the source's site or an allowed host, not left out, and,
    where paths are allowed, on one of them.

    Entries of `allow` and `skip` that begin with a slash are beginnings of paths, those with a dot hosts, others
    language tags: of the text, or the name of a part of its path.
    """
    if is_skipped(url, source, language):
        return False
    hosts = [entry for entry in source.allow if _kind(entry) == "host"]
    if not same_site(url, source.url) and not any(_matches(url, entry, language) for entry in hosts):
        return False
    paths = [entry for entry in source.allow if _kind(entry) == "path"]
    return not paths or any(_matches(url, entry, language) for entry in paths)


def _kind(entry: str) -> str:
    return "path" if entry.startswith("/") else "host" if "." in entry else "language"


def _matches(url: str, entry: str, language: str) -> bool:
    parts = urlsplit(url)
    kind, entry = _kind(entry), entry.lower()
    if kind == "path":
        return unquote(parts.path).lower().startswith(unquote(entry))
    if kind == "host":
        host = (parts.hostname or "").removeprefix("www.")
        wanted, _, path = entry.partition("://")[2 if "://" in entry else 0].partition("/")
        wanted = wanted.removeprefix("www.")
        below = unquote(parts.path).lower().startswith("/" + path)
        return below and (host == wanted or host.endswith("." + wanted))
    tags = [t.replace("_", "-") for t in parts.path.lower().split("/")[1:3] if _LANGUAGE.fullmatch(t)]
    return any(t == entry or t.startswith(entry + "-") for t in (*tags, language.lower()) if t)


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
