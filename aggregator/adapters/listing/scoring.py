"""How sure it is that a group of blocks is the page's list of press releases, and why, in words.

A sum of signs, each with its weight, pressed into 0 to 1. The weights are our own decision, set on pages of
many kinds; no sign decides alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

from aggregator.adapters.listing import paths, when, words
from aggregator.adapters.listing.fields import Fields
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.page import HEADINGS, Page

BIAS = 4.2
"""What the signs must outweigh to be more likely than not a list of releases."""

_ZONES = {"navigation": 4.0, "paging": 4.0, "frame": 3.0, "aside": 2.2, "header": 2.5}
_OF_NAMES = frozenset({"jobs", "events", "coverage"})
"""What the names of elements may speak of; others, such as `page` or `video`, are layout."""
_LOOKED_AT = 20
"""Blocks of a list that are looked at for its heading and for prices."""
_PRICE = re.compile(
    r"[$€£]\s?\d{1,5}(?:[.,]\d\d)?(?![\d.,]*\s?(?:m|b|k|mio|mrd|mill|bill))|\d[.,]\d\d\s?[€£]|\d\s?(?:EUR|CHF|USD)\b(?!\s?(?:m|b))",
    re.I,
)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.I)


@dataclass(slots=True)
class Score:
    total: float = 0.0
    signs: list[tuple[float, str]] = field(default_factory=list)
    clear: bool = False
    """Whether the page or the list is called one of releases."""

    def add(self, weight: float, why: str) -> None:
        if abs(weight) >= 0.05:
            self.total += weight
            self.signs.append((weight, why))

    @property
    def value(self) -> float:
        return 1.0 / (1.0 + math.exp(-(self.total - BIAS)))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The signs in words, the weightiest first, with their weight."""
        ordered = sorted(self.signs, key=lambda s: -abs(s[0]))
        return tuple(f"{why} ({weight:+.1f})" for weight, why in ordered)


def score(page: Page, group: Group, found: Fields) -> Score:
    """Weigh everything that a group shows."""
    made = Score()
    _number(made, found)
    _dates(made, page, found)
    _titles(made, found)
    _place(made, page, group)
    _names(made, page, group)
    _addresses(made, page, found)
    return made


def _number(made: Score, found: Fields) -> None:
    count = len({i.url for i in found.items})
    made.add(min(2.4, 0.4 * math.log2(max(1, count))), f"{count} items")
    if count < len(found.items) * 0.6:
        made.add(-2.0, "the same addresses again and again")
    if count < 3:
        made.add(-1.2, "fewer than three items")


def _dates(made: Score, page: Page, found: Fields) -> None:
    days = [i.iso[:10] for i in found.items if i.iso]
    total = len(found.items)
    if not days:
        made.add(-0.8, "no dates")
        return
    shown = sum(1 for i in found.items if i.date) / total
    made.add(2.6 * shown + 1.0 * (len(days) / total - shown), f"{len(days)} of {total} items have a date")
    today = page.document.fetched_at.date().isoformat()
    future = sum(day > today for day in days) / total
    if future > 0.15:
        made.add(-3.5 * future, f"{future:.0%} of the dates lie in the future, as those of events do")
    pairs = list(pairwise(days))
    falling = sum(a >= b for a, b in pairs) / len(pairs) if pairs else 0.0
    if len(set(days)) > 2 and falling >= 0.85:
        made.add(0.7, "newest first")
    elif len(days) > 4 and len(set(days)) == 1:
        made.add(-1.0, "one and the same date everywhere")


def _titles(made: Score, found: Fields) -> None:
    made.add(2.4 * found.quality - 0.6, f"titles read like headlines to {found.quality:.0%}")
    made.add(0.6 * found.headed, f"{found.headed:.0%} of the titles are headings")
    texts = [i.text for i in found.items]
    periods = sum(bool(when.period(t)) for t in texts) / max(1, len(texts))
    if periods > 0.3:
        made.add(-4.0 * periods, "titles are months or years, as in an archive")
    if texts and sum(words.count(t) <= 2 for t in texts) / len(texts) > 0.6:
        made.add(-1.5, "titles of one or two words")


def _place(made: Score, page: Page, group: Group) -> None:
    zones = Counter(page.zone[b] for b in group.blocks)
    zone, count = zones.most_common(1)[0]
    if zone:
        made.add(-_ZONES[zone] * count / len(group.blocks), f"it stands in a part of the page called {zone}")
    if page.main[group.blocks[0]]:
        made.add(0.4, "it stands in the main part")
    tag = page.tags[group.blocks[0]]
    if tag in ("article", "li", "tr", "dd", "dt") or tag in HEADINGS:
        made.add(0.3, f"each item is one <{tag}>")


def _names(made: Score, page: Page, group: Group) -> None:
    """What the list, its heading and its page are called."""
    before = made.total
    heading = heading_of(page, group)
    named = " ".join(_names_around(page, group))
    for text, weight, what in ((heading, 1.2, "its heading"), (named, 0.7, "its names")):
        if not text:
            continue
        among = frozenset() if what == "its heading" else _OF_NAMES
        clear, other = words.newsroom(text), words.other(text, among)
        shown = text if len(text) < 60 else text[:57] + "..."
        if other == "coverage" and clear == 1:
            clear = 0  # the "press" of "Press coverage" is that of others
        if clear:
            made.add(weight * (0.5 if clear == 1 else 1.0), f'{what} "{shown}"')
        if other in ("beside", "stories") and words.other(page.title) == other:
            other = ""  # the whole page is one, and somebody gave its address
        if other == "index" and clear:
            other = ""  # "Articles in category press"
        if other and clear < 2 and (what == "its heading" or other in _OF_NAMES):
            speak = "speaks" if what == "its heading" else "speak"
            worse = 2.5 if other == "coverage" else 1.6  # by others, and never the house's own
            made.add(-worse * weight, f'{what} "{shown}" {speak} of {other}')
    parts = urlsplit(page.document.url)
    here = max(words.newsroom(page.title), words.newsroom(f"{parts.hostname} {parts.path}"))
    made.clear = here == 2 or words.newsroom(heading) == 2
    made.add(0.4 * here, "the page is called a newsroom's")
    if made.total <= before:
        made.add(-1.0, "nothing is called a newsroom's")
    texts = [page.text(b) for b in group.blocks[:_LOOKED_AT]]
    priced = sum(bool(_PRICE.search(t)) for t in texts) / len(texts)
    if priced > 0.5:
        made.add(-2.0, "most items have a price")


def heading_of(page: Page, group: Group) -> str:
    """The nearest heading before the list, of a higher level than the headings in it."""
    first = group.spans[0][0]
    places = [i for i, _ in page.headings]
    levels = (
        min((page.headings[n][1] for n in page.between(places, block, page.end[block])), default=7)
        for block in group.blocks[:_LOOKED_AT]
    )
    inner = Counter(levels).most_common(1)[0][0]  # the newest may stand a level higher
    for i, level in reversed(page.headings):
        if i < first and level < inner and not page.zone[i]:
            return page.text(i)[:120]
    return ""


def _names_around(page: Page, group: Group) -> list[str]:
    """Names of the block and of what stands around it, up to five levels."""
    found: list[str] = []
    i = group.blocks[0]
    for _ in range(5):
        if i < 0 or page.tags[i] in ("body", "html", "main"):
            break
        element = page.elements[i]
        found += [v[:120] for name in ("id", "class", "aria-label") if (v := element.get(name))]
        i = page.parent[i]
    return list(dict.fromkeys(" ".join(found).split()))[:30]


def _addresses(made: Score, page: Page, found: Fields) -> None:
    total = len(found.items)
    out = paths.left_out([i.url for i in found.items], page.source, page.document.url)
    left = sum(i.url in out for i in found.items)
    if left:
        why = Counter(out.values()).most_common(1)[0][0]
        few = 1.5 * (left > 0.7 * total)
        made.add(-3.0 * left / total - few, f"{left} of {total} addresses are left out by default ({why})")
    kinds = [paths.reason(i.url, page.source, page=page.document.url) for i in found.items]
    if sum(kind in paths.SOFT for kind in kinds) >= 0.9 * total:
        made.add(-0.4 if made.clear else -1.2, "all addresses are of stories or a blog")
    named = sum(words.newsroom(urlsplit(i.url).path.rpartition("/")[0]) / 2 for i in found.items) / total
    made.add(0.9 * named, "the addresses name a newsroom")
    folders = Counter(_folder(i.url) for i in found.items)
    if total >= 3 and folders.most_common(1)[0][1] >= 0.8 * total:
        made.add(0.4, "the addresses have a folder in common")
    if sum(bool(_PDF.search(i.url)) for i in found.items) > 0.8 * total and not made.clear:
        made.add(-0.8, "nothing but PDF documents")
    if sum(is_long(i.url) for i in found.items) > 0.6 * total:
        made.add(0.4, "the addresses end in words of a headline or a number")
    own = urlsplit(page.document.url)
    below = sum(_is_page_of(i.url, own.path) for i in found.items)
    if below > 0.5 * total:
        made.add(-2.0, "the addresses are this page's own with another query")


def _folder(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}/{'/'.join(parts.path.split('/')[1:2])}"


def is_long(url: str) -> bool:
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return last.count("-") + last.count("_") >= 3 or bool(re.search(r"\d{3,}", last + parts.query))


def _is_page_of(url: str, own: str) -> bool:
    """Whether it turns or filters the list itself."""
    parts = urlsplit(url)
    keys = re.findall(r"(?:^|&)([^=&]{1,60})=", parts.query[:1000])
    turning = any(
        re.search(r"page|seite|year|jahr|filter|sort|categor|kategor|tag|lang", k, re.I) for k in keys
    )
    identified = any(
        re.search(r"(?:^|\[|_)(?:id|news|article|uid|nid|pm|release|item)\b", k, re.I) for k in keys
    )
    return parts.path == own and bool(keys) and turning and not identified
