"""Which addresses are no releases by default, and why; what the operator allows or skips overrules it.

An entry of `Source.allow` or `Source.skip` is the beginning of a path (``/karriere``), a host
(``jobs.example.com``), or a language tag (``en``: of the first folder or a ``lang`` parameter). The longest
entry that fits decides; of two equally long ones `allow`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from aggregator.adapters.listing import words
from aggregator.model import Source

SOFT = frozenset({"beside", "stories"})
"""Kinds of texts that somebody may want to read as releases."""
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|tiff?|eps|ico|mp[34]|m4[av]|mov|avi|wmv|webm|wav|zip|rar|7z|gz|exe|dmg|xlsx?|pptx?|ics|vcf|xml|rss|css|js)$",
    re.I,
)
_LANGUAGE = re.compile(r"^/([a-z]{2})(?:[-_][a-z]{2})?(?=/|$)", re.I)
_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac", "edu", "gv", "or"})


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
    said = _operator(url, source)
    if said:
        return "" if said == "allow" else "skip"
    return by_default(url, page)


def is_allowed(url: str, source: Source) -> bool:
    """Whether the operator asked for it."""
    return _operator(url, source) == "allow"


def _operator(url: str, source: Source) -> str:
    fits = [(len(e), 1, "allow") for e in source.allow if _fits(url, e)]
    fits += [(len(e), 0, "skip") for e in source.skip if _fits(url, e)]
    return max(fits)[2] if fits else ""


def _fits(url: str, entry: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").removeprefix("www.")
    if entry.startswith("/"):
        return unquote(parts.path).startswith(entry) or parts.path.startswith(entry)
    if "." in entry:
        wanted, _, path = entry.removeprefix("https://").removeprefix("http://").partition("/")
        wanted = wanted.removeprefix("www.").lower()
        return (host == wanted or host.endswith("." + wanted)) and parts.path.startswith("/" + path)
    return language(url).startswith(entry.lower())


def language(url: str) -> str:
    """The language that an address names: its first folder, or a parameter; empty where it names none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    named = _LANGUAGE.match(parts.path)
    if named:
        return named[1].lower()
    given = dict(parse_qsl(parts.query, max_num_fields=50) if len(parts.query) < 2000 else ())
    return next((given[k].lower()[:5] for k in ("lang", "language", "locale", "hl") if given.get(k)), "")


@lru_cache(maxsize=4096)
def site(host: str) -> str:
    """The part of a host that one owner has: ``news.wilo.com`` and ``www.wilo.com`` are ``wilo.com``."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


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
    if own and site(host) != site(own) and not is_listed(host, "wires"):
        return "host"
    # Whoever names a section means it: its own folders are no reason against a list.
    named = urlsplit(page)
    return _section(parts.path, parts.query, frozenset([*named.path.split("/"), own.partition(".")[0]]))


def _section(path: str, query: str, own: frozenset[str]) -> str:
    """The last folder that names a section decides; the name of the page itself only where it is nothing else."""
    folders = [f for f in unquote(path).split("/") if f][:12]
    if not folders:
        return "index" if not query else ""
    firm = words.table()["firm"]["reasons"]
    found = ""
    for folder in folders:
        name = words.plain(re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", folder))
        said = words.reasons().get(name, "") if folder not in own else ""
        if found in firm and found:
            break
        if said:
            found = said
        elif words.newsroom(name) and folder is not folders[-1]:
            found = ""
    return found
