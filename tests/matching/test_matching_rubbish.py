"""Thirty-six sorts of what is no release: refused, and never one with anything else."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from matching_texts import prepared

from aggregator import adapters, preparing
from aggregator.companies import Gazetteer
from aggregator.model import SAME_RELEASE, Document, Draft, Prepared, Refusal, Source
from aggregator.topics import Rulebook
from benchmarks.matching.score import against

RUBBISH = tomllib.loads((Path(__file__).parent / "rubbish" / "rubbish.toml").read_text("utf-8"))
SOURCE = Source(id="folder", adapter="jsonlines", url="")


@cache
def read(name: str, *, marked_up: bool, titled: bool) -> Prepared | Refusal:
    """As a list of texts or of pages would give it."""
    text, page = RUBBISH[name]["text"], RUBBISH[name].get("page", False)
    if marked_up and not page:
        text = (
            "<html><body><p>" + text.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p></body></html>"
        )
    record = {
        "url": f"https://{name}.example/a",
        "published": "2024-05-02",
        "html" if page or marked_up else "text": text,
    }
    if titled:
        record["title"] = RUBBISH[name].get("title", "Newsroom")
    document = Document(
        url="", content=json.dumps(record).encode(), fetched_at=datetime(2024, 5, 3, tzinfo=UTC)
    )
    vocabulary = preparing.Vocabulary(Gazetteer(()), Rulebook(()))
    found = [
        preparing.prepare(item, SOURCE, vocabulary) if isinstance(item, Draft) else Refusal("empty")
        for item in adapters.load("jsonlines")(document, SOURCE)
    ]
    return found[0] if found else Refusal("empty")


def test_there_are_thirty_six() -> None:
    assert len(RUBBISH) == 36


@pytest.mark.parametrize("name", RUBBISH)
@pytest.mark.parametrize("marked_up", [False, True], ids=["text", "page"])
def test_rubbish_is_refused(name: str, marked_up: bool) -> None:
    """Whether it comes as plain text or as a page."""
    assert isinstance(read(name, marked_up=marked_up, titled=False), Refusal)


BARE = {"menu", "menu-in-one-line", "weather-widget", "stock-ticker", "share-bar"}
"""No more than these get through under a headline of their own, which a list vouches for."""


def test_under_a_headline_of_its_own_only_bare_lines_pass() -> None:
    passed = {n for n in RUBBISH if isinstance(read(n, marked_up=False, titled=True), Prepared)}
    assert passed <= BARE


def test_no_two_of_them_are_one_release() -> None:
    """Read as they stand; what gets through under a headline is not even one with itself on two sites."""
    for one, two in combinations_with_replacement(sorted(RUBBISH), 2):
        if one != two or one in BARE:
            verdict = against(as_it_stands(one, "one.example"), as_it_stands(two, "two.example"))
            assert verdict.relation not in SAME_RELEASE, (one, two, verdict.evidence)


def as_it_stands(name: str, host: str) -> Prepared:
    title, text = RUBBISH[name].get("title", ""), RUBBISH[name]["text"]
    return prepared(title, text, key=name, language="und", host=host)
