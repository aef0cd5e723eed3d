"""How a source is doing, after simulated polls of a real server: every state, with its evidence and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from ingest_simulated import START, Item, Press, item
from loopback import Site, serving

from aggregator import app as application
from aggregator.health import Facts, Poll, Sample, Standing, assess, public, remedy, rhythm
from aggregator.ingest import Haul, Report
from aggregator.model import Problem
from aggregator.store import Shelf, Store

DAY = timedelta(days=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def press(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(tmp_path, site, monkeypatch)


def settled(press: Press, polls: int = 5, size: int = 10) -> list[Item]:
    """A source that gave one release a day, and always so many in its list."""
    shown = [item(n, START - DAY * n) for n in range(size)]
    press.poll(shown)
    for n in range(polls):
        shown = [item(100 + n, press.now), *shown][:size]
        press.poll(shown, after=DAY)
    return shown


def events(press: Press) -> list[str]:
    return [e.title for e in press.entries("status")]


def test_a_source_that_works_is_well_and_tells_nothing(press: Press) -> None:
    """Whether it has news or not; its feed of states is a valid, empty one."""
    settled(press)
    press.poll(after=DAY)
    found = press.health()
    assert (found["health"], found["evidence"]) == ("well", "")
    assert found["usual"] == (
        "usually 10 items, never fewer than 10 in 6 polls; 100% with a date, 100% with a title, 100% with a text;"
        " releases every day, the longest pause 1 day"
    )
    assert events(press) == []


def test_a_list_that_is_empty(press: Press) -> None:
    """A valid feed without items, where there always were some; also while it stays as it is."""
    settled(press)
    press.poll([])
    assert press.state() == "empty"
    press.poll()
    found = press.health()
    assert found["health"] == "empty"
    assert found["evidence"] == "0 items; usually 10 items, never fewer than 10 in 6 polls"
    assert events(press) == ["Nordhafen Presse: its list is empty, 0 items"]


def test_a_list_that_shrinks_has_changed_unless_it_brings_news(press: Press) -> None:
    """Two of ten known items are too few; one new item alone is a list that begins anew."""
    shown = settled(press)
    press.poll(shown[:2])
    assert press.state() == "changed"
    assert "only 2 items, none of them new; usually 10 items" in str(press.health()["evidence"])
    press.poll([item(500, press.now)])
    assert press.state() == "well"
    assert events(press)[0] == "Nordhafen Presse: well again"


@pytest.mark.parametrize(("more", "word"), [({"dates": False}, "a date"), ({"titles": False}, "a title")])
def test_a_field_that_vanishes(press: Press, more: dict[str, bool], word: str) -> None:
    """All items had it, none has it any more."""
    shown = settled(press)
    press.poll(shown, **more)
    assert press.state() == "changed"
    assert f"none of 10 items has {word} any more" in str(press.health()["evidence"])


def test_a_page_where_a_feed_was(press: Press, site: Site) -> None:
    """The address gives a page now: changed, and not merely down. Of one that never was a feed it is a failure."""
    site.put("/feed.xml", "<html><body><p>Willkommen</p></body></html>", media_type="text/html")
    press.poll()
    assert press.state() == "failing"
    settled(press)
    site.put("/feed.xml", "<html><body><p>Willkommen</p></body></html>", media_type="text/html")
    press.poll()
    assert press.state() == "changed"
    assert "usually 10 items" in str(press.health()["evidence"])


WALLS = {
    "the robot check of Cloudflare": (
        "<html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x.js'></script>"
        "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
        "a wall of Cloudflare in place of the list",
    ),
    "Imperva": (
        '<html><body><iframe src="/_Incapsula_Resource?CWUDNSAI=9" height="100%"></iframe></body></html>',
        "a wall of Imperva in place of the list",
    ),
    "a login": (
        "<html lang='de'><body><h1>Anmelden</h1><form><input type='password' name='p'></form>"
        "<p>Bitte melden Sie sich an, um fortzufahren.</p></body></html>",
        "bitte melden sie sich an (in place of the list)",
    ),
}


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("adapter", ["feed", "newsroom", "sitemap"])
def test_a_wall_that_says_200_is_no_changed_page(press: Press, site: Site, wall: str, adapter: str) -> None:
    """A robot check or a login in place of the list: no other recipe would help, and the operator is not told so."""
    page, said = WALLS[wall]
    press.source = replace(press.source, adapter=adapter)
    site.put("/feed.xml", page, media_type="text/html")
    report = press.poll()
    assert report.outcome == "failed"
    found = press.health()
    assert found["health"] == "walled"
    assert said in str(found["evidence"])


def test_a_changed_page_with_a_robot_check_in_its_form_is_no_wall(press: Press, site: Site) -> None:
    """Ordinary pages bear the marks of robot checks; what stands on them says that they are no wall."""
    text = " ".join(
        ["Die Redaktion erreichen Sie werktags zwischen acht und siebzehn Uhr in unserem Haus."] * 5
    )
    page = (
        f"<html lang='de'><body><h1>Presse</h1><p>{text}</p><form class='g-recaptcha'></form></body></html>"
    )
    press.source = replace(press.source, adapter="newsroom")
    site.put("/feed.xml", page, media_type="text/html")
    press.poll()
    assert press.state() == "changed"


def test_a_field_whose_last_locator_fails_is_lost() -> None:
    """One of two locators that fails is a warning; both, and no item has a date any more: the page changed."""
    hint = (Problem("recipe", "locators that found nothing: published: time"),)
    usual = Standing(samples=(Sample(START, 10, 10, 10, 10, 0),) * 3)
    part = assess("x", Poll(START, hints=hint, sample=Sample(START, 10, 10, 10, 10, 1)), usual, Facts())[0]
    assert (part.state, part.evidence) == ("degraded", "locators that found nothing: published: time")
    lost = assess("x", Poll(START, hints=hint, sample=Sample(START, 10, 0, 10, 10, 1)), usual, Facts())[0]
    assert lost.state == "changed"
    assert lost.evidence.startswith(
        "locators that found nothing: published: time; none of 10 items has a date"
    )


def test_a_server_that_is_down_for_a_moment_is_no_event(press: Press, site: Site) -> None:
    """The state says so at once with the next try; the feed of states hears of it from the third failure on."""
    shown = settled(press)
    site.put("/feed.xml", b"trouble", status=503)
    press.poll()
    found = press.health()
    assert found["health"] == "failing"
    assert "failed once since 2026-03-07 11:00 UTC" in str(found["evidence"])
    assert "next try 2026-03-07" in str(found["evidence"])
    press.poll(shown)
    assert (press.state(), events(press)) == ("well", [])
    site.put("/feed.xml", b"trouble", status=503)
    for _ in range(4):
        press.poll()
    assert len(events(press)) == 1
    assert events(press)[0].startswith("Nordhafen Presse: cannot be read, failed 3 times since")
    press.poll(shown)
    assert events(press)[0] == "Nordhafen Presse: well again"


def test_gone_is_told_at_once(press: Press, site: Site) -> None:
    """410 is the server's own last word."""
    settled(press)
    site.put("/feed.xml", b"gone", status=410)
    press.poll()
    assert press.state() == "gone"
    assert len(events(press)) == 1


def test_trouble_does_not_hide_what_the_list_said(press: Press, site: Site) -> None:
    """An empty list, a failure, and the same empty list again: still empty."""
    settled(press)
    press.poll([])
    kept = site.pages["/feed.xml"]
    site.put("/feed.xml", b"trouble", status=500)
    press.poll()
    assert press.state() == "failing"
    site.pages["/feed.xml"] = kept
    press.poll()
    assert press.state() == "empty"


def test_silence_is_judged_by_its_own_rhythm(press: Press) -> None:
    """One release a week for months: nine days are quiet, four weeks are longer than ever. Quiet is no event."""
    shown = [item(n, START - DAY * 7 * n) for n in range(12)]
    press.poll(shown)
    press.poll(after=DAY * 6)
    assert press.state() == "well"
    press.poll(after=DAY * 3)
    assert (press.state(), events(press)) == ("quiet", [])
    press.poll(after=DAY * 20)
    found = press.health()
    assert found["health"] == "silent"
    assert found["evidence"] == "no release for 29 days; of its 11 pauses the longest took 7 days"
    press.poll([item(600, press.now), *shown])
    assert press.state() == "well"
    assert [e.partition(",")[0] for e in events(press)] == [
        "Nordhafen Presse: well again", "Nordhafen Presse: quiet for longer than ever",
    ]  # fmt: skip


def test_a_source_of_few_releases_is_never_silent() -> None:
    """Four pauses say nothing; five do, and then twice the longest has to pass."""
    days = [date(2026, 1, 1) + timedelta(days=3 * n) for n in range(6)]
    assert rhythm(days[:5], date(2026, 12, 1)) == ("well", "")
    assert [rhythm(days, days[-1] + timedelta(days=n))[0] for n in (4, 5, 7, 8)] == [
        "well",
        "quiet",
        "quiet",
        "silent",
    ]


HINTED = {
    "recipe": ("degraded", "title: the first of 2 locators finds nothing"),
    "overrun": ("overran", "none of the 20 items of the last poll is listed any more"),
    "moved": ("moved", "redirected for good to https://neu.example/presse?token=geheim"),
}


@pytest.mark.parametrize("reason", HINTED)
def test_what_an_adapter_or_the_client_says_of_the_source(
    press: Press, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """A poll that succeeds with a remark on the whole source; the next one without it is well again."""
    shown = settled(press, polls=1)
    state, detail = HINTED[reason]
    settle = application.settle

    def remarked(store: Store, hauls: Sequence[Haul], *more: Any) -> list[Report]:
        hauls[0].harvest.problems.append(Problem(reason, detail, "newsroom"))
        return settle(store, hauls, *more)

    with monkeypatch.context() as patched:
        patched.setattr(application, "settle", remarked)
        press.poll([item(700, press.now), *shown])
    found = press.health()
    assert found["health"] == state
    assert "geheim" not in str(found["evidence"])
    assert found["refused"] == {}
    press.poll([item(701, press.now), *shown])
    assert press.state() == "well"


REASONS = {
    "walled": "walled", "access_denied": "walled", "robots": "walled", "no_items": "changed", "gone": "gone",
    "not_found": "failing", "server_error": "failing", "circuit_open": "failing", "never heard of": "failing",
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_of_a_failure_has_its_state(reason: str) -> None:
    """Codes of the client and of the adapters; an unknown one is a failure."""
    poll = Poll(START, failure=Problem(reason, "what was wrong"))
    standing, event = assess("x", poll, Standing(), Facts())
    assert standing.state == REASONS[reason]
    assert "what was wrong" in standing.evidence
    assert (event is None) == (standing.state == "failing")


def test_a_mailbox_that_refuses_its_user_is_not_walled() -> None:
    """No press office helps where the password is wrong: the operator is told to correct it."""
    poll = Poll(START, failure=Problem("login", "refuses user", "imaps://mail.example.com/INBOX"))
    standing, _ = assess("post", poll, Standing(failures=2), Facts())
    assert standing.state == "failing"
    assert remedy("failing", "post", "login").startswith("correct user and password: `options` of post")
    assert "tried again by itself" in remedy("failing", "post", "timeout")
    site = Poll(START, failure=Problem("login", "Anmelden", "https://www.example.com/presse"))
    assert assess("site", site, Standing(), Facts())[0].state == "walled"


def test_a_list_learns_its_new_normal(press: Press) -> None:
    """A feed that gives no dates any more, but news: after as many polls as it takes, that is what it gives."""
    old = Sample(START, 10, 10, 10, 10, 1)
    standing = Standing(samples=(old,) * 10)
    states = []
    for n in range(12):
        poll = Poll(START + DAY * n, sample=Sample(START + DAY * n, 10, 0, 10, 10, 1))
        standing, _ = assess("x", poll, standing, Facts())
        states.append(standing.state)
    assert states[0] == "changed"
    assert states[-1] == "well"


def test_a_changed_address_begins_anew(press: Press, site: Site) -> None:
    """The operator mended it: what the old list gave is no measure, and its recovery is told."""
    settled(press)
    press.poll([])
    press.source = replace(press.source, url=site.url("/new.xml"))
    press.show([item(800, press.now)])
    site.pages["/new.xml"] = site.pages["/feed.xml"]
    press.poll()
    assert press.state() == "well"
    assert events(press)[0] == "Nordhafen Presse: well again"


def test_the_feed_of_states_is_stable_and_apart(press: Press) -> None:
    """Its ids and bytes stay whatever else happens; no feed of releases and no list of feeds knows of it."""
    settled(press)
    press.poll([])
    feeds = press.paths.feeds
    before = (feeds / "status.atom").read_bytes()
    press.poll([])
    press.do(lambda a: a.in_store(lambda: a.publish(everything=True)))
    assert (feeds / "status.atom").read_bytes() == before
    (entry,) = press.entries("status")
    assert entry.id.startswith("urn:uuid:")
    assert "aggregator sources repair newsroom" in entry.content[0].value
    assert b"status.atom" not in (feeds / "feeds.opml").read_bytes()
    assert b'href="status.atom"' in (feeds / "index.html").read_bytes()
    assert not any("empty" in e.title for e in press.entries())


def test_nothing_private_is_published() -> None:
    """Addresses are cut to their host, without user and token; paths of the machine are left out."""
    assert (
        public("HTTP 403 at https://user:pw@intern.example:8443/x?token=abc")
        == "HTTP 403 at intern.example:8443"
    )
    assert public("/srv/press/inbox: no such folder") == "…: no such folder"
    assert public("12/25 items, 3 km/h") == "12/25 items, 3 km/h"


def test_everybody_may_read_the_overview(press: Press, site: Site) -> None:
    """State, evidence and remedy of the polled sources, without their addresses."""
    press.source = replace(press.source, url=site.url("/feed.xml?key=geheim"))
    site.put("/feed.xml?key=geheim", b"no", status=410)
    press.poll()
    shelf = Shelf.open(press.paths.data)
    (record,) = shelf.overview()
    shelf.close()
    assert record["state"] == "gone"
    assert "sources remove newsroom" in record["remedy"]
    assert "geheim" not in str(record)
