"""What the sites of the second set share: texts, dates and addresses of one invented press office; no markup.

Every site brings its own page frame, list and article; only the words come from here.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import escape as esc
from typing import Any

from sites.kit import Page, Release, Site
from sites.prose import Writer, slug

Frame = Callable[[str, str], str]
"""Title and inner markup to a whole page of the site."""


class Desk:
    """One press office. `not_releases` collects every page made by `other` and `some`."""

    def __init__(self, name: str, company: str, language: str, titles: str = "titles") -> None:
        self.name, self.company, self.language = name, company, language
        self.writer = Writer(language, company, "second-" + name, titles)
        self.dice = random.Random(name)
        self.pages: dict[str, Page] = {}
        self.wire: dict[str, Page] = {}
        self.not_releases: list[str] = []
        self._waiting: list[tuple[str, str]] = []

    def days(self, count: int, first: date = date(2026, 5, 18), longest: int = 16) -> list[date]:
        """Days going back from the first, 1 to `longest` days apart."""
        out = [first]
        while len(out) < count:
            out.append(out[-1] - timedelta(days=self.dice.randint(1, longest)))
        return out

    def write(
        self,
        days: list[Any],
        at: Callable[[int, str, Any], str],
        *,
        decks: bool = True,
    ) -> tuple[Release, ...]:
        """Releases of these days; `at` gives an address from the number, the title's slug and the day."""
        out = []
        for number, day in enumerate(days):
            title = self.writer.title()
            deck = self.writer.deck() if decks else ""
            out.append(Release(at(number, slug(title), day), title, day, deck))
        return tuple(out)

    def text(self, release: Release, mark: str = "p") -> str:
        """The paragraphs of an article."""
        return "\n".join(
            f"<{mark}>{esc(p)}</{mark}>" for p in self.writer.paragraphs(self.name + release.url_path)
        )

    def some(self, kind: str, count: int, at: str) -> list[tuple[str, str]]:
        """(address, text) of jobs, events, reports or blog posts; `at` holds {slug} and {n}."""
        pool = self.writer.words["slots"][kind]
        out = []
        for n, text in enumerate((pool * 3)[:count]):
            out.append((self.other(at.format(slug=slug(text), n=n + 1), text), text))
        return out

    def other(self, path: str, text: str) -> str:
        """A page that is no release; it is written by `done`."""
        self._waiting.append((path, text))
        self.not_releases.append(path)
        return path

    def menu(self, at: str = "/{group}/{slug}") -> list[tuple[str, list[tuple[str, str]]]]:
        """Groups of the navigation with their (address, text)."""
        public = "nav_public" if self.writer.voice and "nav_public" in self.writer.words else "nav"
        out = []
        for group, names in self.writer.words[public].items():
            links = [(self.other(at.format(group=slug(group), slug=slug(n)), n), n) for n in names]
            out.append((group, links))
        return out

    def put(self, path: str, markup: str, media_type: str = "text/html; charset=utf-8") -> None:
        """Keeps a page."""
        self.pages[path] = (markup.encode(), media_type)

    def articles(self, releases: tuple[Release, ...], frame: Frame, inner: Callable[[Release], str]) -> None:
        """Writes the release's pages, those on `%%WIRE%%` on the second host."""
        for r in releases:
            page = (frame(r.title, inner(r)).encode(), "text/html; charset=utf-8")
            if r.url_path.startswith("%%WIRE%%"):
                self.wire[r.url_path.removeprefix("%%WIRE%%")] = page
            else:
                self.pages[r.url_path] = page

    def done(self, frame: Frame, entry: str, releases: tuple[Release, ...], **more: Any) -> Site:
        """The site; the pages that are no releases get one paragraph each in the site's frame."""
        for path, text in self._waiting:
            if path not in self.pages:
                words = self.writer.paragraphs(path, 2)
                self.put(path, frame(text, f"<h1>{esc(text)}</h1><p>{esc(words[0])}</p>"))
        return Site(
            name=self.name,
            entry=entry,
            pages=self.pages,
            wire=self.wire,
            releases=releases,
            not_releases=tuple(dict.fromkeys(self.not_releases)),
            language=self.language,
            company=self.company,
            tuned=False,
            **more,
        )


def at_times(days: list[date], dice: random.Random, zone: Any) -> list[datetime]:
    """A time of day between 8 and 17 h for each day."""
    return [
        datetime(d.year, d.month, d.day, dice.randint(8, 17), dice.randint(0, 59), tzinfo=zone) for d in days
    ]


def on(release: Release) -> date:
    """The day of a release; all of this set are dated."""
    assert release.day is not None
    return release.day


def minute(release: Release) -> datetime:
    """The minute of a release, on the sites that tell it."""
    assert isinstance(release.published, datetime)
    return release.published
