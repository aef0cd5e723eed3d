"""Invented texts with the circumstances in which a source shows them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from aggregator.matching import fingerprint
from aggregator.model import Block, Copy, Filing, Mention, Prepared


@dataclass(frozen=True)
class Doc:
    """One invented text with the circumstances in which a source shows it."""

    id: str
    language: str
    company: str
    title: str
    paragraphs: list[str]
    boilerplate: str
    day: date
    host: str = "newsroom.example"
    marks: tuple[str, ...] = ()
    issuer_known: bool = True
    pair: str = ""

    def prepared(self) -> Prepared:
        """As reading and labelling would hand it on."""
        blocks = [Block("paragraph", p, "made", i) for i, p in enumerate(self.paragraphs, 1)]
        blocks.append(Block("boilerplate", self.boilerplate, "made", len(blocks) + 1))
        url = f"{self.host}/{self.id}"
        copy = Copy(
            source=self.host, key=self.id, url=f"https://{url}", canonical_url=url, language=self.language,
            title=self.title, blocks=tuple(blocks), marks=self.marks, date_basis="label",
            published=datetime.combine(self.day, datetime.min.time(), UTC), date_precision="day",
        )  # fmt: skip
        slug = self.company.lower().replace(" ", "-")
        issuer = Mention(slug, self.company, "issuer", 1.0, False, True, basis="boilerplate")
        filing = Filing((issuer,) if self.issuer_known else (), (), "")
        return Prepared(copy, filing, fingerprint(copy), b"", b"")


@cache
def releases() -> tuple[Doc, ...]:
    """The invented releases of `texts/releases.toml`."""
    raw = load("releases.toml")["release"]
    return tuple(
        Doc(
            r["id"], r["language"], r["company"], r["title"], r["body"].strip().split("\n\n"), r["boilerplate"],
            date.fromisoformat(r["date"]), pair=r.get("pair", ""),
        )
        for r in raw
    )  # fmt: skip


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts" / name).read_text("utf-8"))
