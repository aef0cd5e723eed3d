"""Which words count as a term: inflection, compounds, hyphens, capitals, exceptions."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from aggregator.model import Near, Topic
from aggregator.topics import Rulebook, match


def hit(make: Any, title: str, *, language: str = "de", **rule: Any) -> bool:
    """Whether a headline alone is filed under a topic with this rule."""
    book = Rulebook((Topic(id="t", title="T", **rule),))
    return any(m.matched for m in match(make(title, language=language), (), "", book))


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("Aluminium", "Der Preis des Aluminiums steigt"),
        ("Aluminium", "Park für Aluminiumverarbeitung"),
        ("Aluminium", "Die aluminiumverarbeitende Industrie"),
        ("Aluminium", "ALUMINIUM WIRD TEUER"),
        ("Stahl", "Neues Stahlwerk"),
        ("Stahl", "Stähle der Zukunft"),
        ("Pumpe", "Neue Pumpen"),
        ("Pumpe", "Das Pumpensystem"),
        ("Pumpe", "Der Pumpenhersteller"),
        ("Fabrik", "Zwei Fabriken"),
        ("chinesisch", "Mit chinesischen Partnern"),
        ("Zentrum", "Neue Zentren"),
        ("Messe", "Der Messestand"),
        ("Industriepark", "High-End-Industriepark eröffnet"),
        ("E-Mobilität", "Mehr E-Mobilität"),
        ("künstliche Intelligenz", "Mit künstlicher Intelligenz"),
        ("Textil", "Textil- und Metallbranche"),
        ("Müll", "Der Muell"),
        ("Textilbranche", "Textil- und Aluminiumbranche"),
        ("Stahlverarbeitung", "Stahlerzeugung und -verarbeitung"),
        ("KI", "KI-gestützte Pumpen"),
        ("Wasser", "Wasserwerk eröffnet"),
        ("CO2", "Weniger CO₂ im Werk"),
    ],
)
def test_german_words_that_count(make: Any, term: str, title: str) -> None:
    assert hit(make, title, any=(term,))


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("Wasser", "Wasserstoff für alle"),
        ("Messe", "Die Messerschmitt fliegt"),
        ("Pumpe", "Pumpernickel im Test"),
        ("Klima", "Die Klimaanlage kühlt"),
        ("Stahl", "Er stahl ein Rad"),
        ("KI", "Ki ist ein Wort"),
        ("KI", "Der Kiosk öffnet"),
        ("Alu", "Aluna eröffnet"),
        ("AI", "Der Mai ist da"),
        ("EU", "Neue Wege"),
        ("Zentrum", "Konzentration"),
        ("Auto", "Der Automat"),
    ],
)
def test_german_words_that_do_not(make: Any, term: str, title: str) -> None:
    assert not hit(make, title, any=(term,))


@pytest.mark.parametrize(
    ("term", "title"),
    [("Stahl", "Der Diebstahl"), ("Eisen", "Beweise für verreisende Gäste"), ("Eisen", "beweisen")],
)
def test_false_friends_at_the_end_of_a_word(make: Any, term: str, title: str) -> None:
    assert not hit(make, title, any=(term,), compound="both")


def test_the_edge_of_a_compound_is_the_rules_choice(make: Any) -> None:
    assert hit(make, "Neuer Edelstahl", any=("Stahl",), compound="tail")
    assert hit(make, "Neue Edelstähle", any=("Stahl",), compound="both")
    assert not hit(make, "Neuer Edelstahl", any=("Stahl",))
    assert not hit(make, "Neues Stahlwerk", any=("Stahl",), compound="tail")
    assert not hit(make, "Neues Stahlwerk", any=("Stahl",), compound="off")


@pytest.mark.parametrize(
    ("term", "title", "expected"),
    [
        ("factory", "Two factories", True),
        ("pump", "The pump's power", True),
        ("pump", "New pumps", True),
        ("pump", "Pumping up", False),
        ("pump", "Pumped water", False),
        ("Steel", "green steel", True),
        ("pharma", "The pharmacist", False),
        ("AI", "AI helps", True),
        ("AI", "ai helps", False),
        ("industrial park", "New industrial parks", True),
        ("industrial park", "An industrial city park", False),
    ],
)
def test_english_words(make: Any, term: str, title: str, expected: bool) -> None:
    assert hit(make, title, any=(term,), language="en") is expected


def test_except_leaves_out_families_of_words(make: Any) -> None:
    rule = {"any": ("Bank",), "except_": ("Sandbank", "food bank")}
    assert not hit(make, "Die Sandbänke und Sandbank", **rule)
    assert not hit(make, "A food bank opens", language="en", **rule)
    assert hit(make, "Die Bank", **rule)


def test_phrases_are_exact(make: Any) -> None:
    rule = {"phrases": ("Green Steel",)}
    assert hit(make, "Green Steel kommt", **rule)
    assert not hit(make, "Green Steels kommt", **rule)
    assert not hit(make, "Steel Green kommt", **rule)


def test_all_must_occur_and_none_must_not(make: Any) -> None:
    assert hit(make, "Stahl aus China", all=("Stahl", "China"))
    assert not hit(make, "Stahl aus Wien", all=("Stahl", "China"))
    assert not hit(make, "Stahl: Stellenanzeige", any=("Stahl",), none=("Stellenanzeige",))


def test_near_counts_words_between_and_order(make: Any) -> None:
    near = {"a": ("investieren", "investiert"), "b": ("Werk",)}
    assert hit(make, "Muster investiert in ein Werk", near=(Near(**near, within=5),))
    assert not hit(
        make, "Muster investiert heute viel Zeit und Mühe in ein neues Werk", near=(Near(**near, within=5),)
    )
    assert not hit(make, "Ein Werk, in das investiert wird", near=(Near(**near, within=5, ordered=True),))


def test_a_rulebook_travels_to_another_process(make: Any) -> None:
    book = Rulebook((Topic(id="t", title="T", any=("Stahl",)),))
    copy = make("Neues Stahlwerk")
    assert match(copy, (), "", pickle.loads(pickle.dumps(book))) == match(copy, (), "", book)
