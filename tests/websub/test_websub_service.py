"""The subscriber at work: a newsroom, a hub and our own web face, each a real server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hub import Hub
from loopback import Site

from aggregator import websub
from aggregator.app import App, Paths, clock
from aggregator.scheduler import Service
from aggregator.settings import load
from aggregator.store import Shelf
from aggregator.subscriber import MOST_BYTES, Subscriber, is_public
from aggregator.web import FeedTable, make_app, serve
from aggregator.websub import Subscription

TEXT = (
    "<p>Musterstadt, 2. November 2026 - Die Muster AG hat {what} in Betrieb genommen. Das Werk in Musterstadt"
    " beschäftigt 120 Menschen und liefert Teile in zwölf Länder.</p><p>Über die Muster AG: Das Unternehmen baut seit"
    " 1950 Maschinen.</p>"
)


def feed(site: Site, hub: Hub | None, *whats: str) -> bytes:
    """A feed of the newsroom with an item for each thing that was put into operation, and its hub."""
    named = f"<atom:link rel='hub' href='{hub.url}'/>" if hub else ""
    items = "".join(
        f"<item><guid isPermaLink='false'>{what}</guid><title>Muster AG nimmt {what} in Betrieb</title>"
        f"<link>https://www.example.com/{quote(what)}</link><pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate>"
        f"<description><![CDATA[{TEXT.format(what=what)}]]></description></item>"
        for what in whats
    )
    head = f"<link>https://www.example.com/</link>{named}<atom:link rel='self' href='{site.url()}'/>"
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
        f"<title>Muster</title>{head}{items}</channel></rss>"
    ).encode()


class House:
    """Everything that `aggregator run` has, driven by hand."""

    def __init__(self, app: App, subscriber: Subscriber, service: Service, hub: Hub, site: Site) -> None:
        self.app, self.subscriber, self.service, self.hub, self.site = app, subscriber, service, hub, site

    async def tick(self) -> None:
        """One look at what is due, and the end of what it started."""
        await self.service.tick()
        await asyncio.gather(*self.service._passes)

    async def tend(self) -> None:
        """Ask the hub for what is due, and wait until it has asked back."""
        await self.subscriber.tend()
        await asyncio.to_thread(self.hub.settle)

    async def subscribed(self) -> Subscription:
        """Poll once and subscribe."""
        await self.tick()
        await self.tend()
        return await self.subscription()

    async def subscription(self) -> Subscription:
        (only,) = await self.app.in_store(lambda: self.app.store.subscriptions.of("muster"))
        return only

    async def change(self, **values: object) -> None:
        """Put the subscription into another state, as if time had passed."""
        from dataclasses import replace

        changed = replace(await self.subscription(), **values)  # type: ignore[arg-type]

        def write() -> None:
            with self.app.store.settling():
                self.app.store.subscriptions.save(changed)

        await self.app.in_store(write)

    async def push(self, body: bytes, secret: str | None = None, **more: Any) -> httpx.Response:
        return await asyncio.to_thread(lambda: self.hub.push(body, secret, **more))

    async def titles(self) -> set[str]:
        def read() -> set[str]:
            shelf = Shelf(self.app.store.db.conn)
            return {c.copy.title for row in shelf.rows() for c in shelf.copies(row)}

        return await self.app.in_store(read)

    async def next_due(self) -> object:
        return await self.app.in_store(lambda: self.app.store.next_due("muster"))

    def polls(self) -> int:
        return sum(path == "/feed.xml" for path, _ in self.site.requests)


class _Late:
    """Callbacks that are there once the port is known."""

    most_bytes = MOST_BYTES
    subscriber: Subscriber

    async def confirm(self, token: str, query: Any) -> str | None:
        return await self.subscriber.confirm(token, query)

    async def status(self, token: str) -> int:
        return await self.subscriber.status(token)

    async def deliver(self, token: str, headers: Any, body: bytes) -> None:
        await self.subscriber.deliver(token, headers, body)


def configure(folder: Path, site: Site, port: int, more: str = "", sources: bool = True) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(
        f'title = "T"\nbase_url = "http://127.0.0.1:{port}"\npace = 0\n{more}', "utf-8"
    )
    source = f'[[source]]\nid = "muster"\nurl = "{site.url()}"\nallow_private = true\nrole = "issuer"\n'
    (folder / "sources.toml").write_text(source if sources else "", "utf-8")


@asynccontextmanager
async def house(folder: Path, hub: Hub, site: Site, **options: Any) -> AsyncIterator[House]:
    late = _Late()
    feeds = folder / "feeds"
    server = serve(make_app(FeedTable(feeds), callbacks=late), "127.0.0.1", 0)
    configure(folder / "config", site, server.port, options.pop("more", ""))
    settings = load(folder / "config")
    async with App.open(Paths(folder / "config", folder / "data", feeds), settings) as app:
        late.subscriber = Subscriber(app, **{"allow_private": True, **options})
        service = Service(app, lambda _: None, lambda: None, lambda _: None, late.subscriber)
        task = asyncio.create_task(server.serve())
        try:
            yield House(app, late.subscriber, service, hub, site)
        finally:
            await asyncio.to_thread(hub.settle)
            server.should_exit = True
            await task


def with_house(
    folder: Path, hub: Hub, site: Site, work: Callable[[House], Awaitable[None]], **options: Any
) -> None:
    async def run() -> None:
        async with house(folder, hub, site, **options) as made:
            await work(made)

    asyncio.run(run())


# -- subscribing ---------------------------------------------------------------------------------


def test_a_polled_feed_that_names_a_hub_is_subscribed_to(tmp_path: Path, hub: Hub, site: Site) -> None:
    """The hub is asked, asks back, and is answered with its challenge; the lease is the hub's."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        live = await h.subscribed()
        assert live.state == "live"
        assert live.lease_until is not None
        assert timedelta(minutes=59) < live.lease_until - clock() <= timedelta(hours=1)
        assert live.due is not None
        assert timedelta(minutes=39) < live.due - clock() <= timedelta(minutes=40)
        (asked,) = hub.asked
        assert asked["hub.topic"] == site.url()
        assert asked["hub.callback"].endswith(live.token)
        assert hub.answers == [(200, "c0ffee<b>")]
        await h.tend()
        assert len(hub.asked) == 1, "nothing is due, so nothing is asked"

    with_house(tmp_path, hub, site, work)


def test_a_hub_in_a_header_is_found_as_well(tmp_path: Path, hub: Hub, site: Site) -> None:
    """``Link: <…>; rel="hub"`` of the feed's own answer."""
    site.put("/feed.xml", feed(site, None, "eine Presse"), headers={"Link": f'<{hub.url}>; rel="hub"'})

    async def work(h: House) -> None:
        assert (await h.subscribed()).state == "live"

    with_house(tmp_path, hub, site, work)


def test_a_subscription_is_renewed_under_the_same_callback(tmp_path: Path, hub: Hub, site: Site) -> None:
    """At its time the hub is asked again, and the lease begins anew."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        before = await h.subscribed()
        await h.change(due=clock())
        hub.lease = "7200"
        await h.tend()
        after = await h.subscription()
        assert (after.state, after.token) == ("live", before.token)
        assert after.lease_until is not None
        assert before.lease_until is not None
        assert after.lease_until > before.lease_until
        assert [a["hub.mode"] for a in hub.asked] == ["subscribe", "subscribe"]

    with_house(tmp_path, hub, site, work)


def test_a_hub_that_never_asks_back_is_asked_again_later(tmp_path: Path, hub: Hub, site: Site) -> None:
    """Accepted is not subscribed."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))
    hub.verifies = False

    async def work(h: House) -> None:
        asked = await h.subscribed()
        assert asked.state == "asked"
        await h.change(due=clock())
        await h.tend()
        given_up = await h.subscription()
        assert (given_up.state, given_up.failures) == ("found", 1)
        hub.verifies = True
        await h.change(due=clock())
        await h.tend()
        assert (await h.subscription()).state == "live"

    with_house(tmp_path, hub, site, work)


def test_a_refusing_hub_is_left_alone_for_a_while_and_says_why(tmp_path: Path, hub: Hub, site: Site) -> None:
    """An error status, and a refusal at the callback; polling goes on."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))
    hub.status = 400

    async def work(h: House) -> None:
        refused = await h.subscribed()
        assert refused.state == "found"
        assert refused.reason == "the hub answered 400: no such <topic> here"
        assert refused.due is not None
        assert refused.due > clock() + timedelta(minutes=9)
        hub.status, hub.verifies = 202, False
        await h.change(due=clock())
        await h.tend()
        query = {"hub.mode": "denied", "hub.topic": site.url(), "hub.reason": "too many"}
        await asyncio.to_thread(hub.ask, hub.asked[-1]["hub.callback"], query)
        denied = await h.subscription()
        assert (denied.state, denied.reason) == ("denied", "the hub refuses it: too many")

    with_house(tmp_path, hub, site, work)


def test_what_nobody_asked_for_is_not_confirmed(tmp_path: Path, hub: Hub, site: Site) -> None:
    """Another topic, a farewell that is not ours, an unknown callback, a second confirmation: 404 and no echo."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        live = await h.subscribed()
        callback = hub.asked[0]["hub.callback"]
        question = {"hub.mode": "subscribe", "hub.topic": site.url(), "hub.challenge": "echo-me"}
        for address, changed in (
            (callback, {"hub.topic": "https://other.example/"}),
            (callback, {"hub.mode": "unsubscribe"}),
            (callback, {}),
            (callback.replace(live.token, "A" * 43), {}),
            (callback.replace(live.token, "../x"), {}),
            (callback.replace(live.token, ""), {}),
        ):
            answer = await asyncio.to_thread(hub.ask, address, {**question, **changed})
            assert (answer.status_code, "echo-me" in answer.text) == (404, False)
        assert (await h.subscription()).state == "live"

    with_house(tmp_path, hub, site, work)


def test_a_question_of_a_thousand_parts_is_none(tmp_path: Path, hub: Hub, site: Site) -> None:
    """Anybody may send one: it is answered like any other that is not ours, and is no error of the server."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        live = await h.subscribed()
        callback = hub.asked[0]["hub.callback"]
        query = {"hub.mode": "subscribe", **{f"x{n}": "1" for n in range(1000)}}
        answer = await asyncio.to_thread(lambda: hub.ask(callback, query))
        assert answer.status_code == 404
        assert await h.subscription() == live

    with_house(tmp_path, hub, site, work)


def test_a_source_that_goes_is_unsubscribed(tmp_path: Path, hub: Hub, site: Site) -> None:
    """The hub is told, confirms, and the callback is gone."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        configure(h.app.paths.config, site, int(h.app.settings.base_url.rpartition(":")[2]), sources=False)
        await h.app.reconfigure(load(h.app.paths.config))
        await h.tend()
        assert [a["hub.mode"] for a in hub.asked] == ["subscribe", "unsubscribe"]
        assert await h.app.in_store(lambda: h.app.store.subscriptions.of("muster")) == []
        assert (await h.push(feed(site, hub, "eine Säge"), "x")).status_code == 404

    with_house(tmp_path, hub, site, work)


def test_a_feed_that_changes_its_hub_moves(tmp_path: Path, hub: Hub, site: Site) -> None:
    """The old subscription is left, the new one is asked for; a feed without a hub leaves it."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        site.put("/feed.xml", feed(site, None, "eine Presse", "eine Säge"))
        await h.app.poll(h.app.settings.sources)
        assert (await h.subscription()).state == "leaving"
        await h.tend()
        assert await h.app.in_store(lambda: h.app.store.subscriptions.of("muster")) == []

    with_house(tmp_path, hub, site, work)


# -- pushes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha512"])
def test_what_a_hub_pushes_and_signs_is_read_at_once(
    tmp_path: Path, hub: Hub, site: Site, method: str
) -> None:
    """Only the new item, as some hubs send it: stored without a request to the newsroom, beside the schedule."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        polls, due = h.polls(), await h.next_due()
        answer = await h.push(feed(site, hub, "eine Säge"), method=method)
        assert answer.status_code == 202
        await h.tick()
        assert await h.titles() == {
            "Muster AG nimmt eine Presse in Betrieb",
            "Muster AG nimmt eine Säge in Betrieb",
        }
        assert (h.polls(), await h.next_due()) == (polls, due)
        assert (await h.subscription()).pushes == 1

    with_house(tmp_path, hub, site, work)


def test_a_push_in_the_middle_of_a_renewal_does_not_undo_it(
    tmp_path: Path, hub: Hub, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open at the hub stays open, and is confirmed when it calls back."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        live = await h.subscribed()
        read = h.subscriber._by_token

        async def read_and_renewed(token: str) -> Subscription | None:
            found = await read(token)
            if found is not None and found.asked_at is None:  # the renewal begins just now
                await h.subscriber._change(token, lambda s: websub.accepted(s, clock()))
            return found

        monkeypatch.setattr(h.subscriber, "_by_token", read_and_renewed)
        await h.push(feed(site, hub, "eine Säge"))
        monkeypatch.undo()
        now = await h.subscription()
        assert (now.pushes, now.asked_at is not None, now.token) == (1, True, live.token)

    with_house(tmp_path, hub, site, work)


@pytest.mark.parametrize("secret", ["wrong", ""])
def test_what_is_not_signed_by_the_hub_has_no_effect(
    tmp_path: Path, hub: Hub, site: Site, secret: str
) -> None:
    """A wrong key, or no signature: acknowledged as the standard wants it, and forgotten."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        before = await h.subscribed()
        polls = h.polls()
        answer = await h.push(feed(site, hub, "eine Fälschung"), secret)
        assert answer.status_code == 202
        await h.tick()
        assert await h.titles() == {"Muster AG nimmt eine Presse in Betrieb"}
        assert await h.subscription() == before
        assert h.polls() == polls

    with_house(tmp_path, hub, site, work)


def test_a_push_that_cannot_be_read_makes_us_ask(tmp_path: Path, hub: Hub, site: Site) -> None:
    """Signed, but no feed: the newsroom's own feed is fetched instead, and the source is not in trouble."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        site.put("/feed.xml", feed(site, hub, "eine Presse", "eine Säge"))
        polls = h.polls()
        await h.push(b"<html><body>Bad gateway</body></html>")
        await h.tick()
        assert h.polls() == polls + 1
        assert "Muster AG nimmt eine Säge in Betrieb" in await h.titles()
        assert await h.app.in_store(lambda: h.app.store.failures("muster")) == 0

    with_house(tmp_path, hub, site, work)


def test_many_pushes_at_once_become_one_look_at_the_feed(tmp_path: Path, hub: Hub, site: Site) -> None:
    """What waits to be read is bounded."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        whats = [f"Maschine {n}" for n in range(8)]
        site.put("/feed.xml", feed(site, hub, "eine Presse", *whats))
        for what in whats:
            await h.push(feed(site, hub, what))
        await h.tick()
        assert len(await h.titles()) == 9
        assert h.polls() == 2

    with_house(tmp_path, hub, site, work)


def test_a_push_that_is_too_large_is_not_taken(tmp_path: Path, hub: Hub, site: Site) -> None:
    """413; an unknown callback is refused before its body is read, and other methods find nothing."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        live = await h.subscribed()
        assert (await h.push(b"x" * (MOST_BYTES + 1))).status_code == 413
        callback = hub.asked[0]["hub.callback"]
        async with httpx.AsyncClient(trust_env=False) as client:
            unknown = await client.post(callback.replace(live.token, "A" * 43), content=b"x")
            put = await client.put(callback, content=b"x")
        assert (unknown.status_code, put.status_code) == (404, 404)
        assert "Muster AG nimmt eine Presse in Betrieb" in await h.titles()

    with_house(tmp_path, hub, site, work)


def test_a_hub_is_believed_until_a_poll_finds_what_it_did_not_tell(
    tmp_path: Path, hub: Hub, site: Site
) -> None:
    """A proven hub stretches the interval; one missed release, and it has to prove itself anew."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        await h.subscribed()
        await h.push(feed(site, hub, "eine Säge"))
        await h.tick()
        proven = await h.app.in_store(lambda: h.app.store.subscriptions.proven(clock()))
        assert proven == {"muster"}
        site.put("/feed.xml", feed(site, hub, "eine Presse", "eine Säge"))
        (report,) = await h.app.poll(h.app.settings.sources)
        assert report.next_due - clock() > timedelta(hours=3)
        site.put("/feed.xml", feed(site, hub, "eine Presse", "eine Säge", "eine Fräse"))
        await h.app.poll(h.app.settings.sources)
        assert await h.app.in_store(lambda: h.app.store.subscriptions.proven(clock())) == set()
        (report,) = await h.app.poll(h.app.settings.sources)
        assert report.next_due - clock() <= timedelta(hours=1)

    with_house(tmp_path, hub, site, work)


# -- where it is inert ---------------------------------------------------------------------------


def test_nothing_is_asked_where_hubs_cannot_reach_us(tmp_path: Path, hub: Hub, site: Site) -> None:
    """A base_url on loopback: the hub hears nothing, and is remembered for later."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        assert not h.subscriber.is_active()
        assert (await h.subscribed()).state == "found"
        assert hub.asked == []

    with_house(tmp_path, hub, site, work, allow_private=False)


def test_nothing_is_asked_where_it_is_switched_off(tmp_path: Path, hub: Hub, site: Site) -> None:
    """``websub = false`` in the settings."""
    site.put("/feed.xml", feed(site, hub, "eine Presse"))

    async def work(h: House) -> None:
        assert (await h.subscribed()).state == "found"
        assert hub.asked == []

    with_house(tmp_path, hub, site, work, more="websub = false\n")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://feeds.example.com", True),
        ("http://feeds.example.com/press", True),
        ("http://93.184.216.34:8080", True),
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://nas.local", False),
        ("http://nas", False),
        ("http://192.168.1.4", False),
        ("http://[fd12::1]/", False),
        ("http://[::1]/", False),
        ("ftp://feeds.example.com", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_an_address_is_public_where_a_hub_can_be_expected_to_reach_it(address: str, public: bool) -> None:
    """A name with a dot or a public number; nothing of this machine or this house."""
    assert is_public(address) == public
