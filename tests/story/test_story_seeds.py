"""The two real releases that stand for all, from file to feed, with no configured company."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starter import shipped

CONFIG = shipped()


@pytest.fixture(scope="module", params=["ingest", "folder"])
def folder(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds ingested by hand, and the same through a folder source."""
    place = tmp_path_factory.mktemp("seeds")
    (place / "config").mkdir()
    shutil.copy(CONFIG / "topics.toml", place / "config")
    seeds = sorted(str(p) for p in (shared / "seeds").glob("*.txt"))
    if request.param == "ingest":
        run(place, "ingest", *seeds)
    else:
        source = f'[[source]]\nid = "seeds"\nurl = "{shared / "seeds"}"\n'
        (place / "config/sources.toml").write_text(source, "utf-8")
        run(place, "poll")
    run(place, "publish")
    return place


def run(place: Path, *args: str) -> str:
    command = [sys.executable, "-m", "aggregator", *args]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def release(place: Path, start: str) -> dict[str, Any]:
    records = [json.loads(line) for line in run(place, "releases", "export", "--jsonl").splitlines()]
    return next(r for r in records if r["title"].startswith(start))


def topics(record: dict[str, Any]) -> set[str]:
    return {t["id"] for t in record["topics"]}


def test_the_companys_own_release(folder: Path) -> None:
    """Alt text, dateline and glued boilerplate are told apart from the text."""
    r = release(folder, "High-End")
    assert r["title"] == "High-End-Industriepark für Aluminiumverarbeitung"
    assert r["deck"] is None
    assert (r["published"][:10], r["date_precision"], r["date_basis"]) == ("2023-07-25", "day", "dateline")
    assert r["dateline"]["place"] == "Düsseldorf"
    assert r["issuer"] == {
        "name": "WEIQIAO Germany GmbH",
        "id": "weiqiao-germany-gmbh",
        "basis": "boilerplate",
    }
    roles = {c["name"]: c["role"] for c in r["companies"]}
    assert roles["Shandong Weiqiao Pioneering Group"] == "parent"
    assert roles["Chinesische Akademie der Wissenschaften"] == "mention"
    assert topics(r) >= {"aluminium", "china", "industrial-parks", "investment"}
    assert not topics(r) & {"climate", "textiles"}
    paragraphs = r["body"].split("\n\n")
    assert len(paragraphs) == 4
    assert paragraphs[0].startswith("Am 17. Juli")
    assert paragraphs[3].startswith("Lokalpolitiker")
    assert "Foto vom" not in r["body"]
    assert r["boilerplate"][0].startswith("Über WEIQIAO Germany GmbH")


def test_the_magazines_reprint(folder: Path) -> None:
    """Second title, caption, source line and younger teasers are told apart from the text."""
    r = release(folder, "Wilo Teil")
    assert r["title"] == "Wilo Teil der Business Innovation Platform China"
    assert (
        r["deck"] == "Wirtschaftliche Entwicklungen und innovative Zukunftsstrategien als bestimmende Themen."
    )
    assert (r["published"][:10], r["date_precision"], r["date_basis"]) == ("2020-11-27", "day", "line")
    assert r["issuer"] == {"name": "WILO SE", "id": "wilo-se", "basis": "declared"}
    names = {c["name"] for c in r["companies"]}
    assert {"NRW.Invest", "Business Metropole Ruhr"} <= names
    assert not any("GIZ" in n or "Zusammenarbeit" in n or "Hochschule Hof" in n for n in names)
    assert topics(r) >= {"china", "investment"}
    assert not topics(r) & {"uzbekistan", "climate", "development-aid"}
    assert r["captions"][0].startswith("Jens Dallendoerfer")
    assert r["captions"][0].endswith("(Bildquelle: Wilo SE)")
    for debris in ("Quelle:", "Usbekistan", "Mehr lesen", "Bildquelle", r["title"]):
        assert debris not in r["body"].replace("„Business Innovation Platform China“", "")


@pytest.mark.parametrize("label", ["company/weiqiao-germany-gmbh", "company/wilo-se"])
def test_each_issuer_has_a_feed_of_one_entry(folder: Path, label: str) -> None:
    """A mere mention never creates one."""
    parsed = feedparser.parse((folder / "feeds" / f"{label}.atom").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == 1
    assert len(list((folder / "feeds/company").glob("*.atom"))) == 2


def test_explain_names_rule_and_line(folder: Path) -> None:
    """For the parts, the date and the issuer."""
    shown = run(folder, "explain", str(release(folder, "High-End")["number"]))
    for said in (
        "line 1",
        "alt_text.before_title",
        "date.dateline, line 4",
        "(line 16)",
        "boilerplate.glued_heading",
    ):
        assert said in shown


def test_a_second_time_changes_no_byte_and_deleted_feeds_come_back(folder: Path) -> None:
    """What is published is a projection of the store."""
    feeds = folder / "feeds"
    before = {p: p.read_bytes() for p in feeds.rglob("*") if p.is_file()}
    run(folder, "publish")
    assert {p: p.read_bytes() for p in feeds.rglob("*") if p.is_file()} == before
    shutil.rmtree(feeds)
    run(folder, "publish")
    assert {p: p.read_bytes() for p in feeds.rglob("*") if p.is_file()} == before
