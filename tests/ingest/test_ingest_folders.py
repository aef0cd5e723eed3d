"""A folder as a source: all kinds of files in one, each by its own reader, and a word on what is not read."""

from __future__ import annotations

import asyncio
import gzip
import json
from pathlib import Path

from loopback import rss

from aggregator.app import App, Paths
from aggregator.ingest import Report
from aggregator.model import Source
from aggregator.settings import Settings

TEXTS = tuple(
    f"{place} hat am Montag den Grundstein für ein {what} gelegt. Der Bau dauert {months} Monate und kostet nach Angaben "
    f"der Gemeinde {cost} Millionen Euro.\n\nDen Auftrag erhielt ein Betrieb aus {other}, der schon früher hier gebaut hat."
    for place, what, months, cost, other in (
        ("Beispielstadt", "Hallenbad mit drei Becken", "vierzehn", "12,5", "Musterdorf"),
        ("Oberbeispiel", "Feuerwehrhaus samt Schulungsraum", "neun", "4,1", "Neuhafen"),
        ("Musterhausen", "Theater für fünfhundert Gäste", "dreißig", "48", "Altmuster"),
        ("Nordbeispiel", "Wasserwerk hinter dem Deich", "zwanzig", "31", "Seemuster"),
    )
)


def poll(tmp_path: Path, inbox: Path) -> Report:
    async def go() -> list[Report]:
        source = Source(id="inbox", adapter="text", url=str(inbox))
        settings = Settings(folder=tmp_path / "config", sources=(source,))
        paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "feeds")
        async with App.open(paths, settings) as app:
            return await app.poll(settings.sources, settle_seconds=0.0)

    return asyncio.run(go())[0]


def archive(url: str, text: str) -> bytes:
    """A crawl of one page."""
    body = f"<html><body><h1>Grundstein gelegt</h1><p>{text.replace(chr(10), '</p><p>')}</p></body></html>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-02T09:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n")


def test_one_folder_may_hold_texts_lines_feeds_and_archives(tmp_path: Path) -> None:
    """Plain text, JSON Lines, a saved feed and a crawl, also one level down."""
    inbox = tmp_path / "inbox"
    (inbox / "2026" / "crawl").mkdir(parents=True)
    (inbox / "a.txt").write_text(f"Hallenbad wird gebaut\n\n{TEXTS[0]}", "utf-8")
    line = {"title": "Feuerwehrhaus wird gebaut", "text": TEXTS[1], "url": "https://example.com/2"}
    (inbox / "2026" / "b.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (inbox / "c.xml").write_text(rss(("3", "Theater wird gebaut", f"<p>{TEXTS[2]}</p>")), "utf-8")
    (inbox / "2026" / "crawl" / "d.warc.gz").write_bytes(archive("https://example.com/4", TEXTS[3]))
    report = poll(tmp_path, inbox)
    assert report.counts == {"new": 4}
    assert not report.problems
    assert poll(tmp_path, inbox).outcome == "unchanged"


def test_a_folder_of_files_that_nobody_reads_says_so_once(tmp_path: Path) -> None:
    """Until other files of that kind lie there; it is well and refuses nothing."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.docx").write_bytes(b"PK\x03\x04")
    report = poll(tmp_path, inbox)
    assert [p.reason for p in report.problems] == ["unknown_type"]
    assert ".docx" in report.problems[0].detail
    assert "refused" not in report.counts
    assert not poll(tmp_path, inbox).problems
    (inbox / "b.docx").write_bytes(b"PK\x03\x04")
    assert "2 .docx" in poll(tmp_path, inbox).problems[0].detail
