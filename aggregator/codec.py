"""The stored form of a copy, a filing and a draft: JSON, readable with any SQLite tool.

Only the names of `model` are used as keys; what equals its default is left out, so that a later field
needs no migration. Nothing here interprets: what goes in comes out equal.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from aggregator.model import Copy, Draft, Filing, Fingerprint

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_copy(copy: Copy) -> str:
    return _dumps(_plain(copy))


def decode_copy(text: str) -> Copy:
    return _reader(Copy)(json.loads(text))  # type: ignore[no-any-return]


def encode_filing(filing: Filing) -> str:
    return _dumps(_plain(filing))


def decode_filing(text: str) -> Filing:
    return _reader(Filing)(json.loads(text))  # type: ignore[no-any-return]


def encode_fingerprint(fingerprint: Fingerprint) -> str:
    return _dumps(_plain(fingerprint))


def decode_fingerprint(text: str) -> Fingerprint:
    return _reader(Fingerprint)(json.loads(text))  # type: ignore[no-any-return]


def encode_draft(draft: Draft) -> bytes:
    """Compressed, since it is only read again when rules change."""
    return zlib.compress(_dumps(_plain(draft)).encode("utf-8", "surrogatepass"), 1)


def decode_draft(data: bytes) -> Draft:
    return _reader(Draft)(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """Dataclasses to dicts without their defaults, tuples to lists, times to ISO 8601."""
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if kind is tuple or kind is list:
        return [_plain(v) for v in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return {n: _plain(v) for n, default in _columns(kind) if (v := getattr(value, n)) != default}


@cache
def _columns(kind: Any) -> tuple[tuple[str, Any], ...]:
    found = []
    for f in fields(kind):
        default = f.default if f.default is not MISSING else MISSING
        if f.default_factory is not MISSING:
            default = f.default_factory()
        found.append((f.name, default))
    return tuple(found)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """A function that builds `kind` from its plain form. Built once for each type."""
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_reader(kind)
    if kind is datetime:
        return datetime.fromisoformat
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            item = _reader(args[0])
            return lambda raw: tuple(item(v) for v in raw)
        items = [_reader(a) for a in args]
        return lambda raw: tuple(read(v) for read, v in zip(items, raw, strict=True))
    if origin in (Union, types.UnionType):
        some = next(_reader(a) for a in args if a is not type(None))
        return lambda raw: None if raw is None else some(raw)
    return _same


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(raw: dict[str, Any]) -> Any:
        return kind(**{name: readers[name](value) for name, value in raw.items() if name in readers})

    return read


def _same(raw: Any) -> Any:
    return raw
