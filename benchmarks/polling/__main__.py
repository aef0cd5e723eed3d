"""Polling 500 newsrooms: this project beside lemon24/reader, in one run on one machine.

    ./run bench polling [--feeds N] [--runs K] [--no-reader] [--reader-workers W]

Three phases, each a whole process from start to exit: the first poll (20 new items a feed), a second
one with nothing new (every answer is a 304), a third with one new item a feed. Every feed has a
loopback host of its own. Trust the ratios, not the seconds: they hold on one machine in one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.polling import server
from benchmarks.polling.contenders import ROOT, Aggregator, Contender, Reader
from benchmarks.polling.measure import Cost

# What a phase is called, which edition of the feeds it sees, and how it must be answered.
PHASES = (("first", "first", "200"), ("unchanged", "first", "304"), ("one new each", "next", "200"))
Costs = dict[str, Cost]


@dataclass
class Newsrooms:
    """The server process, as seen from here."""

    process: subprocess.Popen[str]
    port: int

    def show(self, edition: str) -> dict[str, int]:
        """Switch the edition; returns how many answers of each status went out before."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{edition}\n")
        self.process.stdin.flush()
        sent: dict[str, int] = json.loads(self.process.stdout.readline())["sent"]
        return sent


@contextmanager
def newsrooms(feeds: int) -> Iterator[Newsrooms]:
    command = [sys.executable, "-m", "benchmarks.polling.server", str(feeds)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        try:
            yield Newsrooms(process, int(process.stdout.readline()))
        finally:
            process.terminate()


def one_run(contender: Contender, rooms: Newsrooms, feeds: int, folder: Path) -> Costs:
    """All phases of one contender on new data."""
    folder.mkdir(parents=True)
    contender.prepare(folder, [f"http://{server.host(n)}:{rooms.port}/feed.xml" for n in range(feeds)])
    costs = {}
    for phase, edition, expected in PHASES:
        rooms.show(edition)
        costs[phase] = contender.poll()
        sent = rooms.show(edition)
        answers = ", ".join(f"{count} x {status}" for status, count in sorted(sent.items()))
        print(f"{contender.name:<11}{phase:<14}{figures(costs[phase])}   {answers};"
              f" {contender.count()} in the store", flush=True)  # fmt: skip
        if sent.get(expected) != feeds:
            raise RuntimeError(f"{contender.name}: expected {feeds} answers {expected}, see {folder}")
    return costs


def figures(cost: Cost) -> str:
    return f"{cost.wall:8.2f} s wall {cost.cpu:8.2f} s CPU {cost.peak / 1e6:7.0f} MB"


def summary(ours: list[Costs], theirs: list[Costs]) -> None:
    """Medians over the runs, and how many times faster ours is than reader."""
    for phase, _, _ in PHASES:
        mine, other = middle([run[phase] for run in ours]), middle([run[phase] for run in theirs])
        print(f"{phase:<14}{other.wall / mine.wall:6.2f}x wall {other.cpu / mine.cpu:6.2f}x CPU "
              f"{mine.peak / other.peak:6.2f}x memory (ours of reader's)")  # fmt: skip


def middle(costs: list[Cost]) -> Cost:
    return Cost(
        median(c.wall for c in costs), median(c.cpu for c in costs), int(median(c.peak for c in costs))
    )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench polling", description=__doc__.splitlines()[0])
    parser.add_argument("--feeds", type=int, default=500, help="how many (default 500)")
    parser.add_argument("--runs", type=int, default=1, help="how often; ratios are of the medians")
    parser.add_argument("--no-reader", action="store_true", help="only this project")
    parser.add_argument("--reader-workers", type=int, default=8, help="threads of reader (default 8)")
    parser.add_argument("--only-reader", action="store_true", help="only the rival")
    return parser.parse_args()


def main() -> None:
    chosen = options()
    contenders: list[Contender] = [] if chosen.only_reader else [Aggregator()]
    if not chosen.no_reader:
        contenders.append(Reader(chosen.reader_workers))
    costs: dict[str, list[Costs]] = {contender.name: [] for contender in contenders}
    scratch = Path(tempfile.mkdtemp(prefix="aggregator-polling-"))
    print(f"{chosen.feeds} feeds of 20 items; logs and data in {scratch}", flush=True)
    with newsrooms(chosen.feeds) as rooms:
        for run in range(chosen.runs):
            for contender in contenders:
                folder = scratch / f"{run}-{contender.name}"
                costs[contender.name].append(one_run(contender, rooms, chosen.feeds, folder))
    if len(contenders) == 2:
        print(f"\nreader's cost divided by ours, medians of {chosen.runs}:")
        summary(costs["aggregator"], costs["reader"])


if __name__ == "__main__":
    main()
