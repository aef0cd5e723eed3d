"""Legal forms are taken off names, and names with a legal form are found in running text."""

from __future__ import annotations

import pytest

from aggregator.companies import has_form, mine, split


@pytest.mark.parametrize(
    ("name", "bare", "form"),
    [
        ("Musterwerk SE", "Musterwerk", "SE"),
        ("Musterwerk Germany GmbH", "Musterwerk Germany", "GmbH"),
        ("Beispiel Event AG & Co. KGaA", "Beispiel Event", "AG & Co. KGaA"),
        ("Beispiel GmbH u. Co KG", "Beispiel", "GmbH u. Co KG"),
        ("Yangzi Technology Co., Ltd.", "Yangzi Technology", "Co., Ltd."),
        ("Yangzi Technology Co. Ltd.", "Yangzi Technology", "Co. Ltd."),
        ("Esempio S.p.A.", "Esempio", "S.p.A."),
        ("Förderkreis Muster e. V.", "Förderkreis Muster", "e. V."),
        ("Kleinwerk UG (haftungsbeschränkt)", "Kleinwerk", "UG (haftungsbeschränkt)"),
        ("Esimerkki Oyj", "Esimerkki", "Oyj"),
        ("The Sample Company", "The Sample", "Company"),
        ("MUSTERWERK GMBH", "MUSTERWERK", "GMBH"),
    ],
)
def test_the_whole_form_is_taken_off(name: str, bare: str, form: str) -> None:
    """No ``Co.`` and no ``& Co.`` stays behind."""
    assert split(name) == (bare, form)


@pytest.mark.parametrize("name", ["Muster Gruppe", "Muster Holding", "AG", "NV Energie", "Sage", "Muster ag"])
def test_group_words_and_words_that_look_similar_are_no_form(name: str) -> None:
    assert not has_form(name)


def names(text: str) -> list[str]:
    return [found.name for found in mine(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Erwerb der Aktien der Netzwerft AG ist abgeschlossen.", ["Netzwerft AG"]),
        ("Der Pumpenhersteller Musterwerk SE baut aus.", ["Musterwerk SE"]),
        ("Die Tochtergesellschaft Nordblick Solutions AG wächst.", ["Nordblick Solutions AG"]),
        ("Die Alpha GmbH & Co. KG und die Beta GmbH kooperieren.", ["Alpha GmbH & Co. KG", "Beta GmbH"]),
        ("Alpha AG & Bravo GmbH gründen ein Labor.", ["Alpha AG", "Bravo GmbH"]),
        (
            "Die Gesellschaft für Planung, Bau und Entwurf mbH zieht um.",
            ["Gesellschaft für Planung, Bau und Entwurf mbH"],
        ),
        (
            "Sample Bank of Exampleton Corp. and Hooray! Inc. agreed.",
            ["Sample Bank of Exampleton Corp.", "Hooray! Inc."],
        ),
        ("Die windmuehle.de SE und die xy-markt GmbH", ["windmuehle.de SE", "xy-markt GmbH"]),
        ("CEO of Alpha Systems, Inc. said", ["Alpha Systems, Inc."]),
        ("(Bildquelle: Musterwerk SE)", ["Musterwerk SE"]),
        ("Die 3D-Druck Nord GmbH & Co. KG liefert.", ["3D-Druck Nord GmbH & Co. KG"]),
        ("Dr. Anton Beispiel KG", ["Dr. Anton Beispiel KG"]),
    ],
)
def test_a_name_begins_where_it_begins(text: str, expected: list[str]) -> None:
    """German capitalises every noun: what stands left of the name is not swallowed."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "TOGETHER FOR ECONOMIC GROWTH AND STRATEGIES AS\nMuster grows",
        "Wir treffen uns in Rom. As SE moves on, so do we.",
        "Hans Muster AG & Söhne",
        "Die AG tagt am Montag, der e.V. am Dienstag.",
        "Die GmbH-Geschäftsführung schweigt.",
        "Neues Werk der Musterwerk\nAG Wien",
    ],
)
def test_what_only_looks_like_a_name_with_a_form_is_left(text: str) -> None:
    assert names(text) == []


def test_a_name_alone_on_a_line_of_capitals_is_a_name() -> None:
    """The first line of a contact block."""
    assert names("Kontakt\nMUSTERWERK SE\nTelefon") == ["MUSTERWERK SE"]


def test_spans_point_at_the_text() -> None:
    text = "Die Muster-Werke AG baut.\nDie Beta GmbH auch."
    assert [text[a:b] for _, (a, b) in mine(text)] == ["Muster-Werke AG", "Beta GmbH"]
