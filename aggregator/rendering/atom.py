"""Feeds as Atom (RFC 4287). The only module that knows feedgen, and the place of all its repairs.

feedgen 1.0 loses every attribute of an entry's links but ``href``, writes ``source`` without id and
date, has no ``xml:lang`` for entries, prepends entries, writes microseconds, defaults dates to now
and fails the whole feed for one bad character. So each entry is built, written
and parsed again alone: what cannot be an entry is dropped and named, and the feed goes on without
it. The entries that stand are put between head and foot of an empty feed, so one entry is written
once however many feeds it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from aggregator.model import Category, Entry, Feed, Link, Problem, Tombstone
from aggregator.rendering import Site, Written
from aggregator.rendering.content import shortened
from aggregator.rendering.entry import stable_id
from aggregator.rendering.markup import safe_url
from aggregator.rendering.phrases import phrases
from aggregator.text import one_line, scrub

ATOM = "http://www.w3.org/2005/Atom"
GENERATOR = "Press Release Aggregator"
"""Without a version: an upgrade must not change every byte that is published."""

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ENTRY = re.compile(r"urn:uuid:[0-9a-f-]{36}")
"""An entry's id: the one address without a place that a link may have."""

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
BURIED = timedelta(days=60)
"""How much older than the newest of its feed a tombstone may be. No clock: the same store gives the same bytes."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class PoisonError(ValueError):
    """An entry that no feed can carry. ``str(error)`` says why."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A feed as bytes, and what is not in it as it was given."""

    data: bytes
    dropped: tuple[Problem, ...] = ()
    """Entries that cannot be written (``poisoned``) or came twice (``duplicate_id``)."""
    shortened: tuple[Problem, ...] = ()
    """Entries whose content alone is too large for a feed and gave way to their summary."""


def render(feed: Feed, site: Site) -> Rendered:
    """The bytes of a feed and its entries: `write` for each, then `assemble`."""
    written, poisoned = [], []
    for entry in feed.entries[: site.entries]:
        try:
            written.append(write(entry, site))
        except PoisonError as error:
            poisoned.append(poison(entry.id, error))
    rendered = assemble(feed, site, written)
    return replace(rendered, dropped=(*poisoned, *rendered.dropped))


def poison(identity: str, error: PoisonError) -> Problem:
    """What to tell of an entry that cannot be written."""
    return Problem("poisoned", f"left out of the feed: {error}", identity)


def write(entry: Entry, site: Site) -> Written:
    """One entry, checked by parsing it again. An entry too large for a feed gives way to its summary.

    Raises `PoisonError` for what no repair can make an entry of: no id, no title, no author, a
    date without time zone, an id that is no absolute IRI.
    """
    data, note = _fragment(entry), ""
    # One huge text must not push all the others out of a feed.
    if len(data) > site.max_bytes // 4:
        link = next((ln.href for ln in entry.links if ln.rel == "alternate"), "")
        note = f"{len(data)} bytes are too many for one entry: its summary is shown"
        language = entry.language or site.language
        data = _fragment(replace(entry, content=shortened(entry.summary, link, language)))
    return Written(entry.id, entry.title, entry.updated, data, note)


def assemble(feed: Feed, site: Site, written: Iterable[Written], gone: Iterable[Tombstone] = ()) -> Rendered:
    """Put entries between head and foot of a feed: the newest ones, as many as `site` allows; tombstones last.

    The feed's ``updated`` is that of its newest entry that is really in it, else `Feed.updated`.
    """
    room, chosen, dropped = site.max_bytes, dict[str, Written](), []
    for entry in written:
        if entry.id in chosen:
            dropped.append(Problem("duplicate_id", f"{entry.title!r} has the id of another entry", entry.id))
            continue
        room -= len(entry.data)
        if room < 0 or len(chosen) >= site.entries:
            break  # nothing older may slip in where something newer had no room
        chosen[entry.id] = entry
    newest = max((e.updated for e in chosen.values()), default=feed.updated)
    head, foot = _frame(replace(feed, updated=newest), site)
    notes = tuple(Problem("shortened", e.note, e.id) for e in chosen.values() if e.note)
    body = [e.data for e in chosen.values()] + [
        _tombstone(t, site.language) for t in gone if t.when > newest - BURIED
    ]
    return Rendered(head + b"".join(body) + foot, tuple(dropped), notes)


def _tombstone(gone: Tombstone, language: str) -> bytes:
    """``at:deleted-entry`` of RFC 6721. Its ``when`` is never earlier than the entry's own ``updated``."""
    made = etree.Element(f"{{{TOMBSTONES}}}deleted-entry", nsmap={"at": TOMBSTONES})
    made.set("ref", gone.ref)
    made.set("when", _moment(gone.when).isoformat().replace("+00:00", "Z"))
    if gone.heir:
        etree.SubElement(made, f"{{{TOMBSTONES}}}comment").text = phrases(language)["part_of"].format(
            gone.heir
        )
    data: bytes = etree.tostring(made, encoding="unicode").encode("utf-8")
    return data + b"\n"


def _fragment(entry: Entry) -> bytes:
    try:
        try:
            return _written(entry)
        except ValueError:  # most likely a character that XML does not allow: it alone must go
            return _written(_scrubbed(entry))
    except (ValueError, TypeError, AttributeError, OverflowError, SyntaxError) as error:
        raise PoisonError(one_line(f"{type(error).__name__}: {error}")) from error


def _written(entry: Entry) -> bytes:
    entry = replace(entry, links=_sound(entry.links))
    data: bytes = etree.tostring(_element(entry), encoding="unicode").encode("utf-8")
    _check(fromstring(data), entry)
    return data + b"\n"


def _scrubbed(entry: Entry) -> Entry:
    """The entry without any character that XML does not allow. The id is left: it must not change."""
    return replace(
        entry,
        title=one_line(entry.title),
        authors=tuple(replace(p, name=one_line(p.name)) for p in entry.authors),
        contributors=tuple(replace(p, name=one_line(p.name)) for p in entry.contributors),
        links=tuple(replace(ln, type=scrub(ln.type), title=one_line(ln.title)) for ln in entry.links),
        categories=tuple(Category(*map(one_line, (c.term, c.scheme, c.label))) for c in entry.categories),
        summary=scrub(entry.summary),
        content=scrub(entry.content),
        source_title=one_line(entry.source_title),
        rights=one_line(entry.rights),
    )


def _sound(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links that may be clicked; a bad one costs itself, not the entry."""
    safe = ((link, link.href if _ENTRY.fullmatch(link.href) else safe_url(link.href)) for link in links)
    return tuple(link if link.href == url else replace(link, href=url) for link, url in safe if url)


class _Repairs(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen cannot say about an entry, written into the element that it made."""

    entry: Entry

    def extend_atom(self, element: Any) -> Any:
        entry = self.entry
        if _TAG.fullmatch(entry.language):
            element.set(_LANG, entry.language)
        at = element.index(element.find("updated")) + 1
        for offset, link in enumerate(entry.links):
            element.insert(at + offset, _link_element(element, link))
        if entry.source_id:
            _append_source(element, entry)
        return element


def _link_element(parent: Any, link: Link) -> Any:
    language = link.hreflang if _TAG.fullmatch(link.hreflang) else ""
    length = "" if link.length is None else str(link.length)
    more = {"type": link.type, "hreflang": language, "title": link.title, "length": length}
    attributes = {name: value for name, value in more.items() if value}
    return parent.makeelement("link", {"href": link.href, "rel": link.rel, **attributes})


def _append_source(element: Any, entry: Entry) -> None:
    source = etree.SubElement(element, "source")
    etree.SubElement(source, "id").text = entry.source_id
    etree.SubElement(source, "title").text = entry.source_title
    etree.SubElement(source, "updated").text = _moment(entry.source_updated or entry.updated).isoformat()


def _element(entry: Entry) -> Any:
    made = FeedEntry()
    made.register_extension("repairs", _Repairs, atom=True, rss=False)
    made.repairs.entry = entry
    made.id(entry.id)
    made.title(entry.title)
    made.updated(_moment(entry.updated).astimezone(UTC))
    made.published(_moment(entry.published))
    # The dicts must be new ones: feedgen changes what it is given.
    made.author([{"name": p.name, "uri": safe_url(p.uri)} for p in entry.authors])
    made.contributor([{"name": p.name, "uri": safe_url(p.uri)} for p in entry.contributors])
    made.category([{"term": c.term, "scheme": c.scheme, "label": c.label} for c in entry.categories])
    made.summary(entry.summary)
    made.content(entry.content or " ", type="html")
    if entry.rights:
        made.rights(entry.rights)
    return made.atom_entry()


def _moment(moment: datetime) -> datetime:
    """A moment that RFC 3339 can write: whole seconds, an offset of whole minutes."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"the time {moment} has no time zone")
    odd = offset % timedelta(minutes=1)  # local mean time, before time zones: +00:53:28
    return (moment.astimezone(UTC) if odd else moment).replace(microsecond=0)


def _check(element: Element, entry: Entry) -> None:
    """What RFC 4287 asks of an entry and feedgen lets pass."""
    identity = element.findtext("id") or ""
    if ":" not in identity or any(c.isspace() for c in identity):
        raise ValueError(f"the id {identity!r} is no absolute IRI")
    if not element.findtext("author/name"):
        raise ValueError("there is no author")
    written = [(ln.get("rel"), ln.get("href")) for ln in element.findall("link")]
    if written != [(ln.rel, ln.href) for ln in entry.links]:
        raise ValueError("the links did not survive")


def _frame(feed: Feed, site: Site) -> tuple[bytes, bytes]:
    """Everything before the first entry, and everything after the last."""
    made = FeedGenerator()
    made.id(stable_id("feed", site.instance, feed.label))
    made.title(one_line(feed.title) or feed.label)
    made.updated(_moment(feed.updated).astimezone(UTC))
    made.author({"name": one_line(site.author) or GENERATOR})
    made.generator(feed.generator or GENERATOR)
    made.language(site.language)
    if feed.subtitle:
        made.subtitle(one_line(feed.subtitle))
    made.link(href=feed.self_url or site.feed_url(feed.label), rel="self", type="application/atom+xml")
    made.link(href=feed.home_url or site.home_url, rel="alternate", type="text/html")
    data: bytes = made.atom_str()
    head, end, _ = data.rpartition(b"</feed>")
    declaration, _, rest = head.partition(b"\n")
    style = f'<?xml-stylesheet type="text/css" href="{"../" * feed.label.count("/")}feed.css"?>'
    return b"\n".join((declaration, style.encode("ascii"), rest)) + b"\n", end + b"\n"
