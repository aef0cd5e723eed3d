"""Golden pairs: each document under `golden/adapters/<adapter>/` beside what its adapter makes of it.

`<document>.given.json` holds what else is known: settings of the source, and what a list said of the page.
"""

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
from aggregator.model import Document, Draft, Recipe, Source

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "adapters"
PAIRS = sorted(p for p in FOLDER.glob("*/*") if not p.name.endswith((".expected.json", ".given.json")))
OF_THE_WEB = ("article", "feed", "jsonlist", "sitemap")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _record(item: Any) -> dict[str, Any]:
    return {"is": type(item).__name__.lower(), **_values(asdict(item))}


def _values(given: dict[str, Any]) -> dict[str, Any]:
    values = {k: v for k, v in given.items() if v not in ("", (), None) and k != "fetched_at"}
    return {k: _values(v) if isinstance(v, dict) else v for k, v in values.items()}


def _given(path: Path) -> dict[str, Any]:
    beside = path.with_name(path.name + ".given.json")
    given: dict[str, Any] = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    if "recipe" in given:
        lists = {k: tuple(v) if isinstance(v, list) else v for k, v in given["recipe"].items()}
        given["recipe"] = Recipe(**lists)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}


def _read(path: Path) -> Any:
    adapter = path.parent.name
    url = (
        f"https://source.example/{path.name}"
        if adapter in (*OF_THE_WEB, *wires.names())
        else f"file:///in/{path.name}"
    )
    given = _given(path)
    said = given.pop("listed", None)
    listed = Draft(fetched_at=NOW, content="", content_type="text/plain", **said) if said else None
    key = "" if adapter == "article" else path.name
    document = Document(url=url, content=path.read_bytes(), fetched_at=NOW, key=key, listed=listed)
    # How items become drafts is told by most documents; whether their pages are looked at, by those that say so.
    usual = {"role": "wire"} if adapter in wires.names() else {"role": "wire", "follow": "never"}
    settings = usual | given
    source = Source(id="golden", adapter=adapter, url=url, **settings)
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
    wanted |= {p.name + ".given.json" for p in PAIRS}
    found = {p.name for end in ("expected", "given") for p in FOLDER.glob(f"*/*.{end}.json")}
    assert found <= wanted


def test_the_sweep_is_not_empty() -> None:
    """The sweep found the documents of each adapter, so that an empty folder cannot pass."""
    assert {p.parent.name for p in PAIRS} == {
        "article", "email", "feed", "jsonlist", "pdf", "sitemap", "text", "warc", *wires.names(),
    }  # fmt: skip
    assert len(PAIRS) > 70


@pytest.mark.parametrize("wire", sorted(wires.names()))
def test_each_wire_has_its_feed_page_correction_translation_and_second_language(wire: str) -> None:
    """No wire is known by its feed alone."""
    names = [p.name for p in PAIRS if p.parent.name == wire]
    for part in ("_feed.", "_page.", "_correction_page.", "_translation_page."):
        assert any(part in name for name in names), part
    assert len({n[:2] for n in names if n[2:] == "_page.html"}) >= 2
