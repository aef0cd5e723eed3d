"""Pages made to cost time: every one is answered within the limits of a worker."""

from __future__ import annotations

import time

import pytest
from discovery_pages import NOW

from aggregator.discovery import lists, newsrooms
from aggregator.limits import CONTAINER_SECONDS
from aggregator.model import Document, Source

LINK = '<a href="/n/{0}">Eine Meldung mit der Nummer {0}</a>'
PAGES = {
    "a hundred thousand links": "".join(LINK.format(i) for i in range(100_000)),
    "a hundred thousand dated items": "".join(f"<li><b>12.03.2024</b>{LINK.format(i)}</li>" for i in range(100_000)),
    "every item has its own names": "".join(f'<div class="x{i}a"><p class="y{i}b">{LINK.format(i)}</p></div>' for i in range(50_000)),
    "ten thousand open elements": "<div>" * 10_000 + LINK.format(1) + "</div>" * 10_000,
    "links in links in links": "".join(f"<div class=c{i}>{LINK.format(i)}" for i in range(20_000)),
    "towers of wrappers": ("<div>" * 200 + LINK.format(1) + LINK.format(2) + "</div>" * 200) * 300,
    "an attribute of a megabyte": f'<a href="/x" title="{"a" * 1_000_000}">Eine Meldung</a>',
    "thirty dates in each item": "".join(f"<li>{LINK.format(i)}{'<b>12.3.2024</b>' * 30}</li>" for i in range(2_000)),
    "a heading of a year before each item": "".join(f"<h2>2024</h2><p>12. Mai</p>{LINK.format(i)}" for i in range(20_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_it_is_answered_in_time(name: str) -> None:
    """Processor time, as the workers count it."""
    held = Document(url="https://www.kestrel-pumps.example/", content=PAGES[name].encode(), fetched_at=NOW)
    source, before = Source(id="x", adapter="newsroom", url=held.url), time.process_time()
    lists.find(held, source)
    newsrooms.links(held, source)
    assert time.process_time() - before < CONTAINER_SECONDS
