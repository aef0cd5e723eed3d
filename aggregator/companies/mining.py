"""Company names with a legal form in running text, for companies that nobody configured.

Left of a legal form a name has no mark where it begins, and German capitalises every noun. So a name
is walked leftwards word by word, and stops at whatever a name cannot contain. What is found here is a
candidate and never, by itself, a reason for a feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from aggregator.companies import legal_forms
from aggregator.companies._data import words_of
from aggregator.text import tokens

_WORD = re.compile(r"\w+")
_OPENING = "„\"“‚'’(«»[*•”©"
_CLOSING = tuple(',;:?)]“”"»«/|')
_AROUND = "".join(_CLOSING) + _OPENING
_JOINED = re.compile(r" ?[&+] ?(?!Co\b)(?=[A-ZÄÖÜ])")
_STANDALONE = frozenset("–—-|/•·*")
# "Gesellschaft für Architektur, Generalplanung und Design mbH": the head word says where the name begins.
_SOCIETY = re.compile(
    r"\b(?:[A-ZÄÖÜ]\w*(?:sch|lich)en? )?"
    r"[\wäöüÄÖÜ-]*(?:[Gg]esellschaft|[Vv]erband|[Vv]erein|[Ii]nstitut|[Ss]tiftung|[Bb]und)"
    r" (?:für|zur|der|des) [^.;:\n]{3,100}$"
)
_SOCIETY_FORMS = frozenset({"mbH", "e.V.", "e. V.", "eV", "eG", "gGmbH"})
_BRAND = re.compile(r"[a-zäöü][\w-]*\.\w|[a-z]{1,2}[A-Z]|[a-z]+-(?!.*(?:e|en|er|es|em)$)[a-z]+$")
_MAX_WORDS = 7
_REACH = 120
"""Characters to the left of a form in which a name is looked for."""
_FREQUENT = "enirtas"
"""The most frequent small letters: about half of a German or English text."""
_SHOUTING = 0.7
"""Share of capital letters above which a line is written in capitals."""


class Found(NamedTuple):
    """A name with its legal form as written, and where it stands in the text."""

    name: str
    span: tuple[int, int]


def mine(text: str, words: frozenset[str] | None = None) -> Iterator[Found]:
    """Every ``Name + legal form`` of a text, in order. `words` are its distinct words, where known."""
    done = 0
    for start, end in _form_spans(text, words if words is not None else frozenset(tokens(text))):
        if start < done:
            continue
        name_start = _name_start(text, start, end, done)
        if name_start is not None:
            done = end
            yield Found(" ".join(text[name_start:end].split()), (name_start, end))


def _form_spans(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    match, starters = legal_forms.in_text().match, legal_forms.starters()
    spaces = legal_forms.SPACES if "\u00a0" in text else " "
    begun = chain.from_iterable(map(starters.__getitem__, starters.keys() & words))
    spans = []
    for needle in (space + start for start in begun for space in spaces):
        at = text.find(needle)
        while at >= 0:
            if (found := match(text, at + 1)) is not None:
                spans.append((at + 1, found.end()))
            at = text.find(needle, at + 1)
    return sorted(spans, key=lambda span: (span[0], -span[1]))


_LINE = 1_000
"""Characters of a line on either side of a name that are looked at: a text may be one line of megabytes."""


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line in which a span stands, or as much of it as is near."""
    first, last = max(0, start - _LINE), min(len(text), end + _LINE)
    before, behind = text.rfind("\n", first, start), text.find("\n", end, last)
    return (before + 1 if before >= 0 else first), (behind if behind >= 0 else last)


def is_shouting(line: str) -> bool:
    """Whether a line is written in capitals, so that case says nothing about its words."""
    if sum(map(line.count, _FREQUENT)) >= (1 - _SHOUTING) * len(line):
        return False  # so many small letters leave no room for enough capitals
    capitals = sum(map(str.isupper, line))
    small = sum(map(str.islower, line))
    return capitals > _SHOUTING * (capitals + small)


def is_title_case(line: str) -> bool:
    """Whether most words of a longer line are capitalised, as in an English headline."""
    words = [w for w in _WORD.findall(line) if len(w) > 3 and not w.isdigit()]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _name_start(text: str, form_start: int, form_end: int, floor: int) -> int | None:
    """Where the name left of a form begins, not before `floor`; None where no name stands there."""
    line_start, line_end = line_around(text, form_start, form_end)
    line = text[line_start:line_end]
    if is_shouting(line) and not _is_name_alone(line, text[form_start:form_end]):
        return None
    if _continues(text[form_end : form_end + 40]):
        return None
    begin = max(line_start, floor)
    left = text[begin:form_start]
    if text[form_start:form_end] in _SOCIETY_FORMS and (found := _SOCIETY.search(left)):
        return begin + found.start()
    start = _walk(left)
    return None if start is None else begin + start


def _is_name_alone(line: str, form: str) -> bool:
    """``WILO SE`` on a line of its own is a name; ``NEW GROWTH STRATEGIES AS`` is a headline."""
    bare = line.strip(" .,")
    return (
        bare.endswith(form.rstrip("."))
        and len(bare.split()) <= 5
        and form.upper() not in legal_forms.word_like()
    )


def _continues(after: str) -> bool:
    """``Hans Meier AG & Söhne``: the form is inside a longer name whose end is unknown."""
    found = _JOINED.match(after)
    if found is None:
        return False
    rest = after[found.end() :]
    return not _form_spans(" " + rest, frozenset(_WORD.findall(rest)))


def _walk(left: str) -> int | None:
    """Offset in `left` at which the name begins that ends at its end."""
    first = max(0, len(left) - _REACH)
    words = left[first:].rsplit(maxsplit=_MAX_WORDS)
    if (
        first
        and 0 < len(words) <= _MAX_WORDS
        and left[left.find(words[0], first) - 1] not in legal_forms.SPACES
    ):
        words = words[1:]  # cut in two where the reach ends
    kept: list[tuple[int, str]] = []
    at = len(left)
    for word in reversed(words[-_MAX_WORDS:]):
        if not _may_join(word, first=not kept):
            break
        at = left.rfind(word, 0, at)
        kept.append((at, word))
        if word[0] in _OPENING:
            break
    return _first_own_word(kept)


@lru_cache(maxsize=8192)
def _may_join(token: str, *, first: bool) -> bool:
    """Whether a word can stand in a name, to the left of what is kept already."""
    if token in _STANDALONE or (
        token.endswith(_CLOSING) and not (first and token.endswith((",", '"', "“", "”", ")")))
    ):
        return False
    word = token.strip(_AROUND)
    if not word:
        return False
    if token.endswith((".", "!")) and not (first and token.endswith("!")):
        stem = word.rstrip(".!")
        if "." not in stem and len(stem) > 1 and stem not in words_of("names", "abbreviations"):
            return False
    if word in words_of("names", "joiners"):
        return not first
    if word.isdigit():
        return False
    return word[0].isupper() or word[0].isdigit() or _is_brand(word)


def _is_brand(word: str) -> bool:
    """Lower-case names that are no ordinary word: ``windeln.de``, ``eBay``, ``dpa-infocom``."""
    return bool(_BRAND.match(word))


def _first_own_word(tokens: list[tuple[int, str]]) -> int | None:
    """Drop articles, role nouns and joiners from the left; the rest is the name. `tokens` run leftwards."""
    for left, (at, token) in zip(range(len(tokens) - 1, -1, -1), reversed(tokens), strict=True):
        if _is_own(token, last=not left):
            return at + (len(token) - len(token.lstrip(_OPENING)))
    return None


@lru_cache(maxsize=8192)
def _is_own(token: str, *, last: bool) -> bool:
    """Whether a name may begin with this word; a role noun is the name where nothing else is left."""
    word = token.strip(_AROUND)
    if word in words_of("names", "joiners") or word in words_of("names", "openers"):
        return False
    if word in words_of("names", "role_nouns") or (not last and _is_role(word)):
        return False
    return any(map(str.isalpha, word))


def _is_role(word: str) -> bool:
    return word.lower().endswith(tuple(words_of("names", "role_endings"))) and not word.isupper()
