"""Mailboxes of this machine as documents: Maildir, mbox, and folders of them and of ``.eml`` files.

A mailbox is only looked at: nothing in it is written, moved, flagged or locked for others. A mail keeps its
key whatever is done with it there: in a Maildir its unique name without folder and flags (a mail that was
read moves from ``new`` to ``cur``), in an mbox a digest of its text without the lines in which mail
programs keep their notes. What identifies the release in it is the adapter's business.
"""

from __future__ import annotations

import fcntl
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from aggregator.fetch import files
from aggregator.model import Document, Problem
from aggregator.text import digest, mail_digest

MAX_BYTES = 30_000_000
"""Bytes of one mail; as many as the adapter reads."""

_STALE_LOCK = 600.0
"""Seconds after which a lock file was left behind by a program that died."""
_TAIL = 4096
"""Bytes before the place up to which an mbox was read that must be what they were."""
_PIECE = 65_536

_FROM = re.compile(rb"From \S.*\d\d:\d\d")
_QUOTED_FROM = re.compile(rb">+From ")


class Known(Protocol):
    """What is remembered of a document (`store.DocumentState`)."""

    @property
    def etag(self) -> str: ...
    @property
    def last_modified(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a mailbox was read. To be remembered only when all that came before it was."""

    key: str
    etag: str
    """Which mailbox it is about: size and time of a file, UIDVALIDITY of a server."""
    position: str


Item = Document | Problem | Mark


def is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir."""
    return all((path / part).is_dir() for part in ("new", "cur"))


def is_mbox(path: Path) -> bool:
    """Whether a file is an mbox: it begins with a line of an envelope."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _FROM.match(file.readline(1000)) is not None
    except OSError:
        return False


def is_mailbox(path: Path) -> bool:
    """Whether there is one mailbox at this path, whatever its source's adapter is called."""
    return is_maildir(path) or is_mbox(path)


def walk(root: Path, *, known: Mapping[str, Known], now: datetime, settle: float = 2.0) -> Iterator[Item]:
    """The mails at ``root`` that are not known: a Maildir, an mbox, a ``.eml`` file, or a folder of such.

    The folders that a Maildir keeps within itself (``.Trash``, ``.Sent``) are mailboxes of their own: name them as
    sources. An mbox that changed within the last ``settle`` seconds, or that somebody has locked, is left for
    the next poll. Raises FetchError ``missing`` and ``unreadable`` as `files.walk` does.
    """
    etags = {key: state.etag for key, state in known.items()}
    if is_maildir(root):
        yield from _maildir(root, "", known, now)
    elif is_mbox(root):
        yield from _mbox(root, root.name, known, now, settle)
    else:
        for item in files.walk(root, known=etags, now=now, suffixes=(".eml",), settle=settle):
            if not (isinstance(item, Problem) and item.reason == files.UNKNOWN):
                yield item
        if root.is_dir():
            yield from _boxes(root, root, known, now, settle)


def _boxes(
    folder: Path, root: Path, known: Mapping[str, Known], now: datetime, settle: float
) -> Iterator[Item]:
    """The mailboxes below a folder. Links are not followed; a folder that cannot be read was told of by `files`."""
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.is_symlink() or path.suffix.lower() in (".eml", ".lock"):
                continue
            key = path.relative_to(root).as_posix()
            if not _is_text(key):
                yield _problem(key, "its name is not valid UTF-8: rename it")
            elif path.is_dir():
                box = is_maildir(path)
                yield from _maildir(path, key, known, now) if box else _boxes(path, root, known, now, settle)
            elif is_mbox(path):
                yield from _mbox(path, key, known, now, settle)


# -- Maildir -----------------------------------------------------------------------------------------


def _maildir(box: Path, name: str, known: Mapping[str, Known], now: datetime) -> Iterator[Item]:
    """Mails are put in place whole (written in ``tmp``, then renamed) and never change: no need to wait."""
    done = set[str]()
    for part in ("new", "cur"):  # in the order in which mails move
        try:
            names = sorted(os.listdir(box / part))  # noqa: PTH208 - names alone, of perhaps 100,000
        except OSError as error:
            yield _problem(f"{name}#{part}", f"{box / part}: {files.said(error)}: make it readable")
            continue
        for file in names:
            unique, _, flags = file.partition(":")
            key = f"{name}#{unique}"
            # T: thrown away; D: a draft of one's own (cr.yp.to/proto/maildir.html).
            if (
                file.startswith(".")
                or key in known
                or key in done
                or set("TD") & set(flags.partition(",")[2])
            ):
                continue
            done.add(key)
            if (item := _mail(box / part / file, key, now)) is not None:
                yield item


def _mail(path: Path, key: str, now: datetime) -> Document | Problem | None:
    try:
        key.encode()
        with path.open("rb") as file:
            seen = os.fstat(file.fileno())
            if not stat.S_ISREG(seen.st_mode):
                return None
            if seen.st_size > MAX_BYTES:
                return _too_large(key, seen.st_size)
            return _document(path, key, file.read(MAX_BYTES), now)
    except FileNotFoundError:
        return None  # it was moved or deleted meanwhile; the next poll sees
    except (OSError, UnicodeError) as error:
        said = files.said(error) if isinstance(error, OSError) else "its name is not valid UTF-8"
        return _problem(key, f"{said}: make it readable or take it away")


# -- mbox --------------------------------------------------------------------------------------------


def _mbox(path: Path, key: str, known: Mapping[str, Known], now: datetime, settle: float) -> Iterator[Item]:
    """The mails behind the place up to which the file was read before, if that part is what it was."""
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            etag = f"{before.st_size}-{before.st_mtime_ns}"
            state = known.get(key)
            if state is not None and state.etag == etag:
                return
            if abs(now.timestamp() - before.st_mtime) < settle or _is_locked(path, file, now):
                return
            file.seek(_resumed(file, state.last_modified if state else "", before.st_size))
            for content in messages(file, MAX_BYTES):
                if file.tell() >= before.st_size and _changed(path, before):
                    return  # the last mail may be half a mail; the next poll reads on
                yield from _new(content, path, key, known, now)
            if not _changed(path, before):
                yield Mark(key, etag, f"{before.st_size}:{_tail(file, before.st_size)}")
    except OSError as error:
        yield _problem(key, f"{files.said(error)}: make it readable or take it away")


def _new(
    content: bytes | int, path: Path, key: str, known: Mapping[str, Known], now: datetime
) -> Iterator[Item]:
    if isinstance(content, int):
        yield _too_large(f"{key}#{content}", content)
        return
    name = f"{key}#{mail_digest(content).hex()[:24]}"
    if name not in known:
        yield _document(path, name, content, now)


def messages(file: BinaryIO, most: int) -> Iterator[bytes | int]:
    """The mails of an mbox from here on; of one that is larger than ``most`` bytes its size.

    A mail begins with an envelope's line behind an empty one; ``>From`` loses the sign that was put before it.
    """
    lines: list[bytes] = []
    size, begun, blank, fresh = 0, False, True, True
    while line := file.readline(_PIECE):
        if fresh and blank and _FROM.match(line):
            if begun:
                yield size if size > most else b"".join(lines)
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= most:
                lines.append(line[1:] if fresh and _QUOTED_FROM.match(line) else line)
        blank = fresh and not line.strip(b"\r\n")
        fresh = line.endswith(b"\n")
    if begun:
        yield size if size > most else b"".join(lines)


def _resumed(file: BinaryIO, position: str, size: int) -> int:
    """Where to read on; 0 where the file is not the one that was read."""
    offset, _, tail = position.partition(":")
    start = int(offset) if offset.isdigit() else 0
    if not 0 < start <= size or _tail(file, start) != tail:
        return 0
    file.seek(start)
    ahead = file.read(200).lstrip(b"\r\n")
    return start if not ahead or _FROM.match(ahead) else 0


def _tail(file: BinaryIO, end: int) -> str:
    file.seek(max(0, end - _TAIL))
    return digest(file.read(min(end, _TAIL))).hex()


def _changed(path: Path, before: os.stat_result) -> bool:
    now = path.stat()
    return (now.st_size, now.st_mtime_ns, now.st_ino) != (before.st_size, before.st_mtime_ns, before.st_ino)


def _is_locked(path: Path, file: BinaryIO, now: datetime) -> bool:
    """Whether a mail program is writing: a lock file beside it, or a lock of the system in either way."""
    with suppress(OSError):
        age = now.timestamp() - path.with_name(path.name + ".lock").stat().st_mtime
        if age < _STALE_LOCK:
            return True
    # Asked for and given back at once: a lock of ours would keep mail from being delivered.
    for lock in (fcntl.flock, fcntl.lockf):
        try:
            lock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            lock(file, fcntl.LOCK_UN)
        except BlockingIOError:
            return True
        except OSError:
            continue  # a file system without locks
    return False


# -- what comes of it --------------------------------------------------------------------------------


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _document(path: Path, key: str, content: bytes, now: datetime) -> Document:
    url = f"mailbox://{path.resolve().as_uri().removeprefix('file://')}"
    return Document(url=url, content=content, fetched_at=now, media_type="message/rfc822", key=key)


def _too_large(key: str, size: int) -> Problem:
    return _problem(key, f"a mail of {size:,} bytes; at most {MAX_BYTES:,} are read", "too_large")


def _problem(key: str, detail: str, reason: str = "unreadable") -> Problem:
    name = key.encode("utf-8", "backslashreplace").decode()
    return Problem(reason, f"{name}: {detail}", name)
