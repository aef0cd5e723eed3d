"""A few hundred mixed copies as a month brings them, and what becomes of them in one order of arrival.

Reprints of 5 to 60 % edits, excerpts, translations, corrections, siblings of templates, follow-ups,
rubbish; from an issuer's site, a wire and outlets. Deterministic for a seed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from aggregator.codec import pack
from aggregator.ingest.settle import judge
from aggregator.matching import strong_identifiers
from aggregator.model import Prepared, Source
from aggregator.store import Store
from benchmarks.matching.cases import generate
from benchmarks.matching.docs import releases
from benchmarks.matching.edits import EDITS, HOSTS

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ROLES = {"newsroom.example": "issuer", "wire.example": "wire", **dict.fromkeys(HOSTS, "outlet")}


def copies(count: int = 300, seed: int = 11) -> list[Prepared]:
    """`count` different copies: a third of pairs of every kind, the rest reprints of the same releases."""
    rng = random.Random(seed)
    pairs = list(generate(seed=seed))
    rng.shuffle(pairs)
    docs = {}
    for pair in pairs:
        if len(docs) < count * 0.45:
            docs |= {(d.host, d.id): d for d in (pair.a, pair.b)}
    for doc in releases():
        docs[doc.host, doc.id] = doc
    edits = list(EDITS.values())
    while len(docs) < count:
        made = rng.choice(edits)(rng.choice(releases()), rng)
        docs[made.host, made.id] = made
    return [doc.prepared() for doc in list(docs.values())[:count]]


def settled(folder: Path, arrivals: Iterable[Prepared]) -> Store:
    """A store to which these copies came in this order."""
    store = Store(folder)
    sources = [Source(id=h, adapter="feed", url=f"https://{h}/", role=r) for h, r in ROLES.items()]  # type: ignore[arg-type]
    store.sync([(s, 3600.0) for s in sources], (), (), NOW)
    with store.settling():
        for copy in arrivals:
            packed = pack(copy, strong_identifiers(copy.copy))
            store.apply(packed, judge(packed, store), NOW)
    return store


Partition = frozenset[frozenset[tuple[str, str]]]


def partition(store: Store, column: str = "release") -> Partition:
    """Which copies, by source and key, are one release."""
    found: dict[object, set[tuple[str, str]]] = defaultdict(set)
    for value, source, key in store.db.conn.execute(f"SELECT {column}, source, key FROM copies"):
        found[value].add((source, key))
    return frozenset(map(frozenset, found.values()))


_SERIES = """
    SELECT r.series, c.source, c.key FROM copies c JOIN releases r ON r.id = c.release
    WHERE r.series IN (SELECT series FROM releases WHERE series != '' GROUP BY series HAVING count(*) > 1)"""


def gathered(store: Store) -> Partition:
    """Which copies, by source and key, belong to releases of one series."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for series, source, key in store.db.conn.execute(_SERIES):
        found[series].add((source, key))
    return frozenset(map(frozenset, found.values()))


def differing(one: Partition, two: Partition) -> Sequence[tuple[list[str], list[str]]]:
    """The releases of the first that are none of the second, and those of the second which they touch."""
    return [
        (sorted(k for _, k in group), sorted(k for other in two - one if other & group for _, k in other))
        for group in one - two
    ]
