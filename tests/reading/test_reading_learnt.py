"""Where a repeated line or description may stand, and what of a text is counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.likeness import mark, resemblance, sketch
from aggregator.model import Copy, Draft, Filing, Learnt, Mention, Source
from aggregator.reading import read
from aggregator.reading.learnt import passages, retagged, unwanted
from aggregator.text import fold

SOURCE = Source(id="s", adapter="text", url="")
ABOUT = (
    "Die Muster AG baut seit Generationen Waagen für Mühlen, Apotheken und Goldschmiede. Sie beschäftigt 85 Menschen an "
    "zwei Orten und liefert in zwanzig Länder."
)
LEAD = (
    "Im alten Lokschuppen wird von Herbst an wieder gewogen. Die Stadt hat den Umbau am Dienstag genehmigt, nachdem ein "
    "Gutachter das Dach für tragfähig erklärt hatte. Zuerst ziehen die Lehrlinge ein, im Winter folgen die Werkstätten, "
    "die bisher in einer Baracke neben dem Bahnhof untergebracht waren."
)
ISSUER = Filing((Mention("muster", "Muster AG", "issuer", 5.0, True, True),), (), "")
LINE = "Mit uns in die Zukunft"


def of(*paragraphs: str, title: str = "", debris: str = "") -> Copy:
    draft = Draft(key="k", content="\n\n".join(paragraphs), content_type="text/plain", title=title,
                  fetched_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    made = read(draft, SOURCE, debris=frozenset({fold(debris)} if debris else ()))
    assert isinstance(made, Copy)
    return made


def rule(copy: Copy, text: str) -> str:
    return next(b.rule for b in copy.blocks if b.text == text)


def test_a_repeated_line_goes_above_the_text_and_below_it() -> None:
    """Between paragraphs the same words are a heading."""
    headline = "Waagen ziehen um"
    assert rule(of(LINE, headline, LEAD, debris=LINE), LINE) == "repeated_line.source"
    assert rule(of(headline, LEAD, LEAD, LINE, debris=LINE), LINE) == "repeated_line.source"
    assert rule(of(headline, LEAD, LINE, LEAD, debris=LINE), LINE) == "body.short_line"


@pytest.mark.parametrize("rest", [[LEAD], ["12.05.2026", LEAD]])
def test_the_only_headline_is_never_left_out(rest: list[str]) -> None:
    """Better the site's line above the text than no headline."""
    assert of(LINE, *rest, debris=LINE).title == LINE


def test_the_declared_headline_is_never_left_out() -> None:
    """A feed says what its items are called, every week the same if it likes."""
    assert rule(of(LINE, "Ein Untertitel", LEAD, title=LINE, debris=LINE), LINE) == "title.declared"


@pytest.mark.parametrize("name", ["Muster AG", "MUSTER"])
def test_the_name_of_the_issuer_above_the_headline_is_not_counted(name: str) -> None:
    """It says whose release it is."""
    copy = of(name, "Waagen ziehen um", LEAD)
    assert mark(name) not in dict(passages(copy, ISSUER).lines)
    assert mark(LINE) in dict(passages(of(LINE, "Waagen ziehen um", LEAD), ISSUER).lines)


def test_only_the_end_of_a_text_of_several_paragraphs_is_counted() -> None:
    """The lead may be about the company, and a text of one paragraph is all there is."""
    counted = [p for p, _ in passages(of("Waagen ziehen um", LEAD, ABOUT), ISSUER).paragraphs]
    assert counted == [mark(ABOUT)]
    assert passages(of("Wer wir sind", ABOUT), ISSUER).paragraphs == ()
    assert passages(of("Waagen ziehen um", LEAD, ABOUT), Filing((), (), "")).paragraphs == ()


def test_a_heading_without_anything_left_below_it_goes_too() -> None:
    """A body may not end in the heading of what was taken away."""
    copy = of("Waagen ziehen um", LEAD, LEAD, "Das Unternehmen in Kürze", ABOUT)
    made = retagged(copy, ISSUER, Learnt(boilerplates={"muster": (sketch(ABOUT),)}), SOURCE)
    assert made.texts("boilerplate") == ("Das Unternehmen in Kürze", ABOUT)
    assert made.body == f"{LEAD}\n\n{LEAD}"


def test_another_companys_description_is_none_here() -> None:
    """What is learnt of one company says nothing about another."""
    copy = of("Waagen ziehen um", LEAD, ABOUT)
    assert retagged(copy, ISSUER, Learnt(boilerplates={"other": (sketch(ABOUT),)}), SOURCE) is copy


def test_versions_are_near_and_other_paragraphs_far() -> None:
    """A number or a word more makes a version; another text of the same company shares little."""
    one = sketch(ABOUT)
    assert resemblance(one, sketch(ABOUT.replace("85", "92").replace("zwanzig", "dreißig"))) >= 0.8
    assert resemblance(one, sketch(LEAD)) < 0.2
    assert resemblance(one, sketch("")) == 0.0
    long = [" ".join(f"wort{i}" for i in range(n, n + 400)) for n in (0, 40, 400)]
    assert resemblance(sketch(long[0]), sketch(long[1])) == pytest.approx(360 / 440, abs=0.12)
    assert resemblance(sketch(long[0]), sketch(long[2])) < 0.05


def test_a_mark_is_of_the_words_and_not_of_their_spelling() -> None:
    """Case, umlauts and line breaks differ between the pages of one site."""
    assert mark("Zurück zur\nÜbersicht") == mark("zurueck zur  uebersicht")


def test_the_operator_keeps_lines_by_their_beginning() -> None:
    """As he reads them, not as they are stored."""
    learnt = Learnt(frozenset({fold("Gut zu wissen: Größen"), fold(LINE)}))
    kept = Source(id="s", adapter="text", url="", keep=("gut ZU wissen",))
    assert unwanted(learnt, kept) == {fold(LINE)}
