"""Virtual environments outside the repository for what we are measured against: rivals are no dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def environment(*requirements: str) -> Path:
    """The Python of an environment that holds these; kept in the cache folder for the next run.

    The first requirement is the rival, with its version. Raises CalledProcessError where it cannot be installed.
    """
    home = _home(requirements[0])
    python = home / "bin" / "python"
    if not is_ready(requirements[0]):
        print(f"Installing {requirements[0]} into {home}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *requirements], check=True)
        (home / "complete").touch()
    return python


def is_ready(rival: str) -> bool:
    """Whether an earlier run has installed the rival to the end."""
    return (_home(rival) / "complete").exists()


def _home(rival: str) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path(tempfile.gettempdir()))
    return cache / f"aggregator-benchmark-{rival.replace('==', '-')}"
