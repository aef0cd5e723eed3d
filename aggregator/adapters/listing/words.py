"""The words of `data/words.toml`, made into quick tests on folded text. Pure; read once for each process."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from aggregator.text import fold

_NOT_WORD = re.compile(r"[\W_]+")
_SIZE = re.compile(r"\b\d+(?: \d+)?(?: ?(?:kb|mb|kib|mib|byte|bytes))?\b|\b(?:kb|mb)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def table() -> Mapping[str, Any]:
    """The file as it is."""
    raw = (resources.files(__package__) / "data" / "words.toml").read_text("utf-8")
    return tomllib.loads(raw)


@lru_cache(maxsize=8192)
def spaced(text: str) -> str:
    """Folded words with single spaces between and around them: ``" press releases "``."""
    return f" {_NOT_WORD.sub(' ', fold(_CAMEL.sub(' ', text[:400]))).strip()} "


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Folded words of a label, capitals and camel case alike: what texts of links are compared by."""
    return _NOT_WORD.sub(" ", fold(text[:200])).strip()


_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no spaces between words: Thai, Japanese, Chinese."""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted({_NOT_WORD.sub(" ", fold(w)).strip() for w in words}, key=len, reverse=True)
    spaced = [re.escape(w) for w in ordered if not _UNSPACED.search(w)]
    unspaced = [re.escape(w) for w in ordered if _UNSPACED.search(w)]
    return re.compile("|".join([rf"(?<= )(?:{'|'.join(spaced)})(?= )", *unspaced]))


_WORD = re.compile(r"[^\W\d_]{2,}")


def count(text: str) -> int:
    """How many words of two letters or more a text has; of scripts without spaces two letters are taken for one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text)) + unspaced // 2


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Finds any of a list's words in `spaced` text."""
    return _pattern(table()[section][name])


@cache
def entries(section: str, name: str) -> frozenset[str]:
    """A list as a set of `plain` texts; signs stay as they are."""
    return frozenset(_NOT_WORD.sub(" ", fold(w)).strip() or w for w in table()[section][name])


@cache
def reasons() -> Mapping[str, str]:
    """Which reason a section's name is: ``karriere`` is ``jobs``."""
    found: dict[str, str] = {}
    for reason, names in table()["other"].items():
        for name in names:
            found.setdefault(_NOT_WORD.sub(" ", fold(name)).strip(), reason)
    return found


@cache
def _other() -> re.Pattern[str]:
    return _pattern(reasons())


def other(text: str, among: frozenset[str] = frozenset()) -> str:
    """The reason why a heading or a name says that no releases stand there; empty where it does not."""
    for hit in _other().finditer(spaced(text)):
        if not among or reasons()[hit[0]] in among:
            return reasons()[hit[0]]
    return ""


@cache
def _plain() -> re.Pattern[str]:
    return _pattern([*table()["newsroom"]["press"], *table()["newsroom"]["news"]])


def room(name: str) -> str:
    """``press`` or ``news`` where the whole name of a folder says that, else empty."""
    said = plain(name)
    if said in entries("newsroom", "strong") or said in entries("newsroom", "press"):
        return "press"
    return "news" if said in entries("newsroom", "news") else ""


def newsroom(text: str) -> int:
    """How clearly a name says that releases stand there: 2, 1 (news of any kind) or 0."""
    said = spaced(text)
    if pattern("newsroom", "strong").search(said):
        return 2
    return 1 if _plain().search(said) else 0


def nameless(text: str) -> str:
    """A label without sizes and numbers."""
    return _SIZE.sub("", plain(text)).strip()


def is_more(text: str) -> bool:
    """Whether the text of a link is "read more" or its like, and no title."""
    said = nameless(text)
    return (
        len(said) < 2
        or said in entries("links", "more")
        or said in entries("links", "all")
        or (said.count(" ") < _MORE_WORDS and said.startswith(_begin_more()))
    )


_MORE_WORDS = 5
"""Words up to which a text that begins with "read more" is one: "read more about this"."""


@cache
def _begin_more() -> tuple[str, ...]:
    return tuple(f"{said} " for said in entries("links", "more") if " " in said)
