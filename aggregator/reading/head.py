"""The head of a release: labels, marks, embargo, headline, kicker, deck, date line, dateline.

Works on pieces whose markers are known (`anatomy.mark`), from the first line to the first paragraph of
the body, and tags what it recognises. Pure; nothing is deleted, only tagged.
"""

from __future__ import annotations

from aggregator.model import Dateline
from aggregator.reading import headline, names, titles
from aggregator.reading.body import ORDINAL, is_caption
from aggregator.reading.dateline import Opening, opening
from aggregator.reading.lines import SENTENCES
from aggregator.reading.notices import REACH, read_notices
from aggregator.reading.pieces import Piece, Work
from aggregator.reading.sanitise import without_start
from aggregator.text import fold

_DECK = 200
"""Characters of the longest deck (domain rule: one line of at most 200)."""


def read_head(work: Work) -> None:
    """Tag everything before the body, find the headline, and take the dateline off the lead."""
    read_notices(work)
    headline.cut_navigation(work, REACH)
    openings = Openings(work)
    twice = None if work.declared else _doubled(work, openings)
    start = _body_start(work, openings, twice[1] if twice else -1)
    work.body_from = start
    lines = [i for i in range(start) if work.pieces[i].type is None]
    _date_lines(work, openings, start)
    lines = [i for i in lines if work.pieces[i].type is None]
    _title(work, lines, start, twice)
    _around_title(work, [i for i in lines if work.pieces[i].type is None])
    _lead_dateline(work, openings, start)


# --------------------------------------------------------------------------------- where the body begins


class Openings:
    """Datelines among the first pieces, looked for when they are asked for. Captions and lists have none."""

    def __init__(self, work: Work) -> None:
        self._work, self._known = work, dict[int, Opening | None]()

    def get(self, index: int) -> Opening | None:
        """The dateline that this piece begins with."""
        if index not in self._known:
            piece = self._work.pieces[index]
            able = (
                piece.type is None and piece.kind in ("text", "heading", "quote") and piece.mark != "caption"
            )
            self._known[index] = opening(piece.text, self._work.style) if able and index < REACH else None
        return self._known[index]


def _doubled(work: Work, openings: Openings) -> tuple[int, int] | None:
    """Indices of the headline's copies, where no dated paragraph stands before the last of them."""
    twice = headline.doubled(work.pieces, REACH)
    if twice is None:
        return None
    dated = ((openings.get(i), work.pieces[i]) for i in range(twice[1]))
    return None if any(o and o.end < len(p.text) for o, p in dated) else twice


def _anchors(work: Work, openings: Openings, index: int) -> bool:
    """Whether a date, a dateline or the headline once more follows soon: then this is still the head."""
    first = work.title or next((p.text for p in work.pieces if p.type is None), "")
    for later in range(index + 1, min(index + 5, len(work.pieces))):
        piece = work.pieces[later]
        if openings.get(later) or (piece.type == "date" and piece.rule == "date.line"):
            return True
        if len(piece.text) > 250:
            return False
        if titles.same(piece.text, first) and not titles.same(work.pieces[index].text, first):
            return True
    return False


def _body_start(work: Work, openings: Openings, repeated: int) -> int:
    """Index of the first piece of the body; it is never before the headline's last copy (`repeated`)."""
    titled = bool(work.title) or repeated >= 0
    pieces = work.pieces
    for index, piece in enumerate(pieces[:REACH]):
        if piece.type is not None:
            continue
        dated = openings.get(index)
        if dated and dated.end < len(piece.text):
            return index
        if dated or index <= repeated or piece.mark == "caption" or (titled and is_caption(piece)):
            continue
        if _is_prose(work, openings, index, titled):
            return index
        titled = titled or not headline.says_image(work, piece)
    return min(len(pieces), REACH)


def _is_prose(work: Work, openings: Openings, index: int, titled: bool) -> bool:
    piece = work.pieces[index]
    size = len(piece.text)
    if piece.kind == "table" or size > 320:
        return True
    if piece.kind == "list":
        return not _anchors(work, openings, index)
    if piece.kind == "heading" or titles.same(piece.text, work.title):
        return False
    if not titled:
        # Something has to be the headline, even a long one, unless it is several sentences.
        return piece.sentence and (size > 160 or (size > 100 and SENTENCES.search(piece.text) is not None))
    if size > _DECK:
        return piece.sentence or not _anchors(work, openings, index)
    if (piece.sentence and not names.ends_in_form(piece.text)) or size > 160:
        return not _anchors(work, openings, index)
    return False


# ------------------------------------------------------------------------------------- dates and headline


def _date_lines(work: Work, openings: Openings, start: int) -> None:
    for index, piece in enumerate(work.pieces[: start + 1]):
        if piece.type is not None:
            continue
        dated = openings.get(index)
        if dated is None or dated.end < len(piece.text):
            continue
        if dated.place or dated.found is None:
            piece.tag("dateline", dated.rule)
            _take_dateline(work, dated, piece.line)
        else:
            piece.tag("date", "date.line")
            work.date(dated.found, "line", piece.line)


def _take_dateline(work: Work, dated: Opening, line: int) -> None:
    if dated.editorial:
        work.marks.append("editorial")
    if work.dateline is None or (work.dateline.date is None and dated.found):
        place = dated.place or (work.dateline.place if work.dateline else "")
        work.dateline = Dateline(dated.text, place, dated.found.value if dated.found else None)
    if dated.found:
        work.date(dated.found, "dateline", line)


def _title(work: Work, lines: list[int], start: int, twice: tuple[int, int] | None) -> None:
    if work.declared:
        _repeated(work, start)
        return
    chosen, rule = headline.choose(work, lines, twice)
    if chosen is None:
        return
    piece = work.pieces[chosen]
    piece.tag("title", rule)
    work.title, marks = titles.headline(piece.text, work.markers)
    work.marks += marks
    work.title = work.title or piece.text
    _repeated(work, start)


def _repeated(work: Work, start: int) -> None:
    """Further copies of the headline in the head are dropped; a mixed-case one beats capitals."""
    seen = any(p.type == "title" for p in work.pieces[:start])
    company, _, rest = work.title.partition(": ")
    # EQS heads its texts "Muster AG: Headline" and repeats the headline without the name.
    short = rest if rest.strip() and names.ends_in_form(company) else work.title
    begins = fold(short.split()[0]) if short.strip() else ""
    for piece in work.pieces[: start + 5]:
        if piece.type is not None or piece.kind not in ("text", "heading"):
            continue
        wanted = (work.title, short) if seen else (work.title,)
        bare = _copy(piece.text, wanted, begins, work)
        if not bare:
            continue
        if titles.shouted(work.title) and not titles.shouted(bare):
            work.title = bare
        if len(bare) > len(work.title) and work.title.endswith(("…", "...")):
            work.title = bare
        piece.tag("repeated_title" if seen else "title", "title.repeated" if seen else "title.declared")
        seen = True


def _copy(text: str, wanted: tuple[str, ...], begins: str, work: Work) -> str:
    """The headline in this line, without what a wire puts around it; empty where the line is no copy."""
    size, cut = len(text), text.endswith(("…", "..."))
    # Most lines are much shorter or longer than the headline, prefix and suffix included.
    if not cut and not len(wanted[-1]) - 12 <= size <= len(wanted[0]) + 120:
        return "" if not wanted[0].endswith(("…", "...")) or not titles.same(text, wanted[0]) else text
    if any(titles.same(text, title) for title in wanted):
        return text
    # What is cut off stands around the headline, so the line holds its first word.
    if begins not in fold(text):
        return ""
    bare = titles.headline(text, work.markers)[0]
    return bare if any(titles.same(bare, title) for title in wanted) else ""


def _around_title(work: Work, lines: list[int]) -> None:
    """Before the headline: kicker. Behind it: deck. Captions say themselves."""
    at = next((i for i, p in enumerate(work.pieces) if p.type == "title"), -1)
    before = [i for i in lines if i < at]
    for index in before:
        piece = work.pieces[index]
        if piece.mark == "caption" or work.markers.images.match(piece.low):
            piece.tag("alt_text", "alt_text.before_title")
        elif piece.links > 0.8:
            piece.tag("chrome", "chrome.head_link")
        else:
            short = index == before[-1] and len(piece.text) <= 120
            piece.tag("kicker" if short else "note", "kicker.before_title" if short else "note.before_title")
    behind = [
        i for i in lines if i > at and work.pieces[i].mark != "caption" and not is_caption(work.pieces[i])
    ]
    for index in behind:
        _deck(work, work.pieces[index], index, behind)


_NO_DECK = ("contact", "chrome", "about", "profile", "source", "keywords", "note", "end", "master")


def _deck(work: Work, piece: Piece, index: int, behind: list[int]) -> None:
    if piece.mark == "deck_label":
        told = piece.rest.removesuffix("=").rstrip()
        piece.text = told or piece.text
        piece.tag(*(("deck", "deck.label") if told else ("chrome", "chrome.words")))
    elif piece.links > 0.8:
        piece.tag("chrome", "chrome.head_link")
    elif piece.kind == "list":
        piece.tag("deck", "deck.list")
    elif piece.mark in _NO_DECK or (ORDINAL.match(piece.text) and not piece.sentence):
        return
    elif (
        work.page and not (piece.level or piece.role == "deck" or piece.bold) and len(piece.text.split()) < 4
    ):
        piece.tag("note", "note.before_body")
    elif len(piece.text.split()) < 3 and any(
        p.kind in ("list", "table") for p in work.pieces[index + 1 : index + 2]
    ):
        return  # "Programm" above the list that the body begins with
    elif len(piece.text) <= _DECK + 120 and behind.index(index) < 3:
        dated = any(p.type in ("date", "dateline") for p in work.pieces[:index])
        last = index == behind[-1] and len(behind) > 1
        if last and piece.kind == "heading" and piece.level > 2 and dated:
            return
        piece.tag("deck", "deck.after_title")


def _lead_dateline(work: Work, openings: Openings, start: int) -> None:
    """Cut the dateline off the first paragraph that has one; a naked place only off the very first."""
    body = [i for i in range(start, min(start + 4, len(work.pieces))) if work.pieces[i].type is None]
    for position, index in enumerate(body):
        piece = work.pieces[index]
        dated = openings.get(index)
        if dated is None and position == 0 and piece.kind in ("text", "quote") and piece.mark != "caption":
            behind = "\n".join(p.text for p in work.pieces[index : index + 12])[len(piece.text[:60]) : 4000]
            dated = opening(piece.text, work.style, naked=True, behind=behind)
        if dated is None or dated.end >= len(piece.text):
            continue
        if position > 0 and not dated.place:
            continue
        _take_dateline(work, dated, piece.line)
        _split(work, index, dated)
        return


def _split(work: Work, index: int, dated: Opening) -> None:
    piece = work.pieces[index]
    cut = Piece(dated.text, piece.line, gap=piece.gap, low=dated.text.lower())
    cut.tag("dateline", dated.rule)
    if piece.html:
        gone = sum(not c.isspace() for c in piece.text[: dated.end])
        piece.html = without_start(piece.html, gone)
    piece.text = piece.text[dated.end :].lstrip()
    piece.low, piece.gap = piece.low[-len(piece.text) :], False
    work.pieces.insert(index, cut)
