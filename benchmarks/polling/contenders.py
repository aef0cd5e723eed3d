"""The two that are measured, behind one shape: prepare, poll (measured), count."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from benchmarks import scratch
from benchmarks.polling.measure import Cost, measured

ROOT = Path(__file__).resolve().parents[2]
RIVAL = ["reader==3.26", "sgmllib3k"]  # reader 3.26 forgets to ask for the second


class Contender(Protocol):
    name: str

    def prepare(self, folder: Path, urls: list[str]) -> None: ...
    def poll(self) -> Cost: ...
    def count(self) -> int: ...


class Aggregator:
    """This project through its command line, with its starter companies and topics."""

    name = "aggregator"

    def prepare(self, folder: Path, urls: list[str]) -> None:
        self.log = folder / "aggregator.log"
        self.folders = {name: folder / name for name in ("config", "data", "feeds")}
        for path in self.folders.values():
            path.mkdir(parents=True)
        for starter in (ROOT / "config").glob("*.toml"):
            shutil.copy(starter, self.folders["config"])
        blocks = (
            f'[[source]]\nid = "newsroom-{n}"\nadapter = "feed"\nurl = "{url}"\nallow_private = true\n'
            for n, url in enumerate(urls)
        )
        (self.folders["config"] / "sources.toml").write_text("\n".join(blocks), encoding="utf-8")

    def command(self, *arguments: str) -> list[str | Path]:
        options = [part for name, path in self.folders.items() for part in (f"--{name}", path)]
        start = "import sys; from aggregator.cli import main; sys.exit(main())"
        return [sys.executable, "-c", start, *options, *arguments]

    def poll(self) -> Cost:
        return measured(self.command("poll", "--all"), self.log)

    def count(self) -> int:
        exported = subprocess.run(
            self.command("releases", "export", "--jsonl"), capture_output=True, check=True, cwd=ROOT
        )
        return exported.stdout.count(b"\n")


class Reader:
    """lemon24/reader, in a scratch environment outside the repository, made on first use."""

    name = "reader"

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.python = scratch.environment(*RIVAL)

    def prepare(self, folder: Path, urls: list[str]) -> None:
        self.log, self.database = folder / "reader.log", folder / "reader.sqlite"
        listing = folder / "urls.txt"
        listing.write_text("\n".join(urls), encoding="utf-8")
        subprocess.run(self.command("add", listing), check=True)

    def command(self, action: str, *rest: str | Path) -> list[str | Path]:
        return [self.python, Path(__file__).with_name("rival.py"), action, self.database, *rest]

    def poll(self) -> Cost:
        return measured(self.command("poll", str(self.workers)), self.log)

    def count(self) -> int:
        return int(subprocess.run(self.command("count"), capture_output=True, check=True).stdout)
