"""What is no prose at all: code, raw bytes as text, a wrong charset, filler, bare menus and widgets. Pure.

Told by what the characters are, not by what the words say, in any language; only filler is known by its
words. A release's tables, addresses and headlines pass: each rule asks for most of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aggregator.model import Refusal

_URL = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|(?<![^\s@])[^\s@]{1,64}@\S{1,255}|</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,400})?>"
)
"""Addresses and markup that a plain text shows; bounded, since a text may be one word of a million letters."""
_SIGNS = re.compile(r"[{}\[\]<>=;\\|_]")
_BLOB = re.compile(r"[A-Za-z0-9+/=_-]{60,}")
_WRONG = re.compile("[ÐÑÃÂ][\x80-\xbf\u2018-\u2022\u20ac\u2122]|[ÐÑ][^\\s\\w]|[ÐÑ][±-¿]|â€.")
_SENTENCE = re.compile(r"[\w)\"”“»%][.!?…。]")
_SHORT = 1500
_LINE = 40
"""Letters up to which a line can be an entry of a menu or a reading of a widget."""
_ENTRIES = 5


def of_shape(texts: Sequence[str], *, headed: bool) -> Refusal | None:
    """Refuse what is no prose. `headed` says whether a list or feed gave it a headline of its own."""
    whole = _URL.sub(" ", "\n".join(texts))
    solid = len(whole) - whole.count(" ") - whole.count("\n")
    if not solid:
        return None
    blobs = sum(map(len, _BLOB.findall(whole)))
    if blobs >= 0.5 * solid:
        return Refusal("binary", "most of it is one run of letters and digits")
    signs = len(_SIGNS.findall(whole))
    if signs >= 4 and signs >= 0.035 * solid:
        return Refusal("binary", f"{signs} of {solid} characters are signs of code or data")
    wrong = len(_WRONG.findall(whole))
    if wrong >= 10 and wrong >= 0.15 * solid:
        return Refusal("binary", f"{wrong} pairs of letters are those of a wrong charset")
    return None if headed or solid > _SHORT else _no_sentence(whole)


def _no_sentence(whole: str) -> Refusal | None:
    """A short text of nothing but short lines, or of names in a row, and without a sentence."""
    lines = [line.strip() for line in whole.split("\n") if line.strip()]
    if len(lines) >= _ENTRIES and all(len(line) <= _LINE and not _ends(line) for line in lines):
        return Refusal("no_text", f"{len(lines)} short lines and no sentence")
    words = whole.split()
    capitals = sum(word[0].isupper() for word in words)
    if len(words) >= 12 and capitals >= 0.85 * len(words) and not _SENTENCE.search(whole):
        return Refusal("no_text", f"{len(words)} words in a row and no sentence")
    return None


def _ends(line: str) -> bool:
    """Whether a line holds a sentence: a full stop, but not that of a number or an abbreviation alone."""
    return line.count(" ") >= 3 and line.endswith((".", "!", "?", "…", "。"))
