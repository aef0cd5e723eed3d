"""What is no release, and why: error pages, walls, lists, bytes that are no text. Typed, pure.

A phrase alone never refuses: it has to stand in a short text, or in the headline of one. Phrases are data
(`data/refusals.toml`); a release *about* access control or cookies is long and passes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from aggregator.model import BODY_TYPES, Draft, Refusal
from aggregator.reading.headline import is_section
from aggregator.reading.lines import suspicious
from aggregator.reading.markers import data
from aggregator.reading.pieces import Material, Piece, Work
from aggregator.reading.rubbish import of_shape

MAX_TEXT = 1_000_000
"""Characters of plain text that are read; the rest of a longer text is left."""
MAX_CONTENT = 20_000_000
"""Characters above which nothing is tried at all."""
_SHORT = 1500
_HEADLINE = 120
_LONG = 5000
"""Characters of a page whose headline may still say that it is none."""
_VISIBLE = 900
"""Characters that are shown to those who have not registered."""

_MAGIC = (
    "%PDF-",
    "PK\x03\x04",
    "\x89PNG",
    "GIF8",
    "\xff\xd8\xff",
    "\x1f\x8b",
    "ID3",
    "OggS",
    "{\\rtf",
    "\x7fELF",
    "\xd0\xcf\x11\xe0",
    "RIFF",
)
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def of_bytes(content: str) -> Refusal | None:
    """Refuse what no parser should see: too much, or no text."""
    if len(content) > MAX_CONTENT:
        return Refusal("too_large", f"{len(content)} characters; at most {MAX_CONTENT} are read")
    start = content.lstrip("\ufeff \t\r\n")[:16]
    if start.startswith(_MAGIC):
        return Refusal("binary", f"begins as {start[:5]!r} files do, not as text")
    if not suspicious(content):
        return None
    sample = content[:20_000]
    odd = len(_ODD.findall(sample))
    if odd > 3 and odd > 0.02 * len(sample):
        return Refusal("binary", f"{odd} of the first {len(sample)} characters are no text")
    return None


_REASONS = ("access_denied", "consent_wall", "login", "not_found", "script_only")


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    found = tomllib.loads(data("refusals.toml"))
    return {reason: tuple(sorted(phrases, key=lambda p: (-len(p), p))) for reason, phrases in found.items()}


def _said(reason: str, text: str) -> str:
    """The longest phrase of this reason that the text holds from a word's start; empty where it holds none."""
    # Plain searches: one regular expression of all phrases takes thirty times as long.
    for phrase in _phrases()[reason]:
        at = text.find(phrase)
        if at >= 0 and not text[at - 1 : at].isalnum():
            return phrase
    return ""


def of_material(material: Material, draft: Draft) -> Refusal | None:
    """Refuse walls and error pages, by what a short text says of itself."""
    texts = [p.text for p in material.pieces]
    size = sum(map(len, texts))
    if not texts:
        if material.scripts:
            return Refusal("script_only", "the page holds scripts and no text")
        return Refusal("no_text", "there is no text in it")
    if shape := of_shape(texts, headed=bool(draft.title)):
        return shape
    told = _told(material, draft) if material.page and size <= _LONG else _named(draft, texts, size)
    if told:
        return told
    # An item of a feed with its own headline is what the feed says; walls and error pages are pages.
    if size > _SHORT or (draft.title and not material.page):
        return None
    heads = " \n".join([draft.title or material.title, *texts[:3]]).lower()[:600]
    if material.page and size < 400 and (material.scripts or "javascript" in heads):
        said = _said("script_only", " ".join(texts).lower())
        if said:
            return Refusal("script_only", said)
    return _wall(heads, material.pieces, size)


def _told(material: Material, draft: Draft) -> Refusal | None:
    """A page whose headline says that it is none, or whose text ends where one has to register."""
    first = (material.title or draft.title).lower()
    own = [p.text for p in material.pieces if not p.outside]
    size = sum(map(len, own))
    phrase = _said("nothing", first)
    if phrase and size <= _SHELL:
        return Refusal("no_text", phrase)
    if filler := _named(draft, own, size):
        return filler
    for reason in ("not_found", "access_denied", "consent_wall"):
        phrase = _said(reason, first)
        if len(phrase) >= 12 and _fills(phrase, first):
            return Refusal(reason, phrase)
    if size <= _SHORT:
        lines = (text.lower() for text in own[:_TOP])
        phrase = next((w for t in lines if len(w := _said("not_found", t)) >= 9 and _fills(w, t)), "")
        if phrase:
            return Refusal("not_found", phrase)
    phrase = next((said for text in own if (said := _said("consent_wall", text.lower()))), "")
    if phrase and not _mostly_other(own, size):
        return Refusal("consent_wall", phrase)
    return _paywall(material)


def _named(draft: Draft, texts: list[str], size: int) -> Refusal | None:
    """A short text that is an error, a wall or filler by its own words, whatever headline a list gave it."""
    if size > _SHORT:
        return None
    first = [t.lower().replace("’", "'") for t in (draft.title, *texts[:_TOP]) if t]
    for reason in ("filler", "not_found", "access_denied", "consent_wall", "login"):
        for line in first:
            phrase = next((p for p in _phrases()[reason] if p in line and _is_all(p, line)), "")
            if phrase and (size - len(line) <= _REST or reason == "filler"):  # else a text goes on
                return Refusal(reason, phrase)
    return None


_OWN = 30
"""Letters from which a phrase is so much its own that it may stand anywhere in a short text's first lines."""


def _is_all(phrase: str, line: str) -> bool:
    """Whether a line says a phrase and little else, or opens with one of some length."""
    at = line.find(phrase)
    if line[at - 1 : at].isalnum() and at:
        return False
    opens = len(phrase) >= 20 and at <= 12
    return (len(phrase) >= 9 and _fills(phrase, line)) or opens or len(phrase) >= _OWN


_SHELL = 600
"""Letters up to which a page can be an empty search, or a shell that still loads."""
_TOP = 5
"""Lines in which an error page has said that it is one."""


def _fills(phrase: str, line: str) -> bool:
    """Whether a line says little else: two words and more may stand in a sentence of their own."""
    return len(line) <= (2 * len(phrase) + 10 if " " in phrase else len(phrase) + 14)


def _paywall(material: Material) -> Refusal | None:
    """A heading, or beside a field for a password a sentence, that says who may read on; and little goes on."""
    if sum(len(p.text) for p in material.pieces if not p.outside) <= _VISIBLE:
        beside = (
            _said("paywall", words.lower()) for rule, words, _ in material.dropped if rule != "page.hidden"
        )
        phrase = next((p for p in beside if p), "")
        if phrase or material.paid:
            return Refusal("login", phrase or "isAccessibleForFree is false")
    before = 0
    for number, piece in enumerate(material.pieces):
        able = piece.level or piece.bold or material.password
        text = piece.text.lower() if able and len(piece.text) <= 2 * _HEADLINE else ""
        phrase = _said("paywall", text) or _said("login", text)
        if phrase and not _goes_on(material.pieces[number + 1 :]):
            return Refusal("login", phrase)
        before += len(piece.text)
        if before > _VISIBLE:
            return None
    return None


_REST = 400
"""Letters of prose by which a text goes on."""


def _goes_on(behind: list[Piece]) -> bool:
    """Whether a text goes on: an offer to register ends it."""
    prose = (p for p in behind if not p.outside and p.kind in ("text", "quote") and len(p.text) > _HEADLINE)
    return sum(len(p.text) * (1 - p.links) for p in prose) > _REST


def _wall(heads: str, pieces: list[Piece], size: int) -> Refusal | None:
    texts = [p.text for p in pieces]
    for reason in _REASONS:
        phrase = _said(reason, heads)
        if not phrase:
            continue
        line = next((t.lower() for t in texts if phrase in t.lower()), heads)
        spared = (reason == "consent_wall" and _mostly_other(texts, size)) or (
            reason in ("login", "not_found") and _goes_on(pieces)
        )
        if _tells(phrase, line, size) and not spared:
            return Refusal(reason, phrase)
    return None


def _tells(phrase: str, line: str, size: int) -> bool:
    """Whether a phrase is what its line says: it fills it, or opens it in a text that is short as a whole.

    A number or a bare word ("404", "forbidden") has to be nearly all of the line.
    """
    if " " not in phrase and len(phrase) >= 12 and size >= _SHELL:
        return _fills(phrase, line)
    if len(phrase) < 12:
        return len(line) <= len(phrase) + 12 and size < 600
    return len(line) <= max(40, 3 * len(phrase)) or (size < 500 and line.find(phrase) <= 3)


def _mostly_other(texts: list[str], size: int) -> bool:
    """Whether most of a text speaks of something else than cookies and consent: a banner above a release."""
    about = sum(len(t) for t in texts if _consent_words().search(t.lower()))
    return about < 0.5 * size


@cache
def _consent_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_phrases()['consent_words'])})")


def of_work(work: Work, material: Material) -> Refusal | None:
    """Refuse what has no text left, and lists of other texts."""
    body = [p for p in work.pieces if p.type in BODY_TYPES]
    prose = [p for p in body if p.type in ("paragraph", "quote", "list", "table")]
    if material.page and prose and sum(len(p.text) for p in body) < _FEWEST:
        said = next((w for p in prose if (w := _said("nothing", p.text.lower()))), "too few letters")
        return Refusal("no_text", said)
    if not prose:
        teasers = sum(p.type == "teaser" for p in work.pieces)
        if teasers > 3:
            return Refusal("list", f"{teasers} teasers and no text of its own")
        if material.cards >= _CARDS:
            return Refusal("list", f"{material.cards} cards and no text of its own")
        return Refusal("no_text", "nothing but a headline" if work.title else "no paragraph of text")
    return _list(work, material, prose)


_TEASER = 350
"""Letters of the text between two headings that lead to other texts."""
_LINKED = 0.3
"""Share of a row that is a link to another text, beside its date."""
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_FEWEST = 60
"""Letters below which a page has no text."""
_CARDS = 4
"""Cards of one row from which on a page can be a list."""


def as_list(work: Work) -> None:
    """What is left out of a release is the text of a list: its links and its teasers."""
    for piece in work.pieces:
        if piece.rule in ("chrome.link_list", "chrome.link_line"):
            piece.tag("list", "list.links")
        elif piece.type == "teaser" and piece.mark not in ("more", "related"):
            piece.tag("paragraph", "list.teaser")


def _list(work: Work, material: Material, prose: list[Piece]) -> Refusal | None:
    letters = sum(len(p.text) for p in prose)
    mores = sum(p.mark == "more" and p.type in ("teaser", "chrome") for p in work.pieces)
    linked = sum(len(p.text) * p.links for p in prose) / max(1, letters)
    longest = max(len(p.text) for p in prose)
    if mores >= 4 and mores * 2 >= len(prose) and not any(p.type == "teaser" for p in work.pieces):
        return Refusal("list", f"{mores} times 'read more'")
    rows = sum(p.text.count("\n") + 1 for p in prose) if material.page else len(prose)
    longest = max(len(line) for p in prose for line in p.text.split("\n")) if material.page else longest
    if rows >= 8 and linked > 0.7 and longest < 300:
        return Refusal("list", f"{round(linked * 100)} % of the text are links")
    return _page_list(work, material, prose, letters) if material.page else None


def _page_list(work: Work, material: Material, prose: list[Piece], letters: int) -> Refusal | None:
    """By what a page shows of other texts: dated teasers, headings that are links, rows and cards."""
    dated = [p for p in work.pieces if p.rule == "teaser.dated"]
    if len(dated) >= 3 * _CARDS and letters < 0.35 * sum(len(p.text) for p in dated):
        return Refusal("list", f"{len(dated)} lines of dated teasers hold most of the text")
    if work.dateline is not None:
        return None
    if is_section(_YEAR.sub("", work.title or material.title)):
        rows = sum(p.text.count("\n") + 1 for p in prose if p.links > _LINKED)
        rows = max(material.cards, rows + sum(p.type == "teaser" for p in work.pieces))
        if rows >= _CARDS:
            return Refusal("list", f"{rows} entries under the name of a section")
    asked = any(p.type == "contact" and not p.outside for p in work.pieces)
    heads = [p for p in work.pieces if p.level >= 2 and not p.outside]
    leading = sum(p.links > 0.8 for p in heads)
    if not asked and leading >= max(_CARDS, 0.6 * len(heads), letters / _TEASER):
        return Refusal("list", f"{leading} headings lead to other texts")
    own = letters - material.card_letters if material.cards_kept else letters
    if material.cards >= _CARDS and own < 0.35 * material.card_letters:
        return Refusal("list", f"{material.cards} cards hold most of the text")
    return None
