"""PDF documents: lines become paragraphs, and what cannot be read says why."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from adapters_samples import document, source
from pypdf import PdfReader, PdfWriter

from aggregator.adapters import pdf, pdflines
from aggregator.adapters.pdflines import Line
from aggregator.errors import ReadError

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "adapters" / "pdf"
ONE_PAGE = (GOLDEN / "one_page.pdf").read_bytes()
FULL = "Die Nordquell Pumpen GmbH hat in Brunnstadt eine neue Halle für Umwälzpumpen in Betrieb"


def page(*texts: str, number: int = 0, size: float = 10.0, top: float = 760.0) -> list[Line]:
    """Lines of one page at the usual distance; an empty text is a gap."""
    places = [(text, top - 13 * n) for n, text in enumerate(texts)]
    return [Line(text, 70.0, y, size, number) for text, y in places if text]


def texts(*pages: list[Line]) -> list[str]:
    return [paragraph.text for paragraph in pdflines.paragraphs(pages)]


def locked(password: str) -> bytes:
    """A page that is encrypted, with an empty password for those who only read."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(ONE_PAGE)))
    writer.encrypt(password, "eigentuemer", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as error:
        pdf.read(document(data, key="a.pdf"), source())
    return error.value


def test_lines_that_fill_their_column_are_one_paragraph() -> None:
    """A short line ends it, a gap does, and a bullet begins another."""
    found = texts(page(FULL, "genommen.", f"• {FULL}", "genommen.", FULL, "", FULL))
    assert found == [f"{FULL} genommen.", f"• {FULL} genommen.", FULL, FULL]


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [
        ("Aluminium-", "industrie", "Aluminiumindustrie"),
        ("Textil-", "und Stahlwerke", "Textil- und Stahlwerke"),
    ],
)
def test_words_that_were_divided_are_made_whole(end: str, start: str, joined: str) -> None:
    """As in texts that were wrapped by hand."""
    assert texts(page(f"{FULL} {end}", start)) == [f"{FULL} {joined}"]


def test_a_sentence_goes_on_over_the_page_and_a_new_one_does_not() -> None:
    """By its full stop, and by the small letter on the next page."""
    assert texts(page(FULL), page("genommen, so der Chef.", number=1)) == [f"{FULL} genommen, so der Chef."]
    assert texts(page("Schluss."), page("danach nicht.", number=1)) == ["Schluss.", "danach nicht."]


@pytest.mark.parametrize("form", ["Seite {} von 3", "Page {}/3", "- {} -", "{} | 3", "{}"])
def test_page_numbers_and_running_lines_are_dropped(form: str) -> None:
    """Whatever their form, and a number that changes does not hide a running line."""
    pages = [
        [
            Line(f"Nordquell | PM 8{n}", 70, 800, 8, n), *page(f"{FULL} im Jahr {2026 + n}.", number=n),
            Line(form.format(n + 1), 280, 30, 8, n),
        ]
        for n in range(3)
    ]  # fmt: skip
    assert texts(*pages) == [f"{FULL} im Jahr {2026 + n}." for n in range(3)]


def test_a_running_title_stays_where_it_is_the_headline() -> None:
    """In large type on the first page; the later pages lose it."""
    head = "Nordquell baut neue Halle"
    first = [Line(head, 70, 800, 18, 0), *page(FULL, top=700)]
    second = [Line(head, 70, 800, 8, 1), *page(f"{FULL} gesetzt.", number=1, top=700)]
    assert texts(first, second) == [head, FULL, f"{FULL} gesetzt."]


def test_a_number_in_a_text_is_no_page_number() -> None:
    """One that is larger than the document, or stands in the middle of a page."""
    assert texts(page(*[f"{FULL} {n}." for n in range(8)], "", "120"))[-1] == "120"


def test_the_largest_line_that_says_something_is_the_headline() -> None:
    """A label in larger type is none."""
    lines = [
        *page("PRESSEINFORMATION", size=20.0),
        *page("Nordquell baut neue Halle", size=16.0, top=700),
        *page(FULL, top=600),
    ]
    assert pdflines.title(pdflines.paragraphs([lines]), 10.0) == "Nordquell baut neue Halle"


def test_a_stated_day_outweighs_the_day_of_the_export() -> None:
    """CreationDate is told only where the text names no day; the Title of a file is never taken."""
    (stated,) = pdf.read(document(ONE_PAGE, key="a.pdf"), source())
    (silent,) = pdf.read(document((GOLDEN / "hyphenated.pdf").read_bytes(), key="b.pdf"), source())
    assert (stated.published, silent.published[:10]) == ("", "2026-11-03")
    assert "Vorlage" not in stated.title


def test_an_empty_password_is_no_lock_and_another_one_is() -> None:
    """Many documents are only protected against changes."""
    (draft,) = pdf.read(document(locked(""), key="a.pdf"), source())
    assert draft.title.startswith("Nordquell Pumpen nimmt")
    assert refused(locked("geheim")).reason == "encrypted"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Ein Text", "not_a_pdf"),
        (ONE_PAGE[:700], "broken"),
        (b"%PDF-1.4\n" + b"x" * 31_000_000, "too_large"),
        ((GOLDEN / "scanned.pdf").read_bytes(), "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_by_its_reason(data: bytes, reason: str) -> None:
    """Typed; nothing of pypdf comes out."""
    assert refused(data).reason == reason


def test_a_download_that_ended_early_is_not_tried() -> None:
    """The table of a PDF stands at its end."""
    with pytest.raises(ReadError) as error:
        pdf.read(document(ONE_PAGE, key="a.pdf", complete=False), source())
    assert error.value.reason == "truncated"


def test_without_pypdf_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the program needs no reader for PDF."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    error = refused(ONE_PAGE)
    assert error.reason == "missing_extra"
    assert "press-release-aggregator[pdf]" in error.detail
