"""A comparison in plain words and numbers, for `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aggregator.matching.compare import Comparison


def describe(c: Comparison) -> tuple[str, ...]:
    """One line for each measure that says something."""
    shared, shorter, longer = c.groups
    lines = [f"{c.words[0]} and {c.words[1]} words"]
    if c.identical:
        lines.append("the same words in the same order")
    if not c.alike:
        lines.append("no sampled word group, long quotation, title or address in common: not aligned")
    elif shorter > 1:
        whole = shorter + longer - shared
        lines.append(
            f"{shared} of {whole} word groups shared ({c.jaccard:.0%}); of the shorter text {c.containment:.0%}"
        )
        lines.append(
            f"{c.covered:.0%} of the shorter and {c.covered_longer:.0%} of the longer stand in shared runs, "
            f"longest {c.longest} words"
        )
        if c.respelt:
            lines.append(f"{c.respelt} words are spelt otherwise and count as the same")
        lines.append(f"{c.lead:.0%} of a beginning is kept, at {c.lead_place:.0%} of the longer text")
    lines += _numbers(c) + _context(c)
    return tuple(lines)


def _numbers(c: Comparison) -> list[str]:
    lines = []
    if c.numbers_aligned:
        lines.append(
            f"{c.numbers_differ} of {c.numbers_aligned} corresponding numbers differ ({c.differing:.0%})"
        )
    lines += [f"number {a} ↔ {b}" for a, b in c.number_pairs]
    if c.numbers_fewer:
        lines.append(
            f"{c.numbers_kept:.0%} of the {c.numbers_fewer} different numbers of one text stand in the other"
        )
    if c.numbers_own:
        lines.append(
            f"each says at least {c.numbers_own} numbers in words of its own that the other does not say"
        )
    lines += [f"name {a} ↔ {b} in {n} place{'s' if n > 1 else ''}" for a, b, n in c.swaps]
    if c.anchors is not None:
        a = c.anchors
        lines.append(
            f"{a.names} names ({a.names_share:.0%}) and {a.numbers} numbers ({a.numbers_share:.0%}) in both"
        )
    return lines


def _context(c: Comparison) -> list[str]:
    t = c.title
    lines = ["the same title" if t.equal else f"{t.similar:.0%} of the shorter title in the other"]
    lines += [f"titles name two periods: {p}" for p in t.periods]
    if c.quotes:
        lines.append(f"{c.quotes} long quotation{'s' if c.quotes > 1 else ''} shared")
    lines.append("dates not comparable" if c.days is None else f"{c.days:.0f} days apart")
    lines.append(f"issuer {c.issuer}")
    if c.securities != "unknown":
        lines.append(f"securities {c.securities}")
    if c.same_site:
        lines.append("on one site")
    return lines
