"""A list made into a recipe: short selectors that a person can read, two for each field that do not depend on
each other, each tried out on the page itself.

One is taken from names (classes, ids), one from structure (tags, what an item holds, what its addresses begin
with). Names that a build tool made are not used, nor the position among siblings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from aggregator.adapters import recipes
from aggregator.adapters.listing import kinds, targets, words
from aggregator.adapters.listing.fieldlocators import TRIED, FieldLocators
from aggregator.adapters.listing.fields import Item
from aggregator.adapters.listing.groups import Group
from aggregator.adapters.listing.naming import (
    Test,
    common_start,
    first,
    good_names,
    lasting,
    names_of,
    own_name,
    way_up,
)
from aggregator.adapters.listing.page import HEADINGS, Page
from aggregator.adapters.listing.texts import text_of
from aggregator.model import Recipe

_MORE = 0.1
"""Items that a selector may give besides those that were found, as a share of them; one in any case."""


def pin(page: Page, group: Group, items: list[Item], next_at: int) -> tuple[Recipe, list[str]]:
    """A recipe for these items, and which of its fields could be given only one locator."""
    short: list[str] = []

    def two(name: str, found: list[str]) -> tuple[str, ...]:
        if len(found) == 1:
            short.append(f"only one locator could be had for {name}: {found[0]}")
        return tuple(found)

    fields = FieldLocators(page, items)
    recipe = Recipe(
        items=two("items", _items(page, group, items)),
        url=two("url", fields.url()),
        title=two("title", fields.title()),
        published=two("published", fields.published()) if any(i.date for i in items) else (),
        deck=two("deck", fields.deck()) if any(i.deck >= 0 for i in items) else (),
        next=two("next", _next(page, next_at)),
    )
    return recipe, short


# ---------------------------------------------------------------------------------------------- items


def _items(page: Page, group: Group, items: list[Item]) -> list[str]:
    wanted = [page.elements[i.block] for i in items]
    test = _selects(page, wanted, {page.elements[b] for b in group.blocks})
    named = first(_named_items(page, group), test, 30)
    built = first((s for s in _built_items(page, group, items) if s != named), test, 40)
    if not named or not built:
        # Nothing has a name, or nothing else tells: then two of structure that rely on different things.
        long = first((s for s in _long_items(page, group) if s not in (named, built)), test, 12)
        if built and not named:
            other = (s for s in _built_items(page, group, items) if _relies_on(s) != _relies_on(built))
            long = first(other, test, 40) or long
        named, built = (named or built, built and long) if not named else (named, long)
        named = named or long
    return [s for s in dict.fromkeys((named, built)) if s]


def _relies_on(selector: str) -> str:
    """What a selector of structure relies on: what the items hold, their addresses, or where they stand."""
    return "address" if "href" in selector else "content" if ":has(" in selector else "place"


def _selects(page: Page, wanted: list[etree._Element], known: set[etree._Element]) -> Test:
    """Whether a selector gives these elements; what it gives beside them is `known`, or holds no address."""

    def test(selector: str) -> bool:
        got = recipes.found(recipes.compiled(selector, within=False), page.root)
        if len(got) < len(wanted) or len(got) > 3 * len(wanted) + 20:
            return False
        mine = set(wanted)
        if not mine <= set(got):
            return False
        others = [g for g in got if g not in mine and g not in known and not _is_idle(page, g)]
        return len(others) <= max(1, _MORE * len(wanted)) and all(_is_alike(page, wanted, g) for g in others)

    return test


def _is_alike(page: Page, wanted: list[etree._Element], other: etree._Element | str) -> bool:
    """Whether an element that a selector gives besides is an item too, of which the page's build says otherwise: among
    the others, with one tag with them, and with a date of its own.
    """
    at = page.index.get(other) if not isinstance(other, str) else None
    if at is None or page.tags[at] != wanted[0].tag:
        return False
    beside = {page.parent[page.index[w]] for w in wanted}
    among = page.parent[at] in beside or page.index[wanted[0]] < at < page.index[wanted[-1]]
    return among and bool(page.between(page.dated_at, at, page.end[at]))


def _is_idle(page: Page, element: etree._Element | str) -> bool:
    """Whether an element could give no item: it leads nowhere, and nothing in it does; or it only leads to more."""
    if isinstance(element, str):
        return False
    at = page.index.get(element)
    return at is None or words.is_more(page.text(at)) or not page.between(page.link_at, at, page.end[at])


def _ancestors(page: Page, group: Group) -> list[int]:
    """The elements around all blocks, nearest first, at most eight."""
    last = group.blocks[-1]
    i, found = page.parent[group.blocks[0]], []
    while i >= 0 and page.tags[i] not in ("body", "html"):
        if page.within(last, i):
            found.append(i)
        i = page.parent[i]
    return found[:8]


def _named_items(page: Page, group: Group) -> Iterator[str]:
    blocks = group.blocks
    own = list(names_of(page, blocks))
    yield from own
    tags = {page.tags[b] for b in blocks}
    tag = next(iter(tags)) if len(tags) == 1 else "*"
    parents = list(dict.fromkeys(page.parent[b] for b in blocks))
    for name in names_of(page, parents):
        yield f"{name} > {tag}"
    for around in _ancestors(page, group):
        for name in own_name(page, around):
            yield f"{name} > {tag}" if around in parents else f"{name} {tag}"
            for selector in own[:3]:
                yield f"{name} {selector}"
            yield f"{name} {tag}:has(a)"


def _held(page: Page, group: Group, items: list[Item]) -> list[str]:
    """What every item holds that others on the page may not: a time, a heading, a link that begins so."""
    found = []
    inside = [set(page.tags[i.block : page.end[i.block] + 1]) for i in items[:TRIED]]
    shared = set.intersection(*inside) if inside else set()
    if "time" in shared:
        found.append(":has(time)")
    found += [f":has({h})" for h in HEADINGS if h in shared and page.tags[group.blocks[0]] != h]
    prefix = address_prefix(page, items)
    if prefix:
        found.append(f":has({prefix})")
    tag = page.tags[group.blocks[0]]
    if tag in inside_tags(page, items):
        return found
    # Tables and boxes stand in their like: the innermost is meant.
    return [*found, *(f":not(:has({tag})){condition}" for condition in found)]


def inside_tags(page: Page, items: list[Item]) -> set[str]:
    """Tags of what stands in the first items."""
    return {t for i in items[:TRIED] for t in page.tags[i.block + 1 : page.end[i.block] + 1]}


def address_prefix(page: Page, items: list[Item]) -> str:
    """What all addresses begin with, as a condition on links: their folder, or the first letters of a name."""
    names = {targets.attribute(page.elements[i.link]) for i in items}
    if names != {"href"}:
        return ""
    written = [page.elements[i.link].get("href") or "" for i in items]
    shared = common_start([re.sub(r"^(?:https?:)?//[^/]+|^\.?/", "", w) for w in written]).lstrip("/")
    folder = lasting(shared[: shared.rfind("/") + 1])
    name = re.match(r"[A-Za-z_-]*", shared[len(folder) :])
    if re.fullmatch(r"[\w/.~%-]{3,80}", folder):
        return f'a[href*="{folder}"]'
    if name and len(name[0]) > 1 and all(w.startswith(shared) for w in written):
        return f'a[href^="{name[0]}"]'
    return ""


def _built_items(page: Page, group: Group, items: list[Item]) -> Iterator[str]:
    blocks = group.blocks
    tags = {page.tags[b] for b in blocks}
    tag = next(iter(tags)) if len(tags) == 1 else "*"
    held = _held(page, group, items)
    main = "main " if page.root.find(".//main") is not None and all(page.main[b] for b in blocks) else ""
    if tag == "a":
        if prefix := address_prefix(page, items):
            yield main + prefix
        held = [h for h in held if "a[" not in h]
    inner, text = kinds.label(page, items)
    if text and '"' not in text:
        yield f'//{tag}[.//{inner}[starts-with(normalize-space(), "{text}")]]'
    up = way_up(page, blocks[0], 4)
    way = [page.tags[i] for i in up]
    end = page.parent[up[-1]] if up else page.parent[blocks[0]]
    if page.tags[end] in ("main", "body"):
        yield " > ".join([page.tags[end], *reversed(way), tag])
    for length in range(len(way) + 1):
        steps = " > ".join([*reversed(way[:length]), tag])
        if length == 0 and tag == "*":
            continue
        if length or tag in ("article", "tr", "li", "dt", "dd") or tag in HEADINGS:
            yield main + steps
        for condition in held:
            yield main + steps + condition
        for one, other in pairwise(held):
            yield main + steps + one + other


def _long_items(page: Page, group: Group) -> Iterator[str]:
    """Every step from the body on: longer than a person would write, and exact."""
    way = way_up(page, group.blocks[0], 12)
    tag = page.tags[group.blocks[0]]
    plain = [page.tags[i] for i in reversed(way)]
    named = [page.tags[i] + "".join(f".{n}" for n in good_names(page, i)[:1]) for i in reversed(way)]
    for length in range(5, len(plain) + 1):
        yield " > ".join([*plain[-length:], tag])
        yield " > ".join([*named[-length:], tag])
    for i in way:
        for name in own_name(page, i):
            steps = [page.tags[j] for j in reversed(way) if page.within(j, i) and j != i]
            yield " > ".join([name, *steps, tag])


# ---------------------------------------------------------------------------------------------- next page


def _next(page: Page, at: int) -> list[str]:
    """Locators of the link to the next page; `at` is its number, -1 where the head or nothing names it."""
    if at < 0:
        heads = [e for e in page.root.iter("link") if "next" in (e.get("rel") or "").lower().split()]
        return ["link[rel~=next]@href"] if heads else []
    element = page.elements[at]

    def test(locator: str) -> bool:
        got = recipes.found(recipes.compiled(locator, within=False), page.root)
        return bool(got) and got[0] is element

    found: list[str] = []
    if "next" in (element.get("rel") or "").lower().split():
        found.append("a[rel~=next]")
    # On the next page the same name must still mean the link onward: "pager" alone would not.
    options = [
        f"{s} a" if page.tags[i] != "a" else f"a{s}"
        for i in (at, *way_up(page, at, 2))
        for s in own_name(page, i)
        if words.pattern("links", "next").search(words.spaced(s))
    ]
    text = text_of(element, 40)
    if text and '"' not in text and not text.isdigit():
        options.append(f'//a[normalize-space(.)="{text}"]')
    label = element.get("aria-label") or element.get("title") or ""
    if label and re.fullmatch(r"[\w »›>→-]{2,40}", label) and not any(c.isdigit() for c in label):
        options += [f'a[{name}="{label}"]' for name in ("aria-label", "title") if element.get(name) == label]
    found += [o for o in dict.fromkeys(options) if o not in found and test(o)]
    return [f"{s}@href" for s in found[:2]]
