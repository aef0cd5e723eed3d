"""``explain --diff``: where two copies differ, word by word, readable with and without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.output import printable
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.store import Shelf
    from aggregator.store.shelf import StoredCopy

_AROUND = 12
"""Words of what is the same that are shown on each side of a difference."""
_COLOURS = {"gone": "red", "come": "green"}
_SIGNS = {"gone": ("[-", "-]"), "come": ("{+", "+}"), "same": ("", "")}


def differences(shelf: Shelf, row: int, pair: tuple[int, ...]) -> dict[str, Any]:
    """The differences of two copies of a release, or of each from the one that is shown.

    Raises `UsageError` for a copy that it does not have.
    """
    copies = {c.row: c for c in shelf.copies(row)}
    for number in pair:
        if number not in copies:
            raise UsageError(
                f"release {row} has no copy {number}; it has {', '.join(map(str, sorted(copies)))}"
            )
    first, *others = [copies[n] for n in pair] if pair else copies.values()
    release = shelf.releases([row])[0]
    return {"number": row, "id": release.uid, "title": release.copy.title,
            "differences": [_between(first, other) for other in others]}  # fmt: skip


def _between(one: StoredCopy, other: StoredCopy) -> dict[str, Any]:
    from aggregator.matching.wordwise import difference, kept

    share = kept(one.copy, other.copy)
    return {
        "copies": [one.row, other.row], "sources": [one.copy.source, other.copy.source],
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


def _show_pair(pair: dict[str, Any]) -> None:
    (one, other), (mine, theirs) = pair["copies"], pair["sources"]
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
