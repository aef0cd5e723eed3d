"""The words by which the parts of a release are known, per language, compiled once.

The data is `data/markers/<language>.toml` and `data/lexicon.toml`; a further language is a further file
(`aggregator.languages`).
German and English are always listened to beside a text's own language: their wires carry everybody's
releases. Pure; the files are read once for each process.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from aggregator.languages import languages
from aggregator.languages import words as languages_words
from aggregator.reading.firsts import Starts
from aggregator.text import fold

# In the order in which they are tried: what is more particular stands first.
KINDS = (
    "correction", "withdrawal", "reminder", "machine", "translation", "regulated", "embargo", "version", "kicker",
    "declared", "deck_label", "caption", "related", "disclaimer", "profile", "label", "updated_label", "date_label",
    "note", "contact", "source", "end", "keywords", "update", "more", "chrome", "about", "master",
)  # fmt: skip
"""Kinds of markers, as they are named in the data files and in `Piece.mark`."""


@dataclass(frozen=True, slots=True)
class Markers:
    """All markers that are listened to in a text of one language."""

    start: Starts
    """All kinds; the name of the group that matched is the kind."""
    chrome: re.Pattern[str]
    images: re.Pattern[str]
    """What says that it describes an image."""
    views: re.Pattern[str]
    """What may open such a description, and other lines too."""
    articles: frozenset[str]
    master: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What all languages share."""

    legal_forms: frozenset[str]
    statistics: re.Pattern[str]
    """On folded text."""
    wire: re.Pattern[str]
    """Group ``editorial`` where it is an agency's own text."""
    particles: frozenset[str]
    openers: frozenset[str]
    title_prefix: re.Pattern[str]
    title_suffix: re.Pattern[str]
    sites: frozenset[str]
    navigation: frozenset[str]
    """Folded words of menus and breadcrumbs."""
    end_mark: re.Pattern[str]
    places: frozenset[str]
    credit: re.Pattern[str]
    """A credit at the end of a caption."""
    wire_note: re.Pattern[str]
    wire_words: tuple[str, ...]
    """A line without any of them is no wire's note: much cheaper to see than the expression is to try."""
    updated: re.Pattern[str]
    exchanges: tuple[str, ...]
    """The first letters of every exchange: a text without any of them has no ticker."""
    ticker: re.Pattern[str]
    """Groups 1 and 2: the exchange and the symbol."""
    positions: re.Pattern[str]
    """How a caption says who stands where."""
    downloads: frozenset[str]
    """Folded words that stand around the files of a page."""
    profile_words: tuple[str, ...]
    """What profiles of companies say, folded."""
    says_is: frozenset[str]
    says_a: frozenset[str]
    name_articles: frozenset[str]
    profile_facts: tuple[re.Pattern[str], ...]
    """Kinds of facts that they give, on folded text."""
    versions: re.Pattern[str]
    """A whole line that announces a version in another language."""
    press_offices: tuple[str, ...]
    rights: tuple[str, ...]
    """What the notice at the foot of a page ends with, or begins."""

    def is_wire_note(self, low: str) -> bool:
        """Whether a line, lower-cased, holds what a wire adds about itself."""
        return any(word in low for word in self.wire_words) and self.wire_note.search(low) is not None


def data(path: str) -> str:
    """The text of one data file of this room."""
    return (resources.files(__package__) / "data" / path).read_text("utf-8")


def _union(patterns: list[str]) -> str:
    # In the data files brackets only group; capturing ones would slow the match and shift the groups.
    return "|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", p) for p in patterns)


# After an elision ("à propos d'") the name follows at once.
_BOUNDARY = r"(?:(?<=['’])|(?![^\W_]))"


def _start(patterns: list[tuple[str, str]]) -> str:
    """One expression of pairs of kind and pattern, each kind a group."""
    kinds = {kind: [p for k, p in patterns if k == kind] for kind, _ in patterns}
    groups = [f"(?P<{kind}>(?:{_union(some)}){_BOUNDARY})" for kind, some in kinds.items()]
    return r"[\W_]{0,4}(?:" + "|".join(groups or ["(?!)"]) + ")"


@cache
def markers(language: str) -> Markers:
    """The markers for a text in this language (``und`` and unknown ones: German and English)."""
    known = languages()
    files = [known[name] for name in dict.fromkeys((language, "de", "en")) if name in known]
    kinds = {kind: [p for file in files for p in file.get(kind, [])] for kind in KINDS}
    chrome = rf"(?:{_union(kinds['chrome'])}){_BOUNDARY}"
    return Markers(
        start=Starts([(kind, pattern) for kind, patterns in kinds.items() for pattern in patterns], _start),
        # A bar of such words: "Teilen | Drucken | PDF".
        chrome=re.compile(rf"[\W_]*(?:{chrome})(?:[\W_]{{1,5}}(?:{chrome})){{0,12}}[\W_]*$"),
        images=re.compile(_union([p for file in files for p in file["images"]])),
        views=re.compile(_union([p for file in files for p in file["views"]])),
        articles=frozenset(a for file in files for a in file["articles"]),
        master=re.compile(rf"(?:{_union(kinds['master'])})\s*(?::|\t)"),
    )


_SHARED = (
    "particles",
    "openers",
    "navigation",
    "statistics",
    "updated_words",
    "credits",
    "rights",
)
"""What a language's file may add to the lexicon."""


@cache
def lexicon() -> Lexicon:
    """The words of `data/lexicon.toml` and the known places."""
    raw: dict[str, Any] = tomllib.loads(data("lexicon.toml"))
    for key in _SHARED:
        raw[key] += languages_words(key)
    wires, editorial = _union(raw["wires"]), _union(raw["editorial"])
    return Lexicon(
        legal_forms=frozenset(raw["legal_forms"]),
        statistics=re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(s)) for s in raw['statistics'])})(?!\w)"),
        wire=re.compile(f"(?:{wires})|(?P<editorial>{editorial})"),
        particles=frozenset(raw["particles"]),
        openers=frozenset(raw["openers"]),
        title_prefix=re.compile(rf"(?:{_union(raw['title_prefixes'])})\s?(?::|/|\||\s[-–—]\s)\s*"),
        title_suffix=re.compile(rf"\s*(?:{_union(raw['title_suffixes'])})$"),
        sites=frozenset(fold(s) for s in raw["sites"]),
        navigation=frozenset(fold(s) for s in (*raw["sites"], *raw["navigation"])),
        end_mark=re.compile(rf"(?:{_union(raw['end_marks'])})\s*$"),
        credit=re.compile(
            rf"[(\[]\s*(?:{_union(raw['credits'])})(?![^\W\d_])[^()\[\]]{{0,120}}[)\]]\s*\.?$"
            rf"|(?:{_union(raw['bare_credits'])})\s*[^.:]{{2,80}}$"
        ),
        wire_note=re.compile(_union(raw["wire_notes"])),
        wire_words=tuple(raw["wire_words"]),
        updated=re.compile(rf"(?:{_union(raw['updated_words'])})\D{{0,12}}"),
        exchanges=tuple({re.split(r"\W", e)[0] for e in raw["exchanges"]}),
        ticker=re.compile(rf"\b({_union(raw['exchanges'])})\s?:\s?([A-Z0-9][A-Z0-9.]{{0,9}})(?![A-Za-z0-9])"),
        positions=re.compile(_union(raw["positions"])),
        downloads=frozenset(fold(s) for s in raw["downloads"]),
        profile_words=tuple(raw["profile_words"]),
        says_is=frozenset(raw["says_is"]),
        says_a=frozenset(raw["says_a"]),
        name_articles=frozenset(raw["name_articles"]),
        profile_facts=tuple(re.compile(rf"(?<!\w)(?:{_union([p])})") for p in raw["profile_facts"]),
        versions=re.compile(rf"[\W_]{{0,4}}(?:{_union(languages_words('version'))})"),
        press_offices=tuple(raw["press_offices"]),
        rights=tuple(raw["rights"]),
        places=frozenset(
            fold(line) for line in data("places.txt").splitlines() if line and not line.startswith("#")
        ),
    )
