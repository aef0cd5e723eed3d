"""PDF documents: one file, one draft of plain text. The only module that knows pypdf, which is an extra.

The title is the largest line of the first page. What the file says of itself (Title, CreationDate) is weak: titles
there are names of templates, dates those of an export; the date is told only where the text states no day. Pure:
pages, characters and sizes are bounded here, time and memory by the worker that reads.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aggregator.adapters import pdflines
from aggregator.adapters.dates import holds_day
from aggregator.adapters.links import web_url
from aggregator.adapters.markup import legal
from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Source

MAX_BYTES = 30_000_000
MAX_PAGES = 40
MAX_CHARS = 300_000
MAX_CONTENT = 4_000_000
"""Bytes of drawing instructions that are gone through; pypdf takes about a second for 1 MB."""
_LEAST = 40
"""Letters below which a document holds no text."""

MISSING = "PDF documents need the extra press-release-aggregator[pdf]: `pip install pypdf` (a checkout: .venv/bin/pip)"


@dataclass(frozen=True, slots=True)
class PdfText:
    content: str
    title: str
    created: str
    """ISO 8601, or empty where the text itself states a day or the file says nothing."""
    notes: tuple[str, ...] = ()


def read(document: Document, source: Source) -> Iterator[Draft]:  # noqa: ARG001 - adapters are called alike
    """The one draft of a PDF document.

    Raises ReadError: ``empty``, ``not_a_pdf``, ``too_large``, ``encrypted``, ``broken``, ``truncated``, ``no_text``,
    ``missing_extra``.
    """
    found = text_of(document.content, complete=document.complete)
    url = web_url(document.url)
    draft = Draft(
        key=document.key or document.url,
        content=found.content,
        content_type="text/plain",
        fetched_at=document.fetched_at,
        url=url,
        base=url,
        title=found.title,
        published=found.created,
        notes=found.notes,
    )
    return iter([draft])


def text_of(data: bytes, *, complete: bool = True) -> PdfText:
    """The text of a PDF document. Raises ReadError as `read`."""
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", f"{len(data):,} bytes; a PDF may have {MAX_BYTES:,}")
    if b"%PDF-" not in data[:1024]:
        raise ReadError("not_a_pdf", "this is no PDF document, whatever it is called")
    if not complete:
        raise ReadError("truncated", "the connection ended early, and a PDF is read from its end")
    return _read(data)


def _read(data: bytes) -> PdfText:
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError:
        raise ReadError("missing_extra", MISSING) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is told by what comes out
    try:
        return _text(PdfReader(io.BytesIO(data)))
    except (DependencyError, FileNotDecryptedError):
        raise ReadError("encrypted", "the PDF asks for a password: save it without one") from None
    except (ReadError, MemoryError):
        raise
    except RecursionError:
        raise ReadError("parse_limit", "the PDF is nested too deeply") from None
    except Exception as error:  # a parser of a format with a thousand corners raises whatever it met
        detail = f"the PDF is broken ({type(error).__name__}): open it in a viewer and print it to a new PDF"
        raise ReadError("broken", detail) from error


def _text(reader: Any) -> PdfText:
    # Many documents are encrypted with an empty password, which only forbids to change them.
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("encrypted", "the PDF asks for a password: save it without one")
    count = len(reader.pages)
    pages, notes = _pages(reader, min(count, MAX_PAGES))
    found = pdflines.paragraphs(pages)
    content = legal(pdflines.as_text(found))
    if sum(c.isalpha() for c in content) < _LEAST:
        raise ReadError(
            "no_text",
            "the PDF holds pictures of pages and no text: run OCR over it, with ocrmypdf for example",
        )
    if count > MAX_PAGES or len(content) > MAX_CHARS:
        notes.append(
            f"of {count} pages the first {min(count, MAX_PAGES)} were read, and {MAX_CHARS:,} characters"
        )
    body = pdflines.body_size(line for page in pages for line in page)
    created = "" if holds_day(content[:5000]) else _created(reader)
    return PdfText(content[:MAX_CHARS], legal(pdflines.title(found, body)), created, tuple(notes))


def _pages(reader: Any, count: int) -> tuple[list[list[pdflines.Line]], list[str]]:
    """The lines of the first pages. A page that cannot be read is noted, unless none can."""
    pages: list[list[pdflines.Line]] = []
    notes: list[str] = []
    budget, failure = MAX_CONTENT, None
    for number in range(count):
        try:
            page = reader.pages[number]
            contents = page.get_contents()
            budget -= len(contents.get_data()) if contents is not None else 0
            if budget < 0:
                notes.append(
                    f"page {number + 1} and what follows was left out: too many drawing instructions"
                )
                break
            pages.append(list(_lines(page, number)))
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001 - as in `_read`; the other pages may be whole
            failure = error
            notes.append(f"page {number + 1} could not be read ({type(error).__name__})")
    if failure is not None and not any(pages):
        raise failure
    return pages, notes


def _lines(page: Any, number: int) -> Iterator[pdflines.Line]:
    """The lines of a page in the order in which they are drawn, with their place and size."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        found.append((text, x, y, round(size * scale * 2) / 2))

    page.extract_text(visitor_text=visit)
    parts: list[str] = []
    place: tuple[float, float, float] | None = None
    for text, *where in [*found, ("\n", 0.0, 0.0, 0.0)]:
        first, *others = text.replace("\f", "\n").split("\n")
        for piece, ends in [(first, bool(others)), *((o, i < len(others)) for i, o in enumerate(others, 1))]:
            if piece.strip() and place is None:
                place = (where[0], where[1], where[2])
            parts.append(piece)
            if ends:
                line = pdflines.clean("".join(parts))
                if line and place:
                    yield pdflines.Line(line, *place, number)
                parts, place = [], None


def _created(reader: Any) -> str:
    try:
        created = reader.metadata.creation_date if reader.metadata else None
        return created.isoformat() if created else ""
    except Exception:  # noqa: BLE001 - "D:20261301" and whatever else programs write
        return ""
