"""Candidates and verdict for one more release in stores of growing size.

    python -m benchmarks.matching_cost [SIZE ...]

SIZE: numbers of stored releases, ascending (10000 100000 300000). The rows are written in bulk, as the
store writes them; nothing is decided meanwhile. At each size new texts are asked for: processor time of
`Store.candidates` and of the whole verdict, by kind of text, and for reprints whether the original was
found. Then the size of the database. First: how many true pairs of `benchmarks.matching` the look-ups find.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator import codec
from aggregator.codec import Packed, pack
from aggregator.ingest.settle import judge
from aggregator.matching import strong_identifiers
from aggregator.store import Store
from aggregator.store.database import stamp
from benchmarks.matching.cases import generate
from benchmarks.matching.docs import Doc
from benchmarks.matching_cost.texts import DAYS, KINDS, START, Newsroom

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BATCH = 5000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 300_000])
    parser.add_argument("--probes", type=int, default=60, help="texts asked for, of each kind and size")
    parser.add_argument("--folder", type=Path, help="where the database is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        print(recall(Path(folder) / "pairs"))
    for size in sorted(given.sizes):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            measure(Path(folder), size, given.probes)
    return 0


def recall(folder: Path) -> str:
    """Of the generated pairs that are one release, how many are found by the look-ups."""
    pairs = [p for p in generate(rounds=2) if p.truth != "different"]
    store = Store(folder)
    docs = {(p.a.host, p.a.id): p.a for p in pairs}
    fill(store, docs.values())
    missed: dict[str, int] = defaultdict(int)
    for pair in pairs:
        found = {(c.copy.source, c.copy.key) for c in store.candidates(packed(pair.b))}
        missed[pair.kind] += (pair.a.host, pair.a.id) not in found
    store.close()
    lost = {kind: n for kind, n in missed.items() if n}
    return (
        f"true pairs {len(pairs)}, found by look-ups {1 - sum(lost.values()) / len(pairs):.4f}, missed {lost}"
    )


def packed(doc: Doc) -> Packed:
    item = doc.prepared()
    return pack(item, strong_identifiers(item.copy))


def fill(store: Store, docs: Iterable[Doc]) -> None:
    """Write releases of one copy each, as the store writes them, without asking what they are."""
    batch: list[Packed] = []
    for doc in docs:
        batch.append(packed(doc))
        if len(batch) == BATCH:
            _write(store, batch)
            batch = []
    _write(store, batch)


def _write(store: Store, items: Sequence[Packed]) -> None:
    c = store.db.conn
    first = c.execute("SELECT coalesce(max(id), 0) + 1 FROM copies").fetchone()[0]
    rows = list(enumerate(items, first))
    day = stamp(NOW)
    dates = {n: stamp(i.published) if i.published else None for n, i in rows}
    with store.settling():
        c.executemany(
            "INSERT INTO releases (id, uid, canonical, first_seen, published, updated) VALUES (?,?,?,?,?,?)",
            [(n, f"urn:uuid:{n:032x}", n, day, dates[n] or day, dates[n] or day) for n, _ in rows],
        )
        c.executemany(
            "INSERT INTO copies (id, release, source, key, url, canonical_url, language, title, title_key, published,"
            " issuer, kind, words, body_hash, draft_digest, relation, first_seen, changed, leader)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'new',?,?,?)",
            [
                (n, n, i.source, i.key, i.url, i.canonical_url, i.language, i.title, i.fingerprint.title_key, dates[n],
                 i.issuer, i.kind, i.fingerprint.words, i.fingerprint.body_hash, b"", day, day, n)
                for n, i in rows
            ],
        )  # fmt: skip
        c.executemany(
            "INSERT INTO texts (copy, record, filing, fingerprint, draft) VALUES (?,?,?,?,?)",
            [(n, i.record, i.filing, i.mark, b"") for n, i in rows],
        )
        for table, field in (("sketch", "sketch"), ("quotes", "quotes")):
            hashes = sorted((h, n) for n, i in rows for h in getattr(i.fingerprint, field))
            c.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?,?)", hashes)


def measure(folder: Path, size: int, probes: int) -> None:
    started = time.perf_counter()
    store, room = Store(folder), Newsroom()
    store.db.conn.execute("PRAGMA synchronous = OFF")
    store.db.conn.execute("PRAGMA cache_size = -400000")
    fill(store, room.stream(size))
    built = time.perf_counter() - started
    bytes_used = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    print(
        f"\n{size:,} releases, built in {built:.0f} s, {bytes_used / size / 1024:.1f} KB each ({bytes_used >> 20} MB)"
    )
    day = START + timedelta(days=DAYS)
    for kind in KINDS:
        room_docs = [_probe(room, kind, day, store) for _ in range(probes)]
        print(_line(kind, store, room_docs))
    store.close()


def _probe(room: Newsroom, kind: str, day: object, store: Store) -> tuple[Packed, int | None]:
    if kind != "reprint":
        return packed(room.one(kind, day)), None  # type: ignore[arg-type]
    top = store.db.conn.execute("SELECT max(id) FROM copies").fetchone()[0]
    while True:  # of any stored text, old or new
        row = room._rng.randrange(1, top + 1)
        record, published = store.db.conn.execute(
            "SELECT t.record, c.published FROM texts t JOIN copies c ON c.id = t.copy WHERE c.id = ?"
            " AND c.words > 100 AND c.title_key LIKE '% % % %'", (row,)
        ).fetchone() or (None, None)  # fmt: skip
        if record:
            copy = codec.decode_copy(record)
            own = datetime.fromisoformat(published).date()
            doc = Doc(
                copy.key, copy.language, "", copy.title, list(copy.texts("paragraph")), "", own, copy.source
            )
            return packed(room.one("reprint", own, doc)), row


def _line(kind: str, store: Store, asked: Sequence[tuple[Packed, int | None]]) -> str:
    find, whole, hits, many = [], [], 0, []
    for item, row in asked:
        before = time.process_time()
        candidates = store.candidates(item)
        between = time.process_time()
        judge(item, store)
        after = time.process_time()
        find.append((between - before) * 1000)
        whole.append((after - between) * 1000)
        many.append(len(candidates))
        hits += row in {c.copy_id for c in candidates}
    found = f", original found {hits}/{len(asked)}" if asked[0][1] is not None else ""
    return (
        f"  {kind:<13} candidates {statistics.median(find):6.1f} ms (slowest {max(find):6.1f}), with verdict "
        f"{statistics.median(whole):6.1f} ms (slowest {max(whole):6.1f}), {statistics.mean(many):.0f} candidates{found}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
