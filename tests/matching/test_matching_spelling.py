"""Scanned and careless copies: what is spelt otherwise is one text, and another name or figure is not."""

from __future__ import annotations

import random

import pytest
from matching_texts import prepared, stored

from aggregator.matching import compare, decide
from aggregator.matching.spelling import respelling, respelt, written_alike
from aggregator.matching.tokens import read

STORY = """RENNERTON (NSS) - Negotiators for Harrow Steel and the striking foundry workers will sit down on
Thursday for the first time in 24 days, federal mediator Ruth Dahlgren announced. She gave no reason for
hope beyond saying that both sides had read the same calendar and could count the weeks until Christmas.

The walkout has idled three mills along the Lamoine River, halted deliveries to four shipyards and sent
11,300 men and women home without wages. Merchants in the mill towns report that trade has fallen by nearly
half since the gates were closed in September.

The company offers a raise of 38 cents an hour over three years. The workers want 55 cents and a pension
that follows the cost of living. Neither side would say whether it brings new figures to the table, but a
clerk of the mediation board was seen carrying two coffee urns into the conference room last night.
"""
OTHER = STORY.replace("Harrow", "Bellamy").replace("Rennerton".upper(), "ALDERTON").replace("11,300", "4,150")
OTHER = OTHER.replace("24 days", "9 days").replace("38 cents", "21 cents").replace("55 cents", "44 cents")
LIKE = {"e": "c", "a": "u", "l": "1", "o": "0", "n": "u", "m": "rn", "h": "b", "t": "f", "i": "l", "s": "5"}


def scanned(text: str, errors: float, seed: int) -> str:
    """The text with this share of its letters misread, and some words joined."""
    rng = random.Random(seed)
    letters = (LIKE.get(c, c) if rng.random() < errors else c for c in text)
    return "".join("" if c == " " and rng.random() < errors / 2 else c for c in letters)


@pytest.mark.parametrize("errors", [0.01, 0.02, 0.03])
def test_two_scans_of_one_story_are_one_release(errors: float) -> None:
    """Both misread, each in its own way, the second cut off after two paragraphs."""
    whole = prepared("Steel Talks to Resume", scanned(STORY, errors, 1), language="en", host="a.example")
    half = "\n\n".join(scanned(STORY, errors, 2).split("\n\n")[:2])
    cut = prepared("Mill Talks Set for Thursday", half, language="en", host="b.example")
    assert decide(cut, [stored(whole)]).relation in ("copy", "excerpt")


@pytest.mark.parametrize("errors", [0.0, 0.02, 0.04])
def test_a_scan_of_a_sibling_is_another_release(errors: float) -> None:
    """The same strike at another firm, with figures of its own."""
    one = prepared("Steel Talks to Resume", scanned(STORY, errors, 1), language="en", host="a.example")
    two = prepared("Steel Talks to Resume", scanned(OTHER, errors, 2), language="en", host="b.example")
    assert decide(two, [stored(one)]).relation not in ("copy", "excerpt", "correction")


def test_a_name_that_changes_throughout_is_no_slip() -> None:
    """One letter apart, the same way in two places: two firms."""
    text = STORY.replace("\n\nThe company offers", "\n\nHarrow Steel offers")
    one = prepared("Talks", text, language="en", host="a.example")
    two = prepared("Talks", text.replace("Harrow", "Farrow"), language="en", host="b.example")
    assert decide(two, [stored(one)]).relation == "series"


def test_figures_are_never_respelt() -> None:
    left, right = (
        read("the plant made 11300 tonnes of bright steel wire in Rennerton", "en"),
        read("the plant made 11800 tonnes of brigbt steel wirc in Rennertou", "en"),
    )
    found = respelt(left, right)
    assert found is not None
    one, two, changed = found
    assert changed == 3
    assert "11300" in one.words
    assert "11800" in two.words


def test_a_hostile_text_is_not_looked_through() -> None:
    """Tens of thousands of different words, half of them a slip away from one of the other's."""
    shared = " ".join(f"wort{n:x}ende" for n in range(6000)).translate(
        str.maketrans("0123456789", "ghijklmnop")
    )
    one, two = f"{shared} " + shared.replace("ende", "endc"), f"{shared} " + shared.replace("ende", "cnde")
    assert respelt(read(one, "de"), read(two, "de")) is None
    assert respelt(read(one[-2000:], "de"), read(one[-2000:-900] + two[-900:], "de")) is not None


def test_strangers_are_not_respelt() -> None:
    assert respelt(read("Regen im Westen", "de"), read("Aktien steigen wieder deutlich", "de")) is None


def test_what_one_writes_together_and_the_other_apart_is_one() -> None:
    one, two = written_alike(
        read("die Presse mitteilung liegt vor", "de"), read("die Pressemitteilung liegt vor", "de")
    )
    assert one.words == two.words
    assert len(two.words) == len(two.shown) == len(two.quoted)


def test_the_comparison_of_scans_is_symmetric() -> None:
    one = prepared("A", scanned(STORY, 0.03, 1), language="en", host="a.example")
    two = prepared("B", scanned(STORY, 0.03, 2), language="en", host="b.example")
    assert compare(one, two) == compare(two, one)
    assert compare(one, two).misspelt


def by_ends(*words: str) -> dict[str, list[str]]:
    return read(" ".join(words), "de").by_ends


def test_a_slip_is_found_wherever_it_is() -> None:
    """In the first, in a middle and in the last letter, lost, doubled and swapped; not two slips in a short word."""
    words = by_ends("hause", "maschinenbau")
    for slip in ("bause", "huuse", "hausc", "ause", "haus", "hasue", "haause"):
        assert respelling([slip], words) == {slip: "hause"}
    for slip in ("raschinenbau", "maschinnebau", "maschinenba", "mascbinenhau", "maschinen6au"):
        assert respelling([slip], words) == {slip: "maschinenbau"}
    assert respelling(["hnuae", "11500", "bau"], words) == {}


def test_of_two_near_spellings_the_nearer_is_taken() -> None:
    assert respelling(["steigerung"], by_ends("steigerungen", "steigerunq")) == {"steigerung": "steigerunq"}
