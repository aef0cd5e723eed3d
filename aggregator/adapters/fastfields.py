"""The fields that plain RSS and plain Atom share, for `fastfeed` and `fastatom`.

Every function takes the item that is being read and one element of it, and raises `Declined` for
whatever feedparser might read differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from aggregator.adapters.feeditems import Piece, RawFile, RawItem

if TYPE_CHECKING:
    from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_FEEDBURNER = "{http://rssnamespace.org/feedburner/ext/1.0}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
LANG, BASE = f"{_XML}lang", f"{_XML}base"

# Prefixes and addresses that feedparser reads in its own way; all other namespaces it passes over.
_MEANINGFUL_PREFIXES = frozenset(
    "atom dc dcterms content media itunes xhtml rdf feedburner admin cc psc xml".split()  # noqa: SIM905
)
_MEANINGFUL_SPACES = re.compile(
    r"userland|blogs\.law\.harvard|netscape|example\.com|echo|w3\.org|search\.yahoo|itunes|rssnamespace|podlove|webns"
    r"|purl\.org/(?:echo|pie|atom|dc/|rss/1\.0/(?!modules/(?:slash|syndication|threading)))"
)
_IGNORED = frozenset(
    {"comments", "source", "{http://purl.org/rss/1.0/}source", f"{ATOM}rights"}
    | {f"{DC}{name}" for name in ("rights", "format", "type", "identifier", "source", "coverage", "relation")}
)

Handler = Callable[[RawItem, "etree._Element"], None]


class Declined(Exception):  # noqa: N818 - no error: the other reader takes over
    """Something here is for feedparser."""


def tag_of(element: etree._Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        raise Declined
    return tag


def string(element: etree._Element) -> str:
    """The text of an element that holds nothing but text."""
    if len(element):
        raise Declined
    return (element.text or "").strip()


def bare(element: etree._Element, *allowed: str) -> str:
    """`string` of an element without attributes, but for those allowed."""
    if element.attrib and not set(element.attrib) <= set(allowed):
        raise Declined
    return string(element)


def once(known: str, value: str) -> str:
    """The value of a field that may stand once in an item."""
    if known:
        raise Declined
    return value


def pass_over(element: etree._Element) -> None:
    """Accept an element that neither reader takes anything from; decline for every other."""
    tag = tag_of(element)
    if tag in _IGNORED and not len(element):
        return
    prefix, (space, _, name) = element.prefix, tag.rpartition("}")
    if prefix is None and name.isidentifier():
        raise Declined  # feedparser takes it for an element of RSS, whatever its namespace
    if not space or (prefix or "").lower() in _MEANINGFUL_PREFIXES or len(element):
        raise Declined
    if _MEANINGFUL_SPACES.search(space.lower()) or BASE in element.attrib or LANG in element.attrib:
        raise Declined


def enclosure(item: RawItem, element: etree._Element) -> None:
    if len(element):
        raise Declined
    _file(item, element)


def _file(item: RawItem, element: etree._Element) -> None:
    if LANG in element.attrib or BASE in element.attrib:
        raise Declined
    url = element.get("url", "") or element.get("href", "")
    length = element.get("length", "") or element.get("fileSize", "")
    item.files.append(RawFile(url=url, media_type=element.get("type", ""), length=length))


def _media_content(item: RawItem, element: etree._Element) -> None:
    for child in element:
        # A title or description of the picture: feedparser gives it to the item.
        if child.tag not in (f"{_MEDIA}credit", f"{_MEDIA}thumbnail", f"{_MEDIA}copyright"):
            raise Declined
    _file(item, element)


def _media_group(item: RawItem, element: etree._Element) -> None:
    for child in element:
        if child.tag != f"{_MEDIA}content":
            raise Declined
        _media_content(item, child)


def _thumbnail(_: RawItem, element: etree._Element) -> None:
    if string(element):
        raise Declined


def _encoded(item: RawItem, element: etree._Element) -> None:
    if len(item.pieces) > 1:
        raise Declined
    item.pieces.insert(0, Piece(text=bare(element)))


def _date(item: RawItem, element: etree._Element) -> None:
    item.updated = once(item.updated, bare(element))


def _creator(item: RawItem, element: etree._Element) -> None:
    item.organisations.append(bare(element))


def _contributor(item: RawItem, element: etree._Element) -> None:
    item.organisations.insert(0, bare(element))


def _publisher(item: RawItem, element: etree._Element) -> None:
    item.publisher = once(item.publisher, bare(element))


def _subject(item: RawItem, element: etree._Element) -> None:
    item.categories.append(bare(element))


def _language(item: RawItem, element: etree._Element) -> None:
    item.language = once(item.language, bare(element))


def _origin(item: RawItem, element: etree._Element) -> None:
    item.origin = once(item.origin, bare(element))


def _atom_link(_: RawItem, element: etree._Element) -> None:
    """In an RSS item; an alternate would compete with the item's own link."""
    if element.get("rel", "alternate").lower() in ("alternate", "enclosure") or string(element):
        raise Declined


MEDIA: dict[str, Handler] = {
    f"{_MEDIA}content": _media_content,
    f"{_MEDIA}group": _media_group,
    f"{_MEDIA}thumbnail": _thumbnail,
    f"{_FEEDBURNER}origLink": _origin,
}
MODULES: dict[str, Handler] = MEDIA | {
    f"{_CONTENT}encoded": _encoded,
    f"{DC}date": _date,
    f"{DC}creator": _creator,
    f"{DC}contributor": _contributor,
    f"{DC}publisher": _publisher,
    f"{DC}subject": _subject,
    f"{DC}language": _language,
    f"{ATOM}link": _atom_link,
}
