"""Web addresses: read strictly, written in one way, shown without secrets.

Two parsers that disagree about an address are a hole in any guard, so everything they could disagree
about (control characters, backslashes, user names, numbers in odd spellings as hosts) is refused
here, before a name is looked up. No I/O.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from aggregator.errors import FetchError
from aggregator.text import one_line

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_URL = 8192

# Ports of services that speak something else and could be made to obey an HTTP request: the bad ports of
# the Fetch standard (fetch.spec.whatwg.org, section 2.9), which browsers refuse as well.
# fmt: off
BAD_PORTS = frozenset([
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])
# fmt: on
# A server that redirects may not choose any port of another machine.
REDIRECT_PORTS = frozenset([80, 443, 8080, 8443])

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# urljoin takes these as relative, browsers take the path's first part as the host.
_HOSTLESS = re.compile(r"(?i)\s*https?:(?!//[^/?#])")
_KEPT = "%/:?#[]@!$&'()*+,;=~|"
_SECRET = re.compile(
    r"(?i)([?&;][^=&;]*(?:token|secret|passw|pwd|auth|api_?key|access_?key|signature|session)[^=&;]*"
    r"|[?&;](?:key|sig|pass))=[^&;#]*"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One web address in its parts; ``str()`` writes it in the normal form."""

    scheme: str
    host: str
    """ASCII, lower case: a name, or a numeric address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded, beginning with a slash."""

    @property
    def netloc(self) -> str:
        """The ``Host`` header: brackets for IPv6, the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def check_url(url: str) -> str:
    """A configured address in its normal form; FetchError ``bad_url`` says what is wrong and what to do."""
    return str(parse(url))


def parse(url: str) -> Address:
    """The parts of an address that a person or a document gave; FetchError ``bad_url``."""
    try:
        return _parse(url.strip(), userinfo=False)
    except ValueError as error:
        raise FetchError(shown(url), "bad_url", _why(error)) from error


def follow(base: Address, location: str) -> Address:
    """Where a ``Location`` header leads; ValueError with the reason where it leads nowhere.

    A user name in it is dropped, spaces are encoded as browsers do: both occur in good faith.
    """
    if _HOSTLESS.match(location):
        raise ValueError("it names a scheme but no host")
    there = urljoin(str(base), location.strip(" \t").replace(" ", "%20"))
    return _parse(there, userinfo=True)


def shown(url: str) -> str:
    """An address fit for a log: one line, at most 300 characters, no password and no access token."""
    head, _, rest = one_line(url).partition("://")
    authority, slash, path = rest.partition("/")
    safe = f"{authority.rpartition('@')[2]}{slash}{path}"
    safe = _SECRET.sub(r"\1=...", safe)
    return (f"{head}://{safe}" if rest else head)[:300]


def _parse(url: str, *, userinfo: bool) -> Address:
    if len(url) > LONGEST_URL:
        raise ValueError(f"the address is longer than {LONGEST_URL} characters")
    if _FORBIDDEN.search(url):
        raise ValueError(
            "there is a space, a backslash or a control character in it: write it as %20 or drop it"
        )
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        raise ValueError(
            "only http:// and https:// addresses can be fetched: write the scheme before the host"
        )
    if "@" in parts.netloc and not userinfo:
        raise ValueError("there is a user name or password in it: remove it, addresses are stored and shown")
    port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    if port == 0:
        raise ValueError("port 0 does not exist: remove it or write the right one")
    target = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    return Address(parts.scheme, plain_host(parts.hostname or ""), port, target)


def plain_host(host: str) -> str:
    """A host name in ASCII, or a numeric address in its one normal spelling."""
    if ":" in host:
        return str(ipaddress.IPv6Address(host)) if "%" not in host else _refuse_zone(host)
    if not host.isascii():
        import idna  # its tables take 15 ms to load, and most hosts do not need them

        host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(
            "the host name is missing or malformed: check it for doubled dots and stray characters"
        )
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(host)
    return host


def _ipv4(host: str) -> str:
    # getaddrinfo reads 127.1, 0x7f000001, 2130706433 and 0177.0.0.1 as loopback; nobody needs them.
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise ValueError("a numeric host must be four decimal numbers with dots, as in 192.0.2.7") from None


def _refuse_zone(host: str) -> str:
    raise ValueError(
        f"an IPv6 zone is not allowed: write {host.partition('%')[0]} without what follows the %"
    )


def _why(error: ValueError) -> str:
    # urlsplit, ipaddress and idna word their own refusals; a lone surrogate ends as UnicodeEncodeError.
    if isinstance(error, UnicodeError):
        return f"the address is not valid text or its host is no valid name: {one_line(str(error))[:120]}"
    return one_line(str(error))[:200]
