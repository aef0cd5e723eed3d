"""The lists of releases on a page, found without any selector: the best first, each with a recipe for it.

The page is taken apart once, links are grouped by build, the groups are weighed. What a list gives is what
its recipe gives: a recipe that does not give the same items again is not believed.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from aggregator.adapters import recipes
from aggregator.adapters.listing import fields, groups, kinds, lead, locators, paging, scoring
from aggregator.adapters.listing.fields import Fields, Item
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.page import Page
from aggregator.adapters.listing.texts import text_of
from aggregator.model import Draft, Recipe
from aggregator.text import address_key, canonical_url

LEAST = 0.35
"""Score below which a group of links is not told of."""
MOST = 3
"""Lists of a page that are told of."""


@dataclass(slots=True)
class Found:
    """A list on a page."""

    recipe: Recipe | None
    """None where no selector gives the items again: the page is then taken apart at each poll."""
    items: list[Draft]
    score: float
    evidence: list[str] = field(default_factory=list)
    next_url: str = ""
    title: str = ""
    """Its heading."""


@dataclass(slots=True)
class _Weighed:
    group: Group
    fields: Fields
    score: scoring.Score
    keys: frozenset[str]
    others: frozenset[str] = frozenset()
    """Addresses of what stands in the list and is no release."""


def lists(page: Page, *, most: int = MOST) -> list[Found]:
    """The lists that may be one of releases, best first; empty where there is none."""
    weighed = [_weigh(page, group) for group in groups.find(page)]
    weighed = sorted((w for w in weighed if w.score.value >= LEAST), key=lambda w: -w.score.total)
    found: list[Found] = []
    taken: list[frozenset[str]] = []
    for one in weighed:
        if len(found) >= most:
            break
        # The image, the title and the "read more" of the same items are one list.
        if any(len(one.keys & other) >= 0.5 * len(one.keys) for other in taken):
            continue
        one = next((w for w in weighed if _is_finer(page, one, w) or _shows_again(page, one, w)), one)
        found.append(_pinned(page, one))
        taken.append(one.keys)
    return found


def _shows_again(page: Page, box: _Weighed, other: _Weighed) -> bool:
    """Whether a list holds most of what a box shows, and more, in another place: the box is a choice of it."""
    if len(other.keys) < 2 * len(box.keys) or other.score.value < 0.5:
        return False
    apart = not any(
        page.within(a, b) or page.within(b, a) for a in other.group.blocks for b in box.group.blocks[:3]
    )
    return apart and len(box.keys & other.keys) >= 0.6 * len(box.keys)


def _is_finer(page: Page, coarse: _Weighed, other: _Weighed) -> bool:
    """Whether a list holds all that a coarser one does and more, in blocks within its own that read and are dated as
    well: two releases below one day's heading are two.
    """
    if not other.keys > coarse.keys or other.fields.quality < coarse.fields.quality - 0.05:
        return False
    blocks = coarse.group.blocks
    inside = (blocks[max(0, bisect_right(blocks, b) - 1)] for b in other.group.blocks)
    within = all(page.within(b, block) for b, block in zip(other.group.blocks, inside, strict=True))
    return within and _dated(other) >= _dated(coarse)


def _dated(one: _Weighed) -> float:
    return sum(bool(item.iso) for item in one.fields.items) / len(one.fields.items)


def _weigh(page: Page, group: Group) -> _Weighed:
    read = fields.read(page, group)
    every = {canonical_url(i.url) for i in read.items}
    group, read.items = _own(page, group, read.items)
    if not read.items:
        return _Weighed(group, read, scoring.Score(), frozenset())
    keys = frozenset(canonical_url(i.url) for i in read.items)
    return _Weighed(group, read, scoring.score(page, group, read), keys, frozenset(every - keys))


def _own(page: Page, group: Group, items: list[Item]) -> tuple[Group, list[Item]]:
    """Items with a headline, each address once, and of a mixed list the releases; with their group."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.text:
            seen.setdefault(canonical_url(item.url), number)
    numbers = list(seen.values())
    kept = [items[n] for n in numbers]
    ours = kinds.own(page, kept)
    if len(ours) == len(kept):
        return group, kept
    numbers = [numbers[n] for n in ours]
    blocks, links, spans = group.blocks, group.links, group.spans
    part = Group([blocks[n] for n in numbers], [links[n] for n in numbers], [spans[n] for n in numbers],
                 group.reach)  # fmt: skip
    return part, [items[n] for n in numbers]


def _pinned(page: Page, one: _Weighed) -> Found:
    items = one.fields.items
    last = one.group.spans[-1][1]
    next_url, next_at = paging.find(page, last)
    recipe, short = locators.pin(page, one.group, items, next_at)
    applied = recipes.apply(recipe, page)
    evidence = [*one.score.evidence, *short]
    drafts = applied.items
    if len(drafts) < 0.9 * len(items) or canonical_url(items[0].url) not in {d.key for d in drafts}:
        # Nothing pinned is better than a recipe that loses releases, the newest above all.
        evidence.append(f"no recipe: the best one gives {len(drafts)} of {len(items)} items")
        drafts = [_draft(page, item) for item in items]
        recipe_or_none = None
    else:
        recipe_or_none = recipe
    above = lead.find(page, one.group, items, one.others)
    if above is not None and recipe_or_none is not None:
        for joined in lead.joined(page, recipe, above):
            more = recipes.apply(joined, page).items
            if more[1:] == drafts and more[0].url == above.url and more[0].title == above.text:
                recipe_or_none, drafts, items = joined, more, [above, *items]
                evidence.append("the release that stands large above the list is joined to it")
                break
    elif above is not None:
        drafts, items = [_draft(page, above), *drafts], [above, *items]
    missing = len(items) - len({d.key for d in drafts} & {canonical_url(i.url) for i in items})
    if missing or len(drafts) != len(items):
        evidence.append(f"its recipe gives {len(drafts)} items where {len(items)} were seen")
    return Found(
        recipe_or_none, drafts, one.score.value, evidence, applied.next_url or next_url,
        scoring.heading_of(page, one.group) or page.title,
    )  # fmt: skip


def _draft(page: Page, item: Item) -> Draft:
    """An item as it was seen, without a recipe."""
    return Draft(
        key=address_key(item.url),
        url=item.url,
        title=item.text,
        published=item.iso,
        summary=text_of(page.elements[item.deck]) if item.deck >= 0 else "",
        content="",
        content_type="text/html",
        base=page.base,
        language=page.language,
        fetched_at=page.document.fetched_at,
    )
