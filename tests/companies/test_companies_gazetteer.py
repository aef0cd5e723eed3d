"""Configured companies are found under their names, and only where their names mean them."""

from __future__ import annotations

import pickle

import pytest

from aggregator.companies import Gazetteer
from aggregator.model import Company

COMPANIES = (
    Company(
        id="quell",
        name="QUELL SE",
        aliases=("Quell Gruppe",),
        exclude=("Quell Straße",),
        domains=("quell.example",),
    ),
    Company(id="pear", name="Pear Inc.", ambiguous=True, isin=("US0378331005",), domains=("pear.example",)),
    Company(id="lga", name="LGA.Invest"),
    Company(id="two", name="2&2 AG"),
    Company(id="sporta", name="sporta AG"),
    Company(id="zw", name="ZW Werke AG", aliases=("ZW",)),
    Company(id="mueller", name="Mueller Technik GmbH"),
    Company(id="bola", name="The Bola-Cola Company", aliases=("Bola-Cola",)),
    Company(id="rentz", name="Rentz AG"),
    Company(id="merk-de", name="Merk KGaA"),
    Company(id="merk-us", name="Merk & Co., Inc."),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(COMPANIES)


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(hit.company, text[hit.start : hit.end]) for hit in gazetteer.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Quells Pumpen",
        "Quell's Pumpen",
        "Quell’s Pumpen",
        "die Quell-Gruppe",
        "die QUELL SE",
        "Quell.",
        "Quell-Nachhaltigkeitsstrategie",
        "„Quell“",
        "der Ex-Quell-Chef",
        "(Quell)",
    ],
)
def test_possessives_hyphens_and_quotes_still_name_the_company(gazetteer: Gazetteer, text: str) -> None:
    assert [company for company, _ in found(gazetteer, text)] == ["quell"]


@pytest.mark.parametrize(
    "text",
    ["der Quellpark", "die quell", "www.quell.example", "info@quell.example", "Quell Straße 5", "Ungequell"],
)
def test_longer_words_addresses_and_excluded_phrases_do_not(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("LGA.Invest lädt ein", "lga"),
        ("2&2 und mehr", "two"),
        ("2 & 2 liefert", "two"),
        ("sporta läuft", "sporta"),
        ("Sporta läuft", "sporta"),
        ("ZW baut", "zw"),
        ("Müller Technik kommt", "mueller"),
        ("MÜLLER TECHNIK kommt", "mueller"),
        ("Bola Cola schmeckt", "bola"),
        ("der Bola-Cola-Automat", "bola"),
    ],
)
def test_odd_names_are_found(gazetteer: Gazetteer, text: str, company: str) -> None:
    assert [c for c, _ in found(gazetteer, text)] == [company]


@pytest.mark.parametrize("text", ["in LGA. Invest in", "22 Mann", "Zw ist kein Wort", "Mercator-Rentz"])
def test_odd_names_are_not_found_in_other_words(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize("text", ["A Pear a day.", "Pear tart", "PEAR ANNOUNCES A SALE", "Green Pear salad"])
def test_an_ambiguous_name_alone_is_a_word(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pear Inc. grows",
        "Die Pear-Aktie fällt",
        "der Konzern Pear",
        "Pear (ISIN US0378331005)",
        "See pear.example. Pear grows",
    ],
)
def test_an_ambiguous_name_counts_beside_a_form_a_cue_or_an_identifier(
    gazetteer: Gazetteer, text: str
) -> None:
    assert {c for c, _ in found(gazetteer, text)} == {"pear"}


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Die Quell Gruppe wächst") == [("quell", "Quell Gruppe")]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Quell", "quell"),
        ("QUELL SE", "quell"),
        ("quell se", "quell"),
        ("Quell-Gruppe", "quell"),
        ("Müller Technik", "mueller"),
        ("quell", "quell"),
    ],
)
def test_names_resolve_with_and_without_form(gazetteer: Gazetteer, name: str, id: str) -> None:
    company = gazetteer.resolve(name)
    assert company is not None
    assert company.id == id


def test_another_legal_form_is_another_company(gazetteer: Gazetteer) -> None:
    """Two houses of one name: the form tells them apart."""
    assert gazetteer.resolve("Quell AG") is None
    assert gazetteer.resolve("Merk KGaA") == gazetteer.by_id["merk-de"]
    assert gazetteer.resolve("Merk & Co., Inc.") == gazetteer.by_id["merk-us"]


def test_an_address_belongs_to_the_owner_of_its_domain(gazetteer: Gazetteer) -> None:
    owner = gazetteer.by_host("https://presse.quell.example/de/1")
    assert owner is not None
    assert owner.id == "quell"
    assert gazetteer.by_host("https://notquell.example/") is None
    assert gazetteer.by_host("") is None
    assert gazetteer.by_host("http://[broken") is None


def test_it_travels_to_another_process(gazetteer: Gazetteer) -> None:
    copy = pickle.loads(pickle.dumps(gazetteer))
    assert found(copy, "Quells Pumpen") == found(gazetteer, "Quells Pumpen")
