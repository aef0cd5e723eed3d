"""Lines of the head that say themselves what they are: labels, marks, embargo, dates, wires' heads. Pure."""

from __future__ import annotations

import re

from aggregator.reading import dates, titles, wires
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.sections import REACHABLE

REACH = 30
"""Pieces in which a head is over."""
_EMBARGO_LINES = 6
_HANDLE = re.compile(r"\d")


def read_notices(work: Work) -> None:
    """Tag the lines of the head that say themselves what they are."""
    for index, piece in enumerate(work.pieces[:REACH]):
        if piece.type is not None or (piece.kind == "list" and _stamp(work, piece)):
            continue
        if piece.kind not in ("text", "heading"):
            continue
        if index < _EMBARGO_LINES and wires.head_line(work, piece):
            continue
        if not piece.mark:
            if len(piece.text) <= 200:
                _unmarked(work, piece, index)
        elif not _marked(work, piece, index) and len(piece.text) <= 140 and _HANDLE.search(piece.text):
            _stamp(work, piece)


def _marked(work: Work, piece: Piece, index: int) -> bool:
    """Whether the marker of a line is one of the head's; then it is looked at, and tagged where it holds."""
    mark = piece.mark
    if mark in titles.MARKS:
        _mark_line(work, piece, index)
    elif mark == "version":
        piece.tag("note", "note.other_language")
    elif mark == "embargo" and index < _EMBARGO_LINES:
        _embargo(work, piece, index)
    elif mark == "label":
        _label(work, piece)
    elif mark == "regulated" and len(piece.text) < 250:
        piece.tag("label", "label.regulated")
    elif mark in ("date_label", "updated_label"):
        _labelled_date(work, index)
    elif mark == "contact" and index < 8:
        _contact(work, index)
    else:
        return False
    return True


def _unmarked(work: Work, piece: Piece, index: int) -> None:
    if not piece.text[0].isalnum() and lexicon().end_mark.match(piece.low):
        piece.tag("end_mark", "end_mark.sign")
    elif len(piece.text) <= 140 and _HANDLE.search(piece.text) and _stamp(work, piece):
        return
    elif 0 < index < _EMBARGO_LINES and not wires.subjects(work, piece, work.pieces[index - 1]):
        _press_office(work, index)


_NOTHING = re.compile(r"[\W_]*$")


def _mark_line(work: Work, piece: Piece, index: int) -> None:
    """A correction's own line. A headline that begins with the word keeps its place: `titles` cuts it."""
    mark = titles.MARKS[piece.mark]
    alone = bool(_NOTHING.match(piece.text, piece.end))
    if mark in ("translation", "machine_translation"):
        work.marks.append(mark)
        piece.tag("note", "mark.translation")
    elif (
        alone
        or (index > 0 and len(piece.text) > 200)
        or (len(piece.text) > 80 and piece.text.endswith("."))
        or (re.match(r"\s+(der|zur|of|to|vom)\b", piece.low[piece.end :]) and index < _EMBARGO_LINES)
    ):
        work.marks.append(mark)
        piece.tag("mark", f"mark.{mark}")


def _embargo(work: Work, piece: Piece, index: int) -> None:
    """An embargo needs a date or a time beside it: `Sperrfrist` is also a lock-up of shares."""
    rest = piece.text[piece.end :]
    found = dates.search(rest, work.style)
    if found is None and index + 1 < len(work.pieces) and len(rest.strip(" :")) == 0:
        following = work.pieces[index + 1]
        found = dates.match_line(following.text, work.style)
        if found:
            following.tag("embargo", "embargo.date")
    if found is None:
        return
    found = dates.with_time_before(rest, found, work.style) if found.text in rest else found
    piece.tag("embargo", "embargo.line")
    work.embargo = work.embargo or found
    work.marks.append("embargo")


def _label(work: Work, piece: Piece) -> None:
    """A genre label, alone or with a number, a date, a place: never a headline that begins so."""
    rest = piece.text[piece.end :].strip(" :–—-|/,.()")
    if (not rest and not _HANDLE.search(piece.text)) or re.fullmatch(
        r"(?:(?:Nr|No|nr|no)\.?\s*)?[\d/. -]+", rest
    ):
        piece.tag("label", "label.genre")
        found = dates.match_line(rest, work.style) if rest else None
        if found:
            work.date(found, "label", piece.line)
        return
    # The label's own pattern may have taken "der Stadtwerke X vom 3. Mai 2024" with it.
    found = dates.search(piece.text, work.style) if _HANDLE.search(piece.text) else None
    if found and len(piece.text) <= 140 and len(piece.text) - found.end <= 60:
        piece.tag("label", "label.genre")
        work.date(found, "label", piece.line)
    elif not rest or (len(rest) <= 45 and rest[0] in "|/") or piece.text[piece.end :].lstrip()[:1] in "|/":
        piece.tag("label", "label.genre")


def _labelled_date(work: Work, index: int) -> None:
    piece = work.pieces[index]
    rest = piece.text[piece.end :].lstrip(" :–—-|,.")
    if not rest:
        _date_below(work, index)
        return
    found = dates.match(rest, work.style) if _HANDLE.search(rest) else None
    if found is None or len(rest) - found.end > 60:
        return
    if piece.mark == "updated_label":
        piece.tag("date", "date.updated")
        work.updated = work.updated or found
        return
    piece.tag("date", "date.label")
    work.date(found, "label", piece.line)
    later = lexicon().updated.search(rest.lower(), found.end)
    if later:
        again = dates.match(rest, work.style, later.end())
        work.updated = work.updated or again


def _date_below(work: Work, index: int) -> None:
    """``Published`` in one line, the date in the next: a definition list, a table of facts."""
    label, below = work.pieces[index], work.pieces[index + 1 : index + 2]
    found = dates.match(below[0].text, work.style) if below and below[0].type is None else None
    if found is None or len(below[0].text) - found.end > 40:
        return
    if label.mark == "updated_label":
        work.updated = work.updated or found
    else:
        work.date(found, "label", below[0].line)
    label.tag("date", "date.label")
    below[0].tag("date", "date.updated" if label.mark == "updated_label" else "date.label")


def _contact(work: Work, index: int) -> None:
    """A contact above the headline, as in American releases: the lines up to the next gap."""
    piece = work.pieces[index]
    rest = piece.text[piece.end :].strip(" :")
    block = []
    for later in work.pieces[index + 1 : index + 6]:
        if later.gap or len(later.text) > 120:
            break
        block.append(later)
    told = piece.text[piece.end :].lstrip().startswith(":") or not rest
    if not told or len(piece.text) > 60 or not any(REACHABLE.search(p.text) for p in (piece, *block)):
        return
    piece.tag("contact", "contact.heading")
    for later in block:
        later.tag("contact", "contact.continued")


_BAR = re.compile(r"\s+[|·•]\s+|\s*[|·•]\s*|\n")


def _stamp(work: Work, piece: Piece) -> bool:
    """``September 05, 2023 08:30 ET | Source: Acme AB``: a line of facts about the release."""
    parts = _BAR.split(piece.text) if len(piece.text) <= 140 else []
    fewest = 1 if piece.kind == "list" else 2  # a date line of its own is `dates.match_line`'s
    if not fewest <= len(parts) <= 5 or (piece.sentence and len(parts[-1].split()) > 4):
        return False
    found = next((f for f in (dates.match_line(p, work.style) for p in parts if p) if f), None)
    if found is None:
        return False
    piece.tag("date", "date.stamp")
    work.date(found, "line", piece.line)
    for part in parts:
        marker = work.markers.start.match(part.lower())
        if marker and marker.lastgroup == "source" and work.issuer_rank < 1:
            work.issuer, work.issuer_rank = part[marker.end() :].strip(" :"), 1
    return True


def _press_office(work: Work, index: int) -> None:
    """``Dr. Anna Beispiel Pressestelle`` and the institute in the next line, below a headline [S: idw]."""
    piece, following = work.pieces[index], work.pieces[index + 1 : index + 2]
    if len(piece.text) > 120 or not piece.low.endswith(lexicon().press_offices):
        return
    if len(piece.text.split()) < 3 or not following or following[0].gap or following[0].type is not None:
        return
    piece.tag("contact", "contact.press_office")
    following[0].tag("contact", "contact.continued")
