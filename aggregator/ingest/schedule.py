"""What a poll teaches of its source's rhythm, what its list lost, and when the source is polled next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator import rhythm
from aggregator.ingest.following import SHORTEST
from aggregator.ingest.haul import Haul, is_local, is_paged, is_web
from aggregator.model import Problem, Verdict
from aggregator.rhythm import Answer, History, Look, Next, Plan
from aggregator.store import Store
from aggregator.store.arrivals import key_hash

KNOWN = frozenset({"unchanged", "revision", "correction"})
"""What the verdict says of a text that its source showed before."""


def note_overrun(store: Store, haul: Haul, verdicts: Mapping[str, Verdict]) -> Problem | None:
    """Record the gap of a list that overran. None where it did not: where most of its texts are known of this
    source, it only gave them new ids."""
    since = store.last_success(haul.source.id)
    if not haul.overran or since is None:
        return None
    if 2 * sum(_is_old(store, haul.source.id, v) for v in verdicts.values()) > len(haul.items):
        haul.overran = False
        return None
    size, pages = len(haul.items), haul.older_pages
    read = f"{pages} further page{'s'[: pages != 1]} read" if pages else ""
    said = "; ".join(s for s in (read, haul.refill.told() if haul.refill else "") if s)
    store.arrivals.note_gap(haul.source.id, since, haul.finished, size, pages, closed=haul.closed, said=said)
    filled = "and nothing is missing" if haul.closed else "and what came before them may be missing"
    detail = (
        f"all {size} items of the list are newer than the last poll{'; ' if said else ''}{said}, {filled}"
    )
    return Problem("overrun", detail, haul.source.url)


def told_backfill(haul: Haul) -> Problem | None:
    """What came of a backfill whose list names no further page, or fewer than were asked for."""
    if haul.backfilled >= haul.backfill or haul.failure or not is_web(haul.source):
        return None
    if not is_paged(haul.source):
        return Problem("backfill", "it has no further pages: all of it is read at each poll", haul.source.url)
    if haul.backfilled:
        read = f"{haul.backfilled} page{'s'[: haul.backfilled != 1]}"
        return Problem("backfill", f"its list ends after {read} more", haul.source.url)
    said = haul.refill.told() if haul.refill else 'no page of an item is followed (follow = "never")'
    if haul.source.adapter in ("newsroom", "jsonlist"):
        remedy = "where it has one, write `next` into its recipe (docs/sources.md)"
    else:
        remedy = "`aggregator sources add` reads the page that lists all releases, where there is one"
    detail = f"its list names no next page; {said}; {remedy}"
    return Problem("backfill", detail, haul.source.url)


def _is_old(store: Store, source: str, verdict: Verdict) -> bool:
    if verdict.relation in KNOWN:
        return True
    return (
        verdict.relation == "copy"
        and verdict.candidate is not None
        and store.arrivals.source_of(verdict.candidate) == source
    )


def reschedule(store: Store, haul: Haul, plan: Plan, failures: int, verdicts: Mapping[str, Verdict]) -> Next:
    """Learn from a poll, and choose the time of the next. `failures` counts this poll."""
    source = haul.source
    stored = store.arrivals.history(source.id)
    history = rhythm.decode(stored) if stored else None
    learnt = None
    if not failures and not is_local(source) and not haul.by_hand:
        learnt = _learn(store, haul, history, plan, verdicts)
    asked = max(haul.retry_after or 0.0, haul.least_wait)
    answer = Answer(failures, asked, haul.fresh_for or 0.0)
    chosen = rhythm.next_poll(learnt or history, haul.finished, plan, id=source.id, answer=answer)
    if not haul.by_hand:
        changed = learnt is not None and learnt != history
        store.arrivals.keep(source.id, rhythm.encode(learnt) if learnt and changed else None, chosen.why)
    return chosen


def _learn(
    store: Store, haul: Haul, history: History | None, plan: Plan, verdicts: Mapping[str, Verdict]
) -> History:
    source, parts = haul.source.id, any(page.part for page in haul.followed)
    listed = store.arrivals.listed(source)
    whole = bool(haul.items) and not (parts or haul.harvest.failed)  # a list that was read in one piece
    if whole:
        store.arrivals.keep_listed(source, haul.items)
    size = len(haul.items) if whole and len(haul.items) >= SHORTEST else 0
    # Of a list that is read for the first time nobody knows what is new.
    known = listed is not None or (history is not None and not whole)
    before = store.last_success(source) if known else None
    new = list(_new(haul, verdicts, listed or frozenset(), whole))
    look = Look(haul.finished, before, new, size, haul.overran)
    return rhythm.learn(history, look, ZoneInfo(plan.timezone))


def _new(
    haul: Haul, verdicts: Mapping[str, Verdict], listed: frozenset[bytes], whole: bool
) -> Iterator[tuple[datetime | None, bool]]:
    """When each item that was not there before was published, as far as that is told."""
    dated = {packed.key: (packed.published, packed.exact) for packed in haul.harvest.prepared}
    for key in haul.items if whole else ():
        known = key in verdicts and verdicts[key].relation in KNOWN
        if not known and key_hash(key) not in listed:
            yield dated.get(key, (None, False))
    shown = set(haul.items) if whole else set()
    for key, verdict in verdicts.items():
        # Of further pages and pieces: those of a backfill teach by their date only.
        dates = dated.get(key, (None, False))
        if key not in shown and verdict.relation not in KNOWN and (dates[0] or not haul.backfill):
            yield dates
