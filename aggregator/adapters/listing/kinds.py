"""Lists of several kinds or languages: which items are press releases in the page's own language. Pure.

What the operator allows stays. Nothing else is left out unless some items say that they are releases (or are in
the page's language) and others say that they are something else: a label that is the same for many, a folder of
the address, a ``lang`` attribute.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from urllib.parse import unquote, urlsplit

from aggregator.adapters import allowed
from aggregator.adapters.allowed import language_of
from aggregator.adapters.listing import when, words
from aggregator.adapters.listing.fields import Item, way
from aggregator.adapters.listing.naming import lasting
from aggregator.adapters.listing.page import Page

_LABEL = 48
"""Letters of the longest label of a kind, with the date or topic that may stand beside it."""
_PARTS = re.compile(r"\s*[|·•–—,]\s*|\s+-\s+")
_LOOKED_AT = 40
"""Elements of an item that are looked at for a label."""
_OWN = 0.2
"""Share of the items that have to be releases, or in the page's language, for the others to be left out."""
_MOST_SECTIONS = 12
_LANGUAGES = frozenset(
    {"de", "en", "fr", "it", "es", "nl", "pt", "pl", "sv", "da", "nb", "no", "fi", "cs", "sk", "hu", "tr", "ro",
     "bg", "el", "ru", "uk", "hr", "sl", "et", "lv", "lt", "ja", "zh", "ko", "ar"}
)  # fmt: skip


def own(page: Page, items: list[Item]) -> list[int]:
    """Places of the items that are releases in the page's language; all of them where nothing tells."""
    kept = list(range(len(items)))
    asked = {n for n, item in enumerate(items) if allowed.said(item.url, page.source) == "allow"}
    for told in (_languages(page, items), _folders(items), *_labels(page, items), _sections(page, items)):
        ours = [n for n in kept if told[n] != "other" or n in asked]
        sure = sum(told[n] == "own" for n in kept)
        if len(ours) < len(kept) and sure >= max(2, _OWN * len(kept)):
            kept = ours
    return kept


def label(page: Page, items: list[Item]) -> tuple[str, str]:
    """Tag and text of the label that all of these items begin a part with and that names releases; empty for none."""
    for said in _short(page, items).values():
        texts = {(page.tags[i], _PARTS.split(page.text(i))[0]) for i in said.values()}
        if len(said) == len(items) and len(texts) == 1 and _kind(next(iter(texts))[1]) == "own":
            return texts.pop()
    return "", ""


def _kind(text: str) -> str:
    said = {words.plain(part) for part in _PARTS.split(text)}
    if said & words.entries("kinds", "press"):
        return "own"
    return "other" if said & words.entries("kinds", "others") else ""


# ------------------------------------------------------------------------------------------------- language


def _languages(page: Page, items: list[Item]) -> list[str]:
    """``own`` or ``other`` for each item, by what its markup or its address says of its language."""
    here = _known(language_of(page.document.url)) or _known(page.language)
    wanted = {here, *(entry.lower() for entry in page.source.allow)}
    said = [_stated(page, item) or _known(language_of(item.url)) for item in items]
    return ["own" if not s or s in wanted else "other" for s in said] if here else [""] * len(items)


def _known(language: str) -> str:
    code = language[:2].lower()
    return code if code in _LANGUAGES else ""


def _stated(page: Page, item: Item) -> str:
    """What the link, or the elements around it, say of its language; the page's own statement left out."""
    i = item.link
    if code := _known(page.elements[i].get("hreflang") or ""):
        return code
    while i >= 0 and page.tags[i] not in ("body", "html"):
        if code := _known(page.elements[i].get("lang") or ""):
            return code
        i = page.parent[i]
    return ""


# ------------------------------------------------------------------------------------------------- kinds


def _folders(items: list[Item]) -> list[str]:
    """By the last folder of the address that names a kind."""
    return [next(filter(None, map(_kind, reversed(_folders_of(i.url)))), "") for i in items]


def _folders_of(url: str) -> list[str]:
    names = unquote(urlsplit(url).path).split("/")[1:-1]
    return [re.sub(r"[-_]+", " ", name) for name in names if name][:12]


# ------------------------------------------------------------------------------------------------- sections


def _sections(page: Page, items: list[Item]) -> list[str]:
    """By the part of the list, with a heading or a box of its own, that an item stands in. A part is of releases
    where its heading or its folder says so; it is of something else where neither does and all its addresses lie
    outside of the releases' folders. Years are parts of one list."""
    parts: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, (item, heading) in enumerate(zip(items, _headings(page, items), strict=True)):
        parts[page.parent[item.block], heading].append(n)
    told = [""] * len(items)
    if not 2 <= len(parts) <= min(_MOST_SECTIONS, len(items) // 2):
        return told
    clear = {
        key for key, numbers in parts.items() if _is_of_releases(page, key[1], [items[n] for n in numbers])
    }
    ours = {_folder(items[n].url) for key in clear for n in parts[key]}
    for key, numbers in parts.items():
        silent = words.newsroom(_said(page, key[1])) == 0 and not when.period(_said(page, key[1]))
        outside = all(not _folder(items[n].url).startswith(tuple(ours)) for n in numbers)
        for n in numbers:
            told[n] = "own" if key in clear else "other" if silent and outside else ""
    return told


def _headings(page: Page, items: list[Item]) -> list[int]:
    """For each item the heading of its part: the last one before it that stands in no item; -1 before all."""
    blocks = sorted((item.block, page.end[item.block]) for item in items)
    starts = [start for start, _ in blocks]
    apart = [-1]
    for i, _ in page.headings:
        place = bisect_right(starts, i) - 1
        if not page.zone[i] and (place < 0 or i > blocks[place][1]):
            apart.append(i)
    return [apart[bisect_right(apart, item.block) - 1] for item in items]


def _said(page: Page, heading: int) -> str:
    return page.text(heading)[:120] if heading >= 0 else ""


def _is_of_releases(page: Page, heading: int, items: list[Item]) -> bool:
    last = [(_folder(i.url).rstrip("/").rpartition("/")[2]).replace("-", " ") for i in items]
    return words.newsroom(_said(page, heading)) == 2 or all(words.newsroom(name) for name in last)


def _folder(url: str) -> str:
    """Host and folders of an address, up to the first that is a number."""
    parts = urlsplit(url)
    return f"{parts.hostname}{lasting(parts.path.rpartition('/')[0] + '/')}"


# ------------------------------------------------------------------------------------------------- labels


def _labels(page: Page, items: list[Item]) -> list[list[str]]:
    """By each place in the items where short texts stand that name kinds."""
    return [
        [_kind(page.text(said[n])) if n in said else "" for n in range(len(items))]
        for said in _short(page, items).values()
    ]


def _short(page: Page, items: list[Item]) -> dict[str, dict[int, int]]:
    """For each way within the items the short texts at its end: the element by the place of its item."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for n, item in enumerate(items):
        for i in range(item.block, min(page.end[item.block], item.block + _LOOKED_AT) + 1):
            short = 3 <= page.letters[i] <= _LABEL and page.end[i] == i
            if short and not page.silent[i] and i != item.title:
                found[way(page, item.block, i)].setdefault(n, i)
    return found
