"""Subscribing to the hubs that feeds name, and taking what they push. The rules are `websub`'s; here is the doing.

Inert unless the setting ``websub`` is on and `base_url` is an address that hubs can reach: a hub calls back. What comes
to a callback is believed where we asked for it (questions) or where its signature is right (content), and has no effect
otherwise. What is pushed is read like a poll's document (`App.poll`), beside the schedule, which goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from aggregator import websub
from aggregator.app import App, clock
from aggregator.errors import AggregatorError, FetchError
from aggregator.fetch import guard, headers
from aggregator.model import Document
from aggregator.websub import Subscription

log = logging.getLogger(__name__)

MOST_BYTES = 5_000_000
"""Of one push. A larger feed is polled."""
_LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid")


def is_public(base_url: str, *, allow_private: bool = False) -> bool:
    """Whether hubs can be expected to reach an address: a host name with a dot, or a public numeric one."""
    try:
        parts = urlsplit(base_url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    if guard.is_numeric(host):
        return not guard.first_refusal([host], allow_private=allow_private)
    return "." in host and not host.endswith(_LOCAL)


class Subscriber:
    """The subscriptions of one `App`. `on_push` gets the id of a source and what a hub sent of it.

    `allow_private` lets hubs and `base_url` be in private networks, for trials on one machine.
    """

    most_bytes = MOST_BYTES

    def __init__(self, app: App, *, allow_private: bool = False) -> None:
        self._app, self._allow_private = app, allow_private
        self.on_push: Callable[[str, Document], object] = lambda _source, _document: None

    def is_active(self) -> bool:
        """Whether hubs are subscribed to."""
        settings = self._app.settings
        return settings.websub and is_public(settings.base_url, allow_private=self._allow_private)

    # -- asking hubs ---------------------------------------------------------------------------------

    async def tend(self) -> None:
        """Ask hubs for what is due: subscribe, renew, unsubscribe. A hub that fails is no one else's trouble."""
        try:
            due = await self._app.in_store(self._due)
            await asyncio.gather(*(self._ask(subscription) for subscription in due))
        except AggregatorError as error:
            log.error("websub: %s", error)  # a full disk, say: tried again

    def _due(self) -> list[Subscription]:
        store, now, active = self._app.store, clock(), self.is_active()
        kept = [s.id for s in self._app.settings.sources if not s.paused]
        if unwanted := store.subscriptions.unwanted(kept, active=active):
            with store.settling():
                for subscription in unwanted:
                    store.subscriptions.leave(subscription, now)
        if not is_public(self._app.settings.base_url, allow_private=self._allow_private):
            return []  # no hub could call back
        return store.subscriptions.due(now, active=active)

    async def _ask(self, subscription: Subscription) -> None:
        now = clock()
        if subscription.asked_at is not None:  # taken by the hub, and never verified
            await self._change(
                subscription.token, lambda s: websub.failed(s, "the hub did not call back", now)
            )
            return
        # What is open is written down first: a hub may call back before it has answered.
        await self._change(subscription.token, lambda s: websub.accepted(s, now))
        callback = f"{self._app.settings.base_url}/websub/{subscription.token}"
        try:
            answer = await self._app.fetcher.post_form(
                subscription.hub,
                websub.form(subscription, callback),
                allow_private=self._allow_private,
            )
            problem = "" if answer.taken else f"the hub answered {answer.status}: {answer.text}"
        except FetchError as error:
            problem = f"{error.reason}: {error.detail}"
        if problem:
            log.info("websub: %s: %s", subscription.source, problem)
            # Where it was verified meanwhile, it does not matter what the hub answers.
            await self._change(
                subscription.token, lambda s: websub.failed(s, problem, clock()) if s.asked_at else s
            )

    async def _change(self, token: str, change: Callable[[Subscription], Subscription | None]) -> None:
        """Change a subscription as it is now: hubs, polls and pushes come at any time. None forgets it."""

        def write() -> None:
            store = self._app.store
            with store.settling():
                before = store.subscriptions.by_token(token)
                after = change(before) if before is not None else None
                if after is not None:
                    store.subscriptions.save(after)
                else:
                    store.subscriptions.forget(token)

        await self._app.in_store(write)

    # -- what hubs say -------------------------------------------------------------------------------

    async def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """The challenge of a hub that asks back for what we asked of it; empty for its refusal; None otherwise."""
        asked = websub.intent(query)
        subscription = await self._by_token(token)
        if asked is None or subscription is None or asked.topic != subscription.topic:
            return None
        if asked.mode == "denied":
            await self._change(token, lambda s: websub.denied(s, asked.reason, clock()))
            return ""
        if not websub.is_wanted(subscription, asked):
            return None
        if asked.mode == "unsubscribe":
            await self._change(token, lambda _: None)
        else:
            await self._change(token, lambda s: websub.verified(s, asked.lease, clock()))
        return asked.challenge

    async def status(self, token: str) -> int:
        """200 where a push to this callback is wanted, 404 for one that is not ours, 410 for one that was left."""
        subscription = await self._by_token(token)
        if subscription is None:
            return 404
        return 410 if subscription.state == "leaving" else 200

    async def deliver(self, token: str, headers_: Mapping[str, str], body: bytes) -> None:
        """Hand on what a hub sent, if it is signed by it; else nothing happens (section 7.1 of the Recommendation)."""
        subscription = await self._by_token(token)
        if subscription is None or subscription.state not in ("live", "asked"):
            return
        if headers_.get("content-encoding", "identity") != "identity" or not websub.is_signed(
            subscription.secret, body, headers_.get("x-hub-signature", "")
        ):
            log.warning("websub: what came for %s is not signed by its hub", subscription.source)
            return
        source = next((s for s in self._app.settings.sources if s.id == subscription.source), None)
        if source is None or source.paused or not body.strip():
            return
        await self._change(token, lambda s: websub.pushed(s, clock()))
        kind = headers_.get("content-type", "")
        document = Document(
            url=subscription.topic,
            content=body,
            fetched_at=clock(),
            requested=source.url,
            media_type=headers.media_type(kind),
            charset=headers.charset(kind),
        )
        self.on_push(source.id, document)

    async def _by_token(self, token: str) -> Subscription | None:
        return await self._app.in_store(lambda: self._app.store.subscriptions.by_token(token))
