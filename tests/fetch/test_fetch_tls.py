"""TLS: a trustworthy certificate for the very name that was asked for, or nothing (N-15)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from certificates import OPENSSL, certificate
from fetching import fetch, refused
from hostile_server import HostileServer, ok, status

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs the openssl command to make certificates")
HERE = {"resolver": lambda _: ["127.0.0.1"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the certificate lies."""
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def secure(folder: Path) -> Iterator[HostileServer]:
    """A server with a certificate for newsroom.example."""
    with HostileServer(certificate(folder, "newsroom.example")) as running:
        yield running


@pytest.fixture
def _trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who trusts that certificate, as for an intranet."""
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))


@pytest.mark.usefixtures("_trusted")
def test_the_certificate_is_checked_against_the_name(secure: HostileServer) -> None:
    """The connection goes to a judged address, the check is about the name."""
    secure.say("/fine", ok(b"secret"))
    assert fetch(secure.url("/fine", "newsroom.example", "https"), **HERE).content == b"secret"
    error = refused(secure.url("/fine", "other.example", "https"), **HERE)
    assert error.reason == "tls"
    assert "other.example" in error.detail
    assert refused(secure.url("/fine", "127.0.0.1", "https")).reason == "tls"


def test_a_certificate_nobody_vouches_for_is_refused(secure: HostileServer) -> None:
    """Self-signed and unknown; nothing of the request is sent."""
    secure.say("/unknown", ok(b"x"))
    assert refused(secure.url("/unknown", "newsroom.example", "https"), **HERE).reason == "tls"
    assert secure.seen("/unknown") == 0


def test_an_expired_certificate_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one that would be trusted."""
    context = certificate(tmp_path, "old.example", days=-1)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with HostileServer(context) as old:
        old.say("/", ok(b"x"))
        error = refused(old.url("/", "old.example", "https"), **HERE)
    assert error.reason == "tls"
    assert "expired" in error.detail


def test_a_plain_server_on_a_tls_port_is_refused(server: HostileServer) -> None:
    """It does not speak TLS."""
    server.say("/", ok(b"x"))
    assert refused(server.url("/", "plain.example", "https"), **HERE).reason in ("tls", "connect")


@pytest.mark.usefixtures("_trusted")
def test_a_redirect_may_not_give_up_tls(secure: HostileServer, server: HostileServer) -> None:
    """Whoever could answer it could answer anything."""
    server.say("/stripped", ok(b"x"))
    location = f"Location: {server.url('/stripped')}"
    secure.say("/strip", status("302 Found", location))
    error = refused(secure.url("/strip", "newsroom.example", "https"), **HERE)
    assert (error.reason, "gives up TLS" in error.detail) == ("tls", True)
    assert server.seen("/stripped") == 0


@pytest.mark.usefixtures("_trusted")
def test_a_connection_cut_without_a_farewell_is_no_crash(secure: HostileServer) -> None:
    """Short body over TLS: what came is marked incomplete."""
    secure.say("/tls-short", ok(b"half", "Content-Length: 8", length=False))
    document = fetch(secure.url("/tls-short", "newsroom.example", "https"), **HERE)
    assert (document.content, document.complete) == (b"half", False)
