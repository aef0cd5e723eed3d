"""What changed, in words, and whether a reader would notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matching_texts import prepared

from aggregator.matching import canonical_rank, changes, significant


def test_a_corrected_number_is_shown_as_it_was_written() -> None:
    before = prepared("T", "Insgesamt wurden 11.352 Aktien erworben.").copy
    after = prepared("T", "Insgesamt wurden 11.325 Aktien erworben.").copy
    assert changes(before, after) == ("„11.352“ → „11.325“",)
    assert significant(before, after)


def test_numbers_come_first_and_at_most_ten_are_told() -> None:
    before = prepared("T", " ".join(f"alt{chr(97 + i)} gleich" for i in range(14)) + " kostet 5 Euro").copy
    after = prepared("T", " ".join(f"neu{chr(97 + i)} gleich" for i in range(14)) + " kostet 6 Euro").copy
    found = changes(before, after)
    assert found[0] == "„5“ → „6“"
    assert len(found) == 10


def test_added_and_dropped_words() -> None:
    before, after = (
        prepared("T", "Das Fest beginnt um acht.").copy,
        prepared("T", "Das große Fest beginnt.").copy,
    )
    assert changes(before, after) == ("+ „große“", "− „um acht“")


def test_the_headline_counts() -> None:
    assert changes(prepared("Neue Halle", "x").copy, prepared("Neue Fabrik", "x").copy) == (
        "„Halle“ → „Fabrik“",
    )


def test_cosmetic_edits_are_not_significant() -> None:
    before = prepared("Ein Titel", "„Das ist gut“ – sagte er.\n\nEnde.").copy
    after = prepared("Ein  Titel", '"Das ist gut", sagte Er. Ende').copy
    assert not significant(before, after)
    assert changes(before, after) == ()


def test_canonical_order() -> None:
    """Issuer's site, wire, outlet with source line, outlet; originals first; the fullest; the earliest."""
    plain = prepared("T", "x").copy
    sourced = prepared("T", "x", source_line="Gerolt AG").copy
    machine = prepared("T", "x", marks=("machine_translation",)).copy
    late = prepared("T", "x", date="2025-01-01").copy
    undated = prepared("T", "x", date="").copy
    ranked = [
        canonical_rank(plain, "issuer", False, 300),
        canonical_rank(late, "issuer", False, 300),
        canonical_rank(undated, "issuer", False, 300),
        canonical_rank(plain, "mixed", True, 200),
        canonical_rank(plain, "wire", False, 900),
        canonical_rank(sourced, "outlet", False, 300),
        canonical_rank(plain, "outlet", False, 300),
        canonical_rank(machine, "outlet", False, 900),
    ]
    assert ranked == sorted(ranked)
    assert datetime(2024, 3, 12, 12, tzinfo=UTC) == plain.published


def test_the_issuers_own_language_is_shown_first() -> None:
    """Whatever came first and whichever is longer: a GmbH speaks German, an Inc. English."""
    german, english = prepared("T", "x").copy, prepared("T", "x").copy
    english = replace(english, language="en")

    def first(issuer: str) -> str:
        ranked = [
            (canonical_rank(c, "issuer", False, n, issuer), c.language)
            for c, n in ((german, 90), (english, 140))
        ]
        return min(ranked)[1]

    assert [first(n) for n in ("Muster GmbH", "Sample Holdings Inc.", "Muster S.p.A.", "Muster SE")] == [
        "de",
        "en",
        "en",
        "en",
    ]


def test_an_added_caption_does_not_move_the_canonical_copy() -> None:
    early, late = prepared("T", "x").copy, prepared("T", "x", date="2024-03-20").copy
    assert canonical_rank(early, "outlet", False, 300) < canonical_rank(late, "outlet", False, 304)
