"""Mailboxes as sources: what is downloaded, what is stored, and that nothing is changed there."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from certificates import OPENSSL, certificate
from imapserver import PASSWORD, USER, Folder, ImapServer, Mail, serving

from aggregator.app import App, Paths
from aggregator.cli.reading import batches
from aggregator.fetch import imap
from aggregator.ingest import Report
from aggregator.model import Release, Source
from aggregator.settings import Settings
from aggregator.store import Shelf

BODIES = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau kostete nach Angaben des "
    "Unternehmens 12,5 Millionen Euro und dauerte vierzehn Monate.\n\nRund 140 Menschen arbeiten dort in Schichten.",
    "Die Nordhafen AG übernimmt die Reederei Kutterstolz mit ihren neun Schiffen. Über den Kaufpreis haben beide "
    "Seiten Stillschweigen vereinbart.\n\nDie Kartellbehörden müssen der Übernahme noch zustimmen.",
    "Der Verband der Orgelbauer verleiht seinen Preis in diesem Jahr an eine Werkstatt aus Oberbeispiel, die alte "
    "Register aus Zinn neu gießt.\n\nÜberreicht wird er im Herbst in der Stadtkirche vor geladenen Gästen.",
)
TITLES = ("Neue Halle in Beispielstadt", "Reederei wechselt den Besitzer", "Preis für Zinnregister")


def mail(number: int, *, identified: bool = True) -> bytes:
    """An invented release as somebody's mail."""
    known = f"Message-ID: <pm{number}@example.com>\r\n" if identified else ""
    return (
        f"From: Presse <presse@example.com>\r\nTo: press@example.com\r\nSubject: {TITLES[number]}\r\n"
        f"Date: Mon, {number + 2} Mar 2026 09:00:00 +0100\r\n{known}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + BODIES[number].replace("\n", "\r\n")
        + "\r\n"
    ).encode()


def boxed(*contents: bytes) -> bytes:
    """An mbox of these mails."""
    envelope = b"From presse@example.com Mon Mar  2 09:00:00 2026\n"
    return b"".join(envelope + c.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n\n" for c in contents)


class Desk:
    """An application that polls one source, one step at a time."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.source = source

    def poll(self, settle: float = 0.0) -> Report:
        async def go() -> list[Report]:
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                return await app.poll(settings.sources, settle_seconds=settle)

        return asyncio.run(go())[0]

    def titles(self) -> set[str]:
        return {release.copy.title for release in self.releases()}

    def releases(self) -> list[Release]:
        with closing(Shelf.open(self.paths.data)) as shelf:
            return shelf.releases(shelf.latest("all", 100))

    def refused(self) -> list[str]:
        with closing(Shelf.open(self.paths.data)) as shelf:
            return [str(r["reason"]) for r in shelf.refused("mails")]


def at(path: Path) -> Source:
    return Source(id="mails", adapter="email", url=str(path))


# -- a server ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture
def server(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    """A server with TLS, whose certificate the operator trusts, and two mails in its INBOX."""
    if OPENSSL is None:
        pytest.skip("needs the openssl command to make certificates")
    context = certificate(keys, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(keys / "cert.pem"))
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", PASSWORD)
    with serving(ImapServer(context)) as running:
        running.folders["INBOX"].add(mail(0))
        running.folders["INBOX"].add(mail(1))
        yield running


def on(
    server: ImapServer, *, scheme: str = "imaps", folder: str = "", private: bool = True, **options: str
) -> Source:
    options = {"user": USER, "password_env": "PRESS_MAIL_PASSWORD", **options}
    url = f"{scheme}://127.0.0.1:{server.port}/{folder}"
    return Source(id="mails", adapter="email", url=url, allow_private=private, options=options)


def test_new_mails_of_a_server_become_releases(server: ImapServer, tmp_path: Path) -> None:
    """Two mails in, two releases out; the second poll downloads nothing."""
    desk = Desk(tmp_path, on(server))
    assert desk.poll().counts == {"new": 2}
    assert desk.titles() == set(TITLES[:2])
    server.commands.clear()
    assert desk.poll().outcome == "unchanged"
    assert not [c for c in server.commands if "BODY" in c]
    server.folders["INBOX"].add(mail(2))
    assert desk.poll().counts == {"new": 1}
    assert sum("BODY" in c for c in server.commands) == 1


def test_a_mailbox_on_a_server_is_left_as_it_is(server: ImapServer, tmp_path: Path) -> None:
    """Opened for reading only, mails are peeked at; no flag is set and nothing but reading is asked for."""
    Desk(tmp_path, on(server)).poll()
    assert all(not m.flags for m in server.folders["INBOX"].mails)
    said = {
        c.split(" ")[0] if not c.startswith("UID") else " ".join(c.split(" ")[:2]) for c in server.commands
    }
    assert said <= {"CAPABILITY", "AUTHENTICATE", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT"}
    assert all("PEEK" in c for c in server.commands if "BODY" in c)


@pytest.mark.parametrize("identified", [True, False])
def test_new_uids_for_the_same_mails_bring_no_second_release(
    server: ImapServer, tmp_path: Path, identified: bool
) -> None:
    """UIDVALIDITY changes: everything is read again and nothing is new, with and without a Message-ID."""
    inbox = server.folders["INBOX"] = Folder()
    for number in range(3):
        inbox.add(mail(number, identified=identified))
    desk = Desk(tmp_path, on(server))
    assert desk.poll().counts == {"new": 3}
    inbox.renumber()
    assert desk.poll().counts == {"unchanged": 3}
    assert desk.poll().outcome == "unchanged"
    assert len(desk.titles()) == 3


def test_the_newest_mails_come_first_and_the_rest_with_the_next_polls(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cap for each poll; none is left out in the end, also where new ones come in between."""
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    desk = Desk(tmp_path, on(server))
    desk.poll()
    assert desk.titles() == {TITLES[1]}
    server.folders["INBOX"].add(mail(2))
    desk.poll()
    assert desk.titles() == {TITLES[1], TITLES[2]}
    desk.poll()
    assert desk.titles() == set(TITLES)


def test_a_mailbox_of_many_years_is_read_from_its_end(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of 180,000 mails are one line of more than a megabyte."""
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    server.folders["INBOX"] = Folder(mails=[Mail(n, b"") for n in range(1, 180_000)] + [Mail(180_000, mail(0))])
    assert Desk(tmp_path, on(server)).poll().counts == {"new": 1}


def test_a_folder_with_an_umlaut_is_found(server: ImapServer, tmp_path: Path) -> None:
    """Its name goes over the wire in modified UTF-7; one that is not there is named with those that are."""
    server.folders["Presse/&ANw-bersicht &- mehr"] = folder = Folder()
    folder.add(mail(2))
    assert Desk(tmp_path, on(server, folder="Presse/%C3%9Cbersicht%20&%20mehr")).poll().counts == {"new": 1}
    report = Desk(tmp_path / "b", on(server, folder="Presse/Nirgends")).poll()
    assert report.problems[0].reason == "missing"
    assert "INBOX, Presse/Übersicht & mehr" in report.problems[0].detail


def test_a_huge_mail_is_not_downloaded(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size is asked for first; it is told of once, and the others are read."""
    monkeypatch.setattr(imap, "MAX_BYTES", 5_000)
    server.folders["INBOX"].add(mail(2) + b"x" * 10_000)
    desk = Desk(tmp_path, on(server))
    report = desk.poll()
    assert report.counts["new"] == 2
    assert [p.reason for p in report.problems] == ["too_large"]
    assert not desk.poll().problems


def test_the_password_is_never_told(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A server that repeats it in its refusal; a variable that is not set is named."""
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", "falsches-geheimnis")
    report = Desk(tmp_path, on(server)).poll()
    assert report.problems[0].reason == "login"
    assert USER in report.problems[0].detail
    assert "falsches-geheimnis" not in report.problems[0].detail + caplog.text
    monkeypatch.delenv("PRESS_MAIL_PASSWORD")
    problem = Desk(tmp_path, on(server)).poll().problems[0]
    assert problem.reason == "login"
    assert "PRESS_MAIL_PASSWORD is not set" in problem.detail


def test_a_password_may_lie_in_a_file(server: ImapServer, tmp_path: Path) -> None:
    """As services are given secrets; the line end is none of it."""
    (tmp_path / "secret").write_text(PASSWORD + "\n", "utf-8")
    source = on(server, password_env="", password_file=str(tmp_path / "secret"))
    assert Desk(tmp_path, source).poll().counts == {"new": 2}


def test_a_private_mail_server_needs_permission(server: ImapServer, tmp_path: Path) -> None:
    """The same guard as for the web: no connection is made."""
    report = Desk(tmp_path, on(server, private=False)).poll()
    assert report.problems[0].reason == "blocked_address"
    assert not server.commands


def test_a_server_nobody_vouches_for_is_told_nothing(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is checked before the first command."""
    monkeypatch.delenv("SSL_CERT_FILE")
    assert Desk(tmp_path, on(server)).poll().problems[0].reason == "tls"
    assert not server.commands


def test_without_tls_it_is_asked_for_before_logging_in(
    keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``imap:`` takes STARTTLS where it is offered, and is refused in the open where it is not."""
    if OPENSSL is None:
        pytest.skip("needs the openssl command to make certificates")
    context = certificate(keys, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(keys / "cert.pem"))
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", PASSWORD)
    with serving(ImapServer(start_tls=context)) as server:
        server.folders["INBOX"].add(mail(0))
        assert Desk(tmp_path, on(server, scheme="imap")).poll().counts == {"new": 1}
        assert "STARTTLS" in server.commands
    with serving(ImapServer()) as server:
        server.folders["INBOX"].add(mail(0))
        assert Desk(tmp_path / "b", on(server, scheme="imap")).poll().counts == {"new": 1}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("flood", "protocol"), ("cut", "protocol"), ("drip", "timeout"), ("silent", "timeout")],
)
def test_a_server_that_misbehaves_costs_its_own_poll(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, reason: str
) -> None:
    """80 GB announced, an end within a mail, a byte at a time, silence: named, bounded, and mended next time."""
    monkeypatch.setattr(imap, "DEADLINE", 1.5)
    server.fault = fault
    began = time.monotonic()
    report = Desk(tmp_path, on(server)).poll()
    assert time.monotonic() - began < 10
    assert report.problems[0].reason == reason
    assert report.outcome == "failed"
    server.fault = ""
    assert Desk(tmp_path, on(server)).poll().counts == {"new": 2}


def test_what_came_before_a_connection_broke_is_kept(server: ImapServer, tmp_path: Path) -> None:
    """The first mail is stored; the next poll downloads only the other."""
    server.fault, server.cut_at = "cut", 2
    desk = Desk(tmp_path, on(server))
    report = desk.poll()
    assert report.counts == {"new": 1}
    assert report.problems[0].reason == "protocol"
    server.fault = ""
    server.commands.clear()
    assert desk.poll().counts == {"new": 1}
    assert sum("BODY" in c for c in server.commands) == 1


def test_a_mail_that_is_none_is_downloaded_once(server: ImapServer, tmp_path: Path) -> None:
    """It will not become better; the poll succeeds and says what is wrong."""
    server.folders["INBOX"].add(b"X-Nothing: here\r\n\r\n\r\n")
    desk = Desk(tmp_path, on(server))
    report = desk.poll()
    assert report.outcome == "ok"
    assert report.counts["new"] == 2
    server.commands.clear()
    assert desk.poll().outcome == "unchanged"
    assert not [c for c in server.commands if "BODY" in c]


# -- files -------------------------------------------------------------------------------------------


def maildir(path: Path, **mails: bytes) -> Path:
    for part in ("new", "cur", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for name, content in mails.items():
        (path / "new" / name).write_bytes(content)
    return path


def test_a_mail_that_was_read_elsewhere_is_the_same_mail(tmp_path: Path) -> None:
    """In a Maildir it moves from new to cur and gets flags, again and again."""
    box = maildir(tmp_path / "box", **{"1772.M1.host": mail(0), "1773.M2.host": mail(1)})
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    (box / "new" / "1772.M1.host").rename(box / "cur" / "1772.M1.host:2,S")
    assert desk.poll().outcome == "unchanged"
    (box / "cur" / "1772.M1.host:2,S").rename(box / "cur" / "1772.M1.host:2,RS")
    (box / "tmp" / "1774.M3.host").write_bytes(mail(2)[:100])
    assert desk.poll().outcome == "unchanged"
    (box / "tmp" / "1774.M3.host").write_bytes(mail(2))
    (box / "tmp" / "1774.M3.host").rename(box / "new" / "1774.M3.host")
    assert desk.poll().counts == {"new": 1}
    assert sorted(p.name for p in box.rglob("*") if p.is_file()) == [
        "1772.M1.host:2,RS", "1773.M2.host", "1774.M3.host",
    ]  # fmt: skip


def test_thrown_away_mails_and_drafts_are_no_releases(tmp_path: Path) -> None:
    """Their flags say so."""
    box = maildir(tmp_path / "box")
    (box / "cur" / "1.a.host:2,ST").write_bytes(mail(0))
    (box / "cur" / "2.b.host:2,D").write_bytes(mail(1))
    (box / "cur" / "3.c.host:2,FS").write_bytes(mail(2))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 1}
    assert desk.titles() == {TITLES[2]}


def test_a_refused_mail_of_a_maildir_stays_refused_wherever_it_moves(tmp_path: Path) -> None:
    """The count does not fall because the file is called otherwise now."""
    box = maildir(tmp_path / "box", **{"1.a.host": b"Subject: leer\r\n\r\n"})
    desk = Desk(tmp_path, at(box))
    assert desk.poll().problems[0].reason == "empty"
    (box / "new" / "1.a.host").rename(box / "cur" / "1.a.host:2,S")
    desk.poll()
    assert desk.refused() == ["empty"]


def test_what_is_added_to_an_mbox_is_read_and_nothing_twice(tmp_path: Path) -> None:
    """Also where a mail program rewrites the file with its own notes, and takes mails out."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0), mail(1, identified=False)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    box.write_bytes(box.read_bytes() + boxed(mail(2)))
    assert desk.poll().counts == {"new": 1}
    noted = mail(1, identified=False).replace(
        b"Subject:", b"Status: RO\r\nX-Mozilla-Status: 0001\r\nSubject:"
    )
    box.write_bytes(boxed(noted, mail(2)))
    assert desk.poll().outcome == "unchanged"
    assert len(desk.titles()) == 3


def test_an_mbox_that_is_being_written_is_left_for_the_next_poll(tmp_path: Path) -> None:
    """Fresh, with a lock file beside it, or locked by its writer."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll(settle=60).outcome == "unchanged"
    lock = tmp_path / "press.mbox.lock"
    lock.touch()
    assert desk.poll().outcome == "unchanged"
    lock.unlink()
    with box.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert desk.poll().outcome == "unchanged"
    lock.touch()
    os.utime(lock, (1, 1))  # left behind by a program that died
    assert desk.poll().counts == {"new": 1}


def test_a_line_that_only_begins_like_an_envelope_is_text(tmp_path: Path) -> None:
    """``From`` at the start of a paragraph, as text and as it is marked by those who write mailboxes."""
    text = (
        mail(0)
        .replace(b"Rund 140", b"From Monday on, 140")
        .replace(b"Menschen", b"people\r\n\r\n>From Beispiel")
    )
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(text, mail(1)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    (body,) = [r.copy.body for r in desk.releases() if r.copy.title == TITLES[0]]
    assert "From Monday on" in body
    assert ">From" not in body


def test_a_folder_may_hold_mailboxes_of_all_kinds(tmp_path: Path) -> None:
    """Maildir, mbox and single mails side by side, one level down too."""
    root = tmp_path / "mails"
    maildir(root / "one", **{"1.a.host": mail(0)})
    (root / "sub").mkdir()
    (root / "sub" / "Archiv").write_bytes(boxed(mail(1)))
    (root / "last.eml").write_bytes(mail(2))
    (root / "notes.txt").write_text("Das ist keine Mail.")
    desk = Desk(tmp_path, at(root))
    assert desk.poll().counts == {"new": 3}
    assert desk.titles() == set(TITLES)
    assert desk.poll().outcome == "unchanged"


def test_a_mailbox_is_known_by_what_it_is(tmp_path: Path) -> None:
    """Also where its source was written without an adapter, as the path of texts."""
    box = maildir(tmp_path / "box", **{"1.a.host": mail(0)})
    source = Source(id="mails", adapter="text", url=str(box))
    assert Desk(tmp_path, source).poll().counts == {"new": 1}


def test_a_mailbox_may_be_ingested_by_hand(tmp_path: Path) -> None:
    """Mail by mail, not as one long text; each keyed by its place."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0), mail(1)))
    (batch,) = batches([box])
    assert (batch.source.adapter, len(batch.documents)) == ("email", 2)
    assert all(d.key.startswith(f"{box.as_posix()}#") for d in batch.documents)
    (batch,) = batches([maildir(tmp_path / "box", **{"1.a.host": mail(2)})])
    assert [d.key for d in batch.documents] == [f"{(tmp_path / 'box').as_posix()}#1.a.host"]
