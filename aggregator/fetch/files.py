"""Folders and single files as documents. The only part of this room that reads a file system.

A folder is a source like any other: what is there and new is yielded, what cannot be read is named,
and one bad file never hides its neighbours.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar

from aggregator.errors import FetchError
from aggregator.model import Document, Problem
from aggregator.text import one_line

SUFFIXES = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".pdf", ".jsonl", ".json", ".xml", ".rss",
    ".atom", ".warc", ".warc.gz",
)  # fmt: skip
"""What the adapter `text` reads or hands over."""
HANDFUL, HANDFUL_BYTES = 400, 32_000_000
"""Files of a folder that are read at once."""
T = TypeVar("T")
ARCHIVES = (".warc", ".warc.gz")
_MAX_ARCHIVE = 100_000_000
_UNFINISHED = ("~", ".part", ".partial", ".filepart", ".crdownload", ".tmp", ".swp")
_WRITINGS = (".doc", ".docx", ".odt", ".rtf", ".pages", ".msg", ".epub", ".mbox", ".zip")
"""Files that may hold releases and are not read: they are told of wherever they lie."""
UNKNOWN = "unknown_type"
_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".markdown": "text/markdown",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".eml": "message/rfc822",
    ".pdf": "application/pdf",
    ".warc": "application/warc",
}


def walk(
    root: Path,
    *,
    known: Mapping[str, str],
    now: datetime,
    suffixes: tuple[str, ...] = SUFFIXES,
    max_bytes: int = 20_000_000,
    settle: float = 2.0,
) -> Iterator[Document | Problem]:
    """The new and changed files under ``root`` in order of their paths, or ``root`` itself if it is a file.

    A document's ``key`` is its path relative to ``root`` with forward slashes (the file's name for a single
    file), its ``etag`` is size and modification time. A file whose ``known[key]`` is that etag is not read.
    Hidden and unfinished files are passed over, as are files changed within the last ``settle`` seconds
    before ``now``: somebody may still be writing them, and the next poll finds them. A single file
    that was named explicitly is read whatever its suffix. Links that lead out of ``root`` are not followed; links
    to folders never are. At the end a Problem ``unknown_type`` names the suffixes of files that are not read:
    documents of word processors, and everything where nothing else lies.

    Raises FetchError ``missing`` at once if there is no such place, ``unreadable`` if it is neither a
    folder nor a file.
    """
    try:
        mode = root.stat().st_mode
    except OSError as error:
        detail = f"there is no such folder or file ({said(error)}): create it or correct the path"
        raise FetchError(printable(root), "missing", detail) from error
    if stat.S_ISREG(mode):
        found: Iterator[Path | Problem] = iter([root])
        base = root.parent
    elif stat.S_ISDIR(mode):
        found, base = _wanted(root, suffixes), root
    else:
        raise FetchError(printable(root), "unreadable", "it is neither a folder nor a regular file")
    return _read_all(found, base, known, now, max_bytes, settle)


def media_type(name: str) -> str:
    """The type that a file's suffix stands for; empty for an unknown one."""
    if name.lower().endswith(ARCHIVES):
        return "application/warc"
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "")


def _read_all(
    found: Iterator[Path | Problem],
    base: Path,
    known: Mapping[str, str],
    now: datetime,
    max_bytes: int,
    settle: float,
) -> Iterator[Document | Problem]:
    for path in found:
        if isinstance(path, Problem):
            yield path
            continue
        key = path.relative_to(base).as_posix()
        try:
            key.encode()
            outcome = _read(path, key, known.get(key, ""), now, max_bytes, settle)
        except UnicodeEncodeError:
            outcome = _problem(path, "its name is not valid UTF-8: rename it")
        except OSError as error:
            outcome = _problem(path, f"{said(error)}: make it readable or take it away")
        if outcome is not None:
            yield outcome


def _wanted(root: Path, suffixes: tuple[str, ...]) -> Iterator[Path | Problem]:
    """The wanted files of a folder, then what else lies there: all of it where nothing is wanted."""
    others: Counter[str] = Counter()
    any_wanted = False
    for path in _found(root, root.resolve()):
        if isinstance(path, Problem) or path.name.lower().endswith(suffixes):
            any_wanted = any_wanted or not isinstance(path, Problem)
            yield path
        else:
            others[path.suffix.lower()] += 1
    told = {suffix: n for suffix, n in others.items() if not any_wanted or suffix in _WRITINGS}
    if told:
        listed = ", ".join(f"{n} {suffix or 'without a suffix'}" for suffix, n in sorted(told.items())[:10])
        detail = f"files that are not read: {listed}; save them as {', '.join(suffixes)}"
        yield _problem(root, detail, UNKNOWN)


def _found(folder: Path, inside: Path) -> Iterator[Path | Problem]:
    """Paths of files below a folder, sorted by name at each level."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield _problem(folder, f"{said(error)}: make the folder readable or take it away")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
            continue
        if entry.is_symlink() and (stray := _stray(path, inside)) is not None:
            yield stray
        elif entry.is_dir(follow_symlinks=False):
            yield from _found(path, inside)
        elif not entry.is_dir():
            yield path


def _stray(link: Path, inside: Path) -> Problem | None:
    """What is wrong with a link, if anything: it may lead to nothing, in a circle, or out of the root."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle, before Python 3.13
        return _problem(link, "the link leads nowhere: mend it or take it away")
    if target.is_relative_to(inside):
        return None
    return _problem(link, "the link leads out of the folder: add its target as a source of its own")


def _read(
    path: Path, key: str, known: str, now: datetime, max_bytes: int, settle: float
) -> Document | Problem | None:
    """The file as a document; None where there is nothing to do; OSError where it cannot be read."""
    seen = path.stat()
    if not stat.S_ISREG(seen.st_mode):
        return _problem(path, "it is not a regular file: take it away")
    if _etag(seen) == known or abs(now.timestamp() - seen.st_mtime) < settle:
        return None
    if path.name.lower().endswith(ARCHIVES):
        max_bytes = max(max_bytes, _MAX_ARCHIVE)
    with path.open("rb") as file:
        seen = os.fstat(file.fileno())
        content = file.read(max_bytes + 1) if seen.st_size <= max_bytes else b""
        if _etag(os.fstat(file.fileno())) != _etag(seen) and settle:
            return None  # it grew meanwhile
    if max(seen.st_size, len(content)) > max_bytes:
        return _problem(path, f"larger than {max_bytes:,} bytes: split it or take it away", "too_large")
    return Document(
        url=path.resolve().as_uri(),
        content=content,
        fetched_at=now,
        media_type=media_type(path.name),
        etag=_etag(seen),
        key=key,
    )


def _etag(seen: os.stat_result) -> str:
    return f"{seen.st_size}-{seen.st_mtime_ns}"


def _problem(path: Path, detail: str, reason: str = "unreadable") -> Problem:
    name = printable(path)
    return Problem(reason, f"{name}: {detail}", name)


def printable(path: Path) -> str:
    return one_line(os.fsencode(path).decode("utf-8", "backslashreplace"))


def said(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def handful(files: Iterator[T]) -> list[T]:
    """The next files of a folder, or mails of a mailbox, at most `HANDFUL` or `HANDFUL_BYTES` of them."""
    items: list[T] = []
    size = 0
    for item in files:
        items.append(item)
        size += len(item.content) if isinstance(item, Document) else 0
        if len(items) >= HANDFUL or size >= HANDFUL_BYTES:
            break
    return items
