"""All sites of the kit by name; `tuned()` are looked at while a reader is built, `held_back()` only at the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from . import (
    archives,
    embedded,
    english_cms,
    feeds,
    german_cms,
    international,
    lists,
    nothing,
    odd,
    odd_links,
    public,
    state,
    twice,
    walls,
)
from .kit import Site

BUILDERS: dict[str, Callable[[], Site]] = {
    build.__name__: build
    for group in (
        german_cms,
        english_cms,
        lists,
        state,
        archives,
        odd,
        odd_links,
        public,
        international,
        feeds,
        walls,
        embedded,
        nothing,
        twice,
    )
    for build in group.SITES
}
NAMES = tuple(BUILDERS)


@cache
def site(name: str) -> Site:
    """One site; built once."""
    return BUILDERS[name]()


def every() -> tuple[Site, ...]:
    return tuple(site(n) for n in NAMES)


def tuned() -> tuple[Site, ...]:
    return tuple(s for s in every() if s.tuned)


def held_back() -> tuple[Site, ...]:
    return tuple(s for s in every() if not s.tuned)
