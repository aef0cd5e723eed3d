"""Newsrooms: pages that list releases, read by the recipe of their source, or by what `listing` finds on them.

Gives for each item the page to follow, with what the list says of it, and the next page of the list. Whether a
page is ever fetched is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from aggregator.adapters import recipes
from aggregator.adapters.listing import find, paging, paths
from aggregator.adapters.listing.page import Page
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Recipe, Source

Item = Draft | Follow | Problem


def read(document: Document, source: Source) -> Iterator[Item]:
    """A Follow for each release (its key is the address in its canonical spelling), then one for the next page.

    With ``follow = "never"`` the items themselves, as the list shows them. A Problem ``recipe`` says which
    locators of the recipe found nothing although others did. Raises ReadError ``no_items`` where nothing is
    found and the page does not say that there is nothing; ``binary`` and ``empty`` for what is no page.
    """
    page = Page(document, source)
    items, next_url, failed = _by_recipe(page, source.recipe) if source.recipe else _found(page)
    out = paths.left_out([i.url for i in items], source, document.url)
    kept = [i for i in items if i.url not in out]
    if items and not kept:
        reasons = ", ".join(f"{count} {why}" for why, count in Counter(out.values()).items())
        raise ReadError(
            "no_items", f"all {len(items)} items are left out by their address: {reasons}; see `allow`"
        )
    made: list[Item] = [_item(draft, source) for draft in kept]
    if next_url:
        made.append(Follow(url=next_url, reader="newsroom", kind="next"))
    if failed and items:
        made.append(Problem("recipe", "locators that found nothing: " + "; ".join(failed), document.place))
    return iter(made)


def _by_recipe(page: Page, recipe: Recipe) -> tuple[list[Draft], str, list[str]]:
    applied = recipes.apply(recipe, page)
    if applied.elements and not recipe.next:
        last = page.index.get(applied.elements[-1], 0)
        applied.next_url = paging.find(page, page.end[last])[0]
    if applied.items or recipes.is_empty_list(recipe, page) or recipes.is_empty_state(page):
        return applied.items, applied.next_url, applied.failed
    detail = "; ".join(applied.failed) or f"none of {applied.selected} elements has an address"
    raise ReadError("no_items", f"the recipe finds nothing on this page: {detail}")


def _found(page: Page) -> tuple[list[Draft], str, list[str]]:
    found = find.lists(page, most=1)
    if found:
        return found[0].items, found[0].next_url, []
    if recipes.is_empty_state(page):
        return [], "", []
    raise ReadError("no_items", "no list of releases was found on this page; write a recipe for it")


def _item(draft: Draft, source: Source) -> Item:
    if source.follow == "never":
        return draft
    is_pdf = urlsplit(draft.url).path.lower().endswith(".pdf")
    return Follow(url=draft.url, reader="pdf" if is_pdf else "article", listed=draft)
