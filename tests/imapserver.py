"""A real IMAP4rev1 server on loopback: the commands of RFC 3501 that a reader needs, over sockets and TLS.

It keeps flags and says what it was asked for, so that a test can see that nothing was changed; it can be
told to misbehave. Each connection has a thread.
"""

from __future__ import annotations

import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO

USER, PASSWORD = "press@example.com", 'ein Wörtchen \\ " geheim'


@dataclass
class Mail:
    uid: int
    content: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Folder:
    validity: int = 17
    mails: list[Mail] = field(default_factory=list)

    def add(self, content: bytes) -> Mail:
        mail = Mail(max((m.uid for m in self.mails), default=0) + 1, content)
        self.mails.append(mail)
        return mail

    def renumber(self) -> None:
        """As after a restored backup: all UIDs are void (RFC 3501 section 2.3.1.1)."""
        self.validity += 1
        for number, mail in enumerate(self.mails):
            mail.uid = 1000 + 3 * number


class ImapServer(socketserver.ThreadingTCPServer):
    """The server. ``folders`` by their names on the wire; ``commands`` are all that came, without passwords."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None, *, start_tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.tls, self.start_tls = tls, start_tls
        self.folders = {"INBOX": Folder()}
        self.commands: list[str] = []
        self.utf8 = True
        self.fault = ""
        """``flood``: announces a mail of 80 GB; ``cut``: closes within a mail; ``drip``: a byte a tenth of a
        second; ``silent``: says nothing at all; ``ramble``: lines of 120 kB that never come to the point."""
        self.cut_at = 1
        """The mail at which `fault` begins."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A client that leaves, or trusts nobody, is no news."""


@contextmanager
def serving(server: ImapServer) -> Iterator[ImapServer]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Session(socketserver.BaseRequestHandler):
    server: ImapServer
    user = ""
    folder: Folder | None = None
    readonly = True
    fetched = 0
    file: BinaryIO | None = None

    def handle(self) -> None:
        self.request.settimeout(20)
        if self.server.fault == "silent":
            threading.Event().wait(5)
            return
        if self.server.tls:
            self._secure(self.server.tls)
        self.file = self.request.makefile("rb")
        self._say("* OK ready")
        with suppress(OSError):
            while line := self.file.readline():
                tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
                name, _, arguments = rest.partition(" ")
                if name.upper() == "UID":
                    name, _, arguments = arguments.partition(" ")
                    name = f"UID_{name}"
                shown = "LOGIN …" if name.upper() == "LOGIN" else rest
                self.server.commands.append(shown)
                command = getattr(self, f"_{name.lower()}", None)
                said = command(arguments) if command else "BAD unknown command"
                self._say(f"{tag} {said}")
                if name.upper() == "LOGOUT":
                    return
                if name.upper() == "STARTTLS" and self.server.start_tls:
                    self._secure(self.server.start_tls)
                    self.file = self.request.makefile("rb")

    def finish(self) -> None:
        with suppress(OSError):
            self.request.close()  # the TLS socket took the place of the one that the server closes
        if self.file:
            self.file.close()

    def _secure(self, context: ssl.SSLContext) -> None:
        self.request = context.wrap_socket(self.request, server_side=True)

    def _say(self, text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else text.encode() + b"\r\n"
        self.request.sendall(data)

    # -- any state -------------------------------------------------------------------------------------

    def _capability(self, _: str) -> str:
        secure = isinstance(self.request, ssl.SSLSocket)
        more = " STARTTLS LOGINDISABLED" if self.server.start_tls and not secure else ""
        more += " AUTH=PLAIN" if self.server.utf8 else ""
        self._say(f"* CAPABILITY IMAP4rev1{more}")
        return "OK done"

    def _starttls(self, _: str) -> str:
        return "OK go on" if self.server.start_tls else "BAD no TLS here"

    def _logout(self, _: str) -> str:
        self._say("* BYE")
        return "OK done"

    # -- logging in ------------------------------------------------------------------------------------

    def _login(self, arguments: str) -> str:
        return self._as(*_strings(arguments))

    def _authenticate(self, mechanism: str) -> str:
        if mechanism != "PLAIN":
            return "NO unknown mechanism"
        self._say("+ ")
        _, user, password = base64.b64decode(self.file.readline()).decode().split("\0")
        return self._as(user, password)

    def _as(self, user: str, password: str) -> str:
        if (user, password) != (USER, PASSWORD):
            return f"NO [AUTHENTICATIONFAILED] {user} is not known with {password}"
        self.user = user
        return "OK welcome"

    # -- folders ---------------------------------------------------------------------------------------

    def _list(self, _: str) -> str:
        if self.server.fault == "ramble":
            self._say('* LIST () "/" ' + "a" * 120_000 + '""!')
        for name in self.server.folders:
            self._say(f'* LIST (\\HasNoChildren) "/" "{name}"')
        return "OK done"

    def _examine(self, arguments: str) -> str:
        name = _strings(arguments)[0]
        self.folder = self.server.folders.get(name) if self.user else None
        if self.folder is None:
            return "NO [NONEXISTENT] no such folder"
        self._say(f"* {len(self.folder.mails)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self.folder.validity}] valid")
        return "OK [READ-ONLY] done"

    def _select(self, arguments: str) -> str:
        said = self._examine(arguments)
        self.readonly = False
        return said.replace("READ-ONLY", "READ-WRITE")

    # -- mails -----------------------------------------------------------------------------------------

    def _uid_search(self, arguments: str) -> str:
        assert self.folder is not None
        found = re.fullmatch(r"UID (\d+):\*", arguments)
        if not found:
            return "BAD cannot search like that"
        last = self.folder.mails[-1].uid if self.folder.mails else 0
        uids = [m.uid for m in self.folder.mails if min(int(found[1]), last) <= m.uid]
        self._say(" ".join(["* SEARCH", *map(str, uids)]))
        return "OK done"

    def _uid_fetch(self, arguments: str) -> str:
        assert self.folder is not None
        numbers, _, wanted = arguments.partition(" ")
        uids = {int(n) for n in numbers.split(",")}
        for position, mail in enumerate(self.folder.mails, 1):
            if mail.uid not in uids:
                continue
            if "RFC822.SIZE" in wanted:
                if self.server.fault == "ramble":
                    self._say(f"* {position} FETCH ({'UID 1 ' * 20_000})")
                self._say(f"* {position} FETCH (UID {mail.uid} RFC822.SIZE {len(mail.content)})")
            elif "BODY" in wanted:
                if "PEEK" not in wanted and not self.readonly:
                    mail.flags.add("\\Seen")
                self._send(position, mail)
        return "OK done"

    def _send(self, position: int, mail: Mail) -> None:
        self.fetched += 1
        fault = self.server.fault if self.fetched >= self.server.cut_at else ""
        size = 80_000_000_000 if fault == "flood" else len(mail.content)
        self._say(f"* {position} FETCH (UID {mail.uid} BODY[] {{{size}}}")
        if fault == "cut":
            self._say(mail.content[:50])
            with suppress(OSError):
                self.request.shutdown(socket.SHUT_RDWR)
            raise OSError
        if fault == "drip":
            for number in range(len(mail.content)):
                self._say(mail.content[number : number + 1])
                threading.Event().wait(0.1)
        self._say(mail.content + b")\r\n")


def _strings(arguments: str) -> list[str]:
    """Quoted strings and atoms of a command."""
    found = re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', arguments)
    return [re.sub(r"\\(.)", r"\1", quoted) if quoted or not atom else atom for quoted, atom in found]
