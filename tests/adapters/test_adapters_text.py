"""One file, one draft."""

from __future__ import annotations

import pytest
from adapters_samples import document, source

from aggregator.adapters import text
from aggregator.errors import ReadError
from aggregator.model import Draft


def one(content: bytes | str, name: str, **fields: object) -> Draft:
    (draft,) = text.read(document(content, **{"url": f"file:///in/{name}", "key": name, **fields}), source())
    return draft


def test_the_key_is_the_file_and_there_is_no_address() -> None:
    """A `file:` address is nobody's link."""
    draft = one("Text", "sub/a.txt")
    assert (draft.key, draft.url, draft.base, draft.content_type) == ("sub/a.txt", "", "", "text/plain")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text/plain"),
        ("a.MD", "text/markdown"),
        ("a.htm", "text/html"),
        ("a.b.html", "text/html"),
        ("README", "text/plain"),
    ],
)
def test_the_name_says_what_it_is(name: str, kind: str) -> None:
    """The suffix, whatever its case."""
    assert one("<p>Text</p>" if kind == "text/html" else "Text", name).content_type == kind


def test_the_declared_type_decides_for_addresses_without_a_suffix() -> None:
    """A page under `/news/1` is HTML, and its own address is the document's."""
    draft = one("<p>x</p>", "x", url="https://a.example/news/1", key="", media_type="text/html")
    assert (draft.content_type, draft.url, draft.key) == (
        "text/html",
        "https://a.example/news/1",
        "https://a.example/news/1",
    )


def test_markup_in_a_text_file_stays_text() -> None:
    """H-13: `.txt` is never HTML."""
    assert one("<html><body>x</body></html>", "a.txt").content_type == "text/plain"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "nonsense"])
def test_front_matter_cannot_name_a_foreign_scheme(url: str) -> None:
    """Only web addresses are taken."""
    assert one(f"---\nurl: {url}\n---\nText", "a.md").url == ""


def test_front_matter_that_never_ends_is_text() -> None:
    """Nothing is lost to a missing line."""
    assert one("---\ntitle: A\nText", "a.md").content == "---\ntitle: A\nText"


def test_a_page_is_decoded_by_its_own_label() -> None:
    """`<meta charset>` where HTTP is silent; HTTP where it is not."""
    page = "<meta charset=iso-8859-2><p>Łódź</p>".encode("iso-8859-2")
    assert "Łódź" in one(page, "a.html").content
    assert "Łódź" in one(page.replace(b"8859-2", b"8859-1"), "a.html", charset="iso-8859-2").content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"), (b" \n\r\n\t", "empty"), (b"\xef\xbb\xbf\n", "empty"), (b"---\ntitle: A\n---\n", "empty"),
        (b"PK\x03\x04abc", "binary"), (b"%PDF-1.4", "binary"), (b"GIF89a\x01", "binary"), (b"\xff\xd8\xff\xe0", "binary"),
        (b"Text\x00" + b"a" * 500, "binary"), (b"x" * 5_000_001, "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    """With the reason, before anything is yielded."""
    with pytest.raises(ReadError) as refused:
        text.read(document(content, url="file:///in/a.md", key="a.md"), source())
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "start", ["ID3 electric", "RIFF-Gitarre", "BZh ist", "MZ", "GIF-Bilder", "PK-Ausschuss"]
)
def test_words_that_look_like_file_marks_are_words(start: str) -> None:
    """A release about the ID3 is no MP3 file."""
    assert one(f"{start} und mehr Text.", "a.txt").content.startswith(start)
