"""A release becomes an entry as the Atom mapping says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rendering_samples import SITE, SUMMER, ZIRBEL, gallery, make_copy, make_release, sighting, uid

from aggregator.model import Attachment, Entry, Filing, Mention
from aggregator.rendering import Site
from aggregator.rendering.entry import IPTC, entry


def _links(made: Entry, rel: str) -> list[str]:
    return [link.href for link in made.links if link.rel == rel]


def test_the_id_is_the_stored_one_whatever_else_changes() -> None:
    """Not derived from title, address, host or feed."""
    moved = replace(SITE, base_url="https://elsewhere.example")
    other = make_release(1, copy=make_copy(1, title="Anders", url="https://neu.example/x"))
    assert entry(make_release(1), SITE).id == entry(other, moved).id == uid(1)


def test_the_author_is_the_issuer_and_never_the_outlet() -> None:
    made = entry(make_release(), SITE)
    assert [(p.name, p.uri) for p in made.authors] == [
        ("Zirbel Werke AG", "https://press.example/feeds/company/zirbel-werke-ag.atom")
    ]
    assert [p.name for p in made.contributors] == ["Fachblatt für Profile"]


def test_without_an_issuer_the_source_is_the_author() -> None:
    made = entry(make_release(filing=Filing((), (), "")), SITE)
    assert [p.name for p in made.authors] == ["Fachblatt für Profile"]
    assert made.contributors == ()


def test_an_issuer_without_a_feed_gets_no_address() -> None:
    filing = Filing((replace(ZIRBEL, publishable=False),), (), "")
    assert entry(make_release(filing=filing), SITE).authors[0].uri == ""


def test_the_issuers_own_newsroom_is_no_contributor() -> None:
    filing = Filing((replace(ZIRBEL, basis="source"),), (), "")
    assert entry(make_release(filing=filing), SITE).contributors == ()
    assert entry(make_release(source_title="Presse der ZIRBEL WERKE AG"), SITE).contributors == ()


def test_an_outlet_named_by_the_text_is_the_contributor() -> None:
    outlet = Mention("bote", "Der Bote", "outlet", 1.0, False, False)
    assert [
        p.name for p in entry(make_release(filing=Filing((ZIRBEL, outlet), (), "")), SITE).contributors
    ] == ["Der Bote"]


def test_one_alternate_link_with_its_language_and_where_it_was_collected() -> None:
    made = entry(make_release(), SITE)
    alternate = [link for link in made.links if link.rel == "alternate"]
    assert [(link.href, link.hreflang) for link in alternate] == [
        ("https://fachblatt.example/artikel/1?utm_source=feed", "de")
    ]
    assert _links(made, "via") == ["https://fachblatt.example/feed.xml"]


@pytest.mark.parametrize(
    "url", ["", "file:///srv/texte/6.txt", "/srv/texte/6.txt", "javascript:alert(1)", "data:x"]
)
def test_what_is_no_web_address_is_never_linked(url: str) -> None:
    """A path of the machine must not leave it."""
    made = entry(make_release(copy=make_copy(url=url), source_url=url), SITE)
    assert made.links == ()
    assert made.content
    assert made.summary


def test_a_further_copy_changes_nothing_but_related_links() -> None:
    """Readers show an entry again when title, author, content, categories or address change."""
    before = entry(make_release(), SITE)
    copies = (sighting("https://fachblatt.example/artikel/1"), sighting("https://wire.example/en/1"))
    after = entry(make_release(sightings=copies), SITE)
    assert [(ln.href, ln.rel, ln.hreflang, ln.title) for ln in after.links if ln not in before.links] == [
        ("https://wire.example/en/1", "related", "en", "Draht: Zirbel builds press shop")
    ]
    assert replace(after, links=before.links) == before


def test_the_same_place_is_related_once() -> None:
    urls = ("http://www.wire.example/en/1/", "https://wire.example/en/1?utm_source=x", "not an address")
    made = entry(make_release(sightings=tuple(map(sighting, urls))), SITE)
    assert _links(made, "related") == ["http://www.wire.example/en/1/"]


def test_attachments_are_enclosures_with_sound_attributes() -> None:
    attached = (
        Attachment(url="https://b.example/1.jpg", media_type="image/jpeg", length=7, title="Bild\n1"),
        Attachment(url="https://b.example/2.jpg", media_type="image/jpeg\nx", length=2**80),
        Attachment(url="https://b.example/3.jpg", length=-1),
        Attachment(url="https://b.example/1.jpg"),
        Attachment(url="vbscript:x"),
    )
    made = entry(make_release(copy=make_copy(attachments=attached)), SITE)
    assert [(ln.href, ln.type, ln.length, ln.title) for ln in made.links if ln.rel == "enclosure"] == [
        ("https://b.example/1.jpg", "image/jpeg", 7, "Bild 1"),
        ("https://b.example/2.jpg", "", None, ""),
        ("https://b.example/3.jpg", "", None, ""),
    ]


def test_five_hundred_enclosures_are_too_many() -> None:
    attached = tuple(Attachment(url=f"https://b.example/{n}.jpg") for n in range(500))
    assert len(_links(entry(make_release(copy=make_copy(attachments=attached)), SITE), "enclosure")) <= 50


def test_categories_name_companies_topics_kind_and_genre() -> None:
    found = {(c.scheme, c.term): c.label for c in entry(make_release(), SITE).categories}
    assert found[("urn:x-press-release:company:issuer", "zirbel-werke-ag")] == "Zirbel Werke AG"
    assert found[("urn:x-press-release:company:partner", "nordhafen-gmbh")] == "Nordhafen GmbH"
    assert found[("urn:x-press-release:topic", "aluminium")] == "Aluminium"
    assert found[(IPTC, "20000316")] == "Aluminium"
    assert found[("urn:x-press-release:kind", "product")] == "Produkte"
    assert "Institut X" not in found.values(), "a company without a feed is no category"


def test_only_corrected_and_withdrawn_titles_are_marked() -> None:
    """In the language of the text."""
    titles = [entry(release, SITE).title for release in gallery()[:4]]
    assert titles == [
        "Zirbel Werke baut Presswerk",
        "[Korrektur] Zirbel Werke baut Presswerk",
        "[Withdrawn] Zirbel builds",
        "Zirbel Werke baut Presswerk",
    ]


def test_a_title_that_says_so_itself_is_not_marked_twice() -> None:
    release = make_release(status="corrected", copy=make_copy(title="[KORREKTUR] Zirbel"))
    assert entry(release, SITE).title == "[KORREKTUR] Zirbel"


def test_a_release_without_a_title_is_named_by_its_text() -> None:
    assert entry(make_release(copy=make_copy(title=" \u200b ", deck="")), SITE).title.startswith(
        "Die Zirbel Werke AG"
    )


def test_times_are_whole_seconds_and_keep_the_calendar_day_of_the_text() -> None:
    made = entry(make_release(), SITE)
    assert made.updated == datetime(2025, 6, 3, 11, 0, tzinfo=UTC)
    assert made.published.isoformat() == "2025-06-03T12:00:00+02:00"


def test_a_stored_utc_date_is_shown_in_the_offset_of_its_text() -> None:
    """Half past midnight in Berlin is not yesterday."""
    night = datetime(2025, 6, 3, 0, 30, tzinfo=SUMMER)
    release = make_release(published=night.astimezone(UTC), copy=make_copy(published=night))
    assert entry(release, SITE).published.isoformat() == "2025-06-03T00:30:00+02:00"


def test_the_source_has_an_id_that_its_title_does_not_change() -> None:
    one, two = entry(make_release(), SITE), entry(make_release(source_title="Neu"), SITE)
    assert one.source_id == two.source_id
    assert one.source_id.startswith("urn:uuid:")
    assert two.source_title == "Neu"


def test_a_site_without_an_address_still_has_absolute_links() -> None:
    assert Site(base_url=" ").feed_url("all") == "http://127.0.0.1:8000/all.atom"
    assert Site(base_url="https://x.example/f/").feed_url("all") == "https://x.example/f/all.atom"
