"""Who carried a release, where two copies differ, and what an operator should look at: over real folders."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from cli_shell import TEXT, Shell, environment

SOURCES = "".join(
    f'[[source]]\nid = "{id}"\nadapter = "text"\nurl = "../texts/{id}"\nrole = "{role}"\ntitle = "{title}"\n\n'
    for id, role, title in (
        ("own", "issuer", "Musterwerke"),
        ("wire", "wire", "Drahtdienst"),
        ("magazine", "outlet", "Fachblatt"),
    )
)
ENGLISH = """Musterwerke opens new hall in Beispielstadt

Beispielstadt, 2 November 2026

Musterwerke GmbH has opened a new hall in Beispielstadt. Its construction cost 12.5 million euros and took fourteen
months. Some 140 people work there in two shifts.

The hall will make parts of aluminium for wind turbines and bridges, the company reported on Monday. By 2028 it wants
to have 200 employees there and to install two more production lines. The city has kept 3.2 hectares free for this in
the business park Nord, which will be developed next spring. A good part of the power comes from panels on the roof.

About Musterwerke GmbH
Musterwerke GmbH has made parts since 1950.
"""
PARAGRAPHS = TEXT.split("\n\n")


def put(shell: Shell, source: str, name: str, text: str) -> None:
    (shell.folder / "texts" / source / name).write_text(text, "utf-8")


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """Three folders, of an issuer, a wire and a magazine, with nothing in them."""
    shell.config("sources.toml", SOURCES)
    for source in ("own", "wire", "magazine"):
        (shell.folder / "texts" / source).mkdir(parents=True)
    return shell


@pytest.fixture
def carried(desk: Shell) -> Shell:
    """The issuer, the same day a wire, a week later a magazine with a headline of its own and half of the text."""
    shell = desk
    shell.config("companies.toml", '[[company]]\nid = "musterwerke"\nname = "Musterwerke GmbH"\n')
    put(shell, "own", "halle.txt", TEXT)
    put(shell, "wire", "halle.txt", TEXT)
    shorter = ["Aluminium aus neuer Halle", "Beispielstadt, 09.11.2026", PARAGRAPHS[2]]
    lines = PARAGRAPHS[3].split("\n")
    shorter.append("\n".join(lines[:2]).replace("200", "250"))
    put(shell, "magazine", "halle.txt", "\n\n".join(shorter) + "\n")
    shell("poll")
    return shell


def test_the_ladder_says_who_carried_a_release_when_and_how_much(carried: Shell) -> None:
    """The issuer first, then the wire, then the outlet with its delay, its share of the text and its headline."""
    (record,) = carried.records("releases", "show", "1", "--jsonl")
    rungs = record["pickup"]
    assert isinstance(rungs, list)
    assert [r["place"] for r in rungs] == ["issuer", "wire", "outlet"]
    assert [r["delay_hours"] for r in rungs] == [0.0, 0.0, 168.0]
    assert [r["headline"] for r in rungs] == ["same", "same", "changed"]
    assert rungs[0]["kept"] == rungs[1]["kept"] == 1.0
    assert 0.4 < rungs[2]["kept"] < 0.8
    shown = carried("releases", "show", "1")
    assert "7 d" in shown
    assert "Fachblatt" in shown


def test_the_pick_up_report_is_a_table_for_spreadsheets(carried: Shell) -> None:
    """One line for each copy, with the release that it belongs to; of one release, or of a company's since a day."""
    rows = list(csv.DictReader(io.StringIO(carried("releases", "show", "1", "--csv"))))
    assert [row["source"] for row in rows] == ["own", "wire", "magazine"]
    assert {row["number"] for row in rows} == {"1"}
    assert {row["release"] for row in rows} == {"Neue Halle eröffnet"}
    chosen = carried("releases", "pickup", "--company", "musterwerke", "--since", "2026-11-01", "--csv")
    assert list(csv.DictReader(io.StringIO(chosen))) == rows
    none = carried("releases", "pickup", "--since", "2026-12-01", "--csv")
    assert list(csv.DictReader(io.StringIO(none))) == []
    assert [r["source"] for r in carried.records("releases", "pickup", "--jsonl")] == [
        "own",
        "wire",
        "magazine",
    ]


def test_csv_and_json_together_are_wrong_use(carried: Shell) -> None:
    """Nothing is printed then."""
    carried("releases", "pickup", "--csv", "--json", code=2)
    assert "--csv or --json" in carried.err


def test_a_headline_is_never_run_as_a_formula(desk: Shell) -> None:
    """Headlines come from strangers, and spreadsheets open CSV; some of them part cells by semicolons."""
    formula = '=HYPERLINK("https://x.example";"Neue Halle")'
    for n, title in enumerate((formula, f"＝{formula[1:]}", f"Halle;{formula}")):
        put(desk, "own", f"{n}.txt", TEXT.replace("Neue Halle eröffnet", title).replace("12,5", f"{n}7,5"))
    desk("poll")
    rows = list(csv.DictReader(io.StringIO(desk("releases", "pickup", "--csv"))))
    assert sorted(row["title"][:9] for row in rows) == ["'=HYPERLI", "'＝HYPERLI", "Halle;'=H"]


def test_the_difference_of_two_copies_is_shown_word_by_word(carried: Shell) -> None:
    """In pipes without colours; what one copy left out and what the other changed."""
    shown = carried("explain", "1", "--copies", "--diff")
    assert "\x1b" not in shown
    assert "[-Neue-] {+Aluminium aus neuer+} Halle [-eröffnet-]" in shown
    assert "[-200-] {+250+}" in shown
    rows = {r["source"]: r["copy"] for r in carried.records("releases", "pickup", "--jsonl")}
    pair = (str(rows["own"]), str(rows["wire"]))
    same = carried("explain", "1", "--copies", "--diff", *pair)
    assert "[-" not in same.split("\n", 2)[2].split("\n", 1)[1]
    (record,) = carried.records("explain", "1", "--diff", *pair, "--jsonl")
    (found,) = record["differences"]  # type: ignore[misc]
    assert found["kept"] == 1.0  # type: ignore[index]


def test_the_evidence_is_shown_whole(carried: Shell) -> None:
    """Words and numbers, wrapped and not cut: an operator decides by them."""
    shown = carried("explain", "1", "--copies")
    assert "…" not in shown
    assert "word groups shared" in shown


def test_two_texts_that_were_kept_apart_can_be_compared(desk: Shell) -> None:
    """Copies of two releases: their words, and what the rules say of these two; `review` names the command."""
    put(desk, "own", "halle.txt", TEXT)
    put(desk, "magazine", "halle.txt", TEXT.replace("02.11.2026", "02.02.2026").replace("140", "150"))
    desk("poll")
    shown = desk("review")
    command = next(line for line in shown.splitlines() if "compare words:" in line).split("aggregator ")[1]
    assert command.startswith("explain 1 --diff ")
    told = desk(*command.split())
    assert "two releases, 1 and 2" in told
    assert "[-140-] {+150+}" in told or "[-150-] {+140+}" in told
    assert "compared with each other alone: two releases (new)" in told
    assert "word groups shared" in told
    (record,) = desk.records(*command.split(), "--jsonl")
    (found,) = record["differences"]  # type: ignore[misc]
    assert sorted(found["releases"]) == [1, 2]  # type: ignore[index]
    assert found["judged"] == "new"  # type: ignore[index]
    assert found["evidence"]  # type: ignore[index]
    put(desk, "wire", "other.txt", TEXT.replace("Halle", "Mensa").replace("12,5", "7,5").replace("140", "9"))
    desk("poll")
    desk("explain", "3", "--diff", "1", "2", code=2)
    assert "neither copy is one of release 3" in desk.err


def test_decisions_are_told_in_the_configured_zone(desk: Shell) -> None:
    """As everywhere else on the screen; records keep the offset."""
    desk.config("settings.toml", 'timezone = "Pacific/Kiritimati"\n')
    put(desk, "own", "halle.txt", TEXT)
    desk("poll")
    (record,) = desk.records("explain", "1", "--copies", "--jsonl")
    at = datetime.fromisoformat(record["why_copies"][0]["decisions"][0]["at"])  # type: ignore[index]
    there = at.astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert f"{there:%Y-%m-%d %H:%M} new, by rules" in desk("explain", "1", "--copies")


def test_an_issuer_that_mends_its_text_after_a_wire_told_the_correction_is_shown_again(
    carried: Shell,
) -> None:
    """The corrected text is told once, and the issuer's own copy of it is the one that feeds show."""
    right = TEXT.replace("140", "104")
    put(carried, "wire", "korrektur.txt", f"Korrektur: {right}")
    carried("poll")
    put(carried, "own", "halle.txt", right)
    carried("poll")
    (record,) = carried.records("releases", "export", "--jsonl")
    shown = [c["source"] for c in record["copies"] if c["shown"]]  # type: ignore[attr-defined]
    assert shown == ["own"]
    assert record["status"] == "corrected"
    feed = feedparser.parse((carried.folder / "feeds/corrections.atom").read_bytes())
    assert len(feed.entries) == 1


def test_a_copy_of_another_release_has_no_difference_here(carried: Shell) -> None:
    """And two copies are named, or none."""
    carried("explain", "1", "--diff", "1", "99", code=2)
    assert "no copy 99" in carried.err
    carried("explain", "1", "--diff", "1", code=2)
    carried("explain", "1", "1", "2", code=2)


def test_there_may_be_nothing_to_review(shell: Shell, texts: Path) -> None:
    """Said in words, and as an empty list; before anything is stored too."""
    assert shell.records("review", "--jsonl") == []
    shell("ingest", "texts")
    assert "nothing to review" in shell("review")
    assert json.loads(shell("review", "--json")) == []


def test_uncertain_pairs_are_listed_with_what_decides(desk: Shell) -> None:
    """Both titles, sources and dates, why they were kept apart, and the two commands; decided, they are gone."""
    put(desk, "own", "halle.txt", TEXT)
    put(desk, "magazine", "halle.txt", TEXT.replace("02.11.2026", "02.02.2026"))
    desk("poll")
    (pair,) = desk.records("review", "--jsonl")
    numbers = [side["number"] for side in pair["releases"]]  # type: ignore[attr-defined]
    assert numbers == [1, 2]
    assert pair["evidence"]
    assert pair["commands"] == ["aggregator merge 1 2", "aggregator never 1 2"]
    shown = desk("review")
    assert "Fachblatt" in shown
    assert "aggregator merge 1 2" in shown
    desk("merge", "1", "2")
    assert "nothing to review" in desk("review")


def test_a_changed_setting_is_published_under_the_same_ids(desk: Shell) -> None:
    """Weekly notices are folded into the newest, which names the others; nothing is polled for it."""
    for week in range(3):
        text = TEXT.replace("02.11.2026", f"{2 + 7 * week:02}.11.2026")
        for old, new in (
            ("12,5", 7 + week),
            ("140", 61 + 13 * week),
            ("200", 300 + 77 * week),
            ("3,2", 5 + week),
        ):
            text = text.replace(old, str(new))
        put(desk, "own", f"{week}.txt", text.replace("Neue Halle eröffnet", f"{24 + week}. Zwischenmeldung"))
    desk("poll")
    feed = desk.folder / "feeds/all.atom"
    before = feedparser.parse(feed.read_bytes()).entries
    assert len(before) == 3
    desk.config("settings.toml", 'series = "fold"\n')
    desk("publish")
    (after,) = feedparser.parse(feed.read_bytes()).entries
    assert after.id == before[0].id
    assert "25. Zwischenmeldung" in after.content[0].value
    assert after.updated == before[0].updated


def test_a_company_s_feed_in_another_language_than_the_rest(desk: Shell) -> None:
    """One line of `companies.toml`: the same entry, id and dates, in two languages; nothing has to be read again."""
    put(desk, "own", "halle.txt", TEXT)
    put(desk, "wire", "hall.txt", ENGLISH)
    company = '[[company]]\nid = "musterwerke"\nname = "Musterwerke GmbH"\n'
    desk.config("companies.toml", company)
    desk("poll")
    desk("merge", "1", "2")
    desk.config("companies.toml", company + 'languages = ["en"]\n')
    desk("poll")
    assert "reprocess" not in desk.err
    (all_,), (own,) = (
        feedparser.parse((desk.folder / "feeds" / name).read_bytes()).entries
        for name in ("all.atom", "company/musterwerke.atom")
    )
    assert (all_.title, own.title) == ("Neue Halle eröffnet", "Musterwerke opens new hall in Beispielstadt")
    assert (all_.id, all_.published, all_.updated) == (own.id, own.published, own.updated)


def test_a_poll_counts_what_became_of_a_text_and_not_what_it_resembled(desk: Shell) -> None:
    """A text is like the notice that withdraws another one, and is a release of its own: told as new."""
    put(desk, "wire", "halle.txt", f"Zurückgezogen: {TEXT}")
    desk("poll")
    put(desk, "own", "halle.txt", TEXT)
    desk("poll")
    assert "own: 1 copy" in desk.err
    put(desk, "magazine", "halle.txt", TEXT.replace("140", "150").replace("02.11.2026", "25.11.2026"))
    desk("poll")
    assert "magazine: 1 new" in desk.err
    assert "1 new release, 0 further copies" in desk.err
    assert [r["status"] for r in desk.records("releases", "list", "--jsonl")] == ["current", "withdrawn"]


def test_a_decision_can_be_taken_back(desk: Shell) -> None:
    """What was decided is listed with the command that forgets it; then the rules decide again, and the pair waits
    for the operator as before. Before anything is decided the list says so."""
    put(desk, "own", "halle.txt", TEXT)
    put(desk, "magazine", "halle.txt", TEXT.replace("02.11.2026", "02.02.2026"))
    desk("poll")
    ids = {r["number"]: r["id"] for r in desk.records("releases", "list", "--jsonl")}
    assert "nothing was decided by hand" in desk("review", "--decided")
    for decide in ("never", "merge"):
        desk(decide, "1", "2")
        assert "nothing to review" in desk("review")
        desk("reprocess")
        (decided,) = desk.records("review", "--decided", "--jsonl")
        (command,) = decided["commands"]  # type: ignore[misc]
        assert command in desk("review", "--decided")
        desk(*command.split()[1:])  # type: ignore[attr-defined]
        assert desk.records("review", "--decided", "--jsonl") == []
        now = desk.records("releases", "list", "--jsonl")
        assert {r["id"] for r in now} == {*ids.values()}
        (pair,) = desk.records("review", "--jsonl")
        assert len(pair["releases"]) == 2  # type: ignore[arg-type]
        if decide == "merge":
            assert "at:deleted-entry" not in (desk.folder / "feeds/all.atom").read_text("utf-8")
    desk("undo", "1", code=2)
    assert "nothing was decided by hand about release 1" in desk.err


def test_a_parted_copy_comes_back_when_that_is_undone(carried: Shell) -> None:
    """`split`, then `undo`: three copies of one release again."""
    rows = {r["source"]: str(r["copy"]) for r in carried.records("releases", "pickup", "--jsonl")}
    carried("split", rows["magazine"])
    assert len(carried.records("releases", "list", "--jsonl")) == 2
    (decided,) = carried.records("review", "--decided", "--jsonl")[:1]
    carried(*decided["commands"][0].split()[1:])  # type: ignore[index]
    carried("undo", "1", code=2)
    (record,) = carried.records("releases", "list", "--jsonl")
    assert record["copies"] == 3


def test_a_list_says_what_was_corrected_or_withdrawn(carried: Shell) -> None:
    """As the headline in a feed does; others stand there as they are."""
    assert "[" not in carried("releases", "list")
    put(carried, "own", "halle.txt", f"Korrektur: {TEXT.replace('140', '104')}")
    carried("poll")
    assert "[corrected] Neue Halle" in carried("releases", "list")


def test_a_member_of_a_series_names_the_others(desk: Shell) -> None:
    """By number, the newest first, itself among them; the record holds all."""
    for week in range(2):
        text = TEXT.replace("02.11.2026", f"{2 + 7 * week:02}.11.2026")
        for old, new in (("12,5", 7 + week), ("140", 61 + week), ("200", 300 + week), ("3,2", 5 + week)):
            text = text.replace(old, str(new))
        put(desk, "own", f"{week}.txt", text.replace("Neue Halle eröffnet", f"{24 + week}. Zwischenmeldung"))
    desk("poll")
    newest = [r["number"] for r in desk.records("releases", "list", "--jsonl")]
    (record,) = desk.records("releases", "show", "1", "--jsonl")
    assert record["members"] == newest
    assert f"series     {newest[0]}, {newest[1]}" in desk("releases", "show", "1")


def test_a_copy_without_a_date_is_told_as_such(desk: Shell) -> None:
    """When it was first seen is not when it came out; the line below the table says what the sign means."""
    put(desk, "own", "halle.txt", TEXT.replace("02.11.2026", "").replace("Beispielstadt, ", "Beispielstadt"))
    desk("poll")
    (record,) = desk.records("releases", "show", "1", "--jsonl")
    assert record["pickup"][0]["at_basis"] == "first_seen"  # type: ignore[index]
    shown = desk("releases", "show", "1")
    assert f"~{record['pickup'][0]['at'][:4]}" in shown  # type: ignore[index]
    assert "~ first seen" in shown
    assert max(map(len, shown.split("Copy ")[1].splitlines()[1:])) <= 80


def test_tables_fit_a_terminal_and_are_whole_in_a_pipe(carried: Shell) -> None:
    """The last column is cut to what a screen of 80 columns has left; whoever reads a pipe gets all of it."""
    long = "Aluminium aus der neuen Halle in Beispielstadt und was sonst noch alles dort gefertigt wird"
    put(carried, "own", "lang.txt", TEXT.replace("Neue Halle eröffnet", long).replace("Halle", "Mensa"))
    carried("poll")
    here, there = pty.openpty()
    command = [sys.executable, "-m", "aggregator", "releases", "list"]
    env = environment() | {"COLUMNS": "80"}
    subprocess.run(command, cwd=carried.folder, stdout=there, env=env, check=True)
    os.close(there)
    lines = os.read(here, 100_000).decode().splitlines()
    os.close(here)
    assert len(lines) == 3
    assert max(map(len, lines)) <= 80
    assert max(map(len, carried("releases", "list").splitlines())) > 80


def test_nothing_is_parted_where_nothing_is_stored(shell: Shell) -> None:
    """It says what to do first, and makes no database."""
    for words in (("split", "1"), ("undo", "1"), ("never", "1", "2"), ("merge", "1", "2")):
        shell(*words, code=1)
        assert "there is no database yet" in shell.err
    assert not list(shell.folder.glob("data/*.db"))


def test_the_id_of_an_entry_that_was_merged_away_leads_to_its_release(desk: Shell) -> None:
    """A reader may keep it for years; when the merge is undone it is its own again."""
    put(desk, "own", "halle.txt", TEXT)
    put(desk, "magazine", "halle.txt", TEXT.replace("02.11.2026", "02.02.2026"))
    desk("poll")
    ids = {r["number"]: str(r["id"]) for r in desk.records("releases", "list", "--jsonl")}
    desk("merge", "1", "2")
    (record,) = desk.records("releases", "show", ids[2], "--jsonl")
    assert record["id"] == ids[1]
    desk("undo", "1")
    for id in ids.values():
        (record,) = desk.records("releases", "show", id, "--jsonl")
        assert record["id"] == id
