"""The pages that lists led to: what is known of each, and when it is looked at again.

A page is asked for when its list shows it first, again when the list says something else of it, and
besides after twice the time each time, for corrections are made in place. What could not be had waits
here for a later poll, so that a long list is read over several polls and a page that fails is not lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from aggregator.store.database import moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One page, or one piece of a list (`part`)."""

    url: str
    reader: str
    part: bool = False
    listed: bytes = b""
    """What the list says of it: an encoded draft, or nothing."""
    digest: bytes = b""
    """Of what the list says."""
    content: bytes = b""
    """Digest of the bytes that were read last; empty where none were."""
    etag: str = ""
    last_modified: str = ""
    first_at: datetime
    """When it was seen first."""
    fetched_at: datetime | None = None
    """When it was had last."""
    tries: int = 0
    """Attempts in a row that failed."""
    reason: str = ""
    """Why the last one did."""
    due: datetime | None = None
    """When it is asked for next; None where it is not any more."""


_COLUMNS = "url, reader, part, listed, digest, content, etag, last_modified, first_at, fetched_at, tries, reason, due"


def due(c: sqlite3.Connection, source: str, now: datetime, limit: int) -> list[Followed]:
    """The pages of a source that wait to be asked for, those never had first, and all parts of its list."""
    rows = c.execute(
        f"SELECT {_COLUMNS} FROM followed WHERE source = ? AND due != '' AND due <= ?"  # noqa: S608 - columns are ours
        " ORDER BY part DESC, fetched_at != '', first_at DESC, id LIMIT ?",
        (source, stamp(now), limit),
    )
    return [_followed(row) for row in rows]


def of(c: sqlite3.Connection, source: str, urls: Iterable[str]) -> dict[str, Followed]:
    """What is known of these addresses, by address."""
    rows = c.execute(
        f"SELECT {_COLUMNS} FROM followed WHERE source = ? AND url IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
        (source, json.dumps(list(urls))),
    )
    return {row[0]: _followed(row) for row in rows}


def save(c: sqlite3.Connection, source: str, pages: Iterable[Followed]) -> None:
    c.executemany(
        f"INSERT INTO followed (source, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608 - columns are ours
        " ON CONFLICT (source, url) DO UPDATE SET reader = excluded.reader, part = excluded.part,"
        " listed = excluded.listed, digest = excluded.digest, content = excluded.content, etag = excluded.etag,"
        " last_modified = excluded.last_modified, fetched_at = excluded.fetched_at, tries = excluded.tries,"
        " reason = excluded.reason, due = excluded.due",
        [
            (source, p.url, p.reader, p.part, p.listed, p.digest, p.content, p.etag, p.last_modified,
             stamp(p.first_at), stamp(p.fetched_at) if p.fetched_at else "", p.tries, p.reason[:200],
             stamp(p.due) if p.due else "")
            for p in pages
        ],
    )  # fmt: skip


def drop_parts(c: sqlite3.Connection, source: str, kept: Collection[str]) -> None:
    """Forget the pieces that a list no longer names."""
    c.execute(
        "DELETE FROM followed WHERE source = ? AND part = 1 AND url NOT IN (SELECT value FROM json_each(?))",
        (source, json.dumps(list(kept))),
    )


def untried(c: sqlite3.Connection, source: str) -> int:
    """Pages of a source that nobody has asked for so far: of a long list, those that wait their turn."""
    row = c.execute(
        "SELECT count(*) FROM followed WHERE source = ? AND part = 0 AND fetched_at = '' AND due != '' AND tries = 0",
        (source,),
    )
    return int(row.fetchone()[0])


def forget(c: sqlite3.Connection, source: str, url: str) -> None:
    """The item has another page now."""
    c.execute("DELETE FROM followed WHERE source = ? AND url = ? AND part = 0", (source, url))


def _followed(row: tuple[object, ...]) -> Followed:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for name in ("first_at", "fetched_at", "due"):
        values[name] = moment(str(values[name])) if values[name] else None
    return Followed(**values | {"part": bool(values["part"])})  # type: ignore[arg-type]
