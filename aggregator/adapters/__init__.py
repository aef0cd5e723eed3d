"""Adapters: one pure function for each kind of source, from a document to the drafts in it.

An adapter is a module of this package with ``read(document, source)``. It does no I/O and reads no
clock: what it needs from elsewhere it asks for with a `Follow`. Modules that are no adapters (the gate
before the parsers, dates, addresses) live here too and are not listed by `names`.

Importing this package loads no parser; `load` imports the one module that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Source

Item = Draft | Follow | Problem
"""What an adapter yields: a text, another document to fetch, or an item that could not be saved."""

Adapter = Callable[[Document, Source], Iterator[Item]]
"""Raises `ReadError` where the whole document is refused, before the first item is given."""

_ADAPTERS = (
    "apa_ots",
    "article",
    "businesswire",
    "email",
    "eqs",
    "feed",
    "globenewswire",
    "jsonlines",
    "jsonlist",
    "newsroom",
    "pdf",
    "presseportal",
    "prnewswire",
    "sitemap",
    "text",
    "warc",
)


def names() -> tuple[str, ...]:
    """The names that a source's ``adapter`` may have, in alphabetical order."""
    return _ADAPTERS


def load(name: str) -> Adapter:
    """The adapter of that name. Raises ReadError ``unknown_reader``, naming the known ones."""
    if name not in _ADAPTERS:
        raise ReadError("unknown_reader", f"no adapter is called {name!r}; there are: {', '.join(_ADAPTERS)}")
    return cast(Adapter, import_module(f"{__name__}.{name}").read)
