"""What an edit of a text changes: it is still found by what it said before, and what it says now is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from store_samples import NOW, opened, prepared, shelf

from aggregator.codec import pack
from aggregator.ingest.judging import judge
from aggregator.matching import fingerprint, strong_identifiers
from aggregator.model import Link, Prepared, Release, Verdict
from aggregator.rendering import Site
from aggregator.rendering.content import content
from aggregator.rendering.entry import entry
from aggregator.store import Shelf, Store, View
from aggregator.store.candidates import VERSIONS, members

FIRST = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle für Windradteile eröffnet. Der Bau kostete 12,5 Millionen "
    "Euro und dauerte 14 Monate. Im vergangenen Jahr wurden 11.352 Rotorblätter ausgeliefert, mehr als je zuvor.",
    "„Wir haben auf diesen Tag lange gewartet und danken allen, die bei Wind und Wetter gebaut haben“, sagte die "
    "Geschäftsführerin Ida Sonnfeld bei der Feier vor 300 Gästen.",
    "Rund 140 Menschen arbeiten in der Halle. Bis 2028 sollen es 200 sein; die Stadt hat dafür 3,2 Hektar im Gewerbegebiet "
    "Nordfeld freigehalten, die im kommenden Frühjahr erschlossen werden.",
)
MENDED = (FIRST[0].replace("11.352", "11.325"), *FIRST[1:])
UNSURE = (
    "In Nordfeld wird weiter gebaut: Auf 9,7 Hektar entsteht beim Werk ein Viertel mit 460 Wohnungen, das 81 Millionen "
    "Euro kostet. Der erste Abschnitt ist in 22 Monaten fertig, sagte die Verwaltung, als die Nachbarn ihr Fest hatten.",
    *FIRST[1:],
)
"""It shares what stands behind its beginning with `FIRST`: kept apart from it, and listed."""
REWRITTEN = (
    "Windräder aus Beispielstadt: In Nordfeld läuft seit heute die Fertigung. 14 Monate lang wurde dort gebaut, nun "
    "verlassen die ersten von jährlich 11.352 Blättern das Werk der Musterwerke GmbH, das 12,5 Millionen Euro verschlang.",
    "Dreihundert Leute feierten mit. Ida Sonnfeld, die den Betrieb führt, dankte vor allem den Bauleuten für ihre Geduld; "
    "einfach war der Winter auf der Baustelle für keinen von ihnen.",
    "Zweihundert Stellen will sie bis 2028 besetzen, sechzig mehr als heute. Platz ist genug da: Die Verwaltung hält "
    "nebenan 3,2 Hektar frei und baut dort ab dem Frühling Straßen und Leitungen.",
)
ENGLISH = (
    "Musterwerke GmbH has opened a new hall for wind turbine parts in Beispielstadt. Construction cost 12.5 million euros "
    "and took 14 months. Last year 11,352 rotor blades were delivered, more than ever before.",
    "“We have waited for this day for a long time and thank everybody who built in wind and weather”, managing director "
    "Ida Sonnfeld said at the celebration before 300 guests.",
    "Some 140 people work in the hall. By 2028 there are to be 200; the city has kept 3.2 hectares free in the business "
    "park of Nordfeld, which will be developed next spring.",
)
LATE = NOW + timedelta(days=30)
OWN = prepared("own", "1", "Neue Halle", *FIRST)
REPRINT = prepared("magazine", "9", "Windräder: Halle ist fertig", *FIRST, at=LATE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def arrive(store: Store, item: Prepared, days: int) -> Verdict:
    """Settle one copy as a poll does."""
    packed = pack(replace(item, draft_digest=item.copy.body.encode()), strong_identifiers(item.copy))
    with store.settling():
        verdict = judge(packed, store)
        store.apply(packed, verdict, NOW + timedelta(days=days))
    return verdict


def edited(item: Prepared, *paragraphs: str) -> Prepared:
    return prepared(item.copy.source, item.copy.key, item.copy.title, *paragraphs)


def test_a_late_reprint_of_the_uncorrected_text_is_a_copy(store: Store) -> None:
    """The issuer mended a number silently; weeks later somebody prints what it said first. Nothing moves."""
    arrive(store, OWN, 0)
    assert arrive(store, edited(OWN, *MENDED), 3).relation == "correction"
    (before,), told = shelf(store).newest("all", 9), shelf(store).corrections(9)
    verdict = arrive(store, REPRINT, 30)
    assert (verdict.relation, verdict.release) == ("copy", 1)
    assert "before a text was edited" in verdict.evidence[0].detail
    (after,) = shelf(store).newest("all", 9)
    assert (after.copy, after.updated, after.published) == (before.copy, before.updated, before.published)
    assert (after.status, after.changes) == ("corrected", before.changes)
    assert shelf(store).corrections(9) == told
    assert len(after.sightings) == 2


def test_a_correction_and_its_late_reprints_are_one_release_in_any_order(tmp_path: Path) -> None:
    """A reprint that leads or follows, of the first text or of the mended one, before the correction or after it."""
    again = prepared("wire", "7", "Neue Halle", *MENDED, at=NOW + timedelta(days=4))
    half = prepared("magazine", "10", "Halle", *FIRST[:2], at=LATE)
    arrivals = {"own": OWN, "mended": edited(OWN, *MENDED), "reprint": REPRINT, "wire": again, "half": half}
    orders = [o for o in permutations(arrivals) if o.index("own") < o.index("mended")]
    for n, order in enumerate(orders[::3]):
        store = opened(tmp_path / str(n))
        for day, name in enumerate(order):
            arrive(store, arrivals[name], day)
        (release,) = shelf(store).newest("all", 9)
        assert release.copy.body == edited(OWN, *MENDED).copy.body, order
        store.close()


def test_a_rewritten_text_is_found_by_what_it_said_first(store: Store) -> None:
    """No word group of the first text is left in it, and still its reprint is no second release."""
    arrive(store, OWN, 0)
    arrive(store, edited(OWN, *REWRITTEN), 3)
    assert arrive(store, REPRINT, 30).relation == "copy"
    (release,) = shelf(store).newest("all", 9)
    assert release.copy.body == edited(OWN, *REWRITTEN).copy.body


def test_of_a_text_that_is_edited_for_ever_a_few_versions_are_compared(store: Store) -> None:
    """The first and the last ones: a page that changes with every poll costs no more than another."""
    arrive(store, OWN, 0)
    for day in range(1, 21):
        arrive(store, edited(OWN, *FIRST, "Stand der Bewerbungen: " + "sehr " * day + "gut."), day)
    (copy,) = members(store.db.conn, [1])
    assert len(copy.earlier) == VERSIONS + 1
    assert copy.earlier[0].copy.body == OWN.copy.body
    (rows,) = store.db.conn.execute("SELECT count(*) FROM sketch").fetchone()
    assert rows < 3 * len(OWN.fingerprint.sketch)


def test_a_number_that_goes_back_and_forth_is_told_once_each_way(store: Store) -> None:
    """What the entry says of its change is always about the text below it."""
    arrive(store, OWN, 0)
    for day, text in enumerate((MENDED, FIRST, MENDED, FIRST, MENDED), 1):
        arrive(store, edited(OWN, *text), day)
        (release,) = shelf(store).newest("all", 9)
        number = "11.325" if text is MENDED else "11.352"
        assert number in release.copy.body
        assert release.changes[0].endswith(f"„{number}“")
    assert release.updated == NOW + timedelta(days=2)
    assert len(shelf(store).corrections(9)) == 2


def test_a_text_that_takes_the_place_of_a_teaser_is_compared(store: Store) -> None:
    """The wire's text was another release while the page said nothing yet; now both are one, the older entry."""
    arrive(
        store,
        edited(OWN, "Die Musterwerke GmbH lädt zu einem Gespräch ein. Mehr in Kürze an dieser Stelle."),
        0,
    )
    arrive(store, prepared("wire", "7", "Musterwerke eröffnet Halle", *FIRST), 1)
    first, second = sorted(shelf(store).newest("all", 9), key=lambda r: r.row)
    verdict = arrive(store, OWN, 2)
    assert verdict.relation == "revision"
    (release,) = shelf(store).newest("all", 9)
    assert (release.uid, len(release.sightings)) == (first.uid, 2)
    assert [(s.ref, s.heir) for s in shelf(store).gone("all")] == [(second.uid, first.uid)]


def test_an_edit_that_makes_a_text_look_like_another_is_listed(store: Store) -> None:
    """Nearly another release's text: both stay, and the operator is asked."""
    arrive(
        store,
        edited(OWN, "Die Musterwerke GmbH lädt zu einem Gespräch ein. Mehr in Kürze an dieser Stelle."),
        0,
    )
    arrive(store, prepared("wire", "7", "Musterwerke eröffnet Halle", *UNSURE), 1)
    arrive(store, OWN, 2)
    assert len(shelf(store).newest("all", 9)) == 2
    assert [pair[:2] for pair in shelf(store).uncertain()] == [(1, 2)]
    assert shelf(store).totals()["reviews"] == 1
    assert shelf(store).reviews(2) == [1]


def test_what_is_never_one_stays_apart_when_it_is_edited(store: Store) -> None:
    """The operator's word holds, whatever a text says later."""
    arrive(
        store,
        edited(OWN, "Die Musterwerke GmbH lädt zu einem Gespräch ein. Mehr in Kürze an dieser Stelle."),
        0,
    )
    arrive(store, prepared("wire", "7", "Musterwerke eröffnet Halle", *FIRST), 1)
    with store.settling():
        store.overrules.never(1, 2, NOW)
    arrive(store, OWN, 2)
    assert len(shelf(store).newest("all", 9)) == 2
    assert shelf(store).uncertain() == []


def withdrawn(item: Prepared) -> Prepared:
    copy = replace(item.copy, marks=(*item.copy.marks, "withdrawal"))
    return replace(item, copy=copy)


def marked(item: Prepared) -> Prepared:
    copy = replace(item.copy, marks=(*item.copy.marks, "correction"))
    return replace(item, copy=copy)


def test_a_wire_that_mends_a_slip_of_its_own_changes_nothing(store: Store) -> None:
    """The issuer's text stays the shown one, and when the issuer mends it that is told."""
    arrive(store, OWN, 0)
    wire = prepared("wire", "7", "Neue Halle", *FIRST)
    arrive(store, wire, 0)
    assert arrive(store, edited(wire, *MENDED), 1).relation == "correction"
    (release,) = shelf(store).newest("all", 9)
    assert (release.copy, release.status) == (OWN.copy, "current")
    assert shelf(store).corrections(9) == []
    arrive(store, edited(OWN, *MENDED), 2)
    (event,) = shelf(store).corrections(9)
    assert event.changes == ("„11.352“ → „11.325“",)


def test_a_wire_that_marks_its_text_as_corrected_is_heard(store: Store) -> None:
    """Its edited text is shown from then on, and what changed is told."""
    arrive(store, OWN, 0)
    wire = prepared("wire", "7", "Neue Halle", *FIRST)
    arrive(store, wire, 0)
    arrive(store, marked(edited(wire, *MENDED)), 1)
    (release,) = shelf(store).newest("all", 9)
    assert (release.copy.source, release.status) == ("wire", "corrected")
    assert [event.changes for event in shelf(store).corrections(9)] == [("„11.352“ → „11.325“",)]


def test_an_outlet_that_repeats_a_correction_under_its_own_headline_tells_nothing_new(store: Store) -> None:
    """Its headline is no part of the correction."""
    arrive(store, OWN, 0)
    arrive(store, edited(OWN, *MENDED), 1)
    before = shelf(store).newest("all", 9)[0].updated
    repeated = marked(prepared("magazine", "9", "Windräder: Halle ist fertig", *MENDED, at=LATE))
    assert arrive(store, repeated, 30).relation == "correction"
    (release,) = shelf(store).newest("all", 9)
    assert (release.updated, release.copy.source) == (before, "own")
    assert len(shelf(store).corrections(9)) == 1


def test_a_text_that_is_no_longer_withdrawn_is_shown_again(store: Store) -> None:
    """Its entry is newer than its tombstone was, which is gone; whoever heard of the withdrawal hears of this."""
    arrive(store, OWN, 0)
    arrive(store, withdrawn(OWN), 1)
    assert shelf(store).newest("all", 9)[0].status == "withdrawn"
    arrive(store, OWN, 2)
    (release,) = shelf(store).newest("all", 9)
    assert (release.status, release.updated) == ("corrected", NOW + timedelta(days=2))
    assert release.changes == ("− „Zurückgezogen“",)
    assert shelf(store).gone("all") == []
    arrive(store, withdrawn(OWN), 3)
    assert shelf(store).newest("all", 9)[0].status == "withdrawn"
    assert [e.status for e in shelf(store).corrections(9)] == ["withdrawn", "corrected", "withdrawn"]


def test_a_correction_that_comes_late_does_not_bring_back_what_was_withdrawn(store: Store) -> None:
    """Whoever repeats an older correction has not heard of the withdrawal."""
    arrive(store, OWN, 0)
    arrive(store, withdrawn(OWN), 1)
    arrive(store, marked(prepared("wire", "7", "Neue Halle", *MENDED)), 2)
    (release,) = shelf(store).newest("all", 9)
    assert (release.status, release.updated) == ("withdrawn", NOW + timedelta(days=1))
    assert len(shelf(store).corrections(9)) == 1


def test_what_was_decided_is_not_asked_about_again(store: Store) -> None:
    """Kept apart, two releases are no open pair, nor are copies of them that come later; nor are merged ones."""
    arrive(store, OWN, 0)
    other = edited(prepared("magazine", "9", "Halle fertig"), *UNSURE)
    arrive(store, other, 1)
    assert [pair[:2] for pair in shelf(store).uncertain()] == [(1, 2)]
    with store.settling():
        store.overrules.never(1, 2, NOW)
    arrive(store, prepared("magazine", "10", "Halle ist fertig", *UNSURE), 2)
    assert (shelf(store).uncertain(), shelf(store).totals()["reviews"]) == ([], 0)
    assert shelf(store).reviews(1) == []
    with store.settling():
        store.overrules.merge(1, 2, NOW)
    assert (shelf(store).uncertain(), shelf(store).totals()["reviews"]) == ([], 0)


def test_a_withdrawal_that_comes_before_its_text_withdraws_it(store: Store) -> None:
    """The notice alone is news; once the text is there, it is known to have been taken back, and told once."""
    arrive(store, withdrawn(prepared("wire", "7", "Neue Halle", *FIRST)), 0)
    assert shelf(store).newest("all", 9)[0].status == "current"
    arrive(store, OWN, 1)
    arrive(store, REPRINT, 30)
    (release,) = shelf(store).newest("all", 9)
    assert (release.status, release.updated) == ("withdrawn", NOW + timedelta(days=1))
    assert [e.status for e in shelf(store).corrections(9)] == ["withdrawn"]


def test_what_a_withdrawn_release_becomes_part_of_is_withdrawn(store: Store) -> None:
    """The operator makes both one: the text that was taken back is not published under the other id."""
    arrive(store, OWN, 0)
    other = edited(prepared("magazine", "9", "Halle fertig"), *UNSURE)
    arrive(store, other, 1)
    arrive(store, withdrawn(OWN), 2)
    with store.settling():
        store.overrules.merge(2, 1, NOW + timedelta(days=3))
    (release,) = shelf(store).newest("all", 9)
    assert (release.status, release.updated) == ("withdrawn", NOW + timedelta(days=3))


def updated(at: int) -> Prepared:
    more = "Nachtrag vom Dienstag: Der Landkreis hat weitere 4,5 Millionen Euro für die Straße zum Werk zugesagt."
    item = prepared("own", "2", "Neue Halle", *FIRST, more, at=NOW + timedelta(days=at))
    return replace(item, copy=replace(item.copy, marks=("update",)))


def test_an_update_names_the_release_that_it_goes_on_from(store: Store) -> None:
    """As a link to its entry, and in its text, which is the same later."""
    arrive(store, OWN, 0)
    assert arrive(store, updated(2), 2).relation == "update"
    later, first = shelf(store).newest("all", 9)
    assert later.continues is not None
    assert (later.continues.row, later.continues.uid) == (first.row, first.uid)
    assert "Zuvor: 2. November 2026: <a href=" in content(later)
    assert Link(first.uid, "related") in entry(later, Site()).links
    assert first.continues is None


def test_an_update_that_came_first_is_linked_without_changing_its_text(store: Store) -> None:
    """Its readers have read it already; merged into another entry, the earlier one is still linked."""
    arrive(store, updated(2), 2)
    before = content(shelf(store).newest("all", 9)[0])
    arrive(store, OWN, 3)
    later, first = shelf(store).newest("all", 9)
    assert later.continues is not None
    assert (later.continues.uid, content(later)) == (first.uid, before)
    arrive(store, edited(prepared("magazine", "9", "Halle fertig"), *UNSURE), 4)
    with store.settling():
        store.overrules.merge(3, first.row, NOW + timedelta(days=5))
    later = shelf(store).releases([later.row])[0]
    assert later.continues is not None
    assert later.continues.row == 3


def test_a_text_that_is_split_off_takes_its_past_along(store: Store) -> None:
    """What it said before is part of its history, and not of the release that it left."""
    arrive(store, OWN, 0)
    arrive(store, REPRINT, 1)
    arrive(store, edited(OWN, *MENDED), 3)
    with store.settling():
        new = store.overrules.split(1, NOW + timedelta(days=4))
    assert [r.relation for r in shelf(store).revisions(new)] == ["correction"]
    assert shelf(store).revisions(1) == []


def parted(store: Store, copy: int, day: int) -> tuple[Release, Release]:
    """The release that a copy left, and the one that it became."""
    with store.settling():
        new = store.overrules.split(copy, NOW + timedelta(days=day))
    found = {release.row: release for release in shelf(store).newest("all", 9)}
    return found[1], found[new]


def test_a_text_that_was_corrected_is_so_where_it_goes_when_it_is_split_off(store: Store) -> None:
    """What is left says what the correction was not of; its date does not move, since nobody need look again."""
    arrive(store, OWN, 0)
    arrive(store, REPRINT, 1)
    arrive(store, edited(OWN, *MENDED), 3)
    left, new = parted(store, 1, 4)
    assert (left.status, left.changes, left.updated) == ("current", (), NOW + timedelta(days=3))
    assert (new.status, new.changes) == ("corrected", ("„11.352“ → „11.325“",))


def test_a_copy_that_had_no_part_in_a_correction_takes_none_along(store: Store) -> None:
    """The release that it leaves stays corrected."""
    arrive(store, OWN, 0)
    arrive(store, REPRINT, 1)
    arrive(store, edited(OWN, *MENDED), 3)
    left, new = parted(store, 2, 4)
    assert (left.status, new.status, new.changes) == ("corrected", "current", ())


def test_a_withdrawn_text_that_is_split_off_takes_its_withdrawal_along(store: Store) -> None:
    """What is left is shown again, newer than its tombstone was; the other one has the tombstone."""
    arrive(store, OWN, 0)
    arrive(store, REPRINT, 1)
    arrive(store, withdrawn(OWN), 3)
    left, new = parted(store, 1, 4)
    assert (left.status, left.updated) == ("current", NOW + timedelta(days=4))
    assert new.status == "withdrawn"
    assert [stone.ref for stone in shelf(store).gone("all")] == [new.uid]
    assert [stone.ref for stone in shelf(store).gone("topic/building")] == [new.uid]


def test_a_notice_that_withdrew_another_text_leaves_it_as_it_was_before(store: Store) -> None:
    """Corrected earlier, it is corrected still, with what changed; the notice is a release as if it came alone."""
    arrive(store, OWN, 0)
    arrive(store, edited(OWN, *MENDED), 1)
    assert arrive(store, withdrawn(prepared("wire", "7", "Neue Halle", *MENDED)), 3).relation == "withdrawal"
    left, new = parted(store, 2, 4)
    assert (left.status, left.changes) == ("corrected", ("„11.352“ → „11.325“",))
    assert (left.updated, new.status) == (NOW + timedelta(days=4), "current")
    assert shelf(store).gone("all") == []


def test_a_late_translation_of_the_uncorrected_text_is_not_shown(store: Store) -> None:
    """It belongs to the release, and whoever prefers its language is shown the corrected text until it is mended."""
    arrive(store, OWN, 0)
    arrive(store, edited(OWN, *MENDED), 3)
    assert arrive(store, english(), 30).relation == "translation"
    preferred = Shelf(store.db.conn, View(languages=("en",)))
    assert preferred.releases([1])[0].copy.source == "own"
    arrive(store, english("11,352", "11,325"), 31)
    (release,) = preferred.releases([1])
    assert (release.copy.language, release.updated) == ("en", NOW + timedelta(days=3))


def english(old: str = "", new: str = "") -> Prepared:
    item = prepared(
        "magazine", "9", "Musterwerke opens new hall", *(p.replace(old, new) for p in ENGLISH), at=LATE
    )
    copy = replace(item.copy, language="en")
    return replace(item, copy=copy, fingerprint=fingerprint(copy))


def test_what_a_corrected_release_becomes_part_of_says_what_changed(store: Store) -> None:
    """Readers of the other entry were shown the wrong number; it was told of already, and is not told twice."""
    arrive(store, prepared("magazine", "9", "Halle fertig", *REWRITTEN), 0)
    arrive(store, OWN, 1)
    arrive(store, edited(OWN, *MENDED), 3)
    kept = next(r.row for r in shelf(store).newest("all", 9) if r.copy.source == "magazine")
    gone = next(r.row for r in shelf(store).newest("all", 9) if r.copy.source == "own")
    with store.settling():
        store.overrules.merge(kept, gone, NOW + timedelta(days=4))
    (release,) = shelf(store).newest("all", 9)
    assert (release.copy.source, release.status, release.changes) == (
        "own",
        "corrected",
        ("„11.352“ → „11.325“",),
    )
    assert release.updated == NOW + timedelta(days=3)
    assert len(shelf(store).corrections(9)) == 1
