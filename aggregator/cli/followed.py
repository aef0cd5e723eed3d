"""Whether an address that somebody wants to follow is followed already: under another spelling, or by another way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aggregator.cli import Env
from aggregator.errors import UsageError
from aggregator.text import address_key

if TYPE_CHECKING:
    from aggregator.ingest import Haul
    from aggregator.model import Source
    from aggregator.store import Shelf

NEWEST, LEAST, SHARE = 10, 3, 0.6
"""Of so many newest releases so many, and this part, have to be those of one source for it to be the same list."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def checked(
    env: Env,
    address: str,
    sources: Sequence[Source],
    url: str,
    haul: Haul | None = None,
    *,
    look_only: bool,
) -> str:
    """A sentence that names the source whose address this is, as configured or where it has moved to, or that the
    releases that it gives (`haul`) come from; empty where nobody follows it yet. Raises `UsageError` with it, unless
    somebody only looks."""
    shelf = env.shelf_if_any(told=False)
    try:
        found = _spelled_otherwise(sources, url, shelf) or (
            _gives_the_same(sources, haul, shelf) if haul else None
        )
    finally:
        if shelf is not None:
            shelf.close()
    known = f'{address} is followed already, as "{found[0]}"{found[1]}; nothing was changed' if found else ""
    if known and not look_only:
        raise UsageError(f"{known}. --force adds it all the same")
    return known


def _spelled_otherwise(sources: Sequence[Source], url: str, shelf: Shelf | None) -> tuple[str, str] | None:
    """Scheme, `www.`, a final slash and what only counts visitors make no other address."""
    wanted = address_key(url)
    moved = {s["id"]: s.get("polled_at") or "" for s in shelf.sources()} if shelf else {}
    for source in sources:
        if wanted in (address_key(source.url), address_key(str(moved.get(source.id, "")))):
            return source.id, "" if source.url == url else f" ({source.url})"
    return None


def _gives_the_same(sources: Sequence[Source], haul: Haul, shelf: Shelf | None) -> tuple[str, str] | None:
    """The feed behind a page that is followed, or the page before a feed, has the same releases."""
    newest = sorted(haul.harvest.prepared, key=lambda p: p.published or _LONG_AGO, reverse=True)[:NEWEST]
    urls = {p.url for p in newest} - {""}
    found = shelf.sources_of(urls) if shelf is not None and len(urls) >= LEAST else {}
    for source in sources:
        same = found.get(source.id, 0)
        if same >= LEAST and same >= SHARE * len(urls):
            return source.id, f" ({source.url}), which gave {same} of its {len(urls)} newest releases"
    return None
