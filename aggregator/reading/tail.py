"""What does not belong to the release: the teasers behind it, share bars, lines that a source repeats.

Cut before anything else is read, because their dates, companies and topics are other releases'. Pure.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from aggregator.reading import dates, names
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work
from aggregator.text import fold

_ALONE = re.compile(r"[\W_]*$")


_ISSUERS = frozenset(
    {
        "label",
        "embargo",
        "correction",
        "withdrawal",
        "about",
        "contact",
        "profile",
        "disclaimer",
        "source",
        "end",
        "keywords",
        "declared",
        "master",
        "note",
    }
)
"""Markers of what an issuer writes behind a text."""


def cut_outside(work: Work) -> None:
    """Around the text of a page only what is marked as the issuer's belongs to it."""
    kept = False
    for piece in work.pieces:
        if not piece.outside:
            kept = False
            continue
        if piece.mark in ("date_label", "updated_label") and dates.search(piece.text, work.style):
            continue
        if piece.mark in _ISSUERS:
            kept = True
        elif piece.level or piece.mark in ("related", "more", "chrome") or piece.links > 0.8:
            kept = False
        if not kept:
            piece.tag("chrome", "page.outside")


def cut_tail(work: Work) -> None:
    """Tag what follows a "related" heading, or the first of a row of teasers, as teasers."""
    pieces = work.pieces
    told = next((i for i, p in enumerate(pieces) if len(p.text) > 60), len(pieces))
    start = next((i for i in range(max(2, told + 1), len(pieces)) if _related(pieces[i])), None)
    if start is None:
        start = _teaser_row(work)
        for piece in pieces[start:] if start is not None else ():
            piece.tag("teaser", "teaser.row")
        return
    while start is not None and start < len(pieces):
        start = _cut_from(work, start)
        start = next((i for i in range(start, len(pieces)) if _related(pieces[i])), None)


def _cut_from(work: Work, start: int) -> int:
    """Tag the teasers behind a heading; where the issuer's tail or the text itself goes on."""
    pieces = work.pieces
    if _prose(pieces[start:]) > _prose(pieces[:start]):
        return start + 1  # a page whose text goes on behind a row of links
    for index in range(start, len(pieces)):
        if index > start and (_resumes(work, index) or _goes_on(pieces, index)):
            return index
        pieces[index].tag("teaser", "teaser.after_heading")
    return len(pieces)


def _goes_on(pieces: list[Piece], index: int) -> bool:
    """Whether the text resumes behind a box of links in it: three paragraphs with nothing between them."""
    rows = pieces[index : index + 3]
    return len(rows) == 3 and all(
        len(p.text) > 200 and p.links < 0.3 and p.kind == "text" and not p.mark for p in rows
    )


def _prose(pieces: list[Piece]) -> int:
    return sum(len(p.text) for p in pieces if len(p.text) > 200 and p.links < 0.3)


def _related(piece: Piece) -> bool:
    return piece.mark == "related" and len(piece.text) <= 90 and bool(_ALONE.match(piece.text, piece.end))


def _resumes(work: Work, index: int) -> bool:
    """The issuer's own tail may stand behind the teasers of a page."""
    piece = work.pieces[index]
    if piece.mark == "contact":
        return bool(_ALONE.match(piece.text, piece.end)) or ":" in piece.text
    if piece.mark != "about":
        return False
    after = work.pieces[index + 1 : index + 20]
    head = names.head(piece.text[piece.end :], work.markers.articles, after[0].text if after else "")
    return head is not None and head.certain and not any(p.mark == "more" for p in after)


_TEASER_DATE = re.compile(r".{8,30}\s?[-–—]\s*$")


def _teaser_row(work: Work) -> int | None:
    """Where titles with a date and "read more" follow each other: the index of the first title."""
    pieces = work.pieces
    mores = [i for i, p in enumerate(pieces) if p.mark == "more" and _ALONE.match(p.text, p.end)]
    behind = set(mores)
    for index, piece in enumerate(pieces):
        if (
            index < 3
            or len(piece.text) > 60
            or not _TEASER_DATE.match(piece.text)
            or not dates.match_line(piece.text, work.style)
        ):
            continue
        if not behind.isdisjoint(range(index + 1, index + 4)):
            return index - 1
    if len(mores) >= 2 and mores[0] > 3:
        steps = [b - a for a, b in pairwise(mores)]
        return max(2, mores[0] - steps[0] + 1) if all(1 < s <= 5 for s in steps) else None
    return None


_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,300}")
_LAST_LINK = re.compile(r'[\s…]*<a href="[^"]*">([^<>]{2,60})</a>[\s→»›.…]*$')


def cut_chrome(work: Work, debris: frozenset[str]) -> None:
    """Tag share bars, cookie notes, "read more" and lines that the source is known to repeat."""
    for index, piece in enumerate(work.pieces):
        if piece.type is not None:
            continue
        _cut_link(work, piece)
        if piece.at > 0.4 and len(piece.text) <= 160 and _is_rights(piece.low):
            piece.tag("chrome", "chrome.rights")
        elif (
            piece.mark in ("chrome", "more")
            and len(piece.text) <= 400
            and work.markers.chrome.match(piece.low)
        ):
            piece.tag("chrome", "chrome.words")
        elif piece.mark in ("more", "related") and (_leads_away(piece) or _points(piece)):
            piece.tag("chrome", "chrome.read_more")
        elif debris and len(piece.text) <= LONG and _is_repeated(work, index, debris):
            piece.tag("repeated_line", "repeated_line.source")


def _is_rights(low: str) -> bool:
    rights = lexicon().rights
    return low.rstrip(" .").endswith(rights) or low.startswith(rights)


_KEPT = ("about", "contact", "profile", "disclaimer")
"""Markers of parts that every release of a company repeats."""

LONG = 250
"""Characters from which a piece is a paragraph of the text and no line of the site."""


def _is_repeated(work: Work, index: int, debris: frozenset[str]) -> bool:
    """Whether the site's line stands where sites put lines: above the text, or below it.

    In between the same words are a sub-heading. Above the text something must be left for a headline.
    """
    pieces, piece = work.pieces, work.pieces[index]
    line = fold(piece.text)
    if piece.mark in _KEPT or line not in debris or line == fold(work.title):
        return False
    text = next((i for i, p in enumerate(pieces) if p.type is None and len(p.text) > LONG), len(pieces))
    if index < text:
        return work.declared or any(_names_release(work, p, debris) for p in pieces[:text])
    following = next((p for p in pieces[index + 1 :] if p.type is None), None)
    return piece.at >= 0.5 and (following is None or bool(following.mark) or len(following.text) <= LONG)


def _names_release(work: Work, piece: Piece, debris: frozenset[str]) -> bool:
    """Whether a line may be the headline, if another one is left out."""
    if piece.type is not None or piece.mark or len(piece.text) > LONG or piece.text.endswith((".", ":")):
        return False
    return fold(piece.text) not in debris and not dates.match_line(piece.text, work.style)


def _leads_away(piece: Piece) -> bool:
    return bool(_ALONE.match(piece.text, piece.end) or _ADDRESS.fullmatch(piece.rest))


def _points(piece: Piece) -> bool:
    """``Read also: Insurers discover the flow battery``: a heading or a link that names another text."""
    return (piece.kind == "heading" or piece.links > 0.5) and len(piece.text) <= 160


def _cut_link(work: Work, piece: Piece) -> None:
    """Cut "read more" off the end of a paragraph, where it is a link: the teasers of feeds end so."""
    if not piece.html.rstrip(" →»›.…").endswith("</a>"):
        return
    hit = _LAST_LINK.search(piece.html[-2500:])
    label = unescape(hit[1]).strip() if hit else ""
    marker = work.markers.start.match(label.lower()) if label else None
    at = piece.text.rfind(label) if label else 0
    if hit and marker and marker.lastgroup == "more" and at > 0 and _ALONE.match(label, marker.end()):
        rest = piece.html[: -len(hit.group())].rstrip()
        piece.html = rest if "<" in rest else ""
        piece.text = piece.text[:at].rstrip(" …")
        piece.low = piece.low[: len(piece.text)]
