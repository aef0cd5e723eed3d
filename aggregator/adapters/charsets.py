"""From bytes to text: which encoding a document is in, and what its first bytes say it is.

Precedence: byte order mark, then the declared (HTTP) charset, then the XML declaration, then UTF-8
where the bytes allow it, then Windows-1252. Two corrections by evidence: bytes that are valid UTF-8
beyond ASCII are UTF-8 whatever one-byte label they carry (text in such a code never is), and
single bytes that are wrong in a UTF-8 text are read as Windows-1252, so that neither a mislabelled
nor a mixed document loses a letter. Only encodings of `charsets.toml` are honoured.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aggregator.errors import ReadError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3\x03", "an MP3 file"),
    (b"ID3\x04", "an MP3 file"),
    (b"OggS\x00", "an Ogg media file"),
    (b"\x00\x00\x01\x00", "an icon image"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_LABEL = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b\x1a\x08")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"})
# Beyond this many wrong bytes the text is no UTF-8 with slips in it, and each slip costs a call.
_MOST_SLIPS = 100_000


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the bytes that are no UTF-8, read as Windows-1252; half characters dropped."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        return "", error.start + 3
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("aggregator-cp1252", _as_cp1252)


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    """Without a byte order mark."""
    codec: str
    notes: tuple[str, ...] = ()
    """What was assumed against a label."""


@cache
def _codecs() -> dict[str, str]:
    raw = (resources.files(__package__) / "charsets.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(raw)["codecs"]
    return {label: codec for codec, labels in table.items() for label in labels}


def codec_of(label: str) -> str:
    """The Python codec for a declared name; empty where it is unknown or refused."""
    return _codecs().get(label.strip().strip("\"'").lower(), "")


def binary_kind(data: bytes) -> str:
    """What the bytes are where they are no text (``a PDF document``); else empty."""
    head = data[:8192]
    named = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
    if named or any(head.startswith(bom) for bom, _ in _BOMS) or _without_bom(data):
        return named
    controls = len(head) - len(head.translate(None, _CONTROLS))
    # Stray control characters are a repairable slip; a twentieth of all bytes is another format.
    return "binary data" if controls * 20 > len(head) else ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a document. `declared` is the charset of the HTTP header, or empty.

    Never raises for odd bytes; raises ReadError ``binary`` for what is no text at all.
    """
    kind = binary_kind(data)
    if kind:
        raise ReadError("binary", f"this is {kind}, not a text")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(_lenient(data[len(bom) :], codec), codec)
    wide = _without_bom(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    codec, notes = _labelled(data, declared)
    return _with_evidence(data, codec, notes)


def _without_bom(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, seen by where the zero bytes of the first characters are."""
    head = data[:4]
    if len(head) < 4 or b"\0" not in head or head == b"\0\0\0\0":
        return ""
    zeros = [i for i, byte in enumerate(head) if byte == 0]
    patterns: dict[tuple[int, ...], str] = {
        (1, 2, 3): "utf-32-le",
        (0, 1, 2): "utf-32-be",
        (1, 3): "utf-16-le",
        (0, 2): "utf-16-be",
    }
    codec = patterns.get(tuple(zeros), "")
    # An icon or a font begins with zeros too: a text has ASCII letters or signs between them.
    ascii_only = all(byte == 0 or byte in b"\t\r\n" or 32 <= byte < 127 for byte in head)
    return codec if ascii_only else ""


def _labelled(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """The first usable label, and a note for each that is not."""
    found = _XML_LABEL.match(data[:512])
    labels = [declared, found[1].decode("ascii", "replace") if found else ""]
    notes: list[str] = []
    for label in filter(None, labels):
        codec = codec_of(label)
        if codec and codec != "utf-16":
            return codec, tuple(notes)
        notes.append(f"charset {label[:40]!r} was not believed")
    return "", tuple(notes)


def _with_evidence(data: bytes, codec: str, notes: tuple[str, ...]) -> Decoded:
    as_utf8 = _utf8(data)
    if as_utf8 is not None and (codec not in _MULTIBYTE or not _reads(data, codec)):
        believed = codec in ("", "utf-8") or data.isascii()
        note = () if believed else (f"the text is UTF-8, not {codec}",)
        return Decoded(as_utf8, "utf-8", notes + note)
    if codec in ("", "utf-8"):
        note = ("some bytes are no UTF-8; they were read as Windows-1252",)
        return Decoded(_lenient(data, "utf-8"), "utf-8", notes + note)
    return Decoded(data.decode(codec, "replace"), codec, notes)


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except ValueError:
        return False
    return True


def _lenient(data: bytes, codec: str) -> str:
    if codec != "utf-8":
        return data.decode(codec, "replace")
    slips = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    if slips > _MOST_SLIPS:
        return data.decode("cp1252", "replace")
    return data.decode("utf-8", "aggregator-cp1252")
