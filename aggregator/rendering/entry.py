"""One release to one Atom entry, format-neutral. Pure; knows neither XML nor feedgen.

What a subscriber's reader compares (title, author, content, categories, alternate link) comes from
the canonical copy alone, so a further copy of a release changes nothing but its ``related`` links.

    id            the stored one: the same in every feed, whatever the title, address or host
    title         the headline, marked only when it is corrected or withdrawn
    author        the issuers; the source where there is none; never the outlet
    contributor   who showed the text, where that is not the issuer
    alternate     the canonical copy      via       where it was collected
    related       the other copies, and the entry that this one goes on from
    enclosure     images and files
    category      companies by role, topics, IPTC codes, kind, genre; each with a scheme
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from aggregator.model import Category, Entry, Link, Mention, Person, Release
from aggregator.rendering import Site
from aggregator.rendering.content import content, shown_date, summary
from aggregator.rendering.markup import safe_url
from aggregator.rendering.phrases import phrases
from aggregator.text import canonical_url, fold, one_line

IPTC = "http://cv.iptc.org/newscodes/mediatopic/"
GENRE = Category("Press_Release", "http://cv.iptc.org/newscodes/genre/", "Press release")
# Schemes must outlive a change of host, and readers compare categories: so not from the base URL.
SCHEME = "urn:x-press-release"

_NAMESPACE = uuid.UUID("8d5c1b8e-5f0f-5a43-9c58-2f1a6f6f7d10")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_MAX_LINKS = 30
_place = lru_cache(maxsize=4096)(canonical_url)
_NOT_SHOWN = frozenset({"outlet", "wire", "credit"})


@lru_cache(maxsize=4096)
def stable_id(*parts: str) -> str:
    """A ``urn:uuid:`` that depends on nothing but these strings."""
    return uuid.uuid5(_NAMESPACE, "\n".join(parts)).urn


def entry(release: Release, site: Site) -> Entry:
    """The entry of a release, with its links, categories and sanitised content."""
    copy = release.copy
    return Entry(
        id=release.uid,
        title=_title(release),
        published=_second(shown_date(release)),
        updated=_second(release.updated),
        authors=_authors(release, site),
        contributors=_contributors(release),
        links=tuple(_links(release)),
        categories=_categories(release, site),
        summary=summary(release),
        content=content(release),
        language="" if copy.language == "und" else copy.language,
        source_id=stable_id("source", copy.source),
        source_title=one_line(release.source_title) or copy.source,
        source_updated=_second(release.updated),
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _title(release: Release) -> str:
    title = one_line(release.copy.title) or summary(release)
    if release.status == "current":
        return title
    mark = str(phrases(release.copy.language)[release.status])
    return title if fold(title).startswith(fold(mark)) else f"{mark} {title}"


def _authors(release: Release, site: Site) -> tuple[Person, ...]:
    people = tuple(_person(m, site) for m in release.filing.issuers if m.name.strip())
    return people or (Person(one_line(release.source_title) or release.copy.source or site.author),)


def _person(mention: Mention, site: Site) -> Person:
    return Person(
        one_line(mention.name), site.feed_url(f"company/{mention.id}") if mention.publishable else ""
    )


def _contributors(release: Release) -> tuple[Person, ...]:
    """Who showed the text, where that is somebody else than the issuer (who is the author)."""
    named = tuple(Person(one_line(m.name)) for m in release.filing.companies if m.role in ("outlet", "wire"))
    issuer = release.filing.issuer
    if named or issuer is None or issuer.basis == "source" or not safe_url(release.copy.url):
        return named  # without an issuer the source is the author; a folder of files shows nothing
    outlet = one_line(release.source_title)
    own = any(fold(m.name) in fold(outlet) for m in release.filing.issuers)
    return () if own or not outlet else (Person(outlet),)


def _links(release: Release) -> Iterator[Link]:
    copy = release.copy
    alternate = safe_url(copy.url)
    language = "" if copy.language == "und" else copy.language
    if alternate:
        yield Link(alternate, "alternate", hreflang=language)
    via = safe_url(release.source_url)
    if via and _place(via) != copy.canonical_url:
        yield Link(via, "via", title=one_line(release.source_title))
    yield from _related(release, alternate)
    if release.content == "full" and release.status != "withdrawn":
        yield from _enclosures(release)


def _related(release: Release, alternate: str) -> Iterator[Link]:
    if release.continues:
        yield Link(release.continues.uid, "related")
    seen = {_place(alternate)}
    for sighting in release.sightings:
        url = safe_url(sighting.url)
        if not url or _place(url) in seen or len(seen) > _MAX_LINKS:
            continue
        seen.add(_place(url))
        where = one_line(sighting.source_title) or sighting.source
        language = "" if sighting.language == "und" else sighting.language
        title = ": ".join(filter(None, (where, one_line(sighting.title))))
        yield Link(url, "related", hreflang=language, title=title)


def _enclosures(release: Release) -> Iterator[Link]:
    seen: set[str] = set()
    for attached in release.copy.attachments:
        url = safe_url(attached.url)
        if not url or url in seen or len(seen) >= _MAX_LINKS:
            continue
        seen.add(url)
        media_type = attached.media_type if _MEDIA_TYPE.fullmatch(attached.media_type) else ""
        length = attached.length if attached.length is not None and 0 <= attached.length < 2**63 else None
        yield Link(url, "enclosure", type=media_type, title=one_line(attached.title), length=length)


def _categories(release: Release, site: Site) -> tuple[Category, ...]:
    found: dict[tuple[str, str], Category] = {}
    for category in (*_company_categories(release), *_topic_categories(release, site), *_kind(release, site)):
        found.setdefault((category.scheme, category.term), category)
    return (*found.values(), GENRE)


def _company_categories(release: Release) -> Iterator[Category]:
    for mention in release.filing.companies:
        if mention.publishable and mention.role not in _NOT_SHOWN:
            yield Category(mention.id, f"{SCHEME}:company:{mention.role}", one_line(mention.name))


def _topic_categories(release: Release, site: Site) -> Iterator[Category]:
    matched = [match.id for match in release.filing.topics if match.matched]
    for name in matched:
        topic = site.topics.get(name)
        yield Category(name, f"{SCHEME}:topic", one_line(topic.title) if topic else name)
    for topic in (site.topics[name] for name in matched if name in site.topics):
        for code in topic.iptc:
            yield Category(code.removeprefix("medtop:"), IPTC, one_line(topic.title))


def _kind(release: Release, site: Site) -> Iterator[Category]:
    kind = release.filing.kind
    if kind:
        yield Category(kind, f"{SCHEME}:kind", one_line(site.kinds.get(kind, "")) or kind)
