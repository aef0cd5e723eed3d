"""Which links of a page lead to the list of press releases: for home pages, and for hubs that show a few teasers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from aggregator.adapters.links import owner
from aggregator.adapters.listing import groups, paths, words
from aggregator.adapters.listing.page import Link, Page
from aggregator.errors import ReadError
from aggregator.model import Document, Source

MOST = 10
_LATER = ("data-src", "data-lazy-src", "data-url")
"""Attributes that hold a frame's address until it is wanted."""
_LONGEST = 70
"""Letters of a link that leads to a list; longer ones are headlines."""


def links(document: Document, source: Source) -> list[tuple[str, str, float]]:
    """``(address, why, score)`` of each link and frame that may lead to the list of releases, best first, at most ten.

    The score is 0 to 1. Empty for what is no page.
    """
    try:
        page = Page(document, source)
    except ReadError:
        return []
    return in_page(page)


def in_page(page: Page) -> list[tuple[str, str, float]]:
    """The same of a page that is taken apart already."""
    best: dict[str, tuple[str, float]] = {}
    weighed = [(link.url, *_weigh(page, link)) for link in page.links]
    for url, why, score in [*_frames(page), *weighed]:
        if score > best.get(url, ("", 0.0))[1]:
            best[url] = (why, score)
    ranked = sorted(best.items(), key=lambda b: -b[1][1])
    return [(url, why, round(score, 2)) for url, (why, score) in ranked[:MOST]]


def is_home(url: str) -> bool:
    """Whether an address is the root of a site, in whatever language, that is not called a newsroom."""
    parts = urlsplit(url)
    rest = re.sub(
        r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|home|default)\.\w{2,5})?$", "", parts.path, flags=re.I
    )
    return not rest and not parts.query and not words.newsroom((parts.hostname or "").replace(".", " "))


def is_room(url: str) -> bool:
    """Whether an address ends in the name of a newsroom and in nothing else (``/presse.html``, ``/basin-odasi/``)."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2][:80]
    return bool(words.room(re.sub(r"\.\w{2,5}$", "", last)))


def _frames(page: Page) -> Iterator[tuple[str, str, float]]:
    """The frames of a page: what they show is a part of it, on whatever host. Maps, films and consent are none."""
    own = page.document.url.partition("#")[0]
    here = words.newsroom(page.title)
    for i, tag in enumerate(page.tags):
        if tag not in ("iframe", "frame") or page.zone[i] in ("navigation", "frame"):
            continue
        element = page.elements[i]
        said = element.get("src") or next((v for n in _LATER if (v := element.get(n))), "")
        url = page.address(said)
        parts = urlsplit(url)
        if not url or url == own or paths.is_listed(parts.hostname or "", "social") or _is_hidden(element):
            continue
        named = " ".join(element.get(n) or "" for n in ("title", "name", "id", "aria-label"))[:200]
        clear = words.newsroom(f"{named} {parts.hostname} {unquote(parts.path)[:200]}")
        told = f" ({named.strip()[:60]})" if named.strip() else ""
        # On a page for the press a frame without a name may be a form as well: it is the last to be tried.
        if score := 0.65 + 0.1 * clear if clear else 0.5 if here else 0.0:
            yield url, f"a frame of the page shows it{told}", score


def _is_hidden(element: etree._Element) -> bool:
    """Whether a frame is too small to show anything, as those that count visitors are."""
    style = (element.get("style") or "").replace(" ", "").lower()
    sizes = [element.get("width") or "", element.get("height") or ""]
    return "display:none" in style or any(s.isdecimal() and int(s[:6]) < 50 for s in sizes)


def _weigh(page: Page, link: Link) -> tuple[str, float]:
    text = groups.label(page, link)
    parts = urlsplit(link.url)
    host = (parts.hostname or "").removeprefix("www.")
    if len(text) > _LONGEST or paths.is_listed(host, "social") or _is_foreign(page, host):
        return "", 0.0
    said, path = words.newsroom(text), words.newsroom(f"{host.partition('.')[0]} {unquote(parts.path)[:200]}")
    every = bool(words.pattern("links", "all").search(words.spaced(text)))
    deeper = every and _is_below(page, link.url)
    if not said and not path and not deeper:
        return "", 0.0
    folders = [f for f in parts.path.split("/") if f]
    score = {0: 0.0, 1: 0.35, 2: 0.6}[said] + {0: 0.0, 1: 0.12, 2: 0.25}[path]
    if every and (said or path):
        score += 0.15
    if deeper:
        score = max(score, 0.45)  # "Alle Finanznachrichten" below three of them
    if words.other(text) and said < 2:
        score -= 0.3
    if not said and folders and folders[-1].count("-") >= 3:
        score -= 0.3  # the page of one release
    if parts.path.lower().endswith(".pdf") or paths.reason(link.url, page.source, page=page.document.url) in (
        "file", "legal", "jobs", "skip", "account",
    ):  # fmt: skip
        score -= 0.5
    score -= 0.02 * max(0, len(folders) - 2)
    if not said and not path:
        return f'"{text[:60]}" leads further below it', score
    why = f'"{text[:60]}"' if said else f"its address {parts.path[:60]}"
    return f"{why} names a newsroom", max(0.0, min(1.0, score))


def _is_below(page: Page, url: str) -> bool:
    """Whether an address stands below the page's own, which is not the root of its site."""
    here, there = urlsplit(page.document.url), urlsplit(url)
    folder = re.sub(r"\.\w{2,5}$", "", here.path).rstrip("/")
    return bool(folder) and here.hostname == there.hostname and there.path.startswith(folder + "/")


def _is_foreign(page: Page, host: str) -> bool:
    """Another owner's host that does not carry the site's name (``presse.wilo-group.com`` for ``wilo.com``)."""
    own, other = owner(page.host), owner(host)
    return own != other and own.partition(".")[0] not in host and not paths.is_listed(host, "wires")
