"""The lines that a wire puts above and below a release: its number, its customer, its own date. Pure."""

from __future__ import annotations

import re

from aggregator.reading import dates, names
from aggregator.reading.pieces import Piece, Work

_HEADS = ("eqs", "dga", "pta", "eur", "ots", "pts", "ptp", "rns")
"""The first letters of every head and foot below: a cheap look before the expressions are tried."""
_KEYWORDS = re.compile(
    r"(?:(?:EQS|DGAP|PTA|euro adhoc|ots)-?[\w\s-]{0,20}:\s*)?(.{2,120}?)\s*/\s*"
    r"(?:Schlagwort\(e\)|Key ?word\(s\))\s*:?\s*(.*)",
    re.I,
)
# "EQS-PVR: Muster AG", "EQS-CMS: Muster SE / Veröffentlichung einer ...": no headline, whatever follows the bar.
_TYPED = re.compile(r"(?:EQS|DGAP)-[^\W\d_-]{2,20}(?:-[^\W\d_]{2,10})?:\s*([^/]{2,120}?)(?:\s+/\s.{0,120})?$")
# "OTS0031 5 WI 0412 MUR0001  Mo, 08.Jän 2024" and "pts20231019009 Sport/Events": number, department, customer.
_NUMBERED = re.compile(r"(?:OTS\d{4}|pt[asp]\d{11})\b|RNS Number\s?:", re.I)
_FOOT = re.compile(r"OTS\d{4}\s+\d{4}-\d\d-\d\d/\d\d:\d\d$|\d{6,8}\s+\d\d\.\d\d\.\d{4}(?: CET/CEST)?$")
_SUBJECTS = re.compile(r"[^\W\d_][\w.-]*(?:/[^\W\d_][\w.-]*){2,}$")


def head_line(work: Work, piece: Piece) -> bool:
    """Tag a wire's own first line; it gives the issuer and the keywords, or a number and the date."""
    listed = "schlagwort(e)" in piece.low or "key word(s)" in piece.low
    if (piece.low[:3] not in _HEADS and not listed) or len(piece.text) >= 200:
        return False
    hit = _KEYWORDS.match(piece.text) or _TYPED.match(piece.text)
    if hit and (hit.re is _KEYWORDS or names.ends_in_form(hit[1])):
        piece.tag("label", "label.wire")
        if work.issuer_rank < 1:
            work.issuer, work.issuer_rank = hit[1].strip(), 1
        keywords = hit[2] if hit.re is _KEYWORDS else ""
        work.keywords += [k.strip() for k in re.split(r"[/,;]", keywords) if k.strip()]
        return True
    if not _NUMBERED.match(piece.text):
        return False
    piece.tag("label", "label.wire")
    found = dates.search(piece.text, work.style)
    if found:
        work.date(found, "line", piece.line)
    return True


def subjects(work: Work, piece: Piece, before: Piece) -> bool:
    """The line of subjects below such a head: "Bauwirtschaft/Steiermark/Wohnbau"."""
    if before.rule != "label.wire" or not _SUBJECTS.match(piece.text):
        return False
    piece.tag("keywords", "keywords.subjects")
    work.keywords += piece.text.split("/")
    return True


def foot(work: Work, piece: Piece) -> bool:
    """APA-OTS ends with its number and the minute of publication, a relay of EQS with number and day."""
    if len(piece.text) > 60 or not piece.text[-1].isalnum() or not _FOOT.match(piece.text):
        return False
    found = dates.search(piece.text, work.style) if piece.low.startswith("ots") else None
    if found:
        work.date(found, "line", piece.line)
    piece.tag("date" if found else "note", "date.stamp" if found else "note.wire")
    return True
