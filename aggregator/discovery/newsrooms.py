"""Which links of a page lead to the list of press releases: for home pages, and for hubs that show a few teasers."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from aggregator.adapters.listing import groups, paths, words
from aggregator.adapters.listing.page import Link, Page
from aggregator.errors import ReadError
from aggregator.model import Document, Source

MOST = 10
_LONGEST = 70
"""Letters of a link that leads to a list; longer ones are headlines."""


def links(document: Document, source: Source) -> list[tuple[str, str, float]]:
    """``(address, why, score)`` of each link that may lead to the list of releases, best first, at most ten.

    The score is 0 to 1. Empty for what is no page.
    """
    try:
        page = Page(document, source)
    except ReadError:
        return []
    best: dict[str, tuple[str, float]] = {}
    for link in page.links:
        why, score = _weigh(page, link)
        if score > best.get(link.url, ("", 0.0))[1]:
            best[link.url] = (why, score)
    ranked = sorted(best.items(), key=lambda b: -b[1][1])
    return [(url, why, round(score, 2)) for url, (why, score) in ranked[:MOST]]


def _weigh(page: Page, link: Link) -> tuple[str, float]:
    text = groups.label(page, link)
    parts = urlsplit(link.url)
    host = (parts.hostname or "").removeprefix("www.")
    if len(text) > _LONGEST or paths.is_listed(host, "social") or _is_foreign(page, host):
        return "", 0.0
    said, path = words.newsroom(text), words.newsroom(f"{host.partition('.')[0]} {unquote(parts.path)[:200]}")
    if not said and not path:
        return "", 0.0
    folders = [f for f in parts.path.split("/") if f]
    score = {0: 0.0, 1: 0.35, 2: 0.6}[said] + {0: 0.0, 1: 0.12, 2: 0.25}[path]
    if words.pattern("links", "all").search(words.spaced(text)) and (said or path):
        score += 0.15
    if words.other(text) and said < 2:
        score -= 0.3
    if not said and folders and folders[-1].count("-") >= 3:
        score -= 0.3  # the page of one release
    if parts.path.lower().endswith(".pdf") or paths.reason(link.url, page.source, page=page.document.url) in (
        "file", "legal", "jobs", "skip", "account",
    ):  # fmt: skip
        score -= 0.5
    score -= 0.02 * max(0, len(folders) - 2)
    why = f'"{text[:60]}"' if said else f"its address {parts.path[:60]}"
    return f"{why} names a newsroom", max(0.0, min(1.0, score))


def _is_foreign(page: Page, host: str) -> bool:
    """Another owner's host that does not carry the site's name (``presse.wilo-group.com`` for ``wilo.com``)."""
    own, other = paths.site(page.host), paths.site(host)
    return own != other and own.partition(".")[0] not in host and not paths.is_listed(host, "wires")
