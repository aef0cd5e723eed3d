"""Golden pairs: each document under `golden/adapters/<adapter>/` beside what its adapter makes of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator import adapters
from aggregator.errors import ReadError
from aggregator.model import Document, Source

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "adapters"
PAIRS = sorted(p for p in FOLDER.glob("*/*") if not p.name.endswith(".expected.json"))


def _record(item: Any) -> dict[str, Any]:
    values = {k: v for k, v in asdict(item).items() if v not in ("", (), None) and k != "fetched_at"}
    return {"is": type(item).__name__.lower(), **values}


def _read(path: Path) -> Any:
    adapter = path.parent.name
    url = f"https://source.example/{path.name}" if adapter == "feed" else f"file:///in/{path.name}"
    document = Document(
        url=url, content=path.read_bytes(), fetched_at=datetime(2026, 11, 22, tzinfo=UTC), key=path.name
    )
    source = Source(id="golden", adapter=adapter, url=url, role="wire")
    try:
        return [_record(item) for item in adapters.load(adapter)(document, source)]
    except ReadError as error:
        return {"refused": error.reason, "detail": error.detail}


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_document_is_read_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    """The adapter gives exactly what stands in the expected file."""
    expected = path.with_name(path.name + ".expected.json")
    found = json.dumps(_read(path), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        expected.write_text(found, "utf-8")
    assert json.loads(found) == json.loads(expected.read_text("utf-8"))


def test_every_expected_file_has_its_document() -> None:
    """No expectation is left over from a document that is gone."""
    wanted = {p.name + ".expected.json" for p in PAIRS}
    assert {p.name for p in FOLDER.glob("*/*.expected.json")} <= wanted


def test_the_sweep_is_not_empty() -> None:
    """The sweep found the documents of each adapter, so that an empty folder cannot pass."""
    assert {p.parent.name for p in PAIRS} == {"email", "feed", "pdf", "text", "warc"}
    assert len(PAIRS) > 35
