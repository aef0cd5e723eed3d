"""The command line as its users meet it: real processes over a temporary folder."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

TEXT = """Neue Halle eröffnet

Beispielstadt, 02.11.2026

Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau der Halle kostete 12,5 Millionen Euro und
dauerte vierzehn Monate. Rund 140 Menschen arbeiten dort im Zweischichtbetrieb.

In der Halle entstehen künftig Bauteile aus Aluminium für Windräder und Brücken, berichtete das Unternehmen am Montag.
Bis zum Jahr 2028 will es die Zahl der Beschäftigten am Standort auf 200 erhöhen und zwei weitere Fertigungslinien
aufstellen. Die Stadt hat dafür eine Fläche von 3,2 Hektar im Gewerbegebiet Nord freigehalten, die im kommenden Frühjahr
erschlossen wird. Den Strom liefert zu einem guten Teil eine Anlage auf dem Dach der neuen Halle.

Über die Musterwerke GmbH
Die Musterwerke GmbH stellt seit 1950 Bauteile her.
"""


def environment() -> dict[str, str]:
    """Ours, without settings of the program's own."""
    return {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}


class Shell:
    """Runs `aggregator` in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "config").mkdir()

    def __call__(self, *args: str | bytes, code: int = 0, given: str = "") -> str:
        """Standard output; `self.err` holds the messages."""
        done = subprocess.run(
            [sys.executable, "-m", "aggregator", *args],
            cwd=self.folder, capture_output=True, text=True, input=given, env=environment(), timeout=60, check=False,
        )  # fmt: skip
        self.err = done.stderr
        assert done.returncode == code, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done.stdout

    def script(self, line: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """A line for bash in which ``$A`` is the program; its exit code is that of the first part of a pipe."""
        program = shlex.join([sys.executable, "-m", "aggregator"])
        return subprocess.run(
            ["bash", "-c", f"A={shlex.quote(program)}\n{line}\nexit ${{PIPESTATUS[0]}}"],
            cwd=self.folder, capture_output=True, env=environment() | variables, timeout=60, check=False,
        )  # fmt: skip

    def records(self, *args: str, code: int = 0) -> list[dict[str, object]]:
        return [json.loads(line) for line in self(*args, code=code).splitlines()]

    def config(self, name: str, text: str) -> None:
        (self.folder / "config" / name).write_text(text, "utf-8")
