"""Which part of a page an element is, by its tag, its role and its names. Pure; the names are in `data/words.toml`."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from aggregator.adapters.listing import words


@lru_cache(maxsize=4096)
def _zone_of(names: str) -> tuple[str, bool]:
    said = words.spaced(names)
    main = bool(words.pattern("zones", "main").search(said))
    for zone in ("paging", "navigation", "frame", "aside"):
        if words.pattern("zones", zone).search(said):
            return zone, main
    return "", main


_TAGS = {"nav": "navigation", "footer": "frame", "aside": "aside", "header": "header", "dialog": "frame"}


def zone(element: etree._Element) -> tuple[str, bool]:
    tag = element.tag
    if tag in ("html", "body"):
        return "", False
    if tag == "main" or element.get("role") == "main":
        return "", True
    if tag in _TAGS:
        return _TAGS[tag], False
    names = " ".join(n for n in (element.get("class"), element.get("id"), element.get("role")) if n)
    return _zone_of(names[:200]) if names else ("", False)
