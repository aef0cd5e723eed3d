"""Where an element leads: its ``href``, or what its attributes and its script say where it has none. Pure."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

NAMES = ("data-href", "data-link", "data-url")
"""Attributes in which lists without links keep the address of an item."""
_ELEMENTS = frozenset(
    {"a", "article", "button", "div", "dd", "dt", "h2", "h3", "h4", "li", "p", "section", "span", "td", "tr"}
)
_GOES = re.compile(
    r"(?:\blocation(?:\.href)?\s*=|\blocation\.(?:assign|replace)\(|\bwindow\.open\()\s*(['\"])(?P<to>[^'\"<>\s]{1,1000})\1"
)
_OPENS = re.compile(
    r"(?:^|[\s;:])\w{1,40}\(\s*(['\"])(?P<to>(?:https?://|/|\.{0,2}[\w./-]{0,300}\.(?:html?|php|aspx?|jsp|pdf)\b)[^'\"<>\s]{0,1000})\1",
    re.I,
)
"""A script's own way to open a window: the address is the first thing that it is handed."""
_LOOKED_AT = 60
"""Elements within one that is asked whether it has a link of its own."""


def attribute(element: etree._Element) -> str:
    """The name of the attribute that says where an element leads; empty where it leads nowhere.

    An element with a real link in it leads nowhere itself: the link does.
    """
    href = (element.get("href") or "").strip() if element.tag == "a" else ""
    scripted = href.lower().startswith("javascript:")
    if href and not href.startswith("#") and (not scripted or _OPENS.search(href[:2_000])):
        return "href"
    if element.tag not in _ELEMENTS:
        return ""
    name = next((n for n in NAMES if _is_address(element.get(n) or "")), "")
    script = (element.get("onclick") or "")[:2_000]
    if not name and (_GOES.search(script) or (element.tag == "a" and _OPENS.search(script))):
        name = "onclick"
    return name if name and not _has_link(element) else ""


def reference(element: etree._Element) -> str:
    """The address as it is written; empty where it leads nowhere."""
    name = attribute(element)
    return unwrapped(element.get(name) or "") if name else ""


def unwrapped(said: str) -> str:
    """The address in a script that goes there (``location.href='/a'``); any other text as it is."""
    if "'" not in said and '"' not in said:
        return said
    hit = _GOES.search(said[:2_000]) or _OPENS.search(said[:2_000])
    return hit["to"] if hit else said


def _is_address(text: str) -> bool:
    return (len(text) > 1 and text.lstrip().startswith(("/", "http://", "https://", "./", "?"))) or (
        bool(re.fullmatch(r"[\w./-]+\.(?:html?|php|aspx?|jsp)(?:\?\S*)?", text))
    )


def _has_link(element: etree._Element) -> bool:
    inner = islice(element.iterdescendants(), _LOOKED_AT)
    return any(e.tag == "a" and not (e.get("href") or "#").startswith(("#", "javascript:")) for e in inner)
