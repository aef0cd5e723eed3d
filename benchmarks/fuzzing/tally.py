"""A run over many inputs: what one process sees, and the sum of what all saw."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.fuzzing import inputs, trial

CLOSELY = 100
"""One input in so many is pickled and read again."""
_WARM = 300
"""Inputs after which the memory that grows is no longer that of loaded data."""
_KEPT = 5
"""Failing inputs of one kind that are kept, per process."""


@dataclass
class Tally:
    """What one process saw."""

    inputs: int = 0
    seconds: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, int, int]] = field(default_factory=list)
    """``(seconds, number, characters)`` of the slowest inputs."""
    needed: int = 0
    """Most bytes that a single large input needed."""
    grown: int = 0
    """Bytes by which the peak of the process grew over the run."""

    def add(self, number: int, size: int, found: trial.Trial) -> None:
        self.inputs += 1
        self.failures.update(found.failures)
        self.slowest = sorted([*self.slowest, (found.seconds, number, size)], reverse=True)[:5]
        self.needed = max(self.needed, found.needed)


def work(chosen: argparse.Namespace, part: int) -> Tally:
    """Every P-th input, beginning with `part`."""
    tally, start, warm = Tally(), time.monotonic(), 0
    for number in range(chosen.first + part, chosen.first + chosen.inputs, chosen.processes):
        draft = inputs.draft(chosen.seed, number)
        found = trial.run(draft, closely=number % CLOSELY == 0)
        tally.add(number, len(draft.content), found)
        for failure in found.failures:
            print(f"number {number}: {failure}", file=sys.stderr, flush=True)
            if chosen.failures and tally.failures[failure] <= _KEPT:
                _keep(chosen.failures, number, failure, trial.minimised(draft, failure))
        if tally.inputs == _WARM:
            warm = _peak()
        if time.monotonic() - start > chosen.seconds:
            break
    tally.seconds = time.monotonic() - start
    tally.grown = _peak() - warm if warm else 0
    return tally


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _keep(folder: Path, number: int, failure: str, draft: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(c if c.isalnum() else "-" for c in failure)[:60]
    text = json.dumps({"failure": failure, "number": number, "draft": asdict(draft)}, default=str, indent=1)  # type: ignore[call-overload]
    (folder / f"{name}.{number}.json").write_text(text, "utf-8")


def report(tallies: list[Tally]) -> int:
    """Print the sum of all processes; returns the exit code."""
    count, seconds = sum(t.inputs for t in tallies), max(t.seconds for t in tallies)
    failures: Counter[str] = sum((t.failures for t in tallies), Counter())
    print(f"{count} inputs in {seconds:.0f} s, {count / max(seconds, 0.001):.0f} a second")
    print(f"memory: grew by {max(t.grown for t in tallies) / 1e6:.0f} MB;"
          f" a single input needed at most {max(t.needed for t in tallies) / 1e6:.0f} MB")  # fmt: skip
    for took, number, size in sorted((s for t in tallies for s in t.slowest), reverse=True)[:5]:
        print(f"slow: {took * 1000:7.0f} ms  number {number}, {size} characters")
    for failure, times in failures.most_common():
        print(f"FAILED {times:6}  {failure}")
    return 1 if failures else 0
