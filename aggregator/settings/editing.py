"""Changes to `config/sources.toml` on a person's behalf: the one place that writes configuration.

A change touches the lines of one ``[[source]]`` block and no byte elsewhere. It is made under a lock,
tried by loading the configuration as it would be, and put in place as a whole (temporary file, fsync,
rename) or not at all. Every function raises `ConfigError` and then has changed nothing.

The block alone goes through tomlkit, which keeps its comments; the rest of the file is not parsed
again, so a change to a file of 5,000 sources costs no more than reading it.
"""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
import time
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError
from aggregator.model import Recipe, Source
from aggregator.settings import lines
from aggregator.settings.addresses import usual_adapter, usual_role
from aggregator.settings.loading import load_with
from aggregator.settings.shape import Settings
from aggregator.settings.values import ID_LIMIT, meant, show, spell_interval
from aggregator.text import slug

SOURCES = "sources.toml"
_LOCK = ".lock"
_LOCK_TRIES, _LOCK_PAUSE = 200, 0.05
_LONE_FEED = re.compile(r"(?<!\r)\n")
_ROW = re.compile(r"[^\n]*\n|[^\n]+")
_NEW_FILE = "# Where press releases come from; every key is described in docs/configuration.md.\n"


def free_id(settings: Settings, wanted: str) -> str:
    """An id for a new source, made of any text: ``WILO SE`` gives ``wilo-se``, then ``wilo-se-2``."""
    return free_name({source.id for source in settings.sources}, wanted)


def free_name(taken: Collection[str], wanted: str) -> str:
    """The same beside any names."""
    base, number = slug(wanted, limit=ID_LIMIT), 2
    made = base
    while made in taken:
        end = f"-{number}"
        made, number = base[: ID_LIMIT - len(end)].rstrip("-") + end, number + 1
    return made


def add_source(folder: Path, source: Source) -> None:
    """Append a block with what differs from the defaults; the file is created if there is none."""
    add_sources(folder, [source])


def add_sources(folder: Path, sources: Sequence[Source]) -> None:
    """Append a block for each of these sources: all of them or, where one is wrong, none."""

    def change(text: str) -> str:
        timezone, ending = load_with(folder, {}).timezone, _ending(text)
        blocks = ending.join(_new_block(s, timezone).replace("\n", ending) for s in sources)
        gap = "" if text.endswith(ending * 2) else ending if text.endswith(ending) else ending * 2
        return text + gap + blocks if text else _NEW_FILE + "\n" + blocks

    _edit(folder, change)


def remove_source(folder: Path, id: str) -> None:
    """Take out the block of this source, with the comment right above it."""

    def change(text: str) -> str:
        block = _find(folder, text, id)
        rows = _rows(text)
        end = block.end
        while end < len(rows) and not rows[end].strip():
            end += 1
        return "".join(rows[: block.start] + rows[end:])

    _edit(folder, change)


def update_source(folder: Path, id: str, **changes: Any) -> None:
    """Write some keys of a source, named as in `model.Source`; None removes a key (its default).

    ``every`` is in seconds, as in the model. The id of a source cannot be changed: what was read from
    it is kept under that id.
    """

    def change(text: str) -> str:
        block = _find(folder, text, id)
        rows = _rows(text)
        old = "".join(rows[block.start : block.end])
        return "".join([*rows[: block.start], _changed(old, changes), *rows[block.end :]])

    _edit(folder, change)


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows ``start:end`` (0-based) of one source: heading, keys, and the comments that are its own."""

    start: int
    end: int


def _find(folder: Path, text: str, id: str) -> _Block:
    where, known = folder / SOURCES, _ids(folder, text)
    if id not in known:
        raise ConfigError(f"{where}: there is no source {show(id)} — {meant(id, known)}")
    position = known.index(id)
    layout = lines.Layout(text)
    own = [s for s in layout.statements if s.path[:2] == ("source", position)]
    if not own:
        remedy = "write each as a [[source]] block, then try again"
        raise ConfigError(f"{where}: the sources are written as one inline list — {remedy}")
    rows = _rows(text)
    following = [s.first for s in layout.statements if s.first > own[-1].last]
    return _Block(
        start=own[0].first - 1 - _comments_above(rows, own[0].first - 1),
        end=_end_of_block(rows, own[-1].last, following[0] - 1 if following else len(rows)),
    )


def _ids(folder: Path, text: str) -> list[str]:
    """The ids in the file, right or wrong: a source with a mistake can still be taken out or corrected."""
    try:
        entries = tomllib.loads(text).get("source", [])
    except ValueError:
        load_with(folder, {SOURCES: text})  # says what is wrong, and where
        raise
    return [str(entry.get("id", "")) if isinstance(entry, dict) else "" for entry in entries]


def _rows(text: str) -> list[str]:
    """Rows with their ends; only a line feed ends one (`str.splitlines` knows others, TOML does not)."""
    return _ROW.findall(text)


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _comments_above(rows: list[str], row: int) -> int:
    """How many comment rows stand right above this row, without a blank one between."""
    count = 0
    while row - count > 0 and rows[row - count - 1].lstrip().startswith("#"):
        count += 1
    return count


def _end_of_block(rows: list[str], last: int, following: int) -> int:
    """Comments right below the last key belong to it, unless they stand right above the next heading."""
    limit = following - _comments_above(rows, following) if following < len(rows) else following
    end = last
    while end < limit and rows[end].lstrip().startswith("#"):
        end += 1
    return end


def _changed(block: str, changes: Mapping[str, Any]) -> str:
    """The text of one block with some keys written anew."""
    import tomlkit

    document = tomlkit.parse(block)
    table: Any = document["source"][0]
    for key, value in changes.items():
        if value is None:
            table.pop(key, None)
        elif (
            key == "options"
            and isinstance(value, Mapping)
            and isinstance(table.get(key), tomlkit.items.Table)
        ):
            _refill(table[key], value)
        else:
            table[key] = _item(key, value)
    made = tomlkit.dumps(document)
    if _ending(block) == "\r\n":
        made = _LONE_FEED.sub("\r\n", made)  # tomlkit ends the rows that it adds with a line feed alone
    return made if made.endswith("\n") or not block.endswith("\n") else made + _ending(block)


def _refill(table: Any, values: Mapping[str, Any]) -> None:
    for key in [key for key in table if key not in values]:
        table.pop(key)
    for key, value in values.items():
        table[key] = value


def _new_block(source: Source, timezone: str) -> str:
    """A source as TOML: what is required, and what differs from the defaults."""
    usual = {"adapter": usual_adapter(source.url), "role": usual_role(source.adapter), "timezone": timezone}
    written = ["[[source]]"]
    for field in fields(Source):
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        value = getattr(source, field.name)
        if value != usual.get(field.name, default) and not isinstance(value, Recipe):
            written.append(f"{field.name} = {_item(field.name, value).as_string()}")
    if source.recipe is not None:
        written += ["", *_recipe_rows(source.recipe)]
    return "\n".join(written) + "\n"


def _recipe_rows(recipe: Recipe) -> list[str]:
    """A recipe as a table below its source: what it says, a line each."""
    said = {f.name: getattr(recipe, f.name) for f in fields(Recipe)}
    rows = [f"{name} = {_item(name, value).as_string()}" for name, value in said.items() if value]
    return ["[source.recipe]", *rows]


def _item(key: str, value: Any) -> Any:
    """A value of the model as tomlkit writes it into a file."""
    import tomlkit

    if isinstance(value, Recipe):
        block = tomlkit.table()
        for field in fields(Recipe):
            if said := getattr(value, field.name):
                block[field.name] = _item(field.name, said)
        return block
    if key == "every" and isinstance(value, int | float):
        value = spell_interval(float(value))
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _edit(folder: Path, change: Callable[[str], str]) -> None:
    """Read, change, try and put in place, while no other editor does."""
    if not folder.is_dir():
        load_with(folder, {})
    path = (folder / SOURCES).resolve()  # a link stays a link: its target is replaced
    with _locked(folder):
        try:
            text = path.read_bytes().decode("utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError):
            load_with(folder, {})  # says what is wrong with the file, and where
            raise
        mark = text[: text.startswith("\ufeff")]
        made = change(text.removeprefix(mark))
        load_with(folder, {SOURCES: made})
        if made != text.removeprefix(mark):
            _replace(path, mark + made)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One editor at a time. The lock file stays: removing it would let two in at once."""
    path = folder / _LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be written ({error.strerror}) — check the rights of the folder"
        ) from None
    try:
        for _attempt in range(_LOCK_TRIES):
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(_LOCK_PAUSE)
        else:
            raise ConfigError(f"{path}: another process is changing the configuration — try again")
        yield
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    """The new text under the old name, whole, with the old file's rights."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be written ({error.strerror}) — check the rights of the folder"
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, mode)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
        _fsync_folder(path.parent)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ConfigError(f"{path}: cannot be written ({error.strerror}) — nothing was changed") from None


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
