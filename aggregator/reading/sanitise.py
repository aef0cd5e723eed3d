"""Markup of strangers made safe to publish: the last stage of reading, and the bounds of the first.

`fragment` is the only way from a stranger's markup to `model.Block.html`: nh3 with a strict list, then
an own pass for what nh3 lets through (relative and scheme-relative addresses, user names in addresses,
deceiving characters). `bounded` cuts what would make the parsers slow (measured: 500 KB of nested
``<div>`` take nh3 17 s, 100,000 attributes take lxml 16 s). No I/O, no clock, never raises.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit, urlunsplit

import nh3

from aggregator.text import scrub

MAX_FRAGMENT = 256 * 1024
"""Characters of markup of one block or item that are given to nh3."""
MAX_DEPTH = 256
"""Open elements; browsers cap at 512, libxml2 at 256."""
MAX_TAGS = 100_000
"""Tags of one page. Each costs 600 bytes in memory; the largest pages of the web have half as many."""
_MAX_TAG = 8 * 1024
MAX_ATTRIBUTES = 256
"""Of one tag. Parsers compare each with all before it."""
"""Characters of one tag. Longer ones carry thousands of attributes or inline images."""

INLINE = frozenset({"a", "abbr", "b", "br", "code", "em", "i", "small", "strong", "sub", "sup"})
_BLOCKS = frozenset(
    {
        "blockquote",
        "caption",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_SCHEMES = {"http", "https", "mailto"}

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
_ANY_TAG = re.compile(r"<[^>]*>")
_UNLINKED = re.compile(r"<a(?: rel=\"[^\"]*\")?>(.*?)</a>", re.DOTALL)


_OVERLONG = re.compile(rf"<[a-zA-Z/][^>]{{{_MAX_TAG}}}")
# As HTML's tokenizer sees them: a value in quotes may hold ">" and "<". Nothing is ever taken back, so it is linear.
_ATTRIBUTE = r"""[\s/]++(?:[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)?+"""
_CROWDED = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}")


def shortened(markup: str, limit: int = MAX_FRAGMENT) -> tuple[str, bool]:
    """Markup of bounded size without overlong tags, and whether something was cut from it.

    Cut are: what stands after `limit` characters (at the last tag before it) or behind 100,000 tags, and
    tags longer than 8 KB.
    """
    cut = len(markup) > limit
    if markup.count("<", 0, limit) > MAX_TAGS:
        limit, cut = next(islice(re.finditer("<", markup), MAX_TAGS, None)).start() + 1, True
    if cut:
        at = markup.rfind("<", 0, limit)
        markup = markup[: at if at > 0 else limit]
    out, last = [], 0
    while len(markup) - last > _MAX_TAG and (hit := _OVERLONG.search(markup, last)):
        # An overlong or unfinished tag: leave it out, and go on behind it.
        far = markup.find(">", hit.end())
        out.append(markup[last : hit.start()])
        last, cut = (far + 1 if far >= 0 else len(markup)), True
    return "".join([*out, markup[last:]]), cut


def uncrowded(markup: str) -> str:
    """Markup without its tags of more than 256 attributes; the same string where there are none."""
    out, last = [], 0
    while (hit := _CROWDED.search(markup, last)) is not None:
        out.append(markup[last : hit.start()])
        last = markup.find(">", hit.end()) + 1 or len(markup)
    return "".join([*out, markup[last:]]) if out else markup


def bounded(markup: str, limit: int = MAX_FRAGMENT) -> tuple[str, bool]:
    """Markup that no parser chokes on, and whether something was cut from it.

    As `shortened`; cut are also tags of more than 256 attributes and those deeper than 256 open elements (their
    text stays). Linear scans.
    """
    markup, cut = shortened(markup, limit)
    plain = uncrowded(markup)
    markup, cut = plain, cut or plain is not markup
    if markup.count("<") <= MAX_DEPTH:
        return markup, cut
    out, last, depth = [], 0, 0
    for hit in _TAG.finditer(markup):
        if hit.start() < last or hit[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if hit[1] else depth + 1
        if depth > MAX_DEPTH or (hit[1] and depth == MAX_DEPTH):
            end = markup.find(">", hit.end())
            out.append(markup[last : hit.start()])
            last, cut = (end + 1 if end >= 0 else len(markup)), True
    out.append(markup[last:])
    return "".join(out), cut


def fragment(markup: str, base: str = "") -> str:
    """Safe inline, list or table markup: only the elements and addresses that an entry may carry.

    Addresses are made absolute against `base`; what does not end as http, https or mailto loses its link
    and keeps its text. Idempotent.
    """
    if "<" not in markup:
        return scrub(markup)
    return scrub(_links(_cleaner()(bounded(markup)[0]), base))


@lru_cache(maxsize=1)
def _cleaner():  # type: ignore[no-untyped-def]
    return nh3.Cleaner(
        tags=set(INLINE | _BLOCKS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "template", "noscript", "svg", "math", "iframe", "object"},
    ).clean


_HREF = re.compile(r'<a href="([^"]*)">')


def _links(markup: str, base: str) -> str:
    if "<a" not in markup:
        return markup

    def whole(hit: re.Match[str]) -> str:
        found = address(_unescape(hit[1]), base)
        return f'<a href="{_escape(found)}">' if found else "<a>"

    return _UNLINKED.sub(r"\1", _HREF.sub(whole, markup))


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_ABSOLUTE = re.compile(r"https?://[^/]", re.I)
_HOSTLESS = re.compile(r"https?:(?!//[^/?#])", re.I)
"""Browsers find a host in some of these, and resolve others; each may lead elsewhere than it shows."""
_LONGEST = 4000
"""Characters of an address, before and after it was made whole."""
_ENCODED = str.maketrans({'"': "%22", "<": "%3C", ">": "%3E", "`": "%60"})
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


@lru_cache(maxsize=4096)
def address(url: str, base: str = "") -> str:
    """An absolute http, https or mailto address without user name and password; else ``""``.

    Backslashes count as slashes, as browsers have it; a host is kept as ASCII (punycode), so that a
    look-alike shows. ``""`` too for a place within the page.
    """
    url = scrub(url).strip()
    if not url or len(url) > _LONGEST or url.startswith("#"):
        return ""
    if url[:7].lower() == "mailto:":
        return "mailto:" + _CONTROL.sub("", url[7:])
    url = re.sub(r"[\t\n\r]", "", url).replace("\\", "/").replace(" ", "%20")
    if _HOSTLESS.match(url):
        return ""
    try:
        whole = url if not base or _ABSOLUTE.match(url) else urljoin(base, url)
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host or _CONTROL.search(host):
        return ""
    host = f"[{host}]" if ":" in host else host
    where = f"{host}:{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else host
    made = urlunsplit((parts.scheme, where, parts.path, parts.query, parts.fragment))
    made = _CONTROL.sub("", made).translate(_ENCODED)
    return made if len(made) <= _LONGEST else ""


def without_start(markup: str, characters: int) -> str:
    """Inline markup without its first characters of text: a dateline is cut off the lead.

    Counts letters only, because spaces differ between the text and the markup of a block.
    """
    out, at = [], 0
    for token in re.finditer(r"<[^>]*>|&[#\w]+;|[^<&]+|[<&]", markup):
        piece = token.group()
        if piece[0] == "<" and len(piece) > 1:
            out.append(piece)
            continue
        if at < characters:
            size = 1 if piece[0] == "&" else 0
            piece, at = ("", at + size) if size else _skip(piece, at, characters)
        out.append(piece)
    rest, before = "".join(out), ""
    while rest != before:
        before, rest = rest, re.sub(r"<(\w+)[^>]*>\s*</\1>|^\s*<br>", "", rest)
    return rest.strip()


def _skip(piece: str, at: int, characters: int) -> tuple[str, int]:
    for index, letter in enumerate(piece):
        if at >= characters:
            return piece[index:], at
        at += not letter.isspace()
    return "", at


def plain(markup: str) -> str:
    """The text of small markup (a title): tags dropped, entities read."""
    from html import unescape

    return unescape(_ANY_TAG.sub(" ", markup)) if "<" in markup or "&" in markup else markup
