"""Lists of releases in the data of a page: JSON-LD, microdata, the state of a framework, WordPress, a JSON document.

`find` gives candidates with a recipe that was applied to the document it was found in. Beside it, the addresses
worth a guess: WordPress' own API, well-known places of feeds and sitemaps. Pure; nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from aggregator.adapters import charsets, jsonlist, scriptdata
from aggregator.adapters.links import joined, same_site, web_url
from aggregator.adapters.listing import paths
from aggregator.discovery import arrays, microdata
from aggregator.discovery.arrays import Rows, words
from aggregator.discovery.candidate import Candidate
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Recipe, Source
from aggregator.reading.markup import parse
from aggregator.text import canonical_url, one_line

_MOST = 5
_MAX_TEXT = 10_000_000
_RELEASES = 0.6
"""Share of the rows that have to become items for a recipe to be believed."""


def find(document: Document, source: Source) -> list[Candidate]:
    """The lists in a page's data or in a JSON document, the likeliest first, at most five. Never raises."""
    try:
        text = charsets.decode(document.content, document.charset).text.lstrip("\ufeff \t\r\n\0")[:_MAX_TEXT]
    except ReadError:
        return []
    if text[:1] in "[{" and text:
        return _best(_in_json(text, document, source))
    root, _ = parse(text)
    if root is None:
        return []
    shown = [web_url(a.get("href") or "", document.url) for a in root.iter("a")]
    made = [*_in_page(text, shown, document, source), *microdata.find(root, document)]
    title = one_line("".join(next(iter(root.iter("title")), etree.Element("x")).itertext()))[:200]
    return [replace(c, title=title, language=root.get("lang") or "") for c in _best(made)]


def _in_json(text: str, document: Document, source: Source) -> Iterator[Candidate]:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    if jsonlist.is_wordpress([value]):
        items = tuple(jsonlist.apply([value], jsonlist.WORDPRESS, document, source))
        if items:
            evidence = (f"WordPress: {len(items)} posts",)
            yield Candidate(adapter="jsonlist", url=document.url, recipe=jsonlist.WORDPRESS, items=items,
                            next_url=jsonlist.next_page([value], jsonlist.WORDPRESS, document, len(items)),
                            score=_score(items, "posts", 1.0), evidence=evidence)  # fmt: skip
        return
    yield from _candidates([value], "", [], document, source)


def _in_page(text: str, shown: list[str], document: Document, source: Source) -> Iterator[Candidate]:
    found: dict[str, list[Any]] = defaultdict(list)
    for each in scriptdata.every(text):
        found[each.locator].append(each.value)
    for locator, values in found.items():
        yield from _candidates(values, locator, shown, document, source)


def _candidates(
    values: list[Any], locator: str, shown: list[str], document: Document, source: Source
) -> Iterator[Candidate]:
    # Each by itself: the breadcrumbs of a page have the paths of its list. The recipe is applied to all.
    for rows in (rows for value in values for rows in arrays.arrays([value])):
        made = _candidate(rows, values, locator, shown, document, source)
        if made is not None:
            yield made


def _candidate(
    rows: Rows, values: list[Any], locator: str, shown: list[str], document: Document, source: Source
) -> Candidate | None:
    """The recipe of one array, applied and judged; None where it is no list of releases."""
    if _are_others(rows):
        return None
    every = arrays.columns(rows.rows)
    titles = arrays.titles(every)
    urls = _urls(every, rows, shown, document)
    dates = arrays.dates(every, source.day_first)
    contents = arrays.contents(every)
    if not titles or not (urls or contents):
        return None
    recipe = Recipe(
        data=locator,
        items=(rows.path,),
        url=tuple(urls[:2]),
        title=_agreeing(titles, rows),
        published=_agreeing(dates, rows),
        deck=tuple(arrays.decks(every, [*titles[:1], *contents[:1]])[:2]),
        content=tuple(contents[:1]),
    )
    items = tuple(jsonlist.apply(values, recipe, document, source))
    if len(items) < 2 or len(items) < _RELEASES * len(rows.rows):
        return None
    known = {canonical_url(url) for url in shown if url}
    on_page = sum(canonical_url(d.url) in known for d in items)
    evidence = [f"{len(items)} objects with headline and address at {rows.path or '*'}"]
    evidence += (
        [f"{sum(bool(d.published) for d in items)} of them dated by {recipe.published[0]}"] if dates else []
    )
    evidence += [f"{on_page} of their addresses are links of the page"] if on_page else []
    score = _score(items, f"{rows.path} {_types(rows)}", on_page / len(items) if shown else 1.0)
    elsewhere = sum(not same_site(d.url, document.url) for d in items if d.url) / len(items) if shown else 0.0
    score = round(max(0.0, score - 0.3 * elsewhere), 3)
    recipe = _twice(recipe, items, values, document, source)
    return Candidate(
        adapter="jsonlist",
        url=document.url,
        recipe=recipe,
        items=items,
        score=score,
        evidence=tuple(evidence),
    )


def _twice(
    recipe: Recipe, items: tuple[Draft, ...], values: list[Any], document: Document, source: Source
) -> Recipe:
    """The recipe with a second locator of its items, which survives new names around them, if it finds the same."""
    names = recipe.items[0].split(".")
    loose = ".".join(["*"] * (len(names) - 2) + names[-2:])
    if len(names) < 3 or jsonlist.apply(values, replace(recipe, items=(loose,)), document, source) != list(
        items
    ):
        return recipe
    return replace(recipe, items=(recipe.items[0], loose))


def _types(rows: Rows) -> str:
    found = (row.get("@type") or row.get("__typename") or row.get("type") for row in rows.rows[:20])
    return " ".join({t.lower() for t in found if isinstance(t, str)})


def _are_others(rows: Rows) -> bool:
    """Whether the objects say that they are something else, or stand where something else does."""
    types = Counter(re.sub(r".*[/:]", "", t) for t in _types(rows).split())
    if types and set(types) <= set(words("other_types")):
        return True
    names = [arrays.bare(part) for part in rows.path.split(".")]
    return any(names[-k].startswith(word) for word in words("other_lists") for k in (1, 2) if len(names) >= k)


def _urls(every: list[arrays.Column], rows: Rows, shown: list[str], document: Document) -> list[str]:
    """The locators of the address: fields that hold one, and templates of which the page's own links are made."""
    whole = arrays.addresses(every, document.url)
    made = [
        t
        for path in arrays.slugs(every)[:4]
        if path not in whole and (t := _template(path, rows, shown, document))
    ]
    guessed = (
        [] if whole or made else [_guess(path, document) for path in arrays.slugs(every)[:1] if not shown]
    )
    return [*whole[:1], *made[:1], *whole[1:2], *guessed]


def _template(path: str, rows: Rows, shown: list[str], document: Document) -> str:
    """The template that gives links of the page when the slugs are put in; empty where the page has none such."""
    texts = {jsonlist.text_at(row, (path,)).strip("/") for row in rows.rows}
    texts = {t for t in texts if len(t) >= 2}
    around: Counter[tuple[str, str]] = Counter()
    for url in dict.fromkeys(shown):
        parts = urlsplit(url)
        rest = url[len(f"{parts.scheme}://{parts.netloc}") :].partition("#")[0]
        for text in _endings(rest):
            if text in texts or text in {quote(t, safe="/%") for t in texts}:
                before, _, after = rest.rpartition(text)
                own = parts.netloc == urlsplit(document.url).netloc
                around[(before if own else f"{parts.scheme}://{parts.netloc}{before}", after)] += 1
                break
    for (before, after), count in around.most_common(1):
        if count >= min(2, len(texts)) and before and "{" not in before + after:
            return f"{before}{{{path}}}{after}"
    return ""


def _endings(rest: str) -> Iterator[str]:
    """What a slug may be of an address: its last names, with and without an ending, or a parameter."""
    path, _, query = rest.partition("?")
    names = path.strip("/").split("/")
    for start in range(len(names)):
        text = "/".join(names[start:])
        yield text
        yield text.rpartition(".")[0] or text
    yield from (value for pair in query.split("&") if (value := pair.partition("=")[2]))


def _guess(path: str, document: Document) -> str:
    """A template for a document without links, as the page that it belongs to would have it."""
    folder = urlsplit(document.url).path.rstrip("/")
    return f"{folder.rpartition('/')[0] if '.' in folder.rpartition('/')[2] else folder}/{{{path}}}"


def _agreeing(paths: list[str], rows: Rows) -> tuple[str, ...]:
    """The best locator, and a second one that says the same of most rows."""
    if not paths:
        return ()
    sample = rows.rows[:20]
    for other in paths[1:6]:
        pairs = [(_said(row, paths[0]), _said(row, other)) for row in sample]
        if sum(a == b for a, b in pairs if a) >= 0.8 * len(sample):
            return paths[0], other
    return (paths[0],)


def _said(row: Any, path: str) -> str:
    text = jsonlist.text_at(row, (path,))
    day = jsonlist.date(row, (path,))[:10] if text[:1].isdigit() else ""
    return day or one_line(text)[:60].lower()


def _score(items: Sequence[Draft], where: str, on_page: float) -> float:
    """How sure it is that these are press releases: dated, in a press section, on the page, and several."""
    count = len(items)
    dated = sum(bool(d.published) for d in items) / count
    kinds = [paths.section_of(d.url) for d in items]
    named = any(word in where.lower() for word in (*words("lists"), *words("types")))
    score = 0.45 * dated + 0.2 * (sum(map(bool, kinds)) / count) + 0.1 * named + 0.1 * min(1.0, count / 5)
    telling = sum(len(d.title.split()) >= 4 for d in items) / count
    return round(min(1.0, score + 0.1 * telling + 0.1 * on_page), 3)


def _best(made: Iterator[Candidate] | list[Candidate]) -> list[Candidate]:
    """The likeliest first; of those that give the same items one."""
    kept: list[Candidate] = []
    for candidate in sorted(made, key=lambda c: (-c.score, -len(c.items))):
        keys = {d.key for d in candidate.items}
        if not any(len(keys & {d.key for d in other.items}) * 2 > len(keys) for other in kept):
            kept.append(candidate)
    return kept[:_MOST]


# ------------------------------------------------------------------------------- addresses worth a guess

_PER_PAGE = 20
_FIELDS = "id,date,modified_gmt,link,title,content,excerpt"
_PRESS = (
    "presse", "pressemitteilungen", "pressemitteilung", "press-releases", "press-release", "press", "medienmitteilungen",
    "communiques-de-presse", "notas-de-prensa", "comunicati-stampa",
)  # fmt: skip
"""What categories of press releases are called in their addresses."""
_API = re.compile(r"<link\b(?=[^<>]*api\.w\.org)[^<>]*?href\s*=\s*[\"']([^\"'<>]{1,500})", re.I)
_ASSETS = re.compile(r"(?:href|src)\s*=\s*[\"']([^\"'<>\s]{0,300})/wp-(?:content|includes)/", re.I)
_CATEGORY = re.compile(r"/wp/v2/categories/(\d{1,9})")
_ASKED = re.compile(r"wp-json\\?/wp\\?/v2\\?/([\w-]{2,40})(?:\?([\w=&;,%.\\\[\]-]{0,300}))?(?=[\"'`\s<)])")
_NO_POSTS = frozenset(
    {"pages", "categories", "tags", "media", "users", "types", "taxonomies", "comments", "search", "blocks"}
)
_OF_PAGING = frozenset({"per_page", "page", "offset", "_fields", "_embed", "_locale"})
_ARCHIVE = re.compile(r"<body\b[^<>]*\bpost-type-archive-([\w-]{2,40})", re.I)


def wordpress(document: Document) -> str:
    """The address of a WordPress page's posts as JSON; empty for no WordPress.

    Of a category's page only its posts; of the archive of a type of their own (``press_release``) these. What the
    page's own scripts ask for comes first.
    """
    text = _start(document)
    base = _rest(text, document)
    if not base:
        return ""
    query = f"per_page={_PER_PAGE}&_fields={_FIELDS}"
    asked = next((hit for hit in _ASKED.finditer(text) if hit[1] not in _NO_POSTS), None)
    archive, category = _ARCHIVE.search(text), _CATEGORY.search(text)
    if asked:
        kind = asked[1]
        given = (asked[2] or "").replace("\\u0026", "&").replace("&amp;", "&").split("&")
        query = "&".join([query, *(p for p in given if "=" in p and p.partition("=")[0] not in _OF_PAGING)])
    else:
        kind = archive[1] if archive else "posts"
        query += f"&categories={category[1]}" if category else ""
    return f"{base}wp/v2/{kind}{'&' if '?' in base else '?'}{query}"


def wordpress_categories(document: Document) -> str:
    """Where to ask a WordPress site for its categories of press releases; see `in_category`."""
    base = _rest(_start(document), document)
    slugs = ",".join(_PRESS)
    return (
        f"{base}wp/v2/categories{'&' if '?' in base else '?'}slug={slugs}&_fields=id,slug,count"
        if base
        else ""
    )


_MOST_ANSWER = 1_000_000


def in_category(posts: str, categories: Document) -> str:
    """The address of the posts, kept to the categories that the site answered with; as it was where it has none."""
    try:
        found = json.loads(
            categories.content[:_MOST_ANSWER]
        )  # what is cut is broken, and a few lines are asked for
        ids = [str(int(c["id"])) for c in found if c.get("count", 1)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return posts
    return f"{posts}&categories={','.join(ids[:10])}" if ids and "categories=" not in posts else posts


def _start(document: Document) -> str:
    try:
        return charsets.decode(document.content[:2_000_000], document.charset).text
    except ReadError:
        return ""


def _rest(text: str, document: Document) -> str:
    """The root of a WordPress site's API: as it is announced, else beside its themes."""
    announced = _API.search(text)
    if announced:
        return web_url(announced[1].replace("&amp;", "&"), document.url)
    assets = _ASSETS.search(text)
    return web_url("wp-json/", joined(document.url, (assets[1] or "") + "/")) if assets else ""


_FEED_NAMES = ("feed/", "rss.xml", "feed.xml", "atom.xml", "rss", "index.xml", "feed.json")


_COMMENTS = ("comment", "kommentar", "commentaire", "comentario")


def is_for_comments(url: str, title: str) -> bool:
    """Whether an announced feed is one of readers' comments."""
    return any(word in url.lower() or word in title.lower() for word in _COMMENTS)


def feed_paths(url: str) -> list[str]:
    """Addresses at which the feed of a page is worth looking for, likeliest first, absolute.

    Below the page itself and at the root of its site in turn: the names of WordPress and of many others first, then
    TYPO3's form of the page, then the rarer names.
    """
    page = urlsplit(url)
    root = f"{page.scheme}://{page.netloc}/"
    last = page.path.rpartition("/")[2]
    folder = (
        page.path
        if page.path.endswith("/")
        else f"{page.path}/"
        if "." not in last
        else page.path[: -len(last)]
    )
    here = root + folder.lstrip("/")
    places = [here, root] if folder != "/" else [root]
    found = [f"{place}{name}" for place in places for name in _FEED_NAMES[:2]]
    found.append(f"{url.partition('#')[0]}{'&' if page.query else '?'}type=9818")
    found += [f"{place}{name}" for name in _FEED_NAMES[2:] for place in reversed(places)]
    bare = here.rstrip("/")
    found += [f"{bare}.xml", f"{bare}.rss", f"{bare}.atom"] if folder != "/" else []
    found += [f"{root}{name}" for name in ("presse/feed/", "press/feed/", "news/feed/", "blog/feed/")]
    return list(dict.fromkeys(found))


def sitemap_paths(url: str) -> list[str]:
    """Addresses at which the sitemap of a page's site is worth looking for, after those of its robots.txt."""
    page = urlsplit(url)
    root = f"{page.scheme}://{page.netloc}/"
    names = ("sitemap.xml", "sitemap_index.xml", "news-sitemap.xml", "sitemap-index.xml", "wp-sitemap.xml",
             "sitemap.xml.gz", "sitemap/sitemap.xml", "sitemap-news.xml", "sitemap.txt")  # fmt: skip
    return [root + name for name in names]
