"""Which part of a page is its text: without debris, the smallest element that holds nearly all of the prose.

A short release in a large page is found by its landmarks (the headline, `articleBody`, an article, a name)
rather than by its size. What is left out is told, with the rule that said so. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aggregator.reading import cards
from aggregator.reading.headline import is_section
from aggregator.reading.named import Element
from aggregator.reading.pieces import Piece
from aggregator.reading.survey import Survey, debris

_NEARLY_ALL, _MOST = 0.9, 0.5
"""Shares of the prose that a part must hold to be the text: by itself, and where a landmark says so too."""
_CARDS_BESIDE = 0.25
"""Share of the prose up to which cards stand beside the text; above it they are the text."""
_CARDS_OVER = 3.0
"""How many letters of links to one of prose make a list: rows of bare links hold no prose."""
_BOXES = 0.15
"""Share of a page's letters up to which small boxes that call for something are no part of the text."""
_CONTAINERS = frozenset(
    {"div", "section", "article", "main", "body", "td", "tr", "table", "tbody", "center", "form", "span", "font", "figure"}
)  # fmt: skip


@dataclass(slots=True)
class Choice:
    """The chosen part of a page."""

    main: Element
    left_out: dict[Element, str] = field(default_factory=dict)
    """Elements that are not walked, each with its rule."""
    roles: dict[Element, str] = field(default_factory=dict)
    """What elements say of the lines in them, see `named.Names.role`."""
    cards: int = 0
    """Cards of the largest row."""
    card_letters: int = 0
    """Letters of all cards."""
    cards_kept: bool = False
    """Whether the cards are part of the text: there is little else."""


def choose(root: Element, headline: Element | None) -> Choice:
    """The part of a page that is its text, and what of it is not. `headline` is a heading that agrees with
    the page's title."""
    survey = Survey(root, headline)
    dropped = debris(survey)
    rows = [r for r in cards.rows(survey) if not _covered(survey, r.parent, dropped)]
    claimed = sum(r.prose for r in rows)
    body = survey.weights(set(dropped))[0]
    kept = claimed > _CARDS_BESIDE * body or sum(r.letters for r in rows) > _CARDS_OVER * body
    if not kept:
        dropped.update((card, "page.cards") for row in rows for card in row.cards)
        boxes = [b for b in cards.boxes(survey) if not _covered(survey, b, dropped)]
        if sum(survey.letters[b] for b in boxes) <= _BOXES * sum(survey.own_letters):
            dropped.update((box, "page.box") for box in boxes)
    weights = survey.weights(set(dropped))
    main = _descend(survey, weights, dropped, headline)
    left_out = {survey.elements[i]: rule for i, rule in dropped.items()}
    inside = [r for r in rows if survey.within(r.parent, main) or survey.within(main, r.parent)]
    return Choice(
        survey.elements[main],
        left_out,
        {e: said.role for e, said in zip(survey.elements, survey.names, strict=True) if said.role},
        max((len(r.cards) for r in inside), default=0),
        sum(r.letters for r in inside),
        kept,
    )


def _covered(survey: Survey, i: int, dropped: dict[int, str]) -> bool:
    while i >= 0:
        if i in dropped:
            return True
        i = survey.parent[i]
    return False


def _descend(survey: Survey, weights: list[float], dropped: dict[int, str], headline: Element | None) -> int:
    node = next((i for i, e in enumerate(survey.elements) if e.tag == "body"), 0)
    children: dict[int, list[int]] = {}
    for i, p in enumerate(survey.parent):
        if p >= 0 and i not in dropped and not survey.silent[i]:
            children.setdefault(p, []).append(i)
    title = survey.index[headline] if headline is not None else -1
    while weights[node] > 0:
        best = max(children.get(node, ()), key=weights.__getitem__, default=None)
        if best is None or survey.elements[best].tag not in _CONTAINERS:
            break
        share = weights[best] / weights[node]
        if share < (_MOST if _is_landmark(survey, best, title) else _NEARLY_ALL):
            break
        node = best
    return node


def _is_landmark(survey: Survey, i: int, title: int) -> bool:
    """Whether something says that the text is here: its tag, its name, or the headline in it."""
    element = survey.elements[i]
    if (
        element.tag in ("article", "main")
        or element.get("itemprop") == "articleBody"
        or survey.names[i].content
    ):
        return True
    return survey.within(title, i)


_HEAD = 12
"""Pieces at the start of the chosen part among which the headline may stand."""
_TAIL = 40
"""Pieces behind it among which the issuer's tail may stand: boilerplate, contact."""


def around(pieces: list[Piece], inside: list[bool], title: int | None) -> list[Piece]:
    """The chosen part, with the headline (by number) before it and what may be the issuer's tail behind it.

    What stands behind is flagged as `Piece.outside`: the anatomy keeps of it what is marked as a part of
    a release.
    """
    if True not in inside:
        return pieces
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    if title is None:
        # Nothing says which line is the headline: it may stand between the section's name and the text.
        above = (i for i in range(first, max(-1, first - _HEAD), -1) if pieces[i].level == 1)
        first = next(above, first)
    elif title < first + _HEAD:
        kicker = _kicker(pieces, inside, title)
        for piece in pieces[first : title - kicker]:
            piece.outside = True
        first = min(first, title - kicker)
    for piece in pieces[last + 1 : last + 1 + _TAIL]:
        piece.outside = True
    return pieces[first : last + 1 + _TAIL]


def _kicker(pieces: list[Piece], inside: list[bool], title: int) -> int:
    """How many lines right before the headline may be its kicker, its date, a label: short, and no link.

    Outside the chosen part a line has to be called so by its class, or stand right above the headline.
    """
    count = 0
    for index in range(title - 1, max(-1, title - 7), -1):
        piece = pieces[index]
        if piece.kind != "text" or len(piece.text) > 100 or piece.links > 0.3 or piece.sentence:
            break
        if not inside[index] and not piece.role and (index < title - 1 or is_section(piece.text)):
            break
        count += 1
    return count
