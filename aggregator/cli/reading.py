"""Files and addresses given on the command line, as documents with the source that they belong to."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.app import Batch, clock
from aggregator.cli.output import encodable, path_name
from aggregator.fetch import mailfiles
from aggregator.fetch.files import ARCHIVES, SUFFIXES, walk
from aggregator.model import Document, Problem, Source
from aggregator.text import digest, slug

if TYPE_CHECKING:
    from aggregator.fetch import Fetcher

_DOCUMENT_TYPES = ("message/rfc822", "application/pdf")

STDIN = "-"
"""The word for standard input."""

MOST_GIVEN = 20_000_000
"""Bytes that are read of it."""

BY_HAND = "by-hand"
"""Id of the source of whatever was ingested and names no source of its own."""


@dataclass
class _Shelf:
    batches: dict[tuple[str, str], Batch] = field(default_factory=dict)

    def put(self, source: Source, document: Document | None, problem: Problem | None = None) -> None:
        batch = self.batches.setdefault((source.id, source.adapter), Batch(source))
        if document is not None:
            batch.documents.append(document)
        if problem is not None:
            batch.problems.append(problem)


def batches(paths: Iterable[str | Path], company: str = "") -> list[Batch]:
    """What the given files and folders hold, by source. A line of JSON may name its own source."""
    shelf = _Shelf()
    for document in documents(paths):
        if isinstance(document, Problem):
            shelf.put(_source("text", company), None, document)
        elif is_json_lines(document):
            for name, part in _by_source(document):
                shelf.put(_source("jsonlines", company, name), part)
        else:
            # Two texts of standard input are two: they are told apart by what they say.
            own = f"{STDIN}{digest(document.content).hex()[:16]}" if document.key == STDIN else document.key
            shelf.put(_source(adapter_of(document), company), replace(document, key=own))
    return list(shelf.batches.values())


def documents(paths: Iterable[str | Path]) -> Iterator[Document | Problem]:
    """The files, keyed by their full path: two of the same name in two folders are two. The word ``-`` is
    standard input, and its key."""
    for path in paths:
        if path == STDIN:
            yield _given()
            continue
        root = Path(path).resolve()
        if not encodable(str(root)):
            name = path_name(path)
            yield Problem("unreadable", f"{name}: its path is not valid UTF-8: rename it", name)
            continue
        if mailfiles.is_mailbox(root):
            yield from _mails(root)
            continue
        for item in walk(root, known={}, now=clock(), suffixes=_suffixes(root), settle=0.0):
            if isinstance(item, Document):
                where = root if root.is_file() else root / item.key
                yield replace(item, key=where.as_posix())
            else:
                yield item


def _mails(root: Path) -> Iterator[Document | Problem]:
    """Each mail of a mailbox, as a document of its own."""
    for item in mailfiles.walk(root, known={}, now=clock(), settle=0.0):
        if isinstance(item, Document):
            yield replace(item, key=f"{root.as_posix()}#{item.key.rpartition('#')[2]}")
        elif isinstance(item, Problem):
            yield item


def _given() -> Document | Problem:
    """Standard input as a document, with the type that its bytes have: there is no name that tells it."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return Problem("unreadable", "standard input is closed", STDIN)
    try:
        content = stream.read(MOST_GIVEN + 1)
    except OSError as error:
        return Problem("unreadable", f"standard input: {(error.strerror or 'error').lower()}", STDIN)
    if len(content) > MOST_GIVEN:
        return Problem("too_large", f"larger than {MOST_GIVEN:,} bytes: split it", STDIN)
    found = Document(url="", content=content, fetched_at=clock(), key=STDIN)
    return replace(found, media_type=_sniffed(found))


def _sniffed(document: Document) -> str:
    """The type of what the text adapter would not tell from a text: pages and feeds it tells itself."""
    from aggregator.adapters.discovery import looks_like

    if _begins_as_pdf(document):
        return "application/pdf"
    if looks_like(document) == "json":
        return "application/jsonl"
    head = _MAIL_HEAD.match(document.content[:100_000].lstrip())
    names = {name.lower() for name in _HEADER.findall(head[0])} if head else set()
    return "message/rfc822" if b"from" in names and names & _ONLY_IN_MAILS else ""


_HEADER = re.compile(rb"^([A-Za-z][\w-]{1,60}):", re.MULTILINE)
_MAIL_HEAD = re.compile(
    rb"(?:From [^\r\n]{1,300}\r?\n)?(?:[A-Za-z][\w-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}"
)
_ONLY_IN_MAILS = {
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"content-type",
    b"delivered-to",
}
"""A text may begin with ``From:`` and ``Subject:`` too; these headers nobody types."""


def _suffixes(path: Path) -> tuple[str, ...]:
    """A file that is named outright is read whatever it is called."""
    return (path.suffix.lower(),) if path.is_file() else SUFFIXES


def _source(adapter: str, company: str, name: str = "") -> Source:
    """One source for each company that was named: whose texts they are is asked again when they are
    read again with other rules."""
    id = slug(name, limit=40) if name else BY_HAND
    if company:
        id = f"{id}-{slug(company, limit=18)}"
    return Source(id=id, adapter=adapter, url="", title=name or "Read by hand", company=company)


def _is_feed(document: Document) -> bool:
    from aggregator.adapters.discovery import looks_like

    return looks_like(document) == "feed"


def is_json_lines(document: Document) -> bool:
    named = document.key.lower().endswith((".jsonl", ".json")) or (
        document.key == STDIN and document.media_type == "application/jsonl"
    )
    return named and not _is_feed(document)


def adapter_of(document: Document) -> str:
    """Which adapter reads a document that comes without a source."""
    name = (document.key or urlsplit(document.url).path).lower()
    if (
        name.endswith((".txt", ".text", ".md", ".markdown", ".html", ".htm"))
        and document.media_type not in _DOCUMENT_TYPES
    ):
        return "text"
    if name.endswith(".eml") or document.media_type == "message/rfc822":
        return "email"
    if name.endswith(".pdf") or document.media_type == "application/pdf" or _begins_as_pdf(document):
        return "pdf"
    if name.endswith(ARCHIVES) or document.media_type == "application/warc":
        return "warc"
    return "feed" if _is_feed(document) else "text"


def _begins_as_pdf(document: Document) -> bool:
    """Servers send PDF documents as ``application/octet-stream`` too."""
    return document.content[:1024].lstrip().startswith(b"%PDF-")


def _by_source(document: Document) -> Iterator[tuple[str, Document]]:
    """A JSON Lines file taken apart by the sources that its lines name. Each part keeps the others'
    lines empty, so that a problem names the line of the file."""
    from aggregator.adapters.jsonlines import lines

    found = lines(document.content)
    names = [_name(line) for line in found]
    for name in dict.fromkeys(names):
        own = [line if owner == name else b"" for line, owner in zip(found, names, strict=True)]
        if any(own):
            yield name, replace(document, content=b"\n".join(own))


def _name(line: bytes) -> str:
    try:
        record = json.loads(line)
        return str(record.get("source") or "") if isinstance(record, dict) else ""
    except ValueError:
        return ""


async def fetched(address: str, fetcher: Fetcher, *, allow_private: bool = False) -> Document:
    """The document at an address. Raises `FetchError`."""
    from aggregator.fetch import Request, Unchanged

    answer = await fetcher.fetch(Request(url=address, allow_private=allow_private))
    assert not isinstance(answer, Unchanged)
    return answer
