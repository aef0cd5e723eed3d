"""Score matching on labelled pairs.

    python -m benchmarks.matching PAIRS.tsv TEXTS.jsonl     your own pairs
    python -m benchmarks.matching --generated [ROUNDS]      invented hard pairs
    python -m benchmarks.matching --trade [ROUNDS]          invented pairs in the manner of trade press

PAIRS.tsv: ``id_a  id_b  same|different|update|correction|translation  [kind]``, tab-separated; a line
that begins with ``#`` is a remark; what cannot be scored is named with its line.
TEXTS.jsonl: ``{"id","url","title","text","published","source","company"}`` a line; all but ``id`` and
``text`` may be missing. Texts that reading refuses are reported, and their pairs count as kept apart,
because such texts are never published.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from aggregator import adapters, preparing
from aggregator.companies import Gazetteer
from aggregator.model import Document, Draft, Evidence, Prepared, Refusal, Source, Verdict
from aggregator.topics import Rulebook
from benchmarks.matching import trade
from benchmarks.matching.cases import Pair, generate
from benchmarks.matching.score import Outcome, against, report

LABELS = frozenset({"same", "different", "update", "correction", "translation"})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="?", type=Path)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--generated", nargs="?", type=int, const=1, metavar="ROUNDS")
    parser.add_argument("--trade", nargs="?", type=int, const=13, metavar="ROUNDS")
    parser.add_argument("--worst", type=int, default=20, help="how many mistakes are shown")
    given = parser.parse_args()
    if given.generated:
        outcomes = list(generated(given.generated))
        print(report([o for o in outcomes if not o.held_back], given.worst))
        print("\nkinds held back while the rules were made:")
        print(report([o for o in outcomes if o.held_back], given.worst))
        return 0
    if given.trade:
        print(report([decided(pair) for pair in trade.pairs(rounds=given.trade)], given.worst))
        return 0
    if not (given.pairs and given.texts):
        parser.error("give PAIRS.tsv and TEXTS.jsonl, or --generated")
    try:
        outcomes = list(labelled(given.pairs, given.texts))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    if not outcomes:
        print("no pair could be scored", file=sys.stderr)
        return 1
    print(report(outcomes, given.worst))
    return 0


def generated(rounds: int) -> Iterator[Outcome]:
    """The invented pairs and what is decided on them."""
    return map(decided, generate(rounds=rounds))


def decided(pair: Pair) -> Outcome:
    """What is decided on an invented pair."""
    verdict = against(pair.b.prepared(), pair.a.prepared())
    return Outcome(f"{pair.a.id} / {pair.b.id}", pair.kind, pair.truth, verdict, pair.held_back)


def labelled(pairs: Path, texts: Path) -> Iterator[Outcome]:
    """The operator's own pairs, through the same reading and labelling as in a poll."""
    started = time.perf_counter()
    known = read_texts(texts)
    refused = [name for name, item in known.items() if isinstance(item, Refusal)]
    print(
        f"{len(known)} texts read in {time.perf_counter() - started:.1f} s, {len(refused)} refused",
        file=sys.stderr,
    )
    with pairs.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            if not row or row[0].startswith("#"):
                continue
            name_a, name_b, truth, kind = (*row, "", "", "", "")[:4]
            if wrong := _wrong(row, known):
                print(f"{pairs}:{reader.line_num}: left out: {wrong}", file=sys.stderr)
                continue
            yield Outcome(
                f"{name_a} / {name_b}", kind or truth, truth, _decided(known[name_b], known[name_a])
            )


def _wrong(row: Sequence[str], known: Container[str]) -> str:
    """Why a line of the pairs cannot be scored; empty where it can."""
    if len(row) < 3:
        return "id, id and label are to stand in three columns, parted by tabs"
    if row[2] not in LABELS:
        return f"label {row[2]!r} is none of {', '.join(sorted(LABELS))}"
    return ", ".join(f"there is no text {name!r}" for name in row[:2] if name not in known)


def _decided(incoming: Prepared | Refusal, stored: Prepared | Refusal) -> Verdict:
    for item in (incoming, stored):
        if isinstance(item, Refusal):
            return Verdict("new", None, evidence=(Evidence("refused", f"{item.reason}: {item.detail}"),))
    assert isinstance(incoming, Prepared)
    assert isinstance(stored, Prepared)
    return against(incoming, stored)


def read_texts(path: Path) -> dict[str, Prepared | Refusal]:
    """All texts by id, prepared as a poll prepares them. Raises `ValueError` for a line that is no record."""
    vocabulary = preparing.Vocabulary(Gazetteer(()), Rulebook(()))
    known: dict[str, Prepared | Refusal] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: no JSON: {error}") from error
            if not isinstance(record, dict) or "id" not in record:
                raise ValueError(f'{path}:{number}: a record is an object with "id" and "text"')
            source = Source(id=str(record.get("source") or record["id"]), adapter="jsonlines", url="")
            document = Document(url="", content=line, fetched_at=datetime.now(UTC))
            for draft in adapters.load("jsonlines")(document, source):
                if isinstance(draft, Draft):
                    known[str(record["id"])] = preparing.prepare(draft, source, vocabulary)
            known.setdefault(str(record["id"]), Refusal("empty"))
    return known


if __name__ == "__main__":
    raise SystemExit(main())
