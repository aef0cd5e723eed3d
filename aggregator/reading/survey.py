"""A page counted once: how much prose stands in each element, and which elements say that they are not the text.

Press pages call their parts by name: a class, an id, a role, a tag. Names are evidence and no proof, since
page builders call everything a widget; so a name is believed only as long as what it claims is a small part
of the page's prose, taken over all elements that bear it. Consent dialogs are the exception: beside a short
release they hold most of the words. The names are data (`data/page.toml`). Pure; linear in the page's size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from aggregator.reading import named
from aggregator.reading.named import Element, Names
from aggregator.reading.sections import REACHABLE

_SILENT = frozenset(
    {"script", "style", "head", "select", "button", "template", "svg", "math", "object", "textarea", "option",
     "iframe", "canvas", "audio", "video", "label", "noscript", "dialog"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
     "br", "img", "picture", "source", "o:p", "st1:place", "nobr", "acronym", "label"}
)  # fmt: skip
_PROSE = frozenset({"p", "pre", "blockquote"})
_ITEMS = frozenset(
    {"li", "dd", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dt", "caption"}
)
_HOLDERS = frozenset({"h1", "article", "main"})
_LONG_ITEM = 120
"""Letters from which on a list item or a table cell reads as prose."""

BELIEVED = 0.3
"""Share of a page's prose up to which a name of debris is believed."""
FRAME = 0.6
"""The same for what is tagged as the page's frame."""


class Survey:
    """The elements of a page in order, with the letters of prose in each.

    ``prose[i]`` counts what `elements[i]` and everything in it holds: letters of running text, twice the
    linked ones taken off, little for short items. It does not know of debris; `weights` does.
    """

    def __init__(self, root: Element, headline: Element | None = None) -> None:
        """`headline` is an element that is part of the text, whatever names stand around it."""
        self.elements: list[Element] = list(root.iter(etree.Element))
        self.index = {element: i for i, element in enumerate(self.elements)}
        size = len(self.elements)
        self.names = [named.names_of(element) for element in self.elements]
        self.parent = [-1] * size
        self.silent = [False] * size
        self.own = [0.0] * size
        """Letters of prose in the element's own lines, without those of the blocks in it."""
        self.own_letters = [0] * size
        self.own_linked = [0] * size
        """Letters of the element's own lines, and those of them that are linked."""
        self.letters = [0] * size
        """Letters in the element and everything in it."""
        self.linked = [0] * size
        self.holds = [element is headline for element in self.elements]
        """Whether the headline, an article or the main part of the page is the element or stands in it."""
        self.reach = [False] * size
        """Whether an e-mail address or a telephone number is linked in the element."""
        self._count()
        self.prose = self._summed(frozenset())
        self.total = self.prose[0] if size else 0.0

    def _count(self) -> None:
        """Hand every run of text to the block that it stands in."""
        size = len(self.elements)
        anchored, block = [False] * size, [0] * size
        text, links = [0] * size, [0] * size
        for i, element in enumerate(self.elements):
            tag = element.tag
            up = element.getparent()
            p = self.index[up] if i and up is not None else -1
            self.parent[i] = p
            if p < 0:
                inside_silence = inside_link = False
            else:
                inside_silence, inside_link = self.silent[p], anchored[p]
            self.silent[i] = inside_silence or tag in _SILENT
            anchored[i] = inside_link or tag == "a"
            block[i] = block[p] if p >= 0 and tag in _INLINE else i
            if element.text and not self.silent[i]:
                self._add(element.text, block[i], anchored[i], text, links)
            if element.tail and p >= 0 and not inside_silence:
                self._add(element.tail, block[p], inside_link, text, links)
        for i in range(size):
            self.letters[i], self.linked[i] = text[i], links[i]
            self.own_letters[i], self.own_linked[i] = text[i], links[i]
            if text[i]:
                self.own[i] = _worth(self.elements[i].tag, text[i], links[i])
        for i in range(size - 1, 0, -1):
            p = self.parent[i]
            self.letters[p] += self.letters[i]
            self.linked[p] += self.linked[i]
            self.holds[i] = self.holds[i] or self.elements[i].tag in _HOLDERS
            self.holds[p] = self.holds[p] or self.holds[i]
            self.reach[i] = self.reach[i] or _is_reach(self.elements[i])
            self.reach[p] = self.reach[p] or self.reach[i]

    @staticmethod
    def _add(run: str, at: int, linked: bool, text: list[int], links: list[int]) -> None:
        length = len(run.strip()) if len(run) < 400 or run[0] in " \n\t" else len(run)
        text[at] += length
        if linked:
            links[at] += length

    def _summed(self, dropped: frozenset[int] | set[int]) -> list[float]:
        total = list(self.own)
        for i in range(len(total) - 1, 0, -1):
            if i not in dropped:
                total[self.parent[i]] += total[i]
        return total

    def weights(self, dropped: set[int]) -> list[float]:
        """As `prose`, without what stands in dropped elements; parts that are called content count more."""
        total = list(self.own)
        for i in range(len(total) - 1, 0, -1):
            if i in dropped:
                continue
            weight = total[i]
            if weight > 40 and _is_content(self.elements[i], self.names[i]):
                weight *= 1.2
                total[i] = weight
            total[self.parent[i]] += weight
        return total

    def within(self, i: int, ancestor: int) -> bool:
        """Whether an element (-1: none) is this one or stands in it."""
        while i > ancestor:
            i = self.parent[i]
        return i == ancestor


def _is_reach(element: Element) -> bool:
    return element.tag == "a" and (element.get("href") or "").lower().startswith(("mailto:", "tel:"))


def _worth(tag: object, text: int, links: int) -> float:
    """Letters of prose in the lines of one block."""
    letters = text - 2.0 * links
    if letters <= 0:
        return 0.0
    if tag in _PROSE:
        return letters
    if tag in _ITEMS:
        return letters * (0.3 if letters < _LONG_ITEM else 0.8)
    return 0.7 * max(0.0, letters - 20)


def _is_content(element: Element, said: Names) -> bool:
    return said.content or element.tag in ("article", "main") or element.get("itemprop") == "articleBody"


# --------------------------------------------------------------------------------------------------- debris

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    }
)
_HIDDEN_NAME = "(hidden)"
"""Stands for being hidden where names are weighed: accordions hide the text itself."""
_UNNAMED = _INLINE - {"a", "span"}
_NEVER = frozenset({"html", "body", "main", "h1", "article"})


@dataclass(frozen=True, slots=True)
class Claim:
    """That an element is not the text."""

    rule: str
    """``page.consent``, ``page.landmark``, ``page.hidden``, ``page.name``, ``page.cards``."""
    words: frozenset[str] = frozenset()
    """The names that say so, for ``page.name``."""


def is_hidden(element: Element) -> bool:
    """Whether an element is hidden from those who see the page."""
    if element.get("hidden") is not None:
        return True
    # What a heading or a tab opens is hidden until then, and part of the text.
    opened = element.get("role") in ("region", "tabpanel") or element.get("aria-labelledby")
    if element.get("aria-hidden") == "true" and not opened:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def claim(element: Element, said: Names) -> Claim | None:
    """What an element says of itself, before anybody asks how much prose it holds."""
    tag = element.tag
    if tag in _NEVER or tag in _UNNAMED:
        return None
    if said.consent and tag not in ("a", "span"):
        return Claim("page.consent")
    if said.contact:
        return None
    if tag in ("nav", "aside"):
        return Claim("page.landmark")
    if tag in ("header", "footer") and _is_site_frame(element):
        return Claim("page.landmark")
    if element.get("role") in _ROLES:
        return Claim("page.landmark")
    if is_hidden(element):
        return Claim("page.hidden", frozenset({_HIDDEN_NAME}))
    return Claim("page.name", said.debris) if said.debris else None


def _is_site_frame(element: Element) -> bool:
    """A header or footer of the page, not the one of an article."""
    up = element.getparent()
    while up is not None:
        if up.tag in ("article", "main", "section", "aside", "li"):
            return False
        up = up.getparent()
    return True


def debris(survey: Survey) -> dict[int, str]:
    """The elements (by number) that are not the text, each with the rule that said so."""
    claims = _claims(survey)
    prose, total = survey.prose, survey.total
    believed = _believed(survey, claims)
    dropped: dict[int, str] = {}
    for i, said in claims.items():
        if said.rule == "page.consent":
            # Dialogs stand outside the text; what is called so within it may be a wrapper that asks first.
            within = next(survey.elements[i].iterancestors("main", "article"), None)
            if within is None or prose[i] <= total * BELIEVED:
                dropped[i] = said.rule
        elif said.words and not said.words & believed:
            continue
        elif prose[i] <= total * (FRAME if survey.elements[i].tag in ("nav", "footer") else BELIEVED):
            dropped[i] = said.rule
    left = survey.weights(set(dropped))[0]
    if left < min(140.0, 0.5 * total):
        # Nothing would be left: then only what nobody can mean is left out.
        return {i: rule for i, rule in dropped.items() if rule == "page.consent" and left > 40}
    return dropped


def _claims(survey: Survey) -> dict[int, Claim]:
    """Outermost claims only: what stands in a claimed element goes with it."""
    claims: dict[int, Claim] = {}
    covered = [False] * len(survey.elements)
    for i, element in enumerate(survey.elements):
        p = survey.parent[i]
        if survey.silent[i] or (p >= 0 and covered[p]):
            covered[i] = True
            continue
        said = claim(element, survey.names[i])
        # A wrapper that happens to be called "banner" or "has-sidebar" still holds the article.
        if said is None or survey.holds[i] or (said.rule != "page.consent" and _is_spared(survey, i, said)):
            continue
        claims[i] = said
        # What a name claims may hold a clearer claim of its own, should the name not be believed.
        covered[i] = said.rule != "page.name"
    return claims


_CARD = 700
"""Letters of the longest card that says whom to ask."""
_FRAME = frozenset({"nav", "footer", "header", "form"})


def _is_spared(survey: Survey, i: int, said: Claim) -> bool:
    """Whether it is a press contact's card, or a part without links whose name means little."""
    element = survey.elements[i]
    if element.tag == "header" and not survey.linked[i]:
        return True
    is_card = survey.letters[i] <= _CARD and element.tag not in _FRAME and said.rule != "page.hidden"
    if is_card and (survey.reach[i] or REACHABLE.search(" ".join(element.itertext()))):
        return True
    return bool(said.words) and said.words <= named.weak() and not survey.linked[i]


def _believed(survey: Survey, claims: dict[int, Claim]) -> frozenset[str]:
    """The names that together claim no more than a good part of the page's prose."""
    claimed: dict[str, float] = {}
    around: list[frozenset[str]] = []
    """Names that are claimed around each element: what stands in an element of the name is counted once."""
    for i, p in enumerate(survey.parent):
        above = around[p] if p >= 0 else frozenset()
        around.append(above | claims[p].words if p in claims else above)
        for word in claims[i].words - around[i] if i in claims else ():
            claimed[word] = claimed.get(word, 0.0) + survey.prose[i]
    limit = BELIEVED * survey.total
    return frozenset(word for word, prose in claimed.items() if prose <= limit)
