"""The kind of an announcement, from its headline or its opening."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.topics import KINDS, classify


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("earnings", "Muster steigert Umsatz im dritten Quartal"),
        ("earnings", "Sample Reports Third Quarter 2024 Financial Results"),
        ("earnings", "Muster AG: Vorläufige Zahlen für 2023"),
        ("earnings", "Muster hebt Prognose für 2024 an"),
        ("ad-hoc", "EQS-Adhoc: Muster AG senkt Prognose"),
        ("voting-rights", "EQS-PVR: Muster AG: Stimmrechtsmitteilung"),
        ("directors-dealings", "EQS-DD: Muster AG: Kauf"),
        ("buy-back", "Muster AG: Aktienrückkauf, 24. Zwischenmeldung"),
        ("buy-back", "Sample announces share repurchase program"),
        ("shareholders", "Hauptversammlung beschließt Dividende"),
        ("personnel", "Erika Beispiel wird neue Geschäftsführerin"),
        ("personnel", "Sample Appoints Jane Roe as CEO"),
        ("personnel", "Aufsichtsrat beruft Max Muster in den Vorstand"),
        ("deal", "Muster übernimmt Beispiel GmbH"),
        ("deal", "Sample to Acquire Example Corp."),
        ("deal", "Muster und Beispiel vereinbaren Partnerschaft"),
        ("award", "Muster mit Innovationspreis ausgezeichnet"),
        ("award", "Sample wins Design Award"),
        ("event", "Muster auf der Fachmesse in Halle 4"),
        ("event", "Sample to present at investor conference"),
        ("csr", "Muster spendet 10.000 Euro"),
        ("csr", "Sample publishes sustainability report"),
        ("research", "Studie: Jeder Zweite heizt mit Gas"),
        ("research", "Survey finds workers happy"),
        ("law-firm", "SHAREHOLDER ALERT: Roe Law Firm reminds Sample investors of deadline"),
        ("product", "Muster bringt neue Pumpe auf den Markt"),
        ("product", "Sample launches cloud tool"),
        ("editorial", "Kommentar: Was die Branche braucht"),
        ("", "Ein Tag im Werk"),
        ("", "High-End-Industriepark für Stahl"),
    ],
)
def test_headlines(make: Any, kind: str, title: str) -> None:
    assert classify(make(title))[0] == kind


def test_umlauts_may_be_written_either_way(make: Any) -> None:
    assert classify(make("Muster uebernimmt Beispiel"))[0] == "deal"


def test_taking_responsibility_is_no_takeover(make: Any) -> None:
    assert classify(make("Muster übernimmt Verantwortung"))[0] != "deal"


def test_the_opening_is_asked_where_the_headline_is_silent(make: Any) -> None:
    copy = make(
        "Neues von Muster",
        ("label", "Veröffentlichung einer Insiderinformation nach Artikel 17"),
        ("paragraph", "Text."),
    )
    kind, evidence = classify(copy)
    assert kind == "ad-hoc"
    assert evidence.startswith("opening:")


def test_an_editorial_mark_decides(make: Any) -> None:
    assert classify(make("Muster übernimmt Beispiel", marks=("editorial",)))[0] == "editorial"


def test_every_kind_has_titles_in_two_languages() -> None:
    assert {
        "earnings",
        "ad-hoc",
        "personnel",
        "product",
        "award",
        "event",
        "deal",
        "csr",
        "research",
        "law-firm",
    } <= set(KINDS)
    assert all(english and german for english, german in KINDS.values())
