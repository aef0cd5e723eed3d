"""Which copies are one release: the same whatever came first, and as the operator said."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.codec import pack
from aggregator.ingest.settle import judge
from aggregator.matching import strong_identifiers
from aggregator.model import Block, Prepared, Source
from aggregator.store import Store
from benchmarks.matching.docs import releases
from benchmarks.matching.mixed import ROLES, copies, differing, gathered, partition, settled

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ORIGINAL = next(doc for doc in releases() if doc.id == "museum-de")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    sources = [Source(id=h, adapter="feed", url=f"https://{h}/", role=r) for h, r in ROLES.items()]  # type: ignore[arg-type]
    opened.sync([(s, 3600.0) for s in sources], (), (), NOW)
    yield opened
    opened.close()


def arrive(store: Store, item: Prepared, day: int = 0) -> int:
    """Settle one copy as a poll does. Returns the row of its release."""
    packed = pack(item, strong_identifiers(item.copy))
    with store.settling():
        store.apply(packed, judge(packed, store), NOW + timedelta(days=day))
    return release_of(store, item)


def release_of(store: Store, item: Prepared) -> int:
    row = store.db.conn.execute(
        "SELECT release FROM copies WHERE source = ? AND key = ?", (item.copy.source, item.copy.key)
    ).fetchone()
    return int(row[0])


def uid(store: Store, release: int) -> str:
    return str(store.db.conn.execute("SELECT uid FROM releases WHERE id = ?", (release,)).fetchone()[0])


WORDS = " ".join(ORIGINAL.paragraphs).split()


def part(host: str, start: float, end: float) -> Prepared:
    """A part of the original, as an outlet shows it."""
    text = " ".join(WORDS[int(start * len(WORDS)) : int(end * len(WORDS))])
    return replace(ORIGINAL, id=host, host=host, paragraphs=[text], issuer_known=False).prepared()


FIRST, SECOND = part("branchenbote.example", 0.0, 0.5), part("fachblatt-muster.example", 0.5, 1.0)


def named(item: Prepared, title: str) -> Prepared:
    from aggregator.matching import fingerprint

    copy = replace(item.copy, title=title)
    return replace(item, copy=copy, fingerprint=fingerprint(copy))


def test_any_order_of_arrival_ends_in_the_same_releases(tmp_path: Path) -> None:
    """A hundred and twenty mixed copies in eight orders."""
    check(tmp_path, copies(120), 8)


def test_any_order_of_arrival_ends_in_the_same_series(tmp_path: Path) -> None:
    """All that was made from two releases of one company: while they come, texts lead for a time that are
    siblings of others by their edits alone, and no release stays linked by such a text."""
    check(tmp_path, [item for item in copies(300) if "pumpen" in item.copy.key], 6)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_two_hundred_orders_of_three_hundred_copies_end_in_the_same_releases(tmp_path: Path) -> None:
    check(tmp_path, copies(300), 200)


def check(folder: Path, items: list[Prepared], orders: int) -> None:
    found, series = [], []
    for n in range(orders):
        random.Random(n).shuffle(items)
        store = settled(folder / str(n), items)
        found.append(partition(store))
        series.append(gathered(store))
        store.close()
        assert found[n] == found[0], (n, differing(found[0], found[n]))
        assert series[n] == series[0], (n, differing(series[0], series[n]))


def test_a_text_that_bridges_two_releases_makes_them_one(store: Store) -> None:
    """Two halves are strangers until the whole comes. The older entry stays; the younger one's id is
    remembered beside it."""
    older, younger = arrive(store, FIRST), arrive(store, SECOND, 1)
    assert older != younger
    ids = uid(store, older), uid(store, younger)
    assert (
        arrive(store, ORIGINAL.prepared(), 2)
        == release_of(store, FIRST)
        == release_of(store, SECOND)
        == older
    )
    assert uid(store, older) == ids[0]
    assert store.db.conn.execute("SELECT uid, release FROM gone").fetchall() == [(ids[1], older)]


def test_a_series_is_one_whichever_member_came_first(store: Store) -> None:
    """The first and third notice are linked by the second, however they came."""
    from benchmarks.matching.docs import load
    from benchmarks.matching.others import siblings

    template = next(t for t in load("templates.toml")["template"] if t["id"] == "buyback")
    notices = []
    for n in range(4):
        doc = siblings(template, random.Random(5))[0]
        text = "\n\n".join(doc.paragraphs).replace("2024", str(2020 + n)).replace("Stück", f"{n}71 Stück")
        notices.append(
            replace(
                doc,
                id=str(n),
                title=f"{doc.company}: {n + 3}. Zwischenmeldung",
                paragraphs=text.split("\n\n"),
            )
        )
    for doc in (notices[3], notices[0], notices[2], notices[1]):
        arrive(store, doc.prepared())
    series = store.db.conn.execute("SELECT DISTINCT series FROM releases").fetchall()
    assert len(series) == 1
    assert series[0][0]


def test_what_is_never_one_stays_apart_whatever_comes_later(store: Store) -> None:
    """Two reprints that the operator keeps apart: the original joins one of them only."""
    copy = part("tradeweekly.example", 0.0, 0.8)
    one, other = arrive(store, FIRST), arrive(store, named(SECOND, "Etwas anderes"))
    with store.settling():
        store.overrules.never(one, other, NOW)
    arrive(store, ORIGINAL.prepared(), 1)
    arrive(store, copy, 2)
    assert release_of(store, FIRST) != release_of(store, SECOND)


def test_what_was_merged_stays_one_and_draws_its_copies(store: Store) -> None:
    """A text that resembles only the merged one joins as well; read again, all stays as it is."""
    others = [doc for doc in releases() if doc.language == "de" and doc.id != ORIGINAL.id]
    stranger = replace(others[0], company=ORIGINAL.company).prepared()
    kept, gone = arrive(store, ORIGINAL.prepared()), arrive(store, stranger)
    assert kept != gone
    with store.settling():
        store.overrules.merge(kept, gone, NOW)
    reprint = replace(others[0], id="r", host="branchenbote.example", issuer_known=False).prepared()
    assert arrive(store, reprint, 1) == kept
    row = store.db.conn.execute("SELECT id FROM copies WHERE key = ?", (stranger.copy.key,)).fetchone()[0]
    edited = replace(
        stranger.copy, blocks=(*stranger.copy.blocks, Block("paragraph", "Neu gelesen.", "made", 99))
    )
    with store.settling():
        store.releases.reread(row, pack(replace(stranger, copy=edited, draft_digest=b"")), b"")
    assert release_of(store, stranger) == kept


def test_what_was_split_stays_apart_when_a_better_text_comes(store: Store) -> None:
    """The original is a copy of both; it goes with one, and the other is left alone."""
    reprint = part("wirtschaft-vorort.example", 0.0, 0.9)
    arrive(store, FIRST)
    together = arrive(store, reprint)
    assert release_of(store, FIRST) == together
    row = store.db.conn.execute("SELECT id FROM copies WHERE key = ?", (FIRST.copy.key,)).fetchone()[0]
    with store.settling():
        store.overrules.split(row, NOW)
    arrive(store, ORIGINAL.prepared(), 3)
    assert release_of(store, FIRST) != release_of(store, reprint)


def test_a_translation_is_found_behind_many_copies(store: Store) -> None:
    """Thirty places show one text of an issuer; another of its texts of that day still finds its translation."""
    german, english = (
        next(d for d in releases() if d.id == f"pumpen-{language}") for language in ("de", "en")
    )
    shown = replace(ORIGINAL, language="en", company=german.company, day=german.day)
    for n in range(30):
        arrive(store, replace(shown, id=f"copy-{n}", host=f"paper-{n}.example").prepared())
    first = arrive(store, replace(english, day=german.day).prepared())
    assert arrive(store, german.prepared(), 1) == first
