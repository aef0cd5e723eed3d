"""Behind the head: boilerplates, contacts, disclaimers, source line, captions, and what is cut.

A walk over the pieces with one state: the section that the last accepted marker opened. A marker is
accepted by where it stands and what follows it, so that words which also open sentences ("Über 100.000
Mitarbeiter", "Kontakt zu Kunden") stay text. Pure; tags only.
"""

from __future__ import annotations

import re
from itertools import islice

from aggregator.reading import body, dates, imprint, names, profiles, wires
from aggregator.reading.markers import lexicon
from aggregator.reading.pieces import Piece, Work

_ALONE = re.compile(r"[\W_]*$")
REACHABLE = re.compile(
    r"@|https?://|www\.|\b(?:tel|telefon|phone|fax|mobil|mobile|e-?mail)\b\s*[.:]|(?<![.\w])[tmf]\s*[.:]"
    r"|\+\d{1,3}[\s(./-]*\d|\(0\)|\b0\d{2,5}\s?[/-]\s?\d{3}",
    re.I,
)

_STUFF = ("paragraph", "list", "quote", "table")


def read_sections(work: Work) -> None:
    """Tag every piece behind the head."""
    imprint.read_source_line(work)
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
            body.read_body(work, index)
            work.has_body = work.has_body or piece.type in _STUFF
    body.read_last_line(work)


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
            return _contact(work, index)
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
            return imprint.master_data(work, index, section)
        case "date_label" | "updated_label":
            return _late_date(work, piece, section)
        case "declared":
            return section if imprint.customer(work, piece) else None
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
    marks = list(
        islice((i for i in later if work.pieces[i].mark == "about" and work.pieces[i].type is None), _ABOUTS)
    )
    if not marks or _tells_of_company(work, index, marks[0]):
        return False
    ends = [*marks[1:], len(work.pieces)]
    return any(_tells_of_company(work, i, end) for i, end in zip(marks, ends, strict=True))


def _tells_of_company(work: Work, index: int, end: int) -> bool:
    text = " ".join(p.text for p in work.pieces[index : min(end, index + 4)])
    return profiles.tells_of_company(text)


_OF_ANYTHING = ("die ", "hintergrund", "background", "contexte", "contesto", "antecedentes", "achtergrond")

_NAMED = 100
"""Pieces of the beginning in which a company has to be named before it is described."""


def _profile(work: Work, index: int) -> str | None:
    """``Unternehmensprofil``; "background" and "at a glance" only where they tell of a company and not of the matter."""
    piece = work.pieces[index]
    alone = bool(_ALONE.match(piece.text, piece.end))
    labelled = piece.text[piece.end :].lstrip().startswith(":")
    if piece.at < 0.4 or not (alone or labelled):
        return None
    if piece.low.lstrip().startswith(_OF_ANYTHING):
        told = piece.rest or next((p.text for p in work.pieces[index + 1 : index + 2]), "")
        if not profiles.facts(told, "\n".join(p.text for p in work.pieces[: min(index, _NAMED)])):
            return None
    piece.tag("boilerplate", "boilerplate.profile")
    return "boilerplate"


def _contact(work: Work, index: int) -> str | None:
    """A contact's heading; a sentence that begins so must carry an address or a number."""
    piece = work.pieces[index]
    rest = piece.text[piece.end :].strip(" :")
    heading = not rest or (piece.text[piece.end :].lstrip().startswith(":") and len(rest) <= 160)
    heading = heading or (piece.text.endswith(":") and len(piece.text) <= 90)
    heading = heading or _heads_addresses(work, index)
    if not heading and not (REACHABLE.search(rest) and len(piece.text) <= 600):
        return None
    if heading and not rest and _is_told_below(work, index):
        return None
    if piece.kind == "text" and piece.at < 0.3 and not rest and not piece.text.endswith(":"):
        # "Kontakt" alone near the top is a menu's word; harmless as a section of its own.
        piece.tag("contact", "contact.heading")
        return ""
    sentence = not heading and piece.sentence
    piece.tag("contact", "contact.sentence" if sentence else "contact.heading")
    return "" if sentence else "contact"


def _is_told_below(work: Work, index: int) -> bool:
    """``Weitere Informationen`` over a paragraph of the text: prose, and nobody to reach close below."""
    below = work.pieces[index + 1 : index + 4]
    prose = bool(below) and below[0].sentence and below[0].kind == "text" and len(below[0].text) > _TOLD
    return prose and not any(REACHABLE.search(p.text) for p in below)


_TOLD = 120
"""Letters of a paragraph that gives no name to ask for."""


def _heads_addresses(work: Work, index: int) -> bool:
    """``Pressekontakt Deutschland``: short, no sentence, and an address or a number close below it."""
    piece, below = work.pieces[index], work.pieces[index + 1 : index + 4]
    short = len(piece.text) <= 70 and not piece.sentence and piece.at >= 0.5
    return short and any(len(p.text) <= 120 and REACHABLE.search(p.text) for p in below)


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


# --------------------------------------------------------------------------------- what goes on in a section


def _continues(work: Work, index: int, section: str) -> bool:
    piece = work.pieces[index]
    if _tells_itself(work, piece, section):
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
            imprint.issuer_of_rows(work, piece.text)
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
        if (
            piece.rule not in ("disclaimer.continued", "boilerplate.continued")
            or piece.sentence
            or len(piece.text) > 120
        ):
            break
        piece.tag("heading", "body.above_table")


_ADDRESS = re.compile(
    r"(?:(?:\b(?:tel|telefon|phone|fax|mobil|mobile|e-?mail|web|t|m|f|e|w)\b\.?)?[:\s|/,;·•]*"
    r"(?:[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)\S+|\+?[\d\s()/-]{6,24}))+[\s.]*$",
    re.I,
)


def _tells_itself(work: Work, piece: Piece, section: str) -> bool:
    """End marks, a wire's lines, hashtags and lone addresses are what they are in every section."""
    if lexicon().end_mark.match(piece.low):
        piece.tag("end_mark", "end_mark.sign")
    elif piece.at > 0.4 and len(piece.text) < 400 and lexicon().is_wire_note(piece.low):
        piece.tag("note", "note.wire")
    elif section and body.hashtags(piece.text):
        body.take_hashtags(work, piece)
    elif (
        section == "boilerplate"
        and "@" in piece.text
        and len(piece.text) < 120
        and _ADDRESS.match(piece.text)
    ):
        piece.tag("contact", "contact.address")
    else:
        return wires.foot(work, piece)
    return True


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
