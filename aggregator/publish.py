"""The way out: from the store to files that any web server can serve.

    catalogue ─► Feed ─► bytes ─► temporary file ─► fsync ─► rename, only where the bytes differ

`feeds/` is a projection: delete it, publish, and the same bytes are back. Readers may look at any
time, so a file is either its old self or its new self. The folder is ours alone (it carries a
marker), because publishing removes feeds that no longer exist.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from aggregator.errors import PublishError
from aggregator.health import Told
from aggregator.model import Correction, Feed, FeedInfo, Label, Problem, Release, Tombstone
from aggregator.rendering import ALL, GROUPS, Site, Written, atom, corrections, grouped, index, opml, status
from aggregator.rendering.entry import entry as make_entry

MARKER = ".aggregator-feeds"
"""The file that says: this folder was made by publishing, and may be changed by it."""

_MARKER_TEXT = b"Written by the aggregator. Everything in this folder is rebuilt by `aggregator publish`.\n"
_HARMLESS = frozenset({".gitkeep", ".gitignore", "lost+found"})
_TEMPORARY = re.compile(r"\.[0-9]+-[0-9]+\.tmp")
_LABEL = re.compile(r"(?:[a-z][a-z0-9-]*/)?[a-z0-9][a-z0-9._-]{0,119}")
# Whatever the umask: the web server is often another user.
_MODE, _FOLDER_MODE = 0o644, 0o755
_REMEDIES = {
    errno.ENOSPC: "the disk is full: free some space and publish again",
    errno.EDQUOT: "the disk quota is used up: free some space and publish again",
    errno.EACCES: "no permission: let this user write to the folder",
    errno.EPERM: "no permission: let this user write to the folder",
    errno.EROFS: "the file system is read-only: mount the folder writable",
    errno.EBUSY: "it is mounted by itself: mount its folder, not the single file",
    errno.EXDEV: "it is mounted by itself: mount its folder, not the single file",
    errno.ELOOP: "it is a symbolic link: remove it, links are not followed",
    errno.ENOTDIR: "it is no folder (or a symbolic link, which is not followed): remove it",
    errno.EISDIR: "it is a folder: remove it",
}
_BATCH = 128
"""Files written before any of them is renamed; their fsyncs then share the file system's journal."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_GUARDED = 10
"""From so many feeds on, the loss of more than half of them is taken for a mistake."""


class Catalogue(Protocol):
    """What publishing needs to know, and where it keeps what it wrote; the store implements it."""

    def feeds(self) -> Sequence[FeedInfo]:
        """Every label that has a feed, configured ones without a release and ``all`` included."""

    def latest(self, label: str, limit: int) -> Sequence[int]:
        """Rows of a label's newest releases by publication date, newest first; ``all`` has every one."""

    def releases(self, rows: Sequence[int], label: str = ALL) -> Sequence[Release]:
        """Releases by row, in the order given, each as the feed of this label shows it."""

    def events(self, limit: int) -> Sequence[Told]:
        """The latest changes of the sources' states, the newest first."""

    def corrections(self, limit: int) -> Sequence[Correction]:
        """The latest corrections and withdrawals, the newest first."""

    def gone(self, label: str) -> Sequence[Tombstone]:
        """The entries of a feed that its readers may drop, the latest first."""

    def written(self, rows: Sequence[int], label: str) -> Mapping[int, Written]:
        """A feed's entries kept from an earlier pass, of releases that have not changed since."""

    def keep(self, written: Mapping[int, Written], label: str) -> None:
        """Keep a feed's entries for later passes."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did. Paths are relative to the folder, with ``/``."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Entries and labels that could not be published; everything else was."""


def publish(
    catalogue: Catalogue, folder: Path, site: Site, *, labels: Collection[Label] | None = None
) -> PublishReport:
    """Write the feeds of these labels, of ``all``, of corrections and of the sources' health, the OPML and the index page.

    Without `labels` every feed is written.

    Only files whose bytes differ are touched. A full rebuild also removes feeds of labels that are
    gone. Labels without a feed of their own are passed over. Raises `PublishError` naming path and
    remedy when the folder cannot be used or written; the files that were there stay as they were.
    """
    with _opened(folder) as target:
        run = _Run(catalogue, site, target)
        infos = catalogue.feeds()
        run.feeds(i for i in infos if labels is None or i.label in labels or i.label == ALL)
        run.overview(infos)
        target.flush()
        if labels is None:
            run.remove_strangers({f"{info.label}.atom" for info in infos})
        return PublishReport(
            tuple(target.written), target.unchanged, tuple(target.removed), tuple(run.problems.values())
        )


class _Run:
    """One pass over the catalogue."""

    def __init__(self, catalogue: Catalogue, site: Site, target: _Target) -> None:
        self._catalogue, self._site, self._target = catalogue, site, target
        self.problems: dict[tuple[str, str], Problem] = {}
        """By reason and place: an entry is in several feeds, and told of once."""

    def feeds(self, infos: Iterator[FeedInfo]) -> None:
        for info in infos:
            if not _LABEL.fullmatch(info.label):
                self._report(Problem("bad_label", "cannot be a file name: rename it", info.label))
                continue
            entries = self._written(self._catalogue.latest(info.label, self._site.entries), info.label)
            rendered = atom.assemble(self._feed(info), self._site, entries, self._catalogue.gone(info.label))
            for problem in (*rendered.dropped, *rendered.shortened):
                self._report(problem)
            self._target.put(f"{info.label}.atom", rendered.data)

    def _written(self, rows: Sequence[int], label: str) -> list[Written]:
        """A feed's entries of these releases: as they were kept, and written anew where one changed."""
        known = self._catalogue.written(rows, label)
        fresh: dict[int, Written] = {}
        for release in self._catalogue.releases([row for row in rows if row not in known], label):
            try:
                fresh[release.row] = atom.write(make_entry(release, self._site), self._site)
            except atom.PoisonError as error:
                self._report(atom.poison(release.uid, error))
        self._catalogue.keep(fresh, label)
        return [found for row in rows if (found := known.get(row) or fresh.get(row))]

    def overview(self, infos: Sequence[FeedInfo]) -> None:
        """The files that list the feeds, the feed of the sources' health, and the style sheet of browsers."""
        known = next((info.minted_at for info in infos if info.label == ALL), _NEVER)
        listed = [info for info in infos if _LABEL.fullmatch(info.label) and info.listed]
        groups = grouped([*listed, corrections.info(known, self._site)])
        rows = self._catalogue.latest(ALL, index.NEWEST)
        newest = [make_entry(r, self._site) for r in self._catalogue.releases(rows)]
        self._target.put("feeds.opml", opml.render(self._site.title, groups, self._site))
        self._target.put("index.html", index.render(groups, newest, self._site))
        health = status.render(self._catalogue.events(self._site.entries), known, self._site)
        mended = corrections.render(self._catalogue.corrections(self._site.entries), known, self._site)
        for name, feed in ((status.NAME, health), (corrections.NAME, mended)):
            for problem in feed.dropped:
                self._report(problem)
            self._target.put(f"{name}.atom", feed.data)
        self._target.put("feed.css", index.style("feed.css").encode("utf-8"))

    def remove_strangers(self, wanted: set[str]) -> None:
        """Feeds of ours that belong to no label any more. Losing most of them at once is a mistake."""
        present = [path for group in GROUPS for path in self._target.feeds_in(group)]
        strangers = [path for path in present if path not in wanted]
        if len(present) >= _GUARDED and len(strangers) * 2 > len(present):
            detail = (
                f"{len(strangers)} of {len(present)} feeds have no label any more and were kept: "
                "if that is meant, empty the folder and publish again"
            )
            self._report(Problem("mass_removal", detail, str(self._target.path)))
            return
        self._target.remove(strangers)

    def _feed(self, info: FeedInfo) -> Feed:
        return Feed(
            label=info.label,
            title=info.title,
            subtitle=info.subtitle,
            updated=info.minted_at,
            self_url=self._site.feed_url(info.label),
            home_url=self._site.home_url,
        )

    def _report(self, problem: Problem) -> None:
        self.problems.setdefault((problem.reason, problem.where), problem)


@dataclass(slots=True)
class _Target:
    """The open folder. Works on directory handles, so nothing planted in it can lead elsewhere."""

    path: Path
    root: int
    folders: dict[str, int] = field(default_factory=dict)
    staged: list[tuple[str, str]] = field(default_factory=list)
    """Temporary name and final path of what is written but not yet renamed."""
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    _serial: int = 0

    def put(self, path: str, data: bytes) -> None:
        """Stage a file, unless it already holds these bytes."""
        folder, _, name = path.rpartition("/")
        with _named(self.path / path):
            handle = self._folder(folder)
            if _read(handle, name, len(data)) == data:
                self.unchanged += 1
                return
            self._serial += 1
            temporary = f".{os.getpid()}-{self._serial}.tmp"
            self.staged.append((temporary, path))
            _write(handle, temporary, data)
        if len(self.staged) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Make what is staged durable, then visible; then make the new names durable."""
        for temporary, path in self.staged:
            folder = self._folder(path.rpartition("/")[0])
            with _named(self.path / path):
                _sync(temporary, folder)
        touched = {self.root} if self.staged else set()  # which may hold a new folder's name
        while self.staged:
            temporary, path = self.staged[0]
            parent, _, name = path.rpartition("/")
            handle = self._folder(parent)
            with _named(self.path / path):
                os.replace(temporary, name, src_dir_fd=handle, dst_dir_fd=handle)
            self.staged.pop(0)
            self.written.append(path)
            touched.add(handle)
        for handle in touched:
            os.fsync(handle)

    def remove(self, paths: Sequence[str]) -> None:
        """Unlink these files."""
        for path in paths:
            folder, _, name = path.rpartition("/")
            with _named(self.path / path), suppress(FileNotFoundError):
                os.unlink(name, dir_fd=self._folder(folder))
                self.removed.append(path)

    def feeds_in(self, folder: str) -> list[str]:
        """The paths of the regular ``.atom`` files of a folder, sorted; none where it is missing."""
        with _named(self.path / folder), os.scandir(self._folder(folder)) as found:
            names = [e.name for e in found if e.name.endswith(".atom") and e.is_file(follow_symlinks=False)]
        return [f"{folder}/{name}" for name in sorted(names)]

    def sweep(self) -> None:
        """Remove what a killed run left behind."""
        for folder in ("", *GROUPS):
            handle = self._folder(folder)
            with os.scandir(handle) as found:
                stale = [entry.name for entry in found if _TEMPORARY.fullmatch(entry.name)]
            for name in stale:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=handle)

    def close(self) -> None:
        """Give up what is still staged, and the handles."""
        for temporary, path in self.staged:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=self._folder(path.rpartition("/")[0]))
        for handle in (*self.folders.values(), self.root):
            os.close(handle)

    def _folder(self, name: str) -> int:
        if not name:
            return self.root
        if name not in self.folders:
            made = False
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=self.root)
                made = True
            handle = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=self.root)
            self.folders[name] = handle
            if made:
                os.fchmod(handle, _FOLDER_MODE)
        return self.folders[name]


@contextmanager
def _opened(folder: Path) -> Iterator[_Target]:
    """The folder, made where it is missing, marked as ours, and swept."""
    path = Path(os.path.realpath(folder))  # the folder itself may be a link: the operator's
    _refuse_precious(path)
    with _named(path):
        if not path.is_dir():
            path.mkdir(parents=True)
            path.chmod(_FOLDER_MODE)
        target = _Target(path, os.open(path, os.O_RDONLY | os.O_DIRECTORY))
    try:
        with _named(path):
            _mark(target)
            target.sweep()
        yield target
    finally:
        target.close()


def _refuse_precious(path: Path) -> None:
    precious = {Path(path.anchor)}
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.path.realpath(Path.home()))
        precious |= {home, *home.parents}
    if path in precious:
        raise PublishError(f"{path}: will not publish there: name a folder of its own for the feeds")


def _mark(target: _Target) -> None:
    with os.scandir(target.root) as found:
        names = {entry.name for entry in found}
    if MARKER in names:
        return
    strangers = sorted(names - _HARMLESS - {n for n in names if _TEMPORARY.fullmatch(n)})
    if strangers:
        raise PublishError(
            f"{target.path}: holds other files ({strangers[0]}): name an empty folder for the feeds, "
            f"or create {MARKER} in it if it is the one"
        )
    _write(target.root, MARKER, _MARKER_TEXT)


def _read(folder: int, name: str, size: int) -> bytes | None:
    """A regular file of this size; None for anything else."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None  # missing, a link, unreadable: whatever it is, it is replaced
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        return file.read() if stat.S_ISREG(about.st_mode) and about.st_size == size else None


def _write(folder: int, name: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(name, flags, _MODE, dir_fd=folder), "wb") as file:
        os.fchmod(file.fileno(), _MODE)
        file.write(data)


def _sync(name: str, folder: int) -> None:
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn what the system says into a line that names the path and the remedy."""
    try:
        yield
    except OSError as error:
        what = error.strerror or type(error).__name__
        remedy = _REMEDIES.get(error.errno or 0, "the old file is untouched; publish again")
        raise PublishError(f"{path}: {what}: {remedy}") from error
