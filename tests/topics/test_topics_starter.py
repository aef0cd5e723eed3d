"""The starter topics: each has releases that belong and releases that only look so."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Copy
from aggregator.topics import Rulebook, iptc, match

BELONGS = [
    ("aluminium", "de", "Neue Aluminiumhütte geht ans Netz"),
    ("aluminium", "en", "Aluminum prices rise on alumina shortage"),
    ("steel", "de", "Hochofen wird durch Direktreduktion ersetzt"),
    ("steel", "en", "Steelmaker closes blast furnace"),
    ("china", "de", "Muster baut Geschäft in China aus"),
    ("china", "en", "Sample opens office in Shanghai"),
    ("industrial-parks", "de", "Chemiepark gewinnt neuen Mieter"),
    ("industrial-parks", "en", "New industrial park for Exampleton"),
    ("investment", "de", "Muster investiert 40 Mio. Euro in neues Werk"),
    ("investment", "de", "Grundsteinlegung für neue Fabrik"),
    ("investment", "en", "Sample to invest $200 million in Ohio plant"),
    ("investment", "en", "Sample opens new factory in Exampleton"),
    ("climate", "de", "Muster will bis 2035 klimaneutral sein"),
    ("climate", "en", "Sample cuts greenhouse gas emissions"),
    ("energy", "de", "Windpark liefert ersten Strom"),
    ("energy", "en", "Utility expands battery storage"),
    ("hydrogen", "de", "Wasserstofftankstelle eröffnet"),
    ("hydrogen", "en", "Electrolyzer order for Sample"),
    ("automotive", "de", "Automobilzulieferer meldet Rekord"),
    ("automotive", "en", "Carmaker recalls electric vehicles"),
    ("mobility", "de", "Hundert neue Ladesäulen in der Stadt"),
    ("mobility", "en", "City buys electric buses for public transport"),
    ("logistics", "de", "Neues Logistikzentrum bei Musterstadt"),
    ("logistics", "en", "Supply chain software for freight"),
    ("semiconductors", "de", "Halbleiterfabrik im Bau"),
    ("semiconductors", "en", "Chipmaker presents silicon carbide wafer"),
    ("artificial-intelligence", "de", "KI plant den Einsatz"),
    ("artificial-intelligence", "en", "AI assistant for nurses"),
    ("cybersecurity", "de", "Ransomware legt Stadt lahm"),
    ("cybersecurity", "en", "Sample warns of phishing wave"),
    ("pharma", "de", "Impfstoff erhält Zulassung"),
    ("pharma", "en", "Phase 3 trial of drug candidate starts"),
    ("water-and-pumps", "de", "Neue Pumpen für die Wasserversorgung"),
    ("water-and-pumps", "en", "Wastewater plant upgraded"),
    ("construction", "de", "Wohnungsbau bricht ein"),
    ("construction", "en", "Construction industry calls for timber"),
    ("circular-economy", "de", "Recyclinganlage für Batterien"),
    ("circular-economy", "en", "Circular economy award for Sample"),
    ("textiles", "de", "Textilbranche tagt in Musterstadt"),
    ("textiles", "en", "Garment makers raise wages"),
    ("uzbekistan", "de", "Bewässerung in Usbekistan"),
    ("uzbekistan", "en", "Tashkent metro orders trains"),
    ("development-aid", "de", "GIZ und Muster fördern Bauern"),
    ("development-aid", "en", "Development aid for rural clinics"),
    ("agriculture", "de", "Landwirte testen neues Saatgut"),
    ("agriculture", "en", "Tractor maker helps farmers"),
    ("research", "de", "Forschungsprojekt der Universität zu Beton"),
    ("research", "en", "Scientists at the university solve puzzle"),
    ("finance", "de", "Sparkasse vergibt mehr Kredite"),
    ("finance", "en", "Insurer launches investment fund"),
]
LOOKS_SO = [
    ("aluminium", "de", "Kuchen in Aluminiumfolie backen"),
    ("steel", "de", "Polizei klärt Fahrraddiebstahl auf"),
    ("steel", "de", "Dieb stahl Fahrrad"),
    ("china", "de", "Chinakohl aus der Region"),
    ("china", "en", "Bone china from Sample"),
    ("industrial-parks", "de", "Parkplatz am Bahnhof gesperrt"),
    ("investment", "de", "Investor Relations neu besetzt"),
    ("investment", "de", "Muster bestätigt Prognose"),
    ("investment", "en", "Investors meet in Exampleton"),
    ("climate", "de", "Klimaanlage für den Wohnwagen"),
    ("climate", "de", "Gutes Betriebsklima bei Muster"),
    ("climate", "en", "Business climate improves"),
    ("energy", "de", "Mit voller Energie ins neue Jahr"),
    ("hydrogen", "de", "Wasserstoffperoxid im Haushalt"),
    ("water-and-pumps", "de", "Wasserstoff im Tank"),
    ("water-and-pumps", "de", "Wärmepumpe im Altbau"),
    ("water-and-pumps", "de", "Pumpernickel aus Westfalen"),
    ("automotive", "de", "Autor liest aus Roman"),
    ("automotive", "de", "Automaten für Kaffee"),
    ("mobility", "de", "Kein Mobilfunk im Tal"),
    ("mobility", "de", "Immobilien in Musterstadt"),
    ("logistics", "de", "Verlogene Werbung"),
    ("semiconductors", "de", "Kartoffelchips mit Paprika"),
    ("artificial-intelligence", "de", "Der Kiosk am Mai-Platz"),
    ("cybersecurity", "de", "Sicherheit auf der Baustelle"),
    ("pharma", "de", "Farmer in Afrika"),
    ("construction", "de", "Bauer sucht Knecht"),
    ("construction", "en", "Minister announces concrete measures"),
    ("construction", "de", "Sprecher betont Erfolg"),
    ("textiles", "de", "Neues Modell der Baureihe"),
    ("textiles", "de", "Moderne Modernisierung"),
    ("textiles", "de", "Moderation der Gala"),
    ("development-aid", "de", "Entwicklung neuer Pumpen"),
    ("agriculture", "en", "Offshore wind farm completed"),
    ("research", "de", "Marktforschung zu Kaffee"),
    ("finance", "de", "Datenbank für Pumpen"),
    ("finance", "de", "Kuchen auf der Parkbank"),
]


def topics_of(make: Any, starter: Rulebook, language: str, title: str) -> set[str]:
    copy = make(title, ("paragraph", title + "."), language=language)
    return {m.id for m in match(copy, (), "", starter) if m.matched}


@pytest.mark.parametrize(("topic", "language", "title"), BELONGS)
def test_releases_that_belong(make: Any, starter: Rulebook, topic: str, language: str, title: str) -> None:
    assert topic in topics_of(make, starter, language, title)


@pytest.mark.parametrize(("topic", "language", "title"), LOOKS_SO)
def test_releases_that_only_look_so(
    make: Any, starter: Rulebook, topic: str, language: str, title: str
) -> None:
    assert topic not in topics_of(make, starter, language, title)


def test_every_starter_topic_is_tried(starter: Rulebook) -> None:
    assert {topic.id for topic in starter.topics} == {topic for topic, _, _ in BELONGS}


def test_starter_topics_use_media_topics_that_exist_and_are_not_retired(starter: Rulebook) -> None:
    for topic in starter.topics:
        for id in topic.iptc:
            node = iptc.lookup(id)
            assert node is not None, f"{topic.id}: {id} is unknown"
            assert not node.retired, f"{topic.id}: {id} is retired, use {node.replacement}"


SHARED = Path(os.environ.get("AGGREGATOR_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))


@pytest.mark.parametrize(
    ("seed", "wanted", "unwanted"),
    [
        ("000_", {"aluminium", "china", "industrial-parks", "investment"}, {"climate", "textiles"}),
        ("003_", {"china", "investment"}, {"uzbekistan", "climate", "development-aid"}),
    ],
)
def test_the_seeds(starter: Rulebook, seed: str, wanted: set[str], unwanted: set[str]) -> None:
    """Real releases: the subject of the text, not of its boilerplate, alt text and teasers."""
    found = sorted((SHARED / "seeds").glob(f"{seed}*.txt"))
    if not found:
        pytest.skip("the seeds are not on this machine")
    from aggregator.model import Draft, Source
    from aggregator.reading import read

    draft = Draft(
        key="k",
        content=found[0].read_text("utf-8"),
        content_type="text/plain",
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    copy = read(draft, Source(id="s", adapter="text", url="/in"))
    assert isinstance(copy, Copy)
    matched = {m.id for m in match(copy, (), "", starter) if m.matched}
    assert wanted <= matched
    assert not unwanted & matched
