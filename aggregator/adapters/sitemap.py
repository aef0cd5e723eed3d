"""Sitemaps (sitemaps.org, and the news extension), their indexes, gzip, plain text, RSS and Atom; robots.txt too.

A sitemap names pages and says when they were touched; what they are their addresses tell (`listing.paths`). ``lastmod`` is
a hint that a page changed and never a date of publication; ``news:publication_date`` is one. Pure: bytes only,
inflated here within bounds; the pieces of an index are asked for with `Follow`, at most so many, on its own site.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from aggregator.adapters import Item, allowed, charsets, load, markup
from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import same_site, web_url
from aggregator.adapters.listing import paths
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Source
from aggregator.text import one_line

MAX_BYTES = 52_428_800
"""Of a sitemap without its compression [R: sitemaps.org]."""
MOST_PAGES, MOST_PARTS = 10_000, 50
_MOST_ENTRIES = 50_000
"""Entries of one file that are looked at [R: sitemaps.org]."""
_STEP = 1_000_000
_MOST_MEMBERS = 1_000
"""Pieces of a gzip file. Each costs a copy of all that follow it."""
_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.I | re.M)
_FEEDS = frozenset({"rss", "feed", "rdf"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One page or one further sitemap, as it is named."""

    url: str
    changed: str = ""
    """``lastmod``, ISO 8601 where it could be read."""
    published: str = ""
    title: str = ""
    language: str = ""


def read(document: Document, source: Source) -> Iterator[Item]:
    """The pages of a sitemap that are releases, the newest first, or its further sitemaps, as `Follow`.

    Without `Source.allow` those in a press section are taken, and all of a news sitemap. Raises ReadError: ``empty``,
    ``too_large``, ``binary``, ``broken``, ``not_a_sitemap``, ``no_releases`` where the source itself names none.
    """
    text = _text(document)
    if urlsplit(document.url).path == "/robots.txt":
        return iter(_parts([Entry(url) for url in from_robots(text, document.url)], document, source))
    root = markup.find_root(text).name.rpartition(":")[2].lower()
    if root in _FEEDS:
        return (i for i in load("feed")(document, source) if _wanted_item(i, source))
    if root not in ("urlset", "sitemapindex"):
        if root or not web_url(text.split("\n", 1)[0].strip()):
            raise ReadError(
                "not_a_sitemap", f"its root is <{root[:40]}>" if root else "it is no list of addresses"
            )
        named = (Entry(url) for line in text.split("\n") if (url := web_url(line)))
        return iter(_pages(list(islice(named, _MOST_ENTRIES)), document, source))
    entries, whole = _entries(text, document)
    made = (_parts if root == "sitemapindex" else _pages)(entries, document, source)
    if not (whole and document.complete):
        made.append(
            Problem("truncated", f"the sitemap ends early after {len(entries)} entries", document.place)
        )
    return iter(made)


def from_robots(text: str, base: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, each once, at most 50 [R: sitemaps.org, RFC 9309 2.2.4]."""
    found = (web_url(hit[1], base) for hit in _ROBOTS.finditer(text[:500_000]))
    return tuple(dict.fromkeys(url for url in found if url))[:MOST_PARTS]


def _text(document: Document) -> str:
    data = _inflated(document.content)
    if not data.strip():
        whole = not document.content.strip()
        raise ReadError(
            *(("empty", "the sitemap is empty") if whole else ("broken", "nothing can be unpacked"))
        )
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a sitemap may have {MAX_BYTES:,}")
    return charsets.decode(data, document.charset).text.lstrip("\ufeff \t\r\n\0")


def _inflated(data: bytes) -> bytes:
    """The bytes of a gzip file, its members one after another; others as they are. A file that ends early is cut."""
    parts: list[bytes] = []
    size = 0
    for _ in range(_MOST_MEMBERS):
        if not data.startswith(b"\x1f\x8b"):
            break
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not member.eof and data:
                parts.append(member.decompress(data, _STEP))
                size, data = size + len(parts[-1]), member.unconsumed_tail
                if size > MAX_BYTES:
                    raise ReadError("too_large", f"it unpacks to more than {MAX_BYTES:,} bytes")
        except zlib.error as error:
            raise ReadError("broken", f"the gzip data is broken: {error}") from error
        data = member.unused_data
    else:
        raise ReadError("too_large", f"it is packed in more than {_MOST_MEMBERS:,} pieces")
    return b"".join(parts) if parts else data


def _entries(text: str, document: Document) -> tuple[list[Entry], bool]:
    """The entries of a sitemap, and whether it came to its end."""
    root = markup.find_root(text)
    text = text[root.start :]  # without what could declare entities
    whole = f"</{root.name}" in text[-500:]
    if not whole:  # an entry that breaks off has half an address
        text = text[: max(text.rfind("url>") + 4, text.rfind("sitemap>") + 8, 8)]
    data = io.BytesIO(text.encode("utf-8", "replace"))
    found: list[Entry] = []
    # Namespaces are left open: many sitemaps declare the wrong one.
    events = etree.iterparse(
        data, events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            entry = _entry(element, document.url)
            if entry is not None:
                found.append(entry)
            element.clear()
            while (before := element.getprevious()) is not None and (
                parent := element.getparent()
            ) is not None:
                parent.remove(before)
            if len(found) >= _MOST_ENTRIES:
                return found, True
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:  # lxml lets half a character into a name
        if not found:
            raise ReadError("broken", f"the sitemap is broken: {str(error)[:200]}") from error
    return found, whole


def _entry(element: etree._Element, base: str) -> Entry | None:
    own = _children(element)
    url = web_url(own.get("loc", ""), base)
    if not url:
        return None
    news = next((c for c in element if isinstance(c.tag, str) and _local(c) == "news"), None)
    said = _children(news) if news is not None else {}
    issue = next((c for c in news if _local(c) == "publication"), None) if news is not None else None
    return Entry(
        url,
        as_iso(own.get("lastmod", "")[:60]),
        as_iso(said.get("publication_date", "")[:60]),
        one_line(said.get("title", "")[:1000]),
        (_children(issue).get("language", "") if issue is not None else "")[:35],
    )


def _children(element: etree._Element) -> dict[str, str]:
    """The texts of an element's own children by local name; those of images and videos stand one level deeper."""
    return {_local(c): (c.text or "").strip() for c in reversed(element) if isinstance(c.tag, str)}


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _parts(entries: list[Entry], document: Document, source: Source) -> list[Item]:
    """The further sitemaps on the source's own site: those that are named after releases first, then the newest."""
    own = [e for e in entries if same_site(e.url, source.url) and e.url not in (document.url, source.url)]
    own.sort(key=lambda e: e.changed, reverse=True)
    own.sort(key=lambda e: paths.is_section(urlsplit(e.url).path.rpartition("/")[2]), reverse=True)
    urls = list(dict.fromkeys(e.url for e in own))
    made: list[Item] = [Follow(url=url, reader="sitemap", kind="part") for url in urls[:MOST_PARTS]]
    if len(urls) > MOST_PARTS:
        detail = f"it names {len(urls)} further sitemaps; {MOST_PARTS} are read"
        made.append(Problem("too_many_items", detail, document.place))
    return made


def _pages(entries: list[Entry], document: Document, source: Source) -> list[Item]:
    home = {document.url, source.url}
    found = {e.url: e for e in entries if e.url not in home and allowed.is_wanted(e.url, source, e.language)}
    wanted = list(found.values())
    if not any(entry.startswith("/") for entry in source.allow):
        # The news extension is for what is new; what is older stands beside it without.
        news = [e for e in wanted if e.published]
        wanted = news + paths.of_press([e for e in wanted if not e.published], lambda e: e.url)
    if not wanted and document.place == source.url:
        detail = f"of its {len(entries)} addresses none is in a press section: name its path in `allow`"
        raise ReadError("no_releases", detail)
    wanted = _without_stamp(wanted)
    wanted.sort(key=lambda e: e.published or e.changed, reverse=True)
    made: list[Item] = [_follow(entry, document) for entry in wanted[:MOST_PAGES]]
    if len(wanted) > MOST_PAGES:
        detail = f"it names {len(wanted):,} releases; the newest {MOST_PAGES:,} are read"
        made.append(Problem("too_many_items", detail, document.place))
    return made


def _without_stamp(entries: list[Entry]) -> list[Entry]:
    """Without the time at which a system wrote the file, which it states for most of its pages."""
    stated = Counter(e.changed for e in entries if e.changed)
    stamp, count = next(iter(stated.most_common(1)), ("", 0))
    if count < 5 or count * 2 < len(entries):
        return entries
    return [replace(e, changed="") if e.changed == stamp else e for e in entries]


def _follow(entry: Entry, document: Document) -> Follow:
    listed = Draft(
        key=entry.url, content="", content_type="text/plain", fetched_at=document.fetched_at, url=entry.url,
        base=entry.url, title=entry.title, published=entry.published, updated=entry.changed, language=entry.language,
    )  # fmt: skip
    return Follow(url=entry.url, reader="article", listed=listed)


def _wanted_item(item: Item, source: Source) -> bool:
    url = item.url if isinstance(item, Draft | Follow) else ""
    return not url or allowed.is_wanted(url, source)
