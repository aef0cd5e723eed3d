"""What is published, held ready to be sent: bytes, gzip, ETag and headers by path.

The table is the allowlist: an address is looked up in it and never joined to a path, so there is no
way out of the folder. A file is read when it is first asked for and kept; whether it has changed is
looked at no more than once a second, and only for what is asked for, so the cost of a request does
not grow with the number of feeds.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import blake2b
from pathlib import Path

Headers = list[tuple[bytes, bytes]]

ATOM = b"application/atom+xml; charset=utf-8"
_TYPES = {
    "atom": ATOM,
    "opml": b"text/x-opml; charset=utf-8",
    "html": b"text/html; charset=utf-8",
    "css": b"text/css; charset=utf-8",
}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*\.(atom|opml|html|css)")
_FOLDER = re.compile(r"[a-z][a-z0-9-]*")
_CACHE = b"public, max-age=300"
POLICY = b"default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""No script, frame, image or connection; the index page narrows its style down to a hash."""
FIXED: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", POLICY + b"; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]
"""What every answer carries."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a file, with the headers of both answers that it can give."""

    body: bytes
    etag: bytes
    headers: Headers
    unmodified: Headers
    """The headers of a 304."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One published file in memory."""

    plain: Variant
    gzip: Variant | None
    """None where packing gains nothing."""
    modified: int
    """Seconds since 1970."""

    @property
    def size(self) -> int:
        return len(self.plain.body) + (len(self.gzip.body) if self.gzip else 0)


Held = tuple[Resource, tuple[int, int, int]]
"""A file and its modification time, size and inode: what tells that it is still the same."""


class FeedTable:
    """The files of a published folder by address (``/company/wilo.atom``).

    `interval` is how long, in seconds, a file may have changed unnoticed. `budget` is how many bytes
    are held at most; what was read first then gives way. Missing folders make an empty table, which
    fills when something is published.
    """

    def __init__(
        self,
        folder: Path,
        *,
        interval: float = 1.0,
        budget: int = 256 * 1024 * 1024,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._interval, self._budget, self._clock = folder, interval, budget, clock
        self._files: dict[str, str] = {}
        self._loaded: dict[str, Held] = {}
        self._checked: dict[str, float] = {}
        self._loading: dict[str, asyncio.Task[Resource | None]] = {}
        self._held = 0
        self._scanned = 0.0
        # Files are read in threads; the lock is for the bookkeeping and never held while reading.
        self._lock = threading.RLock()
        self.refresh()

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, address: str) -> bool:
        return address in self._files

    def ready(self, address: str) -> Resource | None:
        """The file, if it is in memory and was looked at within the interval."""
        checked = self._checked.get(address)
        if checked is None or self._clock() - checked > self._interval:
            return None
        held = self._loaded.get(address)
        return held[0] if held else None

    async def get(self, address: str) -> Resource | None:
        """The file as it is now, read outside the event loop; None where there is none."""
        if address not in self._files:
            if self._clock() - self._scanned <= self._interval:
                return None  # a flood of wrong addresses costs one scan a second
            await asyncio.to_thread(self._scan)
            if address not in self._files:
                return None
        task = self._loading.get(address)
        if task is None:  # many may ask at once for what has just changed; one of them reads it
            task = self._loading[address] = asyncio.create_task(asyncio.to_thread(self.load, address))
            task.add_done_callback(lambda _: self._loading.pop(address, None))
        return await asyncio.shield(task)

    def load(self, address: str) -> Resource | None:
        """Read a file of the table, unless it is held and unchanged."""
        path = self._files.get(address)
        if path is None:
            return None
        held = self._loaded.get(address)
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            self._forget(address)
            return None
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            signature = (about.st_mtime_ns, about.st_size, about.st_ino)
            if held is None or held[1] != signature:
                held = (_resource(file.read(), path.rpartition(".")[2], int(about.st_mtime)), signature)
        self._keep(address, held)
        return held[0]

    def refresh(self, paths: Iterable[str] | None = None) -> None:
        """Look again: at these paths (as in `PublishReport.written` and ``removed``), or at everything."""
        for address in list(self._checked) if paths is None else [f"/{path}" for path in paths]:
            self._checked.pop(address, None)
        self._scan()

    def _scan(self) -> None:
        """Learn which files there are; folders one deep, nothing hidden, no links followed."""
        self._scanned = self._clock()
        files = {f"/{e.name}": e.path for e in _entries(self._folder) if _is_feed_file(e)}
        for folder in _entries(self._folder):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir(follow_symlinks=False):
                inner = _entries(Path(folder.path))
                files.update({f"/{folder.name}/{e.name}": e.path for e in inner if _is_feed_file(e)})
        with self._lock:
            for address in set(self._loaded) - set(files):
                self._forget(address)
            self._files = files

    def _keep(self, address: str, held: Held) -> None:
        with self._lock:
            self._forget(address, gone=False)
            self._loaded[address] = held
            self._checked[address] = self._clock()
            self._held += held[0].size
            while self._held > self._budget and len(self._loaded) > 1:
                self._forget(next(iter(self._loaded)), gone=False)

    def _forget(self, address: str, *, gone: bool = True) -> None:
        with self._lock:
            self._checked.pop(address, None)
            held = self._loaded.pop(address, None)
            self._held -= held[0].size if held else 0
            if gone:
                self._files.pop(address, None)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_feed_file(entry: os.DirEntry[str]) -> bool:
    return _NAME.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)


def _resource(body: bytes, ending: str, modified: int) -> Resource:
    digest = blake2b(body, digest_size=16).hexdigest()
    common: Headers = [
        (b"content-type", _TYPES[ending]),
        (b"last-modified", formatdate(modified, usegmt=True).encode("ascii")),
        (b"cache-control", _CACHE),
        (b"vary", b"Accept, Accept-Encoding" if ending == "atom" else b"Accept-Encoding"),
        *FIXED,
    ]
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    # Two encodings are two representations: a strong ETag must tell them apart (RFC 9110, 8.8.3.3).
    plain = _variant(body, f'"{digest}"', common)
    if len(packed) >= len(body):
        return Resource(plain, None, modified)
    return Resource(
        plain, _variant(packed, f'"{digest}-gz"', common, (b"content-encoding", b"gzip")), modified
    )


def _variant(body: bytes, etag: str, common: Headers, *more: tuple[bytes, bytes]) -> Variant:
    tag = etag.encode("ascii")
    headers = [*common, (b"etag", tag), *more, (b"content-length", b"%d" % len(body))]
    # A 304 says what would have been sent, without what describes the body (RFC 9110, 15.4.5).
    unmodified = [(name, value) for name, value in [*common, (b"etag", tag)] if name != b"content-type"]
    return Variant(body, tag, headers, unmodified)
