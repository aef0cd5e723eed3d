"""One way to read an address, with what it gives and why it is believed."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model import Draft, Recipe


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
