"""The command line answers at once: nothing heavy is loaded for a help text."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "httpx",
    "feedgen",
    "sqlite_utils",
    "lxml",
    "feedparser",
    "nh3",
    "starlette",
    "uvicorn",
    "apscheduler",
    "tomlkit",
)


def _loaded(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_loads_nothing_heavy() -> None:
    """Neither the program nor the modules of its commands."""
    modules = (
        "import aggregator.cli, importlib\n"
        "for m, _ in aggregator.cli.COMMANDS.values(): importlib.import_module('aggregator.cli.' + m)"
    )
    assert _loaded(modules) == set()


@pytest.mark.parametrize(
    "heavy", ["lxml", "feedparser", "nh3", "feedgen", "starlette", "apscheduler", "tomlkit"]
)
def test_a_poll_without_news_never_loads_what_reading_needs(heavy: str) -> None:
    """Reading happens in the workers, rendering when something changed."""
    assert heavy not in _loaded("import aggregator.ingest, aggregator.workers")
