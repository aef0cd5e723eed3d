"""Which line of a text is its headline: image descriptions, menus, kickers and dates above it; copies of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from aggregator.model import Copy, Draft, Source
from aggregator.reading import read

GERMAN = (
    "Muster Logistik eröffnet neue Halle im Hamburger Hafen",
    "Hamburg, 12.03.2026",
    "Die Muster Logistik GmbH hat im Hamburger Hafen eine neue Halle für Kühlware eröffnet. Sie bietet Platz für 20.000 "
    "Paletten und kostete 14 Millionen Euro. Der Bau dauerte zwei Jahre.\n\nAuf dem Dach liefern Solarmodule den Strom.",
)
ENGLISH = (
    "Sample Logistics opens cold store at Felixstowe",
    "Felixstowe, 12 March 2026",
    "Sample Logistics Ltd has opened a new cold store at the port of Felixstowe. The warehouse holds 20,000 pallets and "
    "cost 14 million pounds. Construction took two years.\n\nSolar panels on the roof power the cooling.",
)
DECKS = {
    GERMAN: ("", "\nInvestition von 14 Millionen Euro", "\n60 Arbeitsplätze entstehen am Kai."),
    ENGLISH: ("", "\nInvestment of 14 million pounds", "\n60 jobs are being created."),
}


def copy_of(text: str) -> Copy:
    draft = Draft(
        key="k", content=text, content_type="text/plain", fetched_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    result = read(draft, Source(id="s", adapter="text", url="https://source.example/"))
    assert isinstance(result, Copy)
    return result


def document(head: str, date: str, body: str) -> str:
    return "\n\n".join(part for part in (head, date, body) if part)


def variants(about: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Decks, dates and gaps in every combination."""
    return list(product(DECKS[about], (about[1], ""), ("\n", "\n\n")))


ALT_TEXTS = [
    (GERMAN, "Blick auf die Kräne am Burchardkai bei Nacht."),
    (GERMAN, "Luftbild des Geländes vor Baubeginn."),
    (GERMAN, "Zwei Männer mit Helmen reichen sich vor einem Tor die Hand."),
    (GERMAN, "Gabelstapler zwischen hohen Regalen."),
    (GERMAN, "Die neue Halle der Muster Logistik GmbH in Hamburg."),
    (GERMAN, "Geschäftsführerin Petra Beispiel und Bürgermeister Jan Probe beim Durchschneiden des Bandes."),
    (GERMAN, "Ein Container wird auf ein Schiff geladen."),
    (GERMAN, "Luftbild des Geländes.\nBlick auf die Kräne am Burchardkai bei Nacht."),
    (ENGLISH, "View of the quay with cranes at night."),
    (ENGLISH, "Two workers in helmets shake hands in front of a gate."),
    (ENGLISH, "Forklifts between tall shelves."),
    (ENGLISH, "The new cold store of Sample Logistics Ltd in Felixstowe."),
    (ENGLISH, "Managing director Jane Sample cutting the ribbon with the mayor."),
    (ENGLISH, "A container being loaded onto a ship at sunset."),
]


@pytest.mark.parametrize(("about", "alt"), ALT_TEXTS, ids=[alt[:30] for _, alt in ALT_TEXTS])
def test_an_image_description_above_the_headline_is_none(about: tuple[str, str, str], alt: str) -> None:
    """A sentence whose words the lead does not repeat, before a line without a full stop whose words it does."""
    for deck, date, gap in variants(about):
        copy = copy_of(document(f"{alt}{gap}{about[0]}{deck}", date, about[2]))
        assert copy.title == about[0]
        assert [b.rule for b in copy.blocks if b.type == "alt_text"] == ["alt_text.before_title"] * (
            1 + alt.count("\n")
        )


def test_an_image_description_between_kicker_and_headline() -> None:
    """The kicker keeps its place when the description of an image follows it."""
    copy = copy_of(
        document(f"HAFEN\nBlick auf die Kräne am Burchardkai bei Nacht.\n{GERMAN[0]}", *GERMAN[1:])
    )
    assert (copy.title, copy.kicker) == (GERMAN[0], "HAFEN")


SENTENCES = [
    (GERMAN, "Muster Logistik eröffnet neue Halle im Hamburger Hafen."),
    (GERMAN, "Neue Halle für Muster Logistik in Hamburg."),
    (GERMAN, "Wir machen den Hafen kühler."),
    (GERMAN, "Kühl bleiben. Muster Logistik baut aus."),
    (GERMAN, "Muster Logistik wächst weiter."),
    (ENGLISH, "Sample Logistics opens cold store at Felixstowe."),
    (ENGLISH, "A cold store for Felixstowe."),
    (ENGLISH, "We keep it cool."),
]


@pytest.mark.parametrize(("about", "title"), SENTENCES, ids=[title for _, title in SENTENCES])
def test_a_headline_may_end_in_a_full_stop(about: tuple[str, str, str], title: str) -> None:
    """What the lead repeats, and what speaks in the first person, is the headline, full stop or not."""
    for deck, date, gap in variants(about):
        copy = copy_of(document(f"{title}{gap.join(deck.split(chr(10)))}", date, about[2]))
        assert copy.title == title


RESIDUE = [
    (GERMAN, "Start Magazin Termine"),
    (GERMAN, "Zurück zur Übersicht"),
    (GERMAN, "Start | Magazin | Termine"),
    (GERMAN, "Startseite / Presse / Pressemitteilungen"),
    (GERMAN, "Presse"),
    (GERMAN, "Start\nWerkstoffe\nTermine"),
    (GERMAN, f"Home » Presse » {GERMAN[0]}"),
    (GERMAN, "Produkte Werkstoffe Magazin Karriere Kontakt"),
    (GERMAN, "Sie sind hier: Startseite > Presse"),
    (GERMAN, "Startseite · Unternehmen · Karriere · Kontakt"),
    (ENGLISH, "Home > News > Press"),
    (ENGLISH, "Back to overview"),
    (ENGLISH, "Home About Products Careers Contact"),
    (ENGLISH, "Skip to content"),
    (ENGLISH, "You are here: Home > News"),
]


@pytest.mark.parametrize(("about", "line"), RESIDUE, ids=[line[:30] for _, line in RESIDUE])
def test_navigation_above_the_headline_is_chrome(about: tuple[str, str, str], line: str) -> None:
    """Menus, breadcrumbs and ways back are no headline, with and without a date and a gap below."""
    for deck, date, gap in variants(about):
        copy = copy_of(document(f"{line}{gap}{about[0]}{deck}", date, about[2]))
        assert (copy.title, copy.kicker) == (about[0], "")
        assert "chrome" in {b.type for b in copy.blocks}


@pytest.mark.parametrize(
    "above",
    [
        "Start Magazin Termine", "Unbekannte Rubrik Nord", "HAFEN", "12.03.2026", "Magazin für Hafenwirtschaft",
        "Blick auf die Kräne am Burchardkai bei Nacht.", "Hafenblatt | 12.03.2026", "Start\nMagazin\n12.03.2026",
    ],
)  # fmt: skip
def test_a_line_that_stands_twice_is_the_headline(above: str) -> None:
    """Whatever stands above it."""
    copy = copy_of(
        f"{above}\n{GERMAN[0]}\n\n12.03.2026\nPlatz für 20.000 Paletten.\n{GERMAN[0]}\n\n{GERMAN[2]}"
    )
    assert (copy.title, copy.deck) == (GERMAN[0], "Platz für 20.000 Paletten.")
    assert [b.rule for b in copy.blocks if b.text == GERMAN[0]] == ["title.repeated"] * 2


def test_lines_of_a_list_that_stand_twice_are_no_headline() -> None:
    """Several lines that come again are a list of something: the first line stays the headline."""
    rows = "\n".join(f"Angebot Nummer {n}\nMehr Einzelheiten dazu\nVon Petra Beispiel" for n in range(4))
    assert copy_of(f"{GERMAN[0]}\n\n{rows}\n\n{GERMAN[2]}").title == GERMAN[0]


@pytest.mark.parametrize(
    "title",
    [
        "Muster Logistik: neue Halle in Hamburg", "Muster Logistik | Neue Halle in Hamburg", "Start in Hamburg",
        "Neue Produkte und Lösungen", "Karriere bei Muster Logistik", "Mehr Service im Hafen",
    ],
)  # fmt: skip
def test_a_headline_of_words_that_menus_use_stays(title: str) -> None:
    """A headline says more than a menu: small words, names."""
    for deck, date, _ in variants(GERMAN):
        assert copy_of(document(f"{title}{deck}", date, GERMAN[2])).title == title


def test_headlines_of_other_scripts_are_told_apart() -> None:
    """Two lines in Japanese are not the same headline because they share a number."""
    draft = Draft(
        key="k", title="記事1のタイトル", content="<p>記事1の内容</p>", content_type="text/html", url="https://x.example/1",
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    copy = read(draft, Source(id="s", adapter="feed", url="https://x.example/"))
    assert isinstance(copy, Copy)
    assert (copy.title, copy.body) == ("記事1のタイトル", "記事1の内容")


@pytest.mark.parametrize("about", [GERMAN, ENGLISH])
def test_a_lead_without_a_headline_stays_in_the_text(about: tuple[str, str, str]) -> None:
    """Its first sentence stands for the headline, and every paragraph is still there."""
    copy = copy_of(about[2])
    lead, rest = about[2].split("\n\n")
    assert copy.texts("paragraph") == (lead, rest)
    assert copy.title == lead[: lead.index(". ") + 1]


def test_a_headline_of_two_short_sentences_is_one() -> None:
    copy = copy_of(f"Mehr Platz am Kai. Muster Logistik baut aus.\n\n{GERMAN[2]}")
    assert copy.title == "Mehr Platz am Kai. Muster Logistik baut aus."


def test_a_newspapers_column_is_read_in_whole_lines() -> None:
    """Thirty letters wide, words divided at the line's end; a menu as narrow stays a menu."""
    column = (
        "RENNERTON (NSS) - Negotiators for\nHarrow Steel and the striking un-\nion will sit down on Thursday for\n"
        "the first time in 24 days, federal\nmediator Ruth Dahlgren announced.\nShe gave no reason for hope beyond\n"
        "saying that both sides had read the\nsame calendar and could count the\nweeks that were left until Christ-\n"
        "mas Eve, when the mills would have\nbeen closed for a hundred days and\nthe furnaces would have to be torn\n"
        "down and built again from the base."
    )
    copy = copy_of(f"Steel Talks To Resume\n\n{column}")
    assert len(copy.texts("paragraph")) == 1
    assert "striking union will" in copy.body
    assert "Christmas Eve" in copy.body


@pytest.mark.parametrize(
    "notice",
    [
        "Bitte beachten Sie: In der ersten Fassung dieser Meldung war eine Angabe falsch. Wir bitten um Entschuldigung.",
        "Eine frühere Version dieser Pressemitteilung enthielt eine falsche Jahreszahl, die wir hier berichtigt haben.",
        "In an earlier version of this press release a figure was wrong. The text below replaces the one sent before.",
    ],
)
def test_a_correction_that_is_told_in_a_sentence_is_one(notice: str) -> None:
    copy = copy_of(f"{GERMAN[0]}\n\n{notice}\n\n{GERMAN[1]}\n\n{GERMAN[2]}")
    assert "correction" in copy.marks
    assert notice not in copy.body


@pytest.mark.parametrize(
    ("line", "taken_back"),
    [
        ("Rückzug der Pressemitteilung vom 12. März", True),
        ("Rückzug unserer Meldung:", True),
        ("Rückzug aus dem Hafen: Muster Logistik verlässt Hamburg", False),
    ],
)
def test_a_text_that_is_taken_back_says_of_what(line: str, taken_back: bool) -> None:
    """To leave a market is news and withdraws nothing."""
    copy = copy_of(f"{line}\n\n{GERMAN[0]}\n\n{GERMAN[1]}\n\n{GERMAN[2]}")
    assert ("withdrawal" in copy.marks) == taken_back
