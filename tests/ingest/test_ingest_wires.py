"""A wire polled over HTTP: its feed of teasers, the pages behind them, and the editions of one release."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from loopback import Site, serving

from aggregator.app import App, Paths
from aggregator.model import Copy
from aggregator.settings import load
from aggregator.store import Shelf

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "adapters"


def _feed(site: Site, wire: str, names: list[str]) -> None:
    for name in names:
        site.put(f"/{name}", (GOLDEN / wire / f"{name}.html").read_bytes(), media_type="text/html")
    items = "".join(
        f"<item><title>Teaser {name}</title><link>{site.url('/' + name)}</link><description>Short ...</description>"
        "<pubDate>Tue, 24 Nov 2026 09:30:05 +0100</pubDate></item>"
        for name in names
    )
    site.put("/feed.xml", f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>")


async def _polled(folder: Path, wire: str, pages: list[str]) -> tuple[list[dict[str, int]], list[Copy]]:
    """What each poll gave, with one more page each time, and all copies of the only release there is."""
    (folder / "config").mkdir()
    (folder / "config/settings.toml").write_text('title = "T"\npace = 0\n', "utf-8")
    with serving() as site:
        source = f'[[source]]\nid = "wire"\nurl = "{site.url()}"\nadapter = "{wire}"\nallow_private = true\n'
        (folder / "config/sources.toml").write_text(source, "utf-8")
        settings = load(folder / "config")
        counts = []
        async with App.open(Paths(folder / "config", folder / "data", folder / "feeds"), settings) as app:
            for number in range(len(pages)):
                _feed(site, wire, pages[: number + 1])
                (report,) = await app.poll(settings.sources)
                counts.append({k: n for k, n in report.counts.items() if k != "unchanged"})

            def copies() -> list[Copy]:
                shelf = Shelf(app.store.db.conn)
                (row,) = shelf.rows()
                return [stored.copy for stored in shelf.copies(row)]

            return counts, await app.in_store(copies)


@pytest.mark.parametrize(
    ("wire", "pages", "relations", "title"),
    [
        ("presseportal", ["de_page", "de_correction_page"], ["correction"], "Hallenkran hebt erstmals 400 Tonnen"),
        ("apa_ots", ["de_page", "de_correction_page"], ["correction"], "Nachtzug bringt 18.000 Gäste"),
        (
            "globenewswire",
            ["en_page", "en_correction_page", "no_page", "de_translation_page"],
            ["correction", "translation", "translation"],
            "Fjordlys Marine Feeds First Tidal Power into Grid",
        ),
        (
            "prnewswire",
            ["en_page", "en_correction_page", "fr_page", "de_translation_page"],
            ["correction", "translation", "translation"],
            "Harvest Prairie Mills to Acquire Pulse Foods",
        ),
        (
            "businesswire",
            ["en_page", "en_correction_page", "fr_page", "de_translation_page"],
            ["correction", "translation", "translation"],
            "Quillon Networks Launches Switch",
        ),
        ("eqs", ["de_page", "de_correction_page", "en_page"], ["correction", "translation"], "Halvorsen Kranbau hebt"),
    ],
)  # fmt: skip
def test_teasers_are_read_in_full_and_editions_are_one_release(
    tmp_path: Path, wire: str, pages: list[str], relations: list[str], title: str
) -> None:
    """The page's text, issuer and number arrive; a correction corrects, and other languages are translations."""
    counts, copies = asyncio.run(_polled(tmp_path, wire, pages))
    assert counts == [{"new": 1}, *({relation: 1} for relation in relations)]
    assert len(copies) == len(pages)
    corrected = next(c for c in copies if "correction" in c.marks)
    assert corrected.title.startswith(title)
    for copy in copies:
        assert copy.declared_issuer
        assert copy.date_precision == "minute"
        assert len(copy.body) > 100
