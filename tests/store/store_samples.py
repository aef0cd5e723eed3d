"""Invented texts with their verdicts, and a store that carries them out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from aggregator import matching
from aggregator.codec import pack
from aggregator.model import Block, Copy, Evidence, Filing, Mention, Prepared, Release, Source, Verdict
from aggregator.store import Shelf, Store

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau kostete 12,5 Millionen Euro.",
    "„Wir freuen uns über den gelungenen Bau und danken allen Beteiligten“, sagte die Geschäftsführerin am Montag.",
)


def opened(folder: Path) -> Store:
    """A store with an issuer, a wire and a magazine."""
    made = Store(folder)
    sources = [
        Source(id="own", adapter="feed", url="https://musterwerke.example/feed", role="issuer"),
        Source(id="wire", adapter="feed", url="https://wire.example/feed", role="wire"),
        Source(
            id="magazine",
            adapter="feed",
            url="https://magazine.example/feed",
            role="outlet",
            title="Fachblatt",
        ),
    ]
    made.sync([(s, 3600.0) for s in sources], (), (), NOW)
    return made


def prepared(source: str = "own", key: str = "1", title: str = "Neue Halle", *paragraphs: str, at: datetime = NOW,
             issuer: str = "Musterwerke GmbH") -> Prepared:  # fmt: skip
    blocks = tuple(Block("paragraph", p, "body", i) for i, p in enumerate(paragraphs or TEXT, 2))
    copy = Copy(
        source=source, key=key, url=f"https://{source}.example/{key}", canonical_url=f"{source}.example/{key}",
        language="de", title=title, published=at, date_basis="feed", date_precision="minute",
        blocks=(Block("title", title, "title.first", 1), *blocks),
    )  # fmt: skip
    slug = issuer.lower().replace(" ", "-")
    mention = Mention(slug, issuer, "issuer", 5.0, False, True, (), "declared")
    filing = Filing((mention,), (), "", labels=(f"company/{slug}", "topic/building"))
    return Prepared(copy, filing, matching.fingerprint(copy), key.encode(), b"")


def settle(store: Store, item: Prepared, relation: str, release: int | None = None, candidate: int | None = None,
           now: datetime = NOW) -> frozenset[str]:  # fmt: skip
    verdict = Verdict(relation, release, candidate, (Evidence("test", "said so"),))  # type: ignore[arg-type]
    with store.settling():
        return store.apply(pack(item), verdict, now)


class _Shelf(Shelf):
    def newest(self, label: str, limit: int) -> list[Release]:
        return self.releases(self.latest(label, limit))


def shelf(store: Store) -> _Shelf:
    return _Shelf(store.db.conn)
