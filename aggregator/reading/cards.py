"""Rows of cards: siblings of one build that each lead to another page. Pure.

Beside an article they are its "related news", with dates and titles of other releases; a page that holds
little else is a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aggregator.reading.survey import Element, Survey

FEWEST = 3
"""Cards of a row."""
_TEXT = (12, 450)
"""Letters of one card."""
_NO_CARDS = frozenset({"p", "td", "th", "br", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "dt", "dd", "option", "figcaption", "table", "tbody", "thead", "col"})  # fmt: skip


_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}\.? [^\W\d_]{3,9}\.? (?:19|20)\d\d|\b[^\W\d_]{3,9}\.? \d{1,2}, (?:19|20)\d\d")
"""What the rows of an archive have beside a link."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cards that stand in one element."""

    parent: int
    cards: tuple[int, ...]
    letters: int
    prose: float


def rows(survey: Survey) -> list[Row]:
    """The rows of cards of a page, outermost first."""
    children: dict[int, list[int]] = {}
    for i, p in enumerate(survey.parent):
        if p >= 0 and not survey.silent[i]:
            children.setdefault(p, []).append(i)
    found: list[Row] = []
    for parent, inside in children.items():
        if len(inside) < FEWEST:
            continue
        for group in _alike(survey, inside):
            cards = tuple(i for i in group if _is_card(survey, i))
            if len(cards) >= FEWEST and len(cards) >= 0.7 * len(group):
                letters = sum(survey.letters[i] for i in cards)
                found.append(Row(parent, cards, letters, sum(survey.prose[i] for i in cards)))
    return found


def _alike(survey: Survey, inside: list[int]) -> list[list[int]]:
    """Siblings of one tag and one first class."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i in inside:
        element = survey.elements[i]
        if element.tag not in _NO_CARDS:
            first = (element.get("class") or "").split()
            groups.setdefault((element.tag, first[0] if first else ""), []).append(i)
    return [group for group in groups.values() if len(group) >= FEWEST]


def _is_card(survey: Survey, i: int) -> bool:
    """Whether an element has a heading that is a link, or is one link as a whole, or ends in one."""
    letters, linked = survey.letters[i], survey.linked[i]
    if not _TEXT[0] <= letters <= _TEXT[1] or not linked:
        return False
    element = survey.elements[i]
    if element.tag == "tr":
        return bool(_DATE.search(" ".join(element.itertext())))
    if linked >= 0.6 * letters:
        # A single line of links is a menu's item; a card has more to it than one line.
        return letters >= 60 or _heading(element) is not None
    heading = _heading(element)
    if heading is not None:
        return _linked(heading)
    return linked >= 0.2 * letters and element.find(".//time") is not None


def _heading(element: Element) -> Element | None:
    return next((e for e in element.iter("h2", "h3", "h4", "h5", "h6")), None)


def _linked(heading: Element) -> bool:
    up = heading.getparent()
    return heading.find(".//a") is not None or (up is not None and up.tag == "a")
