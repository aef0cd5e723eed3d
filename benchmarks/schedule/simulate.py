"""A month of polls by a rule, and what it comes to. The clock is a number that the simulation moves on."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.schedule.rules import Poll, Rule
from benchmarks.schedule.sources import END, START, Newsroom


@dataclass
class Outcome:
    """Requests spent, and of each release how long it waited."""

    requests: int = 0
    missed: int = 0
    delays: list[float] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        self.requests += other.requests
        self.missed += other.missed
        self.delays += other.delays

    def quantile(self, part: float) -> float:
        """Seconds; 0 where nothing was published."""
        ordered = sorted(self.delays)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    @property
    def mean(self) -> float:
        return sum(self.delays) / len(self.delays) if self.delays else 0.0


def one(room: Newsroom, rule: Rule) -> Outcome:
    """A month of one source. The first poll comes within the first hour, as after an installation."""
    start, end = START.timestamp(), END.timestamp()
    now = start + Random(room.id).random() * 3600
    outcome, seen = Outcome(), room.listed(now)[0]  # what had scrolled by before is nobody's loss
    while now < end:
        first, last = room.listed(now)
        outcome.requests += 1
        outcome.missed += max(0, first - seen)
        fresh = room.times[max(first, seen) : last]
        outcome.delays += [now - t for t in fresh if t >= start]
        seen = last
        now = max(rule.polled(Poll(now, room.times[first:last], fresh)), now + 1)
    return outcome
