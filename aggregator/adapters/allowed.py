"""What the operator said of an address by a source's `allow` and `skip`; feeds, lists, sitemaps and wires ask here. Pure.

An entry is the beginning of a path (``/karriere``), a host (``jobs.example.com``, with or without a path), or a
language tag (``en``: of the text, of one of the first two folders, or of a ``lang`` parameter).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from aggregator.adapters.links import same_site
from aggregator.model import Source

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_](?:[a-z]{2}|hans|hant))?")
_PARAMETERS = ("lang", "language", "locale", "hl")


def said(url: str, source: Source, language: str = "") -> Literal["allow", "skip", ""]:
    """``allow``, ``skip``, or nothing. `language` is that of the text, where it is known.

    Of entries of one kind the longest that fits decides, of two equally long ones `allow`. Where two kinds disagree (an
    allowed path in a language that is left out), it is left out.
    """
    skips = [entry for entry in source.skip if _fits(url, entry, language)]
    allows = [entry for entry in source.allow if _fits(url, entry, language)]
    if any(all(len(a) < len(s) for a in allows if kind(a) == kind(s)) for s in skips):
        return "skip"
    return "allow" if allows else ""


def is_wanted(url: str, source: Source, language: str = "") -> bool:
    """Whether a page of a whole site may be a release: on the source's site or an allowed host, not left out, and,
    where paths are allowed, on one of them.
    """
    if said(url, source, language) == "skip":
        return False
    hosts = [entry for entry in source.allow if kind(entry) == "host"]
    if not same_site(url, source.url) and not any(_fits(url, entry, language) for entry in hosts):
        return False
    paths = [entry for entry in source.allow if kind(entry) == "path"]
    return not paths or any(_fits(url, entry, language) for entry in paths)


def kind(entry: str) -> Literal["path", "host", "language"]:
    """What an entry of `allow` or `skip` names."""
    return "path" if entry.startswith("/") else "host" if "." in entry else "language"


def language_of(url: str) -> str:
    """The language that an address names, two small letters: in its first folder or a parameter; else empty."""
    return next((tag[:2] for tag in _tags(url) if tag), "")


def _fits(url: str, entry: str, language: str) -> bool:
    parts, wanted = _parts(url), entry.lower()
    if parts is None:
        return False
    path = unquote(parts.path).lower()
    match kind(entry):
        case "path":
            return path.startswith(unquote(wanted))
        case "host":
            name, _, below = wanted.rpartition("://")[2].removeprefix("www.").partition("/")
            host = (parts.hostname or "").removeprefix("www.")
            return (host == name or host.endswith("." + name)) and path.startswith("/" + below)
        case _:
            tags = (*_tags(url), *_folders(path)[1:2], language.lower().replace("_", "-"))
            return any(tag == wanted or tag.startswith(wanted + "-") for tag in tags if tag)


@lru_cache(maxsize=4096)
def _tags(url: str) -> tuple[str, ...]:
    parts = _parts(url)
    if parts is None:
        return ()
    given = dict(parse_qsl(parts.query, max_num_fields=50) if len(parts.query) < 2000 else ())
    stated = (given[name].lower().replace("_", "-")[:10] for name in _PARAMETERS if given.get(name))
    return (*_folders(parts.path.lower())[:1], *stated)


def _folders(path: str) -> list[str]:
    """Which of the first two folders are language tags; an empty text for one that is none."""
    names = path.split("/")[1:3]
    return [name.replace("_", "-") if _LANGUAGE.fullmatch(name) else "" for name in names]


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
