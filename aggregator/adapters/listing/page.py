"""A page taken apart once: its elements in order, where each stands, its links, its dates.

Everything later works on the numbers of elements (their place in the document), so that "stands within" is
one comparison. Linear in the size of the page; what is beyond the limits below is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from lxml import etree

from aggregator.adapters import charsets
from aggregator.adapters.links import joined, web_url
from aggregator.adapters.listing import parts, targets, when, zones
from aggregator.adapters.listing.texts import text_of
from aggregator.errors import ReadError
from aggregator.model import Document, Source
from aggregator.reading import dates, markup
from aggregator.reading.page import without_scripts
from aggregator.text import one_line

MAX_ELEMENTS = 200_000
MAX_LINKS = 6_000
SHORT = 80
"""Letters up to which the whole text of an element may be a date."""
LEAST = 8
"""Letters of an element that leads somewhere without being a link: others are buttons to share with."""
MAX_DATED = 10_000
"""Texts of a page that are read as dates: far more than its longest list has."""

_COMPARED = 200
"""Dates whose attributes are compared with what is shown."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "select", "option", "textarea"}
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


BEHIND = "text()"


@dataclass(frozen=True, slots=True)
class Link:
    at: int
    """Number of its element."""
    url: str


@dataclass(frozen=True, slots=True)
class Dated:
    at: int
    """Number of the smallest element that shows it."""
    iso: str
    attribute: str = ""
    """The attribute that says it; empty where the text does, `BEHIND` where the bare text beside the element does."""


class Page:
    """One HTML document, measured. Raises ReadError ``binary`` or ``empty`` for what is no page."""

    def __init__(self, document: Document, source: Source) -> None:
        self.document, self.source = document, source
        text = charsets.decode(document.content, document.charset).text
        root = markup.tree(without_scripts(text)[0])[0]
        if root is None:
            raise ReadError("empty", "the page is empty")
        self.root = root
        self.base = _base(root, document.url)
        self.host = (urlsplit(document.url).hostname or "").removeprefix("www.")
        self.language = (root.get("lang") or source.language or "").strip()[:20]
        self._texts: dict[int, str] = {}
        self._addresses: dict[str, str] = {}
        self.headlines: dict[int, tuple[str, float]] = {}
        """What `fields` made of texts: headline and quality, by number."""
        self._walk()
        self._measure()
        self._place()

    # ------------------------------------------------------------------------------------- the one walk

    def _walk(self) -> None:
        self.elements: list[etree._Element] = []
        self.tags: list[str] = []
        self.parent: list[int] = []
        self.depth: list[int] = []
        self.silent: list[bool] = []
        index: dict[etree._Element, int] = {}
        for element in self.root.iter():
            if not isinstance(element.tag, str):
                continue
            above = element.getparent()
            up = index.get(above, -1) if above is not None else -1
            index[element] = i = len(self.elements)
            self.elements.append(element)
            self.tags.append(element.tag)
            self.parent.append(up)
            self.depth.append(self.depth[up] + 1 if up >= 0 else 0)
            self.silent.append(element.tag in _SILENT or (up >= 0 and self.silent[up]))
            if i >= MAX_ELEMENTS:
                break
        self.index = index

    def _measure(self) -> None:
        """Letters, letters of links and the last number of each subtree, from the leaves up; and which elements
        only wrap another one, whose text is theirs."""
        count = len(self.elements)
        self.letters, self.linked = [0] * count, [0] * count
        self.end = list(range(count))
        self.digits = [False] * count
        self.wraps = [False] * count
        for i in range(count - 1, -1, -1):
            element, up = self.elements[i], self.parent[i]
            if not self.silent[i]:
                own = (element.text or "").strip()
                self.letters[i] += len(own)
                self.digits[i] = self.digits[i] or _has_digit(own)
                only = len(element) == 1 and not own and i + 1 < count and self.parent[i + 1] == i
                self.wraps[i] = only and not (element[0].tail or "").strip()
            if element.tag == "a":
                self.linked[i] = self.letters[i]
            if up < 0:
                continue
            tail = "" if self.silent[up] else (element.tail or "").strip()
            self.letters[up] += self.letters[i] + len(tail)
            self.linked[up] += self.linked[i]
            self.digits[up] = self.digits[up] or self.digits[i] or _has_digit(tail)
            self.end[up] = max(self.end[up], self.end[i])

    def _place(self) -> None:
        """Which zone of the page each element stands in, and whether in its main part."""
        count = len(self.elements)
        self.zone, self.main = [""] * count, [False] * count
        most = 0.5 * (self.letters[0] if count else 0)
        for i in range(count):
            up = self.parent[i]
            zone, main = zones.zone(self.elements[i])
            if zone and (self.letters[i] > most or (zone == "header" and up >= 0 and self.main[up])):
                zone = ""
            self.zone[i] = (self.zone[up] if up >= 0 else "") or zone
            self.main[i] = main or (up >= 0 and self.main[up])

    # --------------------------------------------------------------------------------------- what it has

    def within(self, i: int, outer: int) -> bool:
        return outer <= i <= self.end[outer]

    def common(self, i: int, later: int) -> int:
        """The smallest element around two."""
        while not self.within(later, i):
            i = self.parent[i]
        return i

    def text(self, i: int) -> str:
        """The text of an element, at most 400 letters of it; remembered, since several groups ask."""
        while self.wraps[i]:
            i += 1
        known = self._texts.get(i)
        if known is None:
            known = self._texts[i] = text_of(self.elements[i], 400)
        return known

    @cached_property
    def links(self) -> list[Link]:
        """Links to other documents, in order, with absolute addresses; at most 6,000."""
        found: list[Link] = []
        own = self.document.url.partition("#")[0]
        for i, element in enumerate(self.elements):
            if self.silent[i] or (element.tag != "a" and self.letters[i] < LEAST):
                continue
            if (said := targets.reference(element)) and (url := self.address(said)):
                if url.partition("#")[0] != own:
                    found.append(Link(i, url))
                if len(found) >= MAX_LINKS:
                    break
        return found

    @cached_property
    def link_at(self) -> list[int]:
        """The numbers of the links, in order."""
        return [link.at for link in self.links]

    @cached_property
    def addresses(self) -> dict[int, str]:
        """The address of each link, by its number."""
        return {link.at: link.url for link in self.links}

    def address(self, reference: str) -> str:
        """An absolute web address without its fragment; empty where the reference is none. Remembered."""
        known = self._addresses.get(reference)
        if known is None:
            known = self._addresses[reference] = self._address(reference)
        return known

    def _address(self, reference: str) -> str:
        reference = targets.unwrapped(reference).strip()
        if not reference or reference.startswith("#"):
            return ""
        url, _, fragment = web_url(reference, self.base).partition("#")
        # A script's own address: what it shows is named behind the sign.
        return f"{url}#{fragment}" if fragment.startswith(("!", "/")) else url

    @cached_property
    def style(self) -> dates.Style:
        texts = (t for i, e in enumerate(self.elements) if not self.silent[i] for t in (e.text, e.tail))
        numbered = (t[:60] for t in texts if t and _has_digit(t[:60]))
        language = self.language.lower().replace("_", "-")
        american = language == "en-us" or (language == "en" and self.source.timezone.startswith("America/"))
        usual = self.source.day_first and not american
        slashed, dotted = when.order(numbered, usual, self.document.fetched_at)
        return dates.Style(slashed, self.source.timezone, dotted_day_first=dotted)

    @cached_property
    def periods(self) -> tuple[list[int], list[when.Period]]:
        """See `parts.periods`."""
        return parts.periods(self)

    @cached_property
    def tabs(self) -> dict[str, str]:
        """See `parts.tabs`."""
        return parts.tabs(self)

    def is_heading(self, i: int) -> bool:
        return self.tags[i] in HEADINGS

    def leads_away(self, i: int) -> bool:
        """Whether an element is a link to another page, or around one."""
        if not self.linked[i]:
            return False
        return any(not (a.get("href") or "#").startswith("#") for a in self.elements[i].iter("a"))

    @cached_property
    def whole(self) -> when.Period | None:
        """The year of the whole page: of its first heading, or of its address; None where neither names one."""
        heading = next((text_of(self.elements[i], 120) for i, level in self.headings if level == 1), "")
        parts = urlsplit(self.document.url)
        for text in (heading, parts.path[-60:], parts.query[:200]):
            years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
            if len(years) == 1:
                return when.Period(int(years[0]))
        return None

    def above(self, i: int) -> when.Period | None:
        """The period whose heading stands nearest before an element."""
        at, said = self.periods
        found = bisect_left(at, i) - 1
        return said[found] if found >= 0 else self.whole

    @cached_property
    def dated(self) -> list[Dated]:
        """Every date that an element shows by itself, in order: the smallest element around it."""
        found: list[Dated] = []
        left = MAX_DATED
        for i, element in enumerate(self.elements):
            if left <= 0:
                break
            if not self.silent[i] or element.tag == "meta":
                name, iso = self._stated(element)
                if iso and (element.tag, name) in self._contradicted:
                    name, iso = "", ""
                text = "" if iso else self._shown(i)
                left -= bool(text) and self.digits[i]
                if iso := iso or self._read(i, text):
                    found.append(Dated(i, iso, name))
            bare = self._before(i) or self._behind(i)
            if bare and (iso := self._read(i, bare)):
                found.append(Dated(i, iso, BEHIND))
        return _smallest(self, found)

    @cached_property
    def dated_at(self) -> list[int]:
        """The numbers of the elements of `dated`."""
        return [d.at for d in self.dated]

    def _stated(self, element: etree._Element) -> tuple[str, str]:
        """The attribute of an element that states a date, and the date; both empty where none does."""
        dated = "date" in (element.get("itemprop") or "").lower()
        for name in ("datetime", "data-date", *(("content",) if dated else ())):
            value = element.get(name)
            if value and (iso := when.read(value, self.style, self.document.fetched_at)):
                return name, iso
        return "", ""

    @cached_property
    def _contradicted(self) -> frozenset[tuple[str, str]]:
        """Tags with their attributes that state other days than the page shows beside them: when something was changed,
        mostly. What is shown counts then, but not how day and month are ordered: a day's difference may be a midnight.
        """
        known, fetched = self.style, self.document.fetched_at
        orders = (known, replace(known, day_first=not known.day_first))
        asked, wrong = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        stating = [i for i, e in enumerate(self.elements) if e.get("datetime") or e.get("data-date")]
        for i in stating[:_COMPARED]:
            said = self.text(i) if 0 < self.letters[i] <= SHORT and not self.silent[i] else ""
            shown = [when.read(said, order, fetched) for order in orders] if _YEAR.search(said) else [""]
            name, iso = self._stated(self.elements[i])
            if all(shown) and iso:
                asked[self.tags[i], name] += 1
                days = [date.fromisoformat(said[:10]) for said in (iso, *shown)]
                wrong[self.tags[i], name] += min(abs((day - days[0]).days) for day in days[1:]) > 1
        return frozenset(key for key, count in wrong.items() if count > 0.1 * asked[key])

    def _shown(self, i: int) -> str:
        """The text of an element that may be a date."""
        element = self.elements[i]
        if self.wraps[i]:
            return ""  # the element within says it
        if 0 < self.letters[i] <= SHORT and not self.silent[i]:
            text = self.text(i)
        elif self.letters[i] > SHORT and element.tag not in ("html", "body", "head"):
            text = one_line((element.text or "")[:200])
        else:
            return ""
        return text

    def _behind(self, i: int) -> str:
        """The bare text behind an element, where it is short enough for a date."""
        tail, up = self.elements[i].tail or "", self.parent[i]
        if up < 0 or self.silent[up] or len(tail) > 400 or not _has_digit(tail):
            return ""
        # A line break of preformatted text is one: what stands on the next line is the next item's.
        text = one_line(tail.partition("\n")[0] if self.tags[up] == "pre" else tail)
        return text if len(text) <= SHORT else ""

    def _before(self, i: int) -> str:
        """What a link's line in preformatted text begins with, as directories and old archives write their dates."""
        if self.tags[i] != "a" or self.parent[i] < 0 or self.tags[self.parent[i]] != "pre":
            return ""
        sibling, up = self.elements[i].getprevious(), self.elements[i].getparent()
        before = sibling.tail if sibling is not None else up.text if up is not None else ""
        line = one_line((before or "").rpartition("\n")[2])
        return line if len(line) <= SHORT and _has_digit(line) else ""

    def _read(self, i: int, text: str) -> str:
        return when.read(text, self.style, self.document.fetched_at, self.above(i)) if text else ""

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """Number and level of each heading with a text, in order."""
        return [
            (i, HEADINGS[tag])
            for i, tag in enumerate(self.tags)
            if tag in HEADINGS and 0 < self.letters[i] <= 400 and not self.silent[i]
        ]

    @cached_property
    def title(self) -> str:
        return next((text_of(e, 300) for e in self.root.iter("title")), "")

    def between(self, numbers: list[int], first: int, last: int) -> range:
        """Which of sorted numbers lie between two elements, both included, as a range of places."""
        return range(bisect_left(numbers, first), bisect_right(numbers, last))


_FACTS = 40
"""Letters of a wrapper of a day and an hour and of little else."""


def _smallest(page: Page, found: list[Dated]) -> list[Dated]:
    """Without wrappers that say the same day as the smaller element within them, unless they add the hour to it."""
    kept: list[Dated] = []
    following = -1
    said: set[str] = set()
    for item in reversed(found):
        holds = following >= 0 and page.within(following, item.at)
        known = said if holds else set[str]()
        adds = len(item.iso) > 10 and item.iso not in known and page.letters[item.at] <= _FACTS
        if item.iso[:10] in known and not item.attribute and not adds:
            continue
        said = known | {item.iso, item.iso[:10]}
        following = item.at
        kept.append(item)
    kept.reverse()
    return kept


def _has_digit(text: str) -> bool:
    return not text.isalpha() and any(c.isdigit() for c in text[:400])


def _base(root: etree._Element, url: str) -> str:
    stated = next((e.get("href") for e in root.iter("base") if e.get("href")), "")
    return joined(url, stated) if stated else url
