"""One way to read an address, with what it gives and why it is believed."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model import Draft, Recipe

SURE = 0.5
"""Score from which a list is taken for one of press releases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A list of releases that was found in a document."""

    adapter: str
    """What reads it: ``feed``, ``newsroom``, ``jsonlist``, ``sitemap``."""
    url: str
    """The address that the source would be polled at."""
    recipe: Recipe | None = None
    items: tuple[Draft, ...] = ()
    """The releases as the list shows them, in its order: `key` and `url` the absolute address, `title`,
    `published` as written (a relative date as the day it means), `summary` the deck."""
    next_url: str = ""
    """The next page of the list, where it names one."""
    score: float = 0.0
    """0 to 1: how sure it is that this is a list of press releases. Comparable within one kind of evidence."""
    evidence: tuple[str, ...] = ()
    """Why, in words and numbers, best first."""
    title: str = ""
    """What the list calls itself, or its site."""
    language: str = ""

    @property
    def told(self) -> str:
        """What it is, for a person: ``a list, 20 items, 19 with a date (...)``."""
        listed = "a list" if self.score >= SURE else "a list of something else"
        what = {"feed": "a feed", "newsroom": listed, "jsonlist": "a list as data", "sitemap": "a sitemap",
                "article": "one text"}.get(self.adapter, self.adapter)  # fmt: skip
        dated = sum(bool(d.published) for d in self.items)
        why = f" ({'; '.join(self.evidence[:3])})" if self.evidence else ""
        items = "1 item" if len(self.items) == 1 else f"{len(self.items)} items"
        return f"{what}, {items}, {dated} with a date{why}"
