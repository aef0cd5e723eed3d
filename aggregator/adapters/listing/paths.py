"""What an address says by its names: which are no releases by default, and why, and which stand in a press section.

What the operator allows or skips (`allowed`) overrules it. Pure; the names are in `data/words.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from aggregator.adapters import allowed
from aggregator.adapters.links import owner
from aggregator.adapters.listing import words
from aggregator.model import Source

T = TypeVar("T")

SOFT = frozenset({"beside", "stories"})
"""Kinds of texts that somebody may want to read as releases."""
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|tiff?|eps|ico|mp[34]|m4[av]|mov|avi|wmv|webm|wav|zip|rar|7z|gz|exe|dmg|xlsx?|pptx?|ics|vcf|xml|rss|css|js)$",
    re.I,
)


def left_out(urls: Sequence[str], source: Source, page: str) -> dict[str, str]:
    """Which addresses of a list are no releases, each with its reason, see `reason`.

    Where most of a list stands on one other host (a wire, a newsroom's service), that host is the list's own.
    """
    hosts = Counter((urlsplit(u).hostname or "").removeprefix("www.") for u in urls)
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    lives_there = count > 0.5 * len(urls) and not is_listed(host, "social")
    found: dict[str, str] = {}
    for url in urls:
        why = reason(url, source, page=page)
        if why == "host" and lives_there and (urlsplit(url).hostname or "").removeprefix("www.") == host:
            why = reason(url, source)
        if why:
            found[url] = why
    # A list that is all of one kind is that kind's list; the kind only tells items of a mixed one apart.
    return found if len(SOFT.intersection(found.values())) == 0 else _mixed(found, len(urls))


def _mixed(found: dict[str, str], total: int) -> dict[str, str]:
    soft = sum(why in SOFT for why in found.values())
    return found if soft < 0.9 * total else {url: why for url, why in found.items() if why not in SOFT}


def reason(url: str, source: Source, *, page: str = "") -> str:
    """Why an address is no release; empty where it may be one. `page` is the address of its list.

    ``legal``, ``jobs``, ``events``, ... are the sections of `words.toml`; ``file``, ``social``, ``host``
    (another site's), ``skip`` (the operator's own word).
    """
    match allowed.said(url, source):
        case "skip":
            return "skip"
        case "allow":
            return ""
        case _:
            return by_default(url, page)


def of_press(items: Sequence[T], url: Callable[[T], str]) -> list[T]:
    """Those of the items that stand in a press section; where there is none, in one of news."""
    ranked = [(section_of(url(item)), item) for item in items]
    for wanted in ("press", "news"):
        found = [item for kind, item in ranked if kind == wanted]
        if found:
            return found
    return []


def section_of(url: str) -> str:
    """``press`` or ``news`` for the address of a page inside such a section; else empty."""
    if by_default(url) not in ("", "stories"):
        return ""
    names = [_name(folder) for folder in unquote(urlsplit(url).path).split("/") if folder]
    if names[-1:] and names[-1] in words.entries("pages", "names"):
        return ""
    rooms = [words.room(name) for name in names[:-1]]
    return "press" if "press" in rooms else "news" if "news" in rooms or "stories" in names[:-1] else ""


def is_section(name: str) -> bool:
    """Whether a name of a file or folder says that it holds releases or news, "post-sitemap.xml" among others."""
    said = words.spaced(name)
    return words.newsroom(name) > 0 or any(f" {word} " in said for word in words.table()["pages"]["posts"])


def is_listed(host: str, name: str) -> bool:
    """Whether a host is one of a list of `words.toml` (``social``, ``wires``), or below it."""
    return any(host == h or host.endswith("." + h) for h in words.table()["hosts"][name])


@lru_cache(maxsize=8192)
def by_default(url: str, page: str = "") -> str:
    """What the address alone says, see `reason`."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        own = (urlsplit(page).hostname or "").removeprefix("www.")
    except ValueError:
        return "file"
    if _FILES.search(parts.path):
        return "file"
    if is_listed(host, "social"):
        return "social"
    if own and owner(host) != owner(own) and not is_listed(host, "wires"):
        return "host"
    named = urlsplit(page)
    if (
        host == own
        and not parts.query
        and named.path.startswith(parts.path.rstrip("/") + "/")
        and (named.path.rstrip("/") != parts.path.rstrip("/"))
    ):
        return "index"  # the way back to what stands above the page
    # Whoever names a section means it: its own folders are no reason against a list.
    return _section(parts.path, parts.query, frozenset([*named.path.split("/"), own.partition(".")[0]]))


def _section(path: str, query: str, own: frozenset[str]) -> str:
    """The last folder that names a section decides; the name of the page itself only where it is nothing else."""
    folders = [f for f in unquote(path).split("/") if f][:12]
    if not folders:
        return "index" if not query else ""
    firm = words.table()["firm"]["reasons"]
    found = ""
    for folder in folders:
        name = _name(folder)
        said = words.reasons().get(name, "") if folder not in own else ""
        if found in firm and found:
            break
        if said:
            found = said
        elif words.newsroom(name) and folder is not folders[-1]:
            found = ""
    return found


def _name(folder: str) -> str:
    return words.plain(re.sub(r"\.(?:html?|php|aspx?|jsp|cfm)$", "", folder))
