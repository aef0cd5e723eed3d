"""Links that stand in blocks of the same build, grouped: every list that a page might hold.

Two links are of one build when the tags and names on the way to them are the same, positions left out. The
**block** of an item is the largest element around its link that holds no other item's. Linear but for the
depth of the page, which the parser bounds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from aggregator.adapters.listing import parts, when, words
from aggregator.adapters.listing.page import HEADINGS, Link, Page

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
    # The newest item is often larger than the others, and its heading a level higher.
    tags = [
        ("h" if page.tags[i] in HEADINGS else page.tags[i]) + (s[s.find("#") :] if "#" in s else "")
        for i, s in enumerate(signs)
    ]
    found: dict[tuple[int, ...], Group] = {}
    ways = _paths(page, tags)
    for paths in (_paths(page, signs), ways):
        for links in _alike(page, paths):
            for group in _groups(page, links):
                for one in (group, *_parts(page, group)):
                    found.setdefault(tuple(one.blocks), one)
    for links in _alike(page, _near(page, tags)):
        scattered = _scattered(page, links) if len({ways[link.at] for link in links}) > 1 else None
        if scattered is not None:
            found.setdefault(tuple(scattered.blocks), scattered)
    hopeful = [g for g in found.values() if _may_be(page, g)]
    return sorted(hopeful, key=lambda g: -_weight(page, g))[:MOST_GROUPS]


def _alike(page: Page, ways: list[int]) -> list[list[Link]]:
    """The links that are reached by the same way, together."""
    together: dict[int, list[Link]] = {}
    for link in page.links:
        together.setdefault(ways[link.at], []).append(link)
    return list(together.values())


def _near(page: Page, tags: list[str]) -> list[int]:
    """A number for each way of tags through the last elements, wherever on the page it begins."""
    known: dict[tuple[str, ...], int] = {}
    made: list[int] = []
    for i, tag in enumerate(tags):
        up = page.parent[i]
        above = page.parent[up] if up >= 0 else -1
        way = (tag, tags[up] if up >= 0 else "", tags[above] if above >= 0 else "", page.zone[i])
        made.append(known.setdefault(way, len(known)))
    return made


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


def _groups(page: Page, links: list[Link]) -> list[Group]:
    """The blocks of these links of one build: the largest that are apart; and where some of them would hold several
    links (two releases below one day's heading), the smaller ones that hold one each, too.
    """
    links = _telling(page, links)
    if len(links) == 1:
        block = _alone(page, links[0])
        return [Group([block], links)] if block >= 0 else []
    if not links:
        return []
    depths = _depths(page, links)
    usual = max(Counter(depths).items(), key=lambda d: (d[1], d[0]))[0]
    made = [_cut(page, links, [usual] * len(links))]
    if (
        len(made[0].blocks) < len(links)
        and max(depths) > usual
        and _are_headlines(page, links, made[0].links)
    ):
        made.append(_cut(page, links, [max(depths)] * len(links)))
    return made


def _are_headlines(page: Page, links: list[Link], first: list[Link]) -> bool:
    """Whether what links say, beside the `first` of each block, differs, as "Download (120 kB)" does not."""
    known = {link.at for link in first}
    said = [words.nameless(label(page, link)) for link in links if link.at not in known]
    return len(set(said)) >= 0.8 * len(said)


def _scattered(page: Page, links: list[Link]) -> Group | None:
    """The blocks of links that look alike and stand in different surroundings, as in texts that were pasted from
    elsewhere; None where a heading parts them.
    """
    links = _telling(page, links)
    if len(links) < 3 or not _are_headlines(page, links, []):
        return None
    group = _cut(page, links, _depths(page, links))
    starts, last = group.blocks, group.blocks[-1]
    for n in page.between([i for i, _ in page.headings], starts[0], last):
        heading = page.headings[n][0]
        block = starts[bisect_right(starts, heading) - 1]
        if not page.within(heading, block) and not when.period(page.text(heading)):
            return None
    return group


def _telling(page: Page, links: list[Link]) -> list[Link]:
    """Beside a title the link to its PDF says nothing; where all say "read more", they are the items' links."""
    telling = [link for link in links if not words.is_more(label(page, link))]
    links = telling if len(telling) >= 0.3 * len(links) else links
    return links if telling else _of_one_label(page, links)


def _depths(page: Page, links: list[Link]) -> list[int]:
    """How deep the largest element around each link stands that holds none of its neighbours."""
    shared = [page.common(a.at, b.at) for a, b in pairwise(links)]
    around = [shared[max(0, i - 1) : i + 1] for i in range(len(links))]
    return [max(page.depth[a] for a in beside) + 1 for beside in around]


def _cut(page: Page, links: list[Link], depths: list[int]) -> Group:
    blocks: dict[int, Link] = {}
    for link, depth in zip(links, depths, strict=True):
        blocks.setdefault(_up(page, link.at, depth), link)
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
    together = page.common(group.blocks[0], group.blocks[-1])
    depth = page.depth[together] + 1
    lists: dict[int, list[int]] = {}
    for number, block in enumerate(group.blocks):
        lists.setdefault(_up(page, block, depth), []).append(number)
    if not 2 <= len(lists) <= _MOST_PARTS or all(len(numbers) == 1 for numbers in lists.values()):
        return []
    headings = {
        top: _heading_within(page, top, group.blocks[numbers[0]]) or parts.called(page, top)
        for top, numbers in lists.items()
    }
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
