"""Two copies word by word: the share that was kept, and the differences that a person reads."""

from __future__ import annotations

from aggregator.matching.wordwise import Piece, difference, kept, same_title
from aggregator.model import Block, Copy

FIRST = "Die Musterwerke GmbH baut in Beispielstadt eine Halle für 12,5 Millionen Euro."
SECOND = "Rund 140 Menschen arbeiten dort im Zweischichtbetrieb."


def text(*paragraphs: str, title: str = "Neue Halle", language: str = "de") -> Copy:
    blocks = tuple(Block("paragraph", p, "body", n) for n, p in enumerate(paragraphs, 1))
    return Copy(source="s", key="k", url="", canonical_url="", language=language, title=title, blocks=blocks)


def test_what_was_kept_is_counted_in_runs() -> None:
    """Whole paragraphs in any order count, single words that come again do not."""
    assert kept(text(FIRST, SECOND), text(SECOND, FIRST)) == 1.0
    assert kept(text(FIRST, SECOND), text(FIRST)) == 12 / 19
    assert kept(text(FIRST), text("Die Halle in Beispielstadt ist für Euro und Millionen gut.")) == 0.0


def test_another_language_and_an_empty_text_have_no_share() -> None:
    """There is nothing to count."""
    assert kept(text(FIRST), text(FIRST, language="en")) is None
    assert kept(text(), text(FIRST)) is None


def test_headlines_differ_by_words_only() -> None:
    """Not by case or quotation marks."""
    assert same_title(text(title="„Neue Halle“"), text(title="NEUE HALLE!"))
    assert not same_title(text(title="Neue Halle"), text(title="Neue Hallen"))


def test_a_changed_number_is_one_piece_gone_and_one_come() -> None:
    """The rest of its paragraph stays, and so do the other paragraphs."""
    found = difference(text(FIRST, SECOND), text(FIRST.replace("12,5", "12,9"), SECOND))
    assert found[0] == (Piece("same", "Neue Halle"),)
    assert found[1] == (
        Piece("same", "Die Musterwerke GmbH baut in Beispielstadt eine Halle für"),
        Piece("gone", "12,5"),
        Piece("come", "12,9"),
        Piece("same", "Millionen Euro."),
    )
    assert found[2] == (Piece("same", SECOND),)


def test_a_paragraph_that_is_missing_stands_in_a_line_of_its_own() -> None:
    """Whole, as what is gone."""
    assert (Piece("gone", SECOND),) in difference(text(FIRST, SECOND), text(FIRST))


def test_punctuation_is_no_difference() -> None:
    """Other quotation marks, dashes and spaces are the same text."""
    found = difference(text("„Gut so“, sagte sie – und ging."), text('"Gut so", sagte sie - und  ging.'))
    assert all(piece.tag == "same" for line in found for piece in line)


def test_a_huge_passage_is_shown_as_gone_and_come() -> None:
    """Word by word it would take minutes."""
    old, new = (" ".join(f"{letter}{n}" for n in range(6000)) for letter in "ab")
    assert [piece.tag for line in difference(text(old), text(new)) for piece in line] == [
        "same",
        "gone",
        "come",
    ]
