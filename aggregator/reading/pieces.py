"""A text on the bench: the pieces that the ways in produce and that the anatomy tags.

Plain data between the stages of this room; nothing of it leaves the room (`model.Block` does).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from aggregator.model import Attachment, BlockType, DateBasis, DateEvidence, Dateline
from aggregator.reading.dates import Found, Style
from aggregator.reading.markers import Markers

Kind = Literal["text", "heading", "list", "table", "quote", "caption"]


@dataclass(slots=True)
class Piece:
    """One line, paragraph, list or table, in reading order."""

    text: str
    line: int
    """1-based line of a plain text; running number of the block in markup."""
    kind: Kind = "text"
    gap: bool = True
    """Whether something stands between it and the piece before: a blank line, a block's border."""
    level: int = 0
    """Heading level 1 to 6 of the markup; 0 where there is none."""
    bold: bool = False
    links: float = 0.0
    """Share of its letters that stand in links, 0 to 1."""
    role: str = ""
    """What the class of its element says it is: ``caption``, ``date``, ``author``, ``deck``, ``kicker``,
    ``disclaimer``; evidence, see `page.toml`."""
    outside: bool = False
    """Whether it stands before or behind the part of a page that was chosen as its text."""
    html: str = ""
    low: str = ""
    """`text` in lower case, of the same length: what the markers are compared with."""
    mark: str = ""
    """Kind of the marker that it begins with, see `markers.KINDS`; empty where there is none."""
    end: int = 0
    """Where that marker ends."""
    at: float = 0.0
    """Share of the text before it, 0 to 1."""
    type: BlockType | None = None
    rule: str = ""

    def tag(self, type_: BlockType, rule: str) -> None:
        """Say what it is. The last word wins; a stage that must not overrule asks `type` first."""
        self.type, self.rule = type_, rule

    @property
    def rest(self) -> str:
        """What follows the marker, without the colon."""
        return self.text[self.end :].lstrip(" :\t–—-|").strip()

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip("\"'”“»«’)]").endswith((".", "!", "?", "…")) or self.text.endswith(
            ("“", "”", "«")
        )


@dataclass(slots=True)
class Material:
    """What a way in found: the pieces, and what the document says about itself."""

    pieces: list[Piece]
    title: str = ""
    """Headline candidate with declared standing (front matter, JSON-LD)."""
    claims: tuple[str, ...] = ()
    """What a page says its title is, the most trusted first."""
    declared: list[tuple[str, str]] = field(default_factory=list)
    """``(what, text)`` dates that structured data declares: ``published``, ``updated``."""
    language: str = ""
    canonical: str = ""
    site: str = ""
    """Name of the site as it states it."""
    keywords: tuple[str, ...] = ()
    attachments: list[Attachment] = field(default_factory=list)
    pixels: int = 0
    """Images left out because they count readers."""
    page: bool = False
    """Whether it was a whole page and not a fragment or a text."""
    types: tuple[str, ...] = ()
    """What the page says it is: schema.org types, ``og:type``."""
    author: str = ""
    editions: tuple[tuple[str, str], ...] = ()
    """``(language, address)`` of ``hreflang`` links."""
    bodies: list[tuple[str, str]] = field(default_factory=list)
    """``(where, text or markup)``: texts that the page's data holds, beside what it shows."""
    cards: int = 0
    """Cards of the largest row, see `cards`."""
    card_letters: int = 0
    """Letters of all cards."""
    cards_kept: bool = False
    """Whether the cards are among the pieces: a page that holds little else."""
    labelled: list[str] = field(default_factory=list)
    """What follows a date's label ("Published:") in the parts that were left out."""
    dropped: list[tuple[str, str, int]] = field(default_factory=list)
    """``(rule, first words, place)`` of the parts of the page that were left out."""
    paid: bool = False
    """Whether the page says that its text is not free to read (schema.org ``isAccessibleForFree``)."""
    password: bool = False
    """Whether the page asks for a password."""
    scripts: bool = False
    """Whether the page asks for JavaScript."""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Work:
    """One release under the knife: what the stages of the anatomy hand to each other."""

    pieces: list[Piece]
    markers: Markers
    style: Style
    language: str = "und"
    page: bool = False
    """Whether the pieces are those of a whole page."""
    title: str = ""
    """Declared headline, cleaned; empty where the anatomy has to find it."""
    declared: bool = False
    """Whether `title` came from outside the text."""
    marks: list[str] = field(default_factory=list)
    dates: list[DateEvidence] = field(default_factory=list)
    """Candidates for the publication date in the order in which they were met."""
    updated: Found | None = None
    embargo: Found | None = None
    dateline: Dateline | None = None
    issuer: str = ""
    """Organisation of a final source line, or of the wire's own note (`issuer_rank` 2)."""
    issuer_rank: int = 0
    names: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    has_body: bool = False
    """Whether a paragraph of the body was met."""
    body_from: int = 0
    """Index of the first piece that is not the head's."""

    def date(self, found: Found, basis: DateBasis, line: int | None) -> None:
        """Note a candidate for the publication date."""
        self.dates.append(DateEvidence(found.value, basis, found.precision, found.text, line, found.note))
