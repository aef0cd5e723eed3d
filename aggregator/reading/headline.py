"""Which line of a text is its headline, where neither a feed nor a page says so.

Above the headline of a text that was copied from a page may stand its menu, the description of its image,
a kicker, a date. The one sure sign of a headline is that it stands twice; the next best that its words
come again in the lead, which those of an image's description hardly do. Pure; tags what is no headline.
"""

from __future__ import annotations

import re
from itertools import pairwise

from aggregator.reading import names, titles
from aggregator.reading.language import small_words
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work
from aggregator.text import fold, words

_NEAR = 8
"""Pieces between which a headline is written twice."""
_PROSE = 320
"""Characters of a paragraph: a head is over there."""


# ----------------------------------------------------------------------------------- the line that stands twice


def doubled(pieces: list[Piece], reach: int) -> tuple[int, int] | None:
    """First and last index of the line that stands twice before the body; None where there is none.

    What stands more often, or beside several others that do, is a list and no headline.
    """
    places: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces[:reach]):
        if piece.type is not None:
            continue
        if len(piece.text) > _PROSE or piece.kind == "table":
            break
        if piece.kind in ("text", "heading") and piece.mark != "caption" and piece.text.count(". ") < 2:
            places.setdefault(titles.squeezed(piece.text), []).append(index)
    twice = [(len(key), found) for key, found in places.items() if len(found) > 1 and len(key) > 10]
    # A company's name stands twice too, and is no headline.
    twice = [pair for pair in twice if not names.ends_in_form(pieces[pair[1][0]].text)]
    if not twice or len(twice) > 2:
        return None
    found = max(twice)[1]
    near = found[0] <= _NEAR and all(b - a <= _NEAR for a, b in pairwise(found))
    return (found[0], found[-1]) if near and len(found) <= 3 else None


# --------------------------------------------------------------------------------------- residue of navigation

_SEPARATOR = re.compile(r"[>›»→|·•/\\]")
_CRUMBS = re.compile(r"\s*(?:>+|[›»→|·•/\\])\s*")


def cut_navigation(work: Work, reach: int) -> None:
    """Tag menus and breadcrumbs above the headline; what follows the last of them is not looked at."""
    pieces = work.pieces
    lines = [i for i, p in enumerate(pieces[:reach]) if p.type is None]
    residue: list[int] = []
    for position, index in enumerate(lines[:-1]):
        piece = pieces[index]
        if piece.kind == "heading" or piece.mark == "label" or titles.same(piece.text, work.title):
            break
        if is_navigation(piece.text, pieces[lines[position + 1]].text):
            # A word of the menu that we do not know stands between two that we do.
            residue = [*lines[:position], index]
        elif piece.mark or len(piece.text) > 25 or len(piece.text.split()) > 2 or position > _NEAR:
            break
    for index in residue:
        pieces[index].tag("chrome", "chrome.navigation")


def is_navigation(line: str, following: str) -> bool:
    """Whether a line is a menu ("Start Magazin Termine") or a path ("Home > News > Press").

    `following` is the next line: a path may end in the headline that follows it.
    """
    if len(line) > 300 or line.endswith((".", "!", "?", ":")):
        return False
    known = lexicon().navigation
    if not _SEPARATOR.search(line):
        return is_menu(line, known)
    parts = [p for p in _CRUMBS.split(line) if p]
    if len(parts) > 1 and titles.same(parts[-1], following):
        parts = parts[:-1]
        if all(len(p.split()) <= 4 for p in parts):
            return True
    if len(parts) < 2:
        return is_menu(line, known)
    if any(len(p.split()) > 4 for p in parts):
        return False
    hits = sum(p in known or all(w in known for w in p.split()) for p in map(fold, parts))
    # Of two parts both have to be known: "Muster AG | News" may be a headline of two halves.
    return hits * 2 >= len(parts) + (len(parts) == 2)


def is_menu(line: str, known: frozenset[str]) -> bool:
    """Whether a line consists of words of menus, all or nearly all of them `known`."""
    if fold(line) in known:
        return True
    every = words(line)
    hits = sum(w in known for w in every)
    if not hits or any(w in small_words() for w in every if w not in known):
        return False
    return hits == len(every) or (len(every) >= 3 and hits >= 0.6 * len(every) and hits >= 2)


def is_section(line: str) -> bool:
    """Whether a heading names a part of the site ("News Details", "Presse") or nothing but a company."""
    return len(line) <= 60 and (is_menu(line, lexicon().navigation) or names.ends_in_form(line))


# ---------------------------------------------------------------------------------------- choosing one of them


def choose(work: Work, lines: list[int], twice: tuple[int, int] | None) -> tuple[int | None, str]:
    """Which line is the headline: h1, else the one that stands twice, else the first that can be."""
    pieces = work.pieces
    lines = [i for i in lines if pieces[i].mark != "caption" and pieces[i].kind in ("text", "heading")]
    while len(lines) > 1 and pieces[lines[0]].level and is_section(pieces[lines[0]].text):
        pieces[lines[0]].tag("chrome", "chrome.section")
        lines = lines[1:]
    if not lines:
        return None, ""
    for index in lines:
        if pieces[index].level == 1 and not is_section(pieces[index].text):
            return index, "title.h1"
    if twice and twice[0] in lines:
        return twice[0], "title.repeated"
    for index in lines:
        if 0 < pieces[index].level <= 3 and not is_section(pieces[index].text):
            return index, "title.heading"
    return _first(work, lines), "title.first_line"


def _first(work: Work, lines: list[int]) -> int:
    pieces = work.pieces
    while len(lines) > 1:
        # An image's description may stand between the kicker and the headline.
        rest = [i for i in lines if not _is_alt_text(work, i, lines)]
        if _is_alt_text(work, lines[0], lines):
            pieces[lines[0]].tag("alt_text", "alt_text.before_title")
        elif not (len(rest) > 1 and _is_kicker(work, pieces[lines[0]], pieces[rest[1]])):
            break
        lines = lines[1:]
    return lines[0]


def _is_kicker(work: Work, piece: Piece, after: Piece) -> bool:
    if len(after.text) < 12 or len(piece.text) > 70 or (after.sentence and not piece.text.endswith(":")):
        return False
    capitals = piece.text.isupper() and not after.text.isupper() and len(piece.text.split()) <= 6
    if piece.text.endswith(":") or names.ends_in_form(piece.text) or (capitals and not after.gap):
        return True
    return _announces(work, piece, after) or _is_subject(work, piece, after)


def _announces(work: Work, piece: Piece, after: Piece) -> bool:
    """``Einladung zum Pressegespräch``; the name that the wire or the source line gives; any line above ``POL-XY:``."""
    if piece.mark == "kicker" or lexicon().title_prefix.match(after.low):
        return True
    name = titles.squeezed(piece.text)
    issuers = (titles.squeezed(p.rest[:200]) for p in work.pieces if p.mark in ("declared", "source"))
    return len(name) > 5 and any(issuer.startswith(name) for issuer in issuers)


def _is_subject(work: Work, piece: Piece, after: Piece) -> bool:
    """A subject in up to three words, none of which comes again in the lead, as those of the line below do."""
    if piece.sentence or len(piece.text.split()) > 3 or len(after.text.split()) < 5:
        return False
    lead = _lead(work)
    return recurrence(piece.text, lead) == 0.0 and recurrence(after.text, lead) >= _CLEAR


# ---------------------------------------------------------------------------------- descriptions of images

_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\.[^\W_]{1,4}|\b(?:Co|Inc|Corp|Ltd|Nr|No|St|Dr|Jr|Sr|vs|bzw|usw|etc))\.$"
)
_SPEAKER = re.compile(
    r"\b(?:wir|uns|unser\w*|ihr\w*|dein\w*|du|we|our|us|you|your|nous|notre|vos|nuestr\w+|onze?|noi)\b"
)
_LONGEST = 250
_CLEAR = 0.3
"""How much more of the headline than of the description comes again, in shares of their words."""
_SAME = 0.5
"""Share of the headline's words from which on the line before it says the same; a deck does not."""


def _is_alt_text(work: Work, index: int, lines: list[int]) -> bool:
    """Whether a line describes an image, and a line behind it is the headline.

    Either it says so ("Foto vom ...", `images`). Or it ends as a sentence does, a line that does not ends
    the pair, and fewer of its words than of that line's come again in the lead. Words that open
    descriptions ("Blick auf", "Aerial view of": `views`), a German line without a verb, and one that says
    the same as the headline need no lead over it; a slogan with "we" or "you" never is one.
    """
    piece = work.pieces[index]
    if says_image(work, piece):
        return True
    after = next((work.pieces[i] for i in lines if i > index and not _full_stop(work.pieces[i].text)), None)
    if after is None or not _may_head(after) or not _may_describe(piece):
        return False
    lead = _lead(work)
    lead_over = recurrence(after.text, lead) - recurrence(piece.text, lead)
    describes = (
        bool(work.markers.views.match(piece.low))
        or (work.language == "de" and not after.gap and not _has_verb(piece.text))
        or recurrence(after.text, _folded([piece.text])) >= _SAME
    )
    return bool(lead) and lead_over >= (0.0 if describes else _CLEAR)


def says_image(work: Work, piece: Piece) -> bool:
    """Whether a line says itself that it describes an image."""
    hit = work.markers.images.match(piece.low)
    return hit is not None and (hit[0].endswith(":") or piece.sentence or len(piece.text.split()) > 3)


def _may_describe(piece: Piece) -> bool:
    if not _full_stop(piece.text) or len(piece.text) > _LONGEST or len(piece.text.split()) < 4:
        return False
    return not _SPEAKER.search(piece.low)


def _full_stop(text: str) -> bool:
    return text.endswith(".") and not text.endswith("..") and not _ABBREVIATION.search(text)


def _may_head(piece: Piece) -> bool:
    return len(piece.text.split()) >= 3 and not piece.text.endswith((":", ",", ";"))


def _lead(work: Work) -> str:
    return _folded([p.text for p in work.pieces[work.body_from :] if p.type is None and len(p.text) > 60])


def _folded(texts: list[str]) -> str:
    """The folded words of the first 1500 characters, a space before each."""
    return "".join(f" {w}" for w in words(" ".join(texts)[:1500]))


def recurrence(line: str, lead: str) -> float:
    """Share of a line's content words that the `_folded` lead has too, 0 to 1; endings are not compared."""
    small = small_words()
    content = [w for w in words(line) if len(w) > 2 and w not in small]
    hits = sum(f" {w[: max(4, round(len(w) * 0.7))]}" in lead for w in content)
    return hits / len(content) if content else 0.0


_LOWER = re.compile(r"(?<![\w-])[a-zäöüß]{3,}")
_VERBS = frozenset(
    {"ist", "sind", "wird", "werden", "hat", "haben", "war", "waren", "kann", "soll", "will", "geht"}
)


def _has_verb(text: str) -> bool:
    """Whether a German line may hold a finite verb: one of the frequent ones, or a small word in -t."""
    small = small_words()
    return any(
        w in _VERBS or (w.endswith("t") and len(w) > 3 and w not in small) for w in _LOWER.findall(text)
    )
