"""The newest release where it stands large above its list, in a build of its own: found, and joined to the recipe.

Only what has a headline, a date that is not older than the list's first, and an address in the list's own folder
is taken for it: a picture of the season is none. Pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from aggregator.adapters.listing import fields, locators
from aggregator.adapters.listing.fields import Item
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.naming import lasting
from aggregator.adapters.listing.page import Link, Page
from aggregator.model import Recipe
from aggregator.text import canonical_url

_ABOVE = 150
"""Elements above the list among which it may stand."""
_QUALITY = 0.55
_MOST = 6
"""Links that are looked at."""


def find(page: Page, group: Group, items: list[Item], others: frozenset[str]) -> Item | None:
    """The release above the list that belongs to it; None where there is none. `others` are known to be none."""
    first = group.spans[0][0]
    folder = _folder_of(items)
    newest = items[0].iso[:10]
    known = others.union(canonical_url(i.url) for i in items)
    if not folder or not newest or len(items) < 3:
        return None
    above = [link for link in page.links if first - _ABOVE <= link.at < first and not page.zone[link.at]]
    fitting = [a for a in above if _folder(a.url) == folder and canonical_url(a.url) not in known]
    for link in fitting[-_MOST:]:
        block = _block(page, link, first)
        item = fields.read(page, Group([block], [link])).items[0]
        dated = item.date is not None and page.within(item.date.at, block)
        if dated and item.iso[:10] >= newest and fields.headline_quality(item.text) >= _QUALITY:
            return item
    return None


def _block(page: Page, link: Link, first: int) -> int:
    """The largest element around a link that holds neither the list nor a link to anywhere else in the text."""
    block, up = link.at, page.parent[link.at]
    while up >= 0 and page.tags[up] not in ("body", "main", "html") and not page.within(first, up):
        inside = page.between(page.link_at, up, page.end[up])
        if len(inside) > _MOST or any(page.links[j].url != link.url for j in inside):
            break
        block, up = up, page.parent[up]
    return block


def join(page: Page, recipe: Recipe, item: Item) -> Recipe | None:
    """A recipe that gives this item too; None where no selector holds it apart from the rest of the page."""
    own, _ = locators.pin(page, Group([item.block], [page.links[page.link_at.index(item.link)]]), [item], -1)
    prefix = locators.address_prefix(page, [item])
    if not own.items or not prefix:
        return None
    # What stands there next year has to be a release again.
    bound = own.items[0]
    if prefix not in bound and not bound.startswith(("/", "(")):
        bound += prefix.removeprefix("a") if page.tags[item.block] == "a" else f":has({prefix})"
    both = [_either(bound, listed) for listed in recipe.items]
    return None if not all(both) else replace(
        recipe, items=tuple(both), url=_together(recipe.url, own.url), title=_together(recipe.title, own.title),
        published=_together(recipe.published, own.published), deck=_together(recipe.deck, own.deck),
    )  # fmt: skip


def _either(one: str, other: str) -> str:
    paths = [text.startswith(("/", "./", "(")) for text in (one, other)]
    if paths[0] != paths[1]:
        return ""
    return f"{one} | {other}" if paths[0] else f"{one}, {other}"


def _together(listed: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The list's locators first: each item is read by the first that finds something in it."""
    return tuple(dict.fromkeys((*listed, *own)))


def _folder(url: str) -> str:
    """Host and folders of an address up to the first that is a number; empty for the root."""
    parts = urlsplit(url)
    path = lasting(parts.path.rstrip("/").rpartition("/")[0] + "/")
    return f"{parts.hostname}{path}" if path.strip("/") else ""


def _folder_of(items: list[Item]) -> str:
    """The folder that most of the items stand in."""
    folder, count = Counter(_folder(i.url) for i in items).most_common(1)[0]
    return folder if count >= 0.6 * len(items) else ""
