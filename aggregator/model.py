"""The nouns, in the order in which a release meets them.

    Source ─► Document ─► Draft | Follow ─► Copy ─► Filing ─► Prepared ─► Verdict ─► Release ─► Entry

One immutable type per stage: nothing can be published that was not cleaned. Everything here is plain
data that pickles, so that each pure stage can run in another process. No logic lives here beyond
what a noun knows about itself, and nothing is imported from the rest of the house.

Times are timezone-aware. Instants that the program saw (``fetched_at``, ``first_seen``) are UTC; times
that a text states keep the offset of the source's time zone, so that the calendar day survives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

Label = NewType("Label", str)
"""What a release is filed under and the path of its feed: ``company/wilo``, ``topic/aluminium``."""

# ---------------------------------------------------------------------------------------------
# What the operator wants
# ---------------------------------------------------------------------------------------------

SourceRole = Literal["issuer", "wire", "outlet", "mixed"]
"""Whose texts a source shows: its own company's, everybody's as a wire, edited reprints, or unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where the releases of a list stand. Each field has its locators, of which the first that finds something
    counts: two or more that do not depend on each other, so that one may break.

    On pages a locator is a CSS selector, or an XPath expression (beginning with ``/``, ``./`` or ``(``); a
    final ``@name`` gives an attribute instead of the text. In JSON it is a path of names and numbers with
    dots, as in ``props.pageProps.news``. All but `items` and `next` are looked up within an item.
    """

    data: str = ""
    """Locator of the script that holds the list as JSON; the others are then paths in it."""
    items: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    deck: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    """The whole text, where the list holds it."""
    next: tuple[str, ...] = ()
    """The link to the next page of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured place to look at."""

    id: str
    adapter: str
    """Name of the adapter that reads it: ``feed``, ``text``."""
    url: str
    """``http(s):`` URL, or a path; settings makes it absolute, starting from the configuration folder."""
    title: str = ""
    role: SourceRole = "mixed"
    company: str = ""
    """Id or name of the company whose own releases these are; empty where it is not one company's."""
    every: float | None = None
    """Seconds between two polls; None takes the default of the settings."""
    language: str = ""
    """BCP 47 tag used where the text itself does not tell."""
    timezone: str = "Europe/Berlin"
    """Where a time of day without an offset was written; date-only becomes 12:00 here."""
    day_first: bool = True
    """How ``05/06/2025`` is read: day first, unless the source writes in the US order."""
    topics: tuple[str, ...] = ()
    """Topic ids that every release of this source is filed under."""
    content: Literal["full", "lead"] = "full"
    """How much of the text may be republished: everything, or the lead with a link."""
    allow_private: bool = False
    """Whether addresses of private networks may be fetched (an intranet newsroom)."""
    paused: bool = False
    keep: tuple[str, ...] = ()
    """Beginnings of lines and paragraphs that are shown although many pages repeat them."""
    recipe: Recipe | None = None
    """How a list without a feed is read; found by `sources add`, or written by hand."""
    allow: tuple[str, ...] = ()
    """Beginnings of paths, hosts or language tags of texts that are releases although they look like none."""
    skip: tuple[str, ...] = ()
    """Beginnings of paths, hosts or language tags of texts that are left out."""
    follow: Literal["auto", "always", "never"] = "auto"
    """Whether the page of an item is fetched: where the list holds only a teaser of it, always or never."""
    cron: str = ""
    """Times of polling, as in a crontab; takes the place of `every`."""
    hours: str = ""
    """When its office works, as in ``mon-fri 7-18``, in its time zone; polls keep to them."""
    robots: bool = True
    """Whether its robots.txt is honoured (RFC 9309); False for sites whose owner allowed it otherwise."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Settings only this adapter knows."""


SeriesMode = Literal["show", "fold", "hide"]
"""What a feed does with releases of a series: shows each, only the newest of those that follow close on one
another, or none."""

CompanyKind = Literal["company", "agency", "association", "public", "academic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One entry of the gazetteer ``config/companies.toml``."""

    id: str
    name: str
    """Legal name as it is shown."""
    aliases: tuple[str, ...] = ()
    kind: CompanyKind = "company"
    parent: str = ""
    """Id of the parent company; its feed takes this company's releases too (roll-up)."""
    ambiguous: bool = False
    """A common word (Apple, Shell, Post): counts only with a legal form or another cue."""
    domains: tuple[str, ...] = ()
    isin: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    """``XETRA:SIE`` style."""
    lei: str = ""
    wikidata: str = ""
    exclude: tuple[str, ...] = ()
    """Phrases in which the name does not mean this company."""
    series: SeriesMode | None = None
    """What its feed does with series; None takes the setting for all feeds."""
    languages: tuple[str, ...] | None = None
    """Languages that its feed shows releases in, best first, empty: the originals; None takes the setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two word groups within so many words of each other."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    within: int = 12
    ordered: bool = False


DEFAULT_WEIGHTS: Mapping[str, float] = {
    "title": 4.0, "deck": 2.0, "lead": 2.0, "body": 1.0, "caption": 0.5, "boilerplate": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One operator's rule of ``config/topics.toml``."""

    id: str
    title: str
    iptc: tuple[str, ...] = ()
    """IPTC Media Topic ids, ``medtop:20000316``."""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    compound: Literal["off", "head", "tail", "both"] = "head"
    """At which edge of a German compound a term counts: ``Aluminiumindustrie`` is a head match."""
    except_: tuple[str, ...] = ()
    """Words that look like a match and must not count (``Wasserstoff`` for ``Wasser``)."""
    weights: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    min_score: float = 3.0
    langs: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    series: SeriesMode | None = None
    """What its feed does with series; None takes the setting for all feeds."""
    languages: tuple[str, ...] | None = None
    """Languages that its feed shows releases in, best first, empty: the originals; None takes the setting."""


# ---------------------------------------------------------------------------------------------
# What came in
# ---------------------------------------------------------------------------------------------

_TAGS = re.compile(r"<[^<>]*>|&nbsp;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as fetched, with where they came from. All that an adapter ever sees of the world."""

    url: str
    """Where the bytes were found in the end (after redirects); ``file:`` URL for files."""
    content: bytes
    fetched_at: datetime
    requested: str = ""
    """The address that was asked for, where it differs."""
    media_type: str = ""
    """Declared type, lower case, without parameters; empty where none was declared."""
    charset: str = ""
    """Declared character set, empty where none was declared."""
    etag: str = ""
    last_modified: str = ""
    complete: bool = True
    """False where the connection ended early: what is whole may be used, validators may not."""
    fresh_for: float | None = None
    """Seconds for which the server says that it stays as it is (Cache-Control, Expires), a day at most;
    None where it says nothing."""
    moved_to: str = ""
    """The last address reached by permanent redirects (301, 308) alone; empty where there were none."""
    links: tuple[tuple[str, str], ...] = ()
    """``(rel, reference)`` of its ``Link`` headers: ``hub`` and ``self``, see `websub`."""
    key: str = ""
    """Identity within its source where the place itself gives one (a file's path in its folder)."""
    listed: Draft | None = None
    """What the list or the feed that led here said of the text in it; see `Follow`."""

    @property
    def place(self) -> str:
        """What it is known by in its source: its key, else the address that was asked for."""
        return self.key or self.requested or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An image or a file that belongs to a release."""

    url: str
    media_type: str = ""
    length: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an adapter found in a document, uncleaned: strings as the source wrote them."""

    key: str
    """Identity within the source: guid, else link, else a hash of the content. Survives edits."""
    content: str
    content_type: Literal["text/plain", "text/html", "text/markdown"]
    fetched_at: datetime
    url: str = ""
    """Address of this text, absolute; empty where it has none."""
    base: str = ""
    """What relative links in ``content`` are relative to."""
    title: str = ""
    """Plain text. Empty where the adapter knows of no separate title (a text file)."""
    summary: str = ""
    published: str = ""
    """The stated publication date as written (ISO 8601 where the adapter could read it)."""
    updated: str = ""
    language: str = ""
    company: str = ""
    """Issuer as declared by a field of the source (an API's company, ``dc:creator`` of a wire)."""
    categories: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """``(scheme, value)`` pairs that a field declared."""
    notes: tuple[str, ...] = ()
    """What was repaired while reading, for the poll's report."""
    listed: Draft | None = None
    """What the list or the feed that led to a page said of it: evidence for the date, and the text to keep
    where the page gives a worse one."""

    @property
    def has_text(self) -> bool:
        """Whether it says more than a headline."""
        return bool(self.summary.strip() or _TAGS.sub("", self.content).strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Another document to fetch, and the adapter that reads it."""

    url: str
    reader: str
    kind: Literal["text", "part", "next"] = "text"
    """``text``: the page of an item, fetched when it is new, and again after twice the time; ``part``: a
    piece of the list (the files of a sitemap index), fetched at every poll; ``next``: the next page of
    the list, fetched only when older items are asked for."""
    listed: Draft | None = None
    """The item as the list shows it: its key is the text's identity, whether or not the page can be had."""


# ---------------------------------------------------------------------------------------------
# What it says
# ---------------------------------------------------------------------------------------------

BlockType = Literal[
    # parts of the release
    "title", "kicker", "deck", "dateline", "date", "paragraph", "heading", "list", "table", "quote",
    "caption", "boilerplate", "contact", "disclaimer", "source", "embargo", "mark", "keywords",
    # debris: kept in the record so that `explain` can show what was dropped, and why
    "repeated_title", "label", "alt_text", "chrome", "teaser", "end_mark", "repeated_line", "note",
]  # fmt: skip

DEBRIS: frozenset[str] = frozenset(
    {"repeated_title", "label", "alt_text", "chrome", "teaser", "end_mark", "repeated_line", "note"}
)
"""Blocks that are no part of the release: dropped, and told of."""

BODY_TYPES: frozenset[str] = frozenset({"paragraph", "heading", "list", "table", "quote"})


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text, what it is, and which rule said so."""

    type: BlockType
    text: str
    """Plain text; list items and table rows are separated by newlines, cells by tabs."""
    rule: str
    """Id of the deciding rule, as in docs/rules.md: ``boilerplate.heading``."""
    line: int
    """1-based line of the text (plain text), or running number of the block (HTML)."""
    html: str = ""
    """Sanitised inline or table HTML of the block where the source had markup; else empty."""


@dataclass(frozen=True, slots=True)
class Dateline:
    text: str
    place: str
    date: datetime | None


DateBasis = Literal[
    "declared", "label", "dateline", "line", "url", "list", "feed", "first_seen", "file",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One candidate for the publication date; the chosen one comes first."""

    value: datetime
    basis: DateBasis
    precision: Literal["minute", "day", "month"]
    text: str
    line: int | None = None
    note: str = ""
    """Why it was not chosen, or what was assumed (``ambiguous day/month``)."""
    confidence: float = 0.0
    """0 to 1: how much its kind of evidence is worth, more where others say the same day."""


@dataclass(frozen=True, slots=True)
class Identifier:
    scheme: str
    """``isin``, ``wkn``, ``lei``, ``ticker``, ``eqs``, ``ots``, ``bw``, ``gnw``, ``prn``, ``doi``."""
    value: str


Genre = Literal["release", "article", "list", "error", "wall", "empty"]
"""What a document is: a press release, another text (a blog post, an agency's report), a list of texts,
an error page, a wall (access denied, consent, login), or nothing that could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One cleaned, parsed text as one source showed it."""

    source: str
    key: str
    url: str
    canonical_url: str
    """`url` without tracking, for comparison only; empty where there is none."""
    language: str
    """``de``, ``en``, ... or ``und``."""
    title: str
    kicker: str = ""
    deck: str = ""
    dateline: Dateline | None = None
    published: datetime | None = None
    """The release's own date in the offset of the source's zone; day precision stands at 12:00."""
    date_basis: DateBasis | None = None
    date_precision: Literal["minute", "day", "month"] | None = None
    dates: tuple[DateEvidence, ...] = ()
    updated: datetime | None = None
    """As declared by the source; never by us."""
    blocks: tuple[Block, ...] = ()
    """Everything in reading order, debris included."""
    source_line: str = ""
    """Organisation named by a final ``Quelle:`` / ``SOURCE`` line."""
    declared_issuer: str = ""
    """`Draft.company`, cleaned."""
    boilerplate_names: tuple[str, ...] = ()
    """The names that head the boilerplates, in order."""
    marks: tuple[str, ...] = ()
    """``correction``, ``update``, ``withdrawal``, ``reminder``, ``translation``, ``embargo``,
    ``machine_translation``, ``editorial``."""
    embargo_until: datetime | None = None
    keywords: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    editions: tuple[tuple[str, str], ...] = ()
    """``(language, address)`` of the other languages that the page links to (``hreflang``)."""
    genre: Genre = "release"
    genre_rule: str = ""
    """What said so: ``genre.label: Pressemitteilung``."""
    notes: tuple[str, ...] = ()

    def texts(self, *types: str) -> tuple[str, ...]:
        """The texts of all blocks of these types, in order."""
        return tuple(b.text for b in self.blocks if b.type in types)

    @property
    def body(self) -> str:
        """The body as plain text, paragraphs joined by a blank line."""
        return "\n\n".join(b.text for b in self.blocks if b.type in BODY_TYPES)

    @property
    def boilerplates(self) -> tuple[str, ...]:
        """The boilerplates, one for each company: its heading and its paragraphs, joined by a blank line."""
        found: list[list[str]] = []
        for block in self.blocks:
            if block.type != "boilerplate":
                continue
            if not found or not block.rule.endswith(".continued"):
                found.append([])
            found[-1].append(block.text)
        return tuple("\n\n".join(texts) for texts in found)

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return next((b.text for b in self.blocks if b.type in ("paragraph", "quote")), "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a draft is no release and is kept out of the store."""

    reason: str
    """``empty``, ``binary``, ``access_denied``, ``consent_wall``, ``login``, ``not_found``,
    ``script_only``, ``list``, ``too_large``, ``timeout``, ``no_text``, ``filler``."""
    detail: str = ""


GENRES: Mapping[str, Genre] = {
    "list": "list", "not_found": "error", "access_denied": "wall", "consent_wall": "wall", "login": "wall",
}  # fmt: skip
"""What a text is that was refused for this reason; ``empty`` for all others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading made of one draft: its parts, and whether it is a text that may be published."""

    copy: Copy
    """The parts that were found, also of what is refused: a list has lines, a wall has a sentence."""
    refusal: Refusal | None = None
    """Why it is kept out of the store; None for releases and articles."""


# ---------------------------------------------------------------------------------------------
# What it is filed under
# ---------------------------------------------------------------------------------------------

Role = Literal[
    "issuer", "co-issuer", "subject", "parent", "partner", "mention", "credit", "outlet", "wire",
]  # fmt: skip

IssuerBasis = Literal[
    "declared",  # a field of the source, an `Original-Content von`, a final source line (class A)
    "source",  # the source's `company` setting or the company's own domain (class B)
    "boilerplate",  # the heading of the boilerplate (class C)
    "contact",  # the organisation of the contact block (class D)
    "score",  # position and wording (class E)
]


@dataclass(frozen=True, slots=True)
class Mention:
    """One company in one copy, with its role there."""

    id: str
    """Configured id; else the slug of the name."""
    name: str
    role: Role
    score: float
    configured: bool
    publishable: bool
    """Whether it may have a feed: configured, named by the source's `company`, or an issuer by declared evidence with a
    legal form."""
    evidence: tuple[str, ...] = ()
    """``rule: text (line)`` strings, best first."""
    basis: IssuerBasis | None = None
    """For issuers: the class of evidence that decided."""


@dataclass(frozen=True, slots=True)
class TopicMatch:
    id: str
    score: float
    matched: bool
    """False for a near miss, which only `topics test` and `explain` show."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """What one copy is filed under, and why."""

    companies: tuple[Mention, ...]
    """Issuers first, then by score."""
    topics: tuple[TopicMatch, ...]
    kind: str
    """One of `config/kinds`: ``earnings``, ``personnel``, ... or empty."""
    kind_evidence: str = ""
    issuer_note: str = ""
    """Why there is no issuer, where there is none."""
    labels: tuple[str, ...] = ()
    """The feeds that it goes into, sorted; made by `preparing.labels`."""

    @property
    def issuer(self) -> Mention | None:
        return next((m for m in self.companies if m.role == "issuer"), None)

    @property
    def issuers(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.companies if m.role in ("issuer", "co-issuer"))


# ---------------------------------------------------------------------------------------------
# Whether it is known
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What candidates are found by. Computed from the body without boilerplate and debris."""

    body_hash: str
    """Hash of the normalised body words; equal means the same words in the same order."""
    title_key: str
    """Normalised title."""
    words: int
    """Number of body words."""
    sketch: tuple[int, ...]
    """Sampled shingle hashes (signed 64 bit): those that are 0 modulo the sampling rate."""
    quotes: tuple[int, ...] = ()
    """Hashes of long quotations (signed 64 bit)."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What of a copy may turn out to be repeated by its site or by its issuer, as hashes."""

    lines: tuple[tuple[int, int], ...] = ()
    """(hash, percentage of its source's pages from which it is the site's)."""
    paragraphs: tuple[tuple[int, bytes], ...] = ()
    """(hash, sketch of its words), see `likeness`."""
    opening: bytes = b""
    """Sketch of the first words of the text: what tells different releases from one template."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the stored releases teach about the next ones of a source."""

    lines: frozenset[str] = frozenset()
    """Folded lines that are the site's and no part of its releases."""
    boilerplates: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    """Sketches of the descriptions of companies that print them without a heading, by company id."""


NOTHING_LEARNT = Learnt()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy that is read, filed and fingerprinted: ready to be settled."""

    copy: Copy
    filing: Filing
    fingerprint: Fingerprint
    draft_digest: bytes
    """Digest of the draft: equal means that nothing has to be read again."""
    draft: bytes
    """The draft itself, compressed, kept so that it can be read again with later rules."""
    passages: Passages = Passages()


@dataclass(frozen=True, slots=True)
class Version:
    """What a stored copy said before its source edited it; filed as the copy is now."""

    copy: Copy
    filing: Filing
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored copy that an incoming one may be the same release as."""

    release: int
    """Row of the release."""
    copy_id: int
    canonical: bool
    """Whether this is the copy that its release is shown by."""
    copy: Copy
    filing: Filing
    fingerprint: Fingerprint
    leader: bool = True
    """Whether this is the text that its copies are matched by (`matching.arrange`)."""
    role: SourceRole = "mixed"
    """Role of its source."""
    reasons: tuple[str, ...] = ()
    """Which indexes brought it up: ``key``, ``url``, ``identifier``, ``body``, ``title``,
    ``shingles``, ``quotes``, ``issuer``."""
    earlier: tuple[Version, ...] = ()
    """What it said before: who reprints it late may have the text of the first day."""


Relation = Literal[
    "new",  # a release not seen before
    "unchanged",  # this source's item, as it was
    "revision",  # this source's item, edited
    "copy",  # another place shows the same release
    "excerpt",  # ... cut to its first words
    "translation",  # ... in another language
    "correction",  # replaces a text, numbers differ; same release
    "withdrawal",  # takes a release back
    "update",  # a new release that continues an earlier one
    "series",  # a new release, sibling of a template
]

SAME_RELEASE: frozenset[str] = frozenset(
    {"unchanged", "revision", "copy", "excerpt", "translation", "correction", "withdrawal"}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measured fact behind a verdict."""

    rule: str
    """``match.url``, ``match.body``, ``veto.numbers``, ..."""
    detail: str
    """In words and numbers, fit to be shown."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an incoming copy is to what is known. Decided without a store and without a clock."""

    relation: Relation
    release: int | None
    """Row of the release that it belongs to (SAME_RELEASE), or is linked to (update, series)."""
    candidate: int | None = None
    """The stored copy that it was compared with."""
    evidence: tuple[Evidence, ...] = ()
    review: tuple[int, ...] = ()
    """Copies that were kept apart although they look alike: an operator should look."""
    again: tuple[int, ...] = ()
    """Rows of releases that have to be arranged anew with this copy, because it may bridge them or be a
    better text than the one that they are matched by. Empty where it joins or founds one plainly."""
    siblings: tuple[int, ...] = ()
    """Copies that lead texts which are members of one series with this one."""
    continued_by: int | None = None
    """Row of a release that came first and continues this text."""


# ---------------------------------------------------------------------------------------------
# What is published
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One copy of a release, as subscribers are told of it."""

    url: str
    source: str
    source_title: str
    title: str
    language: str
    relation: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The announcement itself, as it is stored: everything that rendering needs."""

    row: int
    uid: str
    """``urn:uuid:…``, minted once, stored, the same in every feed."""
    first_seen: datetime
    published: datetime
    """The shown date: the copy's own, clamped to an hour after it was first seen."""
    updated: datetime
    """The last significant change."""
    status: Literal["current", "corrected", "withdrawn"]
    changes: tuple[str, ...]
    """What the last correction changed, in words: ``„11.352“ → „11.325“``."""
    copy: Copy
    """The canonical copy, or its edition in the language that the operator prefers."""
    filing: Filing
    """The canonical copy's."""
    source_title: str
    source_url: str
    content: Literal["full", "lead"]
    sightings: tuple[Sighting, ...]
    """All copies, the canonical one first, then in the order in which they came."""
    series: str = ""
    earlier: tuple[Earlier, ...] = ()
    """Where series are folded: those of its series that it stands for, the newest first."""
    continues: Continued | None = None
    """The earlier release that this one updates or follows up."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release of a series, as the newest one names it."""

    title: str
    url: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Continued:
    """The release that a later one goes on from, as that one names it."""

    row: int
    uid: str
    shown: Earlier | None
    """None where it came later, or was withdrawn: no text that was read before changes by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction or withdrawal that subscribers were told of, as it was then: it is never edited."""

    uid: str
    """The Atom id of the release."""
    at: datetime
    """When it was noticed; of old texts that came in together, the correction's own date."""
    status: Literal["corrected", "withdrawn"]
    title: str
    url: str
    language: str
    authors: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What it changed, in words: ``„11.352“ → „11.325“``."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An entry that readers may drop (RFC 6721)."""

    ref: str
    """Its Atom id."""
    when: datetime
    heir: str = ""
    """The Atom id of the release that it has become part of; empty where it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Category:
    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    rel: str
    type: str = ""
    hreflang: str = ""
    title: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One release as an Atom entry, format-neutral (RFC 4287 section 4.1.2)."""

    id: str
    title: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    contributors: tuple[Person, ...] = ()
    links: tuple[Link, ...] = ()
    categories: tuple[Category, ...] = ()
    summary: str = ""
    """Plain text."""
    content: str = ""
    """Sanitised HTML."""
    language: str = ""
    source_id: str = ""
    source_title: str = ""
    source_updated: datetime | None = None
    rights: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A label with a title, and its newest entries."""

    label: Label
    title: str
    subtitle: str = ""
    updated: datetime
    """Its newest entry's; for an empty feed the instant at which the label was first known."""
    entries: tuple[Entry, ...] = ()
    self_url: str = ""
    home_url: str = ""
    generator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """One line of the catalogue of published feeds."""

    label: Label
    title: str
    subtitle: str = ""
    count: int = 0
    """Releases filed under it, not only those in the feed."""
    minted_at: datetime
    """When the label was first known, UTC: the ``updated`` of a feed without entries."""
    newest: datetime | None = None
    """Date of its newest release."""
    listed: bool = True
    """False for a feed that only goes on for those who subscribed: of a company or topic that is no
    longer configured and has no release, or that is another's old address."""


# ---------------------------------------------------------------------------------------------
# How it went
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """An expected failure of one source, document or item."""

    reason: str
    """Stable code, as in `errors.FetchError`, `errors.ReadError` and `Refusal`."""
    detail: str
    """One line: the thing, the place, the remedy."""
    where: str = ""
    """Address or key of what failed."""
