"""Links that stand in blocks of the same build, grouped: every list that a page might hold.

Two links are of one build when the tags and names on the way to them are the same, positions left out. The
**block** of an item is the largest element around its link that holds no other item's. Linear but for the
depth of the page, which the parser bounds.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from aggregator.adapters.listing import words
from aggregator.adapters.listing.page import Link, Page

MOST_GROUPS = 20
"""Groups of a page that are looked at closely: those with the most text in their blocks."""
MOST_ITEMS = 1_000

_SPACES = re.compile(r"\s+")
_HASHED = re.compile(
    r"^(?:css|sc|jsx|svelte|emotion|jss|astro|data-v|e)-?[0-9][\w-]*$|^(?:css|sc|jsx|svelte|emotion|jss|astro)-"
    r"|__+(?![a-z]{3,}(?:-[a-z]{2,}|[A-Z][a-z]{3,})*$)[A-Za-z0-9-]{5,}$|_[A-Za-z0-9]*\d[A-Za-z0-9]*$|^[a-z]{1,3}\d|[a-f0-9]{6,}|[A-Z][a-z]?\d|^_"
)


def is_stable(name: str) -> bool:
    """Whether a class name was written by a person and stays: no hash of a build, no number of an item."""
    return (
        2 < len(name) < 40
        and not _HASHED.search(name)
        and not any(c.isdigit() for c in name)
        and name.replace("-", "").replace("_", "").isalnum()
    )


def classes(page: Page, i: int) -> list[str]:
    return (page.elements[i].get("class") or "")[:600].split()[:20]


@dataclass(slots=True)
class Group:
    """Blocks of one build with a link each."""

    blocks: list[int]
    """Numbers of the blocks, in order."""
    links: list[Link]
    """The link of each block."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """First and last element of each item: the block, or with the siblings that belong to it."""
    reach: str = ""
    """``after`` or ``before`` where the siblings of a block belong to it."""

    def __post_init__(self) -> None:
        self.spans = self.spans or [(b, b) for b in self.blocks]


def signatures(page: Page) -> list[str]:
    """What each element is called, without what tells it from its like among its siblings."""
    children: dict[tuple[int, str], list[int]] = {}
    for i, up in enumerate(page.parent):
        children.setdefault((up, page.tags[i]), []).append(i)
    made = [""] * len(page.elements)
    states = words.entries("states", "words")
    for (_, tag), siblings in children.items():
        named = {i: classes(page, i) for i in siblings}
        counts = Counter(name for names in named.values() for name in set(names))
        common = {n for n, c in counts.items() if 2 * c > len(siblings)} if len(siblings) > 2 else set()
        for i, names in named.items():
            kept = common.intersection(names) or {
                n for n in names if n not in states and not any(c.isdigit() for c in n)
            }
            made[i] = f"{tag}.{'.'.join(sorted(kept))}" if kept else tag
        if tag in ("td", "th"):
            columns(siblings, made)
    return made


def columns(cells: list[int], made: list[str]) -> None:
    """Cells of a row are told apart by their column."""
    for number, i in enumerate(cells):
        made[i] = f"{made[i]}#{number}"


def find(page: Page) -> list[Group]:
    """The lists that the page might hold, those with the most text first."""
    signs = signatures(page)
    tags = [
        s.partition("#")[0].partition(".")[0] + s[s.find("#") :] if "#" in s else t
        for s, t in zip(signs, page.tags, strict=True)
    ]
    fine, coarse = _paths(page, signs), _paths(page, tags)
    found: dict[tuple[int, ...], Group] = {}
    for paths in (fine, coarse):
        together: dict[int, list[Link]] = {}
        for link in page.links:
            together.setdefault(paths[link.at], []).append(link)
        for links in together.values():
            group = _group(page, links)
            for one in [group, *_parts(page, group)] if group is not None else ():
                found.setdefault(tuple(one.blocks), one)
    hopeful = [g for g in found.values() if _may_be(page, g)]
    return sorted(hopeful, key=lambda g: -_weight(page, g))[:MOST_GROUPS]


def _paths(page: Page, signs: list[str]) -> list[int]:
    """A number for each way of names from the root; the same way has the same number."""
    known: dict[tuple[int, str], int] = {}
    made: list[int] = []
    for i, up in enumerate(page.parent):
        way = (made[up] if up >= 0 else -1, signs[i])
        made.append(known.setdefault(way, len(known)))
    return made


def _may_be(page: Page, group: Group) -> bool:
    """Whether a closer look could pay: not for menus without a date, nor for rows of single words."""
    first = group.blocks[:30]
    dated = sum(bool(page.between(page.dated_at, b, page.end[b])) for b in first)
    if dated:
        return True
    if page.zone[first[0]] in ("navigation", "paging", "frame"):
        return False
    labels = [len(label(page, link)) for link in group.links[:30]]
    shown = [page.letters[b] for b in first]
    return max(sum(labels), sum(shown)) >= 15 * len(first)


def _weight(page: Page, group: Group) -> float:
    shown = sum(min(300, page.letters[b]) for b in group.blocks)
    return shown * (0.2 if page.zone[group.blocks[0]] else 1.0)


def label(page: Page, link: Link) -> str:
    """What a link is called: its text, else its title."""
    element = page.elements[link.at]
    return page.text(link.at) or element.get("aria-label") or element.get("title") or ""


def _group(page: Page, links: list[Link]) -> Group | None:
    telling = [link for link in links if not words.is_more(label(page, link))]
    # Beside a title the link to its PDF says nothing; where all say "read more", they are the items' links.
    links = telling if len(telling) >= 0.3 * len(links) else links
    if not telling:
        links = _of_one_label(page, links)
    if not links:
        return None
    if len(links) == 1:
        block = _alone(page, links[0])
        return Group([block], links) if block >= 0 else None
    shared = [_common(page, a.at, b.at) for a, b in pairwise(links)]
    depths = Counter[int]()
    for i in range(len(links)):
        around = [shared[j] for j in (i - 1, i) if 0 <= j < len(shared)]
        depths[max(page.depth[a] for a in around) + 1] += 1
    depth = max(depths.items(), key=lambda d: (d[1], d[0]))[0]
    blocks: dict[int, Link] = {}
    for link in links:
        block = _up(page, link.at, depth)
        blocks.setdefault(block, link)
        if len(blocks) >= MOST_ITEMS:
            break
    return Group(list(blocks), list(blocks.values()))


def _of_one_label(page: Page, links: list[Link]) -> list[Link]:
    """Of links that each item has several of ("DE | EN"): those in the page's language, else the first kind."""
    labels = [words.plain(label(page, link)) for link in links]
    often = [said for said, count in Counter(labels).items() if count >= 0.3 * len(links)]
    if len(often) < 2:
        return links
    language = page.language[:2].lower()
    chosen = next((said for said in often if said[:2] == language), often[0])
    return [link for link, said in zip(links, labels, strict=True) if said == chosen]


_MOST_PARTS = 12


def _parts(page: Page, group: Group) -> list[Group]:
    """Of several lists of one build those whose heading speaks of releases, and those whose heading does not
    speak of anything else. The lists of the years of a newsroom stay one."""
    together = _common(page, group.blocks[0], group.blocks[-1])
    depth = page.depth[together] + 1
    lists: dict[int, list[int]] = {}
    for number, block in enumerate(group.blocks):
        lists.setdefault(_up(page, block, depth), []).append(number)
    if not 2 <= len(lists) <= _MOST_PARTS or all(len(numbers) == 1 for numbers in lists.values()):
        return []
    headings = {top: _heading_within(page, top, group.blocks[numbers[0]]) for top, numbers in lists.items()}
    clear = [top for top in lists if words.newsroom(headings[top]) == 2]
    silent = [top for top in lists if top in clear or not words.other(headings[top])]
    made = []
    for tops in (clear, silent):
        if 0 < len(tops) < len(lists):
            numbers = [n for top in tops for n in lists[top]]
            made.append(Group([group.blocks[n] for n in numbers], [group.links[n] for n in numbers]))
    return made


def _heading_within(page: Page, top: int, block: int) -> str:
    """The heading of a list, in its own part of the page."""
    places = [i for i, _ in page.headings]
    above = page.between(places, top, block - 1)
    return page.text(places[above[0]])[:120] if above else ""


def _common(page: Page, a: int, b: int) -> int:
    """The smallest element around two; `a` stands before `b`."""
    while not page.within(b, a):
        a = page.parent[a]
    return a


def _up(page: Page, i: int, depth: int) -> int:
    while page.depth[i] > depth:
        i = page.parent[i]
    return i


_ENDS = frozenset(
    {"body", "html", "main", "section", "ul", "ol", "tbody", "table", "nav", "header", "footer"}
)


def _alone(page: Page, link: Link) -> int:
    """The block of a link that has no like: the largest element around it without a link elsewhere."""
    block, up = link.at, page.parent[link.at]
    places = [other.at for other in page.links]
    while up >= 0 and page.tags[up] not in _ENDS:
        inside = page.between(places, up, page.end[up])
        if len(inside) > 4 or any(page.links[j].url != link.url for j in inside):
            break
        block, up = up, page.parent[up]
    return block if page.tags[block] != "a" or page.letters[block] > 40 else -1
