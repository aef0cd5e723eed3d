"""The walk over a tree that makes the pieces: text and safe markup of each block side by side.

It writes the markup of a block itself, from a short list of elements, and `sanitise.fragment` checks it again:
nothing of the stranger's own markup gets through. Pure.
"""

from __future__ import annotations

import re
from html import escape
from itertools import islice

from lxml import etree

from aggregator.model import Attachment
from aggregator.reading import page, plain, sanitise
from aggregator.reading.lines import one_line, whole
from aggregator.reading.named import labelled_dates
from aggregator.reading.pieces import Kind, Material, Piece

_MAX_PIECES = 5_000
_MAX_ITEMS = 2_000
_NESTED_LISTS = 4
"""Lists in each other that are looked at as wholes: each look goes over all that is in them."""
PICTURE = 200
"""Letters of a caption that stands beside its image without saying so."""
_PARTS = 60
"""Elements of a block that can be an image with its caption."""
_NO_PICTURE = frozenset({"li", "h1", "h2", "h3", "h4", "h5", "table", "time", "button"})
_MAX_DROPPED, _PREVIEW, _READ = 40, 80, 600
"""Parts of a page of which it is told that they were left out, how many of their letters, and how many of them
are looked at for the date of the page."""

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "label", "button", "select",
     "textarea", "input", "canvas", "audio", "video", "head", "title", "map", "dialog", "rp", "rt"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
     "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption",
     "dl", "dt", "dd", "address", "hr", "center", "details", "summary", "fieldset", "html", "body", "hgroup"}
)  # fmt: skip
_SHOWN = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup",
          "code": "code", "small": "small"}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


class Walk:
    """One pass over a tree that collects the blocks in reading order."""

    def __init__(
        self,
        base: str,
        material: Material,
        left_out: dict[etree._Element, str],
        roles: dict[etree._Element, str] | None = None,
    ) -> None:
        self.pieces: list[Piece] = []
        self.inside: list[bool] = []
        """For each piece whether it stands in the chosen part of the page."""
        self._base, self._material, self._left_out = base, material, left_out
        self._chosen: etree._Element | None = None
        self._in = False
        self._text: list[str] = []
        self._html: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._size = self._linked = self._bold = self._marked = 0
        self._gap = True
        self._roles = roles or {}
        self._role = self._inner_role = ""
        self._item = False
        """Whether one item of a list is read: the lists in it bring their own items, wherever they stand."""
        self._lists = 0
        """Lists around this place that were no plain ones."""

    def run(self, root: etree._Element, chosen: etree._Element | None) -> None:
        self._chosen, self._in = chosen, chosen is None
        self._element(root, "", 0)
        self._flush("text")

    # ------------------------------------------------------------------------------------------ the walk

    def _element(self, element: etree._Element, kind: str, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or depth > 400 or len(self.pieces) >= _MAX_PIECES:
            return
        if tag in _SKIPPED and not (kind in _HEADINGS and element.get("aria-expanded")):
            return  # a button in a heading that opens the part of the text below it is the heading
        if tag == "img":
            self._image(element)
            return
        if element in self._left_out:
            self._drop(element)
            return
        block = tag in _BLOCKS or "-" in tag  # web components lay out as blocks
        if block:
            self._flush(kind)  # what stood before it
        entering = element is self._chosen
        self._in = self._in or entering
        role = self._roles.get(element, "") if self._roles else ""
        outer, self._role = self._role, role or self._role
        self._inner_role = self._inner_role or (role if not block else "")
        if tag == "br" and kind in _HEADINGS:
            self._add(" ")  # one headline on two lines
        elif tag == "br":
            self._flush(kind, gap=False)
        elif block:
            self._block(element, tag, kind, depth)
        else:
            self._inline(element, tag, kind, depth)
        if entering:
            self._flush(kind)
            self._in = False
        self._role = outer

    def _drop(self, element: etree._Element) -> None:
        """Note what is left out, with its first words and the place where it stood."""
        if len(self._material.dropped) < _MAX_DROPPED:
            words = one_line(" ".join(islice(element.itertext(), 60)))[:_READ]
            if element.tag != "footer" and element.get("role") != "contentinfo":
                self._material.labelled += labelled_dates(words)
            words = words[:_PREVIEW]
            if words:
                self._material.dropped.append((self._left_out[element], words, len(self.pieces) + 1))

    def _block(self, element: etree._Element, tag: str, kind: str, depth: int) -> None:
        listed = tag in ("ul", "ol")
        if listed and (self._item or (self._lists < _NESTED_LISTS and self._list(element, tag))):
            return
        if tag == "table" and self._table(element):
            return
        if tag in _HEADINGS:
            kind = tag
        elif tag == "blockquote":
            kind = "quote"
        elif tag in ("figcaption", "caption") or self._is_picture(element, tag):
            kind = "caption"
        elif tag == "pre":
            self._preformatted(element)
            return
        if len(element) == 0 and not self._open:
            self._leaf(element.text, kind)
            return
        self._lists += listed
        self._children(element, kind, depth)
        self._lists -= listed
        self._flush(kind)

    def _is_picture(self, element: etree._Element, tag: str) -> bool:
        """Whether a block holds an image and a line or two about it."""
        if tag not in ("div", "figure") or element is self._chosen:
            return False
        inner = [e.tag for e in islice(element.iter(), 1, _PARTS + 2)]
        if len(inner) > _PARTS or "img" not in inner or not _NO_PICTURE.isdisjoint(inner):
            return False
        if (tag != "figure" and "a" in inner) or inner.count("p") > 1:
            return False
        return 0 < _letters(element, PICTURE) <= PICTURE

    def _leaf(self, text: str | None, kind: str) -> None:
        """A block that holds nothing but text, as most do: what `_children` and `_flush` make of it."""
        line = one_line(text) if text else ""
        if line:
            level = _HEADINGS.get(kind, 0)
            self._append(Piece(line, 0, "heading" if level else _kind(kind), self._gap, level))
        self._gap = True

    def _children(self, element: etree._Element, kind: str, depth: int) -> None:
        self._add(element.text)
        row = _is_row(element)
        for child in element:
            if row:
                self._flush(kind, gap=False)
            self._element(child, kind, depth + 1)
            self._add(child.tail)

    def _inline(self, element: etree._Element, tag: str, kind: str, depth: int) -> None:
        if kind in _HEADINGS and self._roles.get(element) in _BESIDE:
            # A kicker in the element of its headline: a line of its own.
            self._flush(kind)
            self._children(element, "text", depth)
            self._flush("text", gap=False)
            return
        shown = _SHOWN.get(tag, "")
        if any(shown == other for other, _ in self._open):
            shown = ""  # once is enough, and hundreds would be written anew for each block in them
        opening = f"<{shown}>" if shown else ""
        if tag == "time":
            self._time(element)
        elif self._text and _abuts(element, self._text[-1]):
            self._add(" ")
        if tag == "a":
            target = sanitise.address(element.get("href") or "", self._base)
            shown, opening = ("a", f'<a href="{escape(target)}">') if target else ("", "")
        before = self._size
        if shown:
            self._open.append((shown, opening))
            self._html.append(opening)
        self._children(element, kind, depth)
        if shown:
            self._open.pop()
            self._html.append(f"</{shown}>")
            self._marked += 1
        size = max(0, self._size - before)
        self._linked += size if tag == "a" else 0  # also where its address is one that is not kept
        self._bold += size if shown == "strong" else 0

    def _time(self, element: etree._Element) -> None:
        """A time that says what it is the time of; two of them side by side are two words."""
        said = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('pubdate') or ''}".lower()
        when = element.get("datetime") or "".join(element.itertext())
        what = (
            "published"
            if "publi" in said or "entry-date" in said
            else "updated"
            if "updat" in said or "modif" in said
            else ""
        )
        if what and when:
            self._material.declared.append((what, one_line(when)))
        shown = any(c.isdigit() for c in "".join(element.itertext()))
        self._add(" " if shown or not element.get("datetime") else f" {element.get('datetime')} ")

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._size += len(text)
            self._html.append(escape(text, quote=False))

    # ---------------------------------------------------------------------------------------- the pieces

    def _flush(self, kind: str, *, gap: bool = True) -> None:
        """Close the block that is being written; open inline elements go on in the next one."""
        if not self._text and not self._marked:
            self._gap = self._gap or gap
            return
        raw = "".join(self._text)
        text = one_line(raw) if raw.strip() else ""
        if text and text not in _DIVIDERS:
            markup = ""
            if self._marked or self._open:
                closing = "".join(f"</{tag}>" for tag, _ in reversed(self._open))
                markup = self._safe("".join(self._html) + closing)
            size = max(1, len(raw))
            level = _HEADINGS.get(kind, 0)
            piece = Piece(text, 0, "heading" if level else _kind(kind), self._gap, level)
            piece.html, piece.links = markup, min(1.0, self._linked / size)
            piece.bold = self._bold >= 0.9 * len(raw.strip()) or any(t == "strong" for t, _ in self._open)
            self._append(piece)
            self._gap = gap
        elif gap:
            self._gap = True
        self._text, self._size, self._linked, self._bold, self._marked = [], 0, 0, 0, 0
        self._html = [opening for _, opening in self._open]

    def _append(self, piece: Piece) -> None:
        piece.role = self._role or self._inner_role
        self._inner_role = ""
        self.pieces.append(piece)
        self.inside.append(self._in)

    def _safe(self, markup: str) -> str:
        return " ".join(sanitise.fragment(markup, self._base).split())

    def _list(self, element: etree._Element, tag: str) -> bool:
        """A list of plain items as one piece; one that holds other blocks is walked through."""
        if any(
            d.tag in ("table", "figure", "h1", "h2", "h3", "blockquote") for d in element.iter(etree.Element)
        ):
            return False
        items, markup, linked = [], [], 0.0
        for child in islice(element.iter("li"), _MAX_ITEMS):
            inner = Walk(self._base, self._material, self._left_out, self._roles)
            inner._item = True
            inner._children_only(child)
            if inner.pieces:
                items.append(" ".join(p.text for p in inner.pieces))
                markup.append(
                    "<li>"
                    + "<br>".join(p.html or escape(p.text, quote=False) for p in inner.pieces)
                    + "</li>"
                )
                linked += sum(p.links * len(p.text) for p in inner.pieces)
        if not items:
            return True
        if any(len(i) > 1500 for i in items):
            return False
        text = "\n".join(items)
        piece = Piece(
            text, 0, "list", html=f"<{tag}>{''.join(markup)}</{tag}>", links=linked / max(1, len(text))
        )
        self._append(piece)
        self._gap = True
        return True

    def _children_only(self, element: etree._Element) -> None:
        """One list item without the lists in it, which bring their own items."""
        self._in = True
        self._add(element.text)
        for child in element:
            self._element(child, "text", 1)
            self._add(child.tail)
        self._flush("text")

    def _table(self, element: etree._Element) -> bool:
        """A table of data as one piece; a table that lays out a page is walked through."""
        if element.find(".//table") is not None:
            return False
        rows = [[c for c in row if c.tag in ("td", "th")] for row in element.iter("tr")]
        cells = [_inner(c) for row in rows for c in row]
        if not rows or max(map(len, rows)) < 2 or any(len(c) > 500 for c in cells):
            return False
        if len(cells) > 5000:
            return False
        lines, markup = [], []
        for row in rows:
            texts = [_inner(cell) for cell in row]
            if any(texts):
                lines.append("\t".join(texts))
                markup.append(
                    "<tr>" + "".join(_cell(c, t) for c, t in zip(row, texts, strict=True)) + "</tr>"
                )
        if not lines:
            return True
        self._append(Piece("\n".join(lines), 0, "table", html=f"<table>{''.join(markup)}</table>"))
        self._gap = True
        return True

    def _preformatted(self, element: etree._Element) -> None:
        for piece in plain.read(whole("".join(element.itertext()))).pieces:  # references bring new characters
            self._append(piece)
        self._gap = True

    def _image(self, element: etree._Element) -> None:
        if not self._in or len(self._material.attachments) >= 200:
            return
        source = sanitise.address(element.get("src") or element.get("data-src") or "", self._base)
        if source.startswith("http"):
            if page.is_pixel(element):
                self._material.pixels += 1
            else:
                self._material.attachments.append(
                    Attachment(url=source, title=one_line(element.get("alt") or "")[:300])
                )


_BESIDE = frozenset({"kicker", "date", "deck", "author"})
_DIVIDERS = frozenset("|·•/>»›‹«–—-:,.")
_CELLS = frozenset({"span", "time", "a", "small"})


def _is_row(element: etree._Element) -> bool:
    """Whether inline elements stand side by side with nothing between them: style sheets part them."""
    return (
        len(element) > 1
        and element.tag in _BLOCKS
        and not (element.text or "").strip()
        and all(c.tag in _CELLS and not (c.tail or "").strip() for c in element)
        and not any(c.tail for c in element[:-1])
    )


def _kind(kind: str) -> Kind:
    return "quote" if kind == "quote" else "caption" if kind == "caption" else "text"


def _letters(element: etree._Element, enough: int) -> int:
    """Letters of the text in an element, spaces aside; more than `enough` where there are many, or many pieces."""
    count = 0
    for number, text in enumerate(element.itertext()):
        count += len(text.strip())
        if count > enough or number > enough:
            return enough + 1
    return count


def _inner(cell: etree._Element) -> str:
    return one_line(" ".join(t for t in cell.itertext()))


_SPAN = re.compile(r"[1-9]\d?")


def _cell(cell: etree._Element, text: str) -> str:
    spans = "".join(
        f' {name}="{value}"'
        for name in ("colspan", "rowspan")
        if _SPAN.fullmatch(value := cell.get(name) or "")
    )
    tag = "th" if cell.tag == "th" else "td"
    return f"<{tag}{spans}>{escape(text, quote=False)}</{tag}>"


def _abuts(element: etree._Element, before: str) -> bool:
    """``<span class="label">Release</span><span class="date">06.06.2024</span>``: the style sheet parts them."""
    sibling = element.getprevious()
    if sibling is None or sibling.tail or not before[-1:].isalpha() or not (element.text or "")[:1].isdigit():
        return False
    own, other = element.get("class"), sibling.get("class")
    return bool(own and other) and own != other
