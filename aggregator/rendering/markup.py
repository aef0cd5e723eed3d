"""The last gate for text and addresses before they are published. Knows nothing of releases.

Text is never trusted: whatever is not known to be sanitised HTML is escaped. HTML that an earlier
stage sanitised passes one more, stricter list here, because a hole there must not become a hole in
every subscriber's reader (nh3's default list leaves ``cite="javascript:"``).
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import idna
import nh3

from aggregator.text import scrub

_TAG_NAMES = """
a abbr b blockquote br caption cite code dd del dl dt em figcaption figure h3 h4 h5 h6 hr i ins kbd li mark
ol p pre q s small strong sub sup table tbody td tfoot th thead tr u ul var
"""
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = frozenset({"http", "https"})
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
# Most addresses are harmless as they are, and one look tells: no user name, port, escape or fragment.
_HARMLESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def escape(text: str) -> str:
    """Plain text as HTML: illegal characters dropped, the five special ones escaped."""
    return html.escape(scrub(text))


@lru_cache(maxsize=4096)
def safe_url(url: str) -> str:
    """An absolute http(s) address fit to be clicked, or ``""``.

    User names and passwords are cut off (``https://bank@evil.example``), hosts become punycode, and
    whatever a header, an attribute or a terminal could misread is percent-encoded or refused.
    """
    if _HARMLESS.fullmatch(url):
        return url
    url = "".join(c for c in scrub(url).strip() if c >= " " and c != "\x7f")
    before, mark, query = url.partition("?")
    try:
        parts = urlsplit(before.replace("\\", "/") + mark + query)  # browsers read https:\\host so, too
        host = _ascii_host(parts.hostname or "")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # a broken port or IPv6 address, a name that IDNA refuses
        return ""
    if parts.scheme.lower() not in _SCHEMES or not _HOST.fullmatch(host):
        return ""
    where = f"[{host}]{port}" if ":" in host else host + port
    return urlunsplit((parts.scheme.lower(), where, *map(_encode, parts[2:])))


def _ascii_host(host: str) -> str:
    # Not Python's own codec: it is IDNA 2003 and turns straße.example into another site.
    return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")


def _encode(part: str) -> str:
    # IRIs are legal in Atom, but few readers resolve them alike; and these signs are legal nowhere.
    part = _LONE_PERCENT.sub("%25", part)
    return "".join(
        c if c.isascii() and c not in ' <>"{}|^`[]#\\' else "".join(f"%{b:02X}" for b in c.encode("utf-8"))
        for c in part
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name != "href":
        return value
    if value.lower().startswith("mailto:"):
        return value
    return safe_url(value) or None


_cleaner = nh3.Cleaner(
    tags=set(_TAG_NAMES.split()),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def gate(fragment: str) -> str:
    """HTML through the strict list: only what this program itself would write is left."""
    # Scrubbed twice: a numeric reference (&#8;) becomes its character only when it is parsed.
    return scrub(_cleaner.clean(scrub(fragment)))
