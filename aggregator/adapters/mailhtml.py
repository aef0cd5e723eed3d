"""The HTML of a mail as lines, and as markup without what is no text.

A mail's HTML is laid out with tables, hides a preview line, counts readers with pictures and clicks, and quotes
whole mails. Here the tables that only lay out become blocks, what is hidden goes, and lines that `letter` takes
are emptied in the tree. What is left is a fragment for the reading room, which trusts nothing of it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from aggregator.adapters.letter import Letter, is_tracking, unquoted
from aggregator.reading.sanitise import bounded
from aggregator.text import one_line

MAX_MARKUP = 3_000_000
"""Characters that are parsed."""
_MAX_LINES = 20_000

# What never ends reaches to the end, so that each is looked at once.
_NOT_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "meta",
        "link",
        "base",
        "title",
        "noscript",
        "template",
        "svg",
        "object",
        "iframe",
    }
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table",
     "tr", "blockquote", "pre", "center", "hr", "address", "body", "html", "dl", "dt", "dd", "figure", "figcaption"}
)  # fmt: skip
_LAYOUT = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
_NOT_IN_DATA = ("table", "img", "h1", "h2", "h3", "ul", "blockquote", "div")
_KEPT = frozenset({"href", "src", "alt", "width", "height", "colspan", "rowspan"})
"""Attributes that reading looks at."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:max-height|opacity)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
# Not a sign: `font-size:0` (mailing tools set it on cells whose blocks set their own) and `mso-hide`
# (hidden in one program only).
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    spots: list[tuple[etree._Element, str]] = field(default_factory=list)
    """Where the parts stand: an element, and ``text`` or ``tail`` of it."""


class Page:
    """One HTML part: its `lines`, and its markup without some of them."""

    def __init__(self, markup: str) -> None:
        text, self.cut = bounded(_NOT_TEXT.sub("", markup), MAX_MARKUP)
        self._body = _parse(text)
        self._lines: list[_Line] = [_Line()]
        self._pictures: list[tuple[etree._Element, int]] = []
        if self._body is not None:
            self._clean(self._body)
            self._walk(self._body, 0)
        self.lines = [one_line("".join(line.parts)) for line in self._lines]

    def _clean(self, body: etree._Element) -> None:
        for element in list(body.iterdescendants(etree.Element)):
            if element.tag in _SKIPPED or _is_hidden(element):
                _empty(element)
            elif element.tag == "a":
                _untrack(element)
        for block in list(body.iter("pre")):
            _with_breaks(block)
        layout = {table for table in body.iter("table") if not _is_data(table)}
        # First all, then renamed: a part belongs to the innermost table around it.
        for part in [p for p in body.iter(*_LAYOUT) if _table_of(p) in layout]:
            part.tag = "div"

    def _walk(self, element: etree._Element, depth: int) -> None:
        tag = element.tag
        if depth > 300 or len(self._lines) > _MAX_LINES:
            return
        if tag == "img":
            self._pictures.append((element, len(self._lines) - 1))
            return
        block = tag in _BLOCKS
        if block:
            self._break(gap=True)
        elif tag in ("br", "td", "th"):
            self._break(gap=False)
        self._add(element, "text")
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child, depth + 1)
            self._add(child, "tail")
        if block:
            self._break(gap=True)

    def _add(self, element: etree._Element, where: str) -> None:
        text = element.text if where == "text" else element.tail
        if text:
            self._lines[-1].parts.append(text)
            self._lines[-1].spots.append((element, where))

    def _break(self, *, gap: bool) -> None:
        if "".join(self._lines[-1].parts).strip():
            self._lines.append(_Line())
        if gap and len(self._lines) > 1 and self._lines[-2].parts and self._lines[-2].parts != [""]:
            self._lines.insert(-1, _Line([""]))

    def without(self, letter: Letter) -> str:
        """The markup of what the letter keeps."""
        if self._body is None:
            return ""
        for number, line in enumerate(self._lines):
            if not letter.keeps(number) and line.spots:
                for element, where in line.spots:
                    setattr(element, where, " ")
            elif letter.quoted and line.spots:
                element, where = line.spots[0]
                setattr(element, where, unquoted(getattr(element, where) or ""))
        for picture, number in self._pictures:
            if not letter.start <= number <= letter.end or not _is_shown(picture):
                _drop(picture)
        for quotation in list(self._body.iter("blockquote")):
            if _is_mail(quotation, self._body):
                quotation.tag = "div"
        self._body.tag = "div"
        for element in self._body.iter(etree.Element):
            kept = {name: value for name, value in element.attrib.items() if name in _KEPT}
            element.attrib.clear()  # one by one, names that no parser should have let in cannot be removed
            element.attrib.update(kept)
        return etree.tostring(self._body, encoding="unicode", method="html")


def _with_breaks(block: etree._Element) -> None:
    """Preformatted text with ``br`` for its line ends, so that its lines are lines."""
    block.tag = "div"
    for element in list(block.iter(etree.Element)):
        if element is not block and "\n" in (element.tail or ""):
            first, *others = (element.tail or "").split("\n")
            element.tail = first
            for line in reversed(others[:_MAX_LINES]):
                element.addnext(_break(line))
        if "\n" in (element.text or ""):
            first, *others = (element.text or "").split("\n")
            element.text = first
            for line in reversed(others[:_MAX_LINES]):
                element.insert(0, _break(line))


def _break(line: str) -> etree._Element:
    element = etree.Element("br")
    element.tail = line
    return element


def _parse(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(f"<body>{markup}</body>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root.find("body") if root is not None else None


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("hidden") is not None


def _empty(element: etree._Element) -> None:
    element.clear(keep_tail=True)
    element.tag = "span"


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _untrack(link: etree._Element) -> None:
    """A link that names the recipient is none for others; where its text is the address, that is it."""
    target = (link.get("href") or "").strip()
    if not is_tracking(target):
        return
    shown = _ADDRESS.fullmatch(one_line("".join(link.itertext())))
    if shown and not is_tracking(shown[0]):
        link.set("href", shown[0] if shown[0].startswith("http") else f"https://{shown[0]}")
    else:
        del link.attrib["href"]


def _is_mail(quotation: etree._Element, body: etree._Element) -> bool:
    """Whether a quotation is a whole mail that was passed on, and no quotation of its text."""
    if quotation.get("type") == "cite" or "quote" in (quotation.get("class") or ""):
        return True
    return 2 * len("".join(quotation.itertext())) > len("".join(body.itertext()))


def _is_shown(picture: etree._Element) -> bool:
    """Pictures within the mail have no address for others; those that count readers are none."""
    return (picture.get("src") or "").startswith(("http://", "https://")) and not is_tracking(
        picture.get("src") or ""
    )


def _table_of(part: etree._Element) -> etree._Element | None:
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _is_data(table: etree._Element) -> bool:
    """A table of facts: rows of several short cells without blocks, pictures or tables in them."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if any(inner is not table for inner in table.iter(*_NOT_IN_DATA)):
        return False
    rows = [
        [one_line("".join(c.itertext())) for c in row if c.tag in ("td", "th")] for row in table.iter("tr")
    ]
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return len(full) >= 2 and len(full) >= 0.6 * len(rows) and longest <= 200
