"""Which wire an address belongs to, and so which adapter reads it. Pure; no adapter itself."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit


@cache
def table(name: str) -> dict[str, Any]:
    """One table of ``wires.toml``."""
    found: dict[str, Any] = tomllib.loads((resources.files(__package__) / "wires.toml").read_text("utf-8"))[
        name
    ]
    return found


def names() -> frozenset[str]:
    """The adapters that read wires. Their sources have the role ``wire`` where they state none."""
    return frozenset(table("hosts"))


def for_address(url: str) -> str:
    """The adapter of the wire that serves an address; empty where no wire does.

    By the host alone: a wire's feeds, pages and interfaces are all read by its adapter.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return _hosts().get(_registered(host), "") if host else ""


def _registered(host: str) -> str:
    """The longest end of a host that is a wire's."""
    labels = host.split(".")
    ends = (".".join(labels[i:]) for i in range(len(labels)))
    return next((end for end in ends if end in _hosts()), "")


@cache
def _hosts() -> dict[str, str]:
    return {host: name for name, hosts in table("hosts").items() for host in hosts}
