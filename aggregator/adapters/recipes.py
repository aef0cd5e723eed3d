"""Recipes carried out: which elements of a page are the items of its list, and what each says.

A locator is a CSS selector, or an XPath expression (it begins with ``/``, ``./`` or ``(``); a final ``@name``
gives an attribute instead of the text (of `url` and `next`: instead of where the link leads), and ``@name`` alone one
of the item itself. Of the locators of a field the first that finds something counts; those before it are `broken`, and
are told of. XPath has no extension functions here: nothing can be opened or fetched, and no expression of its own
grammar is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cssselect import HTMLTranslator
from cssselect.parser import SelectorError
from lxml import etree

from aggregator.adapters.listing import headlines, when, words
from aggregator.adapters.listing.page import Page
from aggregator.adapters.listing.texts import text_of
from aggregator.model import Draft, Recipe
from aggregator.reading import dates
from aggregator.text import address_key

MAX_ITEMS = 1_000
_LONGEST = 1_000
_ATTRIBUTE = re.compile(r"^(.*?)@([A-Za-z_][\w:.-]{0,60})$", re.S)
_OUTSIDE = re.compile(
    r"\b(?:document|doc|unparsed-text|collection|system-property|unparsed-entity-uri)\s*\(|\$"
)


@dataclass(frozen=True, slots=True)
class Locator:
    """One locator, ready to be used."""

    path: etree.XPath | None
    """None where it is the item itself."""
    attribute: str = ""


def check_locator(text: str) -> str:
    """What is wrong with a locator, in words for the person who wrote it; empty where nothing is."""
    try:
        compiled(text, within=True)
        compiled(text, within=False)
    except ValueError as error:
        return str(error)
    return ""


@lru_cache(maxsize=4096)
def compiled(text: str, *, within: bool) -> Locator:
    """A locator, to be looked up within an item or in the whole page. Raises ValueError, in words."""
    text = text.strip()
    if not text:
        raise ValueError("a locator is empty")
    if len(text) > _LONGEST:
        raise ValueError(f"a locator is longer than {_LONGEST} characters")
    attribute = ""
    hit = _ATTRIBUTE.match(text)
    if hit and not hit[1].rstrip().endswith(("/", "[", "::", "(", "=", ",", "and", "or", "not")):
        text, attribute = hit[1].strip(), hit[2]
    if not text:
        return Locator(None, attribute)
    return Locator(_xpath(text, within), attribute)


def _xpath(text: str, within: bool) -> etree.XPath:
    if text.startswith(("/", "./", "(", "..")):
        if _OUTSIDE.search(text):
            raise ValueError(f'"{text}" uses a function or a variable that recipes do not have')
        expression = text
    else:
        try:
            expression = HTMLTranslator().css_to_xpath(
                text, "descendant::" if within else "descendant-or-self::"
            )
        except (SelectorError, RecursionError) as error:
            raise ValueError(f'"{text}" is no CSS selector: {error}') from None
    try:
        return etree.XPath(expression, regexp=False)
    except etree.XPathError as error:
        raise ValueError(f'"{text}" is no XPath expression: {error}') from None


def found(locator: Locator, node: etree._Element) -> list[etree._Element | str]:
    """What a locator finds from an element on: elements, or texts and attributes."""
    if locator.path is None:
        return [node]
    try:
        result = locator.path(node)
    except etree.XPathError:
        return []
    if isinstance(result, list):
        return [r for r in result if isinstance(r, str) or isinstance(getattr(r, "tag", None), str)]
    return [result] if isinstance(result, str) and result.strip() else []


def value(locator: Locator, node: etree._Element) -> str:
    """The first text that a locator finds within an item; empty where it finds none."""
    for hit in found(locator, node):
        if isinstance(hit, str):
            text = " ".join(hit.split())
        elif locator.attribute:
            text = (hit.get(locator.attribute) or "").strip()
        else:
            text = text_of(hit)
        if text:
            return text
    return ""


@dataclass(slots=True)
class Applied:
    """What a recipe gave."""

    items: list[Draft] = field(default_factory=list)
    elements: list[etree._Element] = field(default_factory=list)
    """The element of each item."""
    next_url: str = ""
    failed: list[str] = field(default_factory=list)
    """Locators that found nothing although a later one of their field did, or that are the field's only ones
    and found nothing on the whole page: ``items: .news > li``."""
    selected: int = 0
    """Elements that were taken for items, whether or not an address was found in them."""


def apply(recipe: Recipe, page: Page) -> Applied:
    """Carry out a recipe on a page. Items without an address are left out; each address counts once."""
    made = Applied()
    nodes = _nodes(recipe.items, page, made)
    made.selected = len(nodes)
    used: dict[str, set[int]] = {}
    seen: set[str] = set()
    for node in nodes[:MAX_ITEMS]:
        draft = _draft(recipe, page, node, used)
        if draft is not None and draft.key not in seen and not (draft.title and words.is_more(draft.title)):
            seen.add(draft.key)
            made.items.append(draft)
            made.elements.append(node)
    if any(d.title for d in made.items):
        # Beside items with a headline an address without one is no item.
        both = [(d, e) for d, e in zip(made.items, made.elements, strict=True) if d.title]
        made.items, made.elements = [d for d, _ in both], [e for _, e in both]
    if made.items:
        for name in ("url", "title", "published", "deck", "content"):
            _note_failures(name, getattr(recipe, name), used.get(name, set()), made)
    if recipe.next:
        made.next_url = _next(recipe.next, page)
    return made


def _nodes(locators: Sequence[str], page: Page, made: Applied) -> list[etree._Element]:
    for text in locators:
        nodes = [n for n in found(compiled(text, within=False), page.root) if not isinstance(n, str)]
        if nodes:
            return nodes
        made.failed.append(f"items: {text}")
    return []


def _note_failures(name: str, locators: Sequence[str], used: set[int], made: Applied) -> None:
    """Those that found nothing in any item, where another one did or there is no other."""
    first = min(used, default=len(locators))
    made.failed += [f"{name}: {text}" for text in locators[:first]]


def _value(name: str, locators: Sequence[str], node: etree._Element, used: dict[str, set[int]]) -> str:
    for number, text in enumerate(locators):
        if said := value(compiled(text, within=True), node):
            used.setdefault(name, set()).add(number)
            return said
    return ""


def _reference(locators: Sequence[str], node: etree._Element, used: dict[str, set[int]]) -> str:
    """The address that the first working locator leads to: without ``@name`` that of the link that it finds, or of the
    first link in what it finds. The words of a link are no address."""
    for number, text in enumerate(locators):
        locator = compiled(text, within=True)
        for hit in found(locator, node):
            if said := _target(locator, hit):
                used.setdefault("url", set()).add(number)
                return said
    return ""


def _target(locator: Locator, hit: etree._Element | str) -> str:
    if isinstance(hit, str):
        return hit.strip()
    if locator.attribute:
        return (hit.get(locator.attribute) or "").strip()
    return next((said for a in hit.iter() if (said := (a.get("href") or "").strip())), "")


def _draft(recipe: Recipe, page: Page, node: etree._Element, used: dict[str, set[int]]) -> Draft | None:
    url = page.address(_reference(recipe.url or ("a",), node, used)) or page.address(node.get("href") or "")
    if not url:
        return None
    said = headlines.whole_title(_value("title", recipe.title or ("a",), node, used)[:400], node)
    title = headlines.trimmed(said, page.style)
    document = page.document
    return Draft(
        key=address_key(url),
        url=url,
        title=title,
        published=_published(recipe, page, node, url, used),
        summary=_value("deck", recipe.deck, node, used) if recipe.deck else "",
        content=_markup(recipe, node, used),
        content_type="text/html",
        base=page.base,
        language=page.language,
        fetched_at=document.fetched_at,
    )


def _published(recipe: Recipe, page: Page, node: etree._Element, url: str, used: dict[str, set[int]]) -> str:
    """The first locator whose text is a date; else a day that the address names."""
    for number, text in enumerate(recipe.published):
        if iso := day(compiled(text, within=True), page, node):
            used.setdefault("published", set()).add(number)
            return iso
    named = dates.in_url(url, page.style.tz)
    return when.iso(named) if named and named.precision == "day" else ""


def day(locator: Locator, page: Page, node: etree._Element) -> str:
    """The first date that a locator finds within an item, as ISO 8601; empty where it finds none."""
    for hit in found(locator, node):
        if isinstance(hit, str):
            said, at = hit, node
        else:
            said, at = (hit.get(locator.attribute) or "") if locator.attribute else text_of(hit, 240), hit
        number = page.index.get(at)
        above = page.above(number) if number is not None else None
        if iso := when.read(said, page.style, page.document.fetched_at, above):
            return iso
    return ""


def _markup(recipe: Recipe, node: etree._Element, used: dict[str, set[int]]) -> str:
    for number, text in enumerate(recipe.content):
        for hit in found(compiled(text, within=True), node):
            made = (
                hit
                if isinstance(hit, str)
                else etree.tostring(hit, encoding="unicode", method="html", with_tail=False)
            )
            if made.strip():
                used.setdefault("content", set()).add(number)
                return made
    return ""


def _next(locators: Sequence[str], page: Page) -> str:
    for text in locators:
        locator = compiled(text, within=False)
        for hit in found(locator, page.root):
            url = page.address(_target(locator, hit))
            if url and url != page.document.url.partition("#")[0]:
                return url
    return ""


def is_empty_list(recipe: Recipe, page: Page) -> bool:
    """Whether the named element that holds the items is still there, and holds nothing that could be one."""
    for text in recipe.items:
        around, _, _ = text.rpartition(" ")
        around = around.rstrip(" >+~")
        if text.startswith(("/", "./", "(")) or not re.search(r"[.#]", around):
            continue
        nodes = found(compiled(around, within=False), page.root)
        if nodes and all(not isinstance(n, str) and next(n.iter("a"), None) is None for n in nodes):
            return True
    return False


def is_empty_state(page: Page) -> bool:
    """Whether a page says that there are no releases at the moment."""
    said = words.pattern("links", "empty")
    return any(
        8 <= page.letters[i] <= 200
        and not page.zone[i]
        and not page.silent[i]
        and said.search(words.spaced(text_of(element, 200)))
        for i, element in enumerate(page.elements)
    )
