"""In which language a release is shown, and how much of a series: the operator's choice, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from store_samples import NOW, TEXT, opened, prepared, settle

from aggregator import matching
from aggregator.codec import pack
from aggregator.model import Block, Prepared, Release
from aggregator.publish import publish
from aggregator.rendering import Site
from aggregator.store import Shelf, Store, View

GERMAN = View(languages=("de", "en"))
FOLDED = View(series="fold")
ENGLISH_TEXT = (
    "Musterwerke GmbH has opened a new hall in Beispielstadt. Its construction took 12.5 million euros in all.",
    "\u201cWe are happy with the building and thank everybody who took part in it\u201d, the managing director said.",
)
LABEL = "company/musterwerke-gmbh"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def english(source: str, key: str, **changes: object) -> Prepared:
    made = prepared(source, key, "New hall", *ENGLISH_TEXT)
    copy = replace(made.copy, language="en", **changes)
    return replace(made, copy=copy, fingerprint=matching.fingerprint(copy))


def newest(store: Store, view: View, label: str = "all") -> list[Release]:
    found = Shelf(store.db.conn, view)
    return found.releases(found.latest(label, 10))


def test_the_preferred_language_is_shown_and_the_original_is_related(store: Store) -> None:
    """Same id, same dates, same feeds: only the text is another edition's, with its own address."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1, NOW + timedelta(hours=2))
    (original,), (shown,) = newest(store, View()), newest(store, GERMAN)
    assert (original.copy.title, shown.copy.title) == ("New hall", "Neue Halle")
    assert (shown.uid, shown.published, shown.updated) == (original.uid, original.published, original.updated)
    assert shown.filing == original.filing
    assert shown.source_url == "https://wire.example/feed"
    assert ("https://own.example/en", "en") in {(s.url, s.language) for s in shown.sightings}


def test_the_best_of_the_preferred_languages_is_shown(store: Store) -> None:
    """The order of the setting counts; a release without any of them is shown in its original."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1)
    assert newest(store, View(languages=("en", "de")))[0].copy.language == "en"
    assert newest(store, View(languages=("fr", "de")))[0].copy.language == "de"
    assert newest(store, View(languages=("fr",)))[0].copy.language == "en"


def test_a_machines_translation_and_a_teaser_are_not_shown_instead(store: Store) -> None:
    """The original is the better text then."""
    settle(store, english("own", "en"), "new")
    machine = prepared("magazine", "1")
    machine = replace(machine, copy=replace(machine.copy, marks=("machine_translation",)))
    settle(store, machine, "translation", 1, 1)
    settle(
        store,
        prepared("magazine", "2", "Neue Halle", "Die Musterwerke GmbH hat eine Halle."),
        "translation",
        1,
        1,
    )
    assert newest(store, GERMAN)[0].copy.language == "en"


def test_an_uncorrected_translation_gives_way_to_the_corrected_original(store: Store) -> None:
    """Until it is corrected itself: a wrong number is worse than a foreign language."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1)
    later = NOW + timedelta(days=1)
    mended = english("own", "en")
    blocks = tuple(replace(b, text=b.text.replace("12.5", "12.9")) for b in mended.copy.blocks)
    copy = replace(mended.copy, blocks=blocks)
    settle(
        store, replace(mended, copy=copy, fingerprint=matching.fingerprint(copy)), "correction", 1, 1, later
    )
    assert newest(store, GERMAN)[0].copy.language == "en"
    german = prepared("wire", "de", "Neue Halle", TEXT[0].replace("12,5", "12,9"), TEXT[1])
    settle(store, german, "revision", 1, 2, later + timedelta(hours=1))
    assert newest(store, GERMAN)[0].copy.language == "de"


def test_a_company_s_feed_may_prefer_another_language_than_the_rest(store: Store) -> None:
    """Its own languages go before those of all feeds, the empty list means originals; the alias follows."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1)

    def shown(view: View, label: str) -> str:
        found = Shelf(store.db.conn, view)
        return found.releases(found.latest(label, 10), label)[0].copy.language

    own = View(languages=("en",), read_in={LABEL: ("de", "en")})
    assert [shown(own, label) for label in ("all", "topic/building", LABEL)] == ["en", "en", "de"]
    originals = View(languages=("de",), read_in={LABEL: ()})
    assert [shown(originals, label) for label in ("all", LABEL)] == ["de", "en"]
    with store.settling():
        store.db.execute("UPDATE feeds SET alias_of = 'company/werke' WHERE label = :label", {"label": LABEL})
    assert shown(View(read_in={"company/werke": ("de",)}), LABEL) == "de"


def test_feeds_of_two_languages_hold_one_entry_each_under_one_id(store: Store, tmp_path: Path) -> None:
    """Entries that are kept are told apart by language; a changed wish moves no id and no date, and what changes
    in the release later changes in both."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1)
    site = Site(title="Feeds", base_url="https://feeds.example")

    def entries(view: View) -> list[tuple[str, str, str, str]]:
        publish(Shelf(store.db.conn, view), tmp_path / "feeds", site)
        read = [feedparser.parse((tmp_path / f"feeds/{name}.atom").read_bytes()) for name in ("all", LABEL)]
        return [(e.id, e.title, e.published, e.updated) for feed in read for e in feed.entries]

    everywhere, own = entries(View(read_in={LABEL: ("de",)}))
    assert (everywhere[1], own[1]) == ("New hall", "Neue Halle")
    assert (everywhere[0], everywhere[2:]) == (own[0], own[2:])
    assert entries(View(read_in={LABEL: ("de",)})) == [everywhere, own]
    assert entries(View(languages=("de",), read_in={LABEL: ()})) == [own, everywhere]
    settle(store, prepared("magazine", "7"), "withdrawal", 1, 1, NOW + timedelta(days=1))
    assert all("[" in title for _, title, _, _ in entries(View(read_in={LABEL: ("de",)})))


def weekly(store: Store, weeks: int, first: datetime = NOW) -> None:
    """A weekly notice, each week another one, and one release between them."""
    for week in range(weeks):
        at = first + timedelta(days=7 * week)
        title = f"{week + 1}. Zwischenmeldung"
        item = prepared("own", f"w{week}", title, f"Woche {week}: {week * 11} Aktien.", at=at)
        settle(store, item, "series" if week else "new", 1 if week else None, 1 if week else None, at)
    settle(store, prepared("own", "x", "Neue Halle", at=first + timedelta(days=3)), "new", now=first)


def test_every_member_of_a_series_is_shown_by_default(store: Store) -> None:
    """Nothing is folded that the operator did not ask for."""
    weekly(store, 3)
    assert len(newest(store, View(), LABEL)) == 4
    assert all(r.earlier == () for r in newest(store, View()))


def test_folded_the_newest_of_a_series_stands_for_the_others(store: Store) -> None:
    """It names them with their addresses; what is no series stays."""
    weekly(store, 3)
    for label in (LABEL, "all"):
        shown = newest(store, FOLDED, label)
        assert [r.copy.title for r in shown] == ["3. Zwischenmeldung", "Neue Halle"]
        assert [e.title for e in shown[0].earlier] == ["2. Zwischenmeldung", "1. Zwischenmeldung"]
        assert shown[0].earlier[0].url == "https://own.example/w1"


def test_a_folded_entry_does_not_change_when_an_older_one_is_found(store: Store) -> None:
    """What the newest names is what was known when it came, so no reader sees it edited."""
    weekly(store, 3)
    before = newest(store, FOLDED)[0]
    late = prepared(
        "wire", "w0b", "1. Zwischenmeldung, Teil 2", "Woche 0: 99 Aktien.", at=NOW + timedelta(days=1)
    )
    settle(store, late, "series", 1, 1, NOW + timedelta(days=40))
    assert newest(store, FOLDED)[0] == before


def test_members_that_are_far_apart_are_both_shown(store: Store) -> None:
    """A yearly notice is no row of weekly ones."""
    weekly(store, 2)
    later = NOW + timedelta(days=80)
    settle(store, prepared("own", "y", "9. Zwischenmeldung", "Woche 9.", at=later), "series", 1, 1, later)
    titles = [r.copy.title for r in newest(store, FOLDED)]
    assert titles == ["9. Zwischenmeldung", "2. Zwischenmeldung", "Neue Halle"]


def test_one_feed_may_hide_what_the_others_show(store: Store) -> None:
    """The setting of a company or a topic goes before that for all feeds."""
    weekly(store, 3)
    view = View(feeds={LABEL: "hide"})
    assert [r.copy.title for r in newest(store, view, LABEL)] == ["Neue Halle"]
    assert len(newest(store, view, "topic/building")) == 4


def test_a_withdrawn_member_stands_for_no_other(store: Store) -> None:
    """The one before it is shown again, under its old id."""
    weekly(store, 3)
    gone = prepared("wire", "w2", "3. Zwischenmeldung", "Woche 2: 22 Aktien.")
    settle(store, gone, "withdrawal", 3, 3, NOW + timedelta(days=20))
    titles = [r.copy.title for r in newest(store, FOLDED)]
    assert "2. Zwischenmeldung" in titles


def test_blocks_are_those_of_the_edition(store: Store) -> None:
    """The whole text is shown, not the other edition's title over this one's body."""
    settle(store, english("own", "en"), "new")
    settle(store, prepared("wire", "de"), "translation", 1, 1)
    blocks: tuple[Block, ...] = newest(store, GERMAN)[0].copy.blocks
    assert [b.text for b in blocks if b.type == "paragraph"] == list(TEXT)


def test_a_translation_that_is_only_read_again_has_not_heard_of_the_correction(store: Store) -> None:
    """Neither `reprocess` nor a comma makes it as new as the correction; a text that changed after it is."""
    later = NOW + timedelta(days=1)
    settle(store, english("own", "en"), "new")
    wire = prepared("wire", "de")
    settle(store, wire, "translation", 1, 1)
    mended = english("own", "en")
    blocks = (*mended.copy.blocks[:-1], Block("paragraph", "It took 12.9 million euros.", "body", 9))
    settle(store, replace(mended, copy=replace(mended.copy, blocks=blocks)), "correction", 1, 1, later)
    read_again = replace(wire, copy=replace(wire.copy, kicker="Presse"))
    with store.settling():
        store.releases.reread(2, pack(read_again), b"de")
    settle(store, prepared("wire", "de", "Neue Halle!"), "revision", 1, 2, later + timedelta(days=1))
    assert newest(store, GERMAN)[0].copy.language == "en"
    text = (TEXT[0].replace("12,5", "12,9"), TEXT[1])
    settle(store, prepared("wire", "de", "Neue Halle", *text), "revision", 1, 2, later + timedelta(days=2))
    assert newest(store, GERMAN)[0].copy.language == "de"
