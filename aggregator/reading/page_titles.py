"""Which line of a page is the headline of its release.

The page's head, its JSON-LD and its headings each claim a title, with the site's name around it, cut short, or
written for search engines; and the h1 of many newsrooms is the name of the section ("Press releases"). A
heading that agrees with a claim is the headline; where none does, the best heading at the top of the text. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from lxml import etree

from aggregator.reading import titles
from aggregator.reading.headline import is_section
from aggregator.reading.lines import one_line
from aggregator.reading.pieces import Piece
from aggregator.text import words

_LONGEST = 300
_MOST = 1_000
"""Headings of a page that are compared with what it claims."""
_BEFORE, _BEHIND = 24, 12
"""Pieces before and behind the start of the text among which the headline is looked for."""
_PROSE = 160
"""Letters of a paragraph behind which no headline stands any more."""
_LEVELS = {1: 2.0, 2: 1.2, 3: 0.6}
_LINE = 1.05
"""Of a line that is no heading, but bold, or called a headline by its class."""
_ENOUGH, _SOME = 1.0, 0.5
"""What a line has to reach where the page claims a title, and where it claims none."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page says its title is, the most trusted first, and the names of its site."""

    stated: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    url: str = ""
    owner: str = ""
    """What follows the sign of copyright at the foot of the page."""

    def is_site(self, line: str) -> bool:
        """Whether a line is the name of the site or of its owner."""
        name, owner = titles.squeezed(line), titles.squeezed(self.owner)
        called = (*self.sites, *titles.host_names(self.url))
        return len(name) >= 4 and (name in owner or any(name == titles.squeezed(site) for site in called))

    def bare(self) -> str:
        """The first claim without the site's name; empty where all name but the site and its sections."""
        return next((c for _, c in self.pairs() if c and not _is_frame(c) and not self.is_site(c)), "")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each claim as stated and without the site's name."""
        return tuple((c, titles.without_site(c, url=self.url, sites=self.sites)) for c in self.stated)


def _is_frame(claim: str) -> bool:
    """Whether a title is of a section, with or without a short name: "ACME - Press Room", "Acme AG: News"."""
    parts = [part for whole in titles.parts(claim) for part in whole.split(": ")]
    telling = [part for part in parts if not is_section(part)]
    return len(telling) < len(parts) and sum(len(part.split()) for part in telling) <= 2


def agreement(line: str, claims: Claims) -> float:
    """How far a line is what the page claims as its title, 0 to 1."""
    return max((_agrees(line, claim, bare, claims.sites) for claim, bare in claims.pairs()), default=0.0)


def _agrees(line: str, claim: str, bare: str, sites: tuple[str, ...]) -> float:
    if titles.same(line, claim) or titles.same(line, bare):
        return 1.0
    if len(line) >= 8 and titles.without_site(claim, sites=sites, seen=(line,)) == line:
        return 0.95
    left, right = titles.squeezed(line), titles.squeezed(bare)
    if len(left) >= 16 and (right.startswith(left) or right.endswith(left)):
        return 0.8
    if any(_opens(part, line) for part in titles.parts(claim)):
        return 0.9  # the page's own title is the shorter one
    mine, theirs = set(words(line)), set(words(claim))
    shared = len(mine & theirs)
    return 0.7 * shared / max(len(mine), len(theirs)) if shared >= 3 else 0.0


def _opens(part: str, line: str) -> bool:
    """Whether a headline begins with a shorter title and goes on behind a sign: "Title: and what it is about"."""
    rest = line.removeprefix(part)
    return len(part) >= 12 and rest != line and rest.lstrip()[:1] in (":", ",", "–", "-", "—", "|", ";")


def heading(root: etree._Element, claims: Claims) -> etree._Element | None:
    """The heading element that agrees with the page's claims: a landmark of its text."""
    best, found = 0.6, None
    for element in islice(root.iter("h1", "h2", "h3"), _MOST):
        line = one_line("".join(element.itertext()))
        if 8 <= len(line) <= _LONGEST and not is_section(line) and not claims.is_site(line):
            agrees = agreement(line, claims) + (0.05 if element.tag == "h1" else 0.0)
            if agrees > best:
                best, found = agrees, element
    return found


def choose(pieces: list[Piece], start: int, claims: Claims) -> int | None:
    """The piece that is the headline. `start` is the first piece of the part that was chosen as the text."""
    window: list[int] = []
    for index in range(max(0, start - _BEFORE), min(len(pieces), start + _BEHIND)):
        piece = pieces[index]
        if (
            index >= start
            and len(piece.text) > _PROSE
            and piece.kind == "text"
            and piece.sentence
            and not piece.level
        ):
            break
        window.append(index)
    agreed = {i: titles.squeezed(pieces[i].text) for i in window if _agrees_well(pieces[i], claims)}
    if len(set(agreed.values())) > 1:
        # The page's title names the site as well, and the site's name is a heading: the longer one tells more.
        window = [
            max(agreed, key=lambda i: (pieces[i].links < 0.8, len(pieces[i].text.split()), -abs(i - start)))
        ]
    scores = {i: _score(pieces[i], claims) for i in window}
    # Of two that are alike the one nearer to the text counts.
    best = max(scores, key=lambda i: (scores[i], -abs(i - start)), default=None)
    return best if best is not None and scores[best] > (_ENOUGH if claims.bare() else _SOME) else None


def spelt(line: str, claims: Claims) -> str:
    """A headline in capitals as the page's own titles spell it, where one of them does not shout; one with a
    kicker before it as they have it, without."""
    for _, bare in claims.pairs():
        kicker = line.removesuffix(bare)
        if len(bare) >= 12 and kicker != line and 0 < len(kicker) <= 60:
            return bare
    if not titles.shouted(line):
        return line
    same = (bare for _, bare in claims.pairs() if titles.same(bare, line) and not titles.shouted(bare))
    return next(same, line)


def _agrees_well(piece: Piece, claims: Claims) -> bool:
    return _able(piece, claims) and agreement(piece.text, claims) >= 0.9


def _able(piece: Piece, claims: Claims) -> bool:
    text = piece.text
    shaped = piece.kind in ("heading", "text") and 3 <= len(text) <= _LONGEST and "cookie" not in text.lower()
    return shaped and not is_section(text) and not claims.is_site(text)


def _score(piece: Piece, claims: Claims) -> float:
    text = piece.text
    if not _able(piece, claims):
        return 0.0
    agrees = agreement(text, claims)
    weight = 4.0 if agrees >= 0.6 else 3.0 if agrees >= 0.3 else 1.0
    score = _LEVELS.get(piece.level, 0.0) + weight * agrees
    if piece.kind == "text" and agrees < 0.9:
        return _LINE if (piece.bold or piece.role == "headline") and _may_head(text) else 0.0
    if piece.links > 0.8:
        score -= 2.0
    if len(text) < 12 and agrees < 0.9:
        score -= 1.0
    return score


def _may_head(text: str) -> bool:
    return 12 <= len(text) <= 200 and not text.endswith((".", ":", ",")) and any(c.isalpha() for c in text)
