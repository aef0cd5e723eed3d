"""How this project reads a page: the one place to change when `reading.read` gives something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from aggregator import adapters
from aggregator.model import Block, Document, Draft, Refusal, Source
from aggregator.reading import read
from benchmarks.reading.pages import Form, Page

# Front matter and mail headers are an adapter's business; pages and plain texts go to reading as they are.
ADAPTERS: dict[Form, str] = {"md": "text", "eml": "mail"}
TYPES: dict[Form, Literal["text/html", "text/plain"]] = {"html": "text/html", "txt": "text/plain"}
FETCHED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""A fixed day, so that two runs choose the same dates."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a page, by whomever."""

    text: str = ""
    """The body, one paragraph a line or a blank line between them; empty where the page was refused."""
    title: str = ""
    date: str = ""
    """A calendar day, ``2026-03-01``; empty where none was found."""
    kind: str = ""
    """``release``, or the reason of the refusal: ``list``, ``no_text``, ``login`` ...; empty: not said."""
    blocks: tuple[Block, ...] = ()


def readable(form: Form) -> bool:
    """Whether this project has an adapter for such a document."""
    return form in TYPES or ADAPTERS[form] in adapters.names()


def ours(page: Page) -> Reading:
    """Read one page as a poll would."""
    source = Source(id="benchmark", adapter=ADAPTERS.get(page.form, "text"), url=page.url)
    result = read(_draft(page, source), source)
    if isinstance(result, Refusal):
        return Reading(kind=result.reason)
    # A month without a day is no calendar day.
    dated = result.published and result.date_precision != "month"
    date = result.published.date().isoformat() if result.published and dated else ""
    return Reading(result.body, result.title, date, "release", result.blocks)


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
