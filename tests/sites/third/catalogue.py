"""All sites of the third set by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sites.kit import Site

from . import built, enterprise, far, german, government, hosted, investors, more_rooms, remaining

GROUPS = (investors, hosted, german, government, far, built, enterprise, remaining, more_rooms)
BUILDERS: dict[str, Callable[[], Site]] = {build.__name__: build for group in GROUPS for build in group.SITES}
NAMES = tuple(BUILDERS)


@cache
def site(name: str) -> Site:
    """One site; built once."""
    return BUILDERS[name]()


def every() -> tuple[Site, ...]:
    return tuple(site(n) for n in NAMES)
