"""Looking at a poll before anything of it is stored: texts under new ids, and more at once than is believable.

A source that changes its ids or addresses shows known texts under keys that nobody knows. Matching finds
what they are; where the source does not show the old key any more, the known copy gets the new one, and
nothing is published again. What is new then and far more than the source's history explains is held back for
the operator: a flood is more often a relaunch gone wrong than news. Nothing of it is lost meanwhile. What is
not part of it goes on, also while something is held.

The first poll of a source, what was asked for as old (`backfill`), a list that overran and whose further pages led back
to what was known, folders, mailboxes and texts read by hand are no floods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.codec import Packed
from aggregator.ingest import flood
from aggregator.ingest.checkup import NEWS, STATUS, after_release
from aggregator.ingest.haul import Haul, Report, is_lasting, is_local
from aggregator.ingest.judging import judge
from aggregator.model import Evidence, Problem, Source, Verdict
from aggregator.store import Store, health, held
from aggregator.store.candidates import records
from aggregator.store.feeds import ALL
from aggregator.store.followed import forget as forget_page
from aggregator.store.held import Held, Known


def admitted(store: Store, haul: Haul) -> tuple[Sequence[Packed], int]:
    """What of a poll is stored now, and how much is held back that was not before."""
    prepared, c = haul.harvest.prepared, store.db.conn
    if haul.by_hand or is_lasting(haul.source) or not prepared:
        return prepared, 0
    waiting, flowing = _parted(store, haul)
    held.hold(c, haul.source.id, [(p, flood.mark(p)) for p in waiting], haul.finished)
    known = health.standing(c, haul.source.id)
    if len(flowing) <= flood.LEAST or haul.backfill or haul.closed or known.phase != "loaded":
        return flowing, 0
    news = [p for p in flowing if _is_news(p, store, haul)]
    number = flood.distinct(news)
    moments, last = health.moments(c, haul.source.id), store.last_success(haul.source.id)
    most = flood.limit(known.samples, moments, last, haul.finished)
    if number <= most:
        return flowing, 0
    haul.harvest.problems.append(_held_back(haul.source.id, number, most))
    new = held.hold(c, haul.source.id, [(p, flood.mark(p)) for p in news], haul.finished)
    back = {p.key for p in news}
    return [p for p in flowing if p.key not in back], new


def _is_news(packed: Packed, store: Store, haul: Haul) -> bool:
    verdict = judge(packed, store)
    return verdict.relation in NEWS and moved(packed, verdict, store, haul) is None


def _parted(store: Store, haul: Haul) -> tuple[list[Packed], list[Packed]]:
    """What waits already or was dropped once, and the rest."""
    c, source = store.db.conn, haul.source.id
    if not held.digests(c, source):
        return [], haul.harvest.prepared
    known = {p.key for p in haul.harvest.prepared if held.is_held(c, source, p.key, flood.mark(p))}
    return (
        [p for p in haul.harvest.prepared if p.key in known],
        [p for p in haul.harvest.prepared if p.key not in known],
    )


def _held_back(source: str, number: int, most: int) -> Problem:
    detail = (
        f"{number} new releases at once, where its history explains {most}: held back;"
        f" `aggregator sources show {source}` lists them, `aggregator sources release {source}` publishes them"
    )
    return Problem("held", detail, source)


def moved(packed: Packed, verdict: Verdict, store: Store, haul: Haul) -> Known | None:
    """The copy that this text was until its source gave it another key; None where it is none.

    Told only where the list itself was read, since a key that is still shown is another item. Matching asks for
    more than a source's own item needs (prose, words enough), so equal headline, date and text count as well.
    """
    if haul.by_hand or is_local(haul.source) or not haul.shown:
        return None
    if verdict.relation == "copy" and verdict.release is not None:
        copies = held.copies(store.db.conn, verdict.release, packed.source)
    elif verdict.relation in NEWS:
        copies = [c for c in held.twins(store.db.conn, packed) if flood.is_twin(packed, c)]
    else:
        return None
    return flood.was(packed, copies, haul.shown) if copies else None


def settle_moved(packed: Packed, known: Known, store: Store, haul: Haul, changed: set[str]) -> str:
    """Give a known copy its new key, then settle the item as its source's own. Says what became of it."""
    now = haul.finished
    store.releases.call(known.row, packed)
    if known.url and known.url != packed.url:  # its old page is not asked for any more
        forget_page(store.db.conn, packed.source, known.url)
        haul.followed = [p for p in haul.followed if p.url != known.url]
    verdict = judge(packed, store)
    if verdict.candidate == known.row and verdict.relation == "unchanged":
        assert verdict.release is not None
        changed |= store.releases.readdress(known.row, verdict.release, packed)
        return "remapped"
    marks = {*packed.unpack().copy.marks, *records(store.db.conn, known.row)[0].marks}
    if verdict.relation == "correction" and not marks & {"correction", "withdrawal"}:
        # With new ids a site also writes its numbers otherwise. What was marked as withdrawn and is no more is told.
        verdict = replace(verdict, relation="revision")
    moved_by = Evidence("match.moved", f"the source called it {known.key} before, and shows that no more")
    changed |= store.apply(packed, replace(verdict, evidence=(moved_by, *verdict.evidence)), now)
    return "remapped" if verdict.relation == "revision" else verdict.relation


def note_moved(haul: Haul, counts: dict[str, int]) -> None:
    """Tell how many items have new ids."""
    if number := counts.get("remapped"):
        has = "1 item has a new id" if number == 1 else f"{number} items have new ids"
        detail = f"{has}: remapped, nothing is published again"
        haul.harvest.problems.append(Problem("remapped", detail, haul.source.id))


def release(
    store: Store,
    source: Source,
    waiting: Sequence[Held],
    read: Mapping[int, Packed],
    now: datetime,
    *,
    drop: bool,
) -> Report:
    """Decide and store what was held, as if it came now but seen when it came; or drop it for good.

    `read` are the held texts by row; one that is refused by today's rules is missing there, and goes.
    """
    c, counts, changed = store.db.conn, Counter[str](), set[str]()
    with store.settling():
        if drop:
            counts["dropped"] = held.drop(c, source.id)
        for text in waiting if not drop else ():
            packed = read.get(text.row)
            if packed is None:
                counts["refused"] += 1
                continue
            verdict = judge(packed, store)
            changed |= {*store.apply(packed, verdict, text.at), ALL}
            counts[verdict.relation] += 1
        held.settled(c, [] if drop else [text.row for text in waiting])
        if after_release(store, source, sum(counts[r] for r in NEWS), now):
            changed.add(STATUS)
    return Report(source.id, "ok" if counts else "unchanged", counts, (), frozenset(changed), 0.0, now)
