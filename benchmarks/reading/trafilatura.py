"""The rival as seen from here: a child process in a scratch environment, asked one page at a time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import scratch
from benchmarks.reading.ours import Reading
from benchmarks.reading.pages import Page

NAME = "trafilatura 2.3.1"
# Its justext asks for lxml[html_clean], an extra that the pip of Python 3.11.7 and 3.12.1 misses.
REQUIREMENTS = ["trafilatura==2.3.1", "lxml-html-clean"]
WAYS = ("extract + extract_metadata", "both at once", "extract")
"""How it can be asked, as `rival.py` names them; the first is the one that the ratio is against."""


@dataclass(frozen=True)
class Trafilatura:
    process: subprocess.Popen[str]

    def read(self, page: Page) -> tuple[Reading, dict[str, float]]:
        """Its reading of an HTML page, and the processor time of each way in seconds."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"html": page.content, "url": page.url}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"trafilatura ended at {page.id}, with {self.process.wait()}")
        answer = json.loads(line)
        return Reading(answer["text"], answer["title"], answer["date"]), answer["seconds"]


@contextmanager
def trafilatura() -> Iterator[Trafilatura]:
    """The running child. Raises CalledProcessError where it cannot be installed."""
    # -I: neither this folder nor our PYTHONPATH may lend it a module.
    command: list[str | Path] = [
        scratch.environment(*REQUIREMENTS),
        "-I",
        Path(__file__).with_name("rival.py"),
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        try:
            yield Trafilatura(process)
        finally:
            process.terminate()
