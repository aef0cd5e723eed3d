"""Behind the head: body, boilerplates, contacts, disclaimers, source line, captions, and what is cut.

A walk over the pieces with one state: the section that the last accepted marker opened. A marker is
accepted by where it stands and what follows it, so that words which also open sentences ("Über 100.000
Mitarbeiter", "Kontakt zu Kunden") stay text. Pure; tags only.
"""

from __future__ import annotations

import re
from itertools import islice

from aggregator.model import BODY_TYPES
from aggregator.reading import dates, names
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work

_ALONE = re.compile(r"[\W_]*$")
REACHABLE = re.compile(
    r"@|https?://|www\.|\b(?:tel|telefon|phone|fax|mobil|mobile|e-?mail|t|m|f)\b\s*[.:]"
    r"|\+\d{1,3}[\s(./-]*\d|\(0\)|\b0\d{2,5}\s?[/-]\s?\d{3}",
    re.I,
)

_STUFF = ("paragraph", "list", "quote", "table")


def read_sections(work: Work) -> None:
    """Tag every piece behind the head."""
    _source_line(work)
    section = ""
    for index, piece in enumerate(work.pieces):
        if piece.type is not None:
            section = "" if piece.type == "source" else section
            continue
        opened = _opens(work, index, section)
        if opened is not None:
            section = opened
        elif _continues(work, index, section):
            section = "portal" if piece.rule == "note.wire" and section == "boilerplate" else section
            section = "contact" if piece.rule == "contact.reachable" else section
        else:
            section = ""
            _body(work, index)
            work.has_body = work.has_body or piece.type in _STUFF
    _last_line(work)


# ------------------------------------------------------------------------------------ what opens a section


def _opens(work: Work, index: int, section: str) -> str | None:
    """Tag a piece whose marker holds, and return the section that goes on; None where it does not."""
    piece = work.pieces[index]
    match piece.mark:
        case "":
            return None
        case "about":
            return _about(work, index, section)
        case "profile":
            return _profile(work, index)
        case "contact":
            return _contact(piece)
        case "disclaimer":
            return _disclaimer(piece, section)
        case "end":
            return _end(piece)
        case "caption":
            return _caption(piece, section)
        case "note" | "translation" | "machine" | "regulated":
            return _note(work, piece, section)
        case "keywords":
            return _keywords(work, piece, section)
        case "master":
            return _master(work, index, section)
        case "date_label" | "updated_label":
            return _late_date(work, piece, section)
        case "declared":
            return section if _declared(work, piece) else None
    return None


def _about(work: Work, index: int, section: str) -> str | None:
    """``Über X``: a boilerplate where a name follows, late in the text or with the name once more."""
    piece = work.pieces[index]
    following = next((p for p in work.pieces[index + 1 : index + 3] if p.type is None), None)
    head = names.head(piece.text[piece.end :], work.markers.articles, following.text if following else "")
    if head is None:
        return None
    late = piece.at >= (0.35 if head.certain else 0.6) or section in ("boilerplate", "contact", "after_end")
    if not late or not work.has_body or _is_of_the_matter(work, index):
        return None
    if head.name:
        work.names.append(head.name)
    piece.tag("boilerplate", "boilerplate.glued_heading" if head.glued else "boilerplate.heading")
    return "boilerplate"


_ABOUTS = 12
"""Sections that are looked at ahead; a page that repeats the word must not cost the square of it."""


def _is_of_the_matter(work: Work, index: int) -> bool:
    """``About the study`` before ``About Acme``: a section of the text, where a company's own follows."""
    later = range(index + 1, len(work.pieces))
    marks = list(islice((i for i in later if work.pieces[i].mark == "about" and work.pieces[i].type is None), _ABOUTS))
    if not marks or _tells_of_company(work, index, marks[0]):
        return False
    ends = [*marks[1:], len(work.pieces)]
    return any(_tells_of_company(work, i, end) for i, end in zip(marks, ends, strict=True))


def _tells_of_company(work: Work, index: int, end: int) -> bool:
    text = " ".join(p.text for p in work.pieces[index : min(end, index + 4)])
    return names.profiled(text)


_BACKGROUND = ("hintergrund", "background", "contexte", "contesto", "antecedentes", "achtergrond")

_NAMED = 100
"""Pieces of the beginning in which a company has to be named before it is described."""


def _profile(work: Work, index: int) -> str | None:
    """``Unternehmensprofil``; a "background" only where it tells of a company and not of the matter."""
    piece = work.pieces[index]
    alone = bool(_ALONE.match(piece.text, piece.end))
    labelled = piece.text[piece.end :].lstrip().startswith(":")
    if piece.at < 0.4 or not (alone or labelled):
        return None
    if piece.low.lstrip().startswith(_BACKGROUND):
        told = piece.rest or next((p.text for p in work.pieces[index + 1 : index + 2]), "")
        if not names.subject(told, "\n".join(p.text for p in work.pieces[: min(index, _NAMED)])):
            return None
    piece.tag("boilerplate", "boilerplate.profile")
    return "boilerplate"


def _contact(piece: Piece) -> str | None:
    """A contact's heading; a sentence that begins so must carry an address or a number."""
    rest = piece.text[piece.end :].strip(" :")
    heading = not rest or (piece.text[piece.end :].lstrip().startswith(":") and len(rest) <= 160)
    heading = heading or (piece.text.endswith(":") and len(piece.text) <= 90)
    if not heading and not (REACHABLE.search(rest) and len(piece.text) <= 600):
        return None
    if piece.kind == "text" and piece.at < 0.3 and not rest and not piece.text.endswith(":"):
        # "Kontakt" alone near the top is a menu's word; harmless as a section of its own.
        piece.tag("contact", "contact.heading")
        return ""
    sentence = not heading and piece.sentence
    piece.tag("contact", "contact.sentence" if sentence else "contact.heading")
    return "" if sentence else "contact"


def _disclaimer(piece: Piece, section: str) -> str | None:
    alone = bool(_ALONE.match(piece.text, piece.end)) or len(piece.text) <= 100
    if piece.at < 0.45 or (alone and piece.sentence and piece.kind == "text" and len(piece.text) < 60):
        return None
    piece.tag("disclaimer", "disclaimer.heading" if alone else "disclaimer.sentence")
    return "disclaimer" if alone else section


def _end(piece: Piece) -> str | None:
    if piece.at < 0.5 or len(piece.text) > 80:
        return None
    piece.tag("end_mark", "end_mark.words")
    return "after_end"


def _caption(piece: Piece, section: str) -> str | None:
    if piece.kind in ("list", "table") or len(piece.text) > 600:
        return None
    piece.tag("caption", "caption.label")
    return section


def _note(work: Work, piece: Piece, section: str) -> str | None:
    if piece.mark in ("translation", "machine"):
        work.marks.append("translation" if piece.mark == "translation" else "machine_translation")
        piece.tag("note", "mark.translation")
        return section
    if piece.mark == "regulated":
        if len(piece.text) > 200:
            return None
        piece.tag("label", "label.regulated")
        return section
    if len(piece.text) > 500:
        return None
    piece.tag("note", "note.newsroom")
    return "note" if _ALONE.match(piece.text, piece.end) else section


def _keywords(work: Work, piece: Piece, section: str) -> str | None:
    if len(piece.text) > 500:
        return None
    work.keywords += [k.strip(" #.") for k in re.split(r"[,;|•·/\n]", piece.rest) if k.strip(" #.")]
    piece.tag("keywords", "keywords.label")
    return section


def _late_date(work: Work, piece: Piece, section: str) -> str | None:
    """A labelled date behind the text is one all the same."""
    rest = piece.text[piece.end :].lstrip(" :–—-|,.")
    found = dates.match(rest, work.style) if len(piece.text) < 100 else None
    if found is None or len(rest) - found.end > 20:
        return None
    if piece.mark == "updated_label":
        work.updated = work.updated or found
        piece.tag("date", "date.updated")
    else:
        work.date(found, "label", piece.line)
        piece.tag("date", "date.label")
    return section


def _declared(work: Work, piece: Piece) -> bool:
    """``Original-Content von: X, übermittelt durch news aktuell``: the wire names its customer."""
    name = re.split(r",?\s+(?:übermittelt|transmitted|provided|distributed)\b", piece.rest)[0].strip(" .,")
    if name and "originaltext" not in piece.low[: piece.end]:
        work.issuer, work.issuer_rank = name, 2
        piece.tag("source", "source.original_content")
    else:
        piece.tag("note", "note.wire")
    return True


# ------------------------------------------------------------------------------- master data of securities


def _master(work: Work, index: int, section: str) -> str | None:
    """A block of ``Unternehmen:``, ``ISIN:``, ``Sprache:`` rows, as regulated announcements end with."""
    piece, rows = work.pieces[index], work.pieces[index : index + 12]
    hits = sum(bool(work.markers.master.match(p.low)) for p in rows)
    opens = hits >= 3 and piece.at >= 0.4 and bool(work.markers.master.match(piece.low))
    if section != "master" and not opens:
        return None
    piece.tag("note", "note.master_data")
    _master_issuer(work, piece.text)
    return "master"


_MASTER_ISSUER = re.compile(
    r"(?:Unternehmen|Company|Emittent|Issuer|Société|Società|Empresa)\s*[:\t]\s*(.{2,100})"
)


def _master_issuer(work: Work, text: str) -> None:
    hit = _MASTER_ISSUER.match(text)
    if hit and work.issuer_rank < 2:
        work.issuer, work.issuer_rank = hit[1].strip().split("\n")[0], 2


# --------------------------------------------------------------------------------- what goes on in a section


def _continues(work: Work, index: int, section: str) -> bool:
    piece = work.pieces[index]
    if lexicon().end_mark.match(piece.low):
        piece.tag("end_mark", "end_mark.sign")
        return True
    if piece.at > 0.4 and len(piece.text) < 400 and lexicon().wire_note.search(piece.low):
        piece.tag("note", "note.wire")
        return True
    if piece.kind == "table" and section in ("boilerplate", "disclaimer"):
        _resume(work, index)
        return False
    match section:
        case "boilerplate" if _reaches(work, index):
            piece.tag("contact", "contact.reachable")
        case "boilerplate":
            piece.tag("boilerplate", "boilerplate.continued")
        case "portal":
            piece.tag("chrome", "chrome.portal")
        case "disclaimer":
            piece.tag("disclaimer", "disclaimer.continued")
        case "master":
            if len(piece.text) > 200 and piece.kind == "text":
                return False
            _master_issuer(work, piece.text)
            piece.tag("note", "note.master_data")
        case "contact":
            return _in_contact(work, index)
        case "note" if not piece.gap and len(piece.text) < 300:
            piece.tag("note", "note.continued")
        case "after_end":
            long = len(piece.text) > 120
            piece.tag(
                "boilerplate" if long else "contact", "boilerplate.after_end" if long else "contact.after_end"
            )
        case _:
            return False
    return True


def _reaches(work: Work, index: int) -> bool:
    """Whether a short line says how to reach somebody; the names right above it belong to it."""
    piece = work.pieces[index]
    if len(piece.text) > 120 or piece.sentence or not REACHABLE.search(piece.text):
        return False
    for above in reversed(work.pieces[max(0, index - 3) : index]):
        if above.rule != "boilerplate.continued" or above.sentence or len(above.text) > 70:
            break
        above.tag("contact", "contact.continued")
    return True


def _resume(work: Work, index: int) -> None:
    """The figures behind a disclaimer are the release's, and so are the lines right above them."""
    for piece in reversed(work.pieces[max(0, index - 4) : index]):
        if piece.rule not in ("disclaimer.continued", "boilerplate.continued") or piece.sentence or len(piece.text) > 120:
            break
        piece.tag("heading", "body.above_table")


def _in_contact(work: Work, index: int) -> bool:
    """Names, addresses and numbers go on; prose of a whole paragraph does not."""
    piece = work.pieces[index]
    if dates.match_line(piece.text, work.style):
        return False
    reachable = bool(REACHABLE.search(piece.text))
    short = len(piece.text) <= 120 and not (piece.sentence and len(piece.text) > 60)
    if (reachable and len(piece.text) <= 500) or short:
        if piece.at < 0.3 and piece.gap and not reachable:
            return False
        piece.tag("contact", "contact.continued")
        return True
    last = all(p.type is not None or len(p.text) < 200 for p in work.pieces[index + 3 : index + 40])
    if piece.at >= 0.6 and last and len(piece.text) > 120:
        piece.tag("boilerplate", "boilerplate.after_contact")
        return True
    return False


# --------------------------------------------------------------------------------------------- the body


def _body(work: Work, index: int) -> None:
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
    elif _hashtags(text):
        work.keywords += [w.lstrip("#") for w in text.split()]
        piece.tag("keywords", "keywords.hashtags")
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


def _hashtags(text: str) -> bool:
    if not text.startswith("#"):
        return False
    parts = text.split()
    return len(parts) >= 2 and all(p.startswith("#") and len(p) > 1 for p in parts)


def _is_heading(work: Work, index: int) -> bool:
    piece = work.pieces[index]
    if piece.kind == "heading":
        return True
    if len(piece.text) > 100 or piece.sentence or piece.text.endswith((":", ",", ";")):
        return False
    following = next((p for p in work.pieces[index + 1 : index + 8] if p.type is None), None)
    if following is None or following.mark in ("contact", "profile", "source", "about"):
        return False
    leads = len(following.text) > 120 or following.kind in ("list", "table")
    return (leads and piece.text[:1].isupper()) or piece.bold


_QUOTED = re.compile(r"[„“\"»«”].{40,}[“”\"«»]", re.DOTALL)


def _is_quote(text: str) -> bool:
    """A paragraph that opens with a quotation which fills most of it."""
    if text[0] not in '„“"»«':
        return False
    hit = _QUOTED.match(text)
    return bool(hit) and hit is not None and hit.end() >= 0.6 * len(text)


def _last_line(work: Work) -> None:
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


# ------------------------------------------------------------------------------------------ source line


def _source_line(work: Work) -> None:
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
