"""Arrays of objects in JSON, and which of their fields are title, address, date and text. Pure, bounded.

Paths are those of recipes (`model.Recipe`): names with dots, ``*`` for all elements. What a field is follows from
its values first and from its name second: names differ from system to system, a date does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from aggregator.adapters import jsonlist
from aggregator.adapters.dates import as_iso
from aggregator.adapters.feeditems import length_of, plain
from aggregator.adapters.links import same_site, web_url

DEEPEST, MOST_VALUES, MOST_ROWS = 24, 300_000, 1_000
_FEWEST = 2
_FIELD_DEPTH = 3
_MOST_FIELDS = 150
_SAMPLE = 40
_DAY = re.compile(r"(?:19[89]|20[0-4])\d-\d\d-\d\d")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|mp4|ico)(?:$|[?#])", re.I)
_SLUG = re.compile(r"/?[A-Za-z0-9%._~\u0080-\uffff-]{1,200}(?:/[A-Za-z0-9%._~\u0080-\uffff-]{1,200})*/?")
_ADDRESSABLE = re.compile(r"[^.*{}]{1,100}")


@dataclass(slots=True)
class Rows:
    """The objects of one array, or of all arrays of one path."""

    path: str
    rows: list[dict[str, Any]] = field(default_factory=list)


@cache
def words(kind: str) -> tuple[str, ...]:
    """A list of `data_words.toml`."""
    table = tomllib.loads((resources.files(__package__) / "data_words.toml").read_text("utf-8"))
    return tuple(table[kind])


def arrays(values: Sequence[Any]) -> list[Rows]:
    """All arrays of objects in the values, those of one path together; and objects that are one under keys."""
    found: dict[str, Rows] = {}
    left = MOST_VALUES
    stack: list[tuple[Any, str, int]] = [(value, "", 0) for value in reversed(values)]
    while stack and left > 0:
        value, path, depth = stack.pop()
        left -= 1
        if depth > DEEPEST:
            continue
        if isinstance(value, list):
            _note(found, path or "*", value)
            stack += [(v, _join(path, "*"), depth + 1) for v in value[:2_000] if isinstance(v, dict | list)]
        elif isinstance(value, dict):
            inner = [v for v in value.values() if isinstance(v, dict)]
            if len(inner) >= 3 and _are_alike(inner):
                _note(found, _join(path, "*"), inner)
            names = (n for n in value if _ADDRESSABLE.fullmatch(n))
            stack += [
                (value[n], _join(path, n), depth + 1) for n in names if isinstance(value[n], dict | list)
            ]
    return [rows for rows in found.values() if len(rows.rows) >= _FEWEST]


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _note(found: dict[str, Rows], path: str, value: list[Any]) -> None:
    rows = found.setdefault(path, Rows(path))
    rows.rows += [v for v in value if isinstance(v, dict)][: MOST_ROWS - len(rows.rows)]


def _are_alike(inner: list[dict[str, Any]]) -> bool:
    """Whether objects under different keys are one kind: a store by id."""
    common = set(inner[0]).intersection(*inner[1:20])
    return len(common) >= 3 and len(common) * 2 >= len(inner[0])


# ----------------------------------------------------------------------------------------------- fields


def fields(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The paths of all single values within the rows, at most three names deep."""
    found: dict[str, None] = {}
    for row in rows[:_SAMPLE]:
        for path in _leaves(row, "", 0):
            found.setdefault(path)
            if len(found) >= _MOST_FIELDS:
                return list(found)
    return list(found)


def _leaves(value: Any, path: str, depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items() if depth < _FIELD_DEPTH else ():
            if _ADDRESSABLE.fullmatch(name):
                yield from _leaves(inner, _join(path, name), depth + 1)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path
    elif isinstance(value, list) and value and isinstance(value[0], str) and depth < _FIELD_DEPTH:
        yield _join(path, "0")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all rows."""

    path: str
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its last telling name, in small letters without signs."""
        names = [n for n in self.path.split(".") if n not in ("rendered", "value", "0", "@value", "@id")]
        return bare(names[-1]) if names else ""

    @property
    def filled(self) -> list[str]:
        return [t for t in self.texts if t]

    def share(self, hits: int) -> float:
        return hits / max(1, len(self.texts))


def bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def columns(rows: Sequence[dict[str, Any]]) -> list[Column]:
    sample = rows[:_SAMPLE]
    return [Column(p, tuple(jsonlist.text_at(r, (p,))[:20_000] for r in sample)) for p in fields(rows)]


def titles(every: Sequence[Column]) -> list[str]:
    """The fields that are headlines, likeliest first."""

    def worth(column: Column) -> float:
        texts = [plain(t[:600]) for t in column.filled]
        good = [t for t in texts if 8 <= len(t) <= 300 and " " in t and not _is_date(t) and not web_url(t)]
        if column.share(len(good)) < 0.6 or len(set(good)) < 0.7 * len(good) or _is(column, "not_title"):
            return 0.0
        return 1.0 + _named(column, "title") + 0.2 * (sum(map(len, good)) / len(good) > 25)

    return _ranked(every, worth)


def dates(every: Sequence[Column], day_first: bool = True) -> list[str]:
    """The fields that are dates of publication, likeliest first."""

    def worth(column: Column) -> float:
        good = sum(_is_date(t, day_first) for t in column.filled)
        if column.share(good) < 0.6 or (column.filled[0].isdigit() and not _named(column, "published")):
            return 0.0
        return 1.0 + _named(column, "published") - 0.9 * _is(column, "not_published")

    return _ranked(every, worth)


def addresses(every: Sequence[Column], base: str) -> list[str]:
    """The fields that are addresses of pages, likeliest first."""

    def worth(column: Column) -> float:
        good = [
            t
            for t in column.filled
            if t.startswith(("http://", "https://", "/")) and _is_page(web_url(t, base))
        ]
        if column.share(len(good)) < 0.6 or len(set(good)) < 0.8 * len(good) or _is(column, "not_url"):
            return 0.0
        own = sum(same_site(web_url(t, base), base) for t in good) / len(good)
        return 1.0 + _named(column, "url") + 0.3 * own

    return _ranked(every, worth)


def slugs(every: Sequence[Column]) -> list[str]:
    """The fields that are the last part of an address, likeliest first."""

    def worth(column: Column) -> float:
        good = [t for t in column.filled if _SLUG.fullmatch(t) and not _is_date(t)]
        if column.share(len(good)) < 0.8 or len(set(good)) < len(good) or _is(column, "not_url"):
            return 0.0
        named = _named(column, "url")
        return named and 0.5 + named + 0.3 * (sum("-" in t for t in good) >= 0.5 * len(good))

    return _ranked(every, worth)


def decks(every: Sequence[Column], taken: Sequence[str]) -> list[str]:
    """The fields that say more than the headline, likeliest first."""

    def worth(column: Column) -> float:
        good = [t for t in column.filled if length_of(t) >= 40]
        return (
            0.3 + _named(column, "deck") if column.share(len(good)) >= 0.3 and _named(column, "deck") else 0.0
        )

    return [path for path in _ranked(every, worth) if path not in taken]


def contents(every: Sequence[Column]) -> list[str]:
    """The fields that hold the whole text, likeliest first."""

    def worth(column: Column) -> float:
        good = [length_of(t) for t in column.filled if length_of(t) >= 300]
        named = _named(column, "content")
        return (
            named and column.share(len(good)) >= 0.5 and 0.5 + named + min(1.0, sum(good) / len(good) / 5_000)
        )

    return _ranked(every, worth)


def _ranked(every: Sequence[Column], worth: Any) -> list[str]:
    scored = [(float(worth(c)), c.path) for c in every if c.filled]
    # Of two alike the one that lies less deep is the item's own.
    scored = [(score - 0.1 * path.count("."), path) for score, path in scored if score > 0.0]
    return [path for _, path in sorted(scored, key=lambda pair: -pair[0])]


def _named(column: Column, kind: str) -> float:
    """How well a name fits: 0 where it does not, up to 1 for the first of its list."""
    known = words(kind)
    if column.name in known:
        return 1.0 - 0.4 * known.index(column.name) / len(known)
    return 0.4 if any(len(w) > 3 and column.name.endswith(w) for w in known) else 0.0


def _is(column: Column, kind: str) -> bool:
    path = [bare(part) for part in column.path.split(".")]
    return any(word in part for word in words(kind) for part in path)


def _is_date(text: str, day_first: bool = True) -> bool:
    return (
        len(text) <= 60
        and any(c.isdigit() for c in text)
        and _DAY.match(as_iso(text, day_first=day_first)) is not None
    )


def _is_page(url: str) -> bool:
    path = urlsplit(url).path
    return bool(url) and len(path) > 1 and not _PICTURE.search(path)
