"""A page and what its list said of it: which text is kept, which date, which headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator import codec, reading
from aggregator.model import Copy, Draft, Source
from aggregator.preparing import Vocabulary, harvest, prepare

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://www.tannwerke.example/presse/4711"
VOCABULARY = Vocabulary.of((), ())

FIRST = (
    "Die Tannwerke AG hat am Standort Moosach eine Presse für Rahmen aus Birkenholz in Betrieb genommen. Die Anlage "
    "formt bis zu neunzig Teile in der Stunde und kostete sechs Millionen Euro, die das Unternehmen aus eigenen "
    "Mitteln bezahlte."
)  # fmt: skip
SECOND = (
    "Im ersten Jahr sollen vierzigtausend Rahmen entstehen, vor allem für Hersteller von Fahrrädern und Liegen. Zwölf "
    "Beschäftigte wurden dafür neu eingestellt, weitere acht wechselten aus der Sägerei. Der Betriebsrat hat dem "
    "Schichtplan im Sommer zugestimmt."
)  # fmt: skip
TITLE = "Tannwerke pressen Rahmen aus Birkenholz"


def html(*, title: str = TITLE, h1: str = TITLE, date: str = "", body: str = "", head: str = "") -> str:
    body = body or f"<p>{FIRST}</p><p>{SECOND}</p>"
    return (
        f"<!doctype html><html lang='de'><head><title>{title} | Tannwerke</title>{head}</head><body><nav><a href='/'>"
        f"Start</a></nav><main><article><h1>{h1}</h1>{date}{body}<p>Pressekontakt:<br>Rosa Tann, "
        "presse@tannwerke.example</p></article></main></body></html>"
    )


def listed(**more: object) -> Draft:
    given: dict[str, object] = {"title": TITLE, "published": "2026-11-12", "summary": f"{FIRST[:90]} …"}
    return Draft(
        key="guid-1", content="", content_type="text/plain", fetched_at=NOW, url=URL, **(given | more)
    )  # type: ignore[arg-type]


def page(content: str, told: Draft | None = None) -> Draft:
    return Draft(
        key="guid-1", content=content, content_type="text/html", fetched_at=NOW, url=URL, listed=told or listed()
    )  # fmt: skip


def source(adapter: str = "newsroom") -> Source:
    return Source(id="s", adapter=adapter, url="https://www.tannwerke.example/presse/")


def kept(draft: Draft, adapter: str = "newsroom") -> Copy:
    made = prepare(draft, source(adapter), VOCABULARY)
    assert not hasattr(made, "reason"), made
    return made.copy  # type: ignore[union-attr]


def test_the_page_gives_the_text_and_both_dates_are_kept() -> None:
    """The list's teaser gives way to the page; list and page say the same day, the page its minute."""
    copy = kept(page(html(date="<p>Veröffentlicht am 12.11.2026, 09:30 Uhr</p>")))
    assert SECOND in copy.body
    assert {e.basis for e in copy.dates} == {"label", "list"}
    assert (copy.date_basis, copy.date_precision, str(copy.published)[:16]) == (
        "label",
        "minute",
        "2026-11-12 09:30",
    )


@pytest.mark.parametrize(
    ("shown", "basis", "day"),
    [
        ("", "list", "2026-11-12"),
        ("<p>03.02.2026</p>", "list", "2026-11-12"),
        ("<p>Veröffentlicht am 03.02.2026</p>", "label", "2026-02-03"),
        ("<p>Moosach, 10. November 2026</p>", "dateline", "2026-11-10"),
    ],
)
def test_a_listed_date_wins_over_what_may_be_anothers(shown: str, basis: str, day: str) -> None:
    """A bare line loses to the list, a label and an earlier dateline do not."""
    copy = kept(page(html(date=shown)))
    assert (copy.date_basis, str(copy.published)[:10]) == (basis, day)
    assert "list" in {e.basis for e in copy.dates}


def test_the_day_of_an_import_loses_to_the_list() -> None:
    """Structured data that says another day than the list is that of a content system."""
    head = "<meta property='article:published_time' content='2026-11-20T08:00:00+01:00'>"
    copy = kept(page(html(head=head)))
    assert (copy.date_basis, str(copy.published)[:10]) == ("list", "2026-11-12")


def test_two_kinds_of_evidence_on_the_page_win_over_the_list() -> None:
    """A list that shows the day of an edit is outvoted."""
    head = "<meta property='article:published_time' content='2026-11-11T08:00:00+01:00'>"
    copy = kept(page(html(head=head, date="<p>11.11.2026</p>")))
    assert (str(copy.published)[:16], copy.date_precision) == ("2026-11-11 08:00", "minute")


def test_a_feeds_date_is_evidence_of_the_kind_feed() -> None:
    """So that `explain` says where it came from."""
    assert kept(page(html()), "feed").date_basis == "feed"


def test_the_listed_headline_helps_where_the_page_is_called_after_its_section() -> None:
    """h1 and title name the section: the line that the list agrees with is the headline."""
    body = f"<h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p><h2>Weitere Themen des Hauses</h2>"
    assert kept(page(html(title="Aktuelles", h1="News", body=body))).title == TITLE


@pytest.mark.parametrize(
    "content",
    [
        "<!doctype html><html><head><title>Access denied</title></head><body><h1>Access denied</h1>"
        "<p>You don't have permission to access this page.</p></body></html>",
        "<!doctype html><html><head><title>Seite nicht gefunden</title></head><body><h1>Seite nicht gefunden</h1>"
        "<p>Die gewünschte Seite wurde nicht gefunden.</p></body></html>",
        html(body="<p>Kurz und gut: Rahmen aus Birkenholz.</p>"),
        html(title="Gartenfest", h1="Sommerkonzert lockt Hunderte Besucher",
             body="<p>" + "Musik erklang zwischen alten Bäumen, während Kinder Drachen steigen ließen. " * 6 + "</p>"),
    ],
    ids=["wall", "error", "shorter", "another text"],
)  # fmt: skip
def test_the_lists_text_stays_where_the_page_is_worse(content: str) -> None:
    """A refusal, a shorter text and somebody else's text never replace what the list said."""
    copy = kept(page(content, listed(summary=FIRST)))
    assert copy.body == FIRST
    assert (copy.title, str(copy.published)[:10]) == (TITLE, "2026-11-12")
    assert any("list's own text is kept" in note for note in copy.notes)


def test_a_short_page_that_withdraws_its_text_is_what_it_says() -> None:
    """Length decides between texts, not between a text and its withdrawal."""
    body = "<p>Die Meldung vom 12. November wird zurückgezogen, weil Angaben über Kosten darin nicht stimmten.</p>"
    told = listed(summary=FIRST + " " + SECOND)
    copy = kept(page(html(h1=f"Rückruf der Pressemitteilung: {TITLE}", body=body), told))
    assert "withdrawal" in copy.marks
    assert SECOND not in copy.body


def test_a_page_with_nothing_but_a_headline_in_its_list_is_refused_as_before() -> None:
    """An entry of a list that leads to another list is no release."""
    rows = "".join(f"<li><a href='/p/{n}'>Meldung Nummer {n} aus dem Hause</a> <span>1{n % 9}.03.2026</span></li>"
                   for n in range(14))  # fmt: skip
    bare = listed(summary="", title="Alle Meldungen 2025")
    made = prepare(page(html(h1="Archiv", body=f"<ul>{rows}</ul>"), bare), source(), VOCABULARY)
    assert getattr(made, "reason", "") in ("list", "no_text")


def test_a_page_that_was_read_once_is_not_replaced_by_its_teaser() -> None:
    """When the page is walled on a later visit, the text that is stored stays."""
    from aggregator.model import Document

    full = page(html())
    known = {"guid-1": codec.draft_digest(full)}
    wall = (
        b"<!doctype html><title>Access denied</title><h1>Access denied</h1><p>You don't have permission.</p>"
    )
    for content in (b"", wall):
        document = Document(url=URL, content=content, fetched_at=NOW, listed=listed())
        found = harvest([document], source(), VOCABULARY, known, "article")
        assert (found.prepared, found.unchanged) == ([], 1)
    first = harvest([document], source(), VOCABULARY, {}, "article")
    assert [p.key for p in first.prepared] == ["guid-1"]


def test_what_is_kept_of_a_walled_page_is_recognised_the_next_time() -> None:
    """A wall that says something new on every visit is no new text."""
    from aggregator.model import Document

    wall = "<!doctype html><title>Access denied</title><h1>Access denied</h1><p>You don't have permission. Ref {}</p>"
    documents = [
        Document(url=URL, content=wall.format(n).encode(), fetched_at=NOW, listed=listed()) for n in (1, 2)
    ]
    first = harvest(documents[:1], source(), VOCABULARY, {}, "article")
    known = {p.key: p.draft_digest for p in first.prepared}
    assert harvest(documents[1:], source(), VOCABULARY, known, "article").unchanged == 1


def test_a_reading_without_a_list_is_as_it_was() -> None:
    """`read` itself does not look at the list's text."""
    assert isinstance(reading.read(replace(page(html()), listed=None), source()), Copy)
