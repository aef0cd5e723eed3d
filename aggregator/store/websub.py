"""Subscriptions at WebSub hubs, by the token of their callback. What they mean is `websub`'s business."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from aggregator import websub
from aggregator.store.database import moment, stamp
from aggregator.websub import Announced, Subscription

_FIELDS = tuple(f.name for f in fields(Subscription))
_TIMES = ("asked_at", "due", "lease_until", "last_push")
_COLUMNS = ", ".join(_FIELDS)
_MARKS = ", ".join("?" for _ in _FIELDS)


class Subscriptions:
    """The table ``websub``. Methods that write expect an open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._c = connection

    def announce(self, source: str, announced: Announced | None, now: datetime) -> None:
        """Take over what a feed says now: a hub that it names is subscribed to, one that it names no more is left."""
        held = self._find("source = ? AND state != 'leaving'", (source,))
        for subscription in held:
            if announced != Announced(subscription.hub, subscription.topic):
                self.leave(subscription, now)
        if announced and not any(Announced(s.hub, s.topic) == announced for s in held):
            self.save(websub.new(source, announced, now))

    def unwanted(self, kept: Collection[str], *, active: bool) -> list[Subscription]:
        """Those of other sources than these, and, where hubs are not to be used, all that a hub knows of."""
        where = "state != 'leaving' AND source NOT IN (SELECT value FROM json_each(?))"
        where += "" if active else " OR state IN ('asked', 'live')"
        return self._find(where, (json.dumps(list(kept)),))

    def leave(self, subscription: Subscription, now: datetime) -> None:
        """Have a hub told that it is not needed any more, or forget what no hub knows of."""
        ended = websub.leaving(subscription, now)
        if ended is None:
            self.forget(subscription.token)
        else:
            self.save(ended)

    def due(self, now: datetime, *, active: bool = True, limit: int = 20) -> list[Subscription]:
        """Those about which something is to be done, the longest waiting first; only farewells where not `active`."""
        states = "" if active else " AND state = 'leaving'"
        return self._find(f"due != '' AND due <= ?{states} ORDER BY due LIMIT ?", (stamp(now), limit))

    def by_token(self, token: str) -> Subscription | None:
        """The one whose callback ends in this token."""
        return next(iter(self._find("token = ?", (token,))), None)

    def of(self, source: str) -> list[Subscription]:
        """Those of a source."""
        return self._find("source = ? ORDER BY state", (source,))

    def proven(self, now: datetime) -> set[str]:
        """The sources whose hub may be relied on a little."""
        return {s.source for s in self._find("state = 'live'", ()) if websub.is_proven(s, now)}

    def missed(self, source: str) -> None:
        """A poll found what no push had told: the hub has to prove itself anew."""
        self._c.execute("UPDATE websub SET last_push = '' WHERE source = ? AND state = 'live'", (source,))

    def save(self, subscription: Subscription) -> None:
        """Write one, new or changed."""
        values = [
            stamp(value) if isinstance(value, datetime) else "" if value is None else value
            for value in (getattr(subscription, name) for name in _FIELDS)
        ]
        self._c.execute(f"INSERT OR REPLACE INTO websub ({_COLUMNS}) VALUES ({_MARKS})", values)  # noqa: S608 - ours

    def forget(self, token: str) -> None:
        """Drop one: its callback is then unknown."""
        self._c.execute("DELETE FROM websub WHERE token = ?", (token,))

    def _find(self, where: str, values: tuple[Any, ...]) -> list[Subscription]:
        rows = self._c.execute(f"SELECT {_COLUMNS} FROM websub WHERE {where}", values)  # noqa: S608 - ours
        return [_made(dict(zip(_FIELDS, row, strict=True))) for row in rows]


def _made(values: dict[str, Any]) -> Subscription:
    return Subscription(**values | {n: moment(values[n]) if values[n] else None for n in _TIMES})
