"""Markdown to pieces: the block structure that press texts use, with the line of each block.

Front matter, headings, paragraphs, lists, tables, quotes, rules, and inline links and emphasis. What is
not known stays text. Raw HTML in it is shown as text, never trusted. Pure, linear.
"""

from __future__ import annotations

import re
from html import escape

from aggregator.model import Attachment
from aggregator.reading import sanitise
from aggregator.reading.lines import one_line
from aggregator.reading.pieces import Material, Piece

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"\s{0,3}(?:[-*+]|(\d{1,3})[.)])\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,})$")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_FIELD = re.compile(r"([A-Za-z_]{2,20}):\s*(.*)$")
_ROW_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*$")


def read(text: str, base: str) -> Material:
    """The pieces of a Markdown text; `Piece.line` is the line in it, counted from 1."""
    material = Material([])
    lines = text.split("\n")[:10_000]
    at = _front_matter(lines, material)
    block: list[str] = []
    start = at
    for number in range(at, len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        if line.strip() and not _breaks(line, block):
            start = start if block else number
            block.append(line)
            continue
        if block:
            _block(block, start + 1, base, material)
        block, start = ([line], number) if line.strip() else ([], number)
        if block and (_HEADING.match(line) or _RULE.match(line)):
            _block(block, start + 1, base, material)
            block = []
    return material


def _breaks(line: str, block: list[str]) -> bool:
    """Whether a line begins a new block although no blank line stands before it."""
    if not block:
        return bool(_HEADING.match(line) or _RULE.match(line))
    if _HEADING.match(line) or (_RULE.match(line) and not _UNDERLINE.match(line)):
        return True
    listed = bool(_BULLET.match(block[0]))
    return bool(_BULLET.match(line)) and not listed and not block[0].lstrip().startswith(("|", ">"))


def _front_matter(lines: list[str], material: Material) -> int:
    """``---`` at the very top, fields, ``---``: title, date, language, keywords. Returns where the text begins."""
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
    for line in lines[1:end]:
        hit = _FIELD.match(line)
        if not hit:
            continue
        name, value = hit[1].lower(), hit[2].strip().strip("\"'")
        if name == "title":
            material.title = value
        elif name in ("date", "published", "datum"):
            material.declared.append(("published", value))
        elif name in ("lang", "language"):
            material.language = value
        elif name in ("tags", "keywords"):
            material.keywords = tuple(
                k.strip(" \"'") for k in value.strip("[]").split(",") if k.strip(" \"'")
            )
    return end + 1 if end else 0


def _block(block: list[str], line: int, base: str, material: Material) -> None:
    first = block[0]
    heading = _HEADING.match(first)
    if heading:
        _append(material, heading[2], line, base, level=len(heading[1]))
    elif _RULE.match(first):
        material.pieces.append(Piece(first.strip(), line))
    elif len(block) == 2 and _UNDERLINE.match(block[1]):
        _append(material, first, line, base, level=1 if block[1].startswith("=") else 2)
    elif _BULLET.match(first):
        _list(block, line, base, material)
    elif first.lstrip().startswith("|") and len(block) > 1:
        _table(block, line, material)
    elif first.lstrip().startswith(">"):
        joined = " ".join(row.lstrip().removeprefix(">").strip() for row in block)
        _append(material, joined, line, base, quote=True)
    else:
        _paragraph(block, line, base, material)


def _paragraph(block: list[str], line: int, base: str, material: Material) -> None:
    """Lines are joined, except where two spaces or a backslash at the end break them."""
    current: list[str] = []
    start, gap = line, True
    for offset, row in enumerate(block):
        current.append(row.rstrip().removesuffix("\\"))
        if row.endswith(("  ", "\\")) or offset == len(block) - 1:
            _append(material, " ".join(current), start, base, gap=gap)
            current, start, gap = [], line + offset + 1, False


def _append(
    material: Material,
    raw: str,
    line: int,
    base: str,
    *,
    level: int = 0,
    quote: bool = False,
    gap: bool = True,
) -> None:
    text, html, links = inline(raw, base, material)
    if not text:
        return
    bold = bool(re.fullmatch(r"\*\*[^*]+\*\*", raw.strip()))
    kind = "heading" if level else "quote" if quote else "text"
    piece = Piece(text, line, kind, gap, level, bold, links)  # type: ignore[arg-type]
    piece.html = html
    material.pieces.append(piece)


def _list(block: list[str], line: int, base: str, material: Material) -> None:
    items: list[str] = []
    for row in block:
        bullet = _BULLET.match(row)
        if bullet or not items:
            items.append(row[bullet.end() :] if bullet else row)
        else:
            items[-1] += " " + row.strip()
    read_items = [inline(item, base, material) for item in items]
    tag = "ol" if (_BULLET.match(block[0]) or [None, None])[1] else "ul"
    html = "".join(f"<li>{html or escape(text, quote=False)}</li>" for text, html, _ in read_items)
    text = "\n".join(text for text, _, _ in read_items)
    links = sum(share * len(t) for t, _, share in read_items) / max(1, len(text))
    material.pieces.append(Piece(text, line, "list", html=f"<{tag}>{html}</{tag}>", links=links))


def _table(block: list[str], line: int, material: Material) -> None:
    rows = [
        [one_line(c) for c in row.strip().strip("|").split("|")] for row in block if not _ROW_RULE.match(row)
    ]
    if not rows:
        return
    html = "".join(
        "<tr>" + "".join(f"<td>{escape(c, quote=False)}</td>" for c in row) + "</tr>" for row in rows
    )
    text = "\n".join("\t".join(row) for row in rows)
    material.pieces.append(Piece(text, line, "table", html=f"<table>{html}</table>"))


_INLINE = re.compile(
    r"!\[(?P<alt>[^\[\]]{0,300})\]\((?P<src>[^()\s]{1,2000})[^()]{0,200}\)"
    r"|\[(?P<label>[^\[\]]{1,500})\]\((?P<href>(?:[^()\s]|\([^()\s]{0,200}\)){1,2000})(?:\s[^()]{0,200})?\)"
    r"|<(?P<auto>https?://[^<>\s]{1,2000})>"
    r"|\*\*(?P<strong>[^*]{1,2000})\*\*|(?<!\w)__(?P<strong2>[^_]{1,2000})__(?!\w)"
    r"|(?<![\w*])\*(?P<em>[^*\s][^*]{0,2000})\*(?![\w*])|(?<!\w)_(?P<em2>[^_\s][^_]{0,2000})_(?!\w)"
    r"|`(?P<code>[^`]{1,500})`|\\(?P<literal>[!-/:-@\[-`{-~])"
)


def inline(raw: str, base: str, material: Material) -> tuple[str, str, float]:
    """Text, safe markup (empty where there is none) and the share of linked letters of one line."""
    text, html, linked, last = [], [], 0, 0
    for hit in _INLINE.finditer(raw):
        between = raw[last : hit.start()]
        shown, markup = _token(hit, base, material)
        text += [between, shown]
        html += [escape(between, quote=False), markup]
        linked += len(shown) if hit["href"] or hit["auto"] else 0
        last = hit.end()
    rest = raw[last:]
    plain = one_line("".join(text) + rest)
    markup = "".join(html) + escape(rest, quote=False)
    safe = " ".join(sanitise.fragment(markup, base).split()) if "<" in markup else ""
    return plain, safe, min(1.0, linked / max(1, len(plain)))


def _token(hit: re.Match[str], base: str, material: Material) -> tuple[str, str]:
    group = hit.lastgroup or ""
    value = hit[group]
    if hit["src"]:
        source = sanitise.address(hit["src"], base)
        if source.startswith("http"):
            material.attachments.append(Attachment(url=source, title=one_line(hit["alt"])))
        return "", ""
    if hit["href"] or hit["auto"]:
        label = hit["label"] or hit["auto"]
        target = sanitise.address(hit["href"] or hit["auto"], base)
        shown = escape(label, quote=False)
        return label, f'<a href="{escape(target)}">{shown}</a>' if target else shown
    if group == "literal":
        return value, escape(value, quote=False)
    tag = {"strong": "strong", "strong2": "strong", "em": "em", "em2": "em", "code": "code"}[group]
    return value, f"<{tag}>{escape(value, quote=False)}</{tag}>"
