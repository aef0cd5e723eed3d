"""What a document is, and which feeds an HTML page announces. Bounded for hostile pages; fetches nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import Literal

from aggregator.adapters import charsets, markup
from aggregator.adapters.links import joined, web_url
from aggregator.errors import ReadError
from aggregator.model import Document
from aggregator.text import one_line

_HEAD = 1_000_000
_MOST = 50
_LINK = re.compile(r"<(link|base)(?=[\s/])([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_COMMENT_OR_SCRIPT = re.compile(r"<!--|<script(?=[\s>])|<style(?=[\s>])", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<script": "</script", "<style": "</style"}
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|div|p|table|h[1-6])(?=[\s>/])", re.IGNORECASE
)


def is_html(text: str) -> bool:
    """Whether a text is a page: its root is ``html``, or HTML's own elements come first."""
    root = markup.find_root(text[:_HEAD]).name.rpartition(":")[2].lower()
    return root == "html" or (root not in ("rss", "feed", "rdf") and bool(_HTML_TAG.search(text[:20_000])))


def looks_like(document: Document) -> Literal["feed", "html", "json", "text", "binary"]:
    """What the content is, whatever it is declared to be. JSON that is a JSON Feed is a ``feed``."""
    try:
        text = charsets.decode(document.content[:_HEAD], document.charset).text.lstrip("\ufeff \t\r\n\0")
    except ReadError:
        return "binary"
    if text[:1] in ("{", "["):
        return "feed" if "jsonfeed.org/version" in text[:100_000] else "json"
    root = markup.find_root(text)
    name = root.name.rpartition(":")[2].lower()
    if name in ("rss", "feed", "rdf") and not (root.junk and is_html(text)):
        return "feed"
    return "html" if is_html(text) else "text"


def announced_feeds(document: Document) -> tuple[tuple[str, str], ...]:
    """``(address, title)`` of each ``<link rel="alternate">`` to a feed, in the order of the page.

    Addresses are absolute http(s). At most 50, from the first million characters; links inside
    comments and scripts do not count. Empty for what is no text.
    """
    try:
        text = charsets.decode(document.content[:_HEAD], document.charset).text
    except ReadError:
        return ()
    base, found = document.url, dict[str, str]()
    for match in _LINK.finditer(_visible(text)):
        values = _attributes(match[2])
        if match[1].lower() == "base":
            base = joined(document.url, values.get("href", "")) if base == document.url else base
        elif _is_feed_link(values):
            url = web_url(values.get("href", ""), base)
            if url:
                found.setdefault(url, one_line(values.get("title", ""))[:200])
        if len(found) >= _MOST:
            break
    return tuple(found.items())


def _visible(text: str) -> str:
    """The page without comments, scripts and style sheets."""
    parts, at = [], 0
    while match := _COMMENT_OR_SCRIPT.search(text, at):
        parts.append(text[at : match.start()])
        end = re.compile(re.escape(_ENDS[match[0].lower()]), re.IGNORECASE).search(text, match.end())
        at = end.end() if end else len(text)
    return "".join([*parts, text[at:]])


def _attributes(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, *forms in _ATTRIBUTE.findall(text):
        values.setdefault(name.lower(), unescape("".join(forms)))
    return values


def _is_feed_link(values: dict[str, str]) -> bool:
    rel = values.get("rel", "").lower().split()
    kind = values.get("type", "").partition(";")[0].strip().lower()
    return ("alternate" in rel or "feed" in rel) and (kind in _FEED_TYPES or (not kind and "feed" in rel))
