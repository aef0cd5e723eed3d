"""Headlines as lists show them: how much a text reads like one, and what stands in its place beside it. Pure."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from lxml import etree

from aggregator.adapters.listing import words
from aggregator.languages import words as language_words
from aggregator.reading import dates
from aggregator.text import one_line


def quality(text: str) -> float:
    """0 to 1: whether a text could be the headline of a release."""
    count = words.count(text[:400])
    if not count or words.is_more(text):
        return 0.0
    length = len(text)
    if length > 320:
        return 0.1
    by_words = {1: 0.1, 2: 0.3, 3: 0.55}.get(count, 1.0 if count <= 28 else 0.6)
    return by_words * (1.0 if length <= 220 else 0.7)


_FILE = re.compile(
    r"\s(?:[>»›→]+|\((?:pdf|PDF)[^)]{0,20}\)|\[?(?:PDF|pdf)\]?[^a-zA-Z]{0,12}(?:[kKMm]i?B)?|[(\[]\d[\d.,]*\s?[kKMmG]i?B[)\]])$"
)
"""What kind of file a headline leads to, and how large it is."""


def trimmed(text: str, style: dates.Style) -> str:
    """A headline without the date or the "read more" that stands in the same element."""
    found = dates.match(text, style) if text[:1].isalnum() else None
    if found and found.end < len(text) and found.precision != "month":
        rest = text[found.end :].lstrip(" |:·•–—-,.")
        text = rest if words.count(rest) >= 2 else text
    text = _without_label(_without_date(text, style))
    tail = _FILE.search(text)
    return text[: tail.start()].rstrip() if tail and tail.start() > 10 else text


_LABEL = re.compile(r"^([^|·•–—:]{3,32}?)\s*(?:[|·•]|\s[–—-]\s|:\s)\s*(?=\S)")


def _without_label(text: str) -> str:
    """A headline without the kind that it begins with (``Press release | ...``), if that says nothing else."""
    hit = _LABEL.match(text)
    if hit is None or words.plain(hit[1]) not in words.entries("kinds", "press"):
        return text
    rest = text[hit.end() :]
    return rest if words.count(rest) >= 2 else text


_BEHIND = re.compile(r"^(.{12,})(?:\s*\(([^()]{6,40})\)|\s[|·•–—-]\s+([^|·•–—]{6,40}))$", re.S)
_BEHIND_COMMA = re.compile(r"^(.{12,}?),\s+([^|·•–—]{6,40})$", re.S)


def _without_date(text: str, style: dates.Style) -> str:
    """A headline without the date in brackets, behind a dash or a comma, that it ends with. "Schedule for Wednesday,
    October 12, 2016" speaks of that day and keeps it.
    """
    if (hit := _BEHIND.match(text)) and dates.match_line(hit[2] or hit[3], style):
        is_span = hit[1].count("(") > hit[1].count(")")  # "(1 Sep 2015 - 30 Sep 2016)"
        return text if is_span else hit[1].rstrip()
    if (hit := _BEHIND_COMMA.match(text)) and dates.match_line(hit[2], style):
        before = hit[1].rpartition(" ")[2].lower()
        leads = before in _weekdays() or (before.isdecimal() and len(before) < 3)  # "on 3, 4 May 2026"
        return text if leads else hit[1]
    return text


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(language_words("weekdays"))


def whole_title(text: str, item: etree._Element) -> str:
    """A headline that the list cuts short, as the title of its link or picture has it."""
    if not text.endswith(("…", "...")):
        return text
    begun = text.rstrip(".… ")
    for element in islice(item.iter(), 200):
        for name in ("title", "aria-label", "alt"):
            said = one_line((element.get(name) or "")[:600]) if isinstance(element.tag, str) else ""
            if len(said) > len(begun) and (at := said.find(begun)) >= 0 and not said.endswith(("…", "...")):
                return said[at:]
    return text
