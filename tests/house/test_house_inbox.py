"""The starter releases in config/inbox: invented, of ordinary length, and with the pairs they promise."""

from __future__ import annotations

import re

import pytest
from starter import shipped


@pytest.fixture(scope="module")
def inbox() -> dict[str, str]:
    """File name to text, without HTML tags."""
    files = sorted((shipped() / "inbox").iterdir())
    return {path.name: re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")) for path in files}


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def test_a_handful_of_ordinary_length(inbox: dict[str, str]) -> None:
    words = {name: len(text.split()) for name, text in inbox.items()}
    assert 10 <= len(words) <= 20
    assert [name for name, count in words.items() if not 150 <= count <= 320] == []


def test_nobody_can_be_reached(inbox: dict[str, str]) -> None:
    """Addresses are of example.com (RFC 2606), telephone numbers of zeros."""
    everything = "\n".join(inbox.values())
    assert re.findall(r"[\w.]+@(?![\w.]*\bexample\.com)\S+", everything) == []
    assert re.findall(r"\+\d[\d ]+", everything.replace("+49 30 000000", "")) == []


def test_correction_changes_one_number(inbox: dict[str, str]) -> None:
    first, second = (text for name, text in inbox.items() if "neunmonatszahlen" in name)
    before, after = (set(numbers(text.split("2026\n", 1)[1])) for text in (first, second))
    assert before - after == {"218,4"}
    assert {"214,8"} <= after - before <= {"214,8", "5", "2026"}


def test_translation_keeps_every_number(inbox: dict[str, str]) -> None:
    """Written 96,5 and 5.200 in one, 96.5 and 5,200 in the other."""
    german, english = (text for name, text in inbox.items() if "ostermoor" in name)
    if "PRESSEMITTEILUNG" not in german:
        german, english = english, german
    swapped = [number.translate(str.maketrans(",.", ".,")) for number in numbers(german)]
    assert sorted(swapped) == sorted(numbers(english))


def test_series_shares_no_amount(inbox: dict[str, str]) -> None:
    """Two weekly notices of one template: same words, other days, other figures."""
    first, second = (
        {number for number in numbers(text) if re.fullmatch(r"\d+([.,]\d{3,4})+(,\d\d)?", number)}
        for name, text in inbox.items()
        if "aktienrueckkauf" in name
    )
    assert len(first) >= 10
    assert first & second == set()
