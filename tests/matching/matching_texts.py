"""Copies for the tests of matching, made by hand from readable fields."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from aggregator.matching import fingerprint
from aggregator.model import Block, Candidate, Copy, Filing, Identifier, Mention, Prepared
from aggregator.text import canonical_url

VERDICTS = Path(__file__).parent / "verdicts"


def prepared(
    title: str,
    body: str,
    *,
    key: str = "1",
    source: str = "",
    host: str = "newsroom.example",
    path: str = "",
    url: str | None = None,
    language: str = "de",
    date: str = "2024-03-12",
    issuer: str = "",
    marks: tuple[str, ...] = (),
    identifiers: tuple[tuple[str, str], ...] = (),
    **more: Any,
) -> Prepared:
    """A text as reading and labelling hand it on."""
    address = f"https://{host}/{path or key}" if url is None else url
    blocks = tuple(Block("paragraph", p, "made", i) for i, p in enumerate(body.strip().split("\n\n"), 1) if p)
    copy = Copy(
        source=source or host, key=key, url=address, canonical_url=canonical_url(address), language=language,
        title=title, blocks=blocks, marks=tuple(marks), date_basis="label", date_precision="day",
        published=datetime.fromisoformat(date).replace(hour=12, tzinfo=UTC) if date else None,
        identifiers=tuple(Identifier(*i) for i in identifiers), **more,
    )  # fmt: skip
    name = issuer.lower().replace(" ", "-")
    companies = (Mention(name, issuer, "issuer", 1.0, False, True, basis="boilerplate"),) if issuer else ()
    return Prepared(copy, Filing(companies, (), ""), fingerprint(copy), b"", b"")


def stored(item: Prepared, *, release: int = 1, copy_id: int = 0, canonical: bool = True) -> Candidate:
    """The same text as the store would bring it up."""
    return Candidate(
        release=release, copy_id=copy_id or release, canonical=canonical, copy=item.copy, filing=item.filing,
        fingerprint=item.fingerprint, leader=canonical,
    )  # fmt: skip


@cache
def verdict_texts() -> dict[str, Prepared]:
    """The texts of `verdicts/texts.toml` by name."""
    raw = tomllib.loads((VERDICTS / "texts.toml").read_text("utf-8"))
    return {name: prepared(**_fields(name, raw)) for name in raw}


def _fields(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    own = dict(raw[name])
    base = _fields(own.pop("like"), raw) if "like" in own else {"key": name}
    base.pop("path", None)
    replaced, appended = own.pop("replace", []), own.pop("append", "")
    made = {**base, "key": name, **own}
    for old, new in replaced:
        assert old in made["body"], (name, old)
        made["body"] = made["body"].replace(old, new)
    made["body"] = made["body"].rstrip() + appended
    return made
