"""The feed of what changed in the sources' health: for operators, never mixed with releases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aggregator import health
from aggregator.health import Told
from aggregator.model import Entry, Feed, Label, Person
from aggregator.rendering import Site
from aggregator.rendering.atom import GENERATOR, Rendered
from aggregator.rendering.atom import render as atom
from aggregator.rendering.entry import stable_id
from aggregator.rendering.markup import escape
from aggregator.rendering.phrases import phrases
from aggregator.text import one_line

NAME = Label("status")
"""The file, and what the id of the feed is made of. No label: no release is filed under it."""


def render(told: Iterable[Told], first: datetime, site: Site) -> Rendered:
    """The bytes of the feed, one entry for each change, the newest first; `first` is its date while it is empty."""
    entries = tuple(_entry(t, site) for t in told)
    title = str(phrases(site.language)["status"])
    return atom(Feed(label=NAME, title=f"{site.title}: {title}", updated=first, entries=entries), site)


def _entry(told: Told, site: Site) -> Entry:
    """Says what it says now for good: an event is never edited."""
    event = told.event
    at = event.at.isoformat(timespec="seconds")
    shown = health.title(event.after)
    title = (
        shown if event.after == "well" else f"{shown}, {_first(event.evidence)}" if event.evidence else shown
    )
    text = [
        event.evidence,
        event.remedy,
        f"before: {health.title(event.before)}" if event.before != "well" else "",
    ]
    return Entry(
        id=stable_id("health", site.instance, told.source, at, event.after),
        title=one_line(f"{told.title or told.source}: {title}"),
        published=event.at,
        updated=event.at,
        authors=(Person(name=site.author or GENERATOR),),
        summary=event.evidence,
        content="".join(f"<p>{escape(t)}</p>" for t in text if t),
        language="en",
    )


def _first(evidence: str) -> str:
    """The beginning of the evidence, as far as it fits into a title."""
    return evidence.partition(";")[0].partition(": “")[0][:100]
