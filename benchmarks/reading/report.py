"""The tables, the worst pages, one page in full, and all numbers as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher
from itertools import zip_longest
from statistics import median
from typing import Any

from benchmarks.reading.measure import OURS, Result, Scored
from benchmarks.reading.score import Summary, fold, only_in, summary
from benchmarks.reading.trafilatura import NAME, WAYS

MEASURES = f"""\
F1, precision, recall   lower-cased words, counted as often as they stand; means of the pages' values
title                   equal after folding white space and typographic quotes and dashes to ASCII
date                    calendar day, of the pages that expect one: right, wrong, none given
kind                    ours alone: article is release or article, listing and collection are list
must, must not          strings that have to be in the text and are, that must not be and are not
{NAME} is asked for HTML pages only, without comments"""

HEAD = (f"{'page type':<15}{'pages':>5}  {'':<12}{'F1':>6}{'prec':>7}{'recall':>7}{'title':>9}"
        f"{'date r/w/none':>15}{'kind':>8}{'must':>7}{'must not':>9}")  # fmt: skip


def table(results: Sequence[Result]) -> str:
    """Per page type and over all: a line of ours and, where it was asked, one of the rival."""
    lines = [HEAD]
    for name, members in groups(results).items():
        for who, scored in sides(members).items():
            lines.append(
                f"{name:<15}{len(scored):>5}  {who:<12}{figures(summary([s.score for s in scored]))}"
            )
    return "\n".join(lines)


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The results by page type, the largest first, and ``all`` of them at the end."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.page.kind or "-", []).append(result)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {**dict(ordered), "all": list(results)}


def sides(results: Iterable[Result]) -> dict[str, list[Scored]]:
    """Whose readings they are. Where the rival was not asked for all, ours of those pages stand apart."""
    every = list(results)
    beside = [r for r in every if r.theirs]
    found = {OURS: [r.ours for r in every]}
    if beside and len(beside) < len(every):
        found[f"{OURS}, HTML"] = [r.ours for r in beside]
    if beside:
        found[NAME.split()[0]] = [r.theirs for r in beside if r.theirs]
    return found


def figures(s: Summary) -> str:
    dates = "/".join(map(str, s.dates.values())) if any(s.dates.values()) else "-"
    return (f"{s.words.f1:6.3f}{s.words.precision:7.3f}{s.words.recall:7.3f}{of(s.title):>9}{dates:>15}"
            f"{of(s.kind):>8}{share(s.found):>7}{share(s.absent):>9}")  # fmt: skip


def of(count: tuple[int, int]) -> str:
    return f"{count[0]}/{count[1]}" if count[1] else "-"


def share(count: tuple[int, int]) -> str:
    return f"{count[0] / count[1]:.3f}" if count[1] else "-"


def speed(results: Sequence[Result], rounds: int) -> str:
    """Pages a second of one process, over the pages that both were asked for if there are any."""
    counted = [r for r in results if r.theirs] or list(results)
    size = sum(len(r.page.content) for r in counted) / len(counted) / 1000
    lines = [
        f"Processor time of {len(counted)} pages of {size:.0f} kB on average; a page's is the median of {rounds}"
    ]
    total = sum(r.seconds[OURS] for r in counted)
    for name in (OURS, *WAYS):
        if name in counted[0].seconds:
            values = [r.seconds[name] for r in counted]
            lines.append(
                f"{name:<30}{len(values) / sum(values):8.1f} pages/s  total {sum(values):7.2f} s"
                f"  median {median(values) * 1000:7.2f} ms  ours is {sum(values) / total:5.2f}x as fast"
            )
    return "\n".join(lines)


def worst(results: Sequence[Result], count: int) -> str:
    """The pages on which we are furthest behind, and the lines that make the difference."""
    parts = [f"The {count} worst pages"]
    for r in sorted(results, key=lambda r: r.lead)[:count]:
        parts.append(f"\n{r.page.id} ({r.page.kind or '-'}, {r.page.url})")
        parts.append(f"  ours        {line(r.ours)}")
        if r.theirs:
            parts.append(f"  theirs      {line(r.theirs)}")
        parts += _some("missing", only_in(r.page.text, r.ours.reading.text))
        parts += _some("too much", only_in(r.ours.reading.text, r.page.text))
    return "\n".join(parts)


def line(side: Scored) -> str:
    w = side.score.words
    return (f"F1 {w.f1:.3f}  precision {w.precision:.3f}  recall {w.recall:.3f}  {side.reading.kind}"
            f"  {side.reading.date or 'no date'}  {side.reading.title!r}")  # fmt: skip


def _some(what: str, lines: list[str], shown: int = 4) -> Iterator[str]:
    for number, text in enumerate(lines[:shown]):
        more = (
            f"  (and {len(lines) - shown} more lines)" if number == shown - 1 and len(lines) > shown else ""
        )
        yield f"  {what if not number else '':<12}{textwrap.shorten(text, 90, placeholder=' …')}{more}"


def show(r: Result, width: int) -> str:
    """One page in full: our blocks with their rules, then the expected text beside the rival's (or ours)."""
    parts = [f"{r.page.id} ({r.page.kind or '-'}, {r.page.url})"]
    parts += [f"  expected    {r.page.date or 'no date'}  {r.page.title!r}", f"  ours        {line(r.ours)}"]
    if r.theirs:
        parts.append(f"  theirs      {line(r.theirs)}")
    parts.append("")
    for block in r.ours.reading.blocks:
        parts.append(f"{block.line:>5} {block.type} [{block.rule}]")
        parts += textwrap.wrap(block.text, width, initial_indent=" " * 6, subsequent_indent=" " * 6)
    parts += ["", *columns("EXPECTED", r.page.text, "OURS", r.ours.reading.text, width)]
    if r.theirs:
        parts += ["", *columns("EXPECTED", r.page.text, NAME.upper(), r.theirs.reading.text, width)]
    return "\n".join(parts)


def columns(head: str, left: str, other: str, right: str, width: int) -> Iterator[str]:
    """Two texts side by side, equal lines level; ``|`` stands between lines that differ."""
    half = (width - 3) // 2
    yield f"{head:<{half}}   {other}"
    a, b = ([x for x in map(str.strip, text.split("\n")) if x] for text in (left, right))
    matcher = SequenceMatcher(None, [fold(x) for x in a], [fold(x) for x in b], autojunk=False)
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        for x, y in zip_longest(a[a0:a1], b[b0:b1], fillvalue=""):
            sign = " " if what == "equal" else "|"
            for one, two in zip_longest(textwrap.wrap(x, half), textwrap.wrap(y, half), fillvalue=""):
                yield f"{one:<{half}} {sign} {two}".rstrip()


def as_json(results: Sequence[Result], rounds: int, texts: float | None) -> dict[str, Any]:
    """All numbers: each group's summaries, each page's scores and seconds; no page's text."""
    return {
        "rival": NAME if any(r.theirs for r in results) else None,
        "rounds": rounds,
        "texts_per_second": texts,
        "groups": {
            name: {who: asdict(summary([s.score for s in scored])) for who, scored in sides(members).items()}
            for name, members in groups(results).items()
        },
        "pages": [
            {"id": r.page.id, "type": r.page.kind, "seconds": r.seconds, OURS: _side(r.ours),
             "theirs": _side(r.theirs) if r.theirs else None}
            for r in results
        ],
    }  # fmt: skip


def _side(side: Scored) -> dict[str, Any]:
    reading = side.reading
    return {
        **asdict(side.score),
        "said": {"title": reading.title, "date": reading.date, "kind": reading.kind},
    }
