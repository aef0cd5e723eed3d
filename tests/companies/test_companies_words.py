"""Words of a text: what they stand for, in which order they are counted, which ones cost nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aggregator.companies import Gazetteer, identify, mine
from aggregator.companies.legal_forms import starters
from aggregator.companies.mining import is_shouting
from aggregator.companies.organisations import organisations
from aggregator.companies.words import Words
from aggregator.model import Company, Copy, Source


def test_a_word_stands_for_the_name_that_it_is_the_possessive_of() -> None:
    words = Words(frozenset({"Ostermoors", "Werk"}))
    assert words.has("ostermoor")
    assert words.has("ostermoors")
    assert not words.has("oster")


def test_a_word_that_folds_to_nothing_is_no_trouble(make: Callable[..., Copy], source: Source) -> None:
    copy = make("Muster", ("paragraph", "Ein ﾞ allein, dann die Muster Technik GmbH."))
    mentions, _ = identify(copy, source, Gazetteer(()))
    assert [m.name for m in mentions] == ["Muster Technik GmbH"]


def test_of_two_names_at_one_place_the_one_written_so_is_meant() -> None:
    companies = [Company(id="karvela", name="Karvela"), Company(id="karvelas", name="Karvelas")]
    for order in (companies, companies[::-1]):
        assert [hit.company for hit in Gazetteer(order).find("Neu bei Karvelas ist das Werk.")] == [
            "karvelas"
        ]


def test_houses_are_counted_in_the_order_of_the_text(make: Callable[..., Copy], source: Source) -> None:
    """Not in the order of a set, which differs from process to process."""
    copy = make(
        "Neue Studie",
        ("paragraph", "Das Haus des Instituts für Musterforschung wächst."),
        ("paragraph", "Das Institut für Musterforschung rät ab."),
    )
    mentions, _ = identify(copy, source, Gazetteer(()))
    assert [e.partition(":")[0] for e in mentions[0].evidence] == ["lead", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "Auf Einladung von Musterland.Invest kamen viele.",
        "Reorganisiert von Musterland.Invest wurde das Haus.",
        "Im Auftrag von Musterland.Invest wurde gebaut.",
    ],
)
def test_a_cue_is_found_also_behind_a_longer_word(text: str) -> None:
    assert [house.name for house in organisations(text, frozenset(text.replace(".", " ").split()))] == [
        "Musterland.Invest"
    ]


def test_a_form_with_dots_is_looked_for_with_its_first_dot() -> None:
    assert starters()["a"] == ("a.",)
    assert starters()["GmbH"] == ("GmbH",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Firma Beispiel a.s. baut.", "Beispiel a.s."),
        ("Die Firma Beispiel\u00a0AG baut.", "Beispiel AG"),
        ("Die Firma Beispiel A/S baut.", "Beispiel A/S"),
        ("Die Firma Beispiel S. de R.L. de C.V. baut.", "Beispiel S. de R.L. de C.V."),
    ],
)
def test_forms_of_every_spelling_are_mined(text: str, name: str) -> None:
    assert [found.name for found in mine(text)] == [name]


def test_a_form_far_behind_its_name_has_no_name_cut_in_two() -> None:
    left = "Wort " * 30 + "x" * 130
    assert list(mine(f"{left} AG baut.")) == []
    assert list(mine(" " * 200 + "AG baut.")) == []


def test_shouting_is_told_by_the_share_of_capitals() -> None:
    assert is_shouting("NEUES WERK DER MUSTER AG")
    assert is_shouting("ÜBER 30 NEUE PUMPEN in MUSTERSTADT")
    assert not is_shouting("Neues Werk der Muster AG")
    assert not is_shouting("")
