"""Mailboxes on a server as sources: what is downloaded, what is stored, and that nothing is changed there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from certificates import OPENSSL, certificate
from imapserver import PASSWORD, USER, Folder, ImapServer, Mail, serving
from mailbox_desk import TITLES, Desk, mail

from aggregator.fetch import imap
from aggregator.model import Source


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
    server.folders["INBOX"] = Folder(
        mails=[Mail(n, b"") for n in range(1, 180_000)] + [Mail(180_000, mail(0))]
    )
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


def test_a_server_that_rambles_holds_nobody_up(server: ImapServer, tmp_path: Path) -> None:
    """Lines that never come to the point, on which a search that goes back and forth needs minutes, and all of the
    program with it."""
    server.fault = "ramble"
    began = time.process_time()
    assert Desk(tmp_path, on(server)).poll().counts == {"new": 2}
    assert Desk(tmp_path, on(server, folder="None")).poll().problems[0].reason == "missing"
    assert time.process_time() - began < 5


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
