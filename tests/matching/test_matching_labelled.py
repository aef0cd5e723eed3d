"""The kit for an operator's own labelled pairs: what it says of files that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.matching import __main__ as kit

BODY = (
    "Die Musterwerke GmbH hat in Beispielstadt eine Halle für 12,5 Millionen Euro eröffnet. Dort arbeiten"
    " 140 Menschen an 200 Maschinen. Der Bau dauerte 14 Monate, die Fertigung begann im Oktober 2026."
)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    records = ({"id": name, "title": "Neue Halle eröffnet", "text": BODY} for name in "ab")
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *given: Path) -> int:
    monkeypatch.setattr("sys.argv", ["matching", *map(str, given)])
    return kit.main()


def test_own_pairs_are_scored_and_the_numbers_say_of_what(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pair, and a line that cannot be scored: named with its line and why."""
    pairs = texts.with_name("pairs.tsv")
    pairs.write_text("# mine\na\tb\tsame\na\tb\tsimilar\na\tz\tsame\na b same\n", "utf-8")
    assert run(monkeypatch, pairs, texts) == 0
    told = capsys.readouterr()
    assert "pairs 1  precision 1.0000" in told.out
    assert 'of "one release"' in told.out
    assert f"{pairs}:3: left out: label 'similar' is none of" in told.err
    assert f"{pairs}:4: left out: there is no text 'z'" in told.err
    assert f"{pairs}:5: left out: id, id and label" in told.err


def test_nothing_scored_is_no_perfect_score(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty file of pairs fails, instead of an F1 of 1."""
    pairs = texts.with_name("pairs.tsv")
    pairs.write_text("", "utf-8")
    assert run(monkeypatch, pairs, texts) == 1
    assert "F1" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"), [("{", ":1: no JSON"), ("[]", ':1: a record is an object with "id"')]
)
def test_a_file_that_cannot_be_read_is_wrong_use(
    line: str, said: str, texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line with the place, and no traceback; a file that is missing too."""
    pairs = texts.with_name("pairs.tsv")
    with pytest.raises(SystemExit) as left:
        run(monkeypatch, pairs.with_name("none"), texts)
    assert left.value.code == 2
    assert "none" in capsys.readouterr().err
    pairs.write_text("a\tb\tsame\n", "utf-8")
    texts.write_text(line + "\n", "utf-8")
    with pytest.raises(SystemExit):
        run(monkeypatch, pairs, texts)
    assert said in capsys.readouterr().err
