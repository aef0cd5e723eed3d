"""A feed is valid Atom, whatever is in it, and the same input gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rendering_samples import MINTED, SITE, gallery, make_copy, make_release, uid

from aggregator.model import Block, Entry, Feed, Label, Link, Person
from aggregator.rendering import Site, atom
from aggregator.rendering.entry import entry

GOLDEN = Path(__file__).parents[1] / "golden" / "rendering"
SCHEMA = Path(__file__).with_name("atom.rng")
NS = {"a": "http://www.w3.org/2005/Atom"}


def make_feed(*entries: Entry, label: str = "company/zirbel-werke-ag") -> Feed:
    return Feed(
        label=Label(label), title="Zirbel Werke AG", subtitle="Alles & mehr", updated=MINTED, entries=entries
    )


def gallery_feed() -> Feed:
    return make_feed(*(entry(release, SITE) for release in gallery()))


def some_entry(**changes: object) -> Entry:
    return replace(entry(make_release(), SITE), **changes)


def assert_valid(data: bytes) -> ElementTree.Element:
    """The grammar of RFC 4287, and the rules that a grammar cannot say."""
    schema = etree.RelaxNG(etree.parse(str(SCHEMA)))
    schema.assertValid(etree.fromstring(data))
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    root = ElementTree.fromstring(data)
    ids = [e.findtext("a:id", "", NS) for e in root.findall("a:entry", NS)]
    assert len(ids) == len(set(ids))
    assert all(":" in i and not any(c.isspace() for c in i) for i in [*ids, root.findtext("a:id", "", NS)])
    for name in ("updated", "published"):
        for element in root.iter(f"{{{NS['a']}}}{name}"):
            moment = datetime.fromisoformat(element.text or "")
            assert moment.tzinfo is not None
            assert moment.microsecond == 0
    assert [ln.get("href") for ln in root.findall("a:link[@rel='self']", NS)]
    return root


def test_a_feed_with_every_sort_of_release_is_as_it_was(request: pytest.FixtureRequest) -> None:
    """Golden file: every byte that subscribers get. `--update-golden` rewrites it; read the difference."""
    rendered = atom.render(gallery_feed(), SITE)
    assert (rendered.dropped, rendered.shortened) == ((), ())
    assert_valid(rendered.data)
    golden = GOLDEN / "gallery.atom"
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(rendered.data)
    assert rendered.data.decode() == golden.read_text("utf-8")


def test_an_empty_feed_is_valid_and_dated_by_its_label() -> None:
    root = assert_valid(atom.render(make_feed(), SITE).data)
    assert root.findtext("a:updated", "", NS) == "2025-01-01T00:00:00+00:00"


def test_links_keep_all_their_attributes() -> None:
    """feedgen keeps only the address: a repaired feedgen would be noticed here, too."""
    links = (
        Link("https://a.example/1", "alternate", hreflang="de"),
        Link("https://a.example/2", "enclosure", type="image/png", title="Bild „1“ & mehr", length=0),
        Link("https://a.example/3", "related", hreflang="en"),
        Link("https://a.example/4", "license"),
    )
    root = assert_valid(atom.render(make_feed(some_entry(links=links)), SITE).data)
    assert [dict(ln.attrib) for ln in root.findall("a:entry/a:link", NS)] == [
        {"href": "https://a.example/1", "rel": "alternate", "hreflang": "de"},
        {
            "href": "https://a.example/2",
            "rel": "enclosure",
            "type": "image/png",
            "title": "Bild „1“ & mehr",
            "length": "0",
        },
        {"href": "https://a.example/3", "rel": "related", "hreflang": "en"},
        {"href": "https://a.example/4", "rel": "license"},
    ]


def test_the_source_has_id_title_and_date() -> None:
    root = assert_valid(atom.render(make_feed(some_entry()), SITE).data)
    source = root.find("a:entry/a:source", NS)
    assert source is not None
    assert [child.tag.partition("}")[2] for child in source] == ["id", "title", "updated"]


def test_entries_keep_order_and_language() -> None:
    data = atom.render(gallery_feed(), SITE).data
    parsed = feedparser.parse(data)
    assert [e.id for e in parsed.entries] == [uid(n) for n in range(1, 7)]
    assert [e.title_detail.language for e in parsed.entries] == ["de", "de", "en", "de", "de", "de"]


def test_the_feed_is_as_new_as_its_newest_entry() -> None:
    root = assert_valid(atom.render(gallery_feed(), SITE).data)
    assert root.findtext("a:updated", "", NS) == "2025-06-05T08:00:00+00:00"


def test_content_and_summary_come_back_as_they_went_in() -> None:
    """H-11: nothing is lost or escaped twice on the way."""
    text = "]]> &nbsp; <?php <!-- 🚀 עברית &amp;amp;"
    made = some_entry(content=f"<p>{text}</p>", summary=text, title=text)
    root = assert_valid(atom.render(make_feed(made), SITE).data)
    found = root.find("a:entry", NS)
    assert found is not None
    assert found.findtext("a:content", "", NS) == f"<p>{text}</p>"
    assert found.findtext("a:summary", "", NS) == found.findtext("a:title", "", NS) == text


POISON = {
    "no id": {"id": ""},
    "id with a space": {"id": "urn:uuid:1 2"},
    "relative id": {"id": "12345"},
    "no title": {"title": ""},
    "no author": {"authors": ()},
    "nameless author": {"authors": (Person(""),)},
    "naive date": {"updated": datetime(2025, 1, 1)},
    "naive publication": {"published": datetime(2025, 1, 1)},
    "date before time": {"updated": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))},
    "wrong type": {"title": None},
}


@pytest.mark.parametrize("changes", POISON.values(), ids=POISON)
def test_one_poisoned_entry_is_left_out_and_named_and_the_feed_goes_on(changes: dict[str, object]) -> None:
    before, after = some_entry(id=uid(7)), some_entry(id=uid(8))
    rendered = atom.render(make_feed(before, some_entry(**changes), after), SITE)
    root = assert_valid(rendered.data)
    assert [e.findtext("a:id", "", NS) for e in root.findall("a:entry", NS)] == [uid(7), uid(8)]
    assert [problem.reason for problem in rendered.dropped] == ["poisoned"]


@pytest.mark.parametrize(
    "bad", ["\x00", "\x0b", "\ufffe", "\ud800", "\u202e", "\x85", "\x1b[31m", "\U0001ffff"]
)
def test_a_bad_character_costs_the_character_not_the_release(bad: str) -> None:
    made = some_entry(
        title=f"a{bad}b",
        summary=f"a{bad}b",
        content=f"a{bad}b",
        authors=(Person(f"a{bad}b", f"https://x.example/{bad}"),),
        links=(Link(f"https://x.example/{bad}", "alternate", title=bad),),
        source_title=f"a{bad}b",
        language=f"d{bad}e",
    )
    rendered = atom.render(replace(make_feed(made), title=f"a{bad}b", subtitle=bad), SITE)
    assert rendered.dropped == ()
    assert_valid(rendered.data)


def test_an_id_comes_once() -> None:
    rendered = atom.render(make_feed(some_entry(), some_entry(title="Zweiter")), SITE)
    assert_valid(rendered.data)
    assert [p.reason for p in rendered.dropped] == ["duplicate_id"]


def test_a_feed_holds_its_newest_entries_up_to_number_and_size() -> None:
    many = [some_entry(id=uid(n)) for n in range(50)]
    few = atom.render(make_feed(*many), replace(SITE, entries=5)).data
    assert [e.id for e in feedparser.parse(few).entries] == [uid(n) for n in range(5)]
    small = atom.render(make_feed(*many), replace(SITE, max_bytes=20_000)).data
    ids = [e.id for e in feedparser.parse(small).entries]
    assert 0 < len(ids) < 50
    assert ids == [uid(n) for n in range(len(ids))]
    assert len(small) < 21_000


def test_one_huge_text_gives_way_to_its_summary_and_pushes_nobody_out() -> None:
    entries = [some_entry(id=uid(1)), some_entry(id=uid(2), content="x" * 90_000), some_entry(id=uid(3))]
    rendered = atom.render(make_feed(*entries), replace(SITE, max_bytes=100_000))
    root = assert_valid(rendered.data)
    texts = [e.findtext("a:content", "", NS) for e in root.findall("a:entry", NS)]
    assert len(texts) == 3
    assert "Der vollständige Text ist für diesen Feed zu lang." in texts[1]
    assert [p.reason for p in rendered.shortened] == ["shortened"]


def test_odd_offsets_become_utc() -> None:
    odd = timezone(timedelta(minutes=53, seconds=28))
    root = assert_valid(
        atom.render(make_feed(some_entry(published=datetime(1890, 1, 1, 12, tzinfo=odd))), SITE).data
    )
    assert root.findtext("a:entry/a:published", "", NS) == "1890-01-01T11:06:32+00:00"


def test_the_feeds_id_outlives_its_address_and_title_but_not_its_installation() -> None:
    def feed_id(site: Site, title: str = "x") -> str:
        root = ElementTree.fromstring(atom.render(replace(make_feed(), title=title), site).data)
        return root.findtext("a:id", "", NS)

    moved = replace(SITE, base_url="https://neu.example")
    assert feed_id(SITE) == feed_id(moved, "y")
    assert feed_id(SITE) != feed_id(replace(SITE, instance="another"))


def test_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    """Nothing of the machine, the clock or the order of a set gets into a feed."""
    code = (
        "import sys; from test_rendering_atom import *; "
        "sys.stdout.buffer.write(atom.render(gallery_feed(), SITE).data)"
    )
    made = set()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/New_York", "de_DE.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        here = str(Path(__file__).parent)
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=here, env=environment, capture_output=True, check=True
        )
        made.add(done.stdout)
    assert made == {atom.render(gallery_feed(), SITE).data}


def test_the_declaration_comes_first_and_a_browser_gets_a_style_sheet() -> None:
    lines = atom.render(make_feed(), SITE).data.splitlines()
    assert lines[0] == b"<?xml version='1.0' encoding='UTF-8'?>"
    assert lines[1] == b'<?xml-stylesheet type="text/css" href="../feed.css"?>'
    assert b'href="feed.css"' in atom.render(make_feed(label="all"), SITE).data


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text())
def test_any_text_in_any_field_gives_a_valid_feed(title: str, text: str, address: str) -> None:
    """Including lone surrogates, noncharacters and whatever else a source may send."""
    copy = make_copy(
        title=title,
        deck=text,
        url=f"https://x.example/{address}",
        blocks=(Block("paragraph", text, "p", 1), Block("table", title, "t", 2, html=text)),
    )
    release = make_release(copy=copy, source_title=title, changes=(text,), status="corrected")
    rendered = atom.render(replace(make_feed(entry(release, SITE)), title=title), SITE)
    assert rendered.dropped == ()
    assert_valid(rendered.data)


def test_dates_far_away_are_written_or_dropped_but_never_break() -> None:
    far = [
        some_entry(id=uid(n), updated=datetime(year, 1, 1, tzinfo=UTC)) for n, year in enumerate((1, 9999))
    ]
    assert_valid(atom.render(make_feed(*far), SITE).data)
