"""First letters of patterns, and that trying only the fitting ones finds what trying all finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aggregator.languages import languages
from aggregator.reading import markers
from aggregator.reading.firsts import Starts, letters

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "reading"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("über", "ü"), ("(presse|medien)-?mitteilung", "pm"), ("(ihr )?kontakt", "ik"), ("a?b*c", "abc"), ("[dz]u", "dz"),
        (r"\d+ min", "0123456789"), ("(a|(b|c)d)?e", "abce"), ("x{0,3}y", "xy"), ("x{1,3}y", "x"), ("(?:a|b)c", "ab"),
        ("a|b", "ab"), (r"\(ende\)", None), ("©", None), (".{1,3}x", None), ("(a)?", None), (r"\w+", None), ("[a-z]", None),
        ("(?=x)x", None), ("[-–]ende", None), ("(a| b)c", None),
    ],
)  # fmt: skip
def test_first_letters(pattern: str, expected: str | None) -> None:
    """Letters where they are sure; None where anything may come, signs among it."""
    assert letters(pattern) == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize("language", [*languages(), "und"])
def test_only_fitting_patterns_find_what_all_patterns_find(language: str) -> None:
    """On every line of the golden documents and after signs and spaces: the same kind, the same end."""
    start = markers.markers(language).start
    # A first letter that no pattern has makes one expression of all of them.
    every = re.compile(markers._start([(name, pattern) for _, name, pattern in start._patterns]))
    lines = [
        line.lower() for p in GOLDEN.iterdir() if p.suffix != ".json" for line in p.read_text().split("\n")
    ]
    patterns = [re.sub(r"[\\()?:|*+\[\]]", "", pattern) for _, _, pattern in start._patterns]
    for line in [*lines, *patterns]:
        for text in (line, f"– {line}", f"  ({line}", f"***** {line}", f"{line}:"):
            one, other = start.match(text), every.match(text)
            assert (one and (one.lastgroup, one.end())) == (other and (other.lastgroup, other.end())), text


def test_a_text_without_letters_meets_the_patterns_of_signs() -> None:
    """``(...)`` may begin a pattern too; an empty text none."""
    starts = Starts([("a", r"\(-\)"), ("b", "x")], markers._start)
    found = starts.match("(-)")
    assert found is not None
    assert found.lastgroup == "a"
    assert starts.match("") is None
