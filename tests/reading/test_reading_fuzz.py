"""Any string at all: a copy or a refusal, never an exception, and always legal characters."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Copy, Draft, Source
from aggregator.reading import read
from aggregator.reading.dates import parse_date
from aggregator.text import scrub

PIECES = st.sampled_from(
    [
        "Über ",
        "Über die Muster AG",
        "Quelle: ",
        "SOURCE X",
        "Kontakt:",
        "27.11.2020",
        "Bonn, 3. Mai 2024 – ",
        "(ots) - ",
        "Mehr lesen",
        "Weitere Artikel",
        "\n",
        "\n\n",
        "\t",
        "<p>",
        "</p>",
        "<br>",
        "<ul><li>",
        "<table><tr><td>",
        "&nbsp;",
        "&#8238;",
        "<a href='//x'>",
        "**",
        "- ",
        "| a |",
        "> ",
        "# ",
        "---\n",
        "„Zitat“",
        "Sperrfrist: 1.1.2024",
        "Korrektur:",
        "ISIN DE0007164600",
        "…",
        "a" * 300,
        "Foto: x",
        "### ",
        "-ENDS-",
        "About X",
        "1&1",
        "%",
        "\u00ad",
        "\x00",
        "\ud800",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=40).map("".join)
)
KINDS = st.sampled_from(["text/plain", "text/html", "text/markdown"])


@settings(max_examples=300, deadline=None)
@given(
    content=TEXTS,
    kind=KINDS,
    title=st.one_of(st.just(""), TEXTS),
    published=st.text(max_size=40),
    url=st.text(max_size=60),
)
def test_reading_never_raises(content: str, kind: str, title: str, published: str, url: str) -> None:
    """Every block of a copy has a type, legal text and a line."""
    fetched = datetime(2026, 1, 1, tzinfo=UTC)
    draft = Draft(
        key="k",
        content=content,
        content_type=kind,
        fetched_at=fetched,
        title=title,
        published=published,
        url=url,
    )  # type: ignore[arg-type]
    result = read(draft, Source(id="s", adapter="feed", url="x"), debris=frozenset({"a"}))
    if isinstance(result, Copy):
        assert result.title
        assert all(
            b.rule and b.line > 0 and scrub(b.text) == b.text and scrub(b.html) == b.html
            for b in result.blocks
        )
        assert result.published is None or result.published.tzinfo is not None


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.from_regex(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}[T ]?\d{0,2}:?\d{0,2}", fullmatch=True),
    )
)
def test_dates_never_raise(text: str) -> None:
    """Any string is a date or none."""
    found = parse_date(text)
    assert found is None or found.value.tzinfo is not None
