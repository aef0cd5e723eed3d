"""A running `aggregator run` for tests: a real process, its screen, and commands beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

TEXT = """{title}

Beispielstadt, 02.11.2026

Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau der Halle kostete 12,5 Millionen Euro.

Über die Musterwerke GmbH
Die Musterwerke GmbH stellt seit 1950 Bauteile her.
"""


class Service:
    """One running `aggregator run`, with its screen in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.screen = folder / f"screen-{time.monotonic_ns()}.txt"
        self.address = ""
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
        command = [sys.executable, "-m", "aggregator", "run", "--port", "0"]
        with self.screen.open("ab") as screen:
            return subprocess.Popen(command, cwd=self.folder, stderr=screen, env=environment)

    def ready(self) -> None:
        """Wait until it serves."""
        self.address = self.wait(self._address)

    def wait(self, look: Callable[[], object]) -> str:
        """What `look` gives as soon as it gives something."""
        end = time.monotonic() + 40
        while time.monotonic() < end:
            found = look()
            if found:
                return str(found)
            time.sleep(0.1)
        raise AssertionError(f"nothing came of it; the screen says:\n{self.screen.read_text('utf-8')}")

    def _address(self) -> str:
        lines = self.screen.read_text("utf-8").splitlines() if self.screen.exists() else []
        return next((line.split(" at ")[1].split()[0] for line in lines if " at http" in line), "")

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address.rstrip("/") + path, trust_env=False)

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(15)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same folders, ended."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
        return subprocess.run([sys.executable, "-m", "aggregator", *words], cwd=self.folder, env=environment,
                              capture_output=True, text=True, timeout=90, check=False)  # fmt: skip


def descendants(pid: int) -> list[int]:
    """The processes below a process, as Linux tells them."""
    children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    return [d for child in children for d in (child, *descendants(child))]


def drop(path: Path, title: str, age: float = 0.0) -> None:
    path.write_text(TEXT.format(title=title), "utf-8")
    then = time.time() - age
    os.utime(path, (then, then))
