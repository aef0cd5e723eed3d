"""What every feed format has in common: items as a parser found them, made into drafts.

`RawFeed` and `RawItem` hold strings as the source wrote them; `drafts` gives each item its key, its
richest text, an absolute address and readable dates. It never looks at when the document was fetched:
an identity made from that would make every item new every day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.model import Attachment, Document, Draft, Problem, Source
from aggregator.text import digest, one_line

MAX_CONTENT = 5_000_000
"""Characters of one item's text; a longer one is no press release and is reported."""
_LONGEST_KEY = 512
_LONGEST_TITLE = 1000
_MOST_FILES = 50
_MOST_CATEGORIES = 50

_TAG = re.compile(r"<[^<>]*>")
_HTML_NAMES = (
    "a|abbr|acronym|address|article|aside|b|big|blockquote|body|br|caption|center|cite|code|dd|del|div|dl|dt|em|"
    "figcaption|figure|font|footer|h[1-6]|header|hr|html|i|iframe|img|ins|li|link|main|mark|meta|nav|nobr|ol|p|pre|"
    "q|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video|wbr"
)
_HTML_TAG = re.compile(rf"</?(?:{_HTML_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_HTML_NAMES})(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
_HTML_CUE = re.compile(rf"</?(?:{_HTML_NAMES})[\s/>]|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<(?:br|p|div|li|tr|h[1-6])\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")
_C1 = re.compile("[\x80-\x9f]")
_FROM_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}

Form = Literal["plain", "html", "unknown"]


@dataclass(slots=True, kw_only=True)
class Piece:
    """One text of an item: its content, or its description."""

    text: str
    form: Form = "unknown"
    base: str = ""
    language: str = ""


@dataclass(slots=True, kw_only=True)
class RawFile:
    url: str
    media_type: str = ""
    length: str = ""
    title: str = ""


@dataclass(slots=True, kw_only=True)
class RawItem:
    """An item as a parser found it; every string may be empty."""

    id: str = ""
    link: str = ""
    origin: str = ""
    """The address behind a link that only counts clicks (``feedburner:origLink``)."""
    permalink: str = ""
    """An id that is said to be an address."""
    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    """Fuller texts before their summary."""
    published: str = ""
    updated: str = ""
    language: str = ""
    organisations: list[str] = field(default_factory=list)
    """Contributor, creator, author: who may be the issuer, likeliest first."""
    publisher: str = ""
    categories: list[str] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RawFeed:
    title: str = ""
    language: str = ""
    home: str = ""
    hub: str = ""
    base: str = ""
    older: str = ""
    """Address of the page with the items before these, where it names one."""
    generator: str = ""
    items: list[RawItem] = field(default_factory=list)


def newest(feed: RawFeed, most: int) -> int:
    """Keep the newest items only, in their order; returns how many there were."""
    count = len(feed.items)
    if count > most:
        # Undated ones stay in front: nothing says that they are old.
        ranked = sorted(feed.items, key=lambda i: as_iso(i.published or i.updated) or "9", reverse=True)
        kept = {id(item) for item in ranked[:most]}
        feed.items = [item for item in feed.items if id(item) in kept]
    return count


def plain(text: str) -> str:
    """One line of plain text from a title or name: HTML in it undone, escaped once or twice."""
    if "&" in text or "<" in text:
        text = _INLINE_TAG.sub(_space_for_break, text)
        if "&" in text:
            text = unescape(text)
            if "<" in text or "&" in text:
                text = unescape(_INLINE_TAG.sub(_space_for_break, text))
    return one_line(mended(text))


def _space_for_break(match: re.Match[str]) -> str:
    return " " if _BREAK_TAG.match(match[0]) else ""


def mended(text: str) -> str:
    """Text whose letters went through a wrong encoding on their way, put right.

    UTF-8 that was taken for Latin-1 and encoded again, and Windows-1252 quotes left as control codes,
    both as feedparser does.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return _C1.sub(lambda found: _FROM_C1[ord(found[0])], text)


def length_of(text: str) -> int:
    """Characters that a reader sees, roughly: without tags and runs of white space."""
    return len(" ".join(_TAG.sub(" ", text).split()))


def drafts(
    feed: RawFeed, document: Document, source: Source, notes: tuple[str, ...]
) -> Iterator[Draft | Problem]:
    """The items as drafts, each identity once, in the order of the feed; a Problem for what is lost."""
    publishers = {item.publisher for item in feed.items}
    made: list[Draft] = []
    for item in feed.items:
        draft = _draft(item, feed, document, source, notes, publisher_varies=len(publishers) > 1)
        if isinstance(draft, Problem):
            yield draft
        else:
            made.append(draft)
    yield from _unique(made)


def _draft(
    item: RawItem,
    feed: RawFeed,
    document: Document,
    source: Source,
    notes: tuple[str, ...],
    *,
    publisher_varies: bool,
) -> Draft | Problem:
    title = plain(item.title[: 4 * _LONGEST_TITLE])[:_LONGEST_TITLE]
    base = feed.base or document.url
    url = web_url(item.origin, base) or web_url(item.link, base) or web_url(item.permalink, base)
    piece, summary = _richest(item.pieces)
    published, updated, date_notes = _dates(item, source)
    key = _key(item, url, title or piece.text[:2000], published)
    if len(piece.text) > MAX_CONTENT:
        detail = f"{title[:80]!r}: its text has {len(piece.text):,} characters; {MAX_CONTENT:,} are read"
        return Problem("too_large", detail, url or key)
    if not (title or piece.text or url or item.files):
        return Problem("empty_item", "an item without title, text and address was left out", key)
    return Draft(
        key=key,
        content=piece.text,
        content_type="text/plain" if piece.form == "plain" else "text/html",
        fetched_at=document.fetched_at,
        url=url,
        base=web_url(piece.base, base) or url or document.url,
        title=title,
        summary=summary,
        published=published,
        updated=updated,
        language=_language(piece.language, item.language, feed.language),
        company=_company(item, source, publisher_varies=publisher_varies),
        categories=_categories(item.categories),
        attachments=_attachments(item.files, base),
        notes=notes + date_notes,
    )


def _richest(pieces: list[Piece]) -> tuple[Piece, str]:
    """The longest text, and as plain text the longest other one that is not its repetition."""
    texts = [p for p in (_piece(p) for p in pieces) if p.text]
    if not texts:
        return Piece(text="", form="plain"), ""
    if len(texts) == 1:
        return texts[0], ""
    # Stable: of texts of one length the first stays first, content before description.
    measured = sorted(((length_of(p.text), p) for p in texts), key=lambda pair: -pair[0])
    length, best = measured[0]
    for other_length, other in measured[1:]:
        summary = _summary(other) if other.text != best.text else ""
        # Only texts of about one length can say the same, once as HTML and once plain.
        if summary and (other_length * 10 < length * 9 or summary != _summary(best)):
            return best, summary
    return best, ""


def _piece(piece: Piece) -> Piece:
    text = mended(piece.text).strip()
    form = piece.form
    if form == "unknown":
        form = "html" if _HTML_CUE.search(text) else "plain"
    return Piece(text=text, form=form, base=piece.base, language=piece.language)


def _summary(piece: Piece) -> str:
    text = piece.text[:20_000]
    return one_line(text if piece.form == "plain" else unescape(_TAG.sub(" ", text)))


def _dates(item: RawItem, source: Source) -> tuple[str, str, tuple[str, ...]]:
    published = as_iso(mended(item.published), day_first=source.day_first)
    updated = as_iso(mended(item.updated), day_first=source.day_first)
    if published or not updated:
        return published, updated, ()
    return updated, updated, ("it states no publication date; that of its last update stands in",)


def _key(item: RawItem, url: str, stated: str, published: str) -> str:
    given = " ".join(mended(item.id).split())
    if len(given) > _LONGEST_KEY:
        return f"{given[:80]}#{_hash(given)}"
    # Title and date do not change when the item is fetched again, and together are seldom used twice.
    return given or url or "item:" + _hash(stated, published)


def _hash(*parts: str) -> str:
    return digest("\0".join(parts).encode("utf-8", "replace")).hex()[:20]


def _language(*candidates: str) -> str:
    """The first that is shaped like a BCP 47 tag."""
    for candidate in candidates:
        tag = candidate.strip().replace("_", "-")
        if len(tag) <= 35 and _LANGUAGE.fullmatch(tag):
            return tag
    return ""


def _company(item: RawItem, source: Source, *, publisher_varies: bool) -> str:
    """Who a wire says the release is from. On other sources these fields name journalists."""
    if source.role != "wire":
        return ""
    # A publisher that is the same for every item is the wire itself.
    publisher = item.publisher if publisher_varies else ""
    return next((name for raw in (*item.organisations, publisher) if (name := plain(raw[:500]))), "")[:200]


def _categories(raw: list[str]) -> tuple[str, ...]:
    named = (plain(text[:500])[:200] for text in raw[:_MOST_CATEGORIES])
    return tuple(dict.fromkeys(name for name in named if name))


def _attachments(raw: list[RawFile], base: str) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for file in raw[:_MOST_FILES]:
        url = web_url(file.url, base)
        if url and url not in found:
            kind = file.media_type.strip().lower()
            found[url] = Attachment(
                url=url,
                media_type=kind if _MEDIA_TYPE.fullmatch(kind) else "",
                length=_size(file.length),
                title=plain(file.title[:500]),
            )
    return tuple(found.values())


def _size(text: str) -> int | None:
    """Bytes as declared; None for nothing, zero, and sizes that no file has."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 14):
        return None
    return int(text) or None


def _unique(made: list[Draft]) -> list[Draft]:
    """Each key once. Repetitions are dropped; different texts under one key get keys of their own.

    All of them, not all but the first: which one would keep the bare key would depend on what else the
    feed shows that day, and a key that moves makes one release look like the revision of another.
    """
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in made:
        groups[draft.key].append(draft)
    kept: dict[int, Draft] = {}
    for group in groups.values():
        distinct = _versions(group)
        linked = len({d.url for d in distinct} - {""}) == len(distinct)
        for draft in distinct:
            kept[id(draft)] = draft if len(distinct) == 1 else _own_key(draft, by_link=linked)
    return _numbered([kept[id(draft)] for draft in made if id(draft) in kept])


def _versions(group: list[Draft]) -> list[Draft]:
    """Different releases among drafts of one key: repetitions once, of dated versions the newest."""
    distinct: dict[tuple[str, ...], Draft] = {}
    for draft in group:
        same = (draft.title, draft.url) if draft.updated else (draft.title, draft.url, draft.content)
        known = distinct.get(same)
        if known is None or draft.updated > known.updated:
            distinct[same] = draft
    return list(distinct.values())


def _own_key(draft: Draft, *, by_link: bool) -> Draft:
    mark = _hash(draft.url) if by_link else _hash(draft.title, draft.published, draft.url)
    return replace(draft, key=f"{draft.key}#{mark}", notes=(*draft.notes, "its id is used by several items"))


def _numbered(made: list[Draft]) -> list[Draft]:
    """Keys that still coincide (same title, date and link, other text) told apart by the text."""
    seen: set[str] = set()
    unique: list[Draft] = []
    for draft in made:
        if draft.key in seen:
            draft = replace(draft, key=f"{draft.key}#{_hash(draft.content)}")
        if draft.key not in seen:
            seen.add(draft.key)
            unique.append(draft)
    return unique
