"""How a source is doing, judged against itself: what its polls usually give, and how often it has news.

A poll says what it found (`Poll`); `assess` compares it with what is known of the source (`Standing`) and
gives the new standing, and an `Event` where an operator should hear of it. Nothing new, quiet for longer than
ever, page changed, walled off, moved, window overran and held are different states, each with its evidence in
words and numbers and a remedy. Pure: plain data in and out, no store and no clock. The words are in `health.toml`.

Evidence is published in `feeds/status.atom`, so it names no address beyond the host, and no path.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from itertools import pairwise
from statistics import median
from typing import Any

from aggregator.model import Problem
from aggregator.text import one_line

FAILING = frozenset({"failing", "changed", "walled", "gone", "held"})
"""States in which releases do not come through: `status` ends with 1."""

KEPT = 30
"""Polls with content that are remembered."""

KEPT_DAYS = 400
"""Days with news that are remembered, to tell how long a source is usually quiet."""

LEAST_GAPS = 5
"""Pauses between days with news that have to be known before silence means anything."""

PATIENCE = 3
"""Failures in a row before an operator is told: a server that is down for a moment is no news."""

FEW = 3
"""A list that gives less than this part of the least that it ever gave has changed ..."""

LEAST_POLLS = 3
"""... once so many polls are known."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one poll gave whose list was read and held something."""

    at: datetime
    items: int
    """Items that the list showed."""
    dated: int
    """Of them, those with a date; with a title; with a text."""
    titled: int
    texts: int
    news: int
    """New releases among them; 0 where they came with the first poll or were asked for."""
    moved: int = 0
    """Items that had a new id."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What is to be judged of one poll."""

    at: datetime
    failure: Problem | None = None
    """Why nothing could be read."""
    hints: tuple[Problem, ...] = ()
    """Problems that concern the source as a whole: ``recipe`` (locators that find nothing), ``moved``, ``overrun``."""
    sample: Sample | None = None
    """What the list gave; None where it was what it was, or was not read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows besides."""

    days: tuple[date, ...] = ()
    """Days of its releases, the newest last."""
    held: int = 0
    """Releases that are held back now."""
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a source's health."""

    state: str = "well"
    since: datetime | None = None
    evidence: str = ""
    content: str = "well"
    """What the last list that was read says, also while the source cannot be reached."""
    content_evidence: str = ""
    announced: str = "well"
    """The state that an event told last."""
    failures: int = 0
    samples: tuple[Sample, ...] = ()
    phase: str = ""
    """Empty while nothing came of it so far; ``loading`` while pages of its first poll, or of a backfill, still
    wait to be fetched, which are no news; then ``loaded``."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change of state that an operator should hear of."""

    at: datetime
    before: str
    after: str
    evidence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change of state, with the source that it is of."""

    source: str
    title: str
    event: Event


def assess(source: str, poll: Poll, known: Standing, facts: Facts) -> tuple[Standing, Event | None]:
    """The standing of a source after a poll, and what to tell of it."""
    failures = known.failures + 1 if poll.failure else 0
    content, said = _content(poll, known)
    state, evidence = _state(poll, known, facts, content, said)
    since = known.since if state == known.state and known.since else poll.at
    if state == "failing" and evidence:
        evidence = f"{_times(failures)} since {_spoken(since)}: {evidence}"
    samples = known.samples
    if poll.sample and poll.sample.items and (content in ("well", "degraded", "overran") or poll.sample.news):
        samples = (*samples, poll.sample)[-KEPT:]
    standing = Standing(
        state, since, evidence, content, said, known.announced, failures, samples, known.phase
    )
    if not _to_be_told(standing):
        return standing, None
    reason = poll.failure.reason if poll.failure else ""
    event = Event(poll.at, known.announced, _told(state), evidence, remedy(state, source, reason))
    return replace(standing, announced=_told(state)), event


def remedy(state: str, source: str, reason: str = "") -> str:
    """What to do about a state, or nothing; of a failure for a `reason` that waiting does not mend, about that."""
    words = _words()
    known = str(words["states"].get(state, {}).get("remedy", ""))
    return str(words["reasons"].get(reason, known) if state == "failing" else known).replace("{}", source)


def title(state: str) -> str:
    """A state in a few words: ``page changed``."""
    return str(_words()["states"][state]["title"])


def public(text: str) -> str:
    """A text without what must not be published: addresses but for their host, paths of this machine."""
    text = _ADDRESS.sub(lambda m: m[1].rpartition("@")[2], one_line(text))
    return _PATH.sub("…", text)


_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://([^\s/?#'\"<>]*)[^\s'\"<>]*", re.IGNORECASE)
_MAILBOX = re.compile(r"imaps?://", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w.])/[^\s:,'\"]+/[^:,'\"]*")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("aggregator") / "health.toml").read_text("utf-8"))


# -- one state out of what was seen ---------------------------------------------------------------


def _state(poll: Poll, known: Standing, facts: Facts, content: str, said: str) -> tuple[str, str]:
    """What stands in the way comes first, then what is wrong with the list, then silence."""
    if poll.failure:
        return _failed(poll.failure, known, facts.next_due)
    if facts.held:  # what they say is not published, so their headlines stand only in `sources show`
        return "held", f"{facts.held} new releases at once are held back"
    if moved := next((p for p in poll.hints if p.reason == "moved"), None):
        return "moved", public(moved.detail)
    if content != "well":
        return content, said
    return rhythm(facts.days, poll.at.date())


def _failed(failure: Problem, known: Standing, next_due: datetime | None) -> tuple[str, str]:
    state = _words()["codes"].get(failure.reason, "failing")
    if _MAILBOX.match(failure.where):
        state = "failing"  # what keeps programs out is no site: its account is ours to correct
    normal = usual(known.samples)
    if known.phase and failure.reason in _words()["formerly"]["codes"]:
        state = "changed"
    detail = public(failure.detail or failure.reason)
    if state == "changed":
        return "changed", f"{detail}; {normal}" if normal else detail
    if state == "failing":
        return state, f"{detail}; next try {_spoken(next_due)}" if next_due else detail
    return state, detail


def _content(poll: Poll, known: Standing) -> tuple[str, str]:
    """What the list says of itself: judged anew where it was read, else as it was."""
    if overrun := next((p for p in poll.hints if p.reason == "overrun"), None):
        return "overran", public(overrun.detail)
    if poll.sample is None:
        return known.content, known.content_evidence
    content, said = _against_usual(poll.sample, known.samples)
    failed = "; ".join(dict.fromkeys(public(p.detail) for p in poll.hints if p.reason == "recipe"))
    if not failed:
        return content, said
    # Where the last locator of a field fails too, the field is lost: no second way is left.
    return (content, f"{failed}; {said}") if content != "well" else ("degraded", failed)


def _against_usual(now: Sample, samples: Sequence[Sample]) -> tuple[str, str]:
    """A list against what it gave before. One that brings news works, however short it is."""
    if not samples:
        return "well", ""
    normal, least = usual(samples), min(s.items for s in samples)
    if not now.items:
        return "empty", f"0 items; {normal}"
    if lost := list(_lost(now, samples)):
        return "changed", f"none of {now.items} items has {' or '.join(lost)} any more; {normal}"
    if len(samples) >= LEAST_POLLS and now.items * FEW < least and not now.news:
        return "changed", f"only {_items(now.items)}, none of them new; {normal}"
    return "well", ""


def _lost(now: Sample, samples: Sequence[Sample]) -> Iterable[str]:
    """The fields that no item has any more and most items had before."""
    if now.items < 2:
        return
    for name, word in (("dated", "a date"), ("titled", "a title"), ("texts", "a text")):
        share = median(getattr(s, name) / s.items for s in samples)
        if not getattr(now, name) and share >= 0.8:
            yield word


def usual(samples: Sequence[Sample]) -> str:
    """What the list of a source usually gives, in words; empty where nothing is known of it yet."""
    if not samples:
        return ""
    counts = sorted(s.items for s in samples)
    polls = "poll" if len(counts) == 1 else "polls"
    return f"usually {_items(round(median(counts)))}, never fewer than {counts[0]} in {len(counts)} {polls}"


def contract(samples: Sequence[Sample], days: Sequence[date]) -> str:
    """What a source usually gives, and how often: for the operator."""
    said = [usual(samples)] if samples else []
    if total := sum(s.items for s in samples):
        shares = ((sum(s.dated for s in samples), "a date"), (sum(s.titled for s in samples), "a title"),
                  (sum(s.texts for s in samples), "a text"))  # fmt: skip
        said.append(", ".join(f"{number / total:.0%} with {word}" for number, word in shares))
    if gaps := [(b - a).days for a, b in pairwise(days)]:
        said.append(
            f"releases every {_days(round(median(gaps)))}, the longest pause {_count(max(gaps), 'day')}"
        )
    return "; ".join(said)


def _days(number: int) -> str:
    return "day" if number <= 1 else f"{number} days"


def rhythm(days: Sequence[date], today: date) -> tuple[str, str]:
    """Whether a source is quiet or silent, by the pauses between the days on which it had releases.

    Silent is beyond the 99th percentile of its own pauses. Of few pauses the longest is no 99th percentile
    yet, so it counts for more: twice of it at five known pauses, a twentieth more at a hundred.
    """
    gaps = sorted((b - a).days for a, b in pairwise(days))
    if len(gaps) < LEAST_GAPS:
        return "well", ""
    pause, count = (today - days[-1]).days, len(gaps)
    longest = _percentile(gaps, 0.99) * (1 + 5 / count) + 1  # a pause of days may be one more by the clock
    said = f"no release for {pause} days; of its {count} pauses the longest took {gaps[-1]} days"
    if pause > longest:
        return "silent", said
    return ("quiet", said) if pause > _percentile(gaps, 0.9) + 1 else ("well", "")


def _percentile(values: Sequence[int], share: float) -> int:
    return values[max(0, math.ceil(len(values) * share) - 1)]


# -- what is told ---------------------------------------------------------------------------------


def _told(state: str) -> str:
    """Quiet within what it did before is no news."""
    return "well" if state == "quiet" else state


def _to_be_told(standing: Standing) -> bool:
    if _told(standing.state) == standing.announced:
        return False
    return standing.state != "failing" or standing.failures >= PATIENCE


def _times(number: int) -> str:
    return "failed once" if number == 1 else f"failed {number} times"


def _items(number: int) -> str:
    return _count(number, "item")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _spoken(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
