"""The parts of an e-mail message: its headers, its texts, its files, and the messages in it.

Bytes come in and are never trusted: every size and depth has a bound, and what a header says of a part
is believed only as far as the bytes agree. Python's parser is used with its old policy (`compat32`) and
headers are decoded here: measured, the new one raises IndexError for ``Message-ID: <`` and takes 3 s for
a ``To`` of 40 KB. Pure.
"""

from __future__ import annotations

import base64
import binascii
import email
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from aggregator.adapters import charsets
from aggregator.adapters.markup import legal
from aggregator.errors import ReadError
from aggregator.text import one_line

MAX_BYTES = 30_000_000
MAX_LINES = 1_000_000
MAX_COMPARED = 10_000_000
"""Lines times declared boundaries: the parser compares each line with all that are open (2 s)."""
MAX_TEXT, MAX_TEXT_LINES = 3_000_000, 30_000
"""Characters and lines of one text that are looked at; the reading room reads less of them."""
MAX_PARTS = 1_000
MAX_MESSAGES = 50
"""Forwarded messages of one mail that are read."""
MAX_HEADER = 20_000

_KNOWN = frozenset(
    {"from", "subject", "date", "to", "message-id", "received", "mime-version", "content-type", "return-path"}
)
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\r\n]{0,4000}?)\?=", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a mail, decoded, line ends as ``\\n``."""

    content: str
    html: bool
    flowed: bool = False
    delsp: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """Something that was sent with a mail."""

    name: str
    media_type: str
    content: bytes
    charset: str = ""
    inline: bool = False
    """Whether it is a picture of the layout, which the HTML shows by its ``cid:``."""

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


@dataclass(slots=True)
class Parts:
    """What one message holds, without the messages in it."""

    headers: dict[str, str]
    """By lower-case name, decoded, in one line; the first of several."""
    texts: list[Text] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    messages: list[Parts] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def parse(data: bytes) -> Parts:
    """The parts of a message.

    Raises ReadError: ``empty``, ``binary``, ``too_large``, ``parse_limit``, ``not_a_mail``, ``encrypted``.
    """
    message = _parsed(_checked(data))
    if not {name.lower() for name, _ in message.raw_items()} & _KNOWN:
        raise ReadError("not_a_mail", "it has none of the headers of an e-mail message (From, Date, Subject)")
    if message.get_content_type() == "multipart/report":
        raise ReadError("not_a_mail", "this is a report about the delivery of a mail, not a text")
    if _is_encrypted(message):
        raise ReadError(
            "encrypted", "the mail is encrypted: decrypt it in the mail program and save it again"
        )
    parts = _Reader().read(message)
    if not parts.texts and not parts.files and not parts.messages:
        raise ReadError("empty", "the mail holds no text")
    return parts


def _checked(data: bytes) -> bytes:
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    if not data:
        raise ReadError("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a mail may have {MAX_BYTES:,}")
    kind = charsets.binary_kind(data)
    if kind:
        raise ReadError("binary", f"this is {kind}, not an e-mail message")
    lines, boundaries = data.count(b"\n"), data.lower().count(b"boundary")
    if lines > MAX_LINES or lines * boundaries > MAX_COMPARED:
        raise ReadError("parse_limit", f"{lines:,} lines with {boundaries:,} boundaries are too many")
    return data


def _parsed(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data, policy=compat32)
    except RecursionError:
        raise ReadError("parse_limit", "its parts are nested too deeply") from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError("broken", f"it cannot be taken apart ({type(error).__name__})") from error


def _is_encrypted(message: Message) -> bool:
    kind = message.get_content_type()
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return "signed" not in _parameter(message, "smime-type").lower()
    return kind == "multipart/encrypted"


class _Reader:
    """One walk over the parts, with the counts that bound it."""

    def __init__(self) -> None:
        self._left, self._messages = MAX_PARTS, MAX_MESSAGES

    def read(self, message: Message) -> Parts:
        parts = Parts(headers(message))
        self._walk(message, parts, 0)
        return parts

    def _walk(self, part: Message, into: Parts, depth: int) -> None:
        self._left -= 1
        if self._left < 0 or depth > 40:
            if "parts of the mail were left out" not in into.notes:
                into.notes.append("parts of the mail were left out")
            return
        # Without `decode` Python 3.11 raises TypeError for a charset in the form of RFC 2231.
        payload = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            for inner in payload:
                if isinstance(inner, Message):
                    self._forwarded(inner, into)
        elif isinstance(payload, list):
            for inner in payload:
                if isinstance(inner, Message):
                    self._walk(inner, into, depth + 1)
        else:
            self._leaf(part, into)

    def _forwarded(self, inner: Message, into: Parts) -> None:
        self._messages -= 1
        if self._messages < 0:
            raise ReadError("parse_limit", f"more than {MAX_MESSAGES} mails in one: save them one by one")
        into.messages.append(self.read(inner))

    def _leaf(self, part: Message, into: Parts) -> None:
        content, kind, name = _bytes(part), part.get_content_type(), _file_name(part)
        if kind.startswith("multipart/"):
            kind = "text/plain"  # its boundary is missing or never comes: what stands there is the text
        attached = str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")
        if name.lower().endswith(".eml") or kind == "message/rfc822":
            self._forwarded(_parsed(content[:MAX_BYTES]), into)
        elif kind in ("text/plain", "text/html") and not attached and not name:
            text = decoded(content, _parameter(part, "charset"), html=kind == "text/html")[:MAX_TEXT]
            if kind == "text/plain" and text.count("\n") > MAX_TEXT_LINES:
                text = "\n".join(text.split("\n", MAX_TEXT_LINES)[:MAX_TEXT_LINES])
                into.notes.append(f"cut after {MAX_TEXT_LINES:,} lines")
            if text.strip():
                flowed = _parameter(part, "format").lower() == "flowed"
                into.texts.append(
                    Text(text, kind == "text/html", flowed, _parameter(part, "delsp").lower() == "yes")
                )
        elif content and kind not in (
            "application/pgp-signature",
            "application/pkcs7-signature",
            "text/calendar",
        ):
            inline = kind.startswith("image/") and not attached and "Content-ID" in part
            into.files.append(File(name, kind, content, _parameter(part, "charset"), inline))


def _bytes(part: Message) -> bytes:
    """A part without its transfer encoding, as far as it goes."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        data = None
    return data if isinstance(data, bytes) else b""


def decoded(content: bytes, charset: str, *, html: bool) -> str:
    """A text from its bytes and its declared charset, which may be wrong or missing. Legal characters only."""
    if html and not charsets.codec_of(charset):
        meta = _META_CHARSET.search(content[:4096])
        charset = meta[1].decode("ascii", "replace") if meta else charset
    try:
        text = charsets.decode(content, charset).text
    except ReadError:
        return ""  # no text, whatever it is called
    return legal(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))


# -- headers -----------------------------------------------------------------------------------------


def headers(message: Message) -> dict[str, str]:
    """Decoded headers by lower-case name; the first of several."""
    found: dict[str, str] = {}
    for name, value in list(message.raw_items())[:500]:
        found.setdefault(str(name).lower(), header(str(value)))
    return found


def header(raw: str) -> str:
    """A header as text: RFC 2047 words, also broken ones, and raw bytes of an undeclared charset."""
    raw = raw[:MAX_HEADER]
    if any("\udc80" <= c <= "\udcff" for c in raw):
        raw = decoded(raw.encode("utf-8", "surrogateescape"), "", html=False)
    return legal(one_line("".join(_words(re.sub(r"\r?\n(?=[ \t])", "", raw)))))


def _words(raw: str) -> Iterator[str]:
    """The pieces of a header. Neighbours of one charset are joined before they are decoded: mailers cut
    them in the middle of a character (against RFC 2047 section 5)."""
    at, pending, charset = 0, b"", ""
    for found in _WORD.finditer(raw):
        between = raw[at : found.start()]
        if pending and (between.strip() or found[1].lower() != charset):
            yield decoded(pending, charset, html=False)
            pending = b""
        if between.strip() or not at:
            yield between
        charset, pending = found[1].lower(), pending + _word(found[2].lower(), found[3])
        at = found.end()
    if pending:
        yield decoded(pending, charset, html=False)
    yield raw[at:]


def _word(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding == "q":
        return quopri.decodestring(raw.replace(b"_", b"=20"), header=False)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return b""


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
        return collapse_rfc2231_value(value).strip() if value else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _file_name(part: Message) -> str:
    """The name of a file, without folders; RFC 2231, or RFC 2047 as many programs write it."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    return re.split(r"[/\\]", header(name))[-1][:200].strip()
