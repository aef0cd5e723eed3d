"""The configuration as it is shipped: tests hold that one to its promises, not an operator's own.

Where `config/` differs from what is committed, the committed one is tested.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def shipped() -> Path:
    """A folder with the shipped configuration."""
    own = ROOT / "config"
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return own
    changed = subprocess.run(
        ["git", "status", "--porcelain", "--", "config"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if changed.returncode or not changed.stdout.strip():
        return own
    archive = subprocess.run(["git", "archive", "HEAD", "config"], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        return own  # nothing is committed yet
    folder = Path(tempfile.mkdtemp(prefix="aggregator-config-"))
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder / "config"
