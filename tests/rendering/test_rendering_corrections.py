"""The feed of corrections, and the tombstones of content feeds, as real parsers read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
from rendering_samples import SITE, make_release

from aggregator.model import Correction, Feed, Label, Tombstone
from aggregator.rendering import Site, atom, corrections
from aggregator.rendering.entry import entry

AT = datetime(2026, 7, 30, 9, 0, tzinfo=UTC)
UID = "urn:uuid:00000000-0000-4000-8000-000000000001"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def event(**changes: object) -> Correction:
    made: dict[str, object] = {
        "uid": UID, "at": AT, "status": "corrected", "title": "24. Zwischenmeldung", "language": "de",
        "url": "https://muster.example/24", "authors": ("Muster AG",), "changes": ("„11.352“ → „11.325“",),
    }  # fmt: skip
    return Correction(**(made | changes))  # type: ignore[arg-type]


def parsed(*events: Correction) -> feedparser.FeedParserDict:
    rendered = corrections.render(events, AT, SITE)
    assert rendered.dropped == ()
    found = feedparser.parse(rendered.data)
    assert not found.bozo
    return found


def test_a_correction_shows_what_changed_and_where() -> None:
    """Title, change, link to the release, and the id of the corrected entry."""
    (found,) = parsed(event()).entries
    assert found.title == "Korrigiert: 24. Zwischenmeldung"
    assert "„11.352“ → „11.325“" in found.content[0].value
    assert "„11.352“ → „11.325“" in found.summary
    assert found.link == "https://muster.example/24"
    assert {link.href for link in found.links if link.rel == "related"} == {UID}
    assert found.id != UID
    assert found.updated == "2026-07-30T09:00:00+00:00"


def test_a_withdrawal_repeats_nothing_of_the_text() -> None:
    """Neither in the summary nor in the content."""
    (found,) = parsed(event(status="withdrawn", changes=("− „geheim“",), language="en")).entries
    assert found.title == "Withdrawn: 24. Zwischenmeldung"
    assert "geheim" not in found.summary + found.content[0].value


def test_ids_are_stable_and_each_event_has_its_own() -> None:
    """The same events give the same bytes; two corrections of one release are two entries."""
    events = (
        event(),
        event(at=AT + timedelta(days=1), changes=("„a“ → „b“",)),
        event(changes=("„3“ → „4“",)),
    )
    assert corrections.render(events, AT, SITE).data == corrections.render(events, AT, SITE).data
    assert len({e.id for e in parsed(*events).entries}) == 3


def test_an_empty_feed_is_a_feed() -> None:
    """Before the first correction it has the date at which the store began."""
    found = parsed()
    assert found.entries == []
    assert found.feed.updated == "2026-07-30T09:00:00+00:00"


def test_a_correction_of_a_file_has_no_address() -> None:
    """And still an author and a link to the entry that it corrects."""
    (found,) = parsed(event(url="", authors=())).entries
    assert found.author == SITE.author
    assert [link.rel for link in found.links] == ["related"]


def _with_tombstones(*gone: Tombstone, site: Site = SITE) -> bytes:
    written = [atom.write(entry(make_release(), site), site)]
    feed = Feed(label=Label("topic/stahl"), title="Stahl", updated=AT)
    return atom.assemble(feed, site, written, gone).data


def test_a_tombstone_speaks_the_language_of_its_feed() -> None:
    """The comment is read by people: German in a German collection, English elsewhere."""
    gone = Tombstone(UID, make_release().updated, f"{UID[:-1]}2")
    for language, words in (("de", "Jetzt Teil von"), ("en", "Now part of"), ("fr", "Now part of")):
        data = _with_tombstones(gone, site=replace(SITE, language=language))
        (made,) = ElementTree.fromstring(data).findall(DELETED)
        said = made.findtext("{http://purl.org/atompub/tombstones/1.0}comment") or ""
        assert said == f"{words} {UID[:-1]}2"


def test_a_tombstone_stands_behind_the_entries() -> None:
    """With ref and when; a reader that does not know it sees the same entries as without."""
    updated = make_release().updated
    data = _with_tombstones(Tombstone(UID, updated), Tombstone(f"{UID[:-1]}2", updated, UID))
    children = [child.tag for child in ElementTree.fromstring(data)]
    assert children[-2:] == [DELETED, DELETED]
    first, second = ElementTree.fromstring(data).findall(DELETED)
    assert first.get("ref") == UID
    assert datetime.fromisoformat(first.get("when") or "") == updated.replace(microsecond=0)
    assert UID in (second.findtext("{http://purl.org/atompub/tombstones/1.0}comment") or "")
    with_them, without = feedparser.parse(data), feedparser.parse(_with_tombstones())
    assert not with_them.bozo
    assert [dict(e) for e in with_them.entries] == [dict(e) for e in without.entries]
    assert with_them.feed.updated == without.feed.updated


def test_tombstones_go_after_two_months() -> None:
    """Counted from the newest entry of the feed, so that no clock changes a byte."""
    old = make_release().updated - atom.BURIED - timedelta(seconds=1)
    assert _with_tombstones(Tombstone(UID, old)) == _with_tombstones()
