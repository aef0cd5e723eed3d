"""Which of the pages that a list leads to are fetched now, and when each is asked for again. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aggregator import codec
from aggregator.model import Document, Draft, Follow
from aggregator.store.arrivals import key_hash
from aggregator.store.followed import Followed

if TYPE_CHECKING:
    from aggregator.ingest.haul import Haul

AGAIN_LEAST = timedelta(days=1)
"""A page is looked at again after this time, then after twice the time each time."""

AGAIN_MOST = timedelta(days=45)
"""A page that was known for longer than this is not looked at any more, unless its list says something new."""

SOONEST = timedelta(hours=1)
"""A page that was had is left alone for so long, whatever its list says: some lists say something new at each poll."""

RETRY_LEAST, RETRY_MOST = timedelta(minutes=30), timedelta(days=3)
MOST_TRIES = 8
"""Attempts after which a page is given up, unless its list says something new of it."""

GONE = frozenset({"gone"})
"""Failures after which a page is not asked for again."""

NOT_ASKED = frozenset({"circuit_open", "robots_unreachable"})
"""Failures of a page that nobody asked for: its host was in trouble before. They are no attempts."""


def parts(
    follows: Iterable[Follow], known: Mapping[str, Followed], asked: Collection[str], haul: Haul, *, most: int
) -> list[Followed]:
    """The pieces of the list to fetch: those that it names now, or names still where it was not read anew.

    `most` counts all documents that make up a list, the first one (which is in `asked`) included.
    """
    named = {f.url: f.reader for f in follows if f.kind == "part"}
    if not named and not haul.harvest.follows and not haul.lists:
        named = {f.url: f.reader for f in known.values()}
    new = [u for u in named if u not in asked][: max(0, most - len(asked))]
    now = haul.started
    return [known.get(u) or Followed(url=u, reader=named[u], part=True, first_at=now, due=now) for u in new]


def next_page(follows: Iterable[Follow], asked: Collection[str]) -> list[Followed]:
    """The next page of the list, as far as one is named that was not read yet."""
    urls = [f for f in follows if f.kind == "next" and f.url not in asked]
    return [Followed(url=f.url, reader=f.reader, part=True, first_at=_NEVER, due=None) for f in urls[:1]]


def overran(haul: Haul, listed: Collection[bytes]) -> bool:
    """Whether a list that holds the last few items shows none of those that were `listed` at the last poll.

    Not told of lists of one or two items, which show others whenever there are any, of lists in several
    pieces, and of one that was not read to its end or is much shorter than before.
    """
    if len(listed) < SHORTEST or len(haul.items) < max(SHORTEST, len(listed) // 2):
        return False
    if haul.backfill or haul.harvest.failed or any(page.part for page in haul.followed):
        return False
    return not any(key_hash(key) in listed for key in haul.items)


SHORTEST = 3
"""Items of a list of which more is told than that it changed."""

_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def due(
    follows: Iterable[Follow], known: Mapping[str, Followed], waiting: Sequence[Followed], now: datetime
) -> tuple[list[tuple[Followed, Draft | None]], list[Followed], int]:
    """The pages to fetch, the newest of the list first, then those that wait; those of which the list says
    something new and that are fetched later; and how many are as they were."""
    wanted: list[tuple[Followed, Draft | None]] = []
    later: list[Followed] = []
    unchanged = 0
    for follow in sorted(follows, key=_newest, reverse=True):
        before = known.get(follow.url)
        page = _seen(follow, before, now)
        if page.due is not None and page.due <= now:
            wanted.append((page, follow.listed))
        elif page is not before:
            later.append(page)
        else:
            unchanged += 1
    wanted += [(page, codec.decode_draft(page.listed) if page.listed else None) for page in waiting]
    return wanted, later, unchanged


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _newest(follow: Follow) -> str:
    """What the pages of a list are sorted by, else kept in its order: nothing says of one without a date that it is old."""
    stated = (follow.listed.published or follow.listed.updated) if follow.listed else ""
    return stated if _DAY.match(stated) else "9"


def once(follows: Iterable[Follow], most: int) -> tuple[list[Follow], list[Draft]]:
    """The pages of a list, each once, at most so many; and what it says of further items that share a page."""
    pages: dict[str, Follow] = {}
    others: list[Draft] = []
    for follow in follows:
        first = pages.setdefault(follow.url, follow) if len(pages) < most or follow.url in pages else None
        if first is None or follow.listed is None or first.listed is None or first is follow:
            continue
        if first.listed.key != follow.listed.key and follow.listed.has_text:
            others.append(follow.listed)
    return list(pages.values()), others


def _seen(follow: Follow, before: Followed | None, now: datetime) -> Followed:
    """A page as its list shows it now; due where that is new."""
    said = codec.draft_digest(follow.listed) if follow.listed else b""
    if before is not None and before.digest == said and before.reader == follow.reader:
        return before
    listed = codec.encode_draft(follow.listed) if follow.listed else b""
    if before is None:
        return Followed(
            url=follow.url, reader=follow.reader, listed=listed, digest=said, first_at=now, due=now
        )
    again = max(now, before.fetched_at + SOONEST) if before.fetched_at else now
    page = replace(before, reader=follow.reader, listed=listed, digest=said, tries=0, reason="", due=again)
    if before.reader == follow.reader and _only_touched(before, follow.listed):
        return page  # whether it changed the server knows
    # The words of the list are read with the page, which has to come for it once more.
    return replace(page, content=b"", etag="", last_modified="")


def _only_touched(before: Followed, listed: Draft | None) -> bool:
    """Whether a list says nothing new but when a page was changed last."""
    if not before.listed or listed is None:
        return False
    was = replace(codec.decode_draft(before.listed), updated="")
    return codec.draft_digest(was) == codec.draft_digest(replace(listed, updated=""))


def had(page: Followed, now: datetime, document: Document | None = None, content: bytes = b"") -> Followed:
    """A page after it was had: read, or found to be as it was."""
    age = now - page.first_at
    again = None if page.part or age > AGAIN_MOST else now + max(AGAIN_LEAST, age)
    page = replace(page, fetched_at=now, tries=0, reason="", due=now if page.part else again)
    if document is None:
        return page
    whole = document.complete
    return replace(
        page,
        content=content if whole else b"",
        etag=document.etag if whole else "",
        last_modified=document.last_modified if whole else "",
    )


def missed(page: Followed, reason: str, now: datetime, wait: float | None = None) -> Followed:
    """A page after it could not be had or read: asked for again, later each time, and in the end no more."""
    tries = page.tries + (reason not in NOT_ASKED)
    pause = min(RETRY_LEAST * 2 ** max(tries - 1, 0), RETRY_MOST)
    if wait:
        pause = max(pause, timedelta(seconds=wait))
    ended = tries >= MOST_TRIES or reason in GONE
    return replace(page, tries=tries, reason=reason, due=now if page.part else None if ended else now + pause)


def stands_alone(listed: Draft, page: Followed) -> bool:
    """Whether what a list says of a page is taken in its place: a teaser is a text; a headline with an address
    is one only when the page was asked for in vain for some time."""
    return listed.has_text or page.tries >= 3


def spoilt(page: Followed, now: datetime) -> Followed:
    """A page whose text could not be stored: as if it had not been had."""
    return replace(missed(page, "internal", now), content=b"", etag="", last_modified="")
