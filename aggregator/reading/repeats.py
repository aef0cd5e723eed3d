"""What a text says twice: mobile copies of a paragraph, pull quotes that repeat a sentence. Pure; tags only."""

from __future__ import annotations

from aggregator.reading.pieces import Piece, Work
from aggregator.reading.titles import squeezed

_FEWEST = 120
"""Letters of a paragraph whose second copy is none of a headline."""
_TOLD = 2_000
"""Letters by which a paragraph is known; of longer ones, with their length."""
_PULLED = 20
"""Letters of the shortest pull quote."""
_MOST = 300
"""Quotations that are looked for in all other paragraphs."""
_MARKS = "„“”\"»«‚‘’'"


def cut_repeats(work: Work) -> None:
    """Tag second copies, and quotations that stand in another paragraph as well."""
    prose = [
        p for p in work.pieces if p.type is None and p.kind in ("text", "quote") and len(p.text) >= _PULLED
    ]
    seen: dict[str, Piece] = {}
    for piece in prose:
        if len(piece.text) < _FEWEST or not work.page:
            continue
        key = squeezed(piece.text[:_TOLD])
        if len(piece.text) > _TOLD:
            key += f" {len(piece.text)}"
        if key in seen and not piece.level:
            piece.tag("repeated_line", "repeated.block")
        seen.setdefault(key, piece)
    _cut_pulled(work)


def _cut_pulled(work: Work) -> None:
    quotes = [i for i, p in enumerate(work.pieces) if p.type is None and _may_be_pulled(p)][:_MOST]
    if not quotes:
        return
    texts = {i: squeezed(p.text) for i, p in enumerate(work.pieces) if p.type is None and len(p.text) >= 80}
    for index in quotes:
        key = squeezed(work.pieces[index].text)
        if len(key) >= _PULLED and any(
            key in text for i, text in texts.items() if i != index and len(text) > len(key)
        ):
            work.pieces[index].tag("repeated_line", "repeated.pull_quote")
            _cut_beside(work, index)


def _may_be_pulled(piece: Piece) -> bool:
    if not _PULLED <= len(piece.text) <= 400 or piece.kind in ("list", "table"):
        return False
    return piece.kind == "quote" or piece.text[0] in _MARKS or piece.text[-1] in _MARKS


def _cut_beside(work: Work, index: int) -> None:
    """The lone quotation mark before a pull quote, and its speaker behind it."""
    before = work.pieces[index - 1] if index else None
    if before is not None and before.type is None and not any(c.isalnum() for c in before.text):
        before.tag("repeated_line", "repeated.pull_quote")
    behind = work.pieces[index + 1] if index + 1 < len(work.pieces) else None
    if behind is not None and behind.type is None and len(behind.text) <= 90 and behind.text[0] in "–—-":
        behind.tag("repeated_line", "repeated.pull_quote")
