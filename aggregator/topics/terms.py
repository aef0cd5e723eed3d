"""Terms and the words that count as one of them: inflection, compounds, capitals.

Everything is decided for one word at a time, so a rulebook asks once for each different word and
remembers the answer. No score is made here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aggregator.text import fold
from aggregator.topics._data import table

WORD = re.compile(r"\w+")
MIN_TERM: int = table("german")["min_term"]
"""Letters that a term must have to be found in compounds."""
_UMLAUTS = {"a": "ae", "o": "oe", "u": "ue"}
_SHORT = 5
"""Terms in capitals of so many letters are abbreviations (``KI``, ``LNG``) and read as written."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for; a phrase is several of them in order."""

    written: str
    folded: str
    exact: bool
    """An abbreviation: this case of letters and nothing added."""
    noun: bool
    """Written with a capital: in German text a word in small letters is another word (``stahl``)."""
    forms: frozenset[str]
    """The folded term and its inflected forms."""


@cache
def term(written: str, *, inflected: bool = True, attribute: bool = False) -> Term:
    """The term of one written word; an `attribute` stands before a noun (``künstliche`` Intelligenz)."""
    folded = fold(written)
    letters = [c for c in written if c.isalpha()]
    exact = (
        0 < len(letters) <= _SHORT
        and sum(c.isupper() for c in letters) > len(letters) / 2
        and len(letters) > 1
    )
    forms = {folded} if exact or not inflected else _inflected(folded)
    if attribute and inflected and folded.endswith("e") and written[:1].islower():
        forms |= {folded + ending for ending in "nrsm"}
    return Term(written, folded, exact, written[:1].isupper(), frozenset(forms))


def _inflected(folded: str) -> set[str]:
    """German and English forms; short terms only take the endings that make no other word."""
    data = table("german")
    forms = {folded, folded + "s"}
    if folded.endswith(("s", "x", "z", "sh", "ch")):
        forms.add(folded + "es")
    if folded.endswith("y"):
        forms.add(folded[:-1] + "ies")
    if len(folded) < MIN_TERM:
        return forms
    forms.update(folded + ending for ending in data["endings"])
    if folded.endswith("um"):
        forms.add(folded[:-2] + "en")
    if folded.endswith(tuple(data["adjectives"])):
        forms.update(folded + ending for ending in data["adjective_endings"])
    if (plural := _umlaut(folded)) is not None:
        forms.update((plural, plural + "e", plural + "en", plural + "er", plural + "ern", plural + "n"))
    return forms


def _umlaut(folded: str) -> str | None:
    """``stahl`` to ``staehl``: the stem of a plural with umlaut."""
    found = re.search(r"(a|o|u)([^aeiouy]+(?:e[lnr]?)?)$", folded)
    if found is None or (found.start() and folded[found.start() - 1] in "aeiou"):
        return None
    return folded[: found.start()] + _UMLAUTS[found[1]] + found[2]


def normal(word: str) -> str:
    """A word as written, with width and subscripts made plain: ``CO₂`` to ``CO2``."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


Script = Literal["german", "compounding", "plain"]
"""How a language writes: with capitalised nouns and compounds, with compounds only, with neither."""
SCRIPTS: tuple[Script, ...] = ("german", "compounding", "plain")


def script_of(language: str) -> Script:
    """How words of this language are to be read (BCP 47 tag, ``und`` or empty where unknown)."""
    primary = language.partition("-")[0]
    if primary in ("de", "lb"):
        return "german"
    return "compounding" if primary in table("german")["compounding"] else "plain"


def stands_in(wanted: Term, word: str, folded: str, compound: str, script: Script) -> bool:
    """Whether one word of a text counts as the term. `compound` is ``off``, ``head``, ``tail``, ``both``."""
    if wanted.exact:
        return normal(word) == wanted.written
    if folded in wanted.forms:
        return not (script == "german" and wanted.noun and word[0].islower())
    if script == "plain" or compound == "off":
        return False
    return _is_compound(wanted, folded, compound)


def _is_compound(wanted: Term, folded: str, compound: str) -> bool:
    data = table("german")
    size = len(wanted.folded)
    if size < MIN_TERM or len(folded) < size + data["min_rest"] or _is_false_friend(wanted.folded, folded):
        return False
    if compound in ("head", "both") and folded.startswith(wanted.folded) and _is_rest(folded[size:]):
        return True
    if compound not in ("tail", "both"):
        return False
    return any(folded.endswith(form) and _is_modifier(folded[: -len(form)]) for form in wanted.forms)


def _is_rest(rest: str) -> bool:
    """Whether what follows the term can be a word: it begins as German words do and is long enough."""
    data = table("german")
    for link in data["links"]:
        after = rest[len(link) :] if rest.startswith(link) else ""
        if (
            len(after) >= data["min_rest"]
            and _onset(after) in data["onsets"]
            and re.search("[aeiouy]", after)
        ):
            return True
    return False


def _onset(word: str) -> str:
    found = re.match(r"[^aeiouy]*", word)
    return found[0] if found else ""


def _is_modifier(first: str) -> bool:
    """Whether what precedes the term can be a word of its own."""
    data = table("german")
    return (
        len(first) >= data["min_rest"]
        and re.search("[aeiouy]", first) is not None
        and not first.endswith(("w", "rr", "j", "q"))
    )


def _is_false_friend(wanted: str, folded: str) -> bool:
    friends = table("german")["false_friends"].get(wanted, ())
    return any(folded.startswith(friend) or folded.endswith(friend) for friend in friends)
