"""Cleaning in two steps, because one line at a time costs more than all the rest of reading.

`whole` once for a text makes every character legal and composed; after that `one_line` only has to fold
spaces. Markup can bring new characters in by reference (``&shy;``, ``&#8238;``): a cheap look finds them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from aggregator import text as texts

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)

SENTENCES = re.compile(
    r"(?<=\w{4}[.!?])(?<!Prof\.)\s+(?=[(„“»\"\d]?\s?(?:[^\W\d_a-z]|\d)[^.!?]*\s\S+\s\S+\s)"
)
"""Between two sentences of a paragraph: no abbreviation before, four words behind."""


@lru_cache(maxsize=1)
def suspicious(text: str) -> bool:
    """Whether a text holds a character that `whole` would look at; the last answer is remembered."""
    # What is printable is legal and visible, and asking is ten times as fast.
    if "\ufffd" not in text and text.replace("\n", " ").replace("\t", " ").isprintable():
        return False
    return _SUSPECT.search(text) is not None


def whole(text: str) -> str:
    """A text of legal characters in composed form, line ends as ``\\n``."""
    if suspicious(text):
        text = texts.scrub(text)
    return (
        text
        if text.isascii() or unicodedata.is_normalized("NFC", text)
        else unicodedata.normalize("NFC", text)
    )


def single(text: str) -> str:
    """Single spaces, no line breaks, for a text that `whole` has seen and that holds no references."""
    if "  " not in text and text.isprintable():
        return text.strip(" ")  # the only space that is printable
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Single spaces, no line breaks; as `text.one_line`, for a text that `whole` has seen."""
    if "  " not in text and text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    text = " ".join(text.split())
    return texts.one_line(text) if _SUSPECT.search(text) else text
