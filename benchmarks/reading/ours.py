"""How this project reads a page, through `reading.parse`: what is refused has its parts, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from aggregator import adapters
from aggregator.model import Block, Document, Draft, Source
from aggregator.reading import parse
from benchmarks.reading.pages import Form, Page

# Front matter and mail headers are an adapter's business; pages and plain texts go to reading as they are.
ADAPTERS: dict[Form, str] = {"md": "text", "eml": "email"}
TYPES: dict[Form, Literal["text/html", "text/plain"]] = {"html": "text/html", "txt": "text/plain"}
FETCHED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""A fixed day, so that two runs choose the same dates."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a page, by whomever."""

    text: str = ""
    """The body, one paragraph a line or a blank line between them."""
    title: str = ""
    date: str = ""
    """A calendar day, ``2026-03-01``; empty where none was found."""
    kind: str = ""
    """``release``, ``article``, ``list``, ``error``, ``wall``, ``empty``; empty: not said."""
    blocks: tuple[Block, ...] = ()


def readable(form: Form) -> bool:
    """Whether this project has an adapter for such a document."""
    return form in TYPES or ADAPTERS[form] in adapters.names()


def ours(page: Page) -> Reading:
    """Read one page as a poll would."""
    source = Source(id="benchmark", adapter=ADAPTERS.get(page.form, "text"), url=page.url)
    copy = parse(_draft(page, source), source).copy
    # A month without a day is no calendar day.
    dated = copy.published if copy.date_precision != "month" else None
    return Reading(copy.body, copy.title, dated.date().isoformat() if dated else "", copy.genre, copy.blocks)


def _draft(page: Page, source: Source) -> Draft:
    if page.form in TYPES:
        return Draft(
            key=page.id, content=page.content, content_type=TYPES[page.form], fetched_at=FETCHED,
            url=page.url, base=page.url,
        )  # fmt: skip
    document = Document(
        url=page.url,
        content=page.content.encode("utf-8", "surrogateescape"),
        fetched_at=FETCHED,
        key=f"{page.id}.{page.form}",
    )
    for item in adapters.load(source.adapter)(document, source):
        if isinstance(item, Draft):
            return item
    raise ValueError(f"{page.id}: the adapter {source.adapter!r} gave no draft")
