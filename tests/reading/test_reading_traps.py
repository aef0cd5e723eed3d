"""Small things on a page that must not cost a release its text, its date, or its place in a feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.model import Draft, Reading, Source
from aggregator.reading import parse

URL = "https://www.muster-pumpen.example/aktuelles/a-1"
TITLE = "Muster Pumpen nimmt neue Fertigungslinie in Kassel in Betrieb"
FIRST = (
    "Die Muster Pumpen GmbH hat am Standort Kassel eine neue Fertigungslinie für Hocheffizienzpumpen in Betrieb genommen. "
    "Auf 4.000 Quadratmetern entstehen künftig bis zu 120.000 Umwälzpumpen im Jahr, vor allem für Wärmepumpen."
)
SECOND = (
    "„Mit der neuen Linie verkürzen wir die Lieferzeiten für unsere Kunden deutlich“, sagt Geschäftsführerin A. Beispiel. "
    "Das Unternehmen hat in zwei Jahren rund 18 Millionen Euro investiert und 45 neue Arbeitsplätze geschaffen."
)
THIRD = (
    "Die Anlage wird vollständig mit Strom aus erneuerbaren Quellen betrieben. Eine Photovoltaikanlage auf dem Hallendach "
    "liefert etwa ein Drittel des Bedarfs, der Rest kommt aus einem Liefervertrag mit einem Windpark in Nordhessen."
)
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
META = '<meta property="article:published_time" content="2026-03-10T09:00:00+01:00">'


def read(body: str, head: str = "", title: str = TITLE) -> Reading:
    markup = (
        f"<!doctype html><html lang=de><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    draft = Draft(
        key="k", content=markup, content_type="text/html", url=URL, base=URL,
        fetched_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    )  # fmt: skip
    return parse(draft, Source(id="s", adapter="article", url=URL))


def day(found: Reading) -> str | None:
    return found.copy.published.date().isoformat() if found.copy.published else None


@pytest.mark.parametrize("shown", ["2026-03-10", "10.03.2026", "10. März 2026"])
def test_a_bare_date_under_the_headline_is_the_date(shown: str) -> None:
    """Also where it holds nothing but digits."""
    assert day(read(f"<main><h1>{TITLE}</h1><p>{shown}</p>{TEXT}</main>")) == "2026-03-10"


@pytest.mark.parametrize(
    "beside",
    [
        "<footer><p>Muster Pumpen GmbH, Stand: 01.02.2024</p></footer>",
        "<aside><p>Tag der offenen Tür</p><p>Datum: 17.03.2026, Halle 3</p></aside>",
    ],
)
def test_a_date_beside_the_text_does_not_beat_what_the_page_declares(beside: str) -> None:
    """Sidebars and footers have dates of their own."""
    assert day(read(f"<main><h1>{TITLE}</h1>{TEXT}</main>{beside}", META)) == "2026-03-10"


def test_a_footers_date_is_none() -> None:
    """Terms and imprints are dated too; no date is better than theirs."""
    footer = "<footer><p>AGB in der Fassung vom 1. Januar 2022, Stand: 3. Februar 2022</p></footer>"
    assert day(read(f"<main><h1>{TITLE}</h1>{TEXT}</main>{footer}")) is None


def test_of_several_articles_in_the_data_the_one_that_is_shown_counts() -> None:
    """Pages carry JSON-LD of teasers as well: neither their date nor their text is the release's."""
    other = (
        '{"@type":"BlogPosting","headline":"Andere Meldung","datePublished":"2026-01-01","articleBody":"'
        + "Ein ganz anderer Text über etwas anderes. " * 60
        + '"}'
    )
    own = f'{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2026-03-10"}}'
    head = "".join(f'<script type="application/ld+json">{s}</script>' for s in (other, own))
    found = read(f"<main><h1>{TITLE}</h1>{TEXT}</main>", head)
    assert day(found) == "2026-03-10"
    assert FIRST in found.copy.body
    assert "anderer Text" not in found.copy.body


@pytest.mark.parametrize("script", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{}"])
def test_data_that_is_hidden_from_old_browsers_is_read(script: str) -> None:
    """And the page's own date, where no article is declared."""
    said = script.format('{"@type":"WebPage","datePublished":"2026-03-10"}')
    head = f'<script type="application/ld+json">{said}</script>'
    assert day(read(f"<main><h1>{TITLE}</h1>{TEXT}</main>", head)) == "2026-03-10"


@pytest.mark.parametrize(
    "mark",
    [
        "<svg class=i />",
        "<!-->",
        "<!--->",
        '<div data-tpl="<script>"></div>',
        "<div><template shadowrootmode=open><p>Aus dem Schatten.</p></template></div>",
    ],
)
def test_marks_that_end_themselves_take_no_text_with_them(mark: str) -> None:
    """As browsers have it; a later mark of the same kind is another one."""
    body = read(
        f"<main><h1>{TITLE}</h1><p>{FIRST}</p>{mark}<p>{SECOND}</p><svg><text>x</text></svg><!-- a --><p>{THIRD}</p></main>"
    ).copy.body
    assert all(text in body for text in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    ("headline", "line"),
    [
        (TITLE, "Das Vorgängermodell P2 ist ab Juli nicht mehr verfügbar."),
        ("Toxic chemicals not found in school water, tests show", "More at the school board."),
        ("Wartungsarbeiten an der Schleuse Kassel", "Die Arbeiten dauern bis Mai."),
        ("Keine Ergebnisse beim Tarifgespräch", "Die nächste Runde folgt im Mai."),
        ("Passwort vergessen? Neue Studie zeigt, wie oft das geschieht", "Die Studie gibt es im Netz."),
        (TITLE, "<b>Zur Pressekonferenz bitte melden Sie sich an.</b>"),
        (TITLE, "Im Labor stehen Partner und Profile für Anzeigen bereit. Diese Website verwendet Cookies."),
    ],
)
def test_a_release_that_speaks_of_such_things_is_no_error_page_and_no_wall(headline: str, line: str) -> None:
    """The words of refusals are words of releases too."""
    found = read(f"<main><h1>{headline}</h1><p>{line}</p>{TEXT}</main>", META, headline)
    assert found.refusal is None
    assert THIRD in found.copy.body


def test_a_cookie_bar_beside_a_release_is_no_wall() -> None:
    """Nor do ``about`` and ``Labor`` speak of a subscription (``Abo``)."""
    bar = "<div class=bar><p>Diese Website verwendet Cookies, um sie zu verbessern.</p></div>"
    assert read(f"{bar}<main><h1>{TITLE}</h1>{TEXT}<p>Im Labor about to continue.</p></main>").refusal is None


def test_linked_headings_within_a_release_make_no_list() -> None:
    """A dateline and somebody to ask say what it is."""
    parts = "".join(
        f"<h2><a href=/p/{n}>Projekt {n} am Fluss</a></h2><p>{SECOND[:120]}</p>" for n in range(5)
    )
    contact = "<h2>Pressekontakt</h2><p>Anna Beispiel, Tel. 07000 555-1, presse@muster-pumpen.example</p>"
    found = read(f"<main><h1>{TITLE}</h1><p>Kassel, 10. März 2026 – {FIRST}</p>{parts}{contact}</main>")
    assert found.copy.genre == "release"


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href=/m/{n}>Meldung {n} über ein neues Werk</a> ({n}. März 2026)</li>",
        "<div><div>0{n}.03.2026</div><div><a href=/m/{n}>Meldung {n} über ein Werk</a></div></div>",
    ],
)
def test_a_section_with_entries_is_a_list(row: str) -> None:
    """Whatever stands above them."""
    rows = "<ul>" * row.startswith("<li") + "".join(row.format(n=n) for n in range(1, 9))
    found = read(
        f"<main><h1>Pressemitteilungen 2026</h1><p>{THIRD}</p>{rows}</main>", title="Pressemitteilungen 2026"
    )
    assert found.copy.genre == "list"


@pytest.mark.parametrize("heading", ["Die Zahlen im Überblick:", "Die technischen Daten im Überblick"])
def test_figures_at_a_glance_are_no_companys_profile(heading: str) -> None:
    """``Die Muster AG im Überblick`` is one."""
    body = read(
        f"<main><h1>{TITLE}</h1>{TEXT}<p><b>{heading}</b></p><p>{THIRD} Das gilt weiter.</p></main>"
    ).copy.body
    assert "Das gilt weiter." in body


def test_a_calendar_that_ends_a_release_is_its_own() -> None:
    """Days as headings, and nothing that leads to other texts."""
    days = "".join(
        f"<h3>{n}. Mai 2026</h3><p>Führung Nummer {n} durch die Halle, Eintritt frei.</p>"
        for n in (12, 14, 16)
    )
    body = read(f"<main><h1>{TITLE}</h1>{TEXT}<h2>Die Termine im Jubiläumsjahr</h2>{days}</main>").copy.body
    assert "Führung Nummer 16" in body


def test_a_box_with_the_date_and_a_button_is_no_advertisement() -> None:
    """The facts about a text stand in boxes with a button to print it."""
    box = "<div class=meta><div>10.03.2026</div><div>Unternehmen</div><a href=#p>Drucken</a></div>"
    assert day(read(f"<main><h1>{TITLE}</h1>{box}{TEXT}</main>")) == "2026-03-10"


@pytest.mark.parametrize("name", ["gdpr-wrapper", "legende", "read-more-content", "search-and-rescue"])
def test_a_name_is_not_believed_against_the_text(name: str) -> None:
    """Whatever its maker called the element that holds the text."""
    body = read(
        f"<main><h1>{TITLE}</h1><p>{FIRST}</p><div class={name}><p>{SECOND}</p><p>{THIRD}</p></div></main>"
    ).copy.body
    assert SECOND in body
    assert THIRD in body


def test_the_day_below_the_text_is_the_date_where_nothing_above_says_one() -> None:
    """German releases end with place and day."""
    found = read(f"<main><h1>{TITLE}</h1>{TEXT}<p>Kassel, 10. März 2026</p></main>")
    assert (day(found), found.copy.dateline and found.copy.dateline.place) == ("2026-03-10", "Kassel")
    assert "10. März" not in found.copy.body


@pytest.mark.parametrize(
    ("title", "above"),
    [("Muster Pumpen", "<header><h1>Muster Pumpen</h1></header>"), ("Muster Pumpen GmbH: Presse", "")],
)
def test_the_name_of_the_host_or_the_section_is_no_headline(title: str, above: str) -> None:
    """Pages that claim nothing else show the headline all the same."""
    shown = f"<h3>{TITLE}</h3>" if above else f"<p>{TITLE}</p>"
    assert read(f"{above}<main>{shown}{TEXT}</main>", title=title).copy.title == TITLE


def test_a_closed_accordion_is_part_of_the_text() -> None:
    """Its panels are hidden until somebody opens them; their headings are buttons."""
    about = "Die Muster Pumpen GmbH ist ein führender Hersteller mit 400 Mitarbeitern."
    panel = (
        "<div><h3><button aria-expanded=false aria-controls=x>Über Muster</button></h3>"
        f"<div id=x aria-hidden=true role=region aria-labelledby=b><p>{about}</p></div></div>"
    )
    found = read(f"<main><h1>{TITLE}</h1>{TEXT}{panel}</main>")
    assert found.copy.texts("boilerplate") == ("Über Muster", about)


def test_further_information_that_is_prose_is_no_contact() -> None:
    """The words head contacts and paragraphs alike; somebody to reach tells which."""
    body = read(
        f"<main><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><h2>Weitere Informationen</h2><p>{THIRD}</p></main>"
    ).copy.body
    assert THIRD in body
