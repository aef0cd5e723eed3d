"""The two real texts that the whole program is measured by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.model import Copy, Draft, Source
from aggregator.reading import read


def seed(shared: Path, start: str) -> Copy:
    files = sorted((shared / "seeds").glob(f"{start}*.txt"))
    if not files:
        pytest.skip(f"no seed {start} in {shared}")
    content = files[0].read_text("utf-8")
    draft = Draft(
        key="k", content=content, content_type="text/plain", fetched_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    result = read(draft, Source(id="s", adapter="text", url="x"))
    assert isinstance(result, Copy)
    return result


def test_seed_1_newsroom_text(shared: Path) -> None:
    """Alternative text dropped, dateline as a line, glued boilerplate."""
    copy = seed(shared, "000_")
    assert (copy.title, copy.deck) == ("High-End-Industriepark für Aluminiumverarbeitung", "")
    assert [b.type for b in copy.blocks] == [
        "alt_text",
        "title",
        "dateline",
        *["paragraph"] * 4,
        "boilerplate",
    ]
    assert copy.published is not None
    assert copy.dateline is not None
    assert (copy.published.isoformat(), copy.date_basis, copy.date_precision) == (
        "2023-07-25T12:00:00+02:00",
        "dateline",
        "day",
    )
    assert copy.dateline.place == "Düsseldorf"
    assert copy.boilerplate_names == ("WEIQIAO Germany GmbH",)
    assert copy.blocks[6].rule == "body.maybe_caption"
    assert (copy.language, copy.source_line) == ("de", "")


def test_seed_2_magazine_reprint(shared: Path) -> None:
    """Repeated title, deck, bare date, caption, source line, teasers cut off."""
    copy = seed(shared, "003_")
    assert copy.title == "Wilo Teil der Business Innovation Platform China"
    assert copy.deck.startswith("Wirtschaftliche Entwicklungen und innovative")
    assert copy.published is not None
    assert (copy.published.isoformat(), copy.date_basis, copy.date_precision) == (
        "2020-11-27T12:00:00+01:00",
        "line",
        "day",
    )
    assert (copy.source_line, copy.boilerplate_names, copy.dateline) == ("WILO SE", (), None)
    types = [b.type for b in copy.blocks]
    assert types[:6] == ["title", "date", "deck", "repeated_title", "caption", "paragraph"]
    assert types[5:9] == ["paragraph"] * 4
    assert set(types[10:]) == {"teaser"}
    assert "Usbekistan" not in copy.body
    assert len(copy.dates) == 1
