"""Pages made to cost time: every one is answered within the limits of a worker."""

from __future__ import annotations

import time

import pytest
from discovery_pages import NOW

from aggregator.discovery.look import look
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
    "a hundred thousand attributes": "<html><body><div title='>' " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + LINK.format(1),
    "data in twenty thousand attributes": "<html><body>" + "".join(f'<a data-x{i}="[1]" href="/n/{i}">Meldung Nummer {i}</a>' for i in range(20_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_it_is_answered_in_time(name: str) -> None:
    """Processor time, as the workers count it, for everything that is looked for on a page."""
    held = Document(url="https://www.kestrel-pumps.example/", content=PAGES[name].encode(), fetched_at=NOW)
    source, before = Source(id="x", adapter="newsroom", url=held.url), time.process_time()
    look(held, source)
    assert time.process_time() - before < CONTAINER_SECONDS


def test_digits_that_are_no_numbers_spoil_no_page() -> None:
    """A raised two is a digit to Python and no number: as the width of a frame, and as the number of a page."""
    items = "".join(f"<li><time>1{i % 9}.03.2024</time> {LINK.format(i)}</li>" for i in range(12))
    page = f'<html><body><iframe src="/presse" width="²"></iframe><ul>{items}</ul><a href="?page=%C2%B2">Weiter</a></body></html>'
    held = Document(
        url="https://www.kestrel-pumps.example/?page=%C2%B2", content=page.encode(), fetched_at=NOW
    )
    seen = look(held, Source(id="x", adapter="newsroom", url=held.url))
    assert len(seen.lists[0].items) == 12


def test_no_address_holds_what_no_feed_may() -> None:
    """X-05: parsers of HTML let U+FFFE through, and a feed that holds it is refused whole by strict readers."""
    items = "".join(
        f"<li><time>1{i % 9}.03.2024</time> {LINK.format(f'{i}&#xFFFE;')}</li>" for i in range(12)
    )
    page = f"<html><body><ul>{items}</ul></body></html>"
    held = Document(url="https://www.kestrel-pumps.example/news/", content=page.encode(), fetched_at=NOW)
    (found, *_) = look(held, Source(id="x", adapter="newsroom", url=held.url)).lists
    assert [d.url.rpartition("/")[2] for d in found.items] == [str(i) for i in range(12)]
