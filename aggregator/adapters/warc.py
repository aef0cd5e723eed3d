"""WARC archives (ISO 28500), also compressed: each page, feed, PDF document or text that a crawl brought home. The only
module that knows fastwarc, which is an extra.

A record is read by the adapter of what it holds, under its WARC-Target-URI; of an address that was fetched several
times only the last answer. WARC-Date is when it was fetched and never when anything was published. Answers other
than 200, requests, revisits (which hold no text) and pictures are passed over. Pure; records, their sizes and what
they unpack to are bounded here, time and memory by the worker that reads.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from aggregator.adapters import Item, load
from aggregator.adapters.discovery import looks_like
from aggregator.adapters.links import web_url
from aggregator.errors import ReadError
from aggregator.model import Document, Problem, Source

MAX_BYTES = 100_000_000
MAX_RECORD = 30_000_000
"""Bytes of one record, as stored and as unpacked."""
MAX_TEXTS = 10_000
MAX_UNPACKED = 500_000_000
"""Bytes of all records that are unpacked."""

MISSING = "WARC archives need the extra press-release-aggregator[warc]: `pip install fastwarc` (a checkout: .venv/bin/pip)"

_MAGIC = (b"WARC/", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
"""Plain, gzip, Zstandard, LZ4."""
_WANTED = re.compile(
    r"text/(?:html|plain|xml|markdown)|application/(?:pdf|json|feed\+json|xml|[\w.-]+\+xml)?"
)
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


@dataclass(frozen=True, slots=True)
class _Place:
    """One record that is wanted: where it stands and what it says of itself."""

    url: str
    number: int
    date: datetime


def read(document: Document, source: Source) -> Iterator[Item]:
    """The items of all texts of an archive, in its order.

    Raises ReadError: ``empty``, ``not_a_warc``, ``too_large``, ``broken``, ``no_text``, ``missing_extra``.
    """
    data = document.content
    if not data:
        raise ReadError("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; an archive may have {MAX_BYTES:,}: split it")
    if not data.startswith(_MAGIC):
        raise ReadError("not_a_warc", "this is no WARC archive, whatever it is called")
    try:
        import fastwarc.warc  # noqa: F401 - an extra
    except ImportError:
        raise ReadError("missing_extra", MISSING) from None
    wanted, problems = _survey(document)
    if not wanted:
        known = problems[0].detail if problems else ""
        raise ReadError("broken" if known else "no_text", known or "no page, feed or text is in the archive")
    return _items(document, source, wanted, problems)


def _survey(document: Document) -> tuple[dict[int, _Place], list[Problem]]:
    """The last answer of each address, by the number of its record; what of the archive is lost."""
    latest: dict[str, _Place] = {}
    problems: list[Problem] = []
    for number, record in _records(document, problems):
        url = web_url(str(record.headers.get("WARC-Target-URI") or "").strip("<>"))
        if not url or not _is_wanted(record) or urlsplit(url).path.lower().endswith((".warc", ".warc.gz")):
            continue  # an archive within an archive is never opened
        place = _Place(url, number, _date(record, document))
        if url not in latest and len(latest) >= MAX_TEXTS:
            detail = f"it holds more than {MAX_TEXTS:,} texts; the first were read"
            problems.append(Problem("too_many_items", detail, document.place))
            break
        if url not in latest or latest[url].date <= place.date:
            latest[url] = place
    return {place.number: place for place in latest.values()}, problems


def _items(
    document: Document, source: Source, wanted: dict[int, _Place], problems: list[Problem]
) -> Iterator[Item]:
    left = MAX_UNPACKED
    for number, record in _records(document, []):
        place = wanted.pop(number, None)
        if place is None:
            continue
        try:
            page = _page(record, place)
            left -= len(page.content)
            yield from load(_adapter(page))(page, source)
        except ReadError as error:
            yield Problem(error.reason, error.detail, place.url)
        if left < 0:
            problems.append(Problem("parse_limit", "it unpacks to too many bytes", document.place))
        if left < 0 or not wanted:
            break
    yield from problems
    if not document.complete and not problems:
        yield Problem("truncated", "the archive ends early", document.place)


def _records(document: Document, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    """Responses and resources with their numbers, as far as the archive can be read."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    try:
        records = ArchiveIterator(
            io.BytesIO(document.content), record_types=kinds, parse_http=True, max_header_len=100_000
        )
        yield from enumerate(records)
    except (OSError, ValueError, EOFError) as error:
        detail = f"the archive cannot be read to its end ({error}); what stands before is read"
        problems.append(Problem("truncated", detail, document.place))


def _is_wanted(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None and headers.status_code != 200:
        return False
    return bool(_WANTED.fullmatch(_media_type(record)))


def _media_type(record: Any) -> str:
    if record.http_headers is not None:
        return str(record.http_content_type or "").lower()
    return str(record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()


def _date(record: Any, document: Document) -> datetime:
    date = record.record_date
    if not isinstance(date, datetime):
        return document.fetched_at
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _page(record: Any, place: _Place) -> Document:
    """A record as if it had been fetched from its address just now."""
    if record.content_length > MAX_RECORD:
        raise ReadError("too_large", f"a record of {record.content_length:,} bytes")
    content = record.reader.read(MAX_RECORD)
    whole = len(content) >= record.content_length
    headers = record.http_headers
    if headers is not None:
        if "chunked" in str(headers.get("Transfer-Encoding") or "").lower():
            content = _joined(content)
        content = _unpacked(content, str(headers.get("Content-Encoding") or "").strip().lower())
    return Document(
        url=place.url, content=content, fetched_at=place.date, media_type=_media_type(record),
        charset=str(record.http_charset or "") if headers is not None else "", complete=whole,
    )  # fmt: skip


def _joined(content: bytes) -> bytes:
    """A body without its chunks' sizes. Crawlers that took them out leave the header as it was."""
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(content, at):
        size = int(found[1], 16)
        pieces.append(content[found.end() : found.end() + size])
        at = found.end() + size
        if not size or content[at : at + 2] != b"\r\n":
            break
        at += 2
    return b"".join(pieces) if pieces else content


def _unpacked(content: bytes, coding: str) -> bytes:
    """A body without its content coding; as it stands where a crawler had taken that off already."""
    unpackers: dict[str, Callable[[], Any]] = {
        "gzip": lambda: zlib.decompressobj(47),
        "x-gzip": lambda: zlib.decompressobj(47),
        "deflate": lambda: zlib.decompressobj(15 if content[:1] == b"\x78" else -15),
    }
    if coding in ("", "identity") or (coding.endswith("gzip") and not content.startswith(b"\x1f\x8b")):
        return content
    if coding not in unpackers:
        raise ReadError("encoding", f"its content coding {coding[:20]!r} is not read")
    unpacker = unpackers[coding]()
    try:
        made = bytes(unpacker.decompress(content, MAX_RECORD))
    except zlib.error as error:
        raise ReadError("broken", f"it cannot be unpacked ({error})") from None
    if unpacker.unconsumed_tail:
        raise ReadError("too_large", f"it unpacks to more than {MAX_RECORD:,} bytes")
    return made


def _adapter(page: Document) -> str:
    if page.media_type == "application/pdf" or page.content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    return "feed" if looks_like(page) == "feed" else "text"
