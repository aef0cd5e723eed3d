"""Texts under new ids, and more at once than is believable: what subscribers see, and what the operator is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ingest_simulated import START, Item, Press, item
from loopback import Site, serving

from aggregator.model import Recipe


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def press(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(tmp_path, site, monkeypatch)


DAY = timedelta(days=1)


def weekly(count: int, first: int = 1) -> list[Item]:
    """Releases of the weeks before the first poll, the newest first."""
    return [item(n, START - DAY * 7 * (n - first)) for n in range(first, first + count)]


def test_forty_new_ids_are_remapped_and_nothing_is_published_again(press: Press) -> None:
    """A publisher changes every guid and every address: ids, dates and the number of copies stay, links are new."""
    old = weekly(40)
    press.poll(old)
    before, copies = press.ids(), press.copies()
    report = press.poll(
        [replace(i, key=f"urn:new:{i.number}", url=f"https://neu.example/p/{i.number}") for i in old]
    )
    assert report.counts == {"remapped": 40}
    assert [p.detail for p in report.problems] == [
        "40 items have new ids: remapped, nothing is published again"
    ]
    assert press.ids() == before
    assert press.copies() == copies
    assert {e.link for e in press.entries()} == {f"https://neu.example/p/{i.number}" for i in old}
    assert press.poll().outcome == "unchanged"


def test_a_move_from_http_to_https_is_no_news(press: Press) -> None:
    """The address is the id, and each begins otherwise now."""
    old = [
        replace(i, key=i.address.replace("https", "http"), url=i.address.replace("https", "http"))
        for i in weekly(12)
    ]
    press.poll(old)
    before = press.ids()
    new = [
        replace(i, key=i.address.replace("http", "https"), url=i.address.replace("http", "https"))
        for i in old
    ]
    assert press.poll(new).counts == {"remapped": 12}
    assert press.ids() == before
    assert all(e.link.startswith("https:") for e in press.entries())


def test_a_new_slug_with_an_edited_text_is_the_same_release(press: Press) -> None:
    """Key, address, headline and a sentence change at once; the entry keeps its id and is not marked as updated."""
    first, second = weekly(2)
    press.poll([first, second])
    ids = set(press.ids().values())
    edited = replace(
        first, key="slug-2", url="https://newsroom.example/news/neuer-name",
        text=first.text.replace("</p>", " Die Feier folgt im Mai.</p>"), title=f"{first.title} feierlich",
    )  # fmt: skip
    report = press.poll([edited, second])
    assert report.counts == {"remapped": 1, "unchanged": 1}
    assert set(press.ids().values()) == ids
    assert f"{first.title} feierlich" in press.ids()
    assert press.copies() == 2


def test_a_withdrawal_that_is_taken_back_under_a_new_id_is_over(press: Press) -> None:
    """The same entry is shown again and newer than its tombstone was; another new id alone changes nothing."""
    first, second = weekly(2)
    press.poll([first, second])
    uid = press.ids()[first.title][0]
    taken = replace(first, title=f"Zurückgezogen: {first.title}")
    press.poll([taken, second])
    (entry,) = (e for e in press.entries() if e.id == uid)
    assert entry.title.startswith("[Zurückgezogen]")
    report = press.poll([replace(first, key="again", url="https://newsroom.example/again"), second])
    (again,) = (e for e in press.entries() if e.id == uid)
    assert again.title == f"[Korrektur] {first.title}"
    assert again.updated > entry.updated
    assert press.copies() == 2
    assert report.counts == {"correction": 1, "unchanged": 1}
    press.poll([replace(first, key="third", url="https://newsroom.example/third"), second])
    assert [e.updated for e in press.entries() if e.id == uid] == [again.updated]


def test_ids_that_change_with_each_poll_pile_nothing_up(press: Press) -> None:
    """X-10: the feed makes up its guids. Five polls later there are as many copies as releases."""
    old = weekly(6)
    for round in range(5):
        press.poll([replace(i, key=f"{round}-{i.number}") for i in old])
    assert press.copies() == 6
    assert press.state() == "well"


def test_short_and_undated_items_are_remapped_too(press: Press) -> None:
    """Too few words to prove anything elsewhere; of one source the same headline, date and text are the same item."""
    old = [replace(i, text=f"<p>Termin {i.number} im Hafen</p>") for i in weekly(12)]
    press.poll(old, dates=False)
    before = press.ids()
    new = [replace(i, key=f"n{i.number}", url=f"https://neu.example/{i.number}") for i in old]
    assert press.poll(new, dates=False).counts == {"remapped": 12}
    assert press.ids() == before


def test_a_text_that_is_listed_twice_is_no_new_id(press: Press) -> None:
    """The old key is still shown: the second item is a copy of its own, and both stay known."""
    first, second = weekly(2)
    press.poll([first, second])
    twin = replace(first, key="twin", url="https://newsroom.example/twin")
    assert press.poll([twin, first, second]).counts == {"copy": 1, "unchanged": 2}
    assert press.poll([first, twin, second]).counts == {"unchanged": 3}
    assert len(press.entries()) == 2


def flooded(press: Press, count: int = 200) -> list[Item]:
    """A source that gives one release at a time, and then so many at once."""
    old = weekly(10)
    press.poll(old)
    for n in range(3):
        old = [item(100 + n, press.now), *old][:10]
        press.poll(old, after=DAY)
    return [item(1000 + n, press.now) for n in range(count)]


def test_a_real_flood_is_held_and_the_operator_is_told(press: Press) -> None:
    """200 new texts where one was usual: none is published, the state says why and what to do."""
    flood = flooded(press)
    before = press.ids()
    report = press.poll(flood)
    assert report.counts == {"held": 200}
    assert press.ids() == before
    found = press.health()
    assert found["health"] == "held"
    assert "200 new releases at once" in str(found["evidence"])
    assert flood[0].title not in str(found["evidence"])  # everybody may read it
    (event,) = press.entries("status")
    assert event.title == "Nordhafen Presse: too much at once, 200 new releases at once are held back"
    assert "aggregator sources release newsroom" in event.content[0].value


def test_a_held_flood_does_not_pile_up(press: Press) -> None:
    """Polled again, also under new ids, the same texts wait once; what is new in a normal number goes on."""
    flood = flooded(press)
    press.poll(flood)
    assert press.poll(flood[1:]).counts == {"unchanged": 199}
    renamed = [replace(i, key=f"x{i.number}") for i in flood]
    news = item(5000, press.now)
    assert press.poll([news, *renamed]).counts == {"new": 1}
    assert news.title in press.ids()
    assert "200 new releases" in str(press.health()["evidence"])


def test_a_released_flood_is_published_with_its_own_dates(press: Press) -> None:
    """All of it comes out, and its size is believed from then on."""
    flood = flooded(press, 40)
    press.poll(flood)
    report = press.do(lambda a: a.release(press.source))
    assert report.counts == {"new": 40}
    assert {i.title for i in flood} <= set(press.ids())
    assert press.state() != "held"
    told = press.entries("status")[0].title
    assert told.startswith("Nordhafen Presse: releases may have been missed, all 40 items")
    assert press.poll().outcome == "unchanged"
    assert press.poll([item(2000 + n, press.now) for n in range(30)]).counts == {"new": 30}


def test_a_dropped_flood_does_not_come_again(press: Press) -> None:
    """Neither as it was nor under new ids; what else comes is read."""
    flood = flooded(press, 40)
    press.poll(flood)
    before = press.ids()
    assert press.do(lambda a: a.release(press.source, drop=True)).counts == {"dropped": 40}
    assert press.state() != "held"
    renamed = [replace(i, key=f"x{i.number}", url=f"https://newsroom.example/x/{i.number}") for i in flood]
    press.poll(renamed)
    assert press.ids() == before
    assert press.poll([item(7000, press.now), *renamed]).counts == {"new": 1, "unchanged": 40}


def test_old_items_of_the_first_poll_keep_their_dates(press: Press) -> None:
    """Fifty old releases at once: an Atom reader sees old dates in both fields, and the newest on top."""
    old = weekly(50)
    assert press.poll(old).counts == {"new": 50}
    entries = press.entries()
    assert [e.title for e in entries] == [i.title for i in old]
    for entry, shown in zip(entries, old, strict=True):
        assert entry.published_parsed[:3] == shown.at.timetuple()[:3]
        if shown.at < press.now - DAY * 2:
            assert entry.updated_parsed == entry.published_parsed


def test_a_backfill_is_no_flood_and_no_news(press: Press) -> None:
    """Asked for by the operator, a hundred old releases are stored under their own dates."""
    old = weekly(110)
    press.poll(old[:10])
    press.poll([item(900, press.now), *old[:9]], after=DAY)
    top = press.entries()[0].title
    report = press.poll(old, backfill=5)
    assert report.counts == {"new": 100, "unchanged": 10}
    assert press.entries()[0].title == top
    assert press.entries()[-1].published_parsed.tm_year < 2026
    assert press.state() == "well"


def test_a_wire_that_was_not_polled_for_hours_is_no_flood(press: Press) -> None:
    """Its own pace, told by the dates of its first twenty items, explains sixty more after four hours."""
    minutes = timedelta(minutes=4)
    press.poll([item(n, START - minutes * n) for n in range(20)])
    later = [item(500 + n, press.now + minutes * n) for n in range(60)]
    assert press.poll(later, after=minutes * 60).counts == {"new": 60}


def test_a_known_flood_and_an_unknown_one_are_told_apart(press: Press) -> None:
    """New ids for what is known, and junk beside it: the first is remapped, the second is held."""
    junk = flooded(press, 60)
    old = weekly(7)
    moved = [replace(i, key=f"m{i.number}") for i in old]
    assert press.poll([*junk, *moved]).counts == {"remapped": 7, "held": 60}


def newsroom(press: Press, items: list[Item]) -> None:
    """A page without a feed that lists these, and the page of each."""
    for i in items:
        path = f"/presse/{i.number}-{i.title.split()[0].lower()}"
        body = (
            f"<main><h1>{i.title}</h1><time datetime='{i.at:%Y-%m-%d}'>{i.at:%d.%m.%Y}</time>{i.text}</main>"
        )
        press.site.put(
            path, f"<html lang=de><title>{i.title}</title><body>{body}</body></html>", media_type="text/html"
        )
    rows = "".join(
        f"<li><time datetime='{i.at:%Y-%m-%d}'>{i.at:%d.%m.%Y}</time>"
        f"<h3><a href='/presse/{i.number}-{i.title.split()[0].lower()}'>{i.title}</a></h3></li>"
        for i in items
    )
    page = f"<html lang=de><title>Presse</title><body><main><h1>Presse</h1><ul class=liste>{rows}</ul></main></body></html>"
    press.site.put("/feed.xml", page, media_type="text/html")


def test_the_pages_of_a_long_first_list_are_no_flood(press: Press) -> None:
    """More pages than one poll fetches: those of the later polls belong to the first, and then the guard is up."""
    pytest.importorskip("aggregator.adapters.newsroom")
    pytest.importorskip("aggregator.adapters.article")
    recipe = Recipe(items=("ul.liste > li",), url=("h3 a@href",), title=("h3",), published=("time@datetime",))
    press.source = replace(press.source, adapter="newsroom", recipe=recipe, robots=False, follow="auto")
    old = weekly(230)
    newsroom(press, old)
    counts = [press.poll().counts for _ in range(4)]
    assert sum(c.get("new", 0) + c.get("series", 0) for c in counts) == 230
    assert not any(c.get("held") for c in counts)
    newsroom(press, [item(3000 + n, press.now) for n in range(60)])
    assert press.poll(after=DAY).counts == {"held": 60}


def test_a_list_that_fails_is_told_although_its_old_pages_can_be_read(press: Press) -> None:
    """The page is redone, the pages of its releases still answer: the source has changed, and is not well."""
    pytest.importorskip("aggregator.adapters.newsroom")
    pytest.importorskip("aggregator.adapters.article")
    recipe = Recipe(items=("ul.liste > li",), url=("h3 a@href",), title=("h3",), published=("time@datetime",))
    press.source = replace(press.source, adapter="newsroom", recipe=recipe, robots=False, follow="auto")
    newsroom(press, weekly(6))
    press.poll()
    assert press.state() == "well"
    page = (
        press.site.pages["/feed.xml"]
        .body.replace(b"ul class=liste", b"div class=neu")
        .replace(b"<li>", b"<div>")
    )
    press.site.put("/feed.xml", page, media_type="text/html")
    press.poll(after=DAY * 2)
    assert press.state() == "changed"
    assert "usually 6 items" in str(press.health()["evidence"])
