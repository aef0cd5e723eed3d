"""Addresses as they stand in documents, made absolute or dropped. No address is ever fetched here."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

_LONGEST = 4096
# WHATWG URL standard: tabs and newlines inside an address are dropped, controls and spaces around it. So are the
# characters that neither a feed may hold nor the store can keep (XML 1.0, section 2.2).
_DROPPED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def web_url(reference: str, base: str = "") -> str:
    """The absolute http(s) address of a reference, without userinfo; empty where it is none.

    `base` is what a relative reference is relative to. ``javascript:``, ``data:``, ``file:`` and all
    other schemes give the empty string, as do addresses without a host or with an impossible port.
    """
    reference = _DROPPED.sub("", reference).strip()
    if not reference or len(reference) > _LONGEST:
        return ""
    if not reference.startswith(("http://", "https://")):
        if _SCHEME.match(reference) and not reference.lower().startswith(("http:", "https:")):
            return ""
        reference = joined(base, reference)
    return _checked(reference)


_SECOND = frozenset(
    {"ac", "co", "com", "edu", "go", "gob", "gov", "govt", "gv", "mil", "ne", "net", "or", "org"}
)
"""Names under a country's that are no owner's (co.uk, com.br, or.at)."""


def site(url: str) -> str:
    """The `owner` of an address's host; empty where it has none."""
    try:
        return owner(urlsplit(url).hostname or "")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def owner(host: str) -> str:
    """The part of a host that one owner has: ``example.com`` of ``press.example.com``.

    An approximation without a list of public suffixes; an address of numbers is a site of its own.
    """
    host = host.lower().rstrip(".")
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    owned = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-owned:])


def same_site(one: str, two: str) -> bool:
    """Whether two addresses belong to one owner, as far as their hosts tell."""
    return bool(site(one)) and site(one) == site(two)


def joined(base: str, reference: str) -> str:
    """`reference` as seen from `base`; either may be broken, then the other one stands."""
    reference = _DROPPED.sub("", reference).strip()
    if not base or not reference:
        return reference or base
    try:
        return urljoin(base, reference.replace("\\", "/") if reference[0] in "\\/" else reference)
    except ValueError:
        return base


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.replace(" ", "%20"))
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "\\" in parts.netloc or port == 0:
        return ""
    if "@" in parts.netloc:
        # A name before the host is a secret, or a host that pretends to be another one.
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return urlunsplit(parts)
