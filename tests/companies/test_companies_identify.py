"""The issuer is elected by class of evidence and never guessed; the others get their roles."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.companies import Gazetteer, identify
from aggregator.model import Company, Copy, Mention, Source

EMPTY = Gazetteer(())
Make = Callable[..., Copy]


def roles(mentions: tuple[Mention, ...]) -> dict[str, str]:
    return {mention.name: mention.role for mention in mentions}


def test_the_source_line_outranks_a_partner_named_more_often(make: Make, source: Source) -> None:
    copy = make(
        "Gefährte Nord GmbH eröffnet Labor",
        (
            "paragraph",
            "Die Gefährte Nord GmbH und die Quell Gruppe eröffnen ein Labor. Die Gefährte Nord GmbH zahlt.",
        ),
        ("source", "Quelle: QUELL SE"),
        source_line="QUELL SE",
    )
    (issuer, *others), note = identify(copy, source, EMPTY)
    assert (issuer.id, issuer.name, issuer.role, issuer.basis) == (
        "quell-se",
        "QUELL SE",
        "issuer",
        "declared",
    )
    assert issuer.publishable
    assert not issuer.configured
    assert any("source line: QUELL SE (line 3)" in line for line in issuer.evidence)
    assert roles(tuple(others))["Gefährte Nord GmbH"] == "subject"
    assert not any(m.publishable for m in others)
    assert note == ""


def test_a_field_of_the_source_outranks_the_boilerplate(make: Make, source: Source) -> None:
    copy = make("Neues", ("paragraph", "Text."), declared_issuer="Alpha AG", boilerplate_names=("Beta GmbH",))
    mentions, _ = identify(copy, source, EMPTY)
    assert [(m.name, m.basis) for m in mentions if m.role == "issuer"] == [("Alpha AG", "declared")]


def test_original_content_names_the_issuer(make: Make, source: Source) -> None:
    copy = make(
        "Neues",
        ("paragraph", "Text."),
        ("source", "Original-Content von: Alpha AG, übermittelt durch news aktuell"),
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert roles(mentions)["Alpha AG"] == "issuer"


@pytest.mark.parametrize("line", ["dpa", "Reuters", "Statistisches Bundesamt", "dpa-infocom GmbH"])
def test_agencies_and_statistics_offices_are_no_issuer(make: Make, source: Source, line: str) -> None:
    copy = make("Preise steigen", ("paragraph", "Die Preise steigen."), source_line=line)
    mentions, note = identify(copy, source, EMPTY)
    assert not [m for m in mentions if m.role == "issuer"]
    assert {m.role for m in mentions} <= {"wire", "outlet"}
    assert note.startswith("No issuer")


def test_an_outlet_that_names_itself_is_no_issuer(make: Make) -> None:
    outlet = Source(
        id="f", adapter="feed", url="https://fachblatt.example/feed", title="Fachblatt", role="outlet"
    )
    copy = make("Neues", ("paragraph", "Text."), source_line="Fachblatt", boilerplate_names=("Alpha AG",))
    mentions, _ = identify(copy, outlet, EMPTY)
    assert roles(mentions) == {"Alpha AG": "issuer", "Fachblatt": "outlet"}


def test_a_person_in_the_source_line_is_no_issuer(make: Make, source: Source) -> None:
    copy = make("Neues", ("paragraph", "Die Lage ist gut."), source_line="Erika Mustermann")
    mentions, note = identify(copy, source, EMPTY)
    assert mentions == ()
    assert note


def test_the_setting_of_the_source_names_the_issuer(make: Make, source: Source) -> None:
    copy = make(
        "Neues",
        ("paragraph", "Die Beta GmbH liefert. Die Beta GmbH liefert."),
        boilerplate_names=("Beta GmbH",),
    )
    mentions, _ = identify(copy, replace(source, company="Alpha AG"), EMPTY)
    assert [(m.id, m.basis, m.publishable) for m in mentions if m.role == "issuer"] == [
        ("alpha-ag", "source", True)
    ]


def test_a_release_on_its_own_domain_is_the_companys(make: Make, source: Source) -> None:
    gazetteer = Gazetteer((Company(id="quell", name="QUELL SE", domains=("quell.example",)),))
    copy = make("Neues", ("paragraph", "Die Beta GmbH liefert."), url="https://www.quell.example/de/1")
    mentions, _ = identify(copy, source, gazetteer)
    assert [(m.id, m.basis) for m in mentions if m.role == "issuer"] == [("quell", "source")]


def test_the_boilerplate_names_issuer_and_parent(make: Make, source: Source) -> None:
    copy = make(
        "Neues Werk eröffnet",
        ("paragraph", "Die Yangzi Pioneer Group eröffnet ein Werk. Yangzi Germany freut sich."),
        (
            "boilerplate",
            "Über Yangzi Germany GmbH Yangzi Germany GmbH ist eine europäische Tochtergesellschaft des "
            "chinesischen Konzerns Grand Yangzi Pioneer Group. Mehr.",
        ),
        boilerplate_names=("Yangzi Germany GmbH",),
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert roles(mentions) == {"Yangzi Germany GmbH": "issuer", "Grand Yangzi Pioneer Group": "parent"}
    assert [m.name for m in mentions if m.publishable] == ["Yangzi Germany GmbH"]


def test_a_joint_release_has_two_issuers(make: Make, source: Source) -> None:
    copy = make(
        "Alpha und Beta bauen gemeinsam",
        ("paragraph", "Alpha und Beta bauen gemeinsam ein Werk."),
        boilerplate_names=("Alpha AG", "Beta GmbH"),
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert sorted((m.name, m.role, m.publishable) for m in mentions) == [
        ("Alpha AG", "issuer", True),
        ("Beta GmbH", "co-issuer", True),
    ]


def test_an_agencys_boilerplate_makes_no_co_issuer(make: Make, source: Source) -> None:
    copy = make(
        "Alpha baut", ("paragraph", "Alpha baut."), boilerplate_names=("Alpha AG", "Redewerk PR GmbH")
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert roles(mentions) == {"Alpha AG": "issuer"}


def test_a_bare_heading_is_completed_from_the_text(make: Make, source: Source) -> None:
    copy = make("Neues", ("paragraph", "Die Quell SE liefert."), boilerplate_names=("Quell",))
    mentions, _ = identify(copy, source, EMPTY)
    assert [(m.id, m.name, m.publishable) for m in mentions] == [("quell-se", "Quell SE", True)]


def test_the_contact_block_elects_but_does_not_publish(make: Make, source: Source) -> None:
    copy = make(
        "Neues Labor", ("paragraph", "Bei Quell SE entsteht ein Labor."), ("contact", "QUELL SE\nTelefon 0")
    )
    (issuer,), _ = identify(copy, source, EMPTY)
    assert (issuer.role, issuer.basis, issuer.publishable) == ("issuer", "contact", False)


def test_the_score_elects_only_with_a_margin(make: Make, source: Source) -> None:
    clear = make("Alpha AG: Neues Werk", ("paragraph", "Die Alpha AG baut ein Werk mit der Beta GmbH."))
    (issuer, *_), _ = identify(clear, source, EMPTY)
    assert (issuer.name, issuer.basis, issuer.publishable) == ("Alpha AG", "score", False)
    close = make(
        "Alpha AG und Beta GmbH planen",
        ("paragraph", "Alpha teilt mit, dass gebaut wird. Beta teilt mit, dass geplant wird."),
    )
    mentions, note = identify(close, source, EMPTY)
    assert {m.role for m in mentions} == {"subject"}
    assert "too close" in note


def test_a_newspapers_text_about_a_company_is_not_the_companys(make: Make, source: Source) -> None:
    gazetteer = Gazetteer((Company(id="quell", name="Quell AG"),))
    copy = make("Streik bei Quell geht weiter", ("paragraph", "Auch am Montag wird bei Quell gestreikt."))
    mentions, note = identify(copy, source, gazetteer)
    assert [(m.id, m.role) for m in mentions] == [("quell", "subject")]
    assert "announces it itself" in note


def test_teasers_and_debris_never_count(make: Make, source: Source) -> None:
    copy = make(
        "Neues",
        ("alt_text", "Foto der Gamma AG"),
        ("paragraph", "Die Lage ist gut."),
        ("teaser", "Alpha AG meldet"),
        ("chrome", "Beta GmbH"),
        ("repeated_line", "Delta GmbH"),
    )
    assert identify(copy, source, EMPTY)[0] == ()


def test_a_longer_unknown_name_is_not_the_configured_one(make: Make, source: Source) -> None:
    gazetteer = Gazetteer((Company(id="quell", name="Quell AG", aliases=("Quell",)),))
    copy = make("Neues", ("paragraph", "Die Quell Energie GmbH liefert."))
    mentions, _ = identify(copy, source, gazetteer)
    assert [m.id for m in mentions] == ["quell-energie-gmbh"]


def test_a_partner_is_named_as_one(make: Make, source: Source) -> None:
    copy = make(
        "Neues Labor",
        ("paragraph", "Gemeinsam mit der Beta GmbH eröffnet Alpha ein Labor."),
        boilerplate_names=("Alpha AG",),
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert roles(mentions) == {"Alpha AG": "issuer", "Beta GmbH": "partner"}


def test_houses_without_a_legal_form_are_mentions(make: Make, source: Source) -> None:
    copy = make(
        "Neues Labor",
        (
            "paragraph",
            "Auf Einladung von LGA.Invest und der Regio Metropole Fluss kamen Gäste der Nordischen Akademie der Künste.",
        ),
        ("paragraph", "Die Sample Industry Association und das Institut für Steine gratulieren."),
    )
    mentions, _ = identify(copy, source, EMPTY)
    assert {m.name for m in mentions} == {
        "LGA.Invest",
        "Regio Metropole Fluss",
        "Nordische Akademie der Künste",
        "Sample Industry Association",
        "Institut für Steine",
    }
    assert {(m.role, m.publishable) for m in mentions} == {("mention", False)}


def test_configured_companies_take_over_the_id(make: Make, source: Source) -> None:
    gazetteer = Gazetteer(
        (Company(id="quell", name="QUELL SE", parent="house"), Company(id="house", name="Haus AG"))
    )
    copy = make("Neues von Quell", ("paragraph", "Quell baut."), source_line="Quell SE")
    mentions, _ = identify(copy, source, gazetteer)
    assert [(m.id, m.role, m.publishable) for m in mentions] == [
        ("quell", "issuer", True),
        ("house", "parent", True),
    ]


def test_the_same_copy_gives_the_same_answer(make: Make, source: Source) -> None:
    copy = make(
        "Alpha AG: Neues",
        ("paragraph", "Beta GmbH, Gamma GmbH und Alpha AG."),
        boilerplate_names=("Alpha AG",),
    )
    assert identify(copy, source, EMPTY) == identify(copy, source, EMPTY)


SHARED = Path(os.environ.get("AGGREGATOR_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))


@pytest.mark.parametrize(
    ("seed", "id", "basis", "others", "absent"),
    [
        (
            "000_",
            "weiqiao-germany-gmbh",
            "boilerplate",
            {"Chinesische Akademie der Wissenschaften"},
            {"Klimapartner"},
        ),
        ("003_", "wilo-se", "declared", {"NRW.Invest", "Business Metropole Ruhr"}, {"GIZ", "Hochschule Hof"}),
    ],
)
def test_the_seeds(seed: str, id: str, basis: str, others: set[str], absent: set[str]) -> None:
    """Real releases: the issuer by declared evidence, and nothing from teasers."""
    found = sorted((SHARED / "seeds").glob(f"{seed}*.txt"))
    if not found:
        pytest.skip("the seeds are not on this machine")
    from aggregator.model import Draft
    from aggregator.reading import read

    source = Source(id="s", adapter="text", url="/in")
    draft = Draft(
        key="k",
        content=found[0].read_text("utf-8"),
        content_type="text/plain",
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    copy = read(draft, source)
    assert isinstance(copy, Copy)
    mentions, note = identify(copy, source, EMPTY)
    assert (mentions[0].id, mentions[0].role, mentions[0].basis, mentions[0].publishable, note) == (
        id,
        "issuer",
        basis,
        True,
        "",
    )
    assert others <= {m.name for m in mentions}
    assert not any(word in m.name for m in mentions for word in absent)
