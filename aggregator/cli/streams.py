"""Standard output and standard error: every text can be written to them, and either may be gone.

Nothing else knows of broken pipes, full disks and encodings that lack a character.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class LostError(Exception):
    """Standard output takes nothing more. No OSError, so that it is never taken for another failure."""

    def __init__(self, cause: OSError) -> None:
        self.reader_left = isinstance(cause, BrokenPipeError)
        super().__init__(f"standard output: {(cause.strerror or type(cause).__name__).lower()}")


class _Raw(io.FileIO):
    """The file below a stream. Once it fails it swallows the rest, so that nothing fails at exit."""

    def __init__(self, number: int, *, needed: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._needed, self._lost = needed, False

    def write(self, data: Buffer, /) -> int:
        if not self._lost:
            try:
                return super().write(data)
            except OSError as error:
                self._lost = True
                if self._needed:
                    raise LostError(error) from error
        return memoryview(data).nbytes


def prepare() -> None:
    """Put our own streams in the place of the interpreter's.

    What an encoding lacks is shown as ``\\u2014``. Writing to standard output may raise `LostError`;
    messages that nobody can read are dropped, since they are no reason to stop.
    """
    sys.stdout = _stream(sys.stdout, needed=True)
    sys.stderr = _stream(sys.stderr, needed=False)


def _stream(stream: TextIO, *, needed: bool) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # closed, so None; or replaced by whoever runs us
    stream.flush()
    raw = _Raw(stream.fileno(), needed=needed)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), stream.encoding, "backslashreplace",
        line_buffering=stream.line_buffering, write_through=stream.write_through,
    )  # fmt: skip


def unicode() -> bool:
    """Whether every character can be written to standard output as it is."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")
