"""Strings and addresses, made comparable: the few operations that every room needs.

`clean` keeps what a reader should see; `fold`, `words`, `slug` and `canonical_url` make keys for
comparison only and are never shown. Nothing here knows what a press release is.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

_Made = TypeVar("_Made")

# XML 1.0 (section 2.2) allows tab, newline, carriage return and these ranges only; C1 controls are
# legal there but mean nothing in a text. One such character makes a whole feed unreadable.
_ILLEGAL = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)
# Bidirectional overrides and isolates, zero-width characters, tag characters, soft hyphen, BOM: they
# show nothing, and can make one name look like another.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_LINE_ENDS = re.compile("\r\n?|\u0085|\u2028|\u2029|\x0b|\x0c")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BLANKS = re.compile(r"\n{3,}")
_NON_ASCII = re.compile("[^\x00-\x7f]")

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "å": "aa"}
)
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\w+")


# A text without any of these is as it should be; most are, and one look costs less than three passes.
_ODD = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u200a\u2010-\u2027\u202f-\u205f\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe"
    "\uff00-\ufffd]"
)
_UNTIDY = re.compile("[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|  ")


def scrub(text: str) -> str:
    """Drop every character that XML 1.0 does not allow, and the invisible ones that deceive."""
    if _ODD.search(text) is None:
        return text
    return _INVISIBLE.sub("", _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text)))


def clean(text: str) -> str:
    """A text fit to be shown: legal characters, NFC, single spaces, line breaks kept."""
    text = unicodedata.normalize("NFC", scrub(text))
    if _UNTIDY.search(text) is None:
        return text.strip()
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """`clean`, with line breaks folded into spaces: titles, names, single fields."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Case, width, umlaut spelling and accents made equal: ``Dallendörfer`` = ``DALLENDOERFER``."""
    if text.isascii():
        return text.lower()
    try:
        return _NON_ASCII.sub(_folded_character, text).lower()
    except KeyError:  # a character that may combine with its neighbours: the text is folded as one
        return _fold_whole(text)


def _fold_whole(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_GERMAN)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# Latin letters, typographic signs, currencies, letter-like signs, arrows, bullets: none combines with a
# character beside it, so each can be folded alone, and only once. Every other script takes the long way.
_ALONE = ((0x80, 0x24F), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x27BF))
_FOLDED = {c: _fold_whole(c) for first, last in _ALONE for c in map(chr, range(first, last + 1))}


def _folded_character(found: re.Match[str]) -> str:
    return _FOLDED[found[0]]


class Memo(dict[str, _Made]):
    """What was made of a word, remembered: ``map(memo.__getitem__, words)`` runs without Python code.

    Emptied when `limit` words are in it. Long strings are made anew each time: addresses and encoded
    data would fill the memory and hardly come again.
    """

    __slots__ = ("_limit", "_make")

    def __init__(self, make: Callable[[str], _Made], limit: int) -> None:
        super().__init__()
        self._make, self._limit = make, limit

    def __missing__(self, word: str) -> _Made:
        made = self._make(word)
        if len(word) <= _LONG:
            if len(self) >= self._limit:
                self.clear()
            self[word] = made
        return made


_LONG = 64
_REMEMBERED = 60_000
"""Words repeat over releases: so many of them take about 10 MB."""

key = Memo(fold, _REMEMBERED).__getitem__
"""`fold` of a single word, remembered."""

_TOKEN = re.compile(r"\w+")


def tokens(text: str) -> tuple[str, ...]:
    r"""The words of a text as written, in order: what ``\w+`` finds.

    Those of the last few releases are remembered, since several rooms ask for the same texts.
    """
    return _kept_tokens(text) if len(text) <= _KEPT_TEXT else _tokens(text)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


_kept_tokens = lru_cache(maxsize=256)(_tokens)
_KEPT_TEXT = 20_000


def words(text: str) -> list[str]:
    """The folded words and numbers of a text in order; ``1.234,5`` stays one word."""
    return _WORD.findall(fold(text))


def slug(text: str, *, limit: int = 80) -> str:
    """An ASCII name for a file or an address: ``[a-z0-9-]``, at most `limit` characters.

    Different scripts are transliterated, so that two names never both become empty. A name without
    a single letter or digit becomes ``x-`` and a short hash of itself.
    """
    from anyascii import anyascii

    ascii_text = anyascii(fold(text)).lower()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:limit].strip("-")
    return made or "x-" + digest(text.encode("utf-8", "surrogatepass")).hex()[:8]


def digest(data: bytes) -> bytes:
    """16 bytes that stand for the data; stable over processes, machines and versions."""
    return hashlib.blake2b(data, digest_size=16).digest()


_NOTED = re.compile(
    rb"^(?:Status|X-Status|X-Keywords|X-UID|X-UIDL|X-IMAP|X-IMAPbase|X-Mozilla-[\w-]+|Content-Length|Lines):"
    rb"[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)
"""Header lines in which mail programs keep their own notes within a mailbox."""


def mail_digest(content: bytes) -> bytes:
    """What stands for an e-mail message wherever it is kept: its bytes, whatever the line ends, without the
    header lines in which mail programs note that it was read, and without empty lines at its end."""
    head, gap, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    return digest(_NOTED.sub(b"", head + b"\n") + gap + body.rstrip(b"\n"))


@cache
def _dropped_parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    raw = (resources.files("aggregator") / "data" / "url_parameters.toml").read_text("utf-8")
    table = tomllib.loads(raw)
    names = [*table["tracking"], *table["renderings"]]
    whole = frozenset(n for n in names if not n.endswith("*"))
    return whole, tuple(n[:-1] for n in names if n.endswith("*"))


def _is_dropped(parameter: str) -> bool:
    whole, starts = _dropped_parameters()
    name = parameter.partition("=")[0].lower()
    return name in whole or name.startswith(starts)


def address_key(url: str) -> str:
    """What an address is known by: its form for comparison, else itself (a path, a mailbox)."""
    return canonical_url(url) or url


def canonical_url(url: str) -> str:
    """An address for comparison only: two that differ merely in spelling or tracking become equal.

    Scheme and ``www.`` are dropped, parameters sorted and those of `data/url_parameters.toml` left
    out, a final slash, ``index.html`` and ``/amp`` removed. Returns ``""`` for what is no http(s)
    address.
    """
    try:
        parts = urlsplit(url.strip().replace("&amp;", "&"))
        host = (parts.hostname or "").rstrip(".").removeprefix("www.").removeprefix("amp.")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    path = re.sub(r"/(?:index\.(?:html?|php|aspx?))?$|/amp/?$", "", re.sub(r"//+", "/", parts.path))
    # A parameter order is a spelling; `?p=76488` beside other parameters still names the document.
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not _is_dropped(p)))
    return urlunsplit(("", where, path, query, "")).removeprefix("//")
