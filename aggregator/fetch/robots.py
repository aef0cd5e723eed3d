"""What a site allows robots to ask for: its robots.txt (RFC 9309), read, kept and applied.

    200                       its rules; of HTML there are none
    4xx, too many redirects   there is none: everything is allowed (2.3.1.3)
    429, 5xx, no answer       nothing is asked (2.3.1.4), unless it was read within the last 30 days; after 30 days
                              without an answer everything is allowed

What was learnt is asked for again after a day, or earlier where the site says so (2.4). `Known` is what
of an origin is kept in the store, so that a poll from cron does not ask each time.

The file is anybody's bytes: of it are kept at most 500 KiB, of these the groups that concern us, of these so many
rules with wildcards. protego, given all of it, takes 19 s and 290 MB for 65 kB of two thousand names and rules.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from aggregator.errors import FetchError
from aggregator.fetch.address import Address
from aggregator.model import Document
from aggregator.text import one_line

if TYPE_CHECKING:
    from protego import Protego

TOKEN: Final = "press-release-aggregator"  # noqa: S105 - a name, no secret
"""The product token of RFC 9309, 2.2.1: what a site calls us in its robots.txt."""
FIRST: Final = 500 * 1024
"""Bytes that are read (2.5: at least so many)."""
LEAST, MOST = timedelta(hours=1), timedelta(days=1)
"""How long rules are used without asking again."""
AGAIN: Final = timedelta(minutes=10)
"""After which a robots.txt that could not be read is asked for again."""
PATIENCE: Final = timedelta(days=30)
SLOWEST: Final = 60.0
"""Seconds between two requests to a host beyond which a Crawl-delay does not hold up a poll: it is then kept by
asking for less in each."""
LONGEST: Final = 86_400.0
MOST_WILDCARDS: Final = 2_000
"""Asterisks in all rules together; each is a search through the address, so rules beyond them are left out."""
LARGE: Final = 20_000
"""Characters of rules from which on they are parsed in a thread, not to hold up everybody for half a second."""
_REMEMBERED: Final = 2_000

_AGENT = re.compile(r"(?i)\s*user[- ]?agent\s*[:\s]\s*([^#]*)")
_SITE_WIDE = re.compile(r"(?i)\s*(?:sitemaps?|site-map|host)\b")
_RULE = re.compile(r"(?i)\s*(?:allow|dis+al+ow|diasllow|disallaw|crawl[- ]delay)\b")  # as protego forgives
_NAME = re.compile(r"[a-z_-]*")
_AT_THE_HOST: Final = frozenset({"dns", "connect", "tls", "blocked_address", "bad_url", "circuit_open"})
"""Failures that the document itself would meet as well, and that say more than that robots.txt was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the robots.txt of one origin (``https://example.com``)."""

    origin: str
    lines: str = ""
    """The groups that concern us; empty where everything is allowed."""
    read_at: datetime | None = None
    """When it was read last, or said not to exist; None where it never was."""
    until: datetime
    """When it is asked for again."""
    failed_since: datetime | None = None
    """Since when it cannot be read."""
    why: str = ""
    """Why it cannot."""

    def governs(self, now: datetime) -> bool:
        """Whether it says what may be asked; otherwise nothing may."""
        if self.failed_since is None or now - self.failed_since > PATIENCE:
            return True
        return self.read_at is not None and now - self.read_at <= PATIENCE

    def crawl_delay(self) -> float:
        """Seconds that the site wants between two requests, a day at most; 0 where it says nothing."""
        return min(_parsed(self.lines).crawl_delay(TOKEN) or 0.0, LONGEST) if self.lines else 0.0

    def allows(self, address: Address) -> bool:
        return not self.lines or bool(_parsed(self.lines).can_fetch(str(address), TOKEN))


Ask = Callable[[Address], Awaitable[Document]]
"""Fetches an origin's robots.txt through the guard; FetchError."""
Recall = Callable[[str], Awaitable[Known | None]]
"""Looks an origin up in the store."""


class Robots:
    """The robots.txt files of all origins. ``recall`` may be set once there is a store."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._known: dict[str, Known] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._learnt: dict[str, Known] = {}
        self.recall: Recall | None = None

    async def pace(self, address: Address, ask: Ask) -> float:
        """Seconds between two requests that an address's site asks for, where it may be asked for at all.

        Raises FetchError: ``robots`` where it may not, ``robots_unreachable`` where that is not known, and what
        the document itself would meet where the host cannot be reached.
        """
        known = self._known.get(origin(address))
        if known is None or not self._fresh(known):
            known = await self._one_at_a_time(address, ask)
        if not known.governs(self._clock()):
            raise FetchError(
                str(address), "robots_unreachable", _unreachable(known), retry_after=AGAIN.total_seconds()
            )
        if not known.allows(address):
            raise FetchError(str(address), "robots", _forbidden(address))
        return known.crawl_delay()

    def delay(self, host_of: Address) -> float:
        """The Crawl-delay of an origin that was asked already; 0 where it is not known."""
        known = self._known.get(origin(host_of))
        return known.crawl_delay() if known else 0.0

    def learnt(self) -> list[Known]:
        """What was learnt since this was asked last, to be stored."""
        found, self._learnt = list(self._learnt.values()), {}
        return found

    async def _one_at_a_time(self, address: Address, ask: Ask) -> Known:
        lock = self._asking.setdefault(origin(address), asyncio.Lock())
        try:
            async with lock:
                return await self._current(address, ask)
        finally:
            self._asking.pop(origin(address), None)

    def _fresh(self, known: Known) -> bool:
        return timedelta(0) < known.until - self._clock() <= MOST  # a longer time: the clock was set back

    async def _current(self, address: Address, ask: Ask) -> Known:
        """What holds for an origin now: from memory, the store, or the site."""
        name = origin(address)
        known = self._known.get(name)
        if known is None and self.recall is not None and (known := await self.recall(name)) is not None:
            await _parse(known)
            self._keep(known)
        if known is not None and self._fresh(known):
            return known
        known = await self._asked(name, known, address, ask)
        await _parse(known)
        self._keep(known)
        self._learnt[name] = known
        return known

    def _keep(self, known: Known) -> None:
        while len(self._known) >= _REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self._known[known.origin] = known

    async def _asked(self, name: str, before: Known | None, address: Address, ask: Ask) -> Known:
        file = Address(address.scheme, address.host, address.port, "/robots.txt")
        now = self._clock()
        try:
            document = await ask(file)
        except FetchError as error:
            return _without(name, before, error, now)
        fresh = MOST if document.fresh_for is None else timedelta(seconds=document.fresh_for)
        lines = await asyncio.to_thread(ours, document.content, document.complete)
        return Known(origin=name, lines=lines, read_at=now, until=now + min(max(fresh, LEAST), MOST))


def origin(address: Address) -> str:
    """Whom a robots.txt speaks for: scheme, host and port (RFC 9309, 2.3)."""
    return f"{address.scheme}://{address.netloc}"


def ours(content: bytes, complete: bool = True) -> str:
    """The lines of a robots.txt that concern us: the groups of everybody and of our token, under these two names."""
    text = _text(content[:FIRST])
    if text.lstrip()[:1] == "<":
        return ""  # a page, whatever it is called
    lines = text.splitlines()
    if not complete or len(content) > FIRST:
        lines = lines[:-1]  # the last one may be cut
    kept, naming, mine, wildcards = list[str](), False, False, 0
    for line in lines:
        if (agent := _AGENT.match(line)) is not None:
            mine = _means_us(agent[1]) or (naming and mine)
            if _means_us(agent[1]):
                kept.append(f"User-agent: {'*' if agent[1].strip() == '*' else TOKEN}")
            naming = True
        elif line.partition("#")[0].strip() and not _SITE_WIDE.match(line):
            naming = False
            if mine and _RULE.match(line):
                wildcards += line.count("*")
                kept += [line.strip()] if "*" not in line or wildcards <= MOST_WILDCARDS else []
    return "\n".join(kept) if any(_RULE.match(line) for line in kept) else ""


def _means_us(agent: str) -> bool:
    """Whether a group's name is everybody's or ours: a product token, whatever version stands behind it."""
    name = agent.strip().lower()
    found = _NAME.match(name)
    return name == "*" or (found is not None and found[0] == TOKEN)


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")  # protego would overlook the first line behind a BOM


@lru_cache(maxsize=256)
def _parsed(lines: str) -> Protego:
    from protego import Protego

    return Protego.parse(lines)


async def _parse(known: Known) -> None:
    """Parse large rules beside the event loop; they are then found parsed."""
    if len(known.lines) > LARGE:
        await asyncio.to_thread(_parsed, known.lines)


def _without(name: str, before: Known | None, error: FetchError, now: datetime) -> Known:
    """What holds where robots.txt was not had; raises what the document itself would meet."""
    usable = before is not None and before.governs(now) and before.read_at is not None
    if error.reason in _AT_THE_HOST and not error.hops and not usable:
        raise error
    none_there = error.status is not None and 400 <= error.status < 500 and error.reason != "rate_limited"
    if none_there or error.reason == "redirects" or (error.hops and error.reason in _AT_THE_HOST):
        return Known(origin=name, read_at=now, until=now + MOST)
    before = before or Known(origin=name, until=now)
    since = before.failed_since or now
    expired = now - since > PATIENCE
    why = one_line(error.detail or error.reason)[:200]
    lines = "" if expired else before.lines
    return replace(before, lines=lines, until=now + AGAIN, failed_since=since, why=why)


def _unreachable(known: Known) -> str:
    return (
        f"{known.origin}/robots.txt cannot be read, and without it nothing is asked (RFC 9309): {known.why}; "
        "where the site's owner allowed it, robots = false in the source (`sources add --no-robots`) asks all the same"
    )


def _forbidden(address: Address) -> str:
    return (
        f"{origin(address)}/robots.txt forbids {address.target[:120]} to us: not asked; "
        "where the site's owner allowed it, robots = false in the source (`sources add --no-robots`) asks all the same"
    )
