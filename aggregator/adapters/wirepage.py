"""A wire's page of one release: where issuer, minute, identifiers and the other editions stand. No adapter itself.

The text is not cut out of the page here: `reading` does that for all pages. What is taken are the fields that only the
wire has: microdata, JSON-LD and ``meta`` first, then the elements of that wire's own layout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from aggregator.adapters import wires
from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.reading.identifiers import find
from aggregator.reading.sanitise import uncrowded
from aggregator.text import one_line

LONGEST = 3_000_000
"""Characters of a page that are looked at; as many as `reading` takes."""
_NOTICE = 700
"""Characters, white space included, of the longest paragraph that is a notice about editions; a longer one is the
text itself."""
_SHOWN = 2_000
"""Characters of any other field."""
_MOST, _PIECES, _ELEMENTS = 40, 100, 5_000

_ISSUER = (
    "//meta[@name='prn_sourcecompany']/@content",
    "//*[contains(concat(' ', @itemprop, ' '), ' sourceOrganization ')]//*[@itemprop='name']",
)
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//*[@itemprop='datePublished']/@content",
)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
})  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{6,500}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a wire's own pages show what they say nowhere else: XPath, the first that finds something counts."""

    issuer: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    """The headline of a correction whose own headline is only that it is one."""
    securities: tuple[str, ...] = ()
    """Attributes or elements that hold nothing but ISINs and tickers."""


@dataclass(slots=True)
class Fields:
    """What a page says in fields; empty where it does not."""

    title: str = ""
    issuer: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    corrected: str = ""
    keywords: tuple[str, ...] = ()
    securities: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)
    """Addresses of other editions of the same release: its original, its translations, the corrected one."""
    rows: dict[str, str] = field(default_factory=dict)
    """Two-celled rows of tables, by what the first cell says: the master data of regulated announcements."""


def read_page(markup: str, base: str, layout: Layout) -> Fields:
    """The fields of a page at `base`. Never raises; a page that is none has no fields."""
    root = _tree(markup[:LONGEST])
    found = Fields()
    if root is None:
        return found
    data = _article(root)
    found.title = _first(root, layout.title) or _text(data.get("headline"))
    found.issuer = _first(root, _ISSUER) or _organisation(data) or _first(root, layout.issuer)
    found.published = _date(_text(data.get("datePublished")), _first(root, (*_PUBLISHED, *layout.published)))
    found.corrected = _first(root, layout.corrected)
    found.updated = _date(_text(data.get("dateModified")))
    found.language = _text(data.get("inLanguage"))
    found.keywords = _keywords(root, data, layout)
    found.securities = [one_line(t) for path in layout.securities for t in _texts(root, path)]
    found.rows = dict(_rows(root))
    found.editions = list(dict.fromkeys(_editions(root, base)))[:_MOST]
    return found


def _tree(markup: str) -> etree._Element | None:
    if not markup.strip():
        return None
    parser = etree.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        data = uncrowded(markup).encode("utf-8", "replace")
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    return root


def _date(*stated: str) -> str:
    """The one that says most: a day alone (GlobeNewswire's head) gives way to a minute."""
    read = [as_iso(text, day_first=False) for text in stated if text]
    return next((r for r in read if "T" in r), next((r for r in read if r[:4].isdigit()), ""))


def _texts(root: etree._Element, path: str) -> Iterator[str]:
    hits: Any = root.xpath(path)
    for hit in hits[:_MOST] if isinstance(hits, list) else ():
        yield one_line(hit[:_SHOWN] if isinstance(hit, str) else _said(hit, _SHOWN))


def _said(element: etree._Element, most: int) -> str:
    """The beginning of an element's text. Never all of it: elements lie in each other, and each would be read again."""
    pieces, size = [], 0
    for piece in islice(element.itertext(), _PIECES):
        pieces.append(piece[: most - size])
        size += len(pieces[-1]) + 1
        if size >= most:
            break
    return " ".join(pieces)


def _first(root: etree._Element, paths: Iterable[str]) -> str:
    return next((text[:500] for path in paths for text in _texts(root, path) if text), "")


# -- what its JSON-LD says -----------------------------------------------------------------------


def _article(root: etree._Element) -> dict[str, Any]:
    """The page's own article in JSON-LD: the first that has a headline."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            for node in _nodes(script.text or ""):
                if isinstance(node.get("headline"), str):
                    return node
    return {}


def _nodes(text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    every = data if isinstance(data, list) else [data]
    graphs = [n["@graph"] for n in every if isinstance(n, dict) and isinstance(n.get("@graph"), list)]
    every = [*every, *(node for graph in graphs for node in graph)]
    return [n for n in every if isinstance(n, dict)]


def _text(value: Any) -> str:
    return one_line(value)[:500] if isinstance(value, str) else ""


def _organisation(data: dict[str, Any]) -> str:
    """The house that a wire names beside its own: ``sourceOrganization``, or an author that is no person."""
    for name in ("sourceOrganization", "author"):
        value = data.get(name)
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, dict) and node.get("@type") != "Person" and _text(node.get("name")):
                return _text(node["name"])
    return ""


def _keywords(root: etree._Element, data: dict[str, Any], layout: Layout) -> tuple[str, ...]:
    said = data.get("keywords")
    listed = [_text(k) for k in said] if isinstance(said, list) else _text(said).split(",")
    for path in layout.keywords:
        for text in _texts(root, path):  # of an attribute a list, of an element one name, commas and all
            listed += text.split(",") if path.endswith("@content") else [text]
    return tuple(dict.fromkeys(k for raw in listed if (k := raw.strip()[:100])))[:_MOST]


# -- what stands in its text ---------------------------------------------------------------------


def _rows(root: etree._Element) -> Iterator[tuple[str, str]]:
    """``Unternehmen:`` and the cell beside it. The first line of a cell: below it stands the address."""
    for row in islice(root.iter("tr"), _ELEMENTS):
        cells = [c for c in row if c.tag in ("td", "th")]
        if len(cells) == 2:
            label = one_line(_said(cells[0], 60)).rstrip(" :").lower()
            value = next((line for t in islice(cells[1].itertext(), 20) if (line := one_line(t[:300]))), "")
            if 0 < len(label) <= 40 and value:
                yield label, value[:300]


def _editions(root: etree._Element, base: str) -> Iterator[str]:
    """Addresses behind a notice that the text is another edition of one, and those of ``hreflang``."""
    for link in root.iter("link"):
        if link.get("hreflang") and (url := web_url(link.get("href") or "", base)):
            yield url
    for element in islice(root.iter("p", "div", "td", "li"), _ELEMENTS):
        if any(child.tag in _BLOCKS for child in element):
            continue  # what holds paragraphs is none, and would bring in the links of its neighbours
        said = _said(element, _NOTICE)
        if len(said) < _NOTICE and is_notice(said := one_line(said)):
            yield from _addresses(element, said, base)


def _addresses(element: etree._Element, said: str, base: str) -> Iterator[str]:
    yield from (url for a in islice(element.iter("a"), _MOST) if (url := web_url(a.get("href") or "", base)))
    yield from (hit[0].rstrip(".,;") for hit in _ADDRESS.finditer(said))


def is_notice(text: str) -> bool:
    """Whether a line points from one edition of a release to another one."""
    low = text.lower()
    return any(words in low for words in wires.table("editions")["notices"])


def numbers(urls: Sequence[str], scheme: str = "") -> list[tuple[str, str]]:
    """The numbers of wires in addresses, or of one wire, each once, in their order."""
    found = [i for url in urls for i in find("", url) if scheme in ("", i.scheme)]
    return list(dict.fromkeys((i.scheme, i.value) for i in found))
