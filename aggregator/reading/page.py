"""Whole pages: what they say about themselves, and which part of them is the text. Pure.

The words by which parts are known are `data/page.toml`.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from typing import Any

from lxml import etree

from aggregator.reading import titles
from aggregator.reading.markers import data
from aggregator.reading.pieces import Material, Piece
from aggregator.text import one_line

_CUT = re.compile(r"<!--|<(script|style|svg|template)\b")
_CUT_ANY = re.compile(_CUT.pattern, re.I)
_LD = re.compile(r"ld\+json")
_MAX_LD = 200_000


def without_scripts(markup: str) -> tuple[str, list[str]]:
    """Markup without scripts, styles, drawings and comments, and the JSON-LD that stood in it.

    Linear: every place is looked at once, and an end that is missing is searched for once.
    """
    if not _CUT_ANY.search(markup):
        return markup, []
    low = markup.lower()
    low = low if len(low) == len(markup) else markup
    found: list[str] = []
    out: list[str] = []
    missing: set[str] = set()
    at = 0
    for hit in _CUT.finditer(low):
        if hit.start() < at:
            continue
        out.append(markup[at : hit.start()])
        ending = f"</{hit[1]}" if hit[1] else "-->"
        opened = low.find(">", hit.end()) + 1 if hit[1] else hit.end()
        end = low.find(ending, opened) if opened and ending not in missing else -1
        if end < 0:
            missing.add(ending)
            # An unclosed script takes the rest with it, as in browsers; of others only the mark goes.
            at = len(markup) if hit[1] in ("script", "style") else opened or len(markup)
            continue
        if (
            hit[1] == "script"
            and len(found) < 10
            and end - opened < _MAX_LD
            and _LD.search(low, hit.end(), opened)
        ):
            found.append(markup[opened:end])
        at = low.find(">", end) + 1 if hit[1] else end + 3
        at = at or len(markup)
    out.append(markup[at:])
    return "".join(out), found


_PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.I)


def is_page(markup: str) -> bool:
    """Whether this is a whole page and not a piece of one."""
    return bool(_PAGE.search(markup[:4000]))


# ------------------------------------------------------------------------------- what it says about itself


def describe(root: etree._Element, scripts: list[str], material: Material) -> None:
    """Take title, dates, language, canonical address and keywords from a page's head and JSON-LD."""
    material.page = True
    material.language = root.get("lang") or ""
    metas = _metas(root)
    for script in scripts:
        _structured(script, material)
    heads = [t for t in (one_line("".join(h.itertext())) for h in root.iter("h1")) if t]
    shown = one_line("".join(next(iter(root.iter("title")), etree.Element("x")).itertext()))
    material.site = material.site or metas.get("og:site_name", "")
    material.title = _page_title(material.title or metas.get("og:title", ""), shown, heads, material.site)
    for name in (
        "article:published_time",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "date",
        "dcterms.created",
        "publish-date",
        "og:article:published_time",
    ):
        if name in metas:
            material.declared.append(("published", metas[name]))
    for name in ("article:modified_time", "og:updated_time", "datemodified"):
        if name in metas:
            material.declared.append(("updated", metas[name]))
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            material.canonical = link.get("href") or ""
    material.keywords = material.keywords or tuple(
        k.strip() for k in metas.get("keywords", metas.get("news_keywords", "")).split(",") if k.strip()
    )
    material.scripts = not one_line(" ".join(root.itertext()))[:200]


def _metas(root: etree._Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = one_line((meta.get("content") or "")[:2000])
        if name and value:
            metas.setdefault(name, value)
    return metas


def _page_title(stated: str, shown: str, heads: list[str], site: str) -> str:
    """The h1 where the page's titles agree with one of them; else what they say."""
    whole = stated or shown
    for head in heads:
        if titles.same(head, whole) or titles.without_site(whole, sites=(site,), seen=(head,)) == head:
            return head
    if len(heads) == 1 and len(heads[0]) >= 12:
        return heads[0]
    return whole


def _structured(script: str, material: Material) -> None:
    try:
        found = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(found):
        kind = node.get("@type")
        kinds = {k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)}
        if not any(k.endswith(("Article", "Posting", "PressRelease", "Report")) for k in kinds):
            continue
        for name, what in (("datePublished", "published"), ("dateModified", "updated")):
            if isinstance(node.get(name), str):
                material.declared.append((what, node[name]))
        if isinstance(node.get("headline"), str):
            material.title = material.title or one_line(node["headline"])


def _nodes(found: Any) -> list[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, its list, its graph."""
    every = found if isinstance(found, list) else [found]
    nodes = [n for n in every if isinstance(n, dict)]
    for node in list(nodes):
        graph = node.get("@graph")
        nodes += [n for n in graph if isinstance(n, dict)] if isinstance(graph, list) else []
        entity = node.get("mainEntity")
        nodes += [entity] if isinstance(entity, dict) else []
    return nodes


# ---------------------------------------------------------------------------------- which part is the text


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    raw = tomllib.loads(data("page.toml"))
    return frozenset(raw["debris"]), frozenset(raw["content"])


_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def _names(element: etree._Element) -> set[str]:
    text = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    if not text.strip():
        return set()
    names: set[str] = set()
    for word in text.split():
        low = _CAMEL.sub("-", word).lower().replace("_", "-")
        names.add(low)
        names.update(low.split("-"))
    return names


_LANDMARKS = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"}
)


def _claims_debris(element: etree._Element) -> bool:
    tag = element.tag
    if tag in ("html", "body", "main", "h1", "article"):
        return False
    if tag in ("nav", "aside"):
        return True
    if tag in ("header", "footer"):
        parent = element.getparent()
        return parent is not None and parent.tag in ("body", "html", "div") and element.find(".//h1") is None
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "") in _LANDMARKS or _HIDDEN.search(element.get("style") or ""):
        return True
    if not _names(element) & _words()[0]:
        return False
    # A wrapper that happens to be called "banner" or "has-sidebar" still holds the article.
    return (
        element.find(".//h1") is None
        and element.find(".//article") is None
        and element.find(".//main") is None
    )


Elements = frozenset[etree._Element]
NOTHING: Elements = frozenset()


def debris(root: etree._Element) -> Elements:
    """The elements of a page that say that they are not the text: menus, share bars, notices, teasers.

    What holds a good part of the page's prose is not believed: page builders call everything a widget.
    """
    weights = _weights(root, frozenset())
    most = 0.3 * weights.get(root, 0.0)
    return frozenset(e for e in root.iter(etree.Element) if _claims_debris(e) and weights.get(e, 0.0) <= most)


def main(root: etree._Element, left_out: Elements) -> etree._Element:
    """The smallest element that holds nearly all prose of the page."""
    weights = _weights(root, left_out)
    body = root.find("body")
    node = body if body is not None else root
    while weights.get(node, 0.0) > 0:
        best = max(node, key=lambda c: weights.get(c, 0.0), default=None)
        if best is None or weights.get(best, 0.0) < 0.8 * weights[node] or best.tag not in _CONTAINERS:
            break
        node = best
    return node


_CONTAINERS = frozenset(
    {"div", "section", "article", "main", "body", "td", "tr", "table", "tbody", "center", "form", "span"}
)
_NO_PROSE = frozenset({"script", "style", "noscript", "nav", "head", "select", "button", "template"})


def _weights(root: etree._Element, left_out: Elements) -> dict[etree._Element, float]:
    weights: dict[etree._Element, float] = {}
    _weigh(root, weights, left_out, 0)
    return weights


def _weigh(
    element: etree._Element, weights: dict[etree._Element, float], left_out: Elements, depth: int
) -> float:
    """Letters of prose in an element: its paragraphs, less what is linked; content areas count more."""
    if not isinstance(element.tag, str) or depth > 300 or element.tag in _NO_PROSE or element in left_out:
        return 0.0
    if element.tag in ("p", "pre", "blockquote", "li", "h2", "h3", "dd"):
        text = "".join(element.itertext())
        linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
        own = max(0.0, len(text) - 2.0 * linked) * (1.0 if element.tag in ("p", "pre", "blockquote") else 0.3)
    else:
        own = 0.7 * max(0, len((element.text or "").strip()) - 20)
        for child in element:
            own += _weigh(child, weights, left_out, depth + 1) + 0.7 * max(
                0, len((child.tail or "").strip()) - 20
            )
        named = element.tag in ("article", "main") or element.get("itemprop") == "articleBody"
        own *= 1.2 if named or _names(element) & _words()[1] else 1.0
    weights[element] = own
    return own


def around(pieces: list[Piece], inside: list[bool], material: Material) -> list[Piece]:
    """The chosen part, with the headline before it and the issuer's tail behind it."""
    if True not in inside:
        return pieces
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    for index in range(first, max(-1, first - 16), -1):
        if pieces[index].level == 1 or (material.title and titles.same(pieces[index].text, material.title)):
            first = index
            break
    tail = last + 1
    while (
        tail < len(pieces) and tail <= last + 8 and pieces[tail].links < 0.3 and pieces[tail].kind != "list"
    ):
        tail += 1
    return pieces[first:tail]


_SIZE = re.compile(r"\d+")


def is_pixel(element: etree._Element) -> bool:
    """Whether an image counts readers: at most 2 by 2, hidden, or without a picture's address."""
    for name in ("width", "height"):
        size = _SIZE.match(element.get(name) or "")
        if size and int(size.group()[:6]) <= 2:
            return True
    source = element.get("src") or element.get("data-src") or ""
    return not source or source.startswith("data:") or bool(_HIDDEN.search(element.get("style") or ""))
