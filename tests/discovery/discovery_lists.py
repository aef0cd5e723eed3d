"""Lists of seven releases on one page, built by a form, and the best list that is found on it. All invented."""

from __future__ import annotations

from discovery_pages import NOW, TITLES

from aggregator.adapters import recipes
from aggregator.adapters.listing.page import Page
from aggregator.discovery import Candidate, lists
from aggregator.model import Document, Source

URL = "https://www.kestrel-pumps.example/newsroom"
DAYS = ("2026-05-12", "2026-05-04", "2026-04-11", "2026-04-02", "2026-03-10", "2026-03-05", "2026-02-01")


def shown(body: str, *, language: str = "en") -> Document:
    head = (
        f'<!doctype html><html lang="{language}"><head><title>Press releases | Kestrel Pumps</title></head>'
    )
    return Document(
        url=URL, content=f"{head}<body><main><h1>Press releases</h1>{body}</main></body></html>".encode(),
        fetched_at=NOW,
    )  # fmt: skip


def best(body: str, *, language: str = "en", allow: tuple[str, ...] = ()) -> Candidate:
    """The best list of a page, which its recipe has to give again."""
    document, source = (
        shown(body, language=language),
        Source(id="k", adapter="newsroom", url=URL, allow=allow),
    )
    found = lists.find(document, source)[0]
    assert found.recipe is not None
    assert tuple(recipes.apply(found.recipe, Page(document, source)).items) == found.items
    return found


def rows(form: str, folder: str = "press-releases", count: int = len(TITLES)) -> list[str]:
    """Items by a form with {u}, {t}, {us}, {eu}."""
    made = []
    for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True)):
        year, month, date = day.split("-")
        made.append(form.format(u=f"/newsroom/{folder}/{n}-release", t=title, iso=day,
                                us=f"{month}/{date}/{year}", eu=f"{date}/{month}/{year}"))  # fmt: skip
    return made[:count]


def told(found: Candidate) -> list[tuple[str, str]]:
    return [(i.title, i.published[:10]) for i in found.items]


EXPECTED = list(zip(TITLES, DAYS, strict=True))
