"""Which part of an item is its headline, its date, its deck: told by all items of a list together.

A part is known by the way that leads to it from its block. The way whose texts read most like headlines, over
all items, is the way to the headline; what one item shows in that place counts although it reads badly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from aggregator.adapters.listing import days, headlines, words
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.page import HEADINGS, Dated, Link, Page
from aggregator.reading import dates

_TITLED = re.compile(r"title|headline|heading|titel|ueberschrift|titre|titolo|titulo", re.I)
_DECKED = re.compile(r"teaser|summary|desc|intro|excerpt|lead|deck|abstract|text|body|content|copy", re.I)
_BOLD = frozenset({"strong", "b", "dt", "td", "th", "dd", "p", "span", "div", "font", "em", "i", "u"})
_COUNT = re.compile(r"\s*[(\[]\s*\d{1,5}\s*[)\]]\s*")
"""How many comments a text has, behind its headline."""
_LOOKED_AT = 80
"""Elements of an item that are looked at."""


@dataclass(slots=True)
class Item:
    """What one block shows, as numbers of elements; -1 where it shows none."""

    block: int
    link: int
    url: str
    title: int = -1
    date: Dated | None = None
    deck: int = -1
    text: str = ""
    """The headline."""
    iso: str = ""


@dataclass(slots=True)
class Fields:
    items: list[Item]
    quality: float = 0.0
    """0 to 1: how much the titles read like headlines."""
    headed: float = 0.0
    """Share of items whose title is a heading."""


def headline(page: Page, i: int) -> tuple[str, float]:
    """The headline that an element shows, and how much it reads like one; remembered."""
    known = page.headlines.get(i)
    if known is None:
        text = headlines.trimmed(page.text(i), page.style)
        known = page.headlines[i] = (text, headlines.quality(text))
    return known


def read(page: Page, group: Group) -> Fields:
    """The parts of each item of a group."""
    reach(page, group)
    items = [Item(block, link.at, link.url) for block, link in zip(group.blocks, group.links, strict=True)]
    _titles(page, group, items)
    _relink(page, items)
    _dates(page, group, items)
    _decks(page, group, items)
    made = Fields(items)
    total = max(1, len(items))
    distinct = len({i.text for i in items if i.text}) / total
    made.quality = distinct * sum(headlines.quality(i.text) for i in items) / total
    made.headed = sum(_is_heading(page, i.title) for i in items) / total
    return made


def _is_heading(page: Page, i: int) -> bool:
    up = i
    for _ in range(3):
        if up < 0:
            return False
        if page.tags[up] in HEADINGS or page.tags[up] in ("dt", "th"):
            return True
        up = page.parent[up]
    return False


# ------------------------------------------------------------------------------------- what belongs to a block


def reach(page: Page, group: Group) -> None:
    """Set which siblings of the blocks belong to them, where the blocks alone have no date or are bare headings."""
    own = [(b, page.end[b]) for b in group.blocks]
    group.spans, group.reach = own, ""
    if not own:
        return
    dated = page.dated_at
    inside = sum(bool(page.between(dated, *span)) for span in own) / len(own)
    if inside >= 0.5 or page.tags[group.blocks[0]] in ("li", "tr", "article"):
        return
    after, before = _after(page, group.blocks), _before(page, group.blocks)
    with_after = sum(bool(page.between(dated, *span)) for span in after) / len(own)
    with_before = sum(bool(page.between(dated, *span)) for span in before) / len(own)
    if max(with_after, with_before) >= 0.6:
        forward = with_after > with_before
        group.spans, group.reach = (after, "after") if forward else (before, "before")
    elif _are_bare(page, group):
        group.spans, group.reach = after, "after"


def _are_bare(page: Page, group: Group) -> bool:
    tags = {page.tags[b] for b in group.blocks}
    return bool(tags & set(HEADINGS)) or tags == {"dt"}


def _after(page: Page, blocks: list[int]) -> list[tuple[int, int]]:
    spans = []
    sizes: list[int] = []
    for block, following in zip(blocks, [*blocks[1:], -1], strict=True):
        up = page.parent[block]
        same = following >= 0 and page.parent[following] == up
        end = following - 1 if same else page.end[up]
        if same:
            sizes.append(end - block)
        elif sizes:
            end = min(end, block + max(sizes))
        else:
            end = min(end, block + 12)
        spans.append((block, end))
    return spans


def _before(page: Page, blocks: list[int]) -> list[tuple[int, int]]:
    spans = []
    for block, previous in zip(blocks, [-1, *blocks[:-1]], strict=True):
        up = page.parent[block]
        same = previous >= 0 and page.parent[previous] == up
        start = page.end[previous] + 1 if same else max(up + 1, block - 12)
        spans.append((start, page.end[block]))
    return spans


# --------------------------------------------------------------------------------------------------- voting


def way(page: Page, block: int, i: int) -> str:
    """How an element is reached from a block: tags and first names; from a sibling it begins with its name."""
    steps: list[str] = []
    while i >= 0 and i != block:
        element = page.elements[i]
        name = (element.get("class") or "").split()[:1]
        tag = "h" if page.tags[i] in HEADINGS else page.tags[i]  # the newest may stand a level higher
        steps.append(f"{tag}.{name[0]}" if name else tag)
        if page.depth[i] <= page.depth[block]:
            break
        i = page.parent[i]
    return ">".join(reversed(steps))


def _vote(
    page: Page,
    group: Group,
    candidates: Callable[[Item, tuple[int, int]], list[tuple[int, float]]],
    texts: bool,
) -> list[int]:
    """For each item the element that the best way leads to, else the item's own best; -1 for none."""
    offered = [candidates(item, span) for item, span in zip(_items(group), group.spans, strict=True)]
    score: dict[str, float] = defaultdict(float)
    said: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    ways: list[dict[str, tuple[int, float]]] = []
    for block, options in zip(group.blocks, offered, strict=True):
        known: dict[str, tuple[int, float]] = {}
        for i, value in options:
            known.setdefault(way(page, block, i), (i, value))
        for name, (i, value) in known.items():
            score[name] += value
            count[name] += 1
            if texts:
                said[name].add(page.text(i))
        ways.append(known)
    for name in score if texts else ():
        score[name] *= len(said[name]) / count[name]
    order = sorted(score, key=lambda n: -score[n])
    return [next((known[n][0] for n in order if n in known), -1) for known in ways]


def _items(group: Group) -> list[Item]:
    return [Item(b, link.at, link.url) for b, link in zip(group.blocks, group.links, strict=True)]


def _titles(page: Page, group: Group, items: list[Item]) -> None:
    chosen = _vote(page, group, lambda item, span: _titled(page, item, span), True)
    for item, i in zip(items, chosen, strict=True):
        item.title = i = _narrowed(page, i)
        if i >= 0:
            whole = headlines.whole_title(page.text(i), page.elements[item.block])
            item.text = (
                headline(page, i)[0] if whole == page.text(i) else headlines.trimmed(whole, page.style)
            )


def _narrowed(page: Page, i: int) -> int:
    """The link of an element that makes up its headline, where beside it stand links to sources, or a count."""
    inside = [page.links[n] for n in page.between(page.link_at, i + 1, page.end[i])] if i >= 0 else []
    if not inside:
        return i
    most = max(inside, key=lambda link: page.letters[link.at])
    if len({link.url.partition("#")[0] for link in inside}) > 1:
        return most.at if page.letters[most.at] >= 0.5 * page.letters[i] else i
    whole, own = page.text(i), page.text(most.at)
    if own and whole.startswith(own) and _COUNT.fullmatch(whole[len(own) :]):
        return most.at
    return most.at if _is_under_kicker(page, i, most.at) else i


def _is_under_kicker(page: Page, i: int, link: int) -> bool:
    """Whether a heading's other words stand in elements of their own before the link, as the names of sections do."""
    heading = page.elements[i]
    if page.tags[i] not in HEADINGS or page.parent[link] != i or words.count(page.text(link)) < 3:
        return False
    bare = [heading.text, *(child.tail for child in heading)]
    before = any(page.letters[n] for n in range(i + 1, link))
    behind = any(page.letters[n] for n in range(page.end[link] + 1, page.end[i] + 1))
    return before and not behind and not any(words.plain(text or "") for text in bare)


def _relink(page: Page, items: list[Item]) -> None:
    """Where titles are links themselves, theirs is the item's address, and not that of a topic or a picture."""
    places = [link.at for link in page.links]
    own: dict[int, Link] = {}
    for number, item in enumerate(items):
        up, steps = item.title, 0
        while up >= 0 and page.tags[up] != "a" and up != item.block and steps < 4:
            up, steps = page.parent[up], steps + 1
        first, last = (
            (up, up) if up >= 0 and page.tags[up] == "a" else (item.title, page.end[max(0, item.title)])
        )
        inside = page.between(places, first, last) if item.title >= 0 else range(0)
        if inside:
            own[number] = page.links[inside[0]]
    if len(own) < 0.6 * len(items) or len({link.url for link in own.values()}) < len(own):
        return
    for number, link in own.items():
        items[number].link, items[number].url = link.at, link.url


def _titled(page: Page, item: Item, span: tuple[int, int]) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    last = min(span[1], span[0] + _LOOKED_AT) if span[0] == item.block else span[1]
    for i in range(span[0], last + 1):
        if not 0 < page.letters[i] <= 600 or page.silent[i]:
            continue
        bonus = _bonus(page, item, i)
        if bonus <= 0:
            continue
        quality = headline(page, i)[1]
        if quality > 0:
            found.append((i, quality * bonus))
    return found


def _bonus(page: Page, item: Item, i: int) -> float:
    """How much an element looks like the place of a headline."""
    element = page.elements[i]
    tag, named = element.tag, element.get("class") or ""
    linked = page.within(i, item.link) or page.within(item.link, i)
    # "Read more" says nothing of what stands around it.
    linked = linked and not words.is_more(page.text(item.link))
    heading = tag in HEADINGS or element.get("role") == "heading"
    titled = bool(_TITLED.search(named + (element.get("itemprop") or "")))
    if i == item.block and not heading and tag != "a":
        return 0.05 if page.letters[i] <= 250 else 0.0
    if tag not in _BOLD and not heading and tag != "a":
        return 0.0
    if not heading and page.digits[i] and tag != "a" and _holds_date(page, i):
        return 0.05
    # A heading with links to other places beside the title's own says more than the title.
    one_link = len(page.between(page.link_at, i, page.end[i])) <= 1
    leaf = page.end[i] == i or page.linked[i] >= 0.95 * page.letters[i] or heading
    leaf = leaf and (one_link or not heading)
    bonus = 0.15 + 0.6 * heading + 0.35 * titled + 0.3 * linked + 0.15 * (tag in ("strong", "b", "dt"))
    if tag == "a":
        same = i == item.link or page.addresses.get(i) == item.url
        bonus += (0.25 if linked else 0.5) if same else -0.1
        if page.digits[i] and _holds_date(page, i):
            bonus *= 0.5  # an element in it may hold the headline alone
    return bonus if leaf else bonus * 0.4


def _holds_date(page: Page, i: int) -> bool:
    """Whether an element shows a date beside other words."""
    dated = [page.dated[j].at for j in page.between(page.dated_at, i + 1, page.end[i])]
    return any(page.letters[d] < 0.8 * page.letters[i] for d in dated)


def _dates(page: Page, group: Group, items: list[Item]) -> None:
    counted: dict[str, float] = defaultdict(float)
    offered: list[dict[str, Dated]] = []
    for item, span in zip(items, group.spans, strict=True):
        known: dict[str, Dated] = {}
        near = [page.dated[j] for j in list(page.between(page.dated_at, *span))[:8]]
        near = [dated for dated in near if not _is_of_change(page, dated)] or near
        for dated in near or _opening(page, group, item):
            known.setdefault(way(page, item.block, dated.at) + "@" + dated.attribute, dated)
        for rank, name in enumerate(known):
            place = 0.0 if known[name].at == item.title else 0.1
            counted[name] += 1.0 - 0.05 * rank + (0.2 if known[name].attribute else 0.0) + place
        offered.append(known)
    order = sorted(counted, key=lambda n: -counted[n])
    for item, known in zip(items, offered, strict=True):
        chosen = next((known[n] for n in order if n in known), None)
        if chosen is not None:
            item.date, item.iso = chosen, chosen.iso
        elif (found := dates.in_url(item.url, page.style.tz)) and found.precision == "day":
            item.iso = found.value.date().isoformat()
    days.fill(page, group.blocks, items)


def _is_of_change(page: Page, dated: Dated) -> bool:
    """Whether a date says when something was changed, and not when it was published."""
    said = words.spaced(page.text(dated.at)[:60])
    hit = words.pattern("changed", "labels").search(said)
    return hit is not None and hit.start() <= 1 and not dated.attribute


def _opening(page: Page, group: Group, item: Item) -> list[Dated]:
    """The date that the text around the blocks begins with, where dates stand before their links: the first one's."""
    up = page.parent[item.block]
    if group.reach != "before" or item.block != group.blocks[0]:
        return []
    return [d for j in page.between(page.dated_at, up, up) if not (d := page.dated[j]).attribute]


def _decks(page: Page, group: Group, items: list[Item]) -> None:
    by_block = {item.block: item for item in items}

    def options(item: Item, span: tuple[int, int]) -> list[tuple[int, float]]:
        known = by_block[item.block]
        found = []
        for i in range(span[0], min(span[1], span[0] + _LOOKED_AT) + 1):
            element = page.elements[i]
            if page.silent[i] or not 40 <= page.letters[i] <= 1500 or i == known.block:
                continue
            if known.title >= 0 and (page.within(known.title, i) or page.within(i, known.title)):
                continue
            if known.date and page.within(known.date.at, i):
                continue
            if element.tag == "p" or (element.tag in ("div", "span", "td", "dd") and _is_leaf(page, i)):
                named = bool(_DECKED.search(element.get("class") or ""))
                plain = 0.0 if page.linked[i] else 0.5  # "read more" is no part of a deck
                found.append((i, 1.0 + 0.3 * named + 0.2 * (element.tag == "p") + plain))
        return found

    chosen = _vote(page, group, options, False)
    if sum(i >= 0 for i in chosen) >= 0.4 * len(items):
        for item, i in zip(items, chosen, strict=True):
            item.deck = i


def _is_leaf(page: Page, i: int) -> bool:
    return page.end[i] - i <= 3
