"""Opening the database file: one connection factory, so that every connection has the same pragmas.

Refuses, with the remedy, whatever is not a database of ours; never creates one in the place of one
that was there before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from aggregator.errors import StoreError
from aggregator.store.schema import APPLICATION_ID, migrations

FILE_NAME = "aggregator.db"
BORN = ".database-created"
"""Marker beside the database. Without it a lost file would look like a fresh start, and every
release would be published a second time under a new id."""

BUSY_SECONDS = 30.0


def open_database(folder: Path, *, write: bool) -> Database:
    """The database of a data folder, migrated when opened for writing.

    Raises `StoreError` naming the path and the remedy.
    """
    path = folder / FILE_NAME
    try:
        if write:
            folder.mkdir(parents=True, exist_ok=True)
            _check_birth(path)
        elif not present(folder):
            raise StoreError(
                f"{path}: there is no database yet; run `aggregator poll` or `aggregator ingest` first"
            )
        return _connect(path, write=write)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; {remedy(error)}") from error
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror or error}; make the data folder writable for this user"
        ) from error


def present(folder: Path) -> bool:
    """Whether there is a database. Raises `StoreError` where there was one and it is gone."""
    path = folder / FILE_NAME
    _check_birth(path)
    return path.exists()


def remedy(error: sqlite3.Error) -> str:
    """What an operator can do about an error of the database."""
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return "restore a backup of the data folder, or point --data elsewhere"
    if "readonly" in text or "unable to open" in text:
        return "give this user write access to the data folder and the files in it"
    if "full" in text:
        return "free some disk space; nothing was lost, the next poll goes on"
    return "see whether another program holds the file"


def _check_birth(path: Path) -> None:
    marker = path.with_name(BORN)
    if path.exists() and path.stat().st_size == 0:
        raise StoreError(
            f"{path}: the file is empty; restore a backup, or delete it together with {marker.name}"
        )
    if not path.exists() and marker.exists():
        raise StoreError(
            f"{path}: the database is gone although {marker.name} says there was one; restore a backup,"
            f" or delete {marker} to begin anew (every release is then published again)"
        )


def _connect(path: Path, *, write: bool) -> Database:
    fresh = not path.exists()
    connection = _opened(str(path)) if write else _for_reading(path)
    db = Database(connection, execute_plugins=False)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (application or tables):
        connection.close()
        raise StoreError(f"{path}: this database belongs to another program; point --data elsewhere")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    if not write:
        connection.execute("PRAGMA query_only = ON")
        return db
    # NORMAL in WAL mode survives the death of the process; a power cut may cost the last polls, which
    # the next poll reads again, since validators stand in the same transaction as their releases.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    _migrate(db)
    if fresh:
        path.with_name(BORN).write_text("Says that aggregator.db existed. See docs/operations.md.\n", "utf-8")
    return db


def _opened(name: str) -> sqlite3.Connection:
    return sqlite3.connect(
        name,
        uri=name.startswith("file:"),
        timeout=BUSY_SECONDS,
        isolation_level=None,  # we say BEGIN IMMEDIATE ourselves
        check_same_thread=False,  # one connection, handed to one thread at a time
    )


def _for_reading(path: Path) -> sqlite3.Connection:
    """A connection that reads, also where nothing can be written beside the database.

    SQLite wants to put its shared memory there. Where it cannot, and there is no log (-wal) with
    changes, the file is whole by itself and is read as one that does not change.
    """
    name = f"{path.resolve().as_uri()}?mode=ro"
    connection = _opened(name)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        barred = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not barred or _has_log(path):
            raise
        return _opened(f"{name}&immutable=1")
    return connection


def _has_log(path: Path) -> bool:
    """Whether a writer at work, or one that died, left changes beside the database."""
    log = path.with_name(f"{FILE_NAME}-wal")
    return log.exists() and log.stat().st_size > 0


def _migrate(db: Database) -> None:
    applied = {m.name for m in migrations.applied(db)}
    newer = applied - {m.name for m in migrations._migrations}
    if newer:
        raise StoreError(
            f"the database was written by a newer version ({sorted(newer)[-1]}); upgrade the program"
        )
    # Before the first table: a start that is killed half-way must not look like another program's file.
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction that takes the lock at once; a deferred one fails when it upgrades."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that can fail alone."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


def stamp(moment: datetime) -> str:
    """A time as the database holds it: UTC, whole seconds, sortable as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def moment(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)
