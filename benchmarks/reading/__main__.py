"""Reading pages: this project beside trafilatura 2.3.1, in one run on one machine.

    ./run bench reading [FOLDER...] [--worst N] [--show ID] [--json FILE] [--texts FOLDER|none]
                        [--rounds K] [--part tuning|held-back] [--no-trafilatura]

FOLDER holds pages with expected text in one of the layouts of `benchmarks/reading/pages.py`; without one,
the golden pages of the tests and the corpus `../shared/corpora/html/wcxb-dev` are read, where they are there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path

from benchmarks.reading import report
from benchmarks.reading.measure import Result, compare, texts_per_second
from benchmarks.reading.ours import readable
from benchmarks.reading.pages import Page, UnreadableError, load
from benchmarks.reading.trafilatura import trafilatura

ROOT = Path(__file__).resolve().parents[2]
GOLDEN, TEXTS = ROOT / "tests" / "golden" / "pages", ROOT / "tests" / "golden" / "reading"
SHARED = Path(os.environ.get("AGGREGATOR_SHARED", ROOT.parent / "shared"))
USUAL = (GOLDEN, SHARED / "corpora" / "html" / "wcxb-dev")
PARTS = ("tuning", "held-back")
TARGET = 1000
"""Plain texts that one core shall read in a second."""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="list so many pages, the worst first"
    )
    parser.add_argument("--show", metavar="ID", help="one page in full: blocks with rules, both texts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there")
    parser.add_argument(
        "--texts", default=str(TEXTS), metavar="FOLDER", help="plain texts for speed, or none"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="K", help="passes over all pages (default 3)"
    )
    parser.add_argument("--part", choices=PARTS, help="two thirds to make rules on, or the third held back")
    parser.add_argument("--no-trafilatura", action="store_true", help="only this project")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = options(arguments)
    try:
        folders = gathered(chosen.folders, chosen.part)
        if chosen.show:
            folders = {"": [named(folders, chosen.show)]}
        texts = [] if chosen.show or chosen.texts == "none" else plain_texts(Path(chosen.texts))
        with nullcontext() if chosen.no_trafilatura else trafilatura() as rival:
            found = {place: compare(pages, rival, chosen.rounds) for place, pages in folders.items()}
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"trafilatura could not be installed ({error}); --no-trafilatura goes without", file=sys.stderr)
        return 2
    results = [result for members in found.values() for result in members]
    if chosen.show:
        print(report.show(results[0], shutil.get_terminal_size((150, 40)).columns))
        return 0
    rate = texts_per_second(texts) if texts else None
    print_all(found, results, chosen, texts, rate)
    if chosen.json:
        numbers = report.as_json(results, chosen.rounds, rate)
        chosen.json.write_text(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def print_all(
    found: dict[str, list[Result]], results: list[Result], chosen: argparse.Namespace, texts: list[Page],
    rate: float | None,
) -> None:  # fmt: skip
    print(report.MEASURES)
    for place, members in found.items():
        print(f"\n{place}\n{report.table(members)}")
    if len(found) > 1:
        print(f"\nall folders\n{report.table(results).splitlines()[0]}")
        print("\n".join(row for row in report.table(results).splitlines() if row.startswith("all ")))
    print(f"\n{report.speed(results, chosen.rounds)}")
    if rate:
        size = sum(len(page.content) for page in texts) / len(texts)
        print(f"plain texts of {size:.0f} characters on average: {rate:.0f} texts/s (to reach: {TARGET:,})")
    if chosen.worst:
        print(f"\n{report.worst(results, chosen.worst)}")


def gathered(given: list[Path], part: str | None = None) -> dict[str, list[Page]]:
    """The pages by folder. Raises UnreadableError where one that was asked for is absent, or nothing is left."""
    found = {}
    for place in given or USUAL:
        try:
            pages = load(place)
        except UnreadableError as error:
            if given:
                raise
            print(f"left out: {error}", file=sys.stderr)
            continue
        for form, count in Counter(page.form for page in pages if not readable(page.form)).items():
            print(f"left out: {count} .{form} in {place}: there is no adapter for them", file=sys.stderr)
        pages = [page for page in pages if readable(page.form) and part in (None, part_of(page))]
        if pages:
            found[str(place)] = pages
    if not found:
        raise UnreadableError("There are no pages to read: name a folder.")
    return found


def part_of(page: Page) -> str:
    """Drawn by the page's name, so that it stays where it is when pages are added or a folder is moved."""
    return PARTS[sha256(page.id.rpartition("/")[2].encode()).digest()[0] % 3 == 0]


def named(folders: dict[str, list[Page]], name: str) -> Page:
    """The page of that id; the folder's name before it may be left out where no other page has it."""
    every = [page for pages in folders.values() for page in pages]
    found = [p for p in every if p.id == name] or [p for p in every if p.id.endswith(f"/{name}")]
    if len(found) != 1:
        others = ", ".join(p.id for p in found or every[:5])
        raise UnreadableError(f"{len(found)} pages are called {name!r}; there are: {others}")
    return found[0]


def plain_texts(place: Path) -> list[Page]:
    """The ``.txt`` files of a folder, without expectations."""
    texts = [Page(p.stem, "txt", "", p.read_text("utf-8", "replace")) for p in sorted(place.glob("*.txt"))]
    if not texts:
        raise UnreadableError(f"{place} holds no .txt files; `--texts none` goes without")
    return texts


if __name__ == "__main__":
    raise SystemExit(main())
