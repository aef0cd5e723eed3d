"""Golden pairs: an invented document beside the parts that it must be read to.

``NAME.txt|html|md`` is the document, ``NAME.json`` holds ``draft`` (what an adapter would have said beside
the content; optional) and ``expected``. `--update-golden` rewrites ``expected``: read the diff.
"""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Copy, Draft, Refusal, Source
from aggregator.reading import read

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "reading"
TYPES = {".txt": "text/plain", ".html": "text/html", ".md": "text/markdown"}
DOCUMENTS = sorted(p for p in GOLDEN.iterdir() if p.suffix in TYPES)


def as_json(result: Copy | Refusal) -> dict[str, Any]:
    """What a person wants to see of a result, in reading order."""
    if isinstance(result, Refusal):
        return {"refused": result.reason}
    facts = {
        "language": result.language,
        "kicker": result.kicker,
        "title": result.title,
        "deck": result.deck,
        "dateline": result.dateline and {"text": result.dateline.text, "place": result.dateline.place},
        "published": result.published and result.published.isoformat(),
        "date": result.date_basis and f"{result.date_basis}, {result.date_precision}",
        "rivals": [f"{e.value.isoformat()} {e.basis} {e.note}".strip() for e in result.dates[1:]],
        "updated": result.updated and result.updated.isoformat(),
        "embargo": result.embargo_until and result.embargo_until.isoformat(),
        "source_line": result.source_line,
        "boilerplate_names": list(result.boilerplate_names),
        "marks": list(result.marks),
        "keywords": list(result.keywords),
        "identifiers": [f"{i.scheme} {i.value}" for i in result.identifiers],
        "attachments": [a.url for a in result.attachments],
    }
    shown = {k: v for k, v in facts.items() if v or k in ("title", "published", "language")}
    blocks = [
        f"{b.line} {b.type} [{b.rule}] {b.text}" + (f" ⟦{b.html}⟧" if b.html else "") for b in result.blocks
    ]
    return {**shown, "blocks": blocks}


def draft_of(path: Path, fields: dict[str, str]) -> Draft:
    return Draft(
        key=path.name,
        content=path.read_text("utf-8"),
        content_type=TYPES[path.suffix],  # type: ignore[arg-type]
        fetched_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_a_document_is_read_to_its_parts(path: Path, request: pytest.FixtureRequest) -> None:
    """Every invented document gives exactly the parts that its JSON says, and the result pickles."""
    beside = path.with_suffix(".json")
    pair: dict[str, Any] = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    fields = dict(pair.get("draft", {}))
    adapter = fields.pop("adapter", "text")
    source = Source(id="s", adapter=adapter, url="https://source.example/", title="Beispielquelle")
    result = read(draft_of(path, fields), source)
    found = as_json(result)
    if request.config.getoption("--update-golden", default=False):
        pair = {**({"draft": pair["draft"]} if "draft" in pair else {}), "expected": found}
        beside.write_text(json.dumps(pair, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == pair.get("expected")
    assert pickle.loads(pickle.dumps(result)) == result


def test_there_are_enough_documents_in_both_first_languages() -> None:
    """At least forty pairs; German and English stand for most of them."""
    assert len(DOCUMENTS) >= 40
    assert sum(p.name.startswith("de_") for p in DOCUMENTS) >= 20
    assert sum(p.name.startswith("en_") for p in DOCUMENTS) >= 10
