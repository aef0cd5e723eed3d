"""How adapters are found."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aggregator import adapters
from aggregator.errors import ReadError


def test_the_adapters_are_named() -> None:
    """Feeds and texts; modules that help them are no adapters."""
    assert {"feed", "text"} <= set(adapters.names())
    assert not {"gate", "links", "dates", "fastfeed", "discovery"} & set(adapters.names())


@pytest.mark.parametrize("name", adapters.names())
def test_every_named_adapter_loads(name: str) -> None:
    """Each name leads to a module with `read`."""
    assert callable(adapters.load(name))


@pytest.mark.parametrize("name", ["feeds", "", "../feed", "gate", "os"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    """A typing error names what could have been meant; no other module is ever imported."""
    with pytest.raises(ReadError) as refused:
        adapters.load(name)
    assert refused.value.reason == "unknown_reader"
    assert "feed, " in refused.value.detail


def test_importing_the_package_loads_no_parser() -> None:
    """`--help` does not wait for feedparser or lxml; loading the feed adapter does not need feedparser."""
    code = (
        "import sys, aggregator.adapters as a; assert not {'feedparser', 'lxml'} & set(sys.modules);"
        "a.load('feed'); a.load('text'); assert 'feedparser' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
