"""What subscribers are told of corrections and withdrawals, and which entries they may drop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_samples import NOW, TEXT, opened, prepared, settle, shelf

from aggregator.codec import pack
from aggregator.store import Store
from aggregator.store.corrections import MOST_GONE

LATER = NOW + timedelta(days=3)
MENDED = (TEXT[0].replace("12,5", "12,9"), TEXT[1])
LABELS = ("company/musterwerke-gmbh", "topic/building", "all")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def test_a_correction_is_an_event_of_its_own(store: Store) -> None:
    """With what changed, the address of the corrected text and the moment at which it was noticed."""
    settle(store, prepared(), "new")
    settle(store, prepared("own", "1", "Neue Halle", *MENDED, at=NOW), "correction", 1, 1, LATER)
    (event,) = shelf(store).corrections(10)
    assert (event.uid, event.at, event.status) == (shelf(store).newest("all", 1)[0].uid, LATER, "corrected")
    assert event.changes == ("„12,5“ → „12,9“",)
    assert (event.url, event.authors) == ("https://own.example/1", ("Musterwerke GmbH",))


def test_a_correction_that_a_wire_repeats_is_told_once(store: Store) -> None:
    """The wire marks as a correction what the issuer has corrected silently: nothing is new, nothing moves."""
    settle(store, prepared(), "new")
    settle(store, prepared("own", "1", "Neue Halle", *MENDED), "correction", 1, 1, LATER)
    before = shelf(store).newest("all", 1)[0].updated
    again = prepared("wire", "7", "Neue Halle", *MENDED, at=LATER)
    settle(store, again, "correction", 1, 1, LATER + timedelta(days=1))
    assert len(shelf(store).corrections(10)) == 1
    assert shelf(store).newest("all", 1)[0].updated == before
    assert shelf(store).newest("all", 1)[0].copy.source == "own"


def test_a_second_correction_is_a_second_event(store: Store) -> None:
    """The first one stays as it was told."""
    settle(store, prepared(), "new")
    settle(store, prepared("own", "1", "Neue Halle", *MENDED), "correction", 1, 1, LATER)
    again = prepared("own", "1", "Neue Halle", TEXT[0].replace("12,5", "13,1"), TEXT[1])
    settle(store, again, "correction", 1, 1, LATER + timedelta(days=1))
    said = [event.changes for event in shelf(store).corrections(10)]
    assert said == [("„12,9“ → „13,1“",), ("„12,5“ → „12,9“",)]


def test_old_corrections_of_a_backfill_keep_their_own_date(store: Store) -> None:
    """Both texts came in one poll: nobody was shown the wrong one, so it is no news of today."""
    long_ago = NOW - timedelta(days=400)
    settle(store, prepared(at=long_ago), "new")
    mended = prepared("wire", "2", "Neue Halle", *MENDED, at=long_ago + timedelta(days=1))
    settle(store, mended, "correction", 1, 1)
    (event,) = shelf(store).corrections(10)
    assert event.at == long_ago + timedelta(days=1)


def test_copies_and_quiet_edits_are_no_events(store: Store) -> None:
    """Neither is there anything to drop."""
    settle(store, prepared(), "new")
    settle(store, prepared("magazine", "9", "Halle eröffnet"), "copy", 1, 1, LATER)
    settle(
        store,
        prepared("own", "1", "Neue Halle", TEXT[0], TEXT[1] + " Gefeiert wird."),
        "revision",
        1,
        1,
        LATER,
    )
    assert shelf(store).corrections(10) == []
    assert all(shelf(store).gone(label) == [] for label in LABELS)


def test_a_withdrawn_release_may_be_dropped_wherever_it_stands(store: Store) -> None:
    """Its tombstone carries the moment of the withdrawal."""
    settle(store, prepared(), "new")
    settle(store, prepared("wire", "2", "Neue Halle"), "withdrawal", 1, 1, LATER)
    release = shelf(store).newest("all", 1)[0]
    assert [e.status for e in shelf(store).corrections(10)] == ["withdrawn"]
    for label in LABELS:
        (stone,) = shelf(store).gone(label)
        assert (stone.ref, stone.when, stone.heir) == (release.uid, release.updated, "")
    assert shelf(store).gone("topic/other") == []


def test_a_withdrawn_release_that_is_filed_otherwise_may_be_dropped_there(store: Store) -> None:
    """New labels carry the moment of the withdrawal, too."""
    settle(store, prepared(), "new")
    settle(store, prepared("wire", "2", "Neue Halle"), "withdrawal", 1, 1, LATER)
    item = prepared("wire", "2", "Neue Halle")
    other = replace(item, filing=replace(item.filing, labels=("topic/cranes",)))
    with store.settling():
        store.releases.reread(2, pack(other), b"2")
    (stone,) = shelf(store).gone("topic/cranes")
    assert stone.when == LATER
    assert shelf(store).gone("topic/building") == []


def test_what_others_took_back_costs_a_feed_nothing(store: Store) -> None:
    """The steps of the database for one feed's tombstones do not grow with the withdrawn releases of all."""
    settle(store, prepared(), "new")
    settle(store, prepared("wire", "2", "Neue Halle"), "withdrawal", 1, 1, LATER)

    def steps() -> int:
        counted: list[int] = []
        store.db.conn.set_progress_handler(lambda: counted.append(1), 1)
        assert len(shelf(store).gone("topic/building")) == 1
        store.db.conn.set_progress_handler(None, 1)
        return len(counted)

    few = steps()
    with store.settling():
        for number in range(1000):
            values = (f"urn:uuid:{number}", *[NOW.isoformat()] * 3)
            row = store.db.conn.execute(
                "INSERT INTO releases (uid, canonical, first_seen, published, updated) VALUES (?,0,?,?,?)",
                values,
            ).lastrowid
            store.db.conn.execute(
                "INSERT INTO labels (label, published, release) VALUES ('topic/other', ?, ?)",
                (values[1], row),
            )
            store.db.conn.execute("UPDATE releases SET status = 'withdrawn' WHERE id = ?", (row,))
    assert steps() <= few * 1.1
    assert len(shelf(store).gone("topic/other")) == MOST_GONE


def test_the_tombstones_of_an_older_store_stay(store: Store, tmp_path: Path) -> None:
    """A store of the version before does not know beside its labels what was taken back."""
    settle(store, prepared(), "new")
    settle(store, prepared("wire", "2", "Neue Halle"), "withdrawal", 1, 1, LATER)
    before = {label: shelf(store).gone(label) for label in LABELS}
    for line in (
        "DROP TRIGGER releases_taken_back",
        "DROP INDEX labels_withdrawn",
        "ALTER TABLE labels DROP COLUMN withdrawn",
        "DELETE FROM _sqlite_migrations WHERE name = 'm056_withdrawn'",
    ):
        store.db.conn.execute(line)
    store.db.conn.commit()
    store.close()
    again = Store(tmp_path)
    assert {label: shelf(again).gone(label) for label in LABELS} == before
    assert all(before.values())
    again.close()


def test_a_merged_release_may_be_dropped_and_comes_back_when_it_is_split(store: Store) -> None:
    """The old id is named in every feed that had it, with its heir; parted again it is an entry as before."""
    settle(store, prepared(), "new")
    settle(store, prepared("magazine", "9", "Halle eröffnet", issuer="Andere GmbH"), "new")
    kept, old = (r.uid for r in sorted(shelf(store).newest("all", 2), key=lambda r: r.row))
    with store.settling():
        store.overrules.merge(1, 2, LATER)
    for label in ("company/andere-gmbh", "topic/building", "all"):
        assert [(s.ref, s.when, s.heir) for s in shelf(store).gone(label)] == [(old, LATER, kept)]
    assert shelf(store).gone("company/musterwerke-gmbh") == []
    with store.settling():
        store.overrules.split(2, LATER)
    assert old in {r.uid for r in shelf(store).newest("all", 2)}
    assert shelf(store).gone("all") == []


def test_corrections_of_an_older_store_are_told_with_their_old_dates(store: Store, tmp_path: Path) -> None:
    """A store of the version before has corrected releases, and no record of when they were told."""
    settle(store, prepared(), "new")
    settle(store, prepared("own", "1", "Neue Halle", *MENDED), "correction", 1, 1, LATER)
    (before,) = shelf(store).corrections(10)
    for made in (
        "TABLE corrections",
        "TABLE tombstones",
        "INDEX releases_withdrawn",
        "INDEX releases_series_published",
    ):
        store.db.conn.execute(f"DROP {made}")
    store.db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm016_corrections'")
    store.db.conn.commit()
    store.close()
    again = Store(tmp_path)
    (after,) = shelf(again).corrections(10)
    again.close()
    assert (after.uid, after.at, after.changes) == (before.uid, before.at, before.changes)
