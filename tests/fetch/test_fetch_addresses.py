"""Addresses are read strictly, and no spelling of an inward address is ever connected to (N-01 to N-06)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fetching import fetch, refused
from hostile_server import HostileServer, ok, status
from inward import LOOPBACK

from aggregator.errors import FetchError
from aggregator.fetch import check_url, guard
from aggregator.fetch.address import shown


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("https://example.com", "https://example.com/"),
        ("  HTTPS://Example.COM:443/A?b=C#frag ", "https://example.com/A?b=C"),
        ("http://example.com.:0080/x", "http://example.com/x"),
        ("http://example.com:8081/x", "http://example.com:8081/x"),
        ("https://www.müller-gießerei.de/presse", "https://www.xn--mller-gieerei-jdb04b.de/presse"),
        (
            "https://例え.jp/ニュース?q=ü",
            "https://xn--r8jz45g.jp/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9?q=%C3%BC",
        ),
        ("https://example.com/a%20b/%C3%BC", "https://example.com/a%20b/%C3%BC"),
        ("http://[2606:2800:0220::1]/", "http://[2606:2800:220::1]/"),
        ("http://under_score.example.com/", "http://under_score.example.com/"),
    ],
)
def test_an_address_is_written_in_one_way(given: str, normal: str) -> None:
    """Scheme, host, port and encoding are normalised; the path keeps its case."""
    assert check_url(given) == normal
    assert check_url(normal) == normal


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:///path",
        "http://",
        "http://ex..com/",
        "http://.example.com/",
        "http://exa mple.com/",
        "http://example.com/a b",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://example.com:abc/",
        "http://example.com\\@evil.example/",
        "http://user:secret@example.com/",
        "http://example.com/\r\nHost: evil",
        "http://exam\x00ple.com/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://-\ud800.example/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "http://example.com/" + "a" * 9000,
        "http://xn--\u00fc.example/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
    ],
)
def test_a_malformed_address_is_refused_with_a_remedy(url: str) -> None:
    """Nothing is looked up for it, and the message is one line without the password."""
    with pytest.raises(FetchError) as caught:
        check_url(url)
    assert caught.value.reason == "bad_url"
    assert len(caught.value.detail) > 10
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert refused(url).reason == "bad_url"


def test_an_address_is_shown_without_its_secrets() -> None:
    """Passwords and access tokens do not reach a log; what tells feeds apart stays."""
    assert shown("https://u:p@example.com/f?id=5&access_token=abc&x=1") == (
        "https://example.com/f?id=5&access_token=...&x=1"
    )
    assert shown("https://example.com/f?key=abc") == "https://example.com/f?key=..."
    assert "\n" not in shown("http://a\nb/\x1b[2J")
    assert len(shown("http://example.com/" + "a" * 5000)) == 300


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_spelling_of_loopback_is_connected_to(host: str, canary: HostileServer) -> None:
    """Refused as malformed, or blocked for what it is; the canary listener hears nothing."""
    error = refused(f"http://{host}:{canary.port}/", allow_private=False)
    assert error.reason in ("bad_url", "blocked_address")


@pytest.mark.parametrize(
    "form", ["HTTP://127.0.0.1:{}/", "http://127.0.0.1:0{}/", "http://127.0.0.1:{}#@example.com/"]
)
def test_no_other_part_of_the_address_hides_loopback(form: str, canary: HostileServer) -> None:
    """Upper-case schemes, padded ports and fragments that look like hosts change nothing."""
    assert refused(form.format(canary.port), allow_private=False).reason == "blocked_address"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "carrier network"),
        ("100.100.100.200", "cloud metadata"),
        ("168.63.129.16", "cloud metadata"),
        ("192.88.99.1", "6to4 relay"),
        ("192.0.0.9", "protocol assignment"),
        ("198.18.0.1", "benchmarking"),
        ("198.51.100.7", "documentation"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::ffff:10.0.0.1", "private"),
        ("64:ff9b::a9fe:a9fe", "NAT64 of link-local"),
        ("64:ff9b:1::1", "local NAT64"),
        ("2002:a9fe:a9fe::", "6to4"),
        ("2001:0:4136:e378::1", "Teredo"),
        ("2001:10::1", "protocol assignment"),
        ("::7f00:1", "IPv4-compatible"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("2606:2800:220::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("fd00:ec2::254", "cloud metadata"),
        ("fd12:3456::1", "private"),
        ("ff02::1", "multicast"),
        ("3fff::1", "documentation"),
        ("5f00::1", "not public"),
        ("100::1", "not public"),
        ("4000::1", "not public"),
        ("nonsense", "not a numeric address"),
    ],
)
def test_addresses_that_are_not_public_are_refused_by_class(address: str, kind: str) -> None:
    """Special-purpose blocks, and IPv6 addresses that carry such an IPv4 address inside."""
    assert guard.refusal(address) == kind


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    """Also where they come wrapped, as every server does on a network without IPv4."""
    assert guard.refusal(address) == ""


def test_private_networks_are_opened_but_metadata_never() -> None:
    """allow_private means an intranet, not the machinery of a cloud."""
    for address in ("127.0.0.1", "10.0.0.1", "fd12::1", "100.64.0.1", "::ffff:192.168.1.1"):
        assert guard.refusal(address, allow_private=True) == ""
    for address in ("169.254.169.254", "168.63.129.16", "fd00:ec2::254", "0.0.0.0", "224.0.0.1", "fe80::1"):
        assert guard.refusal(address, allow_private=True)


def test_the_guard_judges_its_own_samples_rightly() -> None:
    """The start-up test has nothing to report on the Python at hand."""
    assert guard.self_test() == []


def test_one_private_answer_condemns_the_whole_name(canary: HostileServer) -> None:
    """A name with a public and a private address is not asked at either (N-02)."""
    answers = ["93.184.216.34", "127.0.0.1"]
    url = canary.url("/", host="mixed.example")
    error = refused(url, allow_private=False, resolver=lambda _: answers)
    assert error.reason == "blocked_address"
    assert "loopback" in error.detail
    assert error.url == url


def test_the_judged_answer_is_the_one_connected_to(server: HostileServer) -> None:
    """A name that changes its answer after the check is not asked a second time (N-03)."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    server.say("/rebinding", ok(b"text"))
    document = fetch(server.url("/rebinding", host="flip.example"), resolver=lambda _: next(answers))
    assert document.content == b"text"
    assert next(answers) == ["127.0.0.2"]


def test_a_name_that_turns_inward_between_two_hops_is_caught(server: HostileServer) -> None:
    """Every hop is looked up and judged anew (N-03)."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    server.say("/turning", status("302 Found", "Location: /turned"))
    url = server.url("/turning", host="flip.example")
    error = refused(url, resolver=lambda _: next(answers))
    assert error.reason == "blocked_address"
    assert "after 1 redirect" in error.detail
    assert "link-local" in error.detail
    assert server.seen("/turned") == 0


def test_a_port_of_another_service_is_refused() -> None:
    """What browsers refuse is refused here too, before anything is looked up."""
    assert refused("http://example.com:25/", resolver=lambda _: pytest.fail("looked up")).reason == "bad_url"


def test_checking_an_address_does_not_load_the_http_client() -> None:
    """The command line checks its configuration before it needs a network, and must start quickly."""
    code = "import sys; from aggregator.fetch import check_url, walk; check_url('http://a.example'); "
    code += "assert not {'httpx', 'httpcore', 'ssl', 'idna'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
