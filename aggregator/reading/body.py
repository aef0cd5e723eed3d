"""What stands in no section: paragraphs, headings, quotations, lists, tables, captions. Pure; tags only."""

from __future__ import annotations

import re

from aggregator.model import BODY_TYPES
from aggregator.reading import names
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work


def read_body(work: Work, index: int) -> None:
    """Tag a piece that belongs to no section."""
    piece = work.pieces[index]
    text = piece.text
    if piece.kind == "caption":
        piece.tag("caption", "caption.figure")
    elif piece.kind in ("list", "table", "quote") and not is_caption(piece):
        if piece.links > 0.8 and piece.kind == "list" and text.count("\n") >= 2:
            piece.tag("chrome", "chrome.link_list")
        else:
            piece.tag(piece.kind, f"body.{piece.kind}")
    elif _credited(piece.low):
        piece.tag("caption", "caption.credit")
    elif hashtags(text):
        take_hashtags(work, piece)
    elif _is_name_heading(work, index):
        work.names.append(names.tidy(text))
        piece.tag("boilerplate", "boilerplate.name_heading")
        work.pieces[index + 1].tag("boilerplate", "boilerplate.continued")
    elif _is_heading(work, index):
        piece.tag("heading", "body.heading" if piece.kind == "heading" else "body.short_line")
    elif _is_quote(text):
        piece.tag("quote", "body.quotation")
    else:
        piece.tag("paragraph", "body.paragraph")


def _is_name_heading(work: Work, index: int) -> bool:
    """A company's name alone, late, and a last paragraph that begins with the same name."""
    piece = work.pieces[index]
    if piece.at < 0.6 or not work.has_body or index + 1 >= len(work.pieces) or piece.sentence:
        return False
    following = work.pieces[index + 1]
    if following.type is not None or following.mark or not following.sentence:
        return False
    last = all(p.type is not None or p.mark or len(p.text) < 120 for p in work.pieces[index + 2 : index + 12])
    return last and names.repeats(piece.text, following.text, work.markers.articles)


def is_caption(piece: Piece) -> bool:
    """A `figcaption`; or a credit at the end, or "(v. l.)" inside, of a text of a caption's length."""
    return piece.kind == "caption" or (piece.kind in ("text", "quote") and _credited(piece.low))


def _credited(low: str) -> bool:
    if len(low) > 600:
        return False
    # Cheap looks first: these patterns may begin anywhere.
    if len(low) <= 400 and ("(" in low or "v. l" in low or "v.l" in low) and lexicon().positions.search(low):
        return True
    ending = low[-160:]
    signed = ending.rstrip(" .").endswith((")", "]")) or any(sign in ending for sign in (":", "©", "(c)"))
    return signed and bool(lexicon().credit.search(ending))


def hashtags(text: str) -> bool:
    """Whether a line holds nothing but hashtags, two of them or more."""
    if not text.startswith("#"):
        return False
    parts = text.split()
    return len(parts) >= 2 and all(p.startswith("#") and len(p) > 1 for p in parts)


def take_hashtags(work: Work, piece: Piece) -> None:
    """Hashtags are keywords."""
    work.keywords += [w.lstrip("#") for w in piece.text.split()]
    piece.tag("keywords", "keywords.hashtags")


ORDINAL = re.compile(r"\d{1,2}(?:[.)]|(?:\.\d{1,2})+[.)]?)\s+(?=[^\W\d_])")


def _is_heading(work: Work, index: int) -> bool:
    piece = work.pieces[index]
    if piece.kind == "heading":
        return True
    if len(piece.text) > 100 or piece.sentence or piece.text.endswith((":", ",", ";")):
        return False
    following = next((p for p in work.pieces[index + 1 : index + 8] if p.type is None), None)
    if following is None or following.mark in ("contact", "profile", "source", "about"):
        return False
    size = len(following.text)
    leads = size > 120 or following.kind in ("list", "table") or (size > 60 and following.sentence)
    ordinal = ORDINAL.match(piece.text)
    capital = piece.text[ordinal.end() if ordinal else 0 :][:1].isupper()
    # "2. Grund der Mitteilung" needs no long text below it, but is none of a row of numbered lines.
    numbered = ordinal is not None and not ORDINAL.match(following.text)
    leads = leads or (numbered and (following.sentence or not following.gap))
    return (capital and leads) or piece.bold


_QUOTED = re.compile(r"[„“\"»«”].{40,}[“”\"«»]", re.DOTALL)


def _is_quote(text: str) -> bool:
    """A paragraph that opens with a quotation which fills most of it."""
    if text[0] not in '„“"»«':
        return False
    hit = _QUOTED.match(text)
    return bool(hit) and hit is not None and hit.end() >= 0.6 * len(text)


def read_last_line(work: Work) -> None:
    """A lone short sentence at the body's end reads like the caption of an image: kept, and noted."""
    body = [p for p in work.pieces if p.type in BODY_TYPES]
    if len(body) < 3 or body[-1].type != "paragraph" or body[-1] is body[0]:
        return
    last, others = body[-1], sorted(len(p.text) for p in body[:-1])
    if (
        len(last.text) <= 160
        and last.text.count(". ") == 0
        and others[len(others) // 2] >= 2.5 * len(last.text)
    ):
        last.rule = "body.maybe_caption"
