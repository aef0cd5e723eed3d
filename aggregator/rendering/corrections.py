"""The feed of corrections and withdrawals: for those who wrote about a release before it changed.

Most readers rewrite a corrected entry silently, or do not look at it again. So each correction is an entry of
its own here, beside the entry that it corrects.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aggregator.model import Correction, Entry, Feed, FeedInfo, Label, Link, Person
from aggregator.rendering import Site
from aggregator.rendering.atom import GENERATOR, Rendered
from aggregator.rendering.atom import render as atom
from aggregator.rendering.entry import stable_id
from aggregator.rendering.markup import escape, safe_url
from aggregator.rendering.phrases import phrases, spoken_date
from aggregator.text import one_line

NAME = Label("corrections")
"""The file, and what the id of the feed is made of. No label: no release is filed under it."""


def info(first: datetime, site: Site) -> FeedInfo:
    """The line of the feed in the list of all feeds."""
    return FeedInfo(label=NAME, title=str(phrases(site.language)["corrections"]), minted_at=first)


def render(told: Iterable[Correction], first: datetime, site: Site) -> Rendered:
    """The bytes of the feed, one entry for each event, the newest first; `first` is its date while it is empty."""
    entries = tuple(_entry(c, site) for c in told)
    title = f"{site.title}: {info(first, site).title}"
    return atom(Feed(label=NAME, title=title, updated=first, entries=entries), site)


def _entry(event: Correction, site: Site) -> Entry:
    """Says what it says now for good: an event is never edited."""
    words = phrases(event.language)
    note = _note(event)
    shown = [f"<p>{escape(note)}</p>"]
    if event.changes and event.status == "corrected":
        shown.append("<ul>" + "".join(f"<li>{escape(one_line(c))}</li>" for c in event.changes) + "</ul>")
    url = safe_url(event.url)
    if url:
        shown.append(
            f'<p><a href="{escape(url)}">{escape(words["read_on"].format(one_line(event.title)))}</a></p>'
        )
    names = [one_line(name) for name in event.authors if one_line(name)] or [site.author or GENERATOR]
    language = "" if event.language == "und" else event.language
    return Entry(
        id=stable_id(
            "correction", event.uid, event.at.isoformat(timespec="seconds"), event.status, *event.changes
        ),
        title=str(words[f"{event.status}_title"]).format(one_line(event.title) or event.uid),
        published=event.at,
        updated=event.at,
        authors=tuple(map(Person, names)),
        links=(*((Link(url, "alternate", hreflang=language),) if url else ()), Link(event.uid, "related")),
        summary=_summary(event, note),
        content="\n".join(shown),
        language=language,
    )


def _note(event: Correction) -> str:
    words = phrases(event.language)
    if event.status == "withdrawn":
        return str(words["withdrawal_note"])
    return str(words["correction_of"]).format(spoken_date(event.at, event.language))


def _summary(event: Correction, note: str) -> str:
    # Of a text that was taken back nothing is repeated.
    changes = "; ".join(map(one_line, event.changes)) if event.status == "corrected" else ""
    return f"{note}: {changes}" if changes else note
