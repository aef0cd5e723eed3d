"""A month of 200 newsrooms: when our rhythm polls them, beside a fixed interval, CommaFeed's and Miniflux' rules.

    ./run bench schedule [--seed N] [--seeds K] [--kinds] [--no-house]

For each rule: requests spent, releases that scrolled by unseen, and how long a release waits until it is
read (median, 90 of 100, mean; in minutes). `even` is a fixed interval that costs as many requests as ours.
The clock is simulated; the rhythm is the one that the service uses. At the end three days of twenty of
the sources go the real way, through adapter, reading, store and settling.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.schedule.house import House
from benchmarks.schedule.rules import CommaFeed, Fixed, Miniflux, Ours, Rule
from benchmarks.schedule.simulate import Outcome, one
from benchmarks.schedule.sources import DAYS, KINDS, Newsroom, newsrooms

GROUPS = {
    "newsrooms": ("office", "us", "quarterly", "weekend", "holiday", "dead"),
    "police": ("police",),
    "hourly": ("hourly",),
    "wires": ("wire",),
}
Outcomes = dict[str, Outcome]


def _fixed(seconds: float, _: Newsroom) -> Rule:
    return Fixed(seconds)


def _comma_feed(_: Newsroom) -> Rule:
    return CommaFeed()


def _miniflux(_: Newsroom) -> Rule:
    return Miniflux()


def _one(rule: Callable[[Newsroom], Rule], room: Newsroom) -> Outcome:
    return one(room, rule(room))


class Month:
    """The same month for every rule."""

    def __init__(self, rooms: list[Newsroom]) -> None:
        self.rooms = rooms
        # The busiest first, so that no process is left with them at the end.
        self._ordered = sorted(rooms, key=lambda r: -len(r.times))

    def run(self, rule: Callable[[Newsroom], Rule]) -> Outcomes:
        """Outcomes by kind of source."""
        found: Outcomes = defaultdict(Outcome)
        with multiprocessing.get_context("fork").Pool(min(os.cpu_count() or 1, 4)) as pool:
            done = pool.map(partial(_one, rule), self._ordered, chunksize=1)
        for room, outcome in zip(self._ordered, done, strict=True):
            found[room.kind].add(outcome)
        return found


def merged(outcomes: Outcomes, kinds: Iterable[str]) -> Outcome:
    whole = Outcome()
    for kind in kinds:
        whole.add(outcomes[kind])
    return whole


def row(name: str, outcome: Outcome) -> str:
    delays = "".join(
        f"{seconds / 60:9.1f}" for seconds in (outcome.quantile(0.5), outcome.quantile(0.9), outcome.mean)
    )
    return f"{name:<14}{outcome.requests:>10}{outcome.missed:>9}{len(outcome.delays):>9}{delays}"


def table(found: dict[str, Outcomes], groups: dict[str, tuple[str, ...]]) -> None:
    for group, kinds in groups.items():
        print(f"\n{group:<14}  requests   missed     read   median      p90     mean")
        for name, outcomes in found.items():
            print(row(name, merged(outcomes, kinds)))


def ratios(found: dict[str, Outcomes], kinds: tuple[str, ...]) -> None:
    ours = merged(found["ours"], kinds)
    for name, outcomes in found.items():
        if name != "ours":
            other = merged(outcomes, kinds)
            cost, middle = other.requests / ours.requests, other.quantile(0.5) / ours.quantile(0.5)
            mean = other.mean / ours.mean
            print(
                f"newsrooms, {name}: {cost:.2f} of our requests, {middle:.1f} of our median, {mean:.1f} of our mean"
            )


def month(seed: int, by_kind: bool) -> None:
    started = time.monotonic()
    rooms = newsrooms(seed)
    run = Month(rooms).run
    found = {"ours": run(Ours), "fixed 60 min": run(partial(_fixed, 3600.0))}
    newsroom = GROUPS["newsrooms"]
    number = sum(room.kind in newsroom for room in rooms)
    even = number * DAYS * 86400 / merged(found["ours"], newsroom).requests
    found |= {
        f"even {even / 60:.0f} min": run(partial(_fixed, even)),
        "CommaFeed": run(_comma_feed),
        "Miniflux": run(_miniflux),
    }
    unavoidable = sum(one(room, Fixed(60.0)).missed for room in rooms if room.kind == "wire")
    print(f"seed {seed}: {len(rooms)} sources, {DAYS} days; missed even by a poll a minute: {unavoidable}")
    every = {kind: (kind,) for kind, _, _ in KINDS} if by_kind else {}
    table(found, {**GROUPS, "all": tuple(kind for kind, _, _ in KINDS), **every})
    print()
    ratios(found, newsroom)
    print(f"{time.monotonic() - started:.0f} s")


def house(seed: int) -> None:
    """Twenty sources on the real way, and the same in the simulation."""
    some = {
        "office": 8,
        "us": 2,
        "police": 3,
        "quarterly": 2,
        "weekend": 1,
        "dead": 2,
        "hourly": 1,
        "wire": 1,
    }
    rooms = newsrooms(seed, tuple((kind, some[kind], make) for kind, _, make in KINDS if kind in some))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aggregator-schedule-") as folder:
        outcome = House(Path(folder), rooms).run(days=3)
    print(
        f"\nreal way       requests   missed     read   median      p90     mean\n{row('20, 3 days', outcome)}"
    )
    print(f"{time.monotonic() - started:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench schedule", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="which month (default 1)")
    parser.add_argument(
        "--seeds", type=int, default=1, help="how many months, with this and the following seeds"
    )
    parser.add_argument("--kinds", action="store_true", help="also a table for each kind of source")
    parser.add_argument("--no-house", action="store_true", help="only the simulation")
    chosen = parser.parse_args()
    for seed in range(chosen.seed, chosen.seed + chosen.seeds):
        month(seed, chosen.kinds)
    if not chosen.no_house:
        house(chosen.seed)


if __name__ == "__main__":
    main()
