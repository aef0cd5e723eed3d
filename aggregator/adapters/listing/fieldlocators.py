"""Locators of the fields of an item: one by names, one by structure, each tried on the items themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from aggregator.adapters import recipes
from aggregator.adapters.listing import targets
from aggregator.adapters.listing.fields import Item
from aggregator.adapters.listing.headlines import trimmed, whole_title
from aggregator.adapters.listing.naming import Test, common_start, first, good_names, lasting, names_of
from aggregator.adapters.listing.page import BEHIND, HEADINGS, Page
from aggregator.adapters.listing.texts import text_of

_BARE = (
    "./text()[normalize-space()]",
    "./*/text()[normalize-space()]",
    "./following-sibling::text()[normalize-space()][1]",
    "./preceding-sibling::text()[normalize-space()][1]",
    ".//br/following-sibling::text()[1]",
    ".//text()[normalize-space()]",
)
"""Where the bare text of an item may stand that is its date."""
TRIED = 40
"""Items that a locator of a field is tried on; the whole recipe is tried on all."""


class FieldLocators:
    """Locators of the fields of an item, each tried on the items."""

    def __init__(self, page: Page, items: list[Item]) -> None:
        self.page, self.all = page, items
        self.items = items[:TRIED]
        self.nodes = [page.elements[i.block] for i in self.items]

    def url(self) -> list[str]:
        name = Counter(targets.attribute(self.page.elements[i.link]) for i in self.all).most_common(1)[0][0]
        if all(i.link == i.block for i in self.all):
            return [f"@{name}"]
        wanted = [i.url for i in self.items]
        test = self._gives(wanted, lambda said, _: self.page.address(said))
        at = [i.link for i in self.items]
        named = (f"{s}@{name}" for s in self._linked_names(at))
        return self._two(named, (f"{s}@{name}" for s in self._built(at, "a")), test)

    def title(self) -> list[str]:
        wanted = [i.text for i in self.items]
        test = self._gives(wanted, lambda said, node: trimmed(whole_title(said[:400], node), self.page.style))
        at = [i.title if i.title >= 0 else i.link for i in self.items]
        return self._two(self._linked_names(at), self._built(at, ""), test)

    def published(self) -> list[str]:
        known = [i.date.at for i in self.items if i.date]
        wanted = [i.iso if i.date else "" for i in self.items]
        names = Counter(i.date.attribute for i in self.items if i.date)
        attribute = names.most_common(1)[0][0]
        tail = f"@{attribute}" if attribute and attribute != BEHIND else ""

        def test(text: str) -> bool:
            locator = recipes.compiled(text, within=True)
            return _agree([recipes.day(locator, self.page, node) for node in self.nodes], wanted)

        named = (s + tail for s in self._linked_names(known))
        built = (s + t for s in self._built(known, "") for t in dict.fromkeys((tail, "")))
        if attribute == BEHIND:
            return self._two(_BARE, built, test)
        return self._two(named, built, test)

    def deck(self) -> list[str]:
        wanted = [text_of(self.page.elements[i.deck]) if i.deck >= 0 else "" for i in self.items]
        at = [i.deck for i in self.items if i.deck >= 0]
        return self._two(
            self._linked_names(at), self._built(at, ""), self._gives(wanted, lambda said, _: said)
        )

    # ---------------------------------------------------------------------------------- how they are tried

    def _gives(self, wanted: list[str], made: Callable[[str, etree._Element], str]) -> Test:
        def test(locator: str) -> bool:
            compiled = recipes.compiled(locator, within=True)
            return _agree([made(recipes.value(compiled, node), node) for node in self.nodes], wanted)

        return test

    def _two(self, named: Iterable[str], built: Iterable[str], test: Test) -> list[str]:
        by_name = first(named, test, 14)
        built = [s for s in dict.fromkeys(built) if s != by_name]
        by_build = first(built, test, 24)
        if by_name or not by_build:
            return [s for s in (by_name, by_build) if s]
        # Nothing has a name: then two ways of another kind, by tag and by place.
        another = first((s for s in built if _kind(s) != _kind(by_build)), test, 24)
        return [s for s in (by_build, another) if s]

    # --------------------------------------------------------------------------------- how they are made up

    def _outside(self, at: list[int]) -> bool:
        blocks = {i.block for i in self.items}
        return bool(at) and not any(self._block_of(i, blocks) for i in at[:3])

    def _block_of(self, i: int, blocks: set[int]) -> bool:
        while i >= 0:
            if i in blocks:
                return True
            i = self.page.parent[i]
        return False

    def _linked_names(self, at: list[int]) -> Iterator[str]:
        """By the names of the elements, of their parents, or of the links in them."""
        if not at:
            return
        page = self.page
        if self._outside(at):
            yield from self._beside(at, True)
            return
        yield from names_of(page, at)
        tags = Counter(page.tags[i] for i in at)
        tag = tags.most_common(1)[0][0]
        up = [page.parent[i] for i in at]
        for level in range(3):
            for name in names_of(page, up):
                yield f"{name} > {tag}" if level == 0 else f"{name} {tag}"
                yield f"{name} {tag}"
            if level == 0:
                for attribute in ("itemprop", "property"):
                    values = {page.elements[i].get(attribute) or "" for i in at}
                    if len(values) == 1 and (value := values.pop()) and re.fullmatch(r"[\w:-]{2,40}", value):
                        yield f'[{attribute}="{value}"]'
            up = [page.parent[i] if page.parent[i] >= 0 else i for i in up]
        # What most of them are called, where a few are called otherwise.
        for often, _ in Counter(n for i in at for n in good_names(page, i)).most_common(2):
            yield f".{often}"

    def _built(self, at: list[int], only: str) -> Iterator[str]:
        """By tags alone: the element itself, within its nearest ones, or as the first of its kind."""
        if not at:
            return
        page = self.page
        if self._outside(at):
            yield from self._beside(at, False)
            return
        tag = Counter(page.tags[i] for i in at).most_common(1)[0][0]
        blocks = {i.block for i in self.items}
        if at[0] in blocks:
            yield "./text()[1]"
            yield "(.)"
            yield "./descendant-or-self::*"
            yield "a"
            yield from self._by_address([i.link for i in self.items])
            return
        yield tag
        way = [tag]
        i = page.parent[at[0]]
        while i >= 0 and i not in blocks and len(way) < 5:
            way.insert(0, page.tags[i])
            yield " > ".join(way)
            if page.tags[i] in HEADINGS:
                yield f"{page.tags[i]} {tag}"
                yield page.tags[i]
            i = page.parent[i]
        if page.tags[at[0]] in HEADINGS:
            yield ":is(h1, h2, h3, h4)"
            yield f"{tag} a"
        for child in page.elements[at[0]]:
            if isinstance(child.tag, str):
                yield child.tag
        if tag != "a" and not only:
            yield "a"
        if tag != "time":
            yield "time"
        if tag == "a":
            yield from self._by_address(at)
        if len(way) > 1:
            yield "./" + "/".join(way)
        number = self._cell(at)
        if number:
            yield f"./{tag}[{number}]"
            yield f"./*[{number}]"
        yield f"(.//{tag})[last()]"
        yield f"(.//{tag})[2]"
        yield "(./*)[1]"

    def _by_address(self, at: list[int]) -> Iterator[str]:
        """By what the addresses of the links begin with."""
        written = [self.page.elements[i].get("href") or "" for i in at]
        shared = common_start(written)
        for part in (shared.rpartition("/")[0] + "/", shared):
            part = lasting(re.sub(r"^https?://[^/]*", "", part)).rstrip("0123456789")
            if re.fullmatch(r"[\w/.~%?=&-]{4,60}", part) and "/" in part:
                yield f'a[href*="{part}"]'

    def _cell(self, at: list[int]) -> int:
        """The place among the cells of a row, where it is the same for all."""
        places: set[int] = set()
        for i in at:
            element = self.page.elements[i]
            places.add(1 + sum(1 for s in element.itersiblings(self.page.tags[i], preceding=True)))
        return places.pop() if len(places) == 1 else 0

    def _beside(self, at: list[int], named: bool) -> Iterator[str]:
        """What stands before or behind the block, as its sibling or within one."""
        page = self.page
        i, block = at[0], self._nearest(at[0])
        way = "following-sibling" if i > block else "preceding-sibling"
        top = i
        while page.parent[top] >= 0 and page.parent[top] != page.parent[block]:
            top = page.parent[top]
        tag, inner = page.tags[top], page.tags[i]
        rest = "" if top == i else f"//{inner}"
        if named:
            for name in good_names(page, top)[:2]:
                yield f'./{way}::{tag}[contains(@class, "{name}")][1]{rest}'
                yield f'./{way}::*[contains(@class, "{name}")][1]{rest}'
            for name in good_names(page, i)[:2]:
                yield f'./{way}::*[1]//*[contains(@class, "{name}")]'
            return
        yield f"./{way}::{tag}[1]{rest}"
        if i < block:
            yield f"./preceding::{inner}[1]"
        yield f"./{way}::*[1]{rest or '//self::*'}"
        yield f"./{way}::*[1]"
        yield f"./{way}::*[2]"

    def _nearest(self, i: int) -> int:
        """The block of the item that an element outside of blocks belongs to."""
        for item in self.items:
            if (item.date and item.date.at == i) or i in (item.deck, item.title):
                return item.block
        return self.items[0].block


def _kind(locator: str) -> str:
    """What a locator of structure relies on: the tag at its end, a place, or what an attribute holds."""
    if locator.startswith(("./", "(")):
        axis = re.match(r"\./[a-z-]+::(\w+)", locator)
        return axis[1] if axis else "place"
    tag = re.split(r"[ >]+", locator.partition("@")[0])[-1]
    return "attribute" if "[" in tag else tag


def _agree(got: list[str], wanted: list[str]) -> bool:
    """Whether a locator says what was found: everywhere, or nothing in the few places where it is missing."""
    right = sum(a == b for a, b in zip(got, wanted, strict=True))
    wrong = sum(bool(a) and a != b for a, b in zip(got, wanted, strict=True))
    return wrong == 0 and right >= 0.7 * len(wanted) and any(got)
