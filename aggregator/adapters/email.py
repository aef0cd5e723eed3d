"""E-mail messages: the release that somebody sent, passed on, or attached.

One draft for a mail; one for each message where others are attached to it, and for each of several files that
are releases. The text is the part that reads better (HTML or plain), without what mail programs and mailing
tools put around it (`letter`); the innermost forwarded head gives subject and date; a mail that only says "see
attachment" is read from its file.

The sender is not taken for the issuer: agencies send for their clients, and a forwarder for anybody, while
`Draft.company` counts as declared evidence of the first class. What the text says decides, or the source's
setting. Files have no address that a subscriber could open, so they are noted and not linked. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from aggregator.adapters import letter, mailheads, mailparts
from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.adapters.mailparts import File, Parts, Text
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Problem, Source
from aggregator.reading.plain import BULLET, glue, is_full
from aggregator.text import mail_digest, one_line

_SHORT_BODY = 600
"""Characters up to which a mail may be a mere note that points to its attachment."""
_BARE_BODY = 200
"""Characters up to which it need not even say so."""
_OWN_TEXT = 800
"""Characters of prose from which on a mail with messages attached is a text of its own."""
_WORSE = 0.6
"""A part with less than this share of the other one's prose is the worse one."""

_WIDEST, _NARROWEST = 80, 50
"""Characters at which mail programs wrap lines (RFC 5322 section 2.1.1: 78)."""

_MESSAGE_ID = re.compile(r"<?([^<>\s]{3,250})>?")
_BRACKETED = re.compile(r"\s?<(https?://[^\s<>]+)>|<mailto:[^\s<>]+>")
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"\[(?:cid:|image: ?)[^\]\n]{0,200}\]")

ContentType = Literal["text/plain", "text/html"]


@dataclass(frozen=True, slots=True)
class _Body:
    """The text of a mail and what its innermost head says."""

    content: str
    content_type: ContentType
    size: int
    """Characters of the text without markup."""
    prose: int
    head: dict[str, str]
    shown: str
    """Its first lines without markup."""
    title: str = ""
    """The headline of a PDF document, which is told by its size."""
    file: str = ""
    """The name of the file that it was read from."""
    from_file: bool = False
    notes: tuple[str, ...] = ()


def read(document: Document, source: Source) -> Iterator[Draft | Problem]:
    """The drafts of a mail.

    Raises ReadError: ``empty``, ``binary``, ``too_large``, ``parse_limit``, ``not_a_mail``, ``encrypted``,
    ``missing_extra`` (its text is a PDF, and there is no reader for PDF).
    """
    parts = mailparts.parse(document.content)
    items = list(_items(parts, document, source, _fallback(document)))
    if not any(isinstance(item, Draft) for item in items):
        raise ReadError("empty", "the mail holds no text")
    if not document.complete:
        items.append(Problem("truncated", "the mail ends early", document.requested or document.url))
    return iter(items)


def _fallback(document: Document) -> str:
    """The key of a mail without a Message-ID: the file's name, or in a mailbox, where mails are counted anew
    and moved, the mail itself."""
    if document.url.startswith(("imap:", "imaps:", "mailbox:")):
        return mail_digest(document.content).hex()
    return document.key or document.url


def _items(
    parts: Parts, document: Document, source: Source, fallback: str, *, nested: bool = False
) -> Iterator[Draft | Problem]:
    body, *others = _bodies(parts)
    inner: list[Draft | Problem] = []
    for number, message in enumerate(parts.messages, 1):
        where = f"{fallback}#{number}"
        found = list(_items(message, document, source, where, nested=True))
        inner += found or [Problem("empty", "a mail within the mail holds no text", where)]
    yield from inner
    # Above attached mails stands a comment, unless it is a text of its own.
    is_comment = any(isinstance(item, Draft) for item in inner) and (
        body is None or body.prose < _OWN_TEXT or mailheads.is_forward(parts.headers.get("subject", ""))
    )
    if body is not None and not is_comment:
        address = "" if nested or parts.messages else web_url(document.url)
        yield _draft(parts.headers, body, document, source, fallback, address, alone=not others)
        for other in filter(None, others):
            draft = _draft(parts.headers, other, document, source, fallback, address, alone=False)
            yield replace(draft, key=f"{draft.key}#{other.file}")


def _draft(
    headers: dict[str, str],
    body: _Body,
    document: Document,
    source: Source,
    fallback: str,
    address: str,
    *,
    alone: bool,
) -> Draft:
    """One text of a mail; the subject of a mail that brings several is the headline of none."""
    subject = one_line(body.head.get("subject") or headers.get("subject", ""))
    inner = as_iso(body.head.get("date", ""), day_first=source.day_first)
    known = _MESSAGE_ID.search(headers.get("message-id", ""))
    return Draft(
        key=known[1] if known else fallback,
        content=body.content,
        content_type=body.content_type,
        fetched_at=document.fetched_at,
        url=address,
        base=address,
        title=_title(subject, body) if alone else body.title,
        # The day on which a mail was passed on is a bound for the date and better than none.
        published=inner if inner[:4].isdigit() else as_iso(headers.get("date", "")),
        language=headers.get("content-language", "").partition(",")[0].strip()[:35],
        notes=body.notes,
    )


def _title(subject: str, body: _Body) -> str:
    """The subject, unless the text shows a headline and the subject is another text's: the question's that
    is answered, or the mail's that a file came with."""
    if body.title:
        return body.title
    first = body.shown.partition("\n")[0].strip()
    has_own = len(first.split()) >= 4 and len(first) <= 200 and first[-1] not in ".,:;!"
    return "" if has_own and (body.from_file or mailheads.is_answer(subject)) else mailheads.headline(subject)


# -- the text ----------------------------------------------------------------------------------------


def _bodies(parts: Parts) -> list[_Body | None]:
    """The better one of the two texts, or the file that it points to; behind it the other files that are
    releases too, where a mail only brings several."""
    subject = parts.headers.get("subject", "")
    plain = _plain([text for text in parts.texts if not text.html], subject)
    html = _html([text for text in parts.texts if text.html], subject)
    body = _better(html, plain)
    notes = list(parts.notes)
    used: list[File] = []
    others: list[_Body] = []
    if body is None or _points_to_file(body):
        body, used, others = _attached(parts.files, body, notes)
    if body is None:
        return [None]
    kept_out = [f for f in parts.files if f not in used and f.name and not f.inline]
    return [replace(body, notes=(*notes, *body.notes, *_not_kept(kept_out))), *others]


def _better(html: _Body | None, plain: _Body | None) -> _Body | None:
    """The HTML, which keeps paragraphs, links and tables, unless much of the text is in the other part only."""
    if html is None or plain is None:
        return html or plain
    if html.prose or plain.prose:
        return plain if html.prose < _WORSE * plain.prose else html
    return html if html.size >= plain.size else plain


def _plain(texts: list[Text], subject: str) -> _Body | None:
    lines = [line for text in texts for line in (*_lines(text), "")]
    found = letter.read(lines, subject)
    kept = [line if found.keeps(n) else "" for n, line in enumerate(lines)][found.start : found.end]
    if found.quoted:
        kept = [letter.unquoted(line) for line in kept]
    if not any(text.flowed for text in texts):
        kept = _joined(kept)
    content = "\n".join(_BRACKETED.sub(_untracked, _PICTURE.sub("", line)) for line in kept).strip("\n")
    return _made(content, "text/plain", kept, found)


def _html(texts: list[Text], subject: str) -> _Body | None:
    if not texts:
        return None
    from aggregator.adapters.mailhtml import Page

    page = Page("\n".join(text.content for text in texts))
    found = letter.read(page.lines, subject)
    kept = [line if found.keeps(n) else "" for n, line in enumerate(page.lines)]
    joined = _joined(kept)
    if joined is not kept:
        # A plain text whose wrapped lines were made HTML line by line.
        return _made("\n".join(joined[found.start : found.end]).strip("\n"), "text/plain", kept, found)
    body = _made(page.without(found), "text/html", kept, found)
    return replace(body, notes=(*body.notes, "markup was cut to its bounds")) if body and page.cut else body


def _made(content: str, kind: ContentType, kept: list[str], found: letter.Letter) -> _Body | None:
    shown = "\n".join(line for line in kept if line.strip())
    if not shown.strip():
        return None
    rules = found.rules()
    notes = (f"left out of the mail: {rules}",) if rules else ()
    return _Body(content, kind, len(shown), letter.prose(kept), found.head, shown[:2000], notes=notes)


def _joined(lines: list[str]) -> list[str]:
    """Lines that a mail program wrapped, as paragraphs. The reading room does this for texts of which no
    line is long; mails have addresses, and paragraphs that were pasted in."""
    width = max((len(line) for line in lines if len(line) <= _WIDEST), default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip() and len(a) <= width]
    full = sum(is_full(a, b, width) for a, b in pairs)
    if width < _NARROWEST or full < 3 or full * 2 < len(pairs):
        return lines
    out: list[str] = lines[:1]
    for before, line in pairwise(lines):
        goes_on = before.strip() and line.strip() and len(before) <= width and is_full(before, line, width)
        if goes_on and not BULLET.match(line.strip()):
            out[-1] = glue(out[-1], line.strip())
        else:
            out.append(line)
    return out


def _untracked(found: re.Match[str]) -> str:
    """An address in angle brackets behind its text, unless it names the recipient or repeats the text."""
    return "" if not found[1] or letter.is_tracking(found[1]) else found[0]


def _lines(text: Text) -> Iterator[str]:
    """The lines of a plain text; of ``format=flowed`` the paragraphs (RFC 3676 section 4)."""
    if not text.flowed:
        yield from text.content.split("\n")
        return
    pending: list[str] = []
    pending_depth = 0
    for raw in text.content.split("\n"):
        line = raw.lstrip(">")
        depth = len(raw) - len(line)
        line = line.removeprefix(" ")
        if pending and (depth != pending_depth or line == "-- "):
            yield _marked(pending, pending_depth)
            pending = []
        pending_depth = depth
        soft = line.endswith(" ") and line != "-- "
        pending.append(line[:-1] if soft and text.delsp else line)
        if not soft:
            yield _marked(pending, depth)
            pending = []
    if pending:
        yield _marked(pending, pending_depth)


def _marked(pieces: list[str], depth: int) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth else line


# -- files -------------------------------------------------------------------------------------------


def _attached(
    files: list[File], body: _Body | None, notes: list[str]
) -> tuple[_Body | None, list[File], list[_Body]]:
    """The text of a file, where the mail itself is only the note that comes with it; of several that call
    themselves releases all, the longest first."""
    found = [(made, file) for file in files if (made := _of_file(file, body, notes))]
    found.sort(key=lambda pair: -pair[0].prose)
    if not found or (body is not None and found[0][0].prose <= body.prose):
        return body, [], []
    releases: dict[str, tuple[_Body, File]] = {}
    for made, file in found:
        if not mailheads.is_release(file.name, made.shown):
            continue
        stem = file.name.rpartition(".")[0].lower()
        same = releases.setdefault(stem, (made, file))
        # The same text as .pdf and as .txt is one, of which the longer came first; two files of one name are two.
        if same[1] is not file and same[1].name == file.name and same[0].content != made.content:
            named = f"{file.name}-{len(releases) + 1}"
            releases[named] = (replace(made, file=named), file)
    first, *more = list(releases.values()) if len(releases) > 1 else found[:1]
    return first[0], [first[1], *(file for _, file in more)], [made for made, _ in more]


def _points_to_file(body: _Body) -> bool:
    low = body.shown.lower()
    said = any(re.search(rf"\b{word}\b", low) for word in mailheads.words()["attached"]["words"])
    return body.size <= (_SHORT_BODY if said else _BARE_BODY)


def _of_file(file: File, body: _Body | None, notes: list[str]) -> _Body | None:
    title = ""
    kind: ContentType = "text/plain"
    if file.suffix == "pdf" or file.media_type == "application/pdf":
        from aggregator.adapters import pdf

        try:
            found = pdf.text_of(file.content)
        except ReadError as error:
            if error.reason == "missing_extra":
                raise
            notes.append(f"the attached file {file.name} was not read: {error.detail}")
            return None
        content, title = found.content, found.title
    elif file.suffix in ("html", "htm") or file.media_type == "text/html":
        content, kind = mailparts.decoded(file.content, file.charset, html=True), "text/html"
    elif file.suffix in ("txt", "text", "md") or file.media_type == "text/plain":
        content = mailparts.decoded(file.content, file.charset, html=False)
    else:
        return None
    shown = (_TAG.sub(" ", content) if kind == "text/html" else content).strip()
    note = f"read from the attached file {file.name}" if file.name else "read from an attached file"
    return _Body(
        content, kind, len(shown), letter.prose(shown.split("\n")), body.head if body else {}, shown[:2000],
        title, file.name, True, (note,),
    )  # fmt: skip


def _not_kept(files: list[File]) -> tuple[str, ...]:
    if not files:
        return ()
    listed = ", ".join(f"{f.name} ({f.media_type}, {len(f.content):,} bytes)" for f in files[:10])
    more = f" and {len(files) - 10} more" if len(files) > 10 else ""
    return (f"files of the mail have no address and are not linked: {listed}{more}",)
