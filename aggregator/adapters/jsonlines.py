"""JSON Lines: one release a line, as other programs export them.

    {"url", "title", "text" or "html", "published", "company", "language", "summary", "id", "source"}

All but ``text`` or ``html`` may be missing. ``source`` names the source that a line belongs to; the
command line takes files apart by it before they come here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Problem, Source
from aggregator.text import digest, one_line

LONGEST = 5_000_000
"""Bytes of one line."""


def read(document: Document, _source: Source) -> Iterator[Draft | Problem]:
    """One draft a line; a line that is none is a problem that names it.

    Raises `ReadError` ``empty`` where there is nothing at all.
    """
    if not document.content.strip():
        raise ReadError("empty", f"{document.key or document.url}: the file is empty")
    return _lines(document)


def _lines(document: Document) -> Iterator[Draft | Problem]:
    seen: set[str] = set()
    for number, line in enumerate(document.content.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{document.key or document.url}:{number}"
        try:
            draft = _draft(_record(line), document)
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
        raise ReadError("broken", f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise ReadError("broken", f"not JSON: {one_line(str(error))[:200]}") from None
    if not isinstance(record, dict):
        raise ReadError("broken", 'not an object; write {"title": …, "text": …}')
    return record


def _draft(record: dict[str, Any], document: Document) -> Draft:
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
    )


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
