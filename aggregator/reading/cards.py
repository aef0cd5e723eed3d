"""Rows of cards: siblings of one build that each lead to another page. Pure.

Beside an article they are its "related news", with dates and titles of other releases; a page that holds
little else is a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aggregator.reading.named import Element
from aggregator.reading.survey import Survey

FEWEST = 3
"""Cards of a row."""
_TEXT = (12, 450)
"""Letters of one card."""
_NO_CARDS = frozenset(
    {"p", "td", "th", "br", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "dt", "dd", "option", "figcaption",
     "table", "tbody", "thead", "col"}
)  # fmt: skip
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}\.? [^\W\d_]{3,9}\.? (?:19|20)\d\d|\b[^\W\d_]{3,9}\.? \d{1,2}, (?:19|20)\d\d"
)
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


_BOX = (8, 260)
"""Letters of a box beside the text: a heading, a line, a link."""
_BOXES = frozenset({"div", "section", "aside", "figure", "form"})


def boxes(survey: Survey) -> list[int]:
    """Small parts that call for something: two lines or more, one of them nothing but a link or a button."""
    found: list[int] = []
    inside = [False] * len(survey.elements)
    for i, element in enumerate(survey.elements):
        p = survey.parent[i]
        inside[i] = p >= 0 and inside[p]
        if (
            inside[i]
            or survey.silent[i]
            or element.tag not in _BOXES
            or not _BOX[0] <= survey.letters[i] <= _BOX[1]
        ):
            continue
        if _calls(survey, i):
            found.append(i)
            inside[i] = True
    return found


def _calls(survey: Survey, i: int) -> bool:
    element = survey.elements[i]
    if (
        survey.holds[i]
        or survey.reach[i]
        or next(element.iter("table", "figcaption", "blockquote", "time", "dl"), None) is not None
    ):
        return False
    lines = 0
    called = any(_is_call(b) for b in element.iter("button", "input"))
    for inner in element.iter("a", "p", "h2", "h3", "h4", "h5", "h6", "div", "span", "strong"):
        j = survey.index[inner]
        if inner.tag == "a":
            called = (
                called
                or survey.parent[j] == i
                or survey.linked[survey.parent[j]] >= 0.95 * survey.letters[survey.parent[j]]
            )
        elif j != i and survey.own_letters[j]:
            if _DAY.match(inner.text or ""):
                return False
            lines += 1
    return (
        called
        and lines + called >= 2
        and any(survey.own_letters[j] > survey.own_linked[j] for j in _within(survey, i))
    )


_DAY = re.compile(
    r"\W*(?:\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3,9}\.?)\s?\d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
    r"|[^\W\d]{3,9}\.? \d{1,2}, \d{4})\W*$"
)
"""A line that is a day: the facts about the text stand in such boxes too."""


def _is_call(button: Element) -> bool:
    """Whether a button or a field asks for something, and does not open a part of the text."""
    opens = button.get("aria-expanded") is not None or button.get("aria-controls") is not None
    return not opens and button.get("type") != "hidden" and len("".join(button.itertext()).strip()) <= 30


def _within(survey: Survey, i: int) -> range:
    """The numbers of an element and of everything in it."""
    end = i + 1
    while end < len(survey.elements) and survey.within(end, i):
        end += 1
    return range(i, end)


def _alike(survey: Survey, inside: list[int]) -> list[list[int]]:
    """Siblings of one tag and one first class."""
    groups: dict[tuple[object, str], list[int]] = {}
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
