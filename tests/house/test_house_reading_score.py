"""The reading benchmark counts as it says: every measure on cases worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.reading.ours import Reading
from benchmarks.reading.pages import Page
from benchmarks.reading.score import Overlap, fold, only_in, overlap, score, summary


def page(**fields: object) -> Page:
    return Page(id="p", form="html", url="", content="", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected", "precision", "recall", "f1"),
    [
        ("Ein Werk in Fulda", "ein werk in FULDA.", 1, 1, 1),
        ("eins zwei drei vier", "eins zwei", 1 / 2, 1, 2 / 3),
        ("eins", "eins zwei drei vier", 1, 1 / 4, 2 / 5),
        ("neu neu neu", "neu neu alt", 2 / 3, 2 / 3, 2 / 3),
        ("neu", "alt", 0, 0, 0),
        ("", "alt", 0, 0, 0),
        ("neu", "", 0, 0, 0),
        ("", " \n", 1, 1, 1),
    ],
)
def test_words_are_counted_as_often_as_they_stand(
    found: str, expected: str, precision: float, recall: float, f1: float
) -> None:
    """Lower case, without signs; a word said three times where two are expected is right twice."""
    assert overlap(found, expected) == Overlap(*map(pytest.approx, (precision, recall, f1)))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("„Düne“ –  ein\u00a0Tisch", '"Düne" - ein Tisch'),
        ("Don’t ‘wait’", "Don't 'wait'"),
        ("2024‑2025 — neu\n", "2024-2025 - neu"),
    ],
)
def test_titles_are_folded_to_what_a_typewriter_has(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_title_has_to_be_equal_apart_from_typography() -> None:
    """Case and a site's name behind the headline count; a page without an expected title is not asked."""
    wanted = page(title="Werk „Nord“ eröffnet")
    assert score(wanted, Reading(title='Werk "Nord"  eröffnet')).title is True
    assert score(wanted, Reading(title='Werk "Nord" eröffnet | Firma')).title is False
    assert score(wanted, Reading(title='werk "nord" eröffnet')).title is False
    assert score(page(), Reading(title="x")).title is None


def test_a_wrong_date_is_told_from_no_date() -> None:
    wanted = page(date="2026-03-01")
    found = [score(wanted, Reading(date=date)).date for date in ("2026-03-01", "2026-03-02", "")]
    assert found == ["right", "wrong", "none"]
    assert score(page(), Reading(date="2026-03-02")).date is None


@pytest.mark.parametrize(
    ("expected", "said", "right"),
    [
        ("article", "release", True),
        ("release", "article", True),
        ("release", "list", False),
        ("listing", "list", True),
        ("collection", "release", False),
        ("forum", "release", None),
        ("article", "", None),
    ],
)
def test_kinds_are_compared_where_the_corpus_has_one_of_ours(
    expected: str, said: str, right: bool | None
) -> None:
    """A reader that says no kind (the rival) is not counted either."""
    assert score(page(kind=expected), Reading(kind=said)).kind is right


def test_must_and_must_not_strings_are_counted() -> None:
    """Must-not strings are whole words; one that the expected text holds itself cannot be asked."""
    wanted = page(
        text="Das Werk baut Home-Speicher.",
        must=("das  WERK", "„Speicher“"),
        must_not=("Start", "Login", "Home", "Speicher."),
    )
    scored = score(wanted, Reading(text="Login. Das Werk startet. Home"))
    assert scored.found == (1, 2)
    assert scored.absent == (1, 2)


def test_a_group_is_the_mean_of_its_pages_and_the_sum_of_its_counts() -> None:
    """Not the F1 of the mean precision and recall: long pages shall not outweigh short ones."""
    wanted = page(text="eins zwei", title="T", date="2026-03-01", kind="article", must=("eins",))
    group = summary(
        [
            score(wanted, Reading("eins zwei", "T", "2026-03-01", "release")),
            score(wanted, Reading("eins", "U", "2026-03-02", "list")),
            score(wanted, Reading()),
        ]
    )
    assert group.pages == 3
    assert group.words == Overlap(*map(pytest.approx, (2 / 3, 1 / 2, (1 + 2 / 3) / 3)))
    assert group.title == (1, 3)
    assert group.dates == {"right": 1, "wrong": 1, "none": 1}
    assert group.kind == (1, 2)
    assert group.found == (2, 3)
    assert group.absent == (0, 0)


def test_the_lines_that_make_the_difference_are_found() -> None:
    """A line counts as there when half of its runs of three words are; a short one when it is there whole."""
    expected = "Das neue Werk in Fulda ist fertig.\nHeute\nEs kostete zwölf Millionen Euro im Ganzen."
    found = "Menü\nDas neue Werk in Fulda ist schön. Heute"
    assert only_in(expected, found) == ["Es kostete zwölf Millionen Euro im Ganzen."]
    assert only_in(found, expected) == ["Menü"]
