"""Broken texts and pages by the million through `reading.parse`.

    ./run bench fuzzing [--inputs N] [--seed S] [--seconds T] [--processes P] [--failures FOLDER] [--number N]

Nothing may raise, take more than 2 s of processor time or 200 MB, or let anything through that may not be
published; see `invariants.py`. A failing input is made smaller and written to FOLDER with its number; the run
goes on. The exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.fuzzing import inputs, trial
from benchmarks.fuzzing.tally import report, work


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench fuzzing", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=20_000, metavar="N", help="how many (default 20000)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another seed, other inputs (default 1)"
    )
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this number")
    parser.add_argument("--seconds", type=float, default=1e9, metavar="T", help="end after so long")
    parser.add_argument("--processes", type=int, default=1, metavar="P", help="default 1")
    parser.add_argument("--failures", type=Path, metavar="FOLDER", help="write what fails there")
    parser.add_argument("--number", type=int, metavar="N", help="only this input, and print what it is")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    chosen = options(arguments)
    if chosen.number is not None:
        draft = inputs.draft(chosen.seed, chosen.number)
        print(json.dumps(asdict(draft), default=str, indent=1))
        print(trial.run(draft, closely=True))
        return 0
    if chosen.processes == 1:
        return report([work(chosen, 0)])
    with multiprocessing.get_context("spawn").Pool(chosen.processes) as pool:
        return report(pool.starmap(work, [(chosen, part) for part in range(chosen.processes)]))


if __name__ == "__main__":
    sys.exit(main())
