"""``explain --diff``: where two copies differ, word by word, readable with and without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from aggregator.cli.output import printable, screen
from aggregator.cli.overruling import LARGEST
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.model import Candidate, Copy
    from aggregator.store import Shelf

_AROUND = 12
"""Words of what is the same that are shown on each side of a difference."""
_COLOURS = {"gone": "red", "come": "green"}
_SIGNS = {"gone": ("[-", "-]"), "come": ("{+", "+}"), "same": ("", "")}


def differences(shelf: Shelf, row: int, pair: tuple[int, ...]) -> dict[str, Any]:
    """The differences of each copy of a release from the one that is shown, or of two copies that are named,
    with today's verdict on them. One of the two may belong to another release.

    Raises `UsageError` for a copy that there is not, or where neither belongs to the release.
    """
    release = shelf.releases([row])[0]
    if pair:
        found = [_named(*(shelf.candidate(min(n, LARGEST)) for n in pair))]
        if row not in found[0]["releases"]:
            own = ", ".join(str(c.row) for c in shelf.copies(row))
            raise UsageError(f"neither copy is one of release {row}; it has {own}")
    else:
        first, *others = [_Side(c.row, row, c.copy) for c in shelf.copies(row)]
        found = [_between(first, other) for other in others]
    return {"number": row, "id": release.uid, "title": release.copy.title, "differences": found}


class _Side(NamedTuple):
    """A copy that is compared: its number, its release's, its text."""

    number: int
    release: int
    copy: Copy


def _named(one: Candidate, other: Candidate) -> dict[str, Any]:
    sides = [_Side(c.copy_id, c.release, c.copy) for c in (one, other)]
    return _between(*sides) | judged(*sorted((one, other), key=lambda c: (c.release, c.copy_id)))


def judged(one: Candidate, other: Candidate) -> dict[str, Any]:
    """What the rules say of two stored copies today: `judged` and its `evidence`. Decides nothing."""
    from aggregator import matching
    from aggregator.model import Prepared
    from aggregator.records import evidence

    verdict = matching.decide(Prepared(other.copy, other.filing, other.fingerprint, b"", b""), [one])
    return {"judged": verdict.relation, "evidence": evidence(verdict.evidence)}


def _between(one: _Side, other: _Side) -> dict[str, Any]:
    from aggregator.matching.wordwise import difference, kept

    share = kept(one.copy, other.copy)
    return {
        "copies": [one.number, other.number], "releases": [one.release, other.release],
        "sources": [one.copy.source, other.copy.source],
        "languages": [one.copy.language, other.copy.language], "kept": None if share is None else round(share, 2),
        "paragraphs": [
            [{"tag": piece.tag, "text": piece.text} for piece in line] for line in difference(one.copy, other.copy)
        ],
    }  # fmt: skip


def show_differences(found: dict[str, Any]) -> None:
    click.echo(f"{found['number']}  {printable(found['title'])}")
    if not found["differences"]:
        click.echo("  it has one copy only")
    for pair in found["differences"]:
        _show_pair(pair)
        _show_verdict(pair)


def _show_verdict(pair: dict[str, Any]) -> None:
    """Of two that were named: what the rules say of them, compared with each other alone."""
    from aggregator.model import SAME_RELEASE

    if "judged" in pair:
        what = "one release" if pair["judged"] in SAME_RELEASE else "two releases"
        click.echo(f"\n  compared with each other alone: {what} ({pair['judged']})")
        show_evidence(pair["evidence"], "  ")


def show_evidence(found: list[dict[str, Any]], margin: str) -> None:
    """Rules and their measurements, wrapped and not cut: an operator decides by them."""
    from textwrap import wrap

    width = screen(default=120) - len(margin) - 20
    for e in found:
        for n, line in enumerate(wrap(printable(e["detail"]), max(width, 40)) or [""]):
            click.echo(f"{margin}{'' if n else e['rule']:<19} {line}")


def _show_pair(pair: dict[str, Any]) -> None:
    (one, other), (mine, theirs) = pair["copies"], pair["sources"]
    both = pair["releases"]
    if both[0] != both[1]:
        click.echo(f"two releases, {both[0]} and {both[1]}")
    kept = "" if pair["kept"] is None else f"; {pair['kept']:.0%} of copy {one} stand in copy {other}"
    click.echo(printable(f"\n[-copy {one}, {mine}-] {{+copy {other}, {theirs}+}}{kept}"))
    if pair["languages"][0] != pair["languages"][1]:
        click.echo("  two languages: there is nothing to compare word by word")
        return
    equal = 0
    for line in pair["paragraphs"]:
        if all(piece["tag"] == "same" for piece in line):
            equal += 1
            continue
        equal = _skipped(equal)
        click.echo("  " + " ".join(_shown(piece, n, len(line)) for n, piece in enumerate(line)))
    _skipped(equal)


def _skipped(equal: int) -> int:
    if equal:
        click.echo(f"  … {equal} {'paragraph' if equal == 1 else 'paragraphs'} the same")
    return 0


def _shown(piece: dict[str, Any], place: int, pieces: int) -> str:
    text = printable(piece["text"]).replace("\n", " / ")
    before, after = _SIGNS[piece["tag"]]
    if piece["tag"] != "same":  # colours are dropped where the output is no terminal; the signs stay
        return click.style(f"{before}{text}{after}", fg=_COLOURS[piece["tag"]])
    words = text.split(" ")
    head = words[:_AROUND] if place else []
    tail = words[-_AROUND:] if place < pieces - 1 else []
    return text if len(words) <= len(head) + len(tail) + 3 else " ".join([*head, "…", *tail])
