"""One copy against all that is known: its own item, addresses, several releases, rubbish."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import permutations

import pytest
from matching_texts import prepared, stored, verdict_texts

from aggregator.matching import compare, decide
from aggregator.model import SAME_RELEASE, Prepared

BODY = verdict_texts()["fusion-a"].copy.body
OTHER = verdict_texts()["strategie"].copy.body
MENU = "Startseite Produkte Lösungen Karriere Presse Kontakt Impressum Datenschutz Suche Anmelden " * 12
WALL = (
    "Wir und unsere Partner verarbeiten Daten auf Ihrem Gerät. Sie können Ihre Auswahl jederzeit ändern. "
    "Mit einem Klick auf Zustimmen erlauben Sie uns, Inhalte an Ihre Interessen anzupassen. "
) * 4


def test_nothing_known_is_new() -> None:
    verdict = decide(prepared("T", BODY), [])
    assert (verdict.relation, verdict.release, verdict.review) == ("new", None, ())


def test_the_same_item_again_is_unchanged() -> None:
    item = prepared("Titel", BODY)
    assert decide(item, [stored(item)]).relation == "unchanged"


@pytest.mark.parametrize(
    ("edit", "relation", "rule"),
    [
        (("geleitet", "geführt"), "revision", "match.changes"),
        (("540 Menschen", "450 Menschen"), "correction", "match.changes"),
        (("„Unsere", "“Unsere"), "revision", "edit.cosmetic"),
    ],
)
def test_an_edited_item_stays_its_release(edit: tuple[str, str], relation: str, rule: str) -> None:
    """Words changed, a number corrected, only quotation marks changed."""
    before, after = prepared("Titel", BODY.lower() if edit[0] == "geleitet" else BODY), None
    after = prepared("Titel", before.copy.body.replace(*edit))
    assert after.copy != before.copy
    verdict = decide(after, [stored(before)])
    assert verdict.relation == relation
    assert rule in {e.rule for e in verdict.evidence}


def test_marks_of_the_own_item() -> None:
    before = prepared("Titel", BODY)
    assert (
        decide(prepared("Titel", BODY + " Neu.", marks=("withdrawal",)), [stored(before)]).relation
        == "withdrawal"
    )
    assert (
        decide(prepared("Titel", BODY + " Neu.", marks=("correction",)), [stored(before)]).relation
        == "correction"
    )


def test_a_key_used_again_for_another_text_is_new() -> None:
    before, after = prepared("Erste Meldung des Tages", BODY), prepared("Ganz anderes Thema heute", OTHER)
    assert (before.copy.source, before.copy.key) == (after.copy.source, after.copy.key)
    assert decide(after, [stored(before)]).relation == "new"


def test_a_key_used_again_for_the_next_of_a_series_is_no_revision() -> None:
    texts = verdict_texts()
    before, after = (
        prepared(t.copy.title, t.copy.body, key="aktuell", date=f"{t.copy.published:%Y-%m-%d}")
        for t in (texts["rueckkauf-24"], texts["rueckkauf-25"])
    )
    assert decide(after, [stored(before)]).relation not in SAME_RELEASE


def test_one_address_of_one_text_is_one_release() -> None:
    url = "https://fachblatt.example/artikel/77?utm_source=feed"
    before, after = (
        prepared("Gemeinsame Firma", BODY, url=url),
        prepared("Gemeinsame Firma", BODY[:400], url=url, key="2"),
    )
    assert decide(after, [stored(before)]).relation in {"copy", "excerpt"}


@pytest.mark.parametrize("bodies", [(BODY, OTHER), ("", ""), ("Kurz gesagt.", "Etwas anderes.")])
def test_a_feed_that_links_all_items_to_one_page_does_not_merge_them(bodies: tuple[str, str]) -> None:
    url = "https://firma.example/news/aktuell"
    before = prepared("Stau auf der A7 bei Tarp", bodies[0], url=url, key="1")
    after = prepared("Neue Brücke über die Leine", bodies[1], url=url, key="2")
    assert decide(after, [stored(before)]).relation == "new"


def test_a_wire_number_joins_a_shortened_text() -> None:
    number = (("eqs", "1621957"),)
    before = prepared("Gemeinsame Firma für Reinräume", BODY, identifiers=number)
    after = prepared("Gemeinsame Firma für Reinräume", BODY[:150], host="b.example", identifiers=number)
    assert decide(after, [stored(before)]).relation in {"copy", "excerpt"}


def test_a_shared_isin_proves_nothing() -> None:
    number = (("isin", "DE0007236101"),)
    before, after = (
        prepared("A", BODY, identifiers=number),
        prepared("B", OTHER, host="b.example", identifiers=number),
    )
    assert decide(after, [stored(before)]).relation == "new"


def test_the_canonical_copy_is_compared_and_no_chain_is_followed() -> None:
    """A third copy that only resembles a shortened second one is judged by the full text."""
    full = prepared("Gemeinsame Firma", BODY, host="a.example")
    part = prepared("Gemeinsame Firma", OTHER, host="b.example", key="2")
    incoming = prepared("Neue Überschrift der Redaktion", OTHER, host="c.example", key="3", date="2024-03-14")
    known = [stored(full, release=1, copy_id=1), stored(part, release=1, copy_id=2, canonical=False)]
    assert decide(incoming, known).candidate != 2


def test_an_edition_in_the_own_language_is_compared() -> None:
    texts = verdict_texts()
    english, german = texts["klima-english"], texts["klima-magazin"]
    reprint = prepared(
        "Partner für Wasser in China", german.copy.body, host="dritte.example", date="2020-12-01"
    )
    known = [
        stored(english, release=4, copy_id=1),
        replace(stored(german, release=4, copy_id=2, canonical=False), leader=True),
    ]
    verdict = decide(reprint, known)
    assert (verdict.relation, verdict.release, verdict.candidate) == ("copy", 4, 2)


def test_the_order_of_the_candidates_does_not_matter() -> None:
    texts = verdict_texts()
    names = ["fusion-a", "fusion-b-eigen", "umschrieben", "strategie"]
    known = [stored(texts[name], release=i, copy_id=i) for i, name in enumerate(names, 1)]
    verdicts = {decide(texts["auszug"], order) for order in permutations(known)}
    assert len(verdicts) == 1
    assert verdicts.pop().release == 1


def test_two_releases_that_match_are_both_named() -> None:
    """An operator sees that two releases that are kept apart may be one."""
    item = prepared("Gemeinsame Firma", BODY, host="c.example")
    known = [
        stored(prepared("Gemeinsame Firma", BODY, host=f"{h}.example"), release=i, copy_id=i)
        for i, h in enumerate("ab", 1)
    ]
    verdict = decide(item, known)
    assert (verdict.release, verdict.review) == (1, (2,))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Access Denied", "You don't have permission to access this page on this server."),
        ("", ""),
        ("Startseite", MENU),
        ("", MENU),
        ("", " ".join(f"obj{i} endobj stream x\x9c" for i in range(90))),
        ("", WALL),
    ],
)
def test_rubbish_is_never_merged(title: str, body: str) -> None:
    """Error pages, menus, raw bytes and consent walls, word for word the same in two places."""
    a, b = prepared(title, body, host="a.example"), prepared(title, body, host="b.example")
    assert decide(b, [stored(a)]).relation == "new"


@pytest.mark.parametrize("issuer", ["Ostkamp GmbH", ""])
def test_a_short_note_needs_its_issuer(issuer: str) -> None:
    """Equal words, title and day: one release where the issuer is known to be one."""
    text = "Der Stand in Halle 7 bleibt wegen des Sturms am Dienstag geschlossen."
    a = prepared("Messestand bleibt heute geschlossen", text, host="a.example", issuer=issuer)
    b = prepared("Messestand bleibt heute geschlossen", text, host="b.example", issuer=issuer)
    assert (decide(b, [stored(a)]).relation == "copy") == bool(issuer)


def test_a_late_reprint_joins_and_next_years_does_not() -> None:
    base = verdict_texts()["fusion-a"]
    for date, joins in (("2024-07-30", True), ("2024-10-20", True), ("2025-07-09", False)):
        late = prepared(base.copy.title, base.copy.body, host="spaet.example", date=date)
        assert (decide(late, [stored(base)]).relation in SAME_RELEASE) == joins


def test_a_withdrawal_of_another_item_takes_the_release_back() -> None:
    base = verdict_texts()["fusion-a"]
    item = prepared(
        f"Zurückgezogen: {base.copy.title}", "Die Meldung vom 9. Juli wird zurückgezogen. " + base.copy.body,
        host="wire.example", date="2024-07-10", marks=("withdrawal",),
    )  # fmt: skip
    assert decide(item, [stored(base)]).relation == "withdrawal"


def test_evidence_names_rule_and_numbers() -> None:
    base = verdict_texts()["strategie"]
    verdict = decide(verdict_texts()["strategie-portal"], [stored(base)])
    assert [e.rule for e in verdict.evidence] == ["match.body", "measured"]
    assert "word groups shared" in verdict.evidence[0].detail


def test_comparisons_are_symmetric() -> None:
    """All measures are the same whichever text comes first."""
    texts = list(verdict_texts().values())
    for a in texts[::3]:
        for b in texts[::2]:
            assert compare(a, b) == compare(b, a)


def test_verdicts_travel_to_other_processes() -> None:
    item: Prepared = verdict_texts()["auszug"]
    verdict = decide(item, [stored(verdict_texts()["fusion-a"])])
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    comparison = compare(item, verdict_texts()["fusion-a"])
    assert pickle.loads(pickle.dumps(comparison)) == comparison
    assert comparison.lines()


def test_the_uncorrected_text_that_comes_late_corrects_nothing() -> None:
    """Two versions of one site, one number apart: the newer one is the correction, whichever is seen first."""
    body = verdict_texts()["rueckkauf-24"].copy.body
    old = prepared("Aktienrückkauf der Gerolt AG", body, key="1", date="2024-06-17")
    new = prepared(
        "Aktienrückkauf der Gerolt AG", body.replace("268.114", "268.141"), key="2", date="2024-06-18"
    )
    assert decide(new, [stored(old)]).relation == "correction"
    assert decide(old, [stored(new)]).relation == "copy"


@pytest.mark.parametrize(
    ("change", "measure", "before", "after"),
    [
        ({"date": "2024-03-20"}, "days", 0.0, 8.0),
        ({"issuer": "Beispiel AG"}, "issuer", "equal", "different"),
        ({"host": "newsroom.example"}, "same_site", False, True),
        ({"identifiers": (("isin", "DE0000000002"),)}, "securities", "equal", "different"),
    ],
)
def test_pairs_of_the_same_words_are_not_taken_for_each_other(
    change: dict[str, object], measure: str, before: object, after: object
) -> None:
    """Comparisons are remembered; another date, issuer, place or number is another comparison."""
    isin = (("isin", "DE0000000001"),)
    text = prepared("Titel", BODY, issuer="Muster AG", identifiers=isin)
    told = {"key": "2", "host": "branchenbote.example", "issuer": "Muster AG", "identifiers": isin}
    assert getattr(compare(text, prepared("Titel", BODY, **told)), measure) == before  # type: ignore[arg-type]
    assert getattr(compare(text, prepared("Titel", BODY, **(told | change))), measure) == after  # type: ignore[arg-type]
