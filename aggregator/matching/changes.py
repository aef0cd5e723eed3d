"""What changed between two versions of one text, word by word, as a reader would say it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from aggregator.matching.tokens import plain, split
from aggregator.model import Copy

LIMIT = 10
_LONGEST = 80
_PIECE = re.compile(r"\S+")
_EDGES = re.compile(r"^[\s\"'„“”‚‘’»«()\[\]]+|[\s\"'„“”‚‘’»«()\[\].,;:!?…]+$")


def changes(before: Copy, after: Copy) -> tuple[str, ...]:
    """At most ten differences in words: ``„11.352“ → „11.325“``, ``+ „…“``, ``− „…“``.

    Punctuation, quotation marks, case and spaces are no difference. Numbers come first, because
    they are what a correction is about.
    """
    found: list[tuple[bool, str]] = []
    for old, new in zip(_parts(before), _parts(after), strict=True):
        found += _differences(old, new)
    numbers_first = sorted(found, key=lambda item: not item[0])
    return tuple(dict.fromkeys(text for _, text in numbers_first))[:LIMIT]


def significant(before: Copy, after: Copy) -> bool:
    """Whether a reader would notice: more than spaces, punctuation, case, quotation marks and dashes."""
    return any(_keys(old) != _keys(new) for old, new in zip(_parts(before), _parts(after), strict=True))


def _parts(copy: Copy) -> tuple[str, str, str]:
    return copy.title, copy.deck, copy.body


def _keys(text: str) -> list[str]:
    return split(plain(text).lower())


def _differences(old: str, new: str) -> list[tuple[bool, str]]:
    one, two = _PIECE.findall(old), _PIECE.findall(new)
    one_keys, two_keys = [" ".join(_keys(w)) for w in one], [" ".join(_keys(w)) for w in two]
    if one_keys == two_keys:
        return []
    found = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, one_keys, two_keys, autojunk=False).get_opcodes():
        if tag != "equal" and any(one_keys[a:a_end]) | any(two_keys[b:b_end]):
            gone, come = _shown(one[a:a_end]), _shown(two[b:b_end])
            numeric = any(c.isdigit() for c in gone + come)
            found.append((numeric, _say(gone, come)))
    return found


def _shown(words: list[str]) -> str:
    text = _EDGES.sub("", " ".join(words))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _say(gone: str, come: str) -> str:
    if gone and come:
        return f"„{gone}“ → „{come}“"
    return f"− „{gone}“" if gone else f"+ „{come}“"
