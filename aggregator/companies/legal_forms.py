"""Legal forms at the end of company names: take them off, ask for them, find where one starts.

The forms are data (`data/legal_forms.toml`, after ISO 20275). A name is never invented here; what
stands to the left of a form in running text is the business of `mining.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from aggregator.companies._data import table

SPACES = " \u00a0"
"""What may stand before a form in running text."""
_LEFT = r"(?:^|(?<=[\s,]))"
_RIGHT = r"(?![\w])(?!-\w)"


@dataclass(frozen=True, slots=True)
class Form:
    """One legal form: how it is written, and with how much caution it is read."""

    text: str
    strict: bool
    """Short or also a word: only in this case of letters."""
    word: bool
    """An ordinary word when written in capitals."""
    mined: bool
    """Looked for in running text; otherwise only at the end of a name that is known as one."""


@cache
def forms() -> tuple[Form, ...]:
    """All forms, longest first."""
    data = table("legal_forms")
    cautions = {key: frozenset(data["cautions"][key]) for key in ("strict", "word", "known_only")}
    made = [
        Form(
            text, group in cautions["strict"], group in cautions["word"], group not in cautions["known_only"]
        )
        for group, texts in data["forms"].items()
        for text in texts
    ]
    return tuple(sorted(made, key=lambda f: (-len(f.text), f.text)))


def _spelling(text: str) -> str:
    """A pattern for the ways one form is written: ``GmbH & Co. KG``, ``GmbH u. Co KG``."""
    pieces = []
    for word in text.split():
        if word == "&":
            pieces.append(r"(?:&|\+|und|u\.)")
            continue
        piece = re.escape(word.rstrip(".,")).replace(r"\.", r"\. ?")
        pieces.append(piece + (r"\.?" if "." in word else "") + (",?" if word.endswith(",") else ""))
    return r"[ \u00a0]?".join(pieces)


def _alternatives(form: Form) -> list[str]:
    """Capitals are another spelling of a form that no word looks like; so is ``Gmbh``."""
    texts = {form.text} if form.strict else {form.text, form.text.upper(), form.text.replace("GmbH", "Gmbh")}
    return [_spelling(text) for text in sorted(texts, key=lambda t: (-len(t), t))]


def _pattern(wanted: tuple[Form, ...]) -> str:
    return "|".join(alternative for form in wanted for alternative in _alternatives(form))


@cache
def in_text() -> re.Pattern[str]:
    """Matches a form at a position of running text (used with ``match(text, position)``)."""
    return re.compile(f"(?:{_pattern(tuple(f for f in forms() if f.mined))}){_RIGHT}")


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(rf"[\s,]+({_pattern(forms())})[\s.,]*$")


@cache
def starters() -> Mapping[str, tuple[str, ...]]:
    """What to look for in running text, by the first word of a form: that word, with what must follow it.

    So ``a.s.`` is looked for as ``a.``, and an English text is not searched at each of its articles.
    """
    found: dict[str, set[str]] = {}
    for form in forms():
        for text in (form.text, form.text.upper(), form.text.replace("GmbH", "Gmbh")) if form.mined else ():
            first = re.match(r"(\w+)(\W?)", text.split()[0].rstrip(".,"))
            if first is not None:
                found.setdefault(first[1], set()).add(first[0])
    return {word: (word,) if word in texts else tuple(sorted(texts)) for word, texts in found.items()}


@cache
def word_like() -> frozenset[str]:
    """Forms that are ordinary words in a line of capitals (``NEW STRATEGIES AS``)."""
    return frozenset(f.text.upper() for f in forms() if f.word)


@lru_cache(maxsize=8192)
def split(name: str) -> tuple[str, str]:
    """``(bare name, legal form)`` of a company's name; the form is empty where there is none.

    Taken off repeatedly, so that nothing of ``Muster Technology Co., Ltd.`` or ``AG & Co. KGaA`` stays.
    """
    bare, end = name.strip(), len(name.strip())
    whole = bare
    while (found := _at_end().search(bare)) is not None and found.start() > 0:
        end = found.start()
        bare = whole[:end]
    return bare.rstrip(" ,"), whole[end:].strip(" ,")


def has_form(name: str) -> bool:
    """Whether a name ends in a legal form."""
    return bool(split(name)[1])
