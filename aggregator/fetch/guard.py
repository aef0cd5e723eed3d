"""Which network addresses may be connected to: public ones, and private ones where a source says so.

A string check of a URL stops nobody (of 34 spellings of loopback 14 connected), so the judgement is
about numeric addresses: every answer of the name service before connecting, and the peer of the
connected socket afterwards. No I/O.

The table follows the IANA special-purpose address registries (RFC 6890 and its updates) rather than
``ipaddress.is_global`` alone: that one calls multicast, NAT64 and 6to4 of private addresses, site-local
and several newer blocks global, and its answer depends on the version of Python.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Read in this order: the first block that holds an address names it.
_V4: Final = [
    (ipaddress.IPv4Network(block), name)
    for block, name in [
        ("0.0.0.0/8", "unspecified"),
        ("127.0.0.0/8", "loopback"),
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("100.100.100.200/32", "cloud metadata"),
        ("100.64.0.0/10", "carrier network"),
        ("169.254.0.0/16", "link-local"),
        ("168.63.129.16/32", "cloud metadata"),
        ("192.0.0.0/24", "protocol assignment"),
        ("192.0.2.0/24", "documentation"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("198.18.0.0/15", "benchmarking"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    ]
]
_V6: Final = [
    (ipaddress.IPv6Network(block), name)
    for block, name in [
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("fd00:ec2::/32", "cloud metadata"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "protocol assignment"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    ]
]
_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")

# What an operator means by a private network. Link-local and metadata addresses are never a newsroom.
_PRIVATE: Final = frozenset({"loopback", "private", "carrier network", "site-local"})

_INWARD: Final = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "168.63.129.16",
    "0.0.0.0",  # noqa: S104 - judged, not listened on
    "224.0.0.1",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
]
_OUTWARD: Final = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]


@lru_cache(maxsize=4096)
def refusal(address: str, *, allow_private: bool = False) -> str:
    """Why a numeric address may not be connected to (its class); empty where it may."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "not a numeric address"
    kind = _kind(ip)
    return "" if allow_private and kind in _PRIVATE else kind


def is_numeric(host: str) -> bool:
    """Whether a host is an address already, so that nothing has to be looked up."""
    return ":" in host or host.replace(".", "").isdigit()


def first_refusal(addresses: Sequence[str], *, allow_private: bool = False) -> str:
    """The class of the first address that is refused: one bad answer condemns the whole name."""
    return next((why for a in addresses if (why := refusal(a, allow_private=allow_private))), "")


def same(connected: str, checked: str) -> bool:
    """Whether the peer of a socket is the address that was judged."""
    if connected == checked:
        return True
    try:
        return ipaddress.ip_address(connected) == ipaddress.ip_address(checked)
    except ValueError:
        return False


def self_test() -> list[str]:
    """Sample addresses that this guard judges wrongly on this Python; empty when all is well.

    Costs well under a millisecond; meant for start-up and for the doctor.
    """
    wrong = [f"{address} is let through" for address in _INWARD if not refusal(address)]
    return wrong + [f"{address} is refused" for address in _OUTWARD if refusal(address)]


def _kind(ip: IP) -> str:
    """The class of an address that is not public; empty for a public one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return _listed(ip, _V4) or ("" if ip.is_global else "not public")
    if ip.scope_id is not None:
        return "link-local"
    if ip in _MAPPED:
        return _kind(_last_four(ip))
    if ip in _NAT64:
        # A network without IPv4 shows every public server like this, so it is judged by what it carries.
        return _carried(_kind(_last_four(ip)))
    return _listed(ip, _V6) or ("" if ip in _UNICAST and ip.is_global else "not public")


def _carried(kind: str) -> str:
    return f"NAT64 of {kind}" if kind else ""


def _listed(ip: IP, table: Sequence[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str]]) -> str:
    return next((name for block, name in table if ip in block), "")


def _last_four(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(ip.packed[-4:])
