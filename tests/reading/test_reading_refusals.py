"""What is no release is refused with its reason; what only talks about such a thing is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.model import Copy, Draft, Refusal, Source
from aggregator.reading import read

SOURCE = Source(id="s", adapter="text", url="https://s.example/")


def of(content: str, kind: Any = "text/plain", **fields: Any) -> Copy | Refusal:
    draft = Draft(
        key="k", content=content, content_type=kind, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), **fields
    )
    return read(draft, SOURCE)


@pytest.mark.parametrize(
    ("reason", "content", "kind"),
    [
        ("empty", "", "text/plain"),
        ("empty", " \n\t ", "text/html"),
        ("binary", "%PDF-1.7\n%âãÏÓ 1 0 obj", "text/plain"),
        ("binary", "\x00\x01\x02\x03" * 50, "text/plain"),
        ("binary", "PK\x03\x04 abc", "text/html"),
        ("too_large", "a " * 10_000_001, "text/plain"),
        (
            "access_denied",
            "Access Denied\n\nYou don't have permission to access this server. Reference #18.2",
            "text/plain",
        ),
        (
            "access_denied",
            "<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>",
            "text/html",
        ),
        (
            "consent_wall",
            "<html><body><h1>Wir schätzen Ihre Privatsphäre</h1><p>Wir verwenden Cookies.</p></body></html>",
            "text/html",
        ),
        ("login", "Bitte melden Sie sich an\n\nBenutzername\nPasswort\nPasswort vergessen?", "text/plain"),
        (
            "not_found",
            "<html><title>404 Not Found</title><body><h1>Seite nicht gefunden</h1><p>Es gibt sie nicht.</p></body></html>",
            "text/html",
        ),
        (
            "script_only",
            "<html><body><div id='root'></div><script>var a=1;</script></body></html>",
            "text/html",
        ),
        (
            "script_only",
            "<html><body><div>You need to enable JavaScript to run this app.</div></body></html>",
            "text/html",
        ),
        ("no_text", "<p><img src='a.jpg'></p>", "text/html"),
        ("no_text", "Muster AG wächst", "text/plain"),
    ],
)
def test_no_release(reason: str, content: str, kind: str) -> None:
    """Each kind of page that is no release has its own reason."""
    result = of(content, kind)
    assert isinstance(result, Refusal)
    assert result.reason == reason


def test_a_list_of_teasers_is_refused() -> None:
    """A page that only leads to other texts is no release."""
    items = "\n\n".join(f"Meldung {n}\n\nKurzer Text zu der Meldung {n}.\n\nMehr lesen" for n in range(8))
    result = of("Aktuelles\n\n" + items)
    assert isinstance(result, Refusal)
    assert result.reason == "list"


def test_a_release_about_access_control_is_read() -> None:
    """The phrase alone does not refuse a text."""
    text = (
        "Muster AG stellt neue Firewall vor\n\nDas Gerät zeigt Angreifern künftig nur noch „Access denied“. "
        + (
            "Die Software prüft jede Anfrage und meldet Auffälliges an die Leitstelle, die sofort reagieren kann. "
            * 3
        )
    )
    assert isinstance(of(text), Copy)


def test_a_teaser_of_a_feed_is_a_short_release() -> None:
    """A summary is text enough, also one without a full stop."""
    result = of("Umsatz steigt um vier Prozent", title="Muster AG legt Zahlen vor")
    assert isinstance(result, Copy)
    assert (result.title, result.body) == ("Muster AG legt Zahlen vor", "Umsatz steigt um vier Prozent")


def test_markup_in_a_plain_text_stays_text() -> None:
    """A text file is never trusted as markup."""
    result = of(
        "Titel der Meldung\n\nHier steht <script>alert(1)</script> und <b>fett</b> als Text in einer Zeile."
    )
    assert isinstance(result, Copy)
    assert "<script>" in result.body
    assert all(b.html == "" for b in result.blocks)


def test_lines_that_a_source_repeats_are_dropped() -> None:
    """Known debris goes; boilerplate that comes back stays boilerplate."""
    text = "Mit uns in die Zukunft\nMuster AG baut um\n\nDer Umbau beginnt im Mai und dauert bis Juni, sagt der Vorstand."
    draft = Draft(
        key="k", content=text, content_type="text/plain", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    result = read(draft, SOURCE, debris=frozenset({"mit uns in die zukunft"}))
    assert isinstance(result, Copy)
    assert result.title == "Muster AG baut um"
    assert result.blocks[0].type == "repeated_line"


@pytest.mark.parametrize(
    "title",
    ["Peugeot 404 wird sechzig", "Forbidden Fruits bringt neuen Saft", "Neues Captcha schützt Wahlportal"],
)
def test_a_short_item_with_a_telling_word_is_read(title: str) -> None:
    """A bare word in a headline refuses nothing."""
    assert isinstance(of("Der Hersteller feiert mit einer Ausstellung.", title=title), Copy)
    assert isinstance(of(f"{title}\n\nDer Hersteller feiert mit einer Ausstellung in Köln."), Copy)


def test_a_release_below_a_cookie_banner_is_read() -> None:
    """The banner is a line of the page, not what the page is about."""
    page = (
        "<html><body><p>Wir verwenden Cookies.</p><h1>Muster AG baut in Ulm</h1><p>Die Muster AG hat in Ulm mit dem Bau "
        "einer neuen Halle begonnen, in der ab Herbst rund vierzig Menschen arbeiten sollen. Der Bau kostet acht Millionen "
        "Euro und dauert ein Jahr.</p></body></html>"
    )
    result = of(page, "text/html")
    assert isinstance(result, Copy)
    assert result.title == "Muster AG baut in Ulm"


def test_a_note_without_a_headline_is_read() -> None:
    """An item that is one sentence, without a title, is text and names itself."""
    result = of("<p>Unser Werk in Ulm bleibt am <b>Montag</b> geschlossen.</p>", "text/html")
    assert isinstance(result, Copy)
    assert result.title == result.body == "Unser Werk in Ulm bleibt am Montag geschlossen."


def test_a_headline_without_text_and_address_says_so() -> None:
    """A headline that names no address has nothing behind it."""
    assert of("", title="Muster AG wächst") == Refusal("no_text", "nothing but a headline")


@pytest.mark.parametrize(
    "content",
    ["", "  ", "<p><img src='a.jpg'></p>", "<p>Muster AG wächst</p>", "<p><a href='/1'>Weiterlesen</a></p>"],
)
def test_an_item_that_is_only_a_headline_and_an_address_is_kept(content: str) -> None:
    """No release of a feed is lost: it has its title, no body, and says so."""
    result = of(content, "text/html", title="Muster AG wächst", url="https://muster.example/1")
    assert isinstance(result, Copy)
    assert (result.title, result.body, result.notes) == ("Muster AG wächst", "", ("title only",))


def test_an_item_whose_headline_is_a_label_keeps_it() -> None:
    """A label is no headline, unless there is nothing else."""
    result = of("", title="Pressemitteilung", url="https://muster.example/1")
    assert isinstance(result, Copy)
    assert result.title == "Pressemitteilung"


def test_a_page_without_text_is_refused_though_its_address_is_known() -> None:
    """A page that was fetched for its text and has none is a failure, not a headline."""
    page = "<html><head><title>Muster</title></head><body><script>x()</script></body></html>"
    result = of(page, "text/html", title="Muster AG wächst", url="https://muster.example/1")
    assert isinstance(result, Refusal)
