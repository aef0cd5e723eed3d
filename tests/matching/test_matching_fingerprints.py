"""Fingerprints: what candidates are found by."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from matching_texts import prepared, verdict_texts

from aggregator.matching import fingerprint
from aggregator.matching.fingerprints import title_key
from aggregator.model import Block

LONG = " ".join(f"wort{i} folgt{i} hier{i}" for i in range(140))


def test_body_hash_ignores_case_punctuation_and_umlaut_spelling() -> None:
    a = prepared("T", "Die Straße wurde am Montag für „alle“ geöffnet – endlich.")
    b = prepared("T", "die Strasse wurde am Montag fuer alle geoeffnet, endlich!")
    assert a.fingerprint.body_hash == b.fingerprint.body_hash


def test_boilerplate_and_captions_leave_no_trace() -> None:
    copy = prepared("T", LONG).copy
    more = replace(copy, blocks=(*copy.blocks, Block("boilerplate", "Über uns. " * 30, "x", 9)))
    assert fingerprint(more) == fingerprint(copy)


@pytest.mark.parametrize(
    ("length", "least", "most"), [(7, 5, 5), (20, 5, 20), (60, 5, 40), (420, 15, 60), (2000, 90, 180)]
)
def test_number_of_sampled_hashes_suits_the_length(length: int, least: int, most: int) -> None:
    sketch = prepared(
        "T", " ".join(LONG.split()[:length]) if length < 421 else " ".join(f"a{i}" for i in range(length))
    ).fingerprint.sketch
    assert least <= len(sketch) <= most
    assert list(sketch) == sorted(set(sketch))
    assert all(-(2**63) <= h < 2**63 for h in sketch)


@pytest.mark.parametrize("length", [30, 60, 120])
def test_a_teaser_shares_three_hashes_with_its_full_text(length: int) -> None:
    full = verdict_texts()["klima-karg"]
    words = full.copy.body.split()
    teaser = prepared("T", " ".join(words[:length]))
    assert len({*teaser.fingerprint.sketch} & {*full.fingerprint.sketch}) >= 3


def test_only_long_quotations_are_hashed() -> None:
    item = prepared(
        "T", 'Er sagte „ja“ und "nein" und „das ist ein Satz von mehr als vierzig Zeichen Länge“.'
    )
    assert len(item.fingerprint.quotes) == 1


def test_a_quotation_is_the_same_in_all_quotation_marks() -> None:
    quote = "das ist ein Satz von mehr als vierzig Zeichen Länge"
    marked = [f"„{quote}“", f"“{quote}”", f"»{quote}«", f"«{quote}»", f'"{quote}"']
    assert len({prepared("T", f"Sie sagte: {m}.").fingerprint.quotes for m in marked}) == 1


@pytest.mark.parametrize(
    ("title", "key"),
    [
        (
            "EQS-News: Gerolt AG: Aktienrückkauf – 24. Zwischenmeldung (deutsch)",
            "aktienrueckkauf 24 zwischenmeldung",
        ),
        ("Korrektur: Gerolt AG: Aktienrückkauf – 24. Zwischenmeldung", "aktienrueckkauf 24 zwischenmeldung"),
        ("REMINDER: Webcast am Montag", "webcast am montag"),
        ("CORRECTING and REPLACING - Tarn Raises $48 Million", "tarn raises 48 million"),
        ("Pressemitteilung: Neue Halle", "neue halle"),
        ("Update für alle Fahrer", "update fuer alle fahrer"),
        ("EQS-Adhoc:", "eqs adhoc"),
        ("", ""),
    ],
)
def test_title_key_drops_what_channels_add(title: str, key: str) -> None:
    assert title_key(title) == key


def test_an_empty_text_has_an_empty_fingerprint() -> None:
    empty = prepared("", "").fingerprint
    assert (empty.words, empty.sketch, empty.quotes, empty.title_key) == (0, (), (), "")


def test_other_scripts_are_kept_apart() -> None:
    a, b = prepared("T", "Это первый текст о погоде"), prepared("T", "Это второй текст о погоде")
    assert a.fingerprint.body_hash != b.fingerprint.body_hash
    assert a.fingerprint.sketch


def test_fingerprints_travel_to_other_processes() -> None:
    mark = prepared("T", LONG).fingerprint
    assert pickle.loads(pickle.dumps(mark)) == mark
