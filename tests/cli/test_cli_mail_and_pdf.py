"""Mails and PDF documents from the file to the record and to the feed, as their users meet them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from cli_shell import TEXT, Shell
from loopback import serving

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "adapters"
HALL = "Nordquell Pumpen nimmt neue Fertigung in Brunnstadt in Betrieb"

READ = [
    ("email/de_agency_newsletter.eml", HALL, "2026-11-12T10:02:11", 4),
    ("email/de_flowed.eml", HALL, "2026-11-12T09:00:00", 3),
    ("email/de_cover_letter.eml", f"Nordquell Pumpen: {HALL}", "2026-11-12T09:05:00", 3),
    ("email/de_forwarded_outlook.eml", HALL, "2026-11-12T09:00:00", 3),
    ("email/de_answer_above_older.eml", HALL, "2026-11-12T12:00:00", 3),
    ("email/de_latin1.eml", "Ofenbau Müller zeigt Öfen für Hüttenwerke", "2026-11-10T11:30:00", 2),
    ("email/de_broken_charset.eml", "Glashütte vergrößert Werk in Südheßen für Glasröhren", "2026-11-11T07:45:00", 2),
    ("email/de_html_is_picture.eml", "Nordquell Pumpen senkt Emissionen um ein Fünftel", "2026-11-20T08:30:00", 2),
    ("email/de_see_attachment.eml", "Stadtwerke Brunnstadt bauen Fernwärmenetz bis 2030 aus", "2026-11-09T15:20:00", 2),
    ("email/de_see_pdf.eml", HALL, "2026-11-12T09:00:00", 4),
    ("email/en_forwarded_gmail.eml", "Larkfield Valves opens service centre in Rotterdam", "2026-11-17T09:15:00", 2),
    ("email/fr_forwarded_apple.eml", "Hydrolys inaugure une usine d'électrolyseurs à Villeneuve", "2026-11-17T09:15:00", 2),
    ("email/it_forwarded_outlook.eml", "Valtermica apre un laboratorio a Bergamo", "2026-11-20T09:15:00", 2),
    ("email/es_flowed_forwarded.eml", "Aguas del Tormes renueva 40 bombas", "2026-11-23T09:15:00", 2),
    ("email/nl_forwarded_thunderbird.eml", "Waterdam levert pompen aan haven", "2026-11-23T08:30:00", 2),
    ("pdf/one_page.pdf", HALL, "2026-11-12T12:00:00", 4),
    ("pdf/three_pages.pdf", "Nordquell Pumpen eröffnet Fertigung", "2026-11-12T12:00:00", 6),
    ("pdf/hyphenated.pdf", "Hüttenwerk Kesselberg senkt Energiebedarf", "2026-11-03T09:00:00", 2),
    ("pdf/two_columns.pdf", "Larkfield Valves reports record orders", "2026-11-03T12:00:00", 1),
]  # fmt: skip
NEVER = (
    "Browser", "HTML", "Abmelden", "unsubscribe", "vertrauliche", "Presseverteiler", "Kannst du", "FYI",
    "pour info", "Da pubblicare", "Zie onder", "Betreff:", "Subject:", "anbei", "anhang", "Seite 1", "| 3",
    "Viele Grüße", "HRB", "Wärme- ", "logo",
)  # fmt: skip


def test_mails_and_documents_become_releases(shell: Shell) -> None:
    """`parse --jsonl` gives headline, date and paragraphs of each, and nothing that only the mail says."""
    records = shell.records("parse", "--jsonl", *(str(GOLDEN / name) for name, *_ in READ))
    found = [(r["title"], r["published"], str(r["body"]).count("\n\n") + 1) for r in records]
    assert found == [(title, f"{published}+01:00", paragraphs) for _, title, published, paragraphs in READ]
    for record, (name, *_) in zip(records, READ, strict=True):
        assert [word for word in NEVER if word.lower() in str(record["body"]).lower()] == [], name
        assert "@" not in str(record["body"]), name


def test_a_mail_with_mails_gives_a_record_for_each(shell: Shell) -> None:
    """The colleague's note above them is none."""
    records = shell.records("parse", "--jsonl", str(GOLDEN / "email/de_attached_messages.eml"))
    assert [r["title"] for r in records] == [HALL, "Nordquell Pumpen beruft Finanzchefin"]


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("pdf/scanned.pdf", "no_text", "OCR"),
        ("pdf/cut_off.pdf", "broken", "print it to a new PDF"),
        ("pdf/not_a_pdf.pdf", "not_a_pdf", "no PDF document"),
        ("email/not_a_mail.eml", "not_a_mail", "headers"),
        ("email/delivery_report.eml", "not_a_mail", "report"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    shell: Shell, name: str, reason: str, remedy: str
) -> None:
    """And with what to do about it."""
    (record,) = shell.records("parse", "--jsonl", str(GOLDEN / name), code=1)
    assert record["refused"] == reason
    assert remedy in str(record["detail"])


def test_a_pdf_at_an_address_is_read_whatever_the_server_calls_it(shell: Shell) -> None:
    """By its type, and by its first bytes where the type says nothing."""
    body = (GOLDEN / "pdf/one_page.pdf").read_bytes()
    with serving() as site:
        urls = [
            site.put("/meldung", body, media_type="application/pdf"),
            site.put("/download?id=7", body, media_type="application/octet-stream"),
        ]
        records = shell.records("parse", "--jsonl", "--allow-private", *urls)
    assert [(r["title"], r["url"]) for r in records] == [(HALL, url) for url in urls]


def test_bytes_of_a_pdf_under_the_name_of_a_text_stay_refused(shell: Shell) -> None:
    """Nobody reads drawing instructions as a release."""
    shutil.copy(GOLDEN / "pdf/one_page.pdf", shell.folder / "meldung.txt")
    (record,) = shell.records("parse", "--jsonl", "meldung.txt", code=1)
    assert record["refused"] == "binary"


def test_a_folder_of_texts_takes_mails_and_documents_too(shell: Shell, texts: Path) -> None:
    """Polled like any other file, and each release comes once: the PDF is a copy of the mail."""
    for name in ("email/de_flowed.eml", "pdf/one_page.pdf", "email/it_forwarded_outlook.eml"):
        shutil.copy(GOLDEN / name, texts)
    shell.config("sources.toml", '[[source]]\nid = "inbox"\nurl = "../texts"\n')
    shell("poll", "--all")
    titles = sorted(str(r["title"]) for r in shell.records("releases", "list", "--jsonl"))
    assert titles == ["Neue Halle eröffnet", HALL, "Valtermica apre un laboratorio a Bergamo"]
    shell("poll", "--all")
    assert len(shell.records("releases", "list", "--jsonl")) == 3


def test_a_mail_that_is_ingested_twice_is_one_release(shell: Shell) -> None:
    """Also under another name: its Message-ID is what it is known by."""
    shutil.copy(GOLDEN / "email/de_flowed.eml", shell.folder / "a.eml")
    shell("ingest", "a.eml")
    (shell.folder / "a.eml").rename(shell.folder / "b.eml")
    shell("ingest", "b.eml")
    assert "0 new releases" in shell.err
    (exported,) = shell.records("releases", "export", "--jsonl")
    assert len(exported["copies"]) == 1  # type: ignore[arg-type]


def without_pypdf(shell: Shell) -> str:
    """A `PYTHONPATH` on which the reader of PDF is not there."""
    absent = shell.folder / "absent"
    absent.mkdir()
    (absent / "pypdf.py").write_text('raise ImportError("not installed")\n', "utf-8")
    return os.pathsep.join([str(absent), *filter(None, [os.environ.get("PYTHONPATH", "")])])


def test_without_the_extra_the_remedy_is_named_and_the_file_is_read_later(shell: Shell, texts: Path) -> None:
    """The other files of the folder are read; the PDF comes when its reader is there."""
    path = without_pypdf(shell)
    shutil.copy(GOLDEN / "pdf/one_page.pdf", texts)
    shell.config("sources.toml", '[[source]]\nid = "inbox"\nurl = "../texts"\n')
    told = shell.script("$A poll --all", PYTHONPATH=path).stderr.decode()
    assert "press-release-aggregator[pdf]" in told
    assert [r["title"] for r in shell.records("releases", "list", "--jsonl")] == [TEXT.splitlines()[0]]
    shell("poll", "--all")
    assert len(shell.records("releases", "list", "--jsonl")) == 2


def test_a_newsroom_of_pdf_documents_without_their_extra_counts_them_as_refused(shell: Shell) -> None:
    """At once, and not after eight polls: it is the operator who can mend it."""
    rows = "".join(
        f"<li>0{n}.05.2026 <a href='/pm/{n}.pdf'>Die Halle {n} in Kiel ist fertig</a></li>"
        for n in range(8, 1, -1)
    )
    page = f"<html lang=de><h1>Pressemitteilungen</h1><ul>{rows}</ul>"
    with serving() as site:
        url = site.put("/presse", page.encode(), media_type="text/html")
        for n in range(2, 9):
            site.put(f"/pm/{n}.pdf", (GOLDEN / "pdf/one_page.pdf").read_bytes(), media_type="application/pdf")
        shell.config("settings.toml", "pace = 0\n")
        shell.config(
            "sources.toml",
            f'[[source]]\nid = "werft"\nadapter = "newsroom"\nurl = "{url}"\nallow_private = true\n',
        )
        shell.script("$A poll", PYTHONPATH=without_pypdf(shell))
        record = json.loads(shell("sources", "show", "werft", "--json"))
        assert record["refused"] == {"missing_extra": 7}
