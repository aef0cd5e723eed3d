"""The newest release where it stands large above its list, in a build of its own: found, and joined to the recipe.

Only what has a headline, a date that is not older than the list's first, and an address in the list's own folder
is taken for it: a picture of the season is none. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from aggregator.adapters.listing import fields, headlines, locators, scoring
from aggregator.adapters.listing.fields import Item
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.naming import lasting
from aggregator.adapters.listing.page import Link, Page
from aggregator.model import Recipe
from aggregator.text import canonical_url

_ABOVE = 150
"""Elements above the list among which it may stand."""
_QUALITY = 0.55
_FIELDS = ("url", "title", "published", "deck")
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
    rooted = not folder.partition("/")[2]
    above = [link for link in page.links if first - _ABOVE <= link.at < first and not page.zone[link.at]]
    fitting = [a for a in above if _folder(a.url) == folder and canonical_url(a.url) not in known]
    # At the root stands everything: there an address has to end in words of a headline as well.
    fitting = [a for a in fitting if not rooted or scoring.is_long(a.url)]
    for link in fitting[-_MOST:]:
        block = _block(page, link, first)
        item = fields.read(page, Group([block], [link])).items[0]
        dated = item.date is not None and page.within(item.date.at, block)
        if dated and item.iso[:10] >= newest and headlines.quality(item.text) >= _QUALITY:
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


def joined(page: Page, recipe: Recipe, item: Item) -> Iterator[Recipe]:
    """Recipes that may give this item too; none where no selector holds it apart from the rest of the page."""
    own, _ = locators.pin(page, Group([item.block], [page.links[page.link_at.index(item.link)]]), [item], -1)
    prefix = locators.address_prefix(page, [item]) if _folder(item.url).partition("/")[2] else ""
    if not own.items:
        return
    # What stands there next year has to be a release again.
    bound = own.items[0]
    if not prefix:
        dated = next((d for d in own.published if re.fullmatch(r"[\w.-]+", d)), "")
        if not dated or bound.startswith(("/", "(")):
            return
        bound += f":has({dated})"
    elif prefix not in bound and not bound.startswith(("/", "(")):
        bound += prefix.removeprefix("a") if page.tags[item.block] == "a" else f":has({prefix})"
    both = [_either(bound, listed) for listed in recipe.items]
    for second in (False, True) if all(both) else ():
        url, title, published, deck = (
            _together(getattr(recipe, name), getattr(own, name), second) for name in _FIELDS
        )
        yield replace(recipe, items=tuple(both), url=url, title=title, published=published, deck=deck)


def _either(one: str, other: str) -> str:
    paths = [text.startswith(("/", "./", "(")) for text in (one, other)]
    if paths[0] != paths[1]:
        return ""
    return f"{one} | {other}" if paths[0] else f"{one}, {other}"


def _together(listed: tuple[str, ...], own: tuple[str, ...], second: bool) -> tuple[str, ...]:
    """The list's locators first: each item is read by the first that finds something in it. `second` puts those of
    the item before all but the list's first, where the others ("a") would find too much in it."""
    split = 1 if second else len(listed)
    return tuple(dict.fromkeys((*listed[:split], *own, *listed[split:])))


def _folder(url: str) -> str:
    """Host and folders of an address up to the first that is a number."""
    parts = urlsplit(url)
    return f"{parts.hostname}{lasting(parts.path.rstrip('/').rpartition('/')[0] + '/')}"


def _folder_of(items: list[Item]) -> str:
    """The folder that most of the items stand in."""
    folder, count = Counter(_folder(i.url) for i in items).most_common(1)[0]
    return folder if count >= 0.6 * len(items) else ""
