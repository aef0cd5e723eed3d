"""Plain Atom 1.0 from its tree, for `fastfeed`; declines what feedparser might read differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from aggregator.adapters import older
from aggregator.adapters.fastfields import ATOM, BASE, LANG, MEDIA, Declined, bare, pass_over, string, tag_of
from aggregator.adapters.feeditems import Piece, RawFeed, RawFile, RawItem
from aggregator.adapters.links import joined, web_url

if TYPE_CHECKING:
    from lxml import etree

_HEAD = frozenset(
    f"{ATOM}{name}"
    for name in ("id", "updated", "subtitle", "author", "contributor", "category", "generator", "icon", "logo",
                 "rights", "entry")
)  # fmt: skip
_REPEATABLE = frozenset({"link", "category", "author", "contributor"})
_PAGES = frozenset({"text/html", "html", "xhtml", "application/xhtml+xml"})


class _Scope(NamedTuple):
    """What an element inherits: the base of its addresses, and its language."""

    base: str
    language: str

    def inside(self, element: etree._Element) -> _Scope:
        base = element.get(BASE)
        if base is not None and not (base.startswith("http") and web_url(base)):
            raise Declined  # a relative base; feedparser has its own way with those
        return _Scope(self.base if base is None else base, element.get(LANG, self.language))


def read_atom(root: etree._Element, url: str) -> RawFeed:
    """The feed of an Atom document. Raises Declined."""
    _only(root, LANG, BASE)
    scope, entries = _Scope("", "").inside(root), root.findall(f"{ATOM}entry")
    if sum(1 for _ in root.iter(f"{ATOM}entry")) != len(entries):
        raise Declined
    feed = RawFeed(base=url, language=scope.language)
    for child in root:
        if child.tag == f"{ATOM}title":
            feed.title = feed.title or string(child)
        elif child.tag == f"{ATOM}link":
            _feed_link(feed, child, joined(url, scope.base))
        elif child.tag == f"{ATOM}generator":
            feed.generator = f"{child.get('uri', '')} {child.text or ''}"
        elif child.tag not in _HEAD:
            pass_over(child)
    feed.items = [_entry(entry, scope) for entry in entries]
    return feed


def _only(element: etree._Element, *allowed: str) -> None:
    if element.attrib and not set(element.attrib) <= set(allowed):
        raise Declined


def _feed_link(feed: RawFeed, element: etree._Element, base: str) -> None:
    href = web_url(element.get("href", ""), base)
    if element.get("rel") == "hub":
        feed.hub = feed.hub or href
    elif element.get("rel") in older.RELATIONS:
        older.note(feed, element.get("rel", ""), href, base)
    elif element.get("rel", "alternate") == "alternate":
        feed.home = feed.home or href


def _entry(element: etree._Element, scope: _Scope) -> RawItem:
    _only(element, LANG, BASE)
    scope = scope.inside(element)
    item, seen = RawItem(), set[str]()
    for child in element:
        tag = tag_of(child)
        name = tag.removeprefix(ATOM)
        if name in _OWN and name in seen and name not in _REPEATABLE:
            raise Declined
        seen.add(name)
        if name in _OWN:
            _OWN[name](item, child, scope)
        elif tag in MEDIA:
            MEDIA[tag](item, child)
        else:
            pass_over(child)
    if scope.base and ":" not in item.id:
        raise Declined  # feedparser resolves ids like addresses
    item.permalink = item.id
    return item


def _title(item: RawItem, element: etree._Element, scope: _Scope) -> None:
    _only(element, "type", LANG)
    if element.get("type", "text").lower() not in ("text", "html"):
        raise Declined
    item.title, item.language = string(element), scope.inside(element).language


def _text(item: RawItem, element: etree._Element, scope: _Scope) -> None:
    _only(element, "type", LANG, BASE)
    form = element.get("type", "text").lower()
    if form not in ("text", "html", "text/html", "text/plain"):
        raise Declined
    inner = scope.inside(element)
    piece = Piece(
        text=string(element),
        form="html" if "html" in form else "plain",
        base=inner.base,
        language=inner.language,
    )
    item.pieces.insert(0 if element.tag == f"{ATOM}content" else len(item.pieces), piece)


def _link(item: RawItem, element: etree._Element, scope: _Scope) -> None:
    """The address of an alternate, of several the last; enclosures are kept, all others passed over."""
    href = element.get("href")
    if href is None or len(element) or not {"url", "uri", "base", LANG, BASE}.isdisjoint(element.attrib):
        raise Declined
    address = joined(scope.base, href) if scope.base else href
    relation = element.get("rel", "alternate").lower()
    if relation == "alternate" and element.get("type", "text/html").lower() in _PAGES:
        item.link = address
    elif relation == "enclosure":
        kind, length, title = (element.get(name, "") for name in ("type", "length", "title"))
        item.files.append(RawFile(url=address, media_type=kind, length=length, title=title))


def _id(item: RawItem, element: etree._Element, _: _Scope) -> None:
    item.id = bare(element)


def _published(item: RawItem, element: etree._Element, _: _Scope) -> None:
    item.published = bare(element)


def _updated(item: RawItem, element: etree._Element, _: _Scope) -> None:
    item.updated = bare(element)


def _category(item: RawItem, element: etree._Element, _: _Scope) -> None:
    if string(element):
        raise Declined
    item.categories.append(element.get("label") or element.get("term") or "")


def _author(item: RawItem, element: etree._Element, _: _Scope) -> None:
    item.organisations.append(_name(element))


def _contributor(item: RawItem, element: etree._Element, _: _Scope) -> None:
    item.organisations.insert(0, _name(element))


def _name(element: etree._Element) -> str:
    names = element.findall(f"{ATOM}name")
    if len(names) != 1:
        raise Declined
    return string(names[0])


_OWN: dict[str, Callable[[RawItem, etree._Element, _Scope], None]] = {
    "id": _id,
    "title": _title,
    "link": _link,
    "published": _published,
    "updated": _updated,
    "summary": _text,
    "content": _text,
    "author": _author,
    "contributor": _contributor,
    "category": _category,
}
