"""``explain``: the rule, the line and the score behind each decision about a release."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli import Env
from aggregator.cli.output import emit_one, formats, local, printable
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from aggregator.model import Copy, Filing
    from aggregator.store import Shelf

ASPECTS = ("title", "date", "issuer", "topics", "copies")


@click.command()
@click.argument("reference", metavar="ID")
@click.argument("pair", metavar="[COPY COPY]", type=int, nargs=-1)
@click.option("--title", is_flag=True, help="Only the parts of the text.")
@click.option("--date", is_flag=True, help="Only the date.")
@click.option("--issuer", is_flag=True, help="Only the companies.")
@click.option("--topics", is_flag=True, help="Only topics and kind, near misses too.")
@click.option("--copies", is_flag=True, help="Only how its copies were matched.")
@click.option(
    "--diff",
    "differ",
    is_flag=True,
    help="Only the words in which each copy differs from the shown one; or two copies, with today's verdict on them.",
)
@formats
@click.pass_obj
def explain(
    env: Env, /, reference: str, pair: tuple[int, ...], form: str | None, differ: bool, **asked: bool
) -> None:
    """Say why a release is what it is: the rule, the line and the score behind each decision.

    ID is its number, its Atom id, or the URL of a copy.

    \b
    aggregator explain 12
    aggregator explain 12 --date --issuer
    aggregator explain 12 --diff
    aggregator explain 12 --diff 31 45
    """
    if pair and (len(pair) != 2 or not differ):
        raise UsageError("name two copies behind --diff, as in `aggregator explain 12 --diff 31 45`")
    shelf = env.shelf()
    row = shelf.find(reference)
    if differ:
        from aggregator.cli.differing import differences, show_differences

        emit_one(differences(shelf, row, pair), form, show_differences)
        return
    wanted = [a for a in ASPECTS if asked[a]] or list(ASPECTS)
    emit_one(_why(shelf, row, wanted), form, lambda why: _show(why, env.zone))


def _why(shelf: Shelf, row: int, wanted: list[str]) -> dict[str, Any]:
    release = shelf.releases([row])[0]
    copy, filing = release.copy, release.filing
    makers = {
        "title": lambda: _parts(copy), "date": lambda: _dates(copy), "issuer": lambda: _companies(filing),
        "topics": lambda: _topics(filing), "copies": lambda: _copies(shelf, row),
    }  # fmt: skip
    return {"number": row, "id": release.uid, "title": copy.title} | {f"why_{a}": makers[a]() for a in wanted}


def _parts(copy: Copy) -> list[dict[str, Any]]:
    parts = [{"line": b.line, "type": b.type, "rule": b.rule, "text": b.text} for b in copy.blocks]
    if not any(b.type == "title" for b in copy.blocks):
        parts.insert(0, {"line": 0, "type": "title", "rule": "title.declared", "text": copy.title})
    return parts


def _dates(copy: Copy) -> list[dict[str, Any]]:
    return [
        {"value": d.value.isoformat(), "basis": d.basis, "precision": d.precision, "line": d.line, "text": d.text,
         "note": d.note, "chosen": i == 0 and copy.published is not None}
        for i, d in enumerate(copy.dates)
    ]  # fmt: skip


def _companies(filing: Filing) -> list[dict[str, Any]]:
    found = [
        {"name": m.name, "id": m.id, "role": m.role, "score": m.score, "basis": m.basis, "feed": m.publishable,
         "evidence": list(m.evidence)}
        for m in filing.companies
    ]  # fmt: skip
    return found or [{"name": "none", "id": "", "role": "issuer unknown", "score": 0, "basis": None, "feed": False,
                      "evidence": [filing.issuer_note]}]  # fmt: skip


def _topics(filing: Filing) -> list[dict[str, Any]]:
    rows = [
        {"id": t.id, "score": t.score, "matched": t.matched, "evidence": list(t.evidence)}
        for t in filing.topics
    ]
    kind = {"id": f"kind/{filing.kind}" if filing.kind else "no kind", "score": None, "matched": bool(filing.kind),
            "evidence": [filing.kind_evidence] if filing.kind_evidence else []}  # fmt: skip
    return [*rows, kind]


def _copies(shelf: Shelf, row: int) -> list[dict[str, Any]]:
    from aggregator.records import evidence

    return [
        {"copy": c.row, "source": c.copy.source, "url": c.copy.url, "title": c.copy.title, "shown": c.canonical,
         "decisions": [{"at": d.at.isoformat(), "relation": d.relation, "compared_with": d.candidate,
                        "by": d.decided_by, "evidence": evidence(d.evidence)} for d in shelf.decisions(c.row)]}
        for c in shelf.copies(row)
    ]  # fmt: skip


def _show(why: dict[str, Any], zone: str) -> None:
    click.echo(f"{why['number']}  {printable(why['title'])}")
    printers: dict[str, Callable[[Any], None]] = {
        "why_title": _show_parts, "why_date": _show_dates, "why_issuer": _show_companies, "why_topics": _show_topics,
        "why_copies": lambda copies: _show_copies(copies, zone),
    }  # fmt: skip
    for name, printer in printers.items():
        if name in why:
            click.echo(f"\n{name.removeprefix('why_').capitalize()}")
            printer(why[name])


def _line(text: str, width: int = 90) -> str:
    text = printable(text).replace("\n", " / ")
    return text if len(text) <= width else text[: width - 1] + "…"


def _show_parts(parts: list[dict[str, Any]]) -> None:
    for p in parts:
        where = f"line {p['line']}" if p["line"] else "source"
        click.echo(f"  {where:<9} {p['type']:<14} {p['rule']:<28} {_line(p['text'], 70)}")


def _show_dates(dates: list[dict[str, Any]]) -> None:
    for d in dates:
        where = f"line {d['line']}" if d["line"] else d["basis"]
        mark = "chosen" if d["chosen"] else "left  "
        click.echo(f"  {mark} {d['value']} {d['precision']} precision, rule date.{d['basis']}, {where}: {_line(d['text'])}"
                   + (f" ({d['note']})" if d["note"] else ""))  # fmt: skip
    if not dates:
        click.echo("  no date in the text; shown is when it was first seen")


def _show_companies(companies: list[dict[str, Any]]) -> None:
    for c in companies:
        basis = f", by {c['basis']}" if c["basis"] else ""
        click.echo(f"  {c['role']:<10} {_line(c['name'])} (score {c['score']:g}{basis}){_feed(c)}")
        for line in c["evidence"]:
            click.echo(f"             {_line(line, 100)}")


def _feed(company: dict[str, Any]) -> str:
    """Whether the release is in the company's feed, and why not."""
    if company["role"] not in ("issuer", "co-issuer", "subject"):
        return ""
    if company["feed"]:
        return f"  -> company/{company['id']}"
    if company["role"] == "subject":
        return ""
    return "  no feed of its own: found by wording, not declared; configure it in companies.toml"


def _show_topics(topics: list[dict[str, Any]]) -> None:
    for t in topics:
        score = "" if t["score"] is None else f"{t['score']:g}"
        click.echo(f"  {'filed under' if t['matched'] else 'not        '} {t['id']:<28} {score}")
        for line in t["evidence"]:
            click.echo(f"             {_line(line, 100)}")


def _show_copies(copies: list[dict[str, Any]], zone: str) -> None:
    from aggregator.cli.differing import show_evidence

    for c in copies:
        click.echo(
            f"  copy {c['copy']} from {c['source']}{' (shown)' if c['shown'] else ''}: {_line(c['title'], 70)}"
        )
        for d in c["decisions"]:
            click.echo(f"    {local(d['at'], zone)} {_verdict(c['copy'], d)}, by {d['by']}")
            show_evidence(d["evidence"], "      ")


def _verdict(copy: int, decision: dict[str, Any]) -> str:
    """A relation, and the copy that it was found with: what is `new` was compared with one that is none of it."""
    relation, other = decision["relation"], decision["compared_with"]
    if other is None:
        return str(relation)
    if other == copy:
        return f"{relation} of what it said before"
    return f"{relation}, {'most like' if relation == 'new' else 'of'} copy {other}"
