"""One process at a time works on a data folder: the service, `poll` from cron, `ingest`, `publish`.

The lock is the kernel's (flock), so it is gone with the process however that ends; the file's content
only tells a person who holds it.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aggregator.errors import BusyError, StoreError
from aggregator.store.database import stamp

FILE_NAME = "aggregator.lock"

ATTEMPTS, PAUSE = 10, 0.03
"""How often the lock is tried for, and the seconds between."""


@contextmanager
def hold(folder: Path, command: str, now: datetime) -> Iterator[None]:
    """Hold the folder's lock. Raises `BusyError`, naming the holder, when another keeps it."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; make the data folder writable for this user") from error
    try:
        if not _taken(handle):
            raise BusyError(f"{folder}: {_holder(handle)} is working on this data; wait for it, or stop it")
        note = {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": stamp(now)}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(note).encode() + b"\n", 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Try for a moment: whoever asks for the `holder` has the lock for that long."""
    for _ in range(ATTEMPTS):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return True
    return False


def holder(folder: Path) -> str:
    """Who holds the lock, in words; empty when nobody does."""
    return _told(folder, _holder)


def command(folder: Path) -> str:
    """The command that holds the lock, ``run`` of a service; empty when none does."""
    return _told(folder, lambda handle: str(_note(handle).get("command", "")))


def _told(folder: Path, tell: Callable[[int], str]) -> str:
    """What is told of the lock's file while somebody holds it."""
    try:
        handle = os.open(folder / FILE_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return tell(handle)
    finally:
        os.close(handle)
    return ""


def _holder(handle: int) -> str:
    note = _note(handle)
    if not {"command", "pid", "host", "since"} <= note.keys():
        return "another process"
    return f"`aggregator {note['command']}` (process {note['pid']} on {note['host']}, since {note['since']})"


def _note(handle: int) -> dict[str, Any]:
    """What the holder wrote of himself."""
    try:
        note = json.loads(os.pread(handle, 4096, 0))
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}
