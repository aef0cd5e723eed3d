"""E-mail messages: which part is the text, what of it is none, and what no mail may do."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from adapters_samples import document, source

from aggregator import reading
from aggregator.adapters import email, letter, mailheads, mailhtml, mailparts
from aggregator.errors import ReadError
from aggregator.model import Copy, Draft

HEAD = (
    "From: Presse <presse@nordquell.example>\nSubject: Nordquell baut neue Halle\nMessage-ID: <a@b.example>\n"
)
LONG = "Die Nordquell Pumpen GmbH hat in Brunnstadt eine neue Halle für Umwälzpumpen in Betrieb genommen."
PARAGRAPH = f"{LONG} {LONG}"


def mail(body: str | bytes, headers: str = "", **fields: object) -> list[Draft]:
    """The drafts of a mail with the usual head."""
    data = (HEAD + headers + "\n").encode() + (body if isinstance(body, bytes) else body.encode())
    found = email.read(document(data, key="x.eml", **fields), source(adapter="email"))
    return [item for item in found if isinstance(item, Draft)]


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as error:
        email.read(document(data, key="x.eml"), source(adapter="email"))
    return error.value


def both(plain: str, html: str) -> Draft:
    """A mail with its text in two forms."""
    part = "--a\nContent-Type: text/{}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n"
    body = part.format("plain", plain) + part.format("html", html) + "--a--\n"
    return mail(body, "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=a\n")[0]


# -- the better part ---------------------------------------------------------------------------------


def test_html_is_taken_where_both_parts_hold_the_text() -> None:
    """It keeps headings, lists, tables and links."""
    assert both(PARAGRAPH, f"<p>{PARAGRAPH}</p>").content_type == "text/html"


@pytest.mark.parametrize(
    "html", ["<img src='https://a.example/all.png'>", "<p>Zum Text</p>", "<style>p{}</style>"]
)
def test_plain_text_is_taken_where_the_html_shows_a_picture(html: str) -> None:
    """Less than six tenths of the other part's prose is the worse part."""
    assert both(PARAGRAPH, html).content == PARAGRAPH


def test_a_wall_of_tracking_links_is_no_text() -> None:
    """Addresses do not count as prose, however long they are."""
    wall = "\n".join(f"https://click.versand.example/{'x' * 90}{n}" for n in range(30))
    assert both(wall, f"<p>{PARAGRAPH}</p>").content_type == "text/html"


def test_texts_between_pictures_belong_together() -> None:
    """Apple Mail cuts a text in two where a picture stands."""
    body = f"--m\n\n{PARAGRAPH}\n--m\nContent-Type: image/png; name=a.png\n\nx\n--m\n\nZweiter Teil.\n--m--\n"
    (draft,) = mail(body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n")
    assert "Zweiter Teil." in draft.content
    assert draft.content.startswith("Die Nordquell")


def test_a_missing_boundary_leaves_the_text() -> None:
    """A declared multipart whose parts never come is its own text."""
    assert mail(PARAGRAPH, "Content-Type: multipart/mixed\n")[0].content == PARAGRAPH


# -- what is no text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Wird diese E-Mail nicht richtig angezeigt? Klicken Sie hier.", "mail.view_online"),
        ("Abmelden | Impressum", "mail.unsubscribe"),
        ("You are receiving this email because you subscribed to our press list.", "mail.unsubscribe"),
        ("This e-mail and any attachments are confidential.", "mail.disclaimer"),
        ("[image: Logo]", "mail.picture"),
        ("<https://click.versand.example/ls/click?upn=abc>", "mail.tracking"),
    ],
)
def test_lines_of_mailing_tools_are_dropped_by_a_rule(line: str, rule: str) -> None:
    """Each with its name, at the end of a text."""
    lines = [PARAGRAPH, "", PARAGRAPH, "", line]
    assert letter.read(lines).dropped == {4: rule}


@pytest.mark.parametrize(
    "line",
    [
        "Kunden, die sich vom Newsletter abmelden, erhalten künftig eine Bestätigung.",
        "Sie erhalten diese E-Mail, heißt es in der Meldung, mit der das Amt vor Betrug warnt.",
    ],
)
def test_a_text_may_speak_of_newsletters_in_its_middle(line: str) -> None:
    """Between a fifth and a half of the text nothing is taken for a footer."""
    lines = [PARAGRAPH, "", line, "", PARAGRAPH, "", PARAGRAPH]
    assert letter.read(lines).dropped == {}


def test_behind_a_footer_what_is_short_is_footer() -> None:
    """Imprint and social links follow "unsubscribe"; a long paragraph is boilerplate and stays."""
    lines = [
        PARAGRAPH * 3,
        "",
        PARAGRAPH,
        "",
        "Newsletter abbestellen",
        "",
        "Hafenstraße 9",
        "",
        "Über uns. " * 40,
    ]
    assert letter.read(lines).dropped == {4: "mail.unsubscribe", 6: "mail.footer"}


def test_a_mail_of_nothing_but_such_lines_keeps_them() -> None:
    """Then they are what it says."""
    found = letter.read(["Newsletter abbestellen", "", "[image: Logo]"])
    assert (found.dropped, found.keeps(0)) == ({}, True)


def test_a_signature_goes_and_boilerplate_below_dashes_stays() -> None:
    """Many issuers write their boilerplate where others sign."""
    assert letter.read([PARAGRAPH, "-- ", "Jana Ortmann", "Telefon 0123"]).end == 1
    assert letter.read([PARAGRAPH, "-- ", LONG]).end == 3


def test_the_letter_to_the_editor_goes_and_the_release_below_it_stays() -> None:
    """Salutation, announcement, closing formula and name stand above the release."""
    letters = [
        "Sehr geehrte Damen und Herren,",
        "",
        "anbei unsere Meldung.",
        "",
        "Viele Grüße",
        "Jana Ortmann",
        "",
    ]
    lines = [*letters, "Nordquell baut neue Halle in Brunnstadt", "", PARAGRAPH]
    found = letter.read(lines)
    kept = [line for n, line in enumerate(lines) if line and found.keeps(n)]
    assert kept == ["Nordquell baut neue Halle in Brunnstadt", PARAGRAPH]


def test_a_release_that_is_signed_keeps_its_text() -> None:
    """A salutation alone makes no covering letter."""
    found = letter.read(["Liebe Kolleginnen,", "", PARAGRAPH, "", PARAGRAPH, "", "Viele Grüße", "Jana"])
    assert [n for n in range(8) if found.keeps(n)] == [1, 2, 3, 4, 5]


# -- subjects and forwarded heads --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("WG: AW: Presseinformation: Neue Halle", "Neue Halle"),
        ("Re[2]: [PM] Neue Halle", "Neue Halle"),
        ("FW: [EXTERN] Press release: New hall", "New hall"),
        ("Pressemitteilung Nr. 12/2026 – Neue Halle", "Neue Halle"),
        ("Pressemitteilung 12/2026", ""),
        ("Presseinformation der Stadtwerke zum Ausbau", "Presseinformation der Stadtwerke zum Ausbau"),
        ("Nordquell Pumpen: Neue Halle", "Nordquell Pumpen: Neue Halle"),
        ("[Ein sehr langer Zusatz, der wohl zur Überschrift gehört] Neue Halle",) * 2,
    ],
)
def test_subjects_become_headlines(subject: str, headline: str) -> None:
    """Prefixes, list tags and labels go; the issuer's own words stay."""
    assert mailheads.headline(subject) == headline


@pytest.mark.parametrize(
    "head",
    [
        "Von: A <a@a.example>\nGesendet: Donnerstag, 12. November 2026 09:00\nAn: B\nBetreff: Neue Halle",
        "*Von:* A\n*Datum:* 12. November 2026 um 09:00:00 MEZ\n*An:* B\n*Betreff:* *Neue Halle*",
        "From: A\nSent: Thursday, November 12, 2026 9:00 AM\nTo: B\nSubject: Neue Halle",
        "De : A\nEnvoyé : jeudi 12 novembre 2026 09:00\nÀ : B\nObjet : Neue Halle",
        "Da: A\nInviato: giovedì 12 novembre 2026 09:00\nA: B; C;\n D; E\nOggetto: Neue Halle",
        "De: A\nEnviado el: jueves, 12 de noviembre de 2026 9:00\nPara: B\nAsunto: Neue Halle",
        "Van: A\nVerzonden: donderdag 12 november 2026 09:00\nAan: B\nOnderwerp: Neue Halle",
        "> Subject: Neue Halle\n> From: A\n> Date: 12 Nov 2026 09:00\n> To: B",
    ],
)
def test_heads_of_forwarded_mails_are_read_in_six_languages(head: str) -> None:
    """Subject and date are those of the mail that was passed on; the comment above it is no text."""
    (draft,) = mail(f"Bitte ins Heft.\n\n{head}\n\n{PARAGRAPH}\n", "Date: Fri, 13 Nov 2026 10:00:00 +0100\n")
    assert (draft.title, draft.published[:16], draft.content) == ("Neue Halle", "2026-11-12T09:00", PARAGRAPH)


def test_a_forward_of_a_forward_is_unwrapped_to_its_end() -> None:
    """The innermost head counts."""
    head = "Von: {0}\nGesendet: {1}. November 2026 09:00\nAn: B\nBetreff: {2}\n\n"
    body = (
        head.format("A", 13, "WG: Halle")
        + "Zur Kenntnis.\n\n"
        + head.format("C", 12, "Neue Halle")
        + PARAGRAPH
    )
    (draft,) = mail(body)
    assert (draft.title, draft.published[:10]) == ("Neue Halle", "2026-11-12")


def test_what_was_answered_is_cut_off() -> None:
    """The longer part above a head is the text, and the older mail below it is not."""
    head = "Von: Redaktion\nGesendet: 11. November 2026 09:00\nAn: A\nBetreff: Frage"
    (draft,) = mail(f"{PARAGRAPH}\n\n{head}\n\nGibt es Bilder?")
    assert draft.content == PARAGRAPH


def test_an_interview_is_no_forwarded_mail() -> None:
    """Two labels are not enough."""
    text = f"Von: Brunnstadt\nAn: alle\n\n{PARAGRAPH}"
    assert mail(text)[0].content == text


# -- headers, charsets, files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),  # cut within a character
        ("=?iso-8859-1?Q?M=FCller?= GmbH", "Müller GmbH"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),  # without its padding
        ("=?x-unknown?q?Gr=FC=DFe?=", "Grüße"),
        ("=?utf-8?q?mit Leerzeichen?=", "mit Leerzeichen"),  # not allowed, and common
        ("=?utf-8?q?nie zu Ende", "=?utf-8?q?nie zu Ende"),
        ("ganz\r\n gefaltet", "ganz gefaltet"),
    ],
)
def test_broken_encoded_words_are_read_as_far_as_they_go(raw: str, text: str) -> None:
    """RFC 2047, and what mailers make of it."""
    assert mailparts.header(raw) == text


def test_file_names_of_both_kinds_are_read() -> None:
    """RFC 2231, and RFC 2047 within quotation marks; folders in a name are dropped."""
    part = "--m\nContent-Type: application/zip\nContent-Disposition: attachment; {}\n\nx\n"
    names = [
        "filename*=utf-8''%C3%96l.zip",
        'filename="=?utf-8?q?=C3=96fen.zip?="',
        'filename="../../etc/a.zip"',
    ]
    body = f"--m\n\n{PARAGRAPH}\n" + "".join(map(part.format, names)) + "--m--\n"
    (draft,) = mail(body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n")
    assert draft.notes == (
        "files of the mail have no address and are not linked: Öl.zip (application/zip, 1 bytes), "
        "Öfen.zip (application/zip, 1 bytes), a.zip (application/zip, 1 bytes)",
    )


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "utf-8", "x-unknown", "hex", "'ü'"])
def test_a_wrong_charset_loses_no_letter(charset: str) -> None:
    """Bytes decide where the label lies."""
    (draft,) = mail(
        "Größe über alles für Öfen".encode("cp1252"), f"Content-Type: text/plain; charset={charset}\n"
    )
    assert draft.content == "Größe über alles für Öfen"


def test_a_mail_without_message_id_is_known_by_its_file() -> None:
    """The key of a mail is its Message-ID; the name of its file where it has none."""
    data = f"Subject: Neue Halle\n\n{PARAGRAPH}".encode()
    (draft,) = email.read(document(data, key="in/b.eml"), source(adapter="email"))
    assert isinstance(draft, Draft)
    assert (draft.key, mail(PARAGRAPH)[0].key) == ("in/b.eml", "a@b.example")


def test_the_sender_is_not_taken_for_the_issuer() -> None:
    """Agencies send for their clients."""
    data = f"From: Agentur Federkiel GmbH <a@b.example>\nSubject: Neue Halle\n\n{PARAGRAPH}".encode()
    (draft,) = email.read(document(data, key="b.eml"), source(adapter="email"))
    assert isinstance(draft, Draft)
    assert draft.company == ""


def test_the_longer_text_of_a_file_is_not_taken_where_the_mail_says_enough() -> None:
    """A release with a fact sheet is the release."""
    body = f"--m\n\n{PARAGRAPH * 4}\n--m\nContent-Type: text/plain; name=d.txt\n\n{PARAGRAPH * 9}\n--m--\n"
    (draft,) = mail(body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n")
    assert draft.content == PARAGRAPH * 4


def with_files(*files: tuple[str, str]) -> list[Draft]:
    """The drafts of a mail that only brings files."""
    part = (
        "--m\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename={}\n\n{}\n"
    )
    body = "--m\n\nAnbei unsere Meldungen.\n" + "".join(part.format(*file) for file in files) + "--m--\n"
    return mail(body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n")


def test_several_releases_of_one_mail_are_several_drafts() -> None:
    """Each file that calls itself one, by its name or its first lines; the first has the mail's own key."""
    drafts = with_files(
        ("PM_Halle.txt", f"Neue Halle eröffnet\n\n{PARAGRAPH * 2}"),
        ("b.txt", f"Pressemitteilung 7/2026\n\nZweite Meldung des Hauses\n\n{PARAGRAPH}"),
        ("datenblatt.txt", PARAGRAPH),
    )
    assert [d.key for d in drafts] == ["a@b.example", "a@b.example#b.txt"]
    assert "datenblatt.txt" in drafts[0].notes[-1]
    assert "b.txt" not in drafts[0].notes[-1]


def test_one_release_in_two_formats_is_one_draft() -> None:
    """They differ in nothing but the ends of their names."""
    release = f"Pressemitteilung\n\nNeue Halle eröffnet\n\n{PARAGRAPH}"
    assert len(with_files(("meldung.txt", release), ("Meldung.md", release))) == 1


def test_two_files_of_one_name_are_two_releases() -> None:
    """Where they say different things; agencies call every file the same."""
    texts = [
        f"Pressemitteilung\n\n{title}\n\n{PARAGRAPH}" for title in ("Neue Halle eröffnet", "Neuer Vorstand")
    ]
    drafts = with_files(*(("pm.txt", text) for text in (*texts, texts[0])))
    assert len({d.key for d in drafts}) == len(drafts) == 2


def test_a_fact_sheet_beside_the_release_is_no_release() -> None:
    """One file calls itself a release: it alone is read, also where the other says so nowhere."""
    (draft,) = with_files(("pm.txt", PARAGRAPH * 2), ("lebenslauf.txt", PARAGRAPH))
    assert draft.content.startswith(PARAGRAPH)


# -- HTML --------------------------------------------------------------------------------------------


def test_links_that_name_the_recipient_are_none_for_others() -> None:
    """The address that the link shows replaces them; else the text stays without a link."""
    target = "https://click.versand.example/ls/click?upn=" + "x" * 200
    markup = f"<p>{PARAGRAPH}<a href='{target}'>www.nordquell.example</a> <a href='{target}'>Bilder</a></p>"
    content = mail(markup, "Content-Type: text/html; charset=utf-8\n")[0].content
    assert "click.versand" not in content
    assert '<a href="https://www.nordquell.example">' in content
    assert "Bilder" in content


def test_tables_that_lay_out_become_blocks_and_tables_of_facts_stay() -> None:
    """A table within a table of layout is judged for itself."""
    facts = "<table><tr><td>Jahr</td><td>2026</td></tr><tr><td>Umsatz</td><td>240</td></tr></table>"
    markup = f"<table><tr><td><h1>Neue Halle</h1></td><td><p>{PARAGRAPH}</p>{facts}</td></tr></table>"
    (draft,) = mail(markup, "Content-Type: text/html; charset=utf-8\n")
    copy = reading.read(draft, source(adapter="email"))
    assert isinstance(copy, Copy)
    assert copy.texts("table") == ("Jahr\t2026\nUmsatz\t240",)
    assert copy.lead == PARAGRAPH


def test_the_hidden_preview_line_is_no_text() -> None:
    """What a mail program would not show is not read; small type is shown."""
    markup = f"<div style='display:none'>Vorschau</div><td style='font-size:0px'><p>{PARAGRAPH}</p></td>"
    page = mailhtml.Page(markup)
    assert [line for line in page.lines if line] == [PARAGRAPH]


WRAPPED = [
    "Die Nordquell Pumpen GmbH hat in Brunnstadt eine neue Halle für",
    "Umwälzpumpen in Betrieb genommen. Sie misst 12.000 Quadratmeter und",
    "kostete 38 Millionen Euro. Rund 120 Menschen arbeiten dort, weitere",
    "Stellen sollen folgen, sobald der zweite Abschnitt gebaut ist, heißt es.",
]


@pytest.mark.parametrize(
    "markup",
    ["<div>{}</div>".format("<br>".join(WRAPPED)), "<pre>{}</pre>".format("\n".join(WRAPPED))],
    ids=["br", "pre"],
)
def test_a_plain_text_that_was_made_html_is_joined_again(markup: str) -> None:
    """Line by line, as mail programs do."""
    (draft,) = mail(markup, "Content-Type: text/html; charset=utf-8\n")
    assert (draft.content_type, draft.content) == ("text/plain", " ".join(WRAPPED))


def test_a_head_in_preformatted_html_is_found() -> None:
    """Its line ends are line ends."""
    head = "Von: A\nGesendet: 12. November 2026 09:00\nAn: B\nBetreff: Neue Halle"
    (draft,) = mail(
        f"<pre>Zur Info\n\n{head}\n\n{PARAGRAPH}</pre>", "Content-Type: text/html; charset=utf-8\n"
    )
    copy = reading.read(draft, source(adapter="email"))
    assert isinstance(copy, Copy)
    assert (copy.title, copy.body) == ("Neue Halle", PARAGRAPH)


def test_a_file_that_cannot_be_read_is_noted() -> None:
    """The mail is kept, with why the text is not."""
    part = "Content-Type: application/pdf; name=a.pdf\n\nkein PDF"
    body = f"--m\n\nAnbei unsere Meldung zum Bau der neuen Halle.\n--m\n{part}\n--m--\n"
    (draft,) = mail(body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n")
    assert "a.pdf was not read: this is no PDF document" in draft.notes[0]


# -- bounds ------------------------------------------------------------------------------------------

NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(10_000))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"Das ist ein Text.\n\nOhne Kopf.", "not_a_mail"),
        (b"PK\x03\x04" + bytes(100), "binary"),
        (f"Subject: x\n{NESTED}".encode(), "parse_limit"),
        (b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 10_000, "parse_limit"),
        (b"Subject: x\n\n" + b"a\n" * 1_500_000, "parse_limit"),
        (b"Subject: x\n\n" + b"word " * 10_000_000, "too_large"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB", "encrypted"),
        (b"Subject: x\nContent-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--", "encrypted"),
        (b"Subject: x\nFrom: a@b.example\n\n", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_readable_mail_is_refused_by_its_reason(data: bytes, reason: str) -> None:
    """Typed, and within seconds."""
    begun = time.process_time()
    assert refused(data).reason == reason
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + PARAGRAPH,
        "<table><tr><td>" * 50_000 + PARAGRAPH,
        "<p>a<br>" * 200_000,
        "<!--" * 500_000 + PARAGRAPH,
        "<style " * 300_000 + PARAGRAPH,
    ],
    ids=["blocks", "tables", "lines", "comments", "styles"],
)
def test_hostile_html_takes_seconds_at_most(body: str) -> None:
    """The text or a refusal, without a crash."""
    begun = time.process_time()
    with suppress(ReadError):
        mail(body, "Content-Type: text/html\n")
    assert time.process_time() - begun < 8


def test_a_mail_that_ends_early_is_read_and_said_to() -> None:
    """A cut download is a problem of its own beside the draft."""
    data = (HEAD + "\n" + PARAGRAPH).encode()
    draft, problem = email.read(document(data, key="x.eml", complete=False), source(adapter="email"))
    assert isinstance(draft, Draft)
    assert getattr(problem, "reason", "") == "truncated"
