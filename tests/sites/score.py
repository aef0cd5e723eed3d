"""Compares what a reader took from a site with what the site promises."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .kit import Release, Running, Site, bare

Found = tuple[str, str, date | datetime | None]
"""One item as a reader found it: absolute address, title, date."""


@dataclass
class Score:
    """`taken` right releases of the list of `listed`; the rest are the mistakes, each in words."""

    site: str
    listed: int
    taken: int = 0
    further: int = 0
    """Releases of following pages, which a reader may take too."""
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Addresses that are no releases of this site; those of `Site.not_releases` begin with a `!`."""
    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    @property
    def perfect(self) -> bool:
        return not (self.missing or self.wrong or self.titles or self.dates)

    def __str__(self) -> str:
        faults = {"missing": self.missing, "wrong": self.wrong, "titles": self.titles, "dates": self.dates}
        told = ", ".join(f"{len(v)} {k}" for k, v in faults.items() if v)
        return f"{self.site}: {self.taken} of {self.listed} (+{self.further}) {told or 'perfect'}"


def folded(title: str) -> str:
    """A title with its spaces folded; nothing else may differ."""
    return " ".join(unicodedata.normalize("NFC", title).split())


def day(when: date | datetime | None, site: Site) -> date | None:
    """The day in the site's zone; a naive datetime is taken to be in it."""
    if isinstance(when, datetime):
        return (when.astimezone(ZoneInfo(site.zone)) if when.tzinfo else when).date()
    return when


def right_date(site: Site, expected: Release, found: date | datetime | None) -> bool:
    """The day is right; where only the article tells it, None from a list is right too."""
    if found is None and site.dated in ("article", "none"):
        return True
    return day(found, site) == expected.day


def score(running: Running, found: Iterable[Found]) -> Score:
    """How good a reading of a served site is; an item that is given twice counts as wrong once."""
    site = running.site
    listed = {bare(running.url(r.url_path)): r for r in site.releases}
    further = {bare(running.url(r.url_path)): r for r in site.more}
    forbidden = {bare(running.url(p)) for p in site.not_releases}
    out = Score(site.name, len(listed))
    seen: set[str] = set()
    for url, title, published in found:
        at = bare(url)
        expected = listed.get(at) or further.get(at)
        if expected is None or at in seen:
            out.wrong.append(f"{'!' if at in forbidden else ''}{url} {title!r}")
            continue
        seen.add(at)
        out.taken += at in listed
        out.further += at in further
        if folded(title) != folded(expected.title):
            out.titles.append(f"{title!r} for {expected.title!r}")
        if not right_date(site, expected, published):
            out.dates.append(f"{published} for {expected.published}: {expected.title!r}")
    out.missing = [at for at in listed if at not in seen]
    return out
