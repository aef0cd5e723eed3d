"""The pick-up report: who carried a release, when, and how much of its text they kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.output import local, table

if TYPE_CHECKING:
    from aggregator.store import Shelf
    from aggregator.store.shelf import StoredCopy

COLUMNS = (
    "number", "id", "release", "place", "source", "source_title", "at", "at_basis", "delay_hours", "kept", "headline",
    "language", "relation", "shown", "title", "url",
)  # fmt: skip
"""Columns of the CSV, and the keys of a rung; `number`, `id` and `release` say of which release it is."""

_PLACES = ("issuer", "wire", "unknown", "outlet")
_FORMULA = re.compile(r"(^|[;\t])(?=[=+\-@＝＋－＠])")
"""What begins a formula in a cell, or in what a spreadsheet that parts cells by semicolons makes of one."""


Roles = Mapping[str, tuple[str, str]]
"""Role and title of every source."""


def ladder(shelf: Shelf, row: int, roles: Roles | None = None) -> list[dict[str, Any]]:
    """The copies of a release as they came out: the issuer first, then wires, then the others, each by time.

    The delay counts from the first rung. `kept` is the share of the shown text's words; None in another language.
    """
    copies = shelf.copies(row)
    roles = shelf.roles() if roles is None else roles
    shown = next(c for c in copies if c.canonical)
    rungs = sorted(
        (_rung(c, shown, *roles.get(c.copy.source, ("mixed", ""))) for c in copies),
        key=lambda r: (_PLACES.index(r["place"]), r["when"], r["copy"]),
    )
    first = rungs[0]["when"]
    for rung in rungs:
        when = rung.pop("when")
        rung["at"] = when.isoformat(timespec="seconds")
        rung["delay_hours"] = round((when - first).total_seconds() / 3600, 2)
    return rungs


def _rung(copy: StoredCopy, shown: StoredCopy, role: str, title: str) -> dict[str, Any]:
    from aggregator.matching.wordwise import kept, same_title

    text, original = copy.copy, shown.copy
    share = 1.0 if copy is shown else kept(original, text)
    stated = text.published is not None
    return {
        "copy": copy.row, "place": "unknown" if role == "mixed" else role, "source": text.source,
        "source_title": title or text.source, "when": text.published or copy.first_seen,
        "at_basis": "published" if stated else "first_seen", "precision": text.date_precision if stated else "minute",
        "kept": None if share is None else round(share, 2),
        "headline": "other language" if text.language != original.language
        else "same" if same_title(original, text) else "changed",
        "language": text.language, "relation": copy.relation, "shown": copy.canonical, "title": text.title,
        "url": text.url or None,
    }  # fmt: skip


def rungs(shelf: Shelf, rows: Iterable[int]) -> Iterable[dict[str, Any]]:
    """The ladders of many releases in one list, each rung with the release that it belongs to."""
    roles = shelf.roles()
    for row in rows:
        release = shelf.releases([row])[0]
        about = {"number": row, "id": release.uid, "release": release.copy.title}
        yield from (about | rung for rung in ladder(shelf, row, roles))


def echo_csv(records: Iterable[dict[str, Any]]) -> None:
    """The rungs as CSV (RFC 4180), one after the other."""
    line = io.StringIO()
    writer = csv.writer(line)
    for cells in ([*COLUMNS], *([_cell(r[name]) for name in COLUMNS] for r in records)):
        writer.writerow(cells)
        click.echo(line.getvalue(), nl=False)
        line.seek(0)
        line.truncate()


def _cell(value: object) -> str:
    """A value for a spreadsheet: texts come from strangers, and none of them may be run as a formula."""
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    text = "" if value is None else " ".join(str(value).split())
    return _FORMULA.sub(r"\1'", text)


def show_ladder(found: list[dict[str, Any]], zone: str) -> None:
    """For a person: source, when, how much later, how much was kept, and under which headline."""
    rows = [
        (
            f"{r['copy']}{' *' if r['shown'] else ''}",
            _out(r, zone),
            later(r["delay_hours"], r["precision"]),
            r["place"],
            r["source_title"],
            "–" if r["kept"] is None else f"{r['kept']:.0%}",
            r["relation"],
            _headline(r),
        )
        for r in found
    ]
    head = ("Copy", "Out", "Later", "Place", "Source", "Kept", "Relation", "Headline")
    table(head, rows, widths=(0, 0, 0, 0, 20, 0, 0, 60))


LEGEND = "* shown; Kept: share of its words in the copy; ~ first seen, copy has no date"
"""What the signs of a ladder mean, in a line that an 80 column screen holds."""


def _out(rung: dict[str, Any], zone: str) -> str:
    """When it came out; with ``~`` where only is known when it was first seen."""
    out = local(datetime.fromisoformat(rung["at"]), zone)
    if rung["at_basis"] == "first_seen":
        return f"~{out[:10]}"
    return out[: 10 if rung["precision"] == "day" else 16]


def _headline(rung: dict[str, Any]) -> str:
    """``same``, or the copy's own headline, with its language where that is another one."""
    if rung["headline"] == "same":
        return "same"
    return f"{rung['language']}: {rung['title']}" if rung["headline"] == "other language" else rung["title"]


def later(hours: float, precision: str = "minute") -> str:
    """A delay in words: ``first``, ``2 h``, ``18 d``; of a copy that states only its day, in days."""
    if abs(hours) < (24 if precision == "day" else 0.1):
        return "same day" if precision == "day" and hours else "first" if not hours else "same time"
    if abs(hours) < 48 and precision != "day":
        return f"{hours:.0f} h" if abs(hours) >= 1 else f"{hours * 60:.0f} min"
    return f"{hours / 24:.0f} d"
