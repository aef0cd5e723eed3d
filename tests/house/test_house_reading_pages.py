"""The reading benchmark takes pages in three layouts, and says what is wrong with a folder it cannot take."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reading.pages import Page, UnreadableError, load

HTML = "<html><body><h1>Werk eröffnet</h1><p>Die Muster AG hat in Fulda ein Werk eröffnet.</p></body></html>"


def write(path: Path, content: str | dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def test_a_corpus_of_two_folders(tmp_path: Path) -> None:
    """Layout a: compressed and plain pages; what was never annotated is empty."""
    truth = {
        "title": "Werk eröffnet",
        "author": None,
        "publish_date": "2026-03-01",
        "main_content": "Die Muster AG.",
        "with": ["Muster"],
        "without": ["Login"],
    }
    kind = {"page_type": {"primary": "article"}}
    url = "https://muster.example/1"
    write(
        tmp_path / "ground-truth/01.json",
        {"url": url, "_internal": kind, "ground_truth": truth},
    )
    write(tmp_path / "ground-truth/02.json", {"ground_truth": {"publish_date": None}})
    write(tmp_path / "html/02.html", HTML)
    (tmp_path / "html/01.html.gz").write_bytes(gzip.compress(HTML.encode()))
    name = tmp_path.name
    assert load(tmp_path) == [
        Page(
            f"{name}/01", "html", url, HTML, "Werk eröffnet", "2026-03-01", "Die Muster AG.", "article",
            ("Muster",), ("Login",),
        ),
        Page(f"{name}/02", "html", "", HTML),
    ]  # fmt: skip


def test_pairs_in_one_folder(tmp_path: Path) -> None:
    """Layout b: any of the forms, either name of a key, text whole or in paragraphs; the rest is no page."""
    write(tmp_path / "a.html", HTML)
    write(
        tmp_path / "a.json",
        {"url": "https://a.example/", "title": "T", "date": "2026-03-01T09:00:00+01:00", "text": "x", "type": "release"},
    )  # fmt: skip
    write(tmp_path / "b.eml", "Subject: B\n\nGuten Tag")
    write(
        tmp_path / "b.json",
        {"published": "2026-03-02", "text": ["eins", "zwei"], "kind": "list", "must": ["eins"], "must_not": ["drei"]},
    )  # fmt: skip
    write(tmp_path / "c.md", "# C")
    write(tmp_path / "c.json", {"text": None, "date": None})
    write(tmp_path / "alone.html", HTML)
    name = tmp_path.name
    assert load(tmp_path) == [
        Page(f"{name}/a", "html", "https://a.example/", HTML, "T", "2026-03-01", "x", "release"),
        Page(
            f"{name}/b", "eml", "", "Subject: B\n\nGuten Tag", "", "2026-03-02", "eins\n\nzwei", "list",
            ("eins",), ("drei",),
        ),
        Page(f"{name}/c", "md", "", "# C"),
    ]  # fmt: skip


def test_json_lines(tmp_path: Path) -> None:
    """Layout c: as a file or as a folder of files; a line's number is its name where it has none."""
    expected = {"title": "T", "date": "2026-03-01", "text": "x", "kind": "release"}
    lines = [
        {"url": "https://a.example/", "html": HTML, "expected": expected},
        {"id": "note", "text": "Guten Tag", "expected": {"text": "Guten Tag"}},
    ]
    file = write(tmp_path / "set.jsonl", "\n\n".join(map(json.dumps, lines)) + "\n")
    pages = [
        Page("set/1", "html", "https://a.example/", HTML, "T", "2026-03-01", "x", "release"),
        Page("set/note", "txt", "", "Guten Tag", text="Guten Tag"),
    ]
    assert load(file) == load(tmp_path) == pages


def test_bytes_of_a_mail_survive(tmp_path: Path) -> None:
    """Its own headers say how they are to be read."""
    (tmp_path / "a.eml").write_bytes("Größe".encode("latin-1"))
    write(tmp_path / "a.json", {"text": ""})
    (page,) = load(tmp_path)
    assert page.content.encode("utf-8", "surrogateescape") == "Größe".encode("latin-1")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no pages"),
        ({"a.html": HTML}, "holds no pages"),
        ({"a.html": HTML, "a.json": "{"}, "a.json"),
        ({"a.html": HTML, "a.json": "[]"}, "a.json: there is no 'text'"),
        ({"a.html": HTML, "a.json": '{"url": ""}'}, "a.json: there is no 'text'"),
        ({"a.jsonl": '\n{"url": "", "html": ""}'}, "a.jsonl:2: there is no 'expected'"),
        ({"a.jsonl": "no JSON"}, "a.jsonl:1: "),
        ({"html/1.html": HTML, "ground-truth/2.json": '{"ground_truth": {}}'}, "2.html.gz cannot be read"),
        ({"html/1.html": HTML, "ground-truth/1.json": "{}"}, "1.json: there is no 'ground_truth'"),
    ],
)
def test_a_broken_folder_is_named(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """The file, and the line of a JSON Lines file, are in the message."""
    for name, content in files.items():
        write(tmp_path / name, content)
    with pytest.raises(UnreadableError, match=r"^/") as raised:
        load(tmp_path)
    assert said in str(raised.value)
