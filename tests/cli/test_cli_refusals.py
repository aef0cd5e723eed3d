"""What is refused, and where an editor meets it: each line names the place, the reason and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shell import TEXT, Shell

MAIL = (
    "From: Presse <presse@example.com>\nSubject: Neue Halle\nDate: Mon, 02 Nov 2026 09:00:00 +0100\n"
    f"Message-ID: <halle@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}"
)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
PAGE = f"<!DOCTYPE html><title>Neue Halle eröffnet</title><body><article>{PARAGRAPHS}</article></body>"
LINES = json.dumps({"title": "Neue Halle eröffnet", "text": TEXT[40:]})
FEED = (
    '<rss version="2.0"><channel><title>W</title><link>https://example.com/</link><description>d</description><item>'
    f"<title>Neue Halle eröffnet</title><guid>1</guid><description>{TEXT[40:]}</description></item></channel></rss>"
)


def test_what_is_refused_stays_in_sight(shell: Shell, texts: Path) -> None:
    """In the poll's line, and after a poll without news in `sources list`, `sources show` and `status`."""
    for name in "abcdefg":
        (texts / f"{name}.txt").write_text("")
    shell("sources", "add", "texts", "--yes")
    assert "a.txt: empty: the file is empty" in shell.err
    assert "and 2 more" in shell.err
    shell("poll")
    assert "texts: 1 new, 7 refused" in shell.err
    assert "texts: a.txt: empty: the file is empty" in shell.err
    shell("poll")
    assert "refused" not in shell.err
    (listed,) = shell.records("sources", "list", "--jsonl")
    assert listed["refused"] == {"empty": 7}
    shown = shell("sources", "show", "texts")
    assert shown.count("    g.txt: empty: the file is empty") == 2  # what is refused now, and the poll's own
    assert "refused        7 empty" in shown
    assert "texts: refused 7 empty" in shell("status")


@pytest.mark.parametrize("command", [["parse"], ["ingest"], ["sources", "add"]], ids=" ".join)
def test_an_empty_word_is_no_folder(shell: Shell, command: list[str]) -> None:
    """An unset variable of a script does not read all that lies around."""
    assert shell(*command, "", code=2) == ""
    assert "empty" in shell.err


@pytest.mark.parametrize(
    "given", [TEXT, MAIL, PAGE, LINES, FEED], ids=["text", "mail", "page", "lines", "feed"]
)
def test_standard_input_is_read_by_what_it_is(shell: Shell, given: str) -> None:
    """Under the name ``-``, with no name that tells its kind."""
    (record,) = (json.loads(line) for line in shell("parse", "--jsonl", "-", given=given).splitlines())
    assert (record["input"], record["refused"], record["detail"]) == ("-", None, None)
    assert record["title"] in ("Neue Halle eröffnet", "Neue Halle")
    assert "Zweischichtbetrieb" in record["body"]
    assert "Message-ID" not in record["body"]


def test_two_texts_of_standard_input_are_two(shell: Shell) -> None:
    """And the same one again is nothing new."""
    other = (
        "Reederei übernommen\n\nHafenstadt, 03.11.2026\n\n" + "Die Nordhafen AG übernimmt eine Reederei. " * 9
    )
    for given, news in ((TEXT, 1), (TEXT, 0), (other, 1)):
        shell("ingest", "-", given=given)
        assert f"{news} new release" in shell.err


def test_json_that_is_laid_out_is_told_of_once(shell: Shell) -> None:
    """With what is expected instead; an array of releases is read however it is laid out."""
    one = {"title": "Neue Halle eröffnet", "text": TEXT[40:]}
    (shell.folder / "one.json").write_text(json.dumps(one, indent=2))
    (shell.folder / "many.json").write_text(json.dumps([one], indent=2))
    refused, read = shell.records("parse", "--jsonl", "one.json", "many.json", code=1)
    assert (refused["refused"], read["refused"]) == ("broken", None)
    assert "one object" in str(refused["detail"])
    shell("ingest", "one.json", code=1)
    assert shell.err.count("JSON Lines are expected") == 1


def test_an_address_without_its_scheme_is_told_how_to_write_it(shell: Shell) -> None:
    """A file that is missing is not."""
    first, second = shell.records("parse", "--jsonl", "www.example.com/x", "release.txt", code=1)
    assert "write https://www.example.com/x" in str(first["detail"])
    assert "https" not in str(second["detail"])
    shell("sources", "add", "www.example.com/x", code=2)
    assert "write https://www.example.com/x" in shell.err


def test_a_person_reads_the_names_of_the_record(shell: Shell) -> None:
    """`kind` and `release_kind` as in JSON, the notes, and no kind of what was never seen."""
    line = {"title": "Neue Halle eröffnet", "text": TEXT[40:], "published": "gestern"}
    (shell.folder / "a.jsonl").write_text(json.dumps(line) + "\n")
    shown = shell("parse", "a.jsonl", "nowhere.txt", code=1)
    assert "  kind         release" in shown
    assert "note         \"published\" is no date that can be read: 'gestern'" in shown
    assert "empty" not in shown
    assert "what " not in shown
