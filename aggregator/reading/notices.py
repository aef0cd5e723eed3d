"""Lines of the head that say themselves what they are: labels, marks, embargo, dates, wires' heads. Pure."""

from __future__ import annotations

import re

from aggregator.reading import dates, titles
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
        if piece.mark in titles.MARKS:
            _mark_line(work, piece, index)
        elif piece.mark == "embargo" and index < _EMBARGO_LINES:
            _embargo(work, piece, index)
        elif piece.mark == "label":
            _label(work, piece)
        elif piece.mark == "regulated" and len(piece.text) < 250:
            piece.tag("label", "label.regulated")
        elif piece.mark in ("date_label", "updated_label"):
            _labelled_date(work, index)
        elif piece.mark == "contact" and index < 8:
            _contact(work, index)
        elif len(piece.text) <= 140 and _HANDLE.search(piece.text) and _stamp(work, piece):
            continue
        elif piece.mark == "" and index < _EMBARGO_LINES and len(piece.text) < 200:
            _wire_head(work, piece)


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
    if not told or not any(REACHABLE.search(p.text) for p in (piece, *block)):
        return
    piece.tag("contact", "contact.heading")
    for later in block:
        later.tag("contact", "contact.continued")


_BAR = re.compile(r"\s+[|·•]\s+|\s*[|·•]\s*|\n")


def _stamp(work: Work, piece: Piece) -> bool:
    """``September 05, 2023 08:30 ET | Source: Acme AB``: a line of facts about the release."""
    parts = _BAR.split(piece.text) if len(piece.text) <= 140 else []
    if not 2 <= len(parts) <= 5 or piece.sentence:
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


_EQS_HEAD = re.compile(
    r"(?:(?:EQS|DGAP|PTA|euro adhoc|ots)-?[\w\s-]{0,20}:\s*)?(.{2,120}?)\s*/\s*"
    r"(?:Schlagwort\(e\)|Key ?word\(s\))\s*:?\s*(.*)",
    re.I,
)


def _wire_head(work: Work, piece: Piece) -> None:
    """``EQS-News: Muster AG / Schlagwort(e): Quartalsergebnis``: issuer and keywords, not a headline."""
    hit = _EQS_HEAD.match(piece.text)
    if not hit:
        return
    piece.tag("label", "label.wire")
    if work.issuer_rank < 1:
        work.issuer, work.issuer_rank = hit[1].strip(), 1
    work.keywords += [k.strip() for k in re.split(r"[/,;]", hit[2]) if k.strip()]
