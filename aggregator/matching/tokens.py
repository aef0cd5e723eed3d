"""A text as matching sees it: folded words in which dates, amounts and numbers have one spelling.

``25. Juli 2023``, ``25.07.2023`` and ``July 25, 2023`` become one token, and so do ``3 Mrd.`` and
``3 billion``; so an edited reprint and a translation show the same numbers as their original. The
tokens are for comparison only and are never shown.

Written for speed (a verdict reads six texts): whole-string replacements and one byte table instead
of a regular expression for each word, which takes a quarter of the time.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from aggregator.matching.vocabulary import vocabulary

LETTERS, LONG_WORD = 4, 8
"""Letters from which a word may have been misspelt, since among shorter ones each letter makes another word; and from
which two of its letters may be wrong."""
QUOTATION = 40
"""Characters from which a quotation is long enough to tell one release from another."""
_QUOTATION_LIMIT = 1500

_OPENING = re.compile('[„“»«"]')
_CLOSING = {
    "„": re.compile('[“”"]'), "“": re.compile("”"), "»": re.compile("«"), "«": re.compile("»"), '"': re.compile('"'),
}  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "å": "aa"}
_SIGNS = {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "•": "\n"}
_GLUED = re.compile(r"(\d)(?=[A-Za-z]{3})")
_MONEY = re.compile(r"([$£€]\s?\d[\d.,]*)\s?(k|m|mn|bn|tn)\b", re.IGNORECASE)
_SPACED = re.compile(
    r"[1-9](?<![\d.,:/]\d)(?<![\d.,] \d)(?<!\w\d)\d{0,2}(?:[ \u00a0\u202f]\d{3})+\b(?![.,:/-]?\d)(?! \d)"
)
_CLOCK = re.compile(r"\b([0-2]?\d)\.([0-5]\d)(?=\s?(?:uhr|a\.?m|p\.?m)\b)\s?(uhr|a\.?m|p\.?m)", re.IGNORECASE)
_POWERS = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
# A pattern that begins with a set of characters is searched for five times as fast as one that begins by looking back.
_INSIDE_NUMBER = re.compile(r"[.,:](?<=\d[.,:])(?=\d)")
_HELD = {".": "\x01", ",": "\x02", ":": "\x03"}
_TABLE = bytes(
    {1: 46, 2: 44, 3: 58}.get(n, n if chr(n).isalnum() or n > 127 else 32) if n < 128 else n
    for n in range(256)
)
_OTHER_SCRIPT = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+")
_WORD = re.compile(r"(?:[0-9A-Za-z]|(?<=\d)[.,:](?=\d))+")
_BOUNDARY = re.compile(r'[.!?:"(\n]+\s*(?=[A-Z"])')
_SENTENCE_END = re.compile(r"[.!?](?:(?<=[^\W_A-Z][.!?])|(?<=[)%][.!?]))[\"')]*(?:\s|\Z)")
_AFTER_DIGITS = ":"
_CALENDAR = frozenset([f"month:{n:02d}" for n in range(1, 13)] + [f"weekday:{n}" for n in range(1, 8)])
_DMY = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d|\d\d)\Z")
_DATED = re.compile(r"\d+-(\d\d-\d\d)\Z")
_DM = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])\Z")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"([0-3]?\d)(?:st|nd|rd|th)?\Z")
_GROUPED = {
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z"),
    ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z"),
}


Triple = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Text:
    """One text, ready to be compared. What not every comparison needs is made when first asked for."""

    words: list[str]
    """Folded words; numbers, amounts, dates, months and weekdays in their one spelling."""
    shown: list[str]
    """The same tokens in ASCII spelling, case kept; of joined ones the first."""
    quoted: list[bool]
    """Whether a token stands in a quotation of at least `QUOTATION` characters."""
    plain: str
    """The text in ASCII spelling, with its punctuation, as far as its script allows."""

    @cached_property
    def number_places(self) -> list[int]:
        """Positions of the tokens that are values, dates, months or weekdays."""
        return [i for i, w in enumerate(self.words) if w < _AFTER_DIGITS or w in _CALENDAR]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The different values, dates, months and weekdays."""
        return frozenset([self.words[i] for i in self.number_places])

    @cached_property
    def yearless(self) -> frozenset[str]:
        """`numbers` with dates without their year."""
        return frozenset(map(without_year, self.numbers))

    @cached_property
    def values(self) -> frozenset[str]:
        """`yearless` as translations keep them: weekdays and small number words are often left out or added."""
        return frozenset(
            [w for w in self.yearless if not (w.startswith("weekday:") or (w.isdigit() and len(w) == 1))]
        )

    @cached_property
    def different(self) -> frozenset[str]:
        """All different words."""
        return frozenset(self.words)

    @cached_property
    def triples(self) -> list[Triple]:
        """All groups of three neighbouring words, in order."""
        return list(zip(self.words, self.words[1:], self.words[2:], strict=False))

    @cached_property
    def places(self) -> dict[Triple, int]:
        """Where each group of three stands, the last of its places."""
        return dict(zip(self.triples, range(len(self.triples)), strict=True))

    @cached_property
    def repeated(self) -> dict[Triple, list[int]]:
        """All places of the groups that stand in several."""
        found: dict[Triple, list[int]] = {}
        last = self.places
        if len(last) < len(self.triples):
            for i, group in enumerate(self.triples):
                if last[group] != i:
                    found.setdefault(group, []).append(i)
            for group, places in found.items():
                places.append(last[group])
        return found

    @cached_property
    def unquoted(self) -> int:
        """A byte for each word, 1 where it stands in no quotation, as one number to lay over a coverage."""
        return int.from_bytes(bytes([not q for q in self.quoted]), "little")

    @cached_property
    def groups(self) -> frozenset[tuple[str, str, str, str]]:
        """All different groups of four neighbouring words."""
        words = self.words
        return frozenset(zip(words, words[1:], words[2:], words[3:], strict=False))

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded words that are written with a capital where no sentence starts."""
        known = vocabulary()
        starts = Counter([w for piece in _BOUNDARY.split(self.plain) if (w := _first(piece[:40]))])
        seen = Counter([w for w in split(self.plain) if w[0].isupper()])
        inner = {w.lower() for w, n in seen.items() if n > starts[w] and len(w) > 1}
        return frozenset(inner - known.stopwords - known.special)

    @cached_property
    def by_ends(self) -> dict[str, list[str]]:
        """The different words of letters alone that begin or end alike, by `ends`."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.different):
            if len(word) >= LETTERS and word.isalpha():
                for end in {*ends(word, len(word)), *ends(word, len(word) + 2)}:
                    found.setdefault(end, []).append(word)
        return found

    @cached_property
    def function_words(self) -> float:
        """Share of words without weight of their own: a third of all prose, next to none of a menu."""
        stop = vocabulary().stopwords
        return sum(map(stop.__contains__, self.words)) / max(1, len(self.words))

    @cached_property
    def added(self) -> bool:
        """Whether a paragraph says that it was added later: "Update, 4 June: …"."""
        return vocabulary().added.search(self.plain.lower()) is not None

    @cached_property
    def sentences(self) -> int:
        """How many sentences end in the text: prose has ends, menus and tables have none."""
        return len(_SENTENCE_END.findall(self.plain))


def ends(word: str, length: int) -> tuple[str, str]:
    """The first and last letters of a word, three where a word of this `length` is long."""
    letters = 3 if length >= LONG_WORD else 2
    return f"^{word[:letters]}", f"{word[-letters:]}$"


@cache
def _ascii(character: str) -> str:
    lower = character.lower()
    if lower in _GERMAN:
        spelled = _GERMAN[lower]
        return spelled if lower == character else spelled.capitalize()
    if character in _SIGNS:
        return _SIGNS[character]
    if "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff":
        return f" {character} "  # Chinese and Japanese do not separate words: each sign is one
    base = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return base if base.isalnum() else " "


def plain(text: str) -> str:
    """The text in ASCII spelling, case kept (``Dallendörfer`` becomes ``Dallendoerfer``)."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    for character in set(text):
        if character > "\x7f":
            text = text.replace(character, _ascii(character))
    return text


def split(text: str) -> list[str]:
    """The words of a `plain` text, case kept; ``1.250,5`` stays one word, ``12Mio`` are two."""
    if not text.isascii():
        return _OTHER_SCRIPT.findall(text)
    held = _INSIDE_NUMBER.sub(lambda m: _HELD[m[0]], _GLUED.sub(r"\1 ", text))
    return held.encode().translate(_TABLE).decode().split()


def _first(text: str) -> str:
    """The first of the words that `split` finds; empty where there is none."""
    found = (_WORD if text.isascii() else _OTHER_SCRIPT).search(text)
    return found[0] if found else ""


def fast_words(text: str) -> list[bytes]:
    """The folded words of a text as UTF-8, numbers cut at their points: for hashing only."""
    return plain(text).lower().encode().translate(_TABLE).split()


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Where the quotations of at least `QUOTATION` characters stand, without their marks."""
    spans, position = [], 0
    while opening := _OPENING.search(text, position):
        closing = _CLOSING[opening[0]].search(text, opening.end(), opening.end() + _QUOTATION_LIMIT)
        position = closing.end() if closing else opening.end()
        if closing and closing.start() - opening.end() >= QUOTATION:
            spans.append((opening.end(), closing.start()))
    return spans


def _written_out(text: str) -> str:
    """Amounts and times in the spelling that `value` reads: ``£90m``, ``2 200 Kelvin``, ``22.30 Uhr``."""
    text = _MONEY.sub(_in_full, text)
    text = _SPACED.sub(lambda m: re.sub(r"\s", "", m[0]), text)
    return _CLOCK.sub(r"\1:\2 \3", text)


def _in_full(found: re.Match[str]) -> str:
    return f"{found[1]} {_POWERS[found[2].lower()]}"


def read(text: str, language: str) -> Text:
    """Tokenise `text`, written in `language` (``de``, ``en``, ...; it decides what ``1.250`` is).

    The last few hundred are remembered: members of a series are candidates over and over.
    """
    return (_kept if len(text) <= LONG else _kept_long)(text, language)


def _read(text: str, language: str) -> Text:
    shown: list[str] = []
    quoted: list[bool] = []
    whole, end = [], 0
    text = _written_out(text)
    for start, stop in [*quotation_spans(text), (len(text), len(text))]:
        for piece, inside in ((text[end:start], False), (text[start:stop], True)):
            if piece:
                whole.append(plain(piece))
                found = split(whole[-1])
                shown += found
                quoted += [inside] * len(found)
        end = stop
    words = " ".join(shown).lower().split(" ") if shown else []
    _rewrite(words, shown, quoted, language)
    return Text(words, shown, quoted, "".join(whole))


_kept = lru_cache(maxsize=512)(_read)
_kept_long = lru_cache(maxsize=4)(_read)
LONG = 40_000
"""Characters from which on a text takes several megabytes, so that only the last few are kept."""


def value(token: str, language: str) -> str:
    """One spelling of a number: ``1.250,50`` (de) = ``1,250.50`` (en) = ``1250.5``.

    A date ``25.07.2023`` becomes ``2023-07-25``. Times (``10:55``) stay as they are.
    """
    if token.isdigit():
        return token.lstrip("0") or "0"
    if counted := _ORDINAL.match(token):
        return counted[1].lstrip("0") or "0"
    if dated := _DMY.match(token):
        return date_token(int(dated[1]), int(dated[2]), dated[3]) or token
    if ":" in token:
        return token
    if language != "en" and (dated := _DM.match(token)):  # "zum 31.03.": no decimal point there
        return date_token(int(dated[1]), int(dated[2]), "0") or token
    group, point = (",", ".") if language == "en" else (".", ",")
    if _GROUPED[group].match(token):
        token = token.replace(group, "")
    elif _GROUPED[point].match(token) and token.count(point) > 1:
        token = token.replace(point, "")
    decimal = token.replace(",", ".")
    if decimal.count(".") != 1 or not decimal[0].isdigit():
        return token
    whole, _, rest = decimal.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def date_token(day: int, month: int, year: str) -> str:
    """``2023-07-25``, ``0-07-25`` without a year, or ``""`` for what is no date."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"{'20' + year if len(year) == 2 else year}-{month:02d}-{day:02d}"


def without_year(word: str) -> str:
    """A date without its year: a text says it in full once, and then no more."""
    dated = _DATED.match(word)
    return f"0-{dated[1]}" if dated else word


def _scaled(number: str, power: int) -> str:
    try:
        return format(Decimal(number).scaleb(power).normalize(), "f")
    except ArithmeticError:
        return number


def _rewrite(words: list[str], shown: list[str], quoted: list[bool], language: str) -> None:
    """Give numbers, dates and amounts their one spelling; from the end, because tokens are joined."""
    known = vocabulary()
    scales = known.scales_de if language == "de" else known.scales
    for i in [i for i, w in enumerate(words) if w < _AFTER_DIGITS or w in known.special][::-1]:
        word = words[i]
        if word in known.months and (shown[i][0].isupper() or _dated(words, i, language)):
            start, end, joined = _month(words, i)
            _join(words, shown, quoted, start, end, joined)
        elif word in known.weekdays:
            words[i] = known.weekdays[word]
        elif word in known.numerals:
            words[i] = known.numerals[word]
        elif word[0].isdigit() and "-" not in word:
            words[i] = value(word, language)
        if i + 1 < len(words) and words[i + 1] in scales and words[i][0].isdigit():
            _join(words, shown, quoted, i, i + 2, _scaled(words[i], scales[words[i + 1]]))


def _dated(words: list[str], i: int, language: str) -> bool:
    """Whether a day stands before a month that is written small, as in most languages but English and German."""
    return (
        language not in ("en", "de") and i > 0 and len(words[i]) > 2 and _DAY.match(words[i - 1]) is not None
    )


def _month(words: list[str], i: int) -> tuple[int, int, str]:
    """``25 Juli 2023`` or ``July 25 2023`` around the month at `i`: one date; else the month alone."""
    month = vocabulary().months[words[i]]
    before, after, later = [*words[max(0, i - 1) : i], ""][0], *[*words[i + 1 : i + 3], "", ""][:2]
    if (day := _DAY.match(before)) and 1 <= int(day[1]) <= 31:
        dated = bool(_YEAR.match(after))
        return i - 1, i + 1 + dated, date_token(int(day[1]), month, after if dated else "0")
    if (day := _DAY.match(after)) and 1 <= int(day[1]) <= 31:
        dated = bool(_YEAR.match(later))
        return i, i + 2 + dated, date_token(int(day[1]), month, later if dated else "0")
    return i, i + 1, f"month:{month:02d}"


def _join(words: list[str], shown: list[str], quoted: list[bool], start: int, end: int, joined: str) -> None:
    words[start:end] = [joined]
    shown[start:end] = [shown[start]]
    quoted[start:end] = [quoted[start]]
