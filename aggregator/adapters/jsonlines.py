"""JSON Lines: one release a line, as other programs export them.

    {"url", "title", "text" or "html", "published", "company", "language", "summary", "id", "source"}

A file that is one JSON array of such objects is read as well. All but ``text`` or ``html`` may be
missing. ``source`` names the source that a line belongs to; the
command line takes files apart by it before they come here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Problem, Source
from aggregator.reading.dates import parse_date
from aggregator.text import digest, one_line

LONGEST = 5_000_000
"""Bytes of one line."""


SPREAD = 'this is JSON over several lines; JSON Lines are expected, one object {"title": …, "text": …} a line'


def read(document: Document, source: Source) -> Iterator[Draft | Problem]:
    """One draft a line; a line that is none is a problem that names it.

    Raises `ReadError` ``empty`` where there is nothing at all, ``broken`` where one object goes over several lines.
    """
    if not document.content.strip():
        raise ReadError("empty", f"{document.key or document.url}: the file is empty")
    found = lines(document.content)
    if _is_spread(found):
        raise ReadError("broken", SPREAD)
    return _read(document, found, source)


def lines(content: bytes) -> list[bytes]:
    """The lines of a file; of one that is a JSON array, one line for each item."""
    if content.lstrip().startswith(b"["):
        try:
            return [json.dumps(item).encode() for item in json.loads(content)]
        except (ValueError, RecursionError):
            pass
    return content.splitlines()


def _is_spread(found: Sequence[bytes]) -> bool:
    """Whether this is JSON as editors and `jq` lay it out: its first line alone is none, the whole is."""
    said = [line.strip() for line in found if line.strip()]
    if len(said) < 2:
        return False
    if said[0] in (b"{", b"[", b"[{"):
        return True
    return not _is_json(said[0]) and _is_json(b"\n".join(said))


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _read(document: Document, found: Sequence[bytes], source: Source) -> Iterator[Draft | Problem]:
    seen: set[str] = set()
    for number, line in enumerate(found, 1):
        if not line.strip():
            continue
        where = f"{document.key or document.url}:{number}"
        try:
            draft = _draft(_record(line), document, source)
        except ReadError as error:
            yield Problem(error.reason, f"{where}: {error.detail}", where)
            continue
        if draft.key in seen:
            yield Problem(
                "duplicate", f"{where}: a line before has the same id or address; give it an own id", where
            )
            continue
        seen.add(draft.key)
        yield draft


def _record(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise ReadError("too_large", f"a line of {len(line)} bytes; at most {LONGEST} are read")
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(
            "broken", f"not JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
        ) from None
    except (ValueError, RecursionError) as error:
        raise ReadError("broken", f"not JSON: {one_line(str(error))[:200]}") from None
    if not isinstance(record, dict):
        raise ReadError("broken", 'not an object; write {"title": …, "text": …}')
    return record


def _draft(record: dict[str, Any], document: Document, source: Source) -> Draft:
    content, content_type = _content(record)
    url, title = _string(record, "url"), _string(record, "title")
    fallback = digest(f"{title}\n{content}".encode("utf-8", "surrogatepass")).hex()
    return Draft(
        key=_string(record, "id") or url or fallback,
        content=content,
        content_type=content_type,
        fetched_at=document.fetched_at,
        url=url,
        base=url,
        title=title,
        summary=_string(record, "summary"),
        published=_string(record, "published"),
        updated=_string(record, "updated"),
        language=_string(record, "language"),
        company=_string(record, "company"),
        notes=tuple(_undated(record, source)),
    )


def _undated(record: dict[str, Any], source: Source) -> Iterator[str]:
    """What a record calls a date and nobody can read as one: it is left out, which has to be told."""
    for name in ("published", "updated"):
        value = _string(record, name)
        if value.strip() and parse_date(value, day_first=source.day_first, tz=source.timezone) is None:
            yield f'"{name}" is no date that can be read: {one_line(value)[:80]!r}'


def _content(record: dict[str, Any]) -> tuple[str, Literal["text/plain", "text/html"]]:
    html, text = _string(record, "html"), _string(record, "text")
    if html.strip():
        return html, "text/html"
    if text.strip():
        return text, "text/plain"
    raise ReadError("empty", 'neither "text" nor "html" says anything')


def _string(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    raise ReadError("broken", f'"{name}" is no string')
