"""Golden pairs: each document under `golden/adapters/<adapter>/` beside what its adapter makes of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator import adapters
from aggregator.adapters import wires
from aggregator.errors import ReadError
from aggregator.model import Document, Source

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "adapters"
PAIRS = sorted(p for p in FOLDER.glob("*/*") if not p.name.endswith(".expected.json"))


def _record(item: Any) -> dict[str, Any]:
    return {"is": type(item).__name__.lower(), **_said(asdict(item))}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    found = {k: v for k, v in values.items() if v not in ("", (), None) and k != "fetched_at"}
    return {k: _said(v) if isinstance(v, dict) else v for k, v in found.items()}


def _read(path: Path) -> Any:
    adapter = path.parent.name
    served = adapter == "feed" or adapter in wires.names()
    url = f"https://source.example/{path.name}" if served else f"file:///in/{path.name}"
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
    assert {p.parent.name for p in PAIRS} == {"email", "feed", "pdf", "text", *wires.names()}
    assert len(PAIRS) > 60


@pytest.mark.parametrize("wire", sorted(wires.names()))
def test_each_wire_has_its_feed_page_correction_translation_and_second_language(wire: str) -> None:
    """No wire is known by its feed alone."""
    names = [p.name for p in PAIRS if p.parent.name == wire]
    for part in ("_feed.", "_page.", "_correction_page.", "_translation_page."):
        assert any(part in name for name in names), part
    assert len({n[:2] for n in names if n[2:] == "_page.html"}) >= 2
