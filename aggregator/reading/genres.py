"""What a document is: a release, another article, or one of the things that are refused. Pure.

A text of a folder, a feed or a mailbox was chosen by somebody and is a release unless it says otherwise;
a page out of the web has to show a sign of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aggregator.model import GENRES, Draft, Genre, Refusal, Source
from aggregator.reading.pieces import Material, Piece, Work

_ADDRESS = re.compile(
    r"press-?(?:e|releases?|mitteilung|meldung|information|room)|/pm/|/press/|newsroom|medienmitteilung"
    r"|news-?releases?|communique|comunicat|nota-de-prensa|persbericht|aussendung|blaulicht|ad-?hoc"
)
_SIGNS: tuple[tuple[str, str], ...] = (
    ("label", "genre.label"), ("boilerplate", "genre.boilerplate"),
    ("contact", "genre.contact"), ("end_mark", "genre.end_mark"), ("embargo", "genre.embargo"),
    ("source", "genre.source"),
)  # fmt: skip
"""Parts that only a press release has, the clearest first."""


def of(
    refused: Refusal | None, draft: Draft, source: Source, material: Material, work: Work
) -> tuple[Genre, str]:
    """The genre, and what said so."""
    if refused:
        return GENRES.get(refused.reason, "empty"), f"refused.{refused.reason}: {refused.detail}"
    if "editorial" in work.marks:
        return "article", "genre.editorial: an agency's own text"
    for type_, rule in _SIGNS:
        pieces = [p for p in work.pieces if p.type == type_]
        piece = next(_telling(pieces) if material.page else iter(pieces), None)
        if piece is not None:
            return "release", f"{rule}: {piece.text[:80]}"
    if not material.page:
        return "release", "genre.given: not a page of the web"
    dateline = next((p for p in work.pieces if p.type == "dateline"), None)
    signed = bool(material.author) or any(p.rule == "note.byline" for p in work.pieces)
    placed = work.dateline is not None and bool(work.dateline.place)
    if dateline is not None and (dateline.rule == "dateline.wire" or (placed and not signed)):
        return "release", f"genre.dateline: {dateline.text[:80]}"
    if any(t.lower() == "pressrelease" for t in material.types):
        return "release", "genre.type: PressRelease"
    if source.role in ("issuer", "wire"):
        return "release", f"genre.source_role: {source.role}"
    found = _ADDRESS.search(draft.url.lower())
    if found:
        return "release", f"genre.address: {found[0]}"
    return "article", "genre.none: no sign of a press release"


_ASKED = re.compile(r"\S@\S|\(at\)|(?<!\w)[+(]?\d{2,5}\)?[ ./-]+\(?\d{1,4}\)?[ ./-]?\d{2,}")
"""An e-mail address or a telephone number; an address of the web is nobody who may be asked."""
_RULE = re.compile(r"[-_=\s]+")


def _telling(pieces: list[Piece]) -> Iterator[Piece]:
    """Those of one type that are a sign on a page of the web, where anybody may be asked and lines may be drawn."""
    if pieces and pieces[0].type == "contact":
        return iter(pieces if any(_ASKED.search(p.text) for p in pieces) else ())
    return (p for p in pieces if p.rule != "boilerplate.after_contact" and not _RULE.fullmatch(p.text))
