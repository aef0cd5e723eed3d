"""What the words of a page's classes, ids and lines say, by `data/page.toml`: the names of debris, of consent dialogs,
of the text's parts, the labels of facts and dates, the hosts that count readers. Pure; evidence, not decisions.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from lxml import etree

from aggregator.reading.markers import data

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Names:
    """What the class, id and role of an element say."""

    debris: frozenset[str]
    consent: bool
    content: bool
    contact: bool
    role: str
    """What a line of this class is: ``caption``, ``date``, ...; empty where nothing says so."""


@cache
def _words() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words)
        for name, words in _file().items()
        if name not in ("roles", "meta", "date_labels")
    }


@cache
def _roles() -> dict[str, str]:
    return {word: role for role, words in _file()["roles"].items() for word in words}


@cache
def facts() -> re.Pattern[str]:
    """What a line of facts about a page begins with, in lower case."""
    return re.compile(rf"[\W_]{{0,3}}(?:{'|'.join(_file()['meta'])})")


@cache
def _date_labels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_file()['date_labels'])})\s*:?\s+(?=[^:]{{0,25}}\d)", re.I)


def labelled_dates(text: str) -> list[str]:
    """What follows the labels of dates in a text, as long as a date may be."""
    return [text[hit.end() : hit.end() + 40] for hit in _date_labels().finditer(text)]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(data("page.toml"))


_EDGE = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=20_000)
def _named(word: str) -> Names:
    """What one class name or id says."""
    known, low = _words(), word.lower()
    split = [part.lower() for part in _EDGE.split(word) if part]
    parts = {low, *split, *(f"{a}-{b}" for a, b in pairwise(split)), "-".join(split)}
    debris = (parts & known["debris"]) | ({low} & known["whole"])
    role = next((_roles()[part] for part in sorted(parts) if part in _roles()), "")
    consent, content, contact = (bool(parts & known[n]) for n in ("consent", "content", "contact"))
    return Names(frozenset(debris), consent, content, contact, role)


def names(text: str) -> Names:
    """What the words of a class attribute or id say."""
    said = [found for word in text[:400].split() if (found := _named(word)) != _NOTHING]
    if len(said) < 2:
        return said[0] if said else _NOTHING
    return Names(
        frozenset().union(*(s.debris for s in said)),
        any(s.consent for s in said),
        any(s.content for s in said),
        any(s.contact for s in said),
        next((s.role for s in said if s.role), ""),
    )


_NOTHING = Names(frozenset(), False, False, False, "")


def names_of(element: Element) -> Names:
    """What the class and the id of an element say."""
    named, id_ = element.get("class"), element.get("id")
    if named is None and id_ is None:
        return _NOTHING
    return names(f"{named or ''} {id_ or ''}")


def is_tracker(address: str) -> bool:
    """Whether an image's address is known to count readers."""
    low = address[:500].lower()
    return any(part in low for part in _words()["trackers"])


def weak() -> frozenset[str]:
    """Names of debris that name parts of the text as well."""
    return _words()["weak"]
