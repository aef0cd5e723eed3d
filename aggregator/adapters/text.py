"""One file, one draft: plain text, Markdown with its front matter, and saved HTML pages.

What kind of file it is follows from its name, then from its declared type, then from its content. Mails,
PDF documents, JSON Lines, saved feeds and archives that lie among the texts of a folder are handed to their own adapters.
Nothing of the text is interpreted here but front matter and the address that a page gives itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal
from urllib.parse import urlsplit

from aggregator.adapters import Item, charsets, load
from aggregator.adapters.dates import as_iso
from aggregator.adapters.discovery import is_html, looks_like
from aggregator.adapters.links import web_url
from aggregator.adapters.markup import legal
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Source
from aggregator.text import one_line

MAX_BYTES = 5_000_000

Kind = Literal["text/plain", "text/html", "text/markdown"]

_SUFFIXES: dict[str, Kind] = {
    "txt": "text/plain", "text": "text/plain", "md": "text/markdown", "markdown": "text/markdown",
    "html": "text/html", "htm": "text/html", "xhtml": "text/html",
}  # fmt: skip
_TYPES: dict[str, Kind] = {
    "text/html": "text/html", "application/xhtml+xml": "text/html", "text/markdown": "text/markdown",
    "text/x-markdown": "text/markdown",
}  # fmt: skip
_OTHERS = {
    "eml": "email", "message/rfc822": "email", "pdf": "pdf", "application/pdf": "pdf",
    "warc": "warc", "warc.gz": "warc", "application/warc": "warc",
    "jsonl": "jsonlines", "json": "jsonlines", "application/jsonl": "jsonlines",
    "xml": "feed", "rss": "feed", "atom": "feed",
}  # fmt: skip
"""Adapters of the files that are no texts, by suffix and by declared type."""
_FIELDS = {
    "title": ("title", "titel", "headline"),
    "date": ("date", "published", "datum", "pubdate"),
    "updated": ("updated", "lastmod", "modified"),
    "company": ("company", "issuer", "firma", "unternehmen"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "language": ("language", "lang", "sprache"),
    "tags": ("tags", "categories", "keywords"),
}
_FRONT_MATTER = re.compile(
    r"\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^([A-Za-z][\w-]{0,40})[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_TAG = re.compile(r"<(link|meta|html)(?=[\s/])([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def read(document: Document, source: Source) -> Iterator[Item]:
    """The one draft of a file. Raises ReadError ``empty``, ``binary``, ``too_large`` at once."""
    other = _OTHERS.get(_suffix(document) or document.media_type)
    if other:
        if other == "jsonlines" and looks_like(document) == "feed":
            other = "feed"
        return load(other)(document, source)
    data = document.content
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a text may have {MAX_BYTES:,}")
    kind = _kind(document)
    text, notes = _text(document, html=kind == "text/html")
    kind = kind or ("text/html" if is_html(text) else "text/plain")
    fields: dict[str, str] = {}
    if kind == "text/markdown":
        fields, text = front_matter(text)
    elif kind == "text/html":
        fields = _page_fields(text, document.url)
    if not text.strip():
        raise ReadError("empty", "the file holds no text")
    return iter([_draft(document, source, kind, text, fields, notes)])


def _draft(
    document: Document, source: Source, kind: Kind, text: str, fields: dict[str, str], notes: tuple[str, ...]
) -> Draft:
    own = document.url if web_url(document.url) else ""
    url = web_url(fields.get("url", ""), own) or web_url(own)
    return Draft(
        key=document.key or document.url,
        content=text,
        content_type=kind,
        fetched_at=document.fetched_at,
        url=url,
        base=web_url(own) or url,
        title=one_line(fields.get("title", "")),
        published=as_iso(fields.get("date", ""), day_first=source.day_first),
        updated=as_iso(fields.get("updated", ""), day_first=source.day_first),
        language=fields.get("language", "")[:35],
        company=one_line(fields.get("company", ""))[:200],
        categories=tuple(
            filter(None, (one_line(t.strip("\"'[] ")) for t in fields.get("tags", "").split(",")))
        ),
        notes=notes,
    )


def _kind(document: Document) -> Kind | None:
    """By the name of the file, else by its declared type; None where neither says."""
    return _SUFFIXES.get(_suffix(document)) or _TYPES.get(document.media_type)


def _suffix(document: Document) -> str:
    name = (document.key or urlsplit(document.url).path).rpartition("/")[2]
    if name.lower().endswith(".warc.gz"):
        return "warc.gz"
    return name.rpartition(".")[2].lower() if "." in name else ""


def _text(document: Document, *, html: bool) -> tuple[str, tuple[str, ...]]:
    data = document.content
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    found = _META_CHARSET.search(data[:4096]) if html else None
    meta = found[1].decode("ascii", "replace") if found else ""
    known = document.charset if charsets.codec_of(document.charset) else meta
    decoded = charsets.decode(data, known)
    if "\0" in decoded.text:
        raise ReadError("binary", "this is binary data (it holds zero bytes), not a text")
    return legal(decoded.text.replace("\r\n", "\n").replace("\r", "\n")), decoded.notes


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The ``key: value`` lines between ``---`` (or ``key = value`` between ``+++``), and the rest.

    Only plain lines are read; nested values are passed over. Keys are the English names of this
    module's fields. A text without front matter, or with one that never ends, comes back whole.
    """
    block = _FRONT_MATTER.match(text)
    if not block:
        return {}, text
    lines = {name.lower(): _unquoted(value) for name, value in reversed(_FIELD.findall(block[2]))}
    if not lines:
        return {}, text  # two rules around a paragraph
    named = {field: next((lines[a] for a in names if lines.get(a)), "") for field, names in _FIELDS.items()}
    return {field: value for field, value in named.items() if value}, text[block.end() :]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    # A comment begins after a space: `Title: Produkt C# 2` keeps its sign.
    return value.partition(" #")[0].strip()


def _page_fields(text: str, base: str) -> dict[str, str]:
    """Address and language as the page states them: canonical link before ``og:url``."""
    fields: dict[str, str] = {}
    social = ""
    for match in _HEAD_TAG.finditer(text[:500_000]):
        values = {n.lower(): unescape("".join(forms)).strip() for n, *forms in _ATTRIBUTE.findall(match[2])}
        tag = match[1].lower()
        if tag == "html":
            fields.setdefault("language", values.get("lang") or values.get("xml:lang") or "")
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            fields.setdefault("url", values.get("href", ""))
        elif tag == "meta" and values.get("property", values.get("name", "")).lower() == "og:url":
            social = social or values.get("content", "")
    if not web_url(fields.get("url", ""), base) and social:
        fields["url"] = social
    return fields
