"""What is stored comes back equal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from aggregator import codec
from aggregator.model import (
    Attachment,
    Block,
    Copy,
    DateEvidence,
    Dateline,
    Draft,
    Filing,
    Fingerprint,
    Identifier,
    Mention,
    TopicMatch,
)

BERLIN = timezone(timedelta(hours=2))
NOON = datetime(2026, 7, 25, 12, tzinfo=BERLIN)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_a_full_copy_comes_back_equal() -> None:
    """Nested records, times with their offset, and empty defaults survive."""
    copy = Copy(
        source="s", key="k", url="https://example.com/a", canonical_url="example.com/a", language="de", title="Titel",
        deck="Unterzeile", dateline=Dateline("Köln, 25.07.2026", "Köln", NOON), published=NOON, date_basis="dateline",
        date_precision="day", dates=(DateEvidence(NOON, "dateline", "day", "25.07.2026", 3),),
        blocks=(Block("title", "Titel", "title.first", 1), Block("paragraph", "Text", "body", 3, "<b>Text</b>")),
        boilerplate_names=("A GmbH",), marks=("correction",), identifiers=(Identifier("isin", "DE0001"),),
        attachments=(Attachment(url="https://example.com/x.pdf", media_type="application/pdf", length=12),),
    )  # fmt: skip
    assert codec.decode_copy(codec.encode_copy(copy)) == copy


def test_a_filing_and_a_fingerprint_come_back_equal() -> None:
    """Optional fields and negative hashes survive."""
    filing = Filing(
        (Mention("a", "A GmbH", "issuer", 3.5, False, True, ("issuer.boilerplate",), "boilerplate"),),
        (TopicMatch("steel", 4.0, True, ("title: Stahl",)),), "award", "kind.award", "", ("company/a",),
    )  # fmt: skip
    mark = Fingerprint(body_hash="x", title_key="titel", words=3, sketch=(-5, 9), quotes=(1,))
    assert codec.decode_filing(codec.encode_filing(filing)) == filing
    assert codec.decode_fingerprint(codec.encode_fingerprint(mark)) == mark


@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_any_draft_comes_back_equal(title: str, content: str, categories: list[str]) -> None:
    """Whatever characters a source sends."""
    draft = Draft(
        key="k", content=content, content_type="text/html", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), title=title,
        categories=tuple(categories),
    )  # fmt: skip
    assert codec.decode_draft(codec.encode_draft(draft)) == draft


def test_lone_surrogates_are_stored_too() -> None:
    """A draft is kept as it came, before anything is scrubbed."""
    draft = Draft(
        key="k", content="a\ud800b", content_type="text/plain", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert codec.decode_draft(codec.encode_draft(draft)).content == "a\ud800b"


def test_an_unknown_field_of_a_later_version_is_passed_over() -> None:
    """A database that a newer version wrote to can still be looked at."""
    assert (
        codec.decode_fingerprint('{"body_hash":"x","title_key":"","words":1,"sketch":[],"later":1}').words
        == 1
    )
