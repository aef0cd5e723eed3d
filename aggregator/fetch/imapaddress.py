"""Addresses of mailboxes: ``imaps://host[:port]/Folder``, in the form of RFC 5092 as far as a source needs it.

No user and no password stand in an address: it is stored, shown and logged. No I/O.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from aggregator.errors import FetchError
from aggregator.fetch.address import plain_host, shown

PORTS = {"imaps": 993, "imap": 143}

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_RUN = re.compile(r"&([A-Za-z0-9+,]*)-")
_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+|&")


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """One mailbox of one server."""

    tls: bool
    """Whether TLS comes first (``imaps``); otherwise it is asked for after connecting (``imap``, STARTTLS)."""
    host: str
    port: int
    folder: str
    """As people write it; INBOX where the address names none."""

    @property
    def place(self) -> str:
        """Host and folder, for keys: what UIDs are counted in."""
        return f"{self.host}/{quote(self.folder)}"


def is_imap(url: str) -> bool:
    """Whether an address is that of a mailbox on a server."""
    return url.lower().startswith(("imaps://", "imap://"))


def parse(url: str) -> ImapAddress:
    """The parts of a mailbox's address; FetchError ``bad_url`` says what is wrong with it."""
    try:
        return _parse(url.strip())
    except ValueError as error:
        raise FetchError(shown(url), "bad_url", str(error)[:200]) from error


def _parse(url: str) -> ImapAddress:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ValueError('there is a user name or password in it: write the user as options = { user = "…" }')
    if parts.query or parts.fragment:
        raise ValueError("write the address as imaps://host/Folder, without ? and #")
    scheme = parts.scheme.lower()
    folder = unquote(parts.path.strip("/"), errors="strict") or "INBOX"
    if _CONTROL.search(folder):
        raise ValueError("there is a control character in the folder's name")
    host = plain_host(parts.hostname or "")
    return ImapAddress(scheme == "imaps", host, parts.port or PORTS[scheme], folder)


def encoded(folder: str) -> str:
    """A folder's name as the protocol writes it: modified UTF-7 (RFC 3501 section 5.1.3), in quotation marks."""
    name = _BEYOND_ASCII.sub(lambda found: _shifted(found[0]), folder)
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def decoded(name: str) -> str:
    """A folder's name as people read it; as it stands where it is not modified UTF-7."""
    try:
        return _RUN.sub(_unshifted, name)
    except ValueError:
        return name


def _unshifted(found: re.Match[str]) -> str:
    units = found[1].replace(",", "/")
    return base64.b64decode(units + "=" * (-len(units) % 4)).decode("utf-16-be") if units else "&"


def _shifted(text: str) -> str:
    if text == "&":
        return "&-"
    units = base64.b64encode(text.encode("utf-16-be")).decode("ascii")
    return f"&{units.rstrip('=').replace('/', ',')}-"
