"""The page of one release: what a list led to, or a single page that is watched.

What the list said goes with it as `Draft.listed`; which of the two texts is kept is decided in `preparing`. A page
that could not be had, or that turned out to be the newsroom itself, leaves what the list said. The bytes decide
what is opened how: a PDF document is handed to its own adapter, whatever the address looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from aggregator.adapters import Item, load, text, wires
from aggregator.adapters.discovery import looks_like
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Source
from aggregator.text import canonical_url

_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = {"html": "page.html", "text": "page.txt"}
_INDEX = frozenset({"", "index.html", "index.htm", "index.php", "default.aspx", "home", "home.html"})


def read(document: Document, source: Source) -> Iterator[Item]:
    """The one draft of a page, under the key that its list gave it, else under its own address.

    Raises ReadError: ``empty``, ``binary``, ``too_large``, ``not_a_page``, ``moved`` and those of a PDF document,
    where the list did not say enough to stand in for the page.
    """
    listed = document.listed
    try:
        return iter([_draft(document, source)])
    except ReadError:
        # Where nothing came at all, whoever asked for it decided that what the list says is enough.
        if listed is None or (document.content and not listed.has_text):
            raise
        return iter([listed])


def _draft(document: Document, source: Source) -> Draft:
    if not document.content.strip():
        raise ReadError("empty", "the page is empty")
    if document.requested and is_elsewhere(document.requested, document.url, source.url):
        raise ReadError("moved", f"its address leads to {document.url}, which is no page of one release")
    if (of_wire := _of_wire(document, source)) is not None:
        return of_wire
    draft = _opened(document, source)
    listed, place = document.listed, document.key or document.url
    own = draft.url if _names_itself(draft.url, document.url, source.url) else document.url
    draft = replace(draft, key=own if place == document.url else place, url=own, base=document.url)
    if listed is None:
        return draft
    return replace(
        draft,
        key=listed.key,
        company=listed.company,
        categories=listed.categories,
        attachments=(*listed.attachments, *draft.attachments),
        identifiers=listed.identifiers,
        listed=listed,
    )


def _of_wire(document: Document, source: Source) -> Draft | None:
    """A page at a wire, as its own adapter reads it, whoever led there: newsrooms link to what wires carry for them."""
    wire = wires.for_address(document.url)
    if not wire or looks_like(document) != "html":
        return None
    return next((item for item in load(wire)(document, source) if isinstance(item, Draft)), None)


def _opened(document: Document, source: Source) -> Draft:
    """The draft of a page by what it is, not by what it is called."""
    if b"%PDF-" in document.content[:1024]:
        found = load("pdf")(document, source)
    else:
        kind = looks_like(document)
        if kind not in _KINDS:
            raise ReadError("not_a_page", f"this is {kind}, not the page of a release")
        found = text.read(replace(document, key=_KINDS[kind]), source)
    return next(item for item in found if isinstance(item, Draft))


def is_elsewhere(asked: str, found: str, home: str) -> bool:
    """Whether a page that was asked for led to its site's entrance or to the list that it stood on.

    `home` is the address of the source. A page that was the entrance when it was asked for led nowhere else.
    """
    if canonical_url(asked) == canonical_url(found):
        return False
    there = urlsplit(found)
    names = [name for name in there.path.lower().split("/") if name]
    entrance = not there.query and all(name in _INDEX or len(name) == 2 for name in names)
    above = _is_above(found, asked)
    return entrance or above or canonical_url(found) == canonical_url(home)


def _is_above(found: str, asked: str) -> bool:
    """Whether an address is a folder that the other one stands in."""
    upper, lower = urlsplit(found), urlsplit(asked)
    folder = upper.path.rstrip("/") + "/"
    name = folder.rstrip("/").rpartition("/")[2]
    # "/news/4711" is what "/news/4711/its-headline" is called as well.
    numbered = any(c.isdigit() for c in name) and not _YEAR.fullmatch(name)
    inside = lower.path.startswith(folder) and lower.path.rstrip("/") + "/" != folder
    return inside and not numbered and upper.netloc == lower.netloc and not upper.query


def _names_itself(stated: str, url: str, home: str) -> bool:
    """Whether the canonical address of a page can be its own: templates name the entrance or the list on every page."""
    if not stated or urlsplit(stated).netloc.removeprefix("www.") != urlsplit(url).netloc.removeprefix(
        "www."
    ):
        return False
    return not is_elsewhere(url, stated, home if canonical_url(home) != canonical_url(url) else "")
