"""What a page's JSON-LD (schema.org) says of its own article. Of other articles on the page nothing counts. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from aggregator.reading.lines import one_line
from aggregator.reading.pieces import Material
from aggregator.reading.titles import squeezed

LONGEST = 2_000
"""Characters of anything that a page says about itself."""
_ARTICLES = ("Article", "Posting", "PressRelease", "Report")
_DATES = (("datePublished", "published"), ("dateModified", "updated"))
_HIDDEN = re.compile(
    r"^\s*(?://|/\*)?\s*<!(?:--|\[CDATA\[)(?:\*/)?|(?://|/\*)?\s*(?:--|\]\])>\s*(?:\*/)?\s*$"
)
"""How scripts were hidden from browsers and parsers that did not know them."""
_CLEAR = 15
"""Letters of a headline that is recognised inside a longer title."""


def read(scripts: Sequence[str], told: Sequence[str], material: Material) -> None:
    """Take title, dates and body of the article that the page is about.

    `told` are the page's other claims of its title, and its headings: they tell which of several articles it is.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    for node in _own([n for n in nodes if any(k.endswith(_ARTICLES) for k in _kinds(n))], told):
        material.types = (*material.types, *sorted(_kinds(node)))
        material.paid = material.paid or str(node.get("isAccessibleForFree")).lower() == "false"
        if isinstance(node.get("articleBody"), str):
            material.bodies.append(("structured data", node["articleBody"]))
        _dates(node, material)
        material.title = material.title or _headline(node)
    if not material.declared:
        for node in nodes:
            if "WebPage" in _kinds(node):
                _dates(node, material)


def _own(articles: list[dict[str, Any]], told: Sequence[str]) -> list[dict[str, Any]]:
    """Of several articles those whose headline the page shows; all, where it shows none of them."""
    if len(articles) < 2:
        return articles
    shown = [found for text in told if (found := squeezed(text[:600]))]
    return [a for a in articles if _is_shown(squeezed(_headline(a)[:600]), shown)] or articles


def _is_shown(headline: str, shown: list[str]) -> bool:
    return bool(headline) and any(
        headline == text or (len(headline) >= _CLEAR and headline in text) for text in shown
    )


def _headline(node: dict[str, Any]) -> str:
    said = node.get("headline")
    return one_line(said[:LONGEST]) if isinstance(said, str) else ""


def _dates(node: dict[str, Any], material: Material) -> None:
    for name, what in _DATES:
        if isinstance(node.get(name), str):
            material.declared.append((what, node[name]))


def _kinds(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)}


def _parsed(script: str) -> Any:
    try:
        return json.loads(_HIDDEN.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


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
