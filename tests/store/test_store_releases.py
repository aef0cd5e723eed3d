"""Verdicts carried out: what subscribers see of releases, copies, corrections and edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import NOW, TEXT, opened, prepared, settle, shelf

from aggregator.codec import pack
from aggregator.errors import UsageError
from aggregator.model import Company, Source, Verdict
from aggregator.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def test_a_new_release_is_in_its_feeds(store: Store) -> None:
    """Its labels have feeds, and `all` has it too."""
    changed = settle(store, prepared(), "new")
    assert changed == {"company/musterwerke-gmbh", "topic/building"}
    for label in (*changed, "all"):
        assert [r.copy.title for r in shelf(store).newest(label, 10)] == ["Neue Halle"]


def test_the_same_arrivals_mint_the_same_id(store: Store, tmp_path: Path) -> None:
    """A store built anew from the same sources gives subscribers the same entries."""
    settle(store, prepared(), "new")
    other = Store(tmp_path / "other")
    settle(other, prepared(), "new")
    assert shelf(store).newest("all", 1)[0].uid == shelf(other).newest("all", 1)[0].uid
    other.close()


def test_a_copy_changes_neither_id_nor_updated(store: Store) -> None:
    """A reprint is one more sighting; the entry stays what it was."""
    settle(store, prepared(), "new")
    before = shelf(store).newest("all", 1)[0]
    settle(store, prepared("magazine", "9", "Halle eröffnet"), "copy", 1, 1, NOW + timedelta(days=20))
    after = shelf(store).newest("all", 10)
    assert len(after) == 1
    assert (after[0].uid, after[0].updated, after[0].copy) == (before.uid, before.updated, before.copy)
    assert [s.source for s in after[0].sightings] == ["own", "magazine"]


def test_the_issuers_own_text_replaces_a_reprint_without_resurfacing(store: Store) -> None:
    """The better copy is shown, under the old id, with the issuer's date, and `updated` is left alone."""
    settle(store, prepared("magazine", "9", "Halle eröffnet", at=NOW), "new")
    before = shelf(store).newest("all", 1)[0]
    settle(store, prepared(at=NOW - timedelta(days=18)), "copy", 1, 1, NOW + timedelta(days=1))
    after = shelf(store).newest("all", 1)[0]
    assert after.uid == before.uid
    assert after.copy.source == "own"
    assert after.published == NOW - timedelta(days=18)
    assert after.updated == before.updated


def test_a_correction_is_announced(store: Store) -> None:
    """Same id, later `updated`, and what changed in words."""
    settle(store, prepared(), "new")
    before = shelf(store).newest("all", 1)[0]
    later = NOW + timedelta(days=1)
    mended = prepared("own", "2", "Neue Halle", TEXT[0].replace("12,5", "12,9"), TEXT[1], at=later)
    settle(store, mended, "correction", 1, 1, later)
    after = shelf(store).newest("all", 10)
    assert len(after) == 1
    assert after[0].uid == before.uid
    assert after[0].status == "corrected"
    assert after[0].updated == later
    assert "12,9" in after[0].copy.body
    assert any("12,5" in c and "12,9" in c for c in after[0].changes)


def test_a_quiet_edit_is_kept_and_not_announced(store: Store) -> None:
    """The new wording is shown and the old one kept; `updated` stays."""
    settle(store, prepared(), "new")
    before = shelf(store).newest("all", 1)[0]
    edited = prepared("own", "1", "Neue Halle", TEXT[0], TEXT[1] + " Gefeiert wird im Mai.")
    settle(store, edited, "revision", 1, 1, NOW + timedelta(hours=5))
    after = shelf(store).newest("all", 1)[0]
    assert "im Mai" in after.copy.body
    assert after.updated == before.updated
    assert [r.relation for r in shelf(store).revisions(1)] == ["revision"]


def test_an_edit_moves_a_release_between_feeds(store: Store) -> None:
    """Both the feed that loses it and the one that gains it are rebuilt."""
    settle(store, prepared(), "new")
    edited = prepared()
    edited = replace(edited, filing=replace(edited.filing, labels=("topic/logistics",)))
    assert settle(store, edited, "revision", 1, 1) >= {"topic/building", "topic/logistics"}
    assert shelf(store).newest("topic/building", 5) == []


def test_old_releases_are_no_news(store: Store) -> None:
    """A backfilled text keeps its own date as `updated`, so that no reader shows it as new."""
    settle(store, prepared(at=NOW - timedelta(days=400)), "new")
    release = shelf(store).newest("all", 1)[0]
    assert release.updated == release.published == NOW - timedelta(days=400)


def test_a_date_in_the_future_does_not_pin_an_entry(store: Store) -> None:
    """It is shown as an hour after it was first seen at the latest."""
    settle(store, prepared(at=datetime(2099, 1, 1, tzinfo=UTC)), "new")
    assert shelf(store).newest("all", 1)[0].published == NOW + timedelta(hours=1)


def test_a_series_keeps_its_members_apart(store: Store) -> None:
    """Two releases, one name of the series: the first member's id."""
    settle(store, prepared(key="24"), "new")
    settle(store, prepared(key="25"), "series", 1, 1)
    first, second = shelf(store).releases([1, 2])
    assert first.series == second.series == first.uid


def test_split_and_merge_are_each_others_undo(store: Store) -> None:
    """A copy parted from a release gets its own entry; merged again, the first entry has both."""
    settle(store, prepared(), "new")
    settle(store, prepared("magazine", "9"), "copy", 1, 1)
    with store.settling():
        new = store.overrules.split(2, NOW)
    assert len(shelf(store).newest("all", 10)) == 2
    assert store.overrules.of("magazine", "9") == {("own", "1"): "never"}
    with store.settling():
        store.overrules.merge(1, new, NOW)
    assert [len(r.sightings) for r in shelf(store).newest("all", 10)] == [2]
    assert store.overrules.of("magazine", "9") == {("own", "1"): "same"}


def test_splitting_an_only_copy_is_refused(store: Store) -> None:
    """With what to do instead."""
    settle(store, prepared(), "new")
    with pytest.raises(UsageError, match="only one"), store.settling():
        store.overrules.split(1, NOW)


def test_two_names_with_one_slug_get_two_feeds(store: Store) -> None:
    """A label once minted never becomes another company's."""
    settle(store, prepared(issuer="Musterwerke GmbH"), "new")
    other = prepared(key="2", issuer="Musterwerke GmbH")
    mention = replace(other.filing.companies[0], name="Muster Werke (GmbH) Nord")
    other = replace(other, filing=replace(other.filing, companies=(mention,)))
    settle(store, other, "new")
    assert len(shelf(store).newest("company/musterwerke-gmbh", 5)) == 1
    assert len([f for f in shelf(store).feeds() if f.label.startswith("company/musterwerke-gmbh")]) == 2


def test_a_feed_goes_on_when_its_company_is_configured_later(store: Store) -> None:
    """The old address shows what the configured company gets."""
    settle(store, prepared(), "new")
    company = Company(id="muster", name="Musterwerke GmbH")
    store.sync([], [company], (), NOW)
    later = prepared(key="2", title="Zweite Halle")
    later = replace(later, filing=replace(later.filing, labels=("company/muster",)))
    settle(store, later, "new")
    assert {r.copy.title for r in shelf(store).newest("company/musterwerke-gmbh", 5)} == {
        "Neue Halle",
        "Zweite Halle",
    }
    assert "company/musterwerke-gmbh" in store.dirty()


def test_a_failed_settling_stores_nothing(store: Store) -> None:
    """All or nothing: releases, documents and the poll's record stand in one transaction."""
    with pytest.raises(RuntimeError), store.settling():  # noqa: PT012
        store.apply(pack(prepared()), Verdict("new", None), NOW)
        raise RuntimeError("power cut")
    assert shelf(store).newest("all", 5) == []


def test_merging_what_was_split_lets_its_copies_be_edited(store: Store) -> None:
    """No `never` of the split is left between copies that are one release again."""
    settle(store, prepared(), "new")
    settle(store, prepared("magazine", "9"), "copy", 1, 1)
    settle(store, prepared("wire", "7"), "copy", 1, 1)
    with store.settling():
        new = store.overrules.split(2, NOW)
        store.overrules.merge(1, new, NOW)
    assert set(store.overrules.of("magazine", "9").values()) == {"same"}


def test_a_change_of_language_keeps_the_feeds_of_kinds(store: Store) -> None:
    """A kind's title is no company's name: it may change without another feed."""
    item = prepared()
    item = replace(item, filing=replace(item.filing, kind="personnel", labels=("kind/personnel",)))
    store.releases.kinds = {"kind/personnel": "People"}
    settle(store, item, "new")
    store.releases.kinds = {"kind/personnel": "Personalien"}
    store.sync([], (), (), NOW, {"kind/personnel": "Personalien"})
    other = prepared(key="2", title="Anderes")
    other = replace(other, filing=replace(other.filing, kind="personnel", labels=("kind/personnel",)))
    assert settle(store, other, "new") == {"kind/personnel"}
    assert [f.title for f in shelf(store).feeds() if f.label == "kind/personnel"] == ["Personalien"]


def test_a_configured_companys_feed_is_not_taken_by_another_name(store: Store) -> None:
    """Even where its id is what the other's name would become."""
    store.sync([], [Company(id="musterwerke-gmbh", name="Nordhafen Reederei AG")], (), NOW)
    (label, _) = sorted(settle(store, prepared(), "new"))
    assert label.startswith("company/musterwerke-gmbh-")
    assert shelf(store).newest("company/musterwerke-gmbh", 5) == []


def test_a_correction_of_an_old_release_is_news(store: Store) -> None:
    """Whoever was shown the wrong text hears of the right one now."""
    settle(store, prepared(at=NOW - timedelta(days=20)), "new")
    later = NOW + timedelta(days=1)
    mended = prepared(
        "own", "1", "Neue Halle", TEXT[0].replace("12,5", "12,9"), TEXT[1], at=NOW - timedelta(days=20)
    )
    settle(store, mended, "correction", 1, 1, later)
    assert shelf(store).newest("all", 1)[0].updated == later


def test_a_mended_address_is_tried_at_once(store: Store) -> None:
    """And a clock that was once far ahead keeps no source waiting."""
    store.db.conn.execute(
        "UPDATE sources SET next_due = '2026-11-03T09:00:00Z', failures = 6 WHERE id = 'own'"
    )
    store.db.conn.execute("UPDATE sources SET next_due = '2099-01-01T00:00:00Z' WHERE id = 'wire'")
    sources = [
        Source(id="own", adapter="feed", url="https://musterwerke.example/other", role="issuer"),
        Source(id="wire", adapter="feed", url="https://wire.example/feed", role="wire"),
    ]
    store.sync([(s, 3600.0) for s in sources], (), (), NOW)
    assert set(store.due(NOW)) == {"own", "wire"}
    assert store.failures("own") == 0


def test_an_issuer_found_by_wording_joins_the_feed_that_a_declared_release_founded(store: Store) -> None:
    """It founds none of its own."""
    weak = prepared(key="2", title="Anderes")
    mention = replace(weak.filing.companies[0], publishable=False, basis="score")
    weak = replace(weak, filing=replace(weak.filing, companies=(mention,), labels=()))
    assert settle(store, weak, "new") == frozenset()
    settle(store, prepared(), "new")
    again = replace(weak, copy=replace(weak.copy, key="3"))
    assert settle(store, again, "new") == {"company/musterwerke-gmbh"}
