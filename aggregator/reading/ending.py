"""The end of a text where nothing is marked: downloads, the press contact, the company's profile, dated teasers.

Markers open most of these (`sections`, `tail`). Pages often leave them out and rely on their layout: a name, a
telephone number, a file's size, a paragraph that says what the company is. Looked at from the end, after the
sections are known. Pure; tags only.
"""

from __future__ import annotations

import re
from itertools import pairwise

from aggregator.model import BODY_TYPES, Dateline
from aggregator.reading import dateline, dates, profiles
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.sections import REACHABLE
from aggregator.text import fold

_LATE = 0.4
"""Share of the text that stands before the ending, at least."""
_SHORT = 120


def read_ending(work: Work) -> None:
    """Tag what ends a text and says nothing of the kind."""
    _downloads(work)
    if work.page:
        _links(work)
    _teasers(work)
    _contact(work)
    _profile(work)
    _closing(work)


def _closing(work: Work) -> None:
    """``Kassel, 10. März 2026`` below the text, where nothing above it says the day."""
    body = _body(work)
    last = work.pieces[body[-1]] if len(body) > 1 else None
    if last is None or work.dates or last.kind != "text" or len(last.text) > _SHORT:
        return
    found = dateline.opening(last.text, work.style)
    if found and found.found and found.rule == "dateline.line":
        last.tag("dateline", "dateline.closing")
        work.dateline = Dateline(found.text, found.place, found.found.value)
        work.date(found.found, "dateline", last.line)


def _body(work: Work) -> list[int]:
    return [i for i, p in enumerate(work.pieces) if p.type in BODY_TYPES]


# ------------------------------------------------------------------------------------------------ downloads

_SIZE = r"\d+(?:[.,]\d+)?\s?(?:kb|mb|gb|kib|mib|bytes)\b"
_FORMAT = r"(?:jpe?g|png|tiff?|gif|svg|eps|pdf|zip|docx?|xlsx?|pptx?|mp[34]|mov|webp)"
_FILE = re.compile(
    rf"{_SIZE}\W*$|\.{_FORMAT}\W*(?:\(?[^()]{{0,30}}\)?)?$|[(\[,|·]\s?{_FORMAT}\b[^()]{{0,30}}[)\]]?$|^(?:{_FORMAT}|application/[\w.+-]+|image/[\w.+-]+)$",
    re.I,
)


_SWALLOWED = ("boilerplate.continued", "contact.continued")
"""Rules that take whatever follows."""


def _downloads(work: Work) -> None:
    """Names, formats and sizes of files, and the words around them."""
    words = lexicon().downloads
    for piece in work.pieces:
        if piece.type not in BODY_TYPES and piece.rule not in _SWALLOWED:
            continue
        if piece.kind == "table" or any(len(line) > 90 for line in piece.text.split("\n")):
            continue
        lines = piece.text.split("\n")
        if all(_FILE.search(line) or fold(line).strip(" :.→»›↓") in words for line in lines):
            piece.tag("chrome", "chrome.download")


_LINK_LINE = 80


def _links(work: Work) -> None:
    """Lines of a page that are nothing but a link: "Zur Anmeldung", "View all 3 images"."""
    for piece in work.pieces:
        if (
            piece.type == "paragraph"
            and piece.links > 0.95
            and len(piece.text) <= _LINK_LINE
            and not piece.sentence
        ):
            piece.tag("chrome", "chrome.link_line")


# -------------------------------------------------------------------------------------------------- teasers


def _teasers(work: Work) -> None:
    """Two or more dates, each with a headline behind it, that end a text: other releases."""
    pieces = work.pieces
    dated = [
        i
        for i, p in enumerate(pieces)
        if p.type in BODY_TYPES
        and p.at >= _LATE
        and len(p.text) <= 60
        and dates.match_line(p.text, work.style)
    ]
    if len(dated) < 2 or any(b - a > 5 for a, b in pairwise(dated)):
        return
    if all(pieces[i].level for i in dated) and not any(p.links > 0.5 for p in pieces[dated[0] :]):
        return  # a calendar: days as headings, and nothing leads to other texts
    start = dated[0]
    before = pieces[start - 1]
    # The first headline stands before its date, or a heading of the whole row does.
    if before.type in BODY_TYPES and (
        before.kind == "heading" or (len(before.text) <= _SHORT and not before.sentence)
    ):
        start -= 1
    for piece in pieces[start:]:
        if piece.type in BODY_TYPES:
            piece.tag("teaser", "teaser.dated")


# -------------------------------------------------------------------------------------------------- contact


def _contact(work: Work) -> None:
    """Short lines late in a text, one of them an address or a number: whom to ask.

    What follows them is the company's profile, where it is prose, and the portal's own, where it is not.
    """
    body = [i for i in _body(work) if work.pieces[i].at >= _LATE]
    run = _reachable_run(work, body)
    behind = [i for i in body if run and i > run[-1]]
    if not run or (behind and (len(run) < 2 or not any(_STRONG.search(work.pieces[i].text) for i in run))):
        return
    if sum(len(work.pieces[i].text) for i in behind) > _BEHIND * sum(
        len(work.pieces[i].text) for i in _body(work)
    ):
        return
    for index in run:
        work.pieces[index].tag("contact", "contact.unmarked")
    for index in behind:
        piece = work.pieces[index]
        told = piece.sentence and len(piece.text) >= 100
        piece.tag(
            "boilerplate" if told else "chrome",
            "boilerplate.after_contact" if told else "chrome.after_contact",
        )


_STRONG = re.compile(r"\S@\S|\(at\)|\b(?:tel|telefon|phone|fax)\b\.?:?\s?[+(\d]|\+\d{2}[\s(/-]*\d", re.I)
_BEHIND = 0.2
"""Share of the body that may stand behind an unmarked contact."""


def _reachable_run(work: Work, body: list[int]) -> list[int]:
    """The last run of short lines with an address among them, from the names above it on."""
    pieces = work.pieces
    reach = [
        i
        for i in body
        if pieces[i].kind != "table" and REACHABLE.search(pieces[i].text) and len(pieces[i].text) <= 400
    ]
    reach = [i for i in reach if not (pieces[i].sentence and len(pieces[i].text) > _SHORT)]
    if not reach:
        return []
    last = first = reach[-1]
    while first - 1 in body and (first - 1 in reach or _is_name(pieces[first - 1], last - first)):
        first -= 1
    while last + 1 in body and _is_name(pieces[last + 1], 0) and len(pieces[last + 1].text) <= 60:
        last += 1
    return list(range(first, last + 1))


def _is_name(piece: Piece, far: int) -> bool:
    """Whether a line may be a name, an office, a street: short, no sentence, no heading of the text."""
    return (
        piece.kind == "text"
        and len(piece.text) <= 60 + 60 * (far == 0)
        and far < 12
        and (not piece.sentence or piece.text.endswith("?"))
    )


# -------------------------------------------------------------------------------------------------- profile

_FEWEST, _SIGNS = 3, 2
"""Paragraphs of a text that has a profile behind it; kinds of facts that the profile must give."""
_PROFILE = 100
"""Letters of a profile that nothing marks."""


def _profile(work: Work) -> None:
    """The last paragraph, where it says what the issuer is: its name, then "is a leading maker of ...".

    The name may stand in a heading above it. Behind an end mark, one fact is enough.
    """
    body = [i for i in _body(work) if work.pieces[i].type != "heading"]
    ended = any(p.type == "end_mark" for p in work.pieces[: body[-1] if body else 0])
    if len(body) < _FEWEST or (not ended and any(p.type == "boilerplate" for p in work.pieces)):
        return
    last, above = work.pieces[body[-1]], work.pieces[body[-1] - 1]
    if last.at < _LATE or last.type not in ("paragraph", "list") or any(c in last.text for c in '"„“\n'):
        return
    if not ended and (len(last.text) < _PROFILE or last.type == "list"):
        return
    before = _before(work, body[-1])
    told = max(profiles.facts(last.text, before), _headed(above, last, before))
    if told < (1 if ended else _SIGNS):
        return
    if above.type == "heading":
        above.tag("boilerplate", "boilerplate.unmarked")
    last.tag("boilerplate", "boilerplate.unmarked")


def _headed(above: Piece, last: Piece, before: str) -> int:
    """Facts about the organisation that the heading names, and the text above it as well."""
    return profiles.facts(f"{above.text} {last.text}", before) if above.type == "heading" else 0


def _before(work: Work, index: int) -> str:
    return "\n".join(p.text for p in work.pieces[:index] if p.type in (*BODY_TYPES, "title", "deck"))
