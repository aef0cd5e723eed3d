"""The reading benchmark as a whole, on an invented folder, with and without the rival."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import scratch
from benchmarks.reading.__main__ import gathered, main, part_of
from benchmarks.reading.ours import Reading, ours
from benchmarks.reading.pages import Page
from benchmarks.reading.report import columns
from benchmarks.reading.trafilatura import REQUIREMENTS, trafilatura

LEAD = "Die Muster AG hat in Fulda ein Werk für Pumpen eröffnet, in dem 120 Menschen arbeiten."
MORE = "Es kostete zwölf Millionen Euro und wurde nach zwei Jahren Bauzeit fertig, wie geplant war."
HTML = f"""<html lang="de"><head><title>Werk in Fulda eröffnet</title>
<meta property="article:published_time" content="2026-03-01T09:00:00+01:00"></head>
<body><main><article><h1>Werk in Fulda eröffnet</h1><p>{LEAD}</p><p>{MORE}</p></article></main></body></html>"""
PAGE = Page("set/werk", "html", "https://muster.example/werk", HTML)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A release, a release that expects a text which is not there, and a text that is no release."""
    place = tmp_path / "set"
    place.mkdir()
    expected = {"url": PAGE.url, "title": "Werk in Fulda eröffnet", "date": "2026-03-01", "kind": "release"}
    for name, text in (
        ("werk", [LEAD, MORE]),
        ("fehl", [LEAD, MORE, "Was nirgends zu lesen ist, das fehlt."]),
    ):
        (place / f"{name}.html").write_text(HTML, "utf-8")
        (place / f"{name}.json").write_text(json.dumps({**expected, "text": text}), "utf-8")
    (place / "leer.txt").write_text("\n", "utf-8")
    (place / "leer.json").write_text(json.dumps({"text": "", "kind": "list"}), "utf-8")
    return place


def test_ours_is_what_reading_says() -> None:
    """Body, headline, day and kind; a page without a sign of a release is an article."""
    reading = ours(PAGE)
    assert (reading.text, reading.title) == (f"{LEAD}\n\n{MORE}", "Werk in Fulda eröffnet")
    assert (reading.date, reading.kind) == ("2026-03-01", "article")
    refused = ours(Page("p", "txt", "", "\n"))
    assert (refused.text, refused.date) == ("", "")
    assert refused.kind == "empty"


def test_markdown_goes_through_its_adapter() -> None:
    """Front matter is the adapter's business and no text."""
    reading = ours(Page("set/a", "md", "", f"---\ntitle: Werk\ndate: 2026-03-01\n---\n\n{LEAD}\n\n{MORE}\n"))
    assert (reading.text, reading.title, reading.date) == (f"{LEAD}\n\n{MORE}", "Werk", "2026-03-01")


def test_a_run_without_the_rival(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures by page type and over all, speeds, the worst page with what it misses, and all of it as JSON."""
    numbers = tmp_path / "numbers.json"
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(f"Werk\n\n{LEAD}\n", "utf-8")
    options = ["--no-trafilatura", "--worst", "1", "--rounds", "1", "--json", numbers, "--texts", texts]
    assert main([str(folder), *map(str, options)]) == 0
    said = capsys.readouterr().out
    rows = [line.split() for line in said.splitlines()]
    assert [row[:4] for row in rows if row[2:3] == ["ours"]][1:] == [
        ["list", "1", "ours", "1.000"],
        ["all", "3", "ours", rows_f1(numbers, "all")],
    ]
    assert "pages/s" in said
    assert "texts/s" in said
    assert "set/fehl (release" in said
    assert "missing     Was nirgends zu lesen ist, das fehlt." in said
    written = json.loads(numbers.read_text("utf-8"))
    assert written["groups"]["release"]["ours"]["title"] == [2, 2]
    assert written["groups"]["all"]["ours"]["dates"] == {"right": 2, "wrong": 0, "none": 0}
    assert {page["id"] for page in written["pages"]} == {"set/werk", "set/fehl", "set/leer"}
    assert all(page["seconds"]["ours"] > 0 for page in written["pages"])


def rows_f1(numbers: Path, group: str) -> str:
    value = json.loads(numbers.read_text("utf-8"))["groups"][group]["ours"]["words"]["f1"]
    assert 0.9 < value < 1
    return f"{value:.3f}"


def test_one_page_in_full(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The blocks with the rules that made them; the folder's name may be left out."""
    assert main([str(folder), "--no-trafilatura", "--show", "werk"]) == 0
    said = capsys.readouterr().out
    assert "title [title.declared]" in said
    assert "paragraph [body.paragraph]" in said


def test_texts_stand_side_by_side() -> None:
    """Lines that are equal but for typography are level, whatever one side has between them."""
    left, right = "„Eins“\nzwei\ndrei", '"Eins"\ndrei'
    assert list(columns("A", left, "B", right, 23)) == [
        "A            B",
        '„Eins“       "Eins"',
        "zwei       |",
        "drei         drei",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["{folder}/nowhere"], "nowhere is not there"),
        (["{folder}", "--show", "nobody"], "0 pages are called 'nobody'"),
        (["{folder}", "--texts", "{folder}/nowhere"], "holds no .txt files"),
    ],
)
def test_what_is_not_there_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    """On standard error, with the exit code 2 and before anything is read."""
    assert main([option.format(folder=folder) for option in options]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_usual_folders_that_are_absent_are_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason; where none is left, that is said and the exit code is 2."""
    monkeypatch.setattr("benchmarks.reading.__main__.USUAL", (folder / "absent", folder))
    assert main(["--no-trafilatura", "--texts", "none"]) == 0
    assert "left out: " in capsys.readouterr().err
    monkeypatch.setattr("benchmarks.reading.__main__.USUAL", (folder / "absent",))
    assert main(["--no-trafilatura"]) == 2
    assert "name a folder" in capsys.readouterr().err


def test_a_third_of_the_pages_is_held_back(folder: Path) -> None:
    """By name: the parts are disjoint and whole, and a page stays in its part wherever its folder is."""
    names = [f"{number:04}" for number in range(300)]
    parts = [part_of(Page(f"a/{name}", "txt", "", "")) for name in names]
    assert parts == [part_of(Page(f"b/{name}", "txt", "", "")) for name in names]
    assert 70 < parts.count("held-back") < 130
    tuning, held = (gathered([folder], part)[str(folder)] for part in ("tuning", "held-back"))
    assert sorted(page.id for page in tuning + held) == ["set/fehl", "set/leer", "set/werk"]


def test_the_rival_reads_the_same_page() -> None:
    """Through its child process: text, title and day, and a processor time for each way to ask."""
    if not scratch.is_ready(REQUIREMENTS[0]):
        pytest.skip("trafilatura is not installed yet: run ./run bench reading once")
    with trafilatura() as rival:
        reading, seconds = rival.read(PAGE)
        broken, _ = rival.read(Page("p", "html", "", "\ud800"))
    assert LEAD in reading.text
    assert (reading.title, reading.date) == ("Werk in Fulda eröffnet", "2026-03-01")
    assert 0 < seconds["extract"] < seconds["extract + extract_metadata"]
    assert broken == Reading()
