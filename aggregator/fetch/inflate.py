"""A gzip stream made plain within limits, whatever it claims. No I/O.

Clients that inflate a network chunk at once can be made to allocate gigabytes by a few kilobytes, so
the output is produced in small steps and counted as it comes.
"""

from __future__ import annotations

import zlib

STEP = 65_536
"""Bytes produced at most between two looks at the limits."""
RATIO, RATIO_FROM = 200, 1_000_000
"""Output per input that no honest text reaches, judged once this much has come out."""
MOST_MEMBERS = 1_000
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


class TooMuchError(ValueError):
    """More came out than may; the message says which limit it was."""


class Plain:
    """A body that is not compressed: kept as it comes, up to ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self._parts: list[bytes] = []
        self._most, self._size = most, 0

    @property
    def whole(self) -> bool:
        """Whether the encoding itself says that nothing is missing."""
        return True

    def feed(self, data: bytes) -> None:
        """Take what came; TooMuchError beyond the limit."""
        self._size += len(data)
        if self._size > self._most:
            raise TooMuchError(f"more than {self._most:,} bytes")
        self._parts.append(data)

    def content(self) -> bytes:
        """All that came so far."""
        return b"".join(self._parts)


class Gzip(Plain):
    """A gzip body of one or several members (RFC 1952, section 2.2), inflated within limits."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._member = zlib.decompressobj(_GZIP)
        self._began = False
        self._ended = False
        self._rest = b""
        self._taken, self._members = 0, 1

    @property
    def whole(self) -> bool:
        """True when the last member came to its end, or when there was no body at all."""
        return self._ended or not self._began

    def feed(self, data: bytes) -> None:
        """Inflate what came; TooMuchError beyond a limit, zlib.error where it is not gzip."""
        self._taken += len(data)
        data, self._rest = self._rest + data, b""
        while data:
            if self._ended and not (data := self._next_member(data)):
                return
            data = self._inflate(data)

    def _inflate(self, data: bytes) -> bytes:
        """Inflate within the current member; what remains is the beginning of another one, or nothing."""
        self._began = True
        while True:
            piece = self._member.decompress(data, STEP)
            super().feed(piece)
            if self._size > RATIO_FROM and self._size > RATIO * self._taken:
                raise TooMuchError(f"it unpacks to more than {RATIO} times its size")
            if self._member.eof:
                self._ended = True
                return self._member.unused_data
            data = self._member.unconsumed_tail
            # All input may be taken while a full step of output still left some inside.
            if not data and len(piece) < STEP:
                return b""

    def _next_member(self, data: bytes) -> bytes:
        """Begin another member, if one follows; padding and rubbish after the last one are ignored."""
        if len(data) < len(_MAGIC) and _MAGIC.startswith(data):
            self._rest = data
            return b""
        if not data.startswith(_MAGIC):
            return b""
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise TooMuchError(f"more than {MOST_MEMBERS} gzip members")
        self._member = zlib.decompressobj(_GZIP)
        self._ended = False
        return data
