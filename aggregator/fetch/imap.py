"""New mails of a mailbox on a server (IMAP, RFC 3501), without a trace there.

The mailbox is opened with EXAMINE and mails are taken with BODY.PEEK: nothing is marked as read, moved or
deleted. Of all mails only those are downloaded that are not known and not too large, the newest first.

The standard library's client is used over a connection of our own: the address guard judges every answer of
the name service, the socket goes to a judged address, and TLS is checked against the host's name before the
first byte is read. What a server sends is counted, since that client would take in whatever is announced.
It blocks, so each poll has a thread, whose connection is cut at the deadline.
"""

from __future__ import annotations

import asyncio
import imaplib
import os
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.errors import FetchError
from aggregator.fetch import guard, imapaddress
from aggregator.fetch.imapaddress import ImapAddress, decoded, encoded
from aggregator.fetch.mailfiles import MAX_BYTES, Item, Known, Mark
from aggregator.model import Document, Problem, Source
from aggregator.text import one_line

if TYPE_CHECKING:
    from aggregator.fetch.fetcher import Fetcher

MOST_MAILS, MOST_BYTES = 200, 100_000_000
"""Mails and bytes that one poll downloads at most; the next one goes on."""
DEADLINE = 180.0
"""Seconds for one poll of one mailbox."""
_SILENCE = 30.0
"""Seconds for which a server may say nothing."""
_MOST_LISTED = 1_000_000
"""Mails whose numbers may come in one answer, of up to 11 bytes each."""
_OVERHEAD = 2_000_000
"""Bytes of an answer beside the mail in it."""
_HANDFUL, _HANDFUL_BYTES = 50, 16_000_000

# Each alone: a server says them in either order, and a search for both costs the square of a long line.
_UID, _SIZE = re.compile(rb"\bUID (\d{1,10})\b"), re.compile(rb"RFC822\.SIZE (\d{1,12})")
_NAMED = re.compile(rb'"?([^"]+)"?$')
_LONGEST_NAME = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


async def new_mails(
    fetcher: Fetcher, source: Source, known: Mapping[str, Known], now: datetime, deadline: float
) -> AsyncIterator[list[Item]]:
    """The new mails of a source's mailbox, some at a time; at their end how far it is read.

    Raises FetchError ``bad_url``, ``dns``, ``blocked_address``, ``login``, and as `Mailbox.items` does.
    """
    import httpcore

    place = imapaddress.parse(source.url)
    async with fetcher.reach(source.url, place.host, allow_private=source.allow_private) as addresses:
        mailbox = Mailbox(place, source, addresses, now, httpcore.default_ssl_context())
        async for handful in mailbox.handfuls(known, deadline):
            yield handful


class _Client(imaplib.IMAP4):
    """The protocol over a socket that `connect` makes, with a limit on what an answer may hold."""

    def __init__(self, host: str, port: int, connect: Callable[[], socket.socket]) -> None:
        self._made, self._left = connect, _OVERHEAD
        super().__init__(host, port)

    def _create_socket(self, _timeout: float | None) -> socket.socket:
        return self._made()

    def allow(self, count: int) -> None:
        """From now on so many more bytes may arrive."""
        self._left = count

    def read(self, size: int) -> bytes:
        self._spend(size)  # before anything is read: a server may announce any size
        data = bytes(super().read(size))
        if len(data) < size:
            raise self.abort("the connection ended within a mail")
        return data

    def readline(self) -> bytes:
        # Not the library's own: that one ends at 1 MB, and the numbers of 200,000 mails are one line.
        file = self.__dict__.get("_file") or self.__dict__["file"]  # the former since Python 3.14
        line = bytes(file.readline(self._left + 1))
        self._spend(len(line))
        return line

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise self.abort("the server sends more than was asked for")


class Mailbox:
    """One look into one mailbox. ``addresses`` are numeric and judged (`Fetcher.reach`)."""

    def __init__(
        self, place: ImapAddress, source: Source, addresses: Sequence[str], now: datetime, tls: ssl.SSLContext
    ) -> None:
        self._place, self._source, self._addresses, self._now = place, source, addresses, now
        self._tls = tls
        self._user, self._password = credentials(source)
        self._socket: socket.socket | None = None
        self._client: _Client | None = None
        self._late = self._given = False

    async def handfuls(self, known: Mapping[str, Known], deadline: float) -> AsyncIterator[list[Item]]:
        """`items`, some at a time, within ``deadline`` seconds. What came in time is kept."""
        loop = asyncio.get_running_loop()
        # A thread of its own: servers that hang must not take those in which folders are read.
        thread = ThreadPoolExecutor(1, thread_name_prefix="imap")
        timer = loop.call_later(deadline, self.cut)
        items = self.items(known)
        try:
            while handful := await loop.run_in_executor(thread, _handful, items):
                yield handful
        finally:
            timer.cancel()
            self.cut()
            thread.submit(items.close)
            thread.shutdown(wait=False)

    def cut(self) -> None:
        """End the connection now, whoever waits for it."""
        self._late = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def items(self, known: Mapping[str, Known]) -> Generator[Item, None, None]:
        """New mails, then how far the mailbox is read.

        Raises FetchError (``connect``, ``tls``, ``login``, ``missing``, ``protocol``, ``timeout``) where nothing
        came; where something did, the failure is a problem, and the next poll goes on.
        """
        try:
            yield from self._items(known)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            failure = self._failure(error)
            if not self._given:
                raise failure from error
            yield Problem(failure.reason, f"{failure.detail}; the rest is fetched next time", failure.url)
        finally:
            self._close()

    def _close(self) -> None:
        with suppress(imaplib.IMAP4.error, OSError):
            if self._client is not None:
                self._client.shutdown()
        if self._socket is not None:
            self._socket.close()

    def _items(self, known: Mapping[str, Known]) -> Iterator[Item]:
        client = self._login()
        exists, validity = self._examine(client)
        place = self._place.place
        state = known.get(place)
        floor = int(state.last_modified) if state is not None and state.etag == validity else 0
        prefix = f"{place};UIDVALIDITY={validity}/;UID="
        uids, newest, whole = _search(client, exists, floor, lambda uid: f"{prefix}{uid}" in known)
        spent = 0
        sizes = _sizes(client, uids)
        for uid in uids:
            size = sizes.get(uid, 0)
            if size > MAX_BYTES:
                yield _too_large(f"{prefix}{uid}", size)
                continue
            spent += size
            if spent > MOST_BYTES:
                whole = False
                break
            if (content := _content(client, uid)) is not None:
                self._given = True
                yield self._document(f"{prefix}{uid}", content)
        if whole and newest > floor:
            yield Mark(place, validity, str(newest))
        with suppress(imaplib.IMAP4.error, OSError):
            client.logout()

    def _document(self, key: str, content: bytes) -> Document:
        url = f"{'imaps' if self._place.tls else 'imap'}://{key}"
        return Document(url=url, content=content, fetched_at=self._now, media_type="message/rfc822", key=key)

    # -- connecting ----------------------------------------------------------------------------------

    def _login(self) -> _Client:
        place = self._place
        client = self._client = _Client(place.host, place.port, self._connect)
        if not place.tls:
            self._start_tls(client)
        if "LOGINDISABLED" in client.capabilities:
            raise FetchError(self._url, "login", "the server allows no login here: use imaps://")
        try:
            if "AUTH=PLAIN" in client.capabilities:  # the only way for a password beyond ASCII
                said = f"\0{self._user}\0{self._password}".encode()
                client.authenticate("PLAIN", lambda _: said)
            else:
                client.login(self._user, self._password)
        except UnicodeEncodeError:
            raise FetchError(self._url, "login", "the server takes no password beyond ASCII") from None
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            told = self._without_secret(str(error))
            detail = f"{place.host} refuses user {self._user!r}: {told}; check options.user and the password"
            raise FetchError(self._url, "login", detail) from None
        return client

    def _start_tls(self, client: _Client) -> None:
        if "STARTTLS" in client.capabilities:
            client.starttls(self._tls)
            self._socket = client.socket()
        elif not self._source.allow_private:
            detail = (
                "the server offers no encryption, and the password would be read on the way: use imaps://"
            )
            raise FetchError(self._url, "tls", detail)

    def _connect(self) -> socket.socket:
        failure: OSError | None = None
        for address in self._addresses[:4]:
            try:
                return self._connected(address)
            except ssl.SSLError:
                raise
            except OSError as error:
                failure = error
        raise failure or OSError("the host has no address")

    def _connected(self, address: str) -> socket.socket:
        if self._late:
            raise TimeoutError
        sock = socket.create_connection((address, self._place.port), timeout=10.0)
        try:
            if not guard.same(sock.getpeername()[0], address):
                raise ConnectionAbortedError("the connection leads to another address than the one checked")
            if self._place.tls:
                sock = self._tls.wrap_socket(sock, server_hostname=self._place.host)
        except BaseException:
            sock.close()
            raise
        sock.settimeout(_SILENCE)
        self._socket = sock
        return sock

    def _examine(self, client: _Client) -> tuple[int, str]:
        """How many mails there are, and the number that says whether their UIDs are still the same."""
        status, data = client.select(encoded(self._place.folder), readonly=True)
        if status != "OK":
            detail = f"there is no folder {self._place.folder!r}{_folders(client)}"
            raise FetchError(self._url, "missing", detail)
        _, validity = client.response("UIDVALIDITY")
        shown = validity[-1].decode("ascii", "replace") if validity and validity[-1] else ""
        return int(data[-1] or 0), shown if shown.isdigit() else "0"

    # -- failing -------------------------------------------------------------------------------------

    @property
    def _url(self) -> str:
        return self._source.url

    def _failure(self, error: Exception) -> FetchError:
        host = self._place.host
        if self._late or isinstance(error, TimeoutError):
            return FetchError(self._url, "timeout", f"{host} did not answer in time")
        told = self._without_secret(str(error))
        if isinstance(error, ssl.SSLError):
            said = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
            detail = f"{host} has no trustworthy certificate or speaks no TLS we accept: {said or told}"
            return FetchError(self._url, "tls", detail)
        if isinstance(error, OSError):
            return FetchError(self._url, "connect", f"{host} cannot be connected to: {told}")
        return FetchError(self._url, "protocol", f"{host}: {told}")

    def _without_secret(self, said: str) -> str:
        return one_line(said.replace(self._password, "…") if self._password else said)[:200]


def credentials(source: Source) -> tuple[str, str]:
    """User and password of a mailbox: the password from the environment or a file, never from the address.

    Raises FetchError ``login``, which names what is missing.
    """
    options = source.options
    user, variable, file = (options.get(k, "") for k in ("user", "password_env", "password_file"))
    password = os.environ.get(variable, "") if variable else _from_file(file, source) if file else ""
    if not user or not (variable or file):
        detail = 'write options = { user = "…", password_env = "NAME OF A VARIABLE" } in the source'
    elif not password:
        what = f"the environment variable {variable} is not set" if variable else f"{file} is empty"
        detail = f"{what}: put the password of {user!r} there, for the service too"
    elif _CONTROL.search(user + password):
        detail = "there is a control character in user or password"
    else:
        return user, password
    raise FetchError(source.url, "login", detail)


def _from_file(name: str, source: Source) -> str:
    try:
        return Path(name).expanduser().read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        detail = f"the password file {name} cannot be read ({type(error).__name__})"
        raise FetchError(source.url, "login", detail) from None


def _handful(items: Iterator[Item]) -> list[Item]:
    found: list[Item] = []
    size = 0
    for item in items:
        found.append(item)
        size += len(item.content) if isinstance(item, Document) else 0
        if len(found) >= _HANDFUL or size >= _HANDFUL_BYTES:
            break
    return found


def _search(
    client: _Client, exists: int, floor: int, is_known: Callable[[int], bool]
) -> tuple[list[int], int, bool]:
    """UIDs of new mails, newest first; the highest UID; whether these are all."""
    client.allow(min(exists, _MOST_LISTED) * 11 + _OVERHEAD)
    # By UID alone: some servers take a range of positions, which the standard allows beside it, for one of UIDs.
    _, data = client.uid("SEARCH", "UID", f"{floor + 1}:*")
    uids = sorted({int(uid) for line in data if line for uid in line.split() if uid.isdigit()}, reverse=True)
    # `101:*` names the last mail even where its UID is 100 (RFC 3501 section 6.4.8).
    found = [uid for uid in uids if uid > floor and not is_known(uid)]
    return found[:MOST_MAILS], max([floor, *uids[:1]]), len(found) <= MOST_MAILS


def _sizes(client: _Client, uids: Sequence[int]) -> dict[int, int]:
    if not uids:
        return {}
    client.allow(_OVERHEAD)
    _, data = client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    lines = [line if isinstance(line, bytes) else b" ".join(line) for line in data if line]
    found = [(_UID.search(line), _SIZE.search(line)) for line in lines]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def _content(client: _Client, uid: int) -> bytes | None:
    """A mail as it is; None where it was deleted meanwhile."""
    client.allow(MAX_BYTES + _OVERHEAD)
    _, data = client.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
    return next((part[1] for part in data if isinstance(part, tuple) and b"BODY[]" in part[0]), None)


def _folders(client: _Client) -> str:
    """The names of the folders that there are, for a message."""
    client.allow(_OVERHEAD)
    status, data = client.list()
    if status != "OK":
        return ""
    ends = [line[-_LONGEST_NAME:] for line in data[:10] if isinstance(line, bytes)]
    names = [found[1] for end in ends if (found := _NAMED.search(end))]
    listed = ", ".join(one_line(decoded(name.decode("ascii", "replace"))) for name in names)
    return f"; there are: {listed}" if listed else ""


def _too_large(key: str, size: int) -> Problem:
    detail = f"a mail of {size:,} bytes; at most {MAX_BYTES:,} are downloaded"
    return Problem("too_large", f"{key}: {detail}", key)
