"""Files and addresses given on the command line, as documents with the source that they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.app import Batch, clock
from aggregator.cli.output import encodable, path_name
from aggregator.fetch.files import walk
from aggregator.model import Document, Problem, Source
from aggregator.text import slug

if TYPE_CHECKING:
    from aggregator.fetch import Fetcher

SUFFIXES = (".txt", ".md", ".html", ".htm", ".eml", ".pdf", ".jsonl", ".json", ".xml", ".rss", ".atom")

_DOCUMENT_TYPES = ("message/rfc822", "application/pdf")

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


def batches(paths: Iterable[Path], company: str = "") -> list[Batch]:
    """What the given files and folders hold, by source. A line of JSON may name its own source."""
    shelf = _Shelf()
    for document in documents(paths):
        if isinstance(document, Problem):
            shelf.put(_source("text", company), None, document)
        elif document.key.lower().endswith((".jsonl", ".json")) and not _is_feed(document):
            for name, part in _by_source(document):
                shelf.put(_source("jsonlines", company, name), part)
        else:
            shelf.put(_source(adapter_of(document), company), document)
    return list(shelf.batches.values())


def documents(paths: Iterable[Path]) -> Iterator[Document | Problem]:
    """The files, keyed by their full path: two of the same name in two folders are two."""
    for path in paths:
        root = path.resolve()
        if not encodable(str(root)):
            name = path_name(path)
            yield Problem("unreadable", f"{name}: its path is not valid UTF-8: rename it", name)
            continue
        for item in walk(root, known={}, now=clock(), suffixes=_suffixes(root), settle=0.0):
            if isinstance(item, Document):
                where = root if root.is_file() else root / item.key
                yield replace(item, key=where.as_posix())
            else:
                yield item


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


def adapter_of(document: Document) -> str:
    """Which adapter reads a document that comes without a source."""
    name = (document.key or urlsplit(document.url).path).lower()
    if name.endswith((".txt", ".md", ".html", ".htm")) and document.media_type not in _DOCUMENT_TYPES:
        return "text"
    if name.endswith(".eml") or document.media_type == "message/rfc822":
        return "email"
    if name.endswith(".pdf") or document.media_type == "application/pdf" or _begins_as_pdf(document):
        return "pdf"
    return "feed" if _is_feed(document) else "text"


def _begins_as_pdf(document: Document) -> bool:
    """Servers send PDF documents as ``application/octet-stream`` too."""
    return document.content[:1024].lstrip().startswith(b"%PDF-")


def _by_source(document: Document) -> Iterator[tuple[str, Document]]:
    """A JSON Lines file taken apart by the sources that its lines name. Each part keeps the others'
    lines empty, so that a problem names the line of the file."""
    lines = _lines(document.content)
    names = [_name(line) for line in lines]
    for name in dict.fromkeys(names):
        own = [line if owner == name else b"" for line, owner in zip(lines, names, strict=True)]
        if any(own):
            yield name, replace(document, content=b"\n".join(own))


def _lines(content: bytes) -> list[bytes]:
    if content.lstrip().startswith(b"["):
        try:
            return [json.dumps(item).encode() for item in json.loads(content)]
        except ValueError:
            pass
    return content.splitlines()


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
