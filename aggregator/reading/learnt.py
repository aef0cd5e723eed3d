"""What only other releases teach: lines that a site repeats, paragraphs that a company repeats.

    passages(copy, filing)  what of this copy may be such a repetition: the store counts it
    unwanted(learnt, source)  the lines of the source that are cut before a text is taken apart
    retagged(copy, ...)  the copy with its issuer's learnt boilerplate tagged as such

Pure. The store decides what is repeated (`store/learning.py`); here is only where it may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aggregator.likeness import NEAR, mark, opening, resemblance, size, sketch
from aggregator.model import BODY_TYPES, Block, Copy, Filing, Learnt, Passages, Source
from aggregator.reading import dates
from aggregator.reading.tail import LONG
from aggregator.text import fold

OPENING_WORDS = 60
"""The first words of a text tell one release from another; members of a series share them."""

LEAST_OPENING = 5
"""A text of fewer different words teaches nothing."""

LEAST_WORDS, MOST_CHARACTERS, MOST_PARAGRAPHS = 15, 4000, 6
"""Different words that a boilerplate has at least, its length, and how many of a text are counted."""

BODY_LEFT = 30
"""Words of the body that are never taken for boilerplate."""

MOST_PAGES = 50
"""Percent of its source's pages on which a line has to stand that may as well be the issuer's own."""

_TEXT = BODY_TYPES | {"boilerplate"}
_HEAD = ("title", "kicker", "deck", "alt_text", "repeated_line")
_FOOT = ("paragraph", "heading", "repeated_line")


def passages(copy: Copy, filing: Filing) -> Passages:
    """What of a copy is counted over the releases of its source and of its issuer."""
    texts = [b for b in copy.blocks if b.type in _TEXT]
    begin = opening("\n".join(b.text for b in texts), OPENING_WORDS)
    if size(begin) < LEAST_OPENING:
        return Passages()
    names = tuple(fold(m.name) for m in filing.companies)
    lines = {mark(text): least for text, least in _lines(copy.blocks) if not _is_name(text, names)}
    found = [copy.blocks[i].text for i in _late(copy.blocks)][-MOST_PARAGRAPHS:] if filing.issuer else []
    told = {mark(text): words for text in found if size(words := sketch(text)) >= LEAST_WORDS}
    return Passages(tuple(sorted(lines.items())), tuple(sorted(told.items())), begin)


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """Lines above the text and below it, with the percentage of pages from which they are the site's.

    Sub-headings stand between paragraphs, contacts and datelines have types of their own: none of them
    is counted. A sentence above the headline is never the issuer's; other lines may be.
    """
    first = next((i for i, b in enumerate(blocks) if b.type in _TEXT), 0)
    for block in blocks[:first]:
        if block.type in _HEAD and block.rule != "title.declared" and _is_line(block.text):
            yield block.text, 0 if _is_sentence(block.text) else MOST_PAGES
    long = [i for i, b in enumerate(blocks) if b.type in BODY_TYPES and len(b.text) > LONG]
    last = long[-1] if long else len(blocks)
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        if (
            block.type in _FOOT
            and _is_line(block.text)
            and len(block.text.split()) >= 3
            and _stands_alone(blocks, index)
        ):
            yield block.text, MOST_PAGES


def _stands_alone(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line below the text is neither the speaker of a quotation nor the heading of something."""
    before, block, after = blocks[index - 1], blocks[index], blocks[index + 1 : index + 2]
    if before.type == "quote" or before.text.endswith(("“", "”", "«", '"')):
        return False
    return block.type != "heading" or not after or after[0].type not in BODY_TYPES


def _is_line(text: str) -> bool:
    return 3 < len(text) <= LONG and not text.endswith(":") and "@" not in text and "\n" not in text


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and len(text.split()) >= 3


def _is_name(text: str, names: Sequence[str]) -> bool:
    """Whether a line is nothing but a company's name, or the beginning of one."""
    return any(name.startswith(fold(text).strip(" :|.-–")) for name in names)


def _late(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the paragraphs of the second half, the lead never among them."""
    texts = [i for i, b in enumerate(blocks) if b.type in _TEXT]
    half, before, late = sum(len(blocks[i].text) for i in texts) / 2, 0, []
    for place, index in enumerate(texts):
        block = blocks[index]
        middle = before + len(block.text) / 2
        before += len(block.text)
        if (
            place
            and middle >= half
            and block.type in ("paragraph", "boilerplate")
            and len(block.text) <= MOST_CHARACTERS
        ):
            late.append(index)
    return late


def unwanted(learnt: Learnt, source: Source) -> frozenset[str]:
    """The folded lines that are left out of a text of this source."""
    return frozenset(line for line in learnt.lines if not is_kept(line, source))


def is_kept(text: str, source: Source) -> bool:
    """Whether the operator wants a line or paragraph, by its beginning, whatever repeats it."""
    return bool(source.keep) and fold(text).startswith(tuple(fold(k) for k in source.keep))


def retagged(copy: Copy, filing: Filing, learnt: Learnt, source: Source) -> Copy:
    """The copy with the learnt boilerplate of its issuers tagged; the same object where there is none.

    Read from the end, and only as far as it goes: text that is followed by the body is the body's.
    """
    known = [words for m in filing.issuers for words in learnt.boilerplates.get(m.id, ())]
    found = _boilerplate(copy.blocks, known, source) if known else []
    if not found:
        return copy
    blocks = list(copy.blocks)
    for index in found:
        blocks[index] = replace(blocks[index], type="boilerplate", rule="boilerplate.learnt")
    return replace(copy, blocks=tuple(blocks))


def _boilerplate(blocks: Sequence[Block], known: Sequence[bytes], source: Source) -> list[int]:
    late = set(_late(blocks))
    left = sum(len(b.text.split()) for b in blocks if b.type in BODY_TYPES)
    found: list[int] = []
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.type not in BODY_TYPES:
            continue
        words = sketch(block.text)
        if size(words) < LEAST_WORDS:
            if (
                found
                and block.type == "heading"
                and found[-1] == index + 1
                and not is_kept(block.text, source)
            ):
                found.append(index)  # a heading with nothing left below it
            continue
        left -= len(block.text.split())
        if (
            index not in late
            or not _is_known(block.text, words, known)
            or left < BODY_LEFT
            or is_kept(block.text, source)
        ):
            break
        found.append(index)
    return found


def _is_known(text: str, words: bytes, known: Sequence[bytes]) -> bool:
    """Whether a paragraph is a learnt one, or another version of it. With another day it is another
    announcement: who a company is does not change with the calendar."""
    likeness = max(resemblance(words, other) for other in known)
    return likeness == 1.0 or (likeness >= NEAR and dates.search(text, _ANY_STYLE, 0, len(text)) is None)


_ANY_STYLE = dates.Style(True, "Europe/Berlin", None)
