"""Datelines: "Düsseldorf, 25.07.2023", "NEW YORK, Nov. 12, 2020 /PRNewswire/ --", "Wien (OTS) - ".

Accepted with a date or a wire's signature after what can be a place; a naked place only where the
caller says that this is the first paragraph, and only a known one (`data/places.txt`). Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aggregator.reading import dates
from aggregator.reading.dates import Found, Style
from aggregator.reading.markers import lexicon
from aggregator.text import fold

_REACH = 220
"""Characters in which a dateline must be over; two places, two dates and a wire fit."""

_BETWEEN = re.compile(r"[\s,;/|()–—-]*")
_SEPARATOR = re.compile(r"[\s)]*(?:-{1,2}|[–—:|/]|\.(?:\s?[-–—])?(?=\s|$))+[\s-]*|\s*\)+\s*|[\s.]*$")
_PLACE_END = " ,;–—-/|(:.\t"
_TOKEN = re.compile(r"\(?[^\W\d_][\w.'’)-]*$|&$|\+$")


@dataclass(frozen=True, slots=True)
class Opening:
    """A dateline at the start of a line or paragraph."""

    text: str
    place: str
    found: Found | None
    editorial: bool
    """Whether a news agency signed it: edited copy, not a release."""
    end: int
    """Where the paragraph goes on; the text's length where the line holds nothing else."""
    rule: str


def opening(text: str, style: Style, *, naked: bool = False, behind: str = "") -> Opening | None:
    """The dateline that this text begins with, or None."""
    portal = _PORTAL.match(text)
    if portal:
        signed = _signed(text[portal.end() :], style)
        return signed and replace(signed, text=portal[0] + signed.text, end=portal.end() + signed.end)
    return _signed(text, style) or (_naked(text, behind) if naked else None)


_PORTAL = re.compile(r"\([^()]{2,30}\)\s+(?=\()")
"""``(Portal) (Ort, 26.04.2023) Text``: portals put their own name before the dateline."""


def _signed(text: str, style: Style) -> Opening | None:
    head = text[:_REACH]
    if not _MAY_DATE.search(head):
        return None
    last = _last_start(head)
    dated = _DIGIT.search(head, 0, last + _TO_DIGIT)
    if not dated and not _MAY_SIGN.search(head, 0, last + 16):
        return None
    low = head.lower()
    if len(low) != len(head):
        low = head
    found = dates.search_starts(head, style, last) if dated else None
    wire = (
        lexicon().wire.search(low, 0, last + _SIGNATURE)
        if "(" in head or "/" in head or "globe newswire" in low
        else None
    )
    start = min((h.start if isinstance(h, Found) else h.start() for h in (found, wire) if h), default=-1)
    if start < 0 or start > 120:
        return None
    lead = head[:start]
    place = _place(dates.without_day(lead) if wire and not found else lead)
    if place is None:
        return None
    end, found, wire = _extent(head, low, start, style)
    if not place and found and not wire:
        place, end = _place_behind(head, end)
    following = _SEPARATOR.match(head, end)
    stop = following.end() if following else end
    if not _accepted(head, place, found is not None, wire is not None, end, following):
        return None
    rule = "dateline.wire" if wire else ("dateline.line" if not text[stop:].strip() else "dateline.prefix")
    editorial = bool(wire and wire["editorial"])
    return Opening(_shown(head[:end]), place, found, editorial, stop, rule)


_BEHIND = re.compile(r",?\s+([^\d:–—]{3,60}?)(?=\s*[:–—]\s|\s--?\s)")


def _place_behind(head: str, end: int) -> tuple[str, int]:
    """ "15 May 2024, London, UK: ...", as British releases have it."""
    hit = _BEHIND.match(head, end)
    place = _place(hit[1]) if hit else None
    return (place, hit.end()) if hit and place else ("", end)


_DIGIT = re.compile(r"\d")
_TO_DIGIT = 50
"""From the start of a date to its first digit: weekday, article and month stand between at most."""
_MAY_SIGN = re.compile(r"[(/]|[Nn][Ee][Ww][Ss][Ww]")
"""What every signature of a wire holds near its start."""
_SIGNATURE = 80
"""Characters from the last place's end to the end of the longest signature."""
_MAY_DATE = re.compile(r"[\d(/]|[Nn][Ee][Ww][Ss][Ww]")
_PLAIN_WORD = re.compile(r"[^\s,/]+")


def _last_start(head: str) -> int:
    """Where a date begins at the latest, so that what stands before it can be a place (`_place`).

    Saves looking for dates in a whole paragraph: most begin with an article, and then it is at once.
    """
    lexical = lexicon()
    start = len(head) - len(head.lstrip(_PLACE_END))
    for count, hit in enumerate(_PLAIN_WORD.finditer(head, start)):
        word = hit[0]
        if not word.strip(_PLACE_END):
            continue
        capital = word.lstrip("(")[:1].isupper()
        able = _TOKEN.match(word.rstrip(_PLACE_END)) and (capital or _small(word))
        if not able or count > 12 or (count == 0 and word.lower() in lexical.openers):
            return hit.end()
    return len(head)


def _small(word: str) -> bool:
    """What a place, and the company that may stand before it, holds besides capitalised words."""
    return word.lower() in lexicon().particles or word.rstrip(",") in lexicon().legal_forms


def _extent(head: str, low: str, at: int, style: Style) -> tuple[int, Found | None, re.Match[str] | None]:
    """Where dates and wires that follow each other end; US wires write the date twice."""
    found: Found | None = None
    wire: re.Match[str] | None = None
    end = at
    for _ in range(4):
        skipped = _BETWEEN.match(head, end) if end > at else None
        here = skipped.end() if skipped else end
        # The signature may begin with the dashes or the bracket that were just skipped.
        signature = next((m for m in (lexicon().wire.match(low, p) for p in range(end, here + 1)) if m), None)
        date = dates.match(head, style, here) if wire is None or found is None else None
        if signature and wire is None:
            wire, end = signature, signature.end()
            # "(pta/13.08.2024/07:30 UTC+2)" holds its own date.
            inner = signature.group().replace("/", " ")
            found = found or (dates.search(inner, style) if _DIGIT.search(inner) else None)
        elif date:
            found, end = found or date, date.end
        else:
            break
    return end, found, wire


def _accepted(
    head: str, place: str, dated: bool, wired: bool, end: int, following: re.Match[str] | None
) -> bool:
    if following:
        # "25.07.2023. Text" without a place is a list number or a sentence.
        return bool(place) or wired or not following.group().lstrip().startswith(".")
    # No separator: "Berlin, 3. Mai 2024 Die Muster AG ..." and "Ort (ots) Die Muster AG ...".
    goes_on = head[end:].lstrip()[:1]
    return bool(place) and (wired or dated) and (goes_on.isupper() or goes_on in '„"“»')


def _place(lead: str) -> str | None:
    """The place before the date: "" where nothing stands there, None where it is no place."""
    place = lead.strip(_PLACE_END)
    if not place:
        return ""
    if len(place) > 90:
        return None
    words = [w for w in re.split(r"[\s,/]+", place) if w]
    lexical = lexicon()
    if (
        len(words) > 12
        or words[0].lower() in lexical.openers
        or ". " in re.sub(r"\b\w{1,3}\. ", "", place + " ")
    ):
        return None
    for word in words:
        capital = word.lstrip("(")[:1].isupper()
        if not (_TOKEN.match(word) and (capital or _small(word))):
            return None
    if not any(w.lstrip("(")[:1].isupper() and len(w) > 1 for w in words):
        return None
    return _without_company(place, lead.rstrip(" ,–—-(").endswith("."))


def _without_company(place: str, abbreviated: bool) -> str:
    """``Muster AG, Stuttgart`` is dated at Stuttgart; ``San Jose, Calif.`` keeps its dot."""
    parts = [p.strip() for p in place.split(",")]
    while len(parts) > 1 and parts[0].split()[-1:] and parts[0].split()[-1] in lexicon().legal_forms:
        parts = parts[1:]
    place = ", ".join(parts)
    if len(parts) > 1 and abbreviated and len(parts[-1]) <= 6:
        place += "."
    return place + ")" if place.count("(") > place.count(")") else place


def _shown(text: str) -> str:
    text = text.strip(" ,;–—|:")
    return text.removeprefix("(") if text.count("(") > text.count(")") else text


_NAKED = re.compile(
    r"\(([^()\d]{3,40})\)\s*(?:[-–—:]\s*)?(?=\S)|([^.:–—|\d]{3,40}?)\s*(?:[–—|:]|\.|\s--?)\s+(?=[\w„\"“»])"
)


_CODED = re.compile(
    r"([^\W\d_][^()\d.:–—|]{2,35}?)\s*\([^\W\d_]{2,14}\)\s*(?:[-–—]{1,2}\s*)?(?=[A-ZÄÖÜÉ„“\"»])"
)
"""A place and the code of an office: "Innsbruck (AV) – "."""
_WORD = re.compile(r"[A-ZÄÖÜÉ][^\W\d_]+(?:[ -][A-ZÄÖÜÉ][^\W\d_]+)?")


def _naked(text: str, behind: str) -> Opening | None:
    """A place alone: known, or one that the text `behind` names again as a place, or with an office's code."""
    hit = _CODED.match(text)
    if hit and _place(hit[1]) and len(hit[1].split()) <= 3:
        return Opening(
            _shown(text[: hit.end()]).rstrip(".- "), hit[1].strip(), None, False, hit.end(), "dateline.place"
        )
    hit = _NAKED.match(text)
    if not hit:
        return None
    place = (hit[1] or hit[2]).strip()
    parts = [p.strip() for p in re.split(r"/|,| und | and ", place)]
    if not all(fold(p) in lexicon().places or _is_named(p, behind) for p in parts):
        return None
    return Opening(_shown(text[: hit.end()]).rstrip(".- "), place, None, False, hit.end(), "dateline.place")


def _is_named(place: str, behind: str) -> bool:
    """Whether a text speaks of something as of a place: "in Kolbenau"."""
    said = rf"(?<!\w)(?:in|aus|bei|nach|near|of|at|from|a|à|en|te) {re.escape(place)}(?!\w)"
    return _WORD.fullmatch(place) is not None and re.search(said, behind) is not None
