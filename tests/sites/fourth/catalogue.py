"""All sites of the fourth set by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sites.kit import Site

from . import built, enterprise, german, hosted, investors, more_rooms, nothing, public, wordpress

GROUPS = (german, public, wordpress, hosted, investors, built, enterprise, more_rooms, nothing)
BUILDERS: dict[str, Callable[[], Site]] = {build.__name__: build for group in GROUPS for build in group.SITES}
NAMES = tuple(BUILDERS)


@cache
def site(name: str) -> Site:
    """One site; built once."""
    return BUILDERS[name]()


def every() -> tuple[Site, ...]:
    return tuple(site(n) for n in NAMES)
