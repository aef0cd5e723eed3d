"""The fuzzer finds what it looks for: every promise that reading gives can be seen to be broken."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aggregator import reading
from aggregator.model import Block, Draft, Reading
from benchmarks.fuzzing import __main__ as fuzzing
from benchmarks.fuzzing import inputs, trial
from benchmarks.fuzzing.invariants import broken

DRAFT = Draft(
    key="1",
    content="<p>Die Musterwerke GmbH hat in Beispielstadt eine <b>neue Halle</b> eröffnet.</p>",
    content_type="text/html",
    fetched_at=inputs.FETCHED,
    title="Neue Halle",
)


def doctored(**changes: object) -> Reading:
    found = reading.parse(DRAFT, inputs.SOURCE)
    return replace(found, copy=replace(found.copy, **changes))


def block(html: str) -> tuple[Block, ...]:
    return (Block("paragraph", "Text", "body.paragraph", 1, html),)


BROKEN = [
    ("characters", {"title": "Neue\u202e Halle"}),
    ("characters", {"keywords": ("a\x00",)}),
    ("title", {"title": ""}),
    ("title", {"title": "a" * 500}),
    ("naive date", {"published": datetime(2026, 1, 1)}),
    ("future date", {"published": inputs.FETCHED + timedelta(days=2)}),
    ("block without rule, line or text", {"blocks": (Block("paragraph", "", "x", 1),)}),
    ("markup", {"blocks": block("<script>x</script>")}),
    ("markup", {"blocks": block("<b onclick=x>a</b>")}),
    ("markup", {"blocks": block('<a href="javascript:x">a</a>')}),
    ("markup", {"blocks": block('<a href="https://a@b.example">a</a>')}),
    ("markup is not stable", {"blocks": block("<b>a<b>b</b></b><i>")}),
]


@pytest.mark.parametrize(("promise", "changes"), BROKEN)
def test_a_broken_promise_is_seen(promise: str, changes: dict[str, object]) -> None:
    """Each of them by its name, and none in what reading really makes of the text."""
    assert promise in set(broken(DRAFT, doctored(**changes)))
    assert list(broken(DRAFT, reading.parse(DRAFT, inputs.SOURCE), closely=True)) == []


def test_an_input_is_known_by_its_number() -> None:
    """The same again in any process; another seed gives others."""
    assert inputs.draft(1, 7) == inputs.draft(1, 7)
    assert inputs.draft(1, 7) != inputs.draft(2, 7)
    sizes = sorted(len(inputs.draft(1, n).content) for n in range(200))
    assert sizes[100] < inputs.LONGEST, "most are small"
    assert {inputs.draft(1, n).content_type for n in range(50)} == {
        "text/html",
        "text/plain",
        "text/markdown",
    }


def test_what_raises_is_named_made_smaller_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on, and its exit code tells."""
    parse = reading.parse

    def failing(draft: Draft, source: object) -> Reading:
        if "Halle" in draft.content:
            raise KeyError("Halle")
        return parse(draft, source)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "parse", failing)
    assert trial.run(DRAFT).failures == ("KeyError",)
    assert trial.minimised(DRAFT, "KeyError").content == "Halle"
    assert fuzzing.main(["--inputs", "60", "--failures", str(tmp_path)]) == 1
    kept = [json.loads(p.read_text("utf-8")) for p in tmp_path.iterdir()]
    assert kept
    assert {k["failure"] for k in kept} == {"KeyError"}
    assert all("Halle" in k["draft"]["content"] for k in kept)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the code under test catches."""

    def endless(_draft: Draft, _source: object) -> Reading:
        while True:
            with contextlib.suppress(Exception):
                sum(range(1000))

    monkeypatch.setattr(reading, "parse", endless)
    monkeypatch.setattr(trial, "GIVEN_UP", 0.2)
    assert trial.run(DRAFT).failures == ("slow",)


def test_a_short_run_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """And says how many inputs, how fast, and how much memory."""
    assert fuzzing.main(["--inputs", "400", "--seed", "11"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("400 inputs in ")
    assert "MB" in said
