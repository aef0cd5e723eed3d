"""XML as text, before any parser sees it: scrubbed, defused, measured and cut at item boundaries.

Everything here is linear in the length of the text, whatever the text, and expands nothing: a document
type declaration is removed together with the entities in it, and a name that no HTML page knows
becomes the literal text that it was. Nothing here decides what a feed means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from aggregator.errors import ReadError

MAX_DEPTH = 1000
MAX_ATTRIBUTES = 64
MAX_TEXT = 10_000_000
"""Characters between two tags. libxml2 has the same limit for its nodes."""

# XML 1.0, section 2.2 (Char). One such character makes every strict parser refuse the whole feed.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));|([A-Za-z][A-Za-z0-9]{0,31});)?")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CP1252_C1 = {128 + i: c for i, c in enumerate(bytes(range(128, 160)).decode("cp1252", "replace"))}
_HARMLESS = re.compile(
    r"<!ENTITY\s+([A-Za-z][\w.-]{0,31})\s+(?:\"([^\"&<%]{0,64}|&#\w{1,8};)\"|'([^'&<%]{0,64}|&#\w{1,8};)')"
)
_DOCTYPE_PART = re.compile(r"[\[\]>\"']|<!--|<\?")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)([^<>]*)")
_QUOTED_TAG = re.compile(r"<(?>[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ITEM = re.compile(r"<!\[CDATA\[|<!--|<(/?)(?:[A-Za-z][\w.-]*:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)


def legal(text: str) -> str:
    """The text without the characters that XML forbids (lone surrogates among them)."""
    return ILLEGAL.sub("", text)


@dataclass(frozen=True, slots=True)
class Root:
    name: str
    """As written, with its prefix: ``rss``, ``rdf:RDF``; empty where there is no element."""
    start: int
    """Where its start tag begins."""
    doctype: tuple[int, int] | None = None
    """Where the document type declaration stands."""
    junk: bool = False
    """Whether text stands before the first markup."""


def find_root(text: str) -> Root:
    """The first element of a document, past comments, instructions and a document type."""
    at, doctype, junk = 0, None, False
    while True:
        start = text.find("<", at)
        if start < 0:
            return Root("", len(text), doctype, junk)
        junk = junk or bool(text[at:start].strip())
        if text.startswith("<!--", start):
            at = _after(text, "-->", start)
        elif text.startswith("<?", start):
            at = _after(text, ">", start)
        elif text[start : start + 9].upper() == "<!DOCTYPE":
            at = _doctype_end(text, start)
            doctype = (start, at)
        else:
            found = _TAG.match(text, start)
            if found and not found[1]:
                return Root(found[2], start, doctype, junk)
            at, junk = start + 1, True


def _after(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def _doctype_end(text: str, start: int) -> int:
    """Past the declaration: its subset in brackets may hold ``>`` in quotes, comments, instructions."""
    at, inside = start + 9, False
    while found := _DOCTYPE_PART.search(text, at):
        sign, at = found[0], found.end()
        if sign == "<!--":
            at = _after(text, "-->", at)
        elif sign == "<?":
            at = _after(text, "?>", at)
        elif sign in "\"'":
            at = _after(text, sign, at)
        elif sign == "[":
            inside = True
        elif sign == "]":
            inside = False
        elif not inside:
            return at
    return len(text)


def harmless_entities(doctype: str) -> dict[str, str]:
    """The entities of a document type that stand for a short text without markup; at most 200."""
    found: dict[str, str] = {}
    for match in _HARMLESS.finditer(doctype[:100_000]):
        if len(found) >= 200:
            break
        value = match[2] if match[2] is not None else match[3]
        found.setdefault(match[1], _REFERENCE.sub(_legal_character, value))
    return found


def _legal_character(match: re.Match[str]) -> str:
    code = _code(match)
    return "" if code is None or ILLEGAL.match(chr(code)) else _CP1252_C1.get(code, chr(code))


def _code(match: re.Match[str]) -> int | None:
    """The number of a character reference; None where it is none, or none that Unicode has."""
    digits = match[1] or match[2]
    if not digits or len(digits) > 8:
        return None
    code = int(digits, 16 if match[1] else 10)
    return code if code <= 0x10FFFF else None


def repair(text: str, entities: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with legal characters and references only, and what was done to it.

    Illegal characters go, raw or as numbers; HTML's named characters and those of `entities` become
    themselves; every other ``&`` becomes the literal sign. CDATA sections are left as they are.
    """
    notes: dict[str, None] = {}
    cleaned = ILLEGAL.sub("", text)
    if len(cleaned) != len(text):
        notes["characters that XML forbids were removed"] = None

    def mended(match: re.Match[str]) -> str:
        name = match[3]
        if name:
            if name in _PREDEFINED:
                return match[0]
            value = entities.get(name) or html5.get(name + ";")
            if value:
                return _escaped(value)
        elif match[1] or match[2]:
            legal = _legal_character(match)
            if not legal:
                notes["characters that XML forbids were removed"] = None
            # A reference to a markup sign must stay one.
            return _escaped(legal) if legal else ""
        notes["a bare & or an unknown entity was read as text"] = None
        return "&amp;" + match[0][1:]

    parts = [chunk if is_cdata else _REFERENCE.sub(mended, chunk) for is_cdata, chunk in _chunks(cleaned)]
    return "".join(parts), tuple(notes)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _chunks(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces, each with whether it is a CDATA section."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        yield False, text[at:start]
        yield True, text[start : end + 3]
        at = end + 3
    yield False, text[at:]


@dataclass(frozen=True, slots=True)
class Items:
    """Where the items of a feed stand."""

    spans: tuple[tuple[int, int], ...]
    """Start and end of each whole item, tags included."""
    unfinished: int | None
    """Where an item begins that never ends."""


def find_items(text: str) -> Items:
    """Every ``<item>`` and ``<entry>``, outside of CDATA sections and comments."""
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    at = 0
    while found := _ITEM.search(text, at):
        at = found.end()
        if found[0] == "<![CDATA[":
            at = _after(text, "]]>", at)
        elif found[0] == "<!--":
            at = _after(text, "-->", at)
        elif not found[1]:
            end = _after(text, ">", at)
            if text[end - 2 : end] == "/>":
                spans.append((found.start(), end))
            else:
                # A second start without an end in between: the first one was left open.
                spans.extend([] if begun is None else [(begun, found.start())])
                begun = found.start()
        elif begun is not None:
            closed = text.find(">", at)
            if closed < 0:
                break
            spans.append((begun, closed + 1))
            begun = None
    return Items(tuple(spans), begun)


def with_items(text: str, root_start: int, spans: tuple[tuple[int, int], ...], first: int) -> str:
    """The feed with these items only: its head up to `first`, the items, and the missing end tags."""
    head = text[root_start:first]
    open_tags: list[str] = []
    for found in _TAG.finditer(_without_literals(head)):
        closing, name, rest = found.groups()
        if not closing and not rest.endswith("/"):
            open_tags.append(name)
        elif closing and name in open_tags:
            del open_tags[len(open_tags) - 1 - open_tags[::-1].index(name) :]
    # Deeper than this is no feed; and each level would be closed for every item that is kept.
    closers = "".join(f"</{name}>" for name in reversed(open_tags[:MAX_DEPTH]))
    return head + "".join(text[start:end] for start, end in spans) + closers


def _without_literals(text: str) -> str:
    """The text without CDATA sections and comments, in which a tag is none."""
    kept = "".join(chunk for is_cdata, chunk in _chunks(text) if not is_cdata)
    parts = kept.split("<!--")
    return parts[0] + "".join(part.partition("-->")[2] for part in parts[1:])


def check_limits(text: str) -> None:
    """Raise ReadError ``parse_limit`` for shapes on which the parsers need minutes.

    `MAX_DEPTH` elements inside each other, `MAX_ATTRIBUTES` on one, `MAX_TEXT` characters between two.
    """
    depth = deepest = 0
    last = 0
    for found in _TAG.finditer(text):
        start = found.start()
        if start - last > MAX_TEXT:
            raise ReadError("parse_limit", f"a text in it is longer than {MAX_TEXT:,} characters")
        last = start
        closing, name, rest = found.groups()
        if closing:
            depth = max(0, depth - 1)
        elif not rest.endswith("/"):
            depth += 1
            deepest = max(depth, deepest)
        if len(rest) > 2 * MAX_ATTRIBUTES:
            _check_attributes(text, start, name)
    if deepest > MAX_DEPTH:
        raise ReadError("parse_limit", f"its elements are nested {deepest:,} deep")
    if len(text) - last > MAX_TEXT:
        raise ReadError("parse_limit", f"a text in it is longer than {MAX_TEXT:,} characters")


def _check_attributes(text: str, start: int, name: str) -> None:
    """Count by quotes: a value may hold ``>``, which ends the tag only for a hasty reader."""
    found = _QUOTED_TAG.match(text, start)
    if found and len(_QUOTED.sub("", found[0]).replace("=", "= ").split()) > 2 * MAX_ATTRIBUTES + 1:
        raise ReadError("parse_limit", f"<{name[:40]}> has more than {MAX_ATTRIBUTES} attributes")
