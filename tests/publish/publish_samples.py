"""A catalogue in memory and invented releases, enough to publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aggregator.health import Told
from aggregator.model import Block, Copy, Correction, FeedInfo, Filing, Label, Mention, Release, Tombstone
from aggregator.rendering import Written

DAY = datetime(2025, 6, 3, 10, 0, tzinfo=UTC)


def make_release(number: int, text: str = "Ein Werk entsteht.", **changes: object) -> Release:
    made = Release(
        row=number,
        uid=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        first_seen=DAY,
        published=DAY,
        updated=DAY,
        status="current",
        changes=(),
        copy=Copy(
            source="ordner",
            key=str(number),
            url=f"https://muster.example/{number}",
            canonical_url=f"muster.example/{number}",
            language="de",
            title=f"Meldung {number}",
            blocks=(Block("paragraph", text, "p", 1),),
        ),
        filing=Filing((Mention("muster-gmbh", "Muster GmbH", "issuer", 1.0, True, True),), (), ""),
        source_title="Ordner",
        source_url="texte",
        content="full",
        sightings=(),
    )
    return replace(made, **changes)


@dataclass
class Shelf:
    """Releases by label, newest first; ``all`` is made of them."""

    by_label: dict[str, list[Release]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    mended: list[Correction] = field(default_factory=list)
    buried: dict[str, list[Tombstone]] = field(default_factory=dict)

    def feeds(self) -> Sequence[FeedInfo]:
        return [
            FeedInfo(
                label=Label(name),
                title=name,
                count=len(self.latest(Label(name), 10**6)),
                minted_at=DAY,
                newest=None,
            )
            for name in ["all", *self.by_label]
        ]

    def latest(self, label: str, limit: int) -> Sequence[int]:
        labels = self.by_label if label == "all" else (label,)
        return list(dict.fromkeys(r.row for name in labels for r in self.by_label[name]))[:limit]

    def releases(self, rows: Sequence[int], label: str = "all") -> Sequence[Release]:
        found = {r.row: r for releases in self.by_label.values() for r in releases}
        return [found[row] for row in rows]

    def events(self, limit: int) -> Sequence[Told]:
        return self.told[:limit]

    def corrections(self, limit: int) -> Sequence[Correction]:
        return self.mended[:limit]

    def gone(self, label: str) -> Sequence[Tombstone]:
        return self.buried.get(label, [])

    def written(self, rows: Sequence[int], label: str) -> Mapping[int, Written]:
        return {}

    def keep(self, written: Mapping[int, Written], label: str) -> None:
        """Nothing is kept: every pass of a test writes anew."""
