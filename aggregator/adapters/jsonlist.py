"""Lists in JSON: WordPress REST, any API by path, and the data in a page's scripts (`Recipe.data`).

A locator is a path of names and numbers with dots; ``*`` stands for all elements. One with names in braces is a
template for an address: ``/news/{slug}``. An item with its whole text is a `Draft`, any other a `Follow` to its page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from aggregator.adapters import Item, allowed, charsets, scriptdata
from aggregator.adapters.dates import as_iso
from aggregator.adapters.feeditems import plain
from aggregator.adapters.links import site, web_url
from aggregator.adapters.markup import legal
from aggregator.adapters.teasers import followed
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Follow, Problem, Recipe, Source
from aggregator.text import digest

MAX_BYTES = 25_000_000
MAX_ITEMS = 1_000
_LONGEST, _LONGEST_TITLE = 5_000_000, 1_000
_PLACE = re.compile(r"\{([^{}]{1,100})\}")
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|table|a|strong|em|span|figure|img)\b[^<>]*>|&\w{2,8};", re.I
)
_CHANGED = (
    "modified_gmt",
    "modified",
    "dateModified",
    "updated_at",
    "updatedAt",
    "_updatedAt",
    "lastModified",
)

WORDPRESS = Recipe(
    items=("*",),
    url=("link", "guid.rendered"),
    title=("title.rendered", "title"),
    published=("date", "date_gmt"),
    deck=("excerpt.rendered",),
    content=("content.rendered",),
)
"""How ``/wp-json/wp/v2/posts`` is read, in all versions since 4.7."""


def read(document: Document, source: Source) -> Iterator[Item]:
    """The items of a list in JSON, in its order.

    Raises ReadError: ``empty``, ``too_large``, ``binary``, ``broken``, ``not_a_list`` where the recipe finds no items.
    """
    values = data(document, source.recipe.data if source.recipe else "")
    recipe = source.recipe or (WORDPRESS if is_wordpress(values) else None)
    if recipe is None:
        raise ReadError("not_a_list", "a list in JSON needs a recipe; `sources repair` finds one")
    found = apply(values, recipe, document, source)
    if not found and not _is_empty(values, recipe):
        raise ReadError("not_a_list", f"nothing stands at {' or at '.join(recipe.items) or 'items'}")
    wanted = [d for d in found if allowed.said(d.url, source, d.language) != "skip"]
    items: list[Item] = [*followed(wanted, source, (source.url, document.url, *_home(wanted)))]
    following = next_page(values, recipe, document, len(found))
    if following:
        items.append(Follow(url=following, reader="jsonlist", kind="next"))
    if not document.complete:
        items.append(Problem("truncated", "the connection ended early", document.place))
    return iter(items)


def _home(drafts: Sequence[Draft]) -> list[str]:
    """The entrance of the site that most items are on: an API may have a host of its own."""
    for owner, count in Counter(site(d.url) for d in drafts if d.url).most_common(1):
        return [f"https://{owner}/"] if count * 2 > len(drafts) else []
    return []


def data(document: Document, locator: str = "") -> list[Any]:
    """The JSON of a document, or what stands in the scripts of a page that the locator names. Raises ReadError."""
    if not document.content.strip():
        raise ReadError("empty", "the document is empty")
    if len(document.content) > MAX_BYTES:
        raise ReadError("too_large", f"{len(document.content):,} bytes; a list may have {MAX_BYTES:,}")
    text = charsets.decode(document.content, document.charset).text.lstrip("\ufeff \t\r\n\0")
    if locator:
        try:
            return scriptdata.located(text, locator)
        except ValueError as error:
            raise ReadError("not_a_list", str(error)) from None
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError) as error:
        kind = (
            "an HTML page, and the recipe names no `data` in it" if text[:1] == "<" else f"no JSON: {error}"
        )
        raise ReadError("broken", f"this is {kind[:200]}") from None


def is_wordpress(values: Sequence[Any]) -> bool:
    posts = values[0] if len(values) == 1 and isinstance(values[0], list) else []
    return bool(posts) and isinstance(posts[0], dict) and {"id", "link", "title"} <= posts[0].keys()


def apply(values: Sequence[Any], recipe: Recipe, document: Document, source: Source) -> list[Draft]:
    """The items that a recipe finds, each address once, at most 1,000; those without title or address are none."""
    rows: list[Any] = []
    for path in recipe.items:
        rows = [row for value in values for row in _rows(value, path)]
        if rows:
            break
    drafts: dict[str, Draft] = {}
    for row in rows[:MAX_ITEMS]:
        draft = _draft(row, recipe, document, source)
        if draft is not None:
            drafts.setdefault(draft.key, draft)
    return list(drafts.values())


def looked_up(value: Any, path: str) -> list[Any]:
    """All values at a path, in order; none where a name is missing. An empty path is the value itself."""
    found = [value]
    for name in path.split(".") if path else ():
        found = [inner for one in found for inner in _step(one, name)][:20_000]
    return found


def _step(value: Any, name: str) -> Sequence[Any]:
    if name == "*":
        return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and name in value:
        return (value[name],)
    if isinstance(value, list) and name.isdecimal() and int(name[:6]) < len(value):
        return (value[int(name[:6])],)
    return ()


def _rows(value: Any, path: str) -> list[dict[str, Any]]:
    rows = [r for found in looked_up(value, path) for r in (found if isinstance(found, list) else [found])]
    return [row for row in rows if isinstance(row, dict)]


def _is_empty(values: Sequence[Any], recipe: Recipe) -> bool:
    """Whether the list is there and has no items: nothing new is no fault."""
    return any(found == [] for value in values for path in recipe.items
               for found in looked_up(value, path.removesuffix("*").rstrip(".")))  # fmt: skip


def text_at(row: Any, paths: Sequence[str]) -> str:
    """The first text that one of the paths finds; numbers as they are written, ``rendered`` of WordPress looked into."""
    for path in paths:
        for value in looked_up(row, path):
            text = _text(value)
            if text:
                return text
    return ""


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("rendered", value.get("value", value.get("@value", value.get("@id", ""))))
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str | int | float)), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return legal(value).strip() if isinstance(value, str) else str(value)


def address(row: Any, paths: Sequence[str], base: str) -> str:
    """The absolute address that one of the paths, or of the templates, gives."""
    for path in paths:
        if "{" not in path:
            url = web_url(text_at(row, (path,)), base)
        else:
            parts = {name: text_at(row, (name,)) for name in _PLACE.findall(path)}
            filled = _PLACE.sub(lambda hit: quote(parts[hit[1]].strip("/"), safe="/:%"), path)  # noqa: B023 - used at once
            url = web_url(filled, base) if all(parts.values()) else ""
        if url:
            return url
    return ""


def date(row: Any, paths: Sequence[str], *, day_first: bool = True) -> str:
    """The first date, ISO 8601 where it can be read; seconds and milliseconds since 1970 are dates too."""
    for path in paths:
        found = as_iso(text_at(row, (path,))[:80], day_first=day_first)
        if found:
            naive = "T" in found and path.endswith("_gmt") and not found.endswith("Z") and "+" not in found
            return f"{found}Z" if naive else found
    return ""


def _draft(row: dict[str, Any], recipe: Recipe, document: Document, source: Source) -> Draft | None:
    title = plain(text_at(row, recipe.title)[: 4 * _LONGEST_TITLE])[:_LONGEST_TITLE]
    url = address(row, recipe.url, document.url)
    content = text_at(row, recipe.content)[:_LONGEST]
    if not title or not (url or content):
        return None
    deck = plain(text_at(row, recipe.deck)[:20_000])
    published = date(row, recipe.published, day_first=source.day_first)
    changed = date(row, [name for name in _CHANGED if name in row])
    stated = digest(f"{title}\0{published}".encode("utf-8", "replace")).hex()[:20]
    return Draft(
        key=url or f"item:{stated}",
        content=content or deck,
        content_type="text/html" if _MARKUP.search(content) else "text/plain",
        fetched_at=document.fetched_at,
        url=url,
        base=url or document.url,
        title=title,
        summary=deck if content else "",
        published=published,
        updated=changed,
        language=str(row.get("inLanguage") or row.get("lang") or "")[:35] if _is_tag(row) else "",
    )


def _is_tag(row: dict[str, Any]) -> bool:
    value = row.get("inLanguage") or row.get("lang")
    return (
        isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value) is not None
    )


def next_page(values: Sequence[Any], recipe: Recipe, document: Document, count: int) -> str:
    """The next page of a list: as it names it, or of WordPress the next number while pages are full."""
    named = next((url for value in values if (url := address(value, recipe.next, document.url))), "")
    if named or (recipe != WORDPRESS and "/wp/v2/" not in document.url):
        return named
    parts = urlsplit(document.url)
    pairs = parse_qsl(parts.query)
    given = dict(pairs)
    size, page = given.get("per_page", "10"), given.get("page", "1")
    if not (size.isdecimal() and page.isdecimal()) or count < int(size[:4]):
        return ""
    others = [pair for pair in pairs if pair[0] != "page"]
    query = urlencode([*others, ("page", str(int(page[:6]) + 1))], safe="/[],")  # as it was asked for
    return urlunsplit(parts._replace(query=query))
