"""Two copies word by word, for a person: how much of a text another one kept, and where the two differ. Pure.

For reading only: no verdict depends on it (those come from `compare`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from aggregator.matching.tokens import plain, split
from aggregator.model import BODY_TYPES, Copy

RUN = 3
"""Words in a row from which on they count as kept: single words come again in any text."""
LONGEST = 4000
"""Words of a passage that are compared one by one; longer ones are shown as gone and come."""
_PIECE = re.compile(r"\S+")
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both texts have, or only the first (``gone``) or the second (``come``)."""

    tag: Literal["same", "gone", "come"]
    text: str


def kept(text: Copy, other: Copy) -> float | None:
    """The share (0 to 1) of the words of a body that stand in another one, in runs of `RUN` words at least.

    None where there is nothing to compare: another language, or no words.
    """
    words = _words(text.body)
    if not words or text.language != other.language:
        return None
    theirs = _words(other.body)
    run = min(RUN, len(words))
    known = {tuple(theirs[i : i + run]) for i in range(len(theirs) - run + 1)}
    found: set[int] = set()
    for i in range(len(words) - run + 1):
        if tuple(words[i : i + run]) in known:
            found.update(range(i, i + run))
    return len(found) / len(words)


def same_title(text: Copy, other: Copy) -> bool:
    """Whether the headlines differ in punctuation and case at most."""
    return _words(text.title) == _words(other.title)


def difference(before: Copy, after: Copy) -> tuple[tuple[Piece, ...], ...]:
    """Headline, deck and body of two copies, paragraph by paragraph, each as its pieces in reading order.

    Punctuation, case and quotation marks are no difference. A paragraph without one is a single ``same`` piece.
    """
    one, two = _paragraphs(before), _paragraphs(after)
    mine, theirs = ([" ".join(_words(p)) for p in paragraphs] for paragraphs in (one, two))
    found: list[tuple[Piece, ...]] = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Piece("same", p),) for p in two[b:b_end]]
        else:
            found += _lines(_passage(_BREAK.join(one[a:a_end]), _BREAK.join(two[b:b_end])))
    return tuple(found)


def _words(text: str) -> list[str]:
    return split(plain(text).lower())


def _paragraphs(copy: Copy) -> list[str]:
    parts = [copy.title, copy.deck, *(b.text for b in copy.blocks if b.type in BODY_TYPES)]
    return [part.strip() for part in parts if part.strip()]


def _passage(old: str, new: str) -> Iterator[Piece]:
    one, two = _tokens(old), _tokens(new)
    if max(len(one), len(two)) > LONGEST:
        yield from (Piece("gone", old), Piece("come", new))
        return
    mine, theirs = ([" ".join(_words(token)) or token for token in tokens] for tokens in (one, two))
    for tag, a, a_end, b, b_end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", _joined(two[b:b_end]))
        else:
            if a < a_end:
                yield Piece("gone", _joined(one[a:a_end]))
            if b < b_end:
                yield Piece("come", _joined(two[b:b_end]))


def _tokens(text: str) -> list[str]:
    """The words of a passage, with its breaks between paragraphs as tokens of their own."""
    found: list[str] = []
    for n, paragraph in enumerate(text.split(_BREAK)):
        found += ([_BREAK] if n else []) + _PIECE.findall(paragraph)
    return found


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(tokens)


def _lines(pieces: Iterator[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces of a passage by paragraph: a new one begins where both texts, or the one that has it, break."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for n, part in enumerate(piece.text.split(_BREAK)):
            if n:
                lines.append([])
            if part.strip():
                lines[-1].append(Piece(piece.tag, " ".join(part.split())))
    return [tuple(line) for line in lines if line]
