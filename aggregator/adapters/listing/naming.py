"""How elements are named in selectors: by classes and ids that a person gave them and that stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from aggregator.adapters.listing.groups import classes, is_stable
from aggregator.adapters.listing.page import Page

_UTILITY = re.compile(
    r"^(?:col|row|d|p|m|w|h|flex|grid|text|bg|border|rounded|mt|mb|ml|mr|pt|pb|px|py|gap|font|container|wrapper|inner|clearfix|u|js|is|has|no|elementor|wp-block|align|float|shadow|sm|md|lg|xl)(?:-|$)|:|^(?:block|inline|hidden|relative|absolute|item|box)$"
)
_UTILITY_GOOD = re.compile(
    r"news|press|title|date|teaser|entry|post|article|release|story|card|item|list", re.I
)

Test = Callable[[str], bool]


def good_names(page: Page, i: int) -> list[str]:
    """Classes of an element that say what it is, the most telling first."""
    return list(_good(page.elements[i].get("class") or ""))


@lru_cache(maxsize=4096)
def _good(named: str) -> tuple[str, ...]:
    names = [n for n in named[:600].split()[:20] if is_stable(n) and not re.search(r"[^\w-]", n)]
    useful = [n for n in names if not _UTILITY.search(n) or _UTILITY_GOOD.search(n)]
    return tuple(sorted(useful, key=lambda n: (not _UTILITY_GOOD.search(n), len(n))))


def hashed_prefix(page: Page, i: int) -> str:
    """The part before the hash of a CSS module's class: ``[class*="styles_item__"]``; empty where there is none."""
    for name in classes(page, i):
        if is_stable(name):
            continue
        hit = re.match(
            r"([A-Za-z][A-Za-z-]{2,30}_{1,2}[A-Za-z][A-Za-z-]{2,30}__)[\w-]{4,12}$", name
        ) or re.match(r"([A-Za-z][A-Za-z-]{3,30}_{2})[\w-]{4,12}$", name)
        if hit:
            return f'[class*="{hit[1]}"]'
    return ""


def _common_names(page: Page, elements: list[int]) -> list[str]:
    counts = Counter(n for i in elements for n in dict.fromkeys(good_names(page, i)))
    everywhere = [n for n, c in counts.items() if c == len(elements)]
    first = good_names(page, elements[0])
    return sorted(everywhere, key=first.index)


def names_of(page: Page, elements: list[int]) -> Iterator[str]:
    """Selectors by name that fit all of these elements."""
    names = _common_names(page, elements)
    tags = {page.tags[i] for i in elements}
    for name in names[:3]:
        yield f".{name}"
        if len(tags) == 1:
            yield f"{next(iter(tags))}.{name}"
    prefixes = {hashed_prefix(page, i) for i in elements[:50]}
    if len(prefixes) == 1 and (prefix := prefixes.pop()):
        yield prefix


def own_name(page: Page, i: int) -> list[str]:
    """How a single element around a list may be called."""
    element = page.elements[i]
    found = []
    name = element.get("id") or ""
    if re.fullmatch(r"[A-Za-z][A-Za-z_-]{2,40}", name):
        found.append(f"#{name}")
    found += [f".{n}" for n in good_names(page, i)[:2]]
    if prefix := hashed_prefix(page, i):
        found.append(prefix)
    return found


def first(selectors: Iterable[str], test: Test, most: int) -> str:
    return next((s for s in islice(dict.fromkeys(selectors), most) if _passes(s, test)), "")


def _passes(selector: str, test: Test) -> bool:
    try:
        return test(selector)
    except ValueError:  # a page's names may be anything, and some are no name in a selector
        return False


def common_start(texts: list[str]) -> str:
    """The letters that all texts begin with."""
    low, high = min(texts), max(texts)
    return low[
        : next(
            (n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high))
        )
    ]


def lasting(folder: str) -> str:
    """The folders of an address up to the first that is a number: next year's releases stand in another one."""
    return re.sub(r"(?:(?<=/)|^)\d[\d.-]*/.*$", "", folder)


def way_up(page: Page, i: int, most: int) -> list[int]:
    found: list[int] = []
    i = page.parent[i]
    while i >= 0 and page.tags[i] not in ("body", "html", "main") and len(found) < most:
        found.append(i)
        i = page.parent[i]
    return found
