"""The adapter that `docs/write-an-adapter.md` shows does what the page says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from aggregator.errors import ReadError
from aggregator.model import Document, Draft, Problem, Source

PAGE = Path(__file__).resolve().parents[2] / "docs" / "write-an-adapter.md"
SOURCE = Source(id="office", adapter="table", url="https://www.example.com/releases.csv")


def _adapter() -> ModuleType:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    module = ModuleType("table")
    exec(compile(code, str(PAGE), "exec"), module.__dict__)
    return module


def _document(content: bytes) -> Document:
    return Document(url=SOURCE.url, content=content, fetched_at=datetime(2026, 11, 26, tzinfo=UTC))


def test_the_shown_adapter_reads_a_table() -> None:
    """A row becomes a draft with an absolute address and a date; a row without a headline is a problem."""
    content = b"24.11.2026;Neues Werk in Meppen;/pm/1;Der Kran steht.\n25.11.2026;;/pm/2;Nichts\n"
    draft, problem = _adapter().read(_document(content), SOURCE)
    assert isinstance(draft, Draft)
    assert (draft.title, draft.url, draft.published) == (
        "Neues Werk in Meppen", "https://www.example.com/pm/1", "2026-11-24",
    )  # fmt: skip
    assert draft.key == draft.url
    assert isinstance(problem, Problem)


def test_the_shown_adapter_refuses_an_empty_table() -> None:
    """A refusal comes before the first item."""
    with pytest.raises(ReadError, match="no rows"):
        _adapter().read(_document(b""), SOURCE)
