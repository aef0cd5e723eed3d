"""Who issues: the source line, the customer that a wire names, the master data of securities.

The rank of an issuer (`Work.issuer_rank`): 2 where a wire or the master data names it, 1 from a source line. Pure.
"""

from __future__ import annotations

import re

from aggregator.reading import names
from aggregator.reading.pieces import Piece, Work


def read_source_line(work: Work) -> None:
    """The last line that names where the text comes from: near the end, an organisation, no data source."""
    found = work.issuer_rank > 1
    for index in range(len(work.pieces) - 1, work.body_from - 1, -1):
        piece = work.pieces[index]
        if piece.type is not None or piece.mark != "source" or not _names_source(piece):
            continue
        under_table = index > 0 and work.pieces[index - 1].kind == "table"
        early = piece.at < 0.5 and len(work.pieces) - index > 4
        if found or under_table or early or not names.organisation(piece.rest):
            piece.tag("caption", "caption.data_source")
            continue
        piece.tag("source", "source.line")
        work.issuer, work.issuer_rank, found = names.issuer(piece.rest), 1, True


def _names_source(piece: Piece) -> bool:
    """``Quelle: X``; without the colon only ``SOURCE X``, as PR Newswire ends."""
    rest = piece.text[piece.end :].lstrip()
    if not rest or len(piece.text) > 140:
        return False
    return rest.startswith(":") or piece.text[: piece.end].strip().isupper()


def customer(work: Work, piece: Piece) -> bool:
    """``Original-Content von: X, übermittelt durch news aktuell``: the wire names its customer."""
    name = re.split(r",?\s+(?:übermittelt|transmitted|provided|distributed)\b", piece.rest)[0].strip(" .,")
    if name and "originaltext" not in piece.low[: piece.end]:
        work.issuer, work.issuer_rank = name, 2
        piece.tag("source", "source.original_content")
    else:
        piece.tag("note", "note.wire")
    return True


def master_data(work: Work, index: int, section: str) -> str | None:
    """A block of ``Unternehmen:``, ``ISIN:``, ``Sprache:`` rows, as regulated announcements end with."""
    piece, rows = work.pieces[index], work.pieces[index : index + 12]
    hits = sum(bool(work.markers.master.match(row)) for p in rows for row in p.low.split("\n"))
    opens = hits >= 3 and piece.at >= 0.4 and bool(work.markers.master.match(piece.low))
    # The e-mail row of a contact that stands before the block is still the contact's.
    opens = opens and not (section == "contact" and "@" in piece.text)
    if not opens and section not in ("master", "after_end"):
        return None
    piece.tag("note", "note.master_data")
    issuer_of_rows(work, piece.text)
    return "master"


_ROW = re.compile(
    r"^(?:Unternehmen|Company|Emittent|Issuer|Société|Società|Empresa)\s*[:\t]\s*(.{2,100})", re.M
)


def issuer_of_rows(work: Work, text: str) -> None:
    hit = _ROW.search(text)
    if hit and work.issuer_rank < 2:
        work.issuer, work.issuer_rank = hit[1].strip().split("\n")[0], 2
