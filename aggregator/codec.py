"""The stored form of a copy, a filing and a draft: JSON, readable with any SQLite tool.

Only the names of `model` are used as keys; what equals its default is left out, so that a later field
needs no migration. Nothing here interprets: what goes in comes out equal.

`Packed` is a prepared copy in that form, with the few fields beside it that storing one needs: worker
processes pack, the store writes, and only what has to be compared is ever unpacked.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from aggregator.model import Copy, Draft, Filing, Fingerprint, Passages, Prepared, Source
from aggregator.text import digest

KEPT, KEPT_TEXT = 1536, 40_000
"""How many decoded records are remembered (three for each copy), and up to how many characters of one."""

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_copy(copy: Copy) -> str:
    return _dumps(_plain(copy))


def decode_copy(text: str) -> Copy:
    return _remembered(Copy, text)  # type: ignore[no-any-return]


def encode_filing(filing: Filing) -> str:
    return _dumps(_plain(filing))


def decode_filing(text: str) -> Filing:
    return _remembered(Filing, text)  # type: ignore[no-any-return]


def encode_fingerprint(fingerprint: Fingerprint) -> str:
    return _dumps(_plain(fingerprint))


def decode_fingerprint(text: str) -> Fingerprint:
    return _remembered(Fingerprint, text)  # type: ignore[no-any-return]


def _remembered(kind: Any, text: str) -> Any:
    """The last few hundred records are not decoded again: a copy is a candidate over and over while its
    release is news. What is decoded is frozen, so that it can be shared."""
    return _kept(kind, text) if len(text) <= KEPT_TEXT else _decoded(kind, text)


def _decoded(kind: Any, text: str) -> Any:
    return _reader(kind)(json.loads(text))


_kept = lru_cache(maxsize=KEPT)(_decoded)


def encode_source(source: Source) -> str:
    return _dumps(_plain(source))


def decode_source(text: str) -> Source:
    return _reader(Source)(json.loads(text))  # type: ignore[no-any-return]


def encode_draft(draft: Draft) -> bytes:
    """Compressed, since it is only read again when rules change."""
    return zlib.compress(_dumps(_plain(draft)).encode("utf-8", "surrogatepass"), 1)


_PAGE = b"page"


def draft_digest(draft: Draft) -> bytes:
    """Equal for drafts that say the same; when they were fetched does not count, nor when a list says that a page
    was touched."""
    parts = (
        draft.title, draft.content, draft.summary, draft.url, draft.published, draft.updated,
        draft.company, draft.language, *draft.categories,
        *(f"{a.url} {a.media_type}" for a in draft.attachments),
    )  # fmt: skip
    if draft.listed is None:
        return digest("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    told = draft_digest(replace(draft.listed, updated="")).hex()
    return _PAGE + digest("\x1f".join((*parts, told)).encode("utf-8", "surrogatepass"))


def is_of_page(mark: bytes) -> bool:
    """Whether a digest is of the text of a page that a list led to, and not of what the list says itself."""
    return len(mark) > 16 and mark.startswith(_PAGE)


def decode_draft(data: bytes) -> Draft:
    return _reader(Draft)(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Packed:
    """A `Prepared` on its way to the store: cheap to hand over, written as it is."""

    source: str
    key: str
    url: str
    canonical_url: str
    language: str
    title: str
    published: datetime | None
    identifiers: tuple[tuple[str, str], ...]
    """Those that name one release, as (scheme, value)."""
    issuer: str
    """Id of the issuer, or empty."""
    kind: str
    labels: tuple[str, ...]
    names: Mapping[str, str]
    """Names of the companies that are not configured, by the label that they would have."""
    issuers: Mapping[str, str]
    """Issuers whose evidence is too weak to found a feed, likewise."""
    fingerprint: Fingerprint
    record: str
    filing: str
    mark: str
    draft: bytes
    draft_digest: bytes
    passages: Passages
    exact: bool = False
    """Whether its publication is known to the minute."""

    def unpack(self) -> Prepared:
        return Prepared(
            decode_copy(self.record),
            decode_filing(self.filing),
            self.fingerprint,
            self.draft_digest,
            self.draft,
            self.passages,
        )


def pack(prepared: Prepared, identifiers: Iterable[tuple[str, str]] = ()) -> Packed:
    """The stored form. `identifiers` are those that name one release (`matching.strong_identifiers`)."""
    copy, filing = prepared.copy, prepared.filing
    return Packed(
        source=copy.source,
        key=copy.key,
        url=copy.url,
        canonical_url=copy.canonical_url,
        language=copy.language,
        title=copy.title,
        published=copy.published,
        identifiers=tuple(identifiers),
        issuer=filing.issuer.id if filing.issuer else "",
        kind=filing.kind,
        labels=filing.labels,
        names=company_names(filing),
        issuers=unminted_issuers(filing),
        fingerprint=prepared.fingerprint,
        record=encode_copy(copy),
        filing=encode_filing(filing),
        mark=encode_fingerprint(prepared.fingerprint),
        draft=prepared.draft,
        draft_digest=prepared.draft_digest,
        passages=prepared.passages,
        exact=copy.date_precision == "minute",
    )


def company_names(filing: Filing) -> dict[str, str]:
    return {f"company/{m.id}": m.name for m in filing.companies if not m.configured and m.publishable}


def unminted_issuers(filing: Filing) -> dict[str, str]:
    return {f"company/{m.id}": m.name for m in filing.issuers if not m.configured and not m.publishable}


def _plain(value: Any) -> Any:
    """Dataclasses to dicts without their defaults, tuples to lists, times to ISO 8601."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [_plain(v) for v in value]
    if kind is datetime:
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    names, defaults, values_of = _columns(kind)  # type: ignore[arg-type]
    return {n: _plain(v) for n, d, v in zip(names, defaults, values_of(value), strict=True) if v != d}


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


@cache
def _columns(kind: Any) -> tuple[list[str], list[Any], Callable[[Any], tuple[Any, ...]]]:
    """Names, defaults (a value equal to nothing where there is none) and a getter of all fields."""
    names = [f.name for f in fields(kind)]
    defaults = [f.default_factory() if f.default_factory is not MISSING else f.default for f in fields(kind)]
    return names, defaults, attrgetter(*names)


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
    readers: dict[str, Callable[[Any], Any]] = {}

    def read(raw: dict[str, Any]) -> Any:
        if not readers:  # at the first use: a type may hold itself
            readers.update({f.name: _reader(hints[f.name]) for f in fields(kind)})
        return kind(**{name: readers[name](value) for name, value in raw.items() if name in readers})

    return read


def _same(raw: Any) -> Any:
    return raw
