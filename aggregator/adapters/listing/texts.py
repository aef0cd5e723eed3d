"""What an element says, in one line, without what is no part of it: texts for screen readers, badges. Pure."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from aggregator.adapters.listing import words
from aggregator.text import one_line

_MAX_TEXT = 2_000
_BADGE = 24
"""Letters of the longest badge or label within a headline."""
_LEAST = 10
"""Letters that have to be left for a short text to be a badge beside them."""
_GLUED = frozenset(
    {"b", "i", "em", "strong", "sup", "sub", "mark", "u", "font", "abbr", "wbr", "small", "big"}
)


@lru_cache(maxsize=4096)
def _named(names: str, which: str) -> bool:
    return bool(words.pattern("zones", which).search(words.spaced(names)))


def text_of(element: etree._Element, limit: int = _MAX_TEXT) -> str:
    """The text of an element in one line; parts of one word that markup divides stay one word.

    What is said to screen readers only, and a badge beside a longer text ("New", "Press release"), is left out,
    unless there is nothing else.
    """
    named = [(e, n[:200]) for e in element.iterdescendants() if (n := e.get("class"))]
    unseen = {e for e, names in named if _named(names, "unseen")}
    badges = {e for e, names in named if _named(names, "badge") and _is_badge(e)}
    for hidden, least in ((unseen | badges, _LEAST if badges else 1), (unseen, 1)):
        if hidden and len(text := _text(element, limit, frozenset(hidden))) >= least:
            return text
    return _text(element, limit, frozenset())


def _is_badge(element: etree._Element) -> bool:
    """Whether it is short, no date and no beginning of a sentence (``Studie:``)."""
    text = _text(element, 2 * _BADGE, frozenset())
    return 0 < len(text) <= _BADGE and not any(c.isdigit() for c in text) and not text.endswith(":")


def _text(element: etree._Element, limit: int, hidden: frozenset[etree._Element]) -> str:
    found: list[str] = []
    length = 0
    within = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if node in hidden:
            within += 1 if event == "start" else -1
            if event == "start" or within:
                continue
        elif within:
            continue
        own = node.text if event == "start" else node.tail if node is not element else ""
        if node is not element and (node.tag not in _GLUED or node in hidden):
            found.append(" ")
        if own and not (event == "start" and node.tag in ("script", "style")):
            found.append(own)
            length += len(own)
        if length > 2 * limit:
            break
    return one_line("".join(found))[:limit]
